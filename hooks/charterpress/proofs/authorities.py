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
from textwrap import wrap

import certifi

FILE = Path(__file__).with_name("authorities.toml")
_BEGIN, _END = b"-----BEGIN CERTIFICATE-----\n", b"-----END CERTIFICATE-----\n"
_PEM = re.compile(_BEGIN.strip() + rb"\s([A-Za-z0-9+/=\s]{1,20000}?)" + _END.strip())


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority:
    """Who says on which day something existed. `url` is where it is asked, '' if it no longer can be; `roots`
    are the SHA-256 fingerprints of its root certificates; `pause` are the seconds between two requests."""

    id: str
    name: str
    url: str = ""
    roots: tuple[str, ...]
    pause: float = 0


def authorities() -> Mapping[str, Authority]:
    """Return the authorities by their ids, in the order in which they are asked."""
    return _read(FILE)


@cache
def _read(file: Path) -> Mapping[str, Authority]:
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    return {id: Authority(id=id, **{**row, "roots": tuple(row["roots"])}) for id, row in rows.items()}


def root_certificates(authority: Authority, kept: bytes = b"") -> dict[str, bytes]:
    """Return the root certificates of an authority as DER, by their fingerprints: of those that were `kept`
    as PEM, and those of the package. Whatever else is among them counts for nothing."""
    known = _by_fingerprint(kept) | _packaged(Path(certifi.where()))
    return {each: known[each] for each in authority.roots if each in known}


@cache
def _packaged(file: Path) -> dict[str, bytes]:
    return _by_fingerprint(file.read_bytes())


def _by_fingerprint(pem: bytes) -> dict[str, bytes]:
    found = {}
    for block in _PEM.findall(pem):
        with suppress(ValueError):  # what is no base64
            der = base64.b64decode(block)
            found[sha256(der).hexdigest()] = der
    return found


def root_file(authority: Authority, kept: bytes) -> bytes:
    """Return the root certificates of an authority as PEM, to be kept beside its time-stamps: packages drop
    roots sooner than time-stamps end."""
    blocks = []
    for der in root_certificates(authority, kept).values():
        rows = wrap(base64.b64encode(der).decode(), 64)
        blocks.append(_BEGIN + "".join(f"{row}\n" for row in rows).encode() + _END)
    return b"".join(blocks)
