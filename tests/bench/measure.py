"""Runs commands as whole processes, in turns: what each took, and how many times as much as others."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import process

Name = TypeVar("Name", str, int)
Command = tuple[str | Path, ...]

ROOT = Path(__file__).resolve().parents[2]
MKDOCS: Command = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir")
CACHES = (ROOT / ".cache" / "charterpress",)
"""What our builds keep for the next one."""
MEBIBYTE = 1 << 20
MANY = 50_000
"""A site of more files than these is not kept: five of them would fill a disk."""
SETTLED = 6
"""Seconds after which ext4 has done with the files that were removed."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """What to run, where, and the folder that it writes, which is missing when it starts."""

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
    and of the clock, the most memory of one process at any moment in MiB, and the files that it wrote and
    their MiB."""

    seconds: float
    wall: float
    memory: float
    files: int
    written: float


def ours(site: Path, source: Path | None = None, *, cold: bool = False) -> Build:
    """Return our build of this charter, or the one at `source`, as `make site` runs it. A `cold` one finds
    nothing that an earlier build made."""
    return Build(command=(*MKDOCS, site), folder=ROOT, site=site, source=source, fresh=CACHES if cold else ())


def rounds(builds: Mapping[Name, Build], runs: int, what: str) -> dict[Name, tuple[Run, ...]]:
    """Run each build in turns, so often; the runs at one place were made in one round. `what` is measured,
    for whoever waits."""
    found: list[dict[Name, Run]] = []
    for turn in range(runs):
        say(f"{what}, round {turn + 1} of {runs}")
        found.append({name: run(build) for name, build in builds.items()})
    return {name: tuple(each[name] for each in found) for name in builds}


def run(build: Build, *, keep: bool = False) -> Run:
    """Build once. Ends this program, with what the build said, where it fails. Only to `keep` the site is it
    left where it was built.

    The site is put aside and not removed: for five seconds ext4 looks through all files that were removed
    before it makes a new one, which would take more time than the build, and be counted as the build's.
    """
    empty(build.fresh)
    used = process.ended(build.command, build.folder, environment(build.source))
    if used.code:
        sys.exit(f"bench: {build.command} failed:\n{used.said}")
    sizes = [file.stat().st_size for file in build.site.rglob("*") if file.is_file()]
    if len(sizes) > MANY and not keep:
        shutil.rmtree(build.site)
        time.sleep(SETTLED)
    elif not keep:
        build.site.rename(Path(tempfile.mkdtemp(dir=build.site.parent, prefix="built-")) / build.site.name)
    return Run(
        seconds=used.seconds,
        wall=used.wall,
        memory=used.memory,
        files=len(sizes),
        written=sum(sizes) / MEBIBYTE,
    )


def environment(source: Path | None) -> dict[str, str]:
    """Return the environment of a build of the charter at `source`, or of the one that its folder names.
    Python keeps what it compiled, as it does by itself; on some machines that test it is told not to."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept["XDG_CACHE_HOME"] = str(CACHES[0].parent)
    return kept | ({"CHARTER_SOURCE": str(source)} if source else {})


def empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def say(what: str) -> None:
    """Tell whoever waits what is measured now."""
    sys.stderr.write(f"bench: {what}\n")


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """The median of the ratios of every round, and the least and the greatest of them."""

    median: float
    least: float
    greatest: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f} to {self.greatest:.2f})"


def ratio(these: Sequence[float], those: Sequence[float]) -> Ratio:
    """Return how many times as much `these` are as `those`; those at one place were measured in one round."""
    found = [this / that for this, that in zip(these, those, strict=True)]
    return Ratio(median=statistics.median(found), least=min(found), greatest=max(found))


def figures(runs: Sequence[Run], field: str) -> list[float]:
    """Return one figure of every run."""
    return [getattr(each, field) for each in runs]


def compare(these: Sequence[Run], those: Sequence[Run], field: str = "seconds") -> Ratio:
    """Return how many times as much of one figure these runs took as those."""
    return ratio(figures(these, field), figures(those, field))


def middle(runs: Sequence[Run], field: str = "seconds") -> float:
    """Return the median of one figure."""
    return statistics.median(figures(runs, field))
