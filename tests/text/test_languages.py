"""What a language's tag says: its name, and the place for the Open Graph protocol."""

from gettext import c2py

import pytest
from babel import Locale

from charterpress.text.languages import (
    cldr_plural_forms,
    graph_locale,
    own_name,
    plural_count_fits,
    plural_forms,
    script_of,
)


@pytest.mark.parametrize(
    ("tag", "name", "locale"),
    [
        ("en", "English", "en_GB"),
        ("en-US", "English", "en_US"),
        ("cy", "Cymraeg", "cy_GB"),
        ("ar", "العربية", "ar_EG"),
        ("fr", "Français", "fr_FR"),
        ("pt-BR", "Português", "pt_BR"),
        ("ks", "کٲشُر", "ks_IN"),
        ("zh-Hant", "中文", "zh_TW"),
        ("qx", "qx", "qx"),
        ("cy-x1y2z3", "Cymraeg", "cy_GB"),
    ],
)
def test_a_tag_gives_name_and_place(tag, name, locale):
    assert (own_name(tag), graph_locale(tag)) == (name, locale)


def test_the_rule_that_a_translation_is_begun_with_is_one_that_fits():
    tags = ("ar", "br", "cy", "fr", "gd", "kab", "lld", "scn", "sr-Latn", "vec", "zh-Hant")
    assert [tag for tag in tags if not plural_count_fits(plural_forms(tag), tag)] == []


def test_a_whole_name_tells_two_places_apart():
    assert [own_name(tag, whole=True) for tag in ("pt-BR", "pt-PT")] == [
        "Português (Brasil)",
        "Português (Portugal)",
    ]


@pytest.mark.parametrize("tag", ["ar", "ca", "cy", "de", "es", "fr", "it", "ja", "pl", "pt"])
def test_gettext_counts_as_cldr_does(tag):
    """Some rules of CLDR have an exponent, which gettext cannot read. What is begun is what is asked for."""
    rule = Locale.parse(tag).plural_form
    names = [each for each in ("zero", "one", "two", "few", "many") if each in rule.tags] + ["other"]
    count, formula = cldr_plural_forms(Locale.parse(tag)).removesuffix(";").split("; plural=")
    assert count == f"nplurals={len(names)}"
    read = c2py(formula)
    for number in (*range(120), 1_000, 1_000_000, 2_000_000):
        assert names[read(number)] == rule(number), number


@pytest.mark.parametrize(
    ("tag", "script"),
    [("ar", "Arab"), ("uz-Arab", "Arab"), ("pa-PK", "Arab"), ("pa", "Guru"), ("hi", "Deva"), ("cy", "Latn")],
)
def test_the_script_of_a_language_is_the_usual_one_or_the_one_that_is_named(tag, script):
    assert script_of(tag) == script
