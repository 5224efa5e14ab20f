"""The package's pages as a site at a forge has them, before MkDocs makes HTML of them."""

from __future__ import annotations

from charterpress.outputs.generic_pages import page_sources, page_text
from charterpress.views.repository import Repository

REPOSITORY = Repository(address="https://code.charity.example/words/charter")
SOURCES = page_sources(editors=True)
"""Every file, by name."""


def package_page(name: str, repository: Repository = REPOSITORY, *, editors: bool = True) -> str:
    """The Markdown of a page, such as `sign.md` or `editors/versions.md`."""
    return page_text(SOURCES[name], repository=repository, editors=editors)
