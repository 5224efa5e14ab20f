"""Rules for what charter.yml asks those who sign to report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charterpress.checks.data import number_words, report_patterns
from charterpress.checks.languages import source_language
from charterpress.checks.queries import charter_file, documents_of, front_value, quote, violation_at
from charterpress.checks.settings import CONTACT
from charterpress.model import Edition, Interval, Mapping, Role, Scalar, Violation
from charterpress.read.intervals import UNITS, parse_interval
from charterpress.text import markdown
from charterpress.text.interface import gettext as _
from charterpress.text.languages import primary_language
from charterpress.versions.number.part_words import ENGLISH

MIN_DAYS, MAX_MONTHS = 28, 120
"""A report more often than this is a burden, and one more seldom is none."""
MAX_WORDS = 60
"""Characters of the words for a standing: they stand in lists, and beside the name on a page."""
SENTENCE = "Those who sign report {asked}."
SENTENCE_IN_GRACE = "Those who sign report {asked} of the end of each period."
"""What a preamble in English may say."""
_DAYS_OF_MONTH = 30.4
_YEARLY = re.compile(r"(?:every|each|once a|a|per)?\s*year|yearly|annual(?:ly)?", re.IGNORECASE)
_COUNTED = re.compile(rf"([^\W\d_]+)\s+({'|'.join(UNITS)})s?", re.IGNORECASE)


def reporting_interval(edition: Edition) -> Iterator[Violation]:
    """`every` and `grace` under `reporting` are lengths of time, a whole number of days, weeks, months or
    years: 12 months.

    A report is asked for every 28 days at most, and every ten years at least; the grace is shorter than that.
    Both are frozen into a release, and are part of what is signed."""
    document = charter_file(edition)
    node = front_value(document, "reporting")
    if document is None or not isinstance(node, Mapping):
        return
    read: dict[str, Interval] = {}
    for key in ("every", "grace"):
        value = node.get(key)
        if not isinstance(value, Scalar) or not value.value.strip():
            continue
        if interval := parse_interval(value.value):
            read[key] = interval
        else:
            message = _("{value} is not a length of time").format(value=quote(value.value))
            fix = _("write a whole number of days, weeks, months or years, such as “12 months”")
            if likely := _likely_interval(value.value):
                fix = _("write {words}").format(words=quote(likely))
            yield violation_at(document, value, message, fix)
    every, grace = node.get("every"), node.get("grace")
    if "every" in read and isinstance(every, Scalar):
        days = _about_days(read["every"])
        if days < MIN_DAYS or days > MAX_MONTHS * _DAYS_OF_MONTH + 1:
            seldom = _("{value} is too long: what is asked for so seldom is forgotten")
            often = _("{value} is too short: nobody can report so often")
            message = (often if days < MIN_DAYS else seldom).format(value=quote(every.value))
            yield violation_at(document, every, message, _("write {words}").format(words=quote("12 months")))
        elif "grace" in read and isinstance(grace, Scalar) and _about_days(read["grace"]) >= days:
            message = _("{grace} is not shorter than {every}, after which the next report is due").format(
                grace=quote(grace.value), every=quote(every.value)
            )
            shorter = _("write {words}").format(words=quote(_shorter(read["every"])))
            yield violation_at(document, grace, message, shorter)


def _about_days(interval: Interval) -> float:
    return interval.days + interval.months * _DAYS_OF_MONTH


def _shorter(interval: Interval) -> str:
    """A quarter of a length of time, in months if there are as many."""
    months = interval.months // 4
    return str(Interval(months=months) if months else Interval(days=round(_about_days(interval) / 4)))


def _likely_interval(written: str) -> str:
    """The length of time that is most likely meant: “yearly”, “twelve months”; '' for none."""
    words = written.strip()
    if _YEARLY.fullmatch(words):
        return "12 months"
    if words.isascii() and words.isdigit():
        return f"{words} months" if parse_interval(f"{words} months") else ""
    joined = re.sub(r"^([0-9]+)-?(?=[a-z])", r"\1 ", words, flags=re.IGNORECASE).removeprefix("every ")
    if parse_interval(joined):
        return joined
    match = _COUNTED.fullmatch(words)
    number = number_words()["en"].get(match[1].casefold(), 0) if match else 0
    if match and match[1].casefold() in ("a", "an", "one"):
        number = 1
    return f"{number} {match[2].casefold()}{'' if number == 1 else 's'}" if match and number else ""


def reporting_word(edition: Edition) -> Iterator[Violation]:
    """The charter's own `words` for standings of reports are a few plain ones each, at most 60 characters on
    one line, and those of two standings differ.

    They stand beside the names of organisations: kind words, that say what is so."""
    document = charter_file(edition)
    node = front_value(document, "reporting")
    words = node.get("words") if isinstance(node, Mapping) else None
    seen: dict[str, int] = {}
    for key, value in words.entries if isinstance(words, Mapping) else ():
        if document is None or not isinstance(value, Scalar) or not value.value.strip():
            continue
        written = " ".join(value.value.split())
        if len(written) > MAX_WORDS or "\n" in value.value.strip():
            message = _("the words for {key} have {count} characters; one line of {most} is the most")
            message = message.format(key=quote(key.value), count=len(written), most=MAX_WORDS)
            yield violation_at(document, value, message, _("say it more briefly"))
        elif not any(each.isalpha() for each in written):
            message = _("{value} has no word in it").format(value=quote(written))
            yield violation_at(document, value, message, _("write a few plain words"))
        elif contact := CONTACT.search(written):
            message = _("{contact} has no place in these words").format(contact=quote(contact[0].strip()))
            yield violation_at(document, value, message, _("write a few plain words"))
        elif written.casefold() in seen:
            message = _("{value} stands for another standing too, on line {line}").format(
                value=quote(written), line=seen[written.casefold()]
            )
            yield violation_at(document, value, message, _("write other words for one of them"))
        seen.setdefault(written.casefold(), value.line)


def reporting_unsaid(edition: Edition) -> Iterator[Violation]:
    """Where charter.yml asks for reports, the preamble says so in words: how often, and within what time.

    It is part of what is signed, and people read the preamble, not the settings. This is known of Arabic,
    English, French, German, Spanish and Welsh; of any other language the check says nothing."""
    reporting = edition.charter.reporting if edition.charter else None
    language = primary_language(source_language(edition))
    if reporting is None or edition.charter is None or language not in report_patterns():
        return
    if any(reporting_interval(edition)):  # mending it changes what there is to say
        return
    text = markdown.plain_text(edition.charter.preamble).casefold()
    reports = bool(re.search(report_patterns()[language]["report"], text))
    lengths = (reporting.every, *([reporting.grace] if reporting.grace else ()))
    unsaid = next((each for each in lengths if not _says_length(text, language, each)), None)
    for preamble in documents_of(edition, Role.PREAMBLE) if unsaid or not reports else ():
        asked = ENGLISH.of_reporting(reporting)
        message = _("the preamble does not say that those who sign report {words}").format(words=asked)
        if reports and unsaid:
            message = _("the preamble speaks of reports, and does not say “{words}”").format(words=unsaid)
        fix = _("say it in a sentence of the preamble: {words}").format(words=asked)
        if language == "en":
            fix = _("add a sentence to the preamble, such as “{words}”").format(
                words=(SENTENCE_IN_GRACE if reporting.grace else SENTENCE).format(asked=asked)
            )
        yield Violation(preamble.path, message, fix)


def _says_length(text: str, language: str, interval: Interval) -> bool:
    """Whether a text in small letters has the number of a length of time in it, in figures or words, in any
    unit that it may be said in."""
    months, days = interval.months, interval.days
    numbers = {months, days}
    numbers |= {months // 12} if months % 12 == 0 else set()
    numbers |= {days // 7} if days % 7 == 0 else set()
    if months == 12 and re.search(report_patterns()[language]["year"], text):
        return True
    numbers -= {0, 1}
    figures = {int(each) for each in re.findall(r"(?<!\d)\d{1,5}(?!\d)", text)}
    words = {number for word, number in number_words().get(language, {}).items() if word in text}
    return not numbers or bool(numbers & (figures | words))
