"""A page → the page in its frame, for thousands of pages that share one: the frame is made once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape

from press.errors import PressError
from press.model import Page

_TITLE, _DESCRIPTION, _TEXT = "SlotOfTheTitle", "SlotOfTheDescription", "SlotOfTheText"
_STEP = "slot-of-the-address"
_SLOT = re.compile(f"({_TITLE}|{_DESCRIPTION}|{_TEXT}|{_STEP})")
_DATA = re.compile(r"(<script type=\"application/[\w+]*json\">.*?</script>)", re.DOTALL)
"""Where the words of a page stand as JSON."""


class Frames:
    """Puts pages into their frames.

    Pages are taken for alike if they differ in nothing but the second step of their addresses, such as “quay”
    in “signatories/quay/”, their titles, descriptions, texts and source files. For each such kind `make` is
    asked for one page with slots in the place of the first four, into which the others are then poured. An
    address is made of letters, digits, hyphens and slashes.
    """

    def __init__(self, make: Callable[[Page], str]) -> None:
        """Take what puts one page into its frame, however long it takes."""
        self._make = make
        self._moulds: dict[Page, list[Callable[[Page], str]]] = {}

    def fill(self, page: Page) -> str:
        """Return `page` in its frame. Raises PressError if `make` gives a page where something else depends
        on its address or its words: the first of each kind is made both ways and compared."""
        first, _, rest = page.address.split("/", 2)
        at = f"{first}/{_STEP}/{rest}"
        kind = replace(page, address=at, title=_TITLE, description=_DESCRIPTION, html=_TEXT, source="")
        if kind not in self._moulds:
            self._moulds[kind] = self._mould(kind)
            if self._poured(kind, page) != self._make(page):
                raise PressError(f"pages like {page.address} have no frame in common")
        return self._poured(kind, page)

    def _poured(self, kind: Page, page: Page) -> str:
        return "".join([piece(page) for piece in self._moulds[kind]])

    def _mould(self, kind: Page) -> list[Callable[[Page], str]]:
        pieces: list[Callable[[Page], str]] = []
        for place, part in enumerate(_DATA.split(self._make(kind))):
            written = _as_data if place % 2 else _as_text
            for spot, words in enumerate(_SLOT.split(part)):
                pieces.append(_slot(words, written) if spot % 2 else _fixed(words))
        return pieces


def _fixed(words: str) -> Callable[[Page], str]:
    return lambda _: words


def _slot(name: str, written: Callable[[str], str]) -> Callable[[Page], str]:
    if name == _TEXT:
        return lambda page: page.html
    if name == _TITLE:
        return lambda page: written(page.title)
    if name == _DESCRIPTION:
        return lambda page: written(page.description)
    return lambda page: page.address.split("/", 2)[1]


def _as_text(words: str) -> str:
    return str(escape(words))


def _as_data(words: str) -> str:
    return str(htmlsafe_json_dumps(words))[1:-1]
