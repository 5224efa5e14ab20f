"""The bytes of a charter's file → the same with values in its YAML edited, and every other byte kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import yaml

from charterpress.checks.schema import SCHEMAS
from charterpress.editing.yaml_writer import Item, Value, format_flow, format_quoted, format_yaml
from charterpress.model import Document, Mapping, Node, Scalar
from charterpress.model.errors import CharterError
from charterpress.read.decoding import BOM, decode_text
from charterpress.text.interface import gettext as _

Keys: TypeAlias = "tuple[str | int, ...]"
"""The path to a value: its key, with the keys around it first. A number is a place in a list, from 0."""
Edit: TypeAlias = "tuple[Keys, Value | None]"
"""A path and the value to write there; None removes what is there. A path that ends with a number inserts an
item at that place in the list."""
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
"""The value of a node, without its place in the file."""

_DASH = re.compile(r" *-( +)")


class UnknownFormError(Exception):
    """The file is formatted in a way in which it is not clear where a value begins and ends."""


def apply_edits(data: bytes, document: Document, edits: Iterable[Edit]) -> bytes:
    """Return `data`, the bytes that `document` was read from, with `edits` made one after the other. Raises
    CharterError if the file is formatted in an unknown way, or was changed since it was read."""
    if document.faults or document.front is None or decode_text(data).lines != document.lines:
        raise _refusal(document)
    try:
        for keys, value in edits:
            text = _parse(data, document)
            if value is None:
                _remove_key(text, keys)
            else:
                _write(text, keys, value)
            data = text.mark + "\n".join(text.lines).encode()
    except (UnknownFormError, yaml.YAMLError) as problem:
        raise _refusal(document) from problem
    return data


def differs_only_by(edits: Iterable[Edit], before: Document, after: Document | None) -> bool:
    """Return whether `after` says what `before` says with `edits` made."""
    if before.front is None or after is None or after.front is None or after.faults:
        return False
    expected = plain_values(before.front)
    for keys, value in edits:
        _edit_values(expected, keys, value)
    return expected == plain_values(after.front) and after.body == before.body


def plain_values(front: Mapping) -> dict[str, Plain]:
    """Return the values of a file or block by key; of a duplicate key, the last value."""
    return {key.value: plain_value(value) for key, value in front.entries}


def plain_value(node: Node) -> Plain:
    """Return the value of a node."""
    if isinstance(node, Scalar):
        return node.value
    return plain_values(node) if isinstance(node, Mapping) else [plain_value(item) for item in node.items]


def _edit_values(values: Plain, keys: Keys, value: Value | None) -> None:
    for key, below in pairwise(keys):
        if isinstance(values, dict):
            if not values.get(str(key)):
                values[str(key)] = [] if isinstance(below, int) else {}
            values = values[str(key)]
        elif isinstance(values, list):
            values = values[int(key)]
    last = keys[-1]
    if isinstance(values, dict) and value is None:
        values.pop(str(last), None)
    elif isinstance(values, dict):
        values[str(last)] = value  # type: ignore[assignment] # a Value is Plain
    elif isinstance(values, list) and value is None:
        del values[int(last)]
    elif isinstance(values, list):
        values.insert(int(last), value)  # type: ignore[arg-type]


def _refusal(document: Document) -> CharterError:
    return CharterError(
        _(
            "nothing was written: this command cannot edit the file as it is formatted. Run "
            "“charter check”, fix what it reports, and write each key on a line of its own; or "
            "make the change by hand"
        ),
        path=document.path,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Text:
    """A file: its byte order mark, its lines without line feeds, its YAML, and the role's schema."""

    mark: bytes
    lines: list[str]
    root: yaml.MappingNode
    document: Document

    @property
    def end(self) -> str:
        """The character before the line feed of a line, if any."""
        return "\r" if self.lines[0].endswith("\r") else ""

    def replace(self, start: yaml.Mark, end: yaml.Mark, words: str) -> None:
        """Replace what is between two positions."""
        line = self.lines[start.line][: start.column] + words + self.lines[end.line][end.column :]
        self.lines[start.line : end.line + 1] = [line]

    def insert(self, line: int, new: list[str]) -> None:
        """Insert `new` lines after `line`, whether or not the file ends there without a line feed."""
        new = [each + self.end for each in new]
        if line == len(self.lines) - 1:
            self.lines[line] += self.end
            new[-1] = new[-1].removesuffix(self.end)
        self.lines[line + 1 : line + 1] = new

    def remove(self, first: int, last: int) -> None:
        """Remove lines `first` to `last`, whether or not the file ends there without a line feed."""
        del self.lines[first : last + 1]
        if first == len(self.lines):
            self.lines[-1] = self.lines[-1].removesuffix(self.end)


