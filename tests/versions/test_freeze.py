"""Releases: their bytes, and what makes the next one."""

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
    FIRST,
    make_charter,
    make_note,
    make_principle,
    make_release,
    make_section,
    make_theme,
    release_draft,
    reword,
    write_charter,
    write_note,
)
from charterpress import read as load
from charterpress.checks import check
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
from charterpress.model.errors import CharterError, UsageError
from charterpress.read.frozen_json import STRANGE
from charterpress.read.releases import read_release
from charterpress.text.interface import PSEUDO, use_language
from charterpress.versions import freeze
from charterpress.versions.changelog import add_to_changelog

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


# --- The next release --------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path):
    return write_charter(tmp_path)


def planned(root, **options):
    return freeze.plan_release(load.load(root, shown="charter"), **{"date": "2025-06-01", **options})


def test_the_first_release_holds_the_working_text(root):
    write_note(root, "preamble", id="first-edition")
    edition = load.load(root, shown="charter")
    plan = freeze.plan_release(edition, date="2024-12-01", first=True)
    expected = make_release(
        charter=edition.charter, notes=(make_note("first-edition", principles=("preamble",)),)
    )
    assert plan.release == expected
    assert plan.writes == {
        "releases/1.0.0.json": expected.data,
        "releases/SHA256SUMS": f"{expected.sha256}  1.0.0.json\n".encode(),
    }
    assert plan.removes == ("changes/first-edition.md",)


def test_the_next_release_follows_from_the_changes(root):
    """Number, class and predecessor; only what changed is dated anew; the old line in SHA256SUMS stays."""
    first = release_draft(root, first=True)
    reword(root, "It does.", "It does so.")
    plan = planned(root)
    release = plan.release
    assert (release.version, release.date, release.path) == (
        "1.1.0",
        "2025-06-01",
        "charter/releases/1.1.0.json",
    )
    assert (release.class_, release.found) == (Class.GUIDANCE, Class.GUIDANCE)
    assert release.previous == Reference(version="1.0.0", sha256=first.sha256)
    assert release.notes == (make_note("note", class_=Class.GUIDANCE),)
    assert {each.id: (each.since, each.changed) for _, each in release.charter.principles()} == {
        "moorings-first": ("1.0.0", "1.1.0"),
        **dict.fromkeys(("moorings-second", "tides-first", "tides-second"), ("1.0.0", "1.0.0")),
    }
    sums = f"{first.sha256}  1.0.0.json\n{release.sha256}  1.1.0.json\n"
    assert plan.writes["releases/SHA256SUMS"] == sums.encode()


def test_what_was_released_loads_as_it_was_made(root):
    first = release_draft(root, first=True)
    reword(root, "It does.", "It does so.")
    second = release_draft(root, "2025-06-01")
    edition = load.load(root, shown="charter")
    assert (edition.releases, edition.notes) == ((first, second), ())
    assert check(edition) == ()


def test_retired_principles_are_listed_for_ever(root):
    release_draft(root, first=True)
    for id, new in (("tides-first", "~"), ("tides-second", "moorings-first")):
        (root / "themes" / "tides" / f"{id}.md").unlink()
        write_note(root, id, id=id, retires={id: new})
    renamed = make_principle("moorings-third", formerly=("moorings-second",))
    charter = make_charter(
        themes=(make_theme("moorings", (make_principle("moorings-first"), renamed)), make_theme("tides", ()))
    )
    (root / "themes" / "moorings" / "moorings-second.md").unlink()
    write_charter(root.parent, charter)
    first = release_draft(root, "2025-06-01").retired
    gone, replaced = (
        Retired(id=f"tides-{each}", title=f"Tides {each}", theme="tides", version="2.0.0")
        for each in ("first", "second")
    )
    expected = (gone, replace(replaced, replacements=("moorings-first",)))
    assert first == expected
    reword(root, "It does.", "It does so.")
    assert release_draft(root, "2025-07-01").retired == expected


def test_consultation_drafts_come_before_the_first_version(root):
    draft = release_draft(root, consultation=True)
    reword(root, "It does.", "It does so.")
    second = release_draft(root, consultation=True)
    first = release_draft(root, first=True)
    versions = [release.version for release in (draft, second, first)]
    assert versions == ["0.1.0", "0.2.0", "1.0.0"]
    assert [release.consultation for release in (draft, second, first)] == [True, True, False]
    assert first.previous == Reference(version="0.2.0", sha256=second.sha256)
    assert {each.since for _, each in first.charter.principles()} == {"1.0.0"}
    assert check(load.load(root, shown="charter")) == ()


REFUSED = {
    "nothing": ({}, {}, "there is no version yet: say --first"),
    "both": ({}, {"first": True, "consultation": True}, "say one of them"),
    "first-again": ({"first": True}, {"first": True}, "1.0.0 is there already: leave it out"),
    "consultation-late": ({"first": True}, {"consultation": True}, "a consultation draft comes before 1.0.0"),
    "draft-only": ({"consultation": True}, {}, "0.1.0 is a draft for consultation: say --first"),
    "no-date": ({}, {"first": True, "date": "1 May"}, "“1 May” is not a date: write it as 2026-12-01"),
    "short-date": ({}, {"first": True, "date": "20241201"}, "is not a date"),
    "no-such-day": ({}, {"first": True, "date": "2025-02-30"}, "is not a date"),
    "backwards": ({"first": True}, {"date": "2024-11-30"}, "is before 2024-12-01, the date of version 1.0.0"),
}


