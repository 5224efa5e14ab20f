"""Figures that nobody measured, for the tests of the bench."""

from __future__ import annotations

import languages
import reports
from curve import Growth
from measure import MEBIBYTE, Run
from reader import Found, Register, Visited
from wire import Weight

import versions
from versions import COPIED, MIKE, OURS, Side

SCORES = {"home": {"performance": 98, "accessibility": 100, "best-practices": 96, "seo": 91}}


def made(seconds, *, memory=100.0, files=10, written=2.0):
    """A run that took so many seconds of the processor, and twice as long by the clock."""
    return Run(seconds=seconds, wall=2 * seconds, memory=memory, files=files, written=written)


def grown(seconds):
    """A growth with these seconds in each round, by count; first builds take a second more."""
    return Growth(
        first={count: made(took[0] + 1, memory=300) for count, took in seconds.items()},
        runs={
            count: tuple(made(each, memory=100 + count, files=count, written=count / 1024) for each in took)
            for count, took in seconds.items()
        },
    )


def visited(first=90_000, searched=120_000):
    """A page of so many bytes."""
    return Visited(first=Weight(requests=7, bytes=first), searched=Weight(requests=9, bytes=searched))


def made_languages(three, now):
    """What `languages.section` is given: every later build in three languages took these seconds, in one a
    second each; and one language takes so many seconds `now`, and one before."""
    found = {languages.LATER: {languages.ONE: [made(1)] * len(three), languages.THREE: [*map(made, three)]}}
    return found, {languages.EARLIER: [made(1)] * len(now), languages.ONE: [*map(made, now)]} if now else {}


def made_reports(*costs, page=("signatories/", 31_000)):
    """What `reports.section` is given: rounds without reports of a second, and with them of so much more."""
    found = {reports.WITHOUT: [made(1)] * len(costs), reports.WITH: [made(1 + each) for each in costs]}
    return found, 1000, page


def made_register(**changes):
    """A register; `changes` are fields of Register."""
    return Register(**{"page": visited(), "typed": (20, 30, 90), "filtered": (10, 12, 14)} | changes)


def made_reader(**changes):
    """The reader's side; `changes` are fields of Found."""
    found = {
        "pages": {"home": visited(50_000, 150_000)},
        "registers": {60: made_register(), 10_000: made_register()},
        "cold": (300, 100, 200),
        "warm": (30, 10, 20),
        "scores": {},
    }
    return Found(**found | changes)


def _side(*seconds, size):
    """A side with runs of so many seconds of the processor, and so many MiB on the disk."""
    return Side(
        runs=tuple(made(each, memory=60, files=9, written=size) for each in seconds),
        bytes=size * MEBIBYTE,
        whole=tuple(Weight(requests=7, bytes=each) for each in (50_000, 20_000)),
        principle=tuple(Weight(requests=3, bytes=each) for each in (40_000, 10_000)),
    )


def made_versions(ours, count=20, size=10):
    """So many versions, of which ours took these seconds and has so many MiB."""
    return versions.Found(
        count=count,
        pages=80,
        sides={
            OURS: _side(*ours, size=size),
            MIKE: _side(40, 44, 36, size=160),
            COPIED: _side(90, size=1280),
        },
        parts=dict.fromkeys(versions.PARTS, size * MEBIBYTE // 10),
        repository=12 * MEBIBYTE,
    )
