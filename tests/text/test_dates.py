"""Days and months in words."""

import pytest

from charterpress.text import dates
from charterpress.text.interface import use_language


def test_a_day_is_written_in_british_english():
    assert dates.day_in_words("2026-12-01") == "1 December 2026"
    assert dates.month_in_words("2026-05") == "May 2026"
    assert dates.short_day("2026-09-09") == "9 Sep 2026"
    assert dates.short_month("2026-09") == "Sep 2026"


@pytest.mark.parametrize(
    ("tag", "day", "month", "short"),
    [
        ("en-GB", "1 December 2026", "December 2026", "1 Dec 2026"),
        ("en-US", "December 1, 2026", "December 2026", "Dec 1, 2026"),
    ],
)
def test_a_day_is_written_as_its_country_does(tag, day, month, short):
    with use_language(tag):
        assert dates.day_in_words("2026-12-01") == day
        assert dates.month_in_words("2026-12") == month
        assert dates.short_day("2026-12-01") == short
    assert dates.day_in_words("2026-12-01") == "1 December 2026"


@pytest.mark.parametrize(
    ("tag", "day", "month", "short"),
    [
        ("cy", "1 Rhagfyr 2026", "Rhagfyr 2026", "1 Rhag 2026"),
        ("ar", "1 ديسمبر 2026", "ديسمبر 2026", "1 ديسمبر 2026"),
        ("pl", "1 grudnia 2026", "grudzień 2026", "1 gru 2026"),
        ("hu", "2026. december 1.", "2026. december", "2026. dec. 1."),
        ("ja", "2026年12月1日", "2026年12月", "2026年12月1日"),
        ("de-XX", "1. Dezember 2026", "Dezember 2026", "1. Dez. 2026"),
    ],
)
def test_a_day_is_written_in_the_language_in_use(tag, day, month, short, monkeypatch):
    monkeypatch.setattr(dates, "language", lambda: tag)
    assert (dates.day_in_words("2026-12-01"), dates.month_in_words("2026-12")) == (day, month)
    assert dates.short_day("2026-12-01") == short


@pytest.mark.parametrize(
    ("word", "number"),
    [("MAY", 5), ("sept", 9), ("sep", 9), ("September", 9), ("octob", 0), ("", 0), ("septem", 0)],
)
def test_a_month_is_known_by_name(word, number):
    assert dates.month_number(word) == number
