"""`charter new`: what it writes, what it asks, and what it refuses."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

import pytest

from builders import (
    make_charter,
    make_principle,
    make_release,
    make_section,
    make_signatory,
    make_theme,
    release_draft,
    write_charter,
    write_release,
    write_signatory,
)
from charterpress.checks import check
from charterpress.cli import main
from charterpress.cli.prompts import Terminal
from charterpress.model import SectionShape
from charterpress.read import load
from charterpress.storage import atomic

INDEX = "themes/tides/index.md"
SECOND = "themes/tides/tides-second.md"


@pytest.fixture
def charter(tmp_path, monkeypatch):
    """A small charter in the working folder, without a version, and no repository around it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHARTER_SOURCE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return write_charter(tmp_path)


@pytest.fixture
def version(charter):
    """The same with version 1.0.0."""
    release_draft(charter, first=True)
    return charter


def ran(capsys, *arguments):
    """The exit code, and what was said."""
    code = main(arguments)
    return code, *capsys.readouterr()


def state(root):
    """Every file of the charter, with what it holds."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def findings(root, path):
    """The rules that speak of a file, each as often as it does."""
    return [each.rule for each in check(load(root, shown="charter")) if each.path == f"charter/{path}"]


def edited(path, old, new):
    """Changes words in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def refused(capsys, root, *arguments):
    """What is said of a command that ends with 2 and writes nothing."""
    before = state(root)
    code, out, err = ran(capsys, *arguments)
    assert (code, out, state(root)) == (2, "", before)
    assert err.startswith("error: ")
    return err


# --- new principle -----------------------------------------------------------------------------------


def test_a_principle_is_a_file_with_a_sentence_wherever_words_belong(charter, capsys):
    """In the sections of this charter; and what is left to do is said."""
    code, out, err = ran(capsys, "new", "principle", "tides", "Watch the tide")
    assert (code, err) == (0, "")
    assert (charter / "themes/tides/watch-the-tide.md").read_text() == (
        "---\n"
        "title: Watch the tide\n"
        "summary: Say in one sentence what this principle asks for.\n"
        "---\n"
        "\n"
        "## We promise to\n"
        "\n"
        "- say one thing that you will do, so that anyone could tell whether you did it.\n"
        "\n"
        "## Why it matters\n"
        "\n"
        "Say why this matters, and to whom.\n"
    )
    assert out == (
        "wrote  charter/themes/tides/watch-the-tide.md\n"
        "wrote  charter/themes/tides/index.md\n"
        "It is principle 2.3, in the theme “Tides”.\n"
        "\n"
        "What is left to do:\n"
        "  1. Open charter/themes/tides/watch-the-tide.md and put your words in the place of 3 sentences "
        "that say what belongs there.\n"
        "  2. charter check  names those that are left.\n"
    )


def test_its_only_findings_are_the_words_still_to_be_written(charter, capsys):
    """One for each sentence; with words in their place there is none."""
    ran(capsys, "new", "principle", "tides", "Watch the tide")
    path = "themes/tides/watch-the-tide.md"
    assert findings(charter, path) == ["placeholder"] * 3
    assert [each.path for each in check(load(charter, shown="charter"))] == [f"charter/{path}"] * 3
    edited(charter / path, "Say in one sentence what this principle asks for.", "How we watch it.")
    edited(charter / path, "say one thing that you will do, so that anyone could tell whether you did it.",
           "look at the tide table every morning.")  # fmt: skip
    edited(charter / path, "Say why this matters, and to whom.", "Boats need water.")
    assert ran(capsys, "check")[:2] == (0, "The charter is in order: 5 principles in 2 themes.\n")


def test_what_a_charter_requires_of_every_principle_is_there_too(tmp_path, monkeypatch, capsys):
    """Behaviours, questions and sources, each with its sentence; and sections of every shape."""
    monkeypatch.chdir(tmp_path)
    shapes = (
        SectionShape(id="vow", heading="We *vow* to", binding=True),
        SectionShape(id="do", heading="So we", binding=True, list=True),
        SectionShape(id="why", heading="Why & how"),
        SectionShape(id="when", heading="When", list=True),
    )
    words = {"vow": "Keep it.", "why": "It does."}
    sections = tuple(
        make_section(shape.id, words.get(shape.id, ""), ("go out.",) if shape.list else ())
        for shape in shapes
    )
    themes = tuple(
        make_theme(id, (make_principle(f"{id}-one", sections=sections),)) for id in ("ebb", "flow")
    )
    root = write_charter(tmp_path, make_charter(sections=shapes, themes=themes))
    settings = root / "charter.yml"
    settings.write_text(settings.read_text() + "required: [sources, behaviours, questions]\n")
    for path in root.glob("themes/*/*-one.md"):
        edited(path, "## We *vow* to", "## We \\*vow\\* to")
    assert ran(capsys, "check")[0] == 0
    assert ran(capsys, "new", "principle", "ebb", "Hold on")[0] == 0
    assert findings(root, "themes/ebb/hold-on.md") == ["placeholder"] * 10
    assert ran(capsys, "check", "--format", "json")[1].count('"placeholder"') == 10


