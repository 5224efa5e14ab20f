"""Every kind of page, visited once: accessibility, keyboard, small windows, paper, weight and privacy."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from browser.kinds import KINDS
from browser.probes import violations, walk
from browser.visit import unfold


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.long if kind.is_repeated else ()) for name, kind in KINDS.items()],
)
def test_a_visit_finds_no_fault(visitor, charter, served, site, name):
    kind = KINDS[name]
    footer = kind.footer.replace("<charter>", re.escape(charter.title))
    address = served(kind.site) + kind.path_in(charter)
    faults = visitor.visit(address, replace(kind, footer=footer), site(kind.site))
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
