"""The search finds a principle by the words of its commitments, and says which theme it belongs to."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from charterpress.text.folding import FOLDED_LETTERS, fold
from charterpress.views.addresses import SEARCH_INDEX
from words import plain

AWKWARD = 'R&D <b>now</b> <img src=x onerror="document.title = 1">'


FIRST_RESULTS = """async (phrases) => {
    const box = document.querySelector("#search-query");
    const status = document.querySelector("[role=search] [role=status]");
    const type = async (words, answer) => {
        box.value = words;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        while (!answer.test(status.textContent)) await new Promise((done) => setTimeout(done));
    };
    const found = [];
    for (const phrase of phrases) {
        await type("", /^Type to start/);
        await type(phrase, /found/i);
        found.push(document.querySelector("[data-search-results] > li > a")?.href ?? "nothing");
    }
    return found;
}"""
"""Types each phrase into the field; returns where the first result of each leads."""


@pytest.fixture
def home(open_page, server):
    """The home page, the field of its search and its results."""
    page, witness = open_page(server)
    return page, page.get_by_label("Search", exact=True), page.locator("[data-search-results] > li"), witness


def status(page):
    """What the search says of itself."""
    return page.get_by_role("search").get_by_role("status")


def commitments(charter):
    """Every commitment, with where its principle stands."""
    binding = {shape.id for shape in charter.sections if shape.binding}
    for theme, principle in charter.principles():
        for part in principle.sections:
            if part.id in binding:
                yield from ((f"/{theme.id}/{principle.id}/", plain(item)) for item in part.items)


def test_a_phrase_of_a_commitment_finds_its_principle(home, charter, search):
    page, *_ = home
    for theme in charter.themes:
        principle = theme.principles[-1]
        binding = {shape.id for shape in charter.sections if shape.binding}
        item = next(item for part in principle.sections if part.id in binding for item in part.items)
        phrase = plain(item).rstrip(".;")
        results = search(page, phrase)
        found = [text for href, text in results[:3] if f"/{theme.id}/{principle.id}/" in href]
        assert found, f"{phrase!r} finds {[href for href, _ in results]}"
        assert theme.title.casefold() in found[0].casefold()
    assert search(page, "xylophonequartz") == []


def test_the_first_words_of_every_commitment_find_its_principle_first(home, charter, search):
    page, *_ = home
    search(page, "partner")
    addresses, texts = zip(*commitments(charter), strict=True)
    phrases = [" ".join(words.rstrip(".;").split()[:8]) for words in texts]
    found = page.evaluate(FIRST_RESULTS, phrases)
    assert [
        phrase for address, phrase, href in zip(addresses, phrases, found, strict=True) if address not in href
    ] == []


def test_axe_finds_nothing_in_the_search(home, charter, search, inaccessible):
    page, *_ = home
    search(page, next(charter.principles())[1].title)
    assert inaccessible(page) == []


def test_nothing_is_fetched_for_who_does_not_search(home):
    page, field, results, witness = home
    page.wait_for_load_state("networkidle")
    wanted = ("minisearch.js", SEARCH_INDEX)
    assert [url for url in witness.requests if url.endswith(wanted)] == []
    field.focus()
    field.fill("partner")
    expect(results.first).to_be_visible()
    field.fill("people")
    expect(results.first).to_contain_text("eople")
    assert sorted(url.rpartition("/")[2] for url in witness.requests if url.endswith(wanted)) == [
        "index.json",
        "minisearch.js",
    ]


def test_a_word_that_is_half_typed_or_mistyped_or_without_its_accent_finds_the_whole(home, charter, search):
    page, _, _, _ = home
    title = next(charter.principles())[1].title
    for typed in ("parntership by defualt", "partnersh by def", "PÄRTNERSHIP by default"):
        assert title in search(page, typed)[0][1], typed


def test_where_no_page_has_all_the_words_those_with_most_are_shown_and_it_is_said(home, search):
    page, _, results, _ = home
    assert search(page, "partnership by default xylophonequartz")
    expect(status(page)).to_contain_text("with some of these words")
    expect(results.first).to_contain_text("Partnership by default")
    search(page, "partnership by default")
    expect(status(page)).not_to_contain_text("some")


def test_a_result_shows_where_the_words_stand_and_marks_them(home, charter, search):
    page, _, results, _ = home
    search(page, "same story at four desks")
    first = results.first
    expect(first.locator(".search__excerpt")).to_contain_text("tells the same story at four desks, and two")
    marked = first.locator(".search__excerpt mark").all_inner_texts()
    assert marked == ["same", "story", "at", "four", "desks", "same"]
    link = first.get_by_role("link", name="Why it matters")
    link.click()
    page.wait_for_url("**/partnership-by-default/#why")


def test_a_word_of_the_title_leads_to_the_parts_that_have_it_alone(home, search):
    page, _, results, _ = home
    search(page, "default")
    first = results.first
    expect(first.locator(".search__title mark")).to_have_text("default")
    assert first.locator("ul a").all_inner_texts() == ["Where it comes from"]
    expect(first.locator(".search__excerpt mark")).to_have_text("Default")


def test_titles_and_texts_are_shown_as_text_whatever_they_look_like(open_page, server, search):
    page, witness = open_page("about:blank")
    pages = [
        {
            "address": "about/",
            "title": AWKWARD,
            "label": AWKWARD,
            "weight": 1,
            "parts": [["", "", f"Some words. {AWKWARD}"], ['"><img src=x>', AWKWARD, AWKWARD]],
        }
    ]
    index = {"letters": FOLDED_LETTERS, "pages": pages}
    page.route(f"**/{SEARCH_INDEX}", lambda route: route.fulfill(body=json.dumps(index)))
    page.goto(server)
    title = page.title()
    ((_, text),) = search(page, "now onerror img")
    assert text.count(AWKWARD) == 3
    results = page.locator("[data-search-results]")
    assert results.inner_text().count(AWKWARD) == 4
    tags = results.locator("*").evaluate_all("all => all.map(each => each.localName)")
    assert set(tags) == {"a", "li", "mark", "span", "strong", "ul"}
    assert (page.title(), witness.complaints) == (title, [])
    for link in results.get_by_role("link").all():
        assert link.evaluate("link => link.href.split('#')[0]") == f"{server}about/"


def test_letters_are_folded_as_by_the_build(open_page, server):
    page, _ = open_page(server)
    source = page.locator("script[src$='search.js']").get_attribute("src")
    code = page.request.get(page.evaluate("src => new URL(src, location.href).href", source)).text()
    head = code[code.index("const WORD") : code.index("// --- The index")]
    texts = [
        "Ɛdwuma Æthelred Łódź İstanbul ΟΔΟΣ οδος ﬁne St. John’s Straße ﬅ",
        "किताब ก็ไม่มี العَرَبِيَّة Дом ёлка 한국 が",
    ]
    run = f"""([texts, letters]) => {{
      {head}
      Object.assign(folding, {{ letters, alone: new RegExp(`[${{Object.keys(letters).join("")}}]`, "gu") }});
      return texts.map((text) => words(text).map(fold).join(" "));
    }}"""
    wanted = [fold(text).replace(".", "") for text in texts]
    assert page.evaluate(run, [texts, FOLDED_LETTERS]) == wanted


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


def test_enter_opens_the_first_result_and_a_click_elsewhere_shuts_them(home, search):
    page, field, results, _ = home
    (address, _), *_ = search(page, "Partnership by default")
    page.get_by_role("heading", level=1).click()
    expect(results.first).to_be_hidden()
    field.click()
    expect(results.first).to_be_visible()
    field.press("Enter")
    page.wait_for_url(address)


def test_single_keys_are_left_to_the_reader(home):
    """No letter opens the search from elsewhere (WCAG 2.1.4)."""
    page, field, _, _ = home
    for key in ("/", "s", "f"):
        page.keyboard.press(key)
        expect(field).not_to_be_focused()


def test_a_search_that_cannot_be_fetched_says_so_and_tries_again(open_page, server):
    page, _ = open_page("about:blank")
    page.route(f"**/{SEARCH_INDEX}", lambda route: route.abort())
    page.goto(server)
    field = page.get_by_label("Search", exact=True)
    field.fill("partner")
    expect(status(page)).to_contain_text("could not be fetched")
    page.unroute(f"**/{SEARCH_INDEX}")
    field.fill("partners")
    expect(status(page)).to_contain_text("pages found")


def test_without_javascript_nothing_offers_to_search(open_page, server):
    page, _ = open_page(server, java_script_enabled=False)
    expect(page.locator("#search-query")).to_be_hidden()
