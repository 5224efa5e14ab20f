"""A charter that grows, in releases, in principles and in signatories → what each further one costs."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import histories
import signatories
from curve import Curve, Growth, Limit
from section import Section

MANY, MOST = 10_000, 100_000
"""Signatories: more than any charter has that we know of, and ten times as many."""

BENDS, MEMORY = "times as long as each one below", "MiB of memory at the most"
FIRST = "times as long as each of the first thousand"


def _more(growth: Growth) -> float:
    return growth.more(MANY)


CURVES = (
    Curve(
        name="releases",
        counts=(1, 10, 100),
        quick=(1, 5),
        write=histories.write,
        limits=(
            Limit(100, "100 releases take", "times as long as one", lambda it: it.times(100), 3),
            Limit(100, "Each further release adds", "ms of processor time", lambda it: it.slope, 20, 1),
        ),
        allowed=lambda growth: [(1, growth.median(1)), (100, 3 * growth.median(1))],
    ),
    Curve(
        name="principles",
        counts=(16, 160, 1600),
        quick=(16, 32),
        write=histories.write_principles,
        limits=(Limit(1600, "Each one above 160 takes", BENDS, lambda it: it.bend(16, 160, 1600), 1.25),),
        allowed=lambda growth: [
            (16, growth.median(16)),
            (160, growth.median(160)),
            (1600, growth.median(160) + 1.25 * 10 * (growth.median(160) - growth.median(16))),
        ],
    ),
    Curve(
        name="signatories",
        counts=(0, 1000, MANY, MOST),
        quick=(0, 300),
        write=signatories.write,
        limits=(
            Limit(MANY, "10,000 signatories take", "seconds of processor time more than none", _more, 10),
            Limit(MANY, "With them a build takes", MEMORY, lambda it: it.median(MANY, "memory"), 500, 0),
            Limit(MANY, "Each of their last thousands takes", FIRST, lambda it: it.bend(0, 1000, MANY), 1.25),
            Limit(MOST, "With 100,000 a build takes", MEMORY, lambda it: it.median(MOST, "memory"), 1024, 0),
            Limit(MOST, "Each one above 10,000 takes", BENDS, lambda it: it.bend(0, MANY, MOST), 1.25),
        ),
        allowed=lambda growth: [(count, growth.median(0) + 10 * count / MANY) for count in (0, MOST)],
    ),
)


def measure(folder: Path, *, runs: int, quick: bool) -> Section:
    """Return how a build grows with each."""
    grown = {}
    for curve in CURVES:
        # Each in a folder of its own, gone when it is done: together they would fill a disk.
        with tempfile.TemporaryDirectory(dir=folder) as below:
            grown[curve.name] = curve.measure(Path(below), runs=runs, quick=quick)
    return section(grown)


def section(grown: Mapping[str, Growth]) -> Section:
    """Return how a build grew with each thing, by its name."""
    curves = {each.name: each for each in CURVES if each.name in grown}
    return Section(
        name="growth",
        found={"grown": {name: (grown[name], it.limits_told(grown[name])) for name, it in curves.items()}},
        plots={name: each.plot(grown[name]) for name, each in curves.items()},
        missed=tuple(said for name, each in curves.items() for said in each.missed(grown[name])),
    )
