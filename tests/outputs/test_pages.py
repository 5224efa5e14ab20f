"""A charter becomes pages: their addresses, words, links and order."""

import pytest
from lxml import html

from builders import make_charter, make_principle, make_theme
from charterpress.model import Behaviour, Crumb, Edition, Section, SectionShape
from charterpress.text.dates import day_in_words
from charterpress.views import addresses, labels
from rendering import make_pages

SHAPES = (
    SectionShape(id="vows", heading="We promise", binding=True, list=True),
    SectionShape(id="why", heading="Why"),
)


BARE = {"behaviours": (), "questions": (), "sources": ()}


def _sections(vows=("say so.", "mean it."), why="Because it helps."):
    return (
        Section(id="vows", text="".join(f"- {vow}\n" for vow in vows), items=tuple(vows)),
        Section(id="why", text=why),
    )


def _charter(**changes):
    """Two themes; the file of each principle stands where the reader would have found it."""
    principles = {
        "say-so": make_principle(
            "say-so", title="Say so", path="c/themes/words/say-so.md", **BARE, sections=_sections()
        ),
        "mean-it": make_principle(
            "mean-it", title="Mean it", path="c/themes/words/mean-it.md", **BARE, sections=_sections()
        ),
        "do-it": make_principle(
            "do-it", title="Do it", path="c/themes/deeds/do-it.md", **BARE, sections=_sections()
        ),
    } | changes.pop("principles", {})
    themes = (
        make_theme(
            "words", title="Words", path="c/themes/words/index.md", text="About words.",
            principles=(principles["say-so"], principles["mean-it"]),
        ),
        make_theme(
            "deeds", title="Deeds", path="c/themes/deeds/index.md", text="About deeds.",
            principles=(principles["do-it"],),
        ),
    )  # fmt: skip
    return make_charter(
        **{"title": "Club Rules", "preamble": "We meet.", "preamble_path": "c/preamble.md"}
        | {"sections": SHAPES, "themes": themes, "questions": ()} | changes
    )  # fmt: skip


def _pages(charter, **edition):
    """The pages of a charter that has no release, unless `edition` says more."""
    return make_pages(Edition(root="c", charter=charter, documents=(), entries=(), **edition))


def _page(charter, address):
    return next(page for page in _pages(charter) if page.address == address)


def _tree(page):
    return html.fromstring(f"<main>{page.html}</main>")


def test_pages_come_in_reading_order():
    assert [page.address for page in _pages(_charter())] == [
        "",
        "charter/",
        "charter/words/",
        "charter/words/say-so/",
        "charter/words/mean-it/",
        "charter/deeds/",
        "charter/deeds/do-it/",
        "practice/",
        "practice/self-assessment/",
        "practice/cafe/",
        "practice/one-page/",
        "practice/easy-read/",
    ]


def test_a_principles_page_says_where_it_belongs_and_which_file_it_is_made_from():
    page = _page(_charter(), "charter/deeds/do-it/")
    assert (page.title, page.source, page.kind, page.accent, page.label) == (
        "Do it", "c/themes/deeds/do-it.md", "principle", 2, "2 Deeds",
    )  # fmt: skip
    assert page.breadcrumbs == (
        Crumb(title="The charter", address="charter/"),
        Crumb(title="2 Deeds", address="charter/deeds/"),
    )


def test_commitments_stand_in_their_order_with_letter_anchor_and_a_link_to_each():
    tree = _tree(_page(_charter(), "charter/words/say-so/"))
    found = [
        (item.get("id"), item.find_class("letter")[0].text, item.find_class("words")[0].text_content())
        for item in tree.cssselect("ol.commitments > li")
    ]
    assert [(anchor, letter, words.strip()) for anchor, letter, words in found] == [
        ("say-so.say-so", "a", "say so."),
        ("say-so.mean-it", "b", "mean it."),
    ]
    links = tree.cssselect("ol.commitments a.permalink")
    assert [(link.get("href"), link.get("aria-label")) for link in links] == [
        ("#say-so.say-so", "Link to 1.1 a"),
        ("#say-so.mean-it", "Link to 1.1 b"),
    ]


def test_the_whole_charter_has_every_word_and_no_anchor_twice():
    charter = _charter()
    tree = _tree(_page(charter, "charter/"))
    words = tree.text_content()
    for theme, principle in charter.principles():
        for part in (
            theme.text,
            principle.title,
            principle.summary,
            "We promise",
            "mean it.",
            "Because it helps.",
        ):
            assert part in words
    anchors = [element.get("id") for element in tree.cssselect("[id]")]
    assert len(anchors) == len(set(anchors))
    assert {link.get("href").removeprefix("#") for link in tree.cssselect("a[href^='#']")} <= set(anchors)


