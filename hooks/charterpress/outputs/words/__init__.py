"""What the practice pages and papers say around the charter, in Markdown files for editors.

The files are in English; their words are messages of the catalogs, and translated where they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from charterpress.text.interface import gettext as _

FOLDER = Path(__file__).parent
TEMPLATE = "cafe-notes.md"
"""The file that is filled in as a whole, and not read as lists."""
GUIDE = ("A week before", "In the room", "At each table", "Afterwards")
"""The lists in cafe.md that readers see with their headings."""
_UNTITLED = frozenset({"Questions", "Question of a card", *GUIDE})
"""The lists in cafe.md whose items have no title."""
_MINUTES = re.compile(r" \(\d+\)$")
_BLOCK = re.compile(r"^( *(?:#+ |- |\d+\. )?)((?!\{\w+\}$)\S.*(?:\n {3}(?! )\S.*)*)", re.MULTILINE)
"""A heading, an item with its further lines, or a line of a template: what is before it, and its words."""


@cache
def word_lists(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the items of each list in the file `name` beside this one, by the heading above it. An item may
    go on in further lines, which are indented; whatever comes before the first heading is for editors."""
    lists: dict[str, list[str]] = {}
    items: list[str] = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            items = lists.setdefault(line.removeprefix("## "), [])
        elif line.startswith("- "):
            items.append(line.removeprefix("- "))
        elif line.startswith("  ") and items:
            items[-1] += f" {line.strip()}"
    return MappingProxyType({heading: tuple(found) for heading, found in lists.items()})


def titled(item: str) -> tuple[str, str]:
    """Return the title and the text of an item that is written as “Title: text”."""
    title, _sign, text = item.partition(": ")
    return title, text


def translated_template(name: str) -> str:
    """Return the template `name`, a file beside this one, with each of its headings, lines and items in the
    language in use."""
    template = (FOLDER / name).read_text(encoding="utf-8")

    def shown(block: re.Match[str]) -> str:
        words = _joined(block[2])
        translated = _(words)
        return block[0] if translated == words else f"{block[1]}{translated}"

    return _BLOCK.sub(shown, template)


def word_messages(name: str) -> Iterator[str]:
    """Yield the words of the file `name` as they are translated: of a list the titles and the texts of its
    items, and the headings where readers see them."""
    if name == TEMPLATE:
        for block in _BLOCK.finditer((FOLDER / name).read_text(encoding="utf-8")):
            yield _joined(block[2])
        return
    for heading, items in word_lists(name).items():
        if name == "sheets.md" or heading in GUIDE:
            yield heading
        for item in items:
            if name == "sheets.md":
                yield from titled(titled(item)[1])
            elif heading in _UNTITLED and name == "cafe.md":
                yield item
            else:
                title, text = titled(item)
                yield from (_MINUTES.sub("", title), text)


def _joined(words: str) -> str:
    return " ".join(words.split())
