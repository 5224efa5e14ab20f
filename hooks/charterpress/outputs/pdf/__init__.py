"""A release → the PDF that an organisation prints: cover, contents, text, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from charterpress.model import Charter, Principle, Release, Theme
from charterpress.model.errors import CharterError
from charterpress.outputs.images import qr_code
from charterpress.outputs.pdf import changes as changed
from charterpress.outputs.pdf import markup_tree
from charterpress.outputs.pdf.changes import Told
from charterpress.outputs.pdf.engine import MissingLetterError, document, font_folders
from charterpress.versions import number
from charterpress.views import labels

DIGEST_GROUP = 8
"""How many characters of a digest stand together on the cover."""

LAYOUT = "charter.typ"
LONG = 100
"""From how many principles on a document of all of them takes so much memory, 4 MB for each, that typst is
told to forget it."""

__all__ = ["MissingLetterError", "Told", "charter", "document", "font_folders", "is_long"]

Places = dict[str, str]
"""The place in the document of whatever a link in the text can lead to, by its path in the charter's folder:
`themes/<theme>/<principle>.md`, with `#<anchor>` for a commitment."""


def charter(
    release: Release,
    *,
    address: str,
    changes: Sequence[Told] = (),
    font_folders: Sequence[Path],
    superseded: tuple[str, str] | None = None,
) -> bytes:
    """Return `release` as a PDF/UA-1 document on A4; the same arguments give the same bytes.

    `address` is where the version stands for ever. `changes` says, part by part, what is new since
    the version before. `superseded` names the version that replaced this one, and its ISO date. The fonts are
    those in `font_folders`, with the ones that typst brings for letters they lack; never the system's.
    Raises MissingLetterError where no font has a letter of the text, and CharterError for a date that is none
    or a text that cannot be set.
    """
    values = charter_values(release, address=address, changes=changes, superseded=superseded)
    with naming(release):
        return document(
            LAYOUT, values, date=release.date, font_folders=font_folders, long=is_long(release.charter)
        )


@contextmanager
def naming(release: Release) -> Iterator[None]:
    """Let an error say which release could not be set."""
    try:
        yield
    except CharterError as error:
        error.path = error.path or release.path
        raise


def is_long(text: Charter) -> bool:
    """Return whether a document of all principles takes so much memory that it has to be forgotten."""
    return sum(1 for _ in text.principles()) > LONG


def charter_values(
    release: Release, *, address: str, changes: Sequence[Told] = (), superseded: tuple[str, str] | None = None
) -> dict[str, Any]:
    """Return everything that the layout of `charter` shows, ready to show: words, never source."""
    text = release.charter
    numbers = number.numbers(text)
    places = _places(release)
    called = labels.called(release)
    return {
        "title": text.title,
        "summary": text.summary,
        "version": release.version,
        "date": labels.day(release.date),
        "consultation": release.consultation,
        "licence": {"name": text.licence, "address": labels.licence_address(text.licence)},
        "address": address,
        "qr": qr_code.code(address).svg,
        "digest": {
            "groups": [
                release.sha256[at : at + DIGEST_GROUP] for at in range(0, len(release.sha256), DIGEST_GROUP)
            ],
            "short": release.sha256[: labels.DIGEST],
        },
        "superseded": superseded and {"version": superseded[0], "date": labels.day(superseded[1])},
        "cite": f"{text.title}, {called[0].lower()}{called[1:]}, {labels.day(release.date)}. {address}",
        "changes": changed.values(
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


def _theme(release: Release, theme: Theme, numbers: dict[str, str], places: Places) -> dict[str, Any]:
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
    release: Release, theme: Theme, principle: Principle, numbers: dict[str, str], places: Places
) -> dict[str, Any]:
    link = partial(_lead, places, _file(theme, principle))
    return {
        "id": principle.id,
        "number": numbers[principle.id],
        "title": principle.title,
        "summary": principle.summary,
        "sections": [
            {
                "heading": part.shape.heading,
                "binding": part.shape.binding,
                "commitments": [
                    {
                        "id": item.anchor,
                        "letter": item.letter,
                        "text": markup_tree.blocks(item.text, link=link, above=3),
                    }
                    for item in part.commitments
                ],
                "text": [] if part.commitments else markup_tree.blocks(part.section.text, link=link, above=3),
            }
            for part in labels.parts(release.charter, principle)
        ],
        "plain": list(principle.plain),
        "behaviours": [asdict(each) for each in principle.behaviours],
        "questions": list(principle.questions),
        "sources": list(principle.sources),
    }


# --- Links -------------------------------------------------------------------------------------------


def _file(theme: Theme, principle: Principle | None = None) -> str:
    """Where a part of the text stands, or stood, in the charter's folder: a release has no files, but the
    links in it, and in the notes that it took in from changes/, are written from one to another."""
    return f"themes/{theme.id}/{principle.id if principle else 'index'}.md"


def _places(release: Release) -> Places:
    found = {"preamble.md": "preamble"}
    for theme in release.charter.themes:
        found[_file(theme)] = theme.id
    for theme, principle in release.charter.principles():
        file = _file(theme, principle)
        found[file] = principle.id
        for part in labels.parts(release.charter, principle):
            found |= {f"{file}#{item.anchor.partition('.')[2]}": item.anchor for item in part.commitments}
    return found


def _lead(places: Places, file: str, target: str) -> markup_tree.Target:
    """Where a link in `file` leads: to a place in the document, to an address, or, for '', nowhere."""
    path, mark, anchor = target.partition("#")
    address = markup_tree.join(file, path)
    place = places.get(f"{address}#{anchor}") if mark else None
    return (
        markup_tree.Target(place=place or places.get(address, "")) if address in places else _outside(target)
    )


def _outside(target: str) -> markup_tree.Target:
    return markup_tree.Target(address=target if markup_tree.is_address(target) else "")
