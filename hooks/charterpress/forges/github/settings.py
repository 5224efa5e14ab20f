"""What GitHub's API says of a repository's rules → which of those that a charter needs are not in force."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

QUESTIONS = (
    (
        "actions/permissions/workflow",
        {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": True},
        "under Actions, General, make workflow permissions read-only, and let workflows create pull requests",
    ),
    ("pages", {"build_type": "workflow"}, "under Pages, publish from GitHub Actions"),
    ("actions/variables/SITE_URL", {"name": "SITE_URL"}, "under Variables, set SITE_URL"),
    ("labels/sign-up", {"name": "sign-up"}, "make a label “sign-up”"),
)
"""Settings that are no rules: where the API has each, what it should be, and what to do if it is not."""


def missing_rules(
    wanted: Mapping[str, Any], rulesets: Sequence[Mapping[str, Any]], branch: str
) -> Iterator[str]:
    """Say in sentences what of `wanted`, a ruleset in the form that can be imported, none of `rulesets`
    enforces, as the API describes those of a repository; `branch` is its default branch. A stricter rule
    holds too."""
    name = wanted["name"]
    everywhere = {"branch": {"~ALL", "~DEFAULT_BRANCH", f"refs/heads/{branch}"}, "tag": {"~ALL"}}
    covering = [
        each
        for each in rulesets
        if (each["target"], each["enforcement"]) == (wanted["target"], "active")
        and not each["conditions"]["ref_name"]["exclude"]
        and everywhere[wanted["target"]].intersection(each["conditions"]["ref_name"]["include"])
    ]
    for rule in wanted["rules"]:
        found = [
            each.get("parameters") or {}
            for ruleset in covering
            for each in ruleset["rules"]
            if each["type"] == rule["type"]
        ]
        if not found:
            yield f"{name}: the rule {rule['type']} is not in force"
            continue
        for key, value in rule.get("parameters", {}).items():
            if not any(_holds(value, each.get(key)) for each in found):
                yield f"{name}: {rule['type']} does not have {key} as {json.dumps(value)}"
    for each in covering:
        for actor in each.get("bypass_actors") or ():
            yield f"{name}: “{each['name']}” can be bypassed by {actor.get('actor_type')}"


def _holds(wanted: object, given: object) -> bool:
    """Whether a setting is what is wanted, or stricter."""
    if isinstance(wanted, bool):
        return not wanted or given is True
    if isinstance(wanted, int):
        return isinstance(given, int) and given >= wanted
    if isinstance(wanted, list) and isinstance(given, list):
        return all(any(each.items() <= other.items() for other in given) for each in wanted)
    return wanted == given
