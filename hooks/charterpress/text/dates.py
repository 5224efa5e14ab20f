"""ISO dates → dates in words, in the language in use; the English name of a month → its number.

English is British unless the language says another country, and needs no library; Babel knows the others."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from charterpress.model import Interval
from charterpress.text.interface import MARKS, PSEUDO, language

if TYPE_CHECKING:
    from babel import Locale

_MONTHS = "January February March April May June July August September October November December"
MONTHS = tuple(_MONTHS.split())
_ABBREVIATED = 3
_BRITISH = ("en", "en-gb")
"""The languages, in small letters, whose dates are those of this module."""


def day_in_words(date: str) -> str:
    """Return an ISO date in words: "2026-12-01" gives "1 December 2026"."""
    return _day(date, language(), short=False)


def month_in_words(month: str) -> str:
    """Return an ISO month in words: "2026-12" gives "December 2026"."""
    return _month(month, language(), short=False)


def short_day(date: str) -> str:
    """Return an ISO date in words, its month abbreviated: "1 Dec 2026"."""
    return _day(date, language(), short=True)


def short_month(month: str) -> str:
    """Return an ISO month in words, abbreviated: "Dec 2026"."""
    return _month(month, language(), short=True)


def length_in_words(interval: Interval) -> str:
    """Return a length of time in words: “12 months”."""
    return _length(interval, language())


@lru_cache(maxsize=256)
def _length(interval: Interval, tag: str) -> str:
    if (locale := _locale(tag)) is None:
        return _marked(str(interval), tag)
    from babel.dates import TIMEDELTA_UNITS, format_timedelta  # noqa: PLC0415 - slow to import

    unit: Literal["day", "month"] = "day" if interval.days else "month"
    count = interval.days or interval.months
    seconds = count * dict(TIMEDELTA_UNITS)[unit]
    return str(format_timedelta(seconds, granularity=unit, threshold=seconds, locale=locale))


@lru_cache(maxsize=4096)
def _day(date: str, tag: str, *, short: bool) -> str:
    year, month, day = map(int, date.split("-"))
    if (locale := _locale(tag)) is None:
        return _marked(f"{day} {_english_month(month, short=short)} {year}", tag)
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415 - slow to import

    that_day = dt.date(year, month, day)
    if short:
        return str(format_skeleton("yMMMd", that_day, locale=locale))
    return str(format_date(that_day, "long", locale=locale))


@lru_cache(maxsize=4096)
def _month(month: str, tag: str, *, short: bool) -> str:
    year, number = map(int, month.split("-"))
    if (locale := _locale(tag)) is None:
        return _marked(f"{_english_month(number, short=short)} {year}", tag)
    from babel.dates import format_skeleton  # noqa: PLC0415 - slow to import

    skeleton = "yMMM" if short else "yMMMM"
    return str(format_skeleton(skeleton, dt.date(year, number, 1), locale=locale))


def _english_month(month: int, *, short: bool) -> str:
    return MONTHS[month - 1][:_ABBREVIATED] if short else MONTHS[month - 1]


def _marked(words: str, tag: str) -> str:
    """Return a date with the marks of the pseudo-language, if that is in use."""
    return words.join(MARKS) if tag == PSEUDO else words


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale | None:
    """Return what Babel knows of a language, or of it without its country; None where dates are British."""
    if tag == PSEUDO or tag.lower() in _BRITISH:
        return None
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow to import

    for each in (tag, tag.partition("-")[0]):
        try:
            return Locale.parse(each, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def month_number(word: str) -> int:
    """Return the number of the month that `word` names, in full or in three letters ("sept" too) and in any
    case, or 0."""
    word = word.casefold().replace("sept", "sep") if len(word) < 5 else word.casefold()
    names = (name.casefold() for name in MONTHS)
    return next((at for at, name in enumerate(names, 1) if word in (name, name[:_ABBREVIATED])), 0)
