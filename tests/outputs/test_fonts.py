"""Fonts are cut to the letters needed, once, and stay under their licence."""

import io
import re
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import fontpkg_newsreader
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from charterpress.model.errors import CharterError
from charterpress.outputs.style import fonts

STYLES = Path(__file__).parents[2] / "hooks/charterpress/outputs/style/charter.css"
VARIABLE = fontpkg_newsreader.ROOT / "files" / "Newsreader[opsz,wght].ttf"
FILE = fontpkg_atkinson_hyperlegible.ROOT / "files" / "AtkinsonHyperlegible-Regular.ttf"


@pytest.mark.parametrize("letters", [fonts.COMMON, fonts.RARE], ids=["common", "rare"])
def test_a_cut_font_has_the_letters_the_licence_and_nothing_more(letters):
    whole, small = TTFont(FILE), TTFont(io.BytesIO(fonts.subset_font(FILE, letters)))
    assert set(small.getBestCmap()) == set(whole.getBestCmap()) & letters
    assert {record.nameID for record in small["name"].names} == set(fonts.NAMES) & {
        record.nameID for record in whole["name"].names
    }
    assert "Open Font License" in small["name"].getDebugName(13)


def test_a_variable_font_is_pinned_and_keeps_its_letters_as_they_were():
    axes = {"opsz": 36, "wght": 500}
    whole, small = TTFont(VARIABLE), TTFont(io.BytesIO(fonts.subset_font(VARIABLE, fonts.COMMON, axes)))
    assert "fvar" not in small
    assert [each.FeatureTag for each in small["GPOS"].table.FeatureList.FeatureRecord] == ["kern"]
    assert [each.FeatureTag for each in small["GSUB"].table.FeatureList.FeatureRecord] == ["liga"]
    drawn, wanted = _drawn(small), _drawn(whole, axes)
    assert set(drawn) == set(wanted)
    for letter, (steps, numbers) in drawn.items():
        assert (steps, numbers) == (wanted[letter][0], pytest.approx(wanted[letter][1], abs=1))


def test_what_is_not_a_font_is_refused(tmp_path):
    (tmp_path / "font.ttf").write_bytes(b"no font at all")
    with pytest.raises(CharterError, match=r"font\.ttf: not a font that can be subset"):
        fonts.subset_font(tmp_path / "font.ttf", fonts.COMMON)


def test_the_two_halves_are_the_letters_of_western_europe_and_share_none():
    both = fonts.COMMON | fonts.RARE
    assert len(both) == len(fonts.COMMON) + len(fonts.RARE)
    assert {*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "ŴŵŶŷ–—‘’“”•…←→×−€")} <= both
    assert {chr(letter) for letter in fonts.RARE} >= set("èÉüßŵ")


def test_a_browser_is_told_which_letters_are_in_which_file():
    told = dict(
        re.findall(r"url\(\.\./fonts/([\w-]+)\.woff2\).*?(?:unicode-range: ([^;]+);)? }", STYLES.read_text())
    )
    names = ("text", "text-bold", "text-italic", "heading")
    assert told == dict.fromkeys(names, "") | {f"{name}-rare": fonts.ranges(fonts.RARE) for name in names}
    assert fonts.ranges({0x20, 0x21, 0x22, 0xE9, 0x174, 0x175}) == "U+20-22, U+e9, U+174-175"


def test_a_font_is_cut_once_and_again_when_what_is_asked_of_it_changes(tmp_path, monkeypatch):
    """Other letters, axes or packages give another font, or a cache would give other bytes than a fresh
    checkout; no axes, said either way, are the same."""
    few, more = frozenset({0x41}), frozenset({0x41, 0x42})
    first = fonts.cached_subset(FILE, few, None, tmp_path)
    assert first == fonts.subset_font(FILE, few)
    monkeypatch.setattr(
        fonts, "subset_font", lambda _, letters, axes, **_joining: f"{len(letters)} anew at {axes}".encode()
    )
    for axes in (None, {}):
        assert fonts.cached_subset(FILE, few, axes, tmp_path) == first
    assert fonts.cached_subset(FILE, few, {"wght": 500}, tmp_path) == b"1 anew at {'wght': 500}"
    assert fonts.cached_subset(FILE, more, None, tmp_path) == b"2 anew at None"
    monkeypatch.setattr(fonts, "version", lambda name: f"{name} of tomorrow")
    assert fonts.cached_subset(FILE, few, None, tmp_path) == b"1 anew at None"


def _drawn(font: TTFont, axes: dict[str, float] | None = None) -> dict[int, tuple[list[str], list[float]]]:
    """The steps in which each common letter is drawn, and where they lead; last how wide it is."""
    glyphs, drawn = font.getGlyphSet(location=axes), {}
    names = font.getBestCmap()
    for letter in fonts.COMMON & set(names):
        name, pen = names[letter], DecomposingRecordingPen(glyphs)
        glyphs[name].draw(pen)
        numbers = [number for _, points in pen.value for point in points for number in point]
        drawn[letter] = ([step for step, _ in pen.value], [*numbers, glyphs[name].width])
    return drawn
