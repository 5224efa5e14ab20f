"""What pages do with the room they have: the head on a phone, and the width of a desk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.probes import drawing_faults


@pytest.mark.parametrize("name", ["own", "example"])
def test_the_head_of_a_phone_is_one_row_and_keeps_the_whole_name(open_page, served, name):
    page, _ = open_page(served(name), width=360, height=740)
    brand, button = page.locator(".brand"), page.locator(".menu-button summary")
    whole = page.locator("meta[property='og:site_name']").get_attribute("content")
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.locator(".site-header").bounding_box()["height"] <= 70
        expect(brand).to_have_accessible_name(whole)
        one, other = brand.bounding_box(), button.bounding_box()
        assert one["x"] + one["width"] <= other["x"]
        assert abs(one["y"] + one["height"] / 2 - other["y"] - other["height"] / 2) < 5


@pytest.mark.parametrize(
    ("name", "path"),
    [
        *(("own", path) for path in ("about/", "privacy/", "accessibility/", "practice/", "missing/")),
        *(("own", path) for path in ("versions/compare/", "editors/data/")),
        ("example", "signatories/fork-n-spade/"),
    ],
)
def test_a_page_of_text_uses_the_width_of_a_desk(open_page, served, name, path):
    """With a list of its contents beside it, headings beside the text, or a wide table."""
    page, _ = open_page(served(name) + path)
    right = "all => Math.max(...all.map(each => each.getBoundingClientRect().right))"
    parts = page.locator("main :is(.frame p, .frame li, .contents, table, form)")
    assert parts.evaluate_all(right) > 1100


@pytest.mark.long
def test_messages_that_are_longer_by_two_fifths_break_no_layout(open_page, served, pseudo_site):
    """On one page of each kind."""
    kinds = {}
    for path in sorted(pseudo_site.rglob("index.html")):
        kind = re.search(r'<body[^>]* data-kind="([^"]*)"', path.read_text(encoding="utf-8"))
        kinds.setdefault(kind[1], path.parent.relative_to(pseudo_site).as_posix())
    kinds.pop("moved")  # leads away from itself
    page, _ = open_page(served("pseudo"), reduced_motion="reduce")
    found = {}
    for kind, place in kinds.items():
        page.goto(f"{served('pseudo')}{place}/")
        if faults := list(drawing_faults(page, (320, 360, 1280), {})):
            found[kind] = faults
    assert found == {}
