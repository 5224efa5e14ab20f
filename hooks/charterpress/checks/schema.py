"""The keys of every kind of file: what each holds, and whether it has to be there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from charterpress.model import (
    TEXT_LISTS,
    Document,
    Edition,
    Mapping,
    ReportStanding,
    Role,
    Sequence,
    once_per_edition,
)
from charterpress.text.interface import N_


class Kind(StrEnum):
    """What stands after a key; the value is how a message calls it."""

    TEXT = N_("a word or sentence")
    TEXTS = N_("a list, one item to a line with “- ” before it")
    BLOCK = N_("a block with “key: value” lines of its own")
    BLOCKS = N_("a list of blocks, each with its own “key: value” lines")
    FLAG = N_("true or false")
    MAP = N_("lines of “old-id: new-id”")
    REASONS = N_("lines of “old-id: why it goes”")
    LANGUAGES = N_("lines of “cy: binding” or “cy: courtesy”")


MAP_LINES = {
    Kind.MAP: N_("old-id: new-id"),
    Kind.REASONS: N_("old-id: why it goes"),
    Kind.LANGUAGES: N_("cy: binding"),
}
"""A line of each kind of block whose keys are not fixed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """What one key holds. `fields` are the keys of the block or blocks that it holds; `unless` is a key
    beside which this one is not needed, or ''."""

    kind: Kind
    needed: bool = False
    unless: str = ""
    may_be_empty: bool = False
    fields: dict[str, Key] = field(default_factory=dict)


MEANINGS = {
    "title": N_("what it is called, in a few words"),
    "summary": N_("what it is about, in one sentence"),
    "licence": N_("the code of its licence, such as CC-BY-4.0"),
    "id": N_("a short name in small letters, such as promises"),
    "heading": N_("the words of the section's heading"),
    "class": N_("editorial, guidance or commitment"),
    "behaviour": N_("what somebody does"),
    "measure": N_("how it is seen or measured"),
    "support": N_("what helps people to do it"),
    "name": N_("the organisation's name"),
    "kind": N_("one of the kinds that charter.yml lists"),
    "area": N_("where the organisation works"),
    "website": N_("the address of the organisation's website, which starts with https://"),
    "version": N_("the number of the version that was signed, such as 1.0.0"),
    "every": N_("how often, such as 12 months"),
    "from": N_("the first day that it covers, such as 2026-04-01"),
    "to": N_("the last day that it covers, such as 2027-03-31"),
    "published": N_("the day on which it was published, such as 2027-05-02"),
    "link": N_("the address of the report, which starts with https://"),
    "principle": N_("the id of a principle, which is the name of its file"),
    "answer": N_("kept, in part, not yet or does not apply"),
    "date": N_("year, month and day, such as 2026-12-01"),
    "count": N_("each or once"),
    "role": N_("the role that signed, such as Chair, and nobody's name"),
}
"""What an editor has to write after a key that is needed and holds a word or sentence."""


def _required(kind: Kind = Kind.TEXT) -> Key:
    return Key(kind=kind, needed=True)


