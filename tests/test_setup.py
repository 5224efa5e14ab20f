"""The setup: what .ci/setup installs with what, when it does so again, and what it says where it cannot.

Python is the real one. pip, venv, uv and apt-get are not: they write down how they were called, and what they
would have installed, so that no case needs a network.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable).resolve()
LIBRARY = Path("lib") / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"

PROGRAMS = Path(__file__).with_name("setup_programs")
"""What stands for the programs of a system. pip and venv are modules of Python:"""
PIP = """
import os, sys
words = [word for word in sys.argv[1:] if word not in ("--disable-pip-version-check", "--quiet", "-qq")]
desk, prefix = os.environ["DESK"], sys.prefix
if words == ["config", "list"]:
    sys.exit(os.system(f"cat '{desk}/settings'"))
if "--target" in words:
    folder = words[words.index("--target") + 1] + "/bin"
    sys.exit(os.system(f"called get-uv {words[-1]} && mkdir -p {folder} && cp '{desk}/uv' {folder}") and 1)
sys.exit(os.system(f"called pip {' '.join(words)} && installed '{prefix}' {' '.join(words)}") and 1)
"""

VENV = """
import os, sys
sys.exit(os.system(f"called venv {sys.argv[1]} && made {sys.argv[1]} pip") and 1)
"""

HIDDEN = "import sys; sys.modules['ensurepip'] = None\n"
"""Debian's Python before its package with venv is installed."""


class Desk:
    """A checkout with nothing in it but what the setup reads, and a system with tools that do nothing."""

    def __init__(self, folder: Path, *, pip: bool = True, venv: bool = True) -> None:
        self.folder = folder
        self.checkout = folder / "checkout"
        (self.checkout / ".ci").mkdir(parents=True)
        for name in ("setup", "uv.py", "uv.txt"):
            shutil.copy(ROOT / ".ci" / name, self.checkout / ".ci")
        for name in ("requirements.txt", "requirements-tests.txt", "pyproject.toml"):
            (self.checkout / name).write_text(f"{name}, as it was\n")
        system = folder / "system"
        (system / LIBRARY).mkdir(parents=True)
        (system / "bin").mkdir()
        (system / "pyvenv.cfg").write_text(f"home = {PYTHON.parent}\ninclude-system-site-packages = false\n")
        (system / "bin/python3").symlink_to(PYTHON)
        for name in ["bash", "cat", "cksum", "cp", "dirname", "env", "grep", "mkdir", "rm", "sed", "sh"]:
            (system / "bin" / name).symlink_to(shutil.which(name))
        for name in ["apt-get", "called", "id", "installed", "made"]:
            shutil.copy(PROGRAMS / name, system / "bin")
        shutil.copy(PROGRAMS / "uv", folder / "uv")
        (folder / "settings").write_text("")
        for parent, words in (("pip", PIP), ("modules/venv", VENV)):
            (folder / parent).mkdir(parents=True)
            (folder / parent / "__init__.py").write_text("")
            (folder / parent / "__main__.py").write_text(words)
        if pip:
            shutil.copytree(folder / "pip", system / LIBRARY / "pip")
        if not venv:
            (system / LIBRARY / "sitecustomize.py").write_text(HIDDEN)

    def happens(self, what: str) -> None:
        """From now on something fails, or is otherwise than usual."""
        (self.folder / what).write_text("")

    def setup(self, *words: str, before: str = "") -> subprocess.CompletedProcess[str]:
        """What .ci/setup says and does; `before` stands before the path."""
        (self.folder / "calls").write_text("")
        environment = {
            "PATH": f"{before}{self.folder}/system/bin",
            "DESK": str(self.folder),
            "LIBRARY": str(LIBRARY),
            "PYTHONPATH": str(self.folder / "modules"),
            "HOME": str(self.folder),
        }
        told = {"capture_output": True, "text": True, "timeout": 60}
        return subprocess.run([".ci/setup", *words], cwd=self.checkout, env=environment, check=False, **told)

    def calls(self, *words: str) -> list[str]:
        """What was called for these words, one line for each call."""
        done = self.setup(*words)
        assert done.returncode == 0, done.stderr
        return (self.folder / "calls").read_text().splitlines()

    def change(self, name: str) -> None:
        (self.checkout / name).write_text(f"{name}, as it is now\n")


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


PROJECT = "--no-index --no-deps --no-build-isolation -e ."
UV_PROJECT = f"uv pip install {PROJECT}"
UV_SITE = "uv pip install --require-hashes -r requirements.txt"
UV_ALL = "uv pip install --require-hashes -r requirements.txt -r requirements-tests.txt"
GET_UV = "get-uv .ci/uv.txt"


