"""The self-assessment in a browser: filled in, kept, saved, opened, compared and printed; in a new version of
the charter; with storage refused, with files that are damaged or hostile; by keyboard; and offline."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import expect

from browser.probes import print_page, probe
from charterpress.outputs.html.practice.self_assessment import fields, levels
from charterpress.views.addresses import SELF_ASSESSMENT
from conftest import FAVICON, ROOT, Witness

FIELDS, LEVELS = fields(), levels()
SCHEMA = json.loads(
    (ROOT / "hooks/charterpress/outputs/data/schemas/assessment-1.schema.json").read_text(encoding="utf-8")
)
TITLE = "Brambleford Allotments Charter (fictional)"
REFUSE = """() => Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("refused", "SecurityError"); },
})"""
KEPT = "() => Object.values(localStorage).find(text => text.includes('assessment-1')) ?? null"
STEPS = "main [data-assess-principle]"


@pytest.fixture
def opened(open_page, example_server):
    """opened(width=360, …) gives the page of the example's self-assessment, and its Witness, which at the
    end has nothing to complain of."""
    witnesses = []

    def opened_(**options):
        page, witness = open_page(example_server + SELF_ASSESSMENT, **options)
        if options.get("java_script_enabled", True):
            witnesses.append(witness)
        return page, witness

    yield opened_
    assert [each for witness in witnesses for each in witness.complaints] == []


def status(page):
    return page.locator("[data-assess-said]")


def ids(page) -> list[str]:
    return page.locator(STEPS).evaluate_all("all => all.map(each => each.dataset.assessPrinciple)")


def step(page, id):
    page.evaluate("id => { location.hash = `#assess.${id}` }", id)
    section = page.locator(f'[id="assess.{id}"]')
    expect(section).to_be_visible()
    return section


def answer(page, id, level, **words):
    page.locator(f'[id="assess.{id}.{level}"]').check()
    page.locator(f'[id="assess.{id}"] .assess__more').evaluate("each => { each.open = true; }")
    for field, text in words.items():
        page.locator(f'[id="assess.{id}.{field}"]').fill(text)


def saved(page) -> dict:
    """The file that the page saves; it is held against the schema."""
    with page.expect_download() as download:
        page.locator("[data-assess-save]:visible").first.click()
    found = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(found)
    return found


def file_of(**changes) -> dict:
    answers = [given("feed-the-soil", "habit", shows="The heap steams.", next="Turn it in May.")]
    made = {"format": "assessment-1", "charter": TITLE, "version": "3.1.0", "saved": "2024-05-06"}
    return made | {"who": "The Heap", "about": "", "answers": answers} | changes


def given(principle, level="", version="3.1.0", **words) -> dict:
    return {"principle": principle, "version": version, "level": level, **words}


def choose(page, where, content, name="file.json"):
    text = content if isinstance(content, str) else json.dumps(content)
    chosen = {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    page.locator(where).set_input_files(chosen)


def take(page, content, said="The file is open"):
    choose(page, "[data-assess-open]", content)
    expect(status(page)).to_contain_text(said)


def compare_with_own(page, content=None):
    """Sets the answers of this browser beside those of a file, if there is one."""
    step(page, "compare")
    page.get_by_role("button", name="Use the answers on this device").click()
    if content is not None:
        choose(page, "[data-assess-side='1']", content)


def fill_in(page):
    step(page, "open-ways")
    answer(page, "open-ways", "habit", shows="The gate is shut.")


def reported(page) -> dict[str, str]:
    step(page, "summary")
    rows = page.locator(".assess__picture tbody tr:not(.assess__theme)").evaluate_all(
        """rows => rows.map(row =>
            [row.querySelector('a').hash.slice(8), row.querySelector('.assess__where').textContent])"""
    )
    return dict(rows)


def paper(page) -> str:
    return " ".join(each.text for each in print_page(page))


def run_through(page) -> dict[str, str]:
    """Goes through all principles with the page's own buttons; gives the level of each."""
    step(page, "start")
    page.get_by_label("Who is answering").fill("The Tuesday group")
    page.get_by_role("link", name="Start with the first principle").click()
    chosen = {}
    for place, id in enumerate(ids(page)):
        section = page.locator(f'[id="assess.{id}"]')
        expect(section).to_be_visible()
        expect(section.locator("h2")).to_be_focused()
        assert page.locator(".assess__step:visible").count() == 1
        level = LEVELS[place % len(LEVELS)]
        words = {field.id: f"{field.id} of {id}" for field in FIELDS}
        answer(page, id, level.id, **words)
        chosen[id] = level.name
        section.locator("a.button--first").click()
    expect(page.get_by_role("heading", name="Report")).to_be_focused()
    return chosen


