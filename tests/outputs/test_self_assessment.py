"""A charter and its versions → what the self-assessment's page shows and its script is told."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from builders import make_charter, make_principle, make_release, make_section, make_theme
from charterpress import read
from charterpress.model import Class, Edition, Kind
from charterpress.outputs.html.practice import self_assessment
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.charter_view import CharterView
from charterpress.views.history import History
from conftest import ROOT
from rendering import make_pages

EXAMPLE = read.load(ROOT / "tests/example/charter")
HISTORY = History(EXAMPLE)
SHOWN = CharterView(charter=HISTORY.current.charter, history=HISTORY, label="Draft")
SCHEMA = json.loads(
    (ROOT / "hooks/charterpress/outputs/data/schemas/assessment-1.schema.json").read_text(encoding="utf-8")
)
SCRIPTS = ROOT / "hooks/charterpress/outputs/html/scripts"


def _page(charter, **edition):
    """The page of the self-assessment of a charter."""
    made = Edition(root="c", charter=charter, documents=(), entries=(), **edition)
    found = make_pages(made, committed="2026-05-03")
    return next(page for page in found if page.address == addresses.SELF_ASSESSMENT)


def _known(page):
    """What its script is told."""
    return json.loads(re.search(r"data-assess-known>(.*?)</script>", page.unsearched, re.DOTALL)[1])


def test_words_have_the_same_fingerprint_where_nothing_that_binds_changed():
    releases = HISTORY.releases
    versions = self_assessment.known(SHOWN)["versions"]
    found = 0
    for old, new in ((old, new) for place, old in enumerate(releases) for new in releases[place + 1 :]):
        before, after = (versions[each.version]["words"] for each in (old, new))
        both = before.keys() & after.keys()
        told = {
            HISTORY.heir(change.subject)
            for change in HISTORY.changes(old, new)
            if change.class_ is Class.COMMITMENT and change.kind is not Kind.MOVED
        }
        assert {id for id in both if before[id] != after[id]} == told & both
        found += len(told & both)
    assert found > 5


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"summary": "Other words."}, True),
        ({"questions": ("Why?",)}, True),
        ({"title": "Leave some room"}, False),
        ({"sections": ("leave *room*.", "ring a bell.")}, True),
        ({"sections": ("ring a bell.", "leave room.")}, False),
        ({"sections": ("leave room.", "ring  a bell.")}, True),
        ({"sections": ("leave room.", "ring two bells.")}, False),
        ({"sections": ("leave room.",)}, False),
        ({"sections": ("leave room.", "[ring a bell](https://bell.example/).")}, False),
    ],
)
def test_a_fingerprint_is_of_what_binds(changes, same):
    def made(title="Leave room", sections=("leave room.", "ring a bell."), **rest):
        promises = make_section("promises", "\n".join(f"- {item}" for item in sections), sections)
        return make_principle(title=title, sections=(promises, make_section(**rest.pop("why", {}))), **rest)

    charter = make_charter()
    first, second = number.fingerprint(charter, made()), number.fingerprint(charter, made(**changes))
    assert (first == second) is same
    assert re.fullmatch("[0-9a-f]{16}", first)


def test_the_heading_of_what_binds_belongs_to_it():
    charter, principle = make_charter(), make_charter().themes[0].principles[0]
    shapes = tuple(
        replace(shape, heading="We hope to") if shape.binding else shape for shape in charter.sections
    )
    other = replace(charter, sections=shapes)
    assert number.fingerprint(charter, principle) != number.fingerprint(other, principle)


def test_the_script_is_told_of_every_version():
    known = self_assessment.known(SHOWN)
    assert list(known["versions"]) == ["1.0.0", "1.0.1", "1.1.0", "2.0.0", "2.0.1"]
    assert known["versions"]["1.0.0"]["changes"] == "../../versions/compare/1.0.0..2.0.1/"
    assert known["versions"]["2.0.1"]["changes"] == ""
    assert known["versions"]["2.0.1"]["words"] == known["words"]
    assert known["renamed"] == {"greet-newcomers": "first-season"}
    assert "first-season" in known["versions"]["1.0.0"]["words"]
    assert known["gone"]["wide-paths"] == {
        "title": "Keep the paths wide",
        "address": "../../charter/ground/wide-paths/",
    }
    assert (known["version"], known["called"]) == ("2.0.1", "Version 2.0.1 of 8 April 2024")


def test_the_page_speaks_of_the_release_and_not_of_the_draft():
    old = make_release(charter=make_charter())
    principle = make_principle(title="Words of the draft")
    page = _page(make_charter(themes=(make_theme(principles=(principle,)),)), releases=(old,))
    assert "Words of the draft" not in page.html + page.unsearched
    assert old.charter.themes[0].principles[0].title in page.unsearched
    assert f"version {old.version} of" in page.html
    assert old.sha256[:12] in page.footer
    assert page.notice == ""


def test_before_a_release_the_page_says_that_it_is_of_a_draft():
    page = _page(make_charter())
    assert "draft of 3 May 2026</a>, which nobody has released yet" in page.html
    assert page.notice
    assert (_known(page)["version"], _known(page)["versions"]) == ("draft", {})


def test_titles_that_the_charter_had_are_known():
    first = make_release(charter=make_charter(title="The Old Charter"))
    second = make_release(first, charter=make_charter(title="The New Charter"))
    known = _known(_page(make_charter(title="A Draft of Another"), releases=(first, second)))
    assert known["titles"] == ["The Old Charter", "The New Charter"]


def test_hostile_words_stay_words():
    attack = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    principle = make_principle(title=attack, summary=attack)
    page = _page(make_charter(title=attack, themes=(make_theme(principles=(principle,), title=attack),)))
    assert "<script>alert" not in page.html + page.unsearched
    assert "<img" not in page.html + page.unsearched
    assert _known(page)["charter"] == attack


def test_the_schema_the_page_and_the_documentation_say_the_same():
    Draft202012Validator.check_schema(SCHEMA)
    answer = SCHEMA["$defs"]["answer"]["properties"]
    assert answer["level"]["enum"] == ["", *(level.id for level in self_assessment.LEVELS)]
    assert [name for name, rule in answer.items() if rule == {**rule, "$ref": "#/$defs/words"}] == [
        field.id for field in self_assessment.FIELDS
    ]
    assert SCHEMA["$defs"]["words"]["maxLength"] == self_assessment.LONGEST
    written = (SCRIPTS / "assessment/file.js").read_text(encoding="utf-8")
    assert json.dumps([field.id for field in self_assessment.FIELDS]) in written
    guide = (ROOT / "docs/developers/self-assessment.md").read_text(encoding="utf-8")
    shown = json.loads(guide.partition("```json\n")[2].partition("```")[0])
    assert list(Draft202012Validator(SCHEMA, format_checker=FormatChecker()).iter_errors(shown)) == []
    assert all(f"`{level.id}`" in guide for level in self_assessment.LEVELS)


def test_a_charter_with_many_versions_keeps_the_page_small():
    principles = tuple(make_principle(f"principle-number-{place}") for place in range(15))
    charter = make_charter(themes=(make_theme(principles=principles),))
    releases = [make_release(charter=charter)]
    for _ in range(29):
        releases.append(make_release(releases[-1], charter=charter))
    one, many = (_page(charter, releases=tuple(found)) for found in (releases[:1], releases))
    assert len(many.unsearched) - len(one.unsearched) < 30_000


def test_the_scripts_put_no_html_together():
    html = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc"
    other = r"\beval\b|new Function|\bfetch\(|XMLHttp|sendBeacon|import\("
    forbidden = re.compile(f"{html}|{other}")
    found = [
        (path.name, each)
        for path in sorted(Path(SCRIPTS / "assessment").glob("*.js"))
        for each in forbidden.findall(path.read_text(encoding="utf-8"))
    ]
    assert found == []
