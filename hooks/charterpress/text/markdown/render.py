"""Markdown → safe HTML, or its words alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import lru_cache
from html import escape

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from charterpress.text.interface import gettext
from charterpress.text.markdown.parser import WRITER, inline_text, page_tokens
from charterpress.text.slugs import anchor_slug

SAFE_SCHEMES = ("http", "https", "mailto")
_HERE = ' <a class="permalink" data-search-exclude href="#{href}" aria-label="{name}" title="{title}">#</a>'
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def is_safe_link(target: str) -> bool:
    """Whether a link target is allowed in a page: http, https and mailto URLs, relative ones, anchors."""
    address = "".join(target.split())
    if address.startswith(("//", "\\")) or address[:2] in ("/\\", "\\/"):
        return False
    before = re.split(r"[/?#]", address, maxsplit=1)[0]
    if ":" not in before:
        return True
    scheme = _SCHEME.match(before)
    return scheme is not None and scheme[1].lower() in SAFE_SCHEMES


def to_html(
    text: str,
    *,
    link: Callable[[str], str] = str,
    heading_shift: int = 0,
    anchor: str = "",
    mark: Callable[[Iterable[Token]], Iterable[Token]] | None = None,
) -> str:
    """Return `text` as HTML that is safe whatever it says.

    Raw HTML is shown as text; images, and links that `is_safe_link` refuses, as their words. `link` maps a
    target as written to the one to print; `heading_shift` lowers headings by that many levels, to h6 at most.
    With an `anchor`, each heading has one that begins with it, and shows a link to it. `mark` may change the
    tokens, as the language of some of them asks for.
    """
    if anchor or mark:
        found: Iterable[Token] = safe_tokens(text, link=link, heading_shift=heading_shift)
        if mark:
            found = mark(found)
        return render_tokens(list(_anchored(found, anchor) if anchor else found))
    if link is str or not ("]" in text or "<" in text):
        return _cached_html(text, heading_shift)
    return render_tokens(safe_tokens(text, link=link, heading_shift=heading_shift))


@lru_cache(maxsize=8192)
def _cached_html(text: str, heading_shift: int) -> str:
    return render_tokens(safe_tokens(text, heading_shift=heading_shift))


def safe_tokens(text: str, *, link: Callable[[str], str] = str, heading_shift: int = 0) -> list[Token]:
    """Return the tokens that `to_html` renders, for other formats: as safe, and with the same arguments."""
    found = []
    for each in page_tokens(text):
        token = copy(each)
        if token.type in ("heading_open", "heading_close"):
            level = min(max(int(token.tag[1]) + heading_shift, 1), 6)
            token.tag, token.markup = f"h{level}", "#" * level
        if token.children:
            token.children = list(_safe(token.children, link))
        found.append(token)
    return found


def _anchored(tokens: Iterable[Token], anchor: str) -> Iterator[Token]:
    """Yield `tokens`, with an id and a link to itself in each heading that has words."""
    seen: dict[str, int] = {}
    opening = None
    for token in tokens:
        words = inline_text(token.children or []) if opening else ""
        if opening and words.strip():
            place = f"{anchor}.{anchor_slug(words)}".rstrip(".")
            seen[place] = seen.get(place, 0) + 1
            place += f"-{seen[place]}" if seen[place] > 1 else ""
            opening.attrs = {**opening.attrs, "id": place}
            name = gettext("Link to %(title)s") % {"title": words}
            here = _HERE.format(href=place, name=escape(name), title=escape(gettext("Link to this")))
            token.children = [*(token.children or []), Token("html_inline", "", 0, content=here)]
        opening = token if token.type == "heading_open" else None
        yield token


def render_tokens(found: Sequence[Token]) -> str:
    """Return the HTML of the tokens from `safe_tokens`."""
    return str(WRITER.renderer.render(found, WRITER.options, {}))


def bullet_list(items: Iterable[str]) -> str:
    """Return a Markdown list of `items`, each given as Markdown."""
    return "\n".join("- " + item.replace("\n", "\n  ") for item in items)


def _safe(tokens: Sequence[Token], link: Callable[[str], str]) -> Iterator[Token]:
    """Yield the tokens of one line, links rewritten, and refused links and images as words."""
    kept = True
    for token in tokens:
        if token.type == "link_open":
            target = link(str(token.attrGet("href") or ""))
            kept = is_safe_link(target)
            if kept:
                opening = copy(token)
                opening.attrs = {**token.attrs, "href": normalizeLink(target)}
                yield opening
        elif token.type == "link_close":
            if kept:
                yield token
        elif token.type == "image":
            yield Token("text", "", 0, content=inline_text(token.children or []))
        else:
            yield token


@lru_cache(maxsize=8192)
def plain_text(text: str) -> str:
    """Return the words of `text` without markup, one line for each block."""
    lines = [
        inline_text(token.children or []) if token.type == "inline" else token.content.rstrip("\n")
        for token in page_tokens(text)
        if token.type in ("inline", "code_block", "fence")
    ]
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


# mdurl fills its tables at the first link, which is not thread-safe.
to_html("[a](/) <https://charter.example/>")
