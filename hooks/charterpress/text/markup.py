"""Markdown → blocks with their places, safe HTML, or the words alone. The format is CommonMark."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import lru_cache
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_inline import StateInline, autolink, html_inline, image, link
from markdown_it.token import Token

from charterpress.model import Block, Link

KEPT_SCHEMES = ("http", "https", "mailto")

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
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_MARK = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_QUOTE_MARK = re.compile(r" {0,3}> ?")
_DEEP_QUOTE = re.compile(r"^((?: {0,3}> ?){8})(?: {0,3}> ?)+", re.MULTILINE)
"""Quotations deeper within one another than any charter may have them; each level is read again for each line
in it."""


class _AsWritten(MarkdownIt):
    """Markdown with every link left as it was written, whatever its target."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it calls it so
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


_InlineRule = Callable[[StateInline, bool], bool]


def _placed(rule: _InlineRule) -> _InlineRule:
    """`rule`, noting on the token it makes where in the text that token starts."""

    def placed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        start, made = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            for token in state.tokens[made:]:
                if token.type in ("link_open", "image", "html_inline") and "at" not in token.meta:
                    token.meta["at"] = start
                    break
        return matched

    return placed


def _reader() -> MarkdownIt:
    """A parser that sees everything, HTML and tables too, so that rules can speak of it."""
    reader = _AsWritten("commonmark").enable("table")
    for name, rule in (
        ("link", link),
        ("image", image),
        ("autolink", autolink),
        ("html_inline", html_inline),
    ):
        reader.inline.ruler.at(name, _placed(rule))
    return reader


_READER = _reader()
_WRITER = _AsWritten("commonmark", {"html": False})


# --- Blocks ------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def parse(text: str, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of `text`, whose first line is line `first_line` of its file. HTML, within a paragraph too,
    comes as blocks of kind "html"; a link keeps its target as written."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks, _ = _blocks(_read(text), 0, lines, first_line)
    return blocks


@lru_cache(maxsize=32)  # what is checked is soon compared too, and a long text takes a while to read
def _read(text: str) -> tuple[Token, ...]:
    """The tokens of `text`, HTML and tables among them; nobody changes them."""
    return tuple(_READER.parse(_DEEP_QUOTE.sub(r"\1", text)))


def _written(text: str) -> Sequence[Token]:
    """The same tokens without HTML and tables, as pages have them."""
    return _WRITER.parse(_DEEP_QUOTE.sub(r"\1", text)) if "<" in text or "|" in text else _read(text)


def _blocks(
    tokens: Sequence[Token], start: int, lines: list[str], first: int
) -> tuple[tuple[Block, ...], int]:
    """The blocks from token `start` to the end of the block around it, and where that end is."""
    blocks: list[Block] = []
    index = start
    while index < len(tokens):
        token = tokens[index]
        if token.nesting == -1:
            return tuple(blocks), index
        if token.type not in _KINDS:
            index += 1
            continue
        kind = _KINDS[token.type]
        children: tuple[Block, ...] = ()
        links: tuple[Link, ...] = ()
        begin, end = _extent(token, lines)
        column = _indent(lines, begin)
        content = _block_text(kind, lines[begin:end])
        if kind in ("heading", "paragraph"):
            inline = tokens[index + 1]
            content, column = inline.content, _column(lines, begin, inline.content)
            children, links = _inline(inline, lines, begin, first)
            index += 2
        elif kind == "table":
            index = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
        elif token.nesting == 1:
            children, index = _blocks(tokens, index + 1, lines, first)
        blocks.append(
            Block(
                kind=kind,
                line=first + begin,
                end=first + max(end - 1, begin),
                column=column,
                level=int(token.tag[1]) if kind == "heading" else 0,
                text=content,
                children=children,
                links=links,
            )
        )
        index += 1
    return tuple(blocks), index


def _extent(token: Token, lines: list[str]) -> tuple[int, int]:
    """The first line of a block and the one after its last, blank lines at its end left out."""
    begin, end = token.map or (0, 0)
    while end > begin + 1 and not lines[min(end, len(lines)) - 1].strip():
        end -= 1
    return begin, end


