"""Values of mkdocs.yml → what they mean, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import TypeVar

MAX_NAME = 255
"""The longest name of a file that systems take."""
T = TypeVar("T")


class Mistake(Exception):  # noqa: N818 - it never leaves `hosts`
    """What is wrong with the value of a key, as the rest of a sentence that begins with the key."""


class Mistakes(Exception):  # noqa: N818 - it never leaves `hosts`
    """What is wrong within the value of a key, a sentence each."""

    def __init__(self, sentences: Iterable[str]) -> None:
        super().__init__()
        self.sentences = tuple(sentences)


def shown(value: object) -> str:
    """A value as an editor recognises it in mkdocs.yml."""
    names = {bool: str(value).lower(), type(None): "nothing", dict: "a mapping", list: "a list"}
    return names.get(type(value), f"the text “{value}”" if isinstance(value, str) else str(value))


def text(value: object) -> str:
    """Return a text as it is. Raises Mistake for anything else."""
    if not isinstance(value, str):
        raise Mistake(f"must be text, not {shown(value)}")
    return value


def line(value: object) -> str:
    """Return one line of text. Raises Mistake for anything else."""
    if "\n" in (words := text(value).strip()):
        raise Mistake("must be one line")
    return words


def folder(value: object) -> str:
    """Return the name of a folder, which may be a number. Raises Mistake for anything else."""
    name = str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)
    if not name.strip():
        raise Mistake("must name a folder")
    return name


def switch(value: object) -> bool:
    """Return true or false. Raises Mistake for anything else."""
    if not isinstance(value, bool):
        raise Mistake(f"must be true or false, not {shown(value)}")
    return value


def count(value: object) -> int:
    """Return a whole number, 0 or more. Raises Mistake for anything else."""
    if not isinstance(value, int) or isinstance(value, bool):
        hint = ": remove the quotation marks" if isinstance(value, str) and value.isdecimal() else ""
        raise Mistake(f"must be a whole number, not {shown(value)}{hint}")
    if value < 0:
        raise Mistake(f"must be 0 or more, not {value}")
    return value


def each(value: object, parse: Callable[[object], T], what: str) -> Iterator[T]:
    """Yield what `parse` makes of each entry of a list of `what`. Raises Mistake, which names the entry."""
    if not isinstance(value, list):
        raise Mistake(f"must be a list of {what}, not {shown(value)}")
    for place, item in enumerate(value, 1):
        try:
            yield parse(item)
        except Mistake as mistake:
            raise Mistake(f"(entry {place}) {mistake}") from mistake


def suggestion(word: str, known: Iterable[str], cutoff: float) -> str:
    """“; did you mean text?”, or '' where nothing is like `word`."""
    near = get_close_matches(word.lower(), list(known), n=1, cutoff=cutoff)
    return f"; did you mean {near[0]}?" if near else ""
