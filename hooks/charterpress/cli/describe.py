"""Changes → the words in which `charter status` and `charter diff` tell of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from charterpress.model import Change, ChangeNote, Charter, Principle, Theme
from charterpress.versions import diff, number

MAX_NAMES = 20
"""Organisations that are named; of more, only the number is told."""


def subject_names(*charters: Charter) -> dict[str, str]:
    """What a person calls everything that can change, by id, and the headings of sections; the last charter's
    words count. What it no longer has stands behind its title with the number that it had, which may be
    another's now."""
    names: dict[str, str] = {}
    for charter in charters:
        last = charter is charters[-1]
        names |= {"charter": charter.title, "preamble": "Preamble"}
        names |= {f"sections.{shape.id}": shape.heading for shape in charter.sections}
        parts: list[Theme | Principle] = [*charter.themes, *(each for _, each in charter.principles())]
        numbers = number.part_numbers(charter)
        for part in parts:
            place = numbers[part.id]
            names[part.id] = f"{place} {part.title}" if last else f"{part.title} (was {place})"
    return names


def change_sentence(change: Change, names: Mapping[str, str]) -> str:
    """What happened, in a sentence that stands under the name of what it happened to."""
    name = names.get(change.subject, change.subject)
    if change.because and not change.field:
        return f"{name} was {change.because}."
    return diff.change_sentence(change, names).removeprefix(f"{name}: ")


def class_summary(changes: Sequence[Change], notes: Sequence[ChangeNote]) -> str:
    """The class that changes come to, and from which one the notes lowered it: “editorial, lowered from
    commitment by a note with two approvals”."""
    class_, computed = number.approved_class(changes, notes), number.computed_class(changes)
    lowered = f", lowered from {computed} by a note with two approvals" if class_ is not computed else ""
    return f"{class_}{lowered}"


def group_by_subject(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes under what they change, in their order."""
    subjects: dict[str, list[Change]] = {}
    for change in changes:
        subjects.setdefault(change.subject, []).append(change)
    return subjects


def deciding_reasons(changes: Sequence[Change], names: Mapping[str, str], most: int = 5) -> list[str]:
    """The changes that decide the class, with the words that do: “2.1 Leave room: within a day”."""
    top = number.computed_class(tuple(changes))
    said = [
        f"{names.get(change.subject, change.subject)}: {change.because}"
        if change.because
        else diff.change_sentence(change, names).removesuffix(".")
        for change in changes
        if change.class_ is top
    ]
    return [*said[:most], f"and {len(said) - most} more"] if len(said) > most else said


def change_values(change: Change) -> dict[str, str]:
    """A change as both commands write it in JSON."""
    return {
        "principle": change.subject,
        "field": change.field,
        "part": change.part,
        "kind": change.kind,
        "class": change.class_,
        "before": change.before,
        "after": change.after,
        "because": change.because,
    }


def json_document(document: Mapping[str, object]) -> str:
    """A document for programs, in ASCII."""
    return json.dumps(document, indent=2) + "\n"


def name_list(names: Sequence[str]) -> str:
    """“: Quay Club; Mole Club”, to stand behind a number of organisations; '' where there are too many."""
    return f": {'; '.join(names)}" if 0 < len(names) <= MAX_NAMES else ""
