"""A letter's template in Markdown, with placeholders in braces, and values → its subject, text and HTML.

Values are put in after the template is parsed, so that none of them can be read as markup, whatever it says.
A paragraph or item with a placeholder that stands for nothing in a letter is left out of it, and so is a
heading with nothing below it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from html import escape

from charterpress.model import Foreign
from charterpress.model.errors import CharterError
from charterpress.outputs.letters.plain_text import plain_text_lines
from charterpress.text import markdown
from charterpress.text.interface import direction
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_items
from charterpress.text.markdown import Token

SUBJECT = "Subject:"
"""What the first line of a template begins with."""
MAX_BYTES = 100_000
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_IN_ADDRESS = re.compile(r"%7B(\w+)%7D")
_BRACE = re.compile(r"[{}]")
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
"""What keeps the direction of a name in plain text from turning the words around it."""
BDI, END_BDI = "<bdi>", "</bdi>"
"""The same in HTML."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """What stands for a placeholder that is a paragraph of its own: lines of plain text, laid out, and
    HTML."""

    lines: tuple[str, ...]
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A letter that is ready: `text` is plain text whose paragraphs are single lines, `flowed` the same for
    an e-mail in the form of RFC 3676, `html` a whole page. `language` is that of its template, or ''."""

    subject: str
    text: str
    flowed: str
    html: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was checked: every placeholder in it is known."""

    subject: str
    tokens: tuple[Token, ...]
    language: str = ""


def read_template(
    data: bytes, path: str, known: Collection[str], blocks: Collection[str], language: str = ""
) -> Template:
    """Return the template in `data`. `known` are the placeholders that it can have, and `blocks` those of
    them that are a paragraph of their own. Raises CharterError, with `path` and the line."""
    if len(data) > MAX_BYTES:
        raise CharterError(_("it is too long for a letter"), path=path)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = _("it is not UTF-8: save it with that encoding")
        raise CharterError(message, path=path, line=line) from error
    first, _break, body = text.partition("\n")
    subject = first.removeprefix(SUBJECT).strip()
    if not first.startswith(SUBJECT) or not subject:
        message = _("begin the first line with “{start}” and the subject").format(start=SUBJECT)
        raise CharterError(message, path=path, line=1)
    if not body.strip():
        raise CharterError(_("write the letter below its subject"), path=path, line=2)
    _check_placeholders(text, path, known)
    if wrong := next((name for name in _PLACEHOLDER.findall(subject) if name in blocks), ""):
        message = _("{name} has several lines, too many for a subject").format(name=f"{{{wrong}}}")
        raise CharterError(message, path=path, line=1)
    tokens = tuple(markdown.safe_tokens(body, link=lambda target: target))
    for token in tokens:
        _check_inline(token, path, 2 + (token.map[0] if token.map else 0), blocks)
    return Template(subject, tokens, language)


def _check_placeholders(text: str, path: str, known: Collection[str]) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        for name in _PLACEHOLDER.findall(line):
            if name not in known:
                near = get_close_matches(name.strip().lower(), list(known), n=1)
                if near:
                    message = _("there is no placeholder {name}: did you mean {near}?")
                else:
                    message = _("there is no placeholder {name}: there are {known}")
                message = message.format(
                    name=f"{{{name}}}", near=f"{{{''.join(near)}}}", known=join_items(sorted(known))
                )
                raise CharterError(message, path=path, line=number)
        if brace := _BRACE.search(_PLACEHOLDER.sub("", line)):
            message = _("this “{brace}” has no other brace to it: placeholders are written as {example}")
            message = message.format(brace=brace[0], example="{name}")
            raise CharterError(message, path=path, line=number)


def _check_inline(token: Token, path: str, line: int, blocks: Collection[str]) -> None:
    for child in token.children or ():
        for name in _PLACEHOLDER.findall(child.content):
            if name in blocks and token.content.strip() != f"{{{name}}}":
                message = _("{name} has several lines: put it into a paragraph of its own")
                message = message.format(name=f"{{{name}}}")
                raise CharterError(message, path=path, line=line)
        href = str(child.attrGet("href") or "") if child.type == "link_open" else ""
        if href and not href.startswith(("https://", "http://", "mailto:", "%7B")):
            message = _("the link “{link}” leads nowhere in a letter: write the whole address, with https://")
            raise CharterError(message.format(link=href), path=path, line=line)


# --- Fill it in --------------------------------------------------------------------------------------


def fill_template(template: Template, words: Mapping[str, str], blocks: Mapping[str, Block]) -> Letter:
    """Return the letter in which placeholders are what `words` and `blocks` say, '' or nothing being nothing.
    Words that are an address are a link."""
    rtl = bool(template.language) and direction(template.language) == "rtl"
    fill = _Filler(words, blocks, isolate_all=rtl)
    tokens = list(_without_empty(list(fill.tokens(template.tokens))))
    subject = " ".join(
        _PLACEHOLDER.sub(lambda name: fill.isolated(words.get(name[1], "")), template.subject).split()
    )
    paragraphs = plain_text_lines(tokens, {block.html: block.lines for block in blocks.values()})
    return Letter(
        subject=subject,
        text="\n".join(paragraphs.lines),
        flowed=paragraphs.flowed(),
        html=_page(subject, markdown.render_tokens(tokens), template.language, rtl=rtl),
        language=template.language,
    )


@cache
def _style() -> str:
    """The stylesheet. Where a program drops it, what is deleted and inserted still says so in words."""
    from charterpress.outputs.style.palette import CHANGES, LIGHT  # noqa: PLC0415 - slow to import

    return (
        "body{max-width:40em;font-family:sans-serif;line-height:1.5;overflow-wrap:anywhere}"
        "blockquote{margin:.5em 0 1em;padding-left:1em;border-left:3px solid #999}"
        f"del{{color:{CHANGES[LIGHT]['removed-line']}}}ins{{color:{CHANGES[LIGHT]['added-line']}}}"
        "pre{white-space:pre-wrap}"
        ".visually-hidden{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}"
    )


def _page(subject: str, body: str, language: str, *, rtl: bool) -> str:
    lang = f' lang="{escape(language)}"' if language else ""
    direction = ' dir="rtl"' if rtl else ""
    return (
        f'<!doctype html>\n<html{lang}{direction}>\n<head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title><style>{_style()}</style></head>\n<body>\n{body}</body>\n</html>\n"
    )


class _Filler:
    """Puts values into the tokens of a template."""

    def __init__(self, words: Mapping[str, str], blocks: Mapping[str, Block], *, isolate_all: bool) -> None:
        self._words, self._blocks, self._isolate_all = words, blocks, isolate_all

    def tokens(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Yield the tokens with values; of a paragraph that a placeholder left empty, only the tokens around
        it."""
        for token in tokens:
            if token.type == "inline":
                yield from self._inline(token)
            elif "{" in token.content:
                filled = copy(token)
                filled.content = _PLACEHOLDER.sub(lambda name: self._words.get(name[1], ""), token.content)
                yield filled
            else:
                yield token

    def _inline(self, token: Token) -> Iterator[Token]:
        names = set(_PLACEHOLDER.findall(token.content))
        block = next((name for name in names if name in self._blocks), None)
        if block is not None:
            yield Token("html_block", "", 0, content=self._blocks[block].html)
            return
        if any(not self._words.get(name) for name in names):
            return
        filled = copy(token)
        filled.children = [each for child in token.children or () for each in self._child(child)]
        yield filled

    def _child(self, child: Token) -> Iterator[Token]:
        if child.type == "link_open":
            opening = copy(child)
            href = str(child.attrGet("href"))
            opening.attrs = {**child.attrs, "href": _IN_ADDRESS.sub(lambda name: self._words[name[1]], href)}
            yield opening
        elif child.type not in ("text", "code_inline") or "{" not in child.content:
            yield child
        else:
            for place, piece in enumerate(_PLACEHOLDER.split(child.content)):
                yield from self._value(self._words[piece]) if place % 2 else _text(piece)

    def _value(self, value: str) -> Iterator[Token]:
        if value.startswith(("https://", "http://")):
            yield Token("link_open", "a", 1, attrs={"href": value})
            yield from _text(value)
            yield Token("link_close", "a", -1)
        elif isinstance(value, Foreign) or self._is_isolated(value):
            yield Token("html_inline", "", 0, content=_opening(value))
            yield from _text(value)
            yield Token("html_inline", "", 0, content=END_BDI)
        else:
            yield from _text(value)

    def isolated(self, value: str) -> str:
        """Return a value for plain text around it."""
        return f"{ISOLATE}{value}{END_ISOLATE}" if self._is_isolated(value) else value

    def _is_isolated(self, value: str) -> bool:
        return bool(value) and (self._isolate_all or any(map(is_right_to_left, value)))