class Finished(NamedTuple):
    """What is left of a whole run."""

    levels: dict[str, str]
    storage: dict[str, Any]
    file: dict[str, Any]
    report: str
    plan: list[list[str]]
    complaints: list[str]


@pytest.fixture(scope="module")
def finished(browser, example_server):
    """A whole run, gone through once for all the tests that start from it."""
    context = browser.new_context(reduced_motion="reduce")
    page, witness = context.new_page(), Witness()
    witness.watch(page)
    page.goto(example_server + SELF_ASSESSMENT)
    levels = run_through(page)
    assert reported(page) == levels
    report = page.locator("[data-assess-report]").inner_text()
    step(page, "plan")
    plan = page.locator(".assess__plan tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].slice(1).map(cell => cell.innerText))"
    )
    file = saved(page)
    yield Finished(levels, context.storage_state(), file, report, plan, witness.complaints)
    context.close()


@pytest.fixture
def resumed(finished, open_page, example_server):
    """resumed() opens the page in a browser that has kept the answers of the whole run; `site` may be another
    one to which they belong."""

    def resumed_(site=example_server):
        (kept,) = finished.storage["origins"]
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(site))
        return open_page(
            site + SELF_ASSESSMENT, storage_state={"cookies": [], "origins": [kept | {"origin": origin}]}
        )

    return resumed_


def test_a_whole_run_is_reported_planned_saved_and_opened_elsewhere(finished, opened):
    wanted = [f"{field.id} of {id}" for id in finished.levels for field in FIELDS]
    assert [each for each in wanted if each not in finished.report] == []
    assert f"{TITLE}, Version 3.1.0 of 20 October 2025" in finished.report
    plan = [[f"{field} of {id}" for field in ("next", "whom", "when")] for id in finished.levels]
    assert finished.plan == plan
    answers = [(each["principle"], each["version"]) for each in finished.file["answers"]]
    assert answers == [(id, "3.1.0") for id in finished.levels]
    assert (finished.file["charter"], finished.file["who"]) == (TITLE, "The Tuesday group")
    assert finished.complaints == []
    page, _ = opened()
    take(page, finished.file, "The file is open, and saved on this device.")
    assert saved(page) == finished.file
    (kept,) = finished.storage["origins"]
    assert page.evaluate(KEPT) in [each["value"] for each in kept["localStorage"]]


def test_answers_stay_when_the_page_is_loaded_again_and_nothing_adds_them_up(finished, resumed):
    """Neither report, plan nor comparison shows a sum, an average, a percentage or a place."""
    page, _ = resumed()
    expect(status(page)).to_have_text("Your answers are here, as you left them on this device.")
    assert saved(page) == finished.file
    first = finished.file["answers"][0]
    section = step(page, first["principle"])
    assert section.locator("input:checked").input_value() == first["level"]
    assert section.get_by_label("How we can tell").input_value() == first["shows"]
    for view in ("summary", "plan"):
        step(page, view)
    compare_with_own(page, file_of())
    expect(page.get_by_role("heading", name="Where you see it differently")).to_be_visible()
    made = page.locator(".assess__made").evaluate_all("all => all.map(each => each.textContent).join(' ')")
    sums = r"(?<![\d.])\d+ (?:of|out of|/) \d+\b|\d\s*%|\b(?:total|average|points|rank(?:ed)?)\b"
    assert re.findall(sums, made) == []


def test_opening_a_file_asks_before_it_replaces_answers(opened):
    page, _ = opened()
    who, dialog = page.get_by_label("Who is answering"), page.get_by_role("dialog")
    who.fill("Us")
    for refuse in (
        lambda: page.get_by_role("button", name="Keep them").click(),
        lambda: page.keyboard.press("Escape"),
    ):
        take(page, file_of(), said="")
        expect(dialog).to_be_visible()
        refuse()
        expect(dialog).to_be_hidden()
        assert who.input_value() == "Us"
    take(page, file_of(), said="")
    dialog.get_by_role("button", name="Open the file").click()
    expect(who).to_have_value("The Heap")


