"""Axe finds nothing on any kind of page: light and dark, phone and desktop, at any level it tests."""

from __future__ import annotations

import pytest

from axe import violations
from conftest import PAGE_KINDS, SCHEMES, WIDTHS


def test_axe_sees_the_faults_of_a_bad_page(open_page):
    """A picture without words and a page without a language or a title are found."""
    page, _ = open_page("about:blank")
    page.set_content("<main><h1>One</h1><img src='data:,'></main>")
    rules = {line.partition(":")[0] for line in violations(page)}
    assert rules >= {"document-title", "html-has-lang", "image-alt"}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_axe_finds_nothing(open_page, addresses, kind, scheme, width):
    """Every kind of page, as it is first shown."""
    page, _ = open_page(addresses[kind], width=width, color_scheme=scheme)
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_on_a_page_that_has_moved(open_page, example_server, scheme, width):
    """As it is shown where nothing takes the reader on."""
    page, _ = open_page("about:blank", width=width, color_scheme=scheme)
    page.route("**/early.js", lambda route: route.abort())
    page.goto(f"{example_server}charter/neighbours/greet-newcomers/")
    page.get_by_role("link", name="the page you asked for").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_search(open_page, addresses, charter, search, scheme, width):
    """The search, open, with results in it."""
    page, _ = open_page(addresses["home"], width=width, color_scheme=scheme)
    search(page, next(charter.principles())[1].title)
    assert violations(page) == []
