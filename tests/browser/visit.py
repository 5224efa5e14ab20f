"""One visit of a page → everything that is wrong with it."""

from __future__ import annotations

import functools
import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

import one_language
from browser.kinds import Kind
from browser.probes import A4, APPEARANCE, Sheet, drawing_faults, focus_each, print_page, probe, violations
from conftest import PREFIX, Witness

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 800}
SMALL = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 512, "deviceScaleFactor": 2, "mobile": False}
"""A desktop at 200%: half its width, and two pixels of its screen for each."""
WIDTHS = (360, 680, 820, 1280)
LOOKS = {360: ("light",), 1280: ("dark", "forced")}
MAX_TRANSFER = 150_000
"""Bytes of a first visit with a search, a third of which is its index."""
COMPRESSED = {".woff2"}
"""What a host sends as it is."""
SEARCH_FILES = {"search.js", "engine.js", "words.js", "stemmer.js", "minisearch.js", "index.json"}
NAVIGATION = (
    "nav, header.md-header, [role=search], input, button, [title='Link to this'], "
    "label:not(form.assess__form *)"  # on paper it says what to write there
)


@dataclass
class Visitor:
    """A page for all visits: a new one would compile every script again."""

    page: Page
    scriptless: Page
    """One in a browser that runs no scripts."""
    witness: Witness = field(default_factory=Witness)

    def __post_init__(self) -> None:
        self.witness.watch(self.page)
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def visit(self, address: str, kind: Kind, site: Path) -> list[str]:
        """Open the page of `kind`; return all that is wrong with it. Its files are in `site`."""
        self.page.goto("about:blank")
        self.page.set_viewport_size(SMALL)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.witness.forget()
        self.page.goto(address)
        if kind.ready:
            self.page.locator(kind.ready).first.wait_for()
        faults = list(self._faults(address, kind, site))
        self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        return faults

    def _faults(self, address: str, kind: Kind, site: Path) -> Iterator[str]:
        page, article = self.page, "main article"
        if not page.locator(article).count():
            article = "main"
        yield from _named("keyboard at 320", focus_each(page))
        if kind.anchors:
            yield from _named("anchors", probe(page, "unlinked", kind.anchors))
        fits = {"320 pixels": probe(page, "fit", article)}
        with zoomed(page):
            fits["200% zoom"] = probe(page, "fit", article)
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme="dark")
        fits["1280 pixels"] = probe(page, "fit", article)
        for name, fit in fits.items():
            yield from _named(f"overflow at {name}", fit["overflow"])
            yield from _named(f"lost at {name}", _lost(fits["1280 pixels"]["words"], fit["words"]))
        yield from _named("keyboard at 1280", focus_each(page))
        words = probe(page, "words", "main")
        if len(words) <= 5:
            yield f"words: it says no more than {words}"
        if kind.is_whole:
            yield from _named("motion", probe(page, "motion"))
            yield from _named("weight", weight_faults(page, self.witness, site))
        if kind.is_whole and kind.is_printed:
            yield from _named("print", print_faults(page, kind))
        yield from _named("title", title_faults(page))
        unfold(page)
        yield from drawing_faults(page, WIDTHS, LOOKS)
        page.set_viewport_size(PHONE)
        yield from _named("open menus", menu_faults(page))
        yield from self._inaccessible()
        yield from _named("foreign request", self.witness.foreign(address))
        yield from _named("complaint", self.witness.complaints)
        if kind.is_whole and kind.is_same_without_scripts:
            self.scriptless.goto(address)
            yield from _named("lost without scripts", _lost(words, probe(self.scriptless, "words", "main")))

    def _inaccessible(self) -> Iterator[str]:
        """What axe finds. Items that repeat others are taken out of the page first: axe finds the same in
        them, and takes the longer the more there is."""
        self.page.set_viewport_size(DESKTOP)
        self.page.emulate_media(color_scheme="dark")
        probe(self.page, "prune")
        yield from _named("axe at 1280, dark", violations(self.page))
        self.page.set_viewport_size(PHONE)
        self.page.emulate_media(color_scheme="light")
        yield from _named("axe at 360, light", violations(self.page, APPEARANCE))


def _named(check: str, found: Iterable[str]) -> Iterator[str]:
    return (f"{check}: {each}" for each in found)


def _lost(words: Sequence[str], among: Sequence[str]) -> list[str]:
    return sorted((Counter(words) - Counter(among)).elements())


