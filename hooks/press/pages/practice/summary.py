"""A charter → the charter on one sheet for a wall, and in easy words."""

from __future__ import annotations

from collections.abc import Iterator

from press.model import Charter, Page
from press.pages.practice.sheet import Source, sheet
from press.pages.words import Text, size

SIZES = ((1600, "large"), (2600, "middle"), (4200, "small"))
"""How many characters the wall sheet may have at most in each size of type; above that it is the smallest."""


def pages(source: Source, text: Text) -> Iterator[Page]:
    """Yield both."""
    of = source.charter
    yield sheet(
        source,
        text,
        "one-page",
        title="The charter on one page",
        description=f"{of.title}, {size(of)}: one sheet of A4, for a wall.",
        type_size=type_size(of),
    )
    yield sheet(
        source,
        text,
        "easy-read",
        title="The charter in easy words",
        description=f"What the {of.title} means for you, in short sentences.",
    )


def type_size(charter: Charter) -> str:
    """Return how large the type of the wall sheet is, so that it stays one sheet of A4."""
    length = len(charter.summary) + sum(
        len(each.title) + len(each.summary) + 60
        for theme in charter.themes
        for each in (theme, *theme.principles)
    )
    return next((name for most, name in SIZES if length <= most), "smallest")
