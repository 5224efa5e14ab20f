"""What somebody kept × the frozen files here → whether they are the same, and where they first differ."""

from __future__ import annotations

import codecs
import email
import html
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from charterpress.model import Edition, Report, Signatory, Signature
from charterpress.proofs.digests import sha256, swhid
from charterpress.proofs.time_stamps import covered
from charterpress.versions.translations import translation_name

_NUMBER, _TRANSLATION = r"\d+\.\d+\.\d+", r"[A-Za-z][A-Za-z0-9-]*\.\d+"
FROZEN = re.compile(
    rf"(?a:(?:.*/)?({_NUMBER})/(charter|{_TRANSLATION})\.json|(?:.*/)?({_NUMBER}(?:\.{_TRANSLATION})?)\.json)"
)
"""The path of a frozen file, as a site publishes it or a repository has it."""
_SUBJECT = re.compile(rf"(?a:{_NUMBER}(?:\.{_TRANSLATION})?)")
_SUM = re.compile(rb"(?m)^([0-9a-fA-F]{64}) [ *]([^\r\n]{1,300})\r?$")
_IMPRINT = re.compile(rb"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01(?:\x05\x00)?\x04\x20(.{32})", re.DOTALL)
"""In the DER of a time-stamp token: SHA-256, and the digest of what was stamped, which comes first."""
_TIME = re.compile(rb"\x18[\x0f-\x19]([0-9]{14})(?:\.[0-9]+)?Z")
_DIGEST = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{8}[\s>]{0,8}){7}[0-9a-f]{8}(?![0-9a-f])|swh:1:cnt:[0-9a-f]{40}"
)
_FORMAT = re.compile(rb'"format"\s{0,8}:\s{0,8}"(?:release|translation)-')
"""What the first bytes of a frozen file have in them."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What PowerShell begins a file with."""


class Verdict(StrEnum):
    """How a file that was kept compares with the one here."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """Nothing here is of that version, or has that digest."""
    ABSENT = "absent"
    """A site lists this version or later ones, and does not have it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """What a file called `name` in a copy says of one frozen file, beside the one here: `subject` is “1.0.0”
    or “1.0.0.cy.1”; then the digest of each, '' where there is none, whether its bytes were there (`whole`),
    and the line of the first that differs, 0 where it is not known."""

    name: str
    subject: str
    verdict: Verdict
    kept: str = ""
    here: str = ""
    whole: bool = False
    line: int = 0
    only_ends: bool = False
    """Whether no more differs than the ends of lines, or a byte order mark."""


class Copy:
    """Somebody's copy, held against an edition file by file; the bytes are not kept. `files` are what came of
    each, `lists` the versions in each file that lists all of its time, `register` the entries in it, and
    `stamps` the names of the time-stamps in it by their digests."""

    def __init__(self, edition: Edition) -> None:
        self.here = frozen_data(edition)
        self.files: list[Compared] = []
        self.lists: dict[str, set[str]] = {}
        self.register: list[Signatory] = []
        self.stamps: dict[str, str] = {}
        self._digests = {key: sha256(data) for key, data in self.here.items()}
        self._known = {name(data): key for key, data in self.here.items() for name in (sha256, swhid)}
        for each in edition.time_stamps:  # one that renews others is of all of them
            own = [
                one for one in edition.time_stamps if (one.stem, one.authority) == (each.stem, each.authority)
            ]
            if each.stem in self.here:
                self._known[sha256(covered(self.here[each.stem], own[: each.number - 1]))] = each.stem

    def add(self, name: str, data: bytes, *, text: bool = False) -> None:
        """Take in the file `name`: a version, a translation, a list of digests or of versions, the register
        or a time-stamp; with `text`, also any other JSON, and what names digests. Never raises."""
        plain = data.decode("utf-16", errors="replace").encode() if data.startswith(_UTF16) else data
        plain = plain.removeprefix(codecs.BOM_UTF8)
        value = _json(plain)
        if isinstance(value, dict) and value.get("format") == "signatories-1":
            self.register += _signatories(value.get("signatories"))
        elif subject := _named(name) or _subject(value):
            self.hold(name, subject, sha256(data), data)
        elif isinstance(value, list):
            self._list(name, _versions(value))
        elif sums := _SUM.findall(plain):
            self._list(
                name, ((_named(path.decode("latin-1")), digest.decode().lower()) for digest, path in sums)
            )
        elif data[:1] == b"0" and (imprint := _IMPRINT.search(data)):
            self.hold(name, digest=imprint[1].hex())
            self.stamps[sha256(data)] = name
        elif (text and plain.lstrip()[:1] in (b"{", b"[")) or (value is None and _FORMAT.search(plain[:200])):
            # A version that was damaged names the one before it: its own digest counts, not those in it.
            self.hold(name, digest=sha256(data), data=data)
        elif text:
            for each in digests(_words(name, plain)):
                self.hold(name, digest=each)

    def _list(self, name: str, rows: Iterable[tuple[str, str]]) -> None:
        for subject, digest in dict.fromkeys(rows):
            if subject:
                self.hold(name, subject, digest)
                self.lists.setdefault(name, set()).add(subject)

    def hold(self, name: str, subject: str = "", digest: str = "", data: bytes | None = None) -> None:
        """Compare what the copy says of one frozen file: its digest, '' if that file is missing, and its
        bytes if they are there. `subject` is '' if only a digest is known."""
        verdict, line, only_ends = Verdict.SAME, 0, False
        if not subject and digest in self._known:
            subject = self._known[digest]
        elif subject not in self.here or not digest:
            verdict = Verdict.UNKNOWN if digest else Verdict.ABSENT
        elif self._digests[subject] != digest:
            verdict = Verdict.DIFFERENT
            if data is not None:
                here = self.here[subject]
                line, only_ends = _first_difference(data, here), _bare(data) == _bare(here)
        self.files.append(
            Compared(
                name=name,
                subject=subject,
                verdict=verdict,
                kept=digest,
                here=self._digests.get(subject, ""),
                whole=data is not None,
                line=line,
                only_ends=only_ends,
            )
        )

    def add_absent(self) -> None:
        """Note the versions here that a list in the copy leaves out, although it has a later one: what
        somebody kept may be one line of a list, but not what a site publishes."""
        releases = [each for each in self.here if each.count(".") == 2]  # a translation may come at any time
        for name, listed in sorted(self.lists.items()):
            last = max((at for at, each in enumerate(releases) if each in listed), default=0)
            for subject in releases[:last]:
                if subject not in listed:
                    self.hold(name, subject)


