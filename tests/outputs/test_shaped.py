"""Words of a badge in another script: joined, in the order in which they are seen, as wide as they are."""

from __future__ import annotations

import fontpkg_atkinson_hyperlegible
import pytest
from lxml import etree

from charterpress.outputs.images import badge, shaped
from charterpress.outputs.style import scripts
from charterpress.outputs.style.look import Look
from charterpress.text import interface

LATIN = fontpkg_atkinson_hyperlegible.ROOT / "files" / "AtkinsonHyperlegible-Regular.ttf"
ARABIC = scripts.font_file("ar")
FACES = (shaped.Face(file=LATIN), shaped.Face(file=ARABIC, axes={"wght": 400, "wdth": 100}))
SIGNED = "وقّعت"


@pytest.mark.parametrize(
    ("words", "rtl", "seen"),
    [
        ("signed 2.0.1", False, ["signed 2.0.1"]),
        (f"{SIGNED} 2.0.1", True, ["2.0.1", f"{SIGNED} "]),
        (f"{SIGNED} 2.0.1", False, [SIGNED, " 2.0.1"]),
        (f"{SIGNED} Quay (UK) {SIGNED}", True, [f" {SIGNED}", "Quay (UK)", f"{SIGNED} "]),
        (f"{SIGNED} (UK)", True, [")", "UK", f"{SIGNED} ("]),
        ("Quay, Pier", True, ["Quay, Pier"]),
        ("Quay!", True, ["!", "Quay"]),
        ("", True, []),
    ],
)
def test_words_are_seen_in_runs_of_one_direction(words, rtl, seen):
    assert [run.text for run in shaped.seen_runs(words, rtl=rtl)] == seen


def test_letters_that_join_are_less_wide_than_alone():
    def width(words):
        return shaped.shaped_outline(words, FACES, 100, rtl=True)[1]

    assert 0 < width("بيت") < width("ب") + width("ي") + width("ت")
    assert width(f"{SIGNED} 2") > width(SIGNED)


def test_the_order_of_what_is_drawn_is_that_of_what_is_seen():
    """A figure after Arabic words is drawn at the left of them."""
    figure, _ = shaped.shaped_outline("2", FACES, 100, rtl=True)
    words, _ = shaped.shaped_outline(f"{SIGNED} 2", FACES, 100, rtl=True)
    assert words.startswith(figure)


def test_a_letter_that_no_font_has_leaves_the_words_to_the_reader():
    assert shaped.shaped_outline("港", FACES, 100, rtl=False) is None


def test_a_badge_from_the_right_has_its_mark_at_the_right(monkeypatch):
    letters = badge.BadgeFonts(title=LATIN, words=LATIN, script=ARABIC)
    left = etree.fromstring(badge.draw_badge("Quay", "2.0.1", letters, Look()))
    monkeypatch.setattr(badge, "direction", lambda: "rtl")
    right = etree.fromstring(badge.draw_badge("Quay", "2.0.1", letters, Look()))
    assert left.get("width") == right.get("width")
    grounds = [each.xpath("string(//*[name()='g']/*[1]/@d)") for each in (left, right)]
    assert grounds[0].startswith("M0 0")
    assert grounds[1].split("H")[1].startswith(left.get("width"))


def test_what_a_badge_says_comes_from_the_catalogs():
    with interface.use_language(interface.PSEUDO):
        assert badge._(badge.WITHDRAWN) == interface.pseudo("signature withdrawn")
