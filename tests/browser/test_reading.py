"""The site can be read by anyone: without scripts, at any size, without motion, with a keyboard."""

from __future__ import annotations

from collections import Counter

import pytest

from conftest import PAGE_KINDS, WIDTHS

APART = {"self-assessment"}
"""What is something else without scripts, a form on paper: test_assessment.py says what it holds."""


@pytest.mark.parametrize("kind", [kind for kind in PAGE_KINDS if kind not in APART])
def test_the_text_is_complete_without_javascript(open_page, addresses, ask, kind):
    """Every word that is there with scripts is there without them."""
    with_scripts, _ = open_page(addresses[kind])
    without, _ = open_page(addresses[kind], java_script_enabled=False)
    words = ask(with_scripts, "words", "main")
    assert len(words) > 5
    assert Counter(words) - Counter(ask(without, "words", "main")) == Counter()


@pytest.mark.parametrize("kind", PAGE_KINDS)
@pytest.mark.parametrize(
    "window",
    [{"width": 320, "height": 640}, {"width": 640, "height": 512, "device_scale_factor": 2}],
    ids=["320 pixels", "200% zoom"],
)
def test_a_small_window_loses_nothing(open_page, addresses, ask, kind, window):
    """Nothing is cut off, nothing makes the page scroll sideways, and no word of the text is hidden."""
    wide, _ = open_page(addresses[kind])
    page, _ = open_page(addresses[kind], **window)
    assert ask(page, "overflow") == []
    text = "main article" if page.locator("main article").count() else "main"
    assert Counter(ask(wide, "words", text)) - Counter(ask(page, "words", text)) == Counter()


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_nothing_moves_for_those_who_asked_for_less_motion(open_page, addresses, ask, kind):
    """No transition, animation or smooth scroll is left where the reader prefers reduced motion."""
    page, _ = open_page(addresses[kind])
    assert ask(page, "motion") == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_the_keyboard_reaches_everything_with_a_visible_focus(open_page, addresses, walk, kind, width):
    """The Tab key goes through every control in the page's order, and each shows where the focus is."""
    page, _ = open_page(addresses[kind], width=width)
    assert walk(page) == []


def test_a_page_that_has_moved_leads_on_and_keeps_the_anchor(open_page, example_server):
    """Without scripts it leads on too, at once: nobody has to read against the clock."""
    old, new = (f"{example_server}charter/neighbours/{name}/" for name in ("greet-newcomers", "first-season"))
    page, _ = open_page(f"{old}#history")
    page.wait_for_url(f"{new}#history")
    page, _ = open_page(old, java_script_enabled=False)
    page.wait_for_url(new)


@pytest.mark.parametrize("alias", ["latest", "2", "2.0"])
def test_a_moving_address_of_a_version_keeps_the_anchor(open_page, example_server, alias):
    """It leads to the newest version that it can mean."""
    page, _ = open_page(f"{example_server}versions/{alias}/#warn-of-frost")
    page.wait_for_url(f"{example_server}versions/2.0.1/#warn-of-frost")


@pytest.mark.parametrize("kind", ["charter", "principle"])
def test_every_anchor_shows_a_link_to_it(open_page, addresses, ask, charter, kind):
    """A principle, a commitment and a heading each show a link to themselves, on a phone too."""
    page, _ = open_page(addresses[kind], width=360)
    anchored = "main :is(h2, h3, h4, li)[id]:not(nav *)"
    assert ask(page, "unlinked", anchored) == []
    shown = [principle for _, principle in charter.principles()][: None if kind == "charter" else 1]
    commitments = sum(len(section.items) for principle in shown for section in principle.sections)
    assert page.locator("main li[id]").count() >= commitments
