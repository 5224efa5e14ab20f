"""Asks a page in the browser what probes.js can tell of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import expect

import registers
import released
from builders import write_signatory
from conftest import PREFIX, ROOT, build_once
from site_server import serve

PROBES = Path(__file__).with_name("probes.js").read_text(encoding="utf-8")
TWO_FRAMES = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
"""Comes back once the browser has drawn what the last key did: it scrolls to the focus when it draws."""


@pytest.fixture(scope="session")
def released_site(shared_folder):
    """The address of the site of a charter with several releases and a draft; it ends in /."""
    folder = shared_folder / "released"
    folder.mkdir(exist_ok=True)
    with FileLock(shared_folder / "released.lock"):
        if not (folder / "site" / "index.html").exists():
            released.build(folder, PREFIX)
    with serve(folder / "site", PREFIX) as address:
        yield address


def signed_site(folder, name, signatories):
    """The site of the example's charter with these signatories, built once in `folder`."""
    root = folder / f"{name}-charter"
    with FileLock(folder / f"{name}-charter.lock"):
        if not root.exists():
            new = folder / f"{name}-charter.new"
            shutil.copytree(ROOT / "tests/example/charter", new, ignore=shutil.ignore_patterns("signatories"))
            for signatory in signatories:
                write_signatory(new, signatory)
            new.rename(root)
    return build_once(folder, f"site-{name}", str(root))


@pytest.fixture(scope="session")
def crowded(shared_folder):
    """The address of the site of the example's charter, signed by organisations that nobody would believe,
    and forty others."""
    with serve(signed_site(shared_folder, "crowded", registers.crowd()), PREFIX) as address:
        yield address


@pytest.fixture(scope="session")
def long_register(shared_folder):
    """The same, signed by more organisations than one page lists."""
    with serve(signed_site(shared_folder, "long", registers.plots(640)), PREFIX) as address:
        yield address


@pytest.fixture(scope="session")
def ask():
    """ask(page, "overflow") gives the answer of that function of probes.js, called with further values."""

    def ask_(page, question, *values):
        if not page.evaluate("() => 'probes' in window"):
            page.evaluate(PROBES)
        return page.evaluate("([question, values]) => window.probes[question](...values)", [question, values])

    return ask_


@pytest.fixture(scope="session")
def walk(ask):
    """walk(page) goes through the whole page with the Tab key; gives a list of what is wrong on the way."""

    def walk_(page):
        expected, faults = ask(page, "begin"), []
        for _ in range(expected * 2 + 20):
            page.keyboard.press("Tab")
            state = ask(page, "focused")
            if state not in ("", "fine"):
                page.evaluate(TWO_FRAMES)
                state = ask(page, "focused")
            if not state:
                break
            if state != "fine":
                faults.append(state)
            ask(page, "step")
        else:
            faults.append("the focus never leaves the page")
        return [
            *faults,
            *(f"{each} is not reached" for each in ask(page, "missed")),
            *ask(page, "disorder"),
        ]

    return walk_


@pytest.fixture(scope="session")
def search():
    """search(page, phrase) types into the site's search; gives (address, text) of each page found."""

    def search_(page, phrase):
        box = page.get_by_label("Search", exact=True)
        status = page.get_by_role("search").get_by_role("status")
        for words, answer in (("", "Type to start searching"), (phrase, re.compile("found", re.IGNORECASE))):
            box.fill(words)
            expect(status).to_have_text(answer)
        links = page.locator("[data-search-results] > li > a")
        found = links.evaluate_all("links => links.map(link => [link.href, link.innerText])")
        return [(address, " ".join(text.split())) for address, text in found]

    return search_
