"""Markdown → its blocks and links, with their places in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, takewhile

from markdown_it.token import Token

from charterpress.model import Block, Link
from charterpress.text.markdown.parser import inline_text, parse_tokens

_KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "bullet_list",
    "ordered_list_open": "ordered_list",
    "list_item_open": "list_item",
    "blockquote_open": "quote",
    "table_open": "table",
    "code_block": "code",
    "fence": "code",
    "html_block": "html",
    "hr": "rule",
}
_MARK = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_QUOTE_MARK = re.compile(r" {0,3}> ?")


@lru_cache(maxsize=4096)
def parse_blocks(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """Return the blocks of `text`, which starts at line `first_line` of its file. HTML, within a paragraph
    too, is a block of kind "html"; a link keeps its target as written."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(_blocks(iter(parse_tokens(text)), lines, first_line))


def _blocks(tokens: Iterator[Token], lines: list[str], first: int) -> Iterator[Block]:
    """Yield the blocks of `tokens` up to the end of the block around them."""
    for token in tokens:
        if token.nesting == -1:
            return
        if token.type not in _KINDS:
            continue
        kind = _KINDS[token.type]
        children: tuple[Block, ...] = ()
        links: tuple[Link, ...] = ()
        begin, end = _extent(token, lines)
        line = lines[begin] if begin < len(lines) else ""
        column = len(line) - len(line.lstrip()) + 1
        content = _block_text(kind, lines[begin:end])
        if kind in ("heading", "paragraph"):
            inline, _ = next(tokens), next(tokens)
            content, column = inline.content, _column(lines, begin, inline.content)
            children, links = _inline(inline, lines, begin, first)
        elif kind == "table":
            next(each for each in tokens if each.type == "table_close")
        elif token.nesting == 1:
            children = tuple(_blocks(tokens, lines, first))
        yield Block(
            kind=kind,
            line=first + begin,
            end=first + max(end - 1, begin),
            column=column,
            level=int(token.tag[1]) if kind == "heading" else 0,
            text=content,
            children=children,
            links=links,
        )


def _extent(token: Token, lines: list[str]) -> tuple[int, int]:
    """The first line of a block and the one after its last, blank lines at its end left out."""
    begin, end = token.map or (0, 0)
    while end > begin + 1 and not lines[min(end, len(lines)) - 1].strip():
        end -= 1
    return begin, end


def _block_text(kind: str, lines: list[str]) -> str:
    """A block's own source: a list item without its bullet, a quotation without its marks."""
    if kind == "list_item" and (mark := _MARK.match(lines[0])):
        rest = [line[min(mark.end(), len(line) - len(line.lstrip())) :] for line in lines[1:]]
        return "\n".join([lines[0][mark.end() :].lstrip(), *rest]).strip("\n")
    if kind == "quote":
        return "\n".join(_QUOTE_MARK.sub("", line, count=1) for line in lines)
    return "\n".join(lines)


def _column(lines: list[str], line: int, content: str) -> int:
    """The column, from 1, at which `content` begins, whose first line is line `line`."""
    part = content.partition("\n")[0].strip()
    return max(lines[line].rfind(part) if line < len(lines) else -1, 0) + 1


def _inline(
    token: Token, lines: list[str], begin: int, first: int
) -> tuple[tuple[Block, ...], tuple[Link, ...]]:
    """The HTML and the links within the text of a heading or paragraph."""
    blocks: list[Block] = []
    links: list[Link] = []
    children = token.children or []
    parts = token.content.split("\n")
    starts = list(accumulate((len(part) + 1 for part in parts), initial=0))
    leads = [len(part) - len(part.lstrip()) for part in parts]
    columns = [_column(lines, begin + row, part) for row, part in enumerate(parts)]
    for index, child in enumerate(children):
        at = child.meta.get("at")
        if at is None:
            continue
        row = bisect_right(starts, at) - 1
        line = first + begin + row
        column = columns[row] + max(at - starts[row] - leads[row], 0)
        if child.type == "html_inline":
            blocks.append(Block(kind="html", line=line, end=line, column=column, text=child.content))
            continue
        image = child.type == "image"
        following = (children[place] for place in range(index + 1, len(children)))
        in_link = takewhile(lambda each: each.type != "link_close", following)
        target = str(child.attrGet("src" if image else "href") or "")
        text = inline_text(child.children or [] if image else in_link)
        links.append(Link(text=text, target=target, line=line, column=column, image=image))
    return tuple(blocks), tuple(links)
