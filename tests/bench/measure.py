"""Runs a command as a whole process, and says what it took."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1 << 20

Command = tuple[str | Path, ...]


@dataclass(frozen=True, kw_only=True)
class Build:
    """What to run, where, and the folder that it writes, which is not there when it starts."""

    command: Command
    folder: Path
    site: Path
    source: Path | None = None
    """The charter to build; None for the one that the folder names."""
    fresh: tuple[Path, ...] = ()
    """Folders that are removed first: what an earlier run kept."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one build took: seconds of the processor (user and system, with the processes that it waited for)
    and of the clock, the most memory at any moment in MiB, and the files that it wrote and their MiB."""

    seconds: float
    wall: float
    memory: float
    files: int
    written: float


def run(build: Build, *, keep: bool = False) -> Run:
    """Build once. Ends this program, with what the build said, where it fails. Only to `keep` the site is it
    left where it was built.

    The site is put aside and not removed: for five seconds ext4 looks through all files that were removed
    before it makes a new one, which would take more time than the build, and be counted as the build's.
    """
    named = {"CHARTER_SOURCE": str(build.source)} if build.source else {}
    for folder in build.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            build.command, cwd=build.folder, env=os.environ | named, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        if process.returncode:
            output.seek(0)
            sys.exit(f"bench: {build.command} failed:\n{output.read().decode(errors='replace')}")
    written = build.site
    if not keep:
        written = Path(tempfile.mkdtemp(dir=build.site.parent, prefix="built-")) / build.site.name
        build.site.rename(written)
    sizes = [file.stat().st_size for file in written.rglob("*") if file.is_file()]
    kibibytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Run(
        seconds=used.ru_utime + used.ru_stime,
        wall=wall,
        memory=kibibytes / 1024,
        files=len(sizes),
        written=sum(sizes) / MEBIBYTE,
    )
