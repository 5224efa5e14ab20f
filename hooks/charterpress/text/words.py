"""What a word is, for regular expressions, in every script: with its vowel signs, tones and joiners."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, pairwise
from typing import Final

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
UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
"""Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_LETTER = re.compile(rf"[{UNSPACED}][{MARKS}{JOINERS}]*|[^{UNSPACED}]+")


def pairs_of_letters(word: str) -> list[str]:
    """Return every two letters of a run of a script that puts no space between words, each with its marks; of
    any other word, the word. They tell how alike two texts are, where nothing tells one word from another."""
    if word.isascii() or len(letters := _LETTER.findall(word)) < 3:
        return [word]
    return [a + b for a, b in pairwise(letters)]
