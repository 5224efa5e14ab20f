"""The list of signatories in a browser: searched and filtered, by mouse and keyboard, with scripts and
without, whatever organisations are called."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from charterpress.outputs.html.signatories import register_search
from registers import NAMES, SCRIPTS, plots

LIST = "signatories/"


def shown(page) -> list[str]:
    """The names in the list that can be seen, of those who stand by a signature."""
    return page.locator(":is([data-part], [data-register-found]) li:visible > a bdi").all_inner_texts()


def said(page):
    """What is told to those who do not see the list change."""
    return page.locator("[data-register-said]")


def words(page):
    return page.get_by_label("Name or area")


def test_without_javascript_the_list_is_whole_and_nothing_offers_to_search_it(open_page, example_server):
    page, _ = open_page(example_server + LIST, java_script_enabled=False)
    expect(page.locator(".filter")).to_be_hidden()
    whole = len(shown(page))
    scripted, _ = open_page(example_server + LIST)
    expect(said(scripted)).to_have_text(re.compile(r"^All \d+ organisations$"))
    assert whole == len(shown(scripted)) > 50


def test_words_and_filters_show_who_has_them_all_and_stand_in_the_address(open_page, example_server):
    page, witness = open_page(example_server + LIST)
    total = page.locator("[data-part] li").count()
    clubs = page.locator("[data-part] li[data-kind='school garden']").count()
    page.get_by_label("Kind").select_option("school garden")
    expect(said(page)).to_have_text(f"{clubs} of {total} organisations")
    assert page.url.endswith("signatories/?kind=school+garden")
    words(page).fill("SCHÖOL sal")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/signatories/\?words=.*&kind=school\+garden$"))
    lines = page.locator("[data-part] li:visible").all_inner_texts()
    assert 0 < len(lines) < clubs
    for line in lines:
        found = register_search.search_words(line)
        assert "school" in found
        assert any(word.startswith("sal") for word in found)
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
    expect(words(page)).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?standing=asked$"))
    assert len(shown(page)) == more
    page.go_back()
    assert len(shown(page)) == asked
    assert page.get_by_label("Version").input_value() == "1.1.0"


def test_the_keyboard_is_enough(open_page, example_server):
    page, _ = open_page(example_server + LIST)
    words(page).focus()
    page.keyboard.type("orchard lane")
    expect(said(page)).to_have_text(re.compile(r"^2 of \d+ organisations$"))
    for _ in range(7):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/signatories/orchard-lane-allotment-society(-2)?/$"))


def test_the_first_screen_of_a_phone_has_the_first_name_and_filters_unfold_by_keyboard(
    open_page, example_server
):
    page, _ = open_page(example_server + LIST, width=360, height=740)
    first = page.locator("[data-part] li > a").first
    assert first.bounding_box()["y"] < 700
    kind, more = page.get_by_label("Kind"), page.get_by_text("More filters")
    expect(kind).to_be_hidden()
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    words(page).focus()
    page.keyboard.press("Tab")
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(kind).to_be_focused()
    page.keyboard.press("s")
    expect(said(page)).to_have_text(re.compile(r"^\d+ of \d+ organisations$"))
    page.get_by_role("button", name="Show all").press("Enter")
    expect(said(page)).to_have_text(re.compile("^All"))
    page.goto(f"{example_server}{LIST}?standing=asked")
    expect(page.get_by_label("Standing")).to_be_visible()  # what hides names is not hidden itself


def test_a_desk_has_room_for_the_filters_and_letters(open_page, example_server):
    page, _ = open_page(example_server + LIST)
    expect(page.get_by_label("Kind")).to_be_visible()
    expect(page.locator(".letters a").first).to_be_visible()


def test_any_name_is_found_shown_and_linked_and_runs_nothing(open_page, crowded):
    (page, witness), (other, other_witness) = open_page(crowded + LIST), open_page(crowded)
    for each, its in ((page, witness), (other, other_witness)):
        each.on("dialog", lambda dialog, its=its: its.complaints.append(dialog.message))
    for name in (*NAMES, *(name for name, _ in SCRIPTS.values())):
        words(page).fill(name)
        page.wait_for_function(
            "name => new URLSearchParams(location.search).get('words')?.trim() === name.trim()", arg=name
        )
        assert name in [" ".join(each.split()) for each in shown(page)]
        link = page.locator("[data-part] li:visible > a", has_text=name).first
        other.goto(link.evaluate("link => link.href"))
        assert other.locator("h1").inner_text() == name
        told = json.loads(other.locator("script[type='application/ld+json']").inner_text())["@graph"]
        assert told[0]["mainEntity"] == {"@type": "Organization", "name": name}
    other.locator(".kicker a").click()
    other.wait_for_load_state("networkidle")
    assert other.url == crowded + LIST
    other.goto(f"{crowded}signatories/moved-away/")
    assert other.locator("blockquote").inner_text() == "<script>alert(1)</script>"
    assert witness.complaints == other_witness.complaints == []
    assert witness.foreign(crowded) == other_witness.foreign(crowded) == []


def test_words_are_taken_apart_as_by_the_build(open_page, example_server, script_of):
    """The script and the build must agree on every letter, or a name is not found."""
    page, _ = open_page(example_server + LIST)
    head = script_of(page, "register.js", "const { apart", "const NAMES")
    head = head.replace('part("known")', 'document.querySelector("[data-register-known]")')
    texts = [
        *NAMES,
        *(name for pair in SCRIPTS.values() for name in pair),
        "Ɛdwuma Trust ΟΔΟΣ l·l",
        "Ærø Łódź Straße İstanbul ﬁne ½ Ⅷ ٣ ²",
        "St. John’s & O'Neill-Smith_3, the “Café”",
        "ミナトの会 สวน ស្រែ លယ် 한국 गाँव தோட்டம்",
        "a\u0301 A\u030a \u1e9e \u0130 \u01c5 \ud83d\ude80 x\u200dy",
    ]
    wanted = [
        [word for word in register_search.search_words(text) if word not in register_search.IGNORED]
        for text in texts
    ]
    assert page.evaluate(f"texts => {{ {head} return texts.map(words); }}", texts) == wanted


def test_a_filter_that_is_not_offered_is_passed_over_and_the_sites_own_search_stays_closed(
    open_page, example_server
):
    """The search opens for what stands in the address as q."""
    page, _ = open_page(f"{example_server}{LIST}?kind=pirates&words=zzzz")
    expect(said(page)).to_have_text("No organisation matches. Try fewer words, or another filter.")
    assert shown(page) == []
    assert page.get_by_label("Kind").input_value() == ""
    assert said(page).get_attribute("role") == "status"
    expect(page.locator(".search__panel")).to_be_hidden()
    assert page.locator("#search-query").input_value() == ""


def test_a_long_list_is_found_by_letters_without_javascript(open_page, long_register):
    page, _ = open_page(long_register + LIST, java_script_enabled=False)
    page.locator(".register__parts a", has_text=re.compile("^B$")).click()
    expect(page.locator(".entries li")).to_have_count(80)
    assert page.locator("h1").inner_text() == "B"


def test_a_long_list_is_searched_by_small_files(open_page, long_register):
    """Words and filters together; the files that are asked for are few and small, and none is of everyone."""
    doner = sum("Döner" in each.name for each in plots(640))
    page, witness = open_page(long_register + LIST)
    expect(said(page)).to_have_text("All 640 organisations")
    before = len(witness.requests)
    words(page).fill("döner")
    expect(said(page)).to_have_text(f"{doner} of 640 organisations")
    page.get_by_label("Kind").select_option("school garden")
    expect(said(page)).to_have_text(re.compile(r"^\d+ of 640 organisations$"))
    page.get_by_label("Area", exact=True).select_option("Çiçekköy")
    expect(said(page)).to_have_text(re.compile(r"^\d\d? of 640 organisations$"))
    expect(page.locator("[data-register-all]")).to_be_hidden()
    facts = page.locator("[data-register-found] li > span:nth-child(2)")
    expect(facts.filter(has_not_text="school garden, Çiçekköy")).to_have_count(0)
    assert all(re.search("döner", name, re.IGNORECASE) for name in shown(page))
    asked = [url for url in witness.requests[before:] if "/filter/" in url]
    assert max(len(page.request.get(url).body()) for url in asked) < 6000
    assert witness.complaints == []


def test_more_of_a_long_result_is_shown_when_asked_for(open_page, long_register):
    page, _ = open_page(f"{long_register}{LIST}?version=3.1.0")
    expect(said(page)).to_have_text("128 of 640 organisations")
    assert len(shown(page)) == 20
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("[data-register-found] li")).to_have_count(40)
    expect(page.locator("[data-register-found] li:nth-child(21) a")).to_be_focused()
    names = shown(page)
    assert names == sorted(names, key=register_search.search_words)
    page.locator("[data-register-found] li a").first.click()
    assert page.locator("h1").inner_text() == names[0]


def test_short_words_words_that_nobody_has_and_files_that_cannot_be_had(open_page, long_register):
    page, _ = open_page(f"{long_register}{LIST}?words=fe")
    hint = " Type at least 3 letters to match longer words."
    expect(said(page)).to_have_text(re.compile(f"[^.][.]{hint}$"))
    words(page).fill("海港")  # two whole words of a script without spaces
    expect(said(page)).to_have_text(re.compile("(?<!words[.])$"))
    words(page).fill("zz")
    expect(said(page)).to_have_text(f"No organisation matches. Try fewer words, or another filter.{hint}")
    words(page).fill("xylophone")
    expect(said(page)).to_have_text("No organisation matches. Try fewer words, or another filter.")
    page.route("**/filter/**", lambda route: route.abort())
    words(page).fill("ash")
    expect(said(page)).to_have_text(re.compile("can’t search the list just now"))
    expect(page.locator(".register__parts")).to_be_visible()