@pytest.mark.parametrize(
    ("target", "on_its_page", "on_the_whole"),
    [
        ("../deeds/do-it.md", "../../deeds/do-it/", "#do-it"),
        ("../deeds/do-it.md#why", "../../deeds/do-it/#why", "#do-it.why"),
        ("mean-it.md", "../mean-it/", "#mean-it"),
        ("mean%2Dit.md", "../mean-it/", "#mean-it"),
        ("index.md", "../", "#words"),
        ("../../preamble.md", "../../", "#preamble"),
        ("#why", "#why", "#say-so.why"),
        (
            "https://example.org/a?b=1&c=2#d",
            "https://example.org/a?b=1&c=2#d",
            "https://example.org/a?b=1&c=2#d",
        ),
    ],
)
def test_a_link_to_a_file_leads_to_its_page_or_to_its_place_on_the_whole(target, on_its_page, on_the_whole):
    linking = make_principle(
        "say-so",
        title="Say so",
        path="c/themes/words/say-so.md",
        sections=_sections(why=f"See [this]({target})."),
    )
    charter = _charter(principles={"say-so": linking})
    for address, expected in (("charter/words/say-so/", on_its_page), ("charter/", on_the_whole)):
        links = _tree(_page(charter, address)).xpath("//a[text()='this']")
        assert [link.get("href") for link in links] == [expected]


def test_the_preambles_links_start_from_the_charters_own_folder():
    charter = _charter(preamble="See [this](themes/deeds/do-it.md).")
    links = {
        page.address: [link.get("href") for link in _tree(page).xpath("//a[text()='this']")]
        for page in _pages(charter)
        if page.kind in ("home", "whole")
    }
    assert links == {"": ["charter/deeds/do-it/"], "charter/": ["#do-it"]}


def test_words_are_shown_as_they_stand_and_never_run():
    hostile = '<img src=x onerror=alert(1)> {{ 7 * 7 }} & "quoted" </script>'
    principle = make_principle(
        "say-so", title=hostile, summary=hostile, path="c/themes/words/say-so.md",
        sections=_sections(vows=(hostile,), why=hostile),
        plain=(hostile,),
        behaviours=(Behaviour(behaviour=hostile, measure=hostile, support=hostile, interview=hostile),),
        questions=(hostile,), sources=(hostile,),
    )  # fmt: skip
    for page in _pages(_charter(title=hostile, principles={"say-so": principle})):
        tree = _tree(page)
        assert tree.cssselect("img, script") == []
    shown = " ".join(
        _tree(_page(_charter(principles={"say-so": principle}), "charter/words/say-so/"))
        .text_content()
        .split()
    )
    assert shown.count("<img src=x onerror=alert(1)> {{ 7 * 7 }} &") == 11


def test_a_charter_without_behaviours_questions_or_sources_has_no_headings_for_them():
    tree = _tree(_page(_charter(), "charter/words/say-so/"))
    assert [" ".join(heading.text_content().split()) for heading in tree.cssselect("h1, h2")] == [
        "1.1 Say so #", "We promise #", "Why #",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "address", "expected"),
    [
        ("charter/", "", "charter/"),
        ("", "charter/a/", "../../"),
        ("charter/a/", "charter/a/b/", "../"),
        ("charter/a/b/", "charter/a/b/", "./"),
        ("charter/a/b/#c", "charter/a/b/", "#c"),
        ("charter/a/b/#c", "charter/d/", "../a/b/#c"),
    ],
)
def test_addresses_are_relative_so_that_the_site_works_under_any_folder(target, address, expected):
    assert addresses.relative(target, address) == expected


def test_dates_are_written_as_they_are_in_britain():
    assert [day_in_words("2026-12-01"), labels.draft_label("2027-05-31"), labels.draft_label("")] == [
        "1 December 2026", "Draft of 31 May 2027", "Draft",
    ]  # fmt: skip


def test_a_licence_is_linked_to_its_own_page_or_to_the_list_of_licences():
    assert labels.licence_address("CC-BY-4.0") == "https://creativecommons.org/licenses/by/4.0/"
    assert labels.licence_address("OGL-UK-3.0") == "https://spdx.org/licenses/OGL-UK-3.0.html"
