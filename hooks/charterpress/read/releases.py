"""The bytes of a frozen release → the Release, and what is wrong with them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from charterpress.model import (
    TEXT_LISTS,
    Behaviour,
    ChangeNote,
    Charter,
    Class,
    Fault,
    Interval,
    Principle,
    Reference,
    Release,
    Reporting,
    Retired,
    Section,
    SectionShape,
    Theme,
    TranslationReference,
)
from charterpress.read.frozen_json import (
    RELEASE_WORDS,
    InvalidValueError,
    at_place,
    list_of,
    or_none,
    read_count,
    read_day,
    read_digest,
    read_flag,
    read_frozen,
    read_id,
    read_members,
    read_standing,
    read_tag,
    read_text,
    read_version,
    read_words,
)
from charterpress.read.intervals import parse_interval
from charterpress.text import markdown
from charterpress.text.interface import gettext as _
from charterpress.versions import freeze

_T = TypeVar("_T")


def read_release(data: bytes, *, path: str, root: str) -> tuple[Release | None, tuple[Fault, ...]]:
    """The release in the file at `path`, None if it cannot be understood, and the faults. Paths in it are
    those of working files under `root`, so that links in the text resolve. Never raises."""

    def read(value: object) -> Release:
        return _release(value, data, path, root)

    return read_frozen(data, read, freeze.release_bytes, RELEASE_WORDS)


def _format(value: object) -> str:
    if read_text(value) != freeze.FORMAT:
        raise InvalidValueError(
            _("there is an unknown form, “{value}”, which a newer tool may read,").format(value=value)
        )
    return freeze.FORMAT


def _class(value: object) -> Class:
    for each in Class:
        if each == value and each is not Class.NONE:
            return each
    raise InvalidValueError(_("there is no class of change"))


def _members(value: object, **readers: Callable[[object], Any]) -> dict[str, Any]:
    """What each of `readers` makes of the member that it is named after."""
    return read_members(value, readers, freeze.OPTIONAL)


def _object(made: Callable[..., _T], **readers: Callable[[object], Any]) -> Callable[[object], _T]:
    """A reader of objects that makes what `readers` read of their members into what `made` returns."""
    return lambda value: made(**_members(value, **readers))


_texts = list_of(read_text)


def _language(value: object) -> tuple[str, str]:
    members = read_members(value, {"language": read_tag, "standing": read_standing}, {})
    return members["language"], members["standing"]


def _languages(value: object) -> tuple[tuple[str, str], ...]:
    languages = list_of(_language)(value)
    if len(dict(languages)) < len(languages):
        raise InvalidValueError(_("there is a language twice"))
    return languages


def _interval(value: object) -> Interval:
    interval = parse_interval(read_text(value))
    if interval is None or str(interval) != value:
        raise InvalidValueError(_("there is no length of time, such as “12 months” or “90 days”,"))
    return interval


def _reporting(value: object) -> Reporting:
    return Reporting(**read_members(value, {"every": _interval, "grace": _interval}, {"grace": Interval()}))


def _retires(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise InvalidValueError(_("there is no object"))
    heir = or_none(read_text, "")
    return tuple((read_text(key), at_place(f".{key}", item, heir)) for key, item in value.items())


def _section(value: object) -> Section:
    if isinstance(value, dict) and "text" not in value:
        members = _members(value, id=read_id, items=_texts)
        return Section(**members, text=markdown.bullet_list(members["items"]))
    return Section(**_members(value, id=read_id, text=read_text))


def _translation(value: object) -> TranslationReference:
    readers = {"language": read_tag, "revision": read_count, "sha256": read_digest}
    return TranslationReference(**read_members(value, readers, {}))


_reference = _object(Reference, version=read_version, sha256=read_digest, translations=list_of(_translation))


def _lists_by_id(value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise InvalidValueError(_("there is no object"))
    return {read_text(key): at_place(f".{key}", item, _texts) for key, item in value.items()}


def _words_by_id(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise InvalidValueError(_("there is no object"))
    return tuple((read_text(key), at_place(f".{key}", item, read_text)) for key, item in value.items())


def _note(value: object) -> ChangeNote:
    readers = {"class_": _class, "approved_by": _texts, "retires": _retires, "splits": _lists_by_id}
    readers |= {"covered": _texts, "gives": _lists_by_id, "reasons": _words_by_id}
    members = _members(value, id=read_text, principles=_texts, reason=read_text, **readers)
    members["gives"] = tuple((giver, heir) for giver, heirs in members["gives"].items() for heir in heirs)
    members["reasons"] = tuple(dict(members["reasons"]).items())
    splits = members.pop("splits")
    members["retires"] = tuple(
        (old, heir) for old, first in members["retires"] for heir in splits.get(old, (first,))
    )
    return ChangeNote(**members)


_retired = _object(
    Retired, id=read_id, title=read_words, theme=read_id, version=read_version, replacements=list_of(read_id)
)
_shape = _object(SectionShape, id=read_id, heading=read_words, binding=read_flag, list=read_flag)
_behaviour = _object(
    Behaviour, behaviour=read_text, measure=read_text, support=read_text, interview=read_text
)
_principle = _object(
    Principle,
    id=read_id,
    title=read_words,
    summary=read_text,
    sections=list_of(_section),
    behaviours=list_of(_behaviour),
    **dict.fromkeys(TEXT_LISTS, _texts),
    formerly=_texts,
    since=read_version,
    changed=read_version,
)
_theme = _object(
    Theme, id=read_id, title=read_words, summary=read_text, text=read_text, principles=list_of(_principle)
)


def _release(value: object, data: bytes, path: str, root: str) -> Release:
    _members(value, format=_format)
    members = _members(
        value,
        version=read_version,
        date=read_day,
        class_=_class,
        found=_class,
        previous=or_none(_reference, None),
        notes=list_of(_note),
    )
    charter = _members(
        value,
        charter=read_words,
        summary=read_text,
        licence=read_text,
        preamble=read_text,
        themes=list_of(_theme),
        sections=list_of(_shape),
        questions=_texts,
        repair=_texts,
        signatory_kinds=_texts,
        language=read_tag,
        languages=_languages,
        reporting=_reporting,
    )
    charter["title"] = charter.pop("charter")
    charter["themes"] = tuple(_with_paths(theme, root) for theme in charter["themes"])
    return Release(
        **members,
        charter=Charter(**charter, path=f"{root}/charter.yml", preamble_path=f"{root}/preamble.md"),
        **_members(value, retired=list_of(_retired)),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        path=path,
    )


def _with_paths(theme: Theme, root: str) -> Theme:
    """`theme` and its principles with the paths of their working files."""
    folder = f"{root}/themes/{theme.id}"
    principles = (replace(each, path=f"{folder}/{each.id}.md") for each in theme.principles)
    return replace(theme, path=f"{folder}/index.md", principles=tuple(principles))
