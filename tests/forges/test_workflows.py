"""The workflows: what they may do, what they run, and that nothing a stranger wrote reaches a shell."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from charterpress.cli.ci.events import LABEL
from charterpress.editing.sign_up.fields import ANSWERED_BY, IN_SEVERAL_LANGUAGES
from charterpress.editing.sign_up.intake import FIELDS
from yaml_strings import strings_of

GITHUB = Path(__file__).resolve().parents[2] / ".github"
FILES = sorted((GITHUB / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
MAY_WRITE = {
    "check.yml": {"statuses"},
    "comment.yml": {"pull-requests"},
    "distribute.yml": {"id-token"},
    "publish.yml": {"contents", "pages", "id-token"},
    "release.yml": {"contents", "pull-requests", "statuses"},
    "sign-up.yml": {"contents", "pull-requests", "issues", "statuses"},
    "weekly.yml": {"issues"},
}
DEFAULT = "${{ github.event.repository.default_branch }}"
MAX_LINES = 40
RUNS = {
    "check.yml": ["check"],
    "comment.yml": ["comment"],
    "publish.yml": ['publish --site "$RUNNER_TEMP/site"', "publish --tag"],
    "release.yml": ["release"],
    "sign-up.yml": ["sign-up"],
    "weekly.yml": ["weekly"],
}
"""The commands of `charter ci` that each workflow calls; all that it does is there."""


def parsed(path):
    """A workflow, with “on” as the word that it is."""
    return strings_of(path)


def faults(path, text):
    """What is wrong with a workflow."""
    workflow = strings_of(text)
    found = [f"not pinned: {line.strip()}" for line in text.splitlines() if re.search(r"\buses:", line)]
    found = [line for line in found if not PINNED.search(line)]
    if workflow.get("permissions") != {}:
        found.append("permissions at the top")
    if workflow.get("defaults") != {"run": {"shell": "bash"}}:
        found.append("a shell that does not stop where a part of a line fails")
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
    if (
        path.name in MAY_WRITE
        and {"pull_request_target", "workflow_run"} & set(workflow["on"])
        and (given.get("ref") != DEFAULT)
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
    "the proposal": (r"repository.default_branch", "pull_request.head.sha", "checked out"),
    "the proposal again": (r"repository.default_branch", "workflow_run.head_sha", "checked out"),
    "whatever comes": (r" {10}ref: .*\n", "", "checked out"),
    "a shell": (r"ci comment", "ci comment ${{ github.event.pull_request.title }}", "expression"),
    "a lenient shell": (r"defaults: .*\n", "", "does not stop"),
    "no limit": (r"concurrency:", "env:", "concurrency"),
    "a secret": (r"CHARTER_SOURCE: .*", "GH_TOKEN: ${{ secrets.ALL }}", "a secret"),
    "credentials": (r"persist-credentials: false", "submodules: true", "credentials"),
    "no end": (r"    timeout-minutes: \d+\n", "", "timeout"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_workflow_is_seen(case):
    pattern, new, said = BROKEN[case]
    path = GITHUB / "workflows" / "comment.yml"
    text = path.read_text(encoding="utf-8")
    spoilt = re.sub(pattern, lambda _: new, text)
    assert any(said in fault for fault in faults(path, spoilt))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_is_thin(path):
    """What it does is one command of ours, which a test can run, and another host too."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_LINES
    runs = [step["run"] for job in parsed(path)["jobs"].values() for step in job["steps"] if "run" in step]
    if path.name in RUNS:
        commands = [f".venv/bin/charter ci {command}" for command in RUNS[path.name]]
        assert [run for run in runs if run != ".ci/setup site"] == commands
    assert not re.search(r"\bmain\b|charter/", re.sub(r"#.*", "", text))


def test_only_what_can_write_nothing_starts_with_the_files_of_a_proposal():
    """GitHub takes the workflow itself from the proposal where it starts on pull_request."""
    on = {path.name: parsed(path)["on"] for path in FILES}
    events = {name: [each] if isinstance(each, str) else list(each) for name, each in on.items()}
    plain = {name for name, each in events.items() if "pull_request" in each}
    assert plain == {"preview.yml", "tests.yml"}
    assert not plain & set(MAY_WRITE)


