"""What a word is in every script: with its vowel signs, tones and joiners, and where no space ends it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from icu4py.breakers import WordBreaker

_BLOCKS = (
    *((0x300, 0x3100), (0xA600, 0xAC00), (0xFB00, 0xFE30), (0x10100, 0x12000), (0x16A00, 0x17000)),
    *((0x1BC00, 0x1EA00), (0xE0100, 0xE01F0)),
)
"""Where Unicode has marks: to read all of it would take a tenth of a second."""
_PICTURE_SELECTORS = "\ufe0e\ufe0f"
"""They say whether a sign is shown in colour."""


def _ranges() -> str:
    points = chain.from_iterable(range(*block) for block in _BLOCKS)
    marks = [
        at for at in points if unicodedata.category(chr(at))[0] == "M" and chr(at) not in _PICTURE_SELECTORS
    ]
    firsts = [at for before, at in zip([0, *marks], marks, strict=False) if at != before + 1]
    lasts = [at for at, after in zip(marks, [*marks[1:], 0], strict=True) if after != at + 1]
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))


MARKS: Final = _ranges()
"""Accents, vowel signs, tones and viramas, for use within the brackets of a regular expression."""
JOINERS: Final = "\u200c\u200d"
"""What joins or parts two letters unseen, and makes another word of them in Persian or Sinhala."""
WORD: Final = rf"(?:[\w{MARKS}][\w{MARKS}{JOINERS}]*)"
"""A word, without hyphens or apostrophes."""
WITHIN_WORD: Final = r"(?:[-‑’'·‧׳״]|(?<=[א-ת])\"(?=[א-ת]))"
"""What joins two of them: besides hyphens and apostrophes, what stands within a word of Catalan or Hebrew
(MidLetter, and a quotation mark between Hebrew letters: UAX 29, WB6 to WB7c)."""
_IDEOGRAPHIC = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
UNSPACED: Final = rf"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f{_IDEOGRAPHIC}"
"""Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_HAS_UNSPACED = re.compile(f"[{UNSPACED}]")
# Compiled when they are needed.
_LETTERS = rf"[{UNSPACED}][{MARKS}{JOINERS}]*|[^{UNSPACED}]+"
_IDEOGRAPHS = rf"[{_IDEOGRAPHIC}][{MARKS}{JOINERS}]*|[^{_IDEOGRAPHIC}]+"
_RUNS = rf"[{UNSPACED}][{UNSPACED}{MARKS}{JOINERS}]*|[^{UNSPACED}]+"
_WORDS = rf"{WORD}(?:{WITHIN_WORD}{WORD})*"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a `pattern` with MARKS, WORD or UNSPACED in it, compiled when it is first needed: each takes
    up to ten milliseconds, and few commands need them all."""
    return re.compile(pattern)


def pairs_of_letters(word: str) -> list[str]:
    """Return every two letters of a run of a script that puts no space between words, each with its marks; of
    any other word, the word. They tell how alike two texts are, where nothing tells one word from another."""
    if word.isascii() or len(letters := compiled(_LETTERS).findall(word)) < 3:
        return [word]
    return [a + b for a, b in pairwise(letters)]


# --- Words that no space divides -----------------------------------------------------------------------


@cache
def word_breaker() -> type[WordBreaker] | None:
    """Return what knows the dictionaries of ICU, if the extra “segmentation” is installed. It is imported
    late, because most charters have no word for it."""
    try:
        from icu4py.breakers import WordBreaker  # noqa: PLC0415 - a package that need not be there
    except ImportError:
        return None
    return WordBreaker


def has_unspaced(text: str) -> bool:
    """Whether a text has letters of a script that puts no space between words."""
    return not text.isascii() and bool(_HAS_UNSPACED.search(text))


def split_words(run: str) -> list[str]:
    """Return the words of `run`, what stands between two spaces or marks; joined they are `run`.

    Thai, Lao, Khmer, Burmese, Japanese and Chinese are divided by Unicode's rules and ICU's dictionaries
    (UAX 29). Without them the run is one. They word what is said of a change: no class may depend on this.
    """
    breaker = word_breaker() if has_unspaced(run) else None
    return [run] if breaker is None else list(breaker(run, "en"))


def split_letters(run: str) -> list[str]:
    """Return the words of `run` as `split_words` does; without dictionaries, each letter of Japanese and
    Chinese, where most mean something alone."""
    return split_words(run) if word_breaker() or not has_unspaced(run) else compiled(_IDEOGRAPHS).findall(run)


def joined_words(words: list[str]) -> list[str]:
    """Return words as they are compared to find whether two texts have the same: those of a script that puts
    no space between them as one run, whatever marks and spaces stand between. Numerals stay apart: 二、三 is
    not 二三. This depends on nothing but the letters."""
    if not any(map(has_unspaced, words)):
        return words
    runs: list[str] = []
    for part in chain.from_iterable(compiled(_RUNS).findall(word) for word in words):
        joins = runs and has_unspaced(runs[-1][0]) and has_unspaced(part[0])
        if joins and not (runs[-1][-1].isnumeric() and part[0].isnumeric()):
            runs[-1] += part
        else:
            runs.append(part)
    return runs


def count_words(text: str) -> int:
    """Return how many words a text has: what stands between two spaces is one, or as many as it is divided
    into; without dictionaries, one for every two letters."""
    return sum(_count(run) if has_unspaced(run) else 1 for run in text.split())


def count_words_by_letters(text: str) -> int:
    """Return about how many words a text has, by its letters alone, which every computer counts alike: what
    stands between two spaces is one. Of scripts that put no space between words, two letters of Japanese and
    Chinese are one, and four of Thai, Lao, Khmer and Burmese, without their marks: seldom more than ICU's
    dictionaries find."""
    return sum(_count_by_letters(run) for run in text.split() if re.search(r"\w", run))


def _count_by_letters(run: str) -> int:
    if not has_unspaced(run):
        return 1
    ideographs = len(re.findall(rf"[{_IDEOGRAPHIC}]", run))
    others = len(re.findall(rf"(?![{_IDEOGRAPHIC}{MARKS}])[{UNSPACED}]", run))
    return max((2 * ideographs + others) // 4, 1)


def _count(run: str) -> int:
    words = compiled(_WORDS).findall(run)
    if word_breaker():
        return sum(any(map(str.isalnum, each)) for word in words for each in split_words(word))
    return sum((len(pairs_of_letters(word)) + 2) // 2 for word in words)
