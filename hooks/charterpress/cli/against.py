"""`charter verify --against`: a site, folder, file or digest that somebody kept → how it compares."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charterpress.checks import SIGNATORIES
from charterpress.model import MAX_RELEASE_BYTES, Edition
from charterpress.model.errors import CharterError, UsageError
from charterpress.proofs.copies import Compared, Copy, Kept, Verdict, compare, digests, frozen_data
from charterpress.proofs.past_signatures import Loss, Lost, lost_signatures
from charterpress.read import read_signatories
from charterpress.text.escape import escape_controls
from charterpress.text.extras import missing_extra
from charterpress.text.interface import N_, join_list, ngettext
from charterpress.text.interface import gettext as _
from charterpress.versions import freeze
from charterpress.views.addresses import REGISTER_JSON, VERSIONS, VERSIONS_JSON, VERSIONS_SUMS

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
_FILES = (".json", ".tsr", freeze.SUMS)
"""How the names of files end that a copy in a folder can have of a charter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A copy, called `what`, beside what is here: its files, the versions here that are in none of them, and
    what its register has and the one here has not."""

    what: str
    files: list[Compared]
    others: list[str]
    lost: list[Lost]

    @property
    def differs(self) -> bool:
        """Whether one of the two cannot be what was released, or signed."""
        losses = (each.loss not in (Loss.ROLE, Loss.REPORT) for each in self.lost)
        return any(each.verdict is not Verdict.SAME for each in self.files) or any(losses)

    @property
    def has_more(self) -> bool:
        """Whether all that differs is that the copy has versions or entries that are not here."""
        files = (each for each in self.files if each.verdict is not Verdict.SAME)
        more = all(each.verdict is Verdict.UNKNOWN and each.subject for each in files)
        more = more and not self.others and all(each.loss is not Loss.SIGNATURE for each in self.lost)
        return self.differs and more


def hold_against(what: str, edition: Edition, source: Path) -> Comparison:
    """Compare `what` somebody kept with the edition in the folder `source`. Raises UsageError where nothing
    in it can be compared, CharterError where it cannot be read."""
    here, copy, published = list(frozen_data(edition)), Copy(), False
    if published := what.startswith(("https://", "http://")):
        copy = _site(what, here)
    elif (named := digests(what)) and not os.path.lexists(what):
        copy.kept = [Kept(name=_("the digest"), digest=each) for each in named]
    elif what.strip():  # “.” is a folder, and nothing at all is a mistake
        try:
            _read_disk(copy, Path(what), source)
        except OSError as problem:
            raise CharterError(f"{problem.filename}: {problem.strerror}") from problem
    if not copy.kept:
        message = _(
            "nothing in “{what}” can be compared: name the address of a site, a folder, the data file of a "
            "version, SHA256SUMS, a letter or page that names a digest, or the digest itself"
        )
        raise UsageError(message.format(what=what))
    files = compare(copy, edition, published=published)
    found = {each.subject for each in files}
    return Comparison(
        what=what,
        files=files,
        others=[each for each in here if copy.lists and each not in found],
        lost=list(lost_signatures(copy.register, edition.signatories)),
    )


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """What to say of it."""
    yield _("Compared with {what}:").format(what=escape_controls(comparison.what))
    listed: dict[str, list[str]] = {}
    for each in comparison.files:
        if (each.verdict, each.whole) == (Verdict.SAME, False):
            listed.setdefault(each.name, []).append(each.subject)
            continue
        said = _(_ONLY_ENDS if each.only_ends else _SENTENCES[each.verdict, each.whole]).format(
            name=each.name, version=each.subject, line=each.line, kept=each.kept, here=each.here
        )
        yield f"  {escape_controls(said)}"
    for name, subjects in listed.items():
        message = ngettext(
            "{name}: has the digest of {versions} here",
            "{name}: has the digests of {versions} here",
            len(subjects),
        )
        yield f"  {escape_controls(message.format(name=name, versions=join_list(subjects)))}"
    yield from (f"  {each}" for each in loss_lines(comparison.lost))
    if comparison.others:
        message = _("Here, and not in it: {versions}.")
        yield message.format(versions=join_list(comparison.others))
    if comparison.has_more:
        yield _(
            "It has what is not here: what is here is older than it, or this was taken out here. Bring what "
            "is here up to date, and compare again; if it is still not here, ask others for what they kept."
        )
    elif comparison.differs:
        yield _(
            "They differ: one of the two is not what was released or signed. Compare both with what others "
            "kept."
        )
    else:
        yield _("Nothing in it differs from what is here.")


def loss_lines(lost: list[Lost]) -> Iterator[str]:
    """What to say of entries that vanished, and of signatures that changed."""
    for each in lost:
        one = each.signature
        values = {"version": one.version, "date": one.date, "role": one.role} if one else {}
        values |= {"start": told.start, "end": told.end} if (told := each.report) else {}
        yield escape_controls(_(_LOSSES[each.loss]).format(name=each.name, slug=each.slug, **values))


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


def _read_disk(copy: Copy, path: Path, source: Path) -> None:
    """Take in a file, or what a folder has of a charter: a site, a repository, or whatever somebody kept."""
    if not path.is_dir():
        if not path.is_file() and re.fullmatch(r"(?i)[0-9a-f\s]{40,}", str(path)):
            message = _("“{what}” is no whole digest: that is 64 figures and letters, from 0 to 9 and a to f")
            raise UsageError(message.format(what=path))
        if not path.is_file():
            raise UsageError(_("there is no file or folder “{path}”").format(path=path))
        copy.add(path.name, _bytes(path), text=True)
        return
    inside = () if source.is_absolute() else (path / source,)
    charters = (each for each in (path, *inside) if (each / freeze.FOLDER / freeze.SUMS).is_file())
    if charter := next(charters, None):
        entries = sorted((charter / SIGNATORIES).glob("*.yml"))
        files = {f"{SIGNATORIES}/{each.name}": _bytes(each) for each in entries if not each.is_symlink()}
        copy.register += read_signatories(files)
        path = charter / freeze.FOLDER
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        files_here = (Path(folder, name) for name in sorted(names) if name.endswith(_FILES))
        for file in files_here:
            if file.is_file() and not file.is_symlink():  # what is too large is cut off, and so differs
                copy.add(file.relative_to(path).as_posix(), _bytes(file))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_RELEASE_BYTES + 1)


def _site(address: str, subjects: list[str]) -> Copy:
    """What a published site has of these versions, or the one file at `address`."""
    try:
        from charterpress.linkcheck import fetch, guard  # noqa: PLC0415 - these need an extra
    except ImportError as error:
        raise CharterError(missing_extra("links", _("to fetch a site"))) from error
    base = address if address.endswith("/") else f"{address}/"
    client = fetch.Client(site=base, limits=fetch.Limits(seconds=60, page=MAX_RELEASE_BYTES), accept="*/*")

    async def everything() -> Copy:
        copy = Copy()
        if sums := await client.file(f"{base}{VERSIONS_SUMS}"):
            copy.add(VERSIONS_SUMS, sums)
        newest = next((each for each in reversed(subjects) if each.count(".") == 2), "")
        # A site whose list was taken away still has versions.
        if not (copy.lists or (newest and await client.file(f"{base}{VERSIONS}{newest}/charter.json"))):
            copy.add(address.rpartition("/")[2], await client.file(address) or b"", text=True)
            return copy
        listed = {each.subject for each in copy.kept}
        paths = {
            f"{VERSIONS}{'.'.join(parts[:3])}/{(parts[3:] or ['charter'])[0]}.json": subject
            for subject in subjects
            for parts in [subject.split(".", 3)]
        }
        for name, subject in (*paths.items(), (VERSIONS_JSON, ""), (REGISTER_JSON, "")):
            if (data := await client.file(f"{base}{name}")) is not None:
                copy.add(name, data)
            elif subject in listed:
                copy.kept.append(Kept(name=name, subject=subject))
        return copy

    try:
        return asyncio.run(everything())
    except guard.FetchError as problem:
        message = _("{address} cannot be read: {reason}")
        raise CharterError(message.format(address=address, reason=problem)) from problem