_TEXT, _TEXTS, _FLAG = Key(kind=Kind.TEXT), Key(kind=Kind.TEXTS), Key(kind=Kind.FLAG)
_SECTION = {"id": _required(), "heading": _required(), "binding": _FLAG, "list": _FLAG}
_BEHAVIOUR = {"behaviour": _required(), "measure": _required(), "support": _required(), "interview": _TEXT}
_SIGNATURE = {
    "version": _required(),
    "date": _required(),
    "role": _required(),
    "link": _TEXT,
    "language": _TEXT,
}
_PRINCIPLE_REPORT = {"principle": _required(), "answer": _required(), "words": _TEXT, "evidence": _TEXT}
_REPORT = {
    "from": _required(),
    "to": _required(),
    "version": _required(),
    "link": Key(kind=Kind.TEXT, needed=True, unless="principles"),
    "published": _required(),
    "principles": Key(kind=Kind.BLOCKS, fields=_PRINCIPLE_REPORT),
}
_REPORTING = {
    "every": _required(),
    "grace": _TEXT,
    "words": Key(kind=Kind.BLOCK, fields={each.value: _TEXT for each in ReportStanding}),
}
_CONTACT = {"email": _TEXT, "name": _TEXT, "post": _TEXT}
SCHEMAS = {
    Role.CHARTER: {
        "title": _required(),
        "summary": _required(),
        "licence": _required(),
        "owner": _TEXT,
        "language": _TEXT,
        "languages": Key(kind=Kind.LANGUAGES),
        "contact": Key(kind=Kind.BLOCK, fields=_CONTACT),
        "themes": _required(Kind.TEXTS),
        "principles_per_theme": _TEXT,
        "required": _TEXTS,
        "style": Key(kind=Kind.TEXTS, may_be_empty=True),
        "sections": Key(kind=Kind.BLOCKS, needed=True, fields=_SECTION),
        "questions": _TEXTS,
        "repair": _TEXTS,
        "start_words": _TEXTS,
        "signatory_kinds": _TEXTS,
        "branches": Key(kind=Kind.BLOCK, fields={"count": _required()}),
        "reporting": Key(kind=Kind.BLOCK, fields=_REPORTING),
    },
    Role.THEME: {"title": _required(), "summary": _required(), "principles": _required(Kind.TEXTS)},
    Role.PRINCIPLE: {
        "title": _required(),
        "summary": _required(),
        "behaviours": Key(kind=Kind.BLOCKS, fields=_BEHAVIOUR),
        **dict.fromkeys(TEXT_LISTS, _TEXTS),
        "formerly": _TEXTS,
    },
    Role.CHANGE: {
        "principles": _required(Kind.TEXTS),
        "class": _required(),
        "approved_by": _TEXTS,
        "retires": Key(kind=Kind.MAP),
        "covered_by": Key(kind=Kind.MAP),
        "gives": Key(kind=Kind.MAP),
        "reasons": Key(kind=Kind.REASONS),
    },
    Role.SIGNATORY: {
        "name": _required(),
        "name_latin": _TEXT,
        "kind": _required(),
        "area": _required(),
        "website": Key(kind=Kind.TEXT, needed=True, unless="registration"),
        "registration": _TEXT,
        "pledge": _TEXT,
        "formerly": _TEXTS,
        "part_of": _TEXT,
        "signed": Key(kind=Kind.BLOCKS, needed=True, unless="part_of", fields=_SIGNATURE),
        "reports": Key(kind=Kind.BLOCKS, fields=_REPORT),
        "withdrawn": Key(kind=Kind.BLOCK, fields={"date": _required(), "note": _TEXT}),
        "succeeded_by": _TEXT,
        "distinct_from": _TEXTS,
        "accepted": _TEXTS,
    },
}
REQUIRABLE = ("plain", "behaviours", "questions", "sources")
"""What charter.yml's `required` may name. A principle that was never renamed has no `formerly`."""


@dataclass(frozen=True, slots=True)
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


@once_per_edition
def key_blocks(edition: Edition) -> tuple[KeyBlock, ...]:
    """Every block of keys of every document, those within others and within lists too."""
    blocks = []
    for document in edition.documents:
        if document.front is not None and document.role in SCHEMAS:
            blocks += _blocks_within(KeyBlock(document, document.front, SCHEMAS[document.role]))
    return tuple(blocks)


def _blocks_within(block: KeyBlock) -> list[KeyBlock]:
    """A block of keys and every other in it, those within others right after them."""
    blocks = [block]
    for key, node in block.mapping.entries:
        known = block.fields.get(key.value)
        if known and known.fields:
            items = node.items if known.kind is Kind.BLOCKS and isinstance(node, Sequence) else (node,)
            for each in items:
                if isinstance(each, Mapping):
                    inner = KeyBlock(block.document, each, known.fields, key.value, item=each is not node)
                    blocks += _blocks_within(inner)
    return blocks
