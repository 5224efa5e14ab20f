"""Two wordings of a text → what may be said of the change beyond “reworded”.

Doubt says nothing: whoever reads “reworded” reads the words for themselves. The lists of words are English;
in other languages only figures in digits are claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import Match
from typing import TypeAlias

from charterpress.model import Kind
from charterpress.versions.number import duty, figures
from charterpress.versions.number.sentences import Word, read_words

Matches: TypeAlias = Callable[[tuple[str, ...], tuple[str, ...]], Sequence[Match]]

MAX_SWAPS = 20
"""Words of duty that may have taken others' places in a text of which a direction is said."""


def kind_of(pairs: Iterable[tuple[str, str]], matches: Matches) -> Kind:
    """Return what may be said of `pairs`, the visible words of what was compared with one another; `matches`
    returns what two sequences of words have in common."""
    texts = [(read_words(before), read_words(after)) for before, after in pairs]
    directions = {direction for old, new in texts for direction in _directions(old, new)}
    if len(directions) == 1 and (direction := directions.pop()):
        return direction
    changed, another = set[str](), False
    for old, new in texts:
        if not any(map(figures.is_figure, {word.text for word in old} ^ {word.text for word in new})):
            continue
        for before, after in _differences(old, new, matches):
            changed |= {word.text for word in (*old[slice(*before)], *new[slice(*after)])}
            another = another or figures.is_another(old, new, before, after)
    # “Must wait ten seconds” → “should wait twenty”: the figure is the least of it.
    return Kind.FIGURE if another and not changed & duty.DECISIVE else Kind.REWORDED


def _directions(old: list[Word], new: list[Word]) -> Iterator[Kind | None]:
    """Yield the direction of each word that differs, None where it has none."""
    if [word.breaks for word in old[:-1]] != [word.breaks for word in new[:-1]]:
        yield None
        return
    places = [at for at, word in enumerate(old) if word.text != new[at].text]
    for at in places[:MAX_SWAPS]:
        yield duty.direction(old, at, new[at].text)
    if len(places) > MAX_SWAPS:
        yield None


def _differences(
    old: list[Word], new: list[Word], matches: Matches
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield where in each text the words are that the other does not have there."""
    i = j = 0
    before, after = (tuple(word.text for word in words) for words in (old, new))
    for match in (*matches(before, after), Match(len(old), len(new), 0)):
        if i < match.a or j < match.b:
            yield (i, match.a), (j, match.b)
        i, j = match.a + match.size, match.b + match.size
