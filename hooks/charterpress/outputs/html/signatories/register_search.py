"""The register → the small files that its search asks for where the list is too long for one page.

A reader's computer fetches what it needs: for each word the file of its first letters, which says who has
which word that begins so; of the filters, as many parts as there are results to look through; and the lines
to show. Nothing is sent to anybody. A signatory is known by its place in the list, which is by name. The page
hands outputs/html/scripts/register.js where the files are, and how words are split.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from string import ascii_lowercase, digits

from charterpress.model import Registered
from charterpress.text.folding import fold
from charterpress.views import addresses
from charterpress.views.signatories import lists

LETTERS = 3
"""How many letters of a word name its file."""
ROWS, PART = 25, 5000
"""How many signatories are in a file of lines, and in a file of what they are filtered by."""
FOLDER = 100
"""How many files of lines are in a folder."""
FIGURES = digits + ascii_lowercase
IGNORED = ("a", "and", "for", "in", "of", "the")
"""Words that are in too many names to find anybody by."""
APART = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Letters of scripts that put no space between words: each is taken for a word."""

_WORD = re.compile(f"[{APART}]|[^\\W_{APART}]+")
_SAFE = frozenset(digits + ascii_lowercase)


def search_words(text: str) -> list[str]:
    """Return the words of `text` as they are searched for: folded."""
    return _WORD.findall(fold(text))


def entry_words(entry: Registered) -> list[str]:
    """Return the words by which a signatory is found, each once: of its name, in either script, and of its
    area."""
    who = entry.signatory
    found = dict.fromkeys(search_words(f"{who.name} {who.name_latin} {who.area}"))
    return [word for word in found if word not in IGNORED]


def word_file(start: str) -> str:
    """Return the name of the file for words with these first letters: those beyond a to z and 0 to 9 are
    written as numbers."""
    return "".join(each if each in _SAFE else f"_{ord(each):x}" for each in start[:LETTERS])


def search_files(entries: Sequence[Registered], choices: dict[str, list[str]]) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of every file for `entries`, whose signatures stand, by name. `choices` are
    the values of each filter, in their order."""
    yield from _words(entries)
    yield from _lines(entries)
    yield from _filters(entries, choices)


def _words(entries: Sequence[Registered]) -> Iterator[tuple[str, bytes]]:
    """Who has each word: the distance from each place to the next, in base 36."""
    found: dict[str, dict[str, list[int]]] = {}
    for place, entry in enumerate(entries):
        for word in entry_words(entry):
            found.setdefault(word[:LETTERS], {}).setdefault(word, []).append(place)
    for start, named in found.items():
        places = {word: _distances(named[word]) for word in sorted(named)}
        yield f"{addresses.REGISTER_SEARCH}words/{word_file(start)}.json", _json(places)


def _distances(places: list[int]) -> str:
    return " ".join(_base36(place - before) for before, place in zip([0, *places], places, strict=False))


def _base36(number: int) -> str:
    if number < len(FIGURES):
        return FIGURES[number]
    written = ""
    while number:
        number, figure = divmod(number, len(FIGURES))
        written = FIGURES[figure] + written
    return written


def _lines(entries: Sequence[Registered]) -> Iterator[tuple[str, bytes]]:
    """What a line of results shows."""
    for part, start in enumerate(range(0, len(entries), ROWS)):
        shown = [
            [who.slug, who.name, who.kind, who.area, lists.signed_label(each), str(each.standing)]
            for each in entries[start : start + ROWS]
            for who in [each.signatory]
        ]
        yield f"{addresses.REGISTER_SEARCH}lines/{part // FOLDER}/{part}.json", _json(shown)


def _filters(entries: Sequence[Registered], choices: dict[str, list[str]]) -> Iterator[tuple[str, bytes]]:
    """Which value each signatory has of each filter: two figures of base 36, or “--” for none that can be
    chosen."""
    places = {name: {value: place for place, value in enumerate(values)} for name, values in choices.items()}
    for part, start in enumerate(range(0, len(entries), PART)):
        columns = {
            name: "".join(_two(known.get(filter_value(name, each))) for each in entries[start : start + PART])
            for name, known in places.items()
        }
        yield f"{addresses.REGISTER_SEARCH}filters/{part}.json", _json(columns)


def _two(place: int | None) -> str:
    return "--" if place is None else _base36(place).zfill(2)


def filter_value(name: str, entry: Registered) -> str:
    """Return what a signatory has of the filter `name`."""
    match name:
        case "kind":
            return entry.signatory.kind
        case "area":
            return entry.signatory.area
        case "version":
            return entry.signature.version
        case _:
            return str(entry.standing)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
