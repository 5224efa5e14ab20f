"""Rules for change notes, which say what a proposed change does to those who signed."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.identity import CHARTER, PREAMBLE
from charterpress.checks.queries import (
    SLUG,
    closest_match,
    closest_matcher,
    list_scalars,
    principles_by_id,
    quote,
    quote_list,
    violation_at,
)
from charterpress.model import Document, Edition, Mapping, Role, Scalar, Violation

CLASSES = ("editorial", "guidance", "commitment")


def _notes(edition: Edition) -> Iterator[Document]:
    return (document for document in edition.documents if document.role is Role.CHANGE)


def note_class(edition: Edition) -> Iterator[Violation]:
    """The class of a change note is editorial, guidance or commitment.

    Editorial is punctuation and spacing, guidance is text that does not bind, commitment is what signatories
    signed.
    """
    for note in _notes(edition):
        value = note.front.get("class") if note.front else None
        if isinstance(value, Scalar) and value.value.strip() not in ("", "~", *CLASSES):
            near = closest_match(value.value, CLASSES)
            yield violation_at(
                note,
                value,
                f"{quote(value.value)} is not a class of change",
                f"write {quote(near)}" if near else f"choose from {quote_list(CLASSES)}",
            )


def note_id(edition: Edition) -> Iterator[Violation]:
    """A change note names principles and themes that are there or in the current version, “preamble”, or
    “charter” for what stands in charter.yml.

    What it retires may be gone already; what takes its place is there.
    """
    alive = [
        *principles_by_id(edition),
        *(d.id for d in edition.documents if d.role is Role.THEME),
        PREAMBLE,
        CHARTER,
    ]
    before = edition.current.charter if edition.current else None
    old = (
        [*(theme.id for theme in before.themes), *(each.id for _, each in before.principles())]
        if before
        else []
    )
    known, there = {*alive, *old, *edition.retired}, {*alive}
    for note in _notes(edition):
        retires = note.front.get("retires") if note.front else None
        gone = retires.entries if isinstance(retires, Mapping) else ()
        named = [item for item in list_scalars(note, "principles") if item.value not in known]
        named += [
            new
            for _, new in gone
            if isinstance(new, Scalar) and new.value not in ("", "~") and new.value not in there
        ]
        closest = closest_matcher(filter(SLUG.fullmatch, alive))
        for item in named:
            near = closest(item.value)
            yield violation_at(
                note,
                item,
                f"{quote(item.value)} is not the id of a principle or theme",
                f"write {quote(near)}" if near else "write the name of a principle's file, without “.md”",
            )


def note_empty(edition: Edition) -> Iterator[Violation]:
    """A change note says why, in a sentence or two.

    Signatories read it when they decide whether to sign the new version.
    """
    for note in _notes(edition):
        if note.body_known and not note.body.strip():
            message = "this change note does not say why"
            yield Violation(
                path=note.path,
                line=max(len(note.lines), 1),
                message=message,
                fix="write a sentence or two below the front matter",
            )
