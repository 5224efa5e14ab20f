"""A badge says what was signed: to eyes and to screen readers, on any ground, and asks for nothing."""

from pathlib import Path

import fontpkg_atkinson_hyperlegible
import pytest
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.svgLib.path import parse_path
from lxml import etree

from charterpress.outputs.images import badge
from charterpress.outputs.images.mark import Mark
from charterpress.outputs.style.look import Look
from charterpress.outputs.style.palette import Chosen, palette
from registers import HOSTILE, SCRIPTS, asked, current, gone, make_register, many

FONTS = Path(fontpkg_atkinson_hyperlegible.ROOT) / "files"
LETTERS = badge.BadgeFonts(
    title=FONTS / "AtkinsonHyperlegible-Bold.ttf", words=FONTS / "AtkinsonHyperlegible-Regular.ttf"
)
PLAIN = Look()
SVG = "{http://www.w3.org/2000/svg}"


def drawn(title="Harbour Charter", words="signed 2.0.0", look=PLAIN) -> etree._Element:
    return etree.fromstring(badge.draw_badge(title, words, LETTERS, look))


def contrast(one: str, other: str) -> float:
    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def all_badges(*signatories):
    """Address and words of every badge of a register."""
    register = make_register(*signatories)
    drawn = badge.badges(register, lambda text, words: f"{text.title}|{words}".encode())
    return {at: data.decode() for at, data in drawn}


def test_everyone_has_one_and_so_has_the_charter():
    assert all_badges(current("quay"), asked("pier"), gone("mole")) == {
        "signatories/badge.svg": "Harbour Charter|",
        "signatories/mole/badge.svg": "Harbour Charter|signature withdrawn",
        "signatories/pier/badge.svg": "Harbour Charter|signed 1.0.0",
        "signatories/quay/badge.svg": "Harbour Charter|signed 2.0.0",
    }


def test_the_same_words_are_drawn_once():
    asked_for = []
    register = make_register(*many(40), asked("pier"))
    found = dict(badge.badges(register, lambda text, words: asked_for.append(words) or b"x"))
    assert len(found) == 42
    assert sorted(asked_for) == ["", "signed 1.0.0", "signed 2.0.0"]


@pytest.mark.parametrize(
    ("words", "said"), [("signed 2.0.0", "Harbour Charter: signed 2.0.0"), ("", "Harbour Charter")]
)
def test_it_has_a_role_and_a_title_that_a_screen_reader_says(words, said):
    image = drawn(words=words)
    title = image.find(f"{SVG}title")
    assert (image.get("role"), image.get("aria-labelledby"), title.text) == ("img", title.get("id"), said)


def test_it_asks_for_nothing_and_runs_nothing():
    names = {name for element in drawn().iter() for name in element.attrib}
    assert not names & {"style", "href", "class"}
    assert not [name for name in names if name.startswith(("on", "{"))]


def test_every_word_stands_on_a_ground_of_its_own():
    """So that it is as legible on a white page as on a black one; the edge is seen on both."""
    for accent in ("#7a1f3d", "#0000ff", "#004400", "#5a5a00", "#000000"):
        colours = palette(Chosen(roles={"accent": accent, "header": accent}), Chosen())
        deep, pale = colours.light.roles["header"], colours.light.roles["header_text"]
        pairs = ((deep, pale), (colours.badge_withdrawn, pale), (pale, colours.badge_text))
        assert min(contrast(*pair) for pair in pairs) >= 4.5
        assert min(contrast(colours.badge_edge, page) for page in ("#ffffff", "#0d1117", "#000000")) >= 3


def test_it_has_the_colours_and_the_mark_of_the_site():
    mark = Mark(x=0, y=0, width=20, height=10, body='<path fill="currentColor" d="M0 0h9v9z"/>')
    colours = palette(Chosen(roles={"accent": "#7a1f3d"}), Chosen())
    image = drawn(look=Look(palette=colours, mark=mark))
    paths = [path.get("fill") for path in image.iter(f"{SVG}path") if path.get("fill")]
    assert paths[:2] == [colours.light.roles["header"], colours.light.roles["header_text"]]
    (own,) = image.iter(f"{SVG}svg") if image.tag != f"{SVG}svg" else list(image.iter(f"{SVG}svg"))[1:]
    assert (own.get("viewBox"), own[0].get("fill")) == ("0 0 20 10", colours.light.roles["header_text"])


def test_the_words_lie_within_it():
    widths = [float(drawn(title).get("width")) for title in ("A", "Harbour Charter", "Harbour Charter " * 5)]
    assert widths == sorted(widths)
    paths = [path for path in drawn("Harbour Charter " * 5).iter(f"{SVG}path") if path.get("transform")]
    assert len(paths) == 2
    for path in paths:
        start = float(path.get("transform").split("(")[1].split()[0])
        bounds = ControlBoundsPen(None)
        parse_path(path.get("d"), bounds)
        left, top, right, bottom = (edge * badge.SIZE / badge.EM for edge in bounds.bounds)
        assert 0 <= left < start + right <= widths[-1] - 8
        assert 4 < badge.BASELINE + top < badge.BASELINE + bottom < badge.HEIGHT - 4


@pytest.mark.parametrize("title", [*HOSTILE, *(name for name, _ in SCRIPTS.values()), "a\x00b\x1b", "\ud800"])
def test_any_title_makes_a_whole_document_that_says_it(title):
    image = drawn(title)
    said = image.find(f"{SVG}title").text
    assert said.startswith("a\ufffdb\ufffd" if "\x00" in title else "\ufffd" if title == "\ud800" else title)
    tags = {element.tag.removeprefix(SVG) for element in image.iter()}
    assert tags <= {"svg", "title", "clipPath", "rect", "g", "path", "circle", "text"}
    for text in image.iter(f"{SVG}text"):
        assert text.text == said.removesuffix(": signed 2.0.0")
        assert 0 < float(text.get("textLength")) < float(image.get("width"))


def test_the_same_words_are_the_same_bytes(tmp_path):
    now = badge.draw_badge("Harbour Charter", "signed 2.0.0", LETTERS, PLAIN)
    for _ in range(2):
        assert badge.cached_badge("Harbour Charter", "signed 2.0.0", LETTERS, PLAIN, tmp_path) == now
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"damaged")
    assert badge.cached_badge("Harbour Charter", "signed 2.0.0", LETTERS, PLAIN, tmp_path) == now
    assert badge.cached_badge("Harbour Charter", "", LETTERS, PLAIN, tmp_path) != now
