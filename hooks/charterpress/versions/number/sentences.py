"""The visible words of a text, and the marks that divide its clauses."""

from __future__ import annotations

import re
from typing import NamedTuple

from charterpress.text.words import WORD, compiled

_WORD = rf"{WORD}(?:(?:[-’'./]|(?<=\d)[,:](?=\d)){WORD})*"
_BREAK = re.compile(r"[,;:.!?()\[\]“”\"«»…—–]")
_ADDRESS = re.compile(
    r"(?<!\S)\S*?(?:://|@|www\.)\S*|(?<![\w-])[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?:[/:?#]\S*)?"
    r"|\+\d[\d ()-]{5,}|\b0\d{2,}[\d ()-]*"
)
"""Addresses and telephone numbers, whose digits count nothing. Each is looked for where a word begins:
else a long word would be read again from each of its letters."""


class Word(NamedTuple):
    """A word and the marks that divide it from the one before: none within a clause."""

    raw: str
    breaks: str = ""
    in_address: bool = False

    @property
    def text(self) -> str:
        """The word as it is compared."""
        return self.raw.casefold().replace("’", "'")


def read_words(text: str) -> list[Word]:
    """Return the words of a text, and an empty one at its end."""
    addresses = _ADDRESS.finditer(text)
    address = next(addresses, None)
    result, end = [], 0
    for match in compiled(_WORD).finditer(text):
        while address and address.end() <= match.start():
            address = next(addresses, None)
        inside = address is not None and address.start() <= match.start()
        result.append(Word(match[0], "".join(_BREAK.findall(text[end : match.start()])), inside))
        end = match.end()
    return [*result, Word("", "".join(_BREAK.findall(text[end:])) or ".")]
