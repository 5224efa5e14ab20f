"""A site → what its search finds: pages, versions and what they changed, and who signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from charterpress.model import Page
from charterpress.outputs.html.signatories.register_pages import MAX_PER_PAGE
from charterpress.outputs.search import index
from charterpress.outputs.search.stemmers import is_english
from charterpress.site.build import Site
from charterpress.text.interface import gettext as _
from charterpress.views.addresses import COMPARE, EDITORS, changes_address, signatory_address
from charterpress.views.signatories import signed_label, standing_name

PRINCIPLE, OTHER, OLDER, EDITORS_PAGE, SIGNATORY = 2.0, 1.0, 0.8, 0.4, 0.4
"""How much a page of each kind weighs; a page of docs/ may say so itself, as `search_weight` in its front
matter. One below a half comes after others with as many of the words."""
EDITORS_TEXT = 140
"""How many characters of each section of a page for editors are found: every reader fetches the index."""
WHOLE_TEXT = '<section class="overview"'
"""Where a page begins to have the whole text, which is found on the pages of its principles."""


def page_entry(
    page: Page | None, address: str, title: str, html: str, description: str, *, weight: float = OTHER
) -> dict[str, Any]:
    """Return the entry of the page at `address`, whose body is `html`; `page` is None for one that is
    not the charter's. Those for editors weigh less than `weight`, and a principle more."""
    weight, longest = (EDITORS_PAGE, EDITORS_TEXT) if address.startswith(EDITORS) else (weight, None)
    if page is None:
        return index.index_entry(
            address, title, html, description=description, weight=weight, longest=longest
        )
    return index.index_entry(
        address,
        title,
        html.partition(WHOLE_TEXT)[0],
        label=page.label,
        number=page.number,
        description=page.description,
        weight=PRINCIPLE if page.kind == "principle" else weight,
    )


def search_index(site: Site, entries: Iterable[dict[str, Any]]) -> bytes:
    """Return the index of `site`, as JSON: the `entries` of its pages, and those that the site adds."""
    edition = site.view.edition
    current = edition.current.version if edition.current else ""
    english = is_english(site.language.tag)
    pages = chain(entries, search_entries(site))
    synonyms = edition.synonyms if site.language.is_source else None  # they are in the charter's language
    return index.index_bytes(pages, synonyms, current, questions=english)


def search_entries(site: Site) -> Iterator[dict[str, Any]]:
    """Yield the entries of every version, without its words; of what it changed; and of who signed, while
    their names fit on one page."""
    view = site.view
    current = view.edition.current
    changed = {changes_address(each.version) for each in view.edition.releases}
    for page in site.pages.values():
        if page.kind in ("version", "retired") or page.address in changed or page.address == COMPARE:
            html = page.html if page.kind == "version" else ""
            in_force = page.kind == "changes" or (current and page.number == current.version)
            weight = OTHER if in_force else OLDER
            yield page_entry(page, page.address, page.title, html, page.description, weight=weight)
    register = view.register
    if register is None or len(register.active) > MAX_PER_PAGE:
        return
    for each in register.entries:
        who = each.signatory
        yield index.index_entry(
            signatory_address(who.slug),
            who.name,
            "",
            label=_("Signatories · {kind}, {area}").format(kind=who.kind, area=who.area),
            # Translators: what an organisation signed and when, and how that stands: “current”.
            description=_("{name} {signed}, {standing}")
            .format(name=who.name_latin, signed=signed_label(each), standing=standing_name(each.standing))
            .strip(),
            weight=SIGNATORY,
        )
