"""A charter and the words that mark a start → the binding sentences that partners write down by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from charterpress.model import Charter
from charterpress.text import markdown
from charterpress.text.folding import fold


class Place(NamedTuple):
    """Where a binding sentence stands: `item` counts from 0, and is None for a section that is no list."""

    principle: str
    section: str
    item: int | None


def marked_places(charter: Charter, phrases: Iterable[str]) -> Iterator[Place]:
    """Yield the places of the binding text that has one of `phrases`, in the order of `charter`. Capitals,
    accents, emphasis and line breaks make no difference."""
    wanted = [folded for phrase in phrases if (folded := _words(phrase))]
    binding = {shape.id for shape in charter.sections if shape.binding}
    for _, principle in charter.principles():
        for section in principle.sections:
            if section.id in binding:
                texts = enumerate(section.cited_items) if section.items else [(None, section.text)]
                for item, text in texts:
                    if any(phrase in _words(text) for phrase in wanted):
                        yield Place(principle.id, section.id, item)


def _words(text: str) -> str:
    return " ".join(fold(markdown.plain_text(text)).split())
