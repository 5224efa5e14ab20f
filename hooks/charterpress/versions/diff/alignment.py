"""Two sequences of blocks → which block became which."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from charterpress.versions.diff.blocks import TextBlock
from charterpress.versions.diff.word_diff import longest_increasing, matches

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

_Gap: TypeAlias = tuple[list[int], list[int]]
"""Unmatched places in the old and in the new sequence that may be matched."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one block, by its place in the old and in the new sequence. One that was cut in two has
    two places in the new one, two that became one have two in the old one. One that was moved comes twice:
    where it was (`place` is "old") and where it is ("new")."""

    op: Literal["same", "changed", "inserted", "deleted", "moved"]
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    place: Literal["", "old", "new"] = ""


def align(old: Sequence[TextBlock], new: Sequence[TextBlock]) -> Iterator[Step]:
    """Yield every block of both sequences in the order in which a redline shows them.

    Equal blocks are matched first, then those between the same others that are alike, then those elsewhere
    that are much alike; of what is matched, the fewest blocks count as moved.
    """
    old_keys, new_keys = ([(each.shape, each.tag or "p", each.runs) for each in side] for side in (old, new))
    matched = dict(matches(old_keys, new_keys))
    _match_equal(matched, old_keys, new_keys)
    equal = set(matched.items())
    _match_similar(matched, _gaps(matched, _in_order(matched), old, new), old, new)
    _match_similar(matched, _gaps(matched, [], old, new), old, new, FAR)
    return _steps(old, new, matched, equal)


def _match_equal(matched: dict[int, int], old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
    """Match equal blocks that are in another order."""
    taken = set(matched.values())
    places: dict[Hashable, deque[int]] = defaultdict(deque)
    for j, key in enumerate(new):
        if j not in taken:
            places[key].append(j)
    for i, key in enumerate(old):
        if i not in matched and places[key]:
            matched[i] = places[key].popleft()


def _in_order(matched: dict[int, int]) -> list[tuple[int, int]]:
    """Return the most matches that are in one order in both sequences."""
    rows = sorted(matched.items())
    return [rows[index] for index in longest_increasing([j for _, j in rows])]


def _gaps(
    matched: dict[int, int], fixed: list[tuple[int, int]], old: Sequence[object], new: Sequence[object]
) -> Iterator[_Gap]:
    """Yield the unmatched places between each two of the `fixed` matches."""
    taken = set(matched.values())
    at = to = 0
    for i, j in (*fixed, (len(old), len(new))):
        left = [place for place in range(at, i) if place not in matched]
        yield left, [place for place in range(to, j) if place not in taken]
        at, to = i + 1, j + 1


def _match_similar(
    matched: dict[int, int],
    gaps: Iterable[_Gap],
    old: Sequence[TextBlock],
    new: Sequence[TextBlock],
    least: float | None = None,
) -> None:
    """Match blocks within each gap that are alike by `least`, or by what holds for neighbours: the most alike
    first, and of equals the nearest."""
    candidates: list[tuple[float, int, int, int]] = []
    for left, right in gaps:
        threshold = least or (ALONE if len(left) == len(right) == 1 else NEAR)
        for row, i in enumerate(left):
            middle = row * len(right) // len(left)
            for j in right[max(0, middle - WINDOW) : middle + WINDOW]:
                if old[i].shape == new[j].shape:
                    score = likeness(old[i].words, new[j].words)
                    if score >= threshold:
                        candidates.append((-score, abs(i - j), i, j))
    taken = set(matched.values())
    for _, _, i, j in sorted(candidates):
        if i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return from 0 to 1 how many of the words of both are in both (Sørensen and Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _steps(
    old: Sequence[TextBlock],
    new: Sequence[TextBlock],
    matched: dict[int, int],
    equal: set[tuple[int, int]],
) -> Iterator[Step]:
    """Yield what became of every block, deletions before insertions, between those that kept their order."""
    sources = {j: i for i, j in matched.items()}
    deleted = {place for place in range(len(old)) if place not in matched}
    inserted = {place for place in range(len(new)) if place not in sources}
    at = to = 0
    for i, j in (*_in_order(matched), (len(old), len(new))):
        at_end = i == len(old)
        olds: tuple[int, ...] = (i,)
        news: tuple[int, ...] = (j,)
        if not at_end and (i, j) not in equal:
            olds = _with_cut(i, deleted, old, new[j])
            news = _with_cut(j, inserted, new, old[i]) if len(olds) == 1 else news
        for place in range(at, min(olds)):
            if place in matched:
                yield Step("moved", (place,), (matched[place],), "old")
            else:
                yield Step("deleted", (place,))
        for place in range(to, min(news)):
            if place in sources:
                yield Step("moved", (sources[place],), (place,), "new")
            else:
                yield Step("inserted", new=(place,))
        if not at_end:
            yield Step("same" if (i, j) in equal else "changed", olds, news)
        at, to = max(olds) + 1, max(news) + 1


def _with_cut(
    place: int, unmatched: set[int], blocks: Sequence[TextBlock], whole: TextBlock
) -> tuple[int, ...]:
    """Return `place` in `blocks`, together with the block beside it that was one with it in `whole`, which
    then no longer counts as unmatched."""
    for beside in (place - 1, place + 1):
        if beside in unmatched and _is_cut_from(blocks[beside], whole, blocks[place]):
            unmatched.remove(beside)
            return tuple(sorted((place, beside)))
    return (place,)


def _is_cut_from(part: TextBlock, whole: TextBlock, rest: TextBlock) -> bool:
    """Whether most of `part` is in `whole` and not in `rest`. Only paragraphs are cut, not items."""
    if part.shape != "p" or whole.shape != "p" or not part.words:
        return False
    return (part.words & (whole.words - rest.words)).total() >= SPLIT * part.words.total()
