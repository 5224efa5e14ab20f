"""A change and its charter → whether there are lists of the words that decide how far it reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from charterpress.model import Change, Charter
from charterpress.text.folding import is_latin
from charterpress.text.words import WORD, compiled
from charterpress.versions.number import wording

_SMALL_WORDS = """
the and of to for with that this these our we are their they which who you your have has from when what it its
by be is not or as at how where there than
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
"""Words that a text in English cannot do without, and that hardly any other text has many of."""
SHARE, ENOUGH = 0.12, 12
"""The least share that they have of a text in English, and how many words it takes to tell."""


def has_word_lists(change: Change, charter: Charter) -> bool:
    """Whether a change is in a language for which there are lists of words of duty and negation, which is
    English. What it is about shows that, or the whole charter where that is short."""
    if change.language:
        return change.language.partition("-")[0] == "en"
    own = f"{change.before} {change.after}"
    if not is_latin(wording.words(own)):
        return False
    small, count = _count([own, *_texts(change.subject, charter)])
    if count < ENOUGH:
        ids = [theme.id for theme in charter.themes] + [each.id for _, each in charter.principles()]
        small, count = _count([own, charter.preamble, *(text for id in ids for text in _texts(id, charter))])
    return small >= SHARE * count


def _texts(subject: str, charter: Charter) -> Iterator[str]:
    """Yield the texts of a principle, a theme or the preamble."""
    if subject == "preamble":
        yield charter.preamble
    for theme in charter.themes:
        if theme.id == subject:
            yield theme.text
        for principle in theme.principles:
            if principle.id == subject:
                yield from (principle.summary, *(section.text for section in principle.sections))


def _count(texts: Iterable[str]) -> tuple[int, int]:
    """Return how many small words of English some texts have, and how many words."""
    counts = [_count_of_text(text) for text in texts]
    return sum(small for small, _ in counts), sum(count for _, count in counts)


@lru_cache(maxsize=4096)
def _count_of_text(text: str) -> tuple[int, int]:
    words = compiled(WORD).findall(wording.words(text).casefold())
    return sum(word in SMALL_WORDS for word in words), len(words)
