"""The charter's pages ↔ MkDocs' sources and navigation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from charterpress.model import Page
from charterpress.site import Site
from charterpress.views.addresses import CHARTER, HOME, PRACTICE, REGISTER, VERSIONS

ENTRIES = {
    CHARTER: ("whole", "commitments", "theme", "principle"),
    VERSIONS: ("versions",),
    REGISTER: ("register",),
    PRACTICE: ("practice",),
}
"""The entries of mkdocs.yml's navigation that pages take the place of, and the kinds of those pages."""


def source_uri(page: Page) -> str:
    """The name of a page's source, as MkDocs and the links in docs/ write it."""
    return f"{page.address.rstrip('/') or 'index'}.md"


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


def with_pages(items: list[Any], site: Site, left_out: Collection[str]) -> Iterator[Any]:
    """Yield the navigation `items` of mkdocs.yml with the charter's pages in their places, and without the
    sources that are `left_out`."""
    for item in items:
        for title, value in item.items():
            if isinstance(value, list):
                entries = list(with_pages(value, site, left_out))
            elif value in ENTRIES:
                pages = [page for page in site.pages.values() if page.kind in ENTRIES[value]]
                entries = [{page.title: source_uri(page)} for page in pages]
            else:
                if value not in left_out:
                    yield item
                continue
            if entries:
                yield {title: entries}
