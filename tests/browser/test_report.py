"""From a self-assessment to a report in a browser: the organisation chooses every word, and the form to sign
takes it on."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from browser.probes import violations
from charterpress.checks import check
from charterpress.editing.sign_up.intake import Outcome, judge_forms, read_forms
from charterpress.model import Answer, PrincipleReport
from charterpress.read import load
from charterpress.views.addresses import SELF_ASSESSMENT

TODAY = "2026-11-30"
TITLE = "Brambleford Allotments Charter (fictional)"
PUBLISH = SELF_ASSESSMENT + "#assess.publish"
NOTES = ("shows", "helps", "hinders", "next", "whom", "when")
ATTACK = "<img src=x onerror='window.ran=1'>"


@pytest.fixture
def opened(open_page, example_server):
    """opened(address, …) gives a page of the example, which at the end has nothing to complain of."""
    witnesses = []

    def opened_(address=PUBLISH, **options):
        page, witness = open_page(example_server + address, **options)
        witnesses.append(witness)
        return page

    yield opened_
    assert [each for witness in witnesses for each in witness.complaints] == []


def take(page, *answers, version="3.1.0"):
    """Opens a file of the self-assessment with `answers`, each (principle, level, notes)."""
    given = [
        {"principle": id, "version": version, "words": "x", "level": level, **notes}
        for id, level, notes in answers
    ]
    made = {"format": "assessment-1", "charter": TITLE, "version": version, "answers": given}
    file = {"name": "a.json", "mimeType": "application/json", "buffer": json.dumps(made).encode()}
    page.locator("[data-assess-open]").set_input_files(file)
    expect(page.locator("[data-assess-said]")).to_contain_text("The file is open")


def go(page):
    page.evaluate("() => { location.hash = '#assess.publish' }")
    expect(page.get_by_role("heading", name="Make a report of this")).to_be_focused()


def field(page, id, name):
    return page.locator(f'[id="publish.{id}.{name}"]')


def lines(page) -> str:
    return page.locator("[data-assess-lines]").input_value()


def sent(page) -> dict[str, str]:
    """What the link to the form hands on."""
    href = page.locator("[data-assess-send]").get_attribute("href")
    return {key: value for key, (value,) in parse_qs(urlsplit(href).fragment.partition("?")[2]).items()}


def test_nothing_is_chosen_and_no_note_leaves_the_page_unasked(opened):
    page = opened(SELF_ASSESSMENT)
    notes = {name: f"SECRET {name}" for name in NOTES}
    take(page, ("open-ways", "in-places", notes), ("feed-the-soil", "others-learn", notes))
    go(page)
    place = page.locator("[data-assess-publish]")
    chosen = place.locator("input:checked").evaluate_all("all => all.map(each => each.value)")
    assert (set(chosen), len(chosen)) == ({""}, place.locator("[data-assess-subjects] > section").count())
    expect(place).to_contain_text("The nearest answer in a report is “in part”.")
    expect(place).to_contain_text("The nearest answer in a report is “kept”.")
    assert (lines(page), sent(page)) == ("", {"request": "report", "reported_version": "3.1.0"})
    field(page, "open-ways", "not-yet").check()
    assert lines(page) == "open-ways = not yet\n"
    place.get_by_role("button", name="Take over “What helps” Keep paths").click()
    assert sent(page)["principle_answers"] == "open-ways = not yet; SECRET helps\n"
    field(page, "open-ways", "none").check()
    command = page.locator("[data-assess-command]").text_content()
    assert "SECRET" not in lines(page) + str(sent(page)) + command


def test_an_answer_to_other_words_asks_to_look_again(opened):
    """Of 3.1.0 and 3.0.0 alike: the answers were given to 1.0.0."""
    page = opened(SELF_ASSESSMENT)
    take(page, ("first-season", "habit", {"shows": "Tea."}), ("open-ways", "habit", {}), version="1.0.0")
    go(page)
    old = page.locator("[data-assess-subjects] > section", has_text="newcomers")
    expect(old).to_contain_text("The words have changed: look again.")
    assert old.locator("input").count() == 0
    assert "nearest answer" not in old.inner_text()
    link = old.get_by_role("link", name="Read the words of version 3.1.0")
    assert link.get_attribute("href") == "../../versions/3.1.0/#first-season"
    old.get_by_role("button", name="We’ve looked again").click()
    expect(field(page, "first-season", "none")).to_be_focused()
    field(page, "first-season", "in-part").check()
    assert lines(page) == "first-season = in part\n"
    assert "--looked first-season" in page.locator("[data-assess-command]").text_content()
    page.get_by_label("Version you report on").select_option("3.0.0")
    assert sent(page)["reported_version"] == "3.0.0"


def test_a_choice_outlasts_a_link_and_goes_with_the_answers(opened):
    page = opened(SELF_ASSESSMENT)
    take(page, ("open-ways", "habit", {}))
    go(page)
    field(page, "open-ways", "kept").check()
    field(page, "open-ways", "words").fill("Two gates;\nof three.")
    page.reload()
    assert lines(page) == "open-ways = kept; Two gates; of three.\n"
    page.evaluate("() => { location.hash = '#assess.start' }")
    page.get_by_role("button", name="Delete my answers").click()
    page.get_by_role("button", name="Delete them").click()
    go(page)
    assert lines(page) == ""
    assert page.evaluate("() => JSON.stringify(sessionStorage)") == "{}"


def test_what_is_wrong_stops_the_way_to_the_form(opened):
    page = opened()
    field(page, "open-ways", "kept").check()
    field(page, "open-ways", "words").fill("w" * 301)
    field(page, "open-ways", "words").blur()
    expect(page.get_by_text("This has 301 characters; 300 is the most.")).to_be_visible()
    expect(page.locator("[data-assess-send]")).to_be_hidden()
    field(page, "open-ways", "words").fill("Short.")
    field(page, "open-ways", "evidence").fill("javascript:alert(1)")
    field(page, "open-ways", "evidence").blur()
    expect(field(page, "open-ways", "evidence.error")).to_have_text(
        "Write the whole address, which begins with https://"
    )
    expect(page.locator("[data-assess-send]")).to_be_hidden()
    field(page, "open-ways", "evidence").fill("https://ash-lane.org.uk/gates")
    expect(page.locator("[data-assess-send]")).to_be_visible()


def test_hostile_words_stay_words(opened):
    """Of a note, of what is typed, and of what somebody put into the browser’s store."""
    page = opened(SELF_ASSESSMENT)
    take(page, ("open-ways", "habit", {"shows": ATTACK}))
    go(page)
    field(page, "open-ways", "kept").check()
    page.get_by_role("button", name="Take over “How we can tell” Keep paths").click()
    assert lines(page) == f"open-ways = kept; {ATTACK}\n"
    stored = {
        "version": "9",
        "choices": {"open-ways": {"answer": "best", "words": 7}, "__proto__": {"answer": "kept"}},
    }
    page.evaluate(
        "text => { for (const key of Object.keys(sessionStorage)) sessionStorage[key] = text }",
        json.dumps(stored),
    )
    page.reload()
    assert lines(page) == ""
    assert page.evaluate("() => [window.ran, ({}).answer]") == [None, None]
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (360, "light"),
        (1280, "dark"),
        pytest.param(360, "dark", marks=pytest.mark.long),
        pytest.param(1280, "light", marks=pytest.mark.long),
    ],
)
def test_the_step_is_accessible_in_every_state(opened, width, scheme):
    page = opened(SELF_ASSESSMENT, width=width, color_scheme=scheme)
    take(
        page,
        ("first-season", "habit", {"shows": "Tea."}),
        ("open-ways", "habit", {"shows": "A"}),
        version="1.0.0",
    )
    go(page)
    field(page, "feed-the-soil", "kept").check()
    field(page, "feed-the-soil", "evidence").fill("here")
    field(page, "feed-the-soil", "evidence").blur()
    page.locator("[data-assess-publish] details").evaluate("each => { each.open = true }")
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_whole_way_by_keyboard_and_into_the_entry(opened, example_charter, tmp_path):
    """From the answers to the letter, and from the letter to an entry that the check has nothing against."""
    page = opened(SELF_ASSESSMENT)
    take(page, ("open-ways", "in-places", {"shows": "Two of three gates; the third is next."}))
    go(page)
    keys = page.keyboard

    def tab_to(id):
        for _ in range(200):
            keys.press("Tab")
            if page.evaluate("() => document.activeElement.id || document.activeElement.textContent") == id:
                return
        pytest.fail(f"{id} cannot be reached")

    tab_to("publish.open-ways.none")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    tab_to("publish.open-ways.words")
    tab_to("Take over “How we can tell” Keep paths open and gates shut")
    keys.press("Enter")
    expect(field(page, "open-ways", "words")).to_be_focused()
    tab_to("publish.open-ways.evidence")
    keys.type("https://ash-lane.org.uk/gates?a=1&b=2")
    tab_to("Continue to the form")
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/sign/#form\.entry$"))
    signatory = next(each for each in load(example_charter).signatories if _asked(each))
    page.get_by_label("Name of your organisation").first.fill(signatory.name)
    page.get_by_label("Your page on the list").first.fill(signatory.slug)
    page.get_by_role("button", name="Continue").click()
    for key, day in (("period_start", "1 11 2025"), ("period_end", "31 10 2026")):
        for part, value in zip(("day", "month", "year"), day.split(), strict=True):
            page.locator(f'[id="form.period.{key}.{part}"]').fill(value)
    for _ in range(4):
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Send it", exact=True)).to_be_focused()
    text = page.locator("[data-text]").input_value()

    root = shutil.copytree(example_charter, tmp_path / "charter")
    edition = replace(load(root, shown="charter"), today=TODAY)
    (verdict,) = judge_forms(edition, read_forms(text.encode()).forms, today=TODAY)
    assert (verdict.outcome, verdict.slug, verdict.reasons) == (Outcome.REPORTED, signatory.slug, ())
    (root / verdict.path).write_bytes(verdict.data)
    after = replace(load(root, shown="charter"), today=TODAY)
    known = {(each.path, each.rule, each.message) for each in check(edition)}
    assert [each for each in check(after) if (each.path, each.rule, each.message) not in known] == []
    report = next(each for each in after.signatories if each.slug == signatory.slug).reports[-1]
    assert report.principles == (
        PrincipleReport(
            principle="open-ways",
            answer=Answer.IN_PART,
            words="Two of three gates; the third is next.",
            evidence="https://ash-lane.org.uk/gates?a=1&b=2",
        ),
    )


def _asked(signatory) -> bool:
    """Whether an organisation stands by 3.1.0, and has no report yet."""
    signed = not signatory.signed_for and not signatory.left and not signatory.succeeded_by
    return signed and any(each.version == "3.1.0" for each in signatory.signed) and not signatory.reports
