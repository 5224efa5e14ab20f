"""Rules for releases, which are frozen: each is whole, stands in its place, and says of itself what is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from press import number
from press.check.walk import from_reader, nearest, say, say_list
from press.model import Class, Document, Edition, Found, Release, Role

RESTORE = "take the file back from git, or from where it is published: a release is never edited"
NEWER = "if the words are wrong, mend them in the working text and release a new version"
_LINE = re.compile(r"([0-9a-f]{64})  ([^/\s]+\.json)")


# --- Where things are --------------------------------------------------------------------------------


def _sums(edition: Edition) -> Document | None:
    return next((document for document in edition.documents if document.role is Role.SUMS), None)


def _listed(edition: Edition) -> list[tuple[int, str, str]]:
    """The lines of SHA256SUMS that can be read: number, digest and the path that is meant."""
    sums = _sums(edition)
    matches = ((line, _LINE.fullmatch(text)) for line, text in enumerate(sums.lines if sums else (), 1))
    return [(line, match[1], _path(edition, match[2])) for line, match in matches if match]


def _path(edition: Edition, name: str) -> str:
    return f"{edition.root}/releases/{name}"


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _there(edition: Edition) -> set[str]:
    return {entry.path for entry in edition.entries}


def _agrees(edition: Edition) -> set[str]:
    """The paths of the releases that are written as they have to be and have the digest that is listed."""
    faulty = {document.path for document in edition.documents if document.faults}
    listed = {path: digest for _, digest, path in _listed(edition)}
    return {
        release.path
        for release in edition.releases
        if release.path not in faulty and listed.get(release.path) == release.sha256
    }


def sound(edition: Edition, release: Release) -> bool:
    """Whether a release is what was once released, as far as its own file and its digest can tell."""
    return release.path in _agrees(edition)


def _chain(edition: Edition) -> list[Release]:
    """The releases whose file bears their version, oldest first."""
    return [release for release in edition.releases if _name(release.path) == f"{release.version}.json"]


def _pairs(edition: Edition) -> Iterator[tuple[Release | None, Release]]:
    """Every release that holds the one before it as it should, with that one; the first with None. A pair of
    which one has been tampered with is left out: another rule speaks of it."""
    agrees = _agrees(edition)
    for before, release in pairwise([None, *_chain(edition)]):
        if release is None or release.path not in agrees or (before and before.path not in agrees):
            continue
        held = release.previous and (release.previous.version, release.previous.sha256)
        if held == (before and (before.version, before.sha256)):
            yield before, release


# --- One file ----------------------------------------------------------------------------------------


def release_unreadable(edition: Edition) -> Iterator[Found]:
    """A release is whole, and can be read.

    It is the text that organisations have signed. Where a part of it is missing, take the file back from git
    or from the published version.
    """
    return from_reader(edition, "release-unreadable")


def release_form(edition: Edition) -> Iterator[Found]:
    """A release is written by “charter release” and by nothing else, to the last byte.

    The digest that anybody can compute is that of the bytes. A program that saves the file with other line
    endings or in another order makes another file of it.
    """
    return from_reader(edition, "release-form")


def release_name(edition: Edition) -> Iterator[Found]:
    """The name of a release's file is its version: 1.2.0.json.

    Give the file the name that it had.
    """
    for release in edition.releases:
        name = _name(release.path)
        if name != f"{release.version}.json":
            yield Found(
                path=release.path,
                message=f"{say(name)} holds version {release.version}",
                fix=f"call the file {say(f'{release.version}.json')}, or delete it if it is a copy",
            )


def release_unfinished(edition: Edition) -> Iterator[Found]:
    """No release was broken off half-way.

    When the computer stops while a release is being written, what is needed to go on lies in the folder
    releases/.unfinished. Run “charter release” once more: it goes on before it does anything else.
    """
    for entry in edition.entries:
        if entry.path in (_path(edition, ".unfinished"), _path(edition, ".staged")):
            message = "a release was begun, and broken off before it was done"
            yield Found(path=entry.path, message=message, fix="run “charter release” to go on with it")


# --- SHA256SUMS --------------------------------------------------------------------------------------


def sums_form(edition: Edition) -> Iterator[Found]:
    """Each line of SHA256SUMS is a digest, two spaces and the name of a release's file.

    So “sha256sum -c SHA256SUMS” can read it. “charter release” writes the lines.
    """
    sums = _sums(edition)
    for line, text in enumerate(sums.lines if sums else (), 1):
        if sums and not _LINE.fullmatch(text):
            yield Found(
                path=sums.path,
                line=line,
                message="this line is not a digest, two spaces and the name of a file",
                fix="take the file SHA256SUMS back from git",
            )


def sums_twice(edition: Edition) -> Iterator[Found]:
    """No release is listed twice in SHA256SUMS.

    Keep the line that “charter release” wrote.
    """
    seen: dict[str, int] = {}
    for line, _, path in _listed(edition):
        if seen.setdefault(path, line) != line:
            yield Found(
                path=_path(edition, "SHA256SUMS"),
                line=line,
                message=f"{say(_name(path))} is listed in line {seen[path]} already",
                fix="take the file SHA256SUMS back from git",
            )


def sums_order(edition: Edition) -> Iterator[Found]:
    """SHA256SUMS lists the releases in the order in which they were made.

    A new release adds a line at the end, and no other line ever changes.
    """
    places = {release.path: place for place, release in enumerate(edition.releases)}
    listed = [(line, path) for line, _, path in _listed(edition) if path in places]
    for (_, before), (line, path) in pairwise(listed):
        if places[path] < places[before]:
            yield Found(
                path=_path(edition, "SHA256SUMS"),
                line=line,
                message=f"{say(_name(path))} is older than {say(_name(before))} above it",
                fix="take the file SHA256SUMS back from git",
            )


def release_unlisted(edition: Edition) -> Iterator[Found]:
    """Every release is listed in SHA256SUMS.

    A file that is not listed was not made by “charter release”, or its line was deleted.
    """
    listed = {path for _, _, path in _listed(edition)}
    for document in edition.documents:
        if document.role is Role.RELEASE and document.path not in listed:
            yield Found(
                path=document.path,
                message=f"{say(_name(document.path))} is not listed in SHA256SUMS",
                fix="take the file SHA256SUMS back from git; or delete this one, if it was never released",
                about=(_path(edition, "SHA256SUMS"),),
            )


def release_digest(edition: Edition) -> Iterator[Found]:
    """A release has the digest that SHA256SUMS lists for it.

    Where it has not, one of the two was changed after the release. Take both files back from git.
    """
    faulty = {document.path for document in edition.documents if document.faults}
    listed = {path: (digest, line) for line, digest, path in reversed(_listed(edition))}
    for release in edition.releases:
        digest, line = listed.get(release.path, (release.sha256, 0))
        if digest != release.sha256 and release.path not in faulty:
            yield Found(
                path=release.path,
                message=f"its digest is {release.sha256[:12]}…, and SHA256SUMS says {digest[:12]}… "
                f"in line {line}: this is not what was released",
                fix=RESTORE,
                about=(_path(edition, "SHA256SUMS"),),
            )


# --- The chain ---------------------------------------------------------------------------------------


def release_missing(edition: Edition) -> Iterator[Found]:
    """No release is missing: every one that SHA256SUMS lists, and the one before each release, are there.

    A version that was published stays for ever, because organisations have signed it.
    """
    there, sums = _there(edition), _path(edition, "SHA256SUMS")
    listed = {path: line for line, _, path in reversed(_listed(edition))}
    for path, line in listed.items():
        if path not in there:
            yield Found(
                path=sums,
                line=line,
                message=f"{say(_name(path))} is listed here and is not there",
                fix=RESTORE,
                about=(path,),
            )
    for release in _chain(edition):
        path = _path(edition, f"{release.previous.version}.json") if release.previous else ""
        if release.previous and path not in there | set(listed):
            yield Found(
                path=release.path,
                message=f"{release.version} follows {release.previous.version}, which is not there",
                fix=RESTORE,
                about=(path,),
            )


def release_previous(edition: Edition) -> Iterator[Found]:
    """Every release holds the version and the digest of the one before it.

    So a release cannot be changed, nor one be put between two others, without changing all that came after
    it. The first release holds none.
    """
    agrees = _agrees(edition)
    versions = {release.version for release in edition.releases}
    for before, release in pairwise([None, *_chain(edition)]):
        if release is None:
            continue
        held, said = release.previous, ""
        if held is None and before is not None:
            said = f"{release.version} holds no version before it, and {before.version} is there"
        elif held is not None and held.version not in versions:
            continue  # it is missing, or cannot be read
        elif held is not None and (before is None or held.version != before.version):
            said = f"{release.version} holds {held.version} as the version before it"
            said += f", and that is {before.version}" if before else ""
        elif held is not None and before and before.path in agrees and held.sha256 != before.sha256:
            said = f"{release.version} holds another digest of {before.version} than that has now: "
            said += f"{held.sha256[:12]}…, not {before.sha256[:12]}…"
        if said:
            about = (before.path,) if before else ()
            yield Found(path=release.path, message=said, fix=RESTORE, about=about)


def release_date(edition: Edition) -> Iterator[Found]:
    """No release is dated before the one that it follows.

    Dates say what was in force when.
    """
    for before, release in _pairs(edition):
        if before and release.date < before.date:
            yield Found(
                path=release.path,
                message=f"{release.version} is of {release.date}, and {before.version} before it of {before.date}",
                fix="delete it, if nobody has seen it yet, and release again with the right --date",
                about=(before.path,),
            )


def release_future(edition: Edition) -> Iterator[Found]:
    """No release is dated after today.

    A version is in force from the day on which it was released. Release it on that day.
    """
    for release in edition.releases:
        if edition.today and release.date > edition.today:
            yield Found(
                path=release.path,
                message=f"{release.version} is of {release.date}, which has not come yet",
                fix="delete it, if nobody has seen it yet, and release again with the right --date",
            )


def release_number(edition: Edition) -> Iterator[Found]:
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
            yield Found(
                path=release.path,
                message=f"a release of the class {release.class_}{after} is {version}, not {release.version}",
                fix=RESTORE,
                about=(before.path,) if before else (),
            )


def release_class(edition: Edition) -> Iterator[Found]:
    """The class of a release is that of the changes since the one before it.

    It is computed, never chosen; a note with two approvals and a reason may lower it. The first release has
    the class “commitment”, because all of it is new.
    """
    for before, release in _pairs(edition):
        class_ = Class.COMMITMENT
        if before and (release.consultation or not before.consultation):
            changes = number.changes(before.charter, release.charter, release.notes)
            class_ = number.decided(changes, release.notes)
        if class_ is not release.class_:
            yield Found(
                path=release.path,
                message=f"{release.version} says that it is {release.class_}, and its changes are {class_}",
                fix=RESTORE,
                about=(before.path,) if before else (),
            )


# --- What others remember ----------------------------------------------------------------------------


def release_recorded(edition: Edition) -> Iterator[Found]:
    """A release is, to the byte, what git recorded in the commit that first added it.

    So a release that was edited together with every digest in the folder is still found. Take the file back
    from that commit: “git log --diff-filter=A” with the file's name finds it.
    """
    for path, gone in _differing(edition, edition.recorded):
        said = "git remembers this release, and it is gone" if gone else "this is not what git first recorded"
        yield Found(path=path, message=said, fix=f"{RESTORE}; {NEWER}")


def release_changed(edition: Edition) -> Iterator[Found]:
    """A pull request changes, deletes or renames no release that is there.

    The words that an organisation has signed never move. A mistake is told in errata/<version>.md until the
    next release mends it.
    """
    for path, gone in _differing(edition, edition.agreed):
        said = "this proposal deletes a release" if gone else "this proposal changes a release"
        yield Found(path=path, message=said, fix=f"{RESTORE}; {NEWER}")


def _differing(edition: Edition, right: dict[str, str] | None) -> Iterator[tuple[str, bool]]:
    """The paths of the releases that are not as `right` has them, and whether they are gone. Those of which
    another rule speaks, because they do not agree with SHA256SUMS either, are left out."""
    there, agrees = _there(edition), _agrees(edition)
    listed = {path for _, _, path in _listed(edition)}
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


# --- Errata ------------------------------------------------------------------------------------------


def erratum_version(edition: Edition) -> Iterator[Found]:
    """The name of a file in errata/ is the version that it is about: 1.2.0.md.

    Known mistakes are shown beside that version, and are no part of it.
    """
    versions = [release.version for release in edition.releases]
    for erratum in edition.errata:
        if erratum.version not in versions and _path(edition, f"{erratum.version}.json") not in _there(edition):
            near = nearest(erratum.version, versions)
            fix = f"call it {say(f'{near}.md')}" if near else "name it after a version"
            some = f": there is {say_list(versions)}" if 0 < len(versions) <= 3 else ""
            yield Found(
                path=erratum.path,
                message=f"{say(erratum.version)} is not a version that was released",
                fix=f"{fix}{some}",
            )


def erratum_empty(edition: Edition) -> Iterator[Found]:
    """A file in errata/ says what is wrong in that version, and what was meant.

    Write a sentence for each mistake, or delete the file.
    """
    for erratum in edition.errata:
        document = edition.document(erratum.path)
        if not erratum.text and document and document.body_known:
            yield Found(
                path=erratum.path,
                message="this file says nothing",
                fix="write what is wrong and what was meant, or delete the file",
            )