def test_where_a_version_is_out_a_note_is_the_next_thing(version, capsys):
    """The check misses it, and so the command says so."""
    out = ran(capsys, "new", "principle", "tides", "Watch the tide")[1]
    assert out.endswith("  3. charter new change  begins the note that says why.\n")
    assert findings(version, "themes/tides/watch-the-tide.md") == ["change-unnoted", *["placeholder"] * 3]


@pytest.mark.parametrize("theme", ["tides", "Tides", "TIDES", "2", " tides "])
def test_a_theme_is_known_by_its_id_title_or_number(charter, capsys, theme):
    """However it is written."""
    assert ran(capsys, "new", "principle", theme, "Watch the tide")[0] == 0
    assert (charter / "themes/tides/watch-the-tide.md").exists()


@pytest.mark.parametrize(
    ("after", "ids"),
    [
        ((), ["tides-first", "tides-second", "watch"]),
        (("--after", "tides-first"), ["tides-first", "watch", "tides-second"]),
        (("--after", "2.1"), ["tides-first", "watch", "tides-second"]),
        (("--after", "Tides second"), ["tides-first", "tides-second", "watch"]),
    ],
)
def test_it_stands_at_the_end_or_where_it_is_put(charter, capsys, after, ids):
    """The others stay in their order."""
    assert ran(capsys, "new", "principle", "tides", "Watch", *after)[0] == 0
    read = load(charter, shown="charter").charter
    assert [each.id for each in read.themes[1].principles] == ids


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("People’s voices: heard", "peoples-voices-heard"),
        ("Größe für alle", "grosse-fur-alle"),
        ("24 hours", "24-hours"),
        ("snake_case & more", "snake-case-and-more"),
        ('Say "yes": #1, *really*', "say-yes-1-really"),
        ("- [ ] a", "a"),
        ("No", "no"),
        ("1.10", "1-10"),
        ("Ωμέγα", None),
    ],
)
def test_the_id_comes_from_the_title_and_the_title_stays_as_it_is_written(charter, capsys, title, id):
    """In letters that every address can have; where there are none, somebody has to say."""
    words = ["new", "principle", "tides", "--", title] if title.startswith("-") else []
    words = words or ["new", "principle", "tides", title]
    if id is None:
        assert "--id" in refused(capsys, charter, *words)
        words, id = [*words, "--id", "omega"], "omega"
    assert ran(capsys, *words)[0] == 0
    made = next(each for _, each in load(charter, shown="charter").charter.principles() if each.id == id)
    assert made.title == title


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tide", "Watch"), "do you mean “tides”?"),
        (("xyz", "Watch"), "there is “moorings” and “tides”"),
        (("", "Watch"), "THEME: there is nothing in it"),
        (("3", "Watch"), "there is no theme called “3”"),
        (("tides", ""), "TITLE: there is nothing in it"),
        (("tides", "   "), "TITLE: there is nothing in it"),
        (
            ("tides", "Tides first"),
            "the id “tides-first” is already that of charter/themes/tides/tides-first.md",
        ),
        (("moorings", "Tides first"), "is already that of charter/themes/tides/tides-first.md"),
        (("tides", "Moorings"), "the id “moorings” is already that of a theme"),
        (("tides", "Index"), "the id “index” means something else"),
        (("tides", "Preamble"), "the id “preamble” means something else"),
        (("tides", "NUL"), "the id “nul” means something else"),
        (("tides", "Watch", "--id", "Watch Out"), "“Watch Out” cannot be an id"),
        (("tides", "Watch", "--id", "../../x"), "“../../x” cannot be an id"),
        (("tides", "Watch", "--id", "/etc/x"), "cannot be an id"),
        (("tides", "Watch", "--id", "tides-second"), "is already that of"),
        (("tides", "Watch", "--after", "tides-frist"), "do you mean “tides-first”?"),
        (("tides", "Watch", "--after", "moorings-first"), "--after: there is no principle in “Tides” called"),
        (("tides", "a" * 80), "the title is 80 characters; 79 is the most"),
        (("tides", "a" * 10_000), "it has 10,000 characters"),
        (("tides", "one\ntwo"), "U+000A"),
        (("tides", "one\rtwo"), "U+000D"),
        (("tides", "one\ttwo"), "U+0009"),
        (("tides", "one\x1b[31mtwo"), "U+001B"),
        (("tides", "one\x07"), "U+0007"),
        (("tides", "one\u2028two"), "U+2028"),
        (("tides", "one\udcfftwo"), "U+DCFF"),
        (("tides", "one\u202etwo"), "changes the direction of text"),
        (("tides", "one\u200btwo"), "an invisible character"),
        (("tides", "<script>alert(1)</script>"), "is HTML, which is not allowed here"),
        (("tides", "{{ config }}"), "a template expression"),
        (("tides", "TODO"), "is a placeholder"),
    ],
    ids=lambda value: None if isinstance(value, str) else repr(value)[:40],
)
def test_what_cannot_be_is_refused_with_the_way_back(charter, capsys, arguments, said):
    """Exit 2, in plain words; nothing is written, and no control character comes out again."""
    err = refused(capsys, charter, "new", "principle", *arguments)
    assert said in err
    assert all(each.isprintable() for each in err.replace("\n", ""))


