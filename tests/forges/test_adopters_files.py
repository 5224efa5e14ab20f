"""The workflows and forms of an adopter, held to the same rules and schemas as ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from charterpress.editing.starter import Answers, Host, Package, starter_files
from forges.test_workflows import SCHEMAS, against_schema, faults, shell_faults
from yaml_strings import strings_of

HOSTILE = Answers(
    title='NO # "{{ x }}" - [x]: ${{ secrets.ALL }} יחד',
    owner="- : @all",
    contact="a+b@quay.example",
    kinds=("NO", "1.10", "a: b # c", "${{ secrets.ALL }}", "יחד"),
)


@pytest.fixture(scope="module", params=[Host.GITHUB, Host.GITLAB, Host.FORGEJO])
def folder(request, tmp_path_factory):
    """The repository for a host."""
    root = tmp_path_factory.mktemp(request.param)
    answers = {name: getattr(HOSTILE, name) for name in ("title", "owner", "contact", "kinds")}
    for path, data in starter_files(Answers(**answers, host=request.param), Package(version="1.0.0")).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def texts(path):
    return strings_of(path)


def test_they_keep_the_published_schemas(folder):
    workflows = [*folder.glob(".github/workflows/*"), *folder.glob(".forgejo/workflows/*")]
    forms = [path for path in folder.rglob("*.yml") if path.parent.name.lower() == "issue_template"]
    found = {
        "github-workflows": workflows,
        "github-issue-forms": [path for path in forms if path.stem != "config"],
        "github-issue-config": [path for path in forms if path.stem == "config"],
        "gitlab-ci": list(folder.glob(".gitlab-ci.yml")),
    }
    assert found.keys() - {"gitlab-ci"} <= SCHEMAS.keys()
    for schema, paths in found.items():
        if paths:
            code, said = against_schema(schema, paths)
            assert code == 0, said


def test_what_they_run_is_sound(folder):
    """Each line that a shell gets, by shellcheck; and GitHub's by our own rules and by zizmor."""
    runs = set()
    for path in [*folder.glob(".github/workflows/*"), *folder.glob(".forgejo/workflows/*")]:
        runs |= {
            step["run"] for job in texts(path)["jobs"].values() for step in job["steps"] if "run" in step
        }
    for path in folder.glob(".gitlab-ci.yml"):
        runs |= {line for job in texts(path).values() if "script" in job for line in job["script"]}
    # NEW_ADDRESS is one option or none, and is split for that.
    said = {run: shell_faults(run) for run in runs if "$NEW_ADDRESS" not in run}
    assert len(runs) > 2
    assert {run: words for run, words in said.items() if "error:" in words or "warning:" in words} == {}
    github = sorted(folder.glob(".github/workflows/*"))
    assert {path.name: faults(path, path.read_text(encoding="utf-8")) for path in github} == {
        path.name: [] for path in github
    }
    if github:
        program = Path(sys.executable).with_name("zizmor")
        asked = [program, "--offline", "--persona=auditor", "--format=plain", folder / ".github"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert (done.returncode, "No findings to report" in done.stdout) == (0, True), done.stdout
