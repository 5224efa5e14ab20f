"""Parts and versions of a charter → their addresses on the site, and how pages link to them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import unquote

from charterpress.model import Charter, Principle, Theme
from charterpress.text import markdown

OUTWARD = tuple(f"{scheme}:" for scheme in markdown.SAFE_SCHEMES)
"""The schemes of links that lead out of the charter."""

HOME = ""
CHARTER = "charter/"
"""The whole charter on one page."""
COMMITMENTS = "charter/commitments/"
"""What is signed: the preamble and every commitment."""
CHARTER_JSON = "charter.json"
VERSIONS, COMPARE, DRAFT = "versions/", "versions/compare/", "draft/"
VERSIONS_JSON, VERSIONS_SUMS = "versions.json", "versions/SHA256SUMS"
REGISTER, REGISTER_PRINT, REGISTER_SEARCH = "signatories/", "signatories/print/", "signatories/filter/"
REGISTER_JSON, REGISTER_CSV, REGISTER_PDF = (
    f"signatories/signatories.{form}" for form in ("json", "csv", "pdf")
)
CHARTER_BADGE = "signatories/badge.svg"
REGISTER_REPORTS = "signatories/reports.csv"
"""Every answer in a report, as a table."""
PRACTICE, SELF_ASSESSMENT = "practice/", "practice/self-assessment/"
LEARNED = "practice/learned/"
"""What was reported since the current version came."""
COMPETENCIES_JSON, COMPETENCIES_CSV = (
    f"practice/competencies/competencies.{form}" for form in ("json", "csv")
)
CAFE_CARDS, CAFE_KIT, CAFE_NOTES = (f"practice/cafe/{file}" for file in ("cards.pdf", "kit.pdf", "notes.md"))
VERSIONS_FEED, SIGNATORIES_FEED = "feeds/versions.atom", "feeds/signatories.atom"
REPORTS_FEED = "feeds/reports.atom"
REPORTS_CALENDAR = "calendar/reports.ics"
"""When the reports of all organisations are due."""
SEARCH_INDEX = "search/index.json"
EDITORS = "editors/"
"""The pages for editors."""
RULES = "editors/rules/"
PRIVACY, ACCESSIBILITY = "privacy/", "accessibility/"
TRANSLATIONS = "translations/"
"""How far the text in other languages is."""
CARD = "card.png"
"""The picture of a link to the site."""
ICONS = {"apple-touch-icon.png": 180, "icon-192.png": 192, "icon-512.png": 512}
"""The site's pictures on a phone, and how many pixels wide and high each is."""
MARK, BRAND = "assets/images/mark.svg", "assets/images/brand.svg"
"""The mark in a browser's tab, and in the header where it has colours of its own."""
MANIFEST, ROBOTS = "site.webmanifest", "robots.txt"
SIGN, REPORT, PROPOSE = "sign/", "report/", "propose/"
"""Pages that the charter's own pages link to, and that docs/ goes on with."""
ANSWERS_JSON, GIVEN_NAMES = "sign/answers.json", "sign/given-names.txt"
"""The questions of the form and the rules by which a browser judges answers, and the given names for them."""

Address: TypeAlias = Callable[[str], str]
"""The address of one of many, by what tells it from the others."""

