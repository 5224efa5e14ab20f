"""Two stretches of words → the words that stayed, went and came."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias

from charterpress.text.words import WITHIN_WORD, WORD, compiled, split_letters

Op: TypeAlias = Literal["same", "delete", "insert"]

SMALL = 90_000
"""How many pairs of tokens are compared one by one; a longer stretch is first cut at what it shares."""
SHINGLES = (16, 4, 1)
"""It is cut at runs of this many tokens that occur exactly once in both texts."""
_STOP_WORDS = """
a an and are as at be by for from has have in is it its of on or our that the their them they this to us we
which who with you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words too weak to separate two changes."""
ISLAND = 3
"""The most words that stop words may be to be taken into the changes around them."""

_WORD = rf"((?:[£$€¥](?=\d))?{WORD}(?:(?:{WITHIN_WORD}|(?<=\d)[.,:/–](?=\d)){WORD})*(?:(?<=\d)%)?|\S)?(\s*)"
"""A figure with its signs ("£1,000.50", "10%", "2026-12-01"), a hyphened word, or a mark; then space."""


class Token(NamedTuple):
    """A word or mark, the white space after it, and what it is marked up as (in the page's own terms). The
    space is not compared."""

    text: str
    space: str = ""
    marks: tuple[str, ...] = ()
    space_marks: tuple[str, ...] = ()


class Segment(NamedTuple):
    """A stretch of one markup that is in both texts, only in the old one, or only in the new one."""

    op: Op
    text: str
    marks: tuple[str, ...] = ()


class _Hunk(NamedTuple):
    """Tokens that both texts have (`same`), or old ones and those that replace them."""

    same: bool
    old: list[Token]
    new: list[Token]


def tokens(text: str, marks: tuple[str, ...] = ()) -> list[Token]:
    """Return the words and marks of `text`; joined with their spaces they are `text`. White space at its
    start comes as a token without text."""
    result = []
    for match in compiled(_WORD).finditer(text):
        if match[0]:
            *before, last = split_letters(match[1] or "")
            result += [Token(each, "", marks, marks) for each in before]
            result.append(Token(last, match[2], marks, marks))
    return result


def word_segments(before: str, after: str) -> list[Segment]:
    """Return what stayed, went and came from `before` to `after`, in the order in which it is read.

    All that stayed or went is `before` to the letter, all that stayed or came is `after`. Figures and
    hyphenated words are never cut, nor are words of scripts without spaces (`split_letters`); a few small
    words between two changes are taken into them.
    """
    return token_segments(tokens(before), tokens(after))


def token_segments(old: Sequence[Token], new: Sequence[Token]) -> list[Segment]:
    """Return the same for tokens with markup; in each change deletions come before insertions."""
    ordered: list[Segment] = []
    segments = (segment for hunk in _hunks(old, new) for segment in _segments(hunk) if segment.text)
    for _, run in groupby(segments, key=lambda segment: segment.op == "same"):
        ordered += sorted(run, key=lambda segment: segment.op == "insert")
    joined = groupby(ordered, key=lambda segment: (segment.op, segment.marks))
    return [Segment(op, "".join(each.text for each in run), marks) for (op, marks), run in joined]


def _segments(hunk: _Hunk) -> Iterator[Segment]:
    if hunk.same:
        for was, now in zip(hunk.old, hunk.new, strict=True):
            yield Segment("same", now.text, now.marks)
            if was.space == now.space:
                yield Segment("same", now.space, now.space_marks)
            else:
                yield Segment("delete", was.space, was.space_marks)
                yield Segment("insert", now.space, now.space_marks)
        return
    common = bool(hunk.old and hunk.new) and hunk.old[-1].space == hunk.new[-1].space
    sides: tuple[tuple[Op, list[Token]], ...] = (("delete", hunk.old), ("insert", hunk.new))
    for op, side in sides:
        for place, token in enumerate(side, start=1):
            yield Segment(op, token.text, token.marks)
            if place < len(side) or not common:
                yield Segment(op, token.space, token.space_marks)
    if common:
        yield Segment("same", hunk.new[-1].space)


def _hunks(old: Sequence[Token], new: Sequence[Token]) -> list[_Hunk]:
    """Return the stretches of both texts in turn, changed ones as far apart as a reader wants them."""
    hunks: list[_Hunk] = []
    at = to = 0
    stayed = matches(*([(token.text, token.marks) for token in side] for side in (old, new)))
    for i, j in (*stayed, (len(old), len(new))):
        if i > at or j > to:
            hunks.append(_Hunk(same=False, old=list(old[at:i]), new=list(new[to:j])))
        if i < len(old):
            if not hunks or not hunks[-1].same:
                hunks.append(_Hunk(same=True, old=[], new=[]))
            hunks[-1].old.append(old[i])
            hunks[-1].new.append(new[j])
        at, to = i + 1, j + 1
    return _without_islands(hunks)


def _without_islands(hunks: Iterable[_Hunk]) -> list[_Hunk]:
    """Return `hunks` with every weak stretch between two changes made a part of them: one replacement reads
    better than three with "of the" in between."""
    kept: list[_Hunk] = []
    for hunk in hunks:
        kept.append(hunk)
        while len(kept) >= 3 and not kept[-1].same and _is_weak(*kept[-3:]):
            left, island, right = kept[-3:]
            old, new = left.old + island.old + right.old, left.new + island.new + right.new
            kept[-3:] = [_Hunk(same=False, old=old, new=new)]
    return kept


def _is_weak(left: _Hunk, island: _Hunk, right: _Hunk) -> bool:
    if not (left.old or right.old) or not (left.new or right.new):
        return False
    lines = (*left.old[-1:], *left.new[-1:], *island.old, *island.new)
    if any("\n" in token.space or "\u2028" in token.space for token in lines):
        return False
    words = [token.text.casefold() for token in island.old if token.text[:1].isalnum()]
    if len(words) <= ISLAND and STOP_WORDS.issuperset(words):
        return True
    return len(words) < ISLAND and _length(island.old) <= min(
        max(_length(side.old), _length(side.new)) for side in (left, right)
    )


def _length(run: Sequence[Token]) -> int:
    return sum(len(token.text) + len(token.space) for token in run)


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of what both have in one order: rising pairs of places in `old` and in `new`.

    Short stretches are compared by the standard library; long ones are first cut at what is unique in both
    (“patience”, Bram Cohen), so that the time grows with the length of the texts.
    """
    names: dict[Hashable, int] = {}
    first = [names.setdefault(each, len(names)) for each in old]
    second = [names.setdefault(each, len(names)) for each in new]
    pairs: list[tuple[int, int]] = []
    waiting = [(0, len(first), 0, len(second))]
    while waiting:
        low, high, start, stop = waiting.pop()
        while low < high and start < stop and first[low] == second[start]:
            pairs.append((low, start))
            low, start = low + 1, start + 1
        while low < high and start < stop and first[high - 1] == second[stop - 1]:
            high, stop = high - 1, stop - 1
            pairs.append((high, stop))
        if low == high or start == stop:
            continue
        anchors = _anchors(first[low:high], second[start:stop])
        if anchors:
            for i, j in [(low + i, start + j) for i, j in anchors]:
                waiting.append((low, i, start, j))
                pairs.append((i, j))
                low, start = i + 1, j + 1
            waiting.append((low, high, start, stop))
            continue
        small = (high - low) * (stop - start) <= SMALL
        matcher = SequenceMatcher(None, first[low:high], second[start:stop], autojunk=not small)
        for i, j, size in matcher.get_matching_blocks():
            pairs += [(low + i + step, start + j + step) for step in range(size)]
    return sorted(pairs)


def _anchors(old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """Return pairs of places to cut two long stretches at, [] for short ones and where nothing is unique."""
    if len(old) * len(new) <= SMALL:
        return []
    for size in SHINGLES:
        once, again = _unique(old, size), _unique(new, size)
        shared = sorted((place, again[run]) for run, place in once.items() if run in again)
        if shared:
            return [shared[index] for index in longest_increasing([place for _, place in shared])]
    return []


def _unique(run: Sequence[int], size: int) -> dict[tuple[int, ...], int]:
    grams = list(zip(*(run[shift:] for shift in range(size)), strict=False))
    counts = Counter(grams)
    return {gram: place for place, gram in enumerate(grams) if counts[gram] == 1}


def longest_increasing(values: Sequence[int]) -> list[int]:
    """Return the indexes of a longest increasing subsequence of `values`, which are all different."""
    ends: list[int] = []
    indexes: list[int] = []
    previous: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(ends, value)
        ends[length : length + 1] = [value]
        indexes[length : length + 1] = [index]
        previous.append(indexes[length - 1] if length else -1)
    result: list[int] = []
    index = indexes[-1] if indexes else -1
    while index >= 0:
        result.append(index)
        index = previous[index]
    return result[::-1]
