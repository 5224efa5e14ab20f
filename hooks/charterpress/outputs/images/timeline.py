"""The dates of releases → a drawing of them in time: where each line, mark and word goes.

Lengths are in pixels of a page at its ordinary size. Nothing depends on the clock: the line ends at the
latest release.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, product
from typing import NamedTuple

from charterpress.model import Class, Release
from charterpress.text.dates import short_day
from charterpress.text.interface import direction
from charterpress.text.interface import gettext as _

LETTER = 7.0
"""How wide a letter or figure is at most, on average over a label."""
EDGE, GAP = 8.0, 6.0
"""What is left free at both ends of the line, and between two labels."""
ROW, ROWS = 19.0, 4
"""How high a row of labels is, and how many rows there may be."""
RISE, FALL = 12.0, 24.0
"""How far above the line the lowest versions are, and how far below it the dates."""
RADIUS = {Class.EDITORIAL: 3.0, Class.GUIDANCE: 4.5, Class.COMMITMENT: 6.5}
YEARS = (1, 2, 5, 10, 20, 50, 100)
"""How many years may lie between two that are named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One release on the line; the larger, the further its changes reach."""

    x: float
    radius: float
    class_: Class
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """Words in the drawing: `x` is their start, middle or end as `anchor` says, and `y` their baseline. From
    `foot` a thin line leads up to them if they are not right above their mark."""

    text: str
    x: float
    y: float
    anchor: str
    foot: float | None = None
    current: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """A timeline: `line` is the height at which it runs, `years` are where years begin on it."""

    width: float
    height: float
    line: float
    edge: float
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    dates: tuple[Label, ...]
    years: tuple[float, ...]


class _Box(NamedTuple):
    """What is taken: from left to right, and from the lowest row to the highest."""

    left: float
    right: float
    low: int
    high: int

    def meets(self, other: _Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.low <= other.high and other.low <= self.high


def draw_timeline(releases: Sequence[Release], *, width: float) -> Drawing:
    """Return the drawing, `width` wide, of `releases`, which come oldest first; there is at least one. Every
    release has its mark. Where there is no room for all their numbers, the latest and the first one are named
    first, and then those whose changes reach the furthest; the newer before the older."""
    days = {release.date: date.fromisoformat(release.date).toordinal() for release in releases}
    first, last = min(days.values()), max(days.values())

    def place(day: int) -> float:
        share = (day - first) / (last - first) if last > first else 0.5
        return round(EDGE + share * (width - 2 * EDGE), 1)

    largest_first = sorted(releases, key=lambda each: -each.class_.rank)  # small marks on top of large ones
    placed = tuple(_versions(releases, {day: place(number) for day, number in days.items()}, width))
    line = RISE + ROW * (1 + max(row for _, row in placed))
    begun = range(date.fromordinal(first).year + 1, date.fromordinal(last).year + 1)
    years = [(year, place(date(year, 1, 1).toordinal())) for year in begun]
    drawn = Drawing(
        width=width,
        height=line + FALL + 8,
        line=line,
        edge=EDGE,
        marks=tuple(
            Mark(
                x=place(days[each.date]),
                radius=RADIUS[each.class_],
                class_=each.class_,
                current=each is releases[-1],
            )
            for each in largest_first
        ),
        labels=tuple(replace(label, y=line - RISE - ROW * row) for label, row in placed),
        dates=tuple(_dates(first, last, years, width, line + FALL)),
        years=tuple(x for _, x in years),
    )
    return _mirrored(drawn) if direction() == "rtl" else drawn


def _mirrored(drawing: Drawing) -> Drawing:
    """The same for a page from the right, where the start of a label is at its right."""

    def placed(x: float) -> float:
        return round(drawing.width - x, 1)

    def label(each: Label) -> Label:
        return replace(each, x=placed(each.x), foot=None if each.foot is None else placed(each.foot))

    return replace(
        drawing,
        marks=tuple(replace(mark, x=placed(mark.x)) for mark in drawing.marks),
        labels=tuple(map(label, drawing.labels)),
        dates=tuple(map(label, drawing.dates)),
        years=tuple(map(placed, drawing.years)),
    )


def _versions(
    releases: Sequence[Release], places: dict[str, float], width: float
) -> Iterator[tuple[Label, int]]:
    """Yield a label for every day that has room for one, and its row, counted from the line upwards."""
    days = [tuple(group) for _day, group in groupby(releases, key=lambda each: each.date)]

    def weight(index: int) -> tuple[bool, bool, int, int]:
        reach = max(release.class_.rank for release in days[index])
        return (index == len(days) - 1, index == 0, reach, index)

    taken: list[_Box] = []
    for index in sorted(range(len(days)), key=weight, reverse=True):
        group = days[index]
        text = group[0].version
        if len(group) > 1:
            # Translators: the versions of one day.
            text = _("{first} to {last}").format(first=text, last=group[-1].version)
        x = places[group[0].date]
        for row, anchor in product(range(ROWS), ("middle", "start", "end")):
            at, left, right = _span(text, x, anchor, width)
            boxes = [_Box(left - GAP / 2, right + GAP / 2, row, row)]
            if row:
                boxes.append(_Box(x - 2, x + 2, 0, row - 1))
            if not any(box.meets(other) for box in boxes for other in taken):
                taken += boxes
                foot, current = x if row else None, index == len(days) - 1
                yield Label(text=text, x=at, y=0, anchor=anchor, foot=foot, current=current), row
                break


def _span(text: str, x: float, anchor: str, width: float) -> tuple[float, float, float]:
    """Return the place of words that belong to `x`: their anchor, left and right end, within the drawing."""
    length, share = LETTER * len(text), {"start": 0, "middle": 0.5, "end": 1}[anchor]
    left = max(0.0, min(x - length * share, width - length))
    return round(left + length * share, 1), left, left + length


def _dates(
    first: int, last: int, years: Sequence[tuple[int, float]], width: float, y: float
) -> Iterator[Label]:
    """Yield the dates at both ends of the line, and between them as many years as there is room for."""
    start, end = _day(first), _day(last)
    if start == end:
        yield Label(text=start, x=width / 2, y=y, anchor="middle")
        return
    yield Label(text=start, x=0, y=y, anchor="start")
    yield Label(text=end, x=width, y=y, anchor="end")
    left, right = LETTER * len(start) + 2 * GAP, width - LETTER * len(end) - 2 * GAP
    half = LETTER * 2
    step = next((s for s in YEARS if s * 365 * (width - 2 * EDGE) / (last - first) > 2 * half + 2 * GAP), 0)
    for year, x in years:
        if step and year % step == 0 and left + half <= x <= right - half:
            yield Label(text=str(year), x=x, y=y, anchor="middle")


def _day(number: int) -> str:
    return short_day(date.fromordinal(number).isoformat())
