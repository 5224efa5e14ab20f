"""Releases and the register → Atom feeds (RFC 4287): all versions, those of each principle, and who signs.

Everything follows from the releases, the register and the address of the site: a feed says the same on every
day. The ids are made of digests, so that they never change, wherever the site is published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import feedgenerator
import jinja2
from markupsafe import Markup

from charterpress.model import Change, ChangeNote, Charter, Page, Registered, Release, Signatory, Signature
from charterpress.text import markdown
from charterpress.text.escape import replace_invalid_xml
from charterpress.versions import diff, lowered
from charterpress.views import addresses
from charterpress.views.comparison import part_names
from charterpress.views.history import History
from charterpress.views.labels import charter_size, release_name
from charterpress.views.signatories import RegisterView

IDS = UUID("5bd94b24-7d64-4d38-a0f2-0d7a5c0e6a55")
"""The namespace of the ids of feeds and entries. Another one would make every entry new to every reader."""
LATEST = 100
"""How many signatures and withdrawals the feed has: readers fetch it often and keep earlier entries.
Everybody is in signatories.json."""
SIGNED, AGAIN, WITHDREW = "signed", "signed again", "withdrew"


def feed_files(
    history: History, site: str, templates: jinja2.Environment, register: RegisterView | None = None
) -> Mapping[str, bytes]:
    """Return every feed by address; none before the first release, nor where it is not known where the site
    stands: the addresses in a feed are whole. `site` ends in a slash; `templates` hold feed_version.html and
    feed_signature.html; `register` is None before there is a version to sign."""
    if not history.releases or not site:
        return {}
    here = _Site(address=site, first=history.releases[0], charter=history.releases[-1].charter)
    files = _version_feeds(history, here, templates.get_template("feed_version.html"))
    if register:
        template = templates.get_template("feed_signature.html")
        files[addresses.SIGNATORIES_FEED] = _signatories_feed(register, here, template)
    return files


def feed_links(history: History, site: str, page: Page | None) -> tuple[tuple[str, str], ...]:
    """Return title and address of the feeds that a page announces: that of all versions, on the page of a
    principle its own, and on those of the register that of who signs. The arguments are those of
    `feed_files`."""
    if not history.releases or not site:
        return ()
    versions = ("Versions", addresses.VERSIONS_FEED)
    if page and page.address.startswith(addresses.REGISTER):
        return ("Signatories", addresses.SIGNATORIES_FEED), versions
    if page and page.kind in ("principle", "retired"):
        id = page.address.split("/")[-2]
        return versions, (f"Versions that changed “{page.title}”", addresses.principle_feed_address(id))
    return (versions,)


# --- Atom --------------------------------------------------------------------------------------------


class _Site(NamedTuple):
    """What is the same for all feeds of one build: where the site stands (it ends in a slash), the first
    release, and the charter as it is now."""

    address: str
    first: Release
    charter: Charter


class _Atom(feedgenerator.Atom1Feed):  # type: ignore[misc]  # it has no types
    """A feed that asks no clock, not even when it is empty."""

    def latest_post_date(self) -> datetime:
        """Return the date of the newest entry, or of the day on which there could first have been one."""
        return super().latest_post_date() if self.items else _midnight(self.feed["since"])


def _atom_feed(
    here: _Site,
    at: str,
    link: str,
    entries: Iterable[dict[str, Any]],
    *,
    name: str,
    title: str,
    about: str,
    since: str = "",
) -> bytes:
    """Return the feed at the address `at`, which is about the page `link`, with `entries`, the newest first.
    `name` goes into its id; `since` is the ISO date that it bears while it has no entry."""
    feed = _Atom(
        title=replace_invalid_xml(f"{here.charter.title}: {title}"),
        link=here.address + link,
        description=replace_invalid_xml(about),
        language="en",
        author_name=replace_invalid_xml(here.charter.title),
        feed_url=here.address + at,
        feed_guid=_permanent_id(here.first, name),
        feed_copyright=replace_invalid_xml(here.charter.licence),
        since=since,
    )
    for entry in entries:
        feed.add_item(**entry)
    return f"{feed.writeString('utf-8')}\n".encode()


def _feed_entry(*, title: str, link: str, content: str, date: str, id: str, category: str) -> dict[str, Any]:
    """Return an entry of the day `date` (ISO), whose `content` is HTML."""
    return {
        "title": replace_invalid_xml(title),
        "link": link,
        "description": None,
        "content": replace_invalid_xml(content),
        "pubdate": _midnight(date),
        "updateddate": _midnight(date),
        "unique_id": id,
        "categories": (category,),
    }


def _permanent_id(release: Release, name: str) -> str:
    """Return an id for ever: a UUID that follows from the bytes of a release and from what it names."""
    return uuid5(IDS, f"{release.sha256} {name}").urn


def _midnight(date: str) -> datetime:
    return datetime.fromisoformat(date).replace(tzinfo=UTC)


# --- Versions ----------------------------------------------------------------------------------------


def _version_feeds(history: History, here: _Site, template: jinja2.Template) -> dict[str, bytes]:
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
        for _, principle in release.charter.principles():
            ids = (principle.id, *principle.formerly)
            if not seen.intersection(ids):
                yield ids, principle.title
            seen.update(ids)


class _About:
    """What the entries about one release share, in every feed: the release before it, the ids of its
    principles, what the parts of both are called, its whole address, where a link in its notes leads, and its
    size."""

    def __init__(self, release: Release, before: Release | None, here: _Site) -> None:
        charter = release.charter
        self.before = before
        self.ids = frozenset(each.id for _, each in charter.principles())
        self.names = (part_names(before.charter) if before else {}) | part_names(charter)
        self.home = f"{here.address}{addresses.version_address(release.version)}"
        self.link = addresses.permanent_linker(charter, addresses.notes_path(charter), self.home)
        self.size = charter_size(charter)


class _VersionFeeds:
    """What is the same for all feeds of one build."""

    def __init__(self, history: History, here: _Site, template: jinja2.Template) -> None:
        self._history, self._here, self._template = history, here, template
        self._newest_first = history.releases[::-1]
        self._about = {each.version: _About(each, history.before(each), here) for each in history.releases}

    def versions(self) -> bytes:
        """Return the feed of all versions."""
        return _atom_feed(
            self._here,
            addresses.VERSIONS_FEED,
            addresses.VERSIONS,
            [
                self._entry(release, self._history.steps.get(release.version, ()), release.notes)
                for release in self._newest_first
            ],
            name="versions",
            title="versions",
            about=f"Every version of the {self._here.charter.title}: what it changed, and why.",
        )

    def principle(self, ids: tuple[str, ...], title: str) -> bytes:
        """Return the feed of one principle, whose present or last id is the first of `ids`. Its name
        is the id under which the principle came into the charter: that one stays, whatever comes."""
        first_id = next(id for release in self._history.releases if (id := self._id_in(release, ids)))
        return _atom_feed(
            self._here,
            addresses.principle_feed_address(ids[0]),
            addresses.VERSIONS,
            self._principle_entries(ids, of=f" principle {first_id}"),
            name=f"principle {first_id}",
            title=title,
            about=f"Every version that changed “{title}”, and why.",
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
        return _feed_entry(
            title=f"{release_name(release)} of the {release.charter.title}",
            link=about.home,
            content=content,
            date=release.date,
            id=_permanent_id(release, f"version{of}"),
            category=str(release.class_),
        )


# --- Signatures --------------------------------------------------------------------------------------


class _Event(NamedTuple):
    """That an organisation signed a version, or withdrew its signature under it, on a day. `mark` tells it
    from other events of the same organisation and version; `earlier` is the signature before it, if any."""

    who: Signatory
    version: str
    date: str
    does: str
    mark: str
    earlier: Signature | None


def _signatories_feed(register: RegisterView, here: _Site, template: jinja2.Template) -> bytes:
    events = (event for each in register.entries for event in _events(each))
    newest = sorted(events, key=lambda event: event.date, reverse=True)[:LATEST]
    return _atom_feed(
        here,
        addresses.SIGNATORIES_FEED,
        addresses.REGISTER,
        [_entry(event, register.releases[event.version], here, template) for event in newest],
        name="signatories",
        title="signatories",
        about=f"Who signs the {here.charter.title}, who signs again, and who withdraws.",
        since=min(each.date for each in register.releases.values() if not each.consultation),
    )


def _events(registered: Registered) -> Iterator[_Event]:
    """Return what an organisation did, the newest first. It withdrew what it had signed last by then."""
    withdrawn = registered.signatory.withdrawn
    left = withdrawn.date if withdrawn and withdrawn.date >= registered.signed[0].date else ""
    before = [each for each in registered.signed if not left or each.date <= left]
    events: list[_Event] = []
    times: Counter[str] = Counter()

    def add(does: str, version: str, date: str, earlier: Signature | None) -> None:
        marks = [does] * (does == WITHDREW) + [str(times[version])] * (times[version] > 1)
        mark = "".join(f" {each}" for each in marks)
        who = registered.signatory
        events.append(_Event(who=who, version=version, date=date, does=does, mark=mark, earlier=earlier))

    for earlier, each in zip((None, *registered.signed), registered.signed, strict=False):
        times[each.version] += 1
        add(AGAIN if earlier else SIGNED, each.version, each.date, earlier)
        if left and each is before[-1]:
            add(WITHDREW, each.version, left, each)
    return reversed(events)


def _entry(event: _Event, release: Release, here: _Site, template: jinja2.Template) -> dict[str, Any]:
    who, page = event.who, f"{here.address}{addresses.signatory_address(event.who.slug)}"
    version = f"{here.address}{addresses.version_address(release.version)}"
    actions = {SIGNED: f"signed version {release.version}", AGAIN: f"signed again: version {release.version}"}
    return _feed_entry(
        title=f"{who.name} {actions.get(event.does, event.does)}",
        link=page,
        content=template.render(event=event, who=who, release=release, page=page, version=version),
        date=event.date,
        id=_permanent_id(release, f"signatory {(*who.formerly, who.slug)[0]}{event.mark}"),
        category=event.does,
    )
