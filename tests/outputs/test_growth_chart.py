"""The drawing of how a register grew: each month in its place, at its height, and no word over another."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterpress.outputs.images import growth_chart
from charterpress.register import Month

WIDTHS = (320, 640)


def months(*totals, start=(2024, 11)):
    """Months that end with so many signatories each."""
    found, (year, number) = [], start
    for total in totals:
        found.append(Month(month=f"{year:04}-{number:02}", joined=0, left=0, total=total))
        year, number = (year + 1, 1) if number == 12 else (year, number + 1)
    return found


def steps(drawing):
    """The height at which the line runs through each month, and where the month ends."""
    return [(float(y), float(x)) for y, x in re.findall(r"V([\d.]+)H([\d.]+)", drawing.line)]


@pytest.mark.parametrize("width", WIDTHS)
@given(st.lists(st.integers(min_value=0, max_value=100_000), min_size=1, max_size=200))
def test_every_month_has_its_place_and_its_height(width, totals):
    drawing = growth_chart.draw_growth(months(*totals), width=width)
    drawn = steps(drawing)
    assert len(drawn) == len(totals)
    assert drawn[-1][1] == pytest.approx(width, abs=0.1)
    ground, top = drawing.levels[0], drawing.levels[-1]
    highest = int(top.text.replace(",", ""))
    assert highest >= max(totals)
    for total, (y, _) in zip(totals, drawn, strict=True):
        assert y == pytest.approx(ground.y - (ground.y - top.y) * total / highest, abs=0.11)
    assert drawing.area == f"{drawing.line}V{ground.y:g}z"


@pytest.mark.parametrize("width", WIDTHS)
@given(st.integers(min_value=1, max_value=400), st.integers(min_value=1, max_value=12))
def test_no_date_is_over_another_or_outside(width, count, first):
    drawing = growth_chart.draw_growth(months(*range(count), start=(2020, first)), width=width)
    shares = {"start": 0, "middle": 0.5, "end": 1}
    lengths = [growth_chart.LETTER * len(date.text) for date in drawing.dates]
    starts = [
        date.x - shares[date.anchor] * length for date, length in zip(drawing.dates, lengths, strict=True)
    ]
    spans = sorted((start, start + length) for start, length in zip(starts, lengths, strict=True))
    assert all(right <= left for (_, right), (left, _) in pairwise(spans)), drawing.dates
    assert (spans[0][0] >= 0, spans[-1][1] <= width + 0.1) == (True, True)


@given(st.integers(min_value=0, max_value=10**7))
def test_levels_are_few_whole_and_evenly_apart(most):
    drawing = growth_chart.draw_growth(months(0, most), width=640)
    levels = [int(each.text.replace(",", "")) for each in drawing.levels]
    assert (levels[0], levels[-1] >= most) == (0, True)
    assert 2 <= len(levels) <= growth_chart.TICKS + 1
    assert len({after - before for before, after in pairwise(levels)}) == 1


def test_the_first_month_and_the_last_are_named():
    drawing = growth_chart.draw_growth(months(*range(30)), width=640)
    assert [date.text for date in drawing.dates] == ["Nov 2024", "Apr 2027", "2026"]


def test_a_page_from_the_right_has_the_first_month_at_the_right(monkeypatch):
    drawn = growth_chart.draw_growth(months(1, 5, 3), width=640)
    monkeypatch.setattr(growth_chart, "direction", lambda: "rtl")
    mirrored = growth_chart.draw_growth(months(1, 5, 3), width=640)
    assert (mirrored.left, mirrored.right) == (640 - drawn.right, 640 - drawn.left)
    assert [each.x for each in mirrored.dates] == [pytest.approx(640 - each.x) for each in drawn.dates]
    steps = [[float(at) for at in re.findall(r"[MH]([\d.]+)", each.line)] for each in (drawn, mirrored)]
    assert steps[1] == [pytest.approx(640 - at) for at in steps[0]]
