"""A release × the .po file of a language → the translation of it to publish, or the one that corrects it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from charterpress.checks.languages import FOLDER
from charterpress.checks.queries import quote, quote_list
from charterpress.model import (
    Change,
    Class,
    Edition,
    FrozenTranslation,
    LanguageStanding,
    Release,
    Translation,
    Unit,
)
from charterpress.model.errors import CharterError, UsageError
from charterpress.read.frozen_json import STRANGE
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as shown_number
from charterpress.versions import freeze, number
from charterpress.versions.refusals import refuse_date
from charterpress.versions.translations import freeze_translation, newest_revisions, units
from charterpress.versions.translations.changes import correction_changes
from charterpress.versions.translations.working import Gap, gaps, working_words

MAX_REASON = 1_000
"""The most characters of the reason for a correction."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """A translation that can be published: itself, the one that it corrects, the files to write by their
    path in the charter's folder, and for a correction what it changes: each unit with its words before and
    after."""

    translation: FrozenTranslation
    previous: FrozenTranslation | None
    writes: Mapping[str, bytes]
    changed: tuple[tuple[Unit, str, str], ...] = ()
    changes: tuple[Change, ...] = ()


class GapsError(CharterError):
    """Not every unit of a release has a translation that was made from its words."""

    def __init__(self, path: str, version: str, found: tuple[Gap, ...]) -> None:
        super().__init__(_("it is not in step with version {version}").format(version=version), path=path)
        self.path, self.version = path, version
        self.gaps = found


def publish_translation(
    edition: Edition, language: str, *, version: str = "", date: str, reason: str = ""
) -> Publication:
    """Return what publishes the translation into `language` of a version (default: the current one) on
    `date`, or corrects the one that is published, for a `reason`.

    A correction keeps the published words of units for which the .po file has none that were made from the
    words of that version. Raises UsageError for a version, day or language that there is not, GapsError
    where the file is not in step with that version, and CharterError where there is nothing to publish or it
    must not be corrected so."""
    release = _release(edition, version)
    _refuse_undeclared(edition, language)
    path = f"{edition.root}/{FOLDER}/{language}.po"
    file = next((each for each in edition.translations if each.language == language), None)
    if file is None:
        raise CharterError(_("there is no such file, or it cannot be read: run “charter check”"), path=path)
    previous = newest_revisions(edition.frozen_translations, release.version).get(language)
    _refuse_day(edition, release, previous, date)
    _refuse_reason(reason)
    standing = dict(release.charter.languages).get(language, LanguageStanding.COURTESY.value)
    translation = freeze_translation(
        release,
        language,
        standing,
        _words(release, file, previous),
        date=date,
        root=edition.root,
        previous=previous,
        reason=" ".join(reason.split()) if previous else "",
    )
    changed, changes = _correction(release, previous, translation, reason) if previous else ((), ())
    return Publication(
        translation=translation,
        previous=previous,
        writes=freeze.listed_writes(edition, [translation]),
        changed=changed,
        changes=changes,
    )


def _release(edition: Edition, version: str) -> Release:
    """The release that is meant. Raises UsageError if there is none."""
    releases = {each.version: each for each in edition.releases}
    if not releases or edition.current is None:
        raise UsageError(_("there is no version yet: “charter release” publishes its translations with it"))
    if version and version not in releases:
        message = _("there is no version “{version}”: there is {known}")
        raise UsageError(message.format(version=version, known=quote_list(releases)))
    return releases[version] if version else edition.current


def _refuse_undeclared(edition: Edition, language: str) -> None:
    """Raises UsageError for a language that is none of the charter's."""
    declared = {tag for each in edition.releases for tag, _standing in each.charter.languages}
    declared |= {tag for tag, _standing in edition.charter.languages} if edition.charter else set()
    if language not in declared:
        line = f"languages: {{{language}: courtesy}}"
        message = _("“{language}” is not one of the charter’s languages: write “{line}” in charter.yml first")
        raise UsageError(message.format(language=language, line=line))


def _refuse_day(edition: Edition, release: Release, previous: FrozenTranslation | None, date: str) -> None:
    """Raises UsageError where `date` is none, runs backwards or is in the future."""
    refuse_date(date, release, edition.today)
    if previous and date < previous.date:
        message = _("{date} is before {other}, the date of revision {revision}")
        raise UsageError(message.format(date=date, other=previous.date, revision=previous.revision))


def _words(release: Release, file: Translation, previous: FrozenTranslation | None) -> dict[str, str]:
    """The words of each unit: of those that are not in step, the ones that are published. Raises GapsError
    for one that has none."""
    behind = {gap.state.unit.id: gap for gap in gaps(release.charter, file)}
    words = {id: text for id, text in working_words(release.charter, file).items() if id not in behind}
    words = (dict(previous.texts) if previous else {}) | words
    if missing := tuple(gap for id, gap in behind.items() if id not in words):
        raise GapsError(file.path, release.version, missing)
    return words


def _correction(
    release: Release, previous: FrozenTranslation, translation: FrozenTranslation, reason: str
) -> tuple[tuple[tuple[Unit, str, str], ...], tuple[Change, ...]]:
    """What a correction changes. Raises CharterError where that is nothing, or more than a text that binds
    can be corrected in, and UsageError without a reason."""
    before, after = dict(previous.texts), dict(translation.texts)
    source = units(release.charter)
    changed = tuple((source[id], before[id], text) for id, text in after.items() if before[id] != text)
    published = _("revision {revision} of {version} in {language}").format(
        revision=previous.revision, version=release.version, language=quote(translation.language)
    )
    if not changed:
        message = _("there is nothing to publish: the words are those of {published}")
        raise CharterError(message.format(published=published))
    changes = correction_changes(release, previous, translation)
    class_ = number.computed_class(changes)
    if translation.standing == LanguageStanding.BINDING and class_.rank > Class.EDITORIAL.rank:
        # Translators: {class_} is editorial, guidance or commitment; {units} are ids.
        message = _(
            "{published} binds, and this is a change of the class {class_} in {units}: whoever signed in "
            "that language signed those words. Undo it, or make a new version with “charter release”"
        )
        ids = quote_list(dict.fromkeys(unit.id for unit, _before, _after in changed))
        raise CharterError(message.format(published=published, class_=class_, units=ids))
    if not reason.strip():
        message = _("there is {published} already: say why it is corrected, with --reason")
        raise UsageError(message.format(published=published))
    return changed, changes


def _refuse_reason(reason: str) -> None:
    """Raise UsageError for a reason that nobody could read once it is published."""
    words = " ".join(reason.split())
    if len(words) > MAX_REASON:
        message = _("--reason has {count} characters; {most} is the most")
        raise UsageError(message.format(count=shown_number(len(words)), most=shown_number(MAX_REASON)))
    strange = re.search(f"{STRANGE}|[\ud800-\udfff]", words)
    if strange:
        message = _("--reason has a character that no text has, {letter}: type it anew, without that")
        raise UsageError(message.format(letter=f"U+{ord(strange[0]):04X}"))
