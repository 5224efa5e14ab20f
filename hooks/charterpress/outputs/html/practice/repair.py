"""The principles that a charter names for it → a guide for partnerships that are not working."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Page
from charterpress.outputs.html.practice.sheet import sheet
from charterpress.outputs.html.renderer import Renderer
from charterpress.views.charter_view import CharterView


def repair_pages(shown: CharterView, renderer: Renderer) -> Iterator[Page]:
    """Yield the guide; nothing where the charter names no principle for it."""
    known = {principle.id: (theme, principle) for theme, principle in shown.charter.principles()}
    concerned = [known[id] for id in shown.charter.repair if id in known]
    if concerned:
        yield sheet(
            shown,
            renderer,
            "when-it-is-not-working",
            title="When a partnership is not working",
            description="Five steps for partners in trouble, and the promises to hold beside what happened.",
            concerned=concerned,
        )
