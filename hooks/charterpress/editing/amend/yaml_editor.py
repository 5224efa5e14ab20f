"""The bytes of a signatory's file → the same with one of its values put in, changed or taken out, and every
other byte kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import yaml

from charterpress.checks.schema import SCHEMAS, Key
from charterpress.editing.plain_values import Plain, keyed
from charterpress.editing.yaml_writer import Value, front_matter, in_line, quoted_like
from charterpress.model import Document, Role
from charterpress.model.errors import CharterError
from charterpress.read.decoding import BOM
from charterpress.read.decoding import read_text as decoded

Keys: TypeAlias = "tuple[str | int, ...]"
"""Where a value stands: the key, or the keys around it first; a number is a place in a list, from 0."""
Edit: TypeAlias = "tuple[Keys, Value | None]"
"""A value and where it is to stand; None takes out what stands there."""

_DASH = re.compile(r" *-( +)")


class UnknownFormError(Exception):
    """The file is written in a way in which it cannot be told where a value begins and ends."""


def amended(data: bytes, document: Document, edits: Iterable[Edit]) -> bytes:
    """`data`, the bytes that `document` was read from, with `edits` made one after the other. Raises
    CharterError where the file is not written as this knows it, or was changed since it was read."""
    lines = decoded(data).lines
    if document.faults or document.front is None or lines != document.lines:
        raise refusal(document)
    try:
        for keys, value in edits:
            data = _without(data, keys) if value is None else _with(data, keys, value)
    except (UnknownFormError, yaml.YAMLError) as problem:
        raise refusal(document) from problem
    return data


def only(before: Document, now: Document | None, edits: Iterable[Edit]) -> bool:
    """Whether `now` says what `before` says but for `edits`."""
    if before.front is None or now is None or now.front is None or now.faults:
        return False
    said = keyed(before.front)
    for keys, value in edits:
        _say(said, keys, value)
    return said == keyed(now.front)


def _say(said: Plain, keys: Keys, value: Value | None) -> None:
    """Make an edit to plain values."""
    for key, below in pairwise(keys):
        if isinstance(said, dict):
            said = said.setdefault(str(key), [] if isinstance(below, int) else {})
        elif isinstance(said, list):
            said = said[int(key)]
    last = keys[-1]
    if isinstance(said, dict) and value is None:
        said.pop(str(last), None)
    elif isinstance(said, dict):
        said[str(last)] = value  # type: ignore[assignment] # a Value is Plain
    elif isinstance(said, list) and value is not None:
        said.append(value)  # type: ignore[arg-type]


def refusal(document: Document) -> CharterError:
    """What to say of a file that cannot be edited."""
    return CharterError(
        "nothing was written: this file is not written as this command knows it. Run “charter check”, mend "
        "what it finds there, and write each key on a line of its own; or make the change by hand",
        path=document.path,
    )


# --- Where things stand ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Text:
    """A file's lines without their line feeds, the mark that it begins with, and its nodes."""

    mark: bytes
    lines: list[str]
    root: yaml.Node

    @property
    def end(self) -> str:
        """What stands before the line feed of a line."""
        return "\r" if self.lines[0].endswith("\r") else ""

    def bytes(self) -> bytes:
        return self.mark + "\n".join(self.lines).encode()

    def replace(self, start: tuple[int, int], end: tuple[int, int], words: str) -> None:
        """Put `words` in the place of what stands between two places, each a line and a column from 0."""
        whole = self.lines[start[0]][: start[1]] + words + self.lines[end[0]][end[1] :]
        self.lines[start[0] : end[0] + 1] = [whole]

    def insert(self, line: int, new: list[str]) -> None:
        """Put `new` lines behind `line`, whether or not the file ends there without a line feed."""
        new = [each + self.end for each in new]
        if line == len(self.lines) - 1:
            self.lines[line] += self.end
            new[-1] = new[-1].removesuffix(self.end)
        self.lines[line + 1 : line + 1] = new

    def remove(self, first: int, last: int) -> None:
        """Take out the lines from `first` to `last`, whether or not the file ends there without a line
        feed."""
        del self.lines[first : last + 1]
        if first == len(self.lines):
            self.lines[-1] = self.lines[-1].removesuffix(self.end)


def _read(data: bytes) -> _Text:
    text = decoded(data)
    mark = BOM if data.startswith(BOM) else b""
    lines = data.removeprefix(BOM).decode().split("\n")
    root = yaml.compose("\n".join(text.clean()), Loader=yaml.SafeLoader)
    if text.faults or not isinstance(root, yaml.MappingNode):
        raise UnknownFormError
    return _Text(mark=mark, lines=lines, root=root)


def _node(root: yaml.Node, keys: Keys) -> yaml.Node | None:
    """The node under `keys`; None for none. Raises UnknownFormError for a key that stands twice."""
    node: yaml.Node | None = root
    for key in keys:
        if isinstance(key, int) and isinstance(node, yaml.SequenceNode):
            node = node.value[key] if key < len(node.value) else None
        elif isinstance(node, yaml.MappingNode):
            found = [value for name, value in node.value if name.value == key]
            if len(found) > 1:
                raise UnknownFormError
            node = found[0] if found else None
        else:
            return None
    return node


def _fields(keys: Keys) -> tuple[str, ...]:
    """The keys of the block under `keys`, in the order of the format."""
    known: dict[str, Key] = SCHEMAS[Role.SIGNATORY]
    for key in keys:
        known = known if isinstance(key, int) else known[key].fields
    return tuple(known)


