"""What changed can be read by anybody: with keys or without, in one column or two, and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.probes import print_page

CHANGES = "versions/2.0.0/changes/"
COMPARED = "versions/compare/1.0.0..3.0.0/"
CHOSEN = "versions/compare/?from=1.0.0&to=2.0.1"


def _at(page):
    """The number of the change that has the focus, from 1; 0 for none."""
    return page.evaluate(
        "[...document.querySelectorAll('.edit')].indexOf(document.activeElement.closest('.edit')) + 1"
    )


MARKS = """all => all.filter(each => each.checkVisibility()).map(each => {
    const { textDecorationLine, backgroundColor } = getComputedStyle(each);
    return `${each.tagName} ${textDecorationLine} ${backgroundColor}`;
})"""


def test_no_change_is_told_by_colour_alone(open_page, released_site):
    page, _ = open_page(released_site + CHANGES, forced_colors="active")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        marks = page.locator(".redline :is(ins, del)").evaluate_all(MARKS)
        assert {mark.rpartition(" rgb")[0] for mark in marks} == {"INS underline", "DEL line-through"}
    shown = page.locator("ins a.address").first.evaluate("each => getComputedStyle(each, '::after').content")
    assert "https://harbour.example/new-book" in shown
    signs = page.locator(".redline").first.evaluate(
        """each => ['break', 'space'].map(name => {
            const mark = document.createElement('ins');
            mark.className = name;
            each.append(mark);
            return getComputedStyle(mark, '::after').content;
        })"""
    )
    assert [sign[1] for sign in signs] == ["¶", "␣"]


def test_a_screen_reader_is_told_what_each_mark_means(open_page, released_site):
    page, _ = open_page(released_site + CHANGES)
    said = page.locator("#stay").aria_snapshot()
    assert re.search(r"deletion: \"?deleted: two end of deletion", said)
    assert re.search(r"insertion: \"?inserted: ten end of insertion", said)
    assert said.count("deleted: two") == 1


def test_keys_go_from_change_to_change_while_the_focus_is_among_them(open_page, released_site):
    """WCAG 2.1.4: a letter alone acts only there, and not with another key held."""
    page, _ = open_page(released_site + CHANGES)
    page.locator(".summary a").first.focus()
    page.keyboard.press("n")
    assert (_at(page), page.url) == (0, released_site + CHANGES)
    page.locator(".edit").first.focus()
    steps = []
    for key in ("n", "n", "p", "p", "p"):
        page.keyboard.press(key)
        steps.append(_at(page))
    assert steps == [2, 3, 2, 1, 1]
    expect(page.locator("[data-step-place]")).to_have_text(re.compile(r"^1 of \d+$"))
    page.keyboard.press("Control+n")
    page.locator("[value=one]").focus()
    page.keyboard.press("n")
    assert _at(page) == 0


def test_buttons_go_on_from_what_the_window_shows(open_page, released_site):
    page, _ = open_page(released_site + CHANGES, height=500)
    third = page.locator(".edit").nth(2)
    page.evaluate("document.fonts.ready")  # a letter of another width moves what comes after it
    third.evaluate("each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 60)")
    expect(page.locator("[data-step-place]")).to_have_text(re.compile(r"^3 of \d+$"))
    page.get_by_role("button", name="Next change").click()
    assert _at(page) == 4
    top = page.locator(".edit").nth(3).bounding_box()["y"]
    bar = page.locator(".steps").bounding_box()
    assert bar["y"] + bar["height"] <= top < 300
    page.get_by_role("button", name="Previous change").click()
    assert _at(page) == 3
    line = page.locator(".successor").bounding_box()  # that the version is superseded stays in sight too
    assert (line["y"], page.locator(".steps").bounding_box()["y"]) == (0, line["height"])


def test_without_javascript_each_change_links_to_the_next_and_the_one_before(open_page, released_site):
    page, _ = open_page(released_site + CHANGES, java_script_enabled=False)
    expect(page.locator(".steps")).to_be_hidden()
    third = page.get_by_role("heading", name="1.1 Stay: commitment c was added.")
    page.get_by_role("link", name="1.1 Stay: commitment c was added.").first.click()
    expect(third).to_be_in_viewport()
    count = page.locator(".edit").count()
    for place in range(2, count + 1):
        page.locator(".edit").nth(place - 2).get_by_role("link", name="Next change").click()
        heading = page.locator(".edit h3").nth(place - 1)
        assert page.url.endswith(f"#{heading.get_attribute('id')}")
        expect(heading).to_be_in_viewport()
    page.locator(".edit").last.get_by_role("link", name="Previous change").click()
    assert page.url.endswith(f"#{page.locator('.edit h3').nth(count - 2).get_attribute('id')}")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_unchanged_parts_unfold_and_versions_stand_side_by_side(open_page, released_site, script):
    page, _ = open_page(released_site + CHANGES, java_script_enabled=script)
    words = page.locator("#stay").get_by_text("tie up well.")
    expect(words).to_be_hidden()
    page.locator("#stay").get_by_text("Not changed: Summary; We promise to: a").click()
    expect(words).to_be_visible()
    change = page.locator("#stay .edit").filter(has=page.get_by_role("heading", name="commitment b"))
    both, beside = change.locator(".redline--one"), change.locator(".beside > .redline")
    expect(both).to_be_visible()
    expect(beside.first).to_be_hidden()
    page.get_by_label("side by side").check()
    expect(both).to_be_hidden()
    assert [" ".join(each.split()) for each in beside.all_inner_texts()] == [
        "Old words wait deleted: two end of deletion days for the wind.",
        "New words wait inserted: ten end of insertion days for the wind.",
    ]
    left, right = beside.first.bounding_box(), beside.last.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 1


def test_the_choice_is_kept_from_page_to_page_and_there_is_none_on_a_phone(open_page, released_site):
    page, _ = open_page(released_site + CHANGES)
    for choice, following in (("side by side", COMPARED), ("in one text", CHANGES)):
        page.get_by_label(choice).check()
        page.goto(released_site + following)
        expect(page.get_by_label(choice)).to_be_checked()
    page.set_viewport_size({"width": 360, "height": 800})
    expect(page.get_by_role("group", name="Show old and new words")).to_be_hidden()
    assert page.locator(".redline--one").first.is_visible()


def test_two_versions_are_chosen_compared_and_kept_in_the_address(open_page, released_site):
    page, witness = open_page(released_site + "versions/compare/")
    page.get_by_label("From version").select_option("1.0.0")
    page.get_by_label("To version").select_option("2.0.1")
    page.get_by_role("button", name="Show what changed").click()
    expect(page.get_by_role("status").last).to_contain_text("from version 1.0.0 to version 2.0.1")
    assert page.url == released_site + "versions/compare/?from=1.0.0&to=2.0.1"
    said = [" ".join(each.split()) for each in page.locator(".summary li").all_inner_texts()]
    assert said == [
        "1.1 Stay: the summary was changed.",
        "1.1 Stay: item b of “We promise to” was changed.",
        "1.1 Stay: item c of “We promise to” was put in.",
        "1.1 Stay: a paragraph of “Why it matters” was changed.",
        "1.2 Go is no longer there.",
        "1.2 Keep was moved from the theme “2 Tides” to “1 Moorings”.",
        "2.1 Come was added.",
    ]
    page.get_by_role("link", name="item b of").click()
    change = page.locator("#stay .edit").nth(1)
    assert " ".join(change.locator(".redline").inner_text().split()) == (
        "wait deleted: two end of deletion inserted: ten end of insertion days for the wind."
    )
    assert page.locator(".edit a.address").count() == 2
    page.locator(".edit").first.focus()
    page.keyboard.press("n")
    assert _at(page) == 2
    assert witness.complaints == []


def test_a_pair_that_has_a_page_leads_to_it(open_page, released_site):
    page, _ = open_page("about:blank")
    for asked, shown in (
        ("?from=1.0.0&to=3.0.0", COMPARED),
        ("?from=3.0.0&to=1.0.0", COMPARED),
        ("?from=1.0.0&to=2.0.0", CHANGES),
        ("1.0.0..2.0.1/", CHOSEN),
        ("1.0.0..2.0.0", CHANGES),
    ):
        page.goto(f"{released_site}versions/compare/{asked}")
        page.wait_for_url(released_site + shown)
    page, _ = open_page(f"{released_site}versions/compare/1.0.0..2.0.1/", java_script_enabled=False)
    page.get_by_role("link", name="Compare two versions").click()
    expect(page).to_have_url(f"{released_site}versions/compare/")


def test_what_cannot_be_compared_is_said_plainly(open_page, released_site):
    page, _ = open_page("about:blank")
    said = page.locator("[data-pair-said]")
    for asked, words in (
        ("from=1.0.0&to=9.9.9", "There is no version “9.9.9”. Choose two from the lists."),
        ("from=<img src=x>&to=1.0.0", "There is no version “<img src=x>”. Choose two from the lists."),
        ("from=1.0.0&to=1.0.0", "You chose the same version twice. Choose two different ones."),
    ):
        page.goto(f"{released_site}versions/compare/?{asked}")
        expect(said).to_have_text(words)
        assert page.locator("main img").count() == 0
    page.route("**/versions/2.0.1/", lambda route: route.fulfill(status=503, body="no"))
    page.goto(released_site + CHOSEN)
    expect(said).to_contain_text("couldn’t be compared (503")
    page.get_by_role("link", name="version 1.0.0").click()
    expect(page).to_have_url(released_site + "versions/1.0.0/")


def test_words_of_a_version_never_become_html(open_page, released_site):
    page, witness = open_page("about:blank")
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    escaped = hostile.replace("<", "&lt;").replace(">", "&gt;")
    linked = f'{escaped} <a href="javascript:alert(3)">it</a>'

    def answer(route):
        shown = hostile if route.request.url.endswith(".json") else linked
        body = route.fetch().text()
        route.fulfill(body=body.replace("answer every call.", shown).replace("How we keep.", shown))

    page.route("**/versions/2.0.1/**", answer)
    page.goto(released_site + CHOSEN)
    expect(page.locator("#keep .redline ins").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("main img, .changes script, main a[href^=javascript]").count() == 0
    assert witness.complaints == []


def test_without_javascript_the_table_of_comparisons_is_there_and_the_form_is_not(open_page, released_site):
    page, _ = open_page(released_site + "versions/compare/", java_script_enabled=False)
    expect(page.locator("form.pair")).to_be_hidden()
    expect(page.get_by_text("JavaScript is switched off")).to_be_visible()
    page.get_by_role("link", name="1.0.0 to 3.0.0").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed from 1.0.0 to 3.0.0")


def test_on_paper_what_is_folded_stays_one_line_and_nothing_asks_to_be_clicked(open_page, released_site):
    page, _ = open_page(released_site + CHANGES)
    page.get_by_label("side by side").check()
    sheets = print_page(page)
    paper = " ".join(sheet.text for sheet in sheets)
    for words in (
        "Not changed: Summary; We promise to: a",
        "All of it was removed",
        "wait twoten days",
    ):
        assert words in paper
    for words in ("tie up well.", "Next change", "side by side", "Old words", "Keys:"):
        assert words not in paper
    assert all("What changed from 1.0.0 to 2.0.0 · " in sheet.text for sheet in sheets)
    page.emulate_media(media="print")
    marks = set(page.locator(".redline--one :is(ins, del)").evaluate_all(MARKS))
    assert marks == {"INS underline rgba(0, 0, 0, 0)", "DEL line-through rgba(0, 0, 0, 0)"}
