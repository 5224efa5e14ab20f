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
from charterpress.model import Edition, Mapping, Role, Scalar, Sequence, Violation

CLASSES = ("editorial", "guidance", "commitment")


def note_class(edition: Edition) -> Iterator[Violation]:
    """The class of a change note is editorial, guidance or commitment.

    Editorial is punctuation and spacing, guidance is text that does not bind, commitment is what signatories
    signed."""
    for note in documents_of(edition, Role.CHANGE):
        value = front_value(note, "class")
        if isinstance(value, Scalar) and value.value.strip() not in (*EMPTY_VALUES, *CLASSES):
            fix = suggest(value.value, CLASSES, f"choose from {quote_list(CLASSES)}")
            yield violation_at(note, value, f"{quote(value.value)} is not a class of change", fix)


def note_id(edition: Edition) -> Iterator[Violation]:
    """A change note names principles and themes that are there or in the current version, “preamble”, or
    “charter” for what stands in charter.yml.

    What it retires may be gone already; what takes its place is there."""
    themes = [document.id for document in documents_of(edition, Role.THEME)]
    there = {*principles_by_id(edition), *themes, PREAMBLE, CHARTER}
    before = edition.current.charter if edition.current else None
    known = {*there, *edition.retired}
    if before:
        known |= {theme.id for theme in before.themes} | {each.id for _, each in before.principles()}
    for note in documents_of(edition, Role.CHANGE):
        retires = front_value(note, "retires")
        gone = retires.entries if isinstance(retires, Mapping) else ()
        heirs = (item for _, each in gone for item in (each.items if isinstance(each, Sequence) else (each,)))
        new = [each for each in heirs if isinstance(each, Scalar) and each.value not in EMPTY_VALUES]
        wrong = [item for item in list_scalars(note, "principles") if item.value not in known]
        wrong += [item for item in new if item.value not in there]
        closest = closest_matcher(filter(SLUG.fullmatch, there))
        for item in wrong:
            near = closest(item.value)
            fix = f"write {quote(near)}" if near else "write the name of a principle's file, without “.md”"
            yield violation_at(note, item, f"{quote(item.value)} is not the id of a principle or theme", fix)


def note_empty(edition: Edition) -> Iterator[Violation]:
    """A change note says why, in a sentence or two.

    Signatories read it when they decide whether to sign the new version."""
    for note in documents_of(edition, Role.CHANGE):
        if note.body_known and not note.body.strip():
            fix = "write a sentence or two below the front matter"
            yield violation_at_end(note, "this change note does not say why", fix)
