"""A charter's folder → an Edition. The only reader: nothing else opens a file of a charter."""

from __future__ import annotations

import json
import os
from pathlib import Path

from press.errors import UsageError
from press.load import charter as charters
from press.load.documents import names, read_document
from press.load.tree import entries, role
from press.model import Document, Edition, Entry, EntryKind, Fault, Mapping, Role

MOST_BYTES = 256 * 1024
"""The size of a text file, in bytes, above which it is not read."""
MOST_RELEASE_BYTES = 16 * 1024 * 1024
"""The same for a frozen release, which holds the whole charter."""

_CLOSED, _OPEN = "this file cannot be opened", "give everybody leave to read it: chmod a+r and its name"

__all__ = ["MOST_BYTES", "load"]


def load(root: Path, *, shown: str | None = None) -> Edition:
    """Everything under `root`, read. `shown` is what messages call the folder (default: the path as given).

    Whatever the files hold is an answer, never an exception: what could not be taken stands in the documents'
    faults, and the edition's charter is as much as could be understood. Raises UsageError where `root` is not
    a folder.
    """
    if not root.is_dir():
        raise UsageError(f"there is no folder “{root}”")
    shown = (root.as_posix() if shown is None else shown).rstrip("/") or "."
    found = entries(root, shown)
    texts = [(entry, name, kind) for entry in found if (kind := role(name := entry.path[len(shown) + 1 :]))]
    texts = [item for item in texts if item[0].kind is EntryKind.FILE]
    texts.sort(key=lambda item: item[2] is not Role.CHARTER)
    documents: list[Document] = []
    headings: frozenset[str] = frozenset()
    for entry, inside, kind in texts:
        document = _document(root, entry, inside, kind, headings)
        if kind is Role.CHARTER:
            headings = frozenset(shape.heading for shape in charters.shapes(document.front))
        documents.append(document)
    documents.sort(key=lambda document: document.path)
    return Edition(
        root=shown,
        charter=charters.build(documents),
        documents=tuple(documents),
        entries=found,
        retired=tuple(
            dict.fromkeys([*_retired_in_releases(root, found, shown), *_retired_in_notes(documents)])
        ),
    )


def _document(root: Path, entry: Entry, inside: str, kind: Role, headings: frozenset[str]) -> Document:
    large = entry.size > MOST_BYTES
    data = None if large else _bytes(root / inside)
    if data is None:
        closed = Fault(rule="file-unreadable", line=1, column=1, message=_CLOSED, fix=_OPEN)
        theme, named = names(inside, kind)
        faults = () if large else (closed,)
        return Document(path=entry.path, role=kind, theme=theme, id=named, body_known=False, faults=faults)
    return read_document(data, path=entry.path, inside=inside, role=kind, headings=headings)


def _bytes(path: Path) -> bytes | None:
    """The bytes of a file, never those that a link leads to; None where it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(descriptor, "rb") as file:
            return file.read(MOST_RELEASE_BYTES)
    except OSError:
        return None


def _retired_in_releases(root: Path, found: tuple[Entry, ...], shown: str) -> list[str]:
    """The ids in the `retired` list of each release. A release that cannot be read says nothing here: whether
    releases are whole is `charter verify`'s question."""
    ids: list[str] = []
    for entry in found:
        inside = entry.path[len(shown) + 1 :]
        if (
            entry.kind is not EntryKind.FILE
            or not inside.startswith("releases/")
            or not inside.endswith(".json")
        ):
            continue
        try:
            release = json.loads(_bytes(root / inside) or b"null")
        except (ValueError, RecursionError):
            continue
        listed = release.get("retired") if isinstance(release, dict) else None
        retired = listed if isinstance(listed, list) else []
        found_ids = (item.get("id") for item in retired if isinstance(item, dict))
        ids.extend(id for id in found_ids if isinstance(id, str))
    return ids


def _retired_in_notes(documents: list[Document]) -> list[str]:
    """The ids that change notes retire."""
    return [
        key.value
        for document in documents
        if document.role is Role.CHANGE and document.front is not None
        for retires in [document.front.get("retires")]
        if isinstance(retires, Mapping)
        for key, _ in retires.entries
    ]
