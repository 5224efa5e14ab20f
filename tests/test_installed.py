"""The package as an adopter has it: installed from its wheel, with nothing of this checkout on any path."""

from __future__ import annotations

import email
import ensurepip
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from browser.probes import drawing_faults, violations, walk
from checkouts import broken_links
from site_server import serve

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SITE_URL = "https://river.example/"
FILES = ("pyproject.toml", "MANIFEST.in", "LICENSE", "LICENSE-TEXT.md", "README.md")
FOLDERS = ("hooks", "charter", "docs", "overrides")
SAID = (
    "some packages are not installed that are needed to read addresses of pages: type  python -m pip install "
    '"charterpress[links]"  and then this command again'
)
CLOSED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")
"""What makes the superuser keep to the modes of files."""


# --- Made --------------------------------------------------------------------------------------------


def backend(call: str, folder: Path, out: Path) -> Path:
    """What the project's build backend makes in `out`, as `python -m build` has it do in `folder`."""
    code = f"from setuptools import build_meta; print(build_meta.{call}({str(out)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, check=True, capture_output=True, text=True
    )
    return out / done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def distributions(tmp_path_factory) -> tuple[Path, Path]:
    """The wheel and the sdist."""
    work, out = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("dist")
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, work / name, ignore=ignored)
    (work / "tests").mkdir()
    (work / "tests/test_nothing.py").write_text("")
    for name in FILES:
        shutil.copy(ROOT / name, work)
    return backend("build_wheel", work, out), backend("build_sdist", work, out)


def content(wheel: Path) -> dict[str, bytes]:
    """The files of a wheel, but for the list of them."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/RECORD")}


def test_the_wheel_has_every_file_of_the_package_and_its_licence(distributions):
    files = content(distributions[0])
    package = ROOT / "hooks/charterpress"
    expected = {
        path.relative_to(ROOT / "hooks").as_posix(): path.read_bytes()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    about = f"charterpress-{PROJECT['version']}.dist-info"
    assert {name: data for name, data in files.items() if name.startswith("charterpress/")} == expected
    assert files[f"{about}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    described = email.message_from_bytes(files[f"{about}/METADATA"])
    assert (described["Summary"], described["License-Expression"]) == (PROJECT["description"], "MIT")
    assert "Good Partners" not in str(described)
    assert [name for name in files if not name.startswith(("charterpress/", about))] == []


def test_the_sdist_makes_the_same_wheel_and_has_nothing_of_this_charter(distributions, tmp_path):
    wheel, source = distributions
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    assert {path.name for path in folder.iterdir()} == {
        *("hooks", "LICENSE", "MANIFEST.in", "pyproject.toml"),
        *("PKG-INFO", "setup.cfg"),  # of setuptools
    }
    out = tmp_path / "out"
    out.mkdir()
    assert content(backend("build_wheel", folder, out)) == content(wheel)


# --- Installed ---------------------------------------------------------------------------------------


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
    """A virtual environment of somebody who installed the package, and the folder that they work in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.python = folder / "work", folder / "venv/bin/python"
        self.folder.mkdir()
        venv.EnvBuilder(symlinks=True, with_pip=False).create(folder / "venv")
        (packages,) = (folder / "venv").glob("lib/python*/site-packages")
        for name in wanted(PROJECT["dependencies"]):
            for file in metadata.files(name) or []:
                origin, place = Path(file.locate()), packages / file
                if ".." not in file.parts and file.suffix != ".pyc":
                    place.parent.mkdir(parents=True, exist_ok=True)
                    link(origin, place)
        self.environment = {
            "PATH": f"{folder}/venv/bin:/usr/bin:/bin",
            "HOME": str(folder / "home"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "LANG": "C.UTF-8",
        }

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


@pytest.fixture(scope="module")
def adopter(distributions, tmp_path_factory) -> Adopter:
    """Somebody who installed the wheel, wrote a charter, and built its site."""
    found = Adopter(tmp_path_factory.mktemp("adopter"))
    code, said = found.pip("install", "--no-index", str(distributions[0]))
    assert code == 0, said
    code, said = found.run("charter", "init", "river", "--title", "River Charter", "--site-url", SITE_URL)
    assert code == 0, said
    found.folder /= "river"
    code, said = found.run("charter", "build")
    assert (code, "warning" in said) == (0, False), said
    return found


def test_what_is_installed_is_complete_and_from_nowhere_else(adopter):
    """By what pip knows: it holds what each package asks for against what is there."""
    assert adopter.pip("check") == (0, "No broken requirements found.\n")
    code, said = adopter.run(
        "python", "-c", "import charterpress, sys; print(charterpress.__file__, *sys.path, sep='\\n')"
    )
    assert code == 0
    assert [line for line in said.splitlines() if line.startswith(str(ROOT))] == []


def test_its_site_is_whole_and_says_nothing_of_us(adopter):
    site = adopter.folder / "site"
    texts = [path for path in site.rglob("*") if path.suffix in {".html", ".json", ".xml", ".txt", ".md"}]
    assert len(texts) > 20
    assert [path.name for path in texts if b"Good Partners" in path.read_bytes()] == []
    assert {link.lstrip("./") for _, link in broken_links(site, SITE_URL)} <= {"propose/"}


@pytest.mark.parametrize("address", ["", "charter/welcome/make-room/"])
def test_the_detectors_find_no_fault_in_its_pages(adopter, open_page, address):
    with serve(adopter.folder / "site", "/under/") as at:
        page, witness = open_page(at + address, width=360, until="networkidle")
        faults = [*walk(page), *violations(page, every=True)]
        faults += drawing_faults(page, (360, 1280), {360: ("light",), 1280: ("dark", "forced")})
        assert (faults, witness.foreign(at), witness.complaints) == ([], [], [])


def test_a_command_that_wants_an_extra_says_what_to_install(adopter):
    """None of them is installed here, and every other command works without."""
    for words in (("check",), ("status",), ("verify",), ("sign", "--help"), ("release", "--first")):
        code, said = adopter.run("charter", *words)
        assert (code, "Traceback" in said) == (0, False), said
    assert adopter.run("charter", "links", "--site", SITE_URL) == (2, f"error: {SAID}\n")


@pytest.mark.long
def test_nothing_is_written_but_the_site_where_all_is_read_only(adopter):
    """Neither into the installation nor into the checkout, whoever builds; what was made goes where
    XDG_CACHE_HOME says, and if that cannot be written either, nowhere."""
    if not os.geteuid() and not shutil.which("setpriv"):
        pytest.skip("nothing is closed to the superuser")
    top = adopter.folder.parents[1]
    out, cache, closed = top / "out", top / "other-cache", [top / "venv", top / "work"]
    out.mkdir()
    folders = [path for each in closed for path in [each, *each.rglob("*")] if path.is_dir()]
    for path in folders:
        path.chmod(0o555)
    try:
        before = () if os.geteuid() else CLOSED
        assert adopter.run("touch", "x", before=before)[0] == 1
        for name, kept in (("one", cache), ("two", adopter.folder)):
            words = ("charter", "build", "--site-dir", str(out / name))
            code, said = adopter.run(*words, before=before, XDG_CACHE_HOME=str(kept))
            assert (code, "cannot be written" in said) == (0, name == "two"), said
            assert (out / name / "index.html").is_file()
        assert any((cache / "charterpress/made").iterdir())
    finally:
        for path in folders:
            path.chmod(0o755)
    assert sorted(path.name for path in out.iterdir()) == ["one", "two"]
