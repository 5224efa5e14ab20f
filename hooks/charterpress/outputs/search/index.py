"""The site's pages → the index that its search reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

from lxml import html
from lxml.html import HtmlElement

from charterpress.text.folding import FOLDED_LETTERS

LEFT_OUT = "data-search-exclude"
"""The attribute of an element whose words are not to be found."""
UNREAD = frozenset({"button", "form", "math", "pre", "script", "style", "svg", "template"})
"""Elements without words of the text: blocks of code among them, which are examples of it."""
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s"}
    | {"samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
"""Elements that do not part the words before them from those within."""
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


class Part(NamedTuple):
    """The words of a page from one heading with an anchor to the next; both are '' at its top."""

    anchor: str
    heading: str
    words: list[str]


def index_entry(
    address: str, title: str, content: str, *, label: str = "", weight: int = 1
) -> dict[str, Any]:
    """Return a page as the search knows it: its `address` below the site's, its `title`, what its results say
    of where it belongs (`label`), how much more than another page it weighs, and the parts of its body, the
    HTML `content`, that say anything, the page itself first: an anchor, a heading and a text each. Elements
    marked LEFT_OUT are not read."""
    parts = [Part("", "", [])]
    _read(html.fragment_fromstring(content, create_parent="div"), title, parts)
    first, *texts = [[anchor, heading, _joined(words)] for anchor, heading, words in parts]
    shown = [first, *(text for text in texts if any(text[1:]))]
    return {"address": address, "title": title, "label": label, "weight": weight, "parts": shown}


def index_bytes(entries: Iterable[dict[str, Any]]) -> bytes:
    """Return the index as JSON: the letters that the search folds (see text/folding.py), and the pages by
    address. The same pages give the same bytes, in whatever order."""
    pages = sorted(entries, key=itemgetter("address"))
    document = {"letters": FOLDED_LETTERS, "pages": pages}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read(element: HtmlElement, title: str, parts: list[Part]) -> None:
    """Put the words of `element` into the last of `parts`, and begin a new one at each heading."""
    if element.tag in HEADINGS and element.get("id"):
        parts.append(Part(element.get("id"), _joined(_words(element)), []))
    elif element.tag == "h1":
        heading = _joined(_words(element))
        parts[-1].words.extend((" ", "" if heading == title else heading, " "))
    else:
        parts[-1].words.extend(_start(element))
        for child in element:
            if not _left_out(child):
                _read(child, title, parts)
            parts[-1].words.append(_after(child))


def _words(element: HtmlElement) -> Iterator[str]:
    """Yield the words of `element` piece by piece."""
    yield from _start(element)
    for child in element:
        if not _left_out(child):
            yield from _words(child)
        yield _after(child)


def _start(element: HtmlElement) -> tuple[str, str]:
    return ("" if element.tag in INLINE else " ", element.text or "")


def _after(element: HtmlElement) -> str:
    return ("" if element.tag in INLINE else " ") + (element.tail or "")


def _left_out(element: HtmlElement) -> bool:
    """Whether the search leaves `element` out, as it does a comment, the tag of which is not a name."""
    return (
        not isinstance(element.tag, str)
        or element.tag in UNREAD
        or LEFT_OUT in element.attrib
        or "headerlink" in element.get("class", "")
    )


def _joined(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())
