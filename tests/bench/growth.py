"""A charter that grows, in releases, in principles and in signatories → what each further one costs."""

from __future__ import annotations

import tempfile
from pathlib import Path

import histories
import signatories
from curve import Curve, Limit
from section import Section

MANY, MOST = 10_000, 100_000
"""Signatories: more than any charter has that we know of, and ten times as many."""

CURVES = (
    Curve(
        name="releases",
        counts=(1, 10, 100),
        quick=(1, 5),
        write=histories.write,
        limits=(
            Limit(
                of=100,
                says=("100 releases take", "times as long as one"),
                figure=lambda growth: growth.times(100),
                most=3,
            ),
            Limit(
                of=100,
                says=("Each further release adds", "ms of processor time"),
                figure=lambda growth: growth.slope,
                most=20,
                places=1,
            ),
        ),
        allowed=lambda growth: [(1, growth.median(1)), (100, 3 * growth.median(1))],
        says="""\
A made-up charter of sixteen principles, some 650 words each, at several ages. Each release rewords one to
three of them; one in eight moves a principle, gives it another id, or puts a new one in its place. It is
built with all of its pages and downloads: every version, what it changed, how it differs from the current
one, feeds, and addresses that have moved. Every release is compared with git's record, as always. The PDFs
are there already, but in the first build: each is made once, and then copied.""",
    ),
    Curve(
        name="principles",
        counts=(16, 160, 1600),
        quick=(16, 32),
        write=histories.write_principles,
        limits=(
            Limit(
                of=1600,
                says=("Each one above 160 takes", "times as long as each one below"),
                figure=lambda growth: growth.bend(16, 160, 1600),
                most=1.25,
            ),
        ),
        allowed=lambda growth: [
            (16, growth.median(16)),
            (160, growth.median(160)),
            (1600, growth.median(160) + 1.25 * 10 * (growth.median(160) - growth.median(16))),
        ],
        says="""\
The same charter with one release and so many principles, which stand in four themes. Every one has its page,
its feed, its place in the search, in the menu and on the sheets for practice.""",
    ),
    Curve(
        name="signatories",
        counts=(0, 1000, MANY, MOST),
        quick=(0, 300),
        write=signatories.write,
        limits=(
            Limit(
                of=MANY,
                says=("10,000 signatories take", "seconds of processor time more than none"),
                figure=lambda growth: growth.more(MANY),
                most=10,
            ),
            Limit(
                of=MANY,
                says=("With them a build takes", "MiB of memory at the most"),
                figure=lambda growth: growth.median(MANY, "memory"),
                most=500,
                places=0,
            ),
            Limit(
                of=MANY,
                says=("Each of their last thousands takes", "times as long as each of the first thousand"),
                figure=lambda growth: growth.bend(0, 1000, MANY),
                most=1.25,
            ),
            Limit(
                of=MOST,
                says=("With 100,000 a build takes", "MiB of memory at the most"),
                figure=lambda growth: growth.median(MOST, "memory"),
                most=1024,
                places=0,
            ),
            Limit(
                of=MOST,
                says=("Each one above 10,000 takes", "times as long as each one below"),
                figure=lambda growth: growth.bend(0, MANY, MOST),
                most=1.25,
            ),
        ),
        allowed=lambda growth: [(count, growth.median(0) + 10 * count / MANY) for count in (0, MOST)],
        says=f"""\
The charter of sixteen principles with {signatories.RELEASES} releases, signed by so many organisations, each
with a page, a badge and a certificate to print. The list is searched by small files, and printed in volumes
by letter beyond 2,000. These PDFs are there already, but in the first build.""",
    ),
)


def measure(folder: Path, *, runs: int, quick: bool) -> Section:
    """Return how a build grows with each."""
    texts, plots, missed = [], {}, []
    for curve in CURVES:
        # Each in a folder of its own, gone when it is done: together they would fill a disk.
        with tempfile.TemporaryDirectory(dir=folder) as below:
            grown = curve.measure(Path(below), runs=runs, quick=quick)
        plots[curve.name] = curve.plot(grown)
        missed += curve.missed(grown)
        texts.append(
            f"### By the number of {curve.name}\n\n{curve.says}\n\n{curve.table(grown)}\n\n"
            f"![Processor time over the number of {curve.name}, and the most that is allowed, as a dashed"
            f" line.](performance-{curve.name}.svg)"
        )
    return Section(heading="A charter that grows", text="\n\n".join(texts), plots=plots, missed=tuple(missed))
