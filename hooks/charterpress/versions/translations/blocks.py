"""A Markdown text ↔ the pieces of it that are translated one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from charterpress.model import Block, Foreign, MixedText, Passage
from charterpress.text import markdown

_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n")
_SPACE = re.compile(r"[ \t\n]+")
_ITEM_MARK = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_LISTS = ("bullet_list", "ordered_list")
_WHOLE = ("code", "table")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block or item of a Markdown text: its words, without its mark; the lines that it takes, from 0, the
    last exclusive; what its first line begins with, and what its others begin with."""

    words: str
    start: int
    end: int
    first: str = ""
    rest: str = ""
    item: bool = False
    """Whether it is an item of a bulleted list."""


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of `text` in their order: each heading, paragraph, item, quotation, table and block
    of code. HTML and rules are none."""
    return tuple(_pieces(text)) if text.strip() else ()


def _pieces(text: str) -> Iterator[Piece]:
    lines = text.split("\n")
    for block in markdown.parse_blocks(text):
        if block.kind in _LISTS:
            for item in block.children:
                mark = _ITEM_MARK.match(lines[item.line - 1])
                first = mark[0] if mark else "- "
                if not first.endswith((" ", "\t")):
                    first += " "
                yield _piece(item, first, " " * len(first), item=block.kind == "bullet_list")
        elif block.kind == "heading":
            yield _piece(block, "#" * block.level + " ", "")
        elif block.kind == "quote":
            yield _piece(block, "> ", "> ")
        elif block.kind == "paragraph" or block.kind in _WHOLE:
            yield _piece(block, "", "")


def _piece(block: Block, first: str, rest: str, *, item: bool = False) -> Piece:
    return Piece(_joined(block), block.line - 1, block.end, first, rest, item)


def _joined(block: Block) -> str:
    """Return the words of a block; those of a single paragraph on one line, wherever an editor broke them."""
    is_paragraph = block.kind in ("paragraph", "heading")
    is_paragraph |= [each.kind for each in block.children] == ["paragraph"]
    if not is_paragraph or _HARD_BREAK.search(block.text):
        return block.text
    return _SPACE.sub(" ", block.text).strip(" ")


def rebuild(text: str, words_at: Callable[[int], str | None]) -> str:
    """Return `text` with other words in its pieces: `words_at` says which, by the piece's place from 1, or
    None for those that it has. The result is a Foreign where one piece of another language is all of it, and
    a MixedText where some are."""
    lines = text.split("\n")
    found = pieces(text)
    made: list[str] = []
    passages: list[Passage] = []
    at = 0
    for place, piece in enumerate(found, 1):
        words = words_at(place)
        made += lines[at : piece.start]
        at = piece.end
        if words is None:
            made += lines[piece.start : piece.end]
            continue
        start = len(made) + 1
        first, *others = str(words).split("\n")
        made.append(piece.first + first)
        made += [f"{piece.rest}{line}" for line in others]
        if isinstance(words, Foreign):
            passages.append(Passage(start, len(made), words))
    made += lines[at:]
    whole = "\n".join(made)
    if len(found) == len(passages) == 1 and not found[0].first:
        return Foreign(whole, language=passages[0].words.language, source=passages[0].words.source)
    return MixedText(whole, passages=tuple(passages)) if passages else whole
