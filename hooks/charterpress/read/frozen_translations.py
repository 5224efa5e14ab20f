"""The bytes of a published translation → the FrozenTranslation, and what is wrong with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from charterpress.model import Fault, FrozenTranslation
from charterpress.read.frozen_json import (
    TRANSLATION_WORDS,
    InvalidValueError,
    list_of,
    or_none,
    read_count,
    read_day,
    read_digest,
    read_frozen,
    read_members,
    read_standing,
    read_tag,
    read_text,
    read_version,
    read_words,
)
from charterpress.text.interface import gettext as _
from charterpress.versions.translations.frozen import FORMAT, translation_bytes

_NAME = re.compile(r"\d+\.\d+\.\d+\.[A-Za-z][A-Za-z0-9-]*\.\d+\.json", re.ASCII)
_UNIT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9_-]+)+")
_HEAD_BYTES = 200
"""Bytes within which a translation says that it is one."""


def is_translation(name: str, data: bytes) -> bool:
    """Whether a file of releases/ is that of a translation, by its name or by what it says of itself."""
    return bool(_NAME.fullmatch(name)) or f'"{FORMAT}"'.encode() in data[:_HEAD_BYTES]


def read_frozen_translation(data: bytes, *, path: str) -> tuple[FrozenTranslation | None, tuple[Fault, ...]]:
    """Return the translation in the file at `path`, None if it cannot be understood, and the faults. Never
    raises."""

    def read(value: object) -> FrozenTranslation:
        return _translation(value, data, path)

    return read_frozen(data, read, translation_bytes, TRANSLATION_WORDS)


def _members(value: object, **readers: Callable[[object], Any]) -> dict[str, Any]:
    return read_members(value, readers, {"reason": ""})


def _format(value: object) -> str:
    if read_text(value) != FORMAT:
        raise InvalidValueError(
            _("there is an unknown form, “{value}”, which a newer tool may read,").format(value=value)
        )
    return FORMAT


def _unit_id(value: object) -> str:
    if not isinstance(value, str) or not _UNIT.fullmatch(value):
        raise InvalidValueError(_("there is no id of a unit"))
    return value


def _unit(value: object) -> tuple[str, str, str]:
    members = _members(value, id=_unit_id, source=read_digest, text=read_words)
    return members["id"], members["source"], members["text"]


def _reference(value: object) -> dict[str, Any]:
    return _members(value, version=read_version, sha256=read_digest)


def _revision(value: object) -> dict[str, Any]:
    return _members(value, revision=read_count, sha256=read_digest)


def _translation(value: object, data: bytes, path: str) -> FrozenTranslation:
    _members(value, format=_format)
    members = _members(
        value,
        release=_reference,
        language=read_tag,
        revision=read_count,
        standing=read_standing,
        date=read_day,
        previous=or_none(_revision, None),
        reason=read_text,
        units=list_of(_unit),
    )
    release, previous, read_units = (members.pop(key) for key in ("release", "previous", "units"))
    if len({id for id, _, _ in read_units}) < len(read_units):
        raise InvalidValueError(_("there is a unit twice among the units"))
    return FrozenTranslation(
        **members,
        version=release["version"],
        release_sha256=release["sha256"],
        previous=previous["sha256"] if previous else "",
        texts=tuple((id, text) for id, _, text in read_units),
        sources=tuple((id, source) for id, source, _ in read_units),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        path=path,
    )
