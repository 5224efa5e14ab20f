"""The package as somebody has it who installed it: its wheel, a virtual environment, and commands."""

from __future__ import annotations

import ensurepip
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from importlib import metadata
from importlib.util import cache_from_source
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FILES = ("pyproject.toml", "MANIFEST.in", "LICENSE", "LICENSE-TEXT.md", "README.md")
FOLDERS = ("hooks", "charter", "docs", "overrides")
PICTURES = Path("material/templates/.icons")
"""Fourteen thousand files that nothing of ours reads: one link instead of as many."""


def backend(call: str, folder: Path, out: Path) -> Path:
    """What the project's build backend makes in `out`, as `python -m build` has it do in `folder`."""
    code = f"from setuptools import build_meta; print(build_meta.{call}({str(out)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, check=True, capture_output=True, text=True
    )
    return out / done.stdout.splitlines()[-1]


def build_distributions(work: Path, out: Path) -> None:
    """Make the wheel and the sdist of this checkout in `out`."""
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, work / name, ignore=ignored)
    (work / "tests").mkdir()
    (work / "tests/test_nothing.py").write_text("")
    for name in FILES:
        shutil.copy(ROOT / name, work)
    out.mkdir()
    backend("build_wheel", work, out)
    backend("build_sdist", work, out)


def wanted(names: list[str]) -> set[str]:
    """The distributions that these requirements lead to on this system, themselves included."""
    found: set[str] = set()
    waiting = [Requirement(name) for name in names]
    while waiting:
        requirement = waiting.pop()
        extras = requirement.extras or {""}
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        found.add(canonicalize_name(requirement.name))
        for each in map(Requirement, metadata.requires(requirement.name) or []):
            fits = not each.marker or any(each.marker.evaluate({"extra": extra}) for extra in extras)
            if fits and canonicalize_name(each.name) not in found:
                each.marker = None
                waiting.append(each)
    return found


def link(origin: Path, place: Path) -> None:
    """The same file at another place, or a copy where that is on another disk."""
    try:
        os.link(origin, place)
    except OSError:
        shutil.copy(origin, place)


class Adopter:
    """Somebody who has a virtual environment with the package, in `top`, and the folder that they work in."""

    def __init__(self, top: Path, folder: Path) -> None:
        self.top, self.folder, self.python = top, folder, top / "venv/bin/python"
        self.environment = {
            "PATH": f"{top}/venv/bin:/usr/bin:/bin",
            "HOME": str(top / "home"),
            "XDG_CACHE_HOME": str(top / "cache"),
            "LANG": "C.UTF-8",
        }

    def install(self, wheel: Path) -> None:
        """Make the environment: the packages that a site needs, as they are in ours, and the wheel."""
        venv.EnvBuilder(symlinks=True, with_pip=False).create(self.top / "venv")
        (packages,) = (self.top / "venv").glob("lib/python*/site-packages")
        for name in wanted(PROJECT["dependencies"]):
            for file in metadata.files(name) or []:
                origin, place = Path(file.locate()), packages / file
                if ".." in file.parts or file.suffix == ".pyc" or file.is_relative_to(PICTURES):
                    continue
                place.parent.mkdir(parents=True, exist_ok=True)
                link(origin, place)
                compiled = Path(cache_from_source(str(origin))) if file.suffix == ".py" else origin
                if compiled != origin and compiled.exists():
                    (place.parent / "__pycache__").mkdir(exist_ok=True)
                    link(compiled, place.parent / "__pycache__" / compiled.name)
        (packages / PICTURES).symlink_to(metadata.distribution("mkdocs-material").locate_file(PICTURES))
        code, said = self.pip("install", "--no-index", "--no-compile", str(wheel))
        if code:
            raise RuntimeError(said)

    def run(self, *words: str, before: tuple[str, ...] = (), **environment: str) -> tuple[int, str]:
        """The exit code of a command in the folder, and all that it says."""
        env = self.environment | environment
        done = subprocess.run(
            [*before, *words], cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def pip(self, *words: str) -> tuple[int, str]:
        """The same of pip, which asks no index."""
        (pip,) = (Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl")
        return self.run(str(self.python), f"{pip}/pip", "--disable-pip-version-check", *words)