def test_one_button_deletes_everything_and_asks_first(opened):
    page, _ = opened()
    take(page, file_of())
    for answered in ("Keep them", "Delete them"):
        assert page.evaluate(KEPT)
        page.get_by_role("button", name="Delete my answers").click()
        page.get_by_role("button", name=answered).click()
    expect(status(page)).to_have_text("Your answers have been deleted from this device.")
    assert page.evaluate("() => Object.keys(localStorage).filter(key => key.includes('assessment'))") == []
    assert page.get_by_label("Who is answering").input_value() == ""
    assert set(reported(page).values()) == {"No answer yet"}
    section = step(page, "feed-the-soil")
    answer(page, "feed-the-soil", "habit")
    section.get_by_role("button", name="Clear this answer").click()
    assert section.locator("input:checked").count() == 0
    expect(section.get_by_role("button", name="Clear this answer")).to_be_hidden()
    assert reported(page)["feed-the-soil"] == "No answer yet"
    page.wait_for_function(f"() => ({KEPT})() === null")


def test_an_assessment_goes_on_in_the_next_version(finished, resumed, long_register):
    """A whole run at 3.1.0; then 4.0.0, which changed the promises of one principle and the reasons of
    another: answers stay, the one is marked, with the redline, and the plan is printed with the new
    version."""
    page, witness = resumed(long_register)
    expect(status(page)).to_contain_text("Some words of the charter have changed since you answered")
    expect(page.locator(".text-version")).to_contain_text("version 4.0.0 of 5 November 2026")
    assert reported(page) == finished.levels
    marked = page.locator(f"{STEPS} [data-assess-changed]:not([hidden])").evaluate_all(
        "all => all.map(each => each.closest('section').dataset.assessPrinciple)"
    )
    assert marked == ["turns-at-the-tap"]

    section = step(page, "turns-at-the-tap")
    look = section.get_by_text("The words have changed: look again.")
    expect(look).to_be_visible()
    expect(section).to_contain_text("You answered this for version 3.1.0 of 20 October 2025.")
    assert section.get_by_label("Next step").input_value() == "next of turns-at-the-tap"
    section.get_by_role("link", name="Read what changed").click()
    page.wait_for_url("**/versions/compare/3.1.0..4.0.0/#turns-at-the-tap")
    assert "Take turns at the tap" in page.locator("#turns-at-the-tap h2").inner_text()

    page.goto(long_register + SELF_ASSESSMENT)
    step(page, "plan")
    words = paper(page)
    assert "Version 4.0.0 of 5 November 2026" in words
    words = "".join(words.split())  # a line may be broken anywhere
    planned = [f"{field}of{id}" for id in finished.levels for field in ("next", "whom", "when")]
    assert [each for each in planned if each not in words] == []
    assert words.count("Thewordshavechanged:lookagain.") == 1

    section = step(page, "turns-at-the-tap")
    section.get_by_label("Next step").fill("Look at the meter.")
    expect(look).to_be_visible()
    section.get_by_role("button", name="We’ve looked again").click()
    expect(look).to_be_hidden()
    versions = {each["principle"]: each["version"] for each in saved(page)["answers"]}
    assert versions == {id: "4.0.0" if id == "turns-at-the-tap" else "3.1.0" for id in finished.levels}
    step(page, "plan")
    assert "look again" not in paper(page)
    assert witness.complaints == []


def test_an_old_file_is_held_against_the_words_of_now(opened):
    page, _ = opened()
    known = json.loads(page.locator("[data-assess-known]").inner_text())
    before = known["versions"]["2.0.0"]["words"]
    same = next(id for id, words in known["words"].items() if before.get(id) == words)
    answers = [
        given("greet-newcomers", "habit", "1.0.0", shows="Tea."),
        given("wide-paths", "in-places", "1.0.0", shows="A tape measure."),
        given(same, "habit", "2.0.0"),
        given("open-ways", "habit", "9.9.9", words=known["words"]["open-ways"]),
        given("share-the-surplus", "habit", "9.9.9", words="other"),
    ]
    said = "The file is open. Some words have changed since: the list of steps says where to look again."
    take(page, file_of(answers=answers), said)
    assert reported(page)["first-season"] == "As a habit"
    states = page.locator("[data-assess-state]").evaluate_all(
        """all => all.filter(each => each.textContent)
            .map(each => [each.dataset.assessState, each.textContent])"""
    )
    look, habit = "the words have changed: look again", "as a habit"
    assert dict(states) == {
        "first-season": look, same: habit, "open-ways": habit, "share-the-surplus": look,
    }  # fmt: skip
    gone = page.locator(".assess__gone")
    assert "A tape measure." in gone.inner_text()
    assert gone.get_by_role("link").get_attribute("href") == "../../charter/ground/wide-paths/"
    kept = {each["principle"] for each in saved(page)["answers"]}
    assert kept == {"first-season", "wide-paths", same, "open-ways", "share-the-surplus"}


