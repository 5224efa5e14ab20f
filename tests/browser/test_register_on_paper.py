"""Certificates, badges and the printed list in a browser: whatever organisations are called, nothing runs,
nothing is lost, and what is printed is A4."""

from __future__ import annotations

from browser.probes import A4, print_page, probe
from charterpress.text.slugs import name_slug
from registers import NAMES


def test_a_badge_is_shown_and_runs_nothing(open_page, crowded):
    for slug, said in (("a-b", "signed 3.1.0"), ("moved-away", "signature withdrawn")):
        page, witness = open_page(f"{crowded}signatories/{slug}/badge.svg")
        assert page.locator("svg > title").text_content().endswith(f": {said}")
        assert page.evaluate("document.documentElement.getBBox().width") > 200
        asked = [url for url in witness.requests if not url.endswith(("/badge.svg", "/favicon.ico"))]
        assert asked == []


def test_a_certificate_prints_on_one_sheet_without_the_site_around_it(open_page, crowded):
    for name in (NAMES[0], max(NAMES, key=len)):
        page, _ = open_page(f"{crowded}signatories/{name_slug(name)}/certificate/")
        (sheet,) = print_page(page)
        assert sheet.size == A4
        assert "Certificate of signature" in sheet.text
        assert "Search" not in sheet.text
        page.emulate_media(media="print")
        assert probe(page, "seen", "nav, header, [role=search], button, .actions, footer") == []


def test_the_list_prints_with_its_headings_on_every_sheet(open_page, crowded):
    page, _ = open_page(f"{crowded}signatories/print/")
    texts = [sheet.text for sheet in print_page(page)]
    tables = [text for text in texts if "1.0.0 on 1 June 2022" in text]
    assert len(tables) >= 2
    for text in tables:
        assert "Organisation Kind, area Signed Standing" in text
        assert text.count("Plot holders of street") == text.count("1.0.0 on 1 June 2022")
