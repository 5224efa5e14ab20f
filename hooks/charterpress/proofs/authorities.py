"""The authorities whose time-stamps count, and their root certificates."""

from __future__ import annotations

import base64
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import certifi

FILE = Path(__file__).with_name("authorities.toml")
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----\s([A-Za-z0-9+/=\s]{1,20000}?)-----END CERTIFICATE-----")


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority:
    """Who says on which day something existed. `url` is where it is asked, '' if it no longer can be; `roots`
    are the SHA-256 fingerprints of its root certificates; `pause` are the seconds between two requests."""

    id: str
    name: str
    url: str = ""
    roots: tuple[str, ...]
    pause: float = 0


@cache
def authorities() -> Mapping[str, Authority]:
    """Return the authorities by their ids, in the order in which they are asked."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {id: Authority(id=id, **{**row, "roots": tuple(row["roots"])}) for id, row in rows.items()}


def root_certificates(authority: Authority, kept: bytes = b"") -> dict[str, bytes]:
    """Return the root certificates of an authority as DER, by their fingerprints: of those that were `kept`
    as PEM, and those of the package. Whatever else is among them counts for nothing."""
    known = {}
    for block in _PEM.findall(kept + b"\n" + Path(certifi.where()).read_bytes()):
        with suppress(ValueError):  # what is no base64
            der = base64.b64decode(block)
            known[sha256(der).hexdigest()] = der
    return {each: known[each] for each in authority.roots if each in known}