def test_all_that_is_missing_or_wrong_is_said_at_once(charter, capsys):
    """By the names of the flags."""
    assert refused(capsys, charter, "new", "principle") == (
        "error: nothing was written:\n"
        "  THEME is missing: one of “moorings”, “tides”\n"
        "  TITLE is missing: for example Say what happened\n"
    )


def test_an_id_that_was_retired_is_never_used_again(version, capsys):
    """Nor one that a principle had before: old links lead to them."""
    (version / SECOND).unlink()
    edited(version / INDEX, ', "tides-second"', "")
    (version / "changes").mkdir()
    (version / "changes/gone.md").write_text(
        "---\nprinciples: [tides-second]\nclass: commitment\nretires: {tides-second: ~}\n---\nIt went.\n"
    )
    edited(version / "themes/tides/tides-first.md", "sources:", "formerly: [old-tide]\nsources:")
    assert "belongs to a principle that is retired, and old versions lead to it" in refused(
        capsys, version, "new", "principle", "tides", "Tides second"
    )
    assert "was that of charter/themes/tides/tides-first.md" in refused(
        capsys, version, "new", "principle", "tides", "Old tide"
    )


def test_a_theme_that_is_full_takes_no_other(charter, capsys):
    """What the check would say is said before anything is written."""
    (charter / "charter.yml").write_text(
        (charter / "charter.yml").read_text() + "principles_per_theme: 1-2\n"
    )
    err = refused(capsys, charter, "new", "principle", "tides", "Watch")
    assert "this theme has 3 principles; 2 is the most; move one to another theme" in err


def test_a_fault_that_is_there_already_is_nobodys_obstacle(charter, capsys):
    """Somebody else's file is not in the way."""
    edited(charter / "themes/moorings/moorings-first.md", "title: ", "title: One: ")
    assert ran(capsys, "new", "principle", "tides", "Watch")[0] == 0


def test_a_charter_that_cannot_be_read_is_exit_2(charter, capsys):
    """With what to do."""
    (charter / "charter.yml").write_text("title: [")
    assert "charter/charter.yml: this cannot be read: run “charter check”" in refused(
        capsys, charter, "new", "principle", "tides", "Watch"
    )
    (charter / "charter.yml").unlink()
    assert "charter check" in refused(capsys, charter, "new", "change")


@pytest.mark.parametrize("name", ["watch.md", "watch.md/"])
def test_nothing_is_written_over(charter, capsys, name):
    """Not even what the reader passes over: a link, or a folder."""
    path = charter / "themes/tides" / name
    if name.endswith("/"):
        path.mkdir()
    else:
        path.symlink_to("nowhere.md")
    assert "there is such a file already" in refused(capsys, charter, "new", "principle", "tides", "Watch")


