"""A charter × its translation as it was → the translation in step with it: nothing that was written is
lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from charterpress.model import Charter, Translation, TranslationEntry, Unit
from charterpress.versions.translations.matching import (
    follow_links,
    former_names,
    match_entries,
    same_links,
)
from charterpress.versions.translations.units import units


@lru_cache(maxsize=16)
def in_step(charter: Charter, translation: Translation) -> Translation:
    """Return `translation` with an entry for each unit of `charter`, in the order of the text, and then what
    is of no unit any more.

    New units are empty. A unit whose words changed keeps its translation, is fuzzy, and has the words that
    this was made from as `previous`; it is no longer once the words are those again. What comes back has the
    translation that it had. A link that follows a principle to another name or folder is followed in the
    translation too, and changes nothing else."""
    found, names = units(charter), former_names(charter)
    entries = translation.entries
    matched = match_entries(charter, found, entries)
    made = [_entry(unit, _at(entries, matched.get(id)), names) for id, unit in found.items()]
    used = set(matched.values())
    gone = [replace(each, obsolete=True) for at, each in enumerate(entries) if at not in used and _kept(each)]
    gone = [replace(each, note="", places=()) for each in gone]
    gone.sort(key=lambda each: each.unit)
    return replace(translation, entries=(*made, *_distinct(made, gone)))


def _at(entries: tuple[TranslationEntry, ...], place: int | None) -> TranslationEntry | None:
    return None if place is None else entries[place]


def _places(path: str) -> tuple[str, ...]:
    """The file of a unit in the charter's folder, wherever that lies."""
    _before, themes, inside = path.rpartition("themes/")
    name = themes + inside if themes else path.rpartition("/")[2]
    return (name,) if name else ()


def _kept(entry: TranslationEntry) -> bool:
    """Whether an entry has something that somebody wrote."""
    return bool(entry.text or entry.comment)


def _entry(unit: Unit, was: TranslationEntry | None, names: Mapping[str, str]) -> TranslationEntry:
    entry = TranslationEntry(
        unit=unit.id,
        source=unit.words,
        flags=was.flags if was else (),
        comment=was.comment if was else "",
        note=unit.label,
        places=_places(unit.path),
        line=was.line if was else 0,
        text_line=was.text_line if was else 0,
    )
    if was is None or not was.text:
        return entry
    made_from = was.made_from if was.fuzzy else was.source
    if made_from == unit.words:
        return replace(entry, text=was.text, fuzzy=was.fuzzy and not was.previous)
    if same_links(made_from, names) == same_links(unit.words, names):
        text = follow_links(was.text, made_from, unit.words)
        return replace(entry, text=text, fuzzy=was.fuzzy and not was.previous)
    return replace(entry, text=was.text, fuzzy=True, previous=made_from)


def _distinct(living: list[TranslationEntry], gone: list[TranslationEntry]) -> list[TranslationEntry]:
    """Those that are gone, without any that says the same as another; one that says something else of the
    same words gets another name, because a file has an entry once."""
    seen = {(each.unit, each.source): each.text for each in living}
    kept = []
    for entry in gone:
        unit, place = entry.unit, 1
        while (unit, entry.source) in seen and seen[unit, entry.source] != entry.text:
            place += 1
            unit = f"{entry.unit}+{place}"
        if (unit, entry.source) not in seen:
            seen[unit, entry.source] = entry.text
            kept.append(replace(entry, unit=unit))
    return kept
