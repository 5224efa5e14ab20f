"""The lines of an entry as the commands write it → nodes, in half the time that a parser of YAML takes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from sys import intern

from charterpress.model import Mapping, Node, Scalar, Sequence

MAX_INTERNED = 24
"""The most characters of a value that is interned: keys, dates, kinds and places recur in every file."""
_SIGNS = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
"""What no line may have in it: a parser says what is wrong with it."""
_LINE = re.compile(
    rf"""(\ *) (-\ )? (?:([a-z_]{{1,40}}):(?:\ |$))?    # how far it is set in, the sign of an item, a key
    ( [^\W_][^:#{_SIGNS}]*                              # words without quotes; a colon with a space after it
      (?: (?::(?![ ]|$)|(?<![ ])\#)[^:#{_SIGNS}]* )*    # and a number sign after a space mean something else
      (?<![ ])
    | "[^"\\{_SIGNS}]*" | '[^'{_SIGNS}]*'               # or words in quotes, and nothing written as a code
    )?""",
    re.VERBOSE,
)


@dataclass(slots=True)
class _Open:
    """A list or block whose end has not been read yet: how far it is set in, and what it has."""

    indent: int
    line: int
    items: list[Node] | None = None
    """The items of a list; None for a block."""
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)
    key: Scalar | None = None
    """The key whose list or block is in the lines to come."""


def read_plain(lines: list[str], first_line: int, most_open: int) -> Node | None:
    """The block of keys in `lines`, which start at line `first_line` of their file; None where they are
    anything but keys, words in one line, and lists and blocks that are set in. None is no fault: a parser of
    YAML reads those, and whatever is read here as this does, which tests/read/test_read.py shows. At most
    `most_open` lists and blocks may be within each other."""
    top = _Open(0, first_line)
    stack = [top]
    for number, line in enumerate(lines, first_line):
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        spaces, dash, key, words = match.groups()
        indent = len(spaces)
        if top.key is not None:  # a list or block begins, set in
            if indent <= top.indent:
                return None
            top = _Open(indent, number, [] if dash else None)
            stack.append(top)
        while top.indent > indent:
            top = _close(stack)
        if top.indent != indent or (top.items is None) is bool(dash):
            return None
        if dash and key:  # a block begins as an item
            indent += len(dash)
            top = _Open(indent, number)
            stack.append(top)
        if len(stack) > most_open:
            return None
        # Words end their line.
        value = Scalar(_value(words), number, len(line) - len(words) + 1) if words else None
        if not key:
            if top.items is None or value is None:
                return None
            top.items.append(value)
            continue
        name = Scalar(intern(key), number, indent + 1)
        if value is None:
            top.key = name
        else:
            top.entries.append((name, value))
    if top.key is not None or not lines:
        return None
    while len(stack) > 1:
        _close(stack)
    return _node(stack[0])


def _close(stack: list[_Open]) -> _Open:
    """Take the innermost list or block for read; return the one that it is in."""
    node, around = _node(stack.pop()), stack[-1]
    if around.items is not None:
        around.items.append(node)
    elif around.key is not None:
        around.entries.append((around.key, node))
        around.key = None
    return around


def _node(done: _Open) -> Node:
    if done.items is not None:
        return Sequence(items=tuple(done.items), line=done.line, column=done.indent + 1)
    return Mapping(entries=tuple(done.entries), line=done.line, column=done.indent + 1)


def _value(words: str) -> str:
    """What is written as `words`, in quotes or without."""
    if words[0] in "\"'":
        words = words[1:-1]
    elif not words.isascii():
        words = visible_part(words)
    return intern(words) if len(words) <= MAX_INTERNED else words


def visible_part(value: str) -> str:
    """`value` without the invisible characters at its ends that a rule of its own reports."""
    visible = [at for at, c in enumerate(value) if c != "\ufffd" and unicodedata.category(c) != "Cf"]
    return value[visible[0] : visible[-1] + 1] if visible else ""
