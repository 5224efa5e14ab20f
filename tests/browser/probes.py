"""What a page shows in the browser: accessibility, focus, overflow, motion, and what it prints."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
AXE = Axe().axe_script
LEVELS = (
    *("wcag2a", "wcag2aa", "wcag2aaa"),
    *("wcag21a", "wcag21aa", "wcag21aaa", "wcag22a", "wcag22aa", "wcag22aaa"),
    "best-practice",
)
APPEARANCE = ("color-contrast", "color-contrast-enhanced", "link-in-text-block", "target-size")
"""The rules whose answers depend on the width and the colours."""
EXCUSED = (
    ("color-contrast", "", "the probe `contrast` measures every text, in drawings too"),
    (
        "label-content-name-mismatch",
        r'href\$?="#|="(Link to |Dolen i|رابط إلى )|permalink|headerlink',
        "the # of an anchor is a sign, and no word",
    ),
    ("th-has-data-cells", "table|assess__picture", "a column that is printed, or a row that names a theme"),
    (
        "identical-links-same-purpose",
        "",
        "one title leads to a place here and to its page, or to its two versions",
    ),
)
"""What axe leaves open and we don't: rule, pattern of the element, and why."""
TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
MAX_EXTRA_STEPS = 20
A4 = (595, 842)
"""Points: 210 by 297 mm."""


def probe(page: Page, name: str, *values: Any) -> Any:
    """The result of the function `name` of probes.js, called with `values`."""
    call = "([name, values]) => window.probes ? window.probes[name](...values) : 'no probes'"
    found = page.evaluate(call, [name, values])
    if found != "no probes":
        return found
    page.evaluate(SCRIPT)
    return page.evaluate(call, [name, values])


def violations(page: Page, rules: Sequence[str] = (), *, every: bool = False) -> list[str]:
    """What axe finds on the page as it is, by these rules or all of them, and what it leaves open without an
    excuse: rule, element and remedy. The rules of APPEARANCE look at two of those elements that look alike,
    unless told to look at `every` one."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": LEVELS}
    found, unsure = probe(page, "axe", only, APPEARANCE, every)
    return found + [each for each in unsure if not _is_excused(each)]


def _is_excused(told: str) -> bool:
    rule, _, rest = told.partition(": ")
    element = rest.partition(": ")[0]
    return any(rule == each and re.search(pattern, element) for each, pattern, _ in EXCUSED)


def drawing_faults(page: Page, widths: Sequence[int], looks: Mapping[int, Sequence[str]]) -> Iterator[str]:
    """Yield what is drawn wrongly at these widths, and in the colours of each width of `looks`: light, dark
    or forced. Whatever is folded is shown as it is. The page is at its top: what sticks to a window would lie
    over what stands half under it."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("scrollTo(0, 0)")
        for name in ("overflow", "overlap", "broken", *(["unmarked"] if width == widths[0] else [])):
            yield from (f"{name} at {width}: {each}" for each in probe(page, name))
        for look in looks.get(width, ()):
            page.emulate_media(
                color_scheme="dark" if look == "dark" else "light",
                forced_colors="active" if look == "forced" else "none",
            )
            for name in ("contrast", "indistinct"):
                yield from (f"{name} at {width}, {look}: {each}" for each in probe(page, name))
        page.emulate_media(forced_colors="none")


def walk(page: Page) -> list[str]:
    """Go through the whole page with the Tab key; return what is wrong on the way."""
    session = page.context.new_cdp_session(page)
    count = probe(page, "beginWalk")
    # One message for each key, as Playwright sends two and waits for both.
    for step in range(2 * count + MAX_EXTRA_STEPS):
        session.send("Input.dispatchKeyEvent", TAB)
        if step >= count and probe(page, "hasEnded"):
            return probe(page, "endWalk")
    return [*probe(page, "endWalk"), "the focus never leaves the page"]


def focus_each(page: Page) -> list[str]:
    """Go through all controls by script, at a tenth of the cost of `walk`; return what is wrong."""
    page.keyboard.press("Tab")
    return probe(page, "focusEach")


@dataclass(frozen=True)
class Sheet:
    """One printed sheet."""

    size: tuple[int, int]
    """In points."""
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.lines).split())

    @property
    def letters(self) -> str:
        """Its words without spaces: a sheet breaks its lines anywhere."""
        return "".join(self.text.split())


def print_page(page: Page) -> list[Sheet]:
    """The sheets that a printer makes of the page."""
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [
        Sheet(
            (round(each.mediabox.width), round(each.mediabox.height)),
            tuple(line.strip() for line in each.extract_text().splitlines() if line.strip()),
        )
        for each in reader.pages
    ]
