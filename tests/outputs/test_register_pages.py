"""The pages of the register: what they say, in words and in figures, and what its search is given."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from builders import make_signatory
from charterpress.model import Edition, Standing, Withdrawal
from charterpress.outputs.data.signatories import register_files
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories import organisation_pages, register_search
from charterpress.outputs.html.signatories.register_pages import MAX_PER_PAGE
from charterpress.outputs.search import index
from charterpress.views import addresses
from charterpress.views.signatories import register_view
from registers import HOSTILE, SCRIPTS, SITE, current, make_register
from rendering import TEMPLATES, make_register_pages

EARLIER = make_signatory("pier-club", ("1.1.0", "2025-07-01"), name="Pier Club", area="Mole", kind="ferry")
GONE = make_signatory(
    "mole-club", ("1.0.0", "2024-12-03"), name="Mole Club", pledge="We will.",
    website="https://mole.example/", withdrawn=Withdrawal(date="2025-03-01", note="The club has closed."),
)  # fmt: skip
TWICE = make_signatory(
    "quay-club", ("1.0.0", "2024-12-02"), ("2.0.0", "2026-01-05"), name="Quay Club",
    pledge="We leave room for others.", registration="GB-CHC-1234567",
)  # fmt: skip


def register_pages(*entries):
    made = make_register_pages(make_register(*entries), site=SITE)
    return {page.address: page for page in made}


def organisation_page(signatory, site=SITE, certificates=True):
    register, renderer = make_register(signatory), Renderer(TEMPLATES, site=site)
    (page,) = organisation_pages.organisation_pages(register, renderer, certificates=certificates)
    return page


def tree(page):
    return html.fromstring(f"<main>{page.html}{page.unsearched}</main>")


def words(element) -> str:
    return re.sub(r" ([.,:;])", r"\1", " ".join(" ".join(element.itertext()).split()))


SAID = {
    "of-nobody": lambda: register_pages()["signatories/"],
    "of-some": lambda: register_pages(EARLIER, TWICE, GONE)["signatories/"],
    "of-one": lambda: register_pages(EARLIER, GONE)["signatories/"],
    "of-who-left": lambda: register_pages(GONE)["signatories/"],
    "current": lambda: organisation_page(current("a")),
    "asked-again": lambda: organisation_page(EARLIER),
    "signed-twice": lambda: organisation_page(TWICE),
    "left": lambda: organisation_page(GONE),
}


@pytest.mark.parametrize("name", SAID)
def test_a_page_says_who_stands_who_left_and_what_was_signed(root, name):
    page = tree(SAID[name]())
    told = "".join(f"{each}\n" for each in (words(page), *page.xpath("//a/@href")))
    assert told == (root / f"tests/golden/register/{name}.txt").read_text(encoding="utf-8")


def test_a_page_says_since_when_git_has_the_entry_under_whatever_name():
    """And nothing of it where git could not be asked."""
    edition = Edition(
        root="charter",
        charter=None,
        documents=(),
        entries=(),
        releases=tuple(make_register().releases.values()),
        signatories=(current("a", formerly=("old-a",)), current("b")),
        listed={"signatories/old-a.yml": "2026-02-20", "signatories/a.yml": "2026-05-01"},
    )

    def said(known):
        register = register_view(known, "")
        made = organisation_pages.organisation_pages(register, Renderer(TEMPLATES), certificates=False)
        return [words(tree(page)) for page in made]

    first, *others = (*said(edition), *said(replace(edition, listed=None)))
    assert "On this list since 20 February 2026, as git recorded it." in first
    assert [each for each in others if "On this list since" in each] == []


def test_the_list_is_by_letter_and_has_what_its_filters_ask_for():
    page = tree(register_pages(EARLIER, TWICE, GONE)["signatories/"])
    parts = page.cssselect("[data-part]")
    assert [words(part.cssselect("h3")[0]) for part in parts] == ["P", "Q"]
    assert dict(parts[0].cssselect("li")[0].attrib) == {
        "data-kind": "ferry", "data-area": "Mole", "data-version": "1.1.0", "data-standing": "asked",
    }  # fmt: skip
    assert len(page.cssselect("svg.growth")) == 2
    assert tree(register_pages()["signatories/"]).cssselect("form, table, svg, .entries") == []


@pytest.mark.parametrize("name", [*HOSTILE, *(name for name, _ in SCRIPTS.values())])
def test_any_name_is_shown_as_it_is_written(name):
    odd = current("odd-club", name, area=name, pledge=name, registration="GB-CHC-1")
    for page in (register_pages(odd)["signatories/"], organisation_page(odd)):
        found = tree(page)
        assert " ".join(name.split()) in words(found)
        assert found.xpath("//*[@onerror] | //label[not(@for)] | //eval") == []
        assert {script.get("type") or script.get("src") for script in found.iter("script")} <= {
            "application/json", "application/ld+json", "../assets/javascripts/register.js",
        }  # fmt: skip
        assert [each for each in found.xpath("//a/@href") if "javascript:" in each] == []


@pytest.mark.parametrize("count", [1, 500, 501, 1300])
def test_a_long_list_is_on_a_page_for_each_letter_and_nobody_is_left_out(count):
    entries = [current(f"club-{at}", f"{'abcz'[at * 7 % 4]}{at:05} Club") for at in range(count)]
    made = register_pages(*entries)
    lists = {at: tree(page) for at, page in made.items() if page.kind in ("register", "register-letter")}
    shown = [page.xpath("//*[contains(@class, 'entries')]//li/a/@href") for page in lists.values()]
    slugs = [link.rstrip("/").rpartition("/")[2] for links in shown for link in links]
    assert sorted(slugs) == sorted(each.slug for each in entries)
    assert max(len(page.cssselect(".entries li")) for page in lists.values()) <= MAX_PER_PAGE
    linked = lists["signatories/"].xpath("//*[@class='register__parts']//a/@href")
    assert sorted(lists) == sorted(["signatories/", *(f"signatories/{link}" for link in linked)])


def test_the_search_of_the_site_passes_over_the_names():
    page = register_pages(EARLIER)["signatories/"]
    found = index.index_entry(page.address, page.title, page.html)["parts"]
    assert page.searched
    assert "Pier Club" in page.html
    assert "Pier Club" not in str(found)
    assert [anchor for anchor, *_ in found if anchor] == ["counts", "growth", "take", "badge"]


def test_the_register_begins_with_the_list_and_offers_no_files_of_nobody():
    """The published addresses of those files answer all the same."""
    headings = [each.get("id") for each in tree(register_pages(EARLIER)["signatories/"]).iter("h2")]
    assert headings == ["list", "counts", "growth", "take", "badge"]
    links = tree(register_pages()["signatories/"]).xpath("//@href")
    assert [each for each in links if each.endswith((".csv", ".pdf", "print/"))] == []
    assert "signatories/signatories.csv" in register_files(make_register().current, (), "2026-11-20")


def test_one_that_signed_what_has_no_new_promises_is_in_force():
    of = make_register(make_signatory("a", ("1.0.0", "2024-12-02")))
    entries = tuple(replace(each, standing=Standing.IN_FORCE) for each in of.entries)
    of = replace(of, current=of.releases["1.1.0"], entries=entries)
    renderer = Renderer(TEMPLATES, site=SITE)
    (page,) = organisation_pages.organisation_pages(of, renderer, certificates=False)
    assert "No promise has changed since version 1.0.0, so the signature stands." in words(tree(page))


def test_links_that_an_organisation_gave_are_marked_as_its_own():
    link = "https://quay.example/charter"
    linked = (TWICE.signed[0], replace(TWICE.signed[1], link=link))
    page = tree(organisation_page(replace(TWICE, signed=linked)))
    outward = [each for each in page.iter("a") if each.get("href").startswith("http")]
    assert link in [each.get("href") for each in outward]
    assert {each.get("rel") for each in outward} == {"nofollow ugc noopener external"}


def test_who_withdrew_keeps_a_page_without_words_links_and_badge():
    page = organisation_page(GONE)
    assert "We will." not in words(tree(page))
    assert [link for link in tree(page).xpath("//a/@href") if link.startswith("http")] == []
    assert tree(page).cssselect("img, pre") == []
    assert "certificate" not in page.html
    assert (page.indexed, organisation_page(TWICE).indexed) == (False, True)


def copied(page):
    """The link and the picture of what is offered to be copied, as HTML and as Markdown."""
    as_html, as_markdown = tree(page).xpath("//pre/code/text()")
    for code in (as_html, MarkdownIt("commonmark").render(as_markdown)):
        (link,) = html.fromstring(f"<main>{code}</main>").iter("a")
        (picture,) = link
        yield link.get("href"), picture.get("src"), " ".join(picture.get("alt").split())


@pytest.mark.parametrize("name", [*HOSTILE, "Friends & “Sons” of [St. Mary's](x)"])
def test_what_is_copied_shows_the_badge_with_its_words(name):
    said = " ".join(f"{name} signed version 2.0.0 of the Harbour Charter".split())
    address = f"{SITE}signatories/odd-club/"
    for found in copied(organisation_page(current("odd-club", name))):
        assert found == (address, f"{address}badge.svg", said)


def test_the_badge_of_the_charter_leads_to_the_current_version():
    for found in copied(register_pages()["signatories/"]):
        assert found == (f"{SITE}versions/2.0.0/", f"{SITE}signatories/badge.svg", "Harbour Charter")
    assert tree(organisation_page(TWICE, site="")).cssselect("pre") == []


class Reader:
    """Finds signatories by the files alone, as the script does."""

    def __init__(self, entries, choices):
        self.files = {
            at.removeprefix(addresses.REGISTER_SEARCH): json.loads(data)
            for at, data in register_search.search_files(entries, choices)
        }
        self.choices = choices

    def having(self, word):
        """The places of those who have a word that begins so, or is this one where it is a short one."""
        found = set()
        for other, distances in self.files.get(f"words/{register_search.word_file(word)}.json", {}).items():
            if matches(other, word):
                place = 0
                for distance in distances.split(" "):
                    place += int(distance, 36)
                    found.add(place)
        return found

    def line(self, place):
        part = place // register_search.ROWS
        return self.files[f"lines/{part // register_search.FOLDER}/{part}.json"][place % register_search.ROWS]

    def value(self, name, place):
        values = self.files[f"filters/{name}/{place // register_search.PART}.json"]
        at = place % register_search.PART * 2
        figures = values[at : at + 2]
        return None if figures == "--" else self.choices[name][int(figures, 36)]


def matches(word, start) -> bool:
    """Whether somebody who types `start` is shown `word`."""
    return word.startswith(start) if len(start) >= register_search.LETTERS else word == start


NAMES = st.text("abcdé ß'漢字ก-", min_size=1, max_size=14).filter(register_search.search_words)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=60))
def test_everyone_is_found_by_every_word_and_nobody_else(names):
    of = make_register(*(current(f"club-{at}", name, area=area) for at, (name, area) in enumerate(names)))
    entries = of.active
    choices = {"kind": ["boat club"], "version": ["2.0.0"], "area": sorted({area for _, area in names})[:5]}
    reader = Reader(entries, choices)
    own = [register_search.entry_words(entry) for entry in entries]
    for word in {word for each in own for word in each}:
        for start in {word[:3], word[:4], word}:
            if len(start) >= register_search.LETTERS or start == word:
                expected = {at for at, each in enumerate(own) if any(matches(w, start) for w in each)}
                assert reader.having(start) == expected
    for at, entry in enumerate(entries):
        assert reader.line(at)[:2] == [entry.signatory.slug, entry.signatory.name]
        assert reader.value("version", at) == "2.0.0"
        area = entry.signatory.area
        assert reader.value("area", at) == (area if area in choices["area"] else None)


def test_names_of_files_are_plain():
    for start in ("abc", "漢", "é../", "\u202e", "con"):
        assert re.fullmatch(r"[a-z0-9_]+", register_search.word_file(start))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Café O’Brien’s", ["cafe", "obriens"]),
        ("The Øresund & Łódź Straße", ["the", "oresund", "lodz", "strasse"]),
        ("MÜLLER-Haus_2", ["muller", "haus", "2"]),
        ("東京の家", ["東", "京", "の", "家"]),
        ("Ąę İstanbul ﬁne", ["ae", "istanbul", "fine"]),
    ],
)
def test_words_are_compared_without_accents_capitals_and_apostrophes(text, found):
    assert register_search.search_words(text) == found
