"""A register of organisations that report → what their reports cost a build, and how heavy its pages are."""

from __future__ import annotations

import gzip
import shutil
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import histories
import signatories
from measure import Run, middle, ours, rounds
from section import Section

from charterpress.model import Interval, Reporting

COUNT, SHORT = 1000, 100
"""How many organisations there are, and how many in a quick run."""
YEARS = 5
"""How many reports each has made, a year each; every second has answers for each principle."""
MOST = 5.0
"""How many seconds of processor time the reports of `COUNT` organisations may cost."""
HEAVIEST = 150_000
"""How many bytes a page may have, before it is compressed."""
ASKING = Reporting(every=Interval(months=12), grace=Interval(months=3))
ANSWERS = ("kept", "kept", "in part", "kept", "not yet", "kept", "in part", "does not apply")
WITHOUT, WITH = "without reports", "with reports"


def write(folder: Path, count: int) -> Mapping[str, Path]:
    """Write a charter that so many organisations signed below `folder`, and the same with the reports that
    they made; return their folders."""
    plain = signatories.write(folder / "plain", [count])[count]
    asking = replace(histories.charter(), reporting=ASKING)
    root = histories.write(folder / "asking", [signatories.RELEASES], asking)[signatories.RELEASES]
    shutil.copytree(plain / "signatories", root / "signatories")
    principles = [each.id for _theme, each in asking.principles()]
    for at, path in enumerate(sorted((root / "signatories").iterdir())):
        entry = path.read_text(encoding="utf-8")
        path.write_text(entry + "\n".join(_reports(entry, at, principles)) + "\n", encoding="utf-8")
    return {WITHOUT: plain, WITH: root}


def _reports(entry: str, at: int, principles: Sequence[str]) -> Iterator[str]:
    """The lines of the reports of organisation number `at`: on each of the first years since it signed, or,
    if it withdrew, on the first of them."""
    stays, _, gone = entry.partition("\nwithdrawn:")
    values = dict(line.strip(" -").split(": ", 1) for line in stays.splitlines() if ": " in line)
    signed = date.fromisoformat(values["date"])
    yield "reports:"
    for year in range(1 if gone else YEARS):
        start = signed.replace(year=signed.year + year)
        end = signed.replace(year=signed.year + year + 1) - timedelta(days=1)
        published = signed.replace(year=signed.year + year + 1, month=signed.month + 1, day=15)
        yield f"  - from: {start}\n    to: {end}\n    version: {values['version']}"
        yield f"    link: {values['website']}report-{year + 1}\n    published: {published.isoformat()}"
        if (at + year) % 2:
            yield "    principles:"
            for place, id in enumerate(principles):
                answer = ANSWERS[(at + place + year) % len(ANSWERS)]
                yield f"      - principle: {id}\n        answer: {answer}"
                yield f"        words: {_words(at, place, year)}"
                if (at + place) % 4 == 0:
                    yield f"        evidence: {values['website']}evidence/{id}"


def _words(at: int, place: int, year: int) -> str:
    seed = (at * 31 + place * 7 + year * 3) % len(histories.WORDS)
    chosen = [histories.WORDS[(seed + each * 3) % len(histories.WORDS)] for each in range(24)]
    return f"In year {year + 1} {' '.join(chosen)}."


def measure(folder: Path, *, runs: int, quick: bool) -> Section:
    """Return what the reports cost beside the same register without them."""
    count = SHORT if quick else COUNT
    charters = write(folder, count)
    sides = {
        name: ours(folder / f"site-{at}", charter) for at, (name, charter) in enumerate(charters.items())
    }
    rounds(sides, 1, "reports, not counted")
    found = rounds(sides, runs, "reports")
    return section(found, count, heaviest(folder))


def heaviest(folder: Path) -> tuple[str, int]:
    """Return the page of the sites that were built in `folder` that a host sends the most bytes for, and how
    many those are."""
    sizes = {
        path: len(gzip.compress(path.read_bytes(), 9, mtime=0))
        for path in folder.rglob("*.html")
        if path.stat().st_size > HEAVIEST // 10
    }
    page = max(sizes, key=sizes.__getitem__)
    return Path(*page.relative_to(folder).parts[2:-1]).as_posix(), sizes[page]


def more(found: Mapping[str, Sequence[Run]]) -> tuple[float, float, float]:
    """Return how many seconds of the processor more a build takes with the reports: the median of all rounds,
    the least and the greatest."""
    pairs = zip(found[WITH], found[WITHOUT], strict=True)
    single = sorted(one.seconds - other.seconds for one, other in pairs)
    return statistics.median(single), single[0], single[-1]


def section(found: Mapping[str, Sequence[Run]], count: int, page: tuple[str, int]) -> Section:
    """Return what was found of builds with and without the reports of `count` organisations, and of the
    heaviest `page`."""
    cost, least, greatest = more(found)
    missed = []
    if cost > MOST:
        missed.append(f"The reports of {count:,} organisations cost {cost:.2f} s; the most is {MOST:.0f}.")
    if page[1] > HEAVIEST:
        missed.append(f"The page {page[0]} has {page[1]:,} bytes; the most is {HEAVIEST:,}.")
    fields = (("seconds", 2), ("wall", 2), ("memory", 0), ("files", 0), ("written", 1))
    rows = [
        (side, [f"{middle(took, name):,.{places}f}" for name, places in fields])
        for side, took in found.items()
    ]
    told = {"count": count, "years": YEARS, "rows": rows, "cost": cost, "least": least, "greatest": greatest}
    limits = {"most": MOST, "page": page, "heaviest": HEAVIEST}
    return Section(name="reports", found=told | limits, missed=tuple(missed))
