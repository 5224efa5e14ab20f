"""Rules for releases, which are frozen: each is whole, follows the one before it, and says of itself what is
so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from charterpress.checks.checksums import (
    RESTORE_FILE,
    existing_paths,
    file_name_of,
    intact_releases,
    listed_releases,
    release_path,
)
from charterpress.checks.queries import quote, reader_violations
from charterpress.model import Class, Edition, Release, Violation
from charterpress.versions import number

RESTORE_OR_FIX_NEXT = (
    "restore the file from git; if its words are wrong, correct the working text and release that"
)
_RELEASE_AGAIN = "delete the file, if nobody has seen it yet, and release again with the right --date"
_CHECK_CLOCK = "look at this computer’s clock first; if it is right, "


# --- One file ----------------------------------------------------------------------------------------


def release_unreadable(edition: Edition) -> Iterator[Violation]:
    """A release is whole, and can be read.

    It is the text that organisations have signed. Where a part of it is missing, take the file back from git
    or from the published version.
    """
    return reader_violations(edition, "release-unreadable")


def release_form(edition: Edition) -> Iterator[Violation]:
    """A release is written by “charter release” and by nothing else, to the last byte.

    The digest that anybody can compute is that of the bytes. A program that saves the file with other line
    endings or in another order makes another file of it.
    """
    return reader_violations(edition, "release-form")


def release_name(edition: Edition) -> Iterator[Violation]:
    """The name of a release's file is its version: 1.2.0.json.

    Give the file the name that it had.
    """
    for release in edition.releases:
        name = file_name_of(release.path)
        if name != f"{release.version}.json":
            yield Violation(
                path=release.path,
                message=f"{quote(name)} holds version {release.version}",
                fix=f"call the file {quote(f'{release.version}.json')}, or delete it if it is a copy",
            )


def release_unfinished(edition: Edition) -> Iterator[Violation]:
    """No release was broken off half-way, and nothing else that writes several files.

    When the computer stops while a release is being written, what is needed to go on lies in the folder
    releases/.unfinished. Run “charter release” once more: it goes on before it does anything else. What
    “charter sign” and “charter new” need lies in .unfinished, and each of them goes on.
    """
    broken_off = {
        release_path(edition, name): ("a release", "“charter release”") for name in (".unfinished", ".staged")
    }
    broken_off |= {
        f"{edition.root}/{name}": ("something", "“charter sign” or “charter new”")
        for name in (".unfinished", ".staged")
    }
    for entry in edition.entries:
        if entry.path in broken_off:
            what, command = broken_off[entry.path]
            message = f"{what} was interrupted before it was finished"
            yield Violation(path=entry.path, message=message, fix=f"run {command} to go on with it")


# --- The chain ---------------------------------------------------------------------------------------


def _chain(edition: Edition) -> list[Release]:
    """The releases whose file bears their version, oldest first."""
    return [
        release for release in edition.releases if file_name_of(release.path) == f"{release.version}.json"
    ]


def _pairs(edition: Edition) -> Iterator[tuple[Release | None, Release]]:
    """Every release that holds the one before it as it should, with that one; the first with None. A pair of
    which one has been tampered with is left out: another rule speaks of it."""
    agrees = intact_releases(edition)
    for before, release in pairwise([None, *_chain(edition)]):
        if release is None or release.path not in agrees or (before and before.path not in agrees):
            continue
        held = release.previous and (release.previous.version, release.previous.sha256)
        if held == (before and (before.version, before.sha256)):
            yield before, release


def release_missing(edition: Edition) -> Iterator[Violation]:
    """No release is missing: every one that SHA256SUMS lists, and the one before each release, are there.

    A version that was published stays for ever, because organisations have signed it.
    """
    there, sums = existing_paths(edition), release_path(edition, "SHA256SUMS")
    listed = {path: line for line, _, path in reversed(listed_releases(edition))}
    for path, line in listed.items():
        if path not in there:
            yield Violation(
                path=sums,
                line=line,
                message=f"{quote(file_name_of(path))} is listed here, but is missing",
                fix=RESTORE_FILE,
                about=(path,),
            )
    for release in _chain(edition):
        path = release_path(edition, f"{release.previous.version}.json") if release.previous else ""
        if release.previous and path not in there | set(listed):
            yield Violation(
                path=release.path,
                message=f"{release.version} follows {release.previous.version}, which is missing",
                fix=RESTORE_FILE,
                about=(path,),
            )


def release_previous(edition: Edition) -> Iterator[Violation]:
    """Every release holds the version and the digest of the one before it.

    So a release cannot be changed, nor one be put between two others, without changing all that came after
    it. The first release holds none.
    """
    agrees = intact_releases(edition)
    versions = {release.version for release in edition.releases}
    for before, release in pairwise([None, *_chain(edition)]):
        if release is None:
            continue
        held, said = release.previous, ""
        if held is None and before is not None:
            said = f"{release.version} names no previous version, but {before.version} exists"
        elif held is not None and held.version not in versions:
            continue  # it is missing, or cannot be read
        elif held is not None and (before is None or held.version != before.version):
            said = f"{release.version} names {held.version} as its previous version"
            said += f", which is {before.version}" if before else ""
        elif held is not None and before and before.path in agrees and held.sha256 != before.sha256:
            said = f"{release.version} has another digest for {before.version} than that file has now: "
            said += f"{held.sha256[:12]}…, not {before.sha256[:12]}…"
        if said:
            about = (before.path,) if before else ()
            yield Violation(path=release.path, message=said, fix=RESTORE_FILE, about=about)


def release_date(edition: Edition) -> Iterator[Violation]:
    """No release is dated before the one that it follows.

    Dates say what was in force when.
    """
    for before, release in _pairs(edition):
        if before and release.date < before.date:
            yield Violation(
                path=release.path,
                message=f"{release.version} is dated {release.date}, before {before.version} ({before.date})",
                fix=_RELEASE_AGAIN,
                about=(before.path,),
            )


def release_future(edition: Edition) -> Iterator[Violation]:
    """No release is dated after today.

    A version is in force from the day on which it was released. Release it on that day.
    """
    for release in edition.releases:
        if edition.today and release.date > edition.today:
            yield Violation(
                path=release.path,
                message=f"{release.version} is dated {release.date}, which is in the future",
                fix=_CHECK_CLOCK + _RELEASE_AGAIN,
            )


def release_number(edition: Edition) -> Iterator[Violation]:
    """The number of a release follows from the one before it and from its class.

    A commitment release raises the first number, guidance the second, editorial the third. The first release
    is 1.0.0, and a draft for consultation is below it.
    """
    for before, release in _pairs(edition):
        opens = before is None or (before.consultation and not release.consultation)
        version = number.next_version(
            None if opens or before is None else before.version,
            release.class_,
            consultation=release.consultation,
        )
        if version != release.version:
            after = f" after {before.version}" if before else ""
            yield Violation(
                path=release.path,
                message=f"a release of the class {release.class_}{after} is {version}, not {release.version}",
                fix=RESTORE_FILE,
                about=(before.path,) if before else (),
            )


def release_class(edition: Edition) -> Iterator[Violation]:
    """The class of a release is that of the changes since the one before it.

    It is computed, never chosen; a note with two approvals and a reason may lower it. The first release has
    the class “commitment”, because all of it is new. A release says both what was found and what was decided,
    and keeps them when the check learns to see more: only the newest one, and those that a pull request adds,
    are computed again.
    """
    pairs = list(_pairs(edition))
    for before, release in pairs:
        found, class_ = release.found, release.class_
        if before is None or (before.consultation and not release.consultation):
            found = class_ = Class.COMMITMENT
        elif release is pairs[-1][1] or _is_added(release, edition):
            changes = number.changes(before.charter, release.charter, release.notes)
            found, class_ = number.computed_class(changes), number.approved_class(changes, release.notes)
        elif not _may_be_lowered(release):
            class_ = found
        if (found, class_) != (release.found, release.class_):
            said, true = _classes(release.found, release.class_), _classes(found, class_)
            yield Violation(
                path=release.path,
                message=f"{release.version} says that its changes are {said}, and they are {true}",
                fix=RESTORE_FILE,
                about=(before.path,) if before else (),
            )


def _is_added(release: Release, edition: Edition) -> bool:
    """Whether a pull request adds `release`; False where nobody asked."""
    name = release.path.removeprefix(f"{edition.root}/")
    return edition.agreed is not None and name not in edition.agreed


def _may_be_lowered(release: Release) -> bool:
    """Whether the notes of `release` can have made its class lower than what was found."""
    lower = release.class_.rank < release.found.rank
    return lower and any(map(number.is_approved, release.notes))


def _classes(found: Class, class_: Class) -> str:
    return str(class_) if found is class_ else f"{class_}, lowered from {found}"


# --- What others remember ----------------------------------------------------------------------------


def release_recorded(edition: Edition) -> Iterator[Violation]:
    """A release is, to the byte, what git recorded in the commit that first added it.

    So a release that was edited together with every digest in the folder is still found. Take the file back
    from that commit: “git log --diff-filter=A” with the file's name finds it. A release that was made twice
    on one branch, before anybody has seen it, is made once more on a new branch.
    """
    for path, gone in _differing(edition, edition.recorded):
        said = (
            "git has a record of this file, but it is missing"
            if gone
            else "this is not what git first recorded"
        )
        yield Violation(path=path, message=said, fix=RESTORE_OR_FIX_NEXT)


def release_changed(edition: Edition) -> Iterator[Violation]:
    """A pull request changes, deletes or renames no release that is there.

    The words that an organisation has signed never move. A mistake is told in errata/<version>.md until the
    next release mends it.
    """
    for path, gone in _differing(edition, edition.agreed):
        said = "this proposal deletes a release" if gone else "this proposal changes a release"
        yield Violation(path=path, message=said, fix=RESTORE_OR_FIX_NEXT)


def _differing(edition: Edition, right: dict[str, str] | None) -> Iterator[tuple[str, bool]]:
    """The paths of the releases that are not as `right` has them, and whether they are gone. Those of which
    another rule speaks, because they do not agree with SHA256SUMS either, are left out."""
    there, agrees = existing_paths(edition), intact_releases(edition)
    listed = {path for _, _, path in listed_releases(edition)}
    held = {release.path: release.sha256 for release in edition.releases}
    for name, digest in sorted((right or {}).items()):
        path = f"{edition.root}/{name}"
        if not name.endswith(".json"):
            continue
        if path not in there:
            if path not in listed:
                yield path, True
        elif path in agrees and held[path] != digest:
            yield path, False
