"""CommonMark by markdown-it, with links left as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from types import ModuleType

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_inline import StateInline, autolink, html_inline, image, link
from markdown_it.token import Token

MAX_QUOTES = 6
"""Quotations within one another that are read, one more than a charter may have: each line is read again for
every level."""
_MARKS = re.compile(r"^[ \t>*+\-\d.)]*", re.MULTILINE)


class VerbatimLinks(MarkdownIt):
    """A CommonMark parser that leaves every link target as written, whatever it is."""

    def __init__(self, preset: str, options: dict[str, bool] | None = None) -> None:
        super().__init__(preset, options)
        self.helpers = _HELPERS
        ends = ["paragraph", "reference", "blockquote", "list"]  # what a quotation ends, as in markdown-it
        self.block.ruler.at("blockquote", _in_windows(blockquote), {"alt": ends})

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, D102, N802 - markdown-it's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: D102, N802
        return url


_InlineRule = Callable[[StateInline, bool], bool]
_BlockRule = Callable[[StateBlock, int, int, bool], bool]


def _recording_start(rule: _InlineRule) -> _InlineRule:
    """Wrap `rule` so that each token it makes records where in the text it starts."""

    def recording(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        start, made = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            for token in state.tokens[made:]:
                if token.type in ("link_open", "image", "html_inline") and "at" not in token.meta:
                    token.meta["at"] = start
                    break
        return matched

    return recording


def _find_label_end(state: StateInline, start: int, disable_nested: bool = False) -> int:  # noqa: FBT001, FBT002
    """Return where the label that opens at `start` closes, or -1, as markdown-it's `parseLinkLabel` does.

    That reads the rest of the text again for each bracket; here, what one reading showed about the brackets
    after `start` is kept: those still open at its end close nowhere.
    """
    unclosed = state.env.setdefault("unclosed", {}).setdefault(
        (state.src, state.posMax, disable_nested), set()
    )
    if start in unclosed:
        return -1
    before, opened, end = state.pos, [start], -1
    state.pos = start + 1
    while state.pos < state.posMax:
        marker, at = state.src[state.pos], state.pos
        if marker == "]":
            opened.pop()
            if not opened:
                end = at
                break
        state.md.inline.skipToken(state)
        if marker == "[":
            if state.pos == at + 1:
                opened.append(at)
            elif disable_nested:
                break
    unclosed.update(opened)
    state.pos = before
    return end


def _in_windows(rule: _BlockRule) -> _BlockRule:
    """Wrap the rule for quotations so that it reads some lines ahead, and more only where one goes on:
    markdown-it would read the rest of the text again for each of many short ones."""

    def read(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        window, last, made = 32, state.lineMax, len(state.tokens)
        references = state.env.setdefault("references", {})
        known = len(references)
        while not silent and start + window < end:
            state.lineMax = start + window
            matched = rule(state, start, state.lineMax, silent)
            state.lineMax = last
            if not matched or state.line < start + window:
                return matched
            del state.tokens[made:]
            while len(references) > known:
                references.popitem()
            state.line = start
            window *= 4
        return rule(state, start, end, silent)

    return read


_HELPERS = ModuleType("helpers")
vars(_HELPERS).update(vars(helpers), parseLinkLabel=_find_label_end)


def _reader() -> MarkdownIt:
    """Return a parser that also reads HTML and tables, for rules to report."""
    reader = VerbatimLinks("commonmark").enable("table")
    for name, rule in (
        ("link", link),
        ("image", image),
        ("autolink", autolink),
        ("html_inline", html_inline),
    ):
        reader.inline.ruler.at(name, _recording_start(rule))
    return reader


_READER = _reader()
WRITER = VerbatimLinks("commonmark", {"html": False})


@lru_cache(maxsize=32)  # what is checked is soon compared too
def parse_tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text`, with HTML and tables. They are shared: copy before changing one."""
    return tuple(_READER.parse(_limit_quotes(text)))


@lru_cache(maxsize=32)
def page_tokens(text: str) -> Sequence[Token]:
    """Return the tokens of `text` as pages show it, without HTML and tables. They are shared too."""
    return WRITER.parse(_limit_quotes(text)) if "<" in text or "|" in text else parse_tokens(text)


def _limit_quotes(text: str) -> str:
    """Take away the marks of the quotations that are nested too deep."""
    if text.count(">") <= MAX_QUOTES:
        return text
    return _MARKS.sub(lambda marks: _limit_marks(marks[0]), text)


def _limit_marks(marks: str) -> str:
    if marks.count(">") <= MAX_QUOTES:
        return marks
    parts = marks.split(">")
    return ">".join(parts[: MAX_QUOTES + 1]) + "".join(parts[MAX_QUOTES + 1 :])


def inline_text(tokens: Iterable[Token]) -> str:
    """Return the text of inline tokens; a line break counts as a space."""
    words = []
    for token in tokens:
        if token.type in ("text", "code_inline", "html_inline", "text_special"):
            words.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "image":
            words.append(inline_text(token.children or []))
    return "".join(words)
