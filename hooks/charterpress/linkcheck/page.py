"""HTML → its visible links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from charterpress.linkcheck.site_address import parse_url

MAX_DEPTH = 512
"""Levels of nested elements; browsers have the same limit."""
CHUNK_BYTES = 16 * 1024
"""Bytes parsed between two checks of the depth."""
HIDDEN_ELEMENTS = frozenset(
    {"audio", "canvas", "datalist", "defs", "head", "iframe", "noembed", "noframes", "noscript", "object"}
    | {"script", "select", "style", "symbol", "template", "textarea", "title", "video"}
)
"""Elements whose content is not shown, or only as a fallback."""
VISUAL_ELEMENTS = frozenset({"audio", "canvas", "img", "input", "object", "picture", "svg", "video"})
"""Elements that are visible, and clickable in a link, without text."""
HIDING_STYLES = {"display": "none", "visibility": "hidden", "content-visibility": "hidden"}
"""Declarations of a style attribute that hide an element."""


class TooDeepError(Exception):
    """The elements are nested too deeply."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A fetched page: its address after all redirects, its bytes, up to the limit, and the name of its
    encoding from the server, or ''."""

    address: str
    body: bytes
    charset: str = ""


def visible_links(page: Page) -> tuple[str, ...]:
    """Return the absolute addresses of the visible links of `page`, in order, without repeats.

    A link is `a` or `area` with an address, and something in it to see. It does not count in a comment, a
    script, a template, `noscript` or a fallback, nor where an element around it has `hidden`,
    `aria-hidden="true"` or a style that does not show it, nor in a dialog that is closed. What a style sheet
    or a script does to the page is not known. Raises TooDeepError.
    """
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
    """Return a parser that reports to `reader`. For an unknown encoding it relies on the page's own `meta`,
    as browsers do; addresses are ASCII in all of them."""
    try:
        return etree.HTMLParser(target=reader, encoding=charset or None)
    except LookupError:
        return etree.HTMLParser(target=reader)


class _Reader:
    """Receives the elements of a page in turn, and keeps no tree."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.base = ""
        self._open: list[bool] = []
        """For each open element, whether it hides its content."""
        self._hidden = 0
        """The number of those that do."""
        self._link: str | None = None
        """The address of the open link if nothing visible was in it yet."""

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
        """Note that there is something visible here, unless an element around it hides it."""
        if self._link is not None and not self._hidden:
            self.found.append(self._link)
            self._link = None


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Return whether an element's own attributes hide it from some readers or all."""
    if "hidden" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    if attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    if tag == "input" and attributes.get("type", "").strip().lower() != "image":
        return True
    return "style" in attributes and _is_hidden_by_style(attributes["style"])


def _is_hidden_by_style(style: str) -> bool:
    """Return whether a style attribute hides its element; the last declaration of a property counts."""
    said = {}
    for declaration in re.sub(r"/\*.*?(?:\*/|$)", "", style, flags=re.DOTALL).lower().split(";"):
        name, _, value = declaration.partition(":")
        said[name.strip()] = value.replace("!important", "").strip()
    return any(said.get(name) == value for name, value in HIDING_STYLES.items())
