"""One answer as somebody wrote it → the value for the file, or what to write instead."""

from __future__ import annotations

import re
import unicodedata

from charterpress.checks.queries import join_choices, quote, quote_list
from charterpress.editing.new.drafts import answer_fault, split_problem, trim_answer
from charterpress.editing.sign_up.fields import DATES, IN_SEVERAL_LANGUAGES, Field
from charterpress.text.dates import day_in_words
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.languages import english_name, primary_language
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
    value = trim_answer(unicodedata.normalize("NFC", _SPACE.sub(" ", words)))
    if not field.required and (not value or value.casefold() in NO_ANSWER):
        return "", "", ""
    if not value:
        fix = field.help[:1].lower() + field.help[1:].removesuffix(".")
        fix = _("write one of {choices}").format(choices=quote_list(field.choices)) if field.choices else fix
        return "", _("this has to be answered"), fix
    if wrong := answer_fault(value):
        message, fix = split_problem(wrong)
        return value, message, fix
    if FORMULA.match(value):
        fix = _("write the words or the figures themselves")
        return value, _("{value} is a formula of a spreadsheet").format(value=quote(value)), fix
    if field.key in DATES:
        return parse_date(value, order, EARLIEST if field.key == "period_start" else earliest)
    if field.key in ("website", "link", "report_link") and value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    if field.key == IN_SEVERAL_LANGUAGES:
        return _parse_language(field, value)
    if field.key in ("version", "reported_version"):
        value = BEFORE_NUMBER.sub("", value)
    names = (*((choice, choice) for choice in field.choices), *field.named)
    alike = [choice for name, choice in names if name.casefold() == value.casefold()]
    return alike[0] if alike else value, "", ""


def _parse_language(field: Field, words: str) -> tuple[str, str, str]:
    """The code of the language that `words` mean, by its own name, its name in English, or its code."""
    for choice in field.choices:
        name, _space, tag = choice.removesuffix(")").rpartition(" (")
        codes = (tag, primary_language(tag))
        names = (choice, name, *codes, *map(english_name, codes))
        if words.casefold() in (each.casefold() for each in names):
            return tag, "", ""
    message = _("the text was not published in {language}").format(language=quote(words))
    return words, message, _("write one of {choices}").format(choices=quote_list(field.choices))


HOW_TO_WRITE_DATES = N_("write year, month and day, as 2027-03-01, or the month in words, as 1 March 2027")
MIXED = "mixed"
"""The order of the figures of dates in a file that has them in two orders."""


def parse_date(words: str, order: str = "", earliest: str = EARLIEST) -> tuple[str, str, str]:
    """The day that `words` mean, as 2027-03-01; what is wrong with them, and what to write instead. Figures
    that mean one day to some readers and another to others are read in `order`, if that is known, and never
    guessed at. `earliest` is the first day on which anything could be signed."""
    written = read_date(words, earliest=earliest)
    if not written.days:
        return words, _(written.fault).format(words=quote(words)), _(HOW_TO_WRITE_DATES)
    day = "" if order == MIXED and "" not in written.days else written.day("" if order == MIXED else order)
    if day:
        return day, "", ""
    days = list(dict.fromkeys(written.days.values()))
    shown = join_choices([f"“{day_in_words(each)}”" for each in days])
    fix = _("write {days}, whichever you mean").format(days=shown)
    if order == MIXED:
        return (
            words,
            _("{words} is in a table that writes dates in two orders").format(words=quote(words)),
            fix,
        )
    if order and len(days) == 1:
        message = _("{words} cannot be read in the order of the other dates").format(words=quote(words))
        return (
            words,
            message,
            _("write “{day}” if you mean that").format(day=day_in_words(days[0])),
        )
    return (
        words,
        _("{words} is one day to some readers and another to others").format(words=quote(words)),
        fix,
    )
