"""Parts and versions of a charter → their addresses on the site, and how pages link to them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import unquote

from charterpress.model import Charter, Principle, Theme
from charterpress.text import markdown

OUTWARD = tuple(f"{scheme}:" for scheme in markdown.SAFE_SCHEMES)
"""The schemes of links that lead out of the charter."""

HOME = ""
CHARTER = "charter/"
"""The whole charter on one page."""
CHARTER_JSON = "charter.json"
VERSIONS = "versions/"
VERSIONS_JSON, VERSIONS_SUMS = "versions.json", f"{VERSIONS}SHA256SUMS"
COMPARE = f"{VERSIONS}compare/"
DRAFT = "draft/"
REGISTER = "signatories/"
REGISTER_JSON, REGISTER_CSV, REGISTER_PDF = (
    f"{REGISTER}signatories.{form}" for form in ("json", "csv", "pdf")
)
REGISTER_PRINT, REGISTER_SEARCH = f"{REGISTER}print/", f"{REGISTER}filter/"
CHARTER_BADGE = f"{REGISTER}badge.svg"
PRACTICE = "practice/"
COMPETENCIES, CAFE, SELF_ASSESSMENT = (
    f"{PRACTICE}competencies/",
    f"{PRACTICE}cafe/",
    f"{PRACTICE}self-assessment/",
)
COMPETENCIES_JSON, COMPETENCIES_CSV = (f"{COMPETENCIES}competencies.{form}" for form in ("json", "csv"))
CAFE_CARDS, CAFE_KIT, CAFE_NOTES = (f"{CAFE}{file}" for file in ("cards.pdf", "kit.pdf", "notes.md"))
VERSIONS_FEED, SIGNATORIES_FEED = "feeds/versions.atom", "feeds/signatories.atom"
SEARCH_INDEX = "search/index.json"
RULES = "editors/rules/"
SIGN, PROPOSE = "sign/", "propose/"
"""Pages of docs/ that the charter's own pages link to."""


def theme_address(theme: Theme) -> str:
    """Return the address of a theme's page."""
    return f"{CHARTER}{theme.id}/"


def principle_address(theme: Theme, principle: Principle) -> str:
    """Return the address of a principle's page."""
    return principle_address_of(theme.id, principle.id)


def principle_address_of(theme: str, principle: str) -> str:
    """Return the address of a principle's page, by the ids of the theme and the principle."""
    return f"{CHARTER}{theme}/{principle}/"


def version_address(version: str) -> str:
    """Return the permanent address of a version."""
    return f"{VERSIONS}{version}/"


def pdf_address(version: str) -> str:
    """Return the address of a version as a document to print."""
    return f"{version_address(version)}charter.pdf"


def changes_address(version: str) -> str:
    """Return the address of what a version changed."""
    return f"{version_address(version)}changes/"


def compare_address(old: str, new: str) -> str:
    """Return the address of what changed from one version to another."""
    return f"{COMPARE}{old}..{new}/"


def signatory_address(slug: str) -> str:
    """Return the address of an organisation's page."""
    return f"{REGISTER}{slug}/"


def certificate_address(slug: str) -> str:
    """Return the address of an organisation's certificate as a page."""
    return f"{signatory_address(slug)}certificate/"


def certificate_pdf_address(slug: str) -> str:
    """Return the address of an organisation's certificate as a document."""
    return f"{signatory_address(slug)}certificate.pdf"


def badge_address(slug: str) -> str:
    """Return the address of an organisation's badge."""
    return f"{signatory_address(slug)}badge.svg"


def letter_address(id: str) -> str:
    """Return the address of one part of a register that is too long for one page."""
    return f"{REGISTER}letter/{id}/"


def volume_address(name: str) -> str:
    """Return the address of one volume of a long list to print, as a page."""
    return f"{REGISTER_PRINT}{name}/"


def volume_pdf_address(name: str) -> str:
    """Return the address of one volume of a long list to print, as a document."""
    return f"{REGISTER}signatories-{name}.pdf"


def practice_address(name: str) -> str:
    """Return the address of a page of the practice section."""
    return f"{PRACTICE}{name}/"


def principle_feed_address(id: str) -> str:
    """Return the address of the feed of the principle with this id."""
    return f"feeds/principles/{id}.atom"


def schema_address(name: str) -> str:
    """Return the address of a JSON Schema, by its file name."""
    return f"schemas/{name}"


@lru_cache(maxsize=8192)  # every page of a version has the same links as all the others
def relative(target: str, address: str) -> str:
    """Return the relative link from the page at `address` to `target`; both are relative to the site's
    root."""
    path, mark, anchor = target.partition("#")
    if path == address and mark:
        return f"#{anchor}"
    *there, name = path.split("/")
    here = address.split("/")[:-1]
    shared = 0
    while shared < min(len(there), len(here)) and there[shared] == here[shared]:
        shared += 1
    way = "../" * (len(here) - shared) + "".join(f"{step}/" for step in there[shared:]) + name
    return f"{way or './'}{mark}{anchor}"


def source_addresses(charter: Charter) -> Mapping[str, tuple[str, str]]:
    """Return, for every source file of `charter`, the address of its page and its anchor on a whole one."""
    found = {charter.preamble_path: (CHARTER, "preamble")}
    for theme in charter.themes:
        found[theme.path] = (theme_address(theme), theme.id)
    for theme, principle in charter.principles():
        found[principle.path] = (principle_address(theme, principle), principle.id)
    return found


def notes_path(charter: Charter) -> str:
    """Return the path that links in a change note of `charter` are relative to."""
    return posixpath.join(posixpath.dirname(charter.path), "changes", "note.md")


def linker(places: Mapping[str, tuple[str, str]], source: str, address: str | None) -> Callable[[str], str]:
    """Return a function that turns a link in the file `source` into one on the page at `address`, or, if that
    is None, into one to a place on a page of the whole text."""

    def link(target: str) -> str:
        path, mark, anchor = target.partition("#")
        path = unquote(path)
        file = posixpath.normpath(posixpath.join(posixpath.dirname(source), path)) if path else source
        if file not in places:
            return target
        page, place = places[file]
        if address is None:
            return f"#{place}.{anchor}" if anchor else f"#{place}"
        return relative(page + mark + anchor, address)

    return link


def permanent_linker(charter: Charter, source: str, home: str) -> Callable[[str], str]:
    """Return a function that turns a link in the file `source` into the absolute address of its target in the
    version of `charter` at `home`, or of that version if it no longer has the target."""
    link = linker(source_addresses(charter), source, None)

    def whole(target: str) -> str:
        if target.startswith(OUTWARD) or not markdown.is_safe_link(target):
            return target
        found = link(target)
        return home + found if found.startswith("#") else home

    return whole
