"""The register → the small files that its search asks for where the list is too long for one page.

A reader's computer fetches what it needs: for each word the file of its first letters, which says who has
which word that begins so; of the filters, as many parts as there are results to look through; and the lines
to show. Nothing is sent to anybody. A signatory is known by its place in the list, which is by name. The page
hands outputs/html/scripts/register.js where the files are, and how words are split.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from string import ascii_lowercase, digits

from charterpress.model import Registered, SeenLink
from charterpress.text.folding import fold
from charterpress.text.words import MARKS, compiled
from charterpress.views import addresses
from charterpress.views.reports import ReportsView, report_label
from charterpress.views.signatories import batches, signed_label

LETTERS = 3
"""How many letters of a word name its file."""
ROWS, PART = 25, 5000
"""How many signatories are in a file of lines, and in a file of what one filter goes by."""
FOLDER = 100
"""How many files of lines are in a folder."""
FIGURES = digits + ascii_lowercase
IGNORED = ("a", "and", "for", "in", "of", "the")
"""Words that are in too many names to find anybody by."""
APART = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Letters of scripts that put no space between words: each is taken for a word."""
FILTER_VALUES: Mapping[str, Callable[[Registered], str]] = {
    "kind": lambda entry: entry.signatory.kind,
    "area": lambda entry: entry.signatory.area,
    "version": lambda entry: entry.signature.version,
    "standing": lambda entry: str(entry.standing),
}
"""What a signatory has of each filter; `filter_values` adds how far its report is due."""

_WORD = f"[{APART}]|(?:(?![{APART}])(?:[^\\W_]|[{MARKS}]))+"


def filter_values(reports: ReportsView | None) -> Mapping[str, Callable[[Registered], str]]:
    """Return the filters of a register with these `reports`."""
    if reports is None:
        return FILTER_VALUES
    return {**FILTER_VALUES, "report": lambda entry: str(reports.standing(entry))}


def search_words(text: str) -> list[str]:
    """Return the words of `text` as they are searched for: folded."""
    return compiled(_WORD).findall(fold(text))


def entry_words(entry: Registered) -> list[str]:
    """Return the words by which a signatory is found, each once: of its name, in either script, and of its
    area."""
    who = entry.signatory
    words = dict.fromkeys(search_words(f"{who.name} {who.name_latin} {who.area}"))
    return [word for word in words if word not in IGNORED]


def word_file(start: str) -> str:
    """Return the name of the file for words with these first letters: those beyond a to z and 0 to 9 are
    written as numbers."""
    return "".join(each if each in FIGURES else f"_{ord(each):x}" for each in start[:LETTERS])


def search_files(
    entries: Sequence[Registered],
    choices: dict[str, list[str]],
    seen: Mapping[str, SeenLink] | None = None,
    reports: ReportsView | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of every file for `entries`, whose signatures stand, by name. `choices` are
    the values of each filter, in their order, and `seen` the links that were seen, by slug."""
    filters = _filters(entries, choices, filter_values(reports))
    for path, value in chain(_words(entries), _lines(entries, seen, reports), filters):
        content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        yield f"{addresses.REGISTER_SEARCH}{path}.json", content.encode()


def _words(entries: Sequence[Registered]) -> Iterator[tuple[str, object]]:
    """Who has each word: the distance from each place to the next, in base 36."""
    files: dict[str, dict[str, list[int]]] = {}
    for place, entry in enumerate(entries):
        for word in entry_words(entry):
            files.setdefault(word[:LETTERS], {}).setdefault(word, []).append(place)
    for start, places in files.items():
        yield f"words/{word_file(start)}", {word: _distances(places[word]) for word in sorted(places)}


def _distances(places: list[int]) -> str:
    return " ".join(_base36(place - before) for before, place in pairwise([0, *places]))


def _base36(number: int) -> str:
    rest, figure = divmod(number, len(FIGURES))
    return (_base36(rest) if rest else "") + FIGURES[figure]


def _lines(
    entries: Sequence[Registered], seen: Mapping[str, SeenLink] | None, reports: ReportsView | None
) -> Iterator[tuple[str, object]]:
    """What a line of results shows."""
    for part, some in enumerate(batches(entries, ROWS)):
        shown = [
            [
                *(who.slug, who.name, who.kind, who.area, signed_label(each, seen), str(each.standing)),
                *([report_label(reports.label(each))] if reports else []),
            ]
            for each in some
            for who in [each.signatory]
        ]
        yield f"lines/{part // FOLDER}/{part}", shown


def _filters(
    entries: Sequence[Registered],
    choices: dict[str, list[str]],
    values: Mapping[str, Callable[[Registered], str]],
) -> Iterator[tuple[str, object]]:
    """Which value each signatory has of each filter: two figures of base 36, or “--” for none that can be
    chosen."""
    figures = {
        name: {value: _base36(place).zfill(2) for place, value in enumerate(values)}
        for name, values in choices.items()
    }
    for part, some in enumerate(batches(entries, PART)):
        for name, known in figures.items():
            yield f"filters/{name}/{part}", "".join(known.get(values[name](each), "--") for each in some)
