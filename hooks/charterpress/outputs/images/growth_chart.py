"""The size of the register, month by month → a drawing of it: where each line and word goes.

Lengths are in pixels of a page at its ordinary size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from charterpress.outputs.images.timeline import Label
from charterpress.register import Month
from charterpress.text.dates import short_month
from charterpress.text.interface import direction, number

HEIGHT, TOP, FOOT = 180.0, 12.0, 26.0
"""How high the drawing is, and what is left free above the highest line, and below for the dates."""
LETTER = 7.5
"""How wide a figure or letter is at most."""
GAP = 8.0
TICKS = 4
"""How many lines there are at most above the ground."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """The growth as a line that steps up and down, and the `area` below it, both as data of an SVG path;
    level lines go from `left` to `right` at `levels`."""

    width: float
    height: float
    left: float
    right: float
    line: str
    area: str
    levels: tuple[Label, ...]
    dates: tuple[Label, ...]


def draw_growth(months: Sequence[Month], *, width: float) -> Drawing:
    """Return the drawing, `width` wide, of `months`, which follow each other without a gap; there is at
    least one."""
    most = max(1, *(month.total for month in months))
    step = _step(most)
    top = -(-most // step) * step
    left, mirrored = LETTER * len(f"{top:,}") + GAP, direction() == "rtl"
    ground = HEIGHT - FOOT
    each = (width - left) / len(months)

    def height(total: int) -> float:
        return round(ground - (ground - TOP) * total / top, 1)

    def seen(x: float) -> float:
        return round(width - x, 1) if mirrored else x

    def place(month: int) -> float:
        return seen(round(left + each * month, 1))

    steps = "".join(f"V{height(month.total):g}H{place(at + 1):g}" for at, month in enumerate(months))
    line = f"M{seen(left):g} {height(0):g}{steps}"
    return Drawing(
        width=width,
        height=HEIGHT,
        left=seen(width) if mirrored else left,
        right=seen(left) if mirrored else width,
        line=line,
        area=f"{line}V{ground:g}z",
        levels=tuple(
            Label(text=number(level), x=seen(left - GAP / 2), y=height(level), anchor="end")
            for level in range(0, top + 1, step)
        ),
        dates=tuple(replace(label, x=seen(label.x)) for label in _dates(months, left, width)),
    )


def _step(most: int) -> int:
    """Return the distance of the level lines: 1, 2 or 5 times a power of ten."""
    steps: Iterator[int] = (factor * 10**power for power in count() for factor in (1, 2, 5))
    return next(step for step in steps if most <= TICKS * step)


def _dates(months: Sequence[Month], left: float, width: float) -> Iterator[Label]:
    """Yield the first month and the last one, and between them as many Januaries as there is room for."""
    y, each = HEIGHT - FOOT + 18, (width - left) / len(months)
    first, last = (short_month(each.month) for each in (months[0], months[-1]))
    yield Label(text=first, x=left, y=y, anchor="start")
    if len(months) == 1:
        return
    yield Label(text=last, x=width, y=y, anchor="end")
    free, end = left + LETTER * len(first) + GAP, width - LETTER * len(last) - GAP
    for at, month in enumerate(months):
        x, half = round(left + each * at, 1), LETTER * 2
        if month.month.endswith("-01") and x - half >= free and x + half <= end:
            yield Label(text=month.month[:4], x=x, y=y, anchor="middle")
            free = x + half + GAP
