"""What somebody kept × the frozen files here → whether they are the same, and where they first differ."""

from __future__ import annotations

import email
import email.policy
import html
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
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
_SUM = re.compile(rb"(?m)^([0-9a-f]{64}) [ *]([^\r\n]{1,300})\r?$")
_IMPRINT = re.compile(rb"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01(?:\x05\x00)?\x04\x20(.{32})", re.DOTALL)
"""In the DER of a time-stamp token: SHA-256, and the digest of what was stamped, which comes first."""
_TIME = re.compile(rb"\x18[\x0f-\x19]([0-9]{14})(?:\.[0-9]+)?Z")
_DIGEST = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{8}[\s>]{0,8}){7}[0-9a-f]{8}(?![0-9a-f])|swh:1:cnt:[0-9a-f]{40}"
)
_FORMAT = re.compile(rb'"format"\s{0,8}:\s{0,8}"(?:release|translation)-')
"""What the first bytes of a frozen file have in them."""
_SIGNATORIES = "signatories-1"


class Verdict(StrEnum):
    """How a file that was kept compares with the one here."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """Nothing here is of that version, or has that digest."""
    ABSENT = "absent"
    """A site lists this version or later ones, and does not have it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What a file called `name` in a copy says of one frozen file: its digest, '' if that file is missing,
    and its bytes if they are there. `subject` is “1.0.0” or “1.0.0.cy.1”, '' if only a digest is known."""

    name: str
    subject: str = ""
    digest: str = ""
    data: bytes | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A file of a copy, held against that of the version `subject` here: the digest of each, '' where there
    is none, whether its bytes were there, and the line of the first that differs, 0 where it is not known."""

    name: str
    subject: str
    verdict: Verdict
    kept: str
    here: str
    whole: bool = False
    line: int = 0
    only_ends: bool = False
    """Whether no more differs than the ends of lines, or a byte order mark."""


@dataclass(kw_only=True, slots=True)
class Copy:
    """What was found of a charter in somebody's copy. `lists` are the names of files that list every version
    of their time."""

    kept: list[Kept] = field(default_factory=list)
    register: list[Signatory] = field(default_factory=list)
    lists: set[str] = field(default_factory=set)

    def add(self, name: str, data: bytes, *, text: bool = False) -> None:
        """Take in the file `name`: a version, a translation, a list of digests or of versions, the register
        or a time-stamp; with `text`, also any other JSON, and what names digests. Never raises."""
        value = _json(data)
        if isinstance(value, dict) and value.get("format") == _SIGNATORIES:
            self.register += _signatories(value.get("signatories"))
        elif subject := _named(name) or _subject(value):
            self.kept.append(Kept(name=name, subject=subject, digest=sha256(data), data=data))
        elif isinstance(value, list):
            self._listed(name, _versions(value))
        elif sums := _SUM.findall(data):
            self._listed(name, ((_named(path.decode("latin-1")), digest.decode()) for digest, path in sums))
        elif data[:1] == b"0" and (imprint := _IMPRINT.search(data)):
            self.kept.append(Kept(name=name, digest=imprint[1].hex()))
        elif (text and data.lstrip()[:1] in (b"{", b"[")) or (value is None and _FORMAT.search(data[:200])):
            # A version that was damaged names the one before it: its own digest counts, not those in it.
            self.kept.append(Kept(name=name, digest=sha256(data), data=data))
        elif text:
            self.kept += [Kept(name=name, digest=each) for each in digests(_words(name, data))]

    def _listed(self, name: str, found: Iterator[tuple[str, str]]) -> None:
        rows = [Kept(name=name, subject=subject, digest=digest) for subject, digest in found if subject]
        self.kept += rows
        self.lists |= {name} if rows else set()


def stated_time(stamp: bytes) -> int | None:
    """Return when a time-stamp says that it was made, unchecked, in seconds since 1970, if it does."""
    found = _TIME.search(stamp, imprint.end()) if (imprint := _IMPRINT.search(stamp)) else None
    with suppress(ValueError):  # the 31st of February
        return (
            int(datetime.strptime(f"{found[1].decode()}Z", "%Y%m%d%H%M%S%z").timestamp()) if found else None
        )
    return None


def digests(words: str) -> list[str]:
    """Return the digests and SWHIDs that stand in `words`, each once; a digest may be in groups of eight,
    and quoted in a reply."""
    return list(dict.fromkeys(re.sub(r"[\s>]", "", each) for each in _DIGEST.findall(words.lower())))


def frozen_data(edition: Edition) -> dict[str, bytes]:
    """Return the bytes of every release, the oldest first, and every published translation, by “1.0.0” or
    “1.0.0.cy.1”."""
    translations = edition.frozen_translations
    return {each.version: each.data for each in edition.releases} | {
        translation_name(each).removesuffix(".json"): each.data for each in translations
    }


