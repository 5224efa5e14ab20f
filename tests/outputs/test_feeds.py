"""Feeds: valid by RFC 4287's own schema and by the rules beyond it, and the same for ever."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from builders import make_charter, make_note, make_principle, make_release, make_signatory, make_theme
from charterpress.model import Class, Edition, Page, Retired, Withdrawal
from charterpress.outputs.feeds import LATEST, feed_files, feed_links
from charterpress.outputs.feeds.atom import RLM
from charterpress.text.dates import day_in_words
from charterpress.text.interface import PSEUDO, use_language
from charterpress.views import addresses
from charterpress.views.history import History
from charterpress.views.languages import SiteLanguage
from charterpress.views.signatories import register_view
from marked import unmarked
from registers import HOSTILE as NAMES
from rendering import TEMPLATES

HERE = Path(__file__).parents[1]
SCHEMA = etree.RelaxNG(etree.parse(HERE / "schemas" / "atom.rng"))
SITE = "https://harbour.example/under/a/path/"
NS = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = 'Say <b>so</b> & "mean" it\'s ]]> &amp; {{ x }} \x0b\ufffe'


def charter(**principles):
    """Two principles of one theme; the first has the fields of `principles`."""
    first = make_principle("leave-room", **principles)
    return make_charter(themes=(make_theme("moorings", (first, make_principle("go-slowly"))),))


def history(*releases):
    return History(Edition(root="charter", charter=None, documents=(), entries=(), releases=releases))


REASON = f"See [*it*](../themes/moorings/leave-room.md#reasons). {HOSTILE}"
LATER = {"date": "2025-06-01", "class_": Class.COMMITMENT}
FIRST = make_release(charter=charter(), date="2024-12-01")
SECOND = make_release(
    FIRST, charter(title=HOSTILE), version="2.0.0", **LATER,
    notes=(
        make_note(principles=("leave-room",), reason=REASON),
        make_note("b", principles=("leave-room",), reason="And [this](https://example.org/a?b=1&c=2)."),
    ),
)  # fmt: skip
GONE = "[Gone](../themes/moorings/go-slowly.md)."
MAKE_ROOM = make_theme("moorings", (make_principle("make-room", formerly=("leave-room",)),))
THIRD = make_release(
    SECOND, make_charter(themes=(MAKE_ROOM,)), version="3.0.0", **LATER,
    notes=(make_note(principles=("make-room", "go-slowly"), reason=GONE),),
    retired=(Retired(id="go-slowly", title="Go slowly", theme="moorings", version="3.0.0"),),
)  # fmt: skip
ALL = (FIRST, SECOND, THIRD)


def made(*releases, site=SITE):
    return {
        at: etree.fromstring(data) for at, data in feed_files(history(*releases), site, TEMPLATES).items()
    }


def signings(*who, releases=ALL, site=SITE, at=addresses.SIGNATORIES_FEED):
    edition = Edition(
        root="charter", charter=None, documents=(), entries=(), releases=releases, signatories=who
    )
    files = feed_files(History(edition), site, TEMPLATES, register_view(edition, ""))
    return etree.fromstring(files[at])


def test_the_feed_of_signatories_has_the_digest_of_the_register():
    edition = Edition(root="charter", charter=None, documents=(), entries=(), releases=ALL)
    register, digest = register_view(edition, ""), "ab" * 32
    files = feed_files(History(edition), SITE, TEMPLATES, register, digest=digest)
    (about,) = etree.fromstring(files[addresses.SIGNATORIES_FEED]).xpath("/a:feed/a:subtitle", namespaces=NS)
    said = f"The SHA-256 digest of signatories.json, as of {day_in_words(register.day)}: {digest}."
    assert about.text.endswith(said)


HARMLESS = {"div", "p", "a", "ul", "li", "blockquote", "em", "strong", "code"}


def faults(feed, at):
    """What is wrong with a feed that stands at the address `at`, by RFC 4287 and the rules of the W3C's feed
    validator that no schema can hold."""

    def found(path, within=feed):
        return within.xpath(path, namespaces=NS)

    entries = found("a:entry")
    dates = [entry.findtext("a:updated", namespaces=NS) for entry in entries]
    ids, links = found("//a:id/text()"), found("//a:link/@href")
    contents = found("//a:content")
    words = [html.fromstring(f"<div>{each.text}</div>") for each in contents]
    links += [link for each in words for link in each.xpath("//@href | //@src")]
    checks = {
        "the schema": SCHEMA.validate(feed),
        "an id stands twice": len(ids) == len(set(ids)),
        "an id that is not for ever": all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids),
        "updated is not the latest": feed.findtext("a:updated", namespaces=NS) == max(dates),
        "not the newest first": dates == sorted(dates, reverse=True),
        "no zone": all(re.search(r"(Z|[+-]\d\d:\d\d)$", date) for date in dates),
        "not its own address": found("a:link[@rel='self']/@href") == [SITE + at],
        "not one alternate link": all(
            len(found("a:link[@rel='alternate']", each)) == 1 for each in (feed, *entries)
        ),
        "an empty title": all(found("normalize-space(a:title)", each) for each in (feed, *entries)),
        "no author": found("a:author/a:name[normalize-space()]"),
        "content is no HTML": all(each.get("type") == "html" for each in contents),
        "a strange element": all(each.tag in HARMLESS for tree in words for each in tree.iter()),
        "no whole address": all(urlsplit(each).netloc for each in links),
    }
    return [name for name, holds in checks.items() if not holds]


@pytest.mark.parametrize("releases", [ALL[:1], ALL[:2], ALL], ids=["one", "two", "three"])
def test_every_feed_is_valid_whatever_the_words_are(releases):
    valid = {at: feed for at, feed in made(*releases).items() if "leave-room" not in at}
    assert {at: faults(feed, at) for at, feed in valid.items()} == {at: [] for at in valid}


def test_addresses_and_ids_are_these():
    """Under an id that a principle had before stands the very feed that it has now."""
    files = feed_files(history(*ALL), SITE, TEMPLATES)
    principles = {id: f"feeds/principles/{id}.atom" for id in ("go-slowly", "leave-room", "make-room")}
    assert sorted(files) == [*principles.values(), "feeds/versions.atom"]
    assert files[principles["leave-room"]] == files[principles["make-room"]]
    assert files == feed_files(history(*ALL), SITE, TEMPLATES)


def test_ids_hold_wherever_the_site_stands_and_whatever_comes_after():
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


def test_there_is_no_feed_before_a_release_nor_where_the_site_has_no_address():
    """Addresses in a feed are whole or they are wrong."""
    assert feed_files(history(), SITE, TEMPLATES) == {}
    assert feed_files(history(FIRST), "", TEMPLATES) == {}


def entries(feed):
    for entry in feed.xpath("a:entry", namespaces=NS):
        content = html.fromstring(f"<div>{entry.findtext('a:content', namespaces=NS)}</div>")
        yield (
            entry.findtext("a:title", namespaces=NS),
            entry.findtext("a:updated", namespaces=NS),
            entry.find("a:category", NS).get("term"),
            entry.find("a:link", NS).get("href"),
            " ".join(content.text_content().split()),
        )


def test_links_in_a_reason_lead_to_the_version_that_it_is_about():
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
    feed = made(*ALL)["feeds/principles/make-room.atom"]
    assert [(title.split()[1], link) for title, _, _, link, _ in entries(feed)] == [
        ("3.0.0", f"{SITE}versions/3.0.0/"),
        ("2.0.0", f"{SITE}versions/2.0.0/"),
        ("1.0.0", f"{SITE}versions/1.0.0/"),
    ]
    gone = list(entries(made(*ALL)["feeds/principles/go-slowly.atom"]))
    assert "1.2 Go slowly was taken out." in gone[0][4]
    assert "It joined the charter in these words." in gone[1][4]


def test_a_page_tells_of_the_feeds_that_it_has():
    def page(address, kind=""):
        return Page(address=address, title="Make room", description="", html="", kind=kind)

    principle, versions = (
        page("charter/moorings/make-room/", "principle"),
        ("Versions", "feeds/versions.atom"),
    )
    for shown, own in (
        (principle, [versions, ("Versions that changed “Make room”", "feeds/principles/make-room.atom")]),
        (page("signatories/quay-club/"), [("Signatories", "feeds/signatories.atom"), versions]),
        (None, [versions]),
    ):
        assert list(feed_links(history(*ALL), SITE, shown)) == own
    assert feed_links(history(), SITE, principle) == feed_links(history(*ALL), "", principle) == ()


AGAIN = make_signatory(
    "quay-club", ("1.0.0", "2024-12-05"), ("2.0.0", "2025-07-01"), ("2.0.0", "2026-01-10"),
    pledge="We keep a berth free.", withdrawn=Withdrawal(date="2025-09-01", note="We had <no> boats."),
)  # fmt: skip
LEFT = make_signatory(
    "ferry-line", ("1.0.0", "2025-07-01"), withdrawn=Withdrawal(date="2025-08-01"), pledge="On time."
)


def test_entries_say_what_a_release_changed_and_why_and_who_signed_and_withdrew():
    """The newest first. The pledge and the links are left out, for they go when somebody withdraws."""
    feeds = made(FIRST, SECOND)["feeds/versions.atom"], signings(AGAIN, LEFT)
    assert faults(feeds[1], addresses.SIGNATORIES_FEED) == []
    told = "".join(f"{' | '.join(entry)}\n" for feed in feeds for entry in entries(feed))
    assert told == (HERE / "golden/feeds.txt").read_text(encoding="utf-8")


def test_ids_of_signatures_hold_whatever_comes_after():
    """A later signature, a withdrawal, a date put right, another name and address, another host: each entry
    that was there keeps its id. Those below are the ids of today, and of tomorrow."""

    def ids(feed):
        return feed.xpath("//a:id/text()", namespaces=NS)

    first = replace(FIRST, sha256="0" * 64), SECOND
    before = ids(signings(make_signatory(), releases=first))
    assert before == [
        "urn:uuid:77ec9932-a9e0-5844-ab0f-422f7e81f139",
        "urn:uuid:f5754655-4d87-5b2a-96bf-80713ce8b7a1",
    ]
    left = {"name": "The Quay Club", "withdrawn": Withdrawal(date="2025-04-01")}
    later = make_signatory("quay-club", ("1.0.0", "2024-12-09"), ("1.0.0", "2025-03-01"), **left)
    after = ids(signings(later, releases=first, site="https://elsewhere.example/"))
    assert (after[0], after[-1], len(after), len(set(after))) == (*before, 4, 4)
    renamed = replace(later, slug="mole-club", name="Mole Club", formerly=("quay-club",))
    assert ids(signings(renamed, releases=first)) == after


def test_a_signature_says_that_it_is_no_other():
    twice = [replace(AGAIN, withdrawn=Withdrawal(date=date)) for date in ("2025-09-01", "2026-02-01")]
    found = [signings(each, replace(LEFT, slug="quay-club-2")) for each in twice]
    ids = {id for feed in found for id in feed.xpath("a:entry/a:id/text()", namespaces=NS)}
    assert len(ids) == 2 + 3 + 2


def test_the_feed_of_who_signs_is_short():
    dates = [f"2025-{month:02}-{day:02}" for month in (1, 2, 3, 4, 5) for day in range(1, 29)]
    feed = signings(*(make_signatory(f"club-{date}", ("1.0.0", date)) for date in dates))
    found = feed.xpath("a:entry/a:updated/text()", namespaces=NS)
    assert [date[:10] for date in found] == dates[: -LATEST - 1 : -1]


def test_it_is_there_as_soon_as_somebody_can_sign_and_not_before():
    draft = make_release(version="0.1.0", date="2024-01-01")
    feed = signings(releases=(draft, FIRST))
    assert SCHEMA.validate(feed), SCHEMA.error_log
    assert feed.findtext("a:updated", namespaces=NS) == f"{FIRST.date}T00:00:00+00:00"
    with pytest.raises(KeyError):
        signings(releases=(draft,))


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_shown_as_itself(name):
    who = make_signatory(name=name, area=name, withdrawn=Withdrawal(date="2025-01-01", note=name))
    feed = signings(who)
    assert faults(feed, addresses.SIGNATORIES_FEED) == []
    (withdrew, _, _, _, left), (signed, _, _, _, joined) = entries(feed)
    plain = " ".join(name.split())
    assert (withdrew, signed) == (f"{name} withdrew", f"{name} signed version 1.0.0")
    assert joined.startswith(f"{plain} (boat club, {plain}) signed version 1.0.0")
    assert f"1 December 2024. {plain} Its page" in left


ENTRY = "a:entry/a:"
PLANTED = {
    "no id": ("a:id", None),
    "no title": ("a:title", None),
    "no author": ("a:author", None),
    "no date": ("a:updated", None),
    "an id of a host": (f"{ENTRY}id", "https://harbour.example/versions/2.0.0/"),
    "a day without a time": (f"{ENTRY}updated", "2025-06-01"),
    "no zone": (f"{ENTRY}updated", "2025-06-01T00:00:00"),
    "an older date": ("a:updated", "2024-12-01T00:00:00+00:00"),
    "an id twice": (f"{ENTRY}id[1]", "urn:uuid:fed02230-57ff-56ff-9bf3-5f6670e5f12f"),
    "another self": ("a:link[@rel='self']", f"{SITE}feeds/other.atom"),
    "a relative link": (f"{ENTRY}link", "versions/2.0.0/"),
    "a relative link in the words": (f"{ENTRY}content", '<a href="../">up</a>'),
    "a script in the words": (f"{ENTRY}content", "<script>alert(1)</script>"),
}
"""What is changed in a feed, and what it becomes."""


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name):
    path, value = PLANTED[name]
    feed = made(replace(FIRST, sha256="0" * 64), SECOND)["feeds/versions.atom"]
    assert faults(feed, "feeds/versions.atom") == []
    found = feed.find(path, NS)
    if value is None:
        found.getparent().remove(found)
    elif found.get("href"):
        found.set("href", value)
    else:
        found.text = value
    assert faults(feed, "feeds/versions.atom") != []


# --- In other languages ------------------------------------------------------------------------------


def test_a_feed_is_in_the_language_of_its_site():
    """All that a reader sees is from the catalogs, but for the charter's words and the organisations'."""
    cyrillic = replace(FIRST.charter, title="Устав")
    first = replace(FIRST, charter=cyrillic, notes=())
    edition = Edition(
        root="charter", charter=None, documents=(), entries=(), releases=(first,),
        signatories=(
            make_signatory("a", ("1.0.0", "2024-12-01"), name="Клуб", kind="клуб", area="Порт",
                           withdrawn=Withdrawal(date="2024-12-03")),
        ),
    )  # fmt: skip
    arabic = SiteLanguage(tag="ar", prefix="ar/", page=PSEUDO)
    english = feed_files(History(edition), SITE, TEMPLATES, register_view(edition, ""))
    with use_language(PSEUDO):
        files = feed_files(History(edition), f"{SITE}ar/", TEMPLATES, register_view(edition, ""), arabic)
    for at, data in files.items():
        feed = etree.fromstring(data)
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
        titles = feed.xpath("//a:title/text() | //a:subtitle/text()", namespaces=NS)
        contents = feed.xpath("//a:content/text()", namespaces=NS)
        for words in (*titles, *(html.fromstring(each).text_content() for each in contents)):
            assert not re.search("[A-Za-z]", unmarked(words)), words
        pair = (feed, etree.fromstring(english[at]))
        ours, theirs = (set(each.xpath("//a:id/text()", namespaces=NS)) for each in pair)
        assert not ours & theirs


def test_a_feed_from_the_right_says_so():
    arabic = SiteLanguage(tag="ar", prefix="ar/", page="ar")
    files = feed_files(history(FIRST), SITE, TEMPLATES, language=arabic)
    feed = etree.fromstring(files["feeds/versions.atom"])
    assert faults(feed, "feeds/versions.atom") == []
    assert all(title.startswith(RLM) for title in feed.xpath("//a:title/text()", namespaces=NS))
    assert feed.xpath("//a:content/text()", namespaces=NS)[0].startswith('<div lang="ar" dir="rtl">')
