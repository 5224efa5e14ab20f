"""This repository has what `charter init` would write for its charter: every difference stands here, with its
reason."""

from __future__ import annotations

import os
import re
from dataclasses import replace

import pytest
from mkdocs.utils.yaml import yaml_load

from charterpress.checks import check
from charterpress.editing.starter import Answers, Host, Package, starter_files
from charterpress.read import load, read_surroundings
from checkouts import ROOT
from package_pages import SOURCES

INSTALL = (
    "python3 -m venv .venv && .venv/bin/python -m pip install --quiet --require-hashes -r requirements.txt"
)
BUILD = ".venv/bin/charter build"
SETUP = (INSTALL, ".ci/setup site")
"""The generator itself is part of this repository, and installed from it: the tests need the same set-up."""
KEY = ("hashFiles('requirements.txt')", "hashFiles('requirements.txt', 'pyproject.toml', '.ci/*')")
"""What it is installed by decides whether a kept installation is out of date."""
MAKE = (f"{INSTALL}\n      - run: {BUILD}", "make site")
"""The README's command is what is tried where somebody proposes a change to the generator."""
SOFTWARE = (
    "/.github/ @OWNER\n",
    "/.github/ @OWNER\n/.ci/ @OWNER\n/hooks/ @OWNER\n/overrides/ @OWNER\n/tests/ @OWNER\n",
)
"""The generator has owners too, Markdown in its folders as well."""
ELSEWHERE = re.compile(r"(?s)\A(#[^\n]*\n)+")
"""The lines that say where the file belongs: a recipe is downloaded, and lies elsewhere at first."""
DIFFERENCES = {
    ".github/CODEOWNERS": [("or the settings,", "or the software,"), SOFTWARE],
    ".github/workflows/preview.yml": [MAKE, KEY],
    **{
        f".github/workflows/{name}.yml": [SETUP, KEY]
        for name in ("check", "comment", "publish", "release", "sign-up", "weekly")
    },
}
OWN = {
    ".github/workflows/tests.yml": "it tests the generator",
    ".github/workflows/distribute.yml": "it uploads the generator",
    ".github/dependabot.yml": "an adopter’s packages and actions come with “charter upgrade”, all at once",
    ".github/addresses-given-up.txt": "it is written when the first address is given up",
}
"""Files that only this repository has, and why."""
ELSEWHERE_OURS = {
    ".charterpress.yml": "nothing here was written by “charter init”: this is where its files come from",
    ".gitattributes": "the generator has files that need certain ends of lines on every system",
    ".gitignore": "the generator’s tests and distribution leave files too",
    "CHANGELOG.md": "it has the changes to the generator first",
    "LICENSE": "it is the generator’s; that of the words is LICENSE-TEXT.md",
    "README.md": "it is about the generator too, with the same two commands by “make”",
    "docs/about.md": "it says who made this charter, and of what",
    "docs/index.md": "it says what this charter is for",
    "mkdocs.yml": "see SETTINGS",
    "requirements.txt": "“make lock” pins it, from pyproject.toml; its packages are the same",
}
"""Files outside the host's folders that differ from what `charter init` writes, and why; what is in charter/
is each charter's own."""
SETTINGS = {
    "site_description": "another host of Markdown, without the plugin, would show it",
    "exclude_docs": "the picture in the README and the generator’s manual are in docs/ too",
    "theme": "overrides/ has this charter’s mark",
}
"""What mkdocs.yml says here and `charter init` doesn't, and why."""
FORMS = (".github/ISSUE_TEMPLATE/", ".gitlab/")
"""What is written from the questions, the kinds and the title alone: UPDATE_FORMS=1 writes it anew."""
RECIPES = {"gitlab-ci.yml": ".gitlab-ci.yml", "forgejo.yml": ".forgejo/workflows/charter.yml"}


def written(charter, host):
    """What `charter init` would write for the charter in this repository."""
    answers = Answers(
        title=charter.title,
        summary=charter.summary,
        licence=charter.licence,
        owner=charter.owner,
        kinds=charter.signatory_kinds,
        host=host,
    )
    files = starter_files(answers, Package(version="1.0.0"), reports=bool(charter.reporting))
    if os.environ.get("UPDATE_FORMS"):
        for path in (each for each in files if each.startswith(FORMS)):
            (ROOT / path).write_bytes(files[path])
    return {path: data.decode() for path, data in files.items()}


