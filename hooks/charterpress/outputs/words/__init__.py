"""What the practice pages and papers say around the charter, in Markdown files for editors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent


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
    title, _, text = item.partition(": ")
    return title, text
