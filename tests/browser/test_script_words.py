"""What scripts say comes from the catalogs: in the pseudo-language, whose messages stand between marks, they
say nothing else but the charter's own words and what was typed."""

import re
from runpy import run_path

import pytest
from babel.messages.extract import extract
from playwright.sync_api import expect

from charterpress.outputs.assets import SCRIPTS
from charterpress.outputs.html import script_words
from charterpress.outputs.html.sign_form import answers_file
from charterpress.read import load
from charterpress.text.dates import month_in_words
from charterpress.text.interface import MARKS, PSEUDO, Message, use_language

LITERAL = r'"((?:[^"\\]|\\.)*)"'
CALL = re.compile(rf"\b(n?gettext|pgettext)\(\s*{LITERAL}(?:,\s*{LITERAL})?")
_WORD = re.compile(r"[^\W\d_]{3,}")


def words_of(*texts):
    """The words of some texts, in small letters."""
    return set(_WORD.findall(" ".join(texts).lower()))


def scripts():
    """Our own scripts."""
    return [path for path in sorted(SCRIPTS.rglob("*.js")) if "vendor" not in path.parts]


def literals(path):
    """Yield every message that a script asks for, as it stands there."""
    for name, *arguments in CALL.findall(path.read_text(encoding="utf-8")):
        first, second = (each.replace('\\"', '"') for each in arguments)
        if name == "pgettext":
            yield Message(second, "", first)
        else:
            yield Message(first, second if name == "ngettext" else "")


def test_the_catalogs_have_every_message_of_a_script(root):
    """Babel passes over what stands within a template literal."""
    catalogs = run_path(str(root / ".ci/catalogs.py"))
    options = {"keywords": catalogs["KEYWORDS"], "options": catalogs["OPTIONS"]["javascript"]}
    for path in scripts():
        with path.open("rb") as file:
            found = {(message, context) for _, message, _, context in extract("javascript", file, **options)}
        wanted = {
            ((each.id, each.plural) if each.plural else each.id, each.context or None)
            for each in literals(path)
        }
        assert (path.name, found) == (path.name, wanted)


