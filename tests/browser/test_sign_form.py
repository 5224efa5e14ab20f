"""The form to sign in a browser: by keyboard, with faults beside what they are about, kept over a reload, and
led out by e-mail, by a forge’s form and as a file; and without a script."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from browser.probes import print_page, violations
from charterpress.editing.sign_up.fields import DATES
from charterpress.editing.sign_up.intake import read_forms
from charterpress.outputs.html.sign_form import REQUESTS
from tiers import every_second

SIGN = "sign/"
KEPT = "() => Object.values(localStorage).find(text => text.includes('\"request\"')) ?? null"
ANSWERS = {
    "organisation": {"name": "Quay Plots", "kind": "allotment society", "area": "The quay"},
    "where": {"website": "https://quay-plots.org.uk/"},
    "signature": {"version": "3.1.0", "date": "3.11.2026", "role": "Chair"},
    "say": {"pledge": "We keep a gate open."},
    "entry": {"name": "Ash Lane Plots"},
    "changes": {"area": "Ash Lane, and the mill"},
    "proof": {"proof": "https://ash-lane.org.uk/charter"},
    "period": {"period_start": "3.11.2025", "period_end": "3.11.2026"},
    "principles": {"principle_answers": "open-ways = kept; Two gates.\nfeed-the-soil = not yet"},
    "leaving": {"date": "3.11.2026", "note": "We have closed."},
}


@pytest.fixture
def opened(open_page, example_server):
    """opened(anchor, width=360, …) gives the page of the form; at the end it has nothing to complain of."""
    witnesses = []

    def opened_(anchor="", **options):
        page, witness = open_page(example_server + SIGN + anchor, **options)
        if options.get("java_script_enabled", True):
            witnesses.append((witness, example_server))
            expect(form(page)).to_be_visible()
        return page, witness

    yield opened_
    assert [each for witness, _ in witnesses for each in witness.complaints] == []
    assert [each for witness, address in witnesses for each in witness.foreign(address)] == []


def form(page):
    return page.locator("[data-sign-form]")


def step(page):
    return page.locator("[data-step]:visible")


def go_on(page):
    before = step(page).get_attribute("data-step")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(f"[data-step={before}]")).to_be_hidden()
    return step(page)


def fill(page, **answers):
    for key, words in answers.items():
        field = step(page).locator(f"[data-field={key}]")
        if key in DATES:
            for part, number in zip(("day", "month", "year"), words.split("."), strict=True):
                field.locator(f"[data-part={part}]").fill(number)
        elif field.locator("select").count():
            field.locator("select").select_option(words)
        else:
            field.locator("input, textarea").fill(words)


def ask(page, request):
    """Go through the form for a request, up to its last step; gives the ids of the steps."""
    step(page).locator(f"[value={request}]").check()
    seen = []
    while seen[-1:] != ["send"]:
        seen.append(go_on(page).get_attribute("data-step"))
        fill(page, **ANSWERS.get(seen[-1], {}))
    return seen


def answers_in(text):
    """What the program reads from the text of a form."""
    (read,) = read_forms(text.encode(), kind="mail").forms
    return {each.field.key: each.value for each in read.answers}


@pytest.mark.parametrize("request_", every_second({each: each for each in REQUESTS}))
def test_what_leaves_the_form_is_what_the_program_reads(opened, request_):
    page, _ = opened()
    steps = ask(page, request_)
    expected = {key: words for each in steps for key, words in ANSWERS.get(each, {}).items()}
    for key in set(expected) & {*DATES}:
        day, month, year = expected[key].split(".")
        expected[key] = f"{year}-{month}-{day.zfill(2)}"
    expected["request"] = REQUESTS[request_][0]
    text = page.locator("[data-text]").input_value()
    assert answers_in(text) == expected
    mail = urlsplit(page.locator("[data-mail-link]").get_attribute("href"))
    assert (mail.scheme, mail.path) == ("mailto", "charter@brambleford.example")
    assert answers_in(parse_qs(mail.query)["body"][0]) == expected
    issue = parse_qs(urlsplit(page.locator("[data-issue-link]").get_attribute("href")).query)
    assert issue["template"] == [REQUESTS[request_][2]]
    assert {key: issue[key][0] for key in expected if key != "request"} == {
        key: words for key, words in expected.items() if key != "request"
    }
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == text


def test_by_keyboard_alone_with_faults_where_they_are(opened):
    page, _ = opened(width=360)
    page.locator("[name=request]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(step(page).locator("h3")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Quаy Plots")  # the a is Cyrillic
    page.keyboard.press("Tab")
    name = step(page).locator("[data-field=name]")
    expect(name.locator("[data-error]")).to_contain_text("letters of Cyrillic and Latin in one word, “Quаy”")
    assert name.locator("input").get_attribute("aria-invalid") == "true"
    page.keyboard.press("Tab")  # Enter would open the list of kinds
    page.keyboard.press("Enter")
    faults = page.locator("[data-faults]")
    expect(faults).to_be_focused()
    assert faults.get_by_role("link").count() == 3
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(name.locator("input")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Quay Plots")
    page.keyboard.press("Tab")
    expect(name.locator("[data-error]")).to_have_text("")
    page.keyboard.type("a")
    page.keyboard.press("Tab")
    page.keyboard.type("The quay")
    page.keyboard.press("Enter")
    expect(step(page).locator("h3")).to_have_text("Where the public finds you")


def test_a_person_in_a_role_is_asked_about_and_stops_nobody(opened):
    page, _ = opened("#form?request=re-sign&name=Ash+Lane+Plots&version=3.1.0")
    expect(step(page).locator("h3")).to_have_text("Which entry is yours?")
    go_on(page)
    fill(page, date="3.11.2026", role="jane smith")
    role = step(page).locator("[data-field=role]")
    page.wait_for_function("() => true")
    role.locator("input").blur()
    expect(role.locator("[data-question]")).to_contain_text("“jane smith” looks like a person's name")
    go_on(page)
    expect(step(page).locator("h3")).to_have_text("Your own page about it")


def test_what_was_typed_survives_a_reload_and_can_be_cleared(opened):
    page, _ = opened()
    step(page).locator("[value=sign]").check()
    go_on(page)
    fill(page, name="Quay Plots", area="<b>The quay</b>")
    page.reload()
    expect(step(page).locator("[data-field=name] input")).to_have_value("Quay Plots")
    page.go_back()
    expect(step(page).locator("[value=sign]")).to_be_checked()
    page.get_by_role("button", name="Clear the form").click()
    assert page.evaluate(KEPT) is None
    expect(step(page).locator("[value=sign]")).not_to_be_checked()


def test_a_link_fills_in_what_can_be_seen_and_undoes_nothing_written_after_it(opened):
    page, _ = opened("#form?request=re-sign&name=Ash+Lane&entry=x&version=9.9.9&date=31/12/2025&x=%3Cb%3E")
    fill(page, name="Ash Lane Plots")
    page.reload()
    expect(step(page).locator("[data-field=name] input")).to_have_value("Ash Lane Plots")
    go_on(page)
    page.go_back()
    expect(step(page).locator("[data-field=name] input")).to_have_value("Ash Lane Plots")
    assert "9.9.9" not in page.evaluate(KEPT)
    assert "31/12" not in page.evaluate(KEPT)


def test_a_number_in_a_register_stands_for_a_website(opened):
    page, _ = opened("#form?request=sign&name=Quay+Plots&kind=allotment+society&area=The+quay")
    expect(step(page)).to_have_attribute("data-step", "organisation")
    go_on(page)
    fill(page, registration="none")
    page.get_by_role("button", name="Continue").click()
    expect(step(page).locator("[data-field=website] [data-error]")).to_contain_text("answered")
    fill(page, registration="GB-CHC-1234567")
    assert go_on(page).get_attribute("data-step") == "signature"


def test_the_day_of_a_signature_is_not_that_of_a_withdrawal(opened):
    page, _ = opened("#form?request=re-sign&name=Ash+Lane&date=2025-11-03")
    expect(step(page)).to_have_attribute("data-step", "entry")
    assert "2025-11-03" in page.evaluate(KEPT)
    page.get_by_role("button", name="Back").click()
    step(page).locator("[value=withdraw]").check()
    assert "2025-11-03" not in page.evaluate(KEPT)


def test_what_is_cleared_in_one_tab_is_gone_from_the_other(opened):
    page, _ = opened("#form?request=sign&name=Quay+Plots")
    other = page.context.new_page()
    other.goto(page.url)
    step(other).locator("[data-field=area] input").fill("The quay")
    expect(step(page).locator("[data-field=area] input")).to_have_value("The quay")
    other.get_by_role("button", name="Clear the form").click()
    expect(step(page).locator("[value=sign]")).to_be_visible()
    expect(step(page).locator("[value=sign]")).not_to_be_checked()
    assert page.evaluate(KEPT) is None


def test_what_a_browser_kept_wrongly_is_left_alone(opened):
    page, _ = opened()
    for kept in ("null", "[]", '{"request": 1}', '{"request": "x", "answers": {"name": 1}}', "{"):
        page.evaluate(
            "kept => { const { charter } = document.querySelector('[data-charter]').dataset;"
            "localStorage.setItem(`sign: ${charter}`, kept); }",
            kept,
        )
        page.reload()
        expect(form(page)).to_be_visible()
        assert (kept, step(page).get_attribute("data-step")) == (kept, "request")


def test_a_long_answer_is_copied_and_no_link(opened):
    page, _ = opened()
    long = "We keep a gate open. " * 22
    step(page).locator("[value=sign]").check()
    for id in ("organisation", "where", "signature", "say"):
        go_on(page)
        fill(
            page,
            **(
                ANSWERS[id]
                | ({"pledge": long, "link": "https://quay-plots.org.uk/" + "a" * 400} if id == "say" else {})
            ),
        )
    go_on(page)
    go_on(page)
    fits = page.locator("[data-mail-link]").is_visible()
    address = page.locator("[data-mail-link]").get_attribute("href") or ""
    assert fits == (0 < len(address) <= 1900)
    assert fits or "Copy the text" in page.locator("[data-way=mail] [data-long]").inner_text()


def test_without_a_script_there_are_lines_to_copy_for_each(opened):
    page, _ = opened(java_script_enabled=False)
    assert not form(page).is_visible()
    lines = page.locator("[aria-labelledby=by-e-mail]")
    assert "charter@brambleford.example" in lines.inner_text()
    for request, (name, *_) in REQUESTS.items():
        (text,) = lines.locator(f"pre[aria-label='{name}: lines to copy']").all_text_contents()
        assert text.startswith(f"What would you like to do: {name}\n")
        labels = [re.sub(r" \(optional\)", "", line).rstrip(":") for line in text.splitlines()[1:]]
        assert "Name of your organisation" in labels, request


def test_axe_finds_nothing_on_any_step(opened, inaccessible):
    """Each step is looked at once: it is the same element in whatever request leads to it."""
    page, _ = opened()
    found, seen = [], set()
    for request in REQUESTS:
        page.goto(page.url.partition("#")[0])
        expect(form(page)).to_be_visible()
        step(page).locator(f"[value={request}]").check()
        go_on(page)
        while (id := step(page).get_attribute("data-step")) != "send":
            fill(page, **ANSWERS.get(id, {}))
            found += [] if id in seen else violations(page)
            seen.add(id)
            go_on(page)
    found += inaccessible(page)
    assert found == []
    assert unquote(page.url).endswith("#form.send")


def test_whoever_prints_the_page_has_lines_to_fill_in(opened):
    page, _ = opened()
    words = " ".join(line for sheet in print_page(page) for line in sheet.lines)
    for name, *_ in REQUESTS.values():
        assert f"What would you like to do: {name} " in words
    assert words.count("charter@brambleford.example") == 1
    assert "Nothing you write here leaves this page" not in words