def digests(words: str) -> list[str]:
    """Return the digests and SWHIDs that stand in `words`, each once; a digest may be in groups of eight,
    and quoted in a reply."""
    return list(dict.fromkeys(re.sub(r"[\s>]", "", each) for each in _DIGEST.findall(words.lower())))


def stated_time(stamp: bytes) -> int | None:
    """Return when a time-stamp says that it was made, unchecked, in seconds since 1970, if it does."""
    found = _TIME.search(stamp, imprint.end()) if (imprint := _IMPRINT.search(stamp)) else None
    with suppress(ValueError):  # the 31st of February
        return (
            int(datetime.strptime(f"{found[1].decode()}Z", "%Y%m%d%H%M%S%z").timestamp()) if found else None
        )
    return None


def frozen_data(edition: Edition) -> dict[str, bytes]:
    """Return the bytes of every release, the oldest first, and every published translation, by “1.0.0” or
    “1.0.0.cy.1”."""
    translations = edition.frozen_translations
    return {each.version: each.data for each in edition.releases} | {
        translation_name(each).removesuffix(".json"): each.data for each in translations
    }


def _bare(data: bytes) -> bytes:
    """A file without what an editor or an e-mail may have changed."""
    return data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _first_difference(one: bytes, other: bytes) -> int:
    """The line of the first byte that differs."""
    pairs = enumerate(zip(one, other, strict=False))
    at = next((at for at, (this, that) in pairs if this != that), min(len(one), len(other)))
    return one.count(b"\n", 0, at) + 1


# --- What a file is ----------------------------------------------------------------------------------


def _json(data: bytes) -> Any:  # noqa: ANN401 - whatever somebody's file holds
    try:
        return json.loads(data.decode())
    except (ValueError, RecursionError):
        return None


def _named(path: str) -> str:
    """The version that the path of a file says it is."""
    match = FROZEN.fullmatch(path.replace("\\", "/"))
    if match is None:
        return ""
    return match[3] or (match[1] if match[2] == "charter" else f"{match[1]}.{match[2]}")


def _subject(value: object) -> str:
    """The version that a file says that it is."""
    if not isinstance(value, dict) or not str(value.get("format")).startswith(("release-", "translation-")):
        return ""
    release = value.get("release")
    version = release.get("version") if isinstance(release, dict) else value.get("version")
    own = f".{value.get('language')}.{value.get('revision')}" if isinstance(release, dict) else ""
    return f"{version}{own}" if _SUBJECT.fullmatch(f"{version}{own}") else ""


def _versions(value: list[Any]) -> Iterator[tuple[str, str]]:
    """The versions and digests in a versions.json."""
    for each in _rows(value):
        properties = each.get("properties")
        if isinstance(properties, dict) and isinstance(digest := properties.get("sha256"), str):
            yield str(each.get("version")), digest


def _signatories(value: object) -> Iterator[Signatory]:
    """The entries in a signatories.json, as far as they say who signed what and when."""
    for each in _rows(value):
        if not isinstance(slug := each.get("slug"), str):
            continue
        signed = [] if each.get("signed_for") else _texts(each.get("signed"), "version", "date", "role")
        told = None if each.get("reported_for") else each.get("reports")
        yield Signatory(
            slug=slug,
            name=str(each.get("name", "")),
            kind="",
            area="",
            website="",
            signed=tuple(Signature(version=one, date=date, role=role) for one, date, role in signed),
            reports=tuple(
                Report(start=start, end=end, version=version, published=published)
                for start, end, version, published in _texts(told, "from", "to", "version", "published")
            ),
        )


def _rows(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _texts(value: object, *keys: str) -> list[list[str]]:
    """What the rows of a list say under `keys`."""
    return [[str(row.get(key, "")) for key in keys] for row in _rows(value)]


def _words(name: str, data: bytes) -> str:
    """The words of a letter or a page; none of a feed."""
    if name.lower().endswith(".eml"):
        with suppress(Exception):  # the parser of a stranger's e-mail fails in ways of its own
            message = email.message_from_bytes(data)
            texts = [each for each in message.walk() if each.get_content_maintype() == "text"]
            data = b"\n".join(bytes(each.get_payload(decode=True)) for each in texts)
    if b"<feed" in data[:500]:  # the digest in it is that of the register of its day
        return ""
    return html.unescape(re.sub(r"<[^<>]*>", "", data.decode(errors="replace")))
