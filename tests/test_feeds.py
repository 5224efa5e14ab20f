"""Feeds: valid by RFC 4287's own schema and by the rules beyond it, and the same for ever."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from builders import make_charter, make_note, make_principle, make_release, make_theme
from press import feeds, pages, render
from press.model import Class, Edition, Page, Retired

HERE = Path(__file__).parent
SCHEMA = etree.RelaxNG(etree.parse(HERE / "schemas" / "atom.rng"))
TEMPLATES = render.environment(HERE.parent / "overrides" / "pages")
SITE = "https://harbour.example/under/a/path/"
NS = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = 'Say <b>so</b> & "mean" it\'s ]]> &amp; {{ x }} \x0b\ufffe'


def charter(**principles):
    """Two principles of one theme; the first has the fields of `principles`."""
    first = make_principle("leave-room", **principles)
    return make_charter(themes=(make_theme("moorings", (first, make_principle("go-slowly"))),))


def history(*releases):
    return pages.History(Edition(root="charter", charter=None, documents=(), entries=(), releases=releases))


FIRST = make_release(charter=charter(), date="2024-12-01")
SECOND = make_release(
    FIRST,
    charter=charter(title=HOSTILE),
    version="2.0.0",
    date="2025-06-01",
    class_=Class.COMMITMENT,
    notes=(
        make_note(
            principles=("leave-room",),
            reason=f"See [*it*](../themes/moorings/leave-room.md#reasons). {HOSTILE}",
        ),
        make_note("b", principles=("leave-room",), reason="And [this](https://example.org/a?b=1&c=2)."),
    ),
)
THIRD = make_release(
    SECOND,
    charter=make_charter(
        themes=(make_theme("moorings", (make_principle("make-room", formerly=("leave-room",)),)),)
    ),
    version="3.0.0",
    date="2025-06-01",
    class_=Class.COMMITMENT,
    notes=(
        make_note(principles=("make-room", "go-slowly"), reason="[Gone](../themes/moorings/go-slowly.md)."),
    ),
    retired=(Retired(id="go-slowly", title="Go slowly", theme="moorings", version="3.0.0"),),
)
ALL = (FIRST, SECOND, THIRD)


def made(*releases, site=SITE):
    """Every feed of some releases, as trees, by address."""
    return {
        at: etree.fromstring(data) for at, data in feeds.files(history(*releases), site, TEMPLATES).items()
    }


def faults(feed, at):
    """What is wrong with a feed that stands at the address `at`, by RFC 4287 and the rules of the W3C's feed
    validator that no schema can hold."""
    found = [] if SCHEMA.validate(feed) else [str(SCHEMA.error_log.last_error)]
    ids = feed.xpath("//a:id/text()", namespaces=NS)
    found += ["an id stands twice"] * (len(ids) != len(set(ids)))
    found += [f"no id for ever: {id}" for id in ids if not re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id)]
    entries = feed.xpath("a:entry", namespaces=NS)
    dates = [entry.findtext("a:updated", namespaces=NS) for entry in entries]
    found += ["updated is not the latest"] * (feed.findtext("a:updated", namespaces=NS) != max(dates))
    found += ["not the newest first"] * (dates != sorted(dates, reverse=True))
    found += [f"no zone: {date}" for date in dates if not re.search(r"(Z|[+-]\d\d:\d\d)$", date)]
    found += ["not its own address"] * (feed.xpath("a:link[@rel='self']/@href", namespaces=NS) != [SITE + at])
    for parent in (feed, *entries):
        alternate = parent.xpath("a:link[@rel='alternate']/@href", namespaces=NS)
        found += ["not one alternate link"] * (len(alternate) != 1)
        found += ["an empty title"] * (not (parent.findtext("a:title", namespaces=NS) or "").strip())
    found += ["no author"] * (not feed.xpath("a:author/a:name[normalize-space()]", namespaces=NS))
    addresses = feed.xpath("//a:link/@href", namespaces=NS)
    for content in feed.xpath("//a:content", namespaces=NS):
        found += ["content is no HTML"] * (content.get("type") != "html")
        words = html.fromstring(f"<div>{content.text}</div>")
        addresses += words.xpath("//@href | //@src")
        found += [f"<{each.tag}> in it" for each in words.iter() if each.tag not in HARMLESS]
    found += [f"no whole address: {each}" for each in addresses if not urlsplit(each).netloc]
    return found


HARMLESS = {"div", "p", "a", "ul", "li", "blockquote", "em", "strong", "code"}


# --- Every feed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("releases", [ALL[:1], ALL[:2], ALL], ids=["one", "two", "three"])
def test_every_feed_is_valid_whatever_the_words_are(releases):
    assert {at: faults(feed, at) for at, feed in made(*releases).items() if "leave-room" not in at} == {
        at: [] for at in made(*releases) if "leave-room" not in at
    }


def test_addresses_and_ids_are_these():
    """A feed of all versions, one for each principle that ever was; under an id that a principle had before
    stands the very feed that it has now, which names its new address as its own."""
    files = feeds.files(history(*ALL), SITE, TEMPLATES)
    assert sorted(files) == [
        "feeds/principles/go-slowly.atom",
        "feeds/principles/leave-room.atom",
        "feeds/principles/make-room.atom",
        "feeds/versions.atom",
    ]
    assert files["feeds/principles/leave-room.atom"] == files["feeds/principles/make-room.atom"]


def test_ids_hold_wherever_the_site_stands_and_whatever_comes_after():
    """Another host, another release, a principle renamed: every id there was is there still, on its entry."""

    def ids(feed):
        titles = feed.xpath("a:entry/a:title/text()", namespaces=NS)
        return dict(zip(titles, feed.xpath("a:entry/a:id/text()", namespaces=NS), strict=True)) | {
            "feed": feed.findtext("a:id", namespaces=NS)
        }

    before, after = made(*ALL[:2]), made(*ALL, site="https://elsewhere.example/")
    for at, now in (
        ("feeds/versions.atom", "feeds/versions.atom"),
        ("feeds/principles/leave-room.atom", "feeds/principles/make-room.atom"),
        ("feeds/principles/go-slowly.atom", "feeds/principles/go-slowly.atom"),
    ):
        assert ids(before[at]).items() <= ids(after[now]).items()
    every = [id for feed in after.values() for id in set(ids(feed).values())]
    renamed = set(ids(after["feeds/principles/make-room.atom"]).values())
    assert len(every) - len(renamed) == len(set(every))


def test_the_ids_of_today_are_the_ids_of_tomorrow():
    """A change here makes every entry new to everyone who follows a feed."""
    feed = made(replace(FIRST, sha256="0" * 64))["feeds/versions.atom"]
    assert feed.xpath("//a:id/text()", namespaces=NS) == [
        "urn:uuid:fed02230-57ff-56ff-9bf3-5f6670e5f12f",
        "urn:uuid:48a5150d-1561-5b8b-bdc7-d385a580b6aa",
    ]


def test_a_feed_is_the_same_bytes_each_time():
    assert feeds.files(history(*ALL), SITE, TEMPLATES) == feeds.files(history(*ALL), SITE, TEMPLATES)


def test_there_is_no_feed_before_a_release_nor_where_the_site_has_no_address():
    """Addresses in a feed are whole or they are wrong."""
    assert feeds.files(history(), SITE, TEMPLATES) == {}
    assert feeds.files(history(FIRST), "", TEMPLATES) == {}


# --- What they say -----------------------------------------------------------------------------------


def entries(feed):
    """Title, date, class, link and words of each entry."""
    for entry in feed.xpath("a:entry", namespaces=NS):
        content = html.fromstring(f"<div>{entry.findtext('a:content', namespaces=NS)}</div>")
        yield (
            entry.findtext("a:title", namespaces=NS),
            entry.findtext("a:updated", namespaces=NS),
            entry.find("a:category", NS).get("term"),
            entry.find("a:link", NS).get("href"),
            " ".join(content.text_content().split()),
        )


def test_an_entry_says_what_a_release_changed_and_why():
    """Class, reasons, a sentence for each change, and the way to the version and to its changes."""
    shown = 'Say <b>so</b> & "mean" it\'s ]]> & {{ x }} ��'
    title = 'Say <b>so</b> & "mean" it\'s ]]> &amp; {{ x }} ��'
    assert list(entries(made(FIRST, SECOND)["feeds/versions.atom"])) == [
        (
            "Version 2.0.0 of the Harbour Charter",
            "2025-06-01T00:00:00+00:00",
            "commitment",
            f"{SITE}versions/2.0.0/",
            (
                f"Class: commitment. See it. {shown} And this. 1.1 {title}: the title was reworded. "
                "Read version 2.0.0, or see what changed word by word."
            ),
        ),
        (
            "Version 1.0.0 of the Harbour Charter",
            "2024-12-01T00:00:00+00:00",
            "commitment",
            f"{SITE}versions/1.0.0/",
            (
                "Class: commitment. This is the first version: 1 theme, 2 principles. The quay has grown. "
                "Read version 1.0.0."
            ),
        ),
    ]


def test_links_in_a_reason_lead_to_the_version_that_it_is_about():
    """To the part that is named; to the version where it has that part no more; out as they are."""
    found = [
        html.fromstring(f"<div>{content}</div>").xpath("//blockquote//@href")
        for content in made(*ALL)["feeds/versions.atom"].xpath("//a:content/text()", namespaces=NS)
    ]
    assert found == [
        [f"{SITE}versions/3.0.0/"],
        [f"{SITE}versions/2.0.0/#leave-room.reasons", "https://example.org/a?b=1&c=2"],
        [],
    ]


def test_a_principles_feed_tells_of_the_versions_that_changed_it():
    """With the ids it had before, down to its first version; and of its end."""
    feed = made(*ALL)["feeds/principles/make-room.atom"]
    assert [(title.split()[1], link) for title, _, _, link, _ in entries(feed)] == [
        ("3.0.0", f"{SITE}versions/3.0.0/"),
        ("2.0.0", f"{SITE}versions/2.0.0/"),
        ("1.0.0", f"{SITE}versions/1.0.0/"),
    ]
    gone = list(entries(made(*ALL)["feeds/principles/go-slowly.atom"]))
    assert "1.2 Go slowly was taken out." in gone[0][4]
    assert "It came into the charter in these words." in gone[1][4]


def test_a_page_tells_of_the_feeds_that_it_has():
    """All of the versions, and a principle's page of its own as well."""
    page = Page(
        address="charter/moorings/make-room/", title="Make room", description="", html="", kind="principle"
    )
    assert feeds.links(history(*ALL), SITE, page) == (
        ("Versions", "feeds/versions.atom"),
        ("Versions that changed “Make room”", "feeds/principles/make-room.atom"),
    )
    assert feeds.links(history(*ALL), SITE, None) == (("Versions", "feeds/versions.atom"),)
    assert feeds.links(history(), SITE, page) == feeds.links(history(*ALL), "", page) == ()


