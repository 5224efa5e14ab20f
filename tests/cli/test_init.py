"""`charter init`: a repository whose charter passes the check, and can be built and released."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import pytest

import fork_server
from charterpress.checks import check
from charterpress.cli import main
from charterpress.editing.starter import Answers, Host, read_record
from charterpress.read import load
from charterpress.storage import atomic
from commands import file_contents, run_charter, run_in_terminal


def test_it_is_a_repository_with_a_complete_charter_without_findings(working_folder, capsys, monkeypatch):
    """Each command that it says to use can be copied, in a folder with a space in its name too."""
    code, out, err = run_charter(capsys, "init", "our charter")
    assert (code, err) == (0, "")
    read = load(working_folder / "our charter/charter")
    assert check(read) == ()
    assert [len(theme.principles) for theme in read.charter.themes] == [3, 2]
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in working_folder.rglob("*.md"))
    change, build, *commands = [line.partition("  ")[0] for line in out.splitlines()[3:7]]
    monkeypatch.chdir(shlex.split(change)[1])
    result = fork_server.run(*shlex.split(build), cwd=working_folder / "our charter", env=dict(os.environ))
    assert (result.returncode, "warning" in result.stderr) == (0, False), result.stderr
    for each in commands:
        program, *words = shlex.split(each)
        assert program == "charter"
        assert run_charter(capsys, *words)[0] == 0


def test_it_can_be_released_built_signed_and_changed(working_folder, capsys, monkeypatch):
    """What is released stands in the changelog of its people, below nothing of anybody else's."""
    assert run_charter(capsys, "init", "ours", "--host", "none")[0] == 0
    monkeypatch.chdir("ours")
    assert run_charter(capsys, "release", "--first", "--date", "2026-01-02")[0] == 0
    options = (
        "--kind",
        "club",
        "--area",
        "The quay",
        "--role",
        "Chair",
        "--website",
        "https://quay.example/",
    )
    assert run_charter(capsys, "new", "signatory", "Quay Club", *options)[0] == 0
    result = fork_server.run("charter", "build", cwd=Path.cwd(), env=dict(os.environ))
    assert (result.returncode, "warning" in result.stderr) == (0, False), result.stderr
    for path in ("charter/index.html", "signatories/quay-club/index.html", "versions/1.0.0/charter.pdf"):
        assert Path("site", path).is_file(), path
    assert "### 1.0.0 - 2026-01-02" in Path("CHANGELOG.md").read_text()
    assert run_charter(capsys, "new", "principle", "welcome", "Say thank you")[0] == 0
    assert run_charter(capsys, "new", "change", "--why", "It was missing.")[0] == 0


def test_options_are_answers(working_folder, capsys):
    options = ("--title", "Addewid Afon", "--language", "cy", "--kinds", "elusen, ysgol", "--host", "gitlab")
    options += ("--owner", "Cymdeithas yr Afon", "--contact", "siarter@afon.cymru", "--licence", "CC0-1.0")
    options += ("--site-url", "https://siarter.cymru/", "--summary", "Beth a addawn i’r afon.")
    assert run_charter(capsys, "init", "ours", *options, "--maintainers", "@ann, @afon/pwyllgor")[0] == 0
    answers = read_record(working_folder / "ours").answers
    assert answers == Answers(
        title="Addewid Afon",
        summary="Beth a addawn i’r afon.",
        licence="CC0-1.0",
        language="cy",
        owner="Cymdeithas yr Afon",
        contact="siarter@afon.cymru",
        kinds=("elusen", "ysgol"),
        host=Host.GITLAB,
        maintainers=("@ann", "@afon/pwyllgor"),
        site_url="https://siarter.cymru/",
    )
    assert load(working_folder / "ours/charter").charter.signatory_kinds == ("elusen", "ysgol")
    assert (working_folder / "ours/.gitlab-ci.yml").is_file()


def test_a_charter_begins_in_its_language_where_there_are_words(working_folder, capsys):
    """Whoever reads what the command says is told what they are."""
    for tag, title, words in (
        ("cy", "Siarter y Neuadd", "A program wrote its words in Cymraeg (cy), and nobody who speaks it"),
        ("fr", "Shared Hall Charter", "There are no first words in Français (fr), so they are in English"),
    ):
        code, out, _ = run_charter(capsys, "init", tag, "--language", tag)
        assert (code, words in out) == (0, True), out
        answers = read_record(working_folder / tag).answers
        assert (answers.title, answers.language, "clwb" in answers.kinds) == (title, tag, tag == "cy")


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--host", "githab", "--host: “githab” is not a host: choose from “github”"),
        ("--language", "english", "--language: “english” is not the code of a language"),
        ("--contact", "quay", "--contact: “quay” is not an e-mail address"),
        ("--kinds", ",", "--kinds: there is nothing between the commas"),
        ("--kinds", "club, Club", "--kinds: “Club” is there twice"),
        ("--kinds", "none", "--kinds: “none” cannot be a kind"),
        ("--maintainers", "ann", "--maintainers: “ann” is not an account"),
        ("--licence", "as you like", "--licence: “as you like” is not the code of a licence"),
        ("--site-url", "charter.example", "--site-url: “charter.example” is not the address of a site"),
        ("--title", "The River Charter", "--title: leave out “The”: sentences put it before"),
        ("--title", "", "--title: there is nothing in it"),
        ("--title", "x" * 80, "--title: it has 80 characters; 79 is the most"),
        ("--site-url", "https://quay.example/?a=1", "is not the address of a site"),
        ("--site-url", "https://quay.example#a", "is not the address of a site"),
        ("--title", "a\nb", "--title: it has a character in it that ends a line"),
        ("--title", "a\u202eb", "U+202E"),
        ("--owner", "hello@quay.example", "owner: “hello@quay.example” is not part of a name"),
        ("--summary", "TBC", "“TBC” is a placeholder"),
    ],
)
def test_a_wrong_answer_is_refused_before_anything_is_begun(working_folder, capsys, option, value, message):
    code, out, err = run_charter(capsys, "init", "ours", option, value)
    assert (code, out, list(working_folder.iterdir())) == (2, "", [])
    assert message in err


