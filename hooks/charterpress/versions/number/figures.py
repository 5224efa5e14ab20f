"""Two wordings → whether a number that counts or dates something became another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from charterpress.versions.number.duty import DUTY
from charterpress.versions.number.sentences import Word

Span: TypeAlias = tuple[int, int]
Value: TypeAlias = Fraction | str | tuple[str | Fraction, ...]

_UP_TO_NINETEEN = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_COUNTED = _UP_TO_NINETEEN.split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred")
_PARTS = {
    "half": (1, 2), "one-third": (1, 3), "two-thirds": (2, 3), "three-quarters": (3, 4), "once": (1, 1),
    "twice": (2, 1), "thousand": (1000, 1),
}  # fmt: skip
_NUMBERS = {
    word: Fraction(*value)
    for word, value in (
        *((word, (at, 1)) for at, word in enumerate(_COUNTED)),
        *((word, (10 * at, 1)) for at, word in enumerate(_TENS, start=2)),
        *_PARTS.items(),
    )
}
_UNITS = {
    "second": ("minute", (1, 60)), "minute": ("minute", (1, 1)), "hour": ("minute", (60, 1)),
    "day": ("minute", (1440, 1)), "week": ("minute", (10080, 1)), "fortnight": ("minute", (20160, 1)),
    "month": ("month", (1, 1)), "quarter": ("month", (3, 1)), "year": ("month", (12, 1)),
    "decade": ("month", (120, 1)),
}  # fmt: skip
"""Stretches of time, each in what it can be counted in exactly."""
_PERIODS = {
    "hourly": "hour", "daily": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month",
    "quarterly": "quarter", "yearly": "year", "annually": "year", "annual": "year",
}  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EACH = _words("a an each every per")
_KINDS_OF_DAY = _words("working business calendar consecutive full whole clear")
_PRONOUN_BEFORE = _words("no the this that which each every any some another other only")
_PRONOUN_AFTER = _words(
    "another may can must should shall will might could has is does who that which needs wants"
)
"""Beside these, “one” is a person or a thing, not a figure."""
_NAMES = _words(
    """
    version versions section sections article articles clause chapter paragraph page part principle rule step
    level figure table annex appendix schedule note item point number no nr room channel line stage phase goal
    category regulation directive form commitment criterion issue question v port ring call dial
    telephone phone code error status rfc
    """
)
"""A number after one of these names something, as in “section 5”, and counts nothing."""
_EDITIONS = _words("edition version release text")
_STREETS = _words("street road avenue lane square rue")
_CALENDAR = _words(
    """
    january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday chf eur gbp usd
    """
)
_BESIDE = _words(
    """
    within in by at least most up to than no later more less fewer about around every each per the of a an on
    until after before over under and from is are was were has have time times
    """
)
"""What may differ beside two figures that count the same thing."""
_LIGHT = _BESIDE | _CALENDAR
MAX_QUOTED = 20
"""Words within which a quotation begins."""
MAX_LISTED = 8
"""Words between “sections” and the last of their numbers."""
_FRONTS = frozenset(".:;?!([")
_NUMERAL = re.compile(r"(\d[\d.,:/-]*)(?:st|nd|rd|th|ms|km|kg|cm|mm|[ap]m|[hmsg])?")
_COMPOUND = re.compile(rf"(\w+)-({'|'.join(_UNITS)})")
"""“14-day”, “two-week”."""
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def is_figure(word: str) -> bool:
    """Return whether a word may be a figure, or part of one."""
    units = word in _PERIODS or _singular(word) in _UNITS or _COMPOUND.fullmatch(word)
    return bool(units) or _value(word) is not None


def is_another(old: Sequence[Word], new: Sequence[Word], before: Span, after: Span) -> bool:
    """Return whether where two texts differ a figure became another, and what it counts is the same."""
    values: list[list[Value]] = []
    others: list[list[str]] = []
    counted: list[str] = []
    for words, (start, end) in ((old, before), (new, after)):
        near = list(_figures(words, max(start - 3, 0), end + 3))
        # Where nothing is left, what is on either side: “half an hour” → “an hour”.
        touched = [each for each in near if (each[0] < end or start == end >= each[0]) and each[1] > start]
        values.append([value for _, _, value in touched])
        covered = {at for i, j, _ in touched for at in range(i, j)}
        rest = (words[at].text for at in range(start, end) if at not in covered)
        others.append([_singular(word) for word in rest if word not in _LIGHT])
        counted.append(_counted(words, touched[-1][1] if touched else end))
    same = others[0] == others[1] and (counted[0] == counted[1] or not all(counted))
    return bool(values[0] and values[1] and values[0] != values[1] and same)


def _counted(words: Sequence[Word], at: int) -> str:
    """Return what is counted, or else the word of weight that follows; '' if the clause ends before one."""
    for word in words[at:]:
        if word.breaks:
            break
        if word.text not in _LIGHT:
            return _singular(word.text)
    return ""


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _figures(words: Sequence[Word], at: int, end: int) -> Iterator[tuple[int, int, Value]]:
    """Yield the place, the end and the value of every figure, stretch of time and period of `words`."""
    while at < min(end, len(words)):
        word, number, place = words[at].text, _number(words, at), at
        at += 1
        if word in _PERIODS:
            yield place, at, _PERIODS[word]
        elif (compound := _COMPOUND.fullmatch(word)) and (count := _value(compound[1])):
            yield place, at, _time(count, compound[2])
        elif number is not None or word in _EACH:
            unit_at = at
            for skipped in (_EACH, _KINDS_OF_DAY):
                unit_at += unit_at < len(words) and words[unit_at].text in skipped
            unit = _singular(words[unit_at].text) if unit_at < len(words) else ""
            if word in ("once", "twice") and number is not None:
                yield place, at, number
            elif unit in _UNITS:
                at = unit_at + 1
                yield place, at, _time(1 if number is None else number, unit)
            elif number is not None:
                yield place, at, number


def _number(words: Sequence[Word], at: int) -> Fraction | str | None:
    """Return the number that the word at `at` is, or None if it is none, names something or stands for
    somebody."""
    word = words[at].text
    if words[at].in_address or _is_reference(words, at) or _is_quoted(words, at):
        return None
    before = words[at - 1] if at and not words[at].breaks else None
    if word in _NUMBERS:
        after = words[at + 1] if at + 1 < len(words) else None
        stands_alone = after is None or after.breaks or after.text in _PRONOUN_AFTER
        pronoun = stands_alone or (before and before.text in _PRONOUN_BEFORE)
        return None if word == "one" and pronoun else _NUMBERS[word]
    named = (word[:1].isdigit() and words[at].raw != word) or _is_of_a_name(words, at)  # “5G”
    return None if named else _value(word)


def _is_quoted(words: Sequence[Word], at: int) -> bool:
    """Whether a quotation is open before a number: what it says counts nothing."""
    marks = "".join(word.breaks for word in words[max(at - MAX_QUOTED, 0) : at + 1])
    return marks.count("“") > marks.count("”") or marks.count('"') % 2 == 1


def _is_reference(words: Sequence[Word], at: int) -> bool:
    """Whether a number names a part or a version of a text: in “section 5”, “sections 5 or 6”, “1.2.3”, “2.
    Scope” and “Licence v. 1.1”."""
    numeral, before = words[at].text, words[at - 1].raw if at else ""
    following = words[at + 1] if at + 1 < len(words) else words[at]
    dotted = "." in numeral
    if numeral.count(".") > 1 or before == "v" or (dotted and (before[:1].isupper() or before.isupper())):
        return before.casefold() not in _BESIDE
    if numeral[:1].isdigit() and (not at or _FRONTS & {*words[at].breaks}):
        if following.breaks[:1] in (")", "]"):
            return True
        heads = following.breaks[:1] in (".", "“", '"') or following.raw[:1].isupper()
        return bool(following.raw) and (heads or (dotted and not at))
    for word in reversed(words[max(at - MAX_LISTED, 0) : at]):
        if word.text in _NAMES:
            return True
        if word.text not in ("and", "or", "to", "of") and not word.raw[:1].isdigit():
            return False
    return False


def _value(word: str) -> Fraction | str | None:
    """Return the number that a word is by itself."""
    tens, _, ones = word.partition("-")
    if tens in _TENS and ones in _COUNTED:
        return _NUMBERS[tens] + _NUMBERS[ones]
    if word in _NUMBERS:
        return _NUMBERS[word]
    if numeral := _NUMERAL.fullmatch(_GROUPED.sub("", word)):
        digits = numeral[1].rstrip(".,:/-")
        return Fraction(digits) if digits.isdecimal() else digits
    return None


def _time(count: Fraction | str | int, unit: str) -> Value:
    """Return an amount of time: a fortnight is two weeks."""
    dimension, factor = _UNITS[unit]
    return (dimension, count) if isinstance(count, str) else (dimension, count * Fraction(*factor))


def _is_of_a_name(words: Sequence[Word], at: int) -> bool:
    """Whether a numeral belongs to a name, as in “WCAG 2.2”, “the 2019 Act” and “12 High Street”."""
    before = words[at - 1] if at and not words[at].breaks else Word("")
    inside = at > 1 and not before.breaks
    if (before.raw.isupper() and len(before.raw) > 1) or (inside and before.raw[:1].isupper()):
        return before.text not in _CALENDAR | DUTY
    after = [word for word in words[at + 1 : at + 3] if word.raw[:1].isupper() and not word.breaks]
    names = [word for word in after if word.text not in _CALENDAR]
    year = re.fullmatch(r"(?:19|20)\d\d", words[at].raw)
    following = words[at + 1].text if at + 1 < len(words) else ""
    if following in _STREETS | _EDITIONS:
        return True
    return len(names) == 2 or bool(year and names[:1] == list(words[at + 1 : at + 2]))