@pytest.fixture(scope="module")
def words():
    """The file of words of the pseudo-language."""
    every = dict.fromkeys(each for path in scripts() for each in literals(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(script_words.interface, "messages", lambda _place: iter(every))
        return script_words.words_script(PSEUDO).decode()


@pytest.fixture(scope="module")
def theirs(root, example_site):
    """The words that the charter and its signatories brought along, in small letters."""
    found = [path.read_text(encoding="utf-8") for path in (example_site / "versions").rglob("charter.json")]
    found.append((example_site / "signatories/signatories.json").read_text(encoding="utf-8"))
    return words_of(*found)


@pytest.fixture
def spoken(browser, words, example_server):
    """spoken(address) opens a page of the example whose scripts speak the pseudo-language."""
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(60_000)
    context.add_init_script(words)
    page = context.new_page()

    def opened(address):
        page.goto(example_server + address)
        return page

    yield opened
    context.close()


def unmarked(text, *known):
    """The words of `text` outside the marks that are not among those `known`."""
    before, after = MARKS
    depth, outside = 0, []
    for sign in text:
        depth += (sign == before) - (sign == after)
        outside.append(" " if depth or sign == after else sign)
    assert depth == 0
    assert before in text, text
    return {
        word for word in _WORD.findall("".join(outside).lower()) if not any(word in each for each in known)
    }


def test_the_button_for_colours_and_the_changes_of_a_version(spoken):
    page = spoken("versions/2.0.0/changes/")
    assert unmarked(page.locator("[data-colours-name]").inner_text()) == set()
    place = page.locator("[data-step-place]")
    assert unmarked(place.inner_text()) == set()
    page.locator("[data-step='1']").click()
    assert unmarked(place.inner_text()) == set()


def test_two_versions_that_are_compared(spoken, theirs):
    page = spoken("versions/compare/?from=1.0.0&to=2.0.0")
    said, shown = page.locator("[data-pair-said]"), page.locator("[data-pair-shown]")
    expect(shown).to_be_visible()
    assert unmarked(said.inner_text()) == set()
    groups = page.locator("[data-changes] .groups")
    assert unmarked(shown.inner_text(), theirs) == set()
    assert unmarked(groups.inner_text(), theirs, headings()) == set()
    page = spoken("versions/compare/?from=0.9&to=2.0.0")
    assert unmarked(page.locator("[data-pair-said]").inner_text()) == set()


def headings():
    """The headings of the sections of a version's page, which are the template's."""
    return words_of("What people do", "How you can tell", "What helps", "Questions to reflect on")


def test_the_behaviours_of_a_theme(spoken):
    page = spoken("practice/competencies/")
    said = page.locator("[data-themes-said]")
    assert unmarked(said.inner_text()) == set()
    page.locator("#filter-theme").select_option("water")
    assert unmarked(said.inner_text()) == set()


def test_the_list_of_signatories(spoken):
    page = spoken("signatories/")
    said, field = page.locator("[data-register-said]"), page.locator("#filter-words")
    for typed in ("", "hill", "nobody at all"):
        field.fill(typed)
        expect(said).to_contain_text(MARKS[0])
        assert unmarked(said.inner_text()) == set()


@pytest.mark.parametrize("address", ["", "versions/1.0.0/"])
def test_the_search(spoken, theirs, address):
    page = spoken(address)
    field, status = page.locator("#search-query"), page.locator("[role=search] [role=status]").first
    for typed in ("bees", "beees", "wheelchar", "qqqqqq", "the gate zzzzzz"):
        field.fill(typed)
        expect(status).to_contain_text("~")
        assert unmarked(status.inner_text(), theirs, words_of(typed), {"version"}) == set()
        for each in page.locator(".search__more").all():
            named = [link.inner_text() for link in each.locator("a").all()]  # titles of pages
            assert (
                unmarked(
                    MARKS[0] + MARKS[1] + each.inner_text(), theirs, words_of(typed, *named), {"version"}
                )
                == set()
            )


def test_the_self_assessment(spoken, theirs):
    page = spoken("practice/self-assessment/#assess.open-ways")
    step = page.locator("#assess\\.open-ways")
    step.locator("label.assess__level").first.click()
    step.get_by_label("How we can tell").fill("xxxx")
    said = page.locator("[data-assess-said]")
    expect(said).to_contain_text(MARKS[0])
    assert unmarked(said.inner_text()) == set()
    assert unmarked(page.locator("[data-assess-place]").inner_text()) == set()
    # What the page tells the script: its answers and questions, and the text's name; and the day of today.
    told = words_of("xxxx Not yet", step.inner_text(), page.locator(".text-version").inner_text())
    told |= words_of(*(month_in_words(f"2026-{month:02}") for month in range(1, 13)))
    for name in ("report", "plan"):
        page.evaluate(f"location.hash = '#assess.{'summary' if name == 'report' else name}'")
        place = page.locator(f"[data-assess-{name}]")
        expect(place).to_be_visible()
        assert unmarked(place.inner_text(), theirs, told) == set()


def test_the_form_to_sign(spoken, root):
    edition = load(root / "tests/example/brambleford")
    with use_language(PSEUDO):
        table = answers_file(edition)
    page = spoken("sign/")
    page.route("**/answers.json", lambda route: route.fulfill(body=table, content_type="application/json"))
    form = page.locator("[data-sign-form]")
    form.locator("input[value=sign]").check()
    form.locator("[data-on]").click()
    said = page.locator("[data-said]")
    expect(said).to_contain_text(MARKS[0])
    assert unmarked(said.inner_text()) == set()
    form.locator("[data-on]").click()
    faults = form.locator("[data-faults] ul")
    expect(faults).to_be_visible()
    assert unmarked(faults.inner_text()) == set()
    for words in ("a\u200bb", "=SUM(A1)", "p\u0430ypal", "x" * 300, "quay@harbour.org"):
        form.locator("#form\\.organisation\\.name").fill(words)
        form.locator("[data-on]").click()
        expect(faults).to_be_visible()
        typed = set(_WORD.findall(words.lower())) | {
            "quay",
            "harbour",
            "org",
            "sum",
            "zero",
            "width",
            "space",
        }
        assert unmarked(faults.inner_text(), typed, {"cyrillic", "latin"}) == set()
