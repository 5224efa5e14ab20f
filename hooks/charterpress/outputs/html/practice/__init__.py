"""A charter → the pages that help people to live by it."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Charter, Page
from charterpress.outputs.html.practice import (
    cafe,
    competencies,
    reflect,
    repair,
    self_assessment,
    summary,
)
from charterpress.outputs.html.practice.practice_page import ABOVE, TITLE, Maker, Source
from charterpress.views.addresses import PRACTICE as HOME
from charterpress.views.history import History
from charterpress.views.labels import Text

__all__ = ["ABOVE", "HOME", "SHELVES", "pages"]

SHELVES: tuple[tuple[str, tuple[Maker, ...]], ...] = (
    ("For those who choose, train and support people", (competencies.pages,)),
    ("For a team and its partners", (self_assessment.pages, reflect.pages, cafe.pages, repair.pages)),
    ("To show and to read", (summary.pages,)),
)
"""The pages of the section in their order, under the headings of its index: a new kind is one more maker."""


def pages(charter: Charter, text: Text, history: History, dated: str) -> Iterator[Page]:
    """Yield the pages about `charter`: the current release of `history`, or the working text, called `dated`,
    before there is one. The first is the index, which lists the others."""
    source = Source(charter=charter, history=history, dated=dated)
    shelves = [
        (heading, [page for make in makers for page in make(source, text)]) for heading, makers in SHELVES
    ]
    yield Page(
        address=HOME,
        title=TITLE,
        description=f"Sheets and sessions that help people to live by the {charter.title}.",
        html=text.show("practice/index.html", charter, HOME, source=source, shelves=shelves),
        kind="practice",
        foot=source.foot,
    )
    for _, made in shelves:
        yield from made
