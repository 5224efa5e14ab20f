"""An edition, its findings and settings → what its site is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import jinja2

from charterpress import checks
from charterpress.model import Charter, Edition, Finding, Page, Severity
from charterpress.outputs.data.signatories import register_files
from charterpress.outputs.html.renderer import PrintedDocument, Renderer
from charterpress.outputs.html.rules_page import rules_page
from charterpress.outputs.html.signatories.print_pages import print_list_pages
from charterpress.outputs.html.signatories.register_pages import register_pages
from charterpress.outputs.html.site_pages import site_pages
from charterpress.outputs.html.version_menu import VersionMenu, version_menu
from charterpress.outputs.pdf.cafe import cafe_documents, page_count
from charterpress.outputs.pdf.charter import cached_pdfs, pdf_requests
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.views import addresses
from charterpress.views.edition_view import EditionView, edition_view

UNDATED = "1980-01-01"
"""The day of a text that git knows no day of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Font:
    """A font of the site: what it is called there, its file, how far that is cut in its axes, and the family
    that its `licence` is about."""

    name: str
    file: Path
    axes: Mapping[str, float] | None
    family: str
    licence: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What does not come from the charter. `address` is where the site will stand, ending in a slash, or ''
    where that is not known; `committed` is the day (ISO) of the newest text, or ''."""

    address: str
    committed: str
    templates: jinja2.Environment
    cache: DocumentCache
    """What was made before, and need not be made again."""
    fonts: tuple[Font, ...]
    font_cache: Path
    certificates: int
    """How many organisations at most have a certificate as a PDF."""
    policy: str
    """What the host tells browsers that a page may do."""
    preview: bool
    """Whether an editor looks at it: then nothing is printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """All that one build makes of an edition."""

    settings: Settings
    view: EditionView
    findings: tuple[Finding, ...]
    renderer: Renderer
    menu: VersionMenu | None
    """The versions to choose from at the head of a page; None before there is one."""
    register_files: Mapping[str, bytes]
    """The register as files for programs, by address."""
    pdfs: Mapping[str, bytes]
    """The PDF of every version; none in a preview."""
    cafe_documents: Mapping[str, bytes]
    """What is printed to hold a café, by address; nothing in a preview."""
    pages: dict[str, Page]
    """The pages that are made of the charter, by address."""

    @property
    def charter(self) -> Charter | None:
        """The charter that the site shows."""
        return self.view.shown.charter if self.view.shown else None


def make(edition: Edition, findings: tuple[Finding, ...], settings: Settings) -> Site:
    """Return the site of `edition`, in which the check found `findings`. Raises CharterError in plain words
    if something cannot be made."""
    view = edition_view(edition, settings.committed)
    register, preview = view.register, settings.preview
    listed = register_files(register.current, register.entries, register.day) if register else {}
    pdfs = {} if preview else cached_pdfs(pdf_requests(view.history, settings.address), settings.cache)
    cafe = {} if preview else _cafe_documents(view, settings)
    renderer = Renderer(
        settings.templates,
        site=settings.address,
        pdfs={version: len(pdf) for version, pdf in pdfs.items()},
        documents={
            address: PrintedDocument(size=len(pdf), pages=page_count(pdf, settings.cache))
            for address, pdf in cafe.items()
        },
        signed=dict(register.counts.version) if register else None,
    )
    pages = [rules_page(checks.RULES, settings.templates)]
    pages += site_pages(view, renderer, _blocking(findings, edition))
    if register:
        digest = sha256(listed[addresses.REGISTER_JSON]).hexdigest()
        pages += register_pages(register, renderer, documents=not preview)
        pages += print_list_pages(register, renderer, digest=digest, pdfs=not preview)
    return Site(
        settings=settings,
        view=view,
        findings=findings,
        renderer=renderer,
        menu=version_menu(edition.releases, edition.current),
        register_files=listed,
        pdfs=pdfs,
        cafe_documents=cafe,
        pages={page.address: page for page in pages},
    )


def _cafe_documents(view: EditionView, settings: Settings) -> dict[str, bytes]:
    if view.shown is None or view.shown.cafe is None:
        return {}
    release = view.shown.release
    date = release.date if release else settings.committed or UNDATED
    return dict(cafe_documents(view.shown.cafe, settings.cache, date=date, site=settings.address))


def _blocking(findings: Sequence[Finding], edition: Edition) -> list[Finding]:
    """Return what stands between the working text and its release."""
    return [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR and not checks.is_signatory_finding(finding, edition)
    ]
