"""ISO dates ↔ dates in words, in British English."""

from __future__ import annotations

_MONTHS = "January February March April May June July August September October November December"
MONTHS = tuple(_MONTHS.split())
_ABBREVIATED = 3


def day_in_words(date: str) -> str:
    """Return an ISO date in words: "2026-12-01" gives "1 December 2026"."""
    year, month, day = date.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def month_in_words(month: str) -> str:
    """Return an ISO month in words: "2026-12" gives "December 2026"."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def abbreviate_month(words: str) -> str:
    """Return a date in words with its month in three letters: "1 Dec 2026"."""
    for name in MONTHS:
        words = words.replace(name, name[:_ABBREVIATED])
    return words


def month_number(word: str) -> int:
    """Return the number of the month that `word` names, in full or in three letters ("sept" too) and in any
    case, or 0."""
    word = word.casefold().replace("sept", "sep") if len(word) < 5 else word.casefold()
    names = (name.casefold() for name in MONTHS)
    return next((at for at, name in enumerate(names, 1) if word in (name, name[:_ABBREVIATED])), 0)
