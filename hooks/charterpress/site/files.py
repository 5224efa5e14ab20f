"""A site → its files, by address: fonts and styles, data and feeds, documents; what page templates show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import chain
from typing import Any, TypeAlias

from charterpress.editing.sign_up.answer_table import given_names
from charterpress.model import Page, Release
from charterpress.outputs.assets import schema_files
from charterpress.outputs.data.competencies import competency_files
from charterpress.outputs.data.releases import proof_files, release_files, release_markdown
from charterpress.outputs.feeds import feed_files
from charterpress.outputs.feeds.calendar import Calendars
from charterpress.outputs.html.script_words import words_address, words_script
from charterpress.outputs.html.sign_form import answers_file
from charterpress.outputs.html.signatories.organisation_pages import (
    organisation_pages,
    organisation_redirects,
)
from charterpress.outputs.html.signatories.print_pages import CERTIFICATE_FOOTER, certificate_pages
from charterpress.outputs.html.signatories.register_pages import register_search_files
from charterpress.outputs.html.templates import PageTemplates
from charterpress.outputs.images import badge
from charterpress.outputs.pdf.printable import find_printable
from charterpress.outputs.pdf.signatories import certificate_pdfs, has_certificate_pdfs, list_documents
from charterpress.outputs.search.stemmers import unused_stemmers
from charterpress.outputs.style import fonts, scripts
from charterpress.outputs.words.cafe_words import cafe_notes
from charterpress.site.build import Settings, Site
from charterpress.text import interface
from charterpress.text.interface import N_, gettext, interface_of, use_language
from charterpress.text.slugs import anchor_slug
from charterpress.views import addresses
from charterpress.views.signatories import RegisterView
from charterpress.views.translated import Words

Files: TypeAlias = Iterator[tuple[str, bytes]]
"""Addresses and their content."""
SCRIPTS = {
    "javascripts/changes.js": ("assets/javascripts/changes.js",),
    "javascripts/check.js": ("assets/javascripts/check.js",),
    "javascripts/compare.js": ("assets/javascripts/compare.js", "assets/javascripts/vendor/diff"),
    "javascripts/practice.js": ("assets/javascripts/practice.js",),
    "javascripts/register.js": ("assets/javascripts/register.js",),
    "javascripts/assessment/main.js": ("assets/javascripts/assessment/",),
    "javascripts/assessment/publish.js": ("assets/javascripts/assessment/publish.js",),
    "javascripts/sign-up/main.js": ("assets/javascripts/sign-up/",),
}
"""The scripts that some pages use, each with the beginnings of the addresses of all its files."""
SCRIPTED = ("changes", "check", "competencies", "draft", "register", "self-assessment", "sign")
"""The kinds of pages that use one of them."""
REPLACEABLE = (addresses.MANIFEST, addresses.ROBOTS, addresses.MARK, addresses.BRAND)
"""The files that a site's own in docs/ take the place of."""
_COUNTERS = re.compile(r"(\{page\}|\{count\})")
PROGRESS = 2000
"""How many pages of signatories there are between two messages: they take a second or two."""


def unused_assets(site: Site) -> Iterator[str]:
    """Yield the scripts that no page uses, by the beginnings of their addresses."""
    pages = [page.html + page.unsearched for page in site.pages.values() if page.kind in SCRIPTED]
    for script, files in SCRIPTS.items():
        if not any(script in html for html in pages):
            yield from files
    yield from unused_stemmers(each.tag for each in site.languages)


def print_style_address(footer: str, header: str = "", prefix: str = "") -> str:
    """The address of the print style that puts `footer` at the foot of every sheet, and `header` at its
    head, in the language whose pages are below `prefix`."""
    name = sha256("\n".join(filter(None, (footer, header, prefix))).encode()).hexdigest()[:12]
    return f"assets/stylesheets/foot/{name}.css"


def script_words_address(site: Site) -> str:
    """The address of the words of scripts in the language of `site`; '' where they are in English."""
    language = site.language.page
    return words_address(language) if interface_of(language).catalog else ""


# --- Files of the site -------------------------------------------------------------------------


