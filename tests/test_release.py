"""`make release`: what it refuses, the bytes that it makes, and the wheel that it tries."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from charterpress.editing.upgrade.changelog import CHANGELOG
from commands import commit_all, edit_file, git, init_repository

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2027-01-31"
PROJECT = """\
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[project]
name = "charterpress"
version = "1.1.0"

[tool.setuptools.packages.find]
where = ["hooks"]
include = ["charterpress*"]

[tool.setuptools.package-data]
"*" = ["*.md"]
"""
ENTRY = "## {} - 2027-01-31\n\n### What you will see\n\nA lamp.\n\n### What you have to do\n\nNothing.\n\n"


@pytest.fixture(scope="module")
def release():
    spec = importlib.util.spec_from_file_location("release", ROOT / ".ci" / "release.py")
    module = sys.modules["release"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def changelog(tmp_path):
    """The changelog of a small project in a repository, whose version is 1.1.0."""
    path = tmp_path / "project" / CHANGELOG.relative_to(ROOT)
    path.parent.mkdir(parents=True)
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        (folder / "__init__.py").write_text("", encoding="utf-8")
    path.write_text(ENTRY.format("1.1.0") + ENTRY.format("1.0.0"), encoding="utf-8")
    (tmp_path / "project/pyproject.toml").write_text(PROJECT, encoding="utf-8")
    init_repository(tmp_path / "project")
    return path


@pytest.fixture
def project(changelog, tmp_path):
    return tmp_path / "project"


def test_a_clean_checkout_with_an_entry_is_fit_to_be_released(release, project):
    assert list(release.faults(project, TODAY)) == []


def test_changes_that_are_not_committed_are_refused(release, project):
    edit_file(project / "pyproject.toml", "setuptools", "setuptools ")
    (project / "new.txt").write_text("x", encoding="utf-8")
    (fault,) = release.faults(project, TODAY)
    assert fault == (
        "the checkout has changes that are not committed: commit or stash pyproject.toml, new.txt"
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("## 1.1.0", "## 1.0.9", "changes.md has no entry for 1.1.0, the version of pyproject.toml"),
        ("## 1.1.0", "## 1.2.0", "changes.md has no entry for 1.1.0, the version of pyproject.toml"),
        (
            "## 1.1.0",
            ENTRY.format("1.2.0") + "## 1.1.0",
            "has an entry for 1.2.0, and pyproject.toml has 1.1.0",
        ),
        ("1.1.0 - 2027-01-31", "1.1.0 - 2027-02-01", "1.1.0 is of 2027-02-01, which is still to come"),
        ("## 1.1.0 - 2027-01-31", "## Unreleased", "“## Unreleased” has to be a version and its day"),
    ],
    ids=["none", "another", "one too many", "in the future", "undated"],
)
def test_a_version_without_entry_or_an_entry_without_version_is_refused(
    release, project, changelog, old, new, sentence
):
    edit_file(changelog, old, new)
    commit_all(project)
    assert sentence in "\n".join(release.faults(project, TODAY))


def test_a_version_that_was_released_is_refused_for_another_commit(release, project):
    git("tag", "charterpress-1.1.0", folder=project)
    assert list(release.faults(project, TODAY)) == []
    edit_file(project / "pyproject.toml", '"*.md"', '"*.md", "*.txt"')
    commit_all(project)
    (fault,) = release.faults(project, TODAY)
    assert fault.startswith("1.1.0 has its tag, charterpress-1.1.0, at another commit")


def test_the_tag_of_a_charter_is_not_that_of_the_package(release, project):
    git("tag", "1.1.0", folder=project)
    commit_all_again = project / "later.txt"
    commit_all_again.write_text("x", encoding="utf-8")
    commit_all(project)
    assert list(release.faults(project, TODAY)) == []


def test_the_same_commit_gives_the_same_bytes(release, project, tmp_path):
    """In another folder, with other times and modes, and whatever lies about that git does not have."""
    (project / ".gitignore").write_text("build/\n", encoding="utf-8")
    commit_all(project)
    other = tmp_path / "other"
    shutil.copytree(project, other, copy_function=shutil.copy)
    (other / "build/lib/charterpress").mkdir(parents=True)
    (other / "build/lib/charterpress/stray.py").write_text("", encoding="utf-8")
    for path in other.rglob("hooks/**/*.*"):
        path.chmod(0o600)
    made = []
    for place, folder in enumerate((project, other)):
        out = tmp_path / f"out-{place}"
        out.mkdir()
        made.append([path.read_bytes() for path in release.build(folder, out)])
    assert made[0] == made[1]
    source, wheel = (tmp_path / "out-0").glob("*.tar.gz"), (tmp_path / "out-0").glob("*.whl")
    with tarfile.open(next(source)) as files:
        committed = int(git("show", "--no-patch", "--format=%ct", folder=project))
        assert {each.mtime for each in files} == {committed}
        assert {each.uname for each in files} == {""}
    with zipfile.ZipFile(next(wheel)) as files:
        assert f"charterpress/{CHANGELOG.relative_to(ROOT / 'hooks/charterpress')}" in files.namelist()
        assert not [each for each in files.namelist() if "stray" in each]


def test_what_the_backend_says_is_told_and_nothing_is_left(release, project, tmp_path):
    edit_file(project / "pyproject.toml", 'version = "1.1.0"', 'version = "1.1.0"\ncolour = "red"')
    commit_all(project)
    with pytest.raises(release.ReleaseError, match=r"build_sdist failed(?s:.*)colour"):
        release.release(project, tmp_path / "dist", TODAY)
    assert not (tmp_path / "dist").exists()
    assert list(tmp_path.glob(".dist*")) == []


@pytest.mark.long
def test_the_distribution_of_this_checkout_is_made_and_tried(release, tmp_path):
    """The files of this checkout, as a commit: wheel, source, bill of materials, and the digest of each."""
    root = tmp_path / "project"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("hooks", ".ci", "docs"):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE", "requirements.txt", "requirements-tests.txt"):
        shutil.copy(ROOT / name, root)
    init_repository(root)
    release.release(root, tmp_path / "dist", "9999-01-01")
    lines = (tmp_path / "dist/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    version = release.version_of(ROOT)
    kinds = (f"charterpress-{version}{end}" for end in ("-py3-none-any.whl", ".cdx.json", ".tar.gz"))
    assert list(sums) == list(kinds)
    for name, digest in sums.items():
        assert hashlib.sha256((tmp_path / "dist" / name).read_bytes()).hexdigest() == digest
    assert gzip.decompress((tmp_path / "dist" / f"charterpress-{version}.tar.gz").read_bytes())
