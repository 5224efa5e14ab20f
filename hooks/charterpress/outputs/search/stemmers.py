"""The language of a text → the stemmer that its search loads: one of Snowball's, where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from charterpress.outputs.assets import VENDORED, package_assets
from charterpress.text.interface import SOURCE
from charterpress.text.languages import primary_language

OTHERS = f"{VENDORED}stemmers"
"""Where the addresses of all stemmers but the English one begin, and of their licence."""
ENGLISH = (f"{VENDORED}stemmer.js", f"{VENDORED}stemmer-licence.txt")
_SAME = {"nb": "no", "nn": "no", "hr": "sr", "bs": "sr"}
"""Languages that another's stemmer is made for as well."""


def is_english(tag: str) -> bool:
    """Return whether `tag` is that of English, whose stemmer, questions and empty words the search knows."""
    return primary_language(tag) == SOURCE


@cache  # every page asks for it
def stemmer_address(tag: str) -> str:
    """Return the address of the stemmer for texts in the language `tag`, a BCP 47 tag; '' for English, which
    has its own, and for a language without one, such as Welsh: its words are found as they are written."""
    language = primary_language(tag)
    address = f"{OTHERS}/{_SAME.get(language, language)}.min.js"
    return address if address in package_assets() else ""


def unused_stemmers(tags: Iterable[str]) -> Iterator[str]:
    """Yield the stemmers that a site in the languages `tags` does not need, by the beginnings of their
    addresses."""
    tags = tuple(tags)
    if not any(map(is_english, tags)):
        yield from ENGLISH
    needed = {stemmer_address(tag) for tag in tags} - {""}
    if not needed:
        yield OTHERS
        return
    yield from (each for each in package_assets() if each.startswith(f"{OTHERS}/") and each not in needed)
