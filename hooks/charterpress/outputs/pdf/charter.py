"""A release → the PDF that an organisation prints: cover, preamble, contents, themes, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from charterpress.model import Charter, Principle, Release, Theme
from charterpress.model.errors import CharterError
from charterpress.outputs.images import qr_code
from charterpress.outputs.pdf import layout_words, markup_tree
from charterpress.outputs.pdf.changes import PartChanges, change_values, part_changes
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.engine import document
from charterpress.outputs.pdf.font_sources import FontSource
from charterpress.text.dates import day_in_words
from charterpress.text.interface import gettext as _
from charterpress.versions import number
from charterpress.views import labels
from charterpress.views.addresses import version_address
from charterpress.views.comparison import pair_names
from charterpress.views.history import History
from charterpress.views.principle_parts import principle_sections

LAYOUT = "charter.typ"
LONG = 100
"""From how many principles on a document of all of them takes so much memory, 4 MB for each, that typst is
told to forget it."""

LinkPlaces = dict[str, str]
"""The place in the document of whatever a link in the text can lead to, by its path in the charter's folder:
`themes/<theme>/<principle>.md`, with `#<anchor>` for a commitment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfRequest:
    """One PDF to make. `address` is the permanent address of the version. `changes` says, part by part, what
    is new since the version before. `superseded` names the version that replaced this one, and its date
    (ISO)."""

    release: Release
    address: str
    changes: tuple[PartChanges, ...] = ()
    superseded: tuple[str, str] | None = None


def charter_pdf(request: PdfRequest, fonts: Sequence[FontSource]) -> bytes:
    """Return a release as a PDF/UA-1 document on A4; the same arguments give the same bytes. The fonts are
    `fonts`, with the ones that typst brings for letters they lack; never the system's. Raises
    MissingLetterError where no font has a letter of the text, and CharterError for an invalid date or a text
    that cannot be set."""
    date, long = request.release.date, is_long(request.release.charter)
    with _naming(request.release):
        return document(LAYOUT, _charter_values(request), date=date, fonts=fonts, long=long)


def pdf_requests(history: History, site: str) -> tuple[PdfRequest, ...]:
    """Return what to make so that every release has its PDF; `site` is the address of the site, which ends in
    a slash."""
    return tuple(_request(release, history, site) for release in history.releases)


def _request(release: Release, history: History, site: str) -> PdfRequest:
    before, after = history.before(release), history.after(release)
    names = pair_names(before.charter, release.charter) if before else {}
    changes = history.steps.get(release.version, ())
    return PdfRequest(
        release=release,
        address=f"{site}{version_address(release.version)}",
        changes=part_changes(changes, release.notes, names),
        superseded=(after.version, after.date) if after else None,
    )


def cached_pdfs(requests: Iterable[PdfRequest], cache: DocumentCache) -> dict[str, bytes]:
    """Return the PDF of every release that is requested, by version, from `cache` if it is there: to set one
    takes a third of a second. Raises what `charter_pdf` raises."""
    pdfs = cache.in_parallel(requests, partial(_cached_pdf, cache))
    return {request.release.version: data for request, data in pdfs}


def _cached_pdf(cache: DocumentCache, request: PdfRequest) -> bytes:
    release, changes = request.release, [asdict(part) for part in request.changes]
    with _naming(release):
        return cache.document(
            LAYOUT,
            partial(_charter_values, request),
            date=release.date,
            long=is_long(release.charter),
            content=[release.sha256, request.address, changes, request.superseded],
        )


@contextmanager
def _naming(release: Release) -> Iterator[None]:
    """Let an error say which release could not be set."""
    try:
        yield
    except CharterError as error:
        error.path = error.path or release.path
        raise


def is_long(text: Charter) -> bool:
    """Return whether a document of all principles takes so much memory that it has to be forgotten."""
    return sum(1 for _ in text.principles()) > LONG


# --- Values ------------------------------------------------------------------------------------------