def test_nothing_is_written_through_a_link(charter, capsys, tmp_path):
    """A folder that is a link leads who knows where."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    release_draft(charter, first=True)
    edited(charter / SECOND, "It does.", "It does so.")
    (charter / "changes").symlink_to(elsewhere)
    code, _, err = ran(capsys, "new", "change")
    assert (code, "charter/changes: nothing was written: this is no folder" in err) == (2, True)
    assert list(elsewhere.iterdir()) == []


def test_the_source_is_said_in_what_to_do_next(charter, capsys):
    """So that the line can be copied; a name with a space in it stands in quotes."""
    other = charter.rename(charter.with_name("my charter"))
    out = ran(capsys, "--source", other.name, "new", "principle", "tides", "Watch")[1]
    assert "  2. charter --source 'my charter' check  names" in out


def test_what_the_disk_refuses_is_exit_2_and_nothing_is_half_done(charter, capsys, monkeypatch):
    """As on a disk that is full."""

    def full(*_, **__):
        raise OSError(28, "No space left on device", "charter/themes/tides/watch.md")

    monkeypatch.setattr(atomic, "_sync", full)
    err = refused_but_staged = ran(capsys, "new", "principle", "tides", "Watch")
    assert refused_but_staged[0] == 2
    assert "No space left on device; nothing more was written" in err[2]
    assert not (charter / "themes/tides/watch.md").exists()
    monkeypatch.undo()
    monkeypatch.chdir(charter.parent)
    assert ran(capsys, "new", "principle", "tides", "Watch")[0] == 0
    assert not (charter / ".staged").exists()


def test_what_was_broken_off_is_finished_first(charter, capsys, monkeypatch):
    """A principle and its place in the theme come together, whenever the process is killed."""

    def killed(*_, **__):
        raise KeyboardInterrupt

    before = state(charter)
    monkeypatch.setattr(atomic, "finish_writing", killed)
    with pytest.raises(KeyboardInterrupt):
        atomic.write_files(charter, {"themes/tides/watch.md": b"a", INDEX: b"b"})
    monkeypatch.undo()
    monkeypatch.chdir(charter.parent)
    assert {path: data for path, data in state(charter).items() if "unfinished" not in path} == before
    code, out, _ = ran(capsys, "new", "change")
    assert code == 0
    assert out == (
        "Writing was interrupted last time. It is complete now:\n"
        "  wrote  charter/themes/tides/index.md\n"
        "  wrote  charter/themes/tides/watch.md\n"
    )
    assert state(charter) == {**before, "themes/tides/watch.md": b"a", INDEX: b"b"}


# --- new change --------------------------------------------------------------------------------------


def test_without_a_version_there_is_no_note_to_write(charter, capsys):
    """And that is no error."""
    assert ran(capsys, "new", "change") == (
        0,
        "No version has been released yet, and the first one needs no notes: there is none to write.\n",
        "",
    )


def test_with_nothing_changed_there_is_none_either(version, capsys):
    """Nor where spaces are all that changed."""
    said = (0, "Nothing has changed since version 1.0.0: there is no note to write.\n", "")
    assert ran(capsys, "new", "change") == said
    edited(version / SECOND, "It does.", "It\ndoes.")
    assert ran(capsys, "new", "change") == said
    assert not (version / "changes").exists()


def test_a_note_has_what_changed_and_how_far_it_reaches(version, capsys):
    """The reason alone is still to be written, and the check says so."""
    edited(version / SECOND, "It does.", "It does so.")
    edited(version / "themes/moorings/index.md", "in one sentence", "in a nutshell")
    code, out, err = ran(capsys, "new", "change")
    assert (code, err) == (0, "")
    assert (version / "changes/moorings.md").read_text() == (
        "---\nprinciples:\n  - moorings\n  - tides-second\nclass: guidance\n---\n"
        "Say why, in a sentence or two that signatories will read.\n"
    )
    assert out == (
        "Changed since version 1.0.0, and in no note yet:\n"
        "  1 Moorings\n"
        "    [guidance] the summary has another figure or deadline.\n"
        "  2.2 Tides second\n"
        "    [guidance] the section “Why it matters” was reworded.\n"
        "wrote  charter/changes/moorings.md\n"
        "\n"
        "What is left to do:\n"
        "  1. Open charter/changes/moorings.md and write the reason in the place of its last line.\n"
        "  2. charter status  says what it comes to.\n"
    )
    found = check(load(version, shown="charter"))
    assert [(each.path, each.line, each.rule) for each in found] == [
        ("charter/changes/moorings.md", 7, "placeholder")
    ]


def test_with_the_reason_given_nothing_is_left(version, capsys):
    """Then the next version can be released."""
    edited(version / SECOND, "It does.", "It does so.")
    assert ran(capsys, "new", "change", "--why", "People asked: why?", "--name", "asked")[0] == 0
    assert (version / "changes/asked.md").read_text().endswith("---\nPeople asked: why?\n")
    assert ran(capsys, "check")[0] == 0
    assert "The next version is 1.1.0, and nothing is in its way" in ran(capsys, "status")[1]
    code, out, _ = ran(capsys, "new", "change")
    assert code == 0
    assert out == (
        "Everything that changed since version 1.0.0 is in a note in charter/changes already: there is none "
        "to write.\n"
    )


@pytest.mark.parametrize(
    ("path", "old", "new", "about", "class_"),
    [
        ("preamble.md", "shared.", "shared!", "preamble", "commitment"),
        ("charter.yml", "What those who share", "What all who share", "charter", "guidance"),
        (SECOND, "It does.", "It does!", "tides-second", "editorial"),
        (SECOND, "tides second every day.", "tides second every week.", "tides-second", "commitment"),
        (INDEX, '"tides-first", "tides-second"', '"tides-second", "tides-first"', "tides", "guidance"),
    ],
)
def test_the_class_is_the_computed_one(version, capsys, path, old, new, about, class_):
    """Of whatever changed."""
    edited(version / path, old, new)
    assert ran(capsys, "new", "change")[0] == 0
    note = (version / f"changes/{about}.md").read_text()
    assert note.startswith(f"---\nprinciples:\n  - {about}\nclass: {class_}\n---\n")


def test_what_is_gone_is_retired(version, capsys):
    """And the command says what to do where something takes its place."""
    (version / SECOND).unlink()
    edited(version / INDEX, ', "tides-second"', "")
    out = ran(capsys, "new", "change", "--why", "It was never kept.")[1]
    assert "tides-second will be retired. Where another principle takes its place, write that id" in out
    assert (version / "changes/tides-second.md").read_text() == (
        "---\nprinciples:\n  - tides-second\nclass: commitment\nretires:\n  tides-second: ~\n---\n"
        "It was never kept.\n"
    )
    assert ran(capsys, "check")[0] == 0
    assert load(version).retired == ("tides-second",)


@pytest.mark.parametrize("heir", ["tides-first", "tides-second=tides-first"])
def test_what_takes_the_place_of_what_is_gone_is_said_by_an_option(version, capsys, heir):
    """Where one is gone, there is no need to name it."""
    (version / SECOND).unlink()
    edited(version / INDEX, ', "tides-second"', "")
    out = ran(capsys, "new", "change", "--why", "The first says it.", "--replaced-by", heir)[1]
    assert "will be retired" not in out
    assert "\nretires:\n  tides-second: tides-first\n" in (version / "changes/tides-second.md").read_text()
    assert ran(capsys, "check")[0] == 0
    assert "“Tides first” takes its place" in ran(capsys, "status")[1]


def test_a_class_is_lowered_by_two_who_agree_and_a_reason(version, capsys):
    """The version it leads to follows."""
    edited(version / SECOND, "tides second every day.", "tides second each day.")
    two = ("--approved-by", "Chair of trustees", "--approved-by", "Clerk")
    assert ran(capsys, "new", "change", "--class", "editorial", *two, "--why", "A letter.")[0] == 0
    assert (version / "changes/tides-second.md").read_text() == (
        "---\nprinciples:\n  - tides-second\nclass: editorial\n"
        "approved_by:\n  - Chair of trustees\n  - Clerk\n---\nA letter.\n"
    )
    assert "The next version is 1.0.1, and nothing is in its way" in ran(capsys, "status")[1]


def test_a_higher_class_is_refused_because_it_would_change_nothing(version, capsys):
    """The number follows from the words."""
    edited(version / SECOND, "It does.", "It does so.")
    before = state(version)
    code, _, err = ran(capsys, "new", "change", "--class", "commitment", "--why", "It matters.")
    assert (code, state(version)) == (2, before)
    assert "are of the class guidance, and a higher one changes no number: leave out --class" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--class", "editorial"), "--approved-by is missing: for example Chair of trustees"),
        (("--class", "editorial", "--approved-by", "A"), "--approved-by is missing"),
        (
            ("--class", "editorial", "--approved-by", "A", "--approved-by", "a "),
            "two have to agree, and this is the same one",
        ),
        (("--approved-by", "A"), "--approved-by is for a --class that is lower than what the words say"),
        (("--replaced-by", "tides-second=tides-fist"), "do you mean “tides-first”?"),
        (("--replaced-by", "tides"), "there is no principle “tides”"),
        (("--replaced-by", "tides-first=tides-first"), "is not gone: what is gone is “tides-second”"),
    ],
)
def test_a_class_or_an_heir_that_cannot_be_is_refused(version, capsys, arguments, said):
    """Nothing is written, and the way back is named."""
    (version / SECOND).unlink()
    edited(version / INDEX, ', "tides-second"', "")
    before = state(version)
    code, _, err = ran(capsys, "new", "change", *arguments)
    assert (code, said in err, state(version)) == (2, True, before), err


def test_at_a_terminal_it_is_asked_who_agrees_and_what_takes_the_place(version, capsys, monkeypatch):
    """In whole sentences; Enter leaves the place empty."""
    (version / SECOND).unlink()
    edited(version / INDEX, ', "tides-second"', "")
    typed = iter(["tides-frist", "tides-first", "Chair", "chair", "Clerk", "It was said twice."])
    monkeypatch.setattr(
        "charterpress.cli.new.change.interactive_terminal",
        lambda out: Terminal(read=lambda words: next(typed), out=out),
    )
    code, out, _ = ran(capsys, "new", "change", "--class", "guidance")
    assert code == 0
    assert "The principle “tides-second” is gone. Which one takes its place?" in out
    assert "there is no principle “tides-frist”: do you mean “tides-first”?" in out
    assert "The words that changed are of the class commitment. Who agrees that it is guidance?" in out
    assert (version / "changes/tides-second.md").read_text() == (
        "---\nprinciples:\n  - tides-second\nclass: guidance\napproved_by:\n  - Chair\n  - Clerk\n"
        "retires:\n  tides-second: tides-first\n---\nIt was said twice.\n"
    )
    assert ran(capsys, "check")[0] == 0


def test_a_principle_that_has_another_name_is_not_retired(version, capsys):
    """It says itself what it was called."""
    (version / SECOND).rename(version / "themes/tides/ebb.md")
    edited(version / "themes/tides/ebb.md", "sources:", "formerly: [tides-second]\nsources:")
    edited(version / INDEX, '"tides-second"', '"ebb"')
    assert ran(capsys, "new", "change", "--why", "It is shorter.")[0] == 0
    assert "retires" not in (version / "changes/ebb.md").read_text()
    assert ran(capsys, "check")[0] == 0


def test_what_is_in_a_note_already_is_left_out(version, capsys):
    """One note after the other, each about what it is told; a second of a name has a number."""
    edited(version / SECOND, "It does.", "It does so.")
    edited(version / "preamble.md", "shared", "for all")
    assert ran(capsys, "new", "change", "preamble", "--why", "It is.", "--name", "tides-second")[0] == 0
    assert "  - preamble\n" in (version / "changes/tides-second.md").read_text()
    assert ran(capsys, "new", "change", "--why", "It is.")[0] == 0
    assert "  - tides-second\n" in (version / "changes/tides-second-2.md").read_text()
    assert ran(capsys, "check")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tide-second",), "do you mean “tides-second”?"),
        (("xyz",), "what changed is “tides-second”"),
        (("tides-first",), "“tides-first” is not among what changed since 1.0.0 without a note"),
        (("--name", "../x"), "“../x” cannot be the name of a note: say --name x"),
        (("--name", "Über uns"), "say --name uber-uns"),
        (("--name", ""), "cannot be the name of a note"),
        (("--name", "con"), "Windows keeps the name “con” for itself"),
        (("--name", "taken"), "charter/changes/taken.md: nothing was written: there is such a file already"),
        (("--why", ""), "--why: there is nothing in it"),
        (("--why", "one\n---\ntwo"), "U+000A"),
        (("--why", "<b>us</b>"), "is HTML"),
        (("--why", "# Big"), "is a top-level heading"),
        (("--why", "w" * 3000), "it has 3,000 characters"),
        (("--why", "TODO"), "is a placeholder"),
    ],
)
def test_a_note_that_cannot_be_is_refused(version, capsys, arguments, said):
    """Nothing is written."""
    edited(version / SECOND, "It does.", "It does so.")
    edited(version / "preamble.md", "shared", "for all")
    (version / "changes").mkdir()
    (version / "changes/taken.md").write_text("---\nprinciples: [preamble]\nclass: commitment\n---\nWhy.\n")
    before = state(version)
    code, _, err = ran(capsys, "new", "change", *arguments)
    assert (code, said in err, state(version)) == (2, True, before), err


def test_a_text_that_cannot_be_compared_is_exit_2(version, capsys):
    """All that is missing would seem to be retired."""
    edited(version / SECOND, "title: ", "title: One: ")
    assert "cannot be told: run “charter check”" in refused(capsys, version, "new", "change")


# --- new signatory -----------------------------------------------------------------------------------

CLUB = (
    "--kind",
    "boat club",
    "--area",
    "The harbour",
    "--website",
    "https://quay.example/",
    "--role",
    "Chair",
)


def test_an_entry_has_all_that_is_given(version, capsys):
    """And the check has nothing to say of it."""
    code, out, err = ran(
        capsys, "new", "signatory", "Quay & Sons’ Club", *CLUB, "--date", "2025-01-02",
        "--version", "1.0.0", "--link", "https://quay.example/charter",
        "--pledge", "Rowing: for all.", "--registration", "GB-CHC-1234567",
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert (version / "signatories/quay-and-sons-club.yml").read_text() == (
        "name: Quay & Sons’ Club\n"
        "kind: boat club\n"
        "area: The harbour\n"
        "website: https://quay.example/\n"
        "registration: GB-CHC-1234567\n"
        "pledge: 'Rowing: for all.'\n"
        "signed:\n"
        "  - version: 1.0.0\n"
        "    date: 2025-01-02\n"
        "    role: Chair\n"
        "    link: https://quay.example/charter\n"
    )
    assert out.startswith("wrote  charter/signatories/quay-and-sons-club.yml\n\nWhat is left to do:\n")
    assert ran(capsys, "check")[:2] == (0, "The charter is in order: 4 principles in 2 themes.\n")


def test_the_version_is_the_current_one_and_the_day_today(version, capsys):
    """Where nobody says otherwise."""
    assert ran(capsys, "new", "signatory", "Quay Club", *CLUB)[0] == 0
    text = (version / "signatories/quay-club.yml").read_text()
    assert re.search(r"  - version: 1\.0\.0\n    date: 20\d\d-\d\d-\d\d\n    role: Chair\n$", text)
    assert ran(capsys, "check")[0] == 0


def test_a_name_in_another_script_gives_its_address_by_its_name_in_latin_letters(version, capsys):
    """Which is asked for."""
    assert refused(capsys, version, "new", "signatory", "港の会", *CLUB) == (
        "error: nothing was written:\n  --name-latin is missing: for example Harbour Trust\n"
    )
    assert ran(capsys, "new", "signatory", "港の会", "--name-latin", "Minato no Kai", *CLUB)[0] == 0
    assert (
        (version / "signatories/minato-no-kai.yml")
        .read_text()
        .startswith("name: 港の会\nname_latin: Minato no Kai\n")
    )
    assert ran(capsys, "check")[0] == 0


def test_a_name_that_the_register_keeps_for_itself_has_a_number(version, capsys):
    """As the check wants it."""
    assert ran(capsys, "new", "signatory", "Print", *CLUB)[0] == 0
    assert (version / "signatories/print-2.yml").exists()
    assert ran(capsys, "check")[0] == 0


def test_another_of_the_same_name_is_told_apart_by_whoever_knows(version, capsys):
    """The command says how, and what the check would ask."""
    write_signatory(version, make_signatory("quay-club"))
    err = refused(capsys, version, "new", "signatory", "Quay Club", *CLUB)
    assert "charter/signatories/quay-club.yml: there is such a file already" in err
    assert "say --slug quay-club-2" in err
    again = ("--slug", "quay-club-2", "--website", "https://quay-club.example/")
    code, out, _ = ran(capsys, "new", "signatory", "Quay Club", *CLUB, *again)
    assert (code, "Look at this once more:\n" in out, "is the website of" in out) == (0, True, True)
    assert ran(capsys, "check")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kind", "boatclub"), "--kind: “boatclub” is not a kind that charter.yml lists; write “boat"),
        (("--website", "quay.example"), "--website: “website” is “quay.example”, which is not an address"),
        (("--website", "javascript:alert(1)"), "--website: "),
        (("--website", "https://127.0.0.1/"), "--website: “website” leads to a number"),
        (("--link", "https://a@b.org/"), "--link: “link” has a user name in it"),
        (("--version", "1.0"), "--version: “1.0” is not a version that was released; write “1.0.0”"),
        (("--date", "2.1.2025"), "--date: “2.1.2025” is not a date"),
        (("--date", "2024-11-30"), "--date: 2024-11-30 is before 2024-12-01"),
        (("--date", "2999-01-01"), "--date: 2999-01-01 is in the future"),
        (("--role", "Chair, chair@quay.example"), "--role: “chair@quay.example” is an e-mail address"),
        (("--pledge", "p" * 501), "--pledge: “pledge” has 501 characters; 500 is the most"),
        (("--area", "a" * 121), "--area: “area” has 121 characters"),
        (("--area", "x\ny: z"), "--area: it has a character in it that ends a line"),
        (("--registration", "1234567"), "--registration: “1234567” does not say which register"),
        (("--slug", "../../x"), "“../../x” cannot be the name of a file here"),
        (("--slug", "other"), "“other.yml” is not what the name “Quay Club” gives"),
        (("--slug", "CON"), "cannot be the name of a file here"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_is_refused_by_the_name_of_the_flag(version, capsys, arguments, said):
    """In the words of the check; nothing is written."""
    assert said in refused(capsys, version, "new", "signatory", "Quay Club", *CLUB, *arguments)


@pytest.mark.parametrize("name", ["", "...", "a\nb", "Quay\u202e Club", "n" * 121, "Quау Club"])
def test_a_name_that_is_none_is_refused(version, capsys, name):
    """The last has two Cyrillic letters in it."""
    assert "NAME: " in refused(capsys, version, "new", "signatory", name, *CLUB)


def test_several_faults_are_said_together(version, capsys):
    """What is missing, and what is wrong."""
    err = refused(capsys, version, "new", "signatory", "Quay Club", "--kind", "x", "--date", "y")
    assert [line.split()[0].rstrip(":") for line in err.splitlines()[1:]] == [
        "--kind", "--area", "--website", "--date", "--role",
    ]  # fmt: skip


@pytest.mark.parametrize("consultation", [False, True], ids=["no version", "a draft"])
def test_nobody_signs_what_cannot_be_signed(charter, capsys, consultation):
    """The first version comes before the first signature."""
    if consultation:
        write_release(charter, make_release(version="0.1.0"))
    assert "there is no version to sign yet" in refused(capsys, charter, "new", "signatory", "Quay", *CLUB)


# --- At a terminal -----------------------------------------------------------------------------------


STARTED = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT]); "
    "from charterpress.cli import main; sys.exit(main())"
)
"""The command as a shell starts it: pytest's workers pass on that they ignore Ctrl-C."""


