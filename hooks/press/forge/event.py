"""The payload of an event, as the host wrote it → what little of it is needed, each part held to its form.

The forms: docs.github.com, “Webhook events and payloads”. Whoever opens a pull request or issue chooses its
words, so nothing is taken that is not a number, a digest, a name of known letters, or text to be shown.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from press.errors import UsageError

MOST_BYTES = 5 * 1024 * 1024
"""The largest payload that is read; a real one has 30 kB."""
MOST_BODY = 65_536
"""The most characters that the host takes for the text of an issue."""

_COMMIT = re.compile(r"[0-9a-f]{40}")
_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")
_PROPOSED = ("opened", "reopened", "synchronize", "edited", "ready_for_review")
_ASKED = ("opened", "edited", "reopened", "labeled")


class EventError(UsageError):
    """A payload that is not answered. `name` says which rule it breaks."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A pull request: its number, the repository that it is made to (as owner/name), and the commits that it
    leads from and to."""

    number: int
    repository: str
    base: str
    head: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """An issue: its number, its repository, the words that somebody wrote, and its labels."""

    number: int
    repository: str
    body: str
    labels: tuple[str, ...]

    @property
    def branch(self) -> str:
        """The branch on which it is answered: made of its number alone."""
        return f"sign-up/{self.number}"


def proposal(data: bytes) -> Proposal:
    """Return the pull request that a payload tells of. Raises EventError for any other payload."""
    event = _event(data, "pull_request", _PROPOSED)
    pull = _object(event, "pull_request")
    base, head = _object(pull, "base"), _object(pull, "head")
    if _number(event) != _number(pull):
        raise EventError("event-number", "the payload gives the pull request two numbers")
    return Proposal(
        number=_number(pull),
        repository=_repository(event),
        base=_commit(base),
        head=_commit(head),
    )


def issue(data: bytes) -> Issue:
    """Return the issue that a payload tells of. Raises EventError for any other payload, and for a pull
    request, which the host calls an issue too."""
    event = _event(data, "issue", _ASKED)
    told = _object(event, "issue")
    if "pull_request" in told:
        raise EventError("event-kind", "this is a pull request, and no issue")
    body = told.get("body") or ""
    if not isinstance(body, str):
        raise EventError("event-form", "the text of the issue is no text")
    if len(body) > MOST_BODY:
        raise EventError("event-large", f"the text of the issue is longer than {MOST_BODY:,} characters")
    labels = told.get("labels") or []
    if not isinstance(labels, list):
        raise EventError("event-form", "the labels of the issue are no list")
    names = [label.get("name") for label in labels if isinstance(label, dict)]
    return Issue(
        number=_number(told),
        repository=_repository(event),
        body=body.replace("\r\n", "\n").replace("\0", ""),
        labels=tuple(name for name in names if isinstance(name, str)),
    )


# --- The parts of a payload, each held to its form -----------------------------------------------------


def _event(data: bytes, kind: str, actions: tuple[str, ...]) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise EventError("event-large", f"the payload is larger than {MOST_BYTES // 1024 // 1024} MiB")
    try:
        event = json.loads(data.decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError) as problem:
        raise EventError("event-malformed", "the payload is not JSON") from problem
    if not isinstance(event, dict) or not isinstance(event.get(kind), dict):
        raise EventError("event-kind", f"the payload does not tell of {kind.replace('_', ' ')}")
    if event.get("action") not in actions:
        raise EventError("event-action", f"only {', '.join(actions)} is answered")
    return event


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two members of one name nobody knows which is meant."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a member stands twice")
    return dict(pairs)


def _object(event: dict[str, Any], name: str) -> dict[str, Any]:
    found = event.get(name)
    if not isinstance(found, dict):
        raise EventError("event-form", f"the payload has no {name}")
    return found


def _number(event: dict[str, Any]) -> int:
    number = event.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 10**9:
        raise EventError("event-number", "the number is no number of a pull request or issue")
    return number


def _commit(side: dict[str, Any]) -> str:
    name = side.get("sha")
    if not isinstance(name, str) or not _COMMIT.fullmatch(name):
        raise EventError("event-commit", "a commit is named by 40 figures and letters a to f")
    return name


def _repository(event: dict[str, Any]) -> str:
    name = _object(event, "repository").get("full_name")
    if not isinstance(name, str) or not _REPOSITORY.fullmatch(name):
        raise EventError("event-repository", "the repository is named as owner/name")
    return name
