"""The section of practice in a browser: the choice of a theme, and what comes out of a printer."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from filelock import FileLock
from playwright.sync_api import expect
from pypdf import PdfReader

from axe import violations
from builders import make_charter, make_principle, make_theme, write_charter
from charterpress.model import Behaviour
from charterpress.views import competencies
from conftest import PRACTICE, PREFIX, build_once
from site_server import serve

FILTERED = ("framework", "recruiting", "induction", "supervision")


@pytest.fixture(scope="session")
def wordy(shared_folder):
    """The address of the site of a charter with easy words, interview questions and principles to turn to,
    and with as many principles as one sheet of paper takes."""
    talk = Behaviour(
        behaviour="Says what the tide does",
        measure="The board on the quay is never a day old",
        support="A tide table in the hut",
        interview="Tell us about a day when you told somebody about the tide. What did you say?",
    )
    themes = tuple(
        make_theme(
            f"quay-{theme}",
            tuple(
                make_principle(
                    f"quay-{theme}-rule-{place}",
                    title=f"Rule {place} of the {theme} quay, which says a little more than most",
                    summary="Whoever ties up here leaves room for those who come in later, at night and in a "
                    "storm, and lends them a hand.",
                    plain=("We leave room for you.", "We lend you a hand."),
                    behaviours=(talk, replace(talk, behaviour="Lends a hand")),
                )
                for place in range(5)
            ),
        )
        for theme in ("north", "east", "south", "west", "old", "new")
    )
    charter = make_charter(themes=themes, repair=("quay-old-rule-1", "quay-new-rule-4"))
    with FileLock(shared_folder / "wordy.lock"):
        if not (shared_folder / "wordy" / "charter").exists():
            write_charter(shared_folder / "wordy", charter)
    with serve(
        build_once(shared_folder, "site-wordy", str(shared_folder / "wordy" / "charter")), PREFIX
    ) as at:
        yield at


def sheets(page):
    """What a printer makes of `page`: the words of each sheet, without their spaces."""
    found = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    return ["".join(each.extract_text().split()) for each in found]


@pytest.mark.parametrize("kind", FILTERED)
def test_a_theme_is_chosen_kept_in_the_address_and_gone_back_from(open_page, server, charter, kind):
    page, witness = open_page(server + PRACTICE[kind])
    first, second, *_ = charter.themes
    every = sum(1 for _ in competencies.competencies(charter))
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
    """A theme that there is not shows all; a place in another theme wins over the choice."""
    first, second, *_ = charter.themes
    home = server + PRACTICE["framework"]
    page, _ = open_page(f"{home}?theme={second.id}")
    assert page.get_by_label("Theme", exact=True).input_value() == second.id
    page, _ = open_page(f"{home}?theme=%3Cscript%3E")
    assert page.get_by_label("Theme", exact=True).input_value() == ""
    page, _ = open_page(f"{home}?theme={second.id}#{first.principles[0].id}")
    assert page.locator(f"[id='{first.principles[0].id}']").is_visible()


@pytest.mark.parametrize("kind", FILTERED)
def test_without_javascript_every_behaviour_stands_there(open_page, server, charter, kind):
    page, _ = open_page(server + PRACTICE[kind], java_script_enabled=False)
    words = page.locator("main").inner_text()
    assert [
        each.behaviour.behaviour
        for each in competencies.competencies(charter)
        if each.behaviour.behaviour not in words
    ] == []
    assert not page.get_by_label("Theme", exact=True).is_visible()


def test_what_is_chosen_is_what_is_printed(open_page, server, charter):
    """With a line for notes under each behaviour."""
    first, second, *_ = charter.themes
    page, _ = open_page(f"{server}{PRACTICE['framework']}?theme={second.id}")
    expect(page.get_by_role("status").filter(has_text="behaviours of")).to_be_visible()
    paper = "".join(sheets(page))
    assert "".join(second.principles[0].behaviours[0].behaviour.split()) in paper
    assert "".join(first.principles[0].behaviours[0].behaviour.split()) not in paper
    assert paper.count("Notes") == sum(len(each.behaviours) for each in second.principles)


def test_the_wall_sheet_is_one_sheet(open_page, server, example_server, wordy):
    """Of our charter, of the example, and of one with thirty principles that say much; nothing is lost."""
    for home in (server, example_server, wordy):
        page, _ = open_page(f"{home}practice/one-page/")
        (sheet,) = sheets(page)
        words = page.locator(".poster dt, .poster dd, .poster h3").all_inner_texts()
        assert [each for each in words if "".join(each.split()) not in sheet] == []


@pytest.mark.parametrize("name", ["reflect/log"])
def test_a_sheet_to_fill_in_is_one_sheet(open_page, server, wordy, name):
    for home in (server, wordy):
        page, _ = open_page(f"{home}practice/{name}/")
        assert len(sheets(page)) == 1


def test_the_guide_asks_of_each_promise_whether_it_was_kept(open_page, wordy):
    """On paper, each beside the words that it is about."""
    page, witness = open_page(f"{wordy}practice/when-it-is-not-working/")
    assert page.locator(".box").first.is_hidden()
    promises = page.locator(".commitments > li").count()
    assert promises == 2
    assert "".join(sheets(page)).count("□notkept") == promises
    assert witness.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["when-it-is-not-working", "competencies", "recruiting", "easy-read"])
def test_what_only_some_charters_have_is_accessible_and_fits(open_page, ask, wordy, name, width, scheme):
    """The guide, interview questions and easy words."""
    page, witness = open_page(f"{wordy}practice/{name}/", width=width, color_scheme=scheme)
    assert ask(page, "overflow") == []
    assert witness.complaints == []
    assert violations(page) == []
