"""Charter → the numbers and anchors that its parts are cited by."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase

from charterpress.model import Charter
from charterpress.text import markdown
from charterpress.text.slugs import anchor_slug

ANCHOR_WORDS = 6
"""How many of a commitment's first words name it in an address."""


def part_numbers(charter: Charter) -> dict[str, str]:
    """Return the number of every theme ("2") and principle ("2.3") by id, from their order in `charter`."""
    found: dict[str, str] = {}
    for place, theme in enumerate(charter.themes, start=1):
        found[theme.id] = str(place)
        for part, principle in enumerate(theme.principles, start=1):
            found[principle.id] = f"{place}.{part}"
    return found


def item_letter(index: int) -> str:
    """Return the letter of the commitment at `index` (from 0): a, b, … z, aa, ab, …"""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, len(ascii_lowercase))
        name = ascii_lowercase[rest] + name
    return name


def commitment_anchors(principle: str, commitments: Iterable[str]) -> tuple[str, ...]:
    """Return the permanent anchor of each commitment (Markdown) of the principle with the id `principle`.

    An anchor is made of the commitment's own first words, so that it stays with them when others are put
    before it or their order changes, and leads nowhere rather than to other words when they are rewritten.
    The dot keeps it apart from every principle's id. Commitments that begin alike get -2, -3 in their order.
    """
    found: list[str] = []
    for text in commitments:
        words = markdown.plain_text(text).split()[:ANCHOR_WORDS]
        name = wanted = f"{principle}.{anchor_slug(' '.join(words))}"
        twin = 1
        while name in found:
            twin += 1
            name = f"{wanted}-{twin}"
        found.append(name)
    return tuple(found)
