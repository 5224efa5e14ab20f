"""What tests of commands share: running `charter` and git, and comparing the files that they leave."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
from pathlib import Path
from typing import IO

from charterpress.cli import main

AUTHOR = dict.fromkeys(
    (f"GIT_{role}_{key}" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")), "a@b.example"
)
GIT_ENV = AUTHOR | {"GIT_CONFIG_GLOBAL": os.devnull}
"""The environment of git for an author who is nobody in particular."""


def run_charter(capsys, *arguments: str) -> tuple[int, str, str]:
    """The exit code of `charter` with these arguments, its output and its errors."""
    code = main(arguments)
    return code, *capsys.readouterr()


def git(*arguments: str, folder: Path | str = ".") -> str:
    """The output of git in `folder`."""
    command, env = ["git", "-C", str(folder), *arguments], os.environ | GIT_ENV
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout.strip()


def commit_all(folder: Path | str = ".") -> None:
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--message", "x", folder=folder)


def init_repository(folder: Path | str = ".") -> None:
    """Make `folder` a repository with one commit on `main`."""
    git("init", "--quiet", "--initial-branch", "main", folder=folder)
    commit_all(folder)


def edit_file(path: Path, old: str, new: str) -> None:
    """Replace every `old` in a file, of which there must be one."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def file_contents(root: Path) -> dict[str, bytes | None]:
    """The bytes of every file below `root` by its path; None for a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


def run_in_terminal(
    *command: str, typed: str = "", interrupt_at: str = "", stdout: IO | None = None, cwd: Path | None = None
) -> tuple[int, str]:
    """The exit code of `command`, and what its terminal showed. `typed` is typed ahead; Ctrl-C is pressed
    when the terminal shows `interrupt_at`, and again until it is heard."""
    end, other = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    files = {"stdin": other, "stdout": stdout or other, "stderr": other}
    with subprocess.Popen(command, cwd=cwd, env=env, start_new_session=True, **files) as process:
        os.close(other)
        os.write(end, typed.encode())
        shown = b""
        while True:
            if interrupt_at and shown.endswith(interrupt_at.encode()):
                os.killpg(process.pid, signal.SIGINT)
            if select.select([end], [], [], 1)[0]:
                try:
                    shown += os.read(end, 4096)
                except OSError:  # how a terminal says that nobody writes to it any more
                    break
    os.close(end)
    return process.returncode, shown.decode().replace("\r\n", "\n")