def _parse(data: bytes, document: Document) -> _Text:
    text = decode_text(data)
    lines = text.clean()
    if document.path.endswith(".md"):  # blank lines in place of the rest keep every line number right
        fence = len(lines) - (len(document.lines) - document.body_line + 2)
        first = next(place for place, line in enumerate(lines) if line.strip()) + 1
        lines = [""] * first + lines[first:fence]
    root = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
    if text.faults or not isinstance(root, yaml.MappingNode):
        raise UnknownFormError
    mark = BOM if data.startswith(BOM) else b""
    raw = data.removeprefix(BOM).decode().split("\n")
    return _Text(mark=mark, lines=raw, root=root, document=document)


def _node(root: yaml.Node, keys: Keys) -> yaml.Node | None:
    """Return the node at `keys`, if any. Raises UnknownFormError for a duplicate key."""
    node: yaml.Node | None = root
    for key in keys:
        if isinstance(key, int) and isinstance(node, yaml.SequenceNode):
            node = node.value[key] if key < len(node.value) else None
        elif isinstance(node, yaml.MappingNode):
            values = [value for name, value in node.value if name.value == key]
            if len(values) > 1:
                raise UnknownFormError
            node = values[0] if values else None
        else:
            return None
    return node


def _field_order(document: Document, keys: Keys) -> tuple[str, ...]:
    """Return the keys of the block at `keys`, in the order of the format."""
    fields = SCHEMAS[document.role]
    for key in keys:
        fields = fields if isinstance(key, int) else fields[key].fields
    return tuple(fields)


def _last_line(text: _Text, node: yaml.Node) -> int:
    """Return the last line of a value, from 0."""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        line: int = node.end_mark.line - (node.end_mark.column == 0)
        while line > node.start_mark.line and not text.lines[line].strip():
            line -= 1
        return line
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.line)
    last = node.value[-1]
    return _last_line(text, last[1] if isinstance(node, yaml.MappingNode) else last)


def _skip_comments(text: _Text, line: int, column: int) -> int:
    """The last comment line after `line` that belongs to it: indented by more than `column`."""
    deeper = re.compile(rf" {{{column + 1},}}#")
    while line + 1 < len(text.lines) and deeper.match(text.lines[line + 1]):
        line += 1
    return line


def _write(text: _Text, keys: Keys, value: Value) -> None:
    """Write `value` at `keys`: over the scalar there, or where the format has it."""
    parent, last = _node(text.root, keys[:-1]), keys[-1]
    if isinstance(last, int):
        if not isinstance(value, str | dict):
            raise UnknownFormError
        if isinstance(parent, yaml.SequenceNode):
            _insert_item(text, parent, last, value)
        elif isinstance(parent, yaml.ScalarNode) and not parent.value and not parent.style:
            text.replace(parent.start_mark, parent.start_mark, f" {format_flow([value])}")
        elif parent is None:
            _write(text, keys[:-1], [value])
        else:
            raise UnknownFormError
    elif (node := _node(text.root, keys)) is not None:
        _replace_scalar(text, node, parent, value)
    elif isinstance(parent, yaml.MappingNode) and parent.value:
        _insert_key(text, parent, last, value, _field_order(text.document, keys[:-1]))
    else:
        raise UnknownFormError


def _replace_scalar(text: _Text, node: yaml.Node, parent: yaml.Node | None, value: Value) -> None:
    """Replace a scalar, and keep its style of quotation marks."""
    if not isinstance(node, yaml.ScalarNode) or not isinstance(value, str):
        raise UnknownFormError
    start, end, style = node.start_mark, node.end_mark, node.style
    if style in ("|", ">"):
        line, style = _last_line(text, node), None
        end = yaml.Mark("", 0, line, len(text.lines[line].removesuffix("\r")), None, 0)
    in_brackets = isinstance(parent, yaml.CollectionNode) and bool(parent.flow_style)
    words = format_quoted(value, style, in_brackets=in_brackets)
    empty = (start.line, start.column) == (end.line, end.column)
    text.replace(start, end, f" {words}" if empty else words)


