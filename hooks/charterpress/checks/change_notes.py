"""Rules for change notes, which say what a proposed change does to those who signed."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.identity import CHARTER, PREAMBLE
from charterpress.checks.queries import SLUG, listed, living, nearest, say, say_list
from charterpress.model import Document, Edition, Found, Mapping, Role, Scalar

CLASSES = ("editorial", "guidance", "commitment")


def _notes(edition: Edition) -> Iterator[Document]:
    return (document for document in edition.documents if document.role is Role.CHANGE)


def note_class(edition: Edition) -> Iterator[Found]:
    """The class of a change note is editorial, guidance or commitment.

    Editorial is punctuation and spacing, guidance is text that does not bind, commitment is what signatories
    signed.
    """
    for note in _notes(edition):
        value = note.front.get("class") if note.front else None
        if isinstance(value, Scalar) and value.value.strip() not in ("", "~", *CLASSES):
            near = nearest(value.value, CLASSES)
            yield Found(
                path=note.path,
                line=value.line,
                column=value.column,
                message=f"{say(value.value)} is not a class of change",
                fix=f"write {say(near)}" if near else f"choose from {say_list(CLASSES)}",
            )


def note_id(edition: Edition) -> Iterator[Found]:
    """A change note names principles and themes that are there or in the current version, “preamble”, or
    “charter” for what stands in charter.yml.

    What it retires may be gone already; what takes its place is there.
    """
    alive = [*living(edition), *(d.id for d in edition.documents if d.role is Role.THEME), PREAMBLE, CHARTER]
    before = edition.current.charter if edition.current else None
    old = (
        [*(theme.id for theme in before.themes), *(each.id for _, each in before.principles())]
        if before
        else []
    )
    for note in _notes(edition):
        retires = note.front.get("retires") if note.front else None
        gone = retires.entries if isinstance(retires, Mapping) else ()
        known = {*alive, *old, *edition.retired}
        named = [item for item in listed(note, "principles") if item.value not in known]
        named += [
            new
            for _, new in gone
            if isinstance(new, Scalar) and new.value not in ("", "~") and new.value not in alive
        ]
        for item in named:
            near = nearest(item.value, filter(SLUG.fullmatch, alive))
            yield Found(
                path=note.path,
                line=item.line,
                column=item.column,
                message=f"{say(item.value)} is not the id of a principle or theme",
                fix=f"write {say(near)}" if near else "write the name of a principle's file, without “.md”",
            )


def note_empty(edition: Edition) -> Iterator[Found]:
    """A change note says why, in a sentence or two.

    Signatories read it when they decide whether to sign the new version.
    """
    for note in _notes(edition):
        if note.body_known and not note.body.strip():
            message = "this change note does not say why"
            yield Found(
                path=note.path,
                line=max(len(note.lines), 1),
                message=message,
                fix="write a sentence or two below the front matter",
            )
