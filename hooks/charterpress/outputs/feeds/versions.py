"""Releases → the feed of all versions, and one for each principle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup

from charterpress.model import Change, ChangeNote, Release
from charterpress.outputs.feeds.atom import Site, entry, feed, id_of
from charterpress.text import markdown
from charterpress.versions import diff
from charterpress.views import addresses
from charterpress.views.addresses import VERSIONS_FEED, principle_feed_address
from charterpress.views.comparison import part_names
from charterpress.views.history import History
from charterpress.views.labels import charter_size, release_name


def version_feeds(history: History, here: Site, template: jinja2.Template) -> dict[str, bytes]:
    """Return the feeds by address. `template` is feed_version.html."""
    feeds = _VersionFeeds(history, here, template)
    found = {VERSIONS_FEED: feeds.versions()}
    for ids, title in _principles(history.releases):
        feed_bytes = feeds.principle(ids, title)
        found |= {principle_feed_address(id): feed_bytes for id in ids}
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _About:
    """What the entries about one release share, in every feed: the release before it, the
    ids of its principles, what the parts of both are called, its whole address, where a link in its notes
    leads, and its size."""

    before: Release | None
    ids: frozenset[str]
    names: Mapping[str, str]
    home: str
    link: Callable[[str], str]
    size: str


def _about(release: Release, before: Release | None, here: Site) -> _About:
    charter = release.charter
    home = f"{here.address}{addresses.version_address(release.version)}"
    return _About(
        before=before,
        ids=frozenset(each.id for _, each in charter.principles()),
        names=(part_names(before.charter) if before else {}) | part_names(charter),
        home=home,
        link=addresses.permanent_linker(charter, addresses.notes_path(charter), home),
        size=charter_size(charter),
    )


class _VersionFeeds:
    """What is the same for all feeds of one build."""

    def __init__(self, history: History, here: Site, template: jinja2.Template) -> None:
        self._history = history
        self._here = here
        self._template = template
        pairs = zip((None, *history.releases), history.releases, strict=False)
        self._shared = {release.version: _about(release, before, here) for before, release in pairs}

    def versions(self) -> bytes:
        """Return the feed of all versions."""
        return feed(
            self._here,
            VERSIONS_FEED,
            name="versions",
            title=f"{self._here.charter.title}: versions",
            link=addresses.VERSIONS,
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
            principle_feed_address(ids[0]),
            name=f"principle {self._first_id(ids)}",
            title=f"{self._here.charter.title}: {title}",
            link=addresses.VERSIONS,
            about=f"Every version that changed “{title}”, and why.",
            entries=self._about(ids),
        )

    def _first_id(self, ids: Sequence[str]) -> str:
        """Return the id under which a principle came into the charter: it stays so, whatever comes."""
        return next(id for release in self._history.releases if (id := self._id_in(release, ids)))

    def _id_in(self, release: Release, ids: Sequence[str]) -> str:
        """Return which of `ids` a release has, or ''."""
        return next((id for id in ids if id in self._shared[release.version].ids), "")

    def _about(self, ids: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """Yield an entry for every version that brought or changed a principle, the newest first."""
        of = f" principle {self._first_id(ids)}"
        for release in reversed(self._history.releases):
            changes = [c for c in self._history.steps.get(release.version, ()) if c.subject in ids]
            anchor = self._id_in(release, ids)
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
        about = self._shared[release.version]
        content = self._template.render(
            release=release,
            sentences=[diff.change_sentence(change, about.names) for change in changes],
            reasons=[Markup(markdown.to_html(note.reason, link=about.link)) for note in notes],
            size=about.size,
            home=f"{about.home}#{anchor}" if anchor else about.home,
            before=about.before,
            changes=f"{self._here.address}{addresses.changes_address(release.version)}",
            of=of,
        )
        return entry(
            title=f"{release_name(release)} of the {release.charter.title}",
            link=about.home,
            content=content,
            date=release.date,
            id=id_of(release, f"version{of}"),
            category=str(release.class_),
        )
