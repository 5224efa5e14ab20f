"""Rules for what charter.yml asks those who sign to report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Patterns

from charterpress.checks.data import number_words, report_patterns
from charterpress.checks.languages import source_language
from charterpress.checks.queries import charter_file, documents_of, front_value, quote, violation_at
from charterpress.checks.settings import CONTACT
from charterpress.model import Edition, Interval, Mapping, Role, Scalar, Violation
from charterpress.read.intervals import UNITS, parse_interval
from charterpress.text import markdown
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.languages import primary_language
from charterpress.versions.number.part_words import ENGLISH

MIN_DAYS, MAX_MONTHS = 28, 120
"""A report more often than this is a burden, and one more seldom is none."""
MAX_WORDS = 60
"""Characters of the words for a standing, which are shown in lists and beside the name on a page."""
SENTENCE = "Those who sign report {asked}."
SENTENCE_IN_GRACE = "Those who sign report {asked} of the end of each period."
"""What a preamble in English may say."""
_TOO_LONG = N_("{value} is too long: what is asked for so seldom is forgotten")
_DAYS_OF_MONTH = 30.4
_GRACES = ("6 months", "3 months", "2 months", "1 month", "2 weeks", "1 week")
"""What is offered as a grace: the longest that is at most a quarter of the period."""
_NO_TIME = re.compile(r"-?0+(?:\s*[^\W\d_]+)?|no|none|nil|never|zero(?:\s+[^\W\d_]+)?|at once", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:(?:every|each|per|once(?: an?| every)?|in) )?"
    r"(?:([0-9]{1,5}(?:\.5)?)[ -]*|([a-z]+(?:-[a-z]+)?)[ -]+)?([a-z]+)\.?"
)
_JOINED = ("ar", "de")
"""Languages that join numbers to other words: zweimonatlich."""
_ISO = re.compile(r"p([0-9]{1,5})([dwmy])")
_IN_WORDS = {
    "a": 1.0,
    "an": 1.0,
    "one": 1.0,
    "other": 2.0,
    "second": 2.0,
    "half": 0.5,
    "half-a": 0.5,
    "twice-a": 0.5,
    "twice": 0.5,
}
_MEANT = {
    **dict.fromkeys(("d", "day", "days", "daily"), ("day", 1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks", "weekly"), ("week", 1)),
    **dict.fromkeys(("fortnight", "fortnights", "fortnightly"), ("week", 2)),
    **dict.fromkeys(("m", "mo", "mos", "mth", "mths", "month", "months", "monthly"), ("month", 1)),
    **dict.fromkeys(("q", "quarter", "quarters", "quarterly"), ("month", 3)),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years", "yearly", "annual", "annually"), ("year", 1)),
    **dict.fromkeys(("biennial", "biennially"), ("year", 2)),
    **dict.fromkeys(("decade", "decades"), ("year", 10)),
}
"""What people write for a unit, with the unit that it is and how many of those."""


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
            yield violation_at(document, value, *_unread(key, value.value))
    every, grace = node.get("every"), node.get("grace")
    if "every" in read and isinstance(every, Scalar):
        days = _about_days(read["every"])
        if days < MIN_DAYS or days > MAX_MONTHS * _DAYS_OF_MONTH + 1:
            seldom = _(_TOO_LONG)
            often = _("{value} is too short: nobody can report so often")
            message = (often if days < MIN_DAYS else seldom).format(value=quote(every.value))
            yield violation_at(document, every, message, _("write {words}").format(words=quote("12 months")))
        elif "grace" in read and isinstance(grace, Scalar) and _about_days(read["grace"]) >= days:
            message = _("{grace} is not shorter than {every}, after which the next report is due").format(
                grace=quote(grace.value), every=quote(every.value)
            )
            shorter = _("write {words}").format(words=quote(_shorter(days)))
            yield violation_at(document, grace, message, shorter)


def _unread(key: str, written: str) -> tuple[str, str]:
    """What is wrong with a value that is no length of time, and what to write."""
    if key == "grace" and _NO_TIME.fullmatch(written.strip()):
        message = _("{value} is no time: a charter that gives none has no “grace”")
        fix = _("leave it out: delete {words}").format(words=quote(f"grace: {written}"))
        return message.format(value=quote(written)), fix
    message = _("{value} is not a length of time").format(value=quote(written))
    likely = _likely_interval(written)
    if key == "every" and _NO_TIME.fullmatch(written.strip()):
        likely = "12 months"
    elif (
        not likely and key == "every" and re.fullmatch(r"[0-9]{3,}\s*[a-z]*", written.strip(), re.IGNORECASE)
    ):
        message, likely = _(_TOO_LONG).format(value=quote(written)), "12 months"
    if likely:
        return message, _("write {words}").format(words=quote(likely))
    return message, _("write a whole number of days, weeks, months or years, such as “12 months”")


def _about_days(interval: Interval) -> float:
    return interval.days + interval.months * _DAYS_OF_MONTH


def _shorter(days: float) -> str:
    """A grace that is right for a period of so many days."""
    intervals = ((words, parse_interval(words)) for words in _GRACES)
    return next((words for words, each in intervals if each and 4 * _about_days(each) <= days), _GRACES[-1])


def _likely_interval(written: str) -> str:
    """The length of time that is most likely meant: “yearly”, “1 yr”, “twelve months”; '' for none."""
    words = " ".join(written.casefold().split()).lstrip("-–+")
    words = re.sub(r"^(half|twice) a ", r"\1-a ", words)
    if words.isascii() and words.isdigit():
        return f"{words} months" if parse_interval(f"{words} months") else ""
    if match := _ISO.fullmatch(words):
        words = f"{match[1]} {match[2]}"
    match = _COUNTED.fullmatch(words)
    if not match or match[3] not in _MEANT:
        return ""
    unit, factor = _MEANT[match[3]]
    words = match[2] or "one"
    count = float(match[1] or _IN_WORDS.get(words) or number_words()["en"].get(words, 0)) * factor
    if unit == "year" and count != int(count):
        unit, count = "month", count * 12
    likely = f"{count:g} {unit}{'' if count == 1 else 's'}"
    return likely if parse_interval(likely) else ""


def reporting_word(edition: Edition) -> Iterator[Violation]:
    """The charter's own `words` for standings of reports are a few plain ones each, at most 60 characters on
    one line, and those of two standings differ.

    They are shown beside the names of organisations, so they should be kind and true."""
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
            message = _("{value} is used for another standing too, on line {line}").format(
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
    patterns = report_patterns()[language]
    sentences = _sentences(markdown.plain_text(edition.charter.preamble).casefold())
    spoken = [
        place
        for place, each in enumerate(sentences)
        if re.search(patterns["report"], _without_denied(patterns, each))
    ]
    reports = bool(spoken)
    # “We report on it. We do so every year.”
    near = [" ".join(sentences[place : place + 2]) for place in spoken]
    said = {reporting.every: near} | ({reporting.grace: sentences} if reporting.grace else {})
    unsaid = next((each for each, places in said.items() if not _is_said(places, language, each)), None)
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


def _sentences(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.!?؟。])\s+|\n\s*\n", text) if each.strip()]


def _without_denied(patterns: Patterns[str, str], sentence: str) -> str:
    """A sentence without what it says that nobody does: “nobody has to report”."""
    return re.sub(patterns["denied"], "", sentence) if "denied" in patterns else sentence


def _is_said(sentences: Iterable[str], language: str, interval: Interval) -> bool:
    return any(_says_length(each, language, interval) for each in sentences)


def _says_length(text: str, language: str, interval: Interval) -> bool:
    """Whether a sentence in small letters has a unit that a length of time may be said in, and its number of
    them, in figures or words."""
    patterns, whole = report_patterns()[language], r"{}" if language in _JOINED else r"\b{}\b"
    numbers = {int(each) for each in re.findall(r"(?<!\d)\d{1,5}(?!\d)", text)}
    listed = number_words().get(language, {}).items()
    numbers |= {number for word, number in listed if re.search(whole.format(word), text)}
    numbers |= {2} if "two" in patterns and re.search(patterns["two"], text) else set()
    for unit, (field, factor) in UNITS.items():
        count, rest = divmod(getattr(interval, field), factor)
        if count and not rest and re.search(patterns[unit], text) and (count == 1 or count in numbers):
            return True
    return False