@pytest.mark.parametrize("owner", [(), ("--owner", "Quay Trust")])
def test_its_pages_have_one_empty_line_between_paragraphs(working_folder, capsys, owner):
    assert run_charter(capsys, "init", "ours", *owner)[0] == 0
    for page in (*(working_folder / "ours/docs").glob("*.md"), working_folder / "ours/README.md"):
        assert "\n\n\n" not in page.read_text(encoding="utf-8"), page.name


def test_letters_without_a_font_are_named_with_what_to_do(working_folder, capsys):
    """Some need a font that the new mkdocs.yml is to name, so that the repository is written."""
    code, out, _ = run_charter(capsys, "init", "ours", "--title", "\U0001f389 Party")
    assert code == 0
    assert out.endswith(
        "charter/charter.yml:1: no font has “\U0001f389” (U+1F389): no version could be printed\n"
        "  write a word instead, or a sign that the fonts have\n"
    )


def test_a_person_is_asked_and_wrong_options_before_that(working_folder):
    """Enter takes what is offered; the host can be chosen by its number. What the check would refuse is
    said at once, before the other questions."""
    program = str(Path(sys.executable).with_name("charter"))
    names = "\n{{ River\nRiver Charter\nQuay Trust 0123 456789\nQuay Trust\n"
    typed = f"{names}nobody\ncharter@quay.example\nclub: a, school\n4\n"
    code, shown = run_in_terminal(program, "init", "ours", typed=typed, cwd=working_folder)
    assert (code, "“nobody” is not an e-mail address" in shown) == (0, True), shown
    assert "“0123 456789” is not part of a name" in shown
    assert read_record(working_folder / "ours").answers == Answers(
        title="River Charter",
        owner="Quay Trust",
        contact="charter@quay.example",
        kinds=("club: a", "school"),
        host=Host.NONE,
    )
    code, shown = run_in_terminal(
        program, "init", "other", "--licence", "?", typed="\nx\n", cwd=working_folder
    )
    assert (code, "What is the charter called" in shown) == (2, False)


@pytest.mark.parametrize("folder", ["new/deep/ours", "empty", "git", "link"])
def test_a_new_or_empty_folder_is_filled(working_folder, capsys, folder):
    """Missing parents are created; a `.git` folder does not count."""
    if folder in ("empty", "git"):
        (working_folder / folder).mkdir()
    if folder == "git":
        (working_folder / folder / ".git").mkdir()
    if folder == "link":
        (working_folder / "place").mkdir()
        (working_folder / folder).symlink_to("place")
    assert run_charter(capsys, "init", folder)[0] == 0
    assert check(load(working_folder / folder / "charter")) == ()


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("full", "the folder “full” is not empty: “mine.txt” lies in it"),
        ("hidden", "the folder “hidden” is not empty: “.env” lies in it"),
        ("file", "“file” is a file: say the name of a new folder"),
        ("file/below", "Not a directory; nothing was begun"),
        ("", "which folder?"),
        (" ", "which folder?"),
        ("dangling", "nothing was begun"),
        ("n" * 300, "name too long; nothing was begun"),
    ],
)
def test_existing_files_are_neither_overwritten_nor_mixed_with(working_folder, capsys, folder, message):
    for name in ("full/mine.txt", "hidden/.env"):
        (working_folder / name).parent.mkdir()
        (working_folder / name).write_text("mine")
    (working_folder / "file").write_text("mine")
    (working_folder / "dangling").symlink_to("nowhere/at/all/\x01")
    (working_folder / "nowhere").write_text("mine")
    before = file_contents(working_folder)
    code, out, err = run_charter(capsys, "init", folder)
    assert (code, out, file_contents(working_folder)) == (2, "", before)
    assert err.startswith("error: ")
    assert message.casefold() in err.casefold()


def test_a_second_time_is_refused(working_folder, capsys):
    run_charter(capsys, "init", "ours")
    (working_folder / "ours/charter/preamble.md").write_text("Ours.\n")
    assert run_charter(capsys, "init", "ours")[0] == 2
    assert (working_folder / "ours/charter/preamble.md").read_text() == "Ours.\n"


@pytest.mark.parametrize("stage", ["before", "after"], ids=["before the rename", "after the rename"])
def test_it_can_be_repeated_after_an_interruption(working_folder, capsys, monkeypatch, stage):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    finish = atomic.finish_writing
    calls = []

    def interrupt_second(root, **options):
        calls.append(root)
        return interrupt() if len(calls) > 1 else finish(root, **options)

    monkeypatch.setattr(
        atomic,
        "_sync" if stage == "before" else "finish_writing",
        interrupt if stage == "before" else interrupt_second,
    )
    with pytest.raises(KeyboardInterrupt):
        main(["init", "ours"])
    monkeypatch.undo()
    monkeypatch.chdir(working_folder)
    assert not (working_folder / "ours/charter").exists()
    assert run_charter(capsys, "init", "ours")[0] == 0
    assert check(load(working_folder / "ours/charter")) == ()
    assert not list((working_folder / "ours").glob(".[su]*"))
