"""The section of practice: which pages there are, what they are made of, and which version they speak of."""

from __future__ import annotations

import csv
import functools
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import html

from builders import make_charter, make_principle, make_release, make_theme
from charterpress.model import Behaviour, Edition
from charterpress.outputs.data import competencies
from charterpress.outputs.data.competencies import competency_files
from charterpress.outputs.html.practice import reflect
from charterpress.outputs.html.practice.summary import LARGEST, SMALLEST, type_size
from charterpress.views import addresses
from charterpress.views.competencies import competencies as every_competency
from charterpress.views.edition_view import edition_view
from rendering import make_pages

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads(
    (ROOT / "hooks/charterpress/outputs/data/schemas" / f"{competencies.FORMAT}.schema.json").read_text(
        encoding="utf-8"
    )
)
SHEETS = {
    *("competencies", "recruiting", "induction", "supervision"),
    *("self-assessment", "reflect", "reflect/log", "reflect/action-learning", "when-it-is-not-working"),
    *("cafe", "one-page", "easy-read"),
}
ROOM = make_principle(
    "leave-room",
    plain=("We leave room for you.", "You can always land."),
    behaviours=(
        Behaviour(
            behaviour="Moors at the end",
            measure="The middle is free",
            support="A chart of the quay",
            interview="Tell us about a full quay. Where did you moor?",
        ),
    ),
)


def _charter(*principles, **changes):
    """A charter of one theme, which turns to its first principle when something is not working."""
    principles = principles or (ROOM, make_principle("read-the-tables"))
    return make_charter(
        themes=(make_theme("moorings", principles),), **{"repair": (principles[0].id,), **changes}
    )


@functools.cache
def _pages(charter, release=None):
    """The pages of the section by the last part of their address, '' for the index."""
    edition = Edition(
        root="charter", charter=charter, documents=(), entries=(), releases=(release,) if release else ()
    )
    every = make_pages(edition, committed="2027-05-01")
    found = [page for page in every if page.address.startswith(addresses.PRACTICE)]
    return {page.address.removeprefix(addresses.PRACTICE).strip("/"): page for page in found}


def _tree(page):
    return html.fromstring(f"<div>{page.html}{page.unsearched}</div>")


def _text(page):
    return " ".join(_tree(page).text_content().split())


def test_the_index_lists_every_page_of_the_section():
    made = _pages(_charter())
    assert set(made) == {"", *SHEETS}
    links = {link.get("href").strip("/") for link in _tree(made[""]).cssselect(".sheets a")}
    assert links == SHEETS


@pytest.mark.parametrize(
    ("bare", "missing"),
    [
        ({"behaviours": ()}, {"competencies", "recruiting", "induction", "supervision"}),
        ({"questions": ()}, {"reflect", "reflect/log", "reflect/action-learning"}),
    ],
)
def test_what_the_charter_does_not_say_has_no_page_and_no_link(bare, missing):
    """Nobody is led to a page that is not there."""
    made = _pages(_charter(replace(ROOM, **bare)))
    assert set(made) == {"", *SHEETS} - missing
    for page in made.values():
        links = [link.get("href") for link in _tree(page).cssselect("a[href]")]
        assert [link for name in missing for link in links if name in link.split("#")[0].split("/")] == []


def test_without_principles_to_turn_to_there_is_no_guide():
    assert set(_pages(_charter(repair=()))) == {"", *SHEETS - {"when-it-is-not-working"}}
    assert "when-it-is-not-working" not in _pages(_charter(repair=("sunk",)))


def test_the_guide_is_made_of_the_principles_that_the_charter_names_in_its_order():
    first, second, third = (make_principle(id) for id in ("one", "two", "three"))
    made = _pages(_charter(first, second, third, repair=("three", "one")))
    headings = [each.get("id") for each in _tree(made["when-it-is-not-working"]).cssselect("h3")]
    assert headings == ["three", "one"]
    assert "three every day." in _text(made["when-it-is-not-working"])


@pytest.mark.parametrize("name", ["", *sorted(SHEETS)])
def test_each_page_says_which_version_it_speaks_of(name):
    released = make_release(charter=_charter(), version="2.3.0", date="2027-05-04")
    page = _pages(_charter(), released)[name]
    link = _tree(page).cssselect(".text-version a")[0]
    assert link.text_content() == "version 2.3.0 of 4 May 2027"
    assert link.get("href").endswith("../versions/2.3.0/")
    assert page.footer == f"Version 2.3.0 of 4 May 2027 · {released.sha256[:12]}"
    assert page.notice == ""


@pytest.mark.parametrize("name", ["", *sorted(SHEETS)])
def test_before_there_is_a_version_each_page_says_that_it_is_a_draft(name):
    page = _pages(_charter())[name]
    assert "draft of 1 May 2027, which nobody has released yet" in _text(page)
    assert page.footer == "Draft of 1 May 2027"
    assert "Draft of 1 May 2027" in page.notice


def test_the_sheets_keep_the_words_of_the_version_until_the_next():
    proposed = _charter(replace(ROOM, title="Leave more room"))
    made = _pages(proposed, make_release(charter=_charter()))
    assert [name for name, page in made.items() if "Leave more room" in _text(page)] == []


OF = {
    "behaviours": "Reads the wind",
    "questions": "Whose gap was it?",
    "plain": "We make room.",
    "title": "Make room",
}
SHOWN = {
    "title": SHEETS - {"reflect/log", "reflect/action-learning", "cafe"},
    "behaviours": {
        *("competencies", "recruiting", "induction", "supervision", "self-assessment"),
        "when-it-is-not-working",
    },
    "questions": {"supervision", "reflect", "reflect/action-learning", "when-it-is-not-working"},
    "plain": {"easy-read"},
}