@pytest.mark.parametrize(("before", "options", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_released_so_is_said_in_plain_words(root, before, options, message):
    if before:
        release_draft(root, **before)
        reword(root, "It does.", "It does so.")
    with pytest.raises(UsageError, match=re.escape(message)):
        planned(root, **options)


def test_without_a_change_there_is_nothing_to_release(root):
    release_draft(root, first=True)
    with pytest.raises(CharterError, match=r"there is nothing to release: the words are those of 1\.0\.0"):
        planned(root)


def test_a_day_that_has_not_come_is_refused_where_the_day_is_known(root):
    edition = load.load(root)
    assert freeze.plan_release(edition, date="2025-06-01", first=True).release.date == "2025-06-01"
    with pytest.raises(UsageError, match="2025-06-01 is in the future"):
        freeze.plan_release(replace(edition, today="2025-05-31"), date="2025-06-01", first=True)


def test_a_charter_that_cannot_be_read_is_not_released(root):
    (root / "charter.yml").write_text("[")
    with pytest.raises(CharterError, match="cannot be read"):
        planned(root, first=True)


# --- The changelog -----------------------------------------------------------------------------------

ENTRY = "### 1.0.0 - 2024-12-01 (commitment)\n\n- 1.1 Moorings first: The quay has grown.\n"
OLDER = "### 0.1.0 - 2024-11-01 (commitment)\n\n- Old.\n"
LOGS = {
    "# Log\n\n## The charter\n\nIts versions.\n": f"# Log\n\n## The charter\n\nIts versions.\n\n{ENTRY}",
    f"## The charter\n\n{OLDER}": f"## The charter\n\n{ENTRY}\n{OLDER}",
    "## The charter\n\n## More\n\nWords.\n": f"## The charter\n\n{ENTRY}\n## More\n\nWords.\n",
    "# Log\n": f"# Log\n\n## The charter\n\n{ENTRY}",
}


@pytest.mark.parametrize(("log", "expected"), LOGS.items(), ids=["empty", "older", "before", "none"])
def test_the_newest_version_stands_first_in_the_changelog(log, expected):
    assert add_to_changelog(log, make_release()) == expected


def test_a_reason_is_one_line_of_plain_words_in_the_changelog():
    """Its links lead from the charter's folder and would lead nowhere from here."""
    note = make_note(reason="See [the *room*](../themes/a/b.md),\nfor one.\n\n- It grew.")
    release = make_release(notes=(note, make_note("b")))
    assert add_to_changelog("", release).split("\n\n", 2)[2] == (
        "### 1.0.0 - 2024-12-01 (commitment)\n\n- 1.1 Moorings first: See the room, for one. It grew.\n"
        "- 1.1 Moorings first: The quay has grown.\n"
    )


def test_the_changelog_says_what_each_reason_is_about_in_the_charter_s_order():
    """A reason about the preamble, about many parts or about one that is gone says so itself."""
    every = ("moorings-first", "moorings-second", "tides-first", "tides-second")
    notes = (
        make_note("a", principles=("tides-first",), reason="The tide is high."),
        make_note("b", principles=("moorings-second", "moorings"), reason="The quay is full."),
        make_note("c", principles=every, reason="All of it."),
        make_note("d", principles=("preamble",), reason="Whom it is for."),
        make_note("e", principles=("gone", "tides"), reason="One went."),
    )
    lines = add_to_changelog("", make_release(notes=notes)).splitlines()
    assert [line for line in lines if line.startswith("- ")] == [
        "- Whom it is for.",
        "- One went.",
        "- 1 Moorings, 1.2 Moorings second: The quay is full.",
        "- All of it.",
        "- 2.1 Tides first: The tide is high.",
    ]


def test_the_changelog_calls_a_draft_no_version():
    first, draft = make_release(notes=()), make_release(notes=(), version="0.1.0")
    assert add_to_changelog("", first).endswith("\n\n- The first version.\n")
    assert add_to_changelog("", draft).endswith("\n\n- A draft to comment on: nobody can sign it.\n")


def test_the_changelog_is_written_with_the_release_where_there_is_one(root):
    plan = planned(root, first=True, changelog="# Log\n")
    assert sorted(plan.writes) == ["../CHANGELOG.md", "releases/1.0.0.json", "releases/SHA256SUMS"]
    entry = b"## The charter\n\n### 1.0.0 - 2025-06-01 (commitment)\n\n- The first version.\n"
    assert plan.writes["../CHANGELOG.md"] == b"# Log\n\n" + entry


def test_whatever_is_written_is_the_same_in_every_language(root):
    """A release and its entry in the changelog are read by all: a maintainer’s language is no matter."""
    release_draft(root, first=True)
    path = root / FIRST
    path.rename(path.with_name("other.md"))
    renamed = path.with_name("other.md")
    renamed.write_text(
        renamed.read_text(encoding="utf-8").replace("---\n", "---\nformerly: [moorings-first]\n", 1),
        encoding="utf-8",
    )
    index = path.with_name("index.md")
    index.write_text(index.read_text(encoding="utf-8").replace("moorings-first", "other"), encoding="utf-8")
    write_note(root, "other", class_="editorial", approved_by=["Ann Smith", "Bo Jones"])
    english = planned(root, changelog="# Log\n")
    entry = english.writes["../CHANGELOG.md"].decode()
    assert "was renamed: its address was" in entry
    assert "Lowered from guidance to editorial with the approval of Ann Smith and Bo Jones." in entry
    with use_language(PSEUDO):
        assert planned(root, changelog="# Log\n").writes == english.writes
