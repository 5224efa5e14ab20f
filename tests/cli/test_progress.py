"""What takes more than a moment says so on a terminal, and nowhere else; at the end nothing of it is left."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from builders import release_draft, write_charter, write_note

SLOW = """
import sys, time
from charterpress.cli.progress import progress_message
print("before", flush=True)
with progress_message("Reading 5 [bold]files"):
    time.sleep(float(sys.argv[1]))
    if len(sys.argv) > 2:
        raise SystemExit("stopped")
print("after")
"""
AT_ONCE = """
import sys
from charterpress.cli import main, progress
progress.DELAY = 0
sys.exit(main(sys.argv[1:]))
"""
"""The command as it is, but that it wonders at once."""


def shown(text: str) -> list[str]:
    """The lines that stand on a terminal once it has shown `text`, and every line that ever stood there."""
    screen, row, ever = [""], 0, set()
    for part in re.split(r"(\x1b\[[\d;?]*[A-Za-z]|\r|\n)", text):
        if part == "\n":
            row += 1
            screen += [""] * (row == len(screen))
        elif part == "\x1b[2K":
            screen[row] = ""
        elif part.endswith("A") and part.startswith("\x1b["):
            row -= int(part[2:-1])
        elif part and part != "\r" and not part.startswith("\x1b["):
            screen[row] += part
            ever.add(screen[row])
    return [*filter(None, screen)], ever


def run(program: str, *arguments: str, cwd: Path | None = None, terminal: bool = True):
    """What is on the terminal (or in the pipe) that stderr is, and what went to a file that stdout is."""
    end, other = pty.openpty() if terminal else os.pipe()
    with (
        tempfile.TemporaryFile("w+") as out,
        subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            cwd=cwd,
            stdout=out,
            stderr=other,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
        ) as process,
    ):
        os.close(other)
        said = b""
        while True:
            try:
                data = os.read(end, 4096)
            except OSError:  # how a terminal says that nobody writes to it any more
                break
            if not data:
                break
            said += data
        os.close(end)
        code = process.wait(30)
        out.seek(0)
        return code, said.decode(), out.read()


def test_what_takes_long_is_said_and_gone_at_the_end():
    """With the time that it has taken; no word of it means anything to the terminal."""
    code, said, out = run(SLOW, "2.2")
    left, ever = shown(said)
    assert (code, out, left) == (0, "before\nafter\n", [])
    assert {"Reading 5 [bold]files 0:00:00", "Reading 5 [bold]files 0:00:01"} & {
        line.rstrip() for line in ever
    }


def test_what_is_stopped_leaves_nothing_either():
    """But the reason, and the cursor that was hidden."""
    code, said, out = run(SLOW, "1.5", "stop")
    left, ever = shown(said)
    assert (code, out, left) == (1, "before\n", ["stopped"])
    assert any("Reading" in line for line in ever)
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")


@pytest.mark.parametrize(("seconds", "terminal"), [("0.1", True), ("1.5", False)])
def test_nothing_is_said_of_what_is_quick_or_into_a_pipe(seconds, terminal):
    """Not one byte."""
    assert run(SLOW, seconds, terminal=terminal) == (0, "", "before\nafter\n")


@pytest.fixture
def version(tmp_path):
    """A small charter with a version, and a change with its note."""
    root = write_charter(tmp_path)
    release_draft(root, first=True)
    path = root / "themes/moorings/moorings-first.md"
    path.write_text(path.read_text().replace("It does.", "It does so."))
    write_note(root, "moorings-first", class_="guidance")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("check", {"Reading the charter", "Checking the charter"}),
        ("verify", {"Reading the charter", "Checking the charter"}),
        ("status", {"Reading the charter", "Comparing the charter with its current version"}),
        ("diff 1.0.0 draft", {"Reading the charter"}),
        (
            "release",
            {"Reading the charter", "Checking the charter", "Checking that the new version can be printed"},
        ),
        ('new principle tides "Watch the tide"', {"Reading the charter", "Checking what will be written"}),
        ("links --site https://quay.example/", {"Reading the charter", "Checking the charter"}),
    ],
)
def test_every_command_that_many_signatories_make_slow_says_what_it_does(version, command, said):
    """In its order, and what it has to say stands alone in its output."""
    code, shows, out = run(AT_ONCE, *shlex.split(command), cwd=version)
    left, ever = shown(shows)
    assert (code, left) == (0, []), shows
    assert {re.sub(r" [\d:]+ *$", "", line) for line in ever} - {"Reading pages"} >= said
    assert out
    assert "Reading" not in out