def test_two_partners_are_shown_side_by_side(opened):
    page, _ = opened()
    take(page, file_of(who="Us", answers=[given("open-ways", "habit")]))
    kept = page.evaluate(KEPT)
    step(page, "compare")
    bees = given("room-for-bees", "not-yet")
    ours = [given("feed-the-soil", "habit", shows="The heap steams."), bees, given("catch-the-rain", "habit")]
    theirs = [given("feed-the-soil", "not-yet", shows="It smells."), bees]
    choose(page, "[data-assess-side='0']", file_of(who="Hill", answers=ours))
    expect(status(page)).to_have_text("Hill is open. Now open the other one.")
    choose(page, "[data-assess-side='1']", file_of(who="Valley", answers=theirs))
    expect(status(page)).to_have_text("Hill and Valley are side by side.")
    shown = page.locator("[data-assess-comparison]").evaluate(
        r"""place => [...place.querySelectorAll('h3, h4, .assess__side')]
            .map(each => each.innerText.split(/\s*\n+\s*/).join('|'))"""
    )
    assert shown == [
        *("Where you see it differently", "1.2 Feed the soil"),
        *("Hill|As a habit|How we can tell|The heap steams.", "Valley|Not yet|How we can tell|It smells."),
        *("Where only one of you has answered", "2.1 Catch the rain"),
        *("Hill|As a habit", "Valley|No answer"),
        *("Where you see it the same way", "1.3 Leave room for the bees", "Hill|Not yet", "Valley|Not yet"),
    ]
    assert page.evaluate(KEPT) == kept
    assert "It smells." in paper(page)


def test_a_browser_that_keeps_nothing_says_so_and_still_saves(open_page, example_server):
    page, witness = open_page("about:blank")
    page.add_init_script(f"({REFUSE})()")
    page.goto(example_server + SELF_ASSESSMENT)
    expect(status(page)).to_contain_text("Your browser doesn’t keep anything for this page.")
    fill_in(page)
    expect(status(page)).to_contain_text("Save your answers as a file before you close it")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    fill_in(page)
    assert [each["principle"] for each in saved(page)["answers"]] == ["open-ways"]
    page.reload()
    assert asked == ["beforeunload"]
    assert witness.complaints == []


def test_what_was_kept_and_is_damaged_is_set_aside(opened):
    page, _ = opened()
    take(page, file_of())
    page.evaluate(
        """() => { for (const key of Object.keys(localStorage))
            if (key.includes('assessment')) localStorage[key] = '{half' }"""
    )
    page.reload()
    expect(status(page)).to_contain_text("They’ve been set aside, and you’re starting with an empty form.")
    fill_in(page)
    expect(status(page)).to_have_text("Saved on this device.")
    assert "{half" in page.evaluate("() => Object.values(localStorage)")


FAULTS = [
    ("{half", "it’s damaged, or isn’t a self-assessment"),
    ("", "it’s damaged, or isn’t a self-assessment"),
    ("[]", "it is not what it should be"),
    ("null", "it is not what it should be"),
    (file_of(format="signatories-1"), "it isn’t a self-assessment"),
    (file_of(format="assessment-2"), "made by a newer version of this page"),
    (file_of(charter="The Lighthouse Charter"), "another charter, “The Lighthouse Charter”."),
    (file_of(charter=""), "“charter” is missing"),
    (file_of(answers={"length": 1}), "its answers are missing"),
    (file_of(answers=[0] * 2001), "more than 2,000 answers"),
    (file_of(answers=[given("open-ways", "best of all")]), "isn’t one of the four"),
    (file_of(answers=[given("open-ways", "__proto__")]), "isn’t one of the four"),
    (file_of(answers=[given("open-ways", shows=7)]), "“shows” isn’t text"),
    (file_of(who={"toString": "x"}), "“who” isn’t text"),
    (file_of(who="x" * 4001), "“who” is longer than 4,000 characters"),
    (file_of(answers=[given("open-ways")] * 2), "two answers about one principle"),
    # The same principle under two names.
    (file_of(answers=[given("greet-newcomers"), given("first-season")]), "two answers about one principle"),
    (file_of(answers=[None]), "an answer is not what it should be"),
]


