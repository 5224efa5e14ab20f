"""Releases → the feed of all versions, and one for each principle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import jinja2
from markupsafe import Markup

from press import markup, redline
from press.feeds.writing import Site, entry, feed, id_of
from press.model import Change, ChangeNote, Release
from press.pages import address
from press.pages.comparison import names
from press.pages.words import called, size

VERSIONS = "feeds/versions.atom"
"""The address of the feed of all versions."""


class History(Protocol):
    """The releases, oldest first, and what each version changed in the one before it."""

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every release, oldest first."""

    @property
    def steps(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each version that has one before it, by version."""


def principle_feed(id: str) -> str:
    """Return the address of the feed of the principle with this id."""
    return f"feeds/principles/{id}.atom"


def versions(history: History, here: Site, template: jinja2.Template) -> dict[str, bytes]:
    """Return the feeds by address. `template` is entry.html."""
    tell = _Teller(history, here, template)
    found = {VERSIONS: tell.versions()}
    for ids, title in _principles(history.releases):
        told = tell.principle(ids, title)
        found |= {principle_feed(id): told for id in ids}
    return found


def _principles(releases: Sequence[Release]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the ids of every principle that ever was, today's or the last first, and its title."""
    seen: set[str] = set()
    for release in reversed(releases):
        for _, principle in release.charter.principles():
            ids = (principle.id, *principle.formerly)
            if not seen.intersection(ids):
                yield ids, principle.title
            seen.update(ids)


class _Teller:
    """What is the same for all feeds of one build."""

    def __init__(self, history: History, here: Site, template: jinja2.Template) -> None:
        self._history = history
        self._here = here
        self._template = template
        pairs = zip((None, *history.releases), history.releases, strict=False)
        self._before = {release.version: before for before, release in pairs}

    def versions(self) -> bytes:
        """Return the feed of all versions."""
        return feed(
            self._here,
            VERSIONS,
            name="versions",
            title=f"{self._here.charter.title}: versions",
            link=address.VERSIONS,
            about=f"Every version of the {self._here.charter.title}: what it changed, and why.",
            entries=(
                self._entry(release, self._history.steps.get(release.version, ()), release.notes)
                for release in reversed(self._history.releases)
            ),
        )

    def principle(self, ids: tuple[str, ...], title: str) -> bytes:
        """Return the feed of one principle, whose present or last id is the first of `ids`."""
        return feed(
            self._here,
            principle_feed(ids[0]),
            name=f"principle {self._first_id(ids)}",
            title=f"{self._here.charter.title}: {title}",
            link=address.VERSIONS,
            about=f"Every version that changed “{title}”, and why.",
            entries=self._about(ids),
        )

    def _first_id(self, ids: Sequence[str]) -> str:
        """Return the id under which a principle came into the charter: it stays so, whatever comes."""
        return next(id for release in self._history.releases if (id := _id_in(release, ids)))

    def _about(self, ids: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """Yield an entry for every version that brought or changed a principle, the newest first."""
        of = f" principle {self._first_id(ids)}"
        for release in reversed(self._history.releases):
            changes = [c for c in self._history.steps.get(release.version, ()) if c.subject in ids]
            anchor = _id_in(release, ids)
            if changes or (release is self._here.first and anchor):
                notes = [note for note in release.notes if set(ids).intersection(note.principles)]
                yield self._entry(release, changes, notes, anchor=anchor, of=of)

    def _entry(
        self,
        release: Release,
        changes: Sequence[Change],
        notes: Sequence[ChangeNote],
        *,
        anchor: str = "",
        of: str = "",
    ) -> dict[str, Any]:
        """Return what the entry of a release is made of: `of` tells it from those of other feeds."""
        before = self._before[release.version]
        home = f"{self._here.address}{address.version_address(release.version)}"
        known = (names(before.charter) if before else {}) | names(release.charter)
        link = address.permanent(release.charter, address.notes_path(release.charter), home)
        content = self._template.render(
            release=release,
            sentences=[redline.sentence(change, known) for change in changes],
            reasons=[Markup(markup.html(note.reason, link=link)) for note in notes],
            size=size(release.charter),
            home=f"{home}#{anchor}" if anchor else home,
            before=before,
            changes=f"{self._here.address}{address.changes_address(release.version)}",
            of=of,
        )
        return entry(
            title=f"{called(release)} of the {release.charter.title}",
            link=home,
            content=content,
            date=release.date,
            id=id_of(release, f"version{of}"),
            category=str(release.class_),
        )


def _id_in(release: Release, ids: Sequence[str]) -> str:
    """Return which of `ids` a release has, or ''."""
    return next((each.id for _, each in release.charter.principles() if each.id in ids), "")
