"""The charter's pages ↔ MkDocs' sources and navigation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from charterpress.model import Foreign, Page
from charterpress.site import Site
from charterpress.text.interface import N_, SOURCE, gettext, language
from charterpress.text.languages import primary_language
from charterpress.views.addresses import (
    ACCESSIBILITY,
    CHARTER,
    EDITORS,
    HOME,
    PRACTICE,
    PRIVACY,
    PROPOSE,
    REGISTER,
    SIGN,
    VERSIONS,
)

ENTRIES = {
    CHARTER: ("whole", "commitments", "theme", "principle"),
    VERSIONS: ("versions",),
    REGISTER: ("register",),
    PRACTICE: ("practice",),
}
"""The entries of mkdocs.yml's navigation that pages take the place of, and the kinds of those pages."""


def source_name(address: str) -> str:
    """The name of the source of the page at `address`, as MkDocs and the links in docs/ write it."""
    return f"{address.rstrip('/') or 'index'}.md"


FOR_EDITORS = N_("For editors")
"""The entry of the pages for editors, which belongs in the footer."""
TITLES = {
    N_("Home"): source_name(HOME),
    N_("The charter"): CHARTER,
    N_("Versions"): VERSIONS,
    N_("Signatories"): REGISTER,
    N_("Practice"): PRACTICE,
    N_("How to sign"): source_name(SIGN),
    N_("Propose a change"): source_name(PROPOSE),
    N_("About"): "",
    FOR_EDITORS: EDITORS,
}
"""The navigation of a site whose mkdocs.yml has none: what leads where, '' for a site’s own pages."""
EDITORS_ORDER = (
    *("propose-in-the-browser", "write-a-principle", "numbering", "versions", "signatories"),
    *(
        "review-and-release",
        "sign-ups",
        "changed-entries",
        "telling-signatories",
        "translations",
        "rules",
        "hosts",
    ),
    *("rollback", "copies", "look", "fonts", "settings", "data"),
)
"""The order of the package's pages for editors; a site's own follow."""


def source_uri(page: Page) -> str:
    """The name of a page's source."""
    return source_name(page.address)


def page_at(site: Site, uri: str) -> Page | None:
    """The page that the charter has at the source `uri`, or None."""
    name = uri.removesuffix(".md")
    return site.pages.get(HOME if name == "index" else f"{name}/")


def in_navigation(page: Page) -> bool:
    """Whether the navigation leads to a page; the others are reached from pages that it leads to."""
    return page.kind in ("home", "rules") or any(page.kind in kinds for kinds in ENTRIES.values())


def is_direct(page: Page) -> bool:
    """Whether a page is rendered without MkDocs, since it is in neither the navigation nor the search."""
    return not page.searched and not in_navigation(page)


def default_navigation(pages: Iterable[str]) -> list[Any]:
    """Return the navigation of a site whose mkdocs.yml has none. Of its own `pages`, by name, those that have
    no place there stand under “About”."""
    return [{title: value or _about(pages)} for title, value in TITLES.items()]


def with_pages(
    items: list[Any], site: Site, sources: Collection[str], left_out: Collection[str]
) -> list[Any]:
    """Return the navigation `items` of mkdocs.yml with the charter's pages and those for editors, which are
    among `sources`, in their places, and without the sources that are `left_out`."""
    return list(_with_pages(items, site, sources, left_out))


def _with_pages(
    items: list[Any], site: Site, sources: Collection[str], left_out: Collection[str]
) -> Iterator[Any]:
    for item in items:
        if not isinstance(item, dict):
            if item not in left_out:
                yield item
            continue
        for title, value in item.items():
            if isinstance(value, list):
                entries = list(_with_pages(value, site, sources, left_out))
            elif value in ENTRIES:
                pages = [page for page in site.pages.values() if page.kind in ENTRIES[value]]
                entries = [{page.title: source_uri(page)} for page in pages]
            elif value == EDITORS:
                entries = _editors(sources)
            else:
                if value not in left_out:
                    yield {shown_title(title, site): value}
                continue
            if entries:
                yield {shown_title(title, site): entries}


def shown_title(title: str, site: Site) -> str:
    """Return the title of an entry of the navigation in the language in use: the usual ones, such as
    “Versions”, are translated. Another stays as it is in mkdocs.yml, which is in the language of the charter,
    and is marked where that is not the one in use."""
    translated = gettext(title) if title else title
    tag = SOURCE if title in TITLES else site.languages[0].tag
    if translated != title or primary_language(tag) == primary_language(language()):
        return translated
    return Foreign(title, language=tag)


def _about(pages: Iterable[str]) -> list[str]:
    placed = {source_name(address) for address in (HOME, SIGN, PROPOSE, PRIVACY, ACCESSIBILITY)}
    beside = (CHARTER, VERSIONS, REGISTER, PRACTICE, EDITORS)  # what docs/ has there belongs to those pages
    own = sorted(name for name in pages if name not in placed and not name.startswith(beside))
    return sorted(own, key=lambda name: name != "about.md")


def _editors(sources: Collection[str]) -> list[str]:
    ordered = [f"{EDITORS}{name}.md" for name in EDITORS_ORDER]
    own = sorted(name for name in sources if name.startswith(EDITORS) and name.endswith(".md"))
    return [name for name in ordered if name in own] + [name for name in own if name not in ordered]