def test_files_with_a_fault_are_refused_in_words(opened):
    page, _ = opened()
    page.get_by_label("Who is answering").fill("Us")
    expect(status(page)).to_have_text("Saved on this device.")
    kept = page.evaluate(KEPT)
    compare_with_own(page)
    for content, reason in FAULTS:
        for field in ("[data-assess-open]", "[data-assess-side='1']"):
            status(page).evaluate("each => { each.textContent = '' }")
            choose(page, field, content)
            expect(status(page)).to_contain_text(reason)
        assert page.evaluate(KEPT) == kept
        expect(page.locator("[data-assess-comparison]")).to_be_empty()


def test_a_huge_file_is_refused_before_it_is_read(opened, tmp_path):
    """Six megabytes of a file that would be right."""
    page, _ = opened()
    huge = tmp_path / "huge.json"
    huge.write_text(json.dumps(file_of()) + " " * 6_000_000)
    page.evaluate("() => { File.prototype.text = () => { throw new Error('read') } }")
    page.locator("[data-assess-open]").set_input_files(huge)
    expect(status(page)).to_contain_text("larger than 5 megabytes")
    assert page.evaluate(KEPT) is None


def test_a_hostile_file_is_shown_as_text(opened):
    page, _ = opened()
    image = "<img src=x onerror='window.ran=1'>"
    attack = f"{image}<script>window.ran=1</script>\u202e</td>{{{{7*7}}}}javascript:window.ran=1"
    words = {field.id: f"{field.id} {attack}" for field in FIELDS}
    answers = [
        given("open-ways", "habit", version=attack[:200], words=attack[:200], **words),
        given("__proto__", "habit", version="constructor", **words),
        given("toString", "not-yet", version="__proto__", **words),
        given(attack[:200], "habit", version="hasOwnProperty", **words),
    ]
    ran = '"__proto__": {"ran": 1, "level": "habit"}, "constructor": {"prototype": {"ran": 1}}'
    text = json.dumps(file_of(who=attack, about=attack, saved=attack, answers=answers))
    text = text.replace('{"format"', f'{{{ran}, "format"')
    take(page, text)
    for view in ("open-ways", "summary", "plan"):
        step(page, view)
    assert page.locator("[data-assess-report]").inner_text().count(image) >= 4 * len(FIELDS)
    found = saved(page)
    assert {each["principle"] for each in found["answers"]} == {each["principle"] for each in answers}
    compare_with_own(page, text)
    expect(page.locator(".assess__pair")).to_have_count(1)
    page.reload()
    expect(status(page)).to_contain_text("we’ve kept your answers")
    assert page.evaluate("() => [window.ran, ({}).ran, ({}).level]") == [None, None, None]
    for made in ("main :is(img, script:not([src], [type]))", "main a[href^='javascript']"):
        assert page.locator(made).count() == 0


def test_no_request_leaves_once_the_page_is_loaded(opened):
    page, witness = opened(until="networkidle")
    page.context.set_offline(True)
    before = len(witness.requests)
    fill_in(page)
    file = saved(page)
    compare_with_own(page, file)
    expect(page.get_by_role("heading", name="Where you see it the same way")).to_be_visible()
    step(page, "start")
    take(page, file, said="")
    page.get_by_role("dialog").get_by_role("button", name="Open the file").click()
    expect(status(page)).to_have_text("The file is open, and saved on this device.")
    page.get_by_role("button", name="Print a blank form").click()
    asked = [url for url in witness.requests[before:] if not url.startswith("blob:")]
    assert [url for url in asked if not url.endswith(FAVICON)] == []


def press_to(page, name, key="Tab"):
    """Presses a key until what has the focus is called `name`, and Enter unless that is a field."""
    for _ in range(60):
        page.keyboard.press(key)
        label, text = page.evaluate(
            "() => { const now = document.activeElement;"
            " return [now.labels?.[0]?.innerText ?? '', now.innerText ?? '']; }"
        )
        if (label or text).strip().startswith(name):
            if not label:
                page.keyboard.press("Enter")
            return
    pytest.fail(f"{name!r} is not reached by {key}")


