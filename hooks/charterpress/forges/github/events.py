"""What the host wrote as JSON, a payload or a list → the proposal, issue or address that it names.

Whoever opens a pull request or issue chooses its words, so nothing is taken that is not a number, a digest, a
name of known letters, or text to be shown. The forms: docs.github.com, “Webhook events and payloads”.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from charterpress.forges.protocol import MARK, MAX_BODY, EventError, Issue, Proposal
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as format_number

BOT = "github-actions[bot]"
PREVIEW = "preview"
"""What the workflow that builds the site of a proposal calls it."""
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


def read_proposal(data: bytes, open_pulls: bytes = b"[]") -> Proposal | None:
    """Return the pull request to the default branch that a payload is about. Raises EventError for any other
    payload. None if it leads to another branch.

    The payload of a workflow run does not name the pull request of a fork: that is the one in `open_pulls`,
    the host's list as JSON, whose branch was checked, as it stands now. None if it has been closed.

    Of the runs that wait for one another, the host keeps only the newest: whatever it is about, such as a
    title that was edited, it has to answer for those whose place it took.
    """
    event = _parse_json(data)
    if isinstance(event, dict) and "workflow_run" in event:
        return _checked_proposal(_require_event(event, "workflow_run", "completed"), open_pulls)
    actions = ("opened", "reopened", "synchronize", "edited")
    pull = _object(_require_event(event, "pull_request", *actions), "pull_request")
    if _positive_number(event) != _positive_number(pull):
        raise EventError("event-number", _("the payload gives the pull request two numbers"))
    return _make_proposal(pull, event)


def checked_branch(data: bytes) -> str:
    """Return the branch for which a workflow ran, as “owner:branch”; '' for another event."""
    event = _parse_json(data)
    if not isinstance(event, dict) or "workflow_run" not in event:
        return ""
    run = _object(event, "workflow_run")
    return f"{_repository_name(run, 'head_repository').partition('/')[0]}:{run.get('head_branch')}"


def _checked_proposal(event: dict[str, Any], open_pulls: bytes) -> Proposal | None:
    """The open pull request for which a workflow ran."""
    run = _object(event, "workflow_run")
    source = (run.get("head_branch"), _repository_name(run, "head_repository"))
    for pull in _list_objects(open_pulls):
        head = _object(pull, "head")
        fork = head.get("repo") or {}  # a fork may have been deleted since
        same = (head.get("ref"), fork.get("full_name")) == source
        if same and _repository_name(_object(pull, "base"), "repo") == _repository_name(event):
            return _make_proposal(pull, event)
    return None


def _make_proposal(pull: dict[str, Any], event: dict[str, Any]) -> Proposal | None:
    base, head = (_commit_id(_object(pull, side)) for side in ("base", "head"))
    number, name = _positive_number(pull), _repository_name(event)
    if _object(pull, "base").get("ref") != _object(event, "repository").get("default_branch"):
        return None
    source = _object(pull, "head").get("repo") or {}  # a fork may have been deleted since
    maintained = source.get("full_name") == name
    return Proposal(number=number, repository=name, base=base, head=head, maintained=maintained)


def open_number(data: bytes, repository: str, branch: str) -> int:
    """Return the number of the pull request in `data`, a list, that leads from `branch` of `repository`
    itself, and of no fork; 0 for none."""
    for pull in _list_objects(data):
        head = _object(pull, "head")
        if (head.get("ref"), (head.get("repo") or {}).get("full_name")) == (branch, repository):
            return _positive_number(pull)
    return 0


def read_inputs(data: bytes) -> dict[str, str]:
    """Return what was chosen when a workflow was started by hand; nothing for another event."""
    event = _parse_json(data)
    inputs = (event.get("inputs") or {}) if isinstance(event, dict) else None
    if not isinstance(inputs, dict):
        raise EventError("event-form", _("what was chosen is not an object"))
    return {name: value for name, value in inputs.items() if isinstance(value, str)}


def read_issue_event(data: bytes) -> Issue | None:
    """Return the open issue that a payload is about, whatever happened to it; None if it is closed. Raises
    EventError for any other payload, and for a pull request, which the host calls an issue too."""
    event = _require_event(_parse_json(data), "issue", "opened", "edited", "reopened", "labeled")
    issue = _object(event, "issue")
    body, labels = issue.get("body") or "", issue.get("labels") or []
    if "pull_request" in issue:
        raise EventError("event-kind", _("this is a pull request, and no issue"))
    if not isinstance(body, str):
        raise EventError("event-form", _("the text of the issue is not a string"))
    if len(body) > MAX_BODY:
        raise EventError(
            "event-large",
            _("the text of the issue is longer than {most} characters").format(most=format_number(MAX_BODY)),
        )
    if not isinstance(labels, list):
        raise EventError("event-form", _("the labels of the issue are not a list"))
    names = [each.get("name") for each in labels if isinstance(each, dict)]
    if issue.get("state") != "open":
        return None
    return Issue(
        number=_positive_number(issue),
        repository=_repository_name(event),
        body=body.replace("\r\n", "\n").replace("\0", ""),
        labels=tuple(name for name in names if isinstance(name, str)),
    )


def find_earlier(data: bytes, mark: str) -> int | None:
    """Return the id of our comment, or the number of our issue, that bears `mark`; None if there is none.

    Anybody can write our mark: it counts only at the start of what the host's own robot wrote. Raises
    EventError if `data` is no list.
    """
    for each in _list_objects(data):
        user, body = each.get("user"), each.get("body")
        ours = isinstance(user, dict) and user.get("login") == BOT and user.get("type") == "Bot"
        if ours and isinstance(body, str) and body.startswith(MARK.format(mark)):
            return _positive_number(each, "id" if each.get("number") is None else "number")
    return None


def preview_url(data: bytes, repository: str, head: str) -> str:
    """Return the address of the newest site that was built from the commit `head`, '' if there is none.

    `data` is what the host lists of artifacts. Whoever proposes something decides what lies in one: the
    address is made of numbers alone. Raises EventError if this is no such list.
    """
    document = _parse_json(data, MAX_LIST_BYTES)
    artifacts = document.get("artifacts") if isinstance(document, dict) else None
    if not isinstance(artifacts, list):
        raise EventError("event-form", _("the artifacts are not a list"))
    built = []
    for each in artifacts:
        run = each.get("workflow_run") if isinstance(each, dict) else None
        if not isinstance(run, dict) or each.get("expired") is not False:
            continue
        if (each.get("name"), run.get("head_sha")) == (PREVIEW, head):
            built.append((_positive_number(each, "id"), _positive_number(run, "id")))
    if not built:
        return ""
    artifact, run_id = max(built)
    return f"https://github.com/{repository}/actions/runs/{run_id}/artifacts/{artifact}"


def _parse_json(data: bytes, most: int = MAX_PAYLOAD_BYTES) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value of `data`, of at most `most` bytes and `MAX_VALUES`."""
    if len(data) > most:
        raise EventError(
            "event-large", _("the payload is larger than {most} MiB").format(most=most // 1024 // 1024)
        )
    if _count_values(data) > MAX_VALUES and _count_values(_STRING.sub(b"", data)) > MAX_VALUES:
        raise EventError(
            "event-large",
            _("the payload has more than {most} values").format(most=format_number(MAX_VALUES)),
        )
    try:
        return json.loads(data.decode(), object_pairs_hook=_unique_members)
    except (ValueError, RecursionError) as problem:
        raise EventError("event-malformed", _("the payload is not JSON")) from problem


def _count_values(data: bytes) -> int:
    """An upper bound for the number of values in JSON."""
    return sum(map(data.count, (b",", b"[", b"{")))


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; duplicate names are refused."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError(_("a member is there twice"))
    return dict(pairs)


def _require_event(event: object, subject: str, *actions: str) -> dict[str, Any]:
    """The payload, which has to be about `subject` and one of `actions`."""
    if not isinstance(event, dict) or not isinstance(event.get(subject), dict):
        raise EventError(
            "event-kind",
            _("the payload does not tell of {subject}").format(subject=subject.replace("_", " ")),
        )
    if event.get("action") not in actions:
        raise EventError("event-action", _("only {actions} is answered").format(actions=", ".join(actions)))
    return event


def _list_objects(data: bytes) -> Iterator[dict[str, Any]]:
    """The objects of a list, or of a list of pages."""
    pages = _parse_json(data, MAX_LIST_BYTES)
    if not isinstance(pages, list):
        raise EventError("event-form", _("the answer is not a list"))
    for page in pages:
        yield from (item for item in (page if isinstance(page, list) else [page]) if isinstance(item, dict))


def _object(event: dict[str, Any], name: str) -> dict[str, Any]:
    member = event.get(name)
    if not isinstance(member, dict):
        raise EventError("event-form", _("the payload has no {name}").format(name=name))
    return member


def _positive_number(event: dict[str, Any], name: str = "number") -> int:
    number = event.get(name)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**53:
        raise EventError(
            "event-number", _("the {name} is not a number that the host gives").format(name=name)
        )
    return number


def _commit_id(side: dict[str, Any], name: str = "sha") -> str:
    commit = side.get(name)
    if not isinstance(commit, str) or not _COMMIT.fullmatch(commit):
        raise EventError("event-commit", _("a commit is named by 40 figures and letters a to f"))
    return commit


def _repository_name(event: dict[str, Any], name: str = "repository") -> str:
    full_name = _object(event, name).get("full_name")
    if not isinstance(full_name, str) or not _REPOSITORY.fullmatch(full_name):
        raise EventError("event-repository", _("the repository is named as owner/name"))
    return full_name
