"""Releases → Atom feeds (RFC 4287): one of all versions, and one for each principle.

Everything follows from the releases, and from the address of the site: a feed says the same on every day. The
ids are made of digests, so that they hold for ever, wherever the site stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID, uuid5

import feedgenerator
import jinja2
from markupsafe import Markup

from press import markup, redline
from press.model import Change, ChangeNote, Page, Release
from press.pages import address
from press.pages.comparison import names
from press.pages.words import called, size

VERSIONS = "feeds/versions.atom"
"""The address of the feed of all versions."""
IDS = UUID("5bd94b24-7d64-4d38-a0f2-0d7a5c0e6a55")
"""The namespace of the ids of feeds and entries. Another one would make every entry new to every reader."""


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


def files(history: History, site: str, templates: jinja2.Environment) -> Mapping[str, bytes]:
    """Return every feed by address; none before the first release, nor where it is not known where the site
    stands: the addresses in a feed are whole. `site` ends in a slash; `templates` hold entry.html."""
    if not history.releases or not site:
        return {}
    tell = _Teller(history, site, templates)
    found = {VERSIONS: tell.versions()}
    for ids, title in _principles(history.releases):
        feed = tell.principle(ids, title)
        found |= {principle_feed(id): feed for id in ids}
    return found


def links(history: History, site: str, page: Page | None) -> tuple[tuple[str, str], ...]:
    """Return title and address of the feeds that a page tells of: that of all versions, and on the page of a
    principle its own. The arguments are those of `files`."""
    if not history.releases or not site:
        return ()
    found = (("Versions", VERSIONS),)
    if page is None or page.kind not in ("principle", "retired"):
        return found
    return (*found, (f"Versions that changed “{page.title}”", principle_feed(page.address.split("/")[-2])))


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

    def __init__(self, history: History, site: str, templates: jinja2.Environment) -> None:
        self._history = history
        self._site = site
        self._template = templates.get_template("entry.html")
        first, *_, newest = (history.releases[0], *history.releases)
        self._first, self._charter = first, newest.charter
        pairs = zip((None, *history.releases), history.releases, strict=False)
        self._before = {release.version: before for before, release in pairs}

    def versions(self) -> bytes:
        """Return the feed of all versions."""
        return self._feed(
            VERSIONS,
            name="versions",
            title=f"{self._charter.title}: versions",
            link=address.VERSIONS,
            about=f"Every version of the {self._charter.title}: what it changed, and why.",
            entries=(
                self._entry(release, self._history.steps.get(release.version, ()), release.notes)
                for release in reversed(self._history.releases)
            ),
        )

    def principle(self, ids: tuple[str, ...], title: str) -> bytes:
        """Return the feed of one principle, whose present or last id is the first of `ids`."""
        return self._feed(
            principle_feed(ids[0]),
            name=f"principle {self._first_id(ids)}",
            title=f"{self._charter.title}: {title}",
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
            if changes or (release is self._first and anchor):
                notes = [note for note in release.notes if set(ids).intersection(note.principles)]
                yield self._entry(release, changes, notes, anchor=anchor, of=of)

    def _feed(
        self, at: str, *, name: str, title: str, link: str, about: str, entries: Iterable[dict[str, Any]]
    ) -> bytes:
        feed = feedgenerator.Atom1Feed(
            title=markup.xml(title),
            link=self._site + link,
            description=markup.xml(about),
            language="en",
            author_name=markup.xml(self._charter.title),
            feed_url=self._site + at,
            feed_guid=_id(self._first, name),
            feed_copyright=markup.xml(self._charter.licence),
        )
        for entry in entries:
            feed.add_item(**entry)
        return f"{feed.writeString('utf-8')}\n".encode()

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
        home = f"{self._site}{address.version_address(release.version)}"
        known = (names(before.charter) if before else {}) | names(release.charter)
        link = address.permanent(release.charter, address.notes_path(release.charter), home)
        content = self._template.render(
            release=release,
            sentences=[redline.sentence(change, known) for change in changes],
            reasons=[Markup(markup.html(note.reason, link=link)) for note in notes],
            size=size(release.charter),
            home=f"{home}#{anchor}" if anchor else home,
            before=before,
            changes=f"{self._site}{address.changes_address(release.version)}",
            of=of,
        )
        date = datetime.fromisoformat(release.date).replace(tzinfo=UTC)
        return {
            "title": markup.xml(f"{called(release)} of the {release.charter.title}"),
            "link": home,
            "description": None,
            "content": markup.xml(content),
            "pubdate": date,
            "updateddate": date,
            "unique_id": _id(release, f"version{of}"),
            "categories": (str(release.class_),),
        }


def _id_in(release: Release, ids: Sequence[str]) -> str:
    """Return which of `ids` a release has, or ''."""
    return next((each.id for _, each in release.charter.principles() if each.id in ids), "")


def _id(release: Release, name: str) -> str:
    """Return an id for ever: a UUID that follows from the bytes of a release and from what it names."""
    return uuid5(IDS, f"{release.sha256} {name}").urn
