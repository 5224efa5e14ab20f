"""A page in a language whose letters the site's fonts lack gets a font of its script; no other page does."""

from __future__ import annotations

import io
import re
import sys
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from charterpress.model.errors import CharterError
from charterpress.outputs.style import scripts

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
ARABIC_WORDS = "نلتزم بأن نشرح أسباب كل قرار، وأن نصغي إلى من يمسّهم: لماذا؟"


@pytest.fixture(scope="module")
def arabic(tmp_path_factory):
    return dict(scripts.script_files("ar", ["پ"], tmp_path_factory.mktemp("fonts")))


def test_every_font_of_a_script_is_installed_by_the_extra_that_is_named():
    extras = PROJECT["project"]["optional-dependencies"]
    fonts = {font.package.replace("_", "-"): font.extra for font in scripts.SCRIPTS.values()}
    assert sorted(fonts) == sorted(extras["scripts"])
    assert all(package in extras[extra] for package, extra in fonts.items())


@pytest.mark.parametrize("tag", ["en", "en-GB", "cy", "pl", "xyz"])
def test_a_language_whose_letters_the_fonts_have_needs_nothing(tag, tmp_path):
    assert scripts.style_address(tag) == scripts.font_address(tag) == ""
    assert list(scripts.script_files(tag, ["words"], tmp_path)) == []


def test_the_usual_letters_are_one_small_file_and_no_letter_is_in_two(arabic):
    assert list(arabic) == [
        "assets/fonts/script-ar.woff2",
        "assets/fonts/script-ar-rare.woff2",
        "assets/fonts/noto-sans-arabic-licence.txt",
        scripts.style_address("ar"),
    ]
    assert len(arabic[scripts.font_address("ar")]) < 18_000
    usual, rare = (letters_of(arabic[f"assets/fonts/script-ar{each}.woff2"]) for each in ("", "-rare"))
    assert {*map(ord, ARABIC_WORDS), ord("پ")} - {*map(ord, " :")} <= usual
    assert usual & rare <= set(map(ord, scripts.JOINERS))
    sheet = arabic[scripts.style_address("ar")].decode()
    named = [ranged(each) for each in re.findall(r"unicode-range: ([^;]+);", sheet)]
    assert [usual - set(map(ord, scripts.JOINERS)), rare - set(map(ord, scripts.JOINERS))] == named


def test_letters_join_and_their_weight_can_be_chosen(arabic):
    font = TTFont(io.BytesIO(arabic[scripts.font_address("ar")]))
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina", "rlig"} <= features
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [
        ("wght", 400, 700)
    ]


def test_a_language_from_the_right_gets_its_sides_and_no_font_that_nobody_has(tmp_path):
    ((address, sheet),) = scripts.script_files("he", [], tmp_path)
    assert address == "assets/stylesheets/he.css"
    assert b"--forwards: -1" in sheet
    assert b"@font-face" not in sheet


@pytest.mark.parametrize(("tag", "font"), [("th", "thai"), ("ta", "tamil")])
def test_other_scripts_are_served_alike(tag, font, tmp_path):
    files = dict(scripts.script_files(tag, [], tmp_path))
    assert scripts.font_address(tag) in files
    assert f"assets/fonts/noto-sans-{font}-licence.txt" in files
    assert b"rtl" not in files[scripts.style_address(tag)]


def test_a_missing_package_is_named_with_the_extra_that_brings_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "fontpkg_noto_sans_arabic", None)
    with pytest.raises(CharterError) as error:
        list(scripts.script_files("ar", [], tmp_path))
    assert error.value.message == (
        "pages in the language “ar” need a font that is not installed: install fontpkg-noto-sans-arabic, or "
        "charterpress[arabic], which brings it"
    )


def letters_of(data):
    return set(TTFont(io.BytesIO(data)).getBestCmap())


def ranged(words):
    ends = [each.removeprefix("U+").split("-") for each in words.split(", ")]
    return {number for each in ends for number in range(int(each[0], 16), int(each[-1], 16) + 1)}