@contextmanager
def zoomed(page: Page) -> Iterator[None]:
    """Show the page as a desktop does at 200%."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setDeviceMetricsOverride", ZOOMED)
    yield
    session.send("Emulation.clearDeviceMetricsOverride")
    session.detach()


def unfold(page: Page) -> None:
    """Open whatever is folded, and show two versions side by side where a page offers it."""
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    beside = page.locator("[value=beside]")
    if beside.count() and beside.is_visible():
        beside.check()


def title_faults(page: Page) -> Iterator[str]:
    """Yield the titles that are not the page's own."""
    title, (shared, site), heading = (
        page.title(),
        probe(page, "shared"),
        page.locator("h1").first.inner_text(),
    )
    if heading != site and site in (title, shared):
        yield f"it is that of the site, and the page is “{heading}”"
    if shared not in title:
        yield f"it is “{title}”, and “{shared}” where the page is shared"


def menu_faults(page: Page) -> list[str]:
    """What is wrong with what the head of a page opens in a narrow window: nothing may cover the rest."""
    page.locator("header details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
    found = [*probe(page, "overflow"), *probe(page, "overlap")]
    page.locator("header details").evaluate_all("all => all.forEach((each) => { each.open = false; })")
    return found


# --- On paper -----------------------------------------------------------------------------------------------


def print_faults(page: Page, kind: Kind) -> Iterator[str]:
    """What is wrong with the page as a printer shows it."""
    sheets = print_page(page)
    sizes = {each.size for each in sheets}
    if sizes != {A4}:
        yield f"the sheets are {sizes} points"
    page.emulate_media(media="print")
    yield from (f"{each} is printed" for each in probe(page, "seen", NAVIGATION))
    links = page.locator("main a[href^=http]").evaluate_all(
        "links => links.filter(link => link.checkVisibility()).map(link => link.getAttribute('href'))"
    )
    headings = page.locator("main :is(h1, h2, h3, h4)").evaluate_all(
        "all => all.map(each => each.innerText.trim().split('\\n')[0])"
    )
    page.emulate_media(media="null")
    paper = "".join(each.letters for each in sheets)
    yield from (f"{link} is not spelt out" for link in links if link.rstrip("/") not in paper)
    yield from footer_faults(sheets, kind)
    if kind.keeps_headings:
        yield from _lonely(sheets, headings)
    for words in kind.opening:
        if words not in sheets[0].text:
            yield f"the first sheet does not say “{words}”"
    if kind.never and kind.never in " ".join(each.text for each in sheets):
        yield f"it says “{kind.never}”"


def footer_faults(sheets: Sequence[Sheet], kind: Kind) -> Iterator[str]:
    """The sheets that do not say which version they are of."""
    digest = one_language.digest(kind.release)[:12] if kind.release else ""
    for number, sheet in enumerate(sheets, 1):
        edges = " ".join((*sheet.lines[:3], *sheet.lines[-3:]))
        if not re.search(kind.footer, edges) or digest not in edges:
            yield f"sheet {number} says “{edges}”"


def _lonely(sheets: Sequence[Sheet], headings: Sequence[str]) -> Iterator[str]:
    """The headings at the end of a sheet, with none of their text below them."""
    titles = {_letters(each) for each in headings}
    lines = Counter(line for sheet in sheets for line in set(sheet.lines[-3:]))
    for number, sheet in enumerate(sheets, 1):
        body = [line for line in sheet.lines if lines[line] < 2 and not line.isdigit()]
        if body and _letters(body[-1]) in titles:
            yield f"sheet {number} ends with the heading “{body[-1]}”"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


# --- What it costs ------------------------------------------------------------------------------------------


@functools.cache
def transfer_size(site: Path, address: str) -> int:
    """The bytes that a host sends for a file of `site`, compressed as `gzip -9` does it."""
    path = site / urlsplit(address).path.removeprefix(PREFIX)
    content = (path / "index.html" if path.is_dir() else path).read_bytes()
    return len(content) if path.suffix in COMPRESSED else len(gzip.compress(content, 9, mtime=0))


def weight_faults(page: Page, witness: Witness, site: Path) -> Iterator[str]:
    """Look at all of the page and search once; what the browser fetched must be light."""
    page.mouse.wheel(0, 100_000)
    page.get_by_label("Search", exact=True).fill("partners")
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("ound")
    urls = {each.partition("#")[0] for each in witness.requests if not each.startswith(("data:", "blob:"))}
    own = {
        url: transfer_size(site, url) for url in urls if url.startswith(page.url[: page.url.index("/", 8)])
    }
    missing = SEARCH_FILES - {Path(urlsplit(url).path).name for url in own}
    page.get_by_label("Search", exact=True).fill("")
    page.keyboard.press("Escape")
    if missing:
        yield f"a search fetches no {sorted(missing)}"
    if sum(own.values()) >= MAX_TRANSFER:
        yield f"{sum(own.values())} bytes: {sorted(own.items(), key=lambda each: -each[1])}"
