"""Rules for the file of each release, by itself: it is whole, and is what SHA256SUMS lists."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.checksums import (
    RESTORE_FILE,
    SUMS,
    faulty_paths,
    file_name_of,
    frozen_files,
    listed_releases,
    release_path,
)
from charterpress.checks.queries import documents_of, quote, reader_violations
from charterpress.model import Edition, Role, Violation
from charterpress.text.interface import gettext as _


def release_unreadable(edition: Edition) -> Iterator[Violation]:
    """A release is whole, and can be read.

    It is the text that organisations have signed. Where a part of it is missing, take the file back from git
    or from the published version."""
    return reader_violations(edition, "release-unreadable")


def release_form(edition: Edition) -> Iterator[Violation]:
    """A release is written by “charter release” and by nothing else, to the last byte.

    The digest that anybody can compute is that of the bytes. A program that saves the file with other line
    endings or in another order makes another file of it."""
    return reader_violations(edition, "release-form")


def release_name(edition: Edition) -> Iterator[Violation]:
    """The name of a release's file is its version: 1.2.0.json.

    Give the file the name that it had."""
    for release in edition.releases:
        name = file_name_of(release.path)
        if name != f"{release.version}.json":
            fix = _("call the file {value}, or delete it if it is a copy").format(
                value=quote(f"{release.version}.json")
            )
            yield Violation(
                release.path,
                _("{name} holds version {version}").format(name=quote(name), version=release.version),
                fix,
            )


def release_unfinished(edition: Edition) -> Iterator[Violation]:
    """No release was broken off half-way, and nothing else that writes several files.

    When the computer stops while a release is being written, what is needed to go on lies in the folder
    releases/.unfinished. Run “charter release” once more: it goes on before it does anything else. What
    “charter sign” and “charter new” need lies in .unfinished, and each of them goes on."""
    unfinished = (".unfinished", ".staged")
    of_release = (
        _("a release was interrupted before it was finished"),
        _("run “charter release” to go on with it"),
    )
    other = (
        _("something was interrupted before it was finished"),
        _("run “charter sign” or “charter new” to go on with it"),
    )
    interrupted = {release_path(edition, name): of_release for name in unfinished}
    interrupted |= {f"{edition.root}/{name}": other for name in unfinished}
    for entry in edition.entries:
        if entry.path in interrupted:
            yield Violation(entry.path, *interrupted[entry.path])


def release_unlisted(edition: Edition) -> Iterator[Violation]:
    """Every release is listed in SHA256SUMS.

    A file that is not listed was not made by “charter release”, or its line was deleted."""
    listed = {path for _, _, path in listed_releases(edition)}
    fix = _("restore SHA256SUMS from git; or delete this file, if it was never released")
    for document in documents_of(edition, Role.RELEASE):
        if document.path not in listed:
            message = _("{file} is not listed in SHA256SUMS").format(file=quote(file_name_of(document.path)))
            yield Violation(document.path, message, fix, about=(release_path(edition, SUMS),))


def release_digest(edition: Edition) -> Iterator[Violation]:
    """A release has the digest that SHA256SUMS lists for it.

    Where it has not, one of the two was changed after the release. Take both files back from git."""
    listed = {path: (digest, line) for line, digest, path in reversed(listed_releases(edition))}
    for release in frozen_files(edition):
        digest, line = listed.get(release.path, (release.sha256, 0))
        if digest != release.sha256 and release.path not in faulty_paths(edition):
            message = _(
                "its digest is {digest}…, and SHA256SUMS says {listed}… in line {line}: "
                "this is not what was released"
            ).format(digest=release.sha256[:12], listed=digest[:12], line=line)
            yield Violation(release.path, message, _(RESTORE_FILE), about=(release_path(edition, SUMS),))
