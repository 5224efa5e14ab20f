"""Fold letters for searching, sorting and slugs: lower case, without accents, apostrophes and ligatures."""

from __future__ import annotations

import re
import unicodedata

FOLDED_LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    "ŋ": "ng", "ə": "e", "ŧ": "t", "ĸ": "k", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o", "ς": "σ",
    "·": "", **dict.fromkeys("'’‘ʼʻʹ´`", ""),
}  # fmt: skip
"""What replaces lower-case letters that Unicode does not decompose. Apostrophes are dropped. The scripts of
the search receive this table from here."""

SPELLED_MARKS = "\u0900-\u1aaf\u1b00-\u1cff\u3099\u309a\ua800-\uabff\U00011000-\U00011fff"
"""Marks that spell a word, in the blocks of scripts that write vowels and tones as marks, and in Japanese:
without them दिन (day) is दीन (poor). Accents, the points of Hebrew and the vowel marks of Arabic, which few
people type, are dropped. The scripts of the search have this list too."""

_LETTERS = str.maketrans(FOLDED_LETTERS)
_SPELLED = re.compile(f"[{SPELLED_MARKS}]")
_ASCII_APOSTROPHES = str.maketrans("", "", "'`")


def fold(text: str) -> str:
    """Return `text` in lower case, without accents (see SPELLED_MARKS), letters such as “æ” and “ɛ” replaced
    by those they are found and sorted by. Scripts in the browser do the same, in the same order."""
    lower = unicodedata.normalize("NFKC", text).lower()
    if lower.isascii():
        return lower.translate(_ASCII_APOSTROPHES)
    letters = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    kept = (each for each in letters if unicodedata.category(each)[0] != "M" or _SPELLED.match(each))
    return "".join(kept).translate(_LETTERS)


def is_latin(text: str) -> bool:
    """Whether every letter of `text` is a Latin one, so that most fonts have it."""
    if text.isascii():
        return True
    letters = (each for each in unicodedata.normalize("NFKC", text) if each.isalpha())
    return all(
        unicodedata.category(each) == "Lm" or "LATIN" in unicodedata.name(each, "") for each in letters
    )
