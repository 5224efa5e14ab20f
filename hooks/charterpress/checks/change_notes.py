"""Rules for change notes, which say what a proposed change does to those who signed."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.identity import CHARTER, PREAMBLE
from charterpress.checks.queries import (
    EMPTY_VALUES,
    SLUG,
    closest_matcher,
    documents_of,
    front_value,
    list_scalars,
    principles_by_id,
    quote,
    quote_list,
    suggest,
    violation_at,
    violation_at_end,
)
from charterpress.model import Edition, Role, Scalar, Sequence, Violation
from charterpress.read.charter import entries, retires
from charterpress.text.interface import gettext as _

CLASSES = ("editorial", "guidance", "commitment")


def released_ids(edition: Edition) -> set[str]:
    """The ids of the principles and themes of the current version."""
    if edition.current is None:
        return set()
    charter = edition.current.charter
    return {theme.id for theme in charter.themes} | {each.id for _, each in charter.principles()}


def note_class(edition: Edition) -> Iterator[Violation]:
    """The class of a change note is editorial, guidance or commitment.

    Editorial is punctuation and spacing, guidance is text that does not bind, commitment is what signatories
    signed."""
    for note in documents_of(edition, Role.CHANGE):
        value = front_value(note, "class")
        if isinstance(value, Scalar) and value.value.strip() not in (*EMPTY_VALUES, *CLASSES):
            fix = suggest(
                value.value, CLASSES, _("choose from {choices}").format(choices=quote_list(CLASSES))
            )
            yield violation_at(
                note, value, _("{value} is not a class of change").format(value=quote(value.value)), fix
            )


def note_id(edition: Edition) -> Iterator[Violation]:
    """A change note names principles and themes that are there or in the current version, “preamble”, or
    “charter” for what stands in charter.yml.

    What it retires may be gone already; what takes its place, covers it or takes over a part is there, and so
    is what gives a part away. A reason of its own has only what this note retires."""
    themes = [document.id for document in documents_of(edition, Role.THEME)]
    there = {*principles_by_id(edition), *themes, PREAMBLE, CHARTER}
    before = released_ids(edition)
    known = {*there, *edition.retired, *before}
    for note in documents_of(edition, Role.CHANGE):
        gives = entries(note, "gives")
        ends = (end for _, end in (*retires(note), *gives))
        heirs = (item for end in ends for item in (end.items if isinstance(end, Sequence) else (end,)))
        new = [each for each in heirs if isinstance(each, Scalar) and each.value not in EMPTY_VALUES]
        wrong = [item for item in list_scalars(note, "principles") if item.value not in known]
        givers = (giver for giver, _ in gives if giver.value not in before)
        wrong += [item for item in (*new, *givers) if item.value not in there]
        closest = closest_matcher(filter(SLUG.fullmatch, there))
        for item in wrong:
            near = closest(item.value)
            fix = (
                _("write {words}").format(words=quote(near))
                if near
                else _("write the name of a principle's file, without “.md”")
            )
            yield violation_at(
                note,
                item,
                _("{value} is not the id of a principle or theme").format(value=quote(item.value)),
                fix,
            )


def note_empty(edition: Edition) -> Iterator[Violation]:
    """A change note says why, in a sentence or two.

    Signatories read it when they decide whether to sign the new version."""
    for note in documents_of(edition, Role.CHANGE):
        if note.body_known and not note.body.strip():
            fix = _("write a sentence or two below the front matter")
            yield violation_at_end(note, _("this change note does not say why"), fix)


def note_lineage(edition: Edition) -> Iterator[Violation]:
    """A change note says one thing of what becomes of a principle.

    “retires” and “covered_by” name what goes: each id stands in one of them, and “covered_by” says by what.
    “gives” names what stays and hands a part on: it cannot go as well, nor give to itself. “reasons” says why
    one of those that go does; why the rest changed stands below the front matter."""
    living, before = principles_by_id(edition), released_ids(edition)
    for note in documents_of(edition, Role.CHANGE):
        gone = {key.value for key, _ in entries(note, "retires")}
        for key, heir in entries(note, "covered_by"):
            if key.value in gone:
                message = _("{value} is under “retires” and under “covered_by”").format(
                    value=quote(key.value)
                )
                yield violation_at(note, key, message, _("keep one of the two lines"))
            elif isinstance(heir, Scalar) and heir.value in EMPTY_VALUES:
                fix = _("write the id of what covers it, or “{value}: ~” under “retires”").format(
                    value=key.value
                )
                yield violation_at(
                    note, heir, _("nothing is said to cover {value}").format(value=quote(key.value)), fix
                )
        gone |= {key.value for key, _ in retires(note)}
        for key, to in entries(note, "gives"):
            items = to.items if isinstance(to, Sequence) else (to,)
            heirs = {each.value for each in items if isinstance(each, Scalar)} - set(EMPTY_VALUES)
            if key.value not in living and key.value in before:
                message = _("{value} is gone, and only what stays gives a part away").format(
                    value=quote(key.value)
                )
                fix = _("name all that take its place in “retires: {{{value}: […]}}” instead").format(
                    value=key.value
                )
                yield violation_at(note, key, message, fix)
            elif key.value in heirs or not heirs:
                fix = _("write the id of the principle that takes the part over")
                yield violation_at(
                    note, to, _("{value} gives a part to nothing else").format(value=quote(key.value)), fix
                )
        for key, why in entries(note, "reasons"):
            if key.value not in gone:
                message = _("this note does not retire {value}").format(value=quote(key.value))
                yield violation_at(
                    note, key, message, _("delete the line, and say it below the front matter")
                )
            elif not isinstance(why, Scalar) or why.value.strip() in EMPTY_VALUES:
                fix = _("write it in a sentence, or delete the line")
                yield violation_at(
                    note, why, _("no reason is given for {value}").format(value=quote(key.value)), fix
                )
