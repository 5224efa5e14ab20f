"""Entries → an Atom feed (RFC 4287): its ids, the direction of its words, and its bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import feedgenerator

from charterpress.model import Charter, Release
from charterpress.text.escape import replace_invalid_xml
from charterpress.views.languages import SiteLanguage

IDS = UUID("5bd94b24-7d64-4d38-a0f2-0d7a5c0e6a55")
"""The namespace of the ids of feeds and entries. Another one would make every entry new to every reader."""
RLM = "\u200f"
"""A mark of a direction, unseen: it makes a line that begins with a Latin name run from the right."""


class FeedSite(NamedTuple):
    """What is the same for all feeds of one language in a build: where its pages stand (it ends in a slash),
    the first release, the charter as it is now, and the language."""

    address: str
    first: Release
    charter: Charter
    language: SiteLanguage
    languages: tuple[SiteLanguage, ...] = ()
    """All languages of the site, this one among them."""

    def others(self, at: str) -> tuple[tuple[str, str], ...]:
        """Return the tag of every other language, and where the feed at the address `at` is in it."""
        root = self.address.removesuffix(self.language.prefix)
        others = (each for each in self.languages if each != self.language)
        return tuple((each.tag, f"{root}{each.prefix}{at}") for each in others)

    def permanent_id(self, release: Release, name: str) -> str:
        """Return an id for ever: a UUID that follows from the bytes of a release and from what it names. In a
        further language of a site everything has another id, since readers may follow several."""
        return uuid5(
            IDS, f"{release.sha256} {name}{f' {self.language.tag}' * bool(self.language.prefix)}"
        ).urn

    def directed(self, words: str) -> str:
        """Return plain words so that a reader of feeds lays them out in the direction of the language."""
        return f"{RLM}{words}" if self.language.direction == "rtl" else words

    def directed_html(self, html: str) -> str:
        """Return HTML that says its language and direction where they are not those of most readers."""
        language, rtl = self.language.page, self.language.direction == "rtl"
        return f'<div lang="{language}" dir="rtl">\n{html}</div>' if rtl else html


class _Atom(feedgenerator.Atom1Feed):  # type: ignore[misc]  # it has no types
    """A feed that asks no clock, not even when it is empty."""

    def latest_post_date(self) -> datetime:
        """Return the date of the newest entry, or of the day on which there could first have been one."""
        return super().latest_post_date() if self.items else _midnight(self.feed["since"])

    def add_root_elements(self, handler: Any) -> None:  # noqa: ANN401 - feedgenerator has no types
        """Write what the feed says of itself, and where it is in other languages."""
        super().add_root_elements(handler)
        for tag, address in self.feed["others"]:
            link = {"rel": "alternate", "hreflang": tag, "type": "application/atom+xml", "href": address}
            handler.addQuickElement("link", "", link)


def atom_feed(
    here: FeedSite,
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
        title=here.directed(replace_invalid_xml(title)),
        link=here.address + link,
        description=here.directed(replace_invalid_xml(about)),
        language=here.language.tag,
        author_name=replace_invalid_xml(here.charter.title),
        feed_url=here.address + at,
        feed_guid=here.permanent_id(here.first, name),
        feed_copyright=replace_invalid_xml(here.charter.licence),
        since=since,
        others=here.others(at),
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


def _midnight(date: str) -> datetime:
    return datetime.fromisoformat(date).replace(tzinfo=UTC)
