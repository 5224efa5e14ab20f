"""The ways of walking the signatories' files that several rules share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import TypeAlias

from charterpress.model import Document, Edition, Mapping, Role, Scalar, Sequence

TEXT_KEYS = ("name", "name_latin", "kind", "area", "pledge")
"""The keys that hold words of the organisation's own."""


KeyedScalar: TypeAlias = tuple[Document, str, Scalar]
"""A word in a file, with its key."""


def signatory_files(edition: Edition) -> tuple[tuple[Document, Mapping], ...]:
    """Every signatory's file that could be read, with its keys."""
    return edition.once(_list_signatory_files)


def _list_signatory_files(edition: Edition) -> tuple[tuple[Document, Mapping], ...]:
    return tuple(
        (document, document.front)
        for document in edition.documents
        if document.role is Role.SIGNATORY and document.front is not None
    )


def scalar_value(mapping: Mapping, key: str) -> Scalar | None:
    """What stands after `key`; None where nothing does, or no word."""
    node = mapping.get(key)
    return node if isinstance(node, Scalar) and node.value.strip() not in ("", "~") else None


def clean_text(value: Scalar | None) -> str:
    """A word as it is published: in NFC, without space around it."""
    return unicodedata.normalize("NFC", value.value).strip() if value else ""


def signature_blocks(front: Mapping) -> tuple[Mapping, ...]:
    """The blocks of a file's `signed`, in their order."""
    node = front.get("signed")
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


def withdrawal_block(front: Mapping) -> Mapping | None:
    """The block of a file's `withdrawn`."""
    node = front.get("withdrawn")
    return node if isinstance(node, Mapping) else None


def free_texts(edition: Edition) -> tuple[KeyedScalar, ...]:
    """All that organisations say in words of their own: their roles and notes too."""
    return edition.once(_list_free_texts)


def _list_free_texts(edition: Edition) -> tuple[KeyedScalar, ...]:
    return tuple(_keyed_scalars(edition, _free_texts_in))


def _free_texts_in(front: Mapping) -> Iterator[tuple[str, Scalar | None]]:
    yield from ((key, scalar_value(front, key)) for key in TEXT_KEYS)
    yield from (("role", scalar_value(each, "role")) for each in signature_blocks(front))
    if left := withdrawal_block(front):
        yield "note", scalar_value(left, "note")


def web_addresses(edition: Edition) -> tuple[KeyedScalar, ...]:
    """The web addresses in all files."""
    return edition.once(_list_web_addresses)


def _list_web_addresses(edition: Edition) -> tuple[KeyedScalar, ...]:
    return tuple(_keyed_scalars(edition, _web_addresses_in))


def _web_addresses_in(front: Mapping) -> Iterator[tuple[str, Scalar | None]]:
    yield "website", scalar_value(front, "website")
    yield from (("link", scalar_value(each, "link")) for each in signature_blocks(front))


def _keyed_scalars(
    edition: Edition, told: Callable[[Mapping], Iterator[tuple[str, Scalar | None]]]
) -> Iterator[KeyedScalar]:
    for document, front in signatory_files(edition):
        yield from ((document, key, value) for key, value in told(front) if value)
