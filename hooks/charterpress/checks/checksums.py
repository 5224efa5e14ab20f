"""Rules for SHA256SUMS, the list of what was released, and what it says of the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from charterpress.checks.queries import documents_of, quote
from charterpress.model import (
    Edition,
    FrozenTranslation,
    Release,
    Role,
    Violation,
    once_per_edition,
)
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

RESTORE_FILE = N_("restore the file from git, or from the published version: a release is never edited")
SUMS = "SHA256SUMS"
_RESTORE_SUMS = N_("restore SHA256SUMS from git")
_LINE = re.compile(r"([0-9a-f]{64})  ([^/\s]+\.json)")


# --- What is listed, and what is there ---------------------------------------------------------------


def listed_releases(edition: Edition) -> list[tuple[int, str, str]]:
    """The lines of SHA256SUMS that can be read: number, digest and the path that is meant."""
    lines = next((document.lines for document in documents_of(edition, Role.SUMS)), ())
    matches = ((number, _LINE.fullmatch(text)) for number, text in enumerate(lines, 1))
    return [(number, match[1], release_path(edition, match[2])) for number, match in matches if match]


def release_path(edition: Edition, name: str) -> str:
    """Where the file `name` lies among the releases."""
    return f"{edition.root}/releases/{name}"


def file_name_of(path: str) -> str:
    """The name of a file, without its folder."""
    return PurePosixPath(path).name


def existing_paths(edition: Edition) -> set[str]:
    """Every path there is."""
    return {entry.path for entry in edition.entries}


def faulty_paths(edition: Edition) -> set[str]:
    """The paths of the files in which something could not be read as written."""
    return {document.path for document in edition.documents if document.faults}


def frozen_files(edition: Edition) -> tuple[Release | FrozenTranslation, ...]:
    """The releases, and their published translations."""
    return (*edition.releases, *edition.frozen_translations)


@once_per_edition
def intact_releases(edition: Edition) -> set[str]:
    """The paths of the releases, and of their translations, that are written as they have to be and have the
    digest that is listed."""
    listed = {path: digest for _, digest, path in listed_releases(edition)}
    intact = {each.path for each in frozen_files(edition) if listed.get(each.path) == each.sha256}
    return intact - faulty_paths(edition)


def all_intact(edition: Edition) -> bool:
    """Whether the releases are what was once released, as far as their files and SHA256SUMS can tell."""
    paths = {path for _, _, path in listed_releases(edition)}
    paths |= {document.path for document in documents_of(edition, Role.RELEASE)}
    return paths <= intact_releases(edition)


# --- SHA256SUMS --------------------------------------------------------------------------------------


def sums_form(edition: Edition) -> Iterator[Violation]:
    """Each line of SHA256SUMS is a digest, two spaces and the name of a release's file.

    So “sha256sum -c SHA256SUMS” can read it. “charter release” writes the lines."""
    for document in documents_of(edition, Role.SUMS):
        for number, text in enumerate(document.lines, 1):
            if not _LINE.fullmatch(text):
                message = _("this line is not a digest, two spaces and the name of a file")
                yield Violation(document.path, message, _(_RESTORE_SUMS), number)


def sums_twice(edition: Edition) -> Iterator[Violation]:
    """No release is listed twice in SHA256SUMS.

    Keep the line that “charter release” wrote."""
    seen: dict[str, int] = {}
    for line, _ignored, path in listed_releases(edition):
        if seen.setdefault(path, line) != line:
            message = _("{file} is listed in line {words} already").format(
                file=quote(file_name_of(path)), words=seen[path]
            )
            yield Violation(release_path(edition, SUMS), message, _(_RESTORE_SUMS), line)


def sums_order(edition: Edition) -> Iterator[Violation]:
    """SHA256SUMS lists the releases in the order in which they were made.

    A new release adds a line at the end, and no other line ever changes."""
    places = {release.path: place for place, release in enumerate(edition.releases)}
    listed = [(line, path) for line, _, path in listed_releases(edition) if path in places]
    for (_ignored, before), (line, path) in pairwise(listed):
        if places[path] < places[before]:
            message = _("{file} is older than {other} above it").format(
                file=quote(file_name_of(path)), other=quote(file_name_of(before))
            )
            yield Violation(release_path(edition, SUMS), message, _(_RESTORE_SUMS), line)
