"""What a language's tag says: its name, and the place for the Open Graph protocol."""

import pytest

from charterpress.text.languages import graph_locale, own_name, script_of


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


def test_a_whole_name_tells_two_places_apart():
    assert [own_name(tag, whole=True) for tag in ("pt-BR", "pt-PT")] == [
        "Português (Brasil)",
        "Português (Portugal)",
    ]


@pytest.mark.parametrize(
    ("tag", "script"),
    [("ar", "Arab"), ("uz-Arab", "Arab"), ("pa-PK", "Arab"), ("pa", "Guru"), ("hi", "Deva"), ("cy", "Latn")],
)
def test_the_script_of_a_language_is_the_usual_one_or_the_one_that_is_named(tag, script):
    assert script_of(tag) == script