def _last_line(text: _Text, node: yaml.Node) -> int:
    """The last line of a value, from 0."""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        line: int = node.end_mark.line - (node.end_mark.column == 0)
        while line > node.start_mark.line and not text.lines[line].strip():
            line -= 1
        return line
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.line)
    last = node.value[-1]
    return _last_line(text, last[1] if isinstance(node, yaml.MappingNode) else last)


def _with_remarks(text: _Text, line: int, column: int) -> int:
    """The last of the comment lines that follow `line` and stand further in than `column`: they belong to
    what they follow."""
    deeper = re.compile(rf" {{{column + 1},}}#")
    while line + 1 < len(text.lines) and deeper.match(text.lines[line + 1]):
        line += 1
    return line


# --- Put in ------------------------------------------------------------------------------------------


def _with(data: bytes, keys: Keys, value: Value) -> bytes:
    """`data` with `value` under `keys`: in the place of the word there, or where the format has it."""
    text = _read(data)
    there = _node(text.root, keys)
    holder = _node(text.root, keys[:-1])
    if there is not None:
        _replace(text, there, holder, value)
    elif isinstance(holder, yaml.MappingNode) and holder.value:
        _add_key(text, holder, str(keys[-1]), value, _fields(keys[:-1]))
    elif isinstance(holder, yaml.SequenceNode) and isinstance(value, dict):
        _add_item(text, holder, value)
    elif holder is None and isinstance(keys[-1], int) and isinstance(value, dict):
        return _with(data, keys[:-1], [value])
    else:
        raise UnknownFormError
    return text.bytes()


def _replace(text: _Text, node: yaml.Node, holder: yaml.Node | None, value: Value) -> None:
    """Put a word in the place of another, in quotation marks as that one."""
    if not isinstance(node, yaml.ScalarNode) or not isinstance(value, str):
        raise UnknownFormError
    start = (node.start_mark.line, node.start_mark.column)
    if node.style in ("|", ">"):
        line = _last_line(text, node)
        text.replace(start, (line, len(text.lines[line].removesuffix("\r"))), quoted_like(value, None))
        return
    end = (node.end_mark.line, node.end_mark.column)
    in_brackets = isinstance(holder, yaml.CollectionNode) and bool(holder.flow_style)
    words = quoted_like(value, node.style, in_brackets=in_brackets)
    text.replace(start, end, f" {words}" if start == end else words)


def _add_key(text: _Text, holder: yaml.MappingNode, key: str, value: Value, order: tuple[str, ...]) -> None:
    """Put a key behind the last of those that come before it in `order`, or at the end."""
    earlier = order[: order.index(key)]
    before = next((pair for pair in reversed(holder.value) if pair[0].value in earlier), holder.value[-1])
    if holder.flow_style:
        end = before[1].end_mark
        text.replace((end.line, end.column), (end.line, end.column), f", {in_line({key: value})[1:-1]}")  # type: ignore[dict-item]
        return
    column = holder.value[0][0].start_mark.column
    line = _with_remarks(text, _last_line(text, before[1]), column)
    text.insert(line, [" " * column + each for each in front_matter({key: value}).splitlines()])


def _add_item(text: _Text, holder: yaml.SequenceNode, item: dict[str, str]) -> None:
    """Put a block at the end of a list, written as the one before it."""
    if holder.flow_style:
        at = holder.value[-1].end_mark if holder.value else holder.start_mark
        place = (at.line, at.column + (not holder.value))
        text.replace(place, place, f"{', ' if holder.value else ''}{in_line(item)}")
        return
    last, column = holder.value[-1], holder.start_mark.column
    dash = _DASH.match(text.lines[last.start_mark.line])
    gap = dash[1] if dash and dash.end() == last.start_mark.column else " "
    in_brackets = isinstance(last, yaml.CollectionNode) and last.flow_style
    lines = [in_line(item)] if in_brackets else front_matter(item).splitlines()
    first = " " * column + "-" + gap
    line = _with_remarks(text, _last_line(text, last), column)
    text.insert(line, [first + lines[0], *(" " * len(first) + each for each in lines[1:])])


# --- Take out ----------------------------------------------------------------------------------------


def _without(data: bytes, keys: Keys) -> bytes:
    """`data` without what stands under `keys`, which is one key of several, and without its line."""
    text = _read(data)
    holder = _node(text.root, keys[:-1])
    pairs = holder.value if isinstance(holder, yaml.MappingNode) else []
    place = next((at for at, (key, _) in enumerate(pairs) if key.value == keys[-1]), None)
    if not isinstance(holder, yaml.MappingNode) or place is None or len(pairs) < 2:
        raise UnknownFormError
    key, value = pairs[place]
    start, end = key.start_mark, value.end_mark
    if holder.flow_style:
        if place:
            start = pairs[place - 1][1].end_mark
        else:
            end = pairs[1][0].start_mark
        text.replace((start.line, start.column), (end.line, end.column), "")
    elif text.lines[start.line][: start.column].strip():
        _without_first(text, start, _last_line(text, value), pairs[place + 1][0].start_mark)
    else:
        text.remove(start.line, _last_line(text, value))
    return text.bytes()


def _without_first(text: _Text, start: yaml.Mark, last: int, after: yaml.Mark) -> None:
    """Take out the key that stands behind the dash of its item: the next one takes its place there."""
    if last + 1 != after.line:
        raise UnknownFormError
    text.replace((start.line, start.column), (after.line, after.column), "")
