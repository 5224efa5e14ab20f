"""The workflows: what they may do, what they run, and that nothing a stranger wrote reaches a shell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from press.propose.forms import FIELDS

GITHUB = Path(__file__).resolve().parents[1] / ".github"
FILES = sorted((GITHUB / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
MAY_WRITE = {
    "comment.yml": {"pull-requests"},
    "publish.yml": {"pages", "id-token"},
    "release.yml": {"contents", "pull-requests", "actions"},
    "sign-up.yml": {"contents", "pull-requests", "issues", "actions"},
    "weekly.yml": {"issues"},
}


def parsed(path):
    """A workflow, with “on” as the word that it is."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - words alone


def faults(path, text):
    """What is wrong with a workflow."""
    workflow = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    found = [f"not pinned: {line.strip()}" for line in text.splitlines() if "uses:" in line]
    found = [line for line in found if not PINNED.search(line)]
    if workflow.get("permissions") != {}:
        found.append("permissions at the top")
    if "concurrency" not in workflow:
        found.append("no concurrency")
    for name, job in workflow["jobs"].items():
        rights = job.get("permissions")
        if not isinstance(rights, dict):
            found.append(f"{name}: no permissions of its own")
        writes = {key for key, value in (rights or {}).items() if value == "write"}
        if not writes <= MAY_WRITE.get(path.name, set()):
            found.append(f"{name}: may write {sorted(writes)}")
        if "timeout-minutes" not in job:
            found.append(f"{name}: no timeout")
        for step in job["steps"]:
            if "${{" in step.get("run", ""):
                found.append(f"{name}: an expression in a shell")
            if "checkout@" in step.get("uses", ""):
                found += _checkout(path, workflow, step.get("with", {}))
        if "secrets." in str(job) or "GH_TOKEN" in job.get("env", {}):
            found.append(f"{name}: a secret where it is not needed")
    return found


def _checkout(path, workflow, given):
    if given.get("persist-credentials") != "false":
        yield "credentials stay behind"
    if "pull_request_target" in workflow["on"] and given.get("ref") != (
        "${{ github.event.pull_request.base.sha }}"
    ):
        yield "the proposal is checked out where it could be run"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_keeps_the_rules(path):
    """Pinned, least rights, no expression in a shell, no credentials left behind, an end to every job."""
    assert faults(path, path.read_text(encoding="utf-8")) == []


BROKEN = {
    "a tag": (r"@[0-9a-f]{40} # v[\d.]+", "@v6", "not pinned"),
    "rights": (r"pull-requests: write.*", "contents: write", "may write"),
    "all rights": (r"permissions: \{\}", "permissions: write-all", "permissions at the top"),
    "the proposal": (r"ref: \S+ \S+ \S+", "ref: ${{ github.event.pull_request.head.sha }}", "checked out"),
    "a shell": (r'"\$NUMBER', '"${{ github.event.pull_request.title }}', "expression"),
    "credentials": (r"persist-credentials: false", "submodules: true", "credentials"),
    "no end": (r"    timeout-minutes: \d+\n", "", "timeout"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_workflow_is_seen(case):
    """These rules can fail."""
    pattern, new, said = BROKEN[case]
    path = GITHUB / "workflows" / "comment.yml"
    text = path.read_text(encoding="utf-8")
    spoilt = re.sub(pattern, lambda _: new, text)
    if case == "a shell":
        spoilt = text.replace("refs/pull/$NUMBER/head", new)
    assert any(said in fault for fault in faults(path, spoilt))


def test_nothing_of_a_proposal_is_run_with_rights():
    """No step of the workflow that may write goes into the proposed folder, or installs from it."""
    job = parsed(GITHUB / "workflows" / "comment.yml")["jobs"]["comment"]
    for step in job["steps"]:
        run = step.get("run", "")
        assert not re.search(r"cd \S*proposal|\.\./proposal/|make |--source", run)


def test_the_form_to_sign_asks_what_the_table_says():
    """Each question by its label, in order, and required where the table says so."""
    form = parsed(GITHUB / "ISSUE_TEMPLATE" / "sign.yml")
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    told = [
        (part["id"], part["attributes"]["label"], part.get("validations", {}).get("required") == "true")
        for part in asked
    ]
    assert told == [(field.key, field.label, field.required) for field in FIELDS]
    assert form["labels"] == ["sign-up"]
