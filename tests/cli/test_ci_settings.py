"""`charter ci settings`: what is printed of a repository at GitHub, and the exit code."""

from __future__ import annotations

import json
import shutil

import pytest
from jsonschema import Draft202012Validator

from charterpress.cli import main
from charterpress.outputs.assets import schema_files
from commands import run_charter
from fake_github import FakeGitHub
from repository_settings import GITHUB, IN_FORCE, RULESETS


@pytest.fixture
def github(tmp_path, monkeypatch):
    """GitHub, with a repository that was set up; the working folder is a checkout of it."""
    shutil.copytree(GITHUB / "rulesets", tmp_path / ".github/rulesets")
    owners = (GITHUB / "CODEOWNERS").read_text().replace("@OWNER", "@quay")
    (tmp_path / ".github/CODEOWNERS").write_text(owners)
    monkeypatch.chdir(tmp_path)
    return FakeGitHub(tmp_path, monkeypatch)


def held(github, **answers):
    listed = [{"id": at} for at in range(len(RULESETS))]
    details = {f"rulesets/{at}": each for at, each in enumerate(RULESETS)}
    github.holds(**{"rulesets": listed, **details, **IN_FORCE, **answers})


def test_a_repository_in_order_is_only_read(github, capsys):
    held(github)
    code, out, err = run_charter(capsys, "ci", "settings", "--format", "json")
    told = json.loads(out)
    assert (code, err, told["format"]) == (0, "", "charter-settings-1")
    Draft202012Validator(json.loads(schema_files()["schemas/commands-1.schema.json"])).validate(told)
    assert {each["force"] for each in told["settings"]} == {"in force"}
    assert {method for method, _, _ in github.asked} == {"GET"}


def test_a_person_reads_what_to_do_and_where(github, tmp_path, capsys):
    """Also of the file of owners, in which nobody has written a name yet."""
    shutil.copy(GITHUB / "CODEOWNERS", tmp_path / ".github/CODEOWNERS")
    held(github, pages={"build_type": "legacy"}, refused=["labels/entry"])
    code, out, err = run_charter(capsys, "ci", "settings")
    assert (code, err) == (1, "")
    assert out.startswith(
        "✗ Source: “GitHub Actions”\n"
        '    not in force: build_type is "legacy"\n'
        "    set it under: Pages\n"
        "✗ CODEOWNERS: an owner of /charter/releases/\n"
        "    not in force: write a name in place of @OWNER\n"
        "    set it under: the file .github/CODEOWNERS, through a proposal\n"
    )
    assert "? a label “entry”\n    not visible: refused (HTTP 403)" in out
    assert out.endswith("5 not in force, 1 not visible.\n")


def test_settings_are_asked_for_at_the_top_of_a_repository_of_a_forge(github, monkeypatch, tmp_path):
    held(github, refused=[""])
    assert main(["ci", "settings"]) == 2
    monkeypatch.delenv("GITHUB_REPOSITORY")
    assert main(["ci", "settings"]) == 2
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert main(["ci", "settings"]) == 2


@pytest.mark.parametrize(
    ("line", "missing"), [("/hooks/", "hooks"), ("* @quay", ""), ("/.github/", ".github")]
)
def test_the_last_line_that_fits_says_who_owns_a_folder(github, tmp_path, capsys, line, missing):
    file = tmp_path / ".github/CODEOWNERS"
    file.write_text(f"{file.read_text()}{line}\n")
    held(github)
    out = run_charter(capsys, "ci", "settings")[1]
    assert out.count("nobody owns it") == bool(missing)
    assert (f"an owner of /{missing}/" in out) == bool(missing)


NO_ANSWER = {
    "echo 'error connecting to api.github.com\ncheck your connection' >&2; exit 1": (
        "GitHub could not be asked for repos/harbour-partners/charter: error connecting to api.github.com "
        "check your connection"
    ),
    "echo 'gh: Not Found (HTTP 404)' >&2; exit 1": (
        "the repository cannot be read: Not Found (HTTP 404); is its name right, as owner/name?"
    ),
    "echo '<html>Please log in'": "what answers in GitHub's place at the API is no JSON",
}


@pytest.mark.usefixtures("github")
@pytest.mark.parametrize("script", NO_ANSWER)
def test_without_an_answer_of_github_one_line_says_why(tmp_path, monkeypatch, capsys, script):
    (tmp_path / "none").mkdir()
    program = tmp_path / "none/gh"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    assert run_charter(capsys, "ci", "settings") == (2, "", f"error: {NO_ANSWER[script]}\n")
