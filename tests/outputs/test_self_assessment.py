"""A charter and its versions → what the self-assessment's page shows and its script is told."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import combinations

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from builders import make_charter, make_principle, make_release, make_section, make_theme
from charterpress import read
from charterpress.model import Class, Edition, Kind
from charterpress.outputs.html.practice import self_assessment
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.edition_view import CharterView
from charterpress.views.history import History
from conftest import ROOT
from rendering import make_pages

EXAMPLE = read.load(ROOT / "tests/example/brambleford")
HISTORY = History(EXAMPLE)
SHOWN = CharterView(charter=HISTORY.current.charter, history=HISTORY, label="Draft")
SCHEMA = json.loads(
    (ROOT / "hooks/charterpress/outputs/data/schemas/assessment-1.schema.json").read_text(encoding="utf-8")
)
SCRIPTS = ROOT / "hooks/charterpress/outputs/html/scripts"


def _page(charter, **edition):
    made = Edition(root="c", charter=charter, documents=(), entries=(), **edition)
    found = make_pages(made, committed="2026-05-03")
    return next(page for page in found if page.address == addresses.SELF_ASSESSMENT)


def _known(page):
    return json.loads(re.search(r"data-assess-known>(.*?)</script>", page.unsearched, re.DOTALL)[1])


@pytest.mark.parametrize(("old", "new"), list(combinations(HISTORY.releases, 2)))
def test_words_have_the_same_fingerprint_where_nothing_that_binds_changed(old, new):
    """The principles with another fingerprint are those whose binding words the comparison calls changed."""
    versions = self_assessment.known(SHOWN)["versions"]
    before, after = (versions[each.version]["words"] for each in (old, new))
    both = before.keys() & after.keys()
    told = {
        HISTORY.heir(change.subject)
        for change in HISTORY.changes(old, new)
        if change.class_ is Class.COMMITMENT and change.kind is not Kind.MOVED
    }
    assert {id for id in both if before[id] != after[id]} == told & both


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"summary": "Other words."}, True),
        ({"questions": ("Why?",)}, True),
        ({"title": "Leave some room"}, False),
        ({"items": ("leave *room*.", "ring a bell.")}, True),
        ({"items": ("ring a bell.", "leave room.")}, False),
        ({"items": ("leave room.", "ring  a bell.")}, True),
        ({"items": ("leave room.", "ring two bells.")}, False),
        ({"items": ("leave room.",)}, False),
        ({"items": ("leave room.", "[ring a bell](https://bell.example/).")}, False),
    ],
)
def test_a_fingerprint_is_of_what_binds(changes, same):
    def made(title="Leave room", items=("leave room.", "ring a bell."), **rest):
        return make_principle(title=title, sections=(make_section("promises", items=items),), **rest)

    first, second = (number.fingerprint(make_charter(), each) for each in (made(), made(**changes)))
    assert (first == second) is same
    assert re.fullmatch("[0-9a-f]{16}", first)


def test_the_heading_of_what_binds_belongs_to_it():
    """“We will” and “We hope to” make two promises of the same words."""
    charter = make_charter()
    binding, other = charter.sections
    hoping = replace(charter, sections=(replace(binding, heading="We hope to"), other))
    principle = charter.themes[0].principles[0]
    assert number.fingerprint(charter, principle) != number.fingerprint(hoping, principle)


def test_the_script_is_told_of_every_version():
    known = self_assessment.known(SHOWN)
    assert list(known["versions"]) == ["1.0.0", "1.0.1", "1.1.0", "2.0.0", "2.0.1", "3.0.0", "3.1.0"]
    first, last = known["versions"]["1.0.0"], known["versions"]["3.1.0"]
    assert (first["changes"], last["changes"]) == ("../../versions/compare/1.0.0..3.1.0/", "")
    assert last["words"] == known["words"]
    assert known["renamed"] == {"greet-newcomers": "first-season"}
    assert "first-season" in first["words"]
    gone = {"title": "Keep the paths wide", "address": "../../charter/ground/wide-paths/"}
    assert known["gone"]["wide-paths"] == gone
    assert (known["version"], known["called"]) == ("3.1.0", "Version 3.1.0 of 20 October 2025")


def test_titles_that_the_charter_had_are_known():
    """A file that was saved before the charter was renamed is still its own."""
    first = make_release(charter=make_charter(title="The Old Charter"))
    second = make_release(first, charter=make_charter(title="The New Charter"))
    known = _known(_page(make_charter(title="A Draft of Another"), releases=(first, second)))
    assert known["titles"] == ["The Old Charter", "The New Charter"]
    hostile = "</script><script>alert(1)</script>"
    draft = _known(_page(make_charter(title=hostile)))
    assert (draft["version"], draft["versions"], draft["charter"]) == ("draft", {}, hostile)


def test_the_schema_the_page_and_the_documentation_say_the_same():
    Draft202012Validator.check_schema(SCHEMA)
    answer = SCHEMA["$defs"]["answer"]["properties"]
    assert answer["level"]["enum"] == ["", *(level.id for level in self_assessment.levels())]
    assert [name for name, rule in answer.items() if rule == {**rule, "$ref": "#/$defs/words"}] == [
        field.id for field in self_assessment.fields()
    ]
    assert SCHEMA["$defs"]["words"]["maxLength"] == self_assessment.LONGEST
    written = (SCRIPTS / "assessment/file.js").read_text(encoding="utf-8")
    assert json.dumps([field.id for field in self_assessment.fields()]) in written
    guide = (ROOT / "docs/developers/self-assessment.md").read_text(encoding="utf-8")
    shown = json.loads(guide.partition("```json\n")[2].partition("```")[0])
    assert list(Draft202012Validator(SCHEMA, format_checker=FormatChecker()).iter_errors(shown)) == []
    assert all(f"`{level.id}`" in guide for level in self_assessment.levels())


def test_a_charter_with_many_versions_keeps_the_page_small():
    principles = tuple(make_principle(f"principle-number-{place}") for place in range(15))
    charter = make_charter(themes=(make_theme(principles=principles),))
    releases = [make_release(charter=charter)]
    for _ in range(29):
        releases.append(make_release(releases[-1], charter=charter))
    one, many = (_page(charter, releases=tuple(found)) for found in (releases[:1], releases))
    assert len(many.unsearched) - len(one.unsearched) < 30_000


def test_the_scripts_put_no_html_together():
    """Words reach the page as text: nothing in the scripts parses HTML or runs words as a script."""
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc"
        r"|\beval\b|new Function|\bfetch\(|XMLHttp|sendBeacon|import\("
    )
    scripts = {path.name: path.read_text(encoding="utf-8") for path in (SCRIPTS / "assessment").glob("*.js")}
    assert {name: found for name, text in scripts.items() if (found := forbidden.findall(text))} == {}
