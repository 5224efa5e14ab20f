"""YAML's errors → messages for an editor, with the line to write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yaml.error import Mark, MarkedYAMLError

from charterpress.model import Fault

RULE = "front-matter-unreadable"

_KEY_LINE = re.compile(r"(?P<lead>\s*(?:- +)*(?:[\w-]+: +)?)(?P<value>\S.*?)\s*$")
_KEY = re.compile(r"\s*(?:- +)*([\w-]+): ")
_NO_CHARACTER = re.compile(r"\\U(?!000|0010)[0-9A-Fa-f]{8}")
_FALLBACK = (
    "write each line as “key: value”, and put a value that has : or # in it, or begins with a sign, in quotes"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Saying:
    """What PyYAML says, in part, and what to say for it. {sign} is the character at the place; {double} and
    {single} are the line with its value in such quotes; {words} are the line."""

    problem: str = ""
    context: str = ""
    message: str
    fix: str
    at_start: bool = False
    """Whether the place is where the thing began, and not where it broke off."""


_SAYINGS = (
    _Saying(
        problem="could not find expected ':'",
        message="“{words}” has no colon after a key",
        fix="write “key: value”; to go on with a value, set the line further in",
        at_start=True,
    ),
    _Saying(
        problem="escape",
        message="a backslash in double quotes has a meaning of its own",
        fix="write {single}",
    ),
    _Saying(
        context="quoted scalar",
        message="the quotation mark that opens here is not closed",
        fix="put the same mark at the end of the value",
        at_start=True,
    ),
    _Saying(
        context="flow sequence",
        message="the bracket that opens here is not closed, or a comma is missing",
        fix="close it with “]”, with a comma between items; put an item with , : [ or ] in it in quotes",
        at_start=True,
    ),
    _Saying(
        context="flow mapping",
        message="the bracket that opens here is not closed, or a comma is missing",
        fix="close it with “}}”; to write curly brackets as words, put the whole value in quotes",
        at_start=True,
    ),
    _Saying(
        problem="sequence entries are not allowed",
        message="a list cannot begin on the same line as its key",
        fix="begin each item on a line of its own, with “- ” before it",
    ),
    _Saying(problem="'\\t'", message="there is a tab here", fix="indent with spaces"),
    *(
        _Saying(
            problem=problem,
            context=context,
            message="a value cannot begin with “{sign}” without quotes",
            fix="write {double}",
            at_start=True,
        )
        for problem, context in (
            ("cannot start any token", ""),
            ("", "an alias"),
            ("", "an anchor"),
            ("", "a tag"),
            ("", "a directive"),
            ("", "a block scalar"),
        )
    ),
    _Saying(
        problem="<block end>",
        message="this line is indented less than the lines it belongs with",
        fix="begin the keys, and the items of a list, at the same column",
    ),
    _Saying(message="this line cannot be read", fix=_FALLBACK),
)


def explain(error: Exception, lines: list[str], first_line: int) -> Fault:
    """The fault that `error`, raised on reading `lines`, comes to. `lines[0]` is line `first_line` of the
    file."""
    if not isinstance(error, MarkedYAMLError):
        codes = (
            (row, code.start() + 1) for row, line in enumerate(lines) if (code := _NO_CHARACTER.search(line))
        )
        row, column = next(codes, (0, 1))
        message, fix = "there is a code here that stands for no character", "write the character itself"
        return Fault(rule=RULE, line=first_line + row, column=column, message=message, fix=fix)
    mark, message, fix = _say(error, lines)
    row = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column + 1 if mark and mark.line == row else len(lines[row]) + 1 if lines else 1
    return Fault(rule=RULE, line=first_line + row, column=column, message=message, fix=fix)


def _say(error: MarkedYAMLError, lines: list[str]) -> tuple[Mark | None, str, str]:
    """Where the fault lies, what is wrong, and what to write."""
    problem, context, here = error.problem or "", error.context or "", error.problem_mark
    line = lines[here.line] if here and here.line < len(lines) else ""
    if here and "mapping values are not allowed" in problem:
        return _second_colon(here, line)
    if here and "<block end>" in problem and line[: here.column].rstrip().endswith(('"', "'")):
        fix = f"write {_quoted(line, single=True)}"
        return here, "there are more words after the closing quotation mark", fix
    saying = next(each for each in _SAYINGS if each.problem in problem and each.context in context)
    place = (error.context_mark or here) if saying.at_start else (here or error.context_mark)
    line = lines[place.line] if place and place.line < len(lines) else ""
    values = {
        "sign": line[place.column] if place and place.column < len(line) else "",
        "words": _cut(line),
        "double": _quoted(line),
        "single": _quoted(line, single=True),
    }
    return place, saying.message.format(**values), saying.fix.format(**values)


def _second_colon(here: Mark, line: str) -> tuple[Mark, str, str]:
    """The commonest fault: a colon and a space in words that are not in quotes."""
    key = _KEY.match(line)
    if key and key.end() <= here.column:
        return (
            here,
            f"the value of “{key[1]}” has a colon in it, so it cannot be read without quotes",
            f"write {_quoted(line)}",
        )
    if key:
        return (
            here,
            "this line is indented more than the line it belongs with",
            "begin the keys of a block at the same column",
        )
    return (
        here,
        "there is a colon in these words, so they cannot be read without quotes",
        f"write {_quoted(line)}",
    )


def _quoted(line: str, *, single: bool = False) -> str:
    """The line as it has to be written: its value in quotes."""
    match = _KEY_LINE.match(line)
    if match is None:
        return _FALLBACK
    value = match["value"]
    if single or '"' in value or "\\" in value:
        if value[:1] == value[-1:] == '"' and value.count('"') == 2:
            value = value[1:-1]
        return match["lead"].lstrip() + "'" + value.replace("'", "''") + "'"
    return f'{match["lead"].lstrip()}"{value}"'


def _cut(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else text[:39] + "…"
