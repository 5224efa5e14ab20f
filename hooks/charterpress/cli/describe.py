"""Changes → the sentences of `charter status` and `charter diff`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from charterpress.model import Change, ChangeNote, Charter, Class, Principle, Theme
from charterpress.text.interface import gettext as _
from charterpress.text.interface import join_list, ngettext
from charterpress.text.lists import join_clauses
from charterpress.versions import diff, lowered, number

MAX_NAMES = 20
"""Organisations that are named; of more, only the number is told."""


def subject_names(*charters: Charter) -> dict[str, str]:
    """The names of everything that can change, by id, and the headings of sections, from the last charter.
    What was removed is shown by its title and former number, which may belong to another principle now."""
    names: dict[str, str] = {}
    for charter in charters:
        last = charter is charters[-1]
        names |= {"charter": charter.title, "preamble": _("Preamble")}
        names |= {f"sections.{shape.id}": shape.heading for shape in charter.sections}
        parts: list[Theme | Principle] = [*charter.themes, *(each for _, each in charter.principles())]
        numbers = number.part_numbers(charter)
        for part in parts:
            place = numbers[part.id]
            names[part.id] = (
                f"{place} {part.title}"
                if last
                else _("{title} (was {number})").format(title=part.title, number=place)
            )
    return names


def change_sentence(change: Change, names: Mapping[str, str]) -> str:
    """A sentence about a change, to follow the name of what changed."""
    return (diff.change_sentence if diff.is_whole(change) else diff.change_clause)(change, names)


def class_summary(changes: Sequence[Change], notes: Sequence[ChangeNote]) -> str:
    """The class that changes come to, from what it was lowered, by whom and why: “editorial, lowered from
    commitment with the approval of The chair and The clerk (“A misprint.”)”."""
    class_, computed = number.approved_class(changes, notes), number.computed_class(changes)
    if class_ is computed:
        return str(class_)
    who = [
        # Translators: who approved of a lower class, and why: The chair and The clerk (“A misprint.”)
        _("{names} (“{reason}”)").format(names=join_list(each.note.approved_by), reason=each.reason)
        for each in lowered.lowerings(changes, notes, {})
    ]
    message = _("{class_}, lowered from {computed} with the approval of {approvals}")
    return message.format(class_=class_, computed=computed, approvals=join_clauses(who))


def commitment_sentence(counts: number.CommitmentCounts | None) -> str:
    """How many commitments there are, and what became of them; '' if nothing did."""
    if counts is None:
        return ""
    return ngettext(
        "{after} commitment, {before} before: {unchanged} unchanged, {changed} changed, {added} added, "
        "{removed} taken out.",
        "{after} commitments, {before} before: {unchanged} unchanged, {changed} changed, {added} added, "
        "{removed} taken out.",
        counts.after,
    ).format_map(asdict(counts))


def changes_by_subject(
    changes: Sequence[Change], names: Mapping[str, str]
) -> list[tuple[str, list[tuple[Change, str]]]]:
    """The names of what changed, each with its changes and a sentence about each, in order."""
    subjects: dict[str, list[tuple[Change, str]]] = {}
    for change in changes:
        subjects.setdefault(change.subject, []).append((change, change_sentence(change, names)))
    return [(names.get(subject, subject), rows) for subject, rows in subjects.items()]


def deciding_reasons(
    changes: Sequence[Change], names: Mapping[str, str], notes: Sequence[ChangeNote] = (), most: int = 5
) -> list[str]:
    """The changes that determine the class, with the deciding words: “2.1 Leave room: within a day”. What
    `notes` lowered is all there, with every word."""
    told = [words for each in lowered.lowerings(changes, notes, names) for words in each.words]
    changes = [each for each in changes if number.lowered_class(each, notes) is each.class_]
    if told and number.computed_class(changes) is not Class.COMMITMENT:
        return [words.removesuffix(".") for words in told]
    top = number.computed_class(tuple(changes))
    reasons = [
        f"{diff.subject_name(change, names)}: {change.because}"
        if change.because
        else diff.change_sentence(change, names).removesuffix(".")
        for change in changes
        if change.class_ is top
    ]
    if (more := len(reasons) - most) > 0:
        rest = ngettext("and {count} more", "and {count} more", more).format(count=more)
        reasons = [*reasons[:most], rest]
    return reasons + [words.removesuffix(".") for words in told]


def change_values(change: Change) -> dict[str, str]:
    """A change as JSON values."""
    first = {"principle": change.subject, "field": change.field, "part": change.part, "kind": change.kind}
    words = {key: getattr(change, key) for key in ("before", "after", "because")}
    language = {"language": change.language} if change.language else {}
    return {**first, "class": change.class_, **words, **language}


def lowered_values(
    changes: Sequence[Change], notes: Sequence[ChangeNote], names: Mapping[str, str]
) -> list[dict[str, object]]:
    """What each of `notes` lowered, as JSON values."""
    return [each.values() for each in lowered.lowerings(changes, notes, names)]


def json_document(command: str, document: Mapping[str, object]) -> str:
    """What `command` prints for a program, in ASCII. It names its form, which commands-1.schema.json
    describes: keys may be added; none is renamed or removed."""
    return json.dumps({"format": f"charter-{command}-1", **document}, indent=2) + "\n"


def name_list(names: Sequence[str]) -> str:
    """“: Quay Club; Mole Club”, to follow a number of organisations; '' if there are too many."""
    return f": {join_clauses(names)}" if 0 < len(names) <= MAX_NAMES else ""


def sign_again_sentence(names: Sequence[str]) -> str:
    """Who will be asked to sign again; '' if nobody."""
    if not names:
        return ""
    # Translators: {names} is “: Quay Club; Mole Club”, or nothing.
    message = ngettext(
        "It asks {count} organisation to sign again{names}.",
        "It asks {count} organisations to sign again{names}.",
        len(names),
    )
    return message.format(count=len(names), names=name_list(names))
