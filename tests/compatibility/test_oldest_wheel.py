"""A charter that the oldest supported package froze and published is carried on by the newest.

The wheel is the file that OLDEST_WHEEL names, or is built from the tag of its version. Until there is a newer
version, the oldest is the one in this checkout: then this shows that the harness works, and nothing of older
code.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import fork_server
import published_record
from charterpress.editing.upgrade.changelog import version_key
from commands import commit_all, git, init_repository

ROOT = Path(__file__).resolve().parents[2]
OLDEST = tomllib.loads((Path(__file__).with_name("supported.toml")).read_text(encoding="utf-8"))
CURRENT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
VERSION = OLDEST["version"]
PRINCIPLE = "charter/themes/welcome/make-room.md"
NOTE = "---\nprinciples: [make-room]\nclass: guidance\n---\nIt says more.\n"


def _release_program():
    spec = importlib.util.spec_from_file_location("release", ROOT / ".ci" / "release.py")
    module = sys.modules["release"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _checkout(folder: Path) -> Path:
    """A repository with the oldest version: at its tag, or, if it is the current one, as this checkout is."""
    if VERSION == CURRENT:
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=ignored)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, folder)
        init_repository(folder)
        return folder
    tag = f"charterpress-{VERSION}"
    if not git("tag", "--list", tag, folder=ROOT):
        pytest.fail(
            f"version {CURRENT} is newer than {VERSION}, the oldest that is supported, whose wheel is "
            "missing: get the tags (git fetch --tags), or set OLDEST_WHEEL to the file"
        )
    git("clone", "--quiet", "--branch", tag, str(ROOT), str(folder), folder=ROOT)
    return folder


@pytest.fixture(scope="module")
def oldest(tmp_path_factory):
    """Runs `charter` of the oldest package in a folder: oldest(folder, *words). Its packages are today's."""
    folder, out = tmp_path_factory.mktemp("oldest"), tmp_path_factory.mktemp("wheel")
    if named := os.environ.get("OLDEST_WHEEL"):
        wheel = Path(named)
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        assert digest == OLDEST["sha256"], f"{named} is not the wheel of {VERSION}"
    else:
        _, wheel = _release_program().build(_checkout(tmp_path_factory.mktemp("checkout")), out)
    shutil.unpack_archive(wheel, folder, "zip")
    code = (
        f"import charterpress, sys; assert charterpress.__file__.startswith({str(folder)!r}); "
        "from charterpress.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    environment = {key: each for key, each in os.environ.items() if key != "CHARTER_SOURCE"}
    environment |= {"PYTHONPATH": str(folder), "SITE_URL": published_record.ADDRESS, "PIP_NO_INDEX": "1"}

    def run(place, *words):
        command = [sys.executable, "-c", code, *words]
        done = subprocess.run(
            command, cwd=place, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_the_oldest_supported_version_is_known_with_its_digest():
    """Once there is a newer version, the wheel of the oldest is a file that can be compared."""
    assert version_key(VERSION) <= version_key(CURRENT)
    if VERSION != CURRENT:
        assert len(OLDEST["sha256"]) == 64, f"write the digest of the wheel of {VERSION} into supported.toml"


@pytest.mark.long
def test_a_charter_of_the_oldest_package_is_carried_on_by_the_newest(oldest, tmp_path):
    folder = tmp_path / "ours"
    assert oldest(tmp_path, "--version") == f"charterpress {VERSION}\n"
    oldest(tmp_path, "init", "ours", "--host", "github", "--title", "Quay Charter")
    init_repository(folder)
    oldest(folder, "release", "--first", "--date", "2026-02-01")
    commit_all(folder)
    git("tag", "1.0.0", folder=folder)
    text = (folder / PRINCIPLE).read_text(encoding="utf-8")
    (folder / PRINCIPLE).write_text(f"{text.rstrip()} It always has.\n", encoding="utf-8")
    (folder / "charter/changes/more.md").write_text(NOTE, encoding="utf-8")
    oldest(folder, "release", "--date", "2026-03-01")
    signing = (
        "--kind",
        "club",
        "--area",
        "The quay",
        "--role",
        "Chair",
        "--website",
        "https://quay.example/",
    )
    oldest(folder, "new", "signatory", "Quay Club", *signing)
    commit_all(folder)
    oldest(folder, "build")
    before = published_record.record(folder / "site")
    frozen = {path.name: path.read_bytes() for path in (folder / "charter/releases").iterdir()}
    shutil.rmtree(folder / "site")

    for words, codes in (("verify", {0}), ("check", {0}), ("upgrade --yes", {0, 1}), ("check", {0})):
        done = fork_server.run("charter", *words.split(), cwd=folder)
        assert done.returncode in codes, done.stdout + done.stderr  # 1: nobody has the digest of a checkout
    published = tmp_path / "published"
    published.mkdir()
    assert published_record.publish_over(folder, before, published) == 0
    assert list(published_record.losses(before, published_record.record(folder / "site"))) == []
    assert {path.name: path.read_bytes() for path in (folder / "charter/releases").iterdir()} == frozen
