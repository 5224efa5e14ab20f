"""Two Markdown texts → their blocks in pairs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from charterpress.model import Block
from charterpress.text import markdown
from charterpress.versions.diff.alignment import Step, Unit, pair

LISTS = ("bullet_list", "ordered_list")


@dataclass(frozen=True, slots=True)
class Paired:
    """What became of one block: its Markdown in the old and in the new text, '' where it is not there. A list
    item comes without its mark. A block that was moved comes twice: where it was, with `before` alone, and
    where it is, with `after` alone; `other` are its words at the other place. A paragraph that was cut in two
    has both in `after`, with an empty line between them."""

    kind: Literal["same", "changed", "inserted", "deleted", "moved"]
    before: str
    after: str
    other: str = ""


def pair_blocks(before: str, after: str) -> tuple[Paired, ...]:
    """Return the paragraphs, list items, headings and so on of both texts, in the order of a redline. All
    values of `before` are the old text's blocks in their order, all of `after` the new one's."""
    old, new = list(_blocks(markdown.parse_blocks(before))), list(_blocks(markdown.parse_blocks(after)))
    olds = [Unit(" ".join(_nfc(text).split()), text, shape) for text, shape in old]
    news = [Unit(" ".join(_nfc(text).split()), text, shape) for text, shape in new]
    return tuple(
        _paired(step, [text for text, _ in old], [text for text, _ in new]) for step in pair(olds, news)
    )


def pair_items(before: Sequence[str], after: Sequence[str]) -> tuple[Step, ...]:
    """Return the same for two lists of items whose blocks are known, as their places in the lists."""
    return pair(
        [Unit(_nfc(markdown.to_html(text)), text) for text in before],
        [Unit(_nfc(markdown.to_html(text)), text) for text in after],
    )


def _paired(step: Step, old: Sequence[str], new: Sequence[str]) -> Paired:
    was = "\n\n".join(old[place] for place in step.old)
    now = "\n\n".join(new[place] for place in step.new)
    if step.place == "old":
        return Paired(step.op, was, "", now)
    if step.place == "new":
        return Paired(step.op, "", now, was)
    return Paired(step.op, was, now)


def _blocks(found: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Yield the Markdown of each block with its shape, lists item by item."""
    for block in found:
        if block.kind in LISTS:
            yield from ((item.text, block.kind) for item in block.children)
        else:
            shape = "p" if block.kind == "paragraph" else f"{block.kind}{block.level or ''}"
            yield block.text, shape


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