version_address: Address = "versions/{}/".format
"""The permanent address of a version."""
side_by_side_address: Callable[[str, str], str] = "{}side-by-side/{}/".format
"""Two languages of the text at an address, by the tag of the other one; and as a document."""
side_by_side_pdf_address: Callable[[str, str], str] = "{}side-by-side/{}/side-by-side.pdf".format
pdf_address: Address = "versions/{}/charter.pdf".format
commitments_pdf_address: Address = "versions/{}/commitments.pdf".format
card_address: Address = "versions/{}/card.png".format
"""The picture of a link to a version."""
translation_address: Callable[[str, str, int], str] = "versions/{}/{}.{}.json".format
"""One revision of a translation of a version, by its version, its language and its number."""
proof_address: Callable[[str, str], str] = "versions/{}/proof/{}".format
"""A time-stamp of a version, or the root certificates of an authority, by the name of its file."""
check_address: Address = "versions/{}/check/".format
"""How to see whether somebody's file is what was released as a version."""
changes_address: Address = "versions/{}/changes/".format
"""What a version changed."""
compare_address: Callable[[str, str], str] = "versions/compare/{}..{}/".format
"""What changed from one version to another."""
signatory_address: Address = "signatories/{}/".format
"""The page of an organisation, by its slug, as for its other files."""
certificate_address: Address = "signatories/{}/certificate/".format
certificate_pdf_address: Address = "signatories/{}/certificate.pdf".format
badge_address: Address = "signatories/{}/badge.svg".format
letter_address: Address = "signatories/letter/{}/".format
"""One part of a register that is too long for one page."""
reports_calendar_address: Address = "calendar/{}.ics".format
"""When the reports of an organisation are due, by its slug."""
report_standing_address: Address = "signatories/standing/{}/".format
"""Those whose report is due as far as a standing says; a long list goes on below it."""
signatory_reports_address: Address = "signatories/{}/reports/".format
"""The reports of an organisation that its own page has no room for."""
volume_address: Address = "signatories/print/{}/".format
"""One volume of a long list to print, as a page, and as a document."""
volume_pdf_address: Address = "signatories/signatories-{}.pdf".format
practice_address: Address = "practice/{}/".format
principle_feed_address: Address = "feeds/principles/{}.atom".format
"""The feed of a principle, by its id."""
schema_address: Address = "schemas/{}".format
"""A JSON Schema, by its file name."""
principle_address_of: Callable[[str, str], str] = "charter/{}/{}/".format
"""The page of a principle, by the ids of its theme and itself."""
principle_reports_address: Callable[[str, str], str] = "charter/{}/{}/reports/".format
"""All that organisations said of a principle, by the same; a long list goes on below it."""
part_address: Callable[[str, int], str] = "{}{}/".format
"""One of the further parts of a list, by the address of the first and the number of the part, from 2."""

_SHARED = frozenset(
    {CHARTER_JSON, VERSIONS_JSON, VERSIONS_SUMS, GIVEN_NAMES, ROBOTS}
    | {REGISTER_JSON, REGISTER_CSV, REGISTER_REPORTS}
)
_SHARED_FOLDERS = ("assets/", "schemas/", "calendar/")
_SHARED_OF_VERSION = re.compile(r"charter\.json|[A-Za-z0-9-]+\.\d+\.json|[A-Za-z0-9.-]+\.(?:tsr|pem)")


def is_shared(address: str) -> bool:
    """Return whether what is at `address` is the same in every language of a site, and so published once, at
    the root of the site: styles, scripts and icons, and data that are not words of one language."""
    return (
        address in _SHARED
        or address in ICONS
        or address.startswith(_SHARED_FOLDERS)
        or address.endswith("/side-by-side.pdf")
        or (address.startswith(VERSIONS) and bool(_SHARED_OF_VERSION.fullmatch(address.rpartition("/")[2])))
    )


def published_address(address: str, prefix: str) -> str:
    """Return where the file at `address` of a language is on the site. `prefix` is the address of the root of
    that language: '' for the one that the charter is written in."""
    return address if is_shared(address) else f"{prefix}{address}"


def theme_address(theme: Theme) -> str:
    """Return the address of a theme's page."""
    return f"{CHARTER}{theme.id}/"


def principle_address(theme: Theme, principle: Principle) -> str:
    """Return the address of a principle's page."""
    return principle_address_of(theme.id, principle.id)


@lru_cache(maxsize=8192)  # every page of a version has the same links as all the others
def relative(target: str, address: str) -> str:
    """Return the relative link from the page at `address` to `target`; both are relative to the site's
    root."""
    path, mark, anchor = target.partition("#")
    if path == address and mark:
        return f"#{anchor}"
    *there, name = path.split("/")
    here = address.split("/")[:-1]
    shared = len(posixpath.commonprefix([there, here]))
    way = "../" * (len(here) - shared) + "".join(f"{step}/" for step in there[shared:]) + name
    return f"{way or './'}{mark}{anchor}"


def source_addresses(charter: Charter) -> Mapping[str, tuple[str, str]]:
    """Return, for every source file of `charter`, the address of its page and its anchor on a whole one."""
    themes = {theme.path: (theme_address(theme), theme.id) for theme in charter.themes}
    principles = {
        each.path: (principle_address(theme, each), each.id) for theme, each in charter.principles()
    }
    return {charter.preamble_path: (CHARTER, "preamble"), **themes, **principles}


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
        place = link(target)
        return home + place if place.startswith("#") else home

    return whole
