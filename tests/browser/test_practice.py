"""The section of practice in a browser: the choice of a theme, and what comes out of a printer."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.kinds import KINDS
from browser.probes import print_page

FRAMEWORK = KINDS["framework"].path
FILTERED = [KINDS[each].path for each in ("framework", "recruiting", "induction", "supervision")]


@pytest.mark.parametrize("path", FILTERED)
def test_a_theme_is_chosen_kept_in_the_address_and_gone_back_from(open_page, server, charter, path):
    page, witness = open_page(server + path)
    first, second, *_ = charter.themes
    every = sum(len(principle.behaviours) for _, principle in charter.principles())
    own = sum(len(each.behaviours) for each in second.principles)
    said = page.get_by_role("status").filter(has_text="behaviours")
    expect(said).to_have_text(f"All {every} behaviours")
    page.get_by_label("Theme", exact=True).select_option(second.id)
    expect(said).to_have_text(f"{own} behaviours of {every}")
    assert page.url.endswith(f"/?theme={second.id}")
    assert page.locator(f"[id='{second.principles[0].id}']").is_visible()
    assert not page.locator(f"[id='{first.principles[0].id}']").is_visible()
    page.go_back()
    expect(said).to_have_text(f"All {every} behaviours")
    assert page.locator(f"[id='{first.principles[0].id}']").is_visible()
    assert witness.complaints == []


def test_a_link_to_a_choice_or_to_a_place_shows_it(open_page, server, charter):
    first, second, *_ = charter.themes
    home = server + FRAMEWORK
    page, _ = open_page(f"{home}?theme={second.id}")
    assert page.get_by_label("Theme", exact=True).input_value() == second.id
    page.goto(f"{home}?theme=%3Cscript%3E")
    assert page.get_by_label("Theme", exact=True).input_value() == ""
    page.goto(f"{home}?theme={second.id}#{first.principles[0].id}")
    assert page.locator(f"[id='{first.principles[0].id}']").is_visible()


def test_without_javascript_every_behaviour_stands_there(open_page, server, charter):
    page, _ = open_page("about:blank", java_script_enabled=False)
    for path in FILTERED:
        page.goto(server + path)
        words = page.locator("main").inner_text()
        behaviours = [
            each.behaviour for _, principle in charter.principles() for each in principle.behaviours
        ]
        assert [each for each in behaviours if each not in words] == []
        assert not page.get_by_label("Theme", exact=True).is_visible()


def test_what_is_chosen_is_what_is_printed(open_page, server, charter):
    first, second, *_ = charter.themes
    page, _ = open_page(f"{server}{FRAMEWORK}?theme={second.id}")
    expect(page.get_by_role("status").filter(has_text="behaviours of")).to_be_visible()
    paper = "".join(sheet.letters for sheet in print_page(page))
    assert "".join(second.principles[0].behaviours[0].behaviour.split()) in paper
    assert "".join(first.principles[0].behaviours[0].behaviour.split()) not in paper
    assert paper.count("Notes") == sum(len(each.behaviours) for each in second.principles)


def test_the_wall_sheet_and_the_log_are_one_sheet_each(open_page, server, example_server, wordy):
    page, _ = open_page("about:blank")
    for home in (server, example_server, wordy):
        page.goto(f"{home}practice/one-page/")
        (sheet,) = print_page(page)
        words = page.locator(".poster dt, .poster dd, .poster h3").all_inner_texts()
        assert [each for each in words if "".join(each.split()) not in sheet.letters] == []
        page.goto(f"{home}practice/reflect/log/")
        assert len(print_page(page)) == 1


def test_what_is_signed_fits_on_two_sides(open_page, server, charter):
    page, _ = open_page(f"{server}charter/commitments/")
    sides = print_page(page)
    paper = "".join(side.letters for side in sides)
    assert len(sides) == 2
    said = [item for _, each in charter.principles() for item in each.sections[0].items]
    assert [item for item in said if "".join(item.split()) not in paper] == []


def test_what_is_written_down_at_the_start_has_room_on_one_sheet(open_page, wordy):
    page, witness = open_page(f"{wordy}practice/before-you-start/")
    (sheet,) = print_page(page)
    promises = page.locator(".to-write .words").all_inner_texts()
    assert len(promises) == 5
    assert [each for each in promises if "".join(each.split()) not in sheet.letters] == []
    assert page.locator(".to-write .blank__line").count() == 5 * 3
    assert witness.complaints == []


def test_the_guide_asks_of_each_promise_whether_it_was_kept(open_page, wordy):
    page, witness = open_page(f"{wordy}practice/when-it-is-not-working/")
    assert page.locator(".box").first.is_hidden()
    promises = page.locator(".commitments > li").count()
    assert promises == 2
    assert "".join(sheet.letters for sheet in print_page(page)).count("□notkept") == promises
    assert witness.complaints == []