@pytest.mark.parametrize("field", sorted(OF))
def test_a_changed_principle_changes_every_sheet_that_shows_it(field):
    words = OF[field]
    value = {
        "title": words,
        "questions": (words,),
        "plain": (words,),
        "behaviours": (replace(ROOM.behaviours[0], behaviour=words),),
    }[field]
    before, after = _pages(_charter(ROOM)), _pages(_charter(replace(ROOM, **{field: value})))
    assert {name for name, page in before.items() if words in _text(page)} == set()
    assert {name for name, page in after.items() if words in _text(page)} == SHOWN[field]


def test_words_are_shown_as_they_stand_and_never_run():
    hostile = '<img src=x onerror=alert(1)> {{ 7 * 7 }} & "quoted" </section><script>'
    behaviour = Behaviour(behaviour=hostile, measure=hostile, support=hostile, interview=hostile)
    principle = replace(
        ROOM, title=hostile, summary=hostile, plain=(hostile,), questions=(hostile,), behaviours=(behaviour,)
    )
    for name, page in _pages(_charter(principle, title=hostile, summary=hostile)).items():
        scripts = _tree(page).cssselect("script:not([type='application/json'])")
        assert [each for each in scripts if "/assets/javascripts/" not in each.get("src", "")] == [], name
        for told in _tree(page).cssselect("script[type='application/json']"):
            json.loads(told.text_content())
        assert _tree(page).cssselect("img") == [], name
        assert "{{ 7 * 7 }}" in page.html + page.unsearched or name in {"reflect/log", "cafe"}, name


def test_the_minutes_add_up():
    session, learning = reflect.session("Twenty minutes"), reflect.session("Action learning")
    assert [sum(step.minutes for step in steps) for steps in (session, learning)] == [20, 60]
    assert [step.start for step in session] == [0, 2, 6, 14, 18]


def test_easy_words_fall_back_on_the_summary():
    made = _pages(_charter(ROOM, make_principle("read-the-tables")))["easy-read"]
    lines = [each.text_content() for each in _tree(made).cssselect(".easy__principle p")]
    assert lines == ["We leave room for you.", "You can always land.", "How we read the tables."]


def test_the_more_stands_on_the_wall_the_smaller_it_is():
    sizes = [
        type_size(_charter(*(make_principle(f"p-{place}", summary="x" * 150) for place in range(count))))
        for count in (1, 5, 10, 20, 400)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (LARGEST, SMALLEST)
    style = (ROOT / "hooks/charterpress/outputs/style/print.css").read_text(encoding="utf-8")
    assert [
        size
        for size in range(SMALLEST, LARGEST + 1)
        if f".poster--{size}pt {{ font-size: {size}pt; }}" not in style
    ] == []


def _view(charter, release=None):
    """A charter as its site shows it."""
    releases = (release,) if release else ()
    edition = Edition(root="c", charter=charter, documents=(), entries=(), releases=releases)
    return edition_view(edition, "").shown


def test_the_framework_as_data_is_as_its_schema_says():
    Draft202012Validator.check_schema(SCHEMA)
    release = make_release(charter=_charter())
    for given in (release, None):
        values = json.loads(competency_files(_view(release.charter, given))[addresses.COMPETENCIES_JSON])
        assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(values)] == []
        assert (values["version"], values["sha256"]) == (
            (given.version, given.sha256) if given else (None, None)
        )
    room, tables = values["competencies"]
    assert room == {
        "theme": {"id": "moorings", "number": "1", "title": "Moorings"},
        "principle": {"id": "leave-room", "number": "1.1", "title": "Leave room"},
        "place": 1,
        "behaviour": "Moors at the end",
        "measure": "The middle is free",
        "support": "A chart of the quay",
        "interview": "Tell us about a full quay. Where did you moor?",
    }
    assert tables["interview"] is None


def test_the_schema_refuses_what_is_not_there():
    values = json.loads(competency_files(_view(_charter()))[addresses.COMPETENCIES_JSON])
    values["competencies"][0].pop("measure")
    assert list(Draft202012Validator(SCHEMA).iter_errors(values))


def test_a_cell_of_the_table_is_never_worked_out():
    behaviour = Behaviour(
        behaviour='=HYPERLINK("x")', measure="+1", support="@me", interview="Two\nlines, “ok”"
    )
    data = competency_files(_view(_charter(replace(ROOM, behaviours=(behaviour,)))))[
        addresses.COMPETENCIES_CSV
    ]
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert row == {
        "version": "",
        "theme": "Moorings",
        "number": "1.1",
        "id": "leave-room",
        "principle": "Leave room",
        "place": "1",
        "behaviour": '\'=HYPERLINK("x")',
        "measure": "'+1",
        "support": "'@me",
        "interview": "Two\nlines, “ok”",
    }


def test_without_behaviours_there_are_no_files():
    assert competency_files(_view(_charter(replace(ROOM, behaviours=())))) == {}
    assert competency_files(None) == {}


def test_every_behaviour_of_the_real_charter_has_a_question_that_asks_for_what_happened(charter):
    asked = [each.behaviour.interview for each in every_competency(charter)]
    assert len(asked) > 30
    assert len(set(asked)) == len(asked)
    openings = ("Tell us", "Describe", "Explain to us, with an example")
    assert [question for question in asked if not question.startswith(openings)] == []


def test_every_principle_of_the_real_charter_is_said_in_easy_words(charter):
    assert [principle.id for _, principle in charter.principles() if not 3 <= len(principle.plain) <= 6] == []
