"""Fonts are cut to the letters needed, once, and stay under their licence."""

import io
import re
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import pytest
from fontTools.ttLib import TTFont

from charterpress.outputs.style import fonts

STYLES = Path(__file__).parents[2] / "overrides/assets/stylesheets/charter.css"
FILE = fontpkg_atkinson_hyperlegible.ROOT / "files" / "AtkinsonHyperlegible-Regular.ttf"


@pytest.mark.parametrize("letters", [fonts.COMMON, fonts.RARE], ids=["common", "rare"])
def test_a_cut_font_has_the_letters_the_licence_and_nothing_more(letters):
    """Of the letters it holds those that the whole font had; the copyright and the licence stay within it."""
    whole, small = TTFont(FILE), TTFont(io.BytesIO(fonts.cut(FILE, letters)))
    assert set(small.getBestCmap()) == set(whole.getBestCmap()) & letters
    assert {record.nameID for record in small["name"].names} == set(fonts.NAMES) & {
        record.nameID for record in whole["name"].names
    }
    assert "Open Font License" in small["name"].getDebugName(13)


def test_the_same_font_gives_the_same_bytes():
    assert fonts.cut(FILE, fonts.COMMON) == fonts.cut(FILE, fonts.COMMON)


def test_the_two_halves_are_the_letters_of_western_europe_and_share_none():
    """Latin-1 whole, and the Welsh letters that it lacks; what has an accent is in the second."""
    both = fonts.COMMON | fonts.RARE
    assert len(both) == len(fonts.COMMON) + len(fonts.RARE)
    assert {*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "ŴŵŶŷ–—‘’“”•…←→×−€")} <= both
    assert {chr(letter) for letter in fonts.RARE} >= set("éÉüßŵ")


def test_a_browser_is_told_which_letters_are_in_which_file():
    """Each file is named once, the rarer letters with their range: a page without them fetches none."""
    told = dict(
        re.findall(r"url\(\.\./fonts/([\w-]+)\.woff2\).*?(?:unicode-range: ([^;]+);)? }", STYLES.read_text())
    )
    names = ("text", "text-bold", "text-italic", "heading")
    assert told == dict.fromkeys(names, "") | {f"{name}-rare": fonts.ranges(fonts.RARE) for name in names}


def test_ranges_are_written_as_styles_have_them():
    assert fonts.ranges({0x20, 0x21, 0x22, 0xE9, 0x174, 0x175}) == "U+20-22, U+e9, U+174-175"


def test_a_font_is_cut_once_and_again_when_what_is_asked_of_it_changes(tmp_path, monkeypatch):
    """Other letters and other axes are another font; no axes, said either way, are the same."""
    few, more = frozenset({0x41}), frozenset({0x41, 0x42})
    first = fonts.cut_once(FILE, few, None, tmp_path)
    assert first == fonts.cut(FILE, few)
    monkeypatch.setattr(fonts, "cut", lambda _, letters, axes: f"{len(letters)} anew at {axes}".encode())
    assert fonts.cut_once(FILE, few, None, tmp_path) == first
    assert fonts.cut_once(FILE, few, {}, tmp_path) == first
    assert fonts.cut_once(FILE, few, {"wght": 500}, tmp_path) == b"1 anew at {'wght': 500}"
    assert fonts.cut_once(FILE, more, None, tmp_path) == b"2 anew at None"
