"""The search finds a principle by the words of its commitments, and says which theme it belongs to."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from charterpress.text.folding import FOLDED_LETTERS, fold
from charterpress.views.addresses import SEARCH_INDEX
from words import plain

AWKWARD = 'R&D <b>now</b> <img src=x onerror="document.title = 1">'


FIRST_RESULTS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
"""Types phrases into the search, and returns the addresses of the first three results of each."""
QUESTIONS = yaml.load(Path(__file__).with_name("questions.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
ENGINE = ("search/engine.js", "search/words.js", "vendor/minisearch.js", "vendor/stemmer.js")
MAX_COMPRESSED = 70_000
"""Bytes of the index and of what searches it."""


@pytest.fixture
def home(open_page, server):
    page, witness = open_page(server)
    return page, page.get_by_label("Search", exact=True), page.locator("[data-search-results] > li"), witness


def status(page):
    return page.get_by_role("search").get_by_role("status")


def commitments(charter):
    binding = {shape.id for shape in charter.sections if shape.binding}
    for theme, principle in charter.principles():
        for part in principle.sections:
            if part.id in binding:
                yield from ((f"/{theme.id}/{principle.id}/", plain(item)) for item in part.items)


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.long)])
def test_the_first_words_of_every_commitment_find_its_principle_first(home, charter, search, every):
    """Eight words of every third or of all, as somebody remembers them. Words that stand nowhere give no
    result."""
    page, *_ = home
    theme, principle = next(charter.principles())
    address, text = search(page, next(commitments(charter))[1].rstrip(".;"))[0]
    assert f"/{theme.id}/{principle.id}/#{principle.id}." in address
    assert theme.title.casefold() in text.casefold()
    addresses, texts = zip(*list(commitments(charter))[::every], strict=True)
    phrases = [" ".join(words.rstrip(".;").split()[:8]) for words in texts]
    found = zip(addresses, phrases, page.evaluate(FIRST_RESULTS, phrases), strict=True)
    assert [phrase for address, phrase, (href, *_) in found if address not in href] == []
    assert search(page, "xylophonequartz") == []


@pytest.mark.parametrize(
    ("name", "asked", "count", "first"),
    [
        ("own", "own", 63, 61),
        ("own", "own, in plain words", 200, 196),
        ("example", "example", 25, 24),
        ("example", "example, in plain words", 24, 23),
    ],
)
def test_what_people_type_finds_the_page_they_mean(name, asked, count, first, open_page, served, site):
    """An address with an anchor is the place that has to be opened."""
    page, _ = open_page(served(name))
    found = page.evaluate(FIRST_RESULTS, list(QUESTIONS[asked]))
    ranks = {}
    for (typed, wanted), hrefs in zip(QUESTIONS[asked].items(), found, strict=True):
        places = [f"{served(name)}{each}" for each in ([wanted] if isinstance(wanted, str) else wanted)]
        meant = [href in places or href.partition("#")[0] in places for href in hrefs]
        ranks[typed] = meant.index(True) + 1 if True in meant else hrefs
    assert {typed: rank for typed, rank in ranks.items() if rank not in (1, 2, 3)} == {}
    assert len(ranks) == count
    assert len([rank for rank in ranks.values() if rank == 1]) >= first, ranks
    files = [site(name) / SEARCH_INDEX, *(site(name) / "assets/javascripts" / file for file in ENGINE)]
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) < MAX_COMPRESSED


def test_a_word_is_found_in_every_form_and_never_taken_for_another(home, search):
    page, *_ = home
    assert len(search(page, "meeting")) == len(search(page, "meetings")) > 15
    for typed, meant in (
        ("leavign", "leaving"),
        ("organization", "organisation"),
        ("Make Time", "make time"),
    ):
        found = [{address.partition("#")[0] for address, _ in search(page, each)} for each in (typed, meant)]
        assert found[0] == found[1]
    assert search(page, "leazing") == []


def test_where_nothing_is_found_it_says_where_to_look(home, search, open_page, example_server):
    page, *_ = home
    assert search(page, "xylophonequartz") == []
    help_ = page.locator("[data-search-more]")
    expect(help_).to_contain_text("Try other words")
    starts = help_.get_by_role("link").evaluate_all("all => all.map((each) => each.href)")
    chosen = ("charter/", "charter/commitments/", "sign/")
    assert starts[:3] == [f"{page.url}{address}" for address in chosen]
    page, _ = open_page(example_server)
    search(page, "xylophonequartz")
    page.locator("[data-search-more]").get_by_role("link", name="xylophonequartz").click()
    page.wait_for_url("**/signatories/?words=xylophonequartz")


def test_words_like_one_that_stands_nowhere_are_offered(home, search):
    page, field, results, _ = home
    assert search(page, "staff leazing")
    offered = page.locator("[data-search-more]").get_by_role("button")
    assert offered.all_inner_texts() == ["leaving", "leading", "learning"]
    offered.first.click()
    expect(field).to_have_value("staff leaving")
    expect(field).to_be_focused()
    expect(results.first).to_contain_text("is about to leave")
    search(page, "leazing")
    field.press("Enter")
    expect(field).to_have_value("leaving")
    field.fill("leazing")
    expect(offered.first).to_be_visible()
    field.press("ArrowDown")
    expect(offered.first).to_be_focused()


def test_where_the_page_itself_is_meant_its_top_is_opened(home, search):
    page, *_ = home
    for typed in ("signatories", "list of signatories", "privacy policy", "all versions"):
        assert "#" not in search(page, typed)[0][0], typed


def test_a_result_opens_the_place_and_marks_it(home, search):
    page, field, _, _ = home
    ((address, _),) = search(page, "3.3b")
    field.press("Enter")
    page.wait_for_url(address)
    place = page.locator(":target")
    expect(place).to_be_in_viewport()
    expect(place).to_contain_text("when a colleague who works with partners is about to leave")
    assert place.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


def test_sentences_of_an_older_version_stand_apart(open_page, server, search):
    page, _ = open_page(f"{server}versions/1.0.0/")
    search(page, "interview notes show the question")
    expect(page.locator("[data-search-here] .search__excerpt").first).to_contain_text(
        "How you can tell · The interview notes show the question and a score · What helps · Three"
    )


def test_on_an_older_version_its_own_text_is_found_too(open_page, example_server, search):
    page, _ = open_page(f"{example_server}versions/1.0.0/")
    search(page, "bonfire")
    own = page.locator("[data-search-here]")
    expect(own).to_contain_text("In version 1.0.0, which you’re reading")
    expect(own).to_contain_text("In the current version, version 3.1.0")
    expect(status(page)).to_have_text("In version 1.0.0: 1 place found. In version 3.1.0: 1 page found.")
    expect(own.locator(".search__list > li")).to_have_count(1)
    own.get_by_role("link").first.click()
    expect(page.locator(":target").first).to_be_in_viewport()
    expect(own).to_be_hidden()
    page, _ = open_page(f"{example_server}versions/3.1.0/")
    search(page, "bees")
    assert page.locator("[data-search-here]").inner_text() == ""


def test_axe_finds_nothing_in_the_search(home, charter, search, inaccessible):
    page, *_ = home
    search(page, next(charter.principles())[1].title)
    assert inaccessible(page) == []


def test_nothing_is_fetched_for_who_does_not_search(home):
    page, field, results, witness = home
    page.wait_for_load_state("networkidle")
    files = ["engine.js", "index.json", "minisearch.js", "stemmer.js", "words.js"]

    def fetched():
        return sorted(name for url in witness.requests if (name := url.rpartition("/")[2]) in files)

    assert fetched() == []
    page.locator(".brand").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert fetched() == []
        expect(page.get_by_label("Search results")).to_be_hidden()
    for words, shown in (("partner", "artner"), ("people", "eople")):
        field.fill(words)
        expect(results.first).to_contain_text(shown)
    assert fetched() == files


def test_a_word_that_is_half_typed_or_mistyped_or_without_its_accent_finds_the_whole(home, charter, search):
    """Where no page has all the words, those with most are shown, and it is said."""
    page, _, results, _ = home
    title = next(charter.principles())[1].title
    for typed in ("parntership by defualt", "partnersh by def", "PÄRTNERSHIP by default"):
        assert title in search(page, typed)[0][1], typed
    expect(status(page)).not_to_contain_text("some")
    assert search(page, "partnership by default xylophonequartz")
    expect(status(page)).to_contain_text("with some of these words")
    expect(results.first).to_contain_text("Partnership by default")


def test_a_result_shows_where_the_words_stand_and_marks_them(home, search):
    page, _, results, _ = home
    search(page, "same story at four desks")
    first = results.first
    expect(first.locator(".search__excerpt")).to_contain_text("tells the same story at four desks, and two")
    marked = first.locator(".search__excerpt mark").all_inner_texts()
    assert marked == ["same", "story", "four", "desks", "same"]
    first.get_by_role("link").first.click()
    page.wait_for_url("**/partnership-by-default/#why")


def test_a_word_of_the_title_leads_to_the_parts_that_have_it_alone(home, search):
    page, _, results, _ = home
    search(page, "default")
    first = results.first
    expect(first.locator(".search__title mark")).to_have_text("default")
    assert first.locator("ul a").all_inner_texts() == ["Where it comes from"]
    expect(first.locator(".search__excerpt")).to_contain_text("We start new work with others")


def test_titles_and_texts_are_shown_as_text_whatever_they_look_like(open_page, server, search):
    page, witness = open_page("about:blank")
    parts = [["", "", f"Some words. {AWKWARD}"], ['"><img src=x>', AWKWARD, AWKWARD]]
    shown = {"address": "about/", "title": AWKWARD, "label": AWKWARD, "weight": 1, "parts": parts}
    index = json.dumps({"letters": FOLDED_LETTERS, "pages": [shown]})
    page.route(f"**/{SEARCH_INDEX}", lambda route: route.fulfill(body=index))
    page.goto(server)
    title = page.title()
    ((_, text),) = search(page, "now onerror img")
    results = page.locator("[data-search-results]")
    assert (text.count(AWKWARD), results.inner_text().count(AWKWARD)) == (3, 4)
    tags = results.locator("*").evaluate_all("all => all.map(each => each.localName)")
    assert set(tags) == {"a", "li", "mark", "span", "strong", "ul"}
    assert (page.title(), witness.complaints) == (title, [])
    links = results.get_by_role("link").evaluate_all("all => all.map(each => each.href.split('#')[0])")
    assert set(links) == {f"{server}about/"}


def test_letters_are_folded_as_by_the_build(open_page, server):
    page, _ = open_page(server)
    texts = [
        "Ɛdwuma Æthelred Łódź İstanbul ΟΔΟΣ οδος ﬁne St. John’s Straße ﬅ",
        "किताब ก็ไม่มี العَرَبِيَّة Дом ёлка 한국 が",
    ]
    run = """async ([texts, letters, address]) => {
      const { foldBy, words } = await import(address);
      foldBy(letters);
      return texts.map((text) => words(text).join(""));
    }"""
    address = f"{server}assets/javascripts/search/words.js"
    assert page.evaluate(run, [texts, FOLDED_LETTERS, address]) == [
        fold(text).replace(".", "").replace(" ", "") for text in texts
    ]


SCRIPTS = {
    "ja-1": "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "ja-18": "すべて人は、思想、良心及び宗教の自由に対する権利を有する。NPOの10年計画を守る。",
    "zh-1": "人人生而自由，在尊严和权利上一律平等。",
    "th-1": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
    "km-1": "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរនិងសិទ្ធិ។",
    "hi-day": "हम हर दिन को देखें।",
    "hi-poor": "हम हर दीन को देखें।",
}
FOUND_IN_SCRIPTS = {
    "権利": {"ja-1", "ja-18"},
    "思想、良心及び宗教の自由": {"ja-18"},
    "ながら": {"ja-1"},
    "NPOの10年": {"ja-18"},
    "权利": {"zh-1"},
    "เกียรติศักดิ์และสิทธิ": {"th-1"},
    "សិទ្ធិ": {"km-1"},
    "दिन": {"hi-day"},
    "दीन": {"hi-poor"},
}


@pytest.mark.parametrize("divided", ["by dictionaries", "in pairs"])
def test_words_that_no_space_divides_are_found(divided, open_page, server):
    """In browsers without dictionaries too, by every two letters."""
    page, _ = open_page(server)
    run = """async ([texts, queries, letters, address, divided]) => {
      if (divided === "in pairs") delete Intl.Segmenter;
      const { open } = await import(address);
      const page = ([title, text]) => ({ address: `${title}/`, title, weight: 1, parts: [["", "", text]] });
      const pages = Object.entries(texts).map(page);
      const { search } = open({ letters, pages });
      return queries.map((query) => {
        const { found, whole } = search(query);
        return found.slice(0, whole).map(({ page }) => page.title);
      });
    }"""
    address = f"{server}assets/javascripts/search/engine.js"
    found = page.evaluate(run, [SCRIPTS, list(FOUND_IN_SCRIPTS), FOLDED_LETTERS, address, divided])
    assert dict(zip(FOUND_IN_SCRIPTS, map(set, found), strict=True)) == FOUND_IN_SCRIPTS


def test_a_link_in_the_index_leads_nowhere_but_into_the_site(built_site):
    for page in json.loads((built_site / SEARCH_INDEX).read_bytes())["pages"]:
        text = (built_site / page["address"] / "index.html").read_text(encoding="utf-8")
        assert [part[0] for part in page["parts"] if part[0] and f'id="{part[0]}"' not in text] == []


def test_the_keyboard_goes_through_the_results_and_shuts_them(home, search):
    page, field, results, _ = home
    search(page, "partnership")
    links = page.locator("[data-search-results] a")
    field.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(results.first).to_be_hidden()
    page.keyboard.press("End")
    page.keyboard.type("s")
    expect(results.first).to_be_visible()
    page.get_by_role("button", name="Dark colours").focus()
    expect(results.first).to_be_hidden()


def test_enter_opens_the_first_result_and_a_click_elsewhere_shuts_them(home, search, open_page):
    """No letter opens the search from elsewhere (WCAG 2.1.4); without JavaScript nothing offers to search."""
    page, field, results, _ = home
    for key in ("/", "s", "f"):
        page.keyboard.press(key)
        expect(field).not_to_be_focused()
    (address, _), *_ = search(page, "Partnership by default")
    page.get_by_role("heading", level=1).click()
    expect(results.first).to_be_hidden()
    field.click()
    expect(results.first).to_be_visible()
    field.press("Enter")
    page.wait_for_url(address)
    page, _ = open_page(address, java_script_enabled=False)
    expect(page.locator("#search-query")).to_be_hidden()


def test_a_search_that_cannot_be_fetched_says_so_and_tries_again(home):
    page, field, *_ = home
    page.route(f"**/{SEARCH_INDEX}", lambda route: route.abort())
    field.fill("partner")
    expect(status(page)).to_contain_text("didn’t load")
    page.unroute(f"**/{SEARCH_INDEX}")
    field.fill("partners")
    expect(status(page)).to_contain_text("pages found")
