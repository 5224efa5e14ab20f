"""YAML's errors → messages for an editor, with the line to write instead."""

from __future__ import annotations

import re
from typing import NamedTuple

from yaml.error import Mark, MarkedYAMLError

from charterpress.model import Fault
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

RULE = "front-matter-unreadable"

_KEY_LINE = re.compile(r"(?P<lead>\s*(?:- +)*(?:[\w-]+: +)?)(?P<value>\S.*?)\s*$")
_KEY = re.compile(r"\s*(?:- +)*([\w-]+): ")
_TYPOGRAPHIC = re.compile(r"[“”„«»](?P<words>[^“”„«»]+)[“”«»]|[‘’‚‹›](?P<single>[^‘‚‹›]+)[’‘‹›]")
"""A value in quotation marks that are none to YAML."""
_LISTS = """
themes required style sections questions repair signatory_kinds principles behaviours plain sources formerly
approved_by signed distinct_from accepted reports start_words
"""
LISTS = frozenset(_LISTS.split())
"""Keys that hold a list."""
_KEYS = """
title summary licence owner principles_per_theme id heading binding list behaviour measure support interview
version date role link class retires covered_by gives reasons name name_latin kind area website registration
pledge withdrawn note part_of succeeded_by branches count language languages contact email post reporting
grace published principle answer evidence not-due not-asked
"""
_WORDS = frozenset(["from", "to", "every", "words", "due", "reported", "overdue", "never"])
"""Keys that lines of a text begin with as well."""
KEYS = LISTS | _WORDS | frozenset(_KEYS.split())
"""The keys of all files."""
_SLIP = re.compile(
    rf"(?P<lead>\s*(?:- +)*)(?P<key>{'|'.join(sorted(KEYS, key=len, reverse=True))})"
    r"(?P<sign>:(?=[^\s/])|\s*：\s*|\s*=\s*|\s+[-–—]\s+|[ \t]+(?=[^\s:]))(?P<value>.*\S)\s*",
    re.IGNORECASE,
)
"""A line in which a known key has no colon and space after it."""
_STAR = re.compile(r"\s*\*[ \t]+(.*\S)\s*")
_LIST_IN_LINE = re.compile(r"\s*(?:- +)*([a-z_]+): +- +(.*\S)\s*")
_QUOTED = re.compile(r"""^[-?:,\[\]{}#&*!|>'"%@`]|: | #|:$|["“”]""")
_NO_CHARACTER = re.compile(r"\\U(?!000|0010)[0-9A-Fa-f]{8}")
_FALLBACK = N_(
    "write each line as “key: value”, and put a value that has : or # in it, or begins with a sign, in quotes"
)


class _Explanation(NamedTuple):
    """What to say instead of what PyYAML says, and parts of that. {sign} is the character at the place;
    {double} and {single} are the line with its value in such quotes; {words} are the line."""

    message: str
    fix: str
    problem: str = ""
    context: str = ""
    at_start: bool = False
    """Whether the place is where the thing began, and not where it broke off."""


_BRACKET = N_("the bracket that opens here is not closed, or a comma is missing")
_SIGN = (N_("a value cannot begin with “{sign}” without quotes"), N_("write {double}"))
_EXPLANATIONS = (
    _Explanation(
        N_("“{words}” has no colon after a key"),
        N_("write “key: value”; to go on with a value, set the line further in"),
        problem="could not find expected ':'",
        at_start=True,
    ),
    _Explanation(
        N_("a backslash in double quotes has a meaning of its own"), N_("write {single}"), problem="escape"
    ),
    _Explanation(
        N_("the quotation mark that opens here is not closed"),
        N_("put the same mark at the end of the value"),
        context="quoted scalar",
        at_start=True,
    ),
    _Explanation(
        _BRACKET,
        N_("close it with “]”, with a comma between items; put an item with , : [ or ] in it in quotes"),
        context="flow sequence",
        at_start=True,
    ),
    _Explanation(
        _BRACKET,
        N_("close it with “}}”; to write curly brackets as words, put the whole value in quotes"),
        context="flow mapping",
        at_start=True,
    ),
    _Explanation(
        N_("a list cannot begin on the same line as its key"),
        N_("begin each item on a line of its own, with “- ” before it"),
        problem="sequence entries are not allowed",
    ),
    _Explanation(N_("there is a tab here"), N_("indent with spaces"), problem="'\\t'"),
    _Explanation(*_SIGN, problem="cannot start any token", at_start=True),
    *(
        _Explanation(*_SIGN, context=context, at_start=True)
        for context in ("an alias", "an anchor", "a tag", "a directive", "a block scalar")
    ),
    _Explanation(
        N_("this line is indented less than the lines it belongs with"),
        N_("begin the keys, and the items of a list, at the same column"),
        problem="<block end>",
    ),
    _Explanation(N_("this line cannot be read"), _FALLBACK),
)


