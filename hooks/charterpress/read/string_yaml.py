"""YAML text → nodes that keep every scalar's source text and the place of everything, and faults."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from charterpress.model import Fault, Mapping, Node, Scalar, Sequence
from charterpress.read.yaml_errors import RULE, explain
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

QUICK = getattr(yaml, "CSafeLoader", None)
"""The parser in C, several times as quick; not everywhere is PyYAML built with it."""
_READ_OTHERWISE = {
    **dict.fromkeys("\t{[", re.compile("")),
    "?": re.compile(r"^[ -]*\?", re.MULTILINE),
    "---": re.compile(r"^---", re.MULTILINE),
    "...": re.compile(r"^\.\.\.", re.MULTILINE),
    "%": re.compile(r"^%", re.MULTILINE),
    "!": re.compile(r"(?:^|\s)!", re.MULTILINE),
    **dict.fromkeys("|>", re.compile(r"[|>][^\n]*#")),
}
"""What libyaml reads or places differently from the parser in Python, by signs that it has: most files have
none of them, and to look for a sign is a hundred times as quick. Both read the rest, plain lines of keys and
values, alike: tests/read/test_read.py compares them."""
MAX_DEPTH = 8
"""The most levels of nested lists and mappings. The format needs five."""
MAX_INTERNED = 24
"""The most characters of a value that is interned: keys, dates, kinds and places recur in every file."""
_IN_QUOTES = N_("put the whole value in quotes if these are words, or leave this out")
_REFERENCE = N_("a value that begins with “{sign}” is a reference in YAML, which is not allowed here")
_NO_KEY = N_("the bracket here begins a list or a block, where a key belongs")


@dataclass(slots=True)
class _Open:
    """A list or block whose end has not been read yet."""

    start: MappingStartEvent | SequenceStartEvent
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)
    key: Scalar | None = None
    dropped: bool = False
    """The value to come belongs to a key that could not be taken."""


def read_yaml(lines: list[str], first_line: int = 1) -> tuple[Node | None, tuple[Fault, ...]]:
    """The first document in `lines`, which start at line `first_line` of their file; None if it is unreadable
    or empty. Every value is its source text: 1.10 stays "1.10", NO stays "NO".
    Anchors, tags, a second document and what YAML itself refuses come as faults. Raises nothing, whatever
    the text."""
    text = "\n".join(lines)
    if QUICK and not any(sign in text and what.search(text) for sign, what in _READ_OTHERWISE.items()):
        try:
            return _read(text, QUICK, _Reader(first_line - 1))
        except yaml.YAMLError:  # the parser in Python says where and why
            pass
    reader = _Reader(first_line - 1)
    try:
        return _read(text, yaml.SafeLoader, reader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        return None, (*reader.faults, explain(error, lines, first_line))


def _read(text: str, loader: type[yaml.SafeLoader], reader: _Reader) -> tuple[Node | None, tuple[Fault, ...]]:
    """What `reader` makes of `text`. Raises what `loader` raises."""
    parser = loader(text)
    next_event: Callable[[], Event] = parser.get_event
    try:
        while not isinstance(event := next_event(), StreamEndEvent) and reader.take(event):
            pass
    finally:
        parser.dispose()
    return reader.root if reader.understood else None, tuple(reader.faults)


class _Reader:
    """Builds nodes from PyYAML's events, without recursion."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self.open: list[_Open] = []
        self.documents = 0
        self.understood = True

    def take(self, event: Event) -> bool:
        """Takes one event in; False where reading has to end."""
        if isinstance(event, ScalarEvent):  # most are
            if event.anchor is not None or event.tag is not None:
                self._properties(event)
            self._scalar(event)
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                message = _("a second “---” block begins here, and only one is read")
                self._fault("second-document", event, message, _("keep everything in one block"))
                return False
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._properties(event)
            if len(self.open) == MAX_DEPTH:
                message = _("lists are nested more than {most} deep").format(most=MAX_DEPTH)
                self._fault(RULE, event, message, _("write a simple list, one item to a line"))
                self.understood = False
                return False
            self.open.append(_Open(event))
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._close()
        return True

    def _place(self, event: Event) -> dict[str, int]:
        mark = event.start_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return {"line": line + 1 + self.offset, "column": column + 1}

    def _fault(self, rule: str, event: Event, message: str, fix: str) -> None:
        self.faults.append(Fault(rule=rule, **self._place(event), message=message, fix=fix))

    def _properties(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        """Reports an anchor and a tag: what YAML calls the properties of a node."""
        if event.anchor is not None:
            self._fault("yaml-anchor", event, _(_REFERENCE).format(sign=f"&{event.anchor}"), _(_IN_QUOTES))
        if event.tag is not None:
            tag = re.sub(r"^tag:yaml\.org,2002:", "!!", event.tag)
            message = _("“{tag}” is a YAML tag, which is not allowed here").format(tag=tag)
            self._fault("yaml-tag", event, message, _(_IN_QUOTES))

    def _alias(self, event: AliasEvent) -> None:
        message, fix = _(_REFERENCE).format(sign=f"*{event.anchor or ''}"), _(_IN_QUOTES)
        if self.open and self.open[-1].key and self.open[-1].key.value == "<<":
            self.open[-1].dropped = True
            message = _("“<<” copies keys from elsewhere, which is not allowed here")
            fix = _("write the words out where they are wanted")
        self._fault("yaml-anchor", event, message, fix)
        self._value(Scalar(value=f"*{event.anchor}", **self._place(event)), event)

    def _scalar(self, event: ScalarEvent) -> None:
        value = event.value
        if event.style in ("|", ">"):
            value = value.rstrip("\n")
        elif not event.style and not value.isascii():
            value = _visible_part(value)
        if len(value) <= MAX_INTERNED:
            value = sys.intern(value)
        mark = event.start_mark  # as _place has it: this is done most often of all
        line, column = (mark.line, mark.column) if mark else (0, 0)
        self._value(Scalar(value, line + 1 + self.offset, column + 1), event)

    def _close(self) -> None:
        done = self.open.pop()
        place = self._place(done.start)
        if isinstance(done.start, MappingStartEvent):
            self._value(Mapping(entries=tuple(done.entries), **place), done.start)
        else:
            self._value(Sequence(items=tuple(done.items), **place), done.start)

    def _value(self, node: Node, event: Event) -> None:
        """Puts a finished node where it belongs: a key, a key's value, a list's item, or the root."""
        if not self.open:
            self.root = node
            return
        around = self.open[-1]
        if isinstance(around.start, SequenceStartEvent):
            around.items.append(node)
        elif around.key is None and not around.dropped:
            if isinstance(node, Scalar):
                around.key = node
            else:
                self._fault(RULE, event, _(_NO_KEY), _("put the whole value in quotes"))
                self.understood = False
                around.dropped = True
        else:
            if around.key is not None and not around.dropped:
                around.entries.append((around.key, node))
            around.key, around.dropped = None, False


def _visible_part(value: str) -> str:
    """`value` without the invisible characters at its ends that a rule of its own reports."""
    visible = [at for at, c in enumerate(value) if c != "\ufffd" and unicodedata.category(c) != "Cf"]
    return value[visible[0] : visible[-1] + 1] if visible else ""
