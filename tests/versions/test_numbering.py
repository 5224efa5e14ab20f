"""The table that tells a committee which number goes up, held against what decides it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from builders import make_charter, make_principle, make_section, make_theme
from charterpress.model import Class
from charterpress.versions import number
from package_pages import package_page

PAGE = package_page("editors/numbering.md")
ONE, TWO, THREE = (make_principle(id) for id in ("leave-room", "watch-the-tide", "keep-the-light"))


def charter(*principles, other=(THREE,), **changes):
    themes = (make_theme("moorings", principles or (ONE, TWO)), make_theme("tides", other))
    return make_charter(**{"themes": themes, **changes})


def first(**changes):
    return charter(replace(ONE, **changes), TWO)


def saying(id, text="It does.", *items):
    """Sections of the first principle: a promise and a reason, of which one is another."""
    promises = make_section("promises", items=items or ("leave room every day.",))
    return (promises, make_section(id, text))


def themed(**changes):
    moorings, tides = charter().themes
    return charter(themes=(replace(moorings, **changes), tides))


OLD = charter()
ROWS = {
    "a comma, a capital or a full stop in a summary or a reason": (
        first(summary="How we leave room"),
        first(summary="How we, leave room."),
        first(summary="How We leave room."),
        first(sections=saying("reasons", "It does")),
    ),
    "other words of a summary, a reason or an example": (
        first(summary="How we make room."),
        first(sections=saying("reasons", "It does, and it did.")),
    ),
    "a behaviour, a question or a source": (
        first(behaviours=()),
        first(questions=("Why?",)),
        first(sources=("The harbour book, page 5",)),
    ),
    "a theme’s introduction": (themed(text="In the end."), themed(summary="In two words.")),
    "the order of the principles in a theme, or of the themes": (
        charter(TWO, ONE),
        charter(themes=OLD.themes[::-1]),
    ),
    "a promise, even by one word or a comma": (
        first(sections=saying("reasons", "It does.", "leave room every week.")),
        first(sections=saying("reasons", "It does.", "leave room, every day.")),
    ),
    "the title of a principle or a theme": (first(title="Leave some room"), themed(title="Berths")),
    "the preamble": (charter(preamble="A harbour is for all."), charter(preamble="A harbour, is shared.")),
    "a principle is added": (charter(ONE, TWO, make_principle("answer")),),
    "a principle is retired": (charter(ONE),),
    "a principle moves to another theme": (charter(ONE, other=(TWO, THREE)),),
    "several of these at once": (first(summary="How we leave room", title="Leave some room", questions=()),),
    "only the line breaks": (
        charter(preamble="A harbour\nis shared."),
        first(sections=saying("reasons", "It\ndoes.")),
    ),
}
"""Charters that differ from `OLD` as each row of the table says."""
CLASSES = {"1.4.3": Class.EDITORIAL, "1.5.0": Class.GUIDANCE, "2.0.0": Class.COMMITMENT}


def table() -> dict[str, str]:
    rows = PAGE.partition("| what has changed since")[2].partition("\n\n")[0]
    return dict(re.findall(r"(?m)^\| ([^|-].*?) \| (.+?) \|$", rows))


def test_the_table_has_these_rows_and_no_others():
    assert list(table()) == list(ROWS)


@pytest.mark.parametrize(("row", "place"), [(row, place) for row in ROWS for place in range(len(ROWS[row]))])
def test_each_row_of_the_table_says_what_the_words_decide(row, place):
    class_ = number.computed_class(number.changes(OLD, ROWS[row][place]))
    version = number.next_version("1.4.2", class_)
    said = table()[row]
    if row == "several of these at once":
        assert (said, version) == ("the highest of them", "2.0.0")
    elif row == "only the line breaks":
        assert (said.partition(":")[0], class_, version) == ("none", Class.NONE, None)
    else:
        assert (said, class_) == (version, CLASSES[version])
