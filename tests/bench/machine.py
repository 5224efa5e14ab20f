"""The machine that measures → what it is, and how much one build differs from the same again: its noise."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from beside import PEERS
from measure import compare, ours, rounds
from section import Section

from conftest import find_chromium

MEMORY = Path("/dev/shm")  # noqa: S108 - whoever writes there makes a folder with a name of its own
ROOM = 12 << 30
"""A folder in memory, and how many bytes it has to have left for all that is built."""
PACKAGES = ("mkdocs", "mkdocs-material", "zensical", "mike", "hugo")


def place() -> Path | None:
    """Return where to build: in memory where there is room for it, or None for the disk.

    What a disk does with many files counts as the build's time, and is another at every run: 4 to 45 seconds
    of one and the same build for 20,000 signatories, which takes 19 in memory.
    """
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM else None


def measure(folder: Path, *, runs: int, quick: bool) -> Section:
    """Return the machine and its noise: the real charter is built twice in every round, with nothing changed
    between them."""
    twice = rounds({name: ours(folder / name) for name in ("once", "again")}, runs + 1, "noise")
    _warm, *once = twice["once"]
    _warm, *again = twice["again"]
    noise = {field: compare(again, once, field) for field in ("seconds", "wall", "memory")}
    return Section(name="machine", found={"noise": noise, "parts": dict(_parts(folder))})


def _parts(folder: Path) -> Iterator[tuple[str, str]]:
    yield "processor", f"{_processor()}, {os.cpu_count()} cores"
    yield "system", f"{platform.system()} {platform.release()}"
    yield "Python", platform.python_version()
    yield "Chromium", _said(find_chromium(), "--version")
    yield from versions().items()
    yield "builds write into", "memory" if folder.is_relative_to(MEMORY) else "a disk"
    # How busy the machine was is no property of it, but decides how far the figures can be believed.
    yield "load when it began", f"{os.getloadavg()[0]:.1f} processes"


def versions() -> dict[str, str]:
    """Return which version there is of each tool beside which we are measured."""
    if not (PEERS / "python").exists():
        return dict.fromkeys(PACKAGES, "not installed")
    code = "from importlib.metadata import distributions as all; [print(a.name, a.version) for a in all()]"
    found = dict(line.split() for line in _said(PEERS / "python", "-c", code).splitlines())
    return {name: found.get(name, "not installed") for name in PACKAGES}


def today() -> str:
    """Return the day in UTC."""
    return datetime.now(UTC).date().isoformat()


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _said(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
