"""A date as somebody wrote it → the day that is meant, or the days that may be.

Figures such as 01/03/2027 are one day in London and another in Boston: all readings are returned, and whoever
knows more chooses. Names of months and weekdays are those of CLDR, through Babel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product

from charterpress.text.dates import month_number
from charterpress.text.interface import N_

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "dmy", "mdy", "ymd"
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
"""The orders in which figures are written."""
EARLIEST = "2020-01-01"
"""No charter was signed before: three pairs of figures with the year first are read as that only after it."""
MAX_LENGTH = 60
"""Characters. What is longer is no date."""
SERIAL_DAYS = (36_526, 73_050)
"""The days that spreadsheets count from 2000 to 2099, from the last but one of 1899."""
SERIAL_START = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
"""The day 0 of spreadsheets, by the first year that they know."""
_YEARS = range(1990, 2100)
_PIVOT = 69
"""Two figures of a year from which on it is of the last century, when nothing was signed."""
_LANGUAGE_CODES = (
    "en af ar az be bg bn bs ca cs cy da de de_AT el es et eu fa fi fil fo fr fy ga gd gl gu he hi hr hu hy "
    "id is it ka kk km kn ky lb lo lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl ps pt rm ro ru sk sl sq "
    "sr sr_Latn sv sw ta te th tr uk ur uz vi zu"
)
_LANGUAGES = tuple(_LANGUAGE_CODES.split())
"""The languages whose months are known. A word that is another month in another of them is asked about."""
_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii"
_ROMAN = {word: at for at, word in enumerate(_NUMERALS.split(), 1)}
_WEEKDAY_WORDS = "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday"
_WEEKDAYS = {word: at % 7 for at, word in enumerate(_WEEKDAY_WORDS.split())}
_WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_PARTICLE_WORDS = (
    "the of o de del della den der dem le la el di do da dne dnia am an dhen ar y a on st nd rd th er re º ª "
    "ème eme te го ви ой г року р года рік r anno"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
"""Words that stand around a day, a month or a year, and change none of them."""
_PATTERNS = (
    re.compile(r"(?P<y>\d{4})年\s?(?P<m>\d{1,2})月\s?(?P<d>\d{1,2})日"),
    re.compile(r"(?P<y>\d{4})년\s?(?P<m>\d{1,2})월\s?(?P<d>\d{1,2})일"),
    re.compile(r"(?:ngày )?(?P<d>\d{1,2}) tháng (?P<m>\d{1,2})(?:,| năm)? (?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)
_TIME = re.compile(
    r"(?P<words>.*\d)(?:t|,? )(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d(?:[.,]\d+)?)?"
    r"(?: ?(?P<half>am|pm))?(?: ?(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d))?"
)
_NO_DATE = N_("{words} is not a date")
_NO_DAY = N_("{words} is not a day in the calendar")
_FIGURES = re.compile(r"(\d{1,4})( ?[-/.‐–] ?| )(\d{1,2})( ?[-/.‐–] ?| )(\d{1,4})\.?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenDate:
    """The days that words can mean, as 2027-03-01, by the order of their figures; under '' where the order
    does not matter. `fault` is why there are none: a message of
    the catalogs, about {words}. `dotted` figures have the day first by custom, and
    `serial` is a spreadsheet's number of a day."""

    days: Mapping[str, str]
    fault: str = ""
    dotted: bool = False
    serial: bool = False

    @property
    def proves(self) -> str:
        """The order that is the only one possible for these figures; '' where that says nothing of others."""
        orders = [each for each in (DAY_FIRST, MONTH_FIRST) if each in self.days]
        shown = len(set(self.days.values())) == 1 and not self.dotted
        return orders[0] if shown and len(orders) == 1 else ""

    def day(self, order: str = "") -> str:
        """The day that is meant where figures are written in `order` ('' for unknown); '' if that is not
        clear."""
        if "" in self.days:
            return self.days[""]
        if order:
            return self.days.get(order, "")
        if self.dotted and DAY_FIRST in self.days and YEAR_FIRST not in self.days:
            return self.days[DAY_FIRST]
        days = set(self.days.values())
        return days.pop() if len(days) == 1 else ""


def read_date(words: str, *, earliest: str = EARLIEST) -> WrittenDate:
    """The days that `words` can mean. `earliest` is the first day on which anything could be signed."""
    plain = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
    plain = "".join(str(unicodedata.digit(each, each)) for each in plain)
    if not plain or len(plain) > MAX_LENGTH:
        return _fault(_NO_DATE)
    if serial := _SERIAL.fullmatch(plain):
        return _serial(int(serial[1]))
    if clock := _TIME.fullmatch(plain):
        hour = int(clock["hour"]) % 12 + 12 * (clock["half"] == "pm") if clock["half"] else int(clock["hour"])
        if hour > 23 or (clock["zone"] and not 3 <= hour < 21 and (hour or int(clock["minute"]))):
            return _fault(N_("{words} is one day in one time zone and another in the next"))
        plain = clock["words"]
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(plain):
            return _single(int(match["y"]), int(match["m"]), int(match["d"]))
    if match := _FIGURES.fullmatch(plain):
        if match[2].strip() != match[4].strip():
            return _fault(_NO_DATE)
        return _figures((match[1], match[3], match[5]), earliest, dotted=match[2].strip() == ".")
    return _in_words(plain)


def serial_day(number: float, system: str = "1900") -> str:
    """The day that a spreadsheet counts as `number`, in the date `system` of its workbook."""
    return (SERIAL_START[system] + timedelta(days=int(number))).isoformat()


