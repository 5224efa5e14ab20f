"""“12 months”, as settings and releases have it → the length of time that it is."""

from __future__ import annotations

import re

from charterpress.model import Interval

MAX_MONTHS, MAX_DAYS = 1200, 36525
"""A hundred years: what is longer is no length of time that anybody can wait."""
UNITS = {"day": ("days", 1), "week": ("days", 7), "month": ("months", 1), "year": ("months", 12)}
"""The units, each with the field of Interval that it adds to and how much."""
_INTERVAL = re.compile(rf"([0-9]{{1,5}})\s+({'|'.join(UNITS)})s?", re.IGNORECASE)


def parse_interval(words: str) -> Interval | None:
    """Return the length of time that `words` say: a whole number in digits and a unit, “90 days”, “1 year”.
    None if they say none, or one of more than a hundred years."""
    match = _INTERVAL.fullmatch(words.strip())
    if not match:
        return None
    field, factor = UNITS[match[2].lower()]
    count = int(match[1]) * factor
    if not 0 < count <= (MAX_MONTHS if field == "months" else MAX_DAYS):
        return None
    return Interval(months=count) if field == "months" else Interval(days=count)
