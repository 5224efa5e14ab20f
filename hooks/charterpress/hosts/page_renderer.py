"""Pages of a site in one language → HTML, in the page template but without MkDocs' steps for each page."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url, normalize_url

from charterpress.hosts.navigation import in_navigation, is_direct, source_uri
from charterpress.model import Page
from charterpress.outputs.html.templates import MISSING_PAGE


class PageRenderer:
    """Fills the templates `main.html` and `moved.html` for the pages of one language. `context` gives a page,
    or None for one that is not the charter's, the values that the template has besides MkDocs' own; `edited`
    says whether pages link to the source where they can be edited. The addresses of `files`, `navigation` and
    `config` are those below the root of the language."""

    def __init__(
        self,
        environment: jinja2.Environment,
        *,
        config: MkDocsConfig,
        files: Files,
        navigation: Navigation,
        context: Callable[[Page | None, str], dict[str, Any]],
        edited: bool,
    ) -> None:
        """Prepare to render pages."""
        self._config, self._files, self._navigation = config, files, navigation
        self._context, self._edited, self._environment = context, edited, environment
        self._shared = get_context(navigation, files, config, base_url="")
        self._normal = environment.get_template("main.html")
        self._redirect = environment.get_template("moved.html")

    def direct(self, own: Page) -> str:
        """Return a page of the charter that is in neither the navigation nor the search."""
        page = MkDocsPage(own.title, page_source(own, self._config, edited=self._edited), self._config)
        page.meta = {"title": own.title, "description": own.description}
        page.content = own.html
        return self._render(page, own, self._redirect if own.moved_to else self._normal)

    def navigated(self, page: MkDocsPage, own: Page | None, *, words_language: str) -> str:
        """Return a page that MkDocs knows, whose content and front matter are there. `words_language` is the
        tag of what they are in where they are not translated, or ''."""
        page.active = True
        html = self._render(page, own, self._normal, words_language=words_language)
        page.active = False
        return html

    def missing(self) -> str:
        """Return the page for addresses where nothing is. As it may stand at any of them, its links are whole
        paths."""
        base = urlsplit(self._config.site_url or "/").path
        values = self._shared | {"page": None, "base_url": base}
        return self._environment.get_template(MISSING_PAGE).render(
            values, **self._context(None, MISSING_PAGE)
        )

    def _render(
        self, page: MkDocsPage, own: Page | None, template: jinja2.Template, *, words_language: str = ""
    ) -> str:
        values = self._context(own, page.url) | {"words_language": words_language}
        base_url = get_relative_url(".", page.url)
        return template.render(self._shared, page=page, base_url=base_url, **values)


def page_source(page: Page, config: MkDocsConfig, *, edited: bool) -> File:
    """Return the source that MkDocs takes a page to have, with a link to where it can be edited; none unless
    it is `edited` there."""
    inclusion = InclusionLevel.UNDEFINED if in_navigation(page) else InclusionLevel.NOT_IN_NAV
    if is_direct(page):  # pages can link to it, and MkDocs does not build it
        inclusion = InclusionLevel.EXCLUDED
    file = File.generated(config, source_uri(page), content="", inclusion=inclusion)
    file.edit_uri = f"../{page.source}" if page.source and edited else None
    return file


@jinja2.pass_context
def shared_url(context: jinja2.runtime.Context, address: str) -> str:
    """A filter of templates: the link to what all languages of a site share, and which is at its root. The
    addresses of everything else on a page are below the root of its language, as MkDocs' filter `url` has
    them."""
    page, base, prefix = context["page"], context["base_url"], context["site_language"].prefix
    way = "../" * prefix.count("/")
    if page is None and prefix:
        return posixpath.join(str(base).removesuffix(prefix), address)
    return f"{way}{normalize_url(address, page=page, base=base)}"
