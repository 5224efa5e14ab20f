"""Days and months in words."""

import pytest

from charterpress.text import dates


def test_a_day_is_written_in_british_english():
    assert dates.day_in_words("2026-12-01") == "1 December 2026"
    assert dates.month_in_words("2026-05") == "May 2026"
    assert dates.abbreviate_month("9 September 2026") == "9 Sep 2026"


@pytest.mark.parametrize(
    ("word", "number"),
    [("MAY", 5), ("sept", 9), ("sep", 9), ("September", 9), ("octob", 0), ("", 0), ("septem", 0)],
)
def test_a_month_is_known_by_name(word, number):
    assert dates.month_number(word) == number
