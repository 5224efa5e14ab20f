"""What a printer gives: A4, the text alone, with its addresses and version, and no heading left alone."""

from __future__ import annotations

import io
import re
from hashlib import sha256

import pytest
from pypdf import PdfReader

from conftest import EXAMPLE, PRACTICE, ROOT

A4 = (595, 842)
"""Points: 210 by 297 mm."""

KINDS = ("home", "charter", "theme", "principle", "about", "sources", *PRACTICE, *EXAMPLE)
RELEASED = {
    "superseded": "2.0.0",
    "current": "2.0.1",
    "changes": "2.0.0",
    "compare": "2.0.1",
    "retired": "1.1.0",
    "history": "2.0.1",
    "cafe": "2.0.1",
}
"""The kinds of page whose words come from a release, and which it is."""


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
            page,
            "seen",
            "nav, header.md-header, [role=search], input, button, [title='Link to this'], "
            "label:not(form.assess__form *)",  # on paper it says what to write there
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


@pytest.mark.parametrize("kind", ["charter", "theme", "principle", *PRACTICE])
def test_every_sheet_says_which_version_it_is(printed, charter, kind):
    """The foot of every sheet has the charter's name, and that this is a draft or which version it is."""
    _, lines = printed(kind)
    for sheet in lines:
        edge = " ".join(sheet[:2] + sheet[-3:])
        assert charter.title in edge
        assert "draft" in edge.casefold() or "version" in edge.casefold()


@pytest.mark.parametrize("kind", RELEASED)
def test_every_sheet_of_a_released_text_bears_its_version_and_digest(printed, kind):
    """At its foot, which is the first thing in the file that a sheet is made of: the number, and the first 12
    characters of what `sha256sum` says of the release."""
    release = ROOT / "tests" / "example" / "charter" / "releases" / f"{RELEASED[kind]}.json"
    _, lines = printed(kind)
    for sheet in lines:
        assert f"ersion {RELEASED[kind]} of" in sheet[0] or f"to {RELEASED[kind]} ·" in sheet[0]
        assert sha256(release.read_bytes()).hexdigest()[:12] in sheet[0]


def test_a_superseded_version_says_so_on_paper(printed):
    """With the number and the date of the version that replaced it; the current one says nothing of that."""
    _, lines = printed("superseded")
    first = " ".join(lines[0])
    assert "Version 2.0.0 has been superseded." in first
    assert "Version 2.0.1 of 8 April 2024 has replaced it" in first
    _, lines = printed("current")
    assert "superseded" not in " ".join(line for sheet in lines for line in sheet)


def test_the_draft_says_that_it_is_one_on_every_sheet(printed):
    """It bears no version's number and digest at its foot: nobody has released it."""
    _, lines = printed("draft")
    assert [sheet[0] for sheet in lines if not re.search(r"· Draft of \d+ \w+ \d{4}$", sheet[0])] == []
    assert "not in force" in " ".join(lines[0])


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
