"""mkdocs.yml and the charter → what one build is made of, before MkDocs has found its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from charterpress import site
from charterpress.hosts.caches import Caches, caches
from charterpress.hosts.configuration import PLUGIN
from charterpress.hosts.languages import LanguageSite, Words, marked_words
from charterpress.hosts.look import document_cache, site_fonts, site_look
from charterpress.hosts.page_renderer import PageRenderer
from charterpress.hosts.print_fonts import print_fonts
from charterpress.hosts.read_charter import read_charter
from charterpress.hosts.repository import site_repository
from charterpress.hosts.settings import PARSERS, HostSettings, read_settings
from charterpress.hosts.theme import compiled_templates, material_folder, site_mark
from charterpress.model.errors import CharterError
from charterpress.outputs.generic_pages import page_language
from charterpress.outputs.html import templates
from charterpress.site import OtherLanguage, Settings, Site
from charterpress.storage import git
from charterpress.text.interface import gettext as _

FILES = (".html", ".xml")
"""What the addresses of pages that MkDocs makes from a template alone end in."""


@dataclass(kw_only=True)
class Build:
    """What one build knows from one event to the next."""

    root: Path
    """The folder of mkdocs.yml."""
    source: Path
    """The charter's folder."""
    settings: HostSettings
    caches: Caches
    sites: tuple[Site, ...]
    """The site in each language; MkDocs builds the first."""
    material: Path
    """The folder of Material's theme."""
    entries: list[dict[str, Any]] = field(default_factory=list)
    """What the search finds."""
    words: dict[str, Words] = field(default_factory=dict)
    """What the pages of docs/ say, where there are further languages, by the names of their sources."""
    further: tuple[LanguageSite, ...] = ()
    addresses: dict[str, frozenset[str]] = field(default_factory=dict)
    """The addresses of the pages that MkDocs knows in each language, by its prefix."""
    navigation: Navigation = field(init=False)
    environment: jinja2.Environment = field(init=False)
    renderer: PageRenderer = field(init=False)

    @property
    def site(self) -> Site:
        """The site in the language that the charter is written in."""
        return self.sites[0]

    @property
    def edited(self) -> bool:
        """Whether the charter is kept in the repository that pages link to."""
        return self.source.is_relative_to(self.root)

    def note_words(self, page: MkDocsPage, html: str) -> str:
        """Keep what a page of docs/ says for the other languages; return its HTML, marked if it is in another
        language than the page."""
        tag, file = self.site.language.tag, page.file
        language = tag if file.abs_src_path else page_language(file.src_uri, tag)
        words = Words(html=html, meta=dict(page.meta), title=str(page.title), toc=page.toc, language=language)
        self.words[file.src_uri] = words
        return marked_words(words, self.site.language)

    def with_page(self, languages: tuple[OtherLanguage, ...], address: str) -> tuple[OtherLanguage, ...]:
        """Return those of `languages` that have the page at `address`, all if that is no page of docs/; none
        where only one has it."""
        there = tuple(
            each
            for each in languages
            if address.endswith(FILES) or address in self.addresses[each.language.prefix]
        )
        return there if len(there) > 1 else ()

    @property
    def only_translated(self) -> list[str]:
        """The addresses of pages that are there in further languages and not in the first."""
        first = self.addresses[""]
        return [
            f"{prefix}{address}"
            for prefix, pages in self.addresses.items()
            for address in sorted(pages - first)
        ]


def prepare_build(
    config: MkDocsConfig, options: Mapping[str, Any] | None, source: Path | None, *, preview: bool
) -> Build:
    """Return the build of the site that `config` describes: `options` are those of the plugin, None for the
    hook, and `source` is the folder of the charter, None for the one that `config` names. Raises CharterError
    for wrong settings, for what cannot be made, and for errors in the charter; a `preview` shows these."""
    root = Path(config.config_file_path).parent
    hook = options is None
    if hook and PLUGIN in config.plugins:
        message = _("mkdocs.yml: hooks and plugins: {plugin} do the same: take one of them out")
        raise CharterError(message.format(plugin=PLUGIN))
    if stray := [] if hook else [key for key in config.extra if key in PARSERS]:
        message = _("mkdocs.yml: extra: {key} belongs under plugins: {plugin}")
        raise CharterError(message.format(key=stray[0], plugin=PLUGIN))
    named = "extra" if hook else f"plugins: {PLUGIN}"
    settings = read_settings(options or (config.extra if hook else {}), place=named, foreign=hook)
    source = source or root / settings.charter_source
    material, kept = material_folder(config.theme.dirs), caches(settings, root)
    fonts, look = print_fonts(settings.print_fonts, root), site_look(settings.look, root)
    edition, findings = read_charter(source, root, fonts, preview=preview)
    own = Path(config.theme.custom_dir) / templates.PAGES if config.theme.custom_dir else None
    built = site.build_sites(
        edition,
        findings,
        Settings(
            address=config.site_url or "",
            committed=git.commit_date(source),
            repository=site_repository(config.repo_url, settings.forge, root),
            mark=site_mark(config.theme["favicon"] or "", config.theme.custom_dir, config.docs_dir),
            look=look,
            templates=templates.environment(own, compiled_templates(kept.templates)),
            compiled=compiled_templates(kept.templates, "marked"),
            cache=document_cache(kept.made, fonts, settings.look, look, kept.fonts),
            fonts=site_fonts(settings.look, settings.fonts),
            font_cache=kept.fonts,
            certificates=settings.pdf_certificates,
            editors=settings.editors,
            policy=settings.content_security_policy,
            preview=preview,
        ),
    )
    config.edit_uri = built[0].settings.repository.edit_uri(config.edit_uri or "")
    # At each of Material's 14,000 icons MkDocs would look, and of all that only the stylesheet is used.
    config.theme.dirs[config.theme.dirs.index(str(material))] = str(templates.FOLDER)
    return Build(root=root, source=source, settings=settings, caches=kept, sites=built, material=material)