class Person:
    """A person at a terminal, who types lines and reads what is said."""

    def __init__(self, folder, *arguments):
        self.end, other = pty.openpty()
        self.said, self.all = "", ""
        self.process = subprocess.Popen(
            [sys.executable, "-c", STARTED, *arguments],
            cwd=folder,
            stdin=other,
            stdout=other,
            stderr=other,
            env={**os.environ, "TERM": "dumb", "NO_COLOR": "1"},
            start_new_session=True,
        )
        os.close(other)

    def sees(self, words, seconds=30):
        """Reads until `words` have been shown."""
        until = time.monotonic() + seconds
        while words not in self.said and time.monotonic() < until:
            if not select.select([self.end], [], [], 0.2)[0]:
                continue
            try:
                data = os.read(self.end, 4096)
            except OSError:  # the other end is closed
                break
            self.said += data.decode().replace("\r\n", "\n")
        assert words in self.said, self.said
        shown, _, self.said = self.said.partition(words)
        self.all += shown + words
        return shown

    def types(self, line):
        """Types a line."""
        os.write(self.end, f"{line}\n".encode())

    def leaves(self):
        """The exit code, once everything was read."""
        code = self.process.wait(30)
        os.close(self.end)
        return code


@pytest.fixture
def person():
    """Starts commands at a terminal: person(folder, "new", …)."""
    started = []

    def start(folder, *arguments):
        started.append(Person(folder, *arguments))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
            each.process.wait()


