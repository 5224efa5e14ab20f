"""A letter's tokens → plain text: its paragraphs, and the same in the form of RFC 3676, format=flowed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from charterpress.text.markdown import Token

WIDTH = 72
"""Columns of a line that is broken; a word or address that is longer stays whole."""
_SIGNATURE = "-- "
BDI = "<bdi>"
_MARKS = {BDI: "\u2068", "</bdi>": "\u2069"}


@dataclass(frozen=True, slots=True)
class PlainText:
    """The lines of a letter, '' between two paragraphs. A line is a whole paragraph."""

    lines: tuple[str, ...]

    def flowed(self) -> str:
        """Return it as RFC 3676 has it: lines that a program may join again end in a space, others do not;
        one that begins with a space, “>” or “From ” has a space before it."""
        return "".join(f"{each}\n" for line in self.lines for each in _flowed(line))


@lru_cache(maxsize=8192)  # most lines are the same in all letters
def _flowed(line: str) -> tuple[str, ...]:
    return tuple(_broken(line))


def _broken(line: str) -> Iterator[str]:
    pieces = textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
    for place, piece in enumerate(pieces):
        words = piece.rstrip()
        stuffed = (
            f" {words}" if words.startswith((" ", ">", "From ")) or words == _SIGNATURE.strip() else words
        )
        yield stuffed if place == len(pieces) - 1 else f"{stuffed} "


def plain_text_lines(tokens: Sequence[Token], blocks: Mapping[str, Sequence[str]]) -> PlainText:
    """Return the words of `tokens`. `blocks` are the lines of those that are HTML, by their HTML."""
    lines: list[str] = []
    prefixes: list[str] = []
    counters: list[int] = []
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "blockquote_open":
                counters.append(0)
            case "ordered_list_open":
                counters.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close" | "blockquote_close":
                counters.pop()
                _paragraph(lines, ())
            case "list_item_open":
                prefixes.append(f"{counters[-1]}. " if counters[-1] else "- ")
                counters[-1] += 1 if counters[-1] else 0
            case "html_block":
                _paragraph(lines, blocks[token.content])
            case "fence" | "code_block":
                _paragraph(lines, token.content.rstrip("\n").split("\n"))
            case "hr":
                _paragraph(lines, ["* * *"])
            case "inline":
                start = "".join(prefixes)
                words = inline_words(token.children or ()).split("\n")
                if prefixes:  # items stand close together
                    while len(lines) > 1 and lines[-1] == "" and lines[-2].startswith(("- ", *"123456789")):
                        lines.pop()
                _paragraph(lines, [f"{start}{words[0]}", *words[1:]])
                prefixes = []
            case "heading_close":
                lines[-1:] = ["-" * max(min(len(lines[-2]), WIDTH), 3), ""]
            case _:
                pass
    while lines and not lines[-1]:
        lines.pop()
    return PlainText(tuple(lines))


def _paragraph(lines: list[str], added: Sequence[str]) -> None:
    lines += added
    if lines and lines[-1]:
        lines.append("")


def inline_words(children: Sequence[Token]) -> str:
    """Return the words of one paragraph, its lines divided; a link is its words and its address."""
    out: list[str] = []
    links: list[tuple[str, int]] = []
    for child in children:
        match child.type:
            case "link_open":
                links.append((str(child.attrGet("href") or ""), len(out)))
            case "link_close":
                address, place = links.pop()
                label = "".join(out[place:])
                if address not in (label, f"mailto:{label}"):
                    out.append(f" <{address.removeprefix('mailto:')}>")
            case "softbreak":
                out.append(" ")
            case "hardbreak":
                out.append("\n")
            case "html_inline":
                mark = BDI if child.content.startswith("<bdi ") else child.content
                out.append(_MARKS.get(mark, mark))
            case _:
                out.append(child.content)
    return "".join(out)
