"""The site's pages → the index that its search reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A page from one heading with an anchor to the next; both are '' at its top."""

    anchor: str = ""
    heading: str = ""
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A page as the search knows it: its address below the site's, its title, what its results say of where
    it belongs ('' for nothing), how much more than another page it weighs, and its parts."""

    address: str
    title: str
    label: str
    weight: int
    parts: tuple[Part, ...]


def index_entry(address: str, title: str, content: str, *, label: str = "", weight: int = 1) -> Entry:
    """Return the entry of a page whose body is the HTML `content`, without its markup and without the
    elements marked LEFT_OUT."""
    parts = [Part()]
    _read(html.fragment_fromstring(content, create_parent="div"), title, parts)
    return Entry(address=address, title=title, label=label, weight=weight, parts=tuple(parts))


def index_bytes(entries: Iterable[Entry]) -> bytes:
    """Return the index as JSON: the letters that the search folds (see text/folding.py), and the pages by
    address, each with its title, label, weight and parts, which are an anchor, a heading and a text each.
    The same pages give the same bytes, in whatever order."""
    pages = [
        {
            "address": each.address,
            "title": each.title,
            "label": each.label,
            "weight": each.weight,
            "parts": [[part.anchor, part.heading, text] for part, text in _with_words(each)],
        }
        for each in sorted(entries, key=lambda each: each.address)
    ]
    document = {"letters": FOLDED_LETTERS, "pages": pages}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _with_words(page: Entry) -> Iterator[tuple[Part, str]]:
    """Yield the parts of a page that say anything; the first one is the page itself."""
    for place, part in enumerate(page.parts):
        text = _joined(part.words)
        if text or part.heading or not place:
            yield part, text


def _read(element: HtmlElement, title: str, parts: list[Part]) -> None:
    """Put the words of `element` into the last of `parts`, and begin a new one at each heading."""
    if element.tag in HEADINGS and element.get("id"):
        parts.append(Part(anchor=element.get("id"), heading=_joined(_words(element))))
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
