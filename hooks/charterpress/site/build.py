"""An edition, its findings and settings → what its site is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import jinja2

from charterpress import checks
from charterpress.model import Charter, Edition, Finding, Page, Severity
from charterpress.outputs import html as pages
from charterpress.outputs.data import signatories as listing
from charterpress.outputs.html import signatories
from charterpress.outputs.html.practice import cafe
from charterpress.outputs.pdf import cache as shelf
from charterpress.outputs.pdf import cafe as paper_of_cafe
from charterpress.versions import number
from charterpress.views import addresses

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
    shelf: shelf.Shelf
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
    edition: Edition
    findings: tuple[Finding, ...]
    charter: Charter | None
    """The charter that the site shows: the current release's, or the working text's before there is one."""
    numbers: Mapping[str, str]
    """The numbers of its themes and principles, by id."""
    history: pages.History
    menu: pages.Menu | None
    """The versions to choose from at the head of a page; None before there is one."""
    register: signatories.Register | None
    """Who has signed; None before there is a version to sign."""
    listed: Mapping[str, bytes]
    """The register as files for programs, by address."""
    pdfs: Mapping[str, bytes]
    """The PDF of every version; none in a preview."""
    papers: Mapping[str, bytes]
    """What is printed to hold a café, by address; nothing in a preview."""
    notes: bytes
    """The file that the notes of a café go into; empty for a charter that there is nothing to say about."""
    pages: dict[str, Page]
    """The pages that are made of the charter, by address."""
    foot: str
    """What stands at the foot of a printed page that has no words of its own for it."""


def make(edition: Edition, findings: tuple[Finding, ...], settings: Settings) -> Site:
    """Return the site of `edition`, of which the check has said `findings`. Raises CharterError in plain
    words where something cannot be made."""
    current, preview = edition.current, settings.preview
    charter = current.charter if current else edition.charter
    dated = pages.draft(settings.committed)
    foot = pages.released(current) if current else dated
    history = pages.History(edition)
    register = signatories.read(edition, settings.committed)
    listed = listing.files(register.current, register.entries, register.day) if register else {}
    pdfs = {} if preview else shelf.pdfs(shelf.orders(history, settings.address), settings.shelf)
    held = cafe.cafe(charter, foot) if charter else None
    date = current.date if current else settings.committed or UNDATED
    papers = {} if preview or not held else _papers(held, date, settings)
    text = pages.Text(settings.templates, site=settings.address)
    made = [pages.rules(checks.RULES, settings.templates)]
    made += pages.pages(
        edition,
        settings.templates,
        dated=dated,
        history=history,
        site=settings.address,
        pdfs={version: len(pdf) for version, pdf in pdfs.items()},
        papers={at: paper_of_cafe.paper(pdf, settings.shelf) for at, pdf in papers.items()},
        signed=dict(register.counts.version) if register else None,
        findings=_in_the_way(findings, edition),
    )
    if register:
        digest = sha256(listed[addresses.REGISTER_JSON]).hexdigest()
        made += signatories.pages(register, text, digest=digest, pdfs=not preview)
    return Site(
        settings=settings,
        edition=edition,
        findings=findings,
        charter=charter,
        numbers=number.numbers(charter) if charter else {},
        history=history,
        menu=pages.menu(edition.releases, current),
        register=register,
        listed=listed,
        pdfs=pdfs,
        papers=papers,
        notes=cafe.notes(held).encode() if held else b"",
        pages={page.address: page for page in made},
        foot=foot,
    )


def _papers(held: cafe.Cafe, date: str, settings: Settings) -> dict[str, bytes]:
    return dict(paper_of_cafe.papers(held, settings.shelf, date=date, site=settings.address))


def _in_the_way(findings: Sequence[Finding], edition: Edition) -> list[Finding]:
    """Return what stands between the working text and its release."""
    return [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR and not checks.is_signatory_finding(finding, edition)
    ]
