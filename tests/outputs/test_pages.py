"""A charter becomes pages: their addresses, words, links and order."""

import pytest
from lxml import html

from builders import make_charter, make_principle, make_theme
from charterpress.model import Behaviour, Edition, Section, SectionShape
from charterpress.text.dates import day_in_words
from charterpress.views import addresses, labels
from rendering import make_pages
from words import said

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


def _tree(charter, address):
    return html.fromstring(f"<main>{_pages(charter)[address].html}</main>")


def _charter(principles=(), **changes):
    """Two themes; the file of each principle stands where the reader would have found it."""

    def principle(theme, id):
        title, path = id.replace("-", " ").capitalize(), f"c/themes/{theme}/{id}.md"
        made = make_principle(id, title=title, path=path, **BARE, sections=_sections())
        return dict(principles).get(id, made)

    themes = tuple(
        make_theme(
            theme, title=theme.capitalize(), path=f"c/themes/{theme}/index.md", text=f"About {theme}.",
            principles=tuple(principle(theme, id) for id in ids),
        )
        for theme, ids in (("words", ("say-so", "mean-it")), ("deeds", ("do-it",)))
    )  # fmt: skip
    return make_charter(
        **{"title": "Club Rules", "preamble": "We meet.", "preamble_path": "c/preamble.md"}
        | {"sections": SHAPES, "themes": themes, "questions": ()} | changes
    )  # fmt: skip


def _pages(charter):
    made = make_pages(Edition(root="c", charter=charter, documents=(), entries=()))
    return {page.address: page for page in made}


def test_pages_come_in_reading_order():
    words, deeds = "charter/words/", "charter/deeds/"
    assert list(_pages(_charter())) == [
        *("", "charter/", "charter/commitments/", "sign/"),
        *(words, f"{words}say-so/", f"{words}mean-it/", deeds, f"{deeds}do-it/", "practice/"),
        *(f"practice/{name}/" for name in ("self-assessment", "cafe", "one-page", "easy-read")),
    ]


def test_a_principles_page_says_where_it_belongs_and_which_file_it_is_made_from():
    page = _pages(_charter())["charter/deeds/do-it/"]
    assert (page.title, page.source, page.kind, page.accent, page.label) == (
        "Do it", "c/themes/deeds/do-it.md", "principle", 2, "2 Deeds",
    )  # fmt: skip
    assert [(crumb.title, crumb.address) for crumb in page.breadcrumbs] == [
        ("The charter", "charter/"), ("2 Deeds", "charter/deeds/"),
    ]  # fmt: skip
    headings = _tree(_charter(), page.address).cssselect("h1, h2")
    assert [said(each) for each in headings] == ["2.1 Do it #", "We promise #", "Why #"]


def test_commitments_stand_in_their_order_with_letter_anchor_and_a_link_to_each():
    items = _tree(_charter(), "charter/words/say-so/").cssselect("ol.commitments > li")
    links = [item.cssselect("a.permalink")[0] for item in items]
    assert [
        (item.get("id"), *(said(item.find_class(name)[0]) for name in ("letter", "words"))) for item in items
    ] == [("say-so.say-so", "a", "say so."), ("say-so.mean-it", "b", "mean it.")]
    assert [(link.get("href"), link.get("aria-label")) for link in links] == [
        ("#say-so.say-so", "Link to 1.1 a"), ("#say-so.mean-it", "Link to 1.1 b"),
    ]  # fmt: skip


def test_the_whole_charter_has_every_word_and_no_anchor_twice():
    charter = _charter()
    tree = _tree(charter, "charter/")
    for theme, principle in charter.principles():
        own = (theme.text, principle.title, principle.summary)
        for part in (*own, "We promise", "mean it.", "Because it helps."):
            assert part in tree.text_content()
    anchors = tree.xpath("//@id")
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
        ("https://example.org/a?b=1&c=2#d",) * 3,
    ],
)
def test_a_link_to_a_file_leads_to_its_page_or_to_its_place_on_the_whole(target, on_its_page, on_the_whole):
    linking = make_principle(
        "say-so", path="c/themes/words/say-so.md", sections=_sections(why=f"See [this]({target}).")
    )
    charter = _charter({"say-so": linking})
    for address, expected in (("charter/words/say-so/", on_its_page), ("charter/", on_the_whole)):
        assert _tree(charter, address).xpath("//a[text()='this']/@href") == [expected]


def test_the_preambles_links_start_from_the_charters_own_folder():
    charter = _charter(preamble="See [this](themes/deeds/do-it.md).")
    page = _pages(charter)["charter/commitments/"]
    for shown in (_tree(charter, "charter/"), html.fromstring(page.unsearched)):
        assert shown.xpath("//a[text()='this']/@href") == ["#do-it"]


def test_words_are_shown_as_they_stand_and_never_run():
    hostile = '<img src=x onerror=alert(1)> {{ 7 * 7 }} & "quoted" </script>'
    principle = make_principle(
        "say-so", title=hostile, summary=hostile, path="c/themes/words/say-so.md",
        sections=_sections(vows=(hostile,), why=hostile),
        plain=(hostile,),
        behaviours=(Behaviour(behaviour=hostile, measure=hostile, support=hostile, interview=hostile),),
        questions=(hostile,), sources=(hostile,),
    )  # fmt: skip
    charter = _charter({"say-so": principle}, title=hostile)
    trees = {address: _tree(charter, address) for address in _pages(charter)}
    assert [address for address, tree in trees.items() if tree.cssselect("img, script")] == []
    shown = said(trees["charter/words/say-so/"])
    assert shown.count("<img src=x onerror=alert(1)> {{ 7 * 7 }} &") == 11


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


def test_dates_and_licences_are_written_as_they_are_in_britain():
    assert [day_in_words("2026-12-01"), labels.draft_label("2027-05-31"), labels.draft_label("")] == [
        "1 December 2026", "Draft of 31 May 2027", "Draft",
    ]  # fmt: skip
    assert labels.licence_address("CC-BY-4.0") == "https://creativecommons.org/licenses/by/4.0/"
    assert labels.licence_address("OGL-UK-3.0") == "https://spdx.org/licenses/OGL-UK-3.0.html"
