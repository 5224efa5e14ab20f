"""Entries → the bytes of a feed, without a clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import feedgenerator

from charterpress.model import Charter, Release
from charterpress.text.escape import replace_invalid_xml

IDS = UUID("5bd94b24-7d64-4d38-a0f2-0d7a5c0e6a55")
"""The namespace of the ids of feeds and entries. Another one would make every entry new to every reader."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
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


def atom_feed(
    here: Site,
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
        feed_guid=permanent_id(here.first, name),
        feed_copyright=replace_invalid_xml(here.charter.licence),
        since=since,
    )
    for entry in entries:
        feed.add_item(**entry)
    return f"{feed.writeString('utf-8')}\n".encode()


def feed_entry(*, title: str, link: str, content: str, date: str, id: str, category: str) -> dict[str, Any]:
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


def permanent_id(release: Release, name: str) -> str:
    """Return an id for ever: a UUID that follows from the bytes of a release and from what it names."""
    return uuid5(IDS, f"{release.sha256} {name}").urn


def _midnight(date: str) -> datetime:
    return datetime.fromisoformat(date).replace(tzinfo=UTC)
