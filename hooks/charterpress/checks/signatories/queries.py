"""The ways of walking the signatories' files that several rules share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import TypeAlias

from charterpress.model import Document, Edition, Found, Mapping, Node, Role, Scalar, Sequence

TEXTS = ("name", "name_latin", "kind", "area", "pledge")
"""The keys that hold words of the organisation's own."""


Said: TypeAlias = tuple[Document, str, Scalar]
"""A word in a file, with its key."""


def files(edition: Edition) -> tuple[tuple[Document, Mapping], ...]:
    """Every signatory's file that could be read, with its keys."""
    return edition.once(_files)


def _files(edition: Edition) -> tuple[tuple[Document, Mapping], ...]:
    return tuple(
        (document, document.front)
        for document in edition.documents
        if document.role is Role.SIGNATORY and document.front is not None
    )


def word(mapping: Mapping, key: str) -> Scalar | None:
    """What stands after `key`; None where nothing does, or no word."""
    node = mapping.get(key)
    return node if isinstance(node, Scalar) and node.value.strip() not in ("", "~") else None


def text(value: Scalar | None) -> str:
    """A word as it is published: in NFC, without space around it."""
    return unicodedata.normalize("NFC", value.value).strip() if value else ""


def signatures(front: Mapping) -> tuple[Mapping, ...]:
    """The blocks of a file's `signed`, in their order."""
    node = front.get("signed")
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


def withdrawal(front: Mapping) -> Mapping | None:
    """The block of a file's `withdrawn`."""
    node = front.get("withdrawn")
    return node if isinstance(node, Mapping) else None


def words(edition: Edition) -> tuple[Said, ...]:
    """All that organisations say in words of their own: their roles and notes too."""
    return edition.once(_words)


def _words(edition: Edition) -> tuple[Said, ...]:
    return tuple(_said(edition, _words_of))


def _words_of(front: Mapping) -> Iterator[tuple[str, Scalar | None]]:
    yield from ((key, word(front, key)) for key in TEXTS)
    yield from (("role", word(each, "role")) for each in signatures(front))
    if left := withdrawal(front):
        yield "note", word(left, "note")


def addresses(edition: Edition) -> tuple[Said, ...]:
    """The web addresses in all files."""
    return edition.once(_addresses)


def _addresses(edition: Edition) -> tuple[Said, ...]:
    return tuple(_said(edition, _addresses_of))


def _addresses_of(front: Mapping) -> Iterator[tuple[str, Scalar | None]]:
    yield "website", word(front, "website")
    yield from (("link", word(each, "link")) for each in signatures(front))


def _said(edition: Edition, told: Callable[[Mapping], Iterator[tuple[str, Scalar | None]]]) -> Iterator[Said]:
    for document, front in files(edition):
        yield from ((document, key, value) for key, value in told(front) if value)


def at(document: Document, node: Node, message: str, fix: str, *about: str) -> Found:
    """A finding at `node`, which also comes from the files `about`."""
    return Found(
        path=document.path, line=node.line, column=node.column, message=message, fix=fix, about=about
    )
