"""The pictures of docs/editors/propose-in-the-browser.md: `python tests/pictures.py` takes them anew.

They show this site and its preview, as a browser shows them. The pages of a host are nobody's to draw."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from checkouts import checked_out, previewed
from conftest import CHROMIUM_FLAGS, find_chromium

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "assets" / "editors"
WIDTH, MARGIN = 720, 12
"""Pixels of the browser's window, and of what is kept below what is shown."""
FILE = "charter/themes/skills-and-attributes/turn-up.md"
PAGE = "charter/skills-and-attributes/turn-up/"
OLD, NEW = "a deputy briefed by that person", "a deputy whom that person must have briefed"
TITLE = "Turn up, be present, listen to those who speak last, and come again when you have said that you will"
NOTE = """---
principles: [turn-up]
class: commitment
---
People told us that a deputy who had not been briefed was worse than an empty chair.
"""


@dataclass(frozen=True)
class Picture:
    """What is shown of one page: everything from the element `start` to the element `end`, which between them
    say `words`. `edit` is what is written into a checkout before."""

    name: str
    edit: Callable[[Path], object]
    address: str
    start: str
    end: str
    words: tuple[str, ...]


def unchanged(checkout: Path) -> None:
    """Nothing yet."""


def proposed(checkout: Path) -> None:
    _replace(checkout / FILE, OLD, NEW)
    (checkout / "charter" / "changes").mkdir(exist_ok=True)
    (checkout / "charter" / "changes" / "briefed-deputies.md").write_text(NOTE, encoding="utf-8")


def too_long(checkout: Path) -> None:
    text = (checkout / FILE).read_text(encoding="utf-8")
    title = next(line for line in text.split("\n") if line.startswith("title: "))
    _replace(checkout / FILE, title, f"title: {TITLE}")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{path.name} does not say “{old}”")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


PICTURES = (
    Picture("suggest", unchanged, PAGE, ".pager", ".pager__edit", ("Suggest a change to this page",)),
    Picture(
        *("redline", proposed, "draft/", "#turn-up", "#turn-up .redline"),
        words=("a deputy", "must have briefed", "worse than an empty chair"),
    ),
    Picture(
        *("finding", too_long, PAGE, ".notice--findings", "article h1"),
        words=(f"{FILE}, line 2", "79 is the most", "say one thing"),
    ),
)
"""In the order in which a checkout is edited for them."""


def clip(page, picture: Picture) -> dict[str, float]:
    top, bottom = (page.locator(each).first.bounding_box() for each in (picture.start, picture.end))
    end = bottom["y"] + bottom["height"] + MARGIN
    return {"x": 0, "y": top["y"], "width": WIDTH, "height": end - top["y"]}


def taken(page, picture: Picture) -> bytes:
    return page.screenshot(clip=clip(page, picture), full_page=True, scale="css")


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, reduced_motion="reduce")
        checkout = checked_out(Path(temporary) / "checkout")
        for picture in PICTURES:
            picture.edit(checkout)
            with previewed(checkout) as address:
                page.goto(f"{address}{picture.address}")
                data = taken(page, picture)
            (FOLDER / f"{picture.name}.png").write_bytes(data)
            sys.stdout.write(f"{picture.name}.png: {len(data):,} bytes\n")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
