"""What a site says of itself to browsers, to search engines, to whoever shares a link, and to its readers."""

from __future__ import annotations

import io
import json
import struct
from dataclasses import replace

import pytest
from lxml import html
from PIL import Image

from builders import make_charter, make_release
from charterpress.model import Edition
from charterpress.outputs.html.about_pages import about_pages
from charterpress.outputs.pdf import cards
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.font_sources import font_folders
from charterpress.views.edition_view import edition_view
from charterpress.views.repository import Repository
from rendering import TEMPLATES

SITE = "https://charter.example/under/a/path/"


def page_at(site, file):
    return html.parse(site / file).getroot()


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n")
    return struct.unpack(">II", png[16:24])


def test_a_page_for_missing_addresses_has_a_title_of_its_own(example_site):
    page = page_at(example_site, "404.html")
    (shared,) = page.xpath("//meta[@property='og:title']/@content")
    assert shared == "Page not found"
    assert page.findtext(".//title").startswith("Page not found – ")


@pytest.mark.parametrize(
    ("page", "card"),
    [
        ("index.html", "card.png"),
        ("404.html", "card.png"),
        ("charter/index.html", "card.png"),
        ("signatories/fork-n-spade/index.html", "card.png"),
        ("versions/1.0.0/index.html", "versions/1.0.0/card.png"),
        ("versions/2.0.0/changes/index.html", "versions/2.0.0/card.png"),
    ],
)
def test_a_shared_link_shows_the_picture_of_the_version_that_it_is_about(example_site, page, card):
    (address,), (words,) = (
        page_at(example_site, page).xpath(f"//meta[@property='og:image{part}']/@content")
        for part in ("", ":alt")
    )
    assert address == SITE + card
    said = {
        "card.png": "",
        "versions/1.0.0/card.png": ": Version 1.0.0 of 21 March 2022",
        "versions/2.0.0/card.png": ": Version 2.0.0 of 5 February 2024",
    }
    assert words == f"Brambleford Allotments Charter (fictional){said[card]}"
    assert size_of((example_site / card).read_bytes()) == cards.CARD


def test_what_a_withdrawn_organisation_said_is_called_its_reason(example_site):
    page = page_at(example_site, "signatories/fork-n-spade/index.html")
    (before,) = page.xpath("//article/blockquote/preceding-sibling::*[1]")
    assert before.text_content() == "The reason it gave:"


def test_a_phone_finds_the_pictures_of_the_site(example_site):
    page = page_at(example_site, "index.html")
    (touch,) = page.xpath("//link[@rel='apple-touch-icon']/@href")
    (manifest,) = page.xpath("//link[@rel='manifest']/@href")
    found = json.loads((example_site / manifest).read_text(encoding="utf-8"))
    assert found["icons"][0]["src"] == touch
    for icon in found["icons"]:
        width, height = size_of((example_site / icon["src"]).read_bytes())
        assert icon["sizes"] == f"{width}x{height}"


def test_robots_may_read_everything_and_find_the_sitemap(example_site):
    lines = (example_site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", f"Sitemap: {SITE}sitemap.xml"]


def test_pictures_are_the_same_each_time_and_left_out_where_no_font_has_the_title(tmp_path):
    charter = make_charter(title="A harbour, and all who share it, " * 3)
    release = replace(make_release(version="2.0.0"), charter=charter)
    mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><circle cx="2" cy="2" r="2"/></svg>'
    first, second = (
        cards.cards("漢字", (release,), DocumentCache(tmp_path / name, font_folders()), mark=mark)
        for name in "ab"
    )
    assert list(first) == ["versions/2.0.0/card.png"]
    assert first == second


def test_no_letter_of_a_picture_is_cut_off_below(tmp_path):
    """The y of “July” reaches further down than the letters of “March”."""
    heights = []
    for date in ("2024-07-05", "2024-03-05"):
        release = replace(make_release(version="2.0.0"), date=date)
        drawn = cards.cards("A", (release,), DocumentCache(tmp_path, font_folders()), mark="")
        picture = Image.open(io.BytesIO(drawn["versions/2.0.0/card.png"])).convert("L")
        box = picture.crop((0, 480, *picture.size)).point(lambda level: 255 * (level > 150)).getbbox()
        heights.append(box[3])
    assert heights[0] > heights[1] + 4


@pytest.mark.parametrize("title", ["W" * 300, "Everything that we have " * 60, "#show: <b> $x$ \\ \u202e"])
def test_any_title_makes_one_picture(tmp_path, title):
    drawn = cards.cards(title, (), DocumentCache(tmp_path, font_folders()), mark="")
    assert [size_of(png) for png in drawn.values()] == [cards.CARD]


def test_both_statements_are_linked_from_every_foot_and_say_only_what_is_true_of_the_site(example_site):
    """Of a site without a charter too."""
    foot = page_at(example_site, "charter/index.html").xpath("//footer//a/@href")
    assert {"../privacy/", "../accessibility/"} <= set(foot)
    edition = Edition(root="c", charter=None, documents=(), entries=())
    empty = [page.html for page in about_pages(edition_view(edition, ""), TEMPLATES, repository=Repository())]
    for words in ("self-assessment", "register", "source of this site", "discussed"):
        assert words not in "".join(empty)
        assert words in "".join(
            (example_site / page / "index.html").read_text(encoding="utf-8")
            for page in ("privacy", "accessibility")
        )
