"""One answer as somebody wrote it → the value for the file, or what to write instead."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from charterpress.checks.queries import quote, quote_list
from charterpress.editing.new.drafts import answer_fault
from charterpress.editing.sign_up.fields import Field
from charterpress.text.dates import day_in_words, month_number

NO_ANSWER = frozenset({"-", "–", "—", "n/a", "none"})
"""What people write, in any case, to a question that they may leave empty."""

_SPACE = re.compile(r"[ \t\n\u00a0]+")
_FORMULA = re.compile(r"=(?! ?[^\W\d_]+(?: (?!\()|$))|[+@-]\w[^ ]*[(|!]")
"""There are organisations whose name begins with = and a plain word."""
_BEFORE_NUMBER = re.compile(r"^(?:version|v)\.? ?(?=[0-9])", re.IGNORECASE)


def parse_answer(field: Field, words: str) -> tuple[str, str, str]:
    """The value that `words` mean as the answer to `field`, what is wrong with them ('' for nothing), and
    what to write instead. Rules about what a value says are the check's."""
    value = unicodedata.normalize("NFC", _SPACE.sub(" ", words).strip(" "))
    if not field.required and (not value or value.casefold() in NO_ANSWER):
        return "", "", ""
    if not value:
        fix = field.help[:1].lower() + field.help[1:].removesuffix(".")
        fix = f"write one of {quote_list(field.choices)}" if field.choices else fix
        return "", "this has to be answered", fix
    if wrong := answer_fault(value):
        message, _, fix = wrong.partition("; ")
        return value, message, fix
    if _FORMULA.match(value):
        fix = "write the words or the figures themselves"
        return value, f"{quote(value)} is a formula of a spreadsheet", fix
    if field.key == "date":
        return parse_date(value)
    if field.key in ("website", "link") and value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    if field.key == "version":
        value = _BEFORE_NUMBER.sub("", value)
    alike = [choice for choice in field.choices if choice.casefold() == value.casefold()]
    return alike[0] if alike else value, "", ""


_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_DATES = (
    re.compile(
        r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})"
        r"(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?"
    ),
    re.compile(rf"(?:the )?{_DAY}(?: of)?[ -]?(?P<month>[a-z]{{3,9}})\.?[ ,-] ?(?P<year>[0-9]{{4}})"),
    re.compile(rf"(?P<month>[a-z]{{3,9}})\.?[ -]{_DAY}(?:, ?| )(?P<year>[0-9]{{4}})"),
)
_FIGURES = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +(?:the )?")
HOW_TO_WRITE_DATES = "write year, month and day, as 2027-03-01, or the month in words, as 1 March 2027"


def parse_date(words: str) -> tuple[str, str, str]:
    """The day that `words` mean, as 2027-03-01; what is wrong with them, and what to write instead. Figures
    that mean one day to some readers and another to others are not guessed at."""
    plain = _WEEKDAY.sub("", words.casefold(), count=1)
    if match := next(filter(None, (pattern.fullmatch(plain) for pattern in _DATES)), None):
        month = int(match["month"]) if match["month"].isdigit() else month_number(match["month"])
        return _checked_date(words, int(match["year"]), month, int(match["day"]))
    if match := _FIGURES.fullmatch(plain):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first != second and 0 < first <= 12 and 0 < second <= 12:
            either = f"{_long_date(year, second, first)} or {_long_date(year, first, second)}"
            fix = f"write {either}, whichever you mean"
            return words, f"{quote(words)} is one day to some readers and another to others", fix
        return _checked_date(words, year, *((second, first) if first > 12 else (first, second)))
    return words, f"{quote(words)} is not a date", HOW_TO_WRITE_DATES


def _checked_date(words: str, year: int, month: int, number: int) -> tuple[str, str, str]:
    try:
        return date(year, month, number).isoformat(), "", ""
    except ValueError:
        return words, f"{quote(words)} is no day of the calendar", HOW_TO_WRITE_DATES


def _long_date(year: int, month: int, number: int) -> str:
    return f"“{day_in_words(f'{year}-{month}-{number}')}”"