def test_uv_installs_the_packages_of_a_site_and_then_the_rest_on_top(desk):
    """Once each: what is there is left alone, whatever is asked for and in whatever order."""
    assert desk.calls("site") == [GET_UV, "uv venv .venv", UV_SITE, UV_PROJECT]
    assert desk.calls("site") == []
    assert desk.calls("tests") == [UV_ALL, UV_PROJECT]
    assert desk.calls("site", "tests", "site") == []
    assert (desk.checkout / ".venv/holds").read_text().split() == [
        *("requirements.txt", "."),
        *("requirements.txt", "requirements-tests.txt", "."),
    ]


def test_what_has_changed_is_installed_again_and_nothing_else(desk):
    """For whom it is needed; a file that is changed back has changed once more."""
    desk.calls("tests")
    desk.change(".ci/uv.txt")
    assert desk.calls("site", "tests") == []
    desk.change("requirements-tests.txt")
    assert desk.calls("site") == []
    assert desk.calls("tests") == [GET_UV, UV_ALL, UV_PROJECT]
    before = (desk.checkout / "pyproject.toml").read_bytes()
    desk.change("pyproject.toml")
    assert desk.calls("tests", "site") == [UV_PROJECT]
    (desk.checkout / "pyproject.toml").write_bytes(before)
    assert desk.calls("site", "tests") == [UV_PROJECT]
    desk.change("requirements.txt")
    assert desk.calls("site") == [UV_SITE, UV_PROJECT]
    assert desk.calls("tests") == [UV_ALL, UV_PROJECT]


def test_a_checkout_that_was_moved_gets_another_environment(desk):
    """The scripts of a virtual environment work only where it was made. uv itself can be moved."""
    desk.calls("tests")
    moved = desk.checkout.rename(desk.folder / "elsewhere")
    desk.checkout = moved
    assert desk.calls("tests") == ["uv venv .venv", UV_ALL, UV_PROJECT]


def test_half_an_installation_is_done_again(desk):
    """Of a site from the beginning; of the rest with everything installed anew; the site works meanwhile."""
    desk.happens("pip fails")
    desk.happens("uv fails")
    assert desk.setup("site").returncode == 1
    (desk.folder / "uv fails").unlink()
    assert desk.calls("site") == ["uv venv .venv", UV_SITE, UV_PROJECT]
    desk.happens("uv fails")
    assert desk.setup("tests").returncode == 1
    assert desk.calls("site") == []
    (desk.folder / "uv fails").unlink()
    again = UV_ALL.replace("install", "install --force-reinstall")
    assert desk.calls("tests") == [again, UV_PROJECT]
    assert desk.calls("tests") == []


@pytest.mark.parametrize("why", ["get-uv fails", "uv is for another machine"])
def test_where_uv_cannot_be_had_pip_installs(desk, why):
    """One plain line says so, and what pip said of its failure is kept from the reader."""
    desk.happens(why)
    done = desk.setup("site")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[1:] == [
        "setup: uv cannot be had here",
        "setup: pip installs the packages instead, which takes longer",
    ]
    assert (desk.folder / "calls").read_text().splitlines() == [
        GET_UV,
        "venv .venv",
        "pip install --no-compile --require-hashes -r requirements.txt",
        f"pip install {PROJECT}",
    ]
    assert desk.calls("site") == []


def test_where_uv_fails_pip_installs_and_nothing_that_is_there_is_lost(desk):
    """What uv said of it is shown, since it may be of the network or the index."""
    desk.calls("site")
    desk.happens("uv fails")
    done = desk.setup("tests")
    assert (done.returncode, done.stdout) == (0, "")
    assert "error: what uv says\nsetup: pip installs the packages instead" in done.stderr
    assert (desk.checkout / ".venv/holds").read_text().split() == [
        *("requirements.txt", "."),
        *("requirements.txt", "requirements-tests.txt", "."),
    ]


def test_a_system_without_pip_has_one_made_that_gets_uv(tmp_path):
    """Apart, so that it is not in .venv."""
    desk = Desk(tmp_path, pip=False)
    assert desk.calls("site") == ["venv .cache/pip", GET_UV, "uv venv .venv", UV_SITE, UV_PROJECT]
    assert not (desk.checkout / ".venv/bin/pip").exists()


