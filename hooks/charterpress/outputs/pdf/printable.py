"""Texts in any script → texts that the fonts at hand can print; a box for a letter is never one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from charterpress.model import Registered, Signatory
from charterpress.outputs.pdf import engine
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.font_sources import FontSource
from charterpress.register import listed_names
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

ELSEWHERE = N_("written in another script")
"""What is printed for a text that is no name, such as an area, where no font has its letters."""
_SURE = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D))
)
"""Letters that the fonts of the templates have: a text of these need not be tried."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Printable:
    """Which texts no font at hand can print."""

    not_these: frozenset[str]

    def name(self, signatory: Signatory) -> str:
        """Return how to print an organisation's name: as it is, in Latin letters as it gives them itself, or
        else the name that its address has."""
        names = (signatory.name, signatory.name_latin)
        return next((text for text in names if text and text not in self.not_these), signatory.slug)

    def both_names(self, signatory: Signatory) -> str:
        """Return how to print a name in a sorted list: as it is, or where there are two, the one by which it
        is sorted, and behind it the other."""
        first, other = listed_names(signatory)
        if not other or {first, other} & self.not_these:
            return self.name(signatory)
        return f"{first} ({other})"

    def is_whole(self, signatory: Signatory) -> bool:
        """Whether the name is printed as it is."""
        return signatory.name not in self.not_these

    def text(self, text: str) -> str:
        """Return `text`, or a replacement."""
        return _(ELSEWHERE) if text in self.not_these else text


def find_printable(entries: Iterable[Registered], cache: DocumentCache) -> Printable:
    """Find out which words of `entries` the fonts of `cache` can print. Few are tried, and once: most have no
    letters but those that every font has."""
    return find_printable_texts((text for entry in entries for text in _texts(entry)), cache)


def find_printable_texts(texts: Iterable[str], cache: DocumentCache) -> Printable:
    """Find out which of `texts` the fonts of `cache` can print."""
    unsure = sorted({text for text in texts if not _SURE.issuperset(text)})
    found = cache.cached(["printable", unsure], lambda: _unprintable(unsure, cache), ending="json")
    return Printable(not_these=frozenset(json.loads(found)))


@lru_cache(maxsize=8)
def missing_letters(letters: frozenset[str], *, code: bool, fonts: tuple[FontSource, ...]) -> frozenset[str]:
    """Return those of `letters`, set as code if so, that none of `fonts` nor those of typst has: what typst
    itself refuses, within a few hundredths of a second."""
    left, missing = {each for each in letters if each not in _SURE and not each.isspace()}, set[str]()
    while left:
        values = {"texts": sorted(left), "code": code}
        try:
            engine.document("letters.typ", values, date="2000-01-01", fonts=fonts)
            break
        except engine.MissingLetterError as error:
            refused = left & set("".join(error.letters)) or set(left)
            missing |= refused
            left -= refused
    return frozenset(missing)


def _texts(entry: Registered) -> Iterable[str]:
    who, withdrawn = entry.signatory, entry.signatory.withdrawn
    note = withdrawn.note if withdrawn else ""
    return who.name, who.name_latin, who.kind, who.area, entry.signature.role, note


def _unprintable(texts: list[str], cache: DocumentCache) -> bytes:
    """Those of `texts` that cannot be printed, as JSON: typst is given them all, and names what it has no
    font for."""
    left, out = texts, []
    while left:
        try:
            engine.document(
                "letters.typ", {"texts": left}, date="2000-01-01", fonts=cache.fonts, look=cache.look
            )
            break
        except engine.MissingLetterError as error:
            # If it names letters otherwise than they are written, none of these is sure.
            bad = [text for text in left if any(letters in text for letters in error.letters)] or left
            out += bad
            left = [text for text in left if text not in set(bad)]
    return json.dumps(sorted(out)).encode()
