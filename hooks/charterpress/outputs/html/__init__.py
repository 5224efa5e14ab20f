"""An edition → the pages that show it: address, words and source file of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import jinja2
from markupsafe import Markup

from charterpress.model import Edition, Finding, Page, Rule
from charterpress.outputs.html import change_pages, practice, redirects, version_pages
from charterpress.outputs.html import charter_pages as own
from charterpress.outputs.html.version_menu import Menu, menu
from charterpress.text import markup
from charterpress.versions import number
from charterpress.views.addresses import CHARTER as WHOLE
from charterpress.views.addresses import HOME, RULES, VERSIONS, pdf_address, relative
from charterpress.views.history import History
from charterpress.views.labels import Paper, Text, day, draft, licence_address, released

__all__ = [
    "HOME",
    "VERSIONS",
    "WHOLE",
    "History",
    "Menu",
    "Text",
    "day",
    "draft",
    "licence_address",
    "menu",
    "pages",
    "pdf_address",
    "relative",
    "released",
    "rules",
]


def pages(
    edition: Edition,
    templates: jinja2.Environment,
    *,
    dated: str = "Draft",
    history: History | None = None,
    site: str = "",
    pdfs: Mapping[str, int] | None = None,
    papers: Mapping[str, Paper] | None = None,
    signed: Mapping[str, int] | None = None,
    findings: Sequence[Finding] = (),
) -> tuple[Page, ...]:
    """Return every page of `edition`, the charter's own first and in reading order. `history` is that of the
    edition, where somebody else needs it too: it is long to work out. `site` is where the site stands, ending
    in a slash, or '' where that is not known; `pdfs` are the versions that have a PDF, with its size in
    bytes; `papers` are the other documents to print, by address; `signed` says how many organisations stand
    by each version, or is None before there is one to sign.

    The charter's own pages show the current release, or the working text, called `dated`, where there is none
    yet. A link in the text names a file of the charter; on a page it leads to that file's page, or, on a page
    that holds the whole text, to its place there. `findings` are what stands between the working text and its
    release; the page of the draft lists them.
    """
    text = Text(templates, site=site, pdfs=pdfs, papers=papers, signed=signed)
    return tuple(_pages(edition, text, dated, history or History(edition), findings))


def _pages(
    edition: Edition, text: Text, dated: str, history: History, findings: Sequence[Finding]
) -> Iterator[Page]:
    release = history.current
    charter = release.charter if release else edition.charter
    if charter is None:
        return
    foot = released(release) if release else dated
    for page in own.pages(charter, text, history):
        notice = "" if release else text.show("unreleased.html", charter, page.address, dated=dated)
        yield replace(page, foot=foot, notice=notice)
    for page in practice.pages(charter, text, history, dated):
        notice = "" if release else text.show("unreleased.html", charter, page.address, dated=dated)
        yield replace(page, notice=notice)
    yield from version_pages.pages(edition, text, history)
    yield from change_pages.pages(text, history)
    yield from change_pages.draft(edition, text, history, dated, findings)
    yield from redirects.pages(text, history)


def rules(table: Iterable[Rule], templates: jinja2.Environment) -> Page:
    """Return the page of all rules of the check, made from `table` by the template rules.html."""
    groups: dict[str, list[Rule]] = {}
    for rule in table:
        groups.setdefault(rule.group, []).append(rule)
    return Page(
        address=RULES,
        title="What the check looks for",
        description="Every rule that a proposed change is read by, with the way to put things right.",
        html=templates.get_template("rules.html").render(
            groups=groups, slug=number.slug, md=lambda words: Markup(markup.html(words))
        ),
        kind="rules",
    )
