"""A release → its change notes in the charter’s order, each with the names of the few parts it is about."""

from __future__ import annotations

from charterpress.model import ChangeNote, Principle, Release, Theme
from charterpress.versions import number

MOST_NAMED = 3
"""Of how many parts each is named: a note about more says itself what it is about."""


def named_notes(release: Release) -> tuple[tuple[str, ChangeNote], ...]:
    """Return each note with the numbers and titles of its themes and principles, or '' where they are many,
    or where one of them is neither. Notes that are not about the themes come first."""
    numbers = number.part_numbers(release.charter)
    parts: list[Theme | Principle] = []
    for theme in release.charter.themes:
        parts += [theme, *theme.principles]
    names = {part.id: f"{numbers[part.id]} {part.title}" for part in parts}
    order = {id: place for place, id in enumerate(names, start=1)}
    found = []
    for note in release.notes:
        places = sorted(order.get(id, 0) for id in note.principles)
        few = bool(places) and places[0] > 0 and len(places) <= MOST_NAMED
        about = sorted(note.principles, key=lambda id: order.get(id, 0)) if few else ()
        found.append((places[:1], ", ".join(names[id] for id in about), note))
    return tuple((about, note) for _, about, note in sorted(found, key=lambda each: each[0]))
