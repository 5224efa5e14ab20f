"""An organisation's name → the letter it is listed under, and its place in alphabetical order."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

from charterpress.model import Signatory
from charterpress.text.collation import collation_of
from charterpress.text.folding import fold, is_latin
from charterpress.text.interface import SOURCE, language
from charterpress.text.words import WORD

RESERVED = frozenset(
    {"index", "print", "signatories", "sign", "badge", "certificate", "feed", "feeds", "search", "filter"}
    | {"all", "assets", "data", "letter", "letters", "kind", "kinds", "area", "areas", "version", "versions"}
    | {"month", "months", "standing", "withdrawn", "links", "new", "draft", "latest", "404"}
    | {*ascii_lowercase}
)
"""Slugs that no organisation can have: the register's own addresses use them."""
OTHER_INITIAL = "#"
"""The letter of a name that begins with no letter of the alphabet in use."""


def name_key(signatory: Signatory) -> tuple[str, str]:
    """The key that sorts signatories by name in the language in use, ignoring case, punctuation, accents that
    make no other letter there, and a leading “the”."""
    return _sorted_as(signatory.name, signatory.name_latin, language()), signatory.slug


def initial(signatory: Signatory) -> str:
    """The letter that a signatory is listed under: A to Z, or one of the language in use, such as “Ll”; or
    `OTHER_INITIAL`."""
    name, tag = _listed_as(signatory.name, signatory.name_latin, language()), language()
    if not _is_english(tag):
        return collation_of(tag).letter(name) or OTHER_INITIAL
    first = _sorted_as(signatory.name, signatory.name_latin, tag)[:1]
    return first.upper() if first in ascii_lowercase and first else OTHER_INITIAL


def listed_names(signatory: Signatory) -> tuple[str, str]:
    """The name that a list sorts a signatory by, and the other one that it has, or ''."""
    name, latin = signatory.name, signatory.name_latin
    if not latin or is_latin(name):
        return name, ""
    return (latin, name) if _listed_as(name, latin, language()) == latin else (name, latin)


def initials() -> tuple[str, ...]:
    """The letters that signatories are listed under, in the order of the language in use."""
    tag = language()
    return tuple(ascii_uppercase) if _is_english(tag) else collation_of(tag).letters


def initial_id(letter: str) -> str:
    """What addresses and anchors call a letter: “a”, “ll”; “xe5” for “Å”."""
    small = letter.lower()
    return small if small.isascii() else "".join(f"x{ord(each):x}" for each in small)


def _is_english(tag: str) -> bool:
    return tag.partition("-")[0] == SOURCE


def _listed_as(name: str, name_latin: str, tag: str) -> str:
    """Return the name if it is in the letters that the language is written in, or else the one in Latin
    letters."""
    collation = collation_of(tag)
    own = is_latin(name) if collation.is_latin else collation.letter(name)
    return name if own else name_latin or name


@lru_cache(maxsize=1 << 18)
def _sorted_as(name: str, name_latin: str, tag: str) -> str:
    name = _listed_as(name, name_latin, tag)
    if not _is_english(tag):
        return collation_of(tag).key(name)
    plain = fold(name)
    words = re.findall(WORD, plain)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words) or plain
