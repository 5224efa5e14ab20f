"""One colour is enough for a site, all can be read, and what can’t is refused with the nearest that can."""

from __future__ import annotations

import re

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from charterpress.outputs.style.colours import luminance, ratio, tint
from charterpress.outputs.style.contrast import pairs, refusals
from charterpress.outputs.style.kept_palette import kept_palette
from charterpress.outputs.style.palette import DARK, LIGHT, Chosen, palette, stylesheet

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
keys = st.sampled_from(["accent", "background", "text", "header", "border", "notice"])


def weak(made):
    return [
        pair
        for name, scheme in ((LIGHT, made.light), (DARK, made.dark))
        for pair in pairs(name, scheme)
        if pair.ratio < pair.needed
    ]


def test_the_colours_of_a_site_that_chooses_none_can_be_read():
    assert weak(palette(Chosen(), Chosen())) == []


@given(colours)
def test_from_one_readable_colour_all_others_are_derived_so_that_they_can_be_read(colour):
    made, _ = refusals(Chosen(roles={"accent": colour}), Chosen())
    assert weak(made) == []


@given(keys, colours, st.sampled_from([LIGHT, DARK]))
def test_the_nearest_colour_that_is_offered_is_accepted(key, colour, scheme):
    chosen = Chosen(roles={key: colour})
    light, dark = (chosen, Chosen()) if scheme == LIGHT else (Chosen(), chosen)
    _, refused = refusals(light, dark)
    for each in refused:
        assert each.worst.ratio < each.worst.needed
        better = Chosen(roles={key: each.nearest} if each.nearest else {})
        made, again = refusals(*((better, Chosen()) if scheme == LIGHT else (Chosen(), better)))
        assert again == []
        assert weak(made) == []


@given(st.lists(colours, min_size=1, max_size=6), st.lists(colours, max_size=6), colours)
def test_all_that_are_offered_suit_each_other(light, dark, accent):
    asked = Chosen(roles={"accent": accent}, themes=tuple(light)), Chosen(themes=tuple(dark))
    made, refused = refusals(*asked)
    assert weak(made) == []
    themes = list(light)
    for each in refused:
        if each.scheme == LIGHT and each.place:
            themes[each.place - 1] = each.nearest
    assert made.light.themes[: len(themes)] == tuple(themes)


def test_a_light_yellow_is_refused_with_its_worst_pair_and_a_darker_yellow():
    _, (refused,) = refusals(Chosen(roles={"accent": "#ffe08a"}), Chosen())
    assert (refused.key, refused.colour, refused.nearest) == ("accent", "#ffe08a", "#816500")
    assert (refused.worst.what, refused.worst.on) == ("accent", "warnings")
    assert refused.worst.ratio == pytest.approx(1.06, abs=0.01)


def test_a_header_of_any_colour_gets_words_that_can_be_read():
    for header in ("#ffd000", "#777777", "#000000", "#ffffff", "#ff0000"):
        made, refused = refusals(Chosen(roles={"header": header}), Chosen())
        assert (refused, weak(made)) == ([], [])


def test_contrast_and_mixtures_are_those_of_the_standards():
    assert ratio("#ffffff", "#000000") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the usual example
    assert tint("#ff0000", "#ffffff", 10) == "#ffe6e6"


def test_a_scheme_is_written_for_browsers_that_know_light_dark_and_for_others():
    css = stylesheet(palette(Chosen(roles={"accent": "#7a1f3d"}), Chosen()))
    plain, both = css.split("@supports")
    assert "--link: #7a1f3d;" in plain
    assert re.search(r"--link: light-dark\(#7a1f3d, #\w+\);", both)
    assert "--accent-1: var(--link);" in plain


def test_fewer_colours_than_themes_come_again_and_dark_ones_are_lightened():
    made, refused = refusals(Chosen(themes=("#7a1f3d", "#004400")), Chosen())
    assert refused == []
    assert made.light.themes == ("#7a1f3d", "#004400") * 3
    assert len({*made.dark.themes}) == 2


@given(colours, colours, st.integers(0, 100))
def test_contrast_and_mixtures_are_those_of_a_library_to_the_last_digit(colour, ground, percent):
    assert luminance(colour) == pytest.approx(Color(colour).luminance(), abs=1e-12)
    mixed = Color(ground).mix(colour, percent / 100, space="srgb")
    assert tint(colour, ground, percent) == mixed.to_string(hex=True)


def test_colours_are_worked_out_once_and_kept_only_if_nothing_is_refused(tmp_path):
    chosen = Chosen(roles={"accent": "#7a1f3d"}), Chosen(themes=("#8ad5cd",))
    made = refusals(*chosen)
    for _ in range(2):
        kept = kept_palette(*chosen, tmp_path)
        assert (kept, kept[0].badge_edge) == (made, made[0].badge_edge)
        (file,) = tmp_path.iterdir()
    file.write_bytes(b"damaged")
    assert kept_palette(*chosen, tmp_path) == kept_palette(*chosen, None) == made
    yellow = Chosen(roles={"accent": "#ffe08a"}), Chosen()
    assert kept_palette(*yellow, tmp_path) == refusals(*yellow)
    assert [*tmp_path.iterdir()] == [file]
