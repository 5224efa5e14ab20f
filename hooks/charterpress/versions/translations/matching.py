"""The units of a charter × the entries of a translation → which entry is of which unit.

An entry is found by its unit's id, by what a principle was called before, by equal words, and, in a list, by
the likeness that also decides which items of it a release reworded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from charterpress.model import Charter, TranslationEntry, Unit
from charterpress.versions.number import match_items

ALIKE_ELSEWHERE = 0.75
"""How alike the words of an entry and of a unit of another place are, word by word, if the unit came from
there."""
MAX_ELSEWHERE = 40_000
"""Pairs of them that are compared: of more, only equal words are found."""
_T = TypeVar("_T")
_PLACE = re.compile(r"(.+)\.(\d+)(?:\.(\w+))?")
_TARGET = re.compile(r"(\]\(<?|\]:[ \t]*<?)([^\s()<>#?:]+)(?=[)#>?\s]|$)")
"""Where a link leads that has no scheme, and what stands before it."""


def match_entries(
    charter: Charter, units: Mapping[str, Unit], entries: Sequence[TranslationEntry]
) -> dict[str, int]:
    """Return the place in `entries` of the one that each of `units`, which are those of `charter`, was
    translated in, by the unit's id. Units without one are left out; no entry is of two."""
    return _Matching(charter, units, entries).result


class _Matching:
    """What was matched so far. Each step goes through what the steps before it left over."""

    def __init__(
        self, charter: Charter, units: Mapping[str, Unit], entries: Sequence[TranslationEntry]
    ) -> None:
        self.units, self.entries = units, entries
        self.names = former_names(charter)
        self.ids = [_renamed_id(each.unit, self.names) for each in entries]
        self.result: dict[str, int] = {}
        self.free = set(range(len(entries)))
        living = [at for at in self.free if not entries[at].obsolete]
        self._by_id(living)
        self._by_place(living)
        self._by_words()
        gone = [at for at in sorted(self.free) if entries[at].obsolete and entries[at].text]
        self._by_id(gone)
        self._by_place(gone)
        self._elsewhere()

    def _take(self, id: str, at: int) -> None:
        self.result[id] = at
        self.free.discard(at)

    def _missing(self) -> list[str]:
        return [id for id in self.units if id not in self.result]

    def _by_id(self, places: Iterable[int]) -> None:
        """Titles, summaries and headings, which are no items of a list."""
        for at in places:
            id = self.ids[at]
            if at in self.free and id in self.units and id not in self.result and not _PLACE.fullmatch(id):
                self._take(id, at)

    def _by_place(self, places: Iterable[int]) -> None:
        """The items and blocks of each list and text: the same words first, then the most alike."""
        old = _lists((self.ids[at], at) for at in places if at in self.free)
        new = _lists((id, id) for id in self._missing())
        for name in old.keys() & new.keys():
            rows = [
                [_words(self.entries[at].source for at in row.values()) for row in old[name]],
                [_words(self.units[id].words for id in row.values()) for row in new[name]],
            ]
            for i, j in match_items(*rows):
                for field, id in new[name][j].items():
                    if field in old[name][i]:
                        self._take(id, old[name][i][field])

    def _by_words(self) -> None:
        """What was moved to another place word for word, or comes back; the living ones before those that
        went, and of those the ones that were there before."""
        found: dict[str, list[int]] = defaultdict(list)
        for at in sorted(self.free, key=lambda at: (self.entries[at].obsolete, at)):
            if self.entries[at].text:
                found[same_links(self.entries[at].source, self.names)].append(at)
        for id in self._missing():
            same = found.get(same_links(self.units[id].words, self.names), [])
            if same:
                own = [at for at in same if self.ids[at] == id]
                at = (own or same)[0]
                same.remove(at)
                self._take(id, at)

    def _elsewhere(self) -> None:
        """What was moved to another place and reworded there."""
        missing = self._missing()
        places = [at for at in sorted(self.free) if self.entries[at].text and not self.entries[at].obsolete]
        if not missing or len(missing) * len(places) > MAX_ELSEWHERE:
            return
        ranked = sorted(
            (-ratio, row, at)
            for row, id in enumerate(missing)
            for at, ratio in _alike(self.units[id].words, places, self.entries)
        )
        for _, row, at in ranked:
            if missing[row] not in self.result and at in self.free:
                self._take(missing[row], at)


def _alike(
    words: str, places: Iterable[int], entries: Sequence[TranslationEntry]
) -> Iterator[tuple[int, float]]:
    matcher = SequenceMatcher(None, b=words.casefold().split(), autojunk=False)
    for at in places:
        matcher.set_seq1(entries[at].source.casefold().split())
        if matcher.real_quick_ratio() < ALIKE_ELSEWHERE:  # by their lengths alone
            continue
        if matcher.quick_ratio() >= ALIKE_ELSEWHERE:
            ratio = matcher.ratio()
            if ratio >= ALIKE_ELSEWHERE:
                yield at, ratio


def _lists(ids: Iterable[tuple[str, _T]]) -> dict[str, list[dict[str, _T]]]:
    """The items of each list by its name, in their order, each with what it is by the name of its field: “”
    for an item of one field, “measure” for one of a behaviour's."""
    found: dict[str, dict[int, dict[str, _T]]] = defaultdict(dict)
    for id, value in ids:
        if match := _PLACE.fullmatch(id):
            found[match[1]].setdefault(int(match[2]), {}).setdefault(match[3] or "", value)
    return {name: [rows[place] for place in sorted(rows)] for name, rows in found.items()}


def _words(parts: Iterable[str]) -> str:
    return "\n\n".join(parts)


def former_names(charter: Charter) -> dict[str, str]:
    """Return the ids that principles had before, each with the one that it has now."""
    living = {theme.id for theme in charter.themes} | {each.id for _, each in charter.principles()}
    return {
        former: principle.id
        for _, principle in charter.principles()
        for former in principle.formerly
        if former not in living
    }


def _renamed_id(id: str, names: Mapping[str, str]) -> str:
    owner, dot, rest = id.partition(".")
    return f"{names.get(owner, owner)}{dot}{rest}"


def _named(target: str, names: Mapping[str, str]) -> str:
    """Return what a link leads to by its name alone, which is the same in every folder, as it is called
    now."""
    name = target.rpartition("/")[2]
    stem = name.removesuffix(".md")
    if name in (stem, "index.md"):
        return target
    return f"{names.get(stem, stem)}.md"


def same_links(words: str, names: Mapping[str, str]) -> str:
    """Return Markdown whose links to principles are written the same wherever it stands and whatever they
    were called: `names` are those that they had before, each with today's."""
    if "](" not in words and "]:" not in words:
        return words
    return _TARGET.sub(lambda found: found[1] + _named(found[2], names), words)


def follow_links(text: str, before: str, after: str) -> str:
    """Return `text`, a translation of `before`, with its links as `after` writes them, which has the same
    words and the same links otherwise written."""
    olds, news = ([found[2] for found in _TARGET.finditer(words)] for words in (before, after))
    moved = dict(zip(olds, news, strict=False))
    return _TARGET.sub(lambda found: found[1] + moved.get(found[2], found[2]), text)
