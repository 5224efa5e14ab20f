"""A small charter that asks for reports, and organisations with every standing that a report can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import registers
from builders import (
    YEARLY,
    make_charter,
    make_release,
    make_report,
    make_signatory,
    write_charter,
    write_note,
    write_signatory,
)
from charterpress import register
from charterpress.cli import main
from charterpress.model import (
    Answer,
    Charter,
    Class,
    Edition,
    PrincipleReport,
    Release,
    Report,
    Signatory,
    Withdrawal,
)
from charterpress.text.slugs import name_slug
from charterpress.views.signatories import RegisterView

DAY = "2026-11-20"
PREAMBLE = "A harbour is shared. Whoever signs reports every 12 months, within 3 months."
PRINCIPLES = ("moorings-first", "moorings-second", "tides-first", "tides-second")
HARD = "We had no boat to go out with."
EVIDENCE = "https://boats.example/evidence?year=2026&kind=quay"


def answers(*given: Answer, words: str = "", evidence: str = "") -> tuple[PrincipleReport, ...]:
    """What an organisation says of the first principles, in their order."""
    return tuple(
        PrincipleReport(principle=id, answer=answer, words=words, evidence=evidence)
        for id, answer in zip(PRINCIPLES, given, strict=False)
    )


def report(end: str, *given: Answer, words: str = "", evidence: str = "", **changes) -> Report:
    """A report on the year to `end`, published a month later or so."""
    year, month, day = (int(each) for each in end.split("-"))
    start = f"{year - 1}-{month:02}-{day + 1:02}" if day < 28 else f"{year - 1}-{month % 12 + 1:02}-01"
    published = f"{year}-{month + 1:02}-15"
    fields = {
        "version": "2.0.0",
        "published": published,
        "principles": answers(*given, words=words, evidence=evidence),
    }
    return make_report(start, end, **fields | changes)


def charters() -> tuple[Charter, Charter]:
    """The text of 1.0.0, which asks for nothing, and of 2.0.0, which asks for a report each year."""
    first = make_charter()
    return first, replace(first, preamble=PREAMBLE, reporting=YEARLY)


@cache
def releases() -> tuple[Release, Release]:
    """1.0.0 of December 2023, and 2.0.0 of June 2024."""
    old, new = charters()
    first = make_release(charter=old, date="2023-12-01")
    changed = {"version": "2.0.0", "class_": Class.COMMITMENT, "found": Class.COMMITMENT}
    return first, make_release(first, new, date="2024-06-01", **changed)


def edition() -> Edition:
    """The charter as it was read."""
    return Edition(root="charter", charter=charters()[1], documents=(), entries=(), releases=releases())


def signed(slug: str, date: str, *reports: Report, **changes) -> Signatory:
    """One that signed 2.0.0 on `date`."""
    return make_signatory(slug, ("2.0.0", date), reports=reports, **changes)


def everybody() -> Iterator[Signatory]:
    """One with each standing, one that withdrew, and one that a federation signed and reported for."""
    kept, part, not_yet, none = Answer
    yield make_signatory("not-asked-club", ("1.0.0", "2024-01-10"))
    yield signed("new-club", "2026-02-01")
    yield signed("due-club", "2025-10-01")
    yield signed(
        "steady-club",
        "2024-10-01",
        report("2025-09-30", kept, part, not_yet, none, words="We asked everyone on the quay."),
        report("2026-09-30", kept, kept, part, none, words="All of it, but for the tide.", evidence=EVIDENCE),
    )
    yield signed("late-club", "2024-06-10", report("2025-06-09", part, not_yet, not_yet, words=HARD))
    yield signed("silent-club", "2025-01-10")
    yield signed(
        "gone-club",
        "2024-06-10",
        report("2025-06-09", kept, kept, words="Words of one that left."),
        withdrawn=Withdrawal(date="2026-03-01", note="The club has closed."),
    )
    yield signed(
        "harbour-federation", "2024-09-01", report("2025-08-31", part, part, words="In all of our clubs.")
    )
    yield make_signatory("branch-of-it", part_of="harbour-federation", signed=())


def hostile() -> Iterator[Signatory]:
    """Organisations whose names and words mean something to one of the stages."""
    for name in registers.NAMES:
        words = name[:300]
        link = "https://boats.example/?a=1&amp;b=%3C2%3E"
        said = report("2026-06-30", *Answer, words=words, evidence=link, link=link)
        yield signed(name_slug(name), "2025-07-01", said, name=name)


def make_register(*signatories: Signatory) -> RegisterView:
    """The register of `signatories` on DAY."""
    known = releases()
    return RegisterView(
        current=known[-1],
        day=DAY,
        entries=register.on_register(signatories, known, DAY),
        releases={each.version: each for each in known},
    )


def write(folder: Path, signatories: Iterable[Signatory] = ()) -> Path:
    """Writes the charter with its releases, signed by `signatories`, or by `everybody`, into `folder`; gives
    the charter's own folder. The last date in it is DAY."""
    old, new = charters()
    root = write_charter(folder, old)
    _run(root, "release", "--first", "--date", "2023-12-01")
    write_charter(folder, new)
    write_note(root, "preamble", "charter")
    _run(root, "release", "--date", "2024-06-01")
    for each in (*(signatories or everybody()), signed("last-club", DAY)):
        write_signatory(root, each)
    return root


def _run(root: Path, *arguments: str) -> None:
    if code := main(["--source", str(root), *arguments]):
        raise RuntimeError(f"{arguments[0]} ended with {code}")
