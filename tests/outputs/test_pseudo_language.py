"""Every word of every kind of page comes from the catalogs, or from the charter and those who signed it.

The pages of the example are made in the pseudo-language, whose messages stand between marks, from a charter
in which a sign that nobody writes stands before every word. A word with neither is one that no translator can
reach.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import fields, is_dataclass, replace

import pytest
from lxml import html

from charterpress import checks
from charterpress.model import Class
from charterpress.outputs.html.about_pages import about_pages
from charterpress.outputs.html.renderer import PrintedDocument, Renderer
from charterpress.outputs.html.signatories.organisation_pages import organisation_pages
from charterpress.outputs.html.signatories.print_pages import print_list_pages
from charterpress.outputs.html.signatories.register_pages import register_pages
from charterpress.outputs.html.site_pages import rules_page, site_pages
from charterpress.read import load
from charterpress.text.interface import MARKS, PSEUDO, use_language
from charterpress.text.markdown import to_html
from charterpress.views import addresses
from charterpress.views.edition_view import edition_view
from charterpress.views.repository import Repository
from rendering import TEMPLATES

OWN = "\ua66e"
"""What stands before each word of the charter and its signatories: a letter, so that it is part of it."""
WORDS_OF_THEIRS = (
    *("title", "summary", "text", "items", "heading", "preamble", "questions", "owner", "name", "name_latin"),
    *("behaviour", "measure", "support", "interview", "plain", "sources", "signatory_kinds", "reason", "why"),
    *("kind", "area", "role", "pledge", "note", "approved_by", "because", "reasons", "post", "registration"),
)
"""The fields of the model whose words somebody wrote for this charter."""
ATTRIBUTES = ("aria-label", "title", "alt", "placeholder", "label", "data-name")
UNREAD = ("code", "kbd", "pre", "script", "style", "template")
NAMES = {"HTML", "Linux", "Markdown", "macOS"}
"""Names that are the same in every language."""
_PART = re.compile(r"(\]\([^)]*\)|<[^>]*>|`[^`]*`|https?://\S+)")
_NAMED = re.compile(
    rf"{OWN}[\w’'-]+|[\w.+-]+@[\w.-]+|https?://[^\s{''.join(MARKS)}]+|\b[0-9a-f]{{8,}}\b"
    r"|[\w-]+\.(?:json|csv|atom|md|yml|pdf|svg|com|org|example)\b"
)
"""Names and addresses, digests and files."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def mark(words: str) -> str:
    """`words` with the sign before each of them, but not in addresses and code."""
    return "".join(
        part if place % 2 else re.sub(r"[^\W\d_][\w’'-]*", lambda word: OWN + word[0], part)
        for place, part in enumerate(_PART.split(words))
    )


def marked(value, *, own=False):
    """A part of the model in which every word that somebody wrote for this charter has the sign."""
    if isinstance(value, str) and not isinstance(value, Class):
        return mark(value) if own else value
    if isinstance(value, tuple):
        return tuple(marked(each, own=own) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: marked(getattr(value, field.name), own=own or field.name in WORDS_OF_THEIRS)
            for field in fields(value)
            if field.init and not field.name.startswith("_")
        }
        return replace(value, **changed)
    return value


def unmarked(page: str) -> set[str]:
    """The words of some HTML that are neither messages nor the charter's own."""
    begin, end = MARKS
    found: set[str] = set()

    def look(text: str | None, depth: int) -> int:
        for part in re.split(f"([{begin}{end}])", _NAMED.sub("", text or "")):
            depth += (part == begin) - (part == end)
            if not depth:
                found.update(_WORD.findall(part))
        return depth

    def walk(element, depth: int) -> int:
        for name in ATTRIBUTES:
            look(element.get(name), 0)
        if element.tag not in UNREAD and isinstance(element.tag, str):
            depth = look(element.text, depth)
            for child in element:
                depth = look(child.tail, walk(child, depth))
        return depth

    assert walk(html.fromstring(f"<main>{page}</main>"), 0) == 0
    return found - NAMES


def words_of(edition):
    """An edition in which every word that somebody wrote has the sign."""
    own = ("charter", "releases", "notes", "errata", "signatories")
    return replace(edition, **{name: marked(getattr(edition, name)) for name in own})


def make_all(edition):
    """Every page of an edition."""
    view = edition_view(edition, "2026-12-01")
    register, documents = view.register, defaultdict(lambda: PrintedDocument(size=1, pages=2))
    documents |= {addresses.commitments_pdf_address(each.version): documents[""] for each in edition.releases}
    renderer = Renderer(
        TEMPLATES,
        site="https://charter.example/",
        pdfs={each.version: 1 for each in edition.releases},
        documents=documents,
        signed=dict(register.counts.version) if register else None,
        repository=Repository(address="https://code.example/words"),
    )
    yield from site_pages(view, renderer, checks.check(edition)[:1])
    yield from about_pages(view, TEMPLATES, repository=renderer.repository)
    if register:
        yield from register_pages(register, renderer, documents=True)
        yield from print_list_pages(register, renderer, digest="0" * 64, pdfs=True)
        yield from organisation_pages(register, renderer, certificates=True)
    yield rules_page(checks.RULES, TEMPLATES)


def test_the_link_beside_a_heading_of_the_charter_is_named_in_the_language_in_use():
    with use_language(PSEUDO):
        assert unmarked(to_html(f"# {mark('Plots')}", anchor="plots")) == set()


@pytest.mark.parametrize("released", [True, False])
def test_every_word_of_a_page_is_a_message_or_the_charters(root, released):
    edition = words_of(load(root / "tests" / "example" / "charter"))
    if not released:
        edition = replace(edition, releases=(), signatories=(), notes=(), errata=(), recorded=None)
    left = defaultdict(set)
    with use_language(PSEUDO):
        for page in make_all(edition):
            frame = (page.title, page.description, page.label, page.footer, page.header)
            for part in (
                page.html,
                page.unsearched,
                page.notice,
                *frame,
                *(each.title for each in page.breadcrumbs),
            ):
                left[page.kind] |= unmarked(part)
    assert {kind: words for kind, words in left.items() if words} == {}
    assert len(left) > (25 if released else 15)
