"""Two wordings of one piece of text → what kind of change lies between them, and the words that show it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeAlias

from charterpress.model import Kind
from charterpress.text import markup

DUTY = {
    "must": 4, "shall": 4, "will": 4, "always": 4, "never": 4, "every": 4, "all": 4, "each": 4, "only": 4,
    "no": 4, "everyone": 4, "everybody": 4,
    "should": 3, "ought": 3, "most": 3, "usually": 3, "normally": 3,
    "may": 2, "might": 2, "can": 2, "could": 2, "some": 2, "often": 2, "sometimes": 2,
    "try": 1, "aim": 1, "seek": 1, "hope": 1, "strive": 1, "endeavour": 1, "consider": 1,
}  # fmt: skip
"""Words that say how far a promise binds, from the least (1) to the most (4)."""
_NUMBERS = """
one once two twice three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty
seventy eighty ninety hundred thousand half quarter day days daily week weeks weekly month months monthly year
years yearly annual annually hour hours minute minutes working
"""
NUMBER_WORDS = frozenset(_NUMBERS.split())
"""Words that, beside figures, make an amount or a deadline."""
ALIKE = 0.5
"""How alike two items of a list, or two paragraphs, are, from 0 to 1, if one is the other reworded."""
MOST_PLACES, MOST_WORDS = 4, 8
"""How many places that changed are quoted, and how many words of each."""
SIGNS = "%&@#§‰"
"""Marks of punctuation that are read as words, as all signs for money and sums are."""
_MINUS = re.compile(r"(?<!\w)[-−](?=\d)")
_PRINCIPLE = re.compile(r"^(?!\w+:|/)(?:[^?#]*/)?((?!index\.md)[^/?#]+\.md(?:#.*)?)$", re.DOTALL)
_PARAGRAPH = re.compile(r"[^\W\d_].*")
"""What is one paragraph for certain: a line that begins with a letter."""
_WORD = re.compile(r"\w+(?:[-’'./]\w+)*")


@lru_cache(maxsize=4096)  # each item of a list is held against all the others
def words(text: str) -> str:
    """Return what a reader sees of Markdown, in NFC, with its white space made single."""
    return " ".join(unicodedata.normalize("NFC", markup.plain(text)).split())


def same(before: str, after: str) -> bool:
    """Whether two pieces of Markdown show a reader the same words and lead to the same places."""
    return before == after or read(before) == read(after)


def read(text: str) -> tuple[str, ...]:
    """Return what a reader sees of Markdown, and then the places that its links lead to."""
    return words(text), *_targets(text)


def same_layout(before: str, after: str) -> bool:
    """Whether two pieces of Markdown that say the same have the same emphasis, paragraphs and lists."""
    if before == after:
        return True
    shown = (markup.html(text, link=_destination) for text in (before, after))
    old, new = (unicodedata.normalize("NFC", html).split() for html in shown)
    return old == new


def _targets(text: str) -> tuple[str, ...]:
    """Return where the links in some Markdown lead."""
    if "](" not in text and "<" not in text:
        return ()
    waiting, found = list(markup.parse(text)), []
    while waiting:
        block = waiting.pop()
        found += [_destination(link.target) for link in block.links]
        waiting += block.children
    return tuple(found)


def _destination(target: str) -> str:
    """Return what a link leads to. A principle stays the same in whatever folder its file lies: a link that
    follows it to another theme leads nowhere else."""
    return _PRINCIPLE.sub(r"\1", target)


def _signs(text: str) -> list[str]:
    """Return what is no letter and yet is read as a word: £, %, &, a minus."""
    shown = words(text)
    found = [each for each in shown if each in SIGNS or unicodedata.category(each)[0] == "S"]
    return found + _MINUS.findall(shown)


def _tokens(text: str) -> list[str]:
    return _WORD.findall(words(text).casefold())


@lru_cache(maxsize=64)  # it keeps what it found: what is held against the others is soon told apart
def _matched(old: tuple[str, ...], new: tuple[str, ...]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, old, new, autojunk=False)


def _likenesses(old: Sequence[str], places: Sequence[int], after: str) -> Iterator[tuple[int, float]]:
    """Yield those of `places` at which a piece of Markdown of `old` is so much like `after` that it may have
    been reworded, with how alike they are, word by word, from ALIKE to 1 for the same."""
    bound = SequenceMatcher(None, autojunk=False)
    bound.set_seq2(_tokens(after))
    for place in places:
        bound.set_seq1(_tokens(old[place]))
        if bound.real_quick_ratio() >= ALIKE and bound.quick_ratio() >= ALIKE:
            ratio = _matched(tuple(_tokens(old[place])), tuple(_tokens(after))).ratio()
            if ratio >= ALIKE:
                yield place, ratio


def paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return which piece of Markdown of `old` is which of `new`: the same ones first, then the most alike."""
    pairs: list[tuple[int, int]] = []
    left, right = list(range(len(old))), list(range(len(new)))
    for j in list(right):
        i = next((i for i in left if same(old[i], new[j])), None)
        if i is not None:
            pairs.append((i, j))
            left.remove(i)
            right.remove(j)
    ranked = sorted((-ratio, abs(i - j), i, j) for j in right for i, ratio in _likenesses(old, left, new[j]))
    for _, _, i, j in ranked:
        if i in left and j in right:
            pairs.append((i, j))
            left.remove(i)
            right.remove(j)
    return pairs


