"""`charter verify --against`: a site, folder, file or digest that somebody kept → how it compares."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from charterpress.checks import SIGNATORIES
from charterpress.model import MAX_RELEASE_BYTES, Edition, TimeStamp
from charterpress.model.errors import CharterError, UsageError
from charterpress.proofs.authorities import authorities
from charterpress.proofs.copies import Compared, Copy, Verdict, digests
from charterpress.proofs.digests import sha256
from charterpress.proofs.past_signatures import Loss, Lost, lost_signatures
from charterpress.read import read_signatories
from charterpress.text.escape import escape_controls
from charterpress.text.extras import missing_extra
from charterpress.text.interface import N_, join_list, ngettext
from charterpress.text.interface import gettext as _
from charterpress.versions import freeze
from charterpress.views import addresses

_SENTENCES = {
    (Verdict.SAME, True): N_("{name}: the same as {version} here, to the byte"),
    (Verdict.DIFFERENT, True): N_(
        "{name}: NOT the same as {version} here, from line {line} on; SHA-256 there {kept}, here {here}"
    ),
    (Verdict.DIFFERENT, False): N_("{name}: NOT the digest of {version} here; there {kept}, here {here}"),
    (Verdict.UNKNOWN, True): N_("{name}: NOT here; its digest is {kept}"),
    (Verdict.UNKNOWN, False): N_("{name}: NOTHING here has the digest {kept}"),
    (Verdict.ABSENT, False): N_("{name}: {version} is MISSING, although it or a later version is listed"),
}
"""What to say, by the verdict and whether the bytes of the file were there."""
_ONLY_ENDS = N_(
    "{name}: NOT the same as {version} here to the byte, but its words are: an editor or an e-mail may have "
    "changed the ends of its lines; SHA-256 there {kept}, here {here}"
)
_LOSSES = {
    Loss.VANISHED: N_("{name} ({slug}) was on the list of signatories, and has no entry now"),
    Loss.SIGNATURE: N_("{name} ({slug}) signed {version} on {date}, and its entry no longer says so"),
    Loss.ROLE: N_("{name} ({slug}) signed {version} on {date} as “{role}”, and its entry names another role"),
    Loss.REPORT: N_("{name} ({slug}) reported on {start} to {end}, and its entry no longer says so"),
}
"""What to say of what the register here said once."""
_NOT_HERE = {
    Loss.VANISHED: N_("{name} ({slug}) is on its list of signatories, and has no entry here"),
    Loss.SIGNATURE: N_(
        "by its list {name} ({slug}) signed {version} on {date}; the entry here doesn’t say so"
    ),
    Loss.ROLE: N_(
        "by its list {name} ({slug}) signed {version} on {date} as “{role}”; here it’s another role"
    ),
    Loss.REPORT: N_(
        "by its list {name} ({slug}) reported on {start} to {end}; the entry here doesn’t say so"
    ),
}
"""What to say of what a copy has: it may be newer."""
_FILES = (".json", ".tsr", freeze.SUMS)
"""How the names of files end that a copy in a folder can have of a charter."""
_ARCHIVE = re.compile(
    rb"PK\x03\x04|\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|\x28\xb5\x2f\xfd|WARC/|# v\d git bundle|.{257}ustar",
    re.DOTALL,
)
"""What an archive begins with: even if some digests in it can be read, what they are of cannot."""
MAX_LINES = 100
"""Files of a copy that are named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A copy, called `what`, beside what is here: its files, the versions here that are in none of them, what
    its register has and the one here has not, and the time-stamps that only one of both has."""

    what: str
    files: list[Compared]
    others: list[str]
    lost: list[Lost]
    stamps_here: list[str]
    stamps_there: list[str]

    @property
    def differs(self) -> bool:
        """Whether one of the two cannot be what was released, or signed."""
        losses = (each.loss not in (Loss.ROLE, Loss.REPORT) for each in self.lost)
        return any(each.verdict is not Verdict.SAME for each in self.files) or any(losses)

    @property
    def has_more(self) -> bool:
        """Whether all that differs is that the copy has versions, entries or signatures that are not here."""
        files = (each for each in self.files if each.verdict is not Verdict.SAME)
        more = all(each.verdict is Verdict.UNKNOWN and each.subject for each in files)
        changed = any(each.changed and each.loss is Loss.SIGNATURE for each in self.lost)
        return self.differs and more and not self.others and not changed


def hold_against(what: str, edition: Edition, source: Path) -> Comparison:
    """Compare `what` somebody kept with the edition in the folder `source`. Raises UsageError where nothing
    in it can be compared, CharterError where it cannot be read."""
    copy = Copy(edition)
    whole = False
    if what.lower().startswith(("https://", "http://")):
        whole = _read_site(copy, what, edition)
        copy.add_absent()
    elif (named := digests(what)) and not os.path.lexists(what):
        for each in named:
            copy.hold(_("the digest"), digest=each)
    elif what.strip():  # “.” is a folder, and nothing at all is a mistake
        try:
            whole = _read_disk(copy, Path(what), source) and bool(copy.lists)
        except OSError as problem:
            raise CharterError(f"{problem.filename or what}: {problem.strerror}") from problem
    if not copy.files:
        message = _(
            "nothing in “{what}” can be compared: name the address of a site, a folder, the data file of a "
            "version, SHA256SUMS, a letter or page that names a digest, or the digest itself"
        )
        raise UsageError(message.format(what=what))
    found = {each.subject for each in copy.files if each.verdict is not Verdict.ABSENT}
    own = {sha256(each.data): each for each in edition.time_stamps}
    return Comparison(
        what=what,
        files=copy.files,
        others=[each for each in copy.here if copy.lists and each not in found],
        lost=list(lost_signatures(copy.register, edition.signatories)),
        stamps_here=[
            each.name for key, each in own.items() if whole and each.stem in found and key not in copy.stamps
        ],
        stamps_there=[name for key, name in copy.stamps.items() if key not in own],
    )


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """What to say of it."""
    yield _("Compared with {what}:").format(what=escape_controls(comparison.what))
    for line in _file_lines(comparison.files):
        yield f"  {escape_controls(line)}"
    if comparison.has_more:
        yield _(
            "It has what is not here: what is here is older than it, or this was taken out here. Bring what "
            "is here up to date, and compare again; if it is still not here, ask others for what they kept."
        )
    yield from (f"  {each}" for each in loss_lines(comparison.lost, _NOT_HERE))
    missing = {
        _("Here, and not in it: {names}."): comparison.others,
        _(
            "Here, and not in it: {names}. It is older than these time-stamps, or has lost them, and so it "
            "proves less."
        ): comparison.stamps_here,
        _(
            "In it, and not here: {names}. What is here is older than these time-stamps, or has lost them. "
            "Keep them: each may prove an earlier day."
        ): comparison.stamps_there,
    }
    for message, names in missing.items():
        if names:
            yield escape_controls(message.format(names=join_list(names)))
    if not comparison.differs:
        stamps = comparison.stamps_here or comparison.stamps_there
        same = _("Nothing in it differs from what is here.")
        yield _("Nothing in it differs from what is here, but for these time-stamps.") if stamps else same
    elif not comparison.has_more:
        yield _(
            "They differ: one of the two is not what was released or signed. Compare both with what others "
            "kept."
        )


def _file_lines(files: Iterable[Compared]) -> Iterator[str]:
    """What to say of each file, of many first of those that differ, and of each that names digests."""
    listed: dict[str, list[str]] = {}
    told = []
    for each in files:
        if (each.verdict, each.whole) == (Verdict.SAME, False):
            listed.setdefault(each.name, []).append(each.subject)
        else:
            told.append(each)
    more = len(told) - MAX_LINES
    if more > 0:
        told.sort(key=lambda each: each.verdict is Verdict.SAME)
    for each in told[:MAX_LINES]:
        yield _(_ONLY_ENDS if each.only_ends else _SENTENCES[each.verdict, each.whole]).format(
            name=each.name, version=each.subject, line=each.line, kept=each.kept, here=each.here
        )
    if more > 0:
        yield _("and more of the kind, {count} in all: “--format json” lists them").format(count=len(told))
    for name, subjects in listed.items():
        message = ngettext(
            "{name}: has the digest of {versions} here",
            "{name}: has the digests of {versions} here",
            len(subjects),
        )
        yield message.format(name=name, versions=join_list(subjects))


def loss_lines(lost: list[Lost], sentences: Mapping[Loss, str] = _LOSSES) -> Iterator[str]:
    """What to say of entries that vanished, and of signatures that changed."""
    for each in lost:
        one = each.signature
        values = {"version": one.version, "date": one.date, "role": one.role} if one else {}
        values |= {"start": told.start, "end": told.end} if (told := each.report) else {}
        yield escape_controls(_(sentences[each.loss]).format(name=each.name, slug=each.slug, **values))


def comparison_values(comparison: Comparison) -> dict[str, object]:
    """The same for a program."""
    keys = ("name", "verdict", "kept", "here", "line")
    return {
        "copy": comparison.what,
        "differs": comparison.differs,
        "files": [
            {"version": each.subject, **{key: getattr(each, key) for key in keys}}
            for each in comparison.files
        ],
        "others": comparison.others,
        "register": loss_values(comparison.lost),
        "time_stamps": {"here": comparison.stamps_here, "there": comparison.stamps_there},
    }


def loss_values(lost: list[Lost]) -> list[dict[str, object]]:
    """What vanished or changed, for a program."""
    keys = ("version", "date", "role")
    return [
        {
            **{key: getattr(each, key) for key in ("slug", "name", "loss")},
            "signature": {key: getattr(each.signature, key) for key in keys} if each.signature else None,
            **({"report": {"from": told.start, "to": told.end}} if (told := each.report) else {}),
        }
        for each in lost
    ]


def _read_disk(copy: Copy, path: Path, source: Path) -> bool:
    """Take in a file, or what a folder has of a charter: a site, a repository, or whatever somebody kept;
    return whether it is a folder."""
    if path.is_file():
        data = _bytes(path)
        if _ARCHIVE.match(data):
            raise UsageError(_("“{what}” is an archive: unpack it, and name the folder").format(what=path))
        copy.add(path.name, data, text=True)
        return False
    if not path.is_dir():
        if re.fullmatch(r"(?i)[0-9a-f\s]{12,}", str(path)):
            message = _(
                "“{what}” is not a whole digest, which is 64 figures and letters, from 0 to 9 and a to f"
            )
            raise UsageError(message.format(what=path))
        raise UsageError(_("there is no file or folder “{path}”").format(path=path))
    inside = () if source.is_absolute() else (path / source,)
    charters = (each for each in (path, *inside) if (each / freeze.FOLDER / freeze.SUMS).is_file())
    if charter := next(charters, None):
        names = sorted(each.name for each in (charter / SIGNATORIES).glob("*.yml"))
        entries = _regular(charter / SIGNATORIES, names)
        copy.register += read_signatories({f"{SIGNATORIES}/{each.name}": _bytes(each) for each in entries})
        path = charter / freeze.FOLDER
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in _regular(Path(folder), sorted(each for each in names if each.endswith(_FILES))):
            copy.add(file.relative_to(path).as_posix(), _bytes(file))
    return True


def _regular(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    """The files in a folder, without links to elsewhere, and pipes that nobody fills."""
    files = (folder / name for name in names)
    return (file for file in files if file.is_file() and not file.is_symlink())


def _bytes(path: Path) -> bytes:
    """What is in a file: what is too large is cut off, and so differs."""
    with path.open("rb") as file:
        return file.read(MAX_RELEASE_BYTES + 1)


def _read_site(copy: Copy, address: str, edition: Edition) -> bool:
    """Take in what a published site has of these versions, or the one file at `address`; return which."""
    try:
        from charterpress.linkcheck import fetch, guard  # noqa: PLC0415 - these need an extra
    except ImportError as error:
        raise CharterError(missing_extra("links", _("to fetch a site"))) from error
    base = address if address.endswith("/") else f"{address}/"
    client = fetch.Client(site=base, limits=fetch.Limits(seconds=60, page=MAX_RELEASE_BYTES), accept="*/*")

    async def everything() -> bool:
        if sums := await client.file(f"{base}{addresses.VERSIONS_SUMS}"):
            copy.add(addresses.VERSIONS_SUMS, sums)
        newest = edition.releases[-1].version if edition.releases else ""
        first = f"{base}{addresses.version_address(newest)}{addresses.CHARTER_JSON}"
        # A site whose list was taken away still has versions.
        if not (copy.lists or (newest and await client.file(first))):
            copy.add(address.rpartition("/")[2], await client.file(address) or b"", text=True)
            return False
        listed = {each.subject for each in copy.files}
        paths = {
            f"{addresses.VERSIONS}{'.'.join(parts[:3])}/{'.'.join(parts[3:]) or 'charter'}.json": subject
            for subject in copy.here
            for parts in [subject.split(".")]
        }
        for name, subject in (*paths.items(), (addresses.VERSIONS_JSON, ""), (addresses.REGISTER_JSON, "")):
            if (data := await client.file(f"{base}{name}")) is not None:
                copy.add(name, data)
            elif subject in listed:
                copy.hold(name, subject)
        for stamp in _possible_stamps(edition, copy.here):
            name = addresses.proof_address(".".join(stamp.stem.split(".")[:3]), stamp.name)
            with suppress(guard.FetchError):  # some hosts don't say that a file isn't there
                copy.add(stamp.name, await client.file(f"{base}{name}") or b"")
        return True

    try:
        return asyncio.run(everything())
    except guard.FetchError as problem:
        message = _("{address} cannot be read: {reason}")
        raise CharterError(message.format(address=address, reason=problem)) from problem


def _possible_stamps(edition: Edition, subjects: Iterable[str]) -> Iterator[TimeStamp]:
    """The time-stamps that a site can have of these files: those that are here, and a further one."""
    for stem in subjects:
        for id in authorities():
            own = [each for each in edition.time_stamps if (each.stem, each.authority) == (stem, id)]
            for number in range(1, len(own) + 2):
                yield TimeStamp(stem=stem, authority=id, number=number)
