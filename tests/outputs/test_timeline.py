"""The timeline: every release in its place in time, and no word over another."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_charter, make_release
from charterpress.model import Class
from charterpress.outputs.images import timeline

CHARTER = make_charter()
WIDTHS = (320, 680)
CLASSES = (Class.EDITORIAL, Class.GUIDANCE, Class.COMMITMENT)


def history(*days, classes=CLASSES, start=date(2024, 12, 1)):
    releases, at, version = [], start, [1, 0, 0]
    for index, days_later in enumerate((0, *days)):
        at += timedelta(days=days_later)
        class_ = classes[index % len(classes)] if index else Class.COMMITMENT
        if index:
            place = {Class.COMMITMENT: 0, Class.GUIDANCE: 1, Class.EDITORIAL: 2}[class_]
            version = [*version[:place], version[place] + 1, *[0] * (2 - place)]
        name = ".".join(map(str, version))
        releases.append(make_release(charter=CHARTER, version=name, date=at.isoformat(), class_=class_))
    return releases


def years(count, seed=1):
    """A history of `count` releases, unevenly apart, over some years."""
    chance = random.Random(seed)  # noqa: S311 - uneven, and the same each time
    return history(*(chance.choice((0, 1, 3, 9, 30, 60, 120)) for _ in range(count - 1)))


def box(label):
    """Left, top, right and bottom of a label, by the width that letters have at the most."""
    length = len(label.text) * timeline.LETTER
    left = label.x - {"start": 0, "middle": 0.5, "end": 1}[label.anchor] * length
    return left, label.y - 13, left + length, label.y + 3


def faults(drawing):
    """What of a drawing is over another thing, or outside."""
    boxes = [(label.text, box(label)) for label in (*drawing.labels, *drawing.dates)]
    leads = [
        (f"line to {label.text}", (label.foot, label.y + 4, label.foot, drawing.line - 8))
        for label in drawing.labels
        if label.foot is not None
    ]
    found = [f"{one} over {two}" for (one, a), (two, b) in combinations([*boxes, *leads], 2) if meet(a, b)]
    for name, (left, top, right, bottom) in boxes:
        if left < -0.1 or right > drawing.width + 0.1 or top < -2 or bottom > drawing.height:
            found.append(f"{name} outside")
    outside = [each for each in drawing.marks if not each.radius <= each.x <= drawing.width - each.radius]
    return found + ["a mark outside"] * len(outside)


def meet(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [1, 2, 5, 30, 100])
def test_no_word_stands_over_another(count, width):
    drawing = timeline.draw_timeline(years(count), width=width)
    assert faults(drawing) == []
    assert len(drawing.marks) == count


@given(
    st.lists(st.integers(0, 400), max_size=40),
    st.sampled_from(WIDTHS),
    st.dates(date(1990, 1, 1), date(2200, 1, 1)),
)
def test_no_history_makes_words_stand_over_another(days, width, start):
    assert faults(timeline.draw_timeline(history(*days, start=start), width=width)) == []


def test_the_further_its_changes_reach_the_larger_a_version_is():
    marks = timeline.draw_timeline(history(100, 100, 100), width=680).marks
    sizes = {mark.class_: mark.radius for mark in marks}
    assert sizes[Class.EDITORIAL] < sizes[Class.GUIDANCE] < sizes[Class.COMMITMENT]
    ranks = [mark.class_.rank for mark in marks]
    assert ranks == sorted(ranks, reverse=True)


def test_places_are_to_scale_and_one_release_stands_alone_with_its_date():
    marks = timeline.draw_timeline(history(100, 300), width=680).marks
    assert sorted(mark.x for mark in marks) == [8, 8 + (680 - 16) / 4, 680 - 8]
    drawing = timeline.draw_timeline(history(), width=320)
    assert [(mark.x, mark.current) for mark in drawing.marks] == [(160, True)]
    labels = [(label.text, label.x) for label in (*drawing.labels, *drawing.dates)]
    assert labels == [("1.0.0", 160), ("1 Dec 2024", 160)]
    assert faults(replace(drawing, labels=drawing.labels * 2)), "these tests can fail"


def named(releases, width=680):
    labels = timeline.draw_timeline(releases, width=width).labels
    return [label.text for label in sorted(labels, key=lambda each: each.x)]


def test_releases_of_one_day_share_a_name():
    assert named(history(200, 0, 0, classes=(Class.GUIDANCE,))) == ["1.0.0", "1.1.0 to 1.3.0"]


@pytest.mark.parametrize("width", WIDTHS)
def test_where_room_is_short_the_first_the_latest_and_those_of_weight_are_named(width):
    releases = history(*([20] * 99), classes=(Class.EDITORIAL,) * 24 + (Class.COMMITMENT,))
    names = named(releases, width)
    assert (names[0], names[-1]) == ("1.0.0", releases[-1].version)
    assert {each.version for each in releases if each.class_ is Class.COMMITMENT} <= set(names)
    drawing = timeline.draw_timeline(releases, width=width)
    assert [label.text for label in drawing.labels if label.current] == [names[-1]]
    assert drawing == timeline.draw_timeline(releases, width=width)


def test_years_are_named_where_there_is_room():
    def dates(*days, width):
        return [label.text for label in timeline.draw_timeline(history(*days), width=width).dates]

    assert dates(1000, width=680) == ["1 Dec 2024", "28 Aug 2027", "2026", "2027"]
    assert dates(30, width=320) == ["1 Dec 2024", "31 Dec 2024"]
    assert dates(7000, width=320) == ["1 Dec 2024", "31 Jan 2044", "2035"]


def test_a_page_from_the_right_has_the_latest_release_at_the_left(monkeypatch):
    releases = history(100, 300, 40)
    drawn = timeline.draw_timeline(releases, width=640)
    monkeypatch.setattr(timeline, "direction", lambda: "rtl")
    mirrored = timeline.draw_timeline(releases, width=640)
    for name in ("marks", "labels", "dates"):
        for one, other in zip(getattr(drawn, name), getattr(mirrored, name), strict=True):
            assert (other.x, getattr(other, "anchor", "")) == (
                pytest.approx(640 - one.x),
                getattr(one, "anchor", ""),
            )
    assert mirrored.years == tuple(pytest.approx(640 - x) for x in drawn.years)
