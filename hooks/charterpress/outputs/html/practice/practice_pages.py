"""A charter → the pages that help people to live by it."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Page
from charterpress.outputs.html.practice.cafe import cafe_pages
from charterpress.outputs.html.practice.competencies import competency_pages
from charterpress.outputs.html.practice.reflect import reflection_pages
from charterpress.outputs.html.practice.repair import repair_pages
from charterpress.outputs.html.practice.self_assessment import self_assessment_pages
from charterpress.outputs.html.practice.sheet import TITLE, SheetMaker
from charterpress.outputs.html.practice.summary import summary_pages
from charterpress.outputs.html.renderer import Renderer
from charterpress.views import addresses
from charterpress.views.charter_view import CharterView

SECTIONS: tuple[tuple[str, tuple[SheetMaker, ...]], ...] = (
    ("For those who choose, train and support people", (competency_pages,)),
    ("For a team and its partners", (self_assessment_pages, reflection_pages, cafe_pages, repair_pages)),
    ("To show and to read", (summary_pages,)),
)
"""The pages of the section in their order, under the headings of its index."""


def practice_pages(shown: CharterView, renderer: Renderer) -> Iterator[Page]:
    """Yield the index of the section, and then the pages that it lists."""
    sections = [
        (heading, [page for make in makers for page in make(shown, renderer)]) for heading, makers in SECTIONS
    ]
    yield Page(
        address=addresses.PRACTICE,
        title=TITLE,
        description=f"Sheets and sessions that help people to live by the {shown.charter.title}.",
        html=renderer.page(
            "practice/index.html", shown.charter, addresses.PRACTICE, shown=shown, sheets=sections
        ),
        kind="practice",
        footer=shown.label,
    )
    for _, pages in sections:
        yield from pages
