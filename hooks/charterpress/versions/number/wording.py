"""Two wordings of one piece of text → what kind of change lies between them, and the words that show it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from charterpress.model import Kind
from charterpress.text import markdown
from charterpress.text.interface import gettext as _
from charterpress.text.interface import language, ngettext, number
from charterpress.text.lists import join_clauses
from charterpress.text.words import (
    MARKS,
    UNSPACED,
    WITHIN_WORD,
    WORD,
    compiled,
    joined_words,
    pairs_of_letters,
    split_words,
)
from charterpress.versions.number import claims

ALIKE = 0.5
"""How alike two items of a list, or two paragraphs, are, from 0 to 1, if one is the other reworded."""
MAX_WORK = 100_000
"""Pairs of the same word up to which two texts are compared word by word in one go: texts of 3,000 words have
as many."""
MAX_PAIRS = 10_000
"""Pieces of two texts, such as the items of two lists, that are held against one another to find which was
reworded: each against all others up to a hundred of them."""
MAX_PLACES, MAX_WORDS, MAX_LETTERS = 4, 8, 200
"""How many places that changed are quoted, how many words of each, and how many letters of a word."""
SIGNS = "%&@#§‰"
"""Marks of punctuation that are read as words, as all signs for money and sums are."""
_SIGN_CATEGORIES = frozenset({"Sc", "Sk", "Sm", "So", "Cn", "Co"})
_MINUS = re.compile(r"(?<!\w)[-−](?=\d)")
_PRINCIPLE = re.compile(r"^(?!\w+:|/)(?:[^?#]*/)?((?!index\.md)[^/?#]+\.md(?:#.*)?)$", re.DOTALL)
_PARAGRAPH = re.compile(r"[^\W\d_].*")
"""What is one paragraph for certain: a line that begins with a letter."""
_BREAK = rf"(?<=[{UNSPACED}{MARKS}])\u200b+(?=[{UNSPACED}])"
_WORD = rf"{WORD}(?:[-’'./]{WORD})*"
_QUOTED = rf"{WORD}(?:(?:{WITHIN_WORD}|[./]){WORD})*"


class _Word(NamedTuple):
    """A word to quote, and whether it follows the one before without a space or a mark."""

    text: str
    follows: bool


@lru_cache(maxsize=4096)  # each item of a list is held against all the others
def words(text: str) -> str:
    """Return what a reader sees of Markdown, in NFC, with its white space made single."""
    return " ".join(unicodedata.normalize("NFC", markdown.plain_text(text)).split())


def same_content(before: str, after: str) -> bool:
    """Whether two pieces of Markdown show a reader the same words and lead to the same places."""
    return before == after or content(before) == content(after)


@lru_cache(maxsize=4096)
def content(text: str) -> tuple[str, ...]:
    """Return what a reader sees of Markdown, and then the places that its links lead to. Where a line may be
    broken between letters of a script without spaces (U+200B) is not seen."""
    said = words(text)
    return compiled(_BREAK).sub("", said) if "\u200b" in said else said, *_targets(text)


def same_layout(before: str, after: str) -> bool:
    """Whether two pieces of Markdown that say the same have the same emphasis, paragraphs and lists."""
    if before == after:
        return True
    pages = (markdown.to_html(text, link=_destination) for text in (before, after))
    old, new = (unicodedata.normalize("NFC", page).split() for page in pages)
    return old == new


def _targets(text: str) -> tuple[str, ...]:
    """Return where the links in some Markdown lead."""
    return tuple(target for _, target in _links(text))


def _links(text: str) -> list[tuple[str, str]]:
    """Return the words of each link in some Markdown, and where it leads."""
    if "](" not in text and "<" not in text:
        return []
    blocks, links = list(markdown.parse_blocks(text)), []
    while blocks:
        block = blocks.pop()
        links += [(words(link.text), _destination(link.target)) for link in block.links]
        blocks += block.children
    return links


def _destination(target: str) -> str:
    """Return what a link leads to. A principle stays the same in whatever folder its file lies: a link that
    follows it to another theme leads nowhere else."""
    return _PRINCIPLE.sub(r"\1", target)


def _signs(text: str) -> list[_Word]:
    """Return what is no letter and yet is read as a word: £, %, &, a minus, and letters newer than Python."""
    visible = words(text)
    signs = [each for each in visible if each in SIGNS or unicodedata.category(each) in _SIGN_CATEGORIES]
    return [_Word(each, follows=False) for each in signs + _MINUS.findall(visible)]


def _tokens(text: str) -> list[str]:
    return compiled(_WORD).findall(words(text).casefold())


def _quoted_words(text: str) -> list[_Word]:
    """Return the words of some Markdown as its changes are quoted. What class a change has does not depend on
    them: other dictionaries would divide them otherwise."""
    result: list[_Word] = []
    visible = words(text).casefold()
    end = None
    for match in compiled(_QUOTED).finditer(visible):
        follows = end is not None and not visible[end : match.start()].strip("\u200b")
        for part in split_words(match[0]):
            if any(map(str.isalnum, part)):
                result.append(_Word(part, follows))
            follows = True
        end = match.end()
    return result


@lru_cache(maxsize=1024)
def _compared(text: str) -> tuple[str, ...]:
    """Return what the likeness of two texts is measured by."""
    return tuple(part for word in _tokens(text) for part in pairs_of_letters(word))


@lru_cache(maxsize=64)
def _matches(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Match, ...]:
    """Return what two sequences of words have in common. SequenceMatcher would take minutes for a long text
    of few words: such a text is divided first, at the words that occur in it once; where there are none, only
    what both parts begin and end with is taken to be the same."""
    anchors = _anchors(old, new) if _work(old, new) > MAX_WORK else []
    matches: list[Match] = []
    i = j = 0
    for end_i, end_j in (*anchors, (len(old), len(new))):
        between = _matches_between(old[i:end_i], new[j:end_j])
        matches += [Match(i + a, j + b, size) for a, b, size in between if size]
        if end_i < len(old) and end_j < len(new):
            matches.append(Match(end_i, end_j, 1))
        i, j = end_i + 1, end_j + 1
    return tuple(matches)


def _sequence_matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    return SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()[:-1]


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pairs of the same word two texts have."""
    counts = Counter(new)
    return sum(count * counts[word] for word, count in Counter(old).items())


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the words that each text has once, without those in another order."""
    once = {word for word, count in Counter(old).items() if count == 1}
    once &= {word for word, count in Counter(new).items() if count == 1}
    before, after = ([i for i, word in enumerate(text) if word in once] for text in (old, new))
    matches = _sequence_matches([old[i] for i in before], [new[j] for j in after])
    return [(before[a + at], after[b + at]) for a, b, size in matches for at in range(size)]


def _matches_between(old: tuple[str, ...], new: tuple[str, ...]) -> list[Match]:
    """Return what two parts between anchors have in common."""
    if _work(old, new) <= MAX_WORK:
        return _sequence_matches(old, new)
    start = _common_prefix(old, new)
    end = _common_prefix(old[start:][::-1], new[start:][::-1])
    return [Match(0, 0, start), Match(len(old) - end, len(new) - end, end)]


def _common_prefix(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many items are the same from the start on."""
    least = min(len(old), len(new))
    return next((at for at in range(least) if old[at] != new[at]), least)