def compare(copy: Copy, edition: Edition, *, published: bool) -> list[Compared]:
    """Return what comes of each file of `copy` beside those of `edition`, and, of a `published` site, each
    version that it should have: what somebody kept may be one line of a list."""
    here = frozen_data(edition)
    known = {name(data): subject for subject, data in here.items() for name in (sha256, swhid)}
    for each in edition.time_stamps:  # one that renews others is of all of them
        own = [one for one in edition.time_stamps if (one.stem, one.authority) == (each.stem, each.authority)]
        if each.stem in here:
            known[sha256(covered(here[each.stem], own[: each.number - 1]))] = each.stem
    absent = _absent(copy, list(here)) if published else ()
    return [*(_compare(each, here, known) for each in copy.kept), *absent]


def _compare(kept: Kept, here: Mapping[str, bytes], known: Mapping[str, str]) -> Compared:
    subject, line, only_ends = kept.subject or known.get(kept.digest, ""), 0, False
    data = here.get(subject)
    digest = sha256(data) if data is not None else ""
    if not kept.subject and subject:
        verdict = Verdict.SAME
    elif data is None or not kept.digest:
        verdict = Verdict.UNKNOWN if kept.digest else Verdict.ABSENT
    else:
        verdict = Verdict.SAME if digest == kept.digest else Verdict.DIFFERENT
        if kept.data is not None and verdict is Verdict.DIFFERENT:
            line = _first_difference(kept.data, data)
            only_ends = _bare(kept.data) == _bare(data)
    return Compared(
        name=kept.name,
        subject=subject,
        verdict=verdict,
        kept=kept.digest,
        here=digest,
        whole=kept.data is not None,
        line=line,
        only_ends=only_ends,
    )


def _bare(data: bytes) -> bytes:
    """A file without what an editor or an e-mail may have changed."""
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _first_difference(one: bytes, other: bytes) -> int:
    """The line of the first byte that differs."""
    pairs = enumerate(zip(one, other, strict=False))
    at = next((at for at, (this, that) in pairs if this != that), min(len(one), len(other)))
    return one.count(b"\n", 0, at) + 1


def _absent(copy: Copy, subjects: list[str]) -> Iterator[Compared]:
    """The versions here that a list in the copy leaves out, although it has a later one."""
    releases = [each for each in subjects if each.count(".") == 2]  # a translation may come at any time
    for name in sorted(copy.lists):
        listed = {each.subject for each in copy.kept if each.name == name}
        last = max((at for at, each in enumerate(releases) if each in listed), default=0)
        for subject in releases[:last]:
            if subject not in listed:
                yield Compared(name=name, subject=subject, verdict=Verdict.ABSENT, kept="", here="")


# --- What a file is ----------------------------------------------------------------------------------


def _json(data: bytes) -> Any:  # noqa: ANN401 - whatever somebody's file holds
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return None
    try:
        return json.loads(data.decode("utf-8-sig"))
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
    for each in value:
        properties = each.get("properties") if isinstance(each, dict) else None
        if isinstance(properties, dict) and isinstance(digest := properties.get("sha256"), str):
            yield str(each.get("version")), digest


def _signatories(value: object) -> Iterator[Signatory]:
    """The entries in a signatories.json, as far as they say who signed what and when."""
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict) and isinstance(slug := each.get("slug"), str):
            signed = each.get("signed") if not each.get("signed_for") else ()
            texts = _texts(signed, ("version", "date", "role"))
            own = None if each.get("reported_for") else each.get("reports")
            told = _texts(own, ("from", "to", "version", "published"))
            yield Signatory(
                slug=slug,
                name=str(each.get("name", "")),
                kind="",
                area="",
                website="",
                signed=tuple(Signature(**text) for text in texts),
                reports=tuple(
                    Report(
                        start=one["from"], end=one["to"], version=one["version"], published=one["published"]
                    )
                    for one in told
                ),
            )


def _texts(rows: object, keys: tuple[str, ...]) -> list[dict[str, str]]:
    """What the rows of a list say under `keys`."""
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [{key: str(row.get(key, "")) for key in keys} for row in found]


def _words(name: str, data: bytes) -> str:
    """The words of a letter or a page; none of a feed."""
    if name.lower().endswith(".eml"):
        message = email.message_from_bytes(data, policy=email.policy.default)
        texts = [each for each in message.walk() if each.get_content_maintype() == "text"]
        data = b"\n".join(bytes(each.get_payload(decode=True)) for each in texts)
    if b"<feed" in data[:500]:  # the digest in it is that of the register of its day
        return ""
    coding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"  # PowerShell writes the former
    return html.unescape(re.sub(r"<[^<>]*>", "", data.decode(coding, errors="replace")))
