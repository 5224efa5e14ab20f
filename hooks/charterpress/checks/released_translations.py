"""Rules for the translations of releases, which are frozen like them: each is whole, says truly what it
translates, and follows the revision before it."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.checksums import (
    RESTORE_FILE,
    existing_paths,
    file_name_of,
    intact_releases,
    release_path,
)
from charterpress.checks.queries import quote
from charterpress.model import (
    DEFAULT_LANGUAGE,
    Class,
    Edition,
    FrozenTranslation,
    LanguageStanding,
    Release,
    Violation,
)
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.versions.translations import translation_name, units, words_digest
from charterpress.versions.translations.changes import binding_languages, correction_class

_RESTORE_BOTH = N_("restore both files from git, or from the published version")
_PUBLISH_AGAIN = N_("delete the file, if nobody has seen it yet, and publish it with “charter translate”")


def _name(translation: FrozenTranslation) -> str:
    """What a translation is called in messages."""
    return _("revision {revision} of {version} in {language}").format(
        revision=translation.revision, version=translation.version, language=quote(translation.language)
    )


def _with_release(edition: Edition) -> Iterator[tuple[Release, FrozenTranslation]]:
    """Every translation with the release that it names; without those whose release is missing."""
    releases = {each.version: each for each in edition.releases}
    for translation in edition.frozen_translations:
        if release := releases.get(translation.version):
            yield release, translation


def _intact_with_release(edition: Edition) -> Iterator[tuple[Release, FrozenTranslation]]:
    """The same of those that both are what was released: another rule speaks of others."""
    intact = intact_releases(edition)
    for release, translation in _with_release(edition):
        if {release.path, translation.path} <= intact and translation.release_sha256 == release.sha256:
            yield release, translation


def _by_revision(edition: Edition) -> dict[tuple[str, str, int], FrozenTranslation]:
    return {(each.version, each.language, each.revision): each for each in edition.frozen_translations}


def released_translation_name(edition: Edition) -> Iterator[Violation]:
    """The name of a published translation's file is the version, the language and the revision:
    2.0.0.cy.1.json.

    Give the file the name that it had."""
    for translation in edition.frozen_translations:
        name, right = file_name_of(translation.path), translation_name(translation)
        if name != right:
            message = _("{file} holds {translation}").format(file=quote(name), translation=_name(translation))
            fix = _("call the file {name}, or delete it if it is a copy").format(name=quote(right))
            yield Violation(translation.path, message, fix)


def released_translation_source(edition: Edition) -> Iterator[Violation]:
    """A published translation holds the version and the digest of the release that it translates.

    So anybody can tell which words it was made from, and neither can change without the other."""
    there = existing_paths(edition)
    for translation in edition.frozen_translations:
        path = release_path(edition, f"{translation.version}.json")
        if path not in there:
            message = _("it translates {version}, which is missing").format(version=translation.version)
            yield Violation(translation.path, message, _(RESTORE_FILE), about=(path,))
    intact = intact_releases(edition)
    for release, translation in _with_release(edition):
        if translation.release_sha256 != release.sha256 and release.path in intact:
            message = _(
                "it names another digest for {version} than that file has now: {wrong}…, not {right}…"
            )
            message = message.format(
                version=release.version, wrong=translation.release_sha256[:12], right=release.sha256[:12]
            )
            yield Violation(translation.path, message, _(_PUBLISH_AGAIN), about=(release.path,))


def released_translation_language(edition: Edition) -> Iterator[Violation]:
    """A published translation is in one of the further languages of the charter, and says of itself what its
    release or charter.yml says: whether it binds.

    A translation that was published with a release has the standing that the release gives its language. A
    language that the release does not name may be added later, as a courtesy."""
    declared = {tag for each in edition.releases for tag, _standing in each.charter.languages}
    declared |= {tag for tag, _standing in edition.charter.languages} if edition.charter else set()
    for release, translation in _with_release(edition):
        tag = translation.language
        working = edition.charter.language if edition.charter else ""
        source = release.charter.language or working or DEFAULT_LANGUAGE
        standing = dict(release.charter.languages).get(tag, LanguageStanding.COURTESY)
        if tag == source:
            message = _("{language} is the language that the charter is written in").format(
                language=quote(tag)
            )
            yield Violation(translation.path, message, _(_PUBLISH_AGAIN))
        elif tag not in declared:
            message = _("{language} is not one of the charter’s languages").format(language=quote(tag))
            fix = _("write “{line}” under “languages” in charter.yml, or delete the file")
            yield Violation(translation.path, message, fix.format(line=f"{tag}: courtesy"))
        elif translation.standing != standing:
            message = _("it says that it is {standing}, and by {version} it is {other}").format(
                standing=quote(translation.standing), version=release.version, other=quote(standing)
            )
            yield Violation(translation.path, message, _(_PUBLISH_AGAIN), about=(release.path,))


def released_translation_units(edition: Edition) -> Iterator[Violation]:
    """A published translation has every sentence of its release once, in their order, each with the digest of
    the words that it was made from.

    “charter release” and “charter translate” write it so, and publish no part of a text."""
    for release, translation in _intact_with_release(edition):
        if message := _unit_fault(release, translation):
            yield Violation(translation.path, message, _(_PUBLISH_AGAIN), about=(release.path,))


def _unit_fault(release: Release, translation: FrozenTranslation) -> str:
    """What is wrong with the units of a translation; '' for nothing."""
    source, digests = units(release.charter), dict(translation.sources)
    found = dict(translation.texts)
    if missing := [id for id in source if id not in found]:
        return ngettext("it lacks {unit}", "it lacks {unit} and {more} more", len(missing)).format(
            unit=quote(missing[0]), more=len(missing) - 1
        )
    if unknown := [id for id in found if id not in source]:
        message = _("it translates {unit}, which {version} does not have")
        return message.format(unit=quote(unknown[0]), version=release.version)
    if list(found) != list(source):
        return _("its sentences are not in the order of {version}").format(version=release.version)
    if other := [id for id, unit in source.items() if digests[id] != words_digest(unit.words)]:
        message = _("it says that {unit} was made from other words than {version} has")
        return message.format(unit=quote(other[0]), version=release.version)
    return ""


def released_translation_revision(edition: Edition) -> Iterator[Violation]:
    """The revisions of a published translation are counted from 1, and each holds the digest of the one
    before it, the reason for it, and a day that is not before that of the other.

    What was published stays: a mistake is put right in a new revision."""
    known, intact = _by_revision(edition), intact_releases(edition)
    for release, translation in _with_release(edition):
        before = known.get((translation.version, translation.language, translation.revision - 1))
        later, name = translation.revision > 1, _name(translation)
        message, fix, about = "", _(RESTORE_FILE), release.path
        if later and before is None:
            message = _("{translation} follows revision {before}, which is missing")
            message = message.format(translation=name, before=translation.revision - 1)
        elif before and before.path in intact and before.sha256 != translation.previous:
            message = _("{translation} has another digest for the revision before it than that file has")
            message, fix, about = message.format(translation=name), _(_RESTORE_BOTH), before.path
        elif later and not translation.reason.strip():
            message = _("{translation} does not say why it was made").format(translation=name)
            fix = _(_PUBLISH_AGAIN)
        elif translation.date < (before or release).date:
            message = _("{translation} is dated {date}, before {other}, the day of what it follows")
            message = message.format(translation=name, date=translation.date, other=(before or release).date)
            fix = _(_PUBLISH_AGAIN)
        if message:
            yield Violation(translation.path, message, fix, about=(about,))


def released_translation_missing(edition: Edition) -> Iterator[Violation]:
    """A release in which a further language binds has its text in that language, of the same day; and every
    translation that the next release says it follows is there.

    Both are one charter. “charter release” makes both files at once."""
    for release in edition.releases:
        yield from _missing_binding(edition, release)
        yield from _missing_followed(edition, release)


def _missing_binding(edition: Edition, release: Release) -> Iterator[Violation]:
    known, there = _by_revision(edition), existing_paths(edition)
    for tag in binding_languages(release.charter):
        first, name = known.get((release.version, tag, 1)), f"{release.version}.{tag}.1.json"
        if release_path(edition, name) not in there:
            message = _("{language} binds in {version}, and {file} is missing")
            message = message.format(language=quote(tag), version=release.version, file=quote(name))
            yield Violation(release.path, message, _(RESTORE_FILE), about=(release_path(edition, name),))
        elif first and first.date != release.date:
            message = _("{file} is dated {date}, and {version} {other}").format(
                file=quote(name), date=first.date, version=release.version, other=release.date
            )
            yield Violation(first.path, message, _(RESTORE_FILE), about=(release.path,))


def _missing_followed(edition: Edition, release: Release) -> Iterator[Violation]:
    """The translations that a release says it follows, and that are not there or not the same."""
    known, there, intact = _by_revision(edition), existing_paths(edition), intact_releases(edition)
    if release.previous is None:
        return
    for named in release.previous.translations:
        version = release.previous.version
        held = known.get((version, named.language, named.revision))
        name = f"{version}.{named.language}.{named.revision}.json"
        path = release_path(edition, name)
        message = ""
        if path not in there:
            message = _("{version} follows {file}, which is missing")
        elif held and {held.path, release.path} <= intact and held.sha256 != named.sha256:
            message = _("{version} has another digest for {file} than that file has now")
        if message:
            message = message.format(version=release.version, file=quote(name))
            yield Violation(release.path, message, _(RESTORE_FILE), about=(path,))


def released_translation_correction(edition: Edition) -> Iterator[Violation]:
    """A text that binds is corrected in punctuation, case and spacing alone, and never in what was signed.

    Whoever signed it in that language signed those words. What changes more than that is a new version, which
    signatories are told of. A courtesy translation may be corrected in every word."""
    known = _by_revision(edition)
    for release, translation in _intact_with_release(edition):
        before = known.get((translation.version, translation.language, translation.revision - 1))
        if before and translation.standing == LanguageStanding.BINDING:
            class_ = correction_class(release, before, translation)
            if class_.rank > Class.EDITORIAL.rank:
                message = _("{translation} changes a text that binds, as {class_}")
                message = message.format(translation=_name(translation), class_=quote(class_))
                fix = _("delete the file, if nobody has seen it yet, and make a new version of the charter")
                yield Violation(translation.path, message, fix, about=(before.path,))
