"""The ways of walking the signatories' files that several rules share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from press.model import Document, Edition, Found, Mapping, Node, Role, Scalar, Sequence

TEXTS = ("name", "name_latin", "kind", "area", "pledge")
"""The keys that hold words of the organisation's own."""


def files(edition: Edition) -> Iterator[tuple[Document, Mapping]]:
    """Every signatory's file that could be read, with its keys."""
    for document in edition.documents:
        if document.role is Role.SIGNATORY and document.front is not None:
            yield document, document.front


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


def words(front: Mapping) -> Iterator[tuple[str, Scalar]]:
    """All that an organisation says in words of its own, with the keys: its roles and its note too."""
    found = [(key, word(front, key)) for key in TEXTS]
    found += [("role", word(each, "role")) for each in signatures(front)]
    if left := withdrawal(front):
        found.append(("note", word(left, "note")))
    yield from ((key, value) for key, value in found if value)


def addresses(front: Mapping) -> Iterator[tuple[str, Scalar]]:
    """The web addresses of a file, with their keys."""
    found = [("website", word(front, "website"))]
    found += [("link", word(each, "link")) for each in signatures(front)]
    yield from ((key, value) for key, value in found if value)


def at(document: Document, node: Node, message: str, fix: str, *about: str) -> Found:
    """A finding at `node`, which also comes from the files `about`."""
    return Found(
        path=document.path, line=node.line, column=node.column, message=message, fix=fix, about=about
    )