def test_the_files_for_github_are_those_of_an_adopter(charter):
    expected = {
        path: text for path, text in written(charter, Host.GITHUB).items() if path.startswith(".github/")
    }
    for path, pairs in DIFFERENCES.items():
        for old, new in pairs:
            assert old in expected[path] or (old, new) == KEY, path
            expected[path] = expected[path].replace(old, new)
    files = [path for path in (ROOT / ".github").rglob("*") if path.is_file()]
    ours = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}
    assert {path: text for path, text in ours.items() if path not in OWN} == expected
    assert ours.keys() >= OWN.keys()


def test_the_templates_for_gitlab_are_those_of_an_adopter(charter):
    expected = written(charter, Host.GITLAB)
    for path in (ROOT / ".gitlab").rglob("*.md"):
        name = path.relative_to(ROOT).as_posix()
        assert path.read_text(encoding="utf-8") == expected.pop(name), name
    assert [path for path in expected if path.startswith(".gitlab/")] == []


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_recipe_for_a_host_is_the_file_of_an_adopter(charter, recipe):
    host = Host.GITLAB if "gitlab" in recipe else Host.FORGEJO
    text = SOURCES[f"assets/hosts/{recipe}"].read_text(encoding="utf-8")
    expected = written(charter, host)[RECIPES[recipe]]
    assert ELSEWHERE.sub("", text) == ELSEWHERE.sub("", expected)


def test_its_other_files_are_those_of_an_adopter_or_say_why_not(charter):
    expected = {
        path: text
        for path, text in written(charter, Host.GITHUB).items()
        if not path.startswith((".github/", "charter/"))
    }
    assert expected.keys() == ELSEWHERE_OURS.keys()
    files = {path for path in expected if (ROOT / path).is_file()}
    assert expected.keys() - files == {".charterpress.yml"}
    assert [path for path in files if (ROOT / path).read_text(encoding="utf-8") == expected[path]] == []


def test_its_settings_have_the_shape_of_an_adopters(charter):
    ours = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    theirs = yaml_load(written(charter, Host.GITHUB)["mkdocs.yml"])
    assert list(theirs["plugins"][0]) == [name for each in ours["plugins"] for name in each]
    assert ours.keys() - theirs.keys() == SETTINGS.keys()
    assert theirs.keys() <= ours.keys()
    assert theirs["plugins"][0]["charterpress"].keys() <= ours["plugins"][0]["charterpress"].keys()


def test_its_packages_are_pinned_as_those_of_an_adopter(charter):
    """Each that an adopter's site has, in the same version."""
    pins = re.compile(r"(?m)^([a-z0-9][\w.-]*)(?:\[[\w,-]+\])?==(\S+)", re.IGNORECASE)
    ours = dict(pins.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")))
    theirs = dict(pins.findall(written(charter, Host.GITHUB)["requirements.txt"]))
    assert {name: version for name, version in theirs.items() if ours.get(name) != version} == {}


def test_its_own_forms_and_settings_say_what_its_charter_says():
    """One kind more in charter.yml, and the check names each form that lacks it."""
    edition = load(ROOT / "charter", shown="charter")
    edition = replace(edition, surroundings=read_surroundings(ROOT / "charter", "charter"))
    paths = {each.path for each in edition.surroundings}
    hub = ".github/ISSUE_TEMPLATE"
    forms = {f"{hub}/sign.yml", f"{hub}/correct.yml", ".gitlab/issue_templates/sign.md"}
    reports = {f"{hub}/report.yml", ".gitlab/issue_templates/report.md"}
    assert paths == {"mkdocs.yml", ".github/CODEOWNERS", *forms, *reports}
    assert check(edition) == ()
    changed = replace(edition.charter, signatory_kinds=(*edition.charter.signatory_kinds, "school"))
    assert {(each.rule, each.path) for each in check(replace(edition, charter=changed))} == {
        ("form-kinds", path) for path in forms
    }
