"""Measures what we build beside what others build of the same, and how a build grows with the releases
and the signatories.

Everything is measured in one run, in turns, as whole processes.

Run by `make bench`. QUICK=1 takes three runs of each, not five; WRITE=1 writes
docs/developers/performance.md, with the day that DATE names (2026-01-31). Exit code 1: a ratio is over its
target.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import growth
import histories
import signatories
from growth import Curve, Growth, Limit
from measure import Build, run

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "developers" / "performance.md"
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir")


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One comparison. Each side is given an empty folder and returns what to run there."""

    name: str
    ours: Callable[[Path], Build]
    theirs: Callable[[Path], Build]
    target: float
    says: str
    """What is compared, in a sentence or two for the page."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """Processor seconds (user and system) of every run of both sides, in the order they were run."""

    bench: Bench
    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Our median over theirs."""
        return statistics.median(self.ours) / statistics.median(self.theirs)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the greatest ratio of a pair of runs that followed one another."""
        ratios = [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]
        return min(ratios), max(ratios)


# --- The site of the real charter, beside plain Material with the same text ---------------------------


class Plain(HTMLParser):
    """Turns a page of HTML into plain Markdown of the same words: headings, paragraphs, list items."""

    BLOCKS = {f"h{level}": "#" * level + " " for level in range(1, 7)} | {
        **dict.fromkeys(
            ("p", "div", "section", "dt", "dd", "td", "th", "blockquote", "article", "figure"), ""
        ),
        "li": "- ",
    }
    SKIPPED = frozenset({"script", "style", "svg", "nav", "template", "button", "label"})

    def __init__(self):
        super().__init__()
        self.lines: list[str] = []
        self.mark = ""
        self.words: list[str] = []
        self.inside = 0
        self.skipped = 0

    def flush(self) -> None:
        """Ends a block."""
        words = " ".join("".join(self.words).split())
        if words:
            self.lines.append(self.mark + "".join(f"\\{c}" if c in "\\`*_{}[]<>#+|" else c for c in words))
            self.mark = ""
        self.words = []

    def handle_starttag(self, tag, attrs):
        self.inside += tag == "main"
        self.skipped += tag in self.SKIPPED
        if tag in self.BLOCKS:
            self.flush()
            self.mark = self.BLOCKS[tag] or self.mark

    def handle_endtag(self, tag):
        if tag in self.BLOCKS:
            self.flush()
            self.mark = ""
        self.skipped -= tag in self.SKIPPED
        self.inside -= tag == "main"

    def handle_data(self, data):
        if self.inside and not self.skipped:
            self.words.append(data)


def our_site(folder: Path) -> Build:
    """The real charter, as `make site` builds it."""
    return Build(command=(*MKDOCS, folder / "site"), folder=ROOT, site=folder / "site")


def plain_site(folder: Path) -> Build:
    """As many pages with the same words, in Markdown, built by Material as it comes."""
    built = folder / "built"
    subprocess.run((*MKDOCS, built), cwd=ROOT, check=True)
    words = 0
    for page in sorted(built.rglob("*.html")):
        path = page.relative_to(built)
        reader = Plain()
        reader.feed(page.read_text(encoding="utf-8"))
        reader.flush()
        if not reader.lines or path.name == "404.html":
            continue
        source = folder / "docs" / (path if path.parent == Path() else path.parent).with_suffix(".md")
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text("\n\n".join(reader.lines) + "\n", encoding="utf-8")
        words += sum(len(line.split()) for line in reader.lines)
    pages = len(list((folder / "docs").rglob("*.md")))
    print(f"plain Material is given {pages} pages with {words} words", file=sys.stderr)
    (folder / "mkdocs.yml").write_text(
        "site_name: Plain\nsite_url: https://plain.example/\ntheme: {name: material, font: false}\n"
        "plugins: [search]\n",
        encoding="utf-8",
    )
    return Build(command=(*MKDOCS, folder / "site"), folder=folder, site=folder / "site")


BENCHES = (
    Bench(
        name="site",
        ours=our_site,
        theirs=plain_site,
        target=1.3,
        says="`mkdocs build --strict` of this charter, beside plain Material for MkDocs building as many"
        " pages with the same words as plain Markdown, with its search and nothing else switched on.",
    ),
)


# --- Measuring and telling ---------------------------------------------------------------------------


def measure(bench: Bench, runs: int) -> Result:
    """Runs both sides in turns, after one run of each that is not counted (it fills caches)."""
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        sides = bench.ours(Path(ours)), bench.theirs(Path(theirs))
        for side in sides:
            run(side)
        times = [tuple(run(side).seconds for side in sides) for _ in range(runs)]
    return Result(bench=bench, ours=tuple(pair[0] for pair in times), theirs=tuple(pair[1] for pair in times))


def report(results: list[Result]) -> str:
    """The results as a table in Markdown."""
    lines = [
        "| bench | ours (s) | beside it (s) | ratio | least to greatest | target |",
        "|---|---|---|---|---|---|",
    ]
    for result in results:
        ours, theirs = statistics.median(result.ours), statistics.median(result.theirs)
        least, greatest = result.spread
        lines.append(
            f"| {result.bench.name} | {ours:.2f} | {theirs:.2f} | {result.ratio:.2f} |"
            f" {least:.2f} to {greatest:.2f} | {result.bench.target} |"
        )
    return "\n".join(lines)


# --- A charter that grows ----------------------------------------------------------------------------

MANY = 10_000
CURVES = (
    Curve(
        name="releases",
        counts=(1, 2, 5, 10, 20, 50, 100),
        quick=(1, 10, 100),
        write=histories.write,
        limits=(
            Limit(says=("100 releases take", "times as long as one"), figure=lambda g: g.times(100), most=3),
            Limit(
                says=("Each further release adds", "ms of processor time"),
                figure=lambda g: g.slope,
                most=20,
                places=1,
            ),
        ),
        allowed=lambda g: [(1, g.median(1)), (100, 3 * g.median(1))],
        says="""\
