"""A release → the PDF that an organisation prints: cover, contents, text, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from charterpress.model import Charter, Principle, Release, Theme
from charterpress.model.errors import CharterError
from charterpress.outputs.images import qr_code
from charterpress.outputs.pdf import markup_tree
from charterpress.outputs.pdf.changes import PartChanges, change_values, part_changes
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.engine import document
from charterpress.text.dates import day_in_words
from charterpress.versions import number
from charterpress.views import labels
from charterpress.views.addresses import version_address
from charterpress.views.comparison import pair_names
from charterpress.views.history import History
from charterpress.views.principle_parts import principle_sections

DIGEST_GROUP = 8
"""The length of the groups in which a digest is printed on the cover."""

LAYOUT = "charter.typ"
LONG = 100
"""From how many principles on a document of all of them takes so much memory, 4 MB for each, that typst is
told to forget it."""

LinkPlaces = dict[str, str]
"""The place in the document of whatever a link in the text can lead to, by its path in the charter's folder:
`themes/<theme>/<principle>.md`, with `#<anchor>` for a commitment."""


def charter_pdf(
    release: Release,
    *,
    address: str,
    changes: Sequence[PartChanges] = (),
    font_folders: Sequence[Path],
    superseded: tuple[str, str] | None = None,
) -> bytes:
    """Return `release` as a PDF/UA-1 document on A4; the same arguments give the same bytes.

    `address` is the permanent address of the version. `changes` says, part by part, what is new since the
    version before. `superseded` names the version that replaced this one, and its ISO date. The fonts are
    those in `font_folders`, with the ones that typst brings for letters they lack; never the system's. Raises
    MissingLetterError where no font has a letter of the text, and CharterError for an invalid date or a text
    that cannot be set.
    """
    values = _charter_values(release, address=address, changes=changes, superseded=superseded)
    with _naming(release):
        return document(
            LAYOUT, values, date=release.date, font_folders=font_folders, long=is_long(release.charter)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfRequest:
    """One PDF to make. The fields are the arguments of `charter_pdf`."""

    release: Release
    address: str
    changes: tuple[PartChanges, ...] = ()
    superseded: tuple[str, str] | None = None


def pdf_requests(history: History, site: str) -> tuple[PdfRequest, ...]:
    """Return what to make so that every release has its PDF; `site` is the address of the site, which ends in
    a slash."""
    releases = history.releases
    return tuple(
        PdfRequest(
            release=release,
            address=f"{site}{version_address(release.version)}",
            changes=part_changes(
                history.steps.get(release.version, ()),
                release.notes,
                pair_names(before.charter, release.charter),
            )
            if before
            else (),
            superseded=(after.version, after.date) if after else None,
        )
        for before, release, after in zip((None, *releases), releases, (*releases[1:], None), strict=False)
    )


def cached_pdfs(requests: Iterable[PdfRequest], cache: DocumentCache) -> dict[str, bytes]:
    """Return the PDF of every release that is requested, by version, from `cache` if it is there: to set one
    takes a third of a second. Raises what `charter_pdf` raises."""
    pdfs = cache.in_parallel(requests, partial(_cached_pdf, cache))
    return {request.release.version: data for request, data in pdfs}


def _cached_pdf(cache: DocumentCache, request: PdfRequest) -> bytes:
    release = request.release
    with _naming(release):
        return cache.known_document(
            [release.sha256, request.address, [asdict(part) for part in request.changes], request.superseded],
            LAYOUT,
            lambda: _charter_values(
                release, address=request.address, changes=request.changes, superseded=request.superseded
            ),
            date=release.date,
            long=is_long(release.charter),
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


def _charter_values(
    release: Release,
    *,
    address: str,
    changes: Sequence[PartChanges] = (),
    superseded: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """Return everything that the layout of `charter` shows, ready to show: words, never source."""
    text = release.charter
    numbers = number.part_numbers(text)
    places = _places(release)
    name = labels.release_name(release)
    return {
        "title": text.title,
        "summary": text.summary,
        "version": release.version,
        "date": day_in_words(release.date),
        "consultation": release.consultation,
        "licence": {"name": text.licence, "address": labels.licence_address(text.licence)},
        "address": address,
        "qr": qr_code.code(address).svg,
        "digest": {
            "groups": [
                release.sha256[at : at + DIGEST_GROUP] for at in range(0, len(release.sha256), DIGEST_GROUP)
            ],
            "short": release.sha256[: labels.DIGEST_LENGTH],
        },
        "superseded": superseded and {"version": superseded[0], "date": day_in_words(superseded[1])},
        "cite": f"{text.title}, {name[0].lower()}{name[1:]}, {day_in_words(release.date)}. {address}",
        "changes": change_values(
            release,
            changes,
            reason=lambda note, above: markup_tree.blocks(
                note.reason, link=partial(_lead, places, f"changes/{note.id}.md"), above=above
            ),
        ),
        "preamble": {
            "title": "Preamble",
            "text": markup_tree.blocks(text.preamble, link=partial(_lead, places, "preamble.md"), above=1),
        },
        "themes": [_theme(release, theme, numbers, places) for theme in text.themes],
    }


def _theme(release: Release, theme: Theme, numbers: dict[str, str], places: LinkPlaces) -> dict[str, Any]:
    link = partial(_lead, places, _file(theme))
    return {
        "id": theme.id,
        "number": numbers[theme.id],
        "title": theme.title,
        "summary": theme.summary,
        "text": markup_tree.blocks(theme.text, link=link, above=1),
        "principles": [
            _principle(release, theme, principle, numbers, places) for principle in theme.principles
        ],
    }


def _principle(
    release: Release, theme: Theme, principle: Principle, numbers: dict[str, str], places: LinkPlaces
) -> dict[str, Any]:
    link = partial(_lead, places, _file(theme, principle))
    return {
        "id": principle.id,
        "number": numbers[principle.id],
        "title": principle.title,
        "summary": principle.summary,
        "sections": [
            {
                "heading": section.shape.heading,
                "binding": section.shape.binding,
                "commitments": [
                    {
                        "id": item.anchor,
                        "letter": item.letter,
                        "text": markup_tree.blocks(item.text, link=link, above=3),
                    }
                    for item in section.commitments
                ],
                "text": []
                if section.commitments
                else markup_tree.blocks(section.section.text, link=link, above=3),
            }
            for section in principle_sections(release.charter, principle)
        ],
        "plain": list(principle.plain),
        "behaviours": [asdict(each) for each in principle.behaviours],
        "questions": list(principle.questions),
        "sources": list(principle.sources),
    }


# --- Links -------------------------------------------------------------------------------------------


def _file(theme: Theme, principle: Principle | None = None) -> str:
    """The file of a part of the text in the charter's folder: a release has no files, but the
    links in it, and in the notes that it took in from changes/, are written from one to another."""
    return f"themes/{theme.id}/{principle.id if principle else 'index'}.md"


def _places(release: Release) -> LinkPlaces:
    found = {"preamble.md": "preamble"}
    for theme in release.charter.themes:
        found[_file(theme)] = theme.id
    for theme, principle in release.charter.principles():
        file = _file(theme, principle)
        found[file] = principle.id
        for section in principle_sections(release.charter, principle):
            found |= {f"{file}#{item.anchor.partition('.')[2]}": item.anchor for item in section.commitments}
    return found


def _lead(places: LinkPlaces, file: str, target: str) -> markup_tree.Target:
    """Where a link in `file` leads: to a place in the document, to an address, or, for '', nowhere."""
    path, mark, anchor = target.partition("#")
    address = markup_tree.join(file, path)
    place = places.get(f"{address}#{anchor}") if mark else None
    return (
        markup_tree.Target(place=place or places.get(address, "")) if address in places else _outside(target)
    )


def _outside(target: str) -> markup_tree.Target:
    return markup_tree.Target(address=target if markup_tree.is_address(target) else "")
