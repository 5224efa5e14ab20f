"""What the host wrote as JSON → values, each held to its form.

Whoever opens a pull request or issue chooses its words, so nothing is taken that is not a number, a digest, a
name of known letters, or text to be shown.
"""

from __future__ import annotations

import json
import re
from typing import Any

from charterpress.model.errors import UsageError

MAX_PAYLOAD_BYTES = 5 * 1024 * 1024
"""The largest payload that is read; a real one has 30 kB."""
MAX_LIST_BYTES = 16 * 1024 * 1024
"""The largest list that is read; a comment has at most 256 kB, and strangers can write many."""
MAX_VALUES = 1_000_000
"""The most commas and opening brackets outside strings: a value takes up to thirty times the memory of its
letters. What the host lists of a comment has about a hundred."""

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")


class EventError(UsageError):
    """An unsuitable payload. `name` says which rule it breaks."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name


def parse_json(data: bytes, most: int = MAX_PAYLOAD_BYTES) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the value of `data`. Raises EventError if it has more than `most` bytes or `MAX_VALUES`, or is
    not JSON."""
    if len(data) > most:
        raise EventError("event-large", f"the payload is larger than {most // 1024 // 1024} MiB")
    if _count_values(data) > MAX_VALUES and _count_values(_STRING.sub(b"", data)) > MAX_VALUES:
        raise EventError("event-large", f"the payload has more than {MAX_VALUES:,} values")
    try:
        return json.loads(data.decode(), object_pairs_hook=_unique_members)
    except (ValueError, RecursionError) as problem:
        raise EventError("event-malformed", "the payload is not JSON") from problem


def _count_values(data: bytes) -> int:
    """An upper bound for the number of values in JSON."""
    return sum(map(data.count, (b",", b"[", b"{")))


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; duplicate names are refused."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a member stands twice")
    return dict(pairs)


def object_member(event: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the object that `event` has under `name`. Raises EventError if there is none."""
    found = event.get(name)
    if not isinstance(found, dict):
        raise EventError("event-form", f"the payload has no {name}")
    return found


def positive_number(event: dict[str, Any], name: str = "number") -> int:
    """Return the number of an issue or pull request. Raises EventError if it is invalid."""
    found = event.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 < found < 2**53:
        raise EventError("event-number", f"the {name} is no number of a thing at the host")
    return found


def commit_id(side: dict[str, Any], name: str = "sha") -> str:
    """Return the full id of a commit. Raises EventError if it is invalid."""
    found = side.get(name)
    if not isinstance(found, str) or not _COMMIT.fullmatch(found):
        raise EventError("event-commit", "a commit is named by 40 figures and letters a to f")
    return found


def repository_name(event: dict[str, Any], name: str = "repository") -> str:
    """Return the name of a repository, as owner/name. Raises EventError if it is invalid."""
    found = object_member(event, name).get("full_name")
    if not isinstance(found, str) or not _REPOSITORY.fullmatch(found):
        raise EventError("event-repository", "the repository is named as owner/name")
    return found
