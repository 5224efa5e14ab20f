"""The bytes of a release: the schema that they keep to, and the release that is read from them."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from builders import (
    make_charter,
    make_note,
    make_principle,
    make_release,
    make_section,
    make_theme,
)
from charterpress import read as load
from charterpress.model import (
    Behaviour,
    ChangeNote,
    Charter,
    Class,
    Interval,
    Principle,
    Reference,
    Release,
    Reporting,
    Retired,
    Section,
    SectionShape,
    TranslationReference,
)
from charterpress.model.errors import CharterError
from charterpress.read.frozen_json import STRANGE
from charterpress.read.releases import read_release
from charterpress.versions import freeze

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parents[1] / "golden" / "release.json"


# --- Bytes -------------------------------------------------------------------------------------------

LETTERS = st.characters(exclude_categories=["Cs"]).filter(lambda letter: not re.search(STRANGE, letter))
TEXT = st.text(LETTERS, max_size=12)
TITLES = TEXT.filter(str.strip)
IDS = st.from_regex(r"\A[a-z]{1,6}\Z")
VERSIONS = st.tuples(*[st.integers(0, 99)] * 3).map(lambda parts: ".".join(map(str, parts)))
CLASSES = st.sampled_from([each for each in Class if each is not Class.NONE])


def some(items, most=2):
    return st.lists(items, max_size=most).map(tuple)


def theme(id, folder, principles):
    """A theme with its paths, and those of its principles."""
    path = f"{folder}/themes/{id}"
    placed = tuple(replace(each, path=f"{path}/{each.id}.md") for each in principles)
    return make_theme(id, placed, path=f"{path}/index.md")


def each(items, *fields):
    return dict.fromkeys(fields, items)


SECTIONS = st.builds(Section, id=IDS, text=TEXT) | st.builds(
    make_section, IDS, items=st.lists(TEXT, min_size=1, max_size=2)
)
BEHAVIOURS = st.builds(
    Behaviour, **each(TEXT, "behaviour", "measure", "support"), interview=st.just("") | TEXT
)
PRINCIPLES = st.builds(
    Principle,
    id=IDS,
    title=TITLES,
    summary=TEXT,
    formerly=some(IDS),
    sections=some(SECTIONS),
    behaviours=some(BEHAVIOURS),
    **each(some(TEXT), "plain", "questions", "sources"),
    **each(VERSIONS, "since", "changed"),
)
THEMES = st.builds(theme, IDS.map("theme-{}".format), st.just("charter"), some(PRINCIPLES))
SHAPES = st.builds(SectionShape, id=IDS, heading=TITLES, binding=st.booleans(), list=st.booleans())
CHARTERS = st.builds(
    Charter,
    title=TITLES,
    themes=some(THEMES),
    sections=some(SHAPES),
    path=st.just("charter/charter.yml"),
    preamble_path=st.just("charter/preamble.md"),
    **each(TEXT, "summary", "licence", "preamble"),
    **each(some(TEXT), "questions", "repair", "signatory_kinds"),
)
RETIRES = st.dictionaries(IDS, st.one_of(st.just(""), IDS), max_size=2).map(lambda d: tuple(d.items()))
NOTES = st.builds(
    ChangeNote,
    id=IDS,
    principles=some(IDS),
    class_=CLASSES,
    reason=TEXT,
    approved_by=some(TEXT),
    retires=RETIRES,
    covered=some(IDS),
    gives=st.dictionaries(IDS, IDS, max_size=2).map(lambda d: tuple(d.items())),
    reasons=st.dictionaries(IDS, TEXT, max_size=2).map(lambda d: tuple(d.items())),
)
REFERENCES = st.builds(Reference, version=VERSIONS, sha256=st.from_regex(r"\A[0-9a-f]{64}\Z"))
RETIRED = st.builds(
    Retired, title=TITLES, version=VERSIONS, replacements=some(IDS), **each(IDS, "id", "theme")
)
RELEASES = st.builds(
    Release,
    version=VERSIONS,
    date=st.dates().map(str),
    previous=st.none() | REFERENCES,
    notes=some(NOTES),
    charter=CHARTERS,
    retired=some(RETIRED),
    path=st.just("charter/releases/x.json"),
    **each(CLASSES, "class_", "found"),
).map(freeze.with_digest)


@given(RELEASES)
def test_what_is_written_is_as_the_schema_says_and_read_back_to_the_last_field_and_byte(release):
    read, faults = read_release(release.data, path=release.path, root="charter")
    assert (read, faults) == (release, ())
    assert freeze.release_bytes(read) == release.data
    assert release.sha256 == hashlib.sha256(release.data).hexdigest()
    assert wrong(json.loads(release.data)) == []


def example() -> Release:
    """A release in which every key holds something, and the empty ones nothing."""
    leave = make_principle("leave-room", formerly=("room",))
    read = make_principle("read-the-tables", behaviours=(), questions=(), sources=())
    note = make_note(
        principles=("leave-room",),
        approved_by=("The chair", "The clerk"),
        retires=(("row-alone", "leave-room"), ("whistle", "")),
        reason="Two lines\n\nof “why”: naïve, ok?",
    )
    gone = Retired(id="whistle", title="Whistle", theme="tides", version="2.0.0")
    return make_release(
        charter=make_charter(themes=(make_theme("moorings", (leave,)), make_theme("tides", (read,)))),
        version="2.0.0",
        previous=Reference(version="1.4.2", sha256="0" * 64),
        class_=Class.COMMITMENT,
        notes=(note,),
        retired=(replace(gone, id="row-alone", title="Row alone", replacements=("leave-room",)), gone),
    )


NOTES_LATER = ("splits", "covered", "gives", "reasons")
LATER = {
    "plain",
    "interview",
    "repair",
    "language",
    "languages",
    "reporting",
    "grace",
    "translations",
    *NOTES_LATER,
}
"""The keys that came after the first releases: each is there only where it says something."""


LINEAGE = {"covered": ("whistle",), "gives": (("tow", "haul"),), "reasons": (("bell", "It was sold."),)}
SPLIT = (("row-alone", "leave-room"), ("row-alone", "row-in-pairs"))


def example_of_today() -> Release:
    """The same release with the keys that came later."""
    release = example()
    theme, *others = release.charter.themes
    principle = theme.principles[0]
    behaviours = tuple(replace(each, interview="When did you do it?") for each in principle.behaviours)
    told = replace(principle, plain=("We leave room.", "You can always land."), behaviours=behaviours)
    themes = (replace(theme, principles=(told,)), *others)
    charter = replace(release.charter, themes=themes, repair=("leave-room",))
    charter = replace(charter, language="en-GB", languages=(("cy", "binding"), ("ar", "courtesy")))
    reporting = Reporting(every=Interval(months=12), grace=Interval(days=1))
    charter = replace(charter, reporting=reporting)
    welsh = TranslationReference(language="cy", revision=2, sha256="1" * 64)
    previous = replace(release.previous, translations=(welsh,))
    note, *rest = release.notes
    told = replace(note, retires=(*SPLIT, ("whistle", "tow"), ("bell", "")), **LINEAGE)
    return freeze.with_digest(replace(release, charter=charter, previous=previous, notes=(told, *rest)))


def test_what_came_later_is_told_between_the_rest_and_only_where_there_is_something():
    """Without it the bytes are those that the tool has always written."""
    values = json.loads(example_of_today().data)
    principle = values["themes"][0]["principles"][0]
    assert principle["plain"] == ["We leave room.", "You can always land."]
    (behaviour,) = principle["behaviours"]
    assert list(behaviour) == ["behaviour", "measure", "support", "interview"]
    assert values.pop("repair") == ["leave-room"]
    assert values.pop("language") == "en-GB"
    assert [list(each.values()) for each in values.pop("languages")] == [
        ["cy", "binding"],
        ["ar", "courtesy"],
    ]
    assert values.pop("reporting") == {"every": "12 months", "grace": "1 day"}
    assert values["previous"].pop("translations") == [{"language": "cy", "revision": 2, "sha256": "1" * 64}]
    del principle["plain"]
    del behaviour["interview"]
    lineage = [values["notes"][0].pop(key) for key in NOTES_LATER]
    heirs = [heir for _, heir in SPLIT]
    assert lineage == [{"row-alone": heirs}, ["whistle"], {"tow": ["haul"]}, {"bell": "It was sold."}]
    values["notes"][0]["retires"] = {"row-alone": "leave-room", "whistle": None}
    assert values == json.loads(example().data)


def test_a_release_is_these_bytes():
    """The golden file is the format: whoever changes it breaks every release that was ever made."""
    assert example().data.decode() == GOLDEN.read_text(encoding="utf-8")


def test_paths_and_digests_are_no_part_of_the_bytes():
    release = example()
    moved = replace(release, path="elsewhere", sha256="", data=b"", charter=replace(release.charter, path=""))
    assert freeze.with_digest(moved).data == release.data


# --- The schema --------------------------------------------------------------------------------------

SCHEMA = json.loads(
    (ROOT / "hooks/charterpress/outputs/data/schemas" / f"{freeze.FORMAT}.schema.json").read_text()
)
VALIDATOR = Draft202012Validator(SCHEMA)


def wrong(values) -> list[str]:
    return sorted(error.json_path for error in VALIDATOR.iter_errors(values))


def test_the_schema_is_itself_in_order():
    """By the meta-schema of its own draft; and it names the form that it describes, and no host."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["format"]["const"] == freeze.FORMAT
    assert SCHEMA["$id"].startswith("urn:")


