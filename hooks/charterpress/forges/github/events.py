"""The payload of an event, as the host wrote it → the proposal or the issue that it tells of.

The forms: docs.github.com, “Webhook events and payloads”.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from charterpress.forges.github.github_lists import list_objects
from charterpress.forges.github.payload import (
    EventError,
    commit_id,
    object_member,
    parse_json,
    positive_number,
    repository_name,
)

MAX_BODY = 65_536
"""The most characters that the host takes for the text of an issue."""
_PROPOSED = ("opened", "reopened", "synchronize")
_ASKED = ("opened", "edited")
_CHECKED = ("completed",)


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


def read_proposal(data: bytes, listed: bytes = b"[]") -> Proposal | None:
    """Return the pull request that a payload tells of. Raises EventError for any other payload.

    Where the payload tells that a workflow ran, it does not say for which pull request of a fork: that is the
    open one in `listed`, what the host lists as JSON, that stands at the commit and on the branch which were
    checked. None where no pull request does any more.
    """
    event = parse_json(data)
    if isinstance(event, dict) and "workflow_run" in event:
        return _checked_proposal(_require_event(event, "workflow_run", _CHECKED), listed)
    pull = object_member(_require_event(event, "pull_request", _PROPOSED), "pull_request")
    if positive_number(event) != positive_number(pull):
        raise EventError("event-number", "the payload gives the pull request two numbers")
    return _make_proposal(pull, repository_name(event))


def _checked_proposal(event: dict[str, Any], listed: bytes) -> Proposal | None:
    """The open pull request for which a workflow ran."""
    run, name = object_member(event, "workflow_run"), repository_name(event)
    where = (commit_id(run, "head_sha"), run.get("head_branch"), repository_name(run, "head_repository"))
    for pull in list_objects(listed):
        head = object_member(pull, "head")
        theirs = head.get("repo") or {}  # a fork may have been deleted since
        same = (head.get("sha"), head.get("ref"), theirs.get("full_name")) == where
        if same and repository_name(object_member(pull, "base"), "repo") == name:
            return _make_proposal(pull, name)
    return None


def _make_proposal(pull: dict[str, Any], name: str) -> Proposal:
    base, head = object_member(pull, "base"), object_member(pull, "head")
    return Proposal(number=positive_number(pull), repository=name, base=commit_id(base), head=commit_id(head))


def read_issue_event(data: bytes) -> Issue:
    """Return the issue that a payload tells of. Raises EventError for any other payload, and for a pull
    request, which the host calls an issue too."""
    event = _require_event(parse_json(data), "issue", _ASKED)
    told = object_member(event, "issue")
    if "pull_request" in told:
        raise EventError("event-kind", "this is a pull request, and no issue")
    body = told.get("body") or ""
    if not isinstance(body, str):
        raise EventError("event-form", "the text of the issue is no text")
    if len(body) > MAX_BODY:
        raise EventError("event-large", f"the text of the issue is longer than {MAX_BODY:,} characters")
    labels = told.get("labels") or []
    if not isinstance(labels, list):
        raise EventError("event-form", "the labels of the issue are no list")
    names = [label.get("name") for label in labels if isinstance(label, dict)]
    return Issue(
        number=positive_number(told),
        repository=repository_name(event),
        body=body.replace("\r\n", "\n").replace("\0", ""),
        labels=tuple(name for name in names if isinstance(name, str)),
    )


def _require_event(event: object, kind: str, actions: tuple[str, ...]) -> dict[str, Any]:
    """The payload, where it tells of `kind` and of one of `actions`."""
    if not isinstance(event, dict) or not isinstance(event.get(kind), dict):
        raise EventError("event-kind", f"the payload does not tell of {kind.replace('_', ' ')}")
    if event.get("action") not in actions:
        raise EventError("event-action", f"only {', '.join(actions)} is answered")
    return event