def test_a_person_is_asked_for_what_is_missing(version, person):
    """With the choices and an example, and again in plain words until the answer can be taken."""
    someone = person(version.parent, "new", "principle")
    asked = someone.sees("THEME: ")
    assert (
        "Which theme does the principle belong to?\n  1  moorings  (Moorings)\n  2  tides  (Tides)\n" in asked
    )
    assert "  For example: moorings\n" in asked
    someone.types("")
    assert "  An answer is needed here.\n" in someone.sees("THEME: ")
    someone.types("tide")
    assert "  there is no theme called “tide”: do you mean “tides”?\n" in someone.sees("THEME: ")
    someone.types("2")
    someone.sees("TITLE: ")
    someone.types("Tides first")
    assert "the id “tides-first” is already that of" in someone.sees("TITLE: ")
    someone.types("Watch the tide")
    someone.sees("after [tides-second]: ")
    someone.types("1")
    someone.sees("It is principle 2.2, in the theme “Tides”.")
    someone.sees("charter new change  begins the note that says why.\n")
    assert someone.leaves() == 0
    read = load(version).charter.themes[1].principles
    assert [each.id for each in read] == ["tides-first", "watch-the-tide", "tides-second"]


def test_a_person_answers_for_an_organisation(version, person):
    """Enter takes what stands in brackets, or leaves out what may be left out."""
    someone = person(version.parent, "new", "signatory", "Quay Club", "--area", "The harbour")
    asked = someone.sees("kind: ")
    assert "  1  boat club\n  2  ferry\n" in asked
    someone.types("1")
    someone.sees("website: ")
    someone.types("quay.org.uk")
    assert "write “https://quay.org.uk”" in someone.sees("website: ")
    someone.types("https://quay.org.uk")
    for prompt, answer in (
        ("version [1.0.0]: ", ""), ("]: ", ""), ("role: ", "Chair"),
        ("link: ", ""), ("registration: ", ""), ("pledge: ", "We row."),
    ):  # fmt: skip
        someone.sees(prompt)
        someone.types(answer)
    someone.sees("wrote  charter/signatories/quay-club.yml\n")
    assert someone.leaves() == 0
    made = load(version).signatories[0]
    assert (made.kind, made.website, made.pledge) == ("boat club", "https://quay.org.uk", "We row.")
    assert [(each.version, each.role, each.link) for each in made.signed] == [("1.0.0", "Chair", "")]