def _indent(lines: list[str], line: int) -> int:
    text = lines[line] if line < len(lines) else ""
    return len(text) - len(text.lstrip()) + 1


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
    found = lines[line].rfind(part) if line < len(lines) else -1
    return max(found, 0) + 1


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
        line = begin + row
        column = columns[row] + max(at - starts[row] - leads[row], 0)
        if child.type == "html_inline":
            blocks.append(
                Block(kind="html", line=first + line, end=first + line, column=column, text=child.content)
            )
            continue
        picture = child.type == "image"
        inner = child.children or [] if picture else list(_until(children, index + 1, "link_close"))
        target = child.attrGet("src" if picture else "href")
        links.append(
            Link(
                text=_words(inner),
                target=str(target or ""),
                line=first + line,
                column=column,
                image=picture,
            )
        )
    return tuple(blocks), tuple(links)


def _until(tokens: Sequence[Token], start: int, kind: str) -> Iterator[Token]:
    for at in range(start, len(tokens)):
        if tokens[at].type == kind:
            return
        yield tokens[at]


# --- HTML --------------------------------------------------------------------------------------------


def is_kept(target: str) -> bool:
    """Whether a link target may stand in a page: http, https and mailto addresses, relative ones, anchors."""
    address = "".join(target.split())
    if address.startswith(("//", "\\")) or address[:2] in ("/\\", "\\/"):
        return False
    before = re.split(r"[/?#]", address, maxsplit=1)[0]
    if ":" not in before:
        return True
    scheme = _SCHEME.match(before)
    return scheme is not None and scheme[1].lower() in KEPT_SCHEMES


def _same(target: str) -> str:
    return target


def html(text: str, *, link: Callable[[str], str] = _same, heading_shift: int = 0) -> str:
    """`text` as HTML that is safe whatever the text: raw HTML comes out as the characters it is made of, a
    link with another target than `is_kept` allows and every image as their words alone. `link` turns a target
    as written into the one to print; `heading_shift` lowers headings by so many levels (at most to h6)."""
    if link is _same or not ("]" in text or "<" in text):  # there is no link to turn into another
        return _unlinked(text, heading_shift)
    return written(tokens(text, link=link, heading_shift=heading_shift))


@lru_cache(maxsize=8192)  # on many pages, and in redlines with what it was and what it became
def _unlinked(text: str, heading_shift: int) -> str:
    return written(tokens(text, heading_shift=heading_shift))


def tokens(text: str, *, link: Callable[[str], str] = _same, heading_shift: int = 0) -> list[Token]:
    """What `html` makes its HTML of, for whoever makes something else of it: as safe, and with the same
    arguments."""
    found = []
    for each in _written(text):
        token = copy(each)
        if token.type in ("heading_open", "heading_close"):
            level = min(max(int(token.tag[1]) + heading_shift, 1), 6)
            token.tag, token.markup = f"h{level}", "#" * level
        if token.children:
            token.children = list(_safe(token.children, link))
        found.append(token)
    return found


def written(found: Sequence[Token]) -> str:
    """What `html` makes of the tokens that `tokens` gave."""
    return str(_WRITER.renderer.render(found, _WRITER.options, {}))


def bullet_list(items: Iterable[str]) -> str:
    """The Markdown of a list of `items`, each of which is the Markdown of one item."""
    return "\n".join("- " + item.replace("\n", "\n  ") for item in items)


def _safe(tokens: Sequence[Token], link: Callable[[str], str]) -> Iterator[Token]:
    """The tokens of one line, with their links rewritten, and refused ones and images as words."""
    kept = True
    for token in tokens:
        if token.type == "link_open":
            target = link(str(token.attrGet("href") or ""))
            kept = is_kept(target)
            if kept:
                opening = copy(token)
                opening.attrs = {**token.attrs, "href": normalizeLink(target)}
                yield opening
        elif token.type == "link_close":
            if kept:
                yield token
        elif token.type == "image":
            yield Token("text", "", 0, content=_words(token.children or []))
        else:
            yield token


# --- Words -------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)  # a promise is read on many pages: its first words are its anchor
def plain(text: str) -> str:
    """The words of `text` without any Markdown, one line for each block."""
    lines = [
        _words(token.children or []) if token.type == "inline" else token.content.rstrip("\n")
        for token in _written(text)
        if token.type in ("inline", "code_block", "fence")
    ]
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _words(tokens: Sequence[Token]) -> str:
    """The text of inline tokens; a line break counts as a space."""
    words = []
    for token in tokens:
        if token.type in ("text", "code_inline", "html_inline", "text_special"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "image":
            words.append(_words(token.children or []))
    return "".join(words)


# A library makes its tables at the first link of all, and a second thread would read them half made.
html("[a](/) <https://charter.example/>")
