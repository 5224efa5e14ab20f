"""Releases: their bytes, and what makes the next one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from builders import (
    FIRST,
    make_charter,
    make_note,
    make_principle,
    make_release,
    make_theme,
    release_draft,
    reword,
    write_charter,
    write_note,
)
from charterpress import read as load
from charterpress.checks import check
from charterpress.model import (
    Class,
    Reference,
    Retired,
)
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.interface import PSEUDO, use_language
from charterpress.versions import freeze
from charterpress.versions.changelog import add_to_changelog

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
