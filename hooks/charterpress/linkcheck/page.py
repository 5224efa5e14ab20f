"""HTML → the links in it that a reader can see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from charterpress.linkcheck.site_address import parse_url

MAX_DEPTH = 512
"""Elements within one another; browsers draw the same line."""
CHUNK_BYTES = 16 * 1024
"""Bytes that are read between two looks at the depth."""
HIDDEN_ELEMENTS = frozenset(
    {"audio", "canvas", "datalist", "defs", "head", "iframe", "noembed", "noframes", "noscript", "object"}
    | {"script", "select", "style", "symbol", "template", "textarea", "title", "video"}
)
"""Elements whose content is no text of the page: not shown, or only where something else fails."""
VISUAL_ELEMENTS = frozenset({"audio", "canvas", "img", "input", "object", "picture", "svg", "video"})
"""Elements that can be seen, and clicked in a link, without any text."""
HIDING_STYLES = {"display": "none", "visibility": "hidden", "content-visibility": "hidden"}
"""What a style attribute says of an element that is not shown."""


class TooDeepError(Exception):
    """More elements lie within one another than any page needs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page that was fetched: the address it came from after all redirects, its bytes (not more than were
    asked for), and the name of its encoding as the server gave it, or ''."""

    address: str
    body: bytes
    charset: str = ""


def visible_links(page: Page) -> tuple[str, ...]:
    """Where the visible links of `page` lead, each address once and in full, in the order they stand in.

    A link is `a` or `area` with an address, and something in it to see. It does not count in a comment, a
    script, a template, `noscript` or a fallback, nor where an element around it has `hidden`,
    `aria-hidden="true"` or a style that does not show it, nor in a dialog that is closed. What a style sheet
    or a script does to the page is not known. Raises TooDeep."""
    reader = _Reader()
    parser = _parser(reader, page.charset)
    for start in range(0, len(page.body), CHUNK_BYTES):
        parser.feed(page.body[start : start + CHUNK_BYTES])
    if page.body:
        parser.close()
    base = parse_url(reader.base, page.address) if reader.base else None
    found = (parse_url(address, base.href if base else page.address) for address in reader.found)
    return tuple(dict.fromkeys(url.href for url in found if url))


def _parser(reader: _Reader, charset: str) -> etree.HTMLParser:
    """A parser that tells `reader` what it reads. An encoding that is not known leaves it to the page's own
    `meta`, as browsers do; an address is in ASCII in all of them."""
    try:
        return etree.HTMLParser(target=reader, encoding=charset or None)
    except LookupError:
        return etree.HTMLParser(target=reader)


class _Reader:
    """Takes the elements of a page one after the other, and keeps no tree."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.base = ""
        self._open: list[bool] = []
        """For each element that is open, whether it hides what is in it."""
        self._hidden = 0
        """How many of them do."""
        self._link: str | None = None
        """The address of the link that is open and in which nothing was seen yet."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens."""
        if len(self._open) >= MAX_DEPTH:
            raise TooDeepError
        unshown = _is_hidden(tag, attributes)
        if tag == "base":
            self.base = self.base or attributes.get("href", "")
        if tag in {"a", "area"}:
            self._link = attributes.get("href", attributes.get("xlink:href"))
        if (tag in VISUAL_ELEMENTS or tag == "area") and not unshown:
            self._seen()
        self._open.append(unshown or tag in HIDDEN_ELEMENTS)
        self._hidden += self._open[-1]

    def end(self, tag: str) -> None:
        """An element closes: the one that was opened last."""
        self._hidden -= self._open.pop()
        if tag in {"a", "area"}:
            self._link = None

    def data(self, text: str) -> None:
        """Text that stands in the element opened last."""
        if any(character.isprintable() and not character.isspace() for character in text):
            self._seen()

    def close(self) -> None:
        """The page ends."""

    def _seen(self) -> None:
        """Something can be seen here, unless an element around it hides it; so can the link it is in."""
        if self._link is not None and not self._hidden:
            self.found.append(self._link)
            self._link = None


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element's own attributes keep it from some reader or all."""
    return (
        "hidden" in attributes
        or (tag == "dialog" and "open" not in attributes)
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or (tag == "input" and attributes.get("type", "").strip().lower() != "image")
        or _is_hidden_by_style(attributes.get("style", ""))
    )


def _is_hidden_by_style(style: str) -> bool:
    """Whether a style attribute says not to show its element; the last word on a property holds."""
    styles = {}
    for declaration in re.sub(r"/\*.*?(?:\*/|$)", "", style, flags=re.DOTALL).lower().split(";"):
        name, _, value = declaration.partition(":")
        styles[name.strip()] = value.replace("!important", "").strip()
    return any(styles.get(name) == value for name, value in HIDING_STYLES.items())
