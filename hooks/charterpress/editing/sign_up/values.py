"""One answer as somebody wrote it → the value for the file, or what to write instead."""

from __future__ import annotations

import re
import unicodedata

from charterpress.checks.queries import quote, quote_list
from charterpress.editing.new.drafts import answer_fault
from charterpress.editing.sign_up.fields import Field
from charterpress.text.dates import day_in_words
from charterpress.text.written_dates import EARLIEST, read_date

NO_ANSWER = frozenset({"-", "–", "—", "n/a", "none"})
"""What people write, in any case, to a question that they may leave empty."""

_SPACE = re.compile(r"[ \t\n\u00a0]+")
FORMULA = re.compile(r"=(?! ?[^\W\d_]+(?: (?!\()|$))|[+@-]\w[^ ]*[(|!]")
"""There are organisations whose name begins with = and a plain word."""
BEFORE_NUMBER = re.compile(r"^(?:version|v)\.? ?(?=[0-9])", re.IGNORECASE)


def parse_answer(field: Field, words: str, order: str = "", earliest: str = EARLIEST) -> tuple[str, str, str]:
    """The value that `words` mean as the answer to `field`, what is wrong with them ('' for nothing), and
    what to write instead. Rules about what a value says are the check's. `order` and `earliest` are as in
    `parse_date`."""
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
    if FORMULA.match(value):
        fix = "write the words or the figures themselves"
        return value, f"{quote(value)} is a formula of a spreadsheet", fix
    if field.key == "date":
        return parse_date(value, order, earliest)
    if field.key in ("website", "link") and value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    if field.key == "version":
        value = BEFORE_NUMBER.sub("", value)
    alike = [choice for choice in field.choices if choice.casefold() == value.casefold()]
    return alike[0] if alike else value, "", ""


HOW_TO_WRITE_DATES = "write year, month and day, as 2027-03-01, or the month in words, as 1 March 2027"
MIXED = "mixed"
"""The order of the figures of dates in a file that has them in two orders."""


def parse_date(words: str, order: str = "", earliest: str = EARLIEST) -> tuple[str, str, str]:
    """The day that `words` mean, as 2027-03-01; what is wrong with them, and what to write instead. Figures
    that mean one day to some readers and another to others are read in `order`, if that is known, and never
    guessed at. `earliest` is the first day on which anything could be signed."""
    written = read_date(words, earliest=earliest)
    if not written.days:
        return words, f"{quote(words)} {written.fault}", HOW_TO_WRITE_DATES
    day = "" if order == MIXED and "" not in written.days else written.day("" if order == MIXED else order)
    if day:
        return day, "", ""
    days = list(dict.fromkeys(written.days.values()))
    fix = f"write {' or '.join(f'“{day_in_words(each)}”' for each in days)}, whichever you mean"
    if order == MIXED:
        return words, f"{quote(words)} stands in a table that writes dates in two orders", fix
    if order and len(days) == 1:
        message = f"{quote(words)} cannot be read in the order of the other dates"
        return words, message, f"write “{day_in_words(days[0])}” if you mean that"
    return words, f"{quote(words)} is one day to some readers and another to others", fix
