"""The pages of small editions, as a site makes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from charterpress.model import Edition, Finding, Page
from charterpress.outputs.html import templates
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.print_pages import print_list_pages
from charterpress.outputs.html.signatories.register_pages import register_pages
from charterpress.outputs.html.site_pages import site_pages
from charterpress.views.edition_view import edition_view
from charterpress.views.signatories import RegisterView

TEMPLATES = templates.environment(Path(__file__).parents[1] / "overrides" / "pages")
"""The templates of the charter's pages, compiled once for all tests of a process."""


def make_pages(
    edition: Edition, *, committed: str = "", findings: Sequence[Finding] = (), **values: Any
) -> tuple[Page, ...]:
    """Every page of `edition` but those of its register; `values` are those of the renderer."""
    view = edition_view(edition, committed)
    return tuple(site_pages(view, Renderer(TEMPLATES, **values), findings))


def make_register_pages(
    register: RegisterView, *, site: str, digest: str = "0" * 64, pdfs: bool = True
) -> tuple[Page, ...]:
    """The pages of a register itself, on the screen and to print."""
    renderer = Renderer(TEMPLATES, site=site)
    return (
        *register_pages(register, renderer, documents=pdfs),
        *print_list_pages(register, renderer, digest=digest, pdfs=pdfs),
    )