def site_files(site: Site, *, title: str) -> Files:
    """Yield the files that do not grow with versions and signatories, by their addresses on the whole site:
    print footers, data and feeds, and, with the language that the charter is written in, what all languages
    share. `title` is the site's. Raises CharterError for a font that cannot be subset."""
    with use_language(site.language.page):
        if site.language.is_source:
            yield from _shared_files(site, title)
        for address, content in _language_files(site, title):
            if site.language.is_source or not addresses.is_shared(address):
                yield addresses.published_address(address, site.language.prefix), content
        yield from _print_styles(site, title)
        words = (page.html for page in site.pages.values())
        yield from scripts.script_files(site.language.tag, words, site.settings.font_cache)
        if script := script_words_address(site):
            yield script, words_script(site.language.page)


def _shared_files(site: Site, title: str) -> Files:
    settings = site.settings
    for font in settings.fonts:
        for name, letters in ((font.name, fonts.COMMON), (f"{font.name}-rare", fonts.RARE)):
            subset = fonts.cached_subset(font.file, letters, font.axes, settings.font_cache)
            yield f"assets/fonts/{name}.woff2", subset
    for family, licence in {font.family: font.licence for font in settings.fonts}.items():
        yield f"assets/fonts/{anchor_slug(family)}-licence.txt", licence
    values = {"title": title, "policy": settings.policy}
    yield "_headers", settings.templates.get_template("headers.txt").render(values).encode()
    robots = settings.templates.get_template("robots.txt").render(site=settings.address)
    yield addresses.ROBOTS, robots.encode()
    yield addresses.MARK, settings.icon.encode()
    if settings.look.mark and not settings.look.mark.is_plain:
        yield addresses.BRAND, settings.card_mark.encode()
    yield from schema_files().items()
    yield from proof_files(site.view.edition)


def _print_styles(site: Site, title: str) -> Files:
    """Yield the styles that put a footer on every printed sheet: their names follow from what they say."""
    view, template = site.view, site.settings.templates.get_template("footer.css")
    certificate = ((gettext(CERTIFICATE_FOOTER), ""),) if view.register and view.register.entries else ()
    own = ((page.footer, page.header) for page in site.pages.values() if page.footer)
    # Translators: at the foot of every printed page of the site.
    page_number = [part for part in _COUNTERS.split(gettext("Page {page} of {count}")) if part]
    for footer, header in {(view.footer, ""), *certificate, *own}:
        style = template.render(title=title, footer=footer, header=header, page_number=page_number)
        yield print_style_address(footer, header, site.language.prefix), style.encode()


def _language_files(site: Site, title: str) -> Files:
    settings, view = site.settings, site.view
    yield addresses.MANIFEST, _manifest(site, title)
    if view.shown and view.shown.cafe:
        yield addresses.CAFE_NOTES, cafe_notes(view.shown.cafe).encode()
    if view.register:
        yield addresses.ANSWERS_JSON, answers_file(view.edition)
        yield addresses.GIVEN_NAMES, given_names().encode()
    yield from release_files(view.history).items()
    yield from site.register_files.items()
    yield from competency_files(view.shown).items()
    feeds = feed_files(
        view.history,
        settings.address,
        settings.templates,
        view.register,
        site.language,
        languages=site.languages,
        digest=sha256(site.register_files[addresses.REGISTER_JSON]).hexdigest() if view.register else "",
    )
    yield from feeds.items()


