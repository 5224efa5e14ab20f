"""Certificates, badges and the printed list in a browser: whatever organisations are called, nothing runs,
nothing is lost, and what is printed is A4."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from axe import violations
from charterpress.text.slugs import name_slug
from conftest import SCHEMES, WIDTHS
from registers import NAMES, SCRIPTS

PAGES = ("signatories/print/", "signatories/eval-x-sys-inputs/certificate/")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(open_page, crowded, path, scheme, width):
    """The list and a certificate, full of odd names."""
    page, _ = open_page(crowded + path, width=width, color_scheme=scheme)
    assert violations(page) == []


def test_every_name_is_shown_as_it_is_written_and_nothing_runs(open_page, crowded):
    """On the list, in its title, on a certificate: no dialog, no complaint, no foreign request."""
    page, witness = open_page(f"{crowded}signatories/print/")
    page.on("dialog", lambda dialog: witness.complaints.append(dialog.message))
    shown = page.locator(".signatory-table--list tbody th[scope=row]").all_inner_texts()
    assert {*NAMES, *(name for name, _ in SCRIPTS.values())} <= set(shown)
    assert "<script>alert(1)</script>" in page.locator(".signatory-table__withdrawn").inner_text()
    for name in NAMES:
        page.goto(f"{crowded}signatories/{name_slug(name)}/certificate/")
        assert page.locator("h1").inner_text() == name
        assert page.title().startswith(f"Certificate of {name}")
    assert witness.complaints == []
    assert witness.foreign(crowded) == []


def test_a_badge_is_shown_and_runs_nothing(open_page, crowded):
    """As a document of its own, and that of one who withdrew, which other pages still show. It asks for
    nothing."""
    for slug, said in (("a-b", "signed 2.0.1"), ("moved-away", "signature withdrawn")):
        page, witness = open_page(f"{crowded}signatories/{slug}/badge.svg")
        assert page.locator("svg > title").text_content().endswith(f": {said}")
        assert page.evaluate("document.documentElement.getBBox().width") > 200
        asked = [url for url in witness.requests if not url.endswith(("/badge.svg", "/favicon.ico"))]
        assert asked == []


def test_who_withdrew_has_neither_certificate(open_page, crowded):
    """Neither the page nor the PDF is there, and the badge is."""
    page, _ = open_page(crowded)
    for file, status in (("certificate/", 404), ("certificate.pdf", 404), ("badge.svg", 200)):
        assert page.request.get(f"{crowded}signatories/moved-away/{file}").status == status
    assert page.request.get(f"{crowded}signatories/a-b/certificate.pdf").status == 200
    assert page.request.get(f"{crowded}signatories/signatories.pdf").status == 200


def test_a_certificate_prints_on_one_sheet_without_the_site_around_it(open_page, crowded, ask):
    """The longest name too; neither menus nor buttons are on it."""
    for name in (NAMES[0], max(NAMES, key=len)):
        page, _ = open_page(f"{crowded}signatories/{name_slug(name)}/certificate/")
        (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
        text = " ".join(sheet.extract_text().split())
        assert "Certificate of signature" in text
        assert "Search" not in text
        page.emulate_media(media="print")
        assert ask(page, "seen", "nav, header, [role=search], button, .actions, footer") == []


def test_the_list_prints_with_its_headings_on_every_sheet(open_page, crowded):
    """As a browser prints it: the columns are named wherever the table goes on, and no row is cut in two."""
    page, _ = open_page(f"{crowded}signatories/print/")
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    tables = [text for text in texts if "1.0.0 on 1 June 2022" in text]
    assert len(tables) >= 2
    for text in tables:
        assert "Organisation Kind, area Signed Standing" in text
        assert text.count("Plot holders of street") == text.count("1.0.0 on 1 June 2022")


@pytest.mark.parametrize("path", PAGES)
def test_a_small_window_loses_nothing(open_page, crowded, ask, path):
    """At 320 pixels nothing is cut off and nothing scrolls sideways, whatever a name is made of."""
    page, _ = open_page(crowded + path, width=320, height=640)
    assert ask(page, "overflow") == []
    wide, _ = open_page(crowded + path)
    assert set(ask(wide, "words", "main article")) <= set(ask(page, "words", "main article"))
