"""What a printer gives: A4, the text alone, with its addresses and version, and no heading left alone."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

A4 = (595, 842)
"""Points: 210 by 297 mm."""

KINDS = ("home", "charter", "theme", "principle", "about", "sources")


@pytest.fixture
def printed(open_page, addresses):
    """printed(kind) prints a page of that kind; gives the page in the browser and each sheet's lines."""

    def printed_(kind):
        page, _ = open_page(addresses[kind])
        sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert {(round(each.mediabox.width), round(each.mediabox.height)) for each in sheets} == {A4}
        lines = [
            [line.strip() for line in each.extract_text().splitlines() if line.strip()] for each in sheets
        ]
        return page, lines

    return printed_


@pytest.mark.parametrize("kind", KINDS)
def test_the_print_has_no_navigation(printed, ask, kind):
    """Neither menus nor header, search, buttons, nor the links to anchors are on the sheet."""
    page, _ = printed(kind)
    page.emulate_media(media="print")
    assert (
        ask(
            page, "seen", "nav, header.md-header, [role=search], input, button, label, [title='Link to this']"
        )
        == []
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_print_shows_the_address_of_every_link_out(printed, kind):
    """On paper a link is its address; sheets cut long ones into lines."""
    page, lines = printed(kind)
    page.emulate_media(media="print")
    paper = "".join("".join(sheet) for sheet in lines).replace(" ", "")
    links = page.locator("main a[href^=http]").evaluate_all(
        "links => links.filter(link => link.checkVisibility()).map(link => link.getAttribute('href'))"
    )
    assert [link for link in links if link.rstrip("/") not in paper] == []


@pytest.mark.parametrize("kind", ["charter", "theme", "principle"])
def test_every_sheet_says_which_version_it_is(printed, charter, kind):
    """The foot of every sheet has the charter's name, and that this is a draft or which version it is."""
    _, lines = printed(kind)
    for sheet in lines:
        edge = " ".join(sheet[:2] + sheet[-3:])
        assert charter.title in edge
        assert "draft" in edge.casefold() or "version" in edge.casefold()


def test_no_heading_ends_a_sheet(printed):
    """The whole charter, printed: under the last heading of a sheet there is some of its text."""
    page, lines = printed("charter")
    headings = set(
        page.locator("main :is(h1, h2, h3, h4)").evaluate_all(
            "all => all.map(each => each.innerText.trim().split('\\n')[0].replace(/\\W+/g, ''))"
        )
    )
    feet = {line for sheet in lines for line in sheet[-3:] if sum(line in other for other in lines) > 1}
    alone = []
    for number, sheet in enumerate(lines, 1):
        body = [line for line in sheet if line not in feet and not line.isdigit()]
        if body and "".join(c for c in body[-1] if c.isalnum()) in headings:
            alone.append((number, body[-1]))
    assert alone == []
