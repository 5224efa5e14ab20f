"""What takes more than a moment says so on a terminal, and nowhere else; at the end nothing of it is left."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from commands import run_in_terminal

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


def run(program: str, *arguments: str, cwd: Path | None = None) -> tuple[int, str, str]:
    """The exit code of a Python program, what its terminal showed, and what went to a file as its output."""
    with tempfile.TemporaryFile("w+") as out:
        code, said = run_in_terminal(sys.executable, "-c", program, *arguments, stdout=out, cwd=cwd)
        out.seek(0)
        return code, said, out.read()


def test_what_takes_long_is_said_and_gone_at_the_end():
    code, said, out = run(SLOW, "2.2")
    left, ever = shown(said)
    assert (code, out, left) == (0, "before\nafter\n", [])
    seconds = {f"Reading 5 [bold]files 0:00:0{second}" for second in range(2)}
    assert seconds & {line.rstrip() for line in ever}


def test_what_is_stopped_leaves_nothing_either():
    """But the reason, and the cursor that was hidden."""
    code, said, out = run(SLOW, "1.5", "stop")
    left, ever = shown(said)
    assert (code, out, left) == (1, "before\n", ["stopped"])
    assert any("Reading" in line for line in ever)
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")


def test_nothing_is_said_of_what_is_quick_or_into_a_pipe():
    assert run(SLOW, "0.1") == (0, "", "before\nafter\n")
    done = subprocess.run([sys.executable, "-c", SLOW, "1.5"], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"before\nafter\n", b"")


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
def test_every_command_that_many_signatories_make_slow_says_what_it_does(reworded, command, said):
    code, shows, out = run(AT_ONCE, *shlex.split(command), cwd=reworded.parent)
    left, ever = shown(shows)
    assert (code, left) == (0, []), shows
    assert {re.sub(r" [\d:]+ *$", "", line) for line in ever} - {"Reading pages"} >= said
    assert out
    assert "Reading" not in out
