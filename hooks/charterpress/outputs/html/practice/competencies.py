"""A charter's behaviours → the pages for those who choose, train and support people."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Page
from charterpress.outputs.html.practice.sheet import sheet
from charterpress.outputs.html.renderer import Renderer
from charterpress.views.charter_view import CharterView


def competency_pages(shown: CharterView, renderer: Renderer) -> Iterator[Page]:
    """Yield the framework, and a sheet for each of its uses; nothing where no behaviour is described."""
    if not shown.competencies:
        return
    asked = any(each.behaviour.interview for each in shown.competencies)
    yield sheet(
        shown,
        renderer,
        "competencies",
        title="The competency framework",
        description=f"What people do who live by the {shown.charter.title}: how it is seen, and what helps.",
        count=len(shown.competencies),
        asked=asked,
    )
    yield sheet(
        shown,
        renderer,
        "recruiting",
        title="Recruiting",
        description="Choose people for how they work with others: what to ask, and what to listen for.",
        asked=asked,
    )
    yield sheet(
        shown,
        renderer,
        "induction",
        title="Induction and training",
        description="Help somebody new to learn, from their first day to the end of their first half-year.",
    )
    yield sheet(
        shown,
        renderer,
        "supervision",
        title="Supervision",
        description="Talk about two or three behaviours at a time, note what was seen, and agree on help.",
    )
