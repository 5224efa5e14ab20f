"""Measures what we build beside what others build of the same, and how a build grows with the releases.

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

import histories

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "developers" / "performance.md"
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir")

Command = tuple[str | Path, ...]

RELEASES = (1, 2, 5, 10, 20, 50, 100)
QUICK = (1, 10, 100)
"""How many releases the charters have whose builds are compared."""
MOST_TIMES = 3.0
"""How many times as long a build with 100 releases may take as one with a single one."""
MOST_EACH = 20.0
"""How many milliseconds of processor time each further release may add."""


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One comparison. Each side is given an empty folder and returns what to run, and where."""

    name: str
    ours: Callable[[Path], tuple[Command, Path]]
    theirs: Callable[[Path], tuple[Command, Path]]
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


def our_site(folder: Path) -> tuple[Command, Path]:
    """The real charter, as `make site` builds it."""
    return (*MKDOCS, folder / "site"), ROOT


def plain_site(folder: Path) -> tuple[Command, Path]:
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
    return (*MKDOCS, folder / "site"), folder


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


# --- A charter that grows ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Processor seconds of every run, by the number of releases."""

    seconds: dict[int, tuple[float, ...]]

    def median(self, releases: int) -> float:
        """The median of the runs with so many releases."""
        return statistics.median(self.seconds[releases])

    def times(self, releases: int) -> float:
        """How many times as long as with one release it takes."""
        return self.median(releases) / self.median(min(self.seconds))

    @property
    def slope(self) -> float:
        """What each further release adds, in milliseconds: the straight line through all medians."""
        counts = sorted(self.seconds)
        return 1000 * statistics.linear_regression(counts, [self.median(each) for each in counts]).slope

    @property
    def over(self) -> list[str]:
        """Which targets are missed."""
        most = max(self.seconds)
        return [f"{most} releases beside one"] * (self.times(most) > MOST_TIMES) + [
            "each further release"
        ] * (self.slope > MOST_EACH)


def grow(runs: int, counts: tuple[int, ...]) -> Growth:
    """Builds charters with so many releases in turns, after one build of each that is not counted: it makes
    the PDFs, which are made once for ever."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {}
        for count in counts:
            source = histories.write(Path(folder) / str(count), count)
            commands[count] = (
                "env", f"CHARTER_SOURCE={source}", *MKDOCS, Path(folder) / f"site-{count}"
            )  # fmt: skip
            processor_seconds(commands[count], ROOT)
            print(f"bench: a charter with {count} releases is there", file=sys.stderr)
        rounds = [{count: processor_seconds(commands[count], ROOT) for count in counts} for _ in range(runs)]
    return Growth(seconds={count: tuple(each[count] for each in rounds) for count in counts})


def curve(growth: Growth) -> str:
    """The growth as a table in Markdown."""
    lines = ["| releases | seconds | least to greatest | beside one release |", "|---|---|---|---|"]
    for count, seconds in sorted(growth.seconds.items()):
        lines.append(
            f"| {count} | {growth.median(count):.2f} | {min(seconds):.2f} to {max(seconds):.2f} |"
            f" {growth.times(count):.2f} |"
        )
    most = max(growth.seconds)
    said = (
        f"Each further release adds {growth.slope:.1f} ms (target: {MOST_EACH:.0f} ms). {most} releases take "
        f"{growth.times(most):.2f} times as long as one (target: {MOST_TIMES:.0f})."
    )
    return "\n".join([*lines, "", said])


# --- Measuring and telling ---------------------------------------------------------------------------


def processor_seconds(command: Command, folder: Path) -> float:
    """Runs a command in a folder; its user and system time, with that of the processes it waited for."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"bench: {command} failed:\n{output.read().decode(errors='replace')}")
    return used.ru_utime + used.ru_stime


def measure(bench: Bench, runs: int) -> Result:
    """Runs both sides in turns, after one run of each that is not counted (it fills caches)."""
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        sides = bench.ours(Path(ours)), bench.theirs(Path(theirs))
        for side in sides:
            processor_seconds(*side)
        times = [tuple(processor_seconds(*side) for side in sides) for _ in range(runs)]
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


def document(results: list[Result], growth: Growth, runs: int, day: str) -> str:
    """The page for programmers."""
    benches = "\n".join(f"- **{bench.name}**: {bench.says}" for bench in BENCHES)
    return f"""---
title: Performance
description: What a build costs beside plain Material for MkDocs, and how it was measured.
---

# Performance

`make bench` measures both sides in one run, in turns, and takes the medians of {runs} runs: processor time,
user and system, of whole processes. The first run of each side is not counted. Seconds depend on the machine;
the ratio is what counts, and a ratio over its target fails the run. Measured on {day}:

{report(results)}

{benches}

## With every release

A made-up charter of sixteen principles, of which each release rewords one to three, with all of its pages:
every version, what it changed, how it differs from the current one, the downloads. Every release is compared
with git's record, as always. The PDFs are there already: one takes a third of a second, and is made once.

{curve(growth)}
"""


def main() -> int:
    """Measures every bench, prints the table, and writes the page where it is asked to."""
    runs = 3 if os.environ.get("QUICK") else 5
    results = [measure(bench, runs) for bench in BENCHES]
    print(report(results))
    growth = grow(runs, QUICK if os.environ.get("QUICK") else RELEASES)
    print(f"\n{curve(growth)}")
    if os.environ.get("WRITE"):
        day = os.environ.get("DATE") or sys.exit("bench: say the day too: make bench WRITE=1 DATE=2026-01-31")
        PAGE.write_text(document(results, growth, runs, day), encoding="utf-8")
    over = [result.bench.name for result in results if result.ratio > result.bench.target] + growth.over
    if over:
        print(f"bench: over the target: {', '.join(over)}", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
