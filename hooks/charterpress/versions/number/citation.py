"""Charter → the numbers, anchors and fingerprints that its parts are cited by."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from itertools import chain, count
from string import ascii_lowercase

from charterpress.model import Charter, Principle
from charterpress.text import markdown
from charterpress.text.escape import to_markdown
from charterpress.text.slugs import anchor_slug
from charterpress.versions.number import wording

FINGERPRINT_LENGTH = 16
"""How many characters of the SHA-256 digest name the words of a principle."""
ANCHOR_WORDS = 6
"""How many of a commitment's first words name it in an address."""


def part_numbers(charter: Charter) -> dict[str, str]:
    """Return the number of every theme ("2") and principle ("2.3") by id, from their order in `charter`."""
    numbers: dict[str, str] = {}
    for place, theme in enumerate(charter.themes, start=1):
        numbers[theme.id] = str(place)
        for part, principle in enumerate(theme.principles, start=1):
            numbers[principle.id] = f"{place}.{part}"
    return numbers


def item_letter(index: int) -> str:
    """Return the letter of the commitment at `index` (from 0): a, b, … z, aa, ab, …"""
    before, letter = divmod(index, len(ascii_lowercase))
    return (item_letter(before - 1) if before else "") + ascii_lowercase[letter]


def commitment_anchors(principle: str, commitments: Iterable[str]) -> tuple[str, ...]:
    """Return the permanent anchor of each commitment (Markdown) of the principle with the id `principle`.

    An anchor is made of the commitment's own first words, so that it stays with them when others are put
    before it or their order changes, and leads nowhere rather than to other words when they are rewritten.
    The dot keeps it apart from every principle's id. Commitments that begin alike get -2, -3 in their order.
    """
    anchors: list[str] = []
    for text in commitments:
        words = markdown.plain_text(text).split()[:ANCHOR_WORDS]
        anchor = f"{principle}.{anchor_slug(' '.join(words))}"
        candidates = chain([anchor], (f"{anchor}-{number}" for number in count(2)))
        anchors.append(next(each for each in candidates if each not in anchors))
    return tuple(anchors)


def fingerprint(charter: Charter, principle: Principle) -> str:
    """Return the fingerprint of the words of `principle` that bind: its title, and the sections of `charter`
    that do, under their headings. Two texts have the same one where `changes` finds no change of what binds
    in the principle itself: emphasis and layout make no difference, where a link leads does."""
    written = {section.id: section for section in principle.sections}
    bound = [
        [shape.heading, *(part for text in (*section.items, section.text) for part in wording.content(text))]
        for shape in charter.sections
        if shape.binding and (section := written.get(shape.id))
    ]
    named = json.dumps([wording.words(to_markdown(principle.title)), bound], ensure_ascii=False)
    return sha256(named.encode()).hexdigest()[:FINGERPRINT_LENGTH]
