"""The list of signatories in a browser: searched and filtered, by mouse and keyboard, with scripts and
without, whatever organisations are called."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from charterpress.outputs.html.signatories import register_search
from charterpress.text.slugs import name_slug
from registers import NAMES, SCRIPTS, plots

LIST = "signatories/"


def shown(page) -> list[str]:
    """The names in the list that can be seen, of those who stand by a signature."""
    return page.locator(":is([data-part], [data-register-found]) li:visible > a bdi").all_inner_texts()


def said(page):
    """What is told to those who do not see the list change."""
    return page.locator("[data-register-said]")


def test_without_javascript_the_list_is_whole_and_nothing_offers_to_search_it(open_page, example_server):
    page, _ = open_page(example_server + LIST, java_script_enabled=False)
    expect(page.locator(".filter")).to_be_hidden()
    whole = len(shown(page))
    scripted, _ = open_page(example_server + LIST)
    expect(said(scripted)).to_have_text(re.compile(r"^All \d+ organisations$"))
    assert whole == len(shown(scripted)) > 50


def test_words_and_filters_show_who_has_them_all_and_stand_in_the_address(open_page, example_server):
    page, witness = open_page(example_server + LIST)
    everyone = page.locator("[data-part] li")
    total = everyone.count()
    clubs = page.locator("[data-part] li[data-kind='school garden']").count()
    page.get_by_label("Kind").select_option("school garden")
    expect(said(page)).to_have_text(f"{clubs} of {total} organisations")
    assert page.url.endswith("signatories/?kind=school+garden")
    page.get_by_label("Name or area").fill("SCHÖOL sal")
    expect(page).to_have_url(re.compile(r"\?words=.*&kind=school\+garden$"))
    lines = page.locator("[data-part] li:visible").all_inner_texts()
    assert 0 < len(lines) < clubs
    for line in lines:
        assert {"school", "sal"} <= {
            word[:3] if word[:3] == "sal" else word for word in register_search.search_words(line)
        }
    assert witness.complaints == []


def test_a_filtered_view_can_be_linked_to_and_the_way_back_leads_through_filters(open_page, example_server):
    page, _ = open_page(f"{example_server}{LIST}?standing=asked&version=1.1.0")
    asked = page.locator("[data-part] li[data-standing=asked][data-version='1.1.0']").count()
    assert len(shown(page)) == asked > 0
    assert page.get_by_label("Standing").input_value() == "asked"
    page.get_by_label("Version").select_option("")
    more = len(shown(page))
    assert more > asked
    page.get_by_role("button", name="Show all").click()
    expect(said(page)).to_have_text(re.compile("^All"))
    assert page.url.endswith(LIST)
    expect(page.get_by_label("Name or area")).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?standing=asked$"))
    assert len(shown(page)) == more
    page.go_back()
    assert len(shown(page)) == asked
    assert page.get_by_label("Version").input_value() == "1.1.0"


def test_what_nobody_has_is_said_and_a_filter_that_is_not_offered_is_passed_over(open_page, example_server):
    page, _ = open_page(f"{example_server}{LIST}?kind=pirates&words=zzzz")
    expect(said(page)).to_have_text("No organisation matches. Try fewer words, or another filter.")
    assert shown(page) == []
    assert page.get_by_label("Kind").input_value() == ""
    assert said(page).get_attribute("role") == "status"


def test_the_keyboard_is_enough(open_page, example_server):
    page, _ = open_page(example_server + LIST)
    page.get_by_label("Name or area").focus()
    page.keyboard.type("orchard lane")
    expect(said(page)).to_have_text(re.compile(r"^2 of \d+ organisations$"))
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/signatories/orchard-lane-allotment-society(-2)?/$"))


def test_enter_in_the_search_stays_on_the_page(open_page, example_server):
    page, _ = open_page(example_server + LIST)
    page.get_by_label("Name or area").fill("orchard")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/signatories/\?words=orchard$"))


def test_any_name_is_found_shown_and_linked_and_runs_nothing(open_page, crowded):
    page, witness = open_page(crowded + LIST)
    other, other_witness = open_page(crowded)
    for each, its_witness in ((page, witness), (other, other_witness)):
        each.on(
            "dialog", lambda dialog, its_witness=its_witness: its_witness.complaints.append(dialog.message)
        )
    for name in (*NAMES, *(name for name, _ in SCRIPTS.values())):
        page.get_by_label("Name or area").fill(name)
        page.wait_for_function(
            "name => new URLSearchParams(location.search).get('words')?.trim() === name.trim()", arg=name
        )
        assert name in [" ".join(each.split()) for each in shown(page)]
        link = page.locator("[data-part] li:visible > a", has_text=name).first
        other.goto(link.evaluate("link => link.href"))
        assert other.locator("h1").inner_text() == name
        told = json.loads(other.locator("script[type='application/ld+json']").inner_text())["@graph"]
        assert told[0]["mainEntity"] == {"@type": "Organization", "name": name}
    assert witness.complaints == other_witness.complaints == []
    assert witness.foreign(crowded) == other_witness.foreign(crowded) == []


def test_what_an_organisation_says_when_it_leaves_runs_nothing(open_page, crowded):
    page, witness = open_page(f"{crowded}signatories/moved-away/")
    assert page.locator("blockquote").inner_text() == "<script>alert(1)</script>"
    assert witness.complaints == []


def test_words_are_taken_apart_as_by_the_build(open_page, example_server):
    page, _ = open_page(example_server + LIST)
    source = page.locator("script[src$='register.js']").get_attribute("src")
    code = page.request.get(page.evaluate("src => new URL(src, location.href).href", source)).text()
    start, end = code.index("const { apart"), code.index("// --- What is asked for")
    head = code[start:end].replace('part("known")', 'document.querySelector("[data-register-known]")')
    texts = [
        *NAMES,
        *(name for pair in SCRIPTS.values() for name in pair),
        "Ɛdwuma Trust ΟΔΟΣ l·l",
        "Ærø Łódź Straße İstanbul ﬁne ½ Ⅷ ٣ ²",
        "St. John’s & O'Neill-Smith_3, the “Café”",
        "ミナトの会 สวน ស្រែ လယ် 한국 गाँव தோட்டம்",
        "a\u0301 A\u030a \u1e9e \u0130 \u01c5 \ud83d\ude80 x\u200dy",
    ]
    run = f"texts => {{ {head} return texts.map(words); }}"
    wanted = [
        [word for word in register_search.search_words(text) if word not in register_search.IGNORED]
        for text in texts
    ]
    assert page.evaluate(run, texts) == wanted


def test_the_sites_own_search_stays_closed(open_page, example_server):
    page, _ = open_page(f"{example_server}{LIST}?words=orchard")
    expect(said(page)).to_have_text(re.compile(" of "))
    expect(page.locator(".search__panel")).to_be_hidden()
    assert page.locator("#search-query").input_value() == ""


def test_a_long_list_is_found_by_letters_without_javascript(open_page, long_register):
    page, _ = open_page(long_register + LIST, java_script_enabled=False)
    page.locator(".register__parts a", has_text=re.compile("^B$")).click()
    expect(page.locator(".entries li")).to_have_count(80)
    assert page.locator("h1").inner_text() == "B"


def test_a_long_list_is_searched_by_small_files(open_page, long_register):
    doner = sum("Döner" in each.name for each in plots(640))
    page, witness = open_page(long_register + LIST)
    expect(said(page)).to_have_text("All 640 organisations")
    before = len(witness.requests)
    page.get_by_label("Name or area").fill("döner")
    expect(said(page)).to_have_text(f"{doner} of 640 organisations")
    page.get_by_label("Kind").select_option("school garden")
    expect(said(page)).to_have_text(re.compile(r"^\d+ of 640 organisations$"))
    page.get_by_label("Area", exact=True).select_option("Çiçekköy")
    expect(said(page)).to_have_text(re.compile(r"^\d\d? of 640 organisations$"))
    expect(page.locator("[data-register-all]")).to_be_hidden()
    assert all(re.search("döner", name, re.IGNORECASE) for name in shown(page))
    assert set(page.locator("[data-register-found] li > span:nth-child(2)").all_inner_texts()) == {
        "school garden, Çiçekköy"
    }
    asked = [url for url in witness.requests[before:] if "/filter/" in url]
    sizes = [len(page.request.get(url).body()) for url in asked]
    assert max(sizes) < 6000
    assert witness.complaints == []


def test_more_of_a_long_result_is_shown_when_asked_for(open_page, long_register):
    page, _ = open_page(f"{long_register}{LIST}?version=2.0.1")
    expect(said(page)).to_have_text("128 of 640 organisations")
    assert len(shown(page)) == 20
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("[data-register-found] li")).to_have_count(40)
    expect(page.locator("[data-register-found] li:nth-child(21) a")).to_be_focused()
    names = shown(page)
    assert names == sorted(names, key=register_search.search_words)
    page.locator("[data-register-found] li a").first.click()
    assert page.locator("h1").inner_text() == names[0]


def test_short_words_and_words_that_nobody_has(open_page, long_register):
    page, _ = open_page(f"{long_register}{LIST}?words=fe")
    expect(said(page)).to_contain_text("Type at least 3 letters to match longer words.")
    page.get_by_label("Name or area").fill("xylophone")
    expect(said(page)).to_have_text("No organisation matches. Try fewer words, or another filter.")


def test_where_the_files_cannot_be_had_the_letters_are_there(open_page, long_register):
    page, _ = open_page(long_register + LIST)
    page.route("**/filter/**", lambda route: route.abort())
    page.get_by_label("Name or area").fill("ash")
    expect(said(page)).to_have_text(re.compile("can’t search the list just now"))
    expect(page.locator(".register__parts")).to_be_visible()


def test_a_page_of_an_organisation_leads_back_to_the_list(open_page, example_server):
    page, _ = open_page(f"{example_server}signatories/{name_slug('Orchard Lane Allotment Society')}/")
    page.locator(".kicker a").click()
    assert page.url == example_server + LIST
