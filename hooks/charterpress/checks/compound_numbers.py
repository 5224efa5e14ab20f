"""Words for numbers, one after another → the numbers that several of them make: “un deg dau” is 12.

English needs no grammar for it: its numbers are one word, or two with a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

ONES = {
    "cy": {"un": 1},
    "ar": {
        **dict.fromkeys(("واحد", "واحدة", "أحد", "احد", "إحدى", "احدى", "حادي", "حادية"), 1),
        **dict.fromkeys(("ثاني", "ثانية"), 2),
        **dict.fromkeys(("ثالث", "ثالثة"), 3),
        **dict.fromkeys(("رابع", "رابعة"), 4),
        **dict.fromkeys(("خامس", "خامسة"), 5),
        **dict.fromkeys(("سادس", "سادسة"), 6),
        **dict.fromkeys(("سابع", "سابعة"), 7),
        **dict.fromkeys(("ثامن", "ثامنة"), 8),
        **dict.fromkeys(("تاسع", "تاسعة"), 9),
    },
}
"""Words that count only as part of a larger number: alone, they mean “a”, “any” or a place in a row."""
JOINED = "joined"
"""What stands between two words: nothing but a space."""
AND, ON = "and", "on"
_GAPS = {
    "cy": ((JOINED, r"\s+|-"), (AND, r"\s+ac?\s+"), (ON, r"\s+(?:[^\W\d_]+\s+)?ar\s+")),
    "ar": ((JOINED, r"\s+"), (AND, r"\s+و\s*")),
}


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word for a number, or several: its value, where it begins and ends in the text, whether it counts
    only within a larger one (`part`), and what joins it to what is before, where its own letters say so."""

    value: int
    start: int
    end: int
    part: bool = False
    link: str = ""
    made: bool = False
    """Whether it is made of several words."""


_Rule = Callable[[NumberWord, str, NumberWord], int | None]


def _welsh_tens(a: NumberWord, link: str, b: NumberWord) -> int | None:
    """“Dau ddeg” is 20, “pedwar ugain” 80."""
    return a.value * b.value if link == JOINED and a.value < 10 and b.value in (10, 20) else None


def _welsh_units(a: NumberWord, link: str, b: NumberWord) -> int | None:
    """“Dau ddeg tri” is 23, “dau ar bymtheg” 17, “wyth diwrnod ar hugain” 28, “deg a thrigain” 70."""
    after_tens = link == JOINED and a.made and a.value in range(10, 100, 10) and b.value < 10
    on = link == ON and (a.value, b.value) != (10, 10) and a.value < b.value and b.value in (10, 15, 20)
    scores = link == AND and a.value < 20 and b.value in (40, 60, 80)
    return a.value + b.value if after_tens or on or scores else None


def _arabic_teens(a: NumberWord, link: str, b: NumberWord) -> int | None:
    return a.value + 10 if link == JOINED and a.value < 10 and b.value == 10 else None


def _arabic_tens(a: NumberWord, link: str, b: NumberWord) -> int | None:
    return a.value + b.value if link == AND and a.value < 10 and b.value in range(20, 100, 10) else None


def _times(a: NumberWord, link: str, b: NumberWord) -> int | None:
    """Two hundred is 200."""
    return a.value * b.value if link == JOINED and a.value < b.value and b.value in (100, 1000) else None


def _and_less(a: NumberWord, link: str, b: NumberWord) -> int | None:
    """A hundred and five is 105."""
    scale = next((each for each in (1000, 100) if a.value % each == 0), 0)
    return a.value + b.value if link in (JOINED, AND) and b.value < scale and not b.part else None


_RULES: dict[str, tuple[_Rule, ...]] = {
    "cy": (_welsh_tens, _welsh_units, _times, _and_less),
    "ar": (_arabic_teens, _arabic_tens, _times, _and_less),
}
"""In which order the words of a language are put together."""


def compound_numbers(text: str, words: Iterable[NumberWord], language: str) -> Iterator[NumberWord]:
    """Yield the numbers that `words` of a `text` in a language make, in their order."""
    found = list(words)
    for rule in _RULES.get(language, ()):
        found = _put_together(text, found, language, rule)
    return (each for each in found if not each.part)


def _put_together(text: str, words: list[NumberWord], language: str, rule: _Rule) -> list[NumberWord]:
    made: list[NumberWord] = []
    for word in words:
        value = rule(made[-1], _link(text, made[-1], word, language), word) if made else None
        if value is None:
            made.append(word)
        else:
            first = made.pop()
            made.append(NumberWord(value, first.start, word.end, link=first.link, made=True))
    return made


def _link(text: str, before: NumberWord, after: NumberWord, language: str) -> str:
    gap = text[before.end : after.start]
    for link, pattern in _GAPS[language]:
        if re.fullmatch(pattern, gap):
            return after.link or link if link == JOINED else link
    return ""