A made-up charter of sixteen principles, some 650 words each, at several ages. Each release rewords one to
three of them; one in eight moves a principle, gives it another id, or puts a new one in its place. It is
built with all of its pages and downloads: every version, what it changed, how it differs from the current
one, feeds, and addresses that have moved. Every release is compared with git's record, as always. The PDFs
are there already, but in the first build: each is made once, and then copied.""",
    ),
    Curve(
        name="signatories",
        counts=(0, 1000, 2000, 5000, MANY),
        quick=(0, 1000, MANY),
        write=signatories.write,
        limits=(
            Limit(
                says=("10,000 signatories take", "seconds of processor time more than none"),
                figure=lambda g: g.more(MANY),
                most=10,
            ),
            Limit(
                says=("With them a build takes", "MiB of memory at the most"),
                figure=lambda g: g.median(MANY, "memory"),
                most=500,
                places=0,
            ),
            Limit(
                says=("Each of the last thousands takes", "times as long as each of the first thousand"),
                figure=lambda g: (
                    (g.median(MANY) - g.median(1000))
                    / (MANY - 1000)
                    / ((g.median(1000) - g.median(0)) / 1000)
                ),
                most=1.25,
            ),
        ),
        allowed=lambda g: [(0, g.median(0)), (MANY, g.median(0) + 10)],
        says=f"""\
The same charter with {signatories.RELEASES} releases, signed by so many organisations, each with a page, a
badge and a certificate to print. The list is searched by small files, and printed in volumes by letter beyond
2,000. These PDFs are there already, but in the first build.""",
    ),
)


def hundred_thousand(folder: Path) -> str:
    """Build the register of 100,000 twice, and say what the second build took."""
    count = 100_000
    (source,) = signatories.write(folder, [count]).values()
    site = folder / "site"
    build = Build(command=(*MKDOCS, site), folder=ROOT, site=site, source=source)
    first, second = run(build), run(build)
    return (
        f"One build with {count:,} signatories: {second.seconds:.0f} s of processor time (the first one"
        f" {first.seconds:.0f} s), {second.memory:.0f} MiB of memory (the most is 1,024), {second.files:,}"
        f" files, {second.written:,.0f} MiB written."
    )


def document(results: list[Result], grown: dict[str, Growth], largest: str, runs: int, day: str) -> str:
    """The page for programmers."""
    benches = "\n".join(f"- **{bench.name}**: {bench.says}" for bench in BENCHES)
    curves = "\n\n".join(
        f"## By the number of {curve.name}\n\n{curve.says}\n\n{growth.table(curve, grown[curve.name])}\n\n"
        f"![Processor time over the number of {curve.name}, and the most that is allowed, as a dashed line.]"
        f"({PAGE.stem}-{curve.name}.svg)"
        for curve in CURVES
    )
    return f"""---
title: Performance
description: What a build costs beside plain Material for MkDocs, with every release and every signatory.
---

# Performance

`make bench` measures all sides in one run, in turns, and takes the medians of {runs} runs: processor time,
user and system, of whole processes that write into an empty folder. The first run of each is not counted.
Seconds depend on the machine and on what else it does; the ratios are what counts, and one over its target
fails the run. The least and the greatest stand in brackets. Measured on {day}.

## Beside plain Material

{report(results)}

{benches}

{curves}

{largest}
"""


def main() -> int:
    """Measures every bench, prints the tables, and writes the page and its plots where it is asked to."""
    quick, write, day = (os.environ.get(name) for name in ("QUICK", "WRITE", "DATE"))
    if write and (quick or not day):
        sys.exit("bench: to write the page, say the day, and not QUICK: make bench WRITE=1 DATE=2026-01-31")
    runs = 3 if quick else 5
    results = [measure(bench, runs) for bench in BENCHES]
    print(report(results), flush=True)
    grown, over = {}, [result.bench.name for result in results if result.ratio > result.bench.target]
    for curve in CURVES:
        with tempfile.TemporaryDirectory() as folder:
            grown[curve.name] = curve.measure(MKDOCS, ROOT, Path(folder), runs=runs, quick=bool(quick))
        print(f"\n{growth.table(curve, grown[curve.name])}", flush=True)
        over += curve.over(grown[curve.name])
    largest = ""
    if not quick:
        with tempfile.TemporaryDirectory() as folder:
            largest = hundred_thousand(Path(folder))
        print(f"\n{largest}")
    if write:
        PAGE.write_text(document(results, grown, largest, runs, day), encoding="utf-8")
        for curve in CURVES:
            plot = PAGE.with_name(f"{PAGE.stem}-{curve.name}.svg")
            plot.write_text(growth.plot(curve, grown[curve.name]), encoding="utf-8")
    for each in over:
        print(f"bench: over the target: {each}", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
