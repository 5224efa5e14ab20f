"""A site with another look: one colour, another mark, other fonts and American paper, in all it has."""

from __future__ import annotations

import json
import struct

import pikepdf
import pytest
from lxml import html

from browser.probes import probe
from charterpress.outputs.style.palette import Chosen, palette
from checkouts import built
from one_language import write_one_language
from site_server import serve

COLOURS = palette(Chosen(roles={"accent": "#7a1f3d"}), Chosen())
HEADER = "#562130"
CONFIGURATION = """
site_name: Allotments
site_url: https://allotments.example/
plugins:
  - charterpress:
      look:
        colours: {accent: "#7a1f3d"}
        mark: docs/mark.svg
        fonts: {text: fontpkg_newsreader, heading: fontpkg_atkinson_hyperlegible}
        paper: Letter
"""
MARK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48">
<path fill="currentColor" d="M32 2C12 10 6 24 10 44c20-2 34-14 44-38z"/></svg>"""


@pytest.fixture(scope="module")
def looked(tmp_path_factory):
    """The site of the example with its first two signatories."""
    folder = tmp_path_factory.mktemp("look")
    write_one_language(folder / "charter")
    for entry in sorted((folder / "charter/signatories").glob("*.yml"))[2:]:
        entry.unlink()
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text("# Home\n")
    (folder / "docs/mark.svg").write_text(MARK)
    (folder / "mkdocs.yml").write_text(CONFIGURATION)
    return built(folder)


@pytest.mark.parametrize("address", ["charter/", "versions/2.0.0/changes/"])
def test_every_text_can_be_read_in_light_dark_and_forced_colours(looked, open_page, address):
    with serve(looked, "/") as server:
        page, witness = open_page(f"{server}{address}", width=1280)
        for scheme, forced in (("light", "none"), ("dark", "none"), ("light", "active")):
            page.emulate_media(color_scheme=scheme, forced_colors=forced)
            assert (scheme, forced, probe(page, "contrast"), probe(page, "indistinct")) == (
                scheme,
                forced,
                [],
                [],
            )
        page.emulate_media(color_scheme="light", forced_colors="none")
        header = page.evaluate("getComputedStyle(document.querySelector('.site-header')).backgroundColor")
        assert header == "rgb(86, 33, 48)"  # HEADER
        drawn = page.locator(".brand svg").bounding_box()
        assert drawn["width"] / drawn["height"] == pytest.approx(64 / 48, rel=0.01)
        fonts = "[...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family)"
        assert {*page.evaluate(fonts)} == {"Text", "Heading"}
        assert witness.complaints == []


def test_every_document_and_printed_page_is_for_american_paper(looked):
    sizes = set()
    for path in looked.rglob("*.pdf"):
        with pikepdf.open(path) as pdf:
            sizes |= {tuple(float(each) for each in page.mediabox) for page in pdf.pages}
    assert sizes == {(0, 0, 612, 792)}
    assert "@page { size: Letter;" in (looked / "assets/stylesheets/print.css").read_text()
    for page in ("practice/cafe", "practice/one-page", "sign"):
        text = html.fromstring((looked / page / "index.html").read_bytes()).find("body").text_content()
        assert ("Letter" in text, "A4" in text) == (True, False), page


def test_what_is_signed_stays_on_the_sides_that_it_takes_on_a4_and_a_certificate_on_one(looked, example_site):
    sides = {}
    for path in sorted(looked.glob("versions/*/commitments.pdf")):
        with pikepdf.open(path) as own, pikepdf.open(example_site / path.relative_to(looked)) as usual:
            sides[path.parent.name] = len(own.pages), len(usual.pages)
    # Its type is narrower: what asks for reports fills more than one side in the usual type alone.
    assert {version: each for version, each in sides.items() if each != (1, 1)} == {
        "3.0.0": (1, 2),
        "3.1.0": (1, 2),
    }
    certificates = list(looked.glob("signatories/*/certificate.pdf"))
    assert len(certificates) == 2
    for path in certificates:
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) == 1


def test_documents_are_set_in_the_fonts_of_the_look(looked):
    with pikepdf.open(looked / "versions/3.1.0/charter.pdf") as pdf:
        names = {
            str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in page.resources.get("/Font", {}).values()
        }
    assert {"Newsreadertext", "NewsreadertextBold"} <= {
        name.replace("-", "").replace("Regular", "") for name in names
    }
    assert any(name.startswith("AtkinsonHyperlegible-Bold") for name in names)


def test_badges_icons_and_pictures_have_its_colours_and_mark(looked):
    badge = (looked / "signatories/badge.svg").read_text()
    assert f'fill="{HEADER}"' in badge
    assert 'viewBox="0 0 64 48"' in badge
    icon = (looked / "assets/images/mark.svg").read_text()
    assert f'fill="{HEADER}"' in icon
    assert 'd="M32 2C12' in icon
    assert not (looked / "mark.svg").exists()
    manifest = json.loads((looked / "site.webmanifest").read_bytes())
    assert (manifest["theme_color"], COLOURS.light.roles["header"]) == (HEADER, HEADER)
    card = (looked / "card.png").read_bytes()
    assert struct.unpack(">II", card[16:24]) == (1200, 630)
    assert len(card) < 60_000


def test_a_page_tells_browsers_and_those_who_share_it(looked):
    head = html.fromstring((looked / "charter/index.html").read_bytes()).find("head")
    values = {each.get("property") or each.get("name"): each.get("content") for each in head.iter("meta")}
    assert values["og:image"] == "https://allotments.example/card.png"
    assert (values["og:image:width"], values["og:image:height"]) == ("1200", "630")
    assert values["og:image:alt"]
    colours = [each.get("content") for each in head.iter("meta") if each.get("name") == "theme-color"]
    assert colours == [COLOURS.light.roles["header"], COLOURS.dark.roles["header"]]
    assert head.find("link[@rel='icon']").get("href") == "../assets/images/mark.svg"