def test_a_person_says_why(version, person):
    """What they cannot say now waits in the file."""
    edited(version / SECOND, "It does.", "It does so.")
    someone = person(version.parent, "new", "change")
    assert "  Press Enter to leave it out.\n" in someone.sees("why: ")
    someone.types("TODO")
    assert "is a placeholder" in someone.sees("why: ")
    someone.types("")
    someone.sees("wrote  charter/changes/tides-second.md\n")
    assert someone.leaves() == 0
    assert "Say why, in a sentence or two" in (version / "changes/tides-second.md").read_text()


@pytest.mark.parametrize("how", ["ctrl-c", "ctrl-d"])
def test_who_stops_has_written_nothing(version, person, how):
    """And is told so."""
    before = state(version)
    someone = person(version.parent, "new", "principle", "tides")
    someone.sees("TITLE: ")
    if how == "ctrl-c":
        # Between the prompt and the reading of an answer Python notes it and goes on: press it again.
        while someone.process.poll() is None:
            os.killpg(someone.process.pid, signal.SIGINT)
            if select.select([someone.end], [], [], 1)[0]:
                break
    else:
        os.write(someone.end, b"\x04")
    someone.sees("error: stopped; nothing was written\n")
    assert (someone.leaves(), state(version)) == (2, before)


def test_nobody_is_asked_where_nobody_is(charter):
    """Without a terminal on both sides, a script would wait for ever."""
    done = subprocess.run(
        [sys.executable, "-m", "charterpress.cli", "new", "principle", "tides"],
        cwd=charter.parent, input="Watch\n", capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: nothing was written:\n  TITLE is missing: for example Say what happened\n"
