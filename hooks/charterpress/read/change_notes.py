"""Documents → the change notes that no release has taken in yet, and the errata."""

from __future__ import annotations

from collections.abc import Iterable

from charterpress.model import ChangeNote, Class, Document, Erratum, Mapping, Node, Role, Scalar
from charterpress.read.charter import body_text, text, texts

NONE = ("", "~")
"""The values of “retires” for a principle that nothing replaces."""
_CLASSES = {each.value: each for each in Class if each is not Class.NONE}


def notes(documents: Iterable[Document]) -> tuple[ChangeNote, ...]:
    """The change notes, by the names of their files; one without a class of change is left out."""
    read = (_note(document) for document in documents if document.role is Role.CHANGE)
    return tuple(note for note in read if note)


def errata(documents: Iterable[Document]) -> tuple[Erratum, ...]:
    """The errata, by the names of their files."""
    return tuple(
        Erratum(version=document.id, text=body_text(document), path=document.path)
        for document in documents
        if document.role is Role.ERRATUM
    )


def retires(document: Document) -> tuple[tuple[Scalar, Node], ...]:
    """The entries of “retires” in a change note: a principle's id, and what replaces it."""
    node = document.front.get("retires") if document.front else None
    return node.entries if isinstance(node, Mapping) else ()


def _note(document: Document) -> ChangeNote | None:
    front = document.front
    class_ = _CLASSES.get(text(front.get("class"))) if front else None
    if front is None or class_ is None:
        return None
    replaced = {text(old): "" if text(new) in NONE else text(new) for old, new in retires(document)}
    return ChangeNote(
        id=document.id,
        principles=tuple(dict.fromkeys(texts(front.get("principles")))),
        class_=class_,
        reason=body_text(document),
        approved_by=texts(front.get("approved_by")),
        retires=tuple(replaced.items()),
        path=document.path,
    )
