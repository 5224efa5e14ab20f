"""Names and sentences → the slugs that files and addresses are named by."""

from __future__ import annotations

import re
import unicodedata

from charterpress.text.folding import fold

MAX_NAME_SLUG = 60
"""Characters after which the slug of a name is cut, after a whole word."""

_SEPARATORS = re.compile(r"[^a-z0-9]+")
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def slugify(text: str) -> str:
    """Return the words of `text` in a–z and 0–9, folded and joined by hyphens; '' if it has none."""
    return _SEPARATORS.sub("-", fold(text)).strip("-")


def name_slug(name: str) -> str:
    """Return the slug to propose for an organisation: with “&” as “and”, cut after a whole word."""
    return name_slugs(name)[0]


def name_slugs(name: str) -> tuple[str, ...]:
    """Return every slug that is right for an organisation's name, the one to propose first: it may be cut
    after a whole word, omit “&”, and write ä, ö, ü, å and ø in two letters."""
    spelled = unicodedata.normalize("NFKC", name).lower()
    spellings = [spelled.replace("&", " and ").replace("+", " plus "), spelled]
    spellings += [each.translate(_TWO_LETTERS) for each in spellings]
    whole = [slugify(each) for each in spellings]
    return tuple(dict.fromkeys([_cut(whole[0]), *whole, *map(_cut, whole)]))


def _cut(whole: str) -> str:
    if len(whole) <= MAX_NAME_SLUG:
        return whole
    return whole[: MAX_NAME_SLUG + 1].rpartition("-")[0] or whole


def anchor_slug(text: str) -> str:
    """Return the words of `text`, in any script, in lower case and joined by hyphens.

    Anchors of commitments in released versions are made of this. They are published addresses, so the rule
    must never change: it does not fold accents, as `slugify` does.
    """
    return "-".join(re.findall(r"\w+", text.casefold().replace("’", "").replace("'", "")))
