"""A café on a charter → the page about it."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Page
from charterpress.outputs.html.practice.sheet import sheet
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.words.cafe_notes import change_command
from charterpress.outputs.words.cafe_words import cafe_guide, cafe_questions, cafe_timetable
from charterpress.text.slugs import anchor_slug
from charterpress.views.charter_view import CharterView


def cafe_pages(shown: CharterView, renderer: Renderer) -> Iterator[Page]:
    """Yield the page of the kit: none for a charter without a theme to talk about."""
    cafe = shown.cafe
    if cafe is None:
        return
    yield sheet(
        shown,
        renderer,
        "cafe",
        title="Hold a café",
        description=f"A kit for a World Café on the {shown.charter.title}: cards, sheets, a host’s guide.",
        cafe=cafe,
        questions=cafe_questions(cafe),
        timetable=cafe_timetable(cafe),
        guide=cafe_guide(),
        papers=renderer.documents,
        command=change_command(),
        slug=anchor_slug,
    )