def explain(error: Exception, lines: list[str], first_line: int) -> Fault:
    """The fault that `error`, raised on reading `lines`, comes to. `lines[0]` is line `first_line` of the
    file."""
    if isinstance(error, MarkedYAMLError):
        last = error.problem_mark.line + 1 if error.problem_mark else len(lines)
        if slip := explain_key(lines[:last], first_line):
            return slip
        mark, message, fix = _explain(error, lines)
        row = min(mark.line, len(lines) - 1) if mark else 0
        column = mark.column if mark and mark.line == row else len(lines[row]) if lines else 0
    else:
        message, fix = _("there is a code here that stands for no character"), _("write the character itself")
        codes = ((row, _NO_CHARACTER.search(line)) for row, line in enumerate(lines))
        row, column = next(((row, code.start()) for row, code in codes if code), (0, 0))
    return Fault(rule=RULE, line=first_line + row, column=column + 1, message=message, fix=fix)


def explain_key(lines: list[str], first_line: int) -> Fault | None:
    """Return the fault of the first of `lines` in which a key has no colon and space after it, or None."""
    for number, line in enumerate(lines, first_line):
        match = _SLIP.fullmatch(line)
        if match and not (match["sign"].isspace() and _is_text(line, match["key"])):
            lead, key, value = match["lead"], match["key"].lower(), match["value"]
            fix = _("write {words}").format(words=quoted_line(f"{lead}{key}: {value}"))
            if not lead.strip() and not _QUOTED.search(value):
                fix = _("write “{key}: {value}”").format(key=key, value=value)
            message = _("there is no colon with a space after “{key}”").format(key=match["key"])
            return Fault(rule=RULE, line=number, column=match.end("key") + 1, message=message, fix=fix)
    return None


def _is_text(line: str, key: str) -> bool:
    """Whether a line that begins with a key and a space may be a line of a text."""
    return line[:1].isspace() or bool(_KEY.match(line)) or key.lower() in _WORDS


def _explain(error: MarkedYAMLError, lines: list[str]) -> tuple[Mark | None, str, str]:
    """Where the fault lies, what is wrong, and what to write."""
    problem, context, here = error.problem or "", error.context or "", error.problem_mark
    line = lines[here.line] if here and here.line < len(lines) else ""
    if here and "mapping values are not allowed" in problem:
        return here, *_explain_second_colon(here, line)
    if here and "<block end>" in problem and line[: here.column].rstrip().endswith(('"', "'")):
        fix = _("write {words}").format(words=quoted_line(line, single=True))
        return here, _("there are more words after the closing quotation mark"), fix
    if here and (item := _STAR.fullmatch(line)) and context == "while scanning an alias":
        return (
            here,
            _("an item of a list begins with a hyphen and a space"),
            _("write {words}").format(words=quoted_line(f"- {item[1]}")),
        )
    inline = _LIST_IN_LINE.fullmatch(line) if "sequence entries" in problem else None
    if inline and inline[1] in KEYS - LISTS:
        fix = _("write {words}").format(words=quoted_line(f"{inline[1]}: {inline[2]}"))
        return (
            here,
            _("“{inline}” is not a list, so no hyphen comes before its words").format(inline=inline[1]),
            fix,
        )
    explanation = next(each for each in _EXPLANATIONS if each.problem in problem and each.context in context)
    place = (error.context_mark or here) if explanation.at_start else (here or error.context_mark)
    line = lines[place.line] if place and place.line < len(lines) else ""
    values = {
        "sign": line[place.column] if place and place.column < len(line) else "",
        "words": line.strip() if len(line.strip()) <= 40 else f"{line.strip()[:39]}…",
        "double": quoted_line(line),
        "single": quoted_line(line, single=True),
    }
    return place, _(explanation.message).format(**values), _(explanation.fix).format(**values)


def _explain_second_colon(here: Mark, line: str) -> tuple[str, str]:
    """The commonest fault: a colon and a space in words that are not in quotes."""
    key, fix = _KEY.match(line), _("write {words}").format(words=quoted_line(line))
    if not key:
        return _("there is a colon in these words, so they cannot be read without quotes"), fix
    if key.end() <= here.column:
        return _("the value of “{key}” has a colon in it, so it cannot be read without quotes").format(
            key=key[1]
        ), fix
    message = _("this line is indented more than the line it belongs with")
    return message, _("begin the keys of a block at the same column")


def quoted_line(line: str, *, single: bool = False) -> str:
    """The line as it has to be written: its value in quotes."""
    match = _KEY_LINE.match(line)
    if match is None:
        return _(_FALLBACK)
    value = match["value"]
    if wrapped := _TYPOGRAPHIC.fullmatch(value):
        value = wrapped["words"] or wrapped["single"]
    if single or '"' in value or "\\" in value:
        if value[:1] == value[-1:] == '"' and value.count('"') == 2:
            value = value[1:-1]
        return match["lead"].lstrip() + "'" + value.replace("'", "''") + "'"
    return f'{match["lead"].lstrip()}"{value}"'