@lru_cache(maxsize=4096)  # the same words stand in version after version
def kind(before: str, after: str) -> tuple[Kind, str]:
    """Return what happened between two wordings that are not the same, and the words that decided it."""
    if not words(before) or not words(after):
        return (Kind.REMOVED if words(before) else Kind.ADDED), ""
    old, new = _tokens(before), _tokens(after)
    if old == new:
        was, now = _signs(before), _signs(after)
        if was != now:
            return Kind.REWORDED, _quoted([(was, now)])
        return (Kind.PUNCTUATION if _targets(before) == _targets(after) else Kind.LINK), ""
    swaps = _swaps(old, new)
    if not (_PARAGRAPH.fullmatch(before) and _PARAGRAPH.fullmatch(after)):
        swaps = min(swaps, _swaps_of_blocks(before, after), key=_size)
    if not swaps:
        return Kind.REORDERED, ""
    gone, come = ([word for swap in swaps for word in swap[side]] for side in (0, 1))
    because = _quoted(swaps)
    if any(_figure(word) for word in gone) or any(_figure(word) for word in come):
        return Kind.FIGURE, because
    weight_old, weight_new = _weight(gone), _weight(come)
    if weight_old != weight_new:
        return (Kind.STRENGTHENED if weight_new > weight_old else Kind.WEAKENED), because
    return Kind.REWORDED, because


_Swaps: TypeAlias = list[tuple[list[str], list[str]]]
"""The words that went and those that came in their place, for every place where some did."""


def _swaps(old: list[str], new: list[str]) -> _Swaps:
    found = _matched(tuple(old), tuple(new)).get_opcodes()
    return [(old[i:j], new[k:m]) for op, i, j, k, m in found if op != "equal"]


def _swaps_of_blocks(before: str, after: str) -> _Swaps:
    """Return the swaps within each paragraph or list that stands in both texts, wherever that is, and those
    that stand in one of them alone: what is left when nothing is said of their order."""
    old, new = ([block.text for block in markup.parse(text)] for text in (before, after))
    pairs = sorted(paired(old, new), key=lambda pair: pair[1])
    found = [swap for i, j in pairs for swap in _swaps(_tokens(old[i]), _tokens(new[j]))]
    found += [(_tokens(text), []) for i, text in enumerate(old) if i not in {i for i, _ in pairs}]
    return found + [([], _tokens(text)) for j, text in enumerate(new) if j not in {j for _, j in pairs}]


def _size(swaps: _Swaps) -> int:
    return sum(len(was) + len(now) for was, now in swaps)


def _quoted(swaps: _Swaps) -> str:
    """Return the swaps for a person to read: “ten” became “five”; “all” was taken out."""
    said = [_swap(_short(was), _short(now)) for was, now in swaps[:MOST_PLACES]]
    more = len(swaps) - MOST_PLACES
    return "; ".join([*said, f"and {more} more"] if more > 0 else said)


def _swap(was: str, now: str) -> str:
    if was and now:
        return f"“{was}” became “{now}”"
    return f"“{was}” was taken out" if was else f"“{now}” was put in"


def _short(found: list[str]) -> str:
    return " ".join(found[:MOST_WORDS]) + (" …" if len(found) > MOST_WORDS else "")


def _figure(word: str) -> bool:
    return word in NUMBER_WORDS or any(letter.isdigit() for letter in word)


def _weight(found: list[str]) -> int:
    """Return how strictly the duty words among `found` bind; words of no duty count for nothing."""
    duties = [DUTY[word] for word in found if word in DUTY]
    return sum(weight - 2 if weight != 2 else -1 for weight in duties)
