"""Releases → the feed of all versions, and one of each principle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import jinja2
from markupsafe import Markup

from charterpress.model import Change, ChangeNote, Release
from charterpress.outputs.feeds.atom import FeedSite, atom_feed, feed_entry
from charterpress.text import markdown
from charterpress.text.interface import gettext as _
from charterpress.versions import diff, lowered
from charterpress.views import addresses
from charterpress.views.comparison import part_names
from charterpress.views.history import History
from charterpress.views.labels import charter_size


def version_feeds(history: History, here: FeedSite, template: jinja2.Template) -> dict[str, bytes]:
    """Return the feeds of releases by address; `template` is that of an entry."""
    feeds = _VersionFeeds(history, here, template)
    files = {addresses.VERSIONS_FEED: feeds.versions()}
    for ids, title in _principles(history.releases):
        feed = feeds.principle(ids, title)
        files |= {addresses.principle_feed_address(id): feed for id in ids}
    return files


def _principles(releases: Sequence[Release]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the ids of every principle that ever was, today's or the last first, and its title."""
    seen: set[str] = set()
    for release in reversed(releases):
        for _theme, principle in release.charter.principles():
            ids = (principle.id, *principle.formerly)
            if not seen.intersection(ids):
                yield ids, principle.title
            seen.update(ids)


class _About:
    """What the entries about one release share, in every feed: the release before it, the ids of its
    principles, what the parts of both are called, its whole address, where a link in its notes leads, and its
    size."""

    def __init__(self, release: Release, before: Release | None, here: FeedSite) -> None:
        charter = release.charter
        self.before = before
        self.ids = frozenset(each.id for _theme, each in charter.principles())
        self.names = (part_names(before.charter) if before else {}) | part_names(charter)
        self.home = f"{here.address}{addresses.version_address(release.version)}"
        self.link = addresses.permanent_linker(charter, addresses.notes_path(charter), self.home)
        self.size = charter_size(charter)


class _VersionFeeds:
    """What is the same for all feeds of one build."""

    def __init__(self, history: History, here: FeedSite, template: jinja2.Template) -> None:
        self._history, self._here, self._template = history, here, template
        self._newest_first = history.releases[::-1]
        self._about = {each.version: _About(each, history.before(each), here) for each in history.releases}

    def versions(self) -> bytes:
        """Return the feed of all versions."""
        return atom_feed(
            self._here,
            addresses.VERSIONS_FEED,
            addresses.VERSIONS,
            [
                self._entry(release, self._history.steps.get(release.version, ()), release.notes)
                for release in self._newest_first
            ],
            name="versions",
            title=_("{charter}: versions").format(charter=self._here.charter.title),
            about=_("Every version of the {charter}: what it changed, and why.").format(
                charter=self._here.charter.title
            ),
        )

    def principle(self, ids: tuple[str, ...], title: str) -> bytes:
        """Return the feed of one principle, whose present or last id is the first of `ids`. Its name
        is the id under which the principle came into the charter: that one stays, whatever comes."""
        first_id = next(id for release in self._history.releases if (id := self._id_in(release, ids)))
        return atom_feed(
            self._here,
            addresses.principle_feed_address(ids[0]),
            addresses.VERSIONS,
            self._principle_entries(ids, of=f" principle {first_id}"),
            name=f"principle {first_id}",
            # Translators: a charter, and the title of one of its principles.
            title=_("{charter}: {title}").format(charter=self._here.charter.title, title=title),
            about=_("Every version that changed “{title}”, and why.").format(title=title),
        )

    def _id_in(self, release: Release, ids: Sequence[str]) -> str:
        """Return which of `ids` a release has, or ''."""
        return next((id for id in ids if id in self._about[release.version].ids), "")

    def _principle_entries(self, ids: tuple[str, ...], of: str) -> Iterator[dict[str, Any]]:
        for release in self._newest_first:
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
        about = self._about[release.version]
        content = self._template.render(
            release=release,
            sentences=[diff.change_sentence(change, about.names) for change in changes],
            reasons=[Markup(markdown.to_html(note.reason, link=about.link)) for note in notes],
            about=about,
            home=f"{about.home}#{anchor}" if anchor else about.home,
            changes=f"{self._here.address}{addresses.changes_address(release.version)}",
            of=of,
            lowerings=lowered.lowerings(changes, release.notes, about.names),
        )
        return feed_entry(
            title=self._here.directed(_release_title(release)),
            link=about.home,
            content=self._here.directed_html(content),
            date=release.date,
            id=self._here.permanent_id(release, f"version{of}"),
            category=str(release.class_),
        )


def _release_title(release: Release) -> str:
    if release.consultation:
        message = _("Consultation draft {version} of the {charter}")
    else:
        message = _("Version {version} of the {charter}")
    return message.format(version=release.version, charter=release.charter.title)
