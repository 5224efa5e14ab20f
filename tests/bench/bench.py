"""Measures what we build beside what others build of the same, and how a build grows: each section of
docs/developers/performance.md in its turn, in one run.

Run by `make bench`: it prints what it measured, and writes the page and its plots, with the day that DATE
names (2026-01-31; without it, today in UTC). QUICK=1 takes one run of each and not five, and smaller
charters, and only prints: so few runs take no page's place. Exit code 1: a target is missed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import beside
import change
import growth
import languages
import machine
import reader
import reports
from measure import ROOT, say
from section import FOLDER, Section

import versions

PAGE = ROOT / "docs" / "developers" / "performance.md"
RUNS, SHORT = 5, 1
"""How often each is run, and how often where time is short."""


SECTIONS: dict[str, Callable[..., Section]] = {
    "machine": machine.measure,
    "beside": beside.measure,
    "versions": versions.measure,
    "growth": growth.measure,
    "change": change.measure,
    "languages": languages.measure,
    "reports": reports.measure,
    "reader": reader.measure,
}
"""What measures each section, in the order of the page: it is given an empty folder, how many runs to take of
each, and whether to be quick with smaller charters."""


def page(found: Sequence[Section], *, runs: int, day: str) -> str:
    """Return the page for programmers, with what was found by each section."""
    parts = "\n\n".join(section.text for section in found)
    return f"""---
title: Performance
description: What a build costs beside what people would use instead, and how it grows with a charter.
---

# Performance

`make bench` measures all sides at one time, in turns, as whole processes that write
into an empty folder. Figures are medians of {runs}. Processor time is that of user and system. Seconds depend
on the machine and on what else it does; the ratios are what counts, and one over its target fails the run.
The least and the greatest stand in brackets. Measured on {day}.

{parts}
"""


def write(text: str, found: Sequence[Section]) -> None:
    """Write the page and its plots, in place of those that were there."""
    for old in PAGE.parent.glob(f"{PAGE.stem}-*.svg"):
        old.unlink()
    PAGE.write_text(text, encoding="utf-8")
    for section in found:
        for end, plot in section.plots.items():
            PAGE.with_name(f"{PAGE.stem}-{end}.svg").write_text(plot, encoding="utf-8")


def main() -> int:
    """Measure every section and print it; write the page and its plots, unless it is a quick one."""
    quick, day = bool(os.environ.get("QUICK")), os.environ.get("DATE") or machine.today()
    runs, found = SHORT if quick else RUNS, []
    for name, measure in SECTIONS.items():
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="bench-", dir=machine.place()) as folder:
            found.append(measure(Path(folder), runs=runs, quick=quick))
        say(f"{name} took {time.monotonic() - began:.0f} s")
        print(found[-1].text, end="\n\n", flush=True)
    if not quick:
        write(page(found, runs=runs, day=day), found)
    missed = [(section.name, said) for section in found for said in section.missed]
    for name, said in missed:
        say(f"target missed: {said} Say why in {(FOLDER / name).relative_to(ROOT)}.md, by a profile.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