def _serial(number: int) -> WrittenDate:
    if SERIAL_DAYS[0] <= number <= SERIAL_DAYS[1]:
        return WrittenDate(days={"": serial_day(number)}, serial=True)
    return _fault(_NO_DATE)


def _fault(words: str) -> WrittenDate:
    return WrittenDate(days={}, fault=words)


def _single(year: int, month: int, number: int) -> WrittenDate:
    day = _day(year, month, number)
    return WrittenDate(days={"": day}) if day else _fault(_NO_DAY)


def _day(year: int, month: int, number: int) -> str:
    if year not in _YEARS:
        return ""
    with suppress(ValueError):
        return date(year, month, number).isoformat()
    return ""


def _year(figures: str) -> int:
    """The year that `figures` mean; 0 for none."""
    if len(figures) == 4:
        return int(figures)
    return 2000 + int(figures) if len(figures) == 2 and int(figures) < _PIVOT else 0


def _figures(parts: tuple[str, str, str], earliest: str, *, dotted: bool) -> WrittenDate:
    first, second, third = parts
    if len(first) == 4:
        return _single(int(first), int(second), int(third)) if len(third) < 3 else _fault(_NO_DATE)
    if len(first) == 3 or len(third) not in (2, 4):
        return _fault(_NO_DATE if len(third) != 1 else N_("{words} has no year with four figures"))
    days = {
        DAY_FIRST: _day(_year(third), int(second), int(first)),
        MONTH_FIRST: _day(_year(third), int(first), int(second)),
    }
    if len(third) == 2:
        days[YEAR_FIRST] = _day(_year(first), int(second), int(third))
        if days[YEAR_FIRST] < earliest and (days[DAY_FIRST] or days[MONTH_FIRST]):
            days[YEAR_FIRST] = ""
    days = {order: day for order, day in days.items() if day}
    return WrittenDate(days=days, dotted=dotted) if days else _fault(_NO_DAY)


# --- In words ----------------------------------------------------------------------------------------


def _in_words(plain: str) -> WrittenDate:
    """A day, a month in letters and a year, in any order that is in use."""
    numbers: list[str] = []
    months, weekdays, order = frozenset[int](), frozenset[int](), ""
    words = _split(plain)
    if not 1 <= sum(word.isdigit() for word in words) <= 2:
        return _fault(_NO_DATE)
    for word in words:
        if word.isdigit():
            numbers.append(word)
            order += "n"
        elif found := _month(word):
            months, order = found, order + "m"
        elif found := _weekday(word):
            weekdays |= found
        elif word not in _PARTICLES:
            return _fault(_NO_DATE)
    if order in ("nm", "mn"):
        return _fault(N_("{words} has no year") if len(numbers[0]) < 3 else N_("{words} has no day"))
    if order not in ("nmn", "mnn") or len(months) != 1:
        return _fault(N_("{words} names another month in another language") if len(months) > 1 else _NO_DATE)
    year_first = order == "nmn" and len(numbers[0]) > 2
    day, year = (numbers[1], numbers[0]) if year_first else (numbers[0], numbers[1])
    if len(day) > 2:
        return _fault(_NO_DATE)
    (month,) = months
    made = _single(_year(year), month, int(day))
    if made.days and weekdays and date.fromisoformat(made.days[""]).weekday() not in weekdays:
        return _fault(N_("{words} names a weekday that it is not"))
    return made


def _split(plain: str) -> list[str]:
    """The numbers and the words of a date in words, without the signs between them; other signs stay."""
    words: list[str] = []
    before = ""
    for sign in plain:
        kind = "n" if sign.isdigit() else "l" if unicodedata.category(sign)[0] in "LM" else ""
        if sign in " .,/-‐–'’°" or not kind:
            words += [] if sign in " .,/-‐–'’°" else [sign]
        elif kind == before:
            words[-1] += sign
        else:
            words.append(sign)
        before = kind
    return words


def _month(word: str) -> frozenset[int]:
    """The numbers of the months that `word` names: the English one, or all of other languages."""
    if number := month_number(word) or _ROMAN.get(word, 0):
        return frozenset({number})
    names = _names("months")
    return names.get(word) or names.get(_bare(word)) or frozenset()


def _weekday(word: str) -> frozenset[int]:
    """The numbers of the weekdays that `word` names, Monday being 0."""
    if word in _WEEKDAYS:
        return frozenset({_WEEKDAYS[word]})
    return frozenset() if word in _PARTICLES else _names("days").get(word, frozenset())


@cache
def _names(what: str) -> dict[str, frozenset[int]]:
    """The numbers of the `months` or `days` by their names in full and cut short, in all languages."""
    from babel import Locale  # noqa: PLC0415 - takes as long to read as a whole charter

    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        names = getattr(Locale.parse(language), what)
        for form, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in names[form][width].items():
                for word in _forms(name):
                    found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _forms(name: str) -> set[str]:
    """What a name is found by: its last word, as it is written, without accents, and with ae for ä."""
    words = [each for each in _split(unicodedata.normalize("NFKC", name).casefold()) if not each.isdigit()]
    if not words or len(words[-1]) < 2:
        return set()
    word = words[-1]
    written = word.translate(
        {ord(letter): f"{letter_for}e" for letter, letter_for in zip("äöü", "aou", strict=True)}
    )
    return {word, _bare(word), written}


def _bare(word: str) -> str:
    """A word without accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", word) if unicodedata.category(each) != "Mn")
