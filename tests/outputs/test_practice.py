"""The section of practice: which pages there are, what they are made of, and which version they speak of."""

from __future__ import annotations

import csv
import functools
import io
import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import html

from builders import make_charter, make_principle, make_release, make_section, make_theme
from charterpress.model import Behaviour, Edition
from charterpress.outputs.data import competencies
from charterpress.outputs.data.competencies import competency_files
from charterpress.outputs.html.practice.practice_pages import LARGEST, SMALLEST, session, type_size
from charterpress.outputs.style.look import Paper
from charterpress.views import addresses
from charterpress.views.edition_view import edition_view
from rendering import make_pages
from words import said

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads(
    (ROOT / "hooks/charterpress/outputs/data/schemas" / f"{competencies.FORMAT}.schema.json").read_text(
        encoding="utf-8"
    )
)
SHEETS = {
    *("competencies", "recruiting", "induction", "supervision"),
    *("self-assessment", "reflect", "reflect/log", "reflect/action-learning", "when-it-is-not-working"),
    *("before-you-start", "cafe", "one-page", "easy-read"),
}
MOOR = Behaviour(
    behaviour="Moors at the end",
    measure="The middle is free",
    support="A chart of the quay",
    interview="Tell us about a full quay. Where did you moor?",
)
ROOM = make_principle(
    "leave-room", plain=("We leave room for you.", "You can always land."), behaviours=(MOOR,)
)


def _charter(*principles, **changes):
    """A charter of one theme, which turns to its first principle when something is not working."""
    principles = principles or (ROOM, make_principle("read-the-tables"))
    return make_charter(
        themes=(make_theme("moorings", principles),),
        **{"repair": (principles[0].id,), "start_words": ("every day",), **changes},
    )


def _edition(charter, release=None):
    releases = (release,) if release else ()
    return Edition(root="charter", charter=charter, documents=(), entries=(), releases=releases)


@functools.cache
def _pages(charter, release=None):
    """The pages of the section by the last part of their address, '' for the index."""
    every = make_pages(_edition(charter, release), committed="2027-05-01")
    found = [page for page in every if page.address.startswith(addresses.PRACTICE)]
    return {page.address.removeprefix(addresses.PRACTICE).strip("/"): page for page in found}


def _tree(page):
    return html.fromstring(f"<div>{page.html}{page.unsearched}</div>")


def test_the_index_lists_every_page_of_the_section():
    made = _pages(_charter())
    assert set(made) == {"", *SHEETS}
    links = {link.get("href").strip("/") for link in _tree(made[""]).cssselect(".sheets a")}
    assert links == SHEETS


@pytest.mark.parametrize(
    ("charter", "missing"),
    [
        (_charter(replace(ROOM, behaviours=())), {"competencies", "recruiting", "induction", "supervision"}),
        (_charter(replace(ROOM, questions=())), {"reflect", "reflect/log", "reflect/action-learning"}),
        (_charter(repair=()), {"when-it-is-not-working"}),
        (_charter(repair=("sunk",)), {"when-it-is-not-working"}),
        (_charter(start_words=()), {"before-you-start"}),
        (_charter(start_words=("every night",)), {"before-you-start"}),
    ],
)
def test_what_the_charter_does_not_say_has_no_page_and_no_link(charter, missing):
    made = _pages(charter)
    assert set(made) == {"", *SHEETS} - missing
    for page in made.values():
        links = _tree(page).xpath("//a/@href")
        assert [link for name in missing for link in links if name in link.split("#")[0].split("/")] == []


def test_the_guide_is_made_of_the_principles_that_the_charter_names_in_its_order():
    first, second, third = (make_principle(id) for id in ("one", "two", "three"))
    made = _pages(_charter(first, second, third, repair=("three", "one")))
    headings = [each.get("id") for each in _tree(made["when-it-is-not-working"]).cssselect("h3")]
    assert headings == ["three", "one"]
    assert "three every day." in said(_tree(made["when-it-is-not-working"]))


def test_the_sheet_for_a_start_has_each_binding_sentence_with_the_words_of_today_s_settings():
    """The words are looked for in the release, whatever the working text says by now."""
    released = make_release(charter=_charter(start_words=()))
    proposed = _charter(replace(ROOM, sections=()), start_words=("ROOM every",))
    (heading,) = _tree(_pages(proposed, released)["before-you-start"]).cssselect(".to-write")
    assert said(heading) == "1.1a Leave room We promise to leave room every day."
    (link,) = heading.cssselect("h2 a")
    assert link.get("href").endswith("charter/moorings/leave-room/#leave-room.leave-room-every-day")


def test_a_sheet_with_much_to_write_has_fewer_lines_for_each():
    charters = [_charter(*(make_principle(f"rule-{place}") for place in range(n))) for n in (1, 5, 8, 30)]
    sheets = [_tree(_pages(each)["before-you-start"]).cssselect(".to-write") for each in charters]
    assert [len(each[0].cssselect(".blank__line")) for each in sheets] == [5, 3, 1, 1]


