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


def _required(kind: Kind = Kind.TEXT) -> Key:
    return Key(kind=kind, needed=True)


_SECTION = {
    "id": _required(),
    "heading": _required(),
    "binding": Key(kind=Kind.FLAG),
    "list": Key(kind=Kind.FLAG),
}
_BEHAVIOUR = {
    "behaviour": _required(),
    "measure": _required(),
    "support": _required(),
    "interview": Key(kind=Kind.TEXT),
}
_CHARTER = {
    "title": _required(),
    "summary": _required(),
    "licence": _required(),
    "themes": _required(Kind.TEXTS),
    "principles_per_theme": Key(kind=Kind.TEXT),
    "required": Key(kind=Kind.TEXTS),
    "sections": Key(kind=Kind.BLOCKS, needed=True, fields=_SECTION),
    "questions": Key(kind=Kind.TEXTS),
    "repair": Key(kind=Kind.TEXTS),
    "signatory_kinds": Key(kind=Kind.TEXTS),
}
_THEME = {"title": _required(), "summary": _required(), "principles": _required(Kind.TEXTS)}
_PRINCIPLE = {
    "title": _required(),
    "summary": _required(),
    "plain": Key(kind=Kind.TEXTS),
    "behaviours": Key(kind=Kind.BLOCKS, fields=_BEHAVIOUR),
    "questions": Key(kind=Kind.TEXTS),
    "sources": Key(kind=Kind.TEXTS),
    "formerly": Key(kind=Kind.TEXTS),
}
_CHANGE = {
    "principles": _required(Kind.TEXTS),
    "class": _required(),
    "approved_by": Key(kind=Kind.TEXTS),
    "retires": Key(kind=Kind.MAP),
}
_SIGNATURE = {"version": _required(), "date": _required(), "role": _required(), "link": Key(kind=Kind.TEXT)}
_SIGNATORY = {
    "name": _required(),
    "name_latin": Key(kind=Kind.TEXT),
    "kind": _required(),
    "area": _required(),
    "website": _required(),
    "registration": Key(kind=Kind.TEXT),
    "pledge": Key(kind=Kind.TEXT),
    "formerly": Key(kind=Kind.TEXTS),
    "signed": Key(kind=Kind.BLOCKS, needed=True, fields=_SIGNATURE),
    "withdrawn": Key(kind=Kind.BLOCK, fields={"date": _required(), "note": Key(kind=Kind.TEXT)}),
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
class KeyBlock:
    """One block of “key: value” lines with the keys it may have. `name` is the key it stands under, or '';
    `item` says whether it is one of a list there."""

    document: Document
    mapping: Mapping
    fields: dict[str, Key]
    name: str = ""
    item: bool = False

    @property
    def path(self) -> str:
        """The path of the file that the block is in."""
        return self.document.path

    @property
    def place(self) -> str:
        """The block as a message calls it: “ of this item of “behaviours””; '' for the file itself."""
        return f" of {'this item of ' if self.item else ''}“{self.name}”" if self.name else ""


def key_blocks(edition: Edition) -> tuple[KeyBlock, ...]:
    """Every block of keys of every document, those within others and within lists too."""
    return edition.once(_list_key_blocks)


def _list_key_blocks(edition: Edition) -> tuple[KeyBlock, ...]:
    return tuple(_walk_key_blocks(edition))


def _walk_key_blocks(edition: Edition) -> Iterator[KeyBlock]:
    for document in edition.documents:
        if document.front is None or document.role not in SCHEMAS:
            continue
        fields = SCHEMAS[document.role]
        yield KeyBlock(document=document, mapping=document.front, fields=fields)
        for key, node in document.front.entries:
            known = fields.get(key.value)
            if known is None or not known.fields:
                continue
            blocks = node.items if known.kind is Kind.BLOCKS and isinstance(node, Sequence) else (node,)
            for block in blocks:
                if isinstance(block, Mapping):
                    listed = block is not node
                    yield KeyBlock(
                        document=document, mapping=block, fields=known.fields, name=key.value, item=listed
                    )
