"""An edition, its findings and settings → its site, in one pass: views, data, PDFs, pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import jinja2

from charterpress import checks
from charterpress.model import Charter, Edition, Finding, LanguageStanding, Page, Severity
from charterpress.outputs.data.signatories import register_files
from charterpress.outputs.html.about_pages import about_pages
from charterpress.outputs.html.foreign import Marks, marking
from charterpress.outputs.html.renderer import PrintedDocument, Renderer
from charterpress.outputs.html.signatories.print_pages import print_list_pages
from charterpress.outputs.html.signatories.register_pages import register_pages
from charterpress.outputs.html.signatories.report_pages import report_pages
from charterpress.outputs.html.site_pages import rules_page, site_pages
from charterpress.outputs.html.translation_page import translation_page
from charterpress.outputs.html.version_pages import VersionMenu, version_menu
from charterpress.outputs.images.mark import plain_icon
from charterpress.outputs.pdf.cafe import cafe_documents, page_count
from charterpress.outputs.pdf.cards import cards, icons
from charterpress.outputs.pdf.charter import cached_pdfs, pdf_requests
from charterpress.outputs.pdf.commitments import commitments_pdfs
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.layout_words import courtesy_notice
from charterpress.outputs.style.look import Look
from charterpress.site import side_by_side
from charterpress.text.interface import use_language
from charterpress.text.languages import name_in
from charterpress.views import addresses
from charterpress.views.edition_view import EditionView, edition_view
from charterpress.views.languages import SiteLanguage, site_languages
from charterpress.views.repository import Repository
from charterpress.views.translated import TranslatedEdition, translated_edition

_OF_VERSIONS = (addresses.pdf_address, addresses.commitments_pdf_address)
"""The addresses of the documents of a version that have its text. Where that is not translated, they are
those of the language that the charter is written in."""
UNDATED = "1980-01-01"
"""The date of a text whose date is unknown to git."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Font:
    """A font of the site: its name there, its file, the values at which its axes are pinned, and the family
    that its `licence` covers."""

    name: str
    file: Path
    axes: Mapping[str, float] | None
    family: str
    licence: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What does not come from the charter. `address` is where the site will be published, in a further
    language where its pages will be, ending in a slash, or '' if unknown; `committed` is the ISO date of the
    newest text, or ''."""

    address: str
    committed: str
    repository: Repository
    mark: str
    """The picture in a browser's tab that the site brings as SVG, or ''."""
    look: Look
    templates: jinja2.Environment
    compiled: jinja2.BytecodeCache
    """Compiled templates of pages that have words of several languages."""
    cache: DocumentCache
    """Documents that need not be made again."""
    fonts: tuple[Font, ...]
    font_cache: Path
    certificates: int
    """How many organisations at most have a certificate as a PDF."""
    editors: bool
    """Whether the site has pages for editors."""
    policy: str
    """The Content-Security-Policy."""
    preview: bool
    """Whether this is a preview, which has no PDFs."""

    @property
    def icon(self) -> str:
        """The picture in a browser's tab as SVG: the site's own, its mark, or a page that is signed."""
        roles, mark = self.look.palette.light.roles, self.look.mark
        draw = mark.icon if mark else plain_icon
        return self.mark or draw(roles["header_text"], roles["header"])

    @property
    def card_mark(self) -> str:
        """The mark as it is drawn on the picture of a link, as SVG, or ''."""
        roles, mark = self.look.palette.light.roles, self.look.mark
        return self.mark or (mark.svg(roles["header_text"]) if mark else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """Everything that a build makes before it renders page templates."""

    settings: Settings
    language: SiteLanguage
    languages: tuple[SiteLanguage, ...]
    """All languages that the charter is published in, this one among them; the one that it is written in is
    the first."""
    translated: TranslatedEdition
    view: EditionView
    findings: tuple[Finding, ...]
    renderer: Renderer
    menu: VersionMenu | None
    """The versions to choose from in the header; None before there is one."""
    register_files: Mapping[str, bytes]
    """The data files of the register, by address."""
    pdfs: Mapping[str, bytes]
    """The PDF of every version; none in a preview."""
    documents: Mapping[str, bytes]
    """The documents for a café and of what is signed, by address; none in a preview."""
    pictures: Mapping[str, bytes]
    """What is shown for a link to the site, and for the site on a phone, by address; none in a preview."""
    pages: dict[str, Page]
    """The charter's pages, by address."""

    @property
    def charter(self) -> Charter | None:
        """The charter that the site shows."""
        return self.view.shown.charter if self.view.shown else None


def build_sites(edition: Edition, findings: tuple[Finding, ...], settings: Settings) -> tuple[Site, ...]:
    """The site of `edition`, in which the check found `findings`, in each language: the one that the charter
    is written in first. Raises CharterError if a document cannot be made."""
    languages = site_languages(edition.charter)
    translations = [translated_edition(edition, each, languages[0]) for each in languages]
    texts = tuple(side_by_side.subjects(edition, translations[1:]))
    with use_language(languages[0].page):
        first = _build_site(translations[0], findings, settings, languages, texts=texts)
    sites = [first]
    for translated in translations[1:]:
        language = translated.language
        address = settings.address and f"{settings.address}{language.prefix}"
        with use_language(language.page):
            own = replace(settings, address=address, cache=_cache(edition, settings, language, languages[0]))
            sites.append(_build_site(translated, findings, own, languages, texts=texts, first=first))
    by_tag = {each.language.tag: each for each in translations}
    return tuple(_with_side_by_side(each, texts, by_tag) for each in sites)


def _with_side_by_side(
    site: Site, texts: Sequence[side_by_side.Subject], translations: Mapping[str, TranslatedEdition]
) -> Site:
    """The site with the pages and documents on which two languages stand side by side."""
    if not texts:
        return site
    with use_language(site.language.page):
        found = list(
            side_by_side.pages_and_documents(
                texts,
                site.language,
                translations,
                site.renderer,
                cache=None if site.settings.preview else site.settings.cache,
                date=site.settings.committed or UNDATED,
            )
        )
    pages = site.pages | {page.address: page for page, _, _ in found}
    documents = {**site.documents, **{address: pdf for _, address, pdf in found if address}}
    return replace(site, pages=pages, documents=documents)


def _cache(
    edition: Edition, settings: Settings, language: SiteLanguage, source: SiteLanguage
) -> DocumentCache:
    """The documents of the site in a further language."""
    frozen = (each.sha256 for each in edition.frozen_translations if each.language == language.tag)
    working = (repr(each) for each in edition.translations if each.language == language.tag)
    courtesy = language.standing == LanguageStanding.COURTESY
    notice = courtesy_notice(source.tag, settings.address) if courtesy else ""
    return settings.cache.for_translation((language.tag, *frozen, *working), notice)


def _build_site(
    translated: TranslatedEdition,
    findings: tuple[Finding, ...],
    settings: Settings,
    languages: tuple[SiteLanguage, ...],
    *,
    texts: Sequence[side_by_side.Subject],
    first: Site | None = None,
) -> Site:
    """The site in the language of a `translated` edition, one of the `languages`; with what it shares with
    `first`, the site in the first of them. `texts` are those that stand side by side with another."""
    edition, language = translated.original, translated.language
    view = edition_view(
        translated.edition, settings.committed, translated if translated.has_foreign else None
    )
    marks = None
    if translated.has_foreign or len(languages) > 1:
        marks = Marks(language.page, languages[0].tag)
        settings = replace(settings, templates=marking(settings.templates, marks, settings.compiled))
    register, preview = view.register, settings.preview
    listed: Mapping[str, bytes] = first.register_files if first else {}
    if register and not first:
        listed = register_files(
            register.current, register.entries, register.day, register.seen, register.reports
        )
    foreign = translated.untranslated if first else frozenset()
    requests = (
        each for each in pdf_requests(view.history, settings.address) if each.release.version not in foreign
    )
    pdfs = {} if preview else cached_pdfs(requests, settings.cache)
    documents = {} if preview else _documents(view, settings, foreign)
    shared = {make(version) for version in foreign for make in _OF_VERSIONS}
    settings.templates.globals["look"] = settings.look
    renderer = Renderer(
        settings.templates,
        site=settings.address,
        prefix=language.prefix,
        shared=frozenset(shared),
        pdfs=dict(first.renderer.pdfs if first else {})
        | {version: len(pdf) for version, pdf in pdfs.items()},
        documents={
            address: document
            for address, document in (first.renderer.documents if first else {}).items()
            if address in shared
        }
        | {
            address: PrintedDocument(size=len(pdf), pages=page_count(pdf, settings.cache))
            for address, pdf in documents.items()
        },
        signed=dict(register.counts.version) if register else None,
        repository=settings.repository,
        marks=marks,
        beside=side_by_side.beside(texts, language, languages[0]),
        prevails=name_in(languages[0].tag, language.page)
        if language.standing == LanguageStanding.COURTESY
        else "",
    )
    errors = [each for each in findings if each.severity is Severity.ERROR]
    blocking = [each for each in errors if not checks.is_signatory_finding(each, edition)]
    learned = bool(settings.editors and register and register.reports)
    pages = [*site_pages(view, renderer, blocking, learned=learned)]
    if settings.editors:
        pages.insert(0, rules_page(checks.RULES, settings.templates))
    pages += translation_page(edition, settings.templates)
    pages += about_pages(view, settings.templates, repository=settings.repository)
    if register:
        digest = sha256(listed[addresses.REGISTER_JSON]).hexdigest()
        pages += register_pages(register, renderer, documents=not preview, learned=learned)
        pages += report_pages(register, view.history, renderer, editors=settings.editors)
        pages += print_list_pages(register, renderer, digest=digest, pdfs=not preview)
    return Site(
        settings=settings,
        language=language,
        languages=languages,
        view=view,
        findings=findings,
        renderer=renderer,
        translated=translated,
        menu=version_menu(view.edition.releases, view.edition.current),
        register_files=listed,
        pdfs=pdfs,
        documents=documents,
        pictures={} if preview else _pictures(view, settings, first),
        pages={page.address: page for page in pages},
    )


def _pictures(view: EditionView, settings: Settings, first: Site | None) -> Mapping[str, bytes]:
    """The pictures of links, and those of the site on a phone, which are those of the `first` language."""
    if view.shown is None:
        return {}
    title, releases = view.shown.charter.title, view.edition.releases
    drawn = cards(title, releases, settings.cache, mark=settings.card_mark)
    if first:
        return {
            **drawn,
            **{address: png for address, png in first.pictures.items() if address in addresses.ICONS},
        }
    return {**drawn, **icons(settings.cache, mark=settings.icon)}


def _documents(view: EditionView, settings: Settings, foreign: Collection[str]) -> dict[str, bytes]:
    cache, site = settings.cache, settings.address
    documents = commitments_pdfs(view.history, cache, site=site, without=foreign)
    if view.shown and view.shown.cafe:
        release = view.shown.release
        date = release.date if release else settings.committed or UNDATED
        documents |= cafe_documents(view.shown.cafe, cache, date=date, site=site)
    return documents
