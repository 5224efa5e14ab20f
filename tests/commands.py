"""What tests of commands share: running `charter` and git, and comparing the files that they leave."""

from __future__ import annotations

import subprocess
from pathlib import Path

from charterpress.cli import main

AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")


def run_charter(capsys, *arguments: str) -> tuple[int, str, str]:
    """The exit code of `charter` with these arguments, its output and its errors."""
    code = main(arguments)
    return code, *capsys.readouterr()


def git(*arguments: str, folder: Path | str = ".") -> str:
    """The output of git in `folder`, as an author who is nobody in particular."""
    command = ["git", "-C", str(folder), *AUTHOR, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit_all(folder: Path | str = ".") -> None:
    """Commit every file in `folder`."""
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
