"""MkDocs' events → a site of the charter: offered as a plugin, and used by hooks/events.py."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal, cast

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.base import ConfigErrors, ConfigWarnings, LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from charterpress import site
from charterpress.hosts import USUAL_THRESHOLDS
from charterpress.hosts.defaults import add_defaults
from charterpress.hosts.html_output import HtmlOutput
from charterpress.hosts.languages import (
    LanguageSite,
    foreign_language,
    language_files,
    language_site,
    page_addresses,
    take_translated,
)
from charterpress.hosts.look import check_own_colours, is_mark
from charterpress.hosts.messages import for_editors, tell
from charterpress.hosts.navigation import (
    default_navigation,
    is_direct,
    page_at,
    shown_title,
    source_uri,
    with_pages,
)
from charterpress.hosts.page_renderer import PageRenderer, page_source, shared_url
from charterpress.hosts.prepare import Build, prepare_build
from charterpress.hosts.sources import add_generic, check_own_pages, listed_pages, take_foreign
from charterpress.hosts.theme import compiled_templates, material_layer
from charterpress.model import Page
from charterpress.model.errors import CharterError
from charterpress.outputs.assets import COLOURS, SCRIPTS, STYLESHEETS, asset_files, package_assets
from charterpress.outputs.html import templates
from charterpress.outputs.html.foreign import mark, marking
from charterpress.outputs.html.signatories.organisation_pages import indexed_addresses
from charterpress.site import Site
from charterpress.site.build import UNDATED
from charterpress.storage import atomic
from charterpress.text.interface import gettext as _
from charterpress.text.interface import use_language
from charterpress.views.addresses import MARK, SEARCH_INDEX

log = logging.getLogger("mkdocs.hooks.charter")

UNPUBLISHED = ("pages/",)
"""Files of a theme that MkDocs would publish: the templates of pages."""


class CharterPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]  # MkDocs' __init_subclass__
    """Publishes a charter by MkDocs. Its options are those of `HostSettings`; as a hook, which has no
    options, it finds them under `extra`."""

    source: Path | None = None
    """The folder of the charter, where a command line names another than mkdocs.yml."""
    _options: dict[str, Any] | None = None
    _command = "build"
    _dirty = False
    _stage: atomic.Stage | None = None
    """Where the build writes until all of it is there."""
    _build: Build
    _interface: ExitStack
    """What ends the use of the site's language."""

    def __init__(self) -> None:
        """Make a plugin that has built nothing."""
        super().__init__()
        self._interface = ExitStack()

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Keep the options of the plugin for `on_config`, which checks them as it does those of the hook."""
        self._options = options
        return [], []

    # --- The events, in MkDocs' order ------------------------------------------------------------------

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is a build or a preview."""
        self._command, self._dirty, self._stage = command, dirty, None
        if command == "serve":
            gc.set_threshold(*USUAL_THRESHOLDS)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the charter, and make its site. Raises PluginError for wrong settings, for what
        cannot be made, and for errors in the charter; a preview shows the latter."""
        with _plain_errors(), for_editors():
            add_defaults(config)
            self._build = build = prepare_build(
                config, self._options, self.source, preview=self._command == "serve"
            )
        cast(list[Any], config.markdown_extensions).append(HtmlOutput())
        self._interface.close()
        self._interface.enter_context(use_language(build.site.language.page))
        if build.site.charter:
            config.site_name = build.site.charter.title
            config.site_description = build.site.charter.summary
        if self._command != "serve" and not self._dirty:
            self._stage = atomic.stage_folder(Path(config.site_dir))
            config.site_dir = str(self._stage.new)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the charter's pages and everything that the site has once; leave out what no page uses. Raises
        PluginError for a font that cannot be subset, and for a file of docs/ that cannot be read or would be
        lost."""
        build = self._build
        assets = {*package_assets(), COLOURS}
        own = {file.src_uri: Path(file.abs_src_path or "") for file in files if file.src_uri in assets}
        unused = tuple(site.unused_assets(build.site))
        for file in list(files):
            if (
                file.src_uri in own
                or is_mark(file.abs_src_path, build.root, build.settings.look)
                or file.src_uri.startswith((*UNPUBLISHED, *unused))
            ):
                files.remove(file)
        with _plain_errors(), for_editors():
            check_own_colours(own, build.settings.look)
            for warning in check_own_pages(files, build.site, build.root):
                log.warning(warning)
        foreign = take_foreign(files, build.site)
        translated = take_translated(files, build.sites[1:])
        own_pages = listed_pages(files) if config.nav is None else []
        navigation = default_navigation(own_pages) if config.nav is None else config.nav
        add_generic(files, build.site, config)
        for page in build.site.pages.values():
            if source_uri(page) not in files.src_uris:
                files.append(page_source(page, config, edited=self._build.edited))
        styles = material_layer(build.material, build.caches.made)
        generated = chain(
            asset_files(own, unused, build.site.settings.look),
            [("assets/stylesheets/material.css", styles)],
            *(
                site.site_files(each, title=each.charter.title if each.charter else config.site_name)
                for each in build.sites
            ),
        )
        with _plain_errors():
            written: set[str] = set()  # two languages in one script share its font
            for uri, content in generated:
                if uri in written:
                    continue
                written.add(uri)
                if uri in files.src_uris:
                    if uri in site.REPLACEABLE:
                        continue
                    with for_editors():
                        message = _(
                            "{file}: the build writes this file itself: give the one in docs/ another name"
                        )
                    raise CharterError(message.format(file=uri))
                # A document to download is not a page, even if its name ends like one.
                file = File.generated(config, f"{uri}.txt" if uri.endswith(".md") else uri, content=content)
                file.dest_uri = uri
                files.append(file)
        if config.theme["favicon"] not in files.src_uris:  # Material's, which is not published
            config.theme["favicon"] = MARK
        left_out = foreign - files.src_uris.keys()
        config.nav = with_pages(navigation, build.site, files.src_uris.keys(), left_out)
        build.addresses = {"": page_addresses(files)}
        build.further = tuple(
            language_site(
                each,
                config,
                files,
                translated[each.language.prefix],
                navigation=navigation,
                left_out=left_out,
                edited=self._build.edited,
            )
            for each in build.sites[1:]
        )
        build.addresses |= {each.site.language.prefix: page_addresses(each.files) for each in build.further}
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation for pages that are rendered without MkDocs."""
        self._build.navigation = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give a page of the charter its title and description."""
        page.update_date = UNDATED  # MkDocs dates every page today, and two builds of one text would differ
        if own := page_at(self._build.site, page.file.src_uri):
            page.meta = {**page.meta, "title": own.title, "description": own.description}
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put the text of a page of the charter before what docs/ has at the same address, and note what the
        search finds on it."""
        own = page_at(self._build.site, page.file.src_uri)
        html = self._build.note_words(page, html)
        html = own.html + html if own else html
        if own is None or own.searched:
            title = config.site_name if page.is_homepage else str(page.title)
            about, weight = page.meta.get("description", ""), page.meta.get("search_weight", 1)
            self._build.entries.append(site.page_entry(own, page.url, title, html, about, weight=weight))
        return html + own.unsearched if own else html

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Escape every value in the page template, and prepare to render pages without MkDocs."""
        build = self._build
        templates.configure(env, compiled_templates(build.caches.templates))
        if (marks := build.site.renderer.marks) and build.site.translated.has_foreign:
            mark(env, marks, build.site.settings.compiled)
        env.filters["shared"] = shared_url
        build.environment = env
        first = LanguageSite(site=build.site, config=config, files=files, navigation=build.navigation)
        build.renderer = self._page_renderer(first)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the page template its values."""
        own = page_at(self._build.site, page.file.src_uri)
        own_context = self._context(self._build.site, own, page.url)
        if words := self._build.words.get(page.file.src_uri):
            own_context["words_language"] = "" if own else foreign_language(words, self._build.site.language)
        return cast(TemplateContext, {**context, **own_context})

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Give the sitemap its addresses, and the page for missing addresses the values of its template."""
        built = self._build.site
        direct = [page for page in built.pages.values() if is_direct(page) and page.indexed]
        register = built.view.register if "sitemap" in template_name else None
        listed = indexed_addresses(register) if register else []
        own = self._context(built, None, template_name) | {
            "direct_pages": direct,
            "signatories": listed,
            "own_pages": self._build.only_translated,
        }
        return cast(TemplateContext, {**context, **own})

    @event_priority(-100)  # after other plugins have written
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index, and what there is for each version and signatory, directly into the site:
        what else MkDocs does for a file takes longer. Then the new site replaces the old. Raises PluginError
        for what cannot be made."""
        build = self._build
        search = [(SEARCH_INDEX, site.search_index(build.site, build.entries))]
        documents = site.site_documents(build.site, is_direct, build.renderer.direct, tell)
        further = (
            language_files(each, self._page_renderer(each), build.words, tell) for each in build.further
        )
        with _plain_errors():
            written = chain(search, documents, chain.from_iterable(further))
            atomic.write_new_files(Path(config.site_dir), written)
        if self._stage and not _is_refused(config):
            atomic.replace_folder(self._stage)
            config.site_dir, self._stage = str(self._stage.folder), None
        self._interface.close()
        if self._command == "build":  # the end of the process would go through all objects once more
            gc.freeze()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the old site as it was. Raises PluginError where the disk refused."""
        self.on_shutdown()
        if isinstance(error, OSError):
            with for_editors():
                message = _("{problem}; the site was left as it was")
            path = f"{error.filename}: " if error.filename else ""
            raise PluginError(message.format(problem=f"{path}{error.strerror}")) from error

    def on_shutdown(self) -> None:
        """Remove an unfinished site."""
        self._interface.close()
        if self._stage:
            atomic.discard(self._stage)
            self._stage = None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Build the preview again when the charter, a template, a style or a script changes."""
        own = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        for folder in (self._build.source, *own, templates.FOLDER, SCRIPTS, STYLESHEETS):
            server.watch(str(folder))
        return server

    # --- What they need --------------------------------------------------------------------------------

    def _page_renderer(self, language: LanguageSite) -> PageRenderer:
        marks, built = language.site.renderer.marks, language.site
        environment = self._build.environment
        return PageRenderer(
            marking(environment, marks, built.settings.compiled) if marks else environment,
            config=language.config,
            files=language.files,
            navigation=language.navigation,
            context=partial(self._context, language.site),
            edited=self._build.edited,
        )

    def _context(self, built: Site, page: Page | None, address: str) -> dict[str, Any]:
        settings = self._build.settings
        below = tuple(shown_title(title, built) for title in settings.below)
        own: dict[str, Any] = {"below": below, "discuss_url": settings.discuss_url}
        context = site.page_context(built, page, address) | own
        if page is None:  # a page of docs/ need not be there in each language
            context["languages"] = self._build.with_page(context["languages"], address)
        return context


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Let MkDocs end the build with the sentence of a CharterError, without a traceback."""
    try:
        yield
    except CharterError as error:
        raise PluginError(str(error)) from error


def _is_refused(config: MkDocsConfig) -> bool:
    """Whether MkDocs is about to fail this build for its warnings."""
    host = logging.getLogger(get_context.__module__.partition(".")[0])
    counters = [each for each in host.handlers if isinstance(each, CountHandler)]
    return config.strict and any(each.get_counts() for each in counters)
