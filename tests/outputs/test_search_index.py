"""The site's pages → the index that its search reads."""

from __future__ import annotations

import json
import re

import pytest

from charterpress.outputs.search import index
from charterpress.outputs.search.questions import common_questions
from charterpress.views import addresses


def indexed(*entries):
    return json.loads(index.index_bytes(entries))["pages"]


def parts(content, title="A page"):
    (page,) = indexed(index.index_entry("a/", title, content))
    return page["parts"]


def test_a_page_is_cut_at_its_headings_and_has_no_marks():
    content = (
        "<h1 id=top>A page</h1><p>One <em>t</em>wo.</p><h2 id=why>Why <b>so</b></h2><ul><li>three</li>"
        "<li>four</li></ul><h3>Five</h3>six<br>seven<h2 id=how>How</h2>"
    )
    assert parts(content) == [
        ["", "", "One two."],
        ["why", "Why so", "three · four · Five · six · seven"],
        ["how", "How", ""],
    ]
    assert parts("<h1>A longer name of it</h1>") == [["", "", "A longer name of it"]]


def test_what_is_left_out_takes_nothing_else_along():
    content = (
        "a <svg><text>b</text></svg> c<script>d</script> e <p data-search-exclude>f</p> g<!-- h --> i"
        "<pre><code>j</code></pre> k"
        '<h2 id=l>L<a class="headerlink" href="#l">#</a> <a data-search-exclude href="#l">#</a></h2>'
    )
    assert parts(content) == [["", "", "a c e · g i · k"], ["l", "L", ""]]


def test_a_commitment_is_a_part_of_its_own_that_counts_more_than_a_source():
    content = (
        "<section class=part--binding><ol class=commitments><li id=a.one><span class=letter>a</span> one"
        "<li id=a.two><span class=letter>b</span> two</ol></section>"
        "<section class=sources><h2 id=sources>Sources</h2>3"
    )
    page = index.index_entry("a/", "A", content, number="1.2", description="What it is.")
    assert page["number"] == "1.2"
    assert page["parts"] == [
        ["", "", "What it is."],
        ["a.one", "1.2 a", "a one", 2.0],
        ["a.two", "1.2 b", "b two", 2.0],
        ["sources", "Sources", "3", 0.3],
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<a>A log</a><span>One sheet.</span>", "A log · One sheet."),
        ("<p>Yes.<p>No<p>So", "Yes. No · So"),
        ("<p><a class=button>How to sign</a> <a class=button>Read it</a>", "How to sign · Read it"),
        ("H<sub>2</sub>O and <b>b</b>old", "H2O and bold"),
        (
            "<table><tr><th>1.0.0 current<td>3 May 2027<td>43bce3<td>It came first in 2013.",
            "It came first in 2013.",
        ),
        ("<table><tr><td>10:15<td>20 minutes<td>Meet at the door", "Meet at the door"),
    ],
)
def test_words_stand_apart_and_figures_of_tables_are_left_out(content, text):
    assert parts(content) == [["", "", text]]


@pytest.mark.parametrize(
    "words", ['R&D <b>now</b> <img src=x onerror="alert(1)">', "</script>", "{{ x }}", '"', "\\", "a\u2028b"]
)
def test_words_stay_what_they_are(words):
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    (page,) = indexed(index.index_entry("a/", words, f"<p>{escaped}</p><h2 id=b>{escaped}</h2>", label=words))
    shown = " ".join(words.split())
    assert page == {
        "address": "a/",
        "title": words,
        "label": words,
        "weight": 1,
        "parts": [["", "", shown], ["b", shown, ""]],
    }


def test_the_order_of_pages_makes_no_difference():
    one, two = index.index_entry("a/", "A", "<p>a"), index.index_entry("b/", "B", "<p>b", weight=2)
    assert index.index_bytes([one, two]) == index.index_bytes([two, one])
    assert [page["weight"] for page in indexed(two, one)] == [1, 2]


def site_pages(site):
    index = json.loads((site / addresses.SEARCH_INDEX).read_bytes())
    return {page["address"]: page for page in index["pages"]}


def test_of_a_long_part_the_beginning_is_found():
    entry = index.index_entry("a/", "A", "<p>One two.<h2 id=b>B</h2><p>Three four five", longest=10)
    assert entry["parts"] == [["", "", "One two."], ["b", "B", "Three four"]]


def test_what_people_ask_leads_to_the_part_or_the_page_or_nowhere():
    entries = [
        index.index_entry("sign/", "How to sign", "<h2 id=who-may-sign>Who may sign</h2>"),
        index.index_entry("versions/1.1.0/", "Version 1.1.0", ""),
        *(index.index_entry(f"versions/{each}/changes/", "What changed", "") for each in ("1.0.1", "1.1.0")),
    ]
    asked = json.loads(index.index_bytes(entries, current="1.1.0"))["questions"]
    assert "who can sign" in asked["sign/#who-may-sign"]
    assert {"how long", "withdraw"} <= set(asked["sign/"].split(", "))
    assert "latest version" in asked["versions/1.1.0/"]
    assert (
        asked["versions/1.0.1/changes/"]
        == "changed in 1.0.1, changed in 1.0, new in 1.0.1, new in 1.0, difference between 1.0.1"
    )
    assert {"changed in 1.1", "changelog"} <= set(asked["versions/1.1.0/changes/"].split(", "))
    assert len(asked) == 5


def test_every_place_that_answers_a_question_is_on_our_site(built_site):
    """A heading that is renamed takes its questions to the top of the page, where nobody looks for it."""
    current = json.loads((built_site / addresses.VERSIONS_JSON).read_bytes())[0]["version"]
    asked = json.loads((built_site / addresses.SEARCH_INDEX).read_bytes())["questions"]
    places = {each.replace("{current}", current) for each in common_questions() if "{version}" not in each}
    assert places - asked.keys() == set()


def test_the_search_finds_what_the_public_reads(built_site, charter, real_edition):
    pages = site_pages(built_site)
    for theme, principle in charter.principles():
        page = pages[f"charter/{theme.id}/{principle.id}/"]
        assert (page["title"], page["weight"]) == (principle.title, 2)
        assert page["label"].endswith(theme.title)
    assert {"", "about/", "sign/", "versions/", "editors/rules/", "practice/cafe/"} <= set(pages)
    assert pages[""]["title"] == charter.title
    inside = {at for at in pages if at.startswith(("draft/", "versions/"))}
    first, *later = (f"versions/{release.version}/" for release in real_edition.releases)
    told = {"versions/", first, *later, *(f"{each}changes/" for each in later), "versions/compare/"}
    assert {at for at in inside if at.count("/") < 3 or "/changes/" in at} == told
    assert pages["charter/"]["parts"] == [["", "", pages["charter/"]["parts"][0][2]]]
    assert not re.search(r"[a-z][A-Z](?!Hub|llister)", json.dumps(pages["practice/"]))
    rules = [part for part in pages["editors/rules/"]["parts"] if part[0] == "title-length"]
    assert rules == [["title-length", "title-length error", ""]]