def _opening(value: str) -> str:
    """What opens the element around a value: it says the language of words in another than the letter's."""
    if not isinstance(value, Foreign):
        return BDI
    return f'<bdi lang="{escape(value.language)}" dir="{direction(value.language)}">'


def is_right_to_left(letter: str) -> bool:
    """Whether a letter is written from the right."""
    return not letter.isascii() and unicodedata.bidirectional(letter) in ("R", "AL")


def _text(words: str) -> Iterator[Token]:
    if words:
        yield Token("text", "", 0, content=words)


def _without_empty(tokens: list[Token]) -> list[Token]:
    """Leave out whatever opens and closes at once, a paragraph around a block, and headings of nothing."""
    before = -1
    while before != len(tokens):
        before = len(tokens)
        tokens = _without_pairs(tokens, lambda inner: not inner)
    tokens = _without_pairs(
        tokens, lambda inner: len(inner) == 1 and inner[0].type == "html_block", keep=True
    )
    while (place := next(_bare_headings(tokens), None)) is not None:
        del tokens[place : place + 3]
    return tokens


def _bare_headings(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the places of headings, each of three tokens, that nothing stands below."""
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            following = tokens[place + 3] if place + 3 < len(tokens) else None
            if following is None or (following.type == "heading_open" and following.tag <= token.tag):
                yield place


def _without_pairs(
    tokens: Sequence[Token], is_dropped: Callable[[Sequence[Token]], bool], *, keep: bool = False
) -> list[Token]:
    """Leave out the tokens around what `is_dropped` says of; with `keep`, what is between them stays."""
    kept: list[Token] = []
    for token in tokens:
        kept.append(token)
        if not token.type.endswith("_close"):
            continue
        opening = token.type.replace("_close", "_open")
        place = next((at for at in range(len(kept) - 2, -1, -1) if kept[at].type == opening), None)
        if place is not None and is_dropped(kept[place + 1 : -1]):
            kept[place:] = kept[place + 1 : -1] if keep else []
    return kept
