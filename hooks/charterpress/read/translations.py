"""The .po files of a charter → the working text in other languages, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from charterpress.model import Document, Fault, Role, Translation
from charterpress.read.decoding import Text
from charterpress.text.interface import language as in_use
from charterpress.text.languages import is_language_tag
from charterpress.text.po import PoError, read_po

UNREADABLE = "translation-unreadable"


def translations(documents: Iterable[Document]) -> tuple[Translation, ...]:
    """Return every translation that could be read, in the order of their paths."""
    found = (read_translation(each)[0] for each in documents if each.role is Role.TRANSLATION)
    return tuple(each for each in found if each)


def read_translation(document: Document) -> tuple[Translation | None, tuple[Fault, ...]]:
    """Return the translation in a .po file, or None if it cannot be read or its name is no language, and what
    is wrong with its form. Never raises."""
    if document.faults or not document.lines or not is_language_tag(document.id):
        return None, ()
    return _read(document.lines, document.id, document.path, in_use())


@lru_cache(maxsize=32)  # the rules and the edition ask for each
def _read(
    lines: tuple[str, ...],
    language: str,
    path: str,
    _in_use: str,  # the language that faults are told in
) -> tuple[Translation | None, tuple[Fault, ...]]:
    try:
        return read_po(Text(lines=lines).clean(), language=language, path=path), ()
    except PoError as error:
        return None, (
            Fault(rule=UNREADABLE, line=error.line, column=1, message=error.problem, fix=error.fix),
        )
