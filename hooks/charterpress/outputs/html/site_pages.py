"""An edition → the pages that show it: address, words and source file of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from charterpress.model import Finding, Page
from charterpress.outputs.html.change_pages import change_pages, draft_page
from charterpress.outputs.html.charter_pages import charter_pages
from charterpress.outputs.html.practice.practice_pages import practice_pages
from charterpress.outputs.html.redirects import redirect_pages
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.version_pages import version_pages
from charterpress.views.edition_view import EditionView


def site_pages(view: EditionView, renderer: Renderer, findings: Sequence[Finding] = ()) -> Iterator[Page]:
    """Yield every page of an edition but those of its register, the charter's own first and in reading order.

    A link in the text names a file of the charter; on a page it leads to that file's page, or, on a page that
    holds the whole text, to its place there. `findings` are what blocks the release of the working text; the
    page of the draft lists them.
    """
    shown = view.shown
    if shown is None:
        return
    for page in charter_pages(shown, renderer):
        yield replace(page, footer=shown.label, notice=_unreleased(view, renderer, page))
    for page in practice_pages(shown, renderer):
        yield replace(page, notice=_unreleased(view, renderer, page))
    yield from version_pages(view, renderer)
    yield from change_pages(view, renderer)
    yield from draft_page(view, renderer, findings)
    yield from redirect_pages(view.history, renderer)


def _unreleased(view: EditionView, renderer: Renderer, page: Page) -> str:
    """Return the notice of a page of the working text, '' if the site shows a release."""
    if view.shown is None or view.shown.release:
        return ""
    return renderer.page("unreleased.html", view.shown.charter, page.address, dated=view.draft_label)
