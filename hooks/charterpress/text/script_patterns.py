"""A regular expression of Python → the same for a browser.

The two differ in what letters, digits and spaces are: Python takes all of Unicode (`re`, “Regular Expression
Syntax”), JavaScript those of ASCII alone (ECMA-262, 22.2.2.9) unless they are asked for by property."""

from __future__ import annotations

import re

_SPACES = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Python's `str.isspace` says is space."""
_CLASSES = {"w": r"\p{L}\p{N}_", "d": r"\p{Nd}", "s": _SPACES}
_NEGATED = {
    r"[^\W\d_]": r"[\p{L}\p{Nl}\p{No}]",
    r"[^\W_]": r"[\p{L}\p{N}]",
    r"[^\W\d]": r"[\p{L}\p{Nl}\p{No}_]",
}
"""The classes of all letters, and of all letters and digits, as Python writes them."""
_TOKEN = re.compile(r"\[\^\\W(?:\\d)?_?\]|\\.|\(\?P<|.", re.DOTALL)
_WORD = r"[\p{L}\p{N}_]"
_BOUNDARY = f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))"
"""Where a word begins or ends."""
_SYNTAX = frozenset(r"^$\.*+?()[]{}|/")
"""The characters that JavaScript allows a backslash before."""


def script_pattern(pattern: re.Pattern[str]) -> tuple[str, str]:
    """Return the source of `pattern` for JavaScript's RegExp, and its flags. Raises ValueError for what is
    written in it that is not known here."""
    if pattern.flags & (re.VERBOSE | re.ASCII):
        raise ValueError(f"{pattern.pattern!r} has flags that a browser does not know")
    parts: list[str] = []
    in_class = False
    for part in _TOKEN.findall(pattern.pattern):
        if part in _NEGATED and not in_class:
            parts.append(_NEGATED[part])
        elif part == "(?P<":
            parts.append("(?<")
        elif part.startswith("\\"):
            parts.append(_escape(part[1], in_class=in_class))
        elif part.startswith("[^\\W"):
            raise ValueError(f"{part} is a class that is not known here")
        elif in_class and part in "[(){}|/":
            parts.append(f"\\{part}")
        else:
            in_class = part == "[" or (in_class and part != "]")
            parts.append(part)
    flags = "u" + "".join(
        name
        for flag, name in ((re.IGNORECASE, "i"), (re.MULTILINE, "m"), (re.DOTALL, "s"))
        if pattern.flags & flag
    )
    return "".join(parts), flags


def _escape(letter: str, *, in_class: bool) -> str:
    if letter in _CLASSES:
        return _CLASSES[letter] if in_class else f"[{_CLASSES[letter]}]"
    if letter == "b" and not in_class:
        return _BOUNDARY
    if letter in "WDS" and not in_class:
        return f"[^{_CLASSES[letter.lower()]}]"
    if letter.isdigit() or letter in "tnrfvux" or letter in _SYNTAX or (letter == "-" and in_class):
        return f"\\{letter}"
    if letter.isalpha():
        raise ValueError(f"\\{letter} is not known here")
    return letter
