"""An organisation's name → the name of its file, the letter it stands under, and its place among others."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from string import ascii_lowercase

from charterpress.model import Signatory

LONGEST_SLUG = 60
"""Characters after which a name's slug ends with its last whole word."""
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
OTHER = "#"
"""The letter of a name that begins with no letter from A to Z."""

_FOLDED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
    | {"ŋ": "ng", "ə": "e", "ŧ": "t", "ĸ": "k", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o", "ʻ": ""}
    | {"’": "", "'": "", "‘": "", "ʼ": "", "ʹ": "", "´": "", "`": "", "·": ""}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """What `name` is called in an address: its words in a to z and 0 to 9, joined by hyphens, without accents
    and apostrophes, “&” as “and”. '' where it has none of these letters."""
    return slugs(name)[0]


def slugs(name: str) -> tuple[str, ...]:
    """Every slug that is right for `name`, the first being the one to propose: it may be cut after a whole
    word, leave “&” out, and write ä, ö, ü, å and ø in two letters."""
    spelled = unicodedata.normalize("NFKC", name).casefold()
    spellings = [spelled.replace("&", " and ").replace("+", " plus "), spelled]
    spellings += [each.translate(_UMLAUTS) for each in spellings]
    whole = [_joined(each) for each in spellings]
    return tuple(dict.fromkeys([_cut(whole[0]), *whole, *map(_cut, whole)]))


def _joined(spelled: str) -> str:
    return _NOT_SLUG.sub("-", _plain(spelled)).strip("-")


def _plain(spelled: str) -> str:
    """Lower-case letters without their accents."""
    if spelled.isascii():
        return spelled.replace("'", "").replace("`", "")
    letters = unicodedata.normalize("NFKD", spelled.translate(_FOLDED)).translate(_FOLDED)
    return "".join(each for each in letters if not unicodedata.combining(each))


def _cut(slug: str) -> str:
    return slug if len(slug) <= LONGEST_SLUG else slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug


def is_latin(name: str) -> bool:
    """Whether every letter of `name` is a Latin one, so that most fonts have it."""
    if name.isascii():
        return True
    letters = (each for each in unicodedata.normalize("NFKC", name) if each.isalpha())
    return all(
        unicodedata.category(each) == "Lm" or "LATIN" in unicodedata.name(each, "") for each in letters
    )


def sort_key(signatory: Signatory) -> tuple[str, str]:
    """What sorts signatories by name: without accents, case, signs and an English “the” before it."""
    return _sorted_as(signatory.name, signatory.name_latin), signatory.slug


def letter(signatory: Signatory) -> str:
    """The letter, A to Z, that a signatory is listed under, or `OTHER`."""
    first = _sorted_as(signatory.name, signatory.name_latin)[:1]
    return first.upper() if first in ascii_lowercase and first else OTHER


@lru_cache(maxsize=1 << 18)  # every list of signatories asks for the letters of its own
def _sorted_as(name: str, name_latin: str) -> str:
    name = name if is_latin(name) else name_latin or name
    plain = _plain(unicodedata.normalize("NFKC", name).casefold())
    words = re.findall(r"\w+", plain)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words) or plain