@pytest.mark.parametrize("name", ["", *sorted(SHEETS)])
def test_each_page_says_which_version_it_speaks_of(name):
    released = make_release(charter=_charter(), version="2.3.0", date="2027-05-04")
    page = _pages(_charter(), released)[name]
    link = _tree(page).cssselect(".text-version a")[0]
    assert link.text_content() == "version 2.3.0 of 4 May 2027"
    assert link.get("href").endswith("../versions/2.3.0/")
    assert page.footer == f"Version 2.3.0 of 4 May 2027 · {released.sha256[:12]}"
    assert page.notice == ""
    draft = _pages(_charter())[name]
    assert "draft of 1 May 2027, which hasn’t been released yet" in said(_tree(draft))
    assert draft.footer == "Draft of 1 May 2027"
    assert "Draft of 1 May 2027" in draft.notice


def test_the_sheets_keep_the_words_of_the_version_until_the_next():
    proposed = _charter(replace(ROOM, title="Leave more room"))
    made = _pages(proposed, make_release(charter=_charter()))
    assert [name for name, page in made.items() if "Leave more room" in said(_tree(page))] == []


ABOUT_WORK = {"competencies", "recruiting", "induction", "supervision", "self-assessment"}


@pytest.mark.parametrize(
    ("field", "words", "value", "shown"),
    [
        ("title", "Make room", "Make room", SHEETS - {"reflect/log", "reflect/action-learning", "cafe"}),
        ("behaviours", "Reads the wind", (replace(MOOR, behaviour="Reads the wind"),),
         ABOUT_WORK | {"when-it-is-not-working"}),
        ("sections", "Room, every day!", (make_section("promises", items=("Room, every day!",)),),
         {"before-you-start", "self-assessment", "when-it-is-not-working"}),
        ("questions", "Whose gap was it?", ("Whose gap was it?",),
         {"supervision", "reflect", "reflect/action-learning", "when-it-is-not-working"}),
        ("plain", "We make room.", ("We make room.",), {"easy-read"}),
    ],
)  # fmt: skip
def test_a_changed_principle_changes_every_sheet_that_shows_it(field, words, value, shown):
    before, after = _pages(_charter(ROOM)), _pages(_charter(replace(ROOM, **{field: value})))
    assert {name for name, page in before.items() if words in said(_tree(page))} == set()
    assert {name for name, page in after.items() if words in said(_tree(page))} == shown


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
    twenty, hour = session("Twenty minutes"), session("Action learning")
    assert [sum(step.minutes for step in steps) for steps in (twenty, hour)] == [20, 60]
    assert [step.start for step in twenty] == [0, 2, 6, 14, 18]


def test_easy_words_fall_back_on_the_summary():
    made = _pages(_charter(ROOM, make_principle("read-the-tables")))["easy-read"]
    lines = [each.text_content() for each in _tree(made).cssselect(".easy__principle p")]
    assert lines == ["We leave room for you.", "You can always land.", "How we read the tables."]


def test_american_paper_has_no_more_room_on_the_wall_than_a4():
    charters = [
        _charter(*(make_principle(f"p-{place}", summary="x" * 150) for place in range(count)))
        for count in range(1, 40)
    ]
    sizes = [(type_size(each, Paper.LETTER), type_size(each)) for each in charters]
    assert all(letter <= a4 for letter, a4 in sizes)
    assert any(letter < a4 for letter, a4 in sizes)


def test_the_more_stands_on_the_wall_the_smaller_it_is():
    sizes = [
        type_size(_charter(*(make_principle(f"p-{place}", summary="x" * 150) for place in range(count))))
        for count in (1, 5, 10, 20, 400)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (LARGEST, SMALLEST)
    style = (ROOT / "hooks/charterpress/outputs/style/print.css").read_text(encoding="utf-8")
    for size in range(SMALLEST, LARGEST + 1):
        assert f".poster--{size}pt {{ font-size: {size}pt; }}" in style


def _files(charter, release=None):
    return competency_files(edition_view(_edition(charter, release), "").shown)


def test_the_framework_as_data_is_as_its_schema_says():
    Draft202012Validator.check_schema(SCHEMA)
    release = make_release(charter=_charter())
    for given, of in ((release, [release.version, release.sha256]), (None, [None, None])):
        values = json.loads(_files(release.charter, given)[addresses.COMPETENCIES_JSON])
        assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(values)] == []
        assert [values["version"], values["sha256"]] == of
    room, tables = values["competencies"]
    assert room == {
        "theme": {"id": "moorings", "number": "1", "title": "Moorings"},
        "principle": {"id": "leave-room", "number": "1.1", "title": "Leave room"},
        "place": 1,
    } | asdict(MOOR)
    assert tables["interview"] is None
    tables.pop("measure")
    assert list(Draft202012Validator(SCHEMA).iter_errors(values))
    assert _files(_charter(replace(ROOM, behaviours=()))) == competency_files(None) == {}


def test_a_cell_of_the_table_is_never_worked_out():
    behaviour = Behaviour(
        behaviour='=HYPERLINK("x")', measure="+1", support="@me", interview="Two\nlines, “ok”"
    )
    data = _files(_charter(replace(ROOM, behaviours=(behaviour,))))[addresses.COMPETENCIES_CSV]
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


def test_the_real_charter_asks_for_what_happened_and_says_each_principle_in_easy_words(charter):
    """An open question: nobody can answer it with yes or no, or with an opinion alone."""
    asked = [each.interview for _, principle in charter.principles() for each in principle.behaviours]
    assert len(asked) == len(set(asked)) > 30
    openings = ("Tell us", "Describe", "Explain to us, with an example")
    assert [question for question in asked if not question.startswith(openings)] == []
    assert [principle.id for _, principle in charter.principles() if not 3 <= len(principle.plain) <= 6] == []
