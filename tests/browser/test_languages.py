"""Pages in Welsh and in Arabic: axe finds nothing, nothing is cut off, and keyboards work the switch."""

import pytest

from browser.probes import APPEARANCE, violations
from tiers import every_fourth

PAGES = (
    *("", "charter/", "signatories/", "sign/", "charter/moorings/ropes/", "versions/", "versions/2.0.0/"),
    *("versions/2.0.0/changes/", "charter/side-by-side/ar/", "signatories/pier-club/", "translations/"),
    *("practice/self-assessment/", "draft/", "privacy/"),
)
NARROW, WIDE = 360, 1280


@pytest.fixture(scope="session")
def languages_server(served):
    return served("languages")


@pytest.fixture
def page(browser):
    with browser.new_context() as context:
        yield context.new_page()


@pytest.mark.parametrize("address", every_fourth([f"{tag}/{page}" for page in PAGES for tag in ("ar", "cy")]))
def test_a_page_in_another_language_has_no_fault(page, languages_server, address):
    answer = page.goto(f"{languages_server}{address}")
    assert answer.ok
    for width, rules in ((NARROW, ()), (WIDE, APPEARANCE)):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page, rules) == []


@pytest.mark.parametrize("tag", ["cy", "ar"])
def test_the_switch_leads_to_the_same_page_by_keyboard(page, languages_server, tag):
    page.goto(f"{languages_server}charter/commitments/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hreflang") == tag:
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{tag}/charter/commitments/")
    assert page.evaluate("document.documentElement.lang") == tag
