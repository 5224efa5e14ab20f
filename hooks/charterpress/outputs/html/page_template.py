"""Pages that differ in few places → those pages, rendered from one page template for all of them."""

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
"""The ending of a slot's name where its words are JSON."""


class PageTemplates:
    """Renders thousands of pages by few calls of the host's templates.

    Pages are of one kind if they differ only in the second step of their addresses, such as “quay” in
    “signatories/quay/”, their titles, descriptions, texts and source files. `render` makes one page of each
    kind with slots in these places; filling the slots gives all the others. Addresses consist of letters,
    digits, hyphens and slashes.
    """

    def __init__(self, render: Callable[[Page], str]) -> None:
        """Take what renders one page completely, however slowly."""
        self._render = render
        self._forms: dict[Page, str] = {}

    def fill(self, page: Page) -> str:
        """Return `page`, rendered. Raises CharterError if anything else on the page depends on its address
        or its words: the first page of each kind is rendered both ways and compared."""
        first, step, rest = page.address.split("/", 2)
        at = f"{first}/{_STEP}/{rest}"
        source = _SOURCE if page.source else ""
        kind = replace(page, address=at, title=_TITLE, description=_DESCRIPTION, html=_TEXT, source=source)
        values = {
            _TEXT: page.html,
            _STEP: step,
            _SOURCE: escape(page.source),
            _TITLE: escape(page.title),
            _DESCRIPTION: escape(page.description),
            f"{_TITLE}{_DATA}": htmlsafe_json_dumps(page.title)[1:-1],
            f"{_DESCRIPTION}{_DATA}": htmlsafe_json_dumps(page.description)[1:-1],
        }
        if kind not in self._forms:
            self._forms[kind] = self._form(kind)
            if self._forms[kind] % values != self._render(page):
                raise CharterError(f"pages like {page.address} have no page template in common")
        return self._forms[kind] % values

    def _form(self, kind: Page) -> str:
        """The page template: what “%” fills, with the names of slots in it."""
        parts = _SCRIPT.split(self._render(kind).replace("%", "%%"))
        return "".join(_named(part, _DATA if place % 2 else "") for place, part in enumerate(parts))


def _named(part: str, written: str) -> str:
    """A part of a page template with a name for each slot; `written` marks a title or description as JSON."""
    return _SLOT.sub(
        lambda slot: f"%({slot[0]}{written if slot[0] in (_TITLE, _DESCRIPTION) else ''})s", part
    )
