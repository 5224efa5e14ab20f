"""The bytes of a frozen release → the Release, and what is wrong with them."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from charterpress.model import (
    MAX_FILE_BYTES,
    Behaviour,
    ChangeNote,
    Charter,
    Class,
    Fault,
    Principle,
    Reference,
    Release,
    Retired,
    Section,
    SectionShape,
    Theme,
)
from charterpress.text import markdown
from charterpress.versions import freeze

VERSION = re.compile(r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)", re.ASCII)
DIGEST = re.compile(r"[0-9a-f]{64}")
DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MAX_VALUES = 1_000_000
"""Commas and opening brackets, which every value has one of. What has more takes hundreds of megabytes; in
the words of a charter they are rarer than one in ten."""
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What the check asks of an id, which addresses and the names of files are made of."""
STRANGE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ufffd\U00010000-\U0010ffff]|[\u061c\u200e\u200f]"
)
"""Characters that control a program or turn the direction of writing round: the check releases none."""
RESTORE = "a release is never edited: restore the file from git, or from the published version"
_T = TypeVar("_T")


class _Wrong(Exception):  # noqa: N818 - it says what is wrong, and never leaves this module
    """A value of the wrong kind. Each caller adds its part of the place as the error propagates."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place


def read_release(data: bytes, *, path: str, root: str) -> tuple[Release | None, tuple[Fault, ...]]:
    """The release in the file at `path`, None if it cannot be understood, and the faults. Paths in it are
    those of working files under `root`, so that links in the text resolve. Never raises."""
    if sum(map(data.count, (b",", b"[", b"{"))) > MAX_VALUES:
        return None, (_unreadable(f"it has more than {MAX_VALUES:,} values, as no charter has"),)
    try:
        release = _release(json.loads(data.decode()), data, path, root)
    except UnicodeDecodeError:
        return None, (_unreadable("it is not UTF-8 text"),)
    except json.JSONDecodeError as error:
        return None, (_unreadable("it is not whole, or not JSON", line=error.lineno, column=error.colno),)
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets within brackets
        return None, (_unreadable("it is not the JSON of a release"),)
    except _Wrong as wrong:
        where = f" at {wrong.place.lstrip('.')}" if wrong.place else ""
        return None, (_unreadable(f"there is {wrong.message}{where}"),)
    return release, () if (written := freeze.release_bytes(release)) == data else (_form(data, written),)


def _unreadable(message: str, *, line: int = 1, column: int = 1) -> Fault:
    message = f"this release cannot be read: {message}"
    return Fault(rule="release-unreadable", line=line, column=column, message=message, fix=RESTORE)


def _form(data: bytes, written: bytes) -> Fault:
    """The first place where a release is not what the tool would write of the same words."""
    if data.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf") == written:
        message = "the ends of this release's lines, or its first bytes, are not what was released"
        fix = "write “charter/releases/* -text” into .gitattributes, and restore the file from git"
        return Fault(rule="release-form", line=1, column=1, message=message, fix=fix)
    # Whole beginnings are compared: as a list of lines, a file of empty ones takes hundreds of megabytes.
    same = bisect_left(range(len(data) + 1), x=True, key=lambda end: data[:end] != written[:end]) - 1
    line = data.count(b"\n", 0, same) + 1
    message = "this release is not as “charter release” writes one: it has been edited, or made by hand"
    return Fault(rule="release-form", line=line, column=1, message=message, fix=RESTORE)


# --- Small getters -----------------------------------------------------------------------------------


def _text(value: object, form: re.Pattern[str] | None = None, called: str = "") -> str:
    if not isinstance(value, str) or (form and not form.fullmatch(value)):
        raise _Wrong(f"no {called or 'text'}")
    if len(value) > MAX_FILE_BYTES:
        raise _Wrong("a text that is longer than a file of a charter may be")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise _Wrong("half a character") from error
    if not value.isprintable() and (strange := STRANGE.search(value)):
        raise _Wrong(f"a character that no text has, U+{ord(strange[0]):04X},")
    return value


def _title(value: object) -> str:
    if not _text(value).strip():
        raise _Wrong("no words")
    return _text(value)


def _id(value: object) -> str:
    return _text(value, ID, "id")


def _format(value: object) -> str:
    form = _text(value)
    if form != freeze.FORMAT:
        raise _Wrong(f"an unknown form, “{form}”, which a newer tool may read,")
    return form


def _version(value: object) -> str:
    return _text(value, VERSION, "version")


def _day(value: object) -> str:
    try:
        return date.fromisoformat(_text(value, DATE, "date")).isoformat()
    except ValueError as error:
        raise _Wrong("no date of the calendar") from error


def _class(value: object) -> Class:
    found = next((each for each in Class if each == value and each is not Class.NONE), None)
    if found is None:
        raise _Wrong("no class of change")
    return found


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("neither true nor false")
    return value


def _get(values: object, key: str, read: Callable[[object], _T]) -> _T:
    """What `read` makes of the value at `key`; an error says where."""
    if not isinstance(values, dict):
        raise _Wrong("no object")
    if key not in values:
        raise _Wrong(f"no “{key}”")
    return _at(f".{key}", values[key], read)


def _has(values: object, key: str) -> bool:
    """Whether there is a value at a key that came after the first releases, and is written only where it says
    something."""
    return isinstance(values, dict) and key in values


def _at(place: str, value: object, read: Callable[[object], _T]) -> _T:
    try:
        return read(value)
    except _Wrong as wrong:
        wrong.place = place + wrong.place
        raise


def _list(read: Callable[[object], _T]) -> Callable[[object], tuple[_T, ...]]:
    """A reader of lists whose items `read` reads."""

    def items(value: object) -> tuple[_T, ...]:
        if not isinstance(value, list):
            raise _Wrong("no list")
        return tuple(_at(f"[{index}]", item, read) for index, item in enumerate(value))

    return items


_texts = _list(_text)
_ids = _list(_id)


# --- What a release is made of -----------------------------------------------------------------------


def _release(values: object, data: bytes, path: str, root: str) -> Release:
    _get(values, "format", _format)
    return Release(
        version=_get(values, "version", _version),
        date=_get(values, "date", _day),
        class_=_get(values, "class", _class),
        found=_get(values, "found", _class),
        previous=_get(values, "previous", lambda value: None if value is None else _reference(value)),
        notes=_get(values, "notes", _list(_note)),
        charter=_charter(values, root),
        retired=_get(values, "retired", _list(_retired)),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        path=path,
    )


def _reference(values: object) -> Reference:
    return Reference(
        version=_get(values, "version", _version),
        sha256=_get(values, "sha256", lambda value: _text(value, DIGEST, "digest")),
    )


def _note(values: object) -> ChangeNote:
    return ChangeNote(
        id=_get(values, "id", _text),
        principles=_get(values, "principles", _texts),
        class_=_get(values, "class", _class),
        reason=_get(values, "reason", _text),
        approved_by=_get(values, "approved_by", _texts),
        retires=_get(values, "retires", _pairs),
    )


def _pairs(values: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(values, dict):
        raise _Wrong("no object")
    return tuple((_text(key), _at(f".{key}", value, _or_none)) for key, value in values.items())


def _or_none(value: object) -> str:
    """A text, which is null where it is empty."""
    return "" if value is None else _text(value)


def _retired(values: object) -> Retired:
    return Retired(
        id=_get(values, "id", _id),
        title=_get(values, "title", _title),
        theme=_get(values, "theme", _id),
        version=_get(values, "version", _version),
        replacements=_get(values, "replacements", _ids),
    )


def _charter(values: object, root: str) -> Charter:
    return Charter(
        title=_get(values, "charter", _title),
        summary=_get(values, "summary", _text),
        licence=_get(values, "licence", _text),
        preamble=_get(values, "preamble", _text),
        themes=_get(values, "themes", _list(lambda value: _theme(value, root))),
        sections=_get(values, "sections", _list(_shape)),
        questions=_get(values, "questions", _texts),
        repair=_get(values, "repair", _texts) if _has(values, "repair") else (),
        signatory_kinds=_get(values, "signatory_kinds", _texts),
        path=f"{root}/charter.yml",
        preamble_path=f"{root}/preamble.md",
    )


def _shape(values: object) -> SectionShape:
    return SectionShape(
        id=_get(values, "id", _id),
        heading=_get(values, "heading", _title),
        binding=_get(values, "binding", _flag),
        list=_get(values, "list", _flag),
    )


def _theme(values: object, root: str) -> Theme:
    id = _get(values, "id", _id)
    folder = f"{root}/themes/{id}"
    return Theme(
        id=id,
        title=_get(values, "title", _title),
        summary=_get(values, "summary", _text),
        text=_get(values, "text", _text),
        principles=_get(values, "principles", _list(lambda value: _principle(value, folder))),
        path=f"{folder}/index.md",
    )


def _principle(values: object, folder: str) -> Principle:
    id = _get(values, "id", _id)
    return Principle(
        id=id,
        title=_get(values, "title", _title),
        summary=_get(values, "summary", _text),
        sections=_get(values, "sections", _list(_section)),
        plain=_get(values, "plain", _texts) if _has(values, "plain") else (),
        behaviours=_get(values, "behaviours", _list(_behaviour)),
        questions=_get(values, "questions", _texts),
        sources=_get(values, "sources", _texts),
        formerly=_get(values, "formerly", _texts),
        path=f"{folder}/{id}.md",
        since=_get(values, "since", _version),
        changed=_get(values, "changed", _version),
    )


def _section(values: object) -> Section:
    id = _get(values, "id", _id)
    if isinstance(values, dict) and "text" not in values:
        items = _get(values, "items", _texts)
        return Section(id=id, text=markdown.bullet_list(items), items=items)
    return Section(id=id, text=_get(values, "text", _text))


def _behaviour(values: object) -> Behaviour:
    return Behaviour(
        behaviour=_get(values, "behaviour", _text),
        measure=_get(values, "measure", _text),
        support=_get(values, "support", _text),
        interview=_get(values, "interview", _text) if _has(values, "interview") else "",
    )