def test_it_works_by_keyboard_alone(opened):
    page, _ = opened()
    first, second = ids(page)[:2]
    heads = [page.locator(f'[id="assess.{id}"] h2') for id in (first, second)]
    press_to(page, "Who is answering")
    page.keyboard.type("Keys")
    press_to(page, "Start with the first principle")
    expect(heads[0]).to_be_focused()
    press_to(page, "Not yet")
    page.keyboard.press("ArrowDown")
    press_to(page, "How we can tell")
    page.keyboard.type("We measured.")
    press_to(page, "Next principle")
    expect(heads[1]).to_be_focused()
    page.go_back()
    expect(heads[0]).to_be_focused()
    press_to(page, "All steps", "Shift+Tab")
    press_to(page, "Report")
    expect(page.get_by_role("heading", name="Report")).to_be_focused()
    assert reported(page)[first] == "In places"
    step(page, "start")
    press_to(page, "Delete my answers")
    expect(page.get_by_role("button", name="Keep them")).to_be_focused()
    press_to(page, "Delete them")
    expect(page.get_by_role("button", name="Delete my answers")).to_be_focused()
    expect(status(page)).to_have_text("Your answers have been deleted from this device.")
    assert page.evaluate(KEPT) is None


def test_axe_finds_nothing_on_any_step(opened, inaccessible):
    """Each kind of step, filled in and with changed words, the dialog too; and nothing is wider than the
    screen. An address that names no step, such as that of the skip link, leaves the step alone."""
    page, _ = opened()
    long = "Incomprehensibilities" * 12
    answers = [
        given("feed-the-soil", "habit", "1.0.0", shows=long, next=long, whom=long, when=long),
        given("wide-paths", "habit", "1.0.0"),
    ]
    take(page, file_of(who=long, answers=answers))
    for view in ("feed-the-soil", "summary", "plan", "compare", "start"):
        step(page, view)
        if view == "compare":
            compare_with_own(page, file_of())
            expect(page.locator(".assess__pair")).not_to_have_count(0)
        if view == "start":
            page.get_by_role("button", name="Delete my answers").click()
        assert (view, inaccessible(page)) == (view, [])
    page.keyboard.press("Escape")
    step(page, "plan")
    page.evaluate(
        """() => new Promise((done) => {
            addEventListener("hashchange", () => requestAnimationFrame(done));
            location.hash = "#content";
        })"""
    )
    expect(page.locator('[id="assess.plan"]')).to_be_visible()


def test_a_principle_s_step_prints_the_report_and_the_start_a_blank_form(opened):
    page, _ = opened()
    take(page, file_of())
    sheets = print_page(page)
    blank = " ".join(each.text for each in sheets)
    assert ("Feed the soil" in blank, "The heap steams." in blank) == (True, False)
    assert len(sheets) == 1 + len(ids(page))
    page.emulate_media(media="print")
    lines = page.locator("[data-assess-principle='feed-the-soil'] .assess__lines > span")
    assert lines.evaluate_all("all => all.every(each => each.getBoundingClientRect().height >= 28)")
    assert lines.count() == sum(field.lines for field in FIELDS)
    page.emulate_media(media="screen")
    step(page, "feed-the-soil")
    report = paper(page)
    assert ("The heap steams." in report, "Report" in report) == (True, True)


def test_without_javascript_it_is_a_form_to_fill_in_by_hand(opened):
    (live, _), (page, _) = opened(), opened(java_script_enabled=False)
    for id in ids(live):
        step(live, id)
        within = f"[id='assess.{id}']"
        parts = (f"{within} .assess__words", f"{within} fieldset")
        spoken = Counter(word for part in parts for word in probe(live, "words", part))
        assert spoken - Counter(probe(page, "words", within)) == Counter()
    assert page.locator(f"{STEPS} >> visible=true").count() == page.locator(STEPS).count() > 3
    for dead in ("input", "textarea", "button", "dialog", "a[href^='#assess']"):
        assert (dead, page.locator("main").locator(f"{dead} >> visible=true").count()) == (dead, 0)
    assert page.get_by_text("Print this page and fill it in by hand").is_visible()
    assert page.locator(".assess__lines > span >> visible=true").count() > 20
