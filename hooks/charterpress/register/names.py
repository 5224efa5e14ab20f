"""An organisation's name → the name of its file, the letter it stands under, and its place among others."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase

from charterpress.model import Signatory
from charterpress.text.folding import fold, is_latin

RESERVED = frozenset(
    {
        *(
            "index",
            "print",
            "signatories",
            "sign",
            "badge",
            "certificate",
            "feed",
            "feeds",
            "search",
            "filter",
        ),
        *(
            "all",
            "assets",
            "data",
            "letter",
            "letters",
            "kind",
            "kinds",
            "area",
            "areas",
            "version",
            "versions",
        ),
        *("month", "months", "standing", "withdrawn", "links", "new", "draft", "latest", "404"),
        *ascii_lowercase,
    }
)
"""Names below the register's own address that are not organisations'."""
OTHER_INITIAL = "#"
"""The letter of a name that begins with no letter from A to Z."""


def name_key(signatory: Signatory) -> tuple[str, str]:
    """What sorts signatories by name: without accents, case, signs and an English “the” before it."""
    return _sorted_as(signatory.name, signatory.name_latin), signatory.slug


def initial(signatory: Signatory) -> str:
    """The letter, A to Z, that a signatory is listed under, or `OTHER_INITIAL`."""
    first = _sorted_as(signatory.name, signatory.name_latin)[:1]
    return first.upper() if first in ascii_lowercase and first else OTHER_INITIAL


@lru_cache(maxsize=1 << 18)  # every list of signatories asks for the letters of its own
def _sorted_as(name: str, name_latin: str) -> str:
    name = name if is_latin(name) else name_latin or name
    plain = fold(name)
    words = re.findall(r"\w+", plain)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words) or plain
