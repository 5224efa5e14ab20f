"""Every kind of page, visited once: accessibility, keyboard, small windows, paper, weight and privacy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from browser.kinds import KINDS
from browser.probes import drawing_faults, violations, walk
from browser.visit import unfold


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if kind.is_shown else pytest.mark.long) for name, kind in KINDS.items()],
)
def test_a_visit_finds_no_fault(visitor, charter, served, site, name):
    kind = KINDS[name]
    address = served(kind.site) + kind.path_in(charter)
    faults = visitor.visit(address, replace(kind, footer=kind.footer_in(charter)), site(kind.site))
    assert not faults, "\n".join(faults)


@pytest.mark.long
@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("name", KINDS)
def test_every_look_of_every_kind(open_page, charter, served, name, width):
    kind = KINDS[name]
    address = served(kind.site) + kind.path_in(charter)
    page, witness = open_page(address, width=width, until="networkidle")
    if kind.ready:
        page.locator(kind.ready).first.wait_for()
    faults = walk(page)
    page.mouse.wheel(0, 4000)
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")  # a head that sticks would lie over what stands half under it
    for look in (lambda _: None, unfold):
        look(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults += violations(page, every=True)
    assert (faults, witness.foreign(address), witness.complaints) == ([], [], [])


EVERY_WIDTH = range(320, 1921, 40)


@pytest.mark.long
@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_drawn_well_at_every_width_and_in_all_colours(open_page, charter, served, name):
    kind = KINDS[name]
    page, _ = open_page(served(kind.site) + kind.path_in(charter), reduced_motion="reduce")
    if kind.ready:
        page.locator(kind.ready).first.wait_for()
    unfold(page)
    looks = dict.fromkeys((EVERY_WIDTH[0], 1280), ("light", "dark", "forced"))
    assert list(drawing_faults(page, EVERY_WIDTH, looks)) == []


def test_a_page_opened_as_a_file_says_what_needs_the_site(open_page, built_site):
    page, _ = open_page((built_site / "practice/self-assessment/index.html").as_uri())
    assert page.get_by_text("This page was opened as a file").is_visible()
    page.get_by_label("Search", exact=True).fill("partners")
    status = page.get_by_role("search").get_by_role("status")
    expect(status).to_have_text("The search only works on the site, and this page was opened as a file.")
