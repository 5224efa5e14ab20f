"""The pictures for those who propose a change show what is there; each is small, and said in words too."""

from __future__ import annotations

import re
import struct

import pytest

from checkouts import previewed
from package_pages import package_page
from pictures import FOLDER, PICTURES, WIDTH, clip, hall

PAGE = package_page("editors/propose-in-the-browser.md")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """What the pictures are taken of; each edits it a little more."""
    return hall(tmp_path_factory.mktemp("pictures"))


def size(name: str) -> tuple[int, int]:
    """Width and height of a PNG, in pixels (PNG specification, 11.2.1)."""
    return struct.unpack(">II", (FOLDER / name).read_bytes()[16:24])


def test_what_the_pictures_show_is_there(checkout, open_page):
    for picture in PICTURES:
        picture.edit(checkout)
        with previewed(checkout) as address:
            page, _ = open_page(f"{address}{picture.address}", width=WIDTH, height=900)
            cut = clip(page, picture)
            bottom = cut["y"] + cut["height"]
            for words in picture.words:
                boxes = [each.bounding_box() for each in page.get_by_text(words).all() if each.is_visible()]
                inside = [cut["y"] <= box["y"] and box["y"] + box["height"] <= bottom for box in boxes]
                assert any(inside), (words, boxes, cut)
        width, height = size(f"{picture.name}.png")
        assert (width, abs(height - cut["height"]) < 40) == (WIDTH, True), picture.name


def test_the_page_shows_every_picture_with_its_words_and_its_size():
    """So that nothing jumps while they load, and nobody needs to see them."""
    shown = re.findall(r"!\[(.+?)\]\(\.\./assets/editors/(.+?)\)\{ width=(\d+) height=(\d+) \}", PAGE)
    assert {name for _, name, *_ in shown} == {path.name for path in FOLDER.iterdir()}
    assert [name for _, name, *pixels in shown if size(name) != tuple(map(int, pixels))] == []
    assert all(len(words) > 60 for words, *_ in shown)
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 150_000


def test_the_page_shows_its_pictures(open_page, server):
    page, _ = open_page(f"{server}editors/propose-in-the-browser/", width=360)
    widths = page.locator("article img").evaluate_all("all => all.map(each => each.naturalWidth)")
    assert widths == [WIDTH] * len(PICTURES)
