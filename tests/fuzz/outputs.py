"""A charter and its register → what is written of them for others to read, and what keeps them from it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import fontpkg_atkinson_hyperlegible
from lxml import etree, html

from charterpress.model import Edition
from charterpress.outputs.data import releases
from charterpress.outputs.data.competencies import competency_files
from charterpress.outputs.data.signatories import register_files
from charterpress.outputs.feeds import feed_files
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories import organisation_pages
from charterpress.outputs.images import badge
from charterpress.outputs.style.look import Look
from charterpress.views.edition_view import edition_view
from charterpress.views.history import History
from charterpress.views.signatories import register_view
from rendering import TEMPLATES, make_pages, make_register_pages

SITE = "https://harbour.example/charter/"
_FONTS = Path(fontpkg_atkinson_hyperlegible.ROOT) / "files"
_LETTERS = badge.BadgeFonts(
    title=_FONTS / "AtkinsonHyperlegible-Bold.ttf", words=_FONTS / "AtkinsonHyperlegible-Regular.ttf"
)
_SCHEMES = ("", "http", "https", "mailto")
_DATA = ("application/json", "application/ld+json")
"""Kinds of script that are none."""


def written(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Addresses, and what stands there: lists, feeds, badges, documents, and pages without their frame."""
    register = register_view(edition, "2026-12-31")
    assert register
    yield from releases.release_files(History(edition)).items()
    yield from ((f"{each.version}/charter.json", each.data) for each in edition.releases)
    yield from (
        (f"{each.version}/charter.md", releases.release_markdown(each, SITE).encode())
        for each in edition.releases
    )
    yield from register_files(register.current, register.entries, register.day).items()
    yield from competency_files(edition_view(edition, "").shown).items()
    yield from feed_files(History(edition), SITE, TEMPLATES, register).items()
    yield from badge.badges(
        register, lambda text, words: badge.draw_badge(text.title, words, _LETTERS, Look())
    )
    renderer = Renderer(TEMPLATES, site=SITE)
    made = [*make_pages(edition, site=SITE)]
    made += make_register_pages(register, site=SITE, pdfs=False)
    made += organisation_pages.organisation_pages(register, renderer, certificates=False)
    yield from ((f"{page.address}index.html", (page.html + page.unsearched).encode()) for page in made)


def wrong(at: str, data: bytes) -> list[str]:
    """What keeps others from reading what stands at `at`, or would act in their hands."""
    words = data.decode()
    match at.rpartition(".")[2]:
        case "json":
            json.loads(words)
        case "csv":
            rows = list(csv.reader(io.StringIO(words.removeprefix("\ufeff"), newline=""), strict=True))
            return [f"{row}" for row in rows if len(row) != len(rows[0]) or any(map(_acts, row))]
        case "atom":
            etree.fromstring(data)
        case "svg":
            return [each.tag for each in etree.fromstring(data).iter() if _runs(each)]
        case "html":
            return list(_in_page(html.fragment_fromstring(words, create_parent="main")))
    return []


def _acts(cell: str) -> bool:
    """Whether a spreadsheet would take a cell for a formula."""
    return cell.startswith(("=", "+", "@", "\t", "\r")) or (cell.startswith("-") and len(cell) > 1)


def _runs(element: etree._Element) -> bool:
    """Whether an element is a script, has one in an attribute, or lies outside what we write."""
    tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
    script = (
        tag == "script" and element.get("type") not in _DATA and not element.get("src", "").endswith(".js")
    )
    alien = tag in ("iframe", "object", "embed", "base", "meta", "foreignObject", "style")
    return script or alien or any(name.lower().startswith("on") for name in element.keys())  # noqa: SIM118 - no dict


def _in_page(tree: etree._Element) -> Iterator[str]:
    for element in tree.iter(etree.Element):
        if _runs(element):
            yield etree.tostring(element, encoding="unicode")[:200]
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            address = element.get(name, "")
            if urlsplit(address).scheme.lower() not in _SCHEMES:
                yield f"{name}={address}"
