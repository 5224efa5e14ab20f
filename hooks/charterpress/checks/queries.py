"""The ways of walking an edition, and of putting things in words, that several rules share."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from charterpress.model import Block, Document, Edition, Found, Mapping, Role, Scalar, Sequence

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PROSE_ROLES = (Role.PREAMBLE, Role.THEME, Role.PRINCIPLE, Role.CHANGE, Role.ERRATUM)


def from_reader(edition: Edition, rule: str) -> Iterator[Found]:
    """What the reader could not take and leaves to `rule` to say."""
    for document in edition.documents:
        for fault in document.faults:
            if fault.rule == rule:
                yield Found(
                    path=document.path,
                    line=fault.line,
                    column=fault.column,
                    message=fault.message,
                    fix=fault.fix,
                )


def prose(edition: Edition) -> Iterator[Document]:
    """The documents whose body is published."""
    return (document for document in edition.documents if document.role in PROSE_ROLES)


def blocks(document: Document) -> Iterator[Block]:
    """Every block of a body, those within others too."""
    return descend(document.blocks)


def descend(found: Iterable[Block]) -> Iterator[Block]:
    """`found`, and every block within them."""
    for block in found:
        yield block
        yield from descend(block.children)


def scalars(node: Scalar | Sequence | Mapping | None, *, keys: bool = False) -> Iterator[Scalar]:
    """Every word and sentence in a node, in order; with `keys`, the keys too."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item, keys=keys)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if keys:
                yield key
            yield from scalars(value, keys=keys)


def listed(document: Document | None, key: str) -> list[Scalar]:
    """The words in the list `key` of a document's front matter, empty ones left out."""
    node = document.front.get(key) if document and document.front else None
    if not isinstance(node, Sequence):
        return []
    return [item for item in node.items if isinstance(item, Scalar) and item.value.strip()]


def settings(edition: Edition) -> Document | None:
    """charter.yml."""
    return next((document for document in edition.documents if document.role is Role.CHARTER), None)


def living(edition: Edition) -> dict[str, Document]:
    """The principles there are, by id; of two with one id the first."""
    found: dict[str, Document] = {}
    for document in edition.documents:
        if document.role is Role.PRINCIPLE:
            found.setdefault(document.id, document)
    return found


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The one of `known` that `word` is most likely a slip for: at least so alike, from 0 to 1."""
    by_folded = {name.casefold(): name for name in known}
    match = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=cutoff)
    return by_folded[match[0]] if match else None


def slug_of(name: str) -> str:
    """`name` as a slug, to compare names that differ only in how they are written."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def say(value: str, most: int = 60) -> str:
    """`value` in quotation marks for a message, cut where it is long."""
    value = " ".join(value.split(" "))
    return f"“{value if len(value) <= most else value[: most - 1] + '…'}”"


def say_list(names: Iterable[str]) -> str:
    """Names in a row: “a”, “b” and “c”."""
    quoted = [say(name) for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def place(document: Document, block: Block, offset: int) -> tuple[int, int]:
    """The line and column of character `offset` of a heading's or paragraph's text."""
    row = block.text.count("\n", 0, offset)
    start = block.text.rfind("\n", 0, offset) + 1
    end = block.text.find("\n", start)
    text = block.text[start : end if end >= 0 else None]
    line = block.line + row
    source = document.lines[line - 1] if line <= len(document.lines) else ""
    return line, max(source.rfind(text.strip()), 0) + 1 + offset - start - (len(text) - len(text.lstrip()))
