"""The keys of every kind of file: what each holds, and whether it has to be there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from charterpress.model import Document, Edition, Mapping, Role, Sequence


class Kind(StrEnum):
    """What stands after a key; the value is how a message calls it."""

    TEXT = "a word or sentence"
    TEXTS = "a list, one item to a line with “- ” before it"
    BLOCK = "a block with “key: value” lines of its own"
    BLOCKS = "a list of blocks, each with its own “key: value” lines"
    FLAG = "true or false"
    MAP = "lines of “old-id: new-id”"


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """What one key holds. `fields` are the keys of the block or blocks that it holds."""

    kind: Kind
    needed: bool = False
    fields: dict[str, Key] = field(default_factory=dict)


def _needed(kind: Kind = Kind.TEXT) -> Key:
    return Key(kind=kind, needed=True)


_SECTION = {
    "id": _needed(),
    "heading": _needed(),
    "binding": Key(kind=Kind.FLAG),
    "list": Key(kind=Kind.FLAG),
}
_BEHAVIOUR = {
    "behaviour": _needed(),
    "measure": _needed(),
    "support": _needed(),
    "interview": Key(kind=Kind.TEXT),
}
_CHARTER = {
    "title": _needed(),
    "summary": _needed(),
    "licence": _needed(),
    "themes": _needed(Kind.TEXTS),
    "principles_per_theme": Key(kind=Kind.TEXT),
    "required": Key(kind=Kind.TEXTS),
    "sections": Key(kind=Kind.BLOCKS, needed=True, fields=_SECTION),
    "questions": Key(kind=Kind.TEXTS),
    "repair": Key(kind=Kind.TEXTS),
    "signatory_kinds": Key(kind=Kind.TEXTS),
}
_THEME = {"title": _needed(), "summary": _needed(), "principles": _needed(Kind.TEXTS)}
_PRINCIPLE = {
    "title": _needed(),
    "summary": _needed(),
    "plain": Key(kind=Kind.TEXTS),
    "behaviours": Key(kind=Kind.BLOCKS, fields=_BEHAVIOUR),
    "questions": Key(kind=Kind.TEXTS),
    "sources": Key(kind=Kind.TEXTS),
    "formerly": Key(kind=Kind.TEXTS),
}
_CHANGE = {
    "principles": _needed(Kind.TEXTS),
    "class": _needed(),
    "approved_by": Key(kind=Kind.TEXTS),
    "retires": Key(kind=Kind.MAP),
}
_SIGNATURE = {"version": _needed(), "date": _needed(), "role": _needed(), "link": Key(kind=Kind.TEXT)}
_SIGNATORY = {
    "name": _needed(),
    "name_latin": Key(kind=Kind.TEXT),
    "kind": _needed(),
    "area": _needed(),
    "website": _needed(),
    "registration": Key(kind=Kind.TEXT),
    "pledge": Key(kind=Kind.TEXT),
    "formerly": Key(kind=Kind.TEXTS),
    "signed": Key(kind=Kind.BLOCKS, needed=True, fields=_SIGNATURE),
    "withdrawn": Key(kind=Kind.BLOCK, fields={"date": _needed(), "note": Key(kind=Kind.TEXT)}),
}
SCHEMAS = {
    Role.CHARTER: _CHARTER,
    Role.THEME: _THEME,
    Role.PRINCIPLE: _PRINCIPLE,
    Role.CHANGE: _CHANGE,
    Role.SIGNATORY: _SIGNATORY,
}
REQUIRABLE = tuple(name for name, key in _PRINCIPLE.items() if not key.needed and name != "formerly")
"""What charter.yml's `required` may name. A principle that was never renamed has no `formerly`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """One block of “key: value” lines with the keys it may have. `name` is the key it stands under, or '';
    `item` says whether it is one of a list there."""

    document: Document
    mapping: Mapping
    fields: dict[str, Key]
    name: str = ""
    item: bool = False

    @property
    def place(self) -> str:
        """The block as a message calls it: “ of this item of “behaviours””; '' for the file itself."""
        return f" of {'this item of ' if self.item else ''}“{self.name}”" if self.name else ""


def groups(edition: Edition) -> tuple[Group, ...]:
    """Every block of keys of every document, those within others and within lists too."""
    return edition.once(_groups)


def _groups(edition: Edition) -> tuple[Group, ...]:
    return tuple(_each_group(edition))


def _each_group(edition: Edition) -> Iterator[Group]:
    for document in edition.documents:
        if document.front is None or document.role not in SCHEMAS:
            continue
        fields = SCHEMAS[document.role]
        yield Group(document=document, mapping=document.front, fields=fields)
        for key, node in document.front.entries:
            known = fields.get(key.value)
            if known is None or not known.fields:
                continue
            blocks = node.items if known.kind is Kind.BLOCKS and isinstance(node, Sequence) else (node,)
            for block in blocks:
                if isinstance(block, Mapping):
                    listed = block is not node
                    yield Group(
                        document=document, mapping=block, fields=known.fields, name=key.value, item=listed
                    )
