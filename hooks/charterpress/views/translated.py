"""An edition → the same in another language, in words that were published or are being worked on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from charterpress.model import Change, ChangeNote, Charter, Edition, Foreign, FrozenTranslation, Release
from charterpress.text.languages import primary_language
from charterpress.versions import number
from charterpress.versions.translations import apply, units
from charterpress.versions.translations.progress import SHOWN, State, progress
from charterpress.views.history import History
from charterpress.views.languages import SiteLanguage


class Words(Enum):
    """Whose words a text in a further language has."""

    PUBLISHED = "published"
    """Those of a published translation."""
    WORKING = "working"
    """Those of the translation that is being worked on."""
    SOURCE = "source"
    """Those of the language that the charter is written in: there is no translation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TranslatedEdition:
    """An edition in one of its languages. `edition` has the texts in it, with words of other languages marked
    as such; `words` says of each version whose words it has."""

    edition: Edition
    language: SiteLanguage
    source: SiteLanguage
    original: Edition
    words: Mapping[str, Words] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The translated words of each version by the ids of their units; '' stands for the working text. Those
    that are outdated in what they promise have the source's words beside them."""

    @property
    def has_foreign(self) -> bool:
        """Whether its texts may have words of other languages."""
        return self.edition is not self.original

    @property
    def untranslated(self) -> frozenset[str]:
        """The versions whose text has no words of the language."""
        return frozenset(version for version, words in self.words.items() if words is Words.SOURCE)


def translated_edition(edition: Edition, language: SiteLanguage, source: SiteLanguage) -> TranslatedEdition:
    """Return `edition` in `language`; `source` is the language that the charter is written in."""
    if language == source and primary_language(source.tag) == primary_language(source.page):
        return TranslatedEdition(edition=edition, language=language, source=source, original=edition)
    texts = _Texts(edition, language, source)
    words = {each.version: texts.words(each) for each in edition.releases}
    made = replace(
        edition,
        charter=edition.charter and texts.working(edition.charter),
        releases=tuple(texts.release(each, words[each.version]) for each in edition.releases),
    )
    return TranslatedEdition(
        edition=made,
        language=language,
        source=source,
        original=edition,
        words=words,
        texts={
            **{
                each.version: texts.translated(each.charter, words[each.version], each)
                for each in edition.releases
            },
            **({"": texts.translated(edition.charter, Words.WORKING)} if edition.charter else {}),
        },
    )


class _Texts:
    """What an edition's texts say in a language."""

    def __init__(self, edition: Edition, language: SiteLanguage, source: SiteLanguage) -> None:
        self._edition, self._language, self._source = edition, language, source
        own = (each for each in edition.frozen_translations if each.language == language.tag)
        self._frozen: dict[str, FrozenTranslation] = {
            each.version: each for each in sorted(own, key=lambda each: each.revision)
        }
        begun = (each for each in edition.translations if any(entry.text for entry in each.entries))
        self._po = next((each for each in begun if each.language == language.tag), None)

    def words(self, release: Release) -> Words:
        """Return whose words the text of a release has."""
        if self._language == self._source:
            return Words.SOURCE
        if release.version in self._frozen:
            return Words.PUBLISHED
        return Words.WORKING if release is self._edition.current and self._po else Words.SOURCE

    def release(self, release: Release, words: Words) -> Release:
        """Return a release with its text in the language."""
        return replace(
            release, charter=self._applied(release.charter, self.translated(release.charter, words, release))
        )

    def working(self, charter: Charter) -> Charter:
        """Return a text in the words of the translation that is being worked on."""
        return self._applied(charter, self.translated(charter, Words.WORKING))

    def translated(self, charter: Charter, words: Words, release: Release | None = None) -> dict[str, str]:
        """Return the words of a text that are translated, by the ids of their units; those that are outdated
        in what they promise with the words that they should say by now."""
        if words is Words.PUBLISHED and release:
            return dict(self._frozen[release.version].texts)
        if words is Words.SOURCE or self._po is None:
            return {}
        return {
            each.unit.id: Foreign(
                each.text,
                language=self._language.tag,
                source=Foreign(each.unit.words, language=self._source.tag),
            )
            if each.class_ in SHOWN
            else each.text
            for each in progress(charter, self._po).units
            if each.state not in (State.MISSING, State.UNSURE)
        }

    def _applied(self, charter: Charter, own: Mapping[str, str]) -> Charter:
        """The text with the words `own` in their units, and those of the source in all others."""
        texts: dict[str, str] = {}
        for id, unit in units(charter).items():
            if id in own:
                texts[id] = self._marked(own[id], self._language.tag, getattr(own[id], "source", ""))
            else:
                texts[id] = self._marked(unit.words, self._source.tag)
        return _with_source_items(apply(charter, texts), charter)

    def _marked(self, words: str, language: str, source: str = "") -> str:
        on_page = primary_language(language) == primary_language(self._language.page)
        return str(words) if on_page and not source else Foreign(words, language=language, source=source)


def _with_source_items(charter: Charter, source: Charter) -> Charter:
    """The text with the items of `source`, of which it is a translation, beside its own."""
    return replace(
        charter,
        themes=tuple(
            replace(
                theme,
                principles=tuple(
                    replace(
                        principle,
                        sections=tuple(
                            replace(section, source_items=original.items)
                            if len(section.items) == len(original.items)
                            else section
                            for section, original in zip(principle.sections, own.sections, strict=True)
                        ),
                    )
                    for principle, own in zip(theme.principles, source_theme.principles, strict=True)
                ),
            )
            for theme, source_theme in zip(charter.themes, source.themes, strict=True)
        ),
    )


class TranslatedHistory(History):
    """The releases in a further language. Two texts that are both published in it are compared in it, unless
    they say the same; others in the language that the charter is written in, whose words are then marked."""

    def __init__(self, translated: TranslatedEdition) -> None:
        """Take the edition in the language."""
        super().__init__(translated.edition)
        self._original = History(translated.original)
        self._originals = {each.version: each for each in translated.original.releases}
        self._published = {version for version, words in translated.words.items() if words is Words.PUBLISHED}
        self._words = translated.texts
        self._source = translated.source.tag
        self._untranslated: dict[int, Change] = {}

    @property
    def original(self) -> History:
        """The releases in the language that the charter is written in."""
        return self._original

    def texts(self, old: Release, new: Release) -> tuple[Charter, Charter, str]:
        """Return the texts of two releases that `changes` compares, and the tag of their language: '' for
        that of the history."""
        published = {old.version, new.version} <= self._published
        if published and self._words[old.version] != self._words[new.version]:
            return old.charter, new.charter, ""
        return self._originals[old.version].charter, self._originals[new.version].charter, self._source

    def unpublished(self, *releases: Release) -> tuple[Release, ...]:
        """Return those of `releases` that were not published in the language."""
        return tuple(each for each in releases if each.version not in self._published)

    def language_of(self, change: Change | None) -> str:
        """Return the tag of the language of a change's words: '' for that of the history."""
        foreign = self._source if id(change) in self._untranslated else ""
        return (change.language if change else "") or foreign

    def _changes(self, old: Release, new: Release, notes: Sequence[ChangeNote]) -> tuple[Change, ...]:
        before, after, foreign = self.texts(old, new)
        if not foreign:
            return number.changes(before, after, notes, number.part_words())
        found = self._original.changes(self._originals[old.version], self._originals[new.version])
        self._untranslated |= {id(change): change for change in found}  # kept, so that no other has its id
        return found
