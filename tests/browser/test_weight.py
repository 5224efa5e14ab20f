"""A first visit to any kind of page, with a search, costs a reader less than 150,000 bytes."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from conftest import PAGE_KINDS, PREFIX

MOST = 150_000
PACKED = {".woff2"}
"""What a host sends as it is, because it is packed already."""


def weight(site: Path, address: str) -> int:
    """The bytes that a host sends for a file of `site`, packed as `gzip -9` does it."""
    path = site / urlsplit(address).path.removeprefix(PREFIX)
    content = (path / "index.html" if path.is_dir() else path).read_bytes()
    return len(content) if path.suffix in PACKED else len(gzip.compress(content, 9, mtime=0))


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_a_first_visit_with_a_search_is_light(open_page, addresses, server, built_site, example_site, kind):
    """The page, and whatever the browser fetches for it, for a look at all of it and for one search."""
    page, witness = open_page(addresses[kind], until="networkidle")
    page.mouse.wheel(0, 100_000)
    page.get_by_label("Search", exact=True).fill("partners")
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("ound")
    page.wait_for_load_state("networkidle")
    site = built_site if addresses[kind].startswith(server) else example_site
    fetched = {
        url.partition("#")[0]: weight(site, url) for url in witness.requests if not url.startswith("data:")
    }
    told = "\n".join(f"{size:>7} {urlsplit(url).path}" for url, size in fetched.items())
    assert {Path(urlsplit(url).path).name for url in fetched} >= {"search.js", "minisearch.js", "index.json"}
    assert sum(fetched.values()) < MOST, told


def test_letters_with_accents_are_fetched_where_a_page_has_some_and_shown_in_the_same_face(
    open_page, addresses, server
):
    """A page without them fetches the common letters alone; both halves are one face to the reader."""
    page, witness = open_page(addresses["principle"], until="networkidle")
    rare = {f"{server}assets/fonts/{name}-rare.woff2" for name in ("text", "heading")}
    assert rare & set(witness.requests) == set()
    page.evaluate(
        """() => {
            document.querySelector("main h1").textContent = "Côte é";
            document.querySelector("main .lead").textContent = "Café ñ ß";
        }"""
    )
    page.evaluate("async () => { document.body.getBoundingClientRect(); await document.fonts.ready; }")
    assert rare <= set(witness.requests)
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    for selector, family in (("main h1", "Newsreader"), ("main .lead", "Atkinson Hyperlegible")):
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert used
        assert [each for each in used if not each["isCustomFont"]] == []
        assert [each for each in used if not each["familyName"].startswith(family)] == []
