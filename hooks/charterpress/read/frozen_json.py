"""The values of a frozen file's JSON → what they mean, or where and why they are wrong."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from charterpress.model import MAX_FILE_BYTES, Fault, LanguageStanding
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _
from charterpress.text.languages import is_language_tag
from charterpress.versions.number.next_version import VERSION

DIGEST = re.compile(r"[0-9a-f]{64}")
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MAX_VALUES = 1_000_000
"""Commas and opening brackets, which every value has one of. What has more takes hundreds of megabytes; in
the words of a charter they are rarer than one in ten."""
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What the check asks of an id, which addresses and the names of files are made of."""
MAX_COUNT = 9999
"""Revisions of a translation."""
STRANGE = "[^\t\n\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ufffd\U00010000-\U0010ffff]|[\u061c\u200e\u200f]"
"""Characters that control a program or turn the direction of writing round: the check releases none. It is
compiled when it is needed, which it seldom is."""
RESTORE = N_("a release is never edited: restore the file from git, or from the published version")
T = TypeVar("T")


class InvalidValueError(Exception):
    """A value of the wrong kind. Each caller adds its part of the place as the error propagates."""

    place = ""


def read_text(value: object) -> str:
    """Return a text that a charter may have. This and the others raise InvalidValueError otherwise."""
    if not isinstance(value, str):
        raise InvalidValueError(_("there is no text"))
    if len(value) > MAX_FILE_BYTES:
        raise InvalidValueError(_("there is a text that is longer than a file of a charter may be"))
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InvalidValueError(_("there is half a character")) from error
    if not value.isprintable() and (strange := re.search(STRANGE, value)):
        raise InvalidValueError(
            _("there is a character that no text has, U+{ord:04X},").format(ord=ord(strange[0]))
        )
    return value


def matching(pattern: re.Pattern[str], problem: str) -> Callable[[object], str]:
    """A reader of texts that match `pattern`; `problem` is what to say of others."""

    def read(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise InvalidValueError(_(problem))
        return read_text(value)

    return read


def read_words(value: object) -> str:
    """Return a text that is not empty."""
    if not read_text(value).strip():
        raise InvalidValueError(_("there is no words"))
    return read_text(value)


read_id = matching(ID, N_("there is no id"))
read_version = matching(VERSION, N_("there is no version"))
read_digest = matching(DIGEST, N_("there is no digest"))


def read_day(value: object) -> str:
    """Return a date, as 2026-12-01."""
    try:
        return date.fromisoformat(matching(DATE, N_("there is no date"))(value)).isoformat()
    except ValueError as error:
        raise InvalidValueError(_("there is no date of the calendar")) from error


def read_flag(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise InvalidValueError(_("there is neither true nor false"))
    return value


def read_count(value: object) -> int:
    """Return a whole number from 1."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= MAX_COUNT:
        raise InvalidValueError(_("there is no number from 1"))
    return value


def read_tag(value: object) -> str:
    """Return the code of a language."""
    if not isinstance(value, str) or not is_language_tag(value):
        raise InvalidValueError(_("there is no code of a language"))
    return value


def read_standing(value: object) -> str:
    """Return what a text in a further language counts for."""
    if value not in tuple(LanguageStanding):
        raise InvalidValueError(_("there is neither “binding” nor “courtesy”"))
    return str(value)


def or_none(read: Callable[[object], T], empty: T) -> Callable[[object], T]:
    """A reader of what `read` reads, or of null, which means `empty`."""
    return lambda value: empty if value is None else read(value)


def at_place(place: str, value: object, read: Callable[[object], T]) -> T:
    """What `read` makes of the value at `place`; an error says where."""
    try:
        return read(value)
    except InvalidValueError as error:
        error.place = place + error.place
        raise


def list_of(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """A reader of lists whose items `read` reads."""

    def items(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise InvalidValueError(_("there is no list"))
        return tuple(at_place(f"[{index}]", item, read) for index, item in enumerate(value))

    return items


def read_members(
    value: object, readers: Mapping[str, Callable[[object], Any]], optional: Mapping[str, object]
) -> dict[str, Any]:
    """Return what each of `readers` makes of the member that it is named after (`class_` after “class”); one
    that is left out means what `optional` says."""
    if not isinstance(value, dict):
        raise InvalidValueError(_("there is no object"))
    members = {}
    for name, read in readers.items():
        key = name.rstrip("_")
        if key in value:
            members[name] = at_place(f".{key}", value[key], read)
        elif key in optional:
            members[name] = optional[key]
        else:
            raise InvalidValueError(_("there is no “{key}”").format(key=key))
    return members


class FrozenWords(NamedTuple):
    """What is said of a kind of frozen file: that it cannot be read, is other JSON, has other ends of lines,
    or was not written by the program."""

    unreadable: str
    other: str
    line_ends: str
    by_hand: str


RELEASE_WORDS = FrozenWords(
    unreadable=N_("this release cannot be read: {message}"),
    other=N_("it is not the JSON of a release"),
    line_ends=N_("the ends of this release's lines, or its first bytes, are not what was released"),
    by_hand=N_("this release is not as “charter release” writes one: it has been edited, or made by hand"),
)
TRANSLATION_WORDS = FrozenWords(
    unreadable=N_("this translation cannot be read: {message}"),
    other=N_("it is not the JSON of a translation"),
    line_ends=N_("the ends of this translation's lines, or its first bytes, are not what was published"),
    by_hand=N_(
        "this translation is not as “charter release” writes one: it has been edited, or made by hand"
    ),
)


def read_frozen(
    data: bytes, read: Callable[[object], T], write: Callable[[T], bytes], words: FrozenWords
) -> tuple[T | None, tuple[Fault, ...]]:
    """Return what `read` makes of the JSON in `data`, None if it cannot be understood, and the faults:
    `write` must give the same bytes. `words` are what messages say. Never raises."""
    line, column = 1, 1
    if sum(map(data.count, (b",", b"[", b"{"))) > MAX_VALUES:
        message = _("it has more than {most} values, as no charter has").format(most=number(MAX_VALUES))
        return None, (_unreadable(words, message),)
    try:
        value = read(json.loads(data.decode()))
    except UnicodeDecodeError:
        message = _("it is not UTF-8 text")
    except json.JSONDecodeError as error:
        message, line, column = _("it is not whole, or not JSON"), error.lineno, error.colno
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets within brackets
        message = _(words.other)
    except InvalidValueError as error:
        message = str(error)
        if error.place:
            message = _("{problem} at {place}").format(problem=error, place=error.place.lstrip("."))
    else:
        written = write(value)
        return value, () if written == data else (_form_fault(words, data, written),)
    return None, (_unreadable(words, message, line, column),)


def _unreadable(words: FrozenWords, message: str, line: int = 1, column: int = 1) -> Fault:
    message = _(words.unreadable).format(message=message)
    return Fault(rule="release-unreadable", line=line, column=column, message=message, fix=_(RESTORE))


def _form_fault(words: FrozenWords, data: bytes, written: bytes) -> Fault:
    """The first place where a file is not what the tool would write of the same words."""
    line, message, fix = 1, _(words.by_hand), _(RESTORE)
    if data.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf") == written:
        message = _(words.line_ends)
        fix = _("write “charter/releases/* -text” into .gitattributes, and restore the file from git")
    else:
        # Whole beginnings are compared: as a list of lines, a file of empty ones takes hundreds of megabytes.
        same = bisect_left(range(len(data) + 1), x=True, key=lambda end: data[:end] != written[:end]) - 1
        line = data.count(b"\n", 0, same) + 1
    return Fault(rule="release-form", line=line, column=1, message=message, fix=fix)