def test_a_fresh_debian_gets_the_module_venv_from_its_own_packages(tmp_path):
    """Where there is neither pip nor venv. With pip alone nothing is missing: uv makes the environment."""
    desk = Desk(tmp_path / "neither", pip=False, venv=False)
    calls = desk.calls("site")
    assert calls[:4] == ["apt-get update", "apt-get install", "venv .cache/pip", GET_UV]
    desk = Desk(tmp_path / "pip", venv=False)
    assert desk.calls("site") == [GET_UV, "uv venv .venv", UV_SITE, UV_PROJECT]


def test_what_is_missing_and_cannot_be_installed_is_said(tmp_path):
    desk = Desk(tmp_path, pip=False, venv=False)
    desk.happens("apt-get fails")
    done = desk.setup("site")
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "setup: Python's venv module is missing: please install it "
        f"(on Debian and Ubuntu: apt-get install {version})."
    )
    assert not (desk.checkout / ".venv").exists()


def test_an_activated_environment_is_not_what_the_next_one_is_made_with(desk):
    desk.calls("site")
    desk.change("requirements.txt")
    (desk.checkout / ".venv/.stamp").unlink()
    (desk.checkout / ".venv/bin/python3").symlink_to(PYTHON)
    done = desk.setup("site", before=f"{desk.checkout}/.venv/bin:")
    assert (done.returncode, (desk.checkout / ".venv/holds").read_text().split()) == (
        0,
        ["requirements.txt", "."],
    )


def test_a_word_that_nobody_knows_is_said(desk):
    done = desk.setup("python")
    assert done.returncode == 1
    assert done.stderr.startswith("setup: I know site, tests, peers, ")


# --- uv asks where pip would -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def uv():
    spec = importlib.util.spec_from_file_location("uv", ROOT / ".ci" / "uv.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_uv_runs_with_the_indexes_of_pip(desk):
    """As pip lists its settings, quotation marks and all; and no file of the checkout has an address."""
    (desk.folder / "settings").write_text(
        "global.extra-index-url='file:///one/simple\\nfile:///$HOME/`two`/simple'\n"
        'global.find-links="/it\'s here"\n'
        "install.index-url='https://mirror.example/simple'\n"
    )
    desk.calls("site")
    told = dict(line.split("=", 1) for line in (desk.folder / "variables").read_text().split("\0") if line)
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["UV_INDEX"] == "file:///one/simple file:///$HOME/`two`/simple"
    assert told["UV_FIND_LINKS"] == "/it's,here"
    assert told["UV_INDEX_STRATEGY"] == "unsafe-best-match"
    files = [path for path in desk.checkout.rglob("*") if path.is_file() and not path.is_symlink()]
    assert [path for path in files if b"mirror.example" in path.read_bytes()] == []


def test_of_several_settings_the_one_that_pip_would_take(uv):
    """A variable outdoes a file, and what is for installing outdoes what is for all; the rest is not read."""
    listed = (
        ":env:.index-url='https://c.example/'\nglobal.index-url='https://a.example/'\n"
        "install.index-url='https://b.example/'\nfreeze.index-url='https://d.example/'\n"
        "global.timeout='9'\ninstall.timeout='8'\n"
    )
    assert uv.settings(listed) == {"index-url": "https://c.example/", "timeout": "8"}


def test_every_setting_has_its_counterpart_and_a_variable_that_is_there_stays(uv):
    """Where pip has none, uv is told what always holds."""
    always = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_PYTHON_DOWNLOADS": "never"}
    assert uv.variables({}, []) == always | {"UV_SYSTEM_CERTS": "1"}
    pip = {
        "index-url": "https://a.example/",
        "extra-index-url": "https://b.example/ https://c.example/",
        "find-links": "one two",
        "trusted-host": "a.example b.example",
        "cert": "ours.pem",
        "client-cert": "mine.pem",
        "proxy": "http://p.example:1",
        "timeout": "7",
        "no-index": "true",
    }
    assert uv.variables(pip, ["SSL_CERT_FILE", "UV_SYSTEM_CERTS"]) == always | {
        "UV_DEFAULT_INDEX": "https://a.example/",
        "UV_INDEX": "https://b.example/ https://c.example/",
        "UV_FIND_LINKS": "one,two",
        "UV_INSECURE_HOST": "a.example b.example",
        "SSL_CLIENT_CERT": "mine.pem",
        "ALL_PROXY": "http://p.example:1",
        "UV_HTTP_TIMEOUT": "7",
        "UV_OFFLINE": "1",
    }
    assert "UV_OFFLINE" not in uv.variables({"no-index": "false"}, [])