def _similar(old: Sequence[str], places: Iterable[int], after: str) -> Iterator[tuple[int, float]]:
    """Yield those of `places` at which a piece of Markdown of `old` is so much like `after` that it may have
    been reworded, with how alike they are, word by word, from ALIKE to 1 for the same."""
    new = _compared(after)
    matcher = SequenceMatcher(None, b=new, autojunk=False)
    for place in places:
        before = _compared(old[place])
        matcher.set_seq1(before)
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
            common = sum(match.size for match in _matches(before, new))
            ratio = 2 * common / ((len(before) + len(new)) or 1)
            if ratio >= ALIKE:
                yield place, ratio


def match_items(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return which piece of Markdown of `old` is which of `new`: the same ones first, then the most alike."""
    start = _common_prefix(old, new)
    pairs = [(at, at) for at in range(start)]  # what did not change need not be read
    places: dict[tuple[str, ...], deque[int]] = {}
    for i in range(start, len(old)):
        places.setdefault(content(old[i]), deque()).append(i)
    right = []
    for j in range(start, len(new)):
        if same := places.get(content(new[j])):
            pairs.append((same.popleft(), j))
        else:
            right.append(j)
    left = sorted(i for rest in places.values() for i in rest)
    ranked = sorted(
        (-ratio, abs(i - j), i, j)
        for j in right
        for i, ratio in _similar(old, _nearest(left, j, len(right)), new[j])
    )
    unmatched_old, unmatched_new = set(left), set(right)
    for *_rank, i, j in ranked:
        if i in unmatched_old and j in unmatched_new:
            pairs.append((i, j))
            unmatched_old.remove(i)
            unmatched_new.remove(j)
    return pairs


def _nearest(places: Sequence[int], place: int, count: int) -> Sequence[int]:
    """Return those of `places` that are held against the piece at `place`: all, or, of so many for each of
    `count` pieces that it would take seconds, those nearest to it."""
    most = max(MAX_PAIRS // max(count, 1), 1)
    start = min(max(bisect_left(places, place) - most // 2, 0), max(len(places) - most, 0))
    return places[start : start + most]


def classify(before: str, after: str) -> tuple[Kind, str]:
    """Return what happened between two wordings that are not the same, and the words that decided it."""
    return classify_in(before, after, language())


@lru_cache(maxsize=4096)
def classify_in(before: str, after: str, language: str) -> tuple[Kind, str]:  # noqa: ARG001 - part of the key
    """Return the same as `classify`, in the `language` in use, which is part of the key of what is kept."""
    if not words(before) or not words(after):
        return (Kind.REMOVED if words(before) else Kind.ADDED), ""
    if joined_words(_tokens(before)) == joined_words(_tokens(after)):
        old_signs, new_signs = _signs(before), _signs(after)
        if old_signs != new_signs:
            return Kind.REWORDED, _quote([(old_signs, new_signs)])
        return (Kind.PUNCTUATION if _targets(before) == _targets(after) else _link_kind(before, after)), ""
    swaps, compared = _swaps(*map(_quoted_words, (before, after))), [(before, after)]
    if not (_PARAGRAPH.fullmatch(before) and _PARAGRAPH.fullmatch(after)):
        blocks = _block_pairs(before, after)
        of_blocks = [swap for pair in blocks for swap in _swaps(*map(_quoted_words, pair))]
        if _extent(of_blocks) < _extent(swaps):
            swaps, compared = of_blocks, blocks
    if not swaps:
        same_blocks = all(content(old_block) == content(new_block) for old_block, new_block in compared)
        return (Kind.REORDERED if same_blocks else Kind.REWORDED), ""
    pairs = ((words(old_text), words(new_text)) for old_text, new_text in compared)
    certain = _signs(before) == _signs(after) and _targets(before) == _targets(after)
    kind = claims.kind_of(pairs, _matches)
    if kind in (Kind.STRENGTHENED, Kind.WEAKENED) and not certain:
        kind = Kind.REWORDED
    return kind, _quote(swaps)


def _link_kind(before: str, after: str) -> Kind:
    """Return what happened to the links of two texts that have the same words."""
    old, new = _links(before), _links(after)
    if [text for text, _ in old] == [text for text, _ in new]:
        return Kind.LINK
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if gone and come:
        return Kind.REWORDED
    return Kind.LINK_REMOVED if gone else Kind.LINK_ADDED


_Swaps: TypeAlias = list[tuple[list[_Word], list[_Word]]]
"""The words that were deleted and those inserted in their place, for every place where some were."""


def _swaps(old: list[_Word], new: list[_Word]) -> _Swaps:
    swaps, i, j = [], 0, 0
    compared = (tuple(word.text for word in side) for side in (old, new))
    for match in (*_matches(*compared), Match(len(old), len(new), 0)):
        if i < match.a or j < match.b:
            swaps.append((old[i : match.a], new[j : match.b]))
        i, j = match.a + match.size, match.b + match.size
    return swaps


def _block_pairs(before: str, after: str) -> list[tuple[str, str]]:
    """Return the paragraphs and lists that both texts have, in any order, and those that only one has."""
    old, new = ([block.text for block in markdown.parse_blocks(text)] for text in (before, after))
    pairs = sorted(match_items(old, new), key=lambda pair: pair[1])
    old_matched, new_matched = {i for i, _ in pairs}, {j for _, j in pairs}
    return [
        *((old[i], new[j]) for i, j in pairs),
        *((text, "") for i, text in enumerate(old) if i not in old_matched),
        *(("", text) for j, text in enumerate(new) if j not in new_matched),
    ]


def _extent(swaps: _Swaps) -> int:
    """Return how many words were deleted and inserted."""
    return sum(len(deleted) + len(inserted) for deleted, inserted in swaps)


def _quote(swaps: _Swaps) -> str:
    """Return the swaps for a person to read: “ten” became “five”; “all” was taken out. Words that went in one
    place and came in another were moved."""
    texts = [tuple(tuple(word.text for word in side) for side in sides) for sides in swaps]
    moved = {gone for gone, _ in texts if gone} & {come for _, come in texts}
    quoted = []
    for sides, (gone, come) in zip(swaps, texts, strict=True):
        old, new = map(_shorten, sides)
        if gone in moved:
            quoted.append(_("“{words}” was moved").format(words=old))
        if gone and come and not moved & {gone, come}:
            quoted.append(_("“{before}” became “{after}”").format(before=old, after=new))
        elif gone and gone not in moved:
            quoted.append(_("“{words}” was taken out").format(words=old))
        elif come and come not in moved:
            quoted.append(_("“{words}” was put in").format(words=new))
    if len(quoted) > MAX_PLACES:
        more = len(quoted) - MAX_PLACES
        # Translators: the last of a list of changes, such as “ten” became “five”; and 2 more
        quoted[MAX_PLACES:] = [
            ngettext("and {count} more", "and {count} more", more).format(count=number(more))
        ]
    return join_clauses(quoted)


def _shorten(words: list[_Word]) -> str:
    text = ""
    for word, follows in words[:MAX_WORDS]:
        text += "" if follows or not text else " "
        text += word if len(word) <= MAX_LETTERS else f"{word[:MAX_LETTERS]}…"
    return text + (" …" if len(words) > MAX_WORDS else "")
