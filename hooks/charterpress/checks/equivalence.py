"""A passage and its translation → whether they clearly say other numbers, or one denies what the other says.

Whoever translates well writes numbers and negations in many ways, so whatever is not certain is passed over:
“14 days” is a word of its own in Welsh, and “refuse” needs no “not”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import prod

from charterpress.checks.compound_numbers import AND, ONES, NumberWord, compound_numbers
from charterpress.checks.data import negation_patterns, number_words
from charterpress.text import markdown
from charterpress.text.languages import primary_language

USUAL = frozenset(map(Fraction, (1, 2, 6, 7, 8, 12, 14, 15, 24, 30, 31, 36, 48, 52, 60, 90, 100, 365)))
"""Figures that other languages write without a number, such as 14 days as two weeks or a fortnight."""
SAME = frozenset({frozenset(map(Fraction, pair)) for pair in ((14, 15), (7, 8))})
"""Numbers that mean the same: two weeks are fifteen days in French and Spanish, and a week is eight."""
MAX_FIGURE = 30
"""Characters of a figure: what is longer counts nothing."""
_FIGURE = re.compile(r"\d+(?:[.,'’٫٬·\u00a0\u202f\u2009 ]\d+)*")
_TIME = re.compile(
    r"\d\s*(?:[ap]\.?m\b)|\d{1,2}[:h.]\d\d\b(?!\d)|(?<!\d)\d{1,4} ?[/–-] ?\d|o[’']clock", re.IGNORECASE
)
_SCALE = re.compile(r"\d\s*(?:k\b|m\b|bn\b|hundred|thousand|million|billion|dozen)", re.IGNORECASE)
_IDIOM = re.compile(
    r"\b(?:fortnight\w*|dozens?|couple|half|halv\w+|quarter\w*|twice|double\w*|third\w*|score|both|pairs?|"
    r"decades?|centur\w+|triple\w*|hundreds|thousands|millions?|weekly|daily|monthly|yearly|annual\w*|first|second)\b"
)
_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "億": 10**8, "亿": 10**8, "만": 10_000}
"""What a figure is multiplied by, where one of these signs follows it."""
_MONTH = re.compile(r"\s?[月월]")
"""What follows the figure of a month in a date, which other languages write as a name."""
_LOOSE = re.compile(r"(?:st|nd|rd|th)\b|\s?%|\s?per ?cent\b")
"""What follows a figure that other languages write as a word: the 3rd as “dritte”, 50% as a half."""
_ROMAN = re.compile(r"\b(?=[IVXLC]+(?:e|er|º)?\b)(?!I\b)")
_ONES = {"en": "one", "fr": "un", "es": "uno?|una", "cy": "un", "ar": "و?(?:واحد|إحدى|احدى|أحد)ة?"}
"""The word for 1 in a larger number, by language: alone it means a, too, so it counts for nothing."""
_UNITS = {
    "week": (7, 1),
    "day": (24, 7),
    "year": (12, 1),
    "month": (30, 12),
    "hour": (60, 24),
    "minute": (60, 60),
}
"""English units of time: how many of a smaller one each has, and how many of it a larger one has."""
_ARABIC_PREFIX = re.compile(r"^(?:[وف]?(?:بال|كال|لل|ال|[بلك])?)(?=\w{3})")
_ARABIC_MARKS = re.compile(r"[\u0640\u064b-\u0652]")
"""Signs of vowels, and what only makes a word longer."""
_WORD = re.compile(r"hanner[ -]cant|[^\W\d_]+")
_AFTER = re.compile(r"[ \u00a0]([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in a text: what it may mean, as its figure may be read in two ways, and how it is written."""

    values: frozenset[Fraction]
    written: str
    digits: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What one text says and the other does not, as it is written in each; '' for nothing."""

    source: str
    translation: str


def number_difference(source: str, text: str, *, languages: tuple[str, str]) -> Difference | None:
    """Return the numbers in which the Markdown `source` and its translation `text`, in these `languages`,
    clearly differ; None where they do not, or it is not certain."""
    source, text = map(_plain, (source, text))
    if _TIME.search(source) or _TIME.search(text) or _SCALE.search(source):
        return None
    first, second = (primary_language(each) for each in languages)
    here, there = list(_numbers(source, first)), list(_numbers(text, second))
    if _IDIOM.search(source.casefold()) and not all(each.digits for each in there):
        return None
    left = [each for each in here if not any(_same(each, other) for other in there)]
    right = [each for each in there if not any(_same(each, other) for other in here)]
    if left and right:
        if _is_other_unit(left, right, source, first) or _is_other_unit(right, left, text, second):
            return None
        ones = tuple(_has_one(words, tag) for words, tag in ((source, first), (text, second)))
        return _mismatch(left, right, _parts(here, one=ones[0]), _parts(there, one=ones[1]))
    if left and not right and second in number_words():
        missing = [each for each in left if each.digits and not _is_usual(each, source)]
        if missing and not _has_number_word(text, second) and not _ROMAN.search(text):
            return Difference(_written(missing), "")
    if right and not left and first in number_words() and not _has_number_word(source, first):
        added = [each for each in right if each.digits and not each.values & USUAL]
        if added and not _IDIOM.search(source.casefold()):
            return Difference("", _written(added))
    return None


def _plain(words: str) -> str:
    """Markdown as plain words, composed and without the signs of vowels that Arabic may have."""
    return _ARABIC_MARKS.sub("", unicodedata.normalize("NFC", markdown.plain_text(words)))


def _is_usual(number: _Number, text: str) -> bool:
    """Whether other languages may write a figure of `text` without a number."""
    if number.values & USUAL or any(value.denominator == 2 for value in number.values):
        return True
    return bool(re.search(rf"(?<!\d){re.escape(number.written)}(?:{_LOOSE.pattern})", text))


def _is_other_unit(left: list[_Number], right: list[_Number], text: str, language: str) -> bool:
    """Whether a number of the English `text` is one of `right` in another unit of time: two weeks are 14
    days."""
    if language != "en":
        return False
    times = {
        factor
        for unit, (smaller, larger) in _UNITS.items()
        if re.search(rf"\b{unit}s?\b", text, re.IGNORECASE)
        for factor in (Fraction(smaller), Fraction(1, larger))
    }
    return any(a * k in other.values for one in left for a in one.values for other in right for k in times)


def _has_one(text: str, language: str) -> bool:
    pattern = _ONES.get(language)
    return bool(pattern and re.search(rf"\b(?:{pattern})\b", text.casefold()))


def _mismatch(
    left: list[_Number], right: list[_Number], here: frozenset[Fraction], there: frozenset[Fraction]
) -> Difference | None:
    """The difference between what was left over on both sides, unless several words make one number: `here`
    and `there` are those that the words of each side can make."""
    words = [each for each in right if not each.digits]
    if len(words) > len(left) or any(each.values & there for each in left):
        return None
    if any(each.values & here for each in right):
        return None
    return Difference(_written(left), _written(right))


def _parts(numbers: list[_Number], *, one: bool) -> frozenset[Fraction]:
    """Return what several words for `numbers` come to, added or multiplied: “eight days on twenty” 28, “two
    hundred and fifty” 250; with `one`, that and one more, as of “twenty-one”."""
    values = [next(iter(each.values)) for each in numbers if not each.digits][:6]
    found = {
        total
        for count in range(2, len(values) + 1)
        for some in combinations(values, count)
        for total in (sum(some, Fraction(0)), prod(some, start=Fraction(1)))
    }
    for start in range(len(values)):
        totals = {values[start]}
        for value in values[start + 1 :]:
            totals = {result for total in totals for result in (total + value, total * value)}
            found |= totals
    if one:
        found |= {total + 1 for total in (*found, *values) if total >= 20 and total % 10 == 0}
    return frozenset(found)


def _written(numbers: list[_Number]) -> str:
    return ", ".join(dict.fromkeys(each.written for each in numbers))


def _same(one: _Number, other: _Number) -> bool:
    return bool(one.values & other.values) or any(
        frozenset({a, b}) in SAME for a in one.values for b in other.values
    )


def _numbers(text: str, language: str) -> Iterator[_Number]:
    text, words, multiplied = text.casefold(), number_words().get(language, {}), set()
    for match in _FIGURE.finditer(text):
        if len(match[0]) > MAX_FIGURE:
            continue
        if _MONTH.match(text, match.end()):
            continue
        scale, after = _SCALES.get(text[match.end() : match.end() + 1], 1), _AFTER.match(text, match.end())
        if after and words.get(after[1]) == 1000:
            scale = 1000
            multiplied.add(after.start(1))
        yield _Number(frozenset(each * scale for each in _readings(match[0])), match[0], digits=True)
    found = (each for each in _number_words(text, language) if each.start not in multiplied)
    for each in compound_numbers(text, found, language):
        yield _Number(frozenset({Fraction(each.value)}), text[each.start : each.end], digits=False)


def _number_words(text: str, language: str) -> Iterator[NumberWord]:
    """The words for numbers in a folded text, one by one."""
    words, ones = number_words().get(language, {}), ONES.get(language, {})
    known = {**words, **ones}
    for match in _WORD.finditer(text):
        word, link = match[0].replace(" ", "-"), ""
        if word not in known and language == "ar":
            bare = next(
                (each for each in (_ARABIC_PREFIX.sub("", word, count=1), word[1:]) if each in known), ""
            )
            prefix = word.removesuffix(bare) if bare else ""
            word, link = bare, AND if prefix in ("و", "وال") else prefix and "prefixed"
        if word in known:
            yield NumberWord(known[word], match.start(), match.end(), part=word in ones, link=link)


def _readings(figure: str) -> frozenset[Fraction]:
    """Return what a figure may mean: 1.500 is a thousand and a half, or one and a half."""
    *groups, last = re.split(r"[^\d]", figure)
    digits = ["".join(str(unicodedata.decimal(c)) for c in group) for group in (*groups, last)]
    if len(digits) == 1:
        return frozenset({Fraction(int(digits[0]))})
    found = set()
    if all(len(group) == 3 for group in digits[1:]):
        found.add(Fraction(int("".join(digits))))
    if re.search(r"[.,٫·]\d+$", figure):
        found.add(Fraction(f"{''.join(digits[:-1])}.{digits[-1]}"))
    return frozenset(found or map(Fraction, map(int, digits)))


def _has_number_word(text: str, language: str) -> bool:
    """Whether a text has anything of a number in words, be it within a longer word."""
    folded = text.casefold()
    return any(word in folded for word in number_words()[language])


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    return {
        kind: re.compile(rf"(?<![\w])(?:{pattern})(?![\w])")
        for kind, pattern in negation_patterns().get(language, {}).items()
    }


def negation_difference(source: str, text: str, *, languages: tuple[str, str]) -> Difference | None:
    """Return what denies something in one of the Markdown texts, in these `languages`, where nothing in the
    other may; None where both do or neither does, or it is not certain."""
    found = []
    for words, tag in zip((source, text), languages, strict=True):
        patterns = _patterns(primary_language(tag))
        if not patterns:
            return None
        folded = " ".join(unicodedata.normalize("NFC", markdown.plain_text(words)).casefold().split())
        if patterns["not"].search(folded):
            return None
        found.append((patterns["sure"].search(folded), patterns["like"].search(folded), folded))
    (sure, like, _here), (other_sure, other_like, there) = found
    if sure and not other_sure and not other_like and sure[0] not in there.split():
        return Difference(sure[0], "")
    if other_sure and not sure and not like:
        return Difference("", other_sure[0])
    return None
