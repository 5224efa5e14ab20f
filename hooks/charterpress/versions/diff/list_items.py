"""Safe HTML → the blocks of words in it, each with the lists and quotations around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

from charterpress.text import markdown
from charterpress.versions.diff.word_diff import Token, tokens

CONTAINERS = ("ul", "ol", "li", "blockquote")
BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre")
INLINE = ("em", "strong", "code")

BREAK = "\u2028"
"""A line break within a block."""

_SPACE = re.compile(r"[ \t\n\r\f]+")


class Around(NamedTuple):
    """A list, list item or quotation around a block. `id` tells it from others of its kind; `start` is the
    number of the first item of a numbered list, or of the item itself."""

    tag: str
    id: int
    start: str = ""


class Run(NamedTuple):
    """Words of one markup: `marks` are tags from the outside in, a link's with its target ("a https://…").
    A line break is BREAK."""

    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One block of words. `tag` is '' for the words of a list item without a paragraph of their own."""

    tag: str
    around: tuple[Around, ...] = ()
    runs: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """Its words without markup."""
        return "".join(run.text for run in self.runs)

    @property
    def shape(self) -> str:
        """What kind of block it is, the same for an item with a paragraph of its own and one without."""
        return " ".join([*(each.tag for each in self.around), self.tag or "p"])

    def tokens(self) -> list[Token]:
        """Its words and marks. White space at the edge of an emphasis counts as outside it."""
        found: list[Token] = []
        for run in self.runs:
            for token in tokens(run.text, run.marks):
                if token.text or not found:
                    found.append(token)
                else:
                    found[-1] = found[-1]._replace(space=found[-1].space + token.space, space_marks=run.marks)
        return found


@lru_cache(maxsize=1024)  # the words of a version are held against those before, after and now
def leaves(text: str) -> tuple[Leaf, ...]:
    """Return the blocks of the Markdown `text`, as `markdown.to_html` makes it safe; the letters in NFC."""
    reader = _Reader()
    reader.feed(markdown.to_html(unicodedata.normalize("NFC", text)))
    reader.close()
    return tuple(_tidy(leaf) for leaf in reader.leaves if leaf.runs or leaf.tag == "hr")


def _tidy(leaf: Leaf) -> Leaf:
    """Return `leaf` with white space as a browser shows it: one space, none at the ends or beside a break."""
    if leaf.tag == "pre":
        return replace(leaf, runs=(Run(leaf.text.removesuffix("\n"), ()),))
    runs: list[Run] = []
    before = BREAK
    for run in leaf.runs:
        text = _SPACE.sub(" ", run.text)
        if before in (" ", BREAK):
            text = text.lstrip(" ")
        if not text:
            continue
        before = text[-1]
        if runs and runs[-1].marks == run.marks:
            runs[-1] = Run(runs[-1].text + text, run.marks)
        else:
            runs.append(Run(text, run.marks))
    while runs and not runs[-1].text.rstrip(" " + BREAK):
        runs.pop()
    if runs:
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip(" " + BREAK))
    return replace(leaf, runs=tuple(runs))


@dataclass
class _Open:
    """A block that is being read."""

    tag: str
    around: tuple[Around, ...]
    runs: list[Run] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads what `markdown.to_html` writes, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.leaves: list[Leaf] = []
        self._around: list[Around] = []
        self._items: list[int] = []
        self._marks: list[str] = []
        self._open: _Open | None = None
        self._ids = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in CONTAINERS:
            self._end()
            self._ids += 1
            start = ""
            if tag in ("ul", "ol"):
                self._items.append(int(values.get("start") or 1))
            elif tag == "li":
                start = str(self._items[-1]) if self._around[-1].tag == "ol" else ""
                self._items[-1] += 1
            self._around.append(Around(tag, self._ids, start))
        elif tag in BLOCKS or tag == "hr":
            self._end()
            self._open = _Open(tag, tuple(self._around))
        elif tag == "a":
            self._marks.append(f"a {values.get('href') or ''}")
        elif tag in INLINE and not self._is_code():
            self._marks.append(tag)
        elif tag == "br":
            self._add(BREAK)

    def handle_endtag(self, tag: str) -> None:
        if tag in CONTAINERS:
            self._end()
            if self._around.pop().tag in ("ul", "ol"):
                self._items.pop()
        elif tag in BLOCKS:
            self._end()
        elif tag == "a" or (tag in INLINE and not self._is_code()):
            self._marks.pop()

    def handle_data(self, data: str) -> None:
        if self._open or data.strip(" \n"):
            self._add(data)

    def close(self) -> None:
        super().close()
        self._end()

    def _is_code(self) -> bool:
        return self._open is not None and self._open.tag == "pre"

    def _add(self, text: str) -> None:
        if self._open is None:
            self._open = _Open("", tuple(self._around))
        self._open.runs.append(Run(text, tuple(self._marks)))

    def _end(self) -> None:
        if self._open:
            self.leaves.append(Leaf(self._open.tag, self._open.around, tuple(self._open.runs)))
        self._open = None
