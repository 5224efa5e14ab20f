"""An edition → the pages that show it, and the page of the rules that its check applies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import jinja2
from markupsafe import Markup

from charterpress.model import Finding, Page, Rule
from charterpress.outputs.html.change_pages import change_pages, draft_page
from charterpress.outputs.html.charter_pages import charter_pages
from charterpress.outputs.html.practice.practice_pages import practice_pages
from charterpress.outputs.html.redirects import redirect_pages
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.version_pages import version_pages
from charterpress.text import markdown
from charterpress.text.slugs import anchor_slug
from charterpress.views.addresses import RULES
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
    for page in chain(charter_pages(shown, renderer), practice_pages(shown, renderer)):
        notice = ""
        if not shown.release:
            notice = renderer.page("unreleased.html", shown.charter, page.address, dated=view.draft_label)
        yield replace(page, footer=shown.label, notice=notice)
    yield from version_pages(view, renderer)
    yield from change_pages(view, renderer)
    yield from draft_page(view, renderer, findings)
    yield from redirect_pages(view.history, renderer)


def rules_page(rules: Iterable[Rule], templates: jinja2.Environment) -> Page:
    """Return the page of all `rules`, in groups."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.group, []).append(rule)
    return Page(
        address=RULES,
        title="What the check looks for",
        description="Every rule that a proposed change is read by, with the way to put things right.",
        html=templates.get_template("rules.html").render(
            groups=groups, slug=anchor_slug, md=lambda words: Markup(markdown.to_html(words))
        ),
        kind="rules",
    )