def _insert_key(text: _Text, block: yaml.MappingNode, key: str, value: Value, order: tuple[str, ...]) -> None:
    """Insert a key after the last of those that precede it in `order`, or at the end."""
    earlier = order[: order.index(key)]
    before = next((pair for pair in reversed(block.value) if pair[0].value in earlier), block.value[-1])
    if block.flow_style:
        end, flow = before[1].end_mark, format_flow({key: value})
        text.replace(end, end, f", {flow[1:-1]}")
        return
    column = block.value[0][0].start_mark.column
    line = _skip_comments(text, _last_line(text, before[1]), column)
    text.insert(line, [" " * column + each for each in format_yaml({key: value}).splitlines()])


def _insert_item(text: _Text, items: yaml.SequenceNode, place: int, item: Item) -> None:
    """Insert an item at `place` in a list, formatted as the one before it, or after it."""
    before = items.value[place - 1] if 0 < place <= len(items.value) else None
    if items.flow_style:
        mark = before.end_mark if before else items.start_mark
        position = yaml.Mark("", 0, mark.line, mark.column + (before is None), None, 0)
        rest = ", " if before is None and items.value else ""
        text.replace(position, position, f"{', ' if before else ''}{format_flow(item)}{rest}")
        return
    if before is None and not items.value:
        raise UnknownFormError
    before = before or items.value[0]
    column = items.start_mark.column
    dash = _DASH.match(text.lines[before.start_mark.line])
    gap = dash[1] if dash and dash.end() == before.start_mark.column else " "
    in_brackets = isinstance(before, yaml.CollectionNode) and before.flow_style
    block = isinstance(item, dict) and not in_brackets
    lines = format_yaml(item).splitlines() if isinstance(item, dict) and block else [format_flow(item)]
    first = " " * column + "-" + gap
    line = _skip_comments(text, _last_line(text, before), column)
    if not place:  # before the comments of the first item too
        line = items.start_mark.line - 1
        while text.lines[line].lstrip().startswith("#"):
            line -= 1
    text.insert(line, [first + lines[0], *(" " * len(first) + each for each in lines[1:])])


def _remove_item(text: _Text, items: yaml.SequenceNode, place: int) -> None:
    """Remove an item of several from a list, with its line."""
    if not 0 <= place < len(items.value) or len(items.value) < 2:
        raise UnknownFormError
    item = items.value[place]
    if not items.flow_style:
        text.remove(
            item.start_mark.line, _skip_comments(text, _last_line(text, item), items.start_mark.column)
        )
    elif place:
        text.replace(items.value[place - 1].end_mark, item.end_mark, "")
    else:
        text.replace(item.start_mark, items.value[1].start_mark, "")


def _remove_key(text: _Text, keys: Keys) -> None:
    """Remove a key of several, with its value and its line, or an item of several."""
    block, last = _node(text.root, keys[:-1]), keys[-1]
    if isinstance(last, int) and isinstance(block, yaml.SequenceNode):
        _remove_item(text, block, last)
        return
    pairs = block.value if isinstance(block, yaml.MappingNode) else []
    place = next((at for at, (key, _) in enumerate(pairs) if key.value == keys[-1]), None)
    if not isinstance(block, yaml.MappingNode) or place is None or len(pairs) < 2:
        raise UnknownFormError
    key, value = pairs[place]
    start, end, last = key.start_mark, value.end_mark, _last_line(text, value)
    if block.flow_style:
        if place:
            start = pairs[place - 1][1].end_mark
        else:
            end = pairs[1][0].start_mark
        text.replace(start, end, "")
    elif text.lines[start.line][: start.column].strip():  # after the dash of an item: the next key moves up
        following = pairs[place + 1][0].start_mark
        if last + 1 != following.line:
            raise UnknownFormError
        text.replace(start, following, "")
    else:
        text.remove(start.line, last)
