"""Questions to git → its answers: the only module that runs it, and never through a shell."""

from __future__ import annotations

import subprocess
from pathlib import Path

from press.errors import PressError


def run(folder: Path, *arguments: str) -> str:
    """Return what `git` prints when it is run in `folder` with `arguments`.

    Raises PressError, in git's own words where it has any, if there is no git or it refuses.
    """
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",  # a file may have any bytes for a name
            check=False,
        )
    except OSError as problem:
        raise PressError("git is not installed here, and this needs it") from problem
    if done.returncode:
        raise PressError(done.stderr.strip().removeprefix("fatal: ") or f"git ended with {done.returncode}")
    return done.stdout


def commit_date(folder: Path) -> str:
    """Return the date of the commit that `folder` stands at, as 2026-12-01, or "" where git knows none."""
    try:
        return run(folder, "show", "--no-patch", "--format=%cs", "HEAD").strip()
    except PressError:
        return ""
