"""An organisation's name → the letter it is listed under, and its place in alphabetical order."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase

from charterpress.model import Signatory
from charterpress.text.folding import fold, is_latin
from charterpress.text.words import WORD

RESERVED = frozenset(
    {"index", "print", "signatories", "sign", "badge", "certificate", "feed", "feeds", "search", "filter"}
    | {"all", "assets", "data", "letter", "letters", "kind", "kinds", "area", "areas", "version", "versions"}
    | {"month", "months", "standing", "withdrawn", "links", "new", "draft", "latest", "404"}
    | {*ascii_lowercase}
)
"""Slugs that no organisation can have: the register's own addresses use them."""
OTHER_INITIAL = "#"
"""The letter of a name that begins with no letter from A to Z."""


def name_key(signatory: Signatory) -> tuple[str, str]:
    """The key that sorts signatories by name, ignoring accents, case, punctuation and a leading “the”."""
    return _sorted_as(signatory.name, signatory.name_latin), signatory.slug


def initial(signatory: Signatory) -> str:
    """The letter, A to Z, that a signatory is listed under, or `OTHER_INITIAL`."""
    first = _sorted_as(signatory.name, signatory.name_latin)[:1]
    return first.upper() if first in ascii_lowercase and first else OTHER_INITIAL


@lru_cache(maxsize=1 << 18)
def _sorted_as(name: str, name_latin: str) -> str:
    name = name if is_latin(name) else name_latin or name
    plain = fold(name)
    words = re.findall(WORD, plain)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words) or plain
