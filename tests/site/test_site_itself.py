"""What a site says of itself to browsers, to search engines, to whoever shares a link, and to its readers."""

from __future__ import annotations

from lxml import html


def test_a_page_for_missing_addresses_has_a_title_of_its_own(example_site):
    page = html.parse(example_site / "404.html").getroot()
    (shared,) = page.xpath("//meta[@property='og:title']/@content")
    assert shared == "Page not found"
    assert page.findtext(".//title").startswith("Page not found – ")