def test_what_is_installed_is_kept_between_jobs_but_not_where_something_is_published():
    """The key has the digests of what pins it, so that a cache is never out of date."""
    kept = {}
    for path in FILES:
        steps = [step for job in parsed(path)["jobs"].values() for step in job["steps"]]
        kept[path.name] = [step["with"] for step in steps if "actions/cache@" in step.get("uses", "")]
    assert (kept.pop("publish.yml"), kept.pop("distribute.yml")) == ([], [])
    for name, (cache,) in kept.items():
        start, pins = ("tests", "requirements*.txt") if name == "tests.yml" else ("site", "requirements.txt")
        key = f"{start}-ubuntu-24.04-${{{{ hashFiles('{pins}', 'pyproject.toml', '.ci/*') }}}}"
        assert cache == {"path": ".venv", "key": key}


def test_only_a_job_that_runs_nothing_of_ours_can_upload_the_package():
    """A person approves it, as the rules of its environment say, and what it uploads was made before."""
    workflow = parsed(GITHUB / "workflows" / "distribute.yml")
    assert workflow["on"] == {"workflow_dispatch": ""}
    build, upload = workflow["jobs"].values()
    assert (build["permissions"], build.get("environment")) == ({"contents": "read"}, None)
    assert [step["run"] for step in build["steps"] if "run" in step] == ["make release"]
    assert (upload["permissions"], upload["environment"]) == ({"id-token": "write"}, "package-index")
    assert [step["uses"].partition("@")[0].partition("/")[2] for step in upload["steps"]] == [
        "download-artifact",
        "gh-action-pypi-publish",
    ]


def test_zizmor_finds_nothing():
    asked = [Path(sys.executable).with_name("zizmor"), "--offline", "--persona=auditor", "--format=plain"]
    done = subprocess.run([*asked, GITHUB], capture_output=True, text=True, check=False)
    assert (done.returncode, "No findings to report" in done.stdout) == (0, True), done.stdout


def test_zizmor_can_find_something(tmp_path):
    """What the two exceptions are made for is seen where they are not made."""
    text = (GITHUB / "workflows" / "comment.yml").read_text(encoding="utf-8")
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "comment.yml").write_text(re.sub(r" # zizmor: ignore.*", "", text), encoding="utf-8")
    asked = [Path(sys.executable).with_name("zizmor"), "--offline", "--format=plain", folder]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("error[dangerous-triggers]")) != (0, 0)


SCHEMAS = {
    "github-workflows": FILES,
    "github-issue-forms": [
        path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config"
    ],
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "dependabot": list(GITHUB.glob("dependabot.yml")),
}


def against_schema(name, paths):
    """What check-jsonschema prints, and its exit code."""
    program = Path(sys.executable).with_name("check-jsonschema")
    command = [program, "--builtin-schema", f"vendor.{name}", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", [name for name, paths in SCHEMAS.items() if paths])
def test_files_for_the_host_keep_its_schema(name):
    code, said = against_schema(name, SCHEMAS[name])
    assert code == 0, said


def test_a_schema_can_refuse_something(tmp_path):
    text = (GITHUB / "ISSUE_TEMPLATE" / "sign.yml").read_text(encoding="utf-8")
    broken = tmp_path / "sign.yml"
    broken.write_text(text.replace("type: dropdown", "type: menu"), encoding="utf-8")
    assert against_schema("github-issue-forms", [broken])[0] == 1


def shell_faults(script):
    """What shellcheck says of what a step runs."""
    program = Path(sys.executable).with_name("shellcheck")
    command = [program, "--shell=bash", "--format=gcc", "-"]
    return subprocess.run(command, input=script, capture_output=True, text=True, check=False).stdout


def test_shellcheck_finds_nothing_in_what_workflows_run():
    jobs = [job for path in FILES for job in parsed(path)["jobs"].values()]
    runs = {step["run"] for job in jobs for step in job["steps"] if "run" in step}
    assert {run: said for run in sorted(runs) if (said := shell_faults(run))} == {}
    assert "SC2086" in shell_faults("rm -r $RUNNER_TEMP/site")


def test_the_form_to_sign_asks_what_the_table_says(charter):
    """But for the language, which is asked only of a charter in several."""
    fields = [field for field in FIELDS if field.key != IN_SEVERAL_LANGUAGES]
    form = parsed(GITHUB / "ISSUE_TEMPLATE" / "sign.yml")
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    told = [
        (part["id"], part["attributes"]["label"], part.get("validations", {}).get("required") == "true")
        for part in asked
    ]
    assert told == [
        (field.key, field.label, field.required and field.key not in ANSWERED_BY) for field in fields
    ]
    assert form["labels"] == [LABEL]
    for part, field in zip(asked, fields, strict=True):
        assert part["attributes"]["description"] == field.help
        assert (part["type"] == "textarea") == field.several_lines
    (kinds,) = [part["attributes"]["options"] for part in asked if part["type"] == "dropdown"]
    assert tuple(kinds) == charter.signatory_kinds
