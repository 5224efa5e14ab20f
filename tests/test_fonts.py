"""Fonts are cut to the letters needed, once, and stay under their licence."""

import io

import fontpkg_atkinson_hyperlegible
from fontTools.ttLib import TTFont

from press import fonts

FILE = fontpkg_atkinson_hyperlegible.ROOT / "files" / "AtkinsonHyperlegible-Regular.ttf"


def test_a_cut_font_has_the_letters_the_licence_and_nothing_more():
    """Of LETTERS it holds those that the whole font had; the copyright and the licence stay within it."""
    whole, small = TTFont(FILE), TTFont(io.BytesIO(fonts.cut(FILE)))
    assert set(small.getBestCmap()) == set(whole.getBestCmap()) & set(fonts.LETTERS)
    assert {record.nameID for record in small["name"].names} == set(fonts.NAMES) & {
        record.nameID for record in whole["name"].names
    }
    assert "Open Font License" in small["name"].getDebugName(13)


def test_the_same_font_gives_the_same_bytes():
    assert fonts.cut(FILE) == fonts.cut(FILE)


def test_a_font_is_cut_once_and_again_when_what_is_asked_of_it_changes(tmp_path, monkeypatch):
    """Other axes are another font; none, said either way, is the same."""
    first = fonts.cut_once(FILE, None, tmp_path)
    assert first == fonts.cut(FILE)
    monkeypatch.setattr(fonts, "cut", lambda _, axes: f"cut anew at {axes}".encode())
    assert fonts.cut_once(FILE, None, tmp_path) == first
    assert fonts.cut_once(FILE, {}, tmp_path) == first
    assert fonts.cut_once(FILE, {"wght": 500}, tmp_path) == b"cut anew at {'wght': 500}"