def test_the_real_charter_released_is_as_the_schema_says(tmp_path):
    root = Path(shutil.copytree(ROOT / "charter", tmp_path / "charter"))
    releases = list(load.load(root).releases)
    try:
        releases.append(freeze.plan_release(load.load(root), date="2999-12-31", first=not releases).release)
    except CharterError:
        assert releases
    assert {release.version: wrong(json.loads(release.data)) for release in releases} == {
        release.version: [] for release in releases
    }


def test_keys_stand_in_the_order_of_the_schema():
    """Which no schema can demand, and ours says."""
    values = json.loads(example_of_today().data)
    assert list(values) == list(SCHEMA["properties"])
    for name, value in (
        ("theme", values["themes"][0]),
        ("principle", values["themes"][0]["principles"][0]),
        ("note", values["notes"][0]),
    ):
        assert list(value) == list(SCHEMA["$defs"][name]["properties"])


def spoilt(values, place=()):
    """Copies of `values` with one thing wrong in each, and what: a key gone, a key more, another kind."""
    if isinstance(values, dict):
        for key, value in values.items():
            # The keys of these are ids: none of them has to be there.
            if place[-1:] not in {("retires",), *((each,) for each in NOTES_LATER)} and key not in LATER:
                yield (*place, key, "gone"), {name: each for name, each in values.items() if name != key}
            for where, changed in spoilt(value, (*place, key)):
                yield where, values | {key: changed}
        yield (*place, "more"), values | {"more": 7}
    if isinstance(values, list):
        for index, value in enumerate(values):
            for where, changed in spoilt(value, (*place, index)):
                yield where, [*values[:index], changed, *values[index + 1 :]]
    yield (*place, "kind"), "7" if isinstance(values, int) and not isinstance(values, bool) else 7


def test_the_schema_refuses_every_kind_of_wrong_file_and_so_does_the_reader():
    tried = list(spoilt(json.loads(example_of_today().data)))
    assert len(tried) > 150
    for where, values in tried:
        data = (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()
        assert wrong(values), where
        assert read_release(data, path="charter/releases/2.0.0.json", root="charter")[1], where


@pytest.mark.parametrize(
    "change",
    [
        {"format": "release-2"},
        {"version": "1.0"},
        {"version": "01.0.0"},
        {"date": "1 May 2027"},
        {"class": "none"},
        {"found": ""},
        {"previous": {"version": "1.0.0", "sha256": "00"}},
    ],
    ids=str,
)
def test_the_schema_refuses_what_looks_right_and_is_not(change):
    assert wrong(json.loads(example().data) | change)
