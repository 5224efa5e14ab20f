"""What the host lists, as JSON → the one thing in the list that is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from charterpress.forges.github.payload import MAX_LIST_BYTES, EventError, parse_json, positive_number

MARK = "<!-- charter: {} -->"
"""The line by which a comment or an issue of ours is found again; nobody sees it."""
BOT = "github-actions[bot]"
PREVIEW = "preview"
"""What the workflow that builds the site of a proposal calls it."""
_HOST = "https://github.com"


def list_objects(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list, or of a list of pages. Raises EventError where this is no list."""
    found = parse_json(data, MAX_LIST_BYTES)
    if not isinstance(found, list):
        raise EventError("event-form", "the list is no list")
    for page in found:
        yield from (item for item in (page if isinstance(page, list) else [page]) if isinstance(item, dict))


def find_earlier(data: bytes, mark: str) -> int | None:
    """Return the id of our comment, or the number of our issue, that bears `mark`; None where there is none.

    Anybody can write our mark: it counts only at the start of what the host's own robot wrote. Raises
    EventError where `data` is no list.
    """
    for each in list_objects(data):
        user, body = each.get("user"), each.get("body")
        ours = isinstance(user, dict) and user.get("login") == BOT and user.get("type") == "Bot"
        if ours and isinstance(body, str) and body.startswith(MARK.format(mark)):
            return positive_number(each, "number" if "number" in each else "id")
    return None


def preview_url(data: bytes, repository: str, head: str) -> str:
    """Return the address of the newest site that was built from the commit `head`, '' where there is none.

    `data` is what the host lists of artifacts. Whoever proposes something decides what lies in one: the
    address is made of numbers alone. Raises EventError where this is no such list.
    """
    found = parse_json(data, MAX_LIST_BYTES)
    listed = found.get("artifacts") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise EventError("event-form", "the list of artifacts is no list")
    built = []
    for each in listed:
        run = each.get("workflow_run") if isinstance(each, dict) else None
        if not isinstance(run, dict) or each.get("expired") is not False:
            continue
        if (each.get("name"), run.get("head_sha")) == (PREVIEW, head):
            built.append((positive_number(each, "id"), positive_number(run, "id")))
    if not built:
        return ""
    artifact, run_id = max(built)
    return f"{_HOST}/{repository}/actions/runs/{run_id}/artifacts/{artifact}"
