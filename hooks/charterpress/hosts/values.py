"""Values of mkdocs.yml → what they mean, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import TypeVar

from charterpress.text.interface import gettext as _

MAX_NAME = 255
"""The longest name of a file that systems take."""
T = TypeVar("T")


class Mistake(Exception):  # noqa: N818 - it never leaves `hosts`
    """What is wrong with the value of a key: a sentence about “{key}”, which is put in where it is known, and
    the values of its other placeholders."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self._message, self._values = message, values

    def sentence(self, key: str) -> str:
        """Return the sentence about the value of `key`."""
        return self._message.format(key=key, **self._values)

    def of_entry(self, place: int) -> Mistake:
        """Return the same of an entry of a list, whose places count from 1."""
        entry = _("{key} (entry {place})").replace("{place}", str(place))
        return Mistake(self._message.replace("{key}", entry), **self._values)


class Mistakes(Exception):  # noqa: N818 - it never leaves `hosts`
    """What is wrong within the value of a key, a sentence each."""

    def __init__(self, sentences: Iterable[str]) -> None:
        super().__init__()
        self.sentences = tuple(sentences)


def shown(value: object) -> str:
    """A value as an editor recognises it in mkdocs.yml."""
    if isinstance(value, str):
        return _("the text “{words}”").format(words=value)
    names = {bool: str(value).lower(), type(None): _("nothing"), dict: _("a mapping"), list: _("a list")}
    return names.get(type(value), str(value))


def text(value: object) -> str:
    """Return a text as it is. Raises Mistake for anything else."""
    if not isinstance(value, str):
        raise Mistake(_("{key} must be text, not {value}"), value=shown(value))
    return value


def line(value: object) -> str:
    """Return one line of text. Raises Mistake for anything else."""
    if "\n" in (words := text(value).strip()):
        raise Mistake(_("{key} must be one line"))
    return words


def folder(value: object) -> str:
    """Return the name of a folder, which may be a number. Raises Mistake for anything else."""
    name = str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)
    if not name.strip():
        raise Mistake(_("{key} must name a folder"))
    return name


def switch(value: object) -> bool:
    """Return true or false. Raises Mistake for anything else."""
    if not isinstance(value, bool):
        raise Mistake(_("{key} must be true or false, not {value}"), value=shown(value))
    return value


def count(value: object) -> int:
    """Return a whole number, 0 or more. Raises Mistake for anything else."""
    if not isinstance(value, int) or isinstance(value, bool):
        message = _("{key} must be a whole number, not {value}")
        if isinstance(value, str) and value.isdecimal():
            message = _("{key} must be a whole number, not {value}: remove the quotation marks")
        raise Mistake(message, value=shown(value))
    if value < 0:
        raise Mistake(_("{key} must be 0 or more, not {value}"), value=value)
    return value


def each(value: object, parse: Callable[[object], T], what: str) -> Iterator[T]:
    """Yield what `parse` makes of each entry of a list of `what`. Raises Mistake, which names the entry."""
    if not isinstance(value, list):
        raise Mistake(_("{key} must be a list of {things}, not {value}"), things=what, value=shown(value))
    for place, item in enumerate(value, 1):
        try:
            yield parse(item)
        except Mistake as mistake:
            raise mistake.of_entry(place) from mistake


def alternatives(words: Sequence[str]) -> str:
    """Return several `words` of which one can be chosen, as a part of a sentence: “a, b or c”."""
    *first, last = words
    # Translators: the end of a list of what can be chosen.
    return _("{start} or {end}").format(start=", ".join(first), end=last)


def suggestion(word: str, known: Iterable[str], cutoff: float) -> str:
    """“; did you mean text?”, or '' where nothing is like `word`."""
    near = get_close_matches(word.lower(), list(known), n=1, cutoff=cutoff)
    return did_you_mean(near[0]) if near else ""


def did_you_mean(word: str) -> str:
    """Return a question after a sentence, with the semicolon before it."""
    # Translators: it stands after what is wrong, without a space between.
    return _("; did you mean {word}?").format(word=word)
