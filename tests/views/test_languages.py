"""The languages that a charter's site is in."""

from builders import make_charter
from charterpress.views.languages import site_languages


def roots(**settings):
    return [(each.tag, each.prefix, each.name) for each in site_languages(make_charter(**settings))]


def test_a_charter_that_says_nothing_is_in_english():
    assert roots() == [("en", "", "")]
    assert [each.page for each in site_languages(None)] == ["en"]


def test_further_languages_stand_below_their_tags():
    languages = (("cy", "binding"), ("ar", "courtesy"))
    assert roots(language="en-GB", languages=languages) == [
        ("en-GB", "", "English"),
        ("cy", "cy/", "Cymraeg"),
        ("ar", "ar/", "العربية"),
    ]


def test_two_variants_of_a_language_are_told_apart():
    names = [name for _, _, name in roots(language="pt-PT", languages=(("pt-BR", "courtesy"),))]
    assert names == ["Português (Portugal)", "Português (Brasil)"]


def test_what_is_no_tag_and_the_language_itself_are_left_out():
    languages = (("../up", "binding"), ("en-GB", "binding"), ("cy", "binding"))
    assert [tag for tag, _, _ in roots(language="en-GB", languages=languages)] == ["en-GB", "cy"]
    assert roots(language="English <b>") == [("en", "", "")]
