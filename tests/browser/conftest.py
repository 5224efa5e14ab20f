"""The sites that the browser is shown, and its search."""

from __future__ import annotations

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from browser.probes import APPEARANCE, probe, violations
from browser.sites import CHARTERS
from browser.visit import Visitor
from conftest import PREFIX, build_once
from site_server import serve

expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def site(shared_folder, request):
    """site("released") returns the folder of that site, built once for all of pytest's workers."""
    shared = {
        "own": "built_site",
        "example": "example_site",
        "pseudo": "pseudo_site",
        "languages": "three_languages_site",
    }

    def site_(name):
        if name in shared:
            return request.getfixturevalue(shared[name])
        return build_once(
            shared_folder, f"site-{name}", lambda: CHARTERS[name](shared_folder / f"charter-{name}")
        )

    return site_


@pytest.fixture(scope="session")
def served(site):
    """served("released") returns the address of that site; it ends in /."""
    addresses = {}
    with ExitStack() as stack:

        def served_(name):
            if name not in addresses:
                addresses[name] = stack.enter_context(serve(site(name), PREFIX))
            return addresses[name]

        yield served_


def _address_of(name: str):
    return pytest.fixture(scope="session")(lambda served: served(name))


server = _address_of("own")
"""The address of the repository's own site."""
example_server = _address_of("example")
"""The address of the example's site."""
released_site = _address_of("released")
"""The address of the site of a charter with four releases and a draft."""
crowded = _address_of("crowded")
"""The address of the example's site, signed by organisations with improbable names and forty others."""
long_register = _address_of("long")
"""The address of the site of the example's next version, signed by 640 organisations."""
wordy = _address_of("wordy")
"""The address of the site of a charter with as many words as one sheet holds."""


@pytest.fixture(scope="session")
def visitor(browser):
    contexts = [browser.new_context(), browser.new_context(java_script_enabled=False)]
    yield Visitor(*(each.new_page() for each in contexts))
    for each in contexts:
        each.close()


PAIRS = ((360, "light", ()), (1280, "dark", APPEARANCE))
EVERY_LOOK = tuple((width, scheme, ()) for width in (360, 1280) for scheme in ("light", "dark"))


@pytest.fixture(params=[PAIRS, pytest.param(EVERY_LOOK, marks=pytest.mark.long)], ids=["pairs", "every look"])
def inaccessible(request):
    """inaccessible(page) returns what axe finds and what is cut off, in a light phone and a dark desktop; in
    the long run in both widths and schemes, and of every element."""

    def inaccessible_(page):
        every = request.param is EVERY_LOOK
        found = []
        for width, scheme, rules in request.param:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            faults = (*violations(page, rules, every=every), *probe(page, "overflow"))
            found += [f"{width}, {scheme}: {each}" for each in faults]
        return found

    return inaccessible_


@pytest.fixture(scope="session")
def search():
    """search(page, phrase) types into the site's search; returns (address, text) of each page found."""

    def search_(page, phrase):
        box = page.get_by_label("Search", exact=True)
        status = page.locator("[role=search] [role=status]")  # before anything is typed it is hidden
        for words, answer in (("", "Type to start searching"), (phrase, re.compile("found", re.IGNORECASE))):
            box.fill(words)
            expect(status).to_have_text(answer)
        links = page.locator("[data-search-results] > li > a")
        found = links.evaluate_all("links => links.map(link => [link.href, link.innerText])")
        return [(address, " ".join(text.split())) for address, text in found]

    return search_


@pytest.fixture(scope="session")
def script_of():
    """script_of(page, "search.js", …) returns a part of a script of the page, from words to words."""

    def script_of_(page, name, start, end):
        source = page.locator(f"script[src$='{name}']").evaluate("each => each.src")
        code = page.request.get(source).text()
        return code[code.index(start) : code.index(end)]

    return script_of_
