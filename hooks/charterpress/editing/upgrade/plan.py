"""What `charter init` wrote, what a newer version would write, and what is there → what an upgrade does."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from enum import StrEnum

from charterpress.editing.starter.repository import SOURCE
from charterpress.model.errors import CharterError
from charterpress.text.interface import gettext as _

UNTOUCHED = (f"{SOURCE}/", "docs/")
"""Folders whose files are their people's words: an upgrade neither reads nor writes them."""
_STEP = re.compile(r"[^\x00-\x1f\x7f\\:*?\"<>|/]{1,255}")
_RESERVED = frozenset((".", "..", ".git"))


class Action(StrEnum):
    """What an upgrade does with a file; the value is how it is listed."""

    ADD = "add"
    UPDATE = "update"
    MERGE = "merge"
    REMOVE = "remove"
    LEAVE = "leave"


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What is at a path: the bytes of a file, None for nothing, or, in `blocked`, why it is not a file that
    an upgrade may write."""

    data: bytes | None = None
    blocked: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileChange:
    """What an upgrade does with the file `path`: its bytes `after`, None if it is removed or left. `why` is a
    remark for people; `shown` are the old and the new text of the change that they should see."""

    path: str
    action: Action
    after: bytes | None = None
    why: str = ""
    shown: tuple[bytes, bytes] = (b"", b"")


@dataclass(frozen=True, kw_only=True, slots=True)
class Repository:
    """What an upgrade asks of a repository. `found` gives what is at a path; `original` the bytes that a path
    once had, by their digest, or None if nobody knows them any more; `merge` an original with the changes of
    two texts made of it, or None if they conflict."""

    found: Callable[[str], Found]
    original: Callable[[str, str], bytes | None]
    merge: Callable[[bytes, bytes, bytes], bytes | None]


def plan_upgrade(
    written: Mapping[str, str], new: Mapping[str, bytes], repository: Repository
) -> tuple[FileChange, ...]:
    """Return what an upgrade does, by path. `written` has the digest of every file that was written, `new`
    the bytes that this version would write. A file that nobody changed is brought up to date, one that
    somebody changed is merged or left, and one that somebody deleted stays away. Raises CharterError for a
    path that leads out of the repository."""
    changes: list[FileChange | None] = []
    for path in sorted({*written, *new}):
        require_inside(path)
        if path.startswith(UNTOUCHED) or digest(new.get(path)) == written.get(path):
            continue
        found, before, after = repository.found(path), written.get(path, ""), new.get(path)
        if found.blocked:
            changes.append(FileChange(path=path, action=Action.LEAVE, why=found.blocked))
        elif found.data is None:
            changes.append(_missing(path, before, after))
        elif after is None:
            changes.append(_no_longer_written(path, before, found.data))
        else:
            changes.append(_rewritten(path, before, found.data, after, repository))
    return tuple(filter(None, changes))


def digests_after(
    written: Mapping[str, str], new: Mapping[str, bytes], left: Container[str]
) -> dict[str, str]:
    """Return the digests of a record after an upgrade: those of the files that this version would write, but
    for the paths in `left`, which are as before."""
    kept = {path: each for path, each in written.items() if path in left or path.startswith(UNTOUCHED)}
    return {path: digest(data) for path, data in new.items() if path not in left} | kept


def require_inside(path: str) -> None:
    """Raise CharterError unless `path` names a file inside a repository, on every system."""
    steps = path.split("/")
    if not all(map(_STEP.fullmatch, steps)) or _RESERVED.intersection(step.lower() for step in steps):
        raise CharterError(
            _("“{path}” is not a file of a repository: take back the change to the record").format(
                path=path[:100]
            )
        )


def digest(data: bytes | None) -> str:
    """Return the SHA-256 digest of `data`, '' for None."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _missing(path: str, written: str, new: bytes | None) -> FileChange | None:
    """A new file is added; one that was written and is not there any more, somebody deleted."""
    if new is None or written:
        return None
    return FileChange(path=path, action=Action.ADD, after=new, shown=(b"", new))


def _no_longer_written(path: str, written: str, data: bytes) -> FileChange:
    if _is_unchanged(data, written):
        return FileChange(path=path, action=Action.REMOVE, why=_("this version no longer needs it"))
    why = _("this version no longer needs it, and you have changed it: delete it if you don’t need it either")
    return FileChange(path=path, action=Action.LEAVE, why=why)


def _rewritten(path: str, written: str, data: bytes, new: bytes, repository: Repository) -> FileChange | None:
    text = with_lf(data)
    as_found = _with_crlf if text != data else bytes
    if new in {text, data}:
        return None
    if _is_unchanged(data, written):
        return FileChange(path=path, action=Action.UPDATE, after=as_found(new), shown=(text, new))
    base = repository.original(path, written) if written else None
    if base is None:
        why = _("you have changed it") if written else _("there is a file of yours with this name")
        return FileChange(path=path, action=Action.LEAVE, why=why, shown=(text, new))
    merged = repository.merge(base, text, new)
    if merged is None:
        why = _("you have changed the same lines")
        return FileChange(path=path, action=Action.LEAVE, why=why, shown=(base, new))
    if merged == text:
        return None
    why = _("your changes stay")
    return FileChange(path=path, action=Action.MERGE, after=as_found(merged), why=why, shown=(text, merged))


def _is_unchanged(data: bytes, written: str) -> bool:
    """Whether a file is as it was written, but for the ends of lines that a check-out may have given it."""
    return written in {digest(data), digest(with_lf(data))}


def with_lf(data: bytes) -> bytes:
    """Return a text as it is without the carriage returns that a check-out put into it; other bytes as they
    are."""
    return data if b"\0" in data else data.replace(b"\r\n", b"\n")


def _with_crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")
