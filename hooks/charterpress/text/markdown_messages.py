"""A page in Markdown → its messages for the catalogs, and the same page with each of them translated.

A message is the words of one block: a heading, a paragraph, an item of a list, a cell of a table, or a title
in the front matter. Code, comments and what only a template fills are no message. A tag of a template, like
`{% if forms %}`, ends a block: a sentence that differs stands in each of the branches as a whole.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import BinaryIO, NamedTuple

from markdown_it import MarkdownIt

_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_FIELD = re.compile(r"(title|description): (.+)|(  )([^:\n]+)(: .+)")
_TAG = re.compile(r"(\{%.*?%\}\n?)", re.DOTALL)
_NO_WORDS = re.compile(r"`+[^`]*`+|\{\{.*?\}\}|\{\w*\}|<[^<>]*>|https?://\S+")
_HEADING_ID = re.compile(r"\s*\{\s*#[\w-]+\s*\}$")
_CELL = re.compile(r"(?<!\\)\|")


class _Piece(NamedTuple):
    """Part of a page. `words` are what a message says, '' where it is none; `source` is how they are written,
    and the whole piece where there is no message. What is put around a translation: `before` and `after`."""

    source: str
    words: str = ""
    before: str = ""
    after: str = ""
    kind: str = ""


def markdown_messages(page: str) -> Iterator[tuple[int, str]]:
    """Yield each message of `page`, with the number of the line on which it begins."""
    line = 1
    for piece in _pieces(page):
        if piece.words:
            yield line, piece.words
        line += piece.source.count("\n")


def translate_markdown(
    page: str, translation: Callable[[str], str | None], *, anchors: bool = True
) -> str | None:
    """Return `page` with the `translation` of each of its messages; None if one of them has none. A heading
    keeps the anchor that the words of the source give it, if it has `anchors`."""
    parts: list[str] = []
    used: Counter[str] = Counter()
    for piece in _pieces(page):
        if not piece.words:
            parts.append(piece.source)
            continue
        words = translation(piece.words)
        if words is None:
            return None
        if words == piece.words:
            parts.append(piece.source)
            continue
        if piece.kind == "field":
            words = json.dumps(words, ensure_ascii=False)  # a string of YAML as well
        elif piece.kind == "cell":
            words = _CELL.sub(r"\\|", words)
        after = piece.after
        if anchors and piece.kind == "heading" and not _HEADING_ID.match(after):
            anchor = _anchor(piece.words)
            number = used[anchor]
            used[anchor] += 1
            after = f" {{ #{anchor}{f'_{number}' if number else ''} }}{after}"
        parts.append(f"{piece.before}{words}{after}")
    return "".join(parts)


def extract_markdown(
    file: BinaryIO,
    keywords: Mapping[str, object],  # noqa: ARG001 - Babel's own signature
    comment_tags: Collection[str],  # noqa: ARG001 - the same
    options: Mapping[str, object],  # noqa: ARG001 - the same
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield the messages of a page as Babel asks for them: line, no function, message, no comments."""
    for line, words in markdown_messages(file.read().decode("utf-8-sig")):
        yield line, None, words, []


# --- A page in pieces --------------------------------------------------------------------------------


def _pieces(page: str) -> Iterator[_Piece]:
    """Yield all of `page`, in pieces."""
    front = _FRONT.match(page)
    if front:
        yield from _fields(front[0])
        page = page[front.end() :]
    for place, part in enumerate(_TAG.split(page)):
        if place % 2:
            yield _Piece(part)
        else:
            yield from _blocks(part)


def _fields(front: str) -> Iterator[_Piece]:
    for line in front.splitlines(keepends=True):
        field = _FIELD.fullmatch(line.rstrip("\n"))
        if field is None:
            yield _Piece(line)
        elif field[1]:
            yield _Piece(line, field[2], f"{field[1]}: ", "\n", "field")
        else:
            yield _Piece(line, field[4], field[3], f"{field[5]}\n", "field")


def _blocks(text: str) -> Iterator[_Piece]:
    lines, done = text.splitlines(keepends=True), 0
    for kind, begin, end in _spans(text):
        if begin < done:
            continue  # a further cell of a row
        yield _Piece("".join(lines[done:begin]))
        source = "".join(lines[begin:end])
        yield from _cells(source) if kind == "cell" else [_block(kind, source)]
        done = end
    yield _Piece("".join(lines[done:]))


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the lines of each block that has words, with its kind: "heading", "cell" (of a row) or "text"."""
    kind = "text"
    for token in _parser().parse(text):
        if token.type in ("heading_open", "paragraph_open"):
            kind = "heading" if token.type == "heading_open" else "text"
            span = token.map or [0, 0]
        elif token.type == "tr_open":
            kind, span = "cell", token.map or [0, 0]
        if token.type == "inline" and token.content.strip():
            yield kind, span[0], span[1]


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


_MARK = re.compile(r"\s*(?:(?:[-*+]|\d+[.)]|>)\s+)*(?:#{1,6}\s+)?")


def _block(kind: str, source: str) -> _Piece:
    before = _MARK.match(source)[0]  # type: ignore[index]  # it matches nothing, too
    body = source[len(before) :].rstrip()
    after = source[len(before) + len(body) :]
    if kind == "heading" and (attributes := _HEADING_ID.search(body)):
        body, after = body[: attributes.start()], attributes[0] + after
    return _piece(source, body, before, after, kind)


def _cells(row: str) -> Iterator[_Piece]:
    signs = [each.start() for each in _CELL.finditer(row)]
    done = 0
    for at in signs:
        cell = row[done:at]
        words = cell.strip()
        start = cell.find(words) if words else 0
        yield _piece(cell, words, cell[:start], cell[start + len(words) :], "cell")
        yield _Piece("|")
        done = at + 1
    yield _Piece(row[done:])


def _piece(source: str, body: str, before: str, after: str, kind: str) -> _Piece:
    words = " ".join(body.split())
    if not any(letter.isalpha() for letter in _NO_WORDS.sub("", words)):
        return _Piece(source)
    return _Piece(source, words, before, after, kind)


def _anchor(heading: str) -> str:
    """The anchor that Python-Markdown gives a heading with these words."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", heading)
    ascii_ = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_).strip().lower())
