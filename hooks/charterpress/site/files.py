"""A site → its files, by address: what pages are dressed in, what machines read, what is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any, TypeAlias

from charterpress.model import Page, Release
from charterpress.outputs import feeds
from charterpress.outputs import html as pages
from charterpress.outputs.data import competencies, releases
from charterpress.outputs.data.schema_files import schema_files
from charterpress.outputs.html import page_template, signatories
from charterpress.outputs.images import badge
from charterpress.outputs.pdf import certificate, printable
from charterpress.outputs.pdf import signatories as paper
from charterpress.outputs.style import fonts
from charterpress.site.build import Site
from charterpress.versions import number
from charterpress.views import addresses as address

Files: TypeAlias = Iterator[tuple[str, bytes]]
"""Addresses, and the bytes that stand there."""
SCRIPTS = {
    "javascripts/changes.js": ("assets/javascripts/changes.js",),
    "javascripts/compare.js": ("assets/javascripts/compare.js", "assets/javascripts/vendor/diff"),
    "javascripts/practice.js": ("assets/javascripts/practice.js",),
    "javascripts/register.js": ("assets/javascripts/register.js",),
    "javascripts/assessment/main.js": ("assets/javascripts/assessment/",),
}
"""What a page may ask for, and the files that are published with it where one does."""
ASKING = ("changes", "competencies", "draft", "register", "self-assessment")
"""The kinds of pages that ask for one."""
MADE = {
    "_headers": "headers.txt",
}
"""The files that are made from a template for the site as a whole, by address."""
PROGRESS = 2000
"""After how many pages of signatories a build says how far it is: they take a second or two."""


def unused_assets(site: Site) -> Iterator[str]:
    """Yield the scripts that no page uses, by the beginnings of their addresses."""
    asking = [page.html + page.unsearched for page in site.pages.values() if page.kind in ASKING]
    for script, published in SCRIPTS.items():
        if not any(script in html for html in asking):
            yield from published


def foot_address(words: str) -> str:
    """Return the address of the print style that puts `words` at the foot of a page."""
    return f"assets/stylesheets/foot/{sha256(words.encode()).hexdigest()[:12]}.css"


# --- For the site as a whole -------------------------------------------------------------------------


def files(site: Site, *, title: str) -> Files:
    """Yield what there is once: fonts, the feet of printed pages, the headers of the host, feeds, lists and
    schemas. `title` is the site's."""
    settings = site.settings
    for font in settings.fonts:
        for at, letters in ((font.name, fonts.COMMON), (f"{font.name}-rare", fonts.RARE)):
            cut = fonts.cut_once(font.file, letters, font.axes, settings.font_cache)
            yield f"assets/fonts/{at}.woff2", cut
    for family, licence in {font.family: font.licence for font in settings.fonts}.items():
        yield f"assets/fonts/{number.slug(family)}-licence.txt", licence
    known = {"title": title, "policy": settings.policy}
    for at, template in MADE.items():
        yield at, settings.templates.get_template(template).render(known).encode()
    feet = signatories.FEET if site.register and site.register.entries else ()
    for foot in {site.foot, *feet, *(page.foot for page in site.pages.values() if page.foot)}:
        style = settings.templates.get_template("foot.css").render(known, foot=foot)
        yield foot_address(foot), style.encode()
    if site.notes:
        yield address.CAFE_NOTES, site.notes
    yield from releases.files(site.edition).items()
    yield from site.listed.items()
    yield from competencies.files(site.charter, site.edition.current).items()
    yield from feeds.files(site.history, settings.address, settings.templates, site.register).items()
    yield from schema_files().items()


# --- For every version and every signatory -----------------------------------------------------------


def documents(
    site: Site, poured: Callable[[Page], bool], pour: Callable[[Page], str], say: Callable[..., Any]
) -> Files:
    """Yield the pages that are `poured` by `pour` into their frame, and what there is of every version and of
    every signatory. There may be thousands. `say` is told how far it is, as a logger is. Raises CharterError
    where something cannot be made."""
    for at, page in site.pages.items():
        if poured(page):
            yield f"{at}index.html", pour(page).encode()
            site.pages[at] = replace(page, html="")  # hundreds of whole texts are half of the memory used
    for release in site.edition.releases:
        yield from _of_release(release, site)
    for version, pdf in site.pdfs.items():
        yield pages.pdf_address(version), pdf
    yield from site.papers.items()
    if site.register:
        yield from _of_signatories(site, site.register, pour, say)


def _of_release(release: Release, site: Site) -> Files:
    """Yield the files of one version that machines read."""
    home, stands = address.version_address(release.version), site.settings.address
    yield f"{home}charter.json", release.data
    yield (
        f"{home}charter.md",
        site.settings.shelf.kept(
            ["charter.md", release.sha256, stands],
            lambda: releases.document(release, stands).encode(),
            ending="md",
        ),
    )


def _of_signatories(
    site: Site, register: signatories.Register, pour: Callable[[Page], str], say: Callable[..., Any]
) -> Files:
    """Yield what every organisation has: its pages, its badge, and what is printed."""
    settings = site.settings
    certificates = not settings.preview and certificate.are_made(register, settings.certificates)
    concerned = {path for each in site.findings if settings.preview for path in (each.path, *each.about)}
    text, frames = pages.Text(settings.templates), page_template.Frames(pour)
    each = signatories.each(register, text, site=settings.address, certificates=certificates)
    for count, page in enumerate(each, 1):
        # What the check found in a file stands on no other page, and what has moved is in no frame.
        alone = page.source in concerned or bool(page.moved_to)
        yield f"{page.address}index.html", (pour if alone else frames.fill)(page).encode()
        if count % PROGRESS == 0:
            say("%s pages of signatories are written", f"{count:,}")
    yield from signatories.files(register)
    yield from _badges(site, register)
    if not settings.preview:
        yield from _printed(site, register, say)


def _badges(site: Site, register: signatories.Register) -> Files:
    """Yield the badge of the charter, and that of every organisation."""
    by_name = {font.name: font.file for font in site.settings.fonts}
    letters = badge.Letters(title=by_name["text-bold"], words=by_name["text"])
    return badge.badges(
        register.current.charter.title,
        register.entries,
        lambda title, words: badge.draw_once(title, words, letters, site.settings.font_cache),
    )


def _printed(site: Site, register: signatories.Register, say: Callable[..., Any]) -> Files:
    """Yield the list of signatories and their certificates as PDFs."""
    kept, stands, most = site.settings.shelf, site.settings.address, site.settings.certificates
    can = printable.printable(register.entries, kept)
    digest = sha256(site.listed[address.REGISTER_JSON]).hexdigest()
    for at, pdf in paper.documents(register, can, kept, site=stands, digest=digest):
        say("%s is written", at)
        yield at, pdf
    yield from certificate.certificates(register, can, kept, site=stands, most=most)
