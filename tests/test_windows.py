"""What can be shown here of Windows: imports without Unix, and checkouts with CRLF."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands import run_charter

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "hooks/charterpress"
UNIX_ONLY = ("fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "curses", "readline", "syslog")
IMPORT_ALL = """
import importlib, os, pkgutil, sys
import charterpress

def load():
    for module in pkgutil.walk_packages(charterpress.__path__, "charterpress."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

load()  # what others made may look at the system as it is
for name in [name for name in sys.modules if name.startswith("charterpress.")]:
    del sys.modules[name]
for name in sys.argv[1:]:
    sys.modules[name] = None
for name in ("fork", "getuid", "geteuid", "chown", "mkfifo", "setsid", "killpg"):
    delattr(os, name)
sys.platform = "win32"
load()
print(sum(name.startswith("charterpress.") for name in sys.modules))
"""


def test_every_module_can_be_imported_without_what_only_unix_has():
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *UNIX_ONLY],
        env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200


def begins_with(path: Path, start: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(start)) == start


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """What git checks out on Windows, which ends every line in CRLF unless it is told otherwise: all files
    that a program runs or whose bytes are pinned, and ordinary pages."""
    origin, clone = tmp_path_factory.mktemp("origin"), tmp_path_factory.mktemp("clone") / "clone"
    skipped = {".venv", ".cache", ".git", "node_modules", "__pycache__", "site"}
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in skipped]
        for path in (Path(folder, name) for name in names):
            inside = path.relative_to(ROOT)
            if (
                inside.parts[0] in {".ci", "charter", "docs", "hooks", "Makefile", ".gitattributes"}
                or inside.is_relative_to("tests/example/brambleford")
                or begins_with(path, b"#!")
            ):
                (origin / inside).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, origin / inside)
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for words in (
        ("init", "--quiet"),
        ("add", "--all"),
        (*author, "commit", "--quiet", "--message", "All"),
        ("-c", "core.autocrlf=true", "clone", "--quiet", "--no-hardlinks", str(origin), str(clone)),
    ):
        subprocess.run(["git", *words], cwd=origin, check=True, capture_output=True)
    return clone


def test_scripts_end_their_lines_as_every_shell_reads_them(clone):
    assert b"\r\n" in (clone / "docs/index.md").read_bytes()
    scripts = [path for path in clone.rglob("*") if path.is_file() and begins_with(path, b"#!")]
    cases = clone / "tests/cases"  # files as an editor might have made them
    scripts = [path for path in scripts if not path.is_relative_to(cases)]
    assert len(scripts) > 5
    package = [each for each in (clone / "hooks").rglob("*") if each.is_file() and each.suffix != ".png"]
    run = [*scripts, *clone.rglob("*.sh"), clone / "Makefile", *(clone / ".ci").iterdir(), *package]
    assert [path for path in run if b"\r\n" in path.read_bytes()] == []
    shells = [path for path in scripts if b"sh" in path.read_bytes().split(b"\n")[0]]
    for path in shells:
        subprocess.run(["bash", "-n", path], check=True)


def test_the_digests_of_versions_hold_in_such_a_checkout(clone, capsys):
    source = str(clone / "tests/example/brambleford")
    assert b"\r\n" in (clone / "tests/example/brambleford/preamble.md").read_bytes()
    assert run_charter(capsys, "--source", source, "verify")[0] == 0
    code, out, _ = run_charter(capsys, "--source", source, "check")
    assert (code, "error" in out) == (0, False), out
