"""A page → the page in its frame, for thousands of pages that share one: the frame is made once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape

from charterpress.model import Page
from charterpress.model.errors import CharterError

_TITLE, _DESCRIPTION, _TEXT = "SlotOfTheTitle", "SlotOfTheDescription", "SlotOfTheText"
_STEP, _SOURCE = "slot-of-the-address", "slot-of-the-source"
_SLOT = re.compile(f"({_TITLE}|{_DESCRIPTION}|{_TEXT}|{_STEP}|{_SOURCE})")
_SCRIPT = re.compile(r"(<script type=\"application/[\w+]*json\">.*?</script>)", re.DOTALL)
_DATA = "AsData"
"""What a slot's name ends in where the words stand as JSON."""


class PageTemplates:
    """Puts pages into their frames.

    Pages are taken for alike if they differ in nothing but the second step of their addresses, such as “quay”
    in “signatories/quay/”, their titles, descriptions, texts and source files. For each such kind `make` is
    asked for one page with slots in the place of these, into which the others are then poured. An address is
    made of letters, digits, hyphens and slashes.
    """

    def __init__(self, make: Callable[[Page], str]) -> None:
        """Take what puts one page into its frame, however long it takes."""
        self._make = make
        self._moulds: dict[Page, str] = {}

    def fill(self, page: Page) -> str:
        """Return `page` in its frame. Raises CharterError if `make` gives a page where something else depends
        on its address or its words: the first of each kind is made both ways and compared."""
        first, step, rest = page.address.split("/", 2)
        at = f"{first}/{_STEP}/{rest}"
        source = _SOURCE if page.source else ""
        kind = replace(page, address=at, title=_TITLE, description=_DESCRIPTION, html=_TEXT, source=source)
        poured = {
            _TEXT: page.html,
            _STEP: step,
            _SOURCE: escape(page.source),
            _TITLE: escape(page.title),
            _DESCRIPTION: escape(page.description),
            f"{_TITLE}{_DATA}": htmlsafe_json_dumps(page.title)[1:-1],
            f"{_DESCRIPTION}{_DATA}": htmlsafe_json_dumps(page.description)[1:-1],
        }
        if kind not in self._moulds:
            self._moulds[kind] = self._mould(kind)
            if self._moulds[kind] % poured != self._make(page):
                raise CharterError(f"pages like {page.address} have no frame in common")
        return self._moulds[kind] % poured

    def _mould(self, kind: Page) -> str:
        """What “%” fills: the frame with the names of slots in it."""
        parts = _SCRIPT.split(self._make(kind).replace("%", "%%"))
        return "".join(_named(part, _DATA if place % 2 else "") for place, part in enumerate(parts))


def _named(part: str, written: str) -> str:
    """A part of a frame with a name for each slot; its title and description are `written` as JSON or not."""
    return _SLOT.sub(
        lambda slot: f"%({slot[0]}{written if slot[0] in (_TITLE, _DESCRIPTION) else ''})s", part
    )
