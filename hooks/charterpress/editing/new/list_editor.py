"""The file of a theme and a principle's id → the same file with the id in its list, every other byte kept."""

from __future__ import annotations

import re

import yaml

from charterpress.checks.queries import say
from charterpress.editing.plain_values import keyed
from charterpress.model import Document
from charterpress.model.errors import CharterError

KEY = "principles"
_DASH = re.compile(r" *- +")


def with_item(data: bytes, document: Document, new: str, after: str = "") -> bytes:
    """`data`, the bytes that `document` was read from, with `new` in its list of principles: behind `after`,
    or at its end. Raises CharterError where the list is written in a way that this does not know."""
    lines = data.decode("utf-8", errors="surrogateescape").split("\n")
    plain = [line.removesuffix("\r") for line in lines]
    plain[0] = plain[0].removeprefix("\ufeff")
    if (
        document.faults
        or document.front is None
        or tuple(plain) not in (document.lines, (*document.lines, ""))
    ):
        raise _refusal(document, new)
    first = next(place for place, line in enumerate(plain) if line.strip()) + 1
    try:
        root = yaml.compose("\n".join(plain[first : document.body_line - 2]), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _refusal(document, new) from error
    line, column, words, whole = _place(root, plain[first:], document, new, after)
    line += first
    if whole:
        lines.insert(line + 1, words + ("\r" if lines[line].endswith("\r") else ""))
    else:
        lines[line] = lines[line][:column] + words + lines[line][column:]
    return "\n".join(lines).encode("utf-8", errors="surrogateescape")


def _place(
    root: yaml.Node | None, lines: list[str], document: Document, new: str, after: str
) -> tuple[int, int, str, bool]:
    """Line and column, both from 0, at which words are to stand, the words, and whether they are a line of
    their own that follows that one."""
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    key, value = next((pair for pair in pairs if pair[0].value == KEY), (None, None))
    if isinstance(value, yaml.ScalarNode) and not value.value and key is not None:
        colon = lines[key.end_mark.line].index(":", key.end_mark.column)
        return key.end_mark.line, colon + 1, f" [{new}]", False
    if not isinstance(value, yaml.SequenceNode):
        raise _refusal(document, new)
    if not value.value:
        return value.start_mark.line, value.start_mark.column + 1, new, False
    item = next((each for each in value.value if each.value == after), value.value[-1])
    end = item.end_mark
    if value.flow_style:
        return end.line, end.column, f", {new}", False
    dash = lines[item.start_mark.line][: item.start_mark.column]
    if not _DASH.fullmatch(dash) or end.line != item.start_mark.line:
        raise _refusal(document, new)
    return end.line, 0, f"{dash}{new}", True


def only_listed(before: Document, now: Document | None, new: str) -> bool:
    """Whether `now` says what `before` says, and `new` in its list besides."""
    if before.front is None or now is None or now.front is None or now.faults or now.body != before.body:
        return False
    was, is_ = keyed(before.front), keyed(now.front)
    listed = is_.get(KEY)
    if not isinstance(listed, list) or listed.count(new) != 1:
        return False
    return {**is_, KEY: [each for each in listed if each != new]} == {**was, KEY: was.get(KEY) or []}


def _refusal(document: Document, new: str) -> CharterError:
    return CharterError(
        f"nothing was written: the list {say(KEY)} is not written as this command knows it. Write it as "
        f"“{KEY}: [one, another]”, or one id to a line with “- ” before it; or add {say(new)} and its file "
        "by hand",
        path=document.path,
    )
