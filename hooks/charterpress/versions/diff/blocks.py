"""Markdown → the blocks of words in it, each with the lists and quotations around it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count
from typing import NamedTuple

from charterpress.text import markdown
from charterpress.versions.diff.word_diff import STOP_WORDS, Token, tokens

BREAK = "\u2028"
"""A line break within a block."""

_LISTS = ("ul", "ol")
_CONTAINERS = (*_LISTS, "li", "blockquote")
_SPACE = re.compile(r"[ \t\n\r\f]+")


class Container(NamedTuple):
    """A list, list item or quotation around a block. `id` tells it from others; `number` is that of an item
    in a numbered list."""

    tag: str
    id: int
    number: str = ""


class Run(NamedTuple):
    """Words of one markup: `marks` are tags from the outside in, a link's with its target ("a https://…").
    A line break is BREAK."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class TextBlock:
    """One block of words. `tag` is '' for the words of a list item without a paragraph of their own."""

    tag: str
    containers: tuple[Container, ...] = ()
    runs: tuple[Run, ...] = ()

    @cached_property
    def shape(self) -> str:
        """Its tag and those around it, the same for an item with a paragraph of its own and one without."""
        return " ".join([*(each.tag for each in self.containers), self.tag or "p"])

    @cached_property
    def words(self) -> Counter[str]:
        """The words that its likeness to other blocks is measured by."""
        text = "".join(run.text for run in self.runs)
        words = Counter(token.text.casefold() for token in tokens(text) if token.text[:1].isalnum())
        return Counter({word: n for word, n in words.items() if word not in STOP_WORDS}) or words

    def tokens(self) -> list[Token]:
        """Its words and marks. White space at the edge of an emphasis counts as outside it."""
        result: list[Token] = []
        for run in self.runs:
            for token in tokens(run.text, run.marks):
                if token.text or not result:
                    result.append(token)
                else:
                    space = result[-1].space + token.space
                    result[-1] = result[-1]._replace(space=space, space_marks=run.marks)
        return result


@lru_cache(maxsize=1024)  # the words of a version are held against those before, after and now
def text_blocks(text: str) -> tuple[TextBlock, ...]:
    """Return the blocks of the Markdown `text`, as `markdown.to_html` makes it safe; the letters in NFC."""
    blocks: list[TextBlock] = []
    containers: list[Container] = []
    item_numbers: list[int] = []
    ids = count(1)
    tag = ""
    for token in markdown.safe_tokens(unicodedata.normalize("NFC", text)):
        if token.tag in _CONTAINERS and token.nesting == 1:
            number = ""
            if token.tag in _LISTS:
                item_numbers.append(int(token.attrs.get("start", 1)))
            elif token.tag == "li":
                number = str(item_numbers[-1]) if containers[-1].tag == "ol" else ""
                item_numbers[-1] += 1
            containers.append(Container(token.tag, next(ids), number))
        elif token.tag in _CONTAINERS:
            if containers.pop().tag in _LISTS:
                item_numbers.pop()
        elif token.type in ("code_block", "fence"):
            if token.content:
                run = Run(token.content.removesuffix("\n"))
                blocks.append(TextBlock("pre", tuple(containers), (run,)))
        elif token.type == "hr":
            blocks.append(TextBlock("hr", tuple(containers)))
        elif token.type == "inline":
            runs = list(_runs(token.children or ()))
            if any(run.text.strip(" \n") for run in runs) if not tag else runs:
                blocks.append(TextBlock(tag, tuple(containers), _collapse_space(runs)))
        elif token.nesting == 1:
            tag = "" if token.hidden else token.tag
    return tuple(blocks)


def _runs(inline: Iterable[markdown.Token]) -> Iterator[Run]:
    """Yield the words of a block, each stretch with its markup."""
    marks: list[str] = []
    for token in inline:
        if token.nesting == 1:
            marks.append(f"a {token.attrGet('href') or ''}" if token.tag == "a" else token.tag)
        elif token.nesting == -1:
            marks.pop()
        elif token.type == "hardbreak":
            yield Run(BREAK, tuple(marks))
        elif token.type == "code_inline":
            yield Run(token.content, (*marks, "code"))
        elif text := "\n" if token.type == "softbreak" else token.content:
            yield Run(text, tuple(marks))


def _collapse_space(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return `runs` with white space as a browser shows it: one space, none at the ends or after a break."""
    result: list[Run] = []
    last = BREAK
    for run in runs:
        text = _SPACE.sub(" ", run.text)
        if last in (" ", BREAK):
            text = text.lstrip(" ")
        if not text:
            continue
        last = text[-1]
        if result and result[-1].marks == run.marks:
            result[-1] = Run(result[-1].text + text, run.marks)
        else:
            result.append(Run(text, run.marks))
    while result and not result[-1].text.rstrip(" " + BREAK):
        result.pop()
    if result:
        result[-1] = result[-1]._replace(text=result[-1].text.rstrip(" " + BREAK))
    return tuple(result)
