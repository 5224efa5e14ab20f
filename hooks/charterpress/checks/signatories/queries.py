"""The ways of walking the signatories' files that several rules share."""

from __future__ import annotations

import unicodedata
from typing import TypeAlias

from charterpress.checks.queries import EMPTY_VALUES, documents_of
from charterpress.model import Document, Edition, Mapping, Role, Scalar, Sequence, once_per_edition

TEXT_KEYS = ("name", "name_latin", "kind", "area", "pledge")
"""The keys that hold words of the organisation's own."""
KeyedScalar: TypeAlias = tuple[Document, str, Scalar]
"""A word in a file, with its key."""


@once_per_edition
def signatory_files(edition: Edition) -> tuple[tuple[Document, Mapping], ...]:
    """Every signatory's file that could be read, with its keys."""
    files = ((document, document.front) for document in documents_of(edition, Role.SIGNATORY))
    return tuple((document, front) for document, front in files if front is not None)


def scalar_value(mapping: Mapping, key: str) -> Scalar | None:
    """What stands after `key`; None where nothing does, or no word."""
    node = mapping.get(key)
    return node if isinstance(node, Scalar) and node.value.strip() not in EMPTY_VALUES else None


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


@once_per_edition
def free_texts(edition: Edition) -> tuple[KeyedScalar, ...]:
    """All that organisations say in words of their own: their roles and notes too."""
    texts: list[tuple[Document, str, Scalar | None]] = []
    for document, front in signatory_files(edition):
        texts += ((document, key, scalar_value(front, key)) for key in TEXT_KEYS)
        texts += ((document, "role", scalar_value(each, "role")) for each in signature_blocks(front))
        if withdrawal := withdrawal_block(front):
            texts.append((document, "note", scalar_value(withdrawal, "note")))
    return tuple((document, key, value) for document, key, value in texts if value)


@once_per_edition
def web_addresses(edition: Edition) -> tuple[KeyedScalar, ...]:
    """The web addresses in all files."""
    addresses: list[tuple[Document, str, Scalar | None]] = []
    for document, front in signatory_files(edition):
        addresses.append((document, "website", scalar_value(front, "website")))
        addresses += ((document, "link", scalar_value(each, "link")) for each in signature_blocks(front))
    return tuple((document, key, value) for document, key, value in addresses if value)
