"""Two rows of blocks → which block became which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from charterpress.versions.diff.word_diff import STOP_WORDS, matches, rising, tokens

NEAR = 0.3
"""How much alike two blocks are, from 0 to 1, to be one reworded between the same others."""
ALONE = 0.15
"""The same if neither text has another block there."""
FAR = 0.6
"""The same where one was moved past others."""
SPLIT = 0.7
"""How much of a block comes from the end of another that was cut in two."""
WINDOW = 40
"""How many places on either side are looked at for the block that another became."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One block to pair. Only blocks of one shape are paired; equal keys are the same block unchanged."""

    key: Hashable
    text: str
    shape: str = ""

    @property
    def words(self) -> Counter[str]:
        """The words that its likeness to others is measured by."""
        return _words(self.text)


@lru_cache(maxsize=4096)  # most blocks are the same in both texts, and nobody asks for their words
def _words(text: str) -> Counter[str]:
    words = Counter(token.text.casefold() for token in tokens(text) if token.text[:1].isalnum())
    return Counter({w: n for w, n in words.items() if w not in STOP_WORDS}) or words


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one block, by its place in the old and in the new row. One that was cut in two has two
    places in the new row, two that became one have two in the old. One that was moved comes twice: where it
    was (`place` is "old") and where it is ("new")."""

    op: Literal["same", "changed", "inserted", "deleted", "moved"]
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    place: Literal["", "old", "new"] = ""


class _Pair(NamedTuple):
    old: int
    new: int


def pair(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[Step, ...]:
    """Return every block of both rows in the order in which a redline shows them.

    Equal blocks are paired first, then those between the same others that are alike, then those elsewhere
    that are much alike; of what is paired, the fewest blocks count as moved.
    """
    keys = [(each.shape, each.key) for each in old], [(each.shape, each.key) for each in new]
    paired = dict(matches(*keys))
    _pair_equal(paired, *keys)
    anchors = set(paired.items())
    for found in (_near(paired, old, new), _far(paired, old, new)):
        _take_best(paired, found)
    rows = sorted(paired.items())
    still = {rows[index] for index in rising([j for _, j in rows])}
    return tuple(_steps(old, new, [_Pair(*each) for each in rows], still, anchors))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return from 0 to 1 how many of the words of both are in both (Sørensen and Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _pair_equal(paired: dict[int, int], old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
    """Pair equal blocks that are in another order."""
    taken = set(paired.values())
    places: dict[Hashable, list[int]] = {}
    for j in reversed(range(len(new))):
        if j not in taken:
            places.setdefault(new[j], []).append(j)
    for i, key in enumerate(old):
        if i not in paired and places.get(key):
            paired[i] = places[key].pop()


def _near(paired: dict[int, int], old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[tuple[float, _Pair]]:
    """Yield pairs of blocks between the same others, with their likeness."""
    rows = sorted(paired.items())
    kept = [rows[index] for index in rising([j for _, j in rows])]
    taken = set(paired.values())
    at = to = 0
    for i, j in (*kept, (len(old), len(new))):
        left = [place for place in range(at, i) if place not in paired]
        right = [place for place in range(to, j) if place not in taken]
        least = ALONE if len(left) == len(right) == 1 else NEAR
        yield from _alike(left, right, old, new, least)
        at, to = i + 1, j + 1


def _far(paired: dict[int, int], old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[tuple[float, _Pair]]:
    """Yield pairs of blocks at any distance, with their likeness."""
    taken = set(paired.values())
    left = [place for place in range(len(old)) if place not in paired]
    right = [place for place in range(len(new)) if place not in taken]
    yield from _alike(left, right, old, new, FAR)


def _alike(
    left: Sequence[int], right: Sequence[int], old: Sequence[Unit], new: Sequence[Unit], least: float
) -> Iterator[tuple[float, _Pair]]:
    for row, i in enumerate(left):
        middle = row * len(right) // len(left)
        for j in right[max(0, middle - WINDOW) : middle + WINDOW]:
            if old[i].shape == new[j].shape:
                score = likeness(old[i].words, new[j].words)
                if score >= least:
                    yield score, _Pair(i, j)


def _take_best(paired: dict[int, int], found: Iterator[tuple[float, _Pair]]) -> None:
    """Pair the most alike first, and of equals the nearest."""
    taken = set(paired.values())
    best = sorted(found, key=lambda each: (-each[0], abs(each[1].old - each[1].new), each[1]))
    for _, (i, j) in best:
        if i not in paired and j not in taken:
            paired[i] = j
            taken.add(j)


def _steps(
    old: Sequence[Unit],
    new: Sequence[Unit],
    rows: Sequence[_Pair],
    still: set[tuple[int, int]],
    equal: set[tuple[int, int]],
) -> Iterator[Step]:
    """Yield what became of every block: what went before what came, at the place between the same others."""
    there, here = dict(rows), {j: i for i, j in rows}
    lost = {place for place in range(len(old)) if place not in there}
    came = {place for place in range(len(new)) if place not in here}
    at = to = 0
    for i, j in (*(each for each in rows if each in still), (len(old), len(new))):
        both = i < len(old)
        olds: tuple[int, ...] = (i,)
        news: tuple[int, ...] = (j,)
        if both and (i, j) not in equal:
            olds = _with_cut(i, lost, old, new[j])
            news = _with_cut(j, came, new, old[i]) if len(olds) == 1 else news
        for place in range(at, min(olds)):
            moved = Step("moved", (place,), (there[place],), "old") if place in there else None
            yield moved or Step("deleted", (place,))
        for place in range(to, min(news)):
            moved = Step("moved", (here[place],), (place,), "new") if place in here else None
            yield moved or Step("inserted", new=(place,))
        if both:
            yield Step("same" if (i, j) in equal else "changed", olds, news)
        at, to = max(olds) + 1, max(news) + 1


def _with_cut(place: int, free: set[int], row: Sequence[Unit], whole: Unit) -> tuple[int, ...]:
    """Return `place` in `row`, together with the block beside it that was one with it in `whole`; that one is
    no longer free."""
    for beside in (place - 1, place + 1):
        if beside in free and _is_cut_from(row[beside], whole, row[place]):
            free.remove(beside)
            return tuple(sorted((place, beside)))
    return (place,)


def _is_cut_from(part: Unit, whole: Unit, rest: Unit) -> bool:
    """Whether most of `part` is in `whole` and not in `rest`. Only paragraphs are cut, not items."""
    if part.shape != "p" or whole.shape != "p" or not part.words:
        return False
    return (part.words & (whole.words - rest.words)).total() >= SPLIT * part.words.total()