def _manifest(site: Site, title: str) -> bytes:
    """How a phone shows the site that somebody has put on its screen."""
    pictures = {address: size for address, size in addresses.ICONS.items() if address in site.pictures}
    colours = site.settings.look.palette.light.roles
    manifest = {
        "name": title,
        "start_url": "./",
        "display": "browser",
        "background_color": colours["header_text"],
        "theme_color": colours["header"],
        "icons": [
            {
                "src": addresses.relative(address, site.language.prefix),
                "sizes": f"{size}x{size}",
                "type": "image/png",
            }
            for address, size in pictures.items()
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"


# --- Files of versions and signatories -----------------------------------------------------------


def site_documents(
    site: Site, is_direct: Callable[[Page], bool], render: Callable[[Page], str], log: Callable[..., Any]
) -> Files:
    """Yield the pages for which `is_direct` is true, rendered by `render`, and the files of every version and
    signatory, of which there may be thousands, by their addresses on the whole site. `log` takes messages of
    progress, as a logger does. Raises CharterError if a document cannot be made."""
    language = site.language
    with use_language(language.page):
        for address, content in _language_documents(site, is_direct, render, log):
            if language.is_source or not addresses.is_shared(address):
                yield addresses.published_address(address, language.prefix), content


def _language_documents(
    site: Site, is_direct: Callable[[Page], bool], render: Callable[[Page], str], log: Callable[..., Any]
) -> Files:
    for address, page in site.pages.items():
        if is_direct(page):
            yield f"{address}index.html", render(page).encode()
            site.pages[address] = replace(page, html="")  # whole texts are half of the memory used
    for release in site.view.edition.releases:
        home = addresses.version_address(release.version)
        yield f"{home}charter.json", release.data
        yield f"{home}charter.md", _document(release, site.settings, tuple(_notices(release, site)))
    for version, pdf in site.pdfs.items():
        yield addresses.pdf_address(version), pdf
    yield from site.documents.items()
    yield from site.pictures.items()
    if site.view.register:
        yield from _signatory_files(site, site.view.register, render, log)


def _notices(release: Release, site: Site) -> Iterator[str]:
    """What a document says of a text that is a translation: that it may change, and which text prevails."""
    words = site.translated.words.get(release.version, Words.PUBLISHED)
    if words is Words.WORKING:
        message = gettext(
            "This translation of version %(version)s hasn’t been published yet: it may still change."
        )
        yield message % {"version": release.version}
    if site.settings.cache.notice and words is not Words.SOURCE:
        yield site.settings.cache.notice


def _document(release: Release, settings: Settings, notices: tuple[str, ...]) -> bytes:
    content = ["charter.md", release.sha256, settings.address, interface.language(), *notices]
    return settings.cache.cached(
        content, lambda: release_markdown(release, settings.address, notices).encode(), ending="md"
    )


def _signatory_files(
    site: Site, register: RegisterView, render: Callable[[Page], str], log: Callable[..., Any]
) -> Files:
    settings = site.settings
    with_pdfs = not settings.preview and has_certificate_pdfs(register, settings.certificates)
    with_findings = {path for each in site.findings if settings.preview for path in each.paths}
    page_templates = PageTemplates(render)
    pages = chain(
        organisation_pages(register, site.renderer, certificates=with_pdfs),
        organisation_redirects(register),
        certificate_pages(register, site.renderer, pdfs=with_pdfs),
    )
    for count, page in enumerate(pages, 1):
        # Findings in a file show on no other page, and a redirect has no page template.
        alone = page.source in with_findings or bool(page.moved_to)
        yield f"{page.address}index.html", (render if alone else page_templates.fill)(page).encode()
        if count % PROGRESS == 0:
            log(N_("%s pages of signatories are written"), f"{count:,}")
    yield from register_search_files(register)
    files = {font.name: font.file for font in settings.fonts}
    letters = badge.BadgeFonts(title=files["text-bold"], words=files["text"])
    draw = badge.drawing(letters, settings.look, settings.font_cache, site.language.tag)
    yield from badge.badges(register, draw)
    if site.language.is_source:
        cached = partial(settings.cache.cached, ending="ics")
        yield from Calendars(register=register, site=settings.address, cached=cached).files()
    if not settings.preview:
        yield from _signatory_documents(site, register, log)


def _signatory_documents(site: Site, register: RegisterView, log: Callable[..., Any]) -> Files:
    cache, base, limit = site.settings.cache, site.settings.address, site.settings.certificates
    printable = find_printable(register.entries, cache)
    digest = sha256(site.register_files[addresses.REGISTER_JSON]).hexdigest()
    for address, pdf in list_documents(register, printable, cache, site=base, digest=digest):
        log(N_("%s is written"), address)
        yield address, pdf
    yield from certificate_pdfs(register, printable, cache, site=base, most=limit)
