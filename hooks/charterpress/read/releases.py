"""The bytes of a frozen release → the Release, and what is wrong with them."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from charterpress.model import (
    MAX_FILE_BYTES,
    TEXT_LISTS,
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
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _
from charterpress.versions import freeze
from charterpress.versions.number.next_version import VERSION

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
RESTORE = N_("a release is never edited: restore the file from git, or from the published version")
_T = TypeVar("_T")


class _InvalidValueError(Exception):
    """A value of the wrong kind. Each caller adds its part of the place as the error propagates."""

    place = ""


def read_release(data: bytes, *, path: str, root: str) -> tuple[Release | None, tuple[Fault, ...]]:
    """The release in the file at `path`, None if it cannot be understood, and the faults. Paths in it are
    those of working files under `root`, so that links in the text resolve. Never raises."""
    line, column = 1, 1
    if sum(map(data.count, (b",", b"[", b"{"))) > MAX_VALUES:
        return None, (
            _unreadable(
                _("it has more than {most} values, as no charter has").format(most=number(MAX_VALUES))
            ),
        )
    try:
        release = _release(json.loads(data.decode()), data, path, root)
    except UnicodeDecodeError:
        message = _("it is not UTF-8 text")
    except json.JSONDecodeError as error:
        message, line, column = _("it is not whole, or not JSON"), error.lineno, error.colno
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets within brackets
        message = _("it is not the JSON of a release")
    except _InvalidValueError as error:
        message = str(error)
        if error.place:
            message = _("{problem} at {place}").format(problem=error, place=error.place.lstrip("."))
    else:
        written = freeze.release_bytes(release)
        return release, () if written == data else (_form_fault(data, written),)
    return None, (_unreadable(message, line, column),)


def _unreadable(message: str, line: int = 1, column: int = 1) -> Fault:
    message = _("this release cannot be read: {message}").format(message=message)
    return Fault(rule="release-unreadable", line=line, column=column, message=message, fix=_(RESTORE))


def _form_fault(data: bytes, written: bytes) -> Fault:
    """The first place where a release is not what the tool would write of the same words."""
    line, fix = 1, _(RESTORE)
    if data.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf") == written:
        message = _("the ends of this release's lines, or its first bytes, are not what was released")
        fix = _("write “charter/releases/* -text” into .gitattributes, and restore the file from git")
    else:
        # Whole beginnings are compared: as a list of lines, a file of empty ones takes hundreds of megabytes.
        same = bisect_left(range(len(data) + 1), x=True, key=lambda end: data[:end] != written[:end]) - 1
        line = data.count(b"\n", 0, same) + 1
        message = _(
            "this release is not as “charter release” writes one: it has been edited, or made by hand"
        )
    return Fault(rule="release-form", line=line, column=1, message=message, fix=fix)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _InvalidValueError(_("there is no text"))
    if len(value) > MAX_FILE_BYTES:
        raise _InvalidValueError(_("there is a text that is longer than a file of a charter may be"))
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise _InvalidValueError(_("there is half a character")) from error
    if not value.isprintable() and (strange := STRANGE.search(value)):
        raise _InvalidValueError(
            _("there is a character that no text has, U+{ord:04X},").format(ord=ord(strange[0]))
        )
    return value


def _matching(pattern: re.Pattern[str], problem: str) -> Callable[[object], str]:
    """A reader of texts that match `pattern`; `problem` is what to say of others."""

    def read(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise _InvalidValueError(_(problem))
        return _text(value)

    return read


_id = _matching(ID, N_("there is no id"))
_version = _matching(VERSION, N_("there is no version"))
_digest = _matching(DIGEST, N_("there is no digest"))


def _title(value: object) -> str:
    if not _text(value).strip():
        raise _InvalidValueError(_("there is no words"))
    return _text(value)


def _format(value: object) -> str:
    if _text(value) != freeze.FORMAT:
        raise _InvalidValueError(
            _("there is an unknown form, “{value}”, which a newer tool may read,").format(value=value)
        )
    return freeze.FORMAT


def _day(value: object) -> str:
    try:
        return date.fromisoformat(_matching(DATE, N_("there is no date"))(value)).isoformat()
    except ValueError as error:
        raise _InvalidValueError(_("there is no date of the calendar")) from error


def _class(value: object) -> Class:
    for each in Class:
        if each == value and each is not Class.NONE:
            return each
    raise _InvalidValueError(_("there is no class of change"))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _InvalidValueError(_("there is neither true nor false"))
    return value


def _or_none(read: Callable[[object], _T], empty: _T) -> Callable[[object], _T]:
    """A reader of what `read` reads, or of null, which means `empty`."""
    return lambda value: empty if value is None else read(value)


def _at(place: str, value: object, read: Callable[[object], _T]) -> _T:
    """What `read` makes of the value at `place`; an error says where."""
    try:
        return read(value)
    except _InvalidValueError as error:
        error.place = place + error.place
        raise


def _list(read: Callable[[object], _T]) -> Callable[[object], tuple[_T, ...]]:
    """A reader of lists whose items `read` reads."""

    def items(value: object) -> tuple[_T, ...]:
        if not isinstance(value, list):
            raise _InvalidValueError(_("there is no list"))
        return tuple(_at(f"[{index}]", item, read) for index, item in enumerate(value))

    return items


def _members(value: object, **readers: Callable[[object], Any]) -> dict[str, Any]:
    """What each of `readers` makes of the member that it is named after (`class_` after “class”)."""
    if not isinstance(value, dict):
        raise _InvalidValueError(_("there is no object"))
    members = {}
    for name, read in readers.items():
        key = name.rstrip("_")
        if key in value:
            members[name] = _at(f".{key}", value[key], read)
        elif key in freeze.OPTIONAL:
            members[name] = freeze.OPTIONAL[key]
        else:
            raise _InvalidValueError(_("there is no “{key}”").format(key=key))
    return members


def _object(made: Callable[..., _T], **readers: Callable[[object], Any]) -> Callable[[object], _T]:
    """A reader of objects that makes what `readers` read of their members into what `made` returns."""
    return lambda value: made(**_members(value, **readers))


_texts = _list(_text)


def _retires(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise _InvalidValueError(_("there is no object"))
    heir = _or_none(_text, "")
    return tuple((_text(key), _at(f".{key}", item, heir)) for key, item in value.items())


def _section(value: object) -> Section:
    if isinstance(value, dict) and "text" not in value:
        members = _members(value, id=_id, items=_texts)
        return Section(**members, text=markdown.bullet_list(members["items"]))
    return Section(**_members(value, id=_id, text=_text))


_reference = _object(Reference, version=_version, sha256=_digest)


def _lists_by_id(value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _InvalidValueError(_("there is no object"))
    return {_text(key): _at(f".{key}", item, _texts) for key, item in value.items()}


def _words_by_id(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise _InvalidValueError(_("there is no object"))
    return tuple((_text(key), _at(f".{key}", item, _text)) for key, item in value.items())


def _note(value: object) -> ChangeNote:
    readers = {"class_": _class, "approved_by": _texts, "retires": _retires, "splits": _lists_by_id}
    readers |= {"covered": _texts, "gives": _lists_by_id, "reasons": _words_by_id}
    members = _members(value, id=_text, principles=_texts, reason=_text, **readers)
    members["gives"] = tuple((giver, heir) for giver, heirs in members["gives"].items() for heir in heirs)
    members["reasons"] = tuple(dict(members["reasons"]).items())
    splits = members.pop("splits")
    members["retires"] = tuple(
        (old, heir) for old, first in members["retires"] for heir in splits.get(old, (first,))
    )
    return ChangeNote(**members)


_retired = _object(Retired, id=_id, title=_title, theme=_id, version=_version, replacements=_list(_id))
_shape = _object(SectionShape, id=_id, heading=_title, binding=_flag, list=_flag)
_behaviour = _object(Behaviour, behaviour=_text, measure=_text, support=_text, interview=_text)
_principle = _object(
    Principle, id=_id, title=_title, summary=_text, sections=_list(_section), behaviours=_list(_behaviour),
    **dict.fromkeys(TEXT_LISTS, _texts), formerly=_texts, since=_version, changed=_version,
)  # fmt: skip
_theme = _object(Theme, id=_id, title=_title, summary=_text, text=_text, principles=_list(_principle))


def _release(value: object, data: bytes, path: str, root: str) -> Release:
    _members(value, format=_format)
    members = _members(
        value, version=_version, date=_day, class_=_class, found=_class,
        previous=_or_none(_reference, None), notes=_list(_note),
    )  # fmt: skip
    charter = _members(
        value, charter=_title, summary=_text, licence=_text, preamble=_text, themes=_list(_theme),
        sections=_list(_shape), questions=_texts, repair=_texts, signatory_kinds=_texts,
    )  # fmt: skip
    charter["title"] = charter.pop("charter")
    charter["themes"] = tuple(_with_paths(theme, root) for theme in charter["themes"])
    return Release(
        **members,
        charter=Charter(**charter, path=f"{root}/charter.yml", preamble_path=f"{root}/preamble.md"),
        **_members(value, retired=_list(_retired)),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        path=path,
    )


def _with_paths(theme: Theme, root: str) -> Theme:
    """`theme` and its principles with the paths of their working files."""
    folder = f"{root}/themes/{theme.id}"
    principles = (replace(each, path=f"{folder}/{each.id}.md") for each in theme.principles)
    return replace(theme, path=f"{folder}/index.md", principles=tuple(principles))
