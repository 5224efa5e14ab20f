"""Documents → the change notes that no release has taken in yet, and the errata."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from charterpress.model import ChangeNote, Class, Document, Erratum, Mapping, Role
from charterpress.read.charter import text, texts

NONE = ("", "~")
"""The values of “retires” for a principle that nothing replaces."""
_CLASSES = {each.value: each for each in Class if each is not Class.NONE}


def notes(documents: Iterable[Document]) -> tuple[ChangeNote, ...]:
    """The change notes, by the names of their files; one without a class of change is left out."""
    read = (_note(document) for document in documents if document.role is Role.CHANGE)
    return tuple(note for note in read if note is not None)


def errata(documents: Iterable[Document]) -> tuple[Erratum, ...]:
    """The errata, by the names of their files."""
    return tuple(
        Erratum(version=document.id, text=_words(document), path=document.path)
        for document in documents
        if document.role is Role.ERRATUM
    )


def _note(document: Document) -> ChangeNote | None:
    front = document.front
    class_ = _CLASSES.get(text(front.get("class"))) if front else None
    if front is None or class_ is None:
        return None
    retires = front.get("retires")
    entries = retires.entries if isinstance(retires, Mapping) else ()
    replaced = {text(old): "" if text(new) in NONE else text(new) for old, new in entries}
    return ChangeNote(
        id=document.id,
        principles=tuple(dict.fromkeys(texts(front.get("principles")))),
        class_=class_,
        reason=_words(document),
        approved_by=texts(front.get("approved_by")),
        retires=tuple(replaced.items()),
        path=document.path,
    )


def _words(document: Document) -> str:
    return unicodedata.normalize("NFC", document.body).strip()
