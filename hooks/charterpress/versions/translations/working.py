"""A charter × a .po file → the words of each unit in its language, and what keeps them from being
published."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charterpress.model import Change, ChangeNote, Charter, Class, Edition, Release, Translation
from charterpress.versions.number.part_words import ENGLISH, PartWords
from charterpress.versions.translations.changes import (
    Texts,
    all_changes,
    binding_languages,
    newest_texts,
    release_changes,
)
from charterpress.versions.translations.progress import State, UnitState, progress
from charterpress.versions.translations.step import in_step
from charterpress.versions.translations.units import units


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A unit whose translation cannot be published: how far it is, and the line of the .po file that says
    so; 0 for a unit that is not in the file."""

    state: UnitState
    line: int = 0


def gaps(charter: Charter, translation: Translation) -> Iterator[Gap]:
    """Yield every unit of `charter` whose translation is missing, outdated by more than its layout, or
    marked as not finished, in the order of the text."""
    entries = {each.unit: each for each in in_step(charter, translation).entries if not each.obsolete}
    for state in progress(charter, translation).units:
        same = state.state is State.OUTDATED and state.class_ is Class.NONE
        if state.state is not State.CURRENT and not same:
            entry = entries[state.unit.id]
            yield Gap(state=state, line=entry.text_line or entry.line)


def working_words(charter: Charter, translation: Translation) -> dict[str, str]:
    """Return the words that a .po file has for the units of `charter`, by their ids, outdated ones too: in
    NFC without surrounding white space, and on one line where they are no Markdown, as the charter's own
    are."""
    found = units(charter)
    entries = in_step(charter, translation).entries
    texts = {each.unit: _normal(each.text) for each in entries if not each.obsolete and each.text.strip()}
    return {id: text if found[id].markdown else " ".join(text.split()) for id, text in texts.items()}


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def working_texts(edition: Edition) -> Texts:
    """Return the words of the working text in every further language that binds."""
    charter = edition.charter
    if charter is None or not (binding := binding_languages(charter)):
        return {}
    files = {each.language: each for each in edition.translations}
    return {tag: working_words(charter, files[tag]) for tag in binding if tag in files}


def changes_between(
    edition: Edition,
    old: Release | None,
    new: Release | None,
    notes: Sequence[ChangeNote],
    words: PartWords = ENGLISH,
) -> tuple[Change, ...]:
    """Return what changed from one version to another in all languages that bind. None is the working text of
    `edition`, which must be readable."""
    frozen = edition.frozen_translations
    if old and new:
        return release_changes(old, new, notes, frozen, words)
    before, after = (each.charter if each else edition.charter for each in (old, new))
    if before is None or after is None:
        return ()
    released = old or new
    own, working = newest_texts(released, frozen) if released else {}, working_texts(edition)
    texts = (own if old else working, own if new else working)
    return all_changes(before, after, notes, texts, words)
