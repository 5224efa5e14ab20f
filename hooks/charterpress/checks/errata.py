"""Rules for errata: known mistakes in a version, told beside it."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.checksums import existing_paths, release_path
from charterpress.checks.queries import closest_match, quote
from charterpress.model import Edition, Violation
from charterpress.text.interface import gettext as _


def erratum_version(edition: Edition) -> Iterator[Violation]:
    """The name of a file in errata/ is the version that it is about: 1.2.0.md.

    Known mistakes are shown beside that version, and are no part of it."""
    versions, files = [release.version for release in edition.releases], existing_paths(edition)
    for erratum in edition.errata:
        if erratum.version not in versions and release_path(edition, f"{erratum.version}.json") not in files:
            near = closest_match(erratum.version, versions)
            fix = (
                _("call it {value}").format(value=quote(f"{near}.md"))
                if near
                else _("name it after a version")
            )
            message = _("{version} is not a version that was released").format(version=quote(erratum.version))
            yield Violation(erratum.path, message, fix)


def erratum_empty(edition: Edition) -> Iterator[Violation]:
    """A file in errata/ says what is wrong in that version, and what was meant.

    Write a sentence for each mistake, or delete the file."""
    for erratum in edition.errata:
        document = edition.document(erratum.path)
        if not erratum.text and document and document.body_known:
            fix = _("write what is wrong and what was meant, or delete the file")
            yield Violation(erratum.path, _("this file says nothing"), fix)
