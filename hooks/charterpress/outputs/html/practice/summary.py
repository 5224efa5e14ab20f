"""A charter → the charter on one sheet for a wall, and in easy words."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Charter, Page, Principle, Theme
from charterpress.outputs.html.practice.sheet import sheet
from charterpress.outputs.html.renderer import Renderer
from charterpress.views.charter_view import CharterView
from charterpress.views.labels import charter_size

SMALLEST, LARGEST = 6, 14
"""The sizes of type of the wall sheet, in points, that print.css has."""
ROOM = 470_000
"""What fits on one sheet: characters times the square of the size of type, in points."""
ENTRY = 80
"""As many characters as the space around one title takes."""


def summary_pages(shown: CharterView, renderer: Renderer) -> Iterator[Page]:
    """Yield both."""
    charter = shown.charter
    yield sheet(
        shown,
        renderer,
        "one-page",
        title="The charter on one page",
        description=f"{charter.title}, {charter_size(charter)}: one sheet of A4, for a wall.",
        type_size=type_size(charter),
    )
    yield sheet(
        shown,
        renderer,
        "easy-read",
        title="The charter in easy words",
        description=f"What the {charter.title} means for you, in short sentences.",
    )


def type_size(charter: Charter) -> int:
    """Return how large the type of the wall sheet is, in points, so that it stays one sheet of A4."""
    entries: list[Theme | Principle] = [*charter.themes, *(each for _, each in charter.principles())]
    length = 2 * len(charter.title + charter.summary)
    length += sum(len(each.title) + len(each.summary) + ENTRY for each in entries)
    return max(SMALLEST, min(LARGEST, int((ROOM / length) ** 0.5)))
