"""The pictures of the page editors/propose-in-the-browser.md: `python tests/pictures.py` takes them anew.

They show the site of the starter charter and its preview, as a browser shows them. The pages of a host are
nobody's to draw."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from checkouts import checked_out, previewed
from commands import edit_file
from conftest import CHROMIUM_FLAGS, find_chromium
from test_documentation import released

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "hooks/charterpress/outputs/pages/assets/editors"
WIDTH, MARGIN = 720, 12
"""Pixels of the browser's window, and of what is kept below what is shown."""
FILE = "charter/themes/sharing/keep-the-diary.md"
PAGE = "charter/sharing/keep-the-diary/"
OLD, NEW = "before we tell anyone about the event", "before we invite anyone to the event"
TITLE = "Keep the diary true and open to everybody, and cross out what is off as soon as you know it"
NOTE = """---
principles: [keep-the-diary]
class: commitment
---
Twice, people held an invitation to a room that another group had booked.
"""


class Picture(NamedTuple):
    """What is shown of one page: everything from the element `start` to the element `end`, which between them
    say `words`. `edit` is what is written into a checkout before."""

    name: str
    edit: Callable[[Path], object]
    address: str
    start: str
    end: str
    words: tuple[str, ...]


def hall(folder: Path) -> Path:
    """A checkout of the starter charter with one version, which the pictures are taken of."""
    return checked_out(folder / "checkout", released(folder))


def proposed(checkout: Path) -> None:
    """One commitment made stronger, with its note."""
    edit_file(checkout / FILE, OLD, NEW)
    (checkout / "charter" / "changes").mkdir(exist_ok=True)
    (checkout / "charter" / "changes" / "invitations.md").write_text(NOTE, encoding="utf-8")


def too_long(checkout: Path) -> None:
    """A title that the check refuses."""
    (title,) = re.findall(r"(?m)^title: .*$", (checkout / FILE).read_text(encoding="utf-8"))
    edit_file(checkout / FILE, title, f"title: {TITLE}")


PICTURES = (
    Picture("suggest", lambda _: None, PAGE, ".pager", ".pager__edit", ("Suggest a change to this page",)),
    Picture(
        *("redline", proposed, "draft/", "#keep-the-diary", "#keep-the-diary .redline"),
        words=("invite", "that another group had booked"),
    ),
    Picture(
        *("finding", too_long, PAGE, ".notice--findings", "article h1"),
        words=(f"{FILE}, line 2", "79 is the most", "say one thing"),
    ),
)
"""In the order in which a checkout is edited for them."""


def clip(page, picture: Picture) -> dict[str, float]:
    """Where on the page the picture is."""
    top, bottom = (page.locator(each).first.bounding_box() for each in (picture.start, picture.end))
    end = bottom["y"] + bottom["height"] + MARGIN
    return {"x": 0, "y": top["y"], "width": WIDTH, "height": end - top["y"]}


def main() -> int:
    """Take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, reduced_motion="reduce")
        checkout = hall(Path(temporary))
        for picture in PICTURES:
            picture.edit(checkout)
            with previewed(checkout) as address:
                page.goto(f"{address}{picture.address}")
                data = page.screenshot(clip=clip(page, picture), full_page=True, scale="css")
            (FOLDER / f"{picture.name}.png").write_bytes(data)
            sys.stdout.write(f"{picture.name}.png: {len(data):,} bytes\n")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
