"""CommonMark by markdown-it, with links left as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, html_inline, image, link
from markdown_it.token import Token

_DEEP_QUOTE = re.compile(r"^((?: {0,3}> ?){8})(?: {0,3}> ?)+", re.MULTILINE)
"""Quotations nested deeper than a charter may have them; each level is read again for every line."""


class VerbatimLinks(MarkdownIt):
    """A CommonMark parser that leaves every link target as written, whatever it is."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, D102, N802 - markdown-it's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: D102, N802
        return url


_InlineRule = Callable[[StateInline, bool], bool]


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
    return tuple(_READER.parse(_DEEP_QUOTE.sub(r"\1", text)))


def page_tokens(text: str) -> Sequence[Token]:
    """Return the tokens of `text` as pages show it, without HTML and tables. They are shared too."""
    return WRITER.parse(_DEEP_QUOTE.sub(r"\1", text)) if "<" in text or "|" in text else parse_tokens(text)


def inline_text(tokens: Sequence[Token]) -> str:
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