def _charter_values(request: PdfRequest) -> dict[str, Any]:
    """Return everything that the layout of `charter` shows, ready to show: words, never source."""
    release, superseded = request.release, request.superseded
    text, places, date = release.charter, _places(release), day_in_words(release.date)
    numbers = number.part_numbers(text)
    # Translators: how to cite a version; {version} is “version 1.0.0”.
    cite = _("{title}, {version}, {date}. {address}").format(
        title=text.title,
        version=labels.release_in_sentence(release),
        date=date,
        address=layout_words.from_left(request.address),
    )
    head = (
        _("version {version}, consultation draft")
        if release.consultation and not superseded
        else _("version {version}")
    )
    return {
        "words": {**layout_words.charter_words(), "head": head.format(version=release.version)},
        "title": text.title,
        "summary": text.summary,
        "version": release.version,
        "date": date,
        "consultation": release.consultation,
        "licence": {"name": text.licence, "address": labels.licence_address(text.licence)},
        "address": request.address,
        "qr": qr_code.code(request.address).svg,
        "digest": {
            "groups": labels.digest_groups(release.sha256),
            "short": release.sha256[: labels.DIGEST_LENGTH],
        },
        "superseded": superseded and {"version": superseded[0], "date": day_in_words(superseded[1])},
        "cite": cite,
        "changes": change_values(
            release,
            request.changes,
            reason=lambda note, above: markup_tree.blocks(
                note.reason, link=partial(_lead, places, f"changes/{note.id}.md"), above=above
            ),
        ),
        "preamble": {
            "title": _("Preamble"),
            "text": markup_tree.blocks(text.preamble, link=partial(_lead, places, "preamble.md"), above=1),
            "reporting": labels.reporting_sentence(text),
        },
        "themes": [
            {
                "id": theme.id,
                "number": numbers[theme.id],
                "title": theme.title,
                "summary": theme.summary,
                "text": markup_tree.blocks(theme.text, link=partial(_lead, places, _file(theme)), above=1),
                "principles": [
                    {
                        "id": principle.id,
                        "number": numbers[principle.id],
                        "title": principle.title,
                        "summary": principle.summary,
                        "sections": section_values(
                            text, principle, link=partial(_lead, places, _file(theme, principle)), above=3
                        ),
                        "plain": principle.plain,
                        "behaviours": [asdict(each) for each in principle.behaviours],
                        "questions": principle.questions,
                        "sources": principle.sources,
                    }
                    for principle in theme.principles
                ],
            }
            for theme in text.themes
        ],
    }


def section_values(
    charter: Charter, principle: Principle, *, link: markup_tree.Link, above: int
) -> list[dict[str, Any]]:
    """Return what templates show of each section; `link` and `above` are those of `markup_tree.blocks`."""
    blocks = partial(markup_tree.blocks, link=link, above=above)
    return [
        {
            "heading": section.shape.heading,
            "binding": section.shape.binding,
            "commitments": [
                {"id": item.anchor, "letter": item.letter, "text": blocks(item.text)}
                for item in section.commitments
            ],
            "text": [] if section.commitments else blocks(section.section.text),
        }
        for section in principle_sections(charter, principle)
    ]


# --- Links -------------------------------------------------------------------------------------------


def _file(theme: Theme, principle: Principle | None = None) -> str:
    """The file of a part of the text in the charter's folder: a release has no files, but the
    links in it, and in the notes that it took in from changes/, are written from one to another."""
    return f"themes/{theme.id}/{principle.id if principle else 'index'}.md"


def _places(release: Release) -> LinkPlaces:
    places = {"preamble.md": "preamble"} | {_file(theme): theme.id for theme in release.charter.themes}
    for theme, principle in release.charter.principles():
        file = _file(theme, principle)
        places[file] = principle.id
        for section in principle_sections(release.charter, principle):
            places |= {f"{file}#{item.anchor.partition('.')[2]}": item.anchor for item in section.commitments}
    return places


def _lead(places: LinkPlaces, file: str, target: str) -> markup_tree.Target:
    """Where a link in `file` leads: to a place in the document, to an address, or, for '', nowhere."""
    path, mark, anchor = target.partition("#")
    address = markup_tree.join(file, path)
    if address not in places:
        return markup_tree.outside(target)
    place = places.get(f"{address}#{anchor}") if mark else None
    return markup_tree.Target(place=place or places[address])