# --- These tests can fail ----------------------------------------------------------------------------


def _without(tag):
    def change(feed):
        feed.remove(feed.find(tag, NS))

    return change


def _text(path, words):
    def change(feed):
        feed.find(path, NS).text = words

    return change


def _href(path, target):
    def change(feed):
        feed.find(path, NS).set("href", target)

    return change


def _twice(feed):
    feed.append(deepcopy(feed.find("a:entry", NS)))


PLANTED = {
    "no id": _without("a:id"),
    "no title": _without("a:title"),
    "no author": _without("a:author"),
    "no date": _without("a:updated"),
    "an id of a host": _text("a:entry/a:id", "https://harbour.example/versions/2.0.0/"),
    "a day without a time": _text("a:entry/a:updated", "2025-06-01"),
    "no zone": _text("a:entry/a:updated", "2025-06-01T00:00:00"),
    "an older date": _text("a:updated", "2024-12-01T00:00:00+00:00"),
    "an entry twice": _twice,
    "another self": _href("a:link[@rel='self']", f"{SITE}feeds/other.atom"),
    "a relative link": _href("a:entry/a:link", "versions/2.0.0/"),
    "a relative link in the words": _text("a:entry/a:content", '<a href="../">up</a>'),
    "a script in the words": _text("a:entry/a:content", "<script>alert(1)</script>"),
}


@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(plant):
    feed = made(FIRST, SECOND)["feeds/versions.atom"]
    assert faults(feed, "feeds/versions.atom") == []
    plant(feed)
    assert faults(feed, "feeds/versions.atom") != []
