"""Every word of every kind of page comes from the catalogs, or from the charter and those who signed it.

The pages of the example are made in the pseudo-language, whose messages stand between marks, from a charter
in which a sign that nobody writes stands before every word. A word with neither is one that no translator can
reach.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from charterpress import checks
from charterpress.outputs.html.about_pages import about_pages
from charterpress.outputs.html.renderer import PrintedDocument, Renderer
from charterpress.outputs.html.signatories.organisation_pages import organisation_pages
from charterpress.outputs.html.signatories.print_pages import print_list_pages
from charterpress.outputs.html.signatories.register_pages import register_pages
from charterpress.outputs.html.signatories.report_pages import report_pages
from charterpress.outputs.html.site_pages import rules_page, site_pages
from charterpress.read import load
from charterpress.text.interface import PSEUDO, use_language
from charterpress.text.markdown import to_html
from charterpress.views import addresses
from charterpress.views.edition_view import edition_view
from charterpress.views.repository import Repository
from marked import marked_edition, sign, unmarked_words
from one_language import write_one_language
from rendering import TEMPLATES


def make_all(edition):
    """Every page of an edition."""
    view = edition_view(edition, "2026-12-01")
    register, documents = view.register, defaultdict(lambda: PrintedDocument(size=1, pages=2))
    documents |= {addresses.commitments_pdf_address(each.version): documents[""] for each in edition.releases}
    renderer = Renderer(
        TEMPLATES,
        site="https://charter.example/",
        pdfs={each.version: 1 for each in edition.releases},
        documents=documents,
        signed=dict(register.counts.version) if register else None,
        repository=Repository(address="https://code.example/words"),
    )
    yield from site_pages(view, renderer, checks.check(edition)[:1])
    yield from about_pages(view, TEMPLATES, repository=renderer.repository)
    if register:
        yield from register_pages(register, renderer, documents=True)
        yield from print_list_pages(register, renderer, digest="0" * 64, pdfs=True)
        yield from organisation_pages(register, renderer, certificates=True)
        yield from report_pages(register, view.history, renderer, editors=True)
    yield rules_page(checks.RULES, TEMPLATES)


def test_the_link_beside_a_heading_of_the_charter_is_named_in_the_language_in_use():
    with use_language(PSEUDO):
        assert unmarked_words(to_html(f"# {sign('Plots')}", anchor="plots")) == set()


@pytest.mark.parametrize("released", [True, False])
def test_every_word_of_a_page_is_a_message_or_the_charters(tmp_path, released):
    edition = marked_edition(load(write_one_language(tmp_path / "charter")))
    if not released:
        edition = replace(edition, releases=(), signatories=(), notes=(), errata=(), recorded=None)
    left = defaultdict(set)
    with use_language(PSEUDO):
        for page in make_all(edition):
            frame = (page.title, page.description, page.label, page.footer, page.header)
            for part in (
                page.html,
                page.unsearched,
                page.notice,
                *frame,
                *(each.title for each in page.breadcrumbs),
            ):
                left[page.kind] |= unmarked_words(part)
    assert {kind: words for kind, words in left.items() if words} == {}
    assert len(left) > (25 if released else 15)
