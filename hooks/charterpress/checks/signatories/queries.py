"""The ways of walking the signatories' files that several rules share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import TypeAlias

from charterpress.checks.queries import EMPTY_VALUES, documents_of
from charterpress.model import Document, Edition, Mapping, Role, Scalar, Sequence, once_per_edition
from charterpress.text.interface import N_

TEXT_KEYS = ("name", "name_latin", "kind", "area", "pledge")
"""The keys that hold words of the organisation's own."""
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
KINDS_OFFERED = N_("Kinds of organisation: {kinds}.")
"""The line of a form without fields that says which kinds there are."""
FORM_DESCRIPTION = N_("Add your organisation to the signatories of: {title}")
"""What hosts show of the form to sign before it is opened."""
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


def calendar_day(value: Scalar | None) -> str:
    """The day that a value means, as 2026-12-01; '' where it is none."""
    words = clean_text(value)
    if not DATE.fullmatch(words):
        return ""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return ""


def signature_blocks(front: Mapping) -> tuple[Mapping, ...]:
    """The blocks of a file's `signed`, in their order."""
    return _blocks(front, "signed")


def report_blocks(front: Mapping) -> tuple[Mapping, ...]:
    """The blocks of a file's `reports`, in their order."""
    return _blocks(front, "reports")


def principle_blocks(report: Mapping) -> tuple[Mapping, ...]:
    """What a report says of single principles, in their order."""
    return _blocks(report, "principles")


def _blocks(front: Mapping, key: str) -> tuple[Mapping, ...]:
    node = front.get(key)
    items = node.items if isinstance(node, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


def withdrawal_block(front: Mapping) -> Mapping | None:
    """The block of a file's `withdrawn`."""
    node = front.get("withdrawn")
    return node if isinstance(node, Mapping) else None


def report_addresses(front: Mapping) -> Iterator[tuple[str, Scalar]]:
    """The addresses of a file's reports and of what shows that they are right, each with its key."""
    for report in report_blocks(front):
        values = [("link", scalar_value(report, "link"))]
        values += [("evidence", scalar_value(each, "evidence")) for each in principle_blocks(report)]
        yield from ((key, value) for key, value in values if value)


@once_per_edition
def free_texts(edition: Edition) -> tuple[KeyedScalar, ...]:
    """All that organisations say in words of their own: their roles, notes and reports too."""
    texts: list[tuple[Document, str, Scalar | None]] = []
    for document, front in signatory_files(edition):
        texts += ((document, key, scalar_value(front, key)) for key in TEXT_KEYS)
        texts += ((document, "role", scalar_value(each, "role")) for each in signature_blocks(front))
        if withdrawal := withdrawal_block(front):
            texts.append((document, "note", scalar_value(withdrawal, "note")))
        said = chain.from_iterable(map(principle_blocks, report_blocks(front)))
        texts += ((document, "words", scalar_value(each, "words")) for each in said)
    return tuple((document, key, value) for document, key, value in texts if value)


@once_per_edition
def web_addresses(edition: Edition) -> tuple[KeyedScalar, ...]:
    """The web addresses in all files."""
    addresses: list[tuple[Document, str, Scalar | None]] = []
    for document, front in signatory_files(edition):
        addresses.append((document, "website", scalar_value(front, "website")))
        addresses += ((document, "link", scalar_value(each, "link")) for each in signature_blocks(front))
        addresses += ((document, key, value) for key, value in report_addresses(front))
    return tuple((document, key, value) for document, key, value in addresses if value)
