"""Rules for SHA256SUMS, the list of what was released: it agrees with the files, and they with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from charterpress.checks.queries import quote
from charterpress.model import Document, Edition, Role, Violation

RESTORE_FILE = "restore the file from git, or from the published version: a release is never edited"
_RESTORE_SUMS = "restore SHA256SUMS from git"
_LINE = re.compile(r"([0-9a-f]{64})  ([^/\s]+\.json)")


# --- What is listed, and what is there ---------------------------------------------------------------


def _sums(edition: Edition) -> Document | None:
    return next((document for document in edition.documents if document.role is Role.SUMS), None)


def listed_releases(edition: Edition) -> list[tuple[int, str, str]]:
    """The lines of SHA256SUMS that can be read: number, digest and the path that is meant."""
    sums = _sums(edition)
    matches = ((line, _LINE.fullmatch(text)) for line, text in enumerate(sums.lines if sums else (), 1))
    return [(line, match[1], release_path(edition, match[2])) for line, match in matches if match]


def release_path(edition: Edition, name: str) -> str:
    """Where the file `name` lies among the releases."""
    return f"{edition.root}/releases/{name}"


def file_name_of(path: str) -> str:
    """The name of a file, without its folder."""
    return PurePosixPath(path).name


def existing_paths(edition: Edition) -> set[str]:
    """Every path there is."""
    return {entry.path for entry in edition.entries}


def intact_releases(edition: Edition) -> set[str]:
    """The paths of the releases that are written as they have to be and have the digest that is listed."""
    faulty = {document.path for document in edition.documents if document.faults}
    listed = {path: digest for _, digest, path in listed_releases(edition)}
    return {
        release.path
        for release in edition.releases
        if release.path not in faulty and listed.get(release.path) == release.sha256
    }


def all_intact(edition: Edition) -> bool:
    """Whether the releases are what was once released, as far as their files and SHA256SUMS can tell."""
    agrees = intact_releases(edition)
    return all(path in agrees for _, _, path in listed_releases(edition)) and all(
        document.path in agrees for document in edition.documents if document.role is Role.RELEASE
    )


# --- SHA256SUMS --------------------------------------------------------------------------------------


def sums_form(edition: Edition) -> Iterator[Violation]:
    """Each line of SHA256SUMS is a digest, two spaces and the name of a release's file.

    So “sha256sum -c SHA256SUMS” can read it. “charter release” writes the lines.
    """
    sums = _sums(edition)
    for line, text in enumerate(sums.lines if sums else (), 1):
        if sums and not _LINE.fullmatch(text):
            yield Violation(
                path=sums.path,
                line=line,
                message="this line is not a digest, two spaces and the name of a file",
                fix=_RESTORE_SUMS,
            )


def sums_twice(edition: Edition) -> Iterator[Violation]:
    """No release is listed twice in SHA256SUMS.

    Keep the line that “charter release” wrote.
    """
    seen: dict[str, int] = {}
    for line, _, path in listed_releases(edition):
        if seen.setdefault(path, line) != line:
            yield Violation(
                path=release_path(edition, "SHA256SUMS"),
                line=line,
                message=f"{quote(file_name_of(path))} is listed in line {seen[path]} already",
                fix=_RESTORE_SUMS,
            )


def sums_order(edition: Edition) -> Iterator[Violation]:
    """SHA256SUMS lists the releases in the order in which they were made.

    A new release adds a line at the end, and no other line ever changes.
    """
    places = {release.path: place for place, release in enumerate(edition.releases)}
    listed = [(line, path) for line, _, path in listed_releases(edition) if path in places]
    for (_, before), (line, path) in pairwise(listed):
        if places[path] < places[before]:
            yield Violation(
                path=release_path(edition, "SHA256SUMS"),
                line=line,
                message=f"{quote(file_name_of(path))} is older than {quote(file_name_of(before))} above it",
                fix=_RESTORE_SUMS,
            )


def release_unlisted(edition: Edition) -> Iterator[Violation]:
    """Every release is listed in SHA256SUMS.

    A file that is not listed was not made by “charter release”, or its line was deleted.
    """
    listed = {path for _, _, path in listed_releases(edition)}
    for document in edition.documents:
        if document.role is Role.RELEASE and document.path not in listed:
            yield Violation(
                path=document.path,
                message=f"{quote(file_name_of(document.path))} is not listed in SHA256SUMS",
                fix="restore SHA256SUMS from git; or delete this file, if it was never released",
                about=(release_path(edition, "SHA256SUMS"),),
            )


def release_digest(edition: Edition) -> Iterator[Violation]:
    """A release has the digest that SHA256SUMS lists for it.

    Where it has not, one of the two was changed after the release. Take both files back from git.
    """
    faulty = {document.path for document in edition.documents if document.faults}
    listed = {path: (digest, line) for line, digest, path in reversed(listed_releases(edition))}
    for release in edition.releases:
        digest, line = listed.get(release.path, (release.sha256, 0))
        if digest != release.sha256 and release.path not in faulty:
            yield Violation(
                path=release.path,
                message=f"its digest is {release.sha256[:12]}…, and SHA256SUMS says {digest[:12]}… "
                f"in line {line}: this is not what was released",
                fix=RESTORE_FILE,
                about=(release_path(edition, "SHA256SUMS"),),
            )
