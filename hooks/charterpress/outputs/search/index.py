"""The site's pages → the index that its search reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from lxml import html
from lxml.html import HtmlElement

from charterpress.outputs.search.questions import answered_questions
from charterpress.text.folding import FOLDED_LETTERS
from charterpress.text.words import MARKS

LEFT_OUT = "data-search-exclude"
"""The attribute of an element whose words are not to be found."""
UNREAD = frozenset({"button", "form", "math", "pre", "script", "style", "svg", "template"})
"""Elements without words of the text: blocks of code among them, which are examples of it."""
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s"}
    | {"samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
"""Elements that do not part the words before them from those within."""
WITHIN_WORDS = frozenset({"sub", "sup", "wbr"})
"""Those of them that stand in the middle of a word."""
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
COMMITMENTS = "commitments"
"""The class of a list whose items are found by their numbers."""
WEIGHTS = {
    "part--binding": 2.0,
    "part": 0.9,
    "behaviours": 0.8,
    "questions": 0.6,
    "plain": 0.5,
    "sources": 0.3,
}
"""How much the words of a section count, by its class: what is promised counts more than where it is from."""

_BREAK = "\f"
"""What parts blocks of text, until they are joined."""
_ENDS = tuple(".,:;!?…”’)—–·")
_DATED = re.compile(r"\b(?=\w*\d)\w+(?:[.:,/]\w+)*")
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])+")


@dataclass(slots=True)
class Part:
    """The words of a page from one anchor to the next; anchor and heading are both '' at its top."""

    anchor: str = ""
    heading: str = ""
    weight: float = 1.0
    words: list[str] = field(default_factory=list)


def index_entry(
    address: str,
    title: str,
    content: str,
    *,
    label: str = "",
    number: str = "",
    description: str = "",
    weight: float = 1,
    longest: int | None = None,
) -> dict[str, Any]:
    """Return a page as the search knows it: its `address` below the site's, its `title`, what its results say
    of where it belongs (`label`), the `number` that people cite, how much more than another page it weighs,
    and the parts of its body, the HTML `content`, that say anything, the page itself first: an anchor, a
    heading, a text, and a weight unless it is 1. The `description` is found too. Elements marked LEFT_OUT are
    not read, nor what is more than `longest` characters from the start of a part."""
    parts = [Part()]
    _read(html.fragment_fromstring(content, create_parent="div"), title, number, parts)
    texts = [_beginning(_joined(part.words), longest) for part in parts]
    if description.rstrip(".") not in texts[0]:
        texts[0] = _joined((description, _BREAK, texts[0]))
    found = [
        [part.anchor, part.heading, text, *([part.weight] if part.weight != 1 else [])]
        for part, text in zip(parts, texts, strict=True)
        if part is parts[0] or part.heading or text
    ]
    cited = {"number": number} if number else {}
    return {"address": address, "title": title, "label": label, **cited, "weight": weight, "parts": found}


def index_bytes(
    entries: Iterable[dict[str, Any]],
    synonyms: Mapping[str, Sequence[str]] | None = None,
    current: str = "",
    *,
    questions: bool = True,
) -> bytes:
    """Return the index as JSON: the letters that the search folds (see text/folding.py), what else to look
    for where some words are typed, the common questions by the place that answers them, and the pages by
    address. `current` is the current version; `questions` says whether people ask them here: they
    are in English. The same pages give the same bytes, in whatever order."""
    pages = sorted(entries, key=itemgetter("address"))
    places = {f"{page['address']}{'#' * bool(part[0])}{part[0]}" for page in pages for part in page["parts"]}
    answered = answered_questions(places, current) if questions else {}
    document = {
        "letters": FOLDED_LETTERS,
        "synonyms": synonyms or {},
        "questions": {place: ", ".join(asked) for place, asked in answered.items()},
        "pages": pages,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read(element: HtmlElement, title: str, number: str, parts: list[Part], weight: float = 1.0) -> None:
    """Put the words of `element` into the last of `parts`, and begin a new one at each heading and at each
    commitment of the page called `number`. `weight` is that of the section it is in."""
    classes = element.get("class", "").split()
    weight = next((WEIGHTS[name] for name in WEIGHTS if name in classes), weight)
    if element.tag in HEADINGS and element.get("id"):
        parts.append(Part(element.get("id"), _joined(_words(element)), weight))
        return
    if element.tag == "h1":
        heading = _joined(_words(element))
        parts[-1].words.extend((_BREAK, "" if heading == title else heading, _BREAK))
        return
    if element.tag in ("td", "th") and _is_figure(_joined(_words(element))):
        return
    if element.tag == "li" and element.get("id") and COMMITMENTS in element.getparent().get("class", ""):
        letter = "".join(element.xpath("string(*[@class='letter'])").split())
        parts.append(Part(element.get("id"), f"{number} {letter}".strip(), weight))
    parts[-1].words.extend(_start(element))
    for child in element:
        if not _left_out(child):
            _read(child, title, number, parts, weight)
        parts[-1].words.append(_after(child))


def _is_figure(words: str) -> bool:
    """Whether the cell of a table says a time, a date, a number or a digest and hardly a word besides."""
    return bool(_DATED.search(words)) and len(_WORD.findall(_DATED.sub(" ", words))) < 2


def _words(element: HtmlElement) -> Iterator[str]:
    """Yield the words of `element` piece by piece."""
    yield from _start(element)
    for child in element:
        if not _left_out(child):
            yield from _words(child)
        yield _after(child)


def _start(element: HtmlElement) -> tuple[str, str]:
    return ("" if _is_inline(element) else _BREAK, element.text or "")


def _is_inline(element: HtmlElement) -> bool:
    """Whether `element` does not part words; a link that looks like a button does."""
    return element.tag in INLINE and "button" not in element.get("class", "").split()


def _after(element: HtmlElement) -> str:
    """Return what follows `element`. Two elements of a line with nothing between them are two things that a
    style puts apart, such as the name and the description on a card."""
    if element.tag in UNREAD - {"form", "pre"} or not isinstance(element.tag, str):
        return " " + (element.tail or "")
    if not _is_inline(element):
        return _BREAK + (element.tail or "")
    following = element.getnext()
    if element.tail or following is None or WITHIN_WORDS & {element.tag, following.tag}:
        return element.tail or ""
    return _BREAK if following.tag in INLINE else ""


def _left_out(element: HtmlElement) -> bool:
    """Whether the search leaves `element` out, as it does a comment, the tag of which is not a name."""
    return (
        not isinstance(element.tag, str)
        or element.tag in UNREAD
        or LEFT_OUT in element.attrib
        or "headerlink" in element.get("class", "")
    )


def _beginning(text: str, longest: int | None) -> str:
    """Return `text`, or as many of its words as have `longest` characters."""
    return text if longest is None or len(text) <= longest else text[: longest + 1].rpartition(" ")[0]


def _joined(pieces: Iterable[str]) -> str:
    """Return the words of blocks one after another, parted by a dot where a sentence does not end."""
    blocks = (" ".join(block.split()) for block in "".join(pieces).split(_BREAK))
    text = ""
    for block in filter(None, blocks):
        text += (" " if not text or text.endswith(_ENDS) or block[0] in _ENDS else " · ") + block
    return text.strip()
