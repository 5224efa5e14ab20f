"""Rules for marks that come in pairs, or stand twice by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from charterpress.checks.queries import (
    all_blocks,
    prose_documents,
    quote,
    scalars,
    value_place,
    violation_at,
    violation_in_text,
)
from charterpress.checks.wording import blank_markdown
from charterpress.model import Block, Document, Edition, Violation
from charterpress.text.interface import gettext as _
from charterpress.text.markdown import plain_text

_CODE = re.compile(r"`[^`]*`")
_BOLD = re.compile(r"(?<!\\)(\*\*|__)(?=\S).*?\S\1", re.DOTALL)
_SIGNS = re.compile(r"(?<![\\*_])(?:\*\*|__)(?![*_])")
_DOUBLED = re.compile(
    r"(?<![.,;:/\\])(?:\.\.|,,|;;|。。|、、)(?![.,;:/\w])|(?<=[^\W\d_])(?:,\.|;\.)(?![\w.])"
)
_STRAIGHT = re.compile(r'(?<!\d)"')


def unclosed_bold(edition: Edition) -> Iterator[Violation]:
    """Signs for bold words, **, stand right before the first word and right after the last.

    Where one is missing, or a space is between, the signs are shown as they are written."""
    for document, block in _texts(edition):
        if not any(sign in block.text and sign in plain_text(block.text) for sign in ("**", "__")):
            continue
        words = _BOLD.sub(_blank, _CODE.sub(_blank, block.text))
        if match := _SIGNS.search(words):
            message = _("{words} is shown as written: nothing closes the bold words").format(
                words=quote(match[0])
            )
            fix = _("delete it, or put it right after the bold words too")
            if len(_SIGNS.findall(words)) > 1:
                message = _("{words} is shown as written: there is a space between it and the words").format(
                    words=quote(match[0])
                )
                fix = _("delete the space between the signs and the bold words")
            yield violation_in_text(document, block, match.start(), message, fix)


def unclosed_quotation(edition: Edition) -> Iterator[Violation]:
    """A quotation mark that opens in a paragraph is closed in it, or opens again in the next.

    Nobody could say where what is quoted ends."""
    for document in prose_documents(edition):
        blocks = [block for block in all_blocks(document) if block.kind in ("heading", "paragraph")]
        for block, after in zip_longest(blocks, blocks[1:]):
            goes_on = after is not None and after.text.lstrip().startswith(("“", '"'))
            if (at := _unclosed(blank_markdown(block.text))) is not None and not goes_on:
                message = _("the quotation mark here opens what none closes")
                fix = _("delete it, or put the closing mark where the quotation ends")
                yield violation_in_text(document, block, at, message, fix)


def _unclosed(words: str) -> int | None:
    """Where a quotation opens that is not closed, or None. Of marks that open and close alike, the last."""
    if any(mark in words for mark in "„«»"):
        return None  # there “ closes, or others do
    if words.rfind("“") > words.rfind("”"):
        return words.rfind("“")
    straight = [match.start() for match in _STRAIGHT.finditer(words)]
    return straight[-1] if len(straight) % 2 and words.count('"') % 2 else None


def doubled_mark(edition: Edition) -> Iterator[Violation]:
    """No full stop, comma or semicolon stands twice. Three full stops are fine."""
    for document, block in _texts(edition):
        for match in _DOUBLED.finditer(blank_markdown(block.text)):
            yield violation_in_text(document, block, match.start(), *_doubled(match[0]))
    for document in prose_documents(edition):
        for value in scalars(document.front):
            if found := _DOUBLED.search(value.value):
                yield violation_at(document, value_place(document, value, found[0]), *_doubled(found[0]))


def _doubled(marks: str) -> tuple[str, str]:
    return _("{marks} stands here, one mark after another").format(marks=quote(marks)), _(
        "write {words}"
    ).format(words=quote(marks[-1]))


def _texts(edition: Edition) -> Iterator[tuple[Document, Block]]:
    for document in prose_documents(edition):
        for block in all_blocks(document):
            if block.kind in ("heading", "paragraph"):
                yield document, block


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
