"""`charter re-sign`, `withdraw` and `correct`: what each changes in a file, what it keeps, what it says."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from builders import make_signatory, release_draft, write_charter, write_signatory
from charterpress.checks import check
from charterpress.cli import main
from charterpress.cli.amend import CORRECT, RE_SIGN, WITHDRAW
from charterpress.cli.prompts import Terminal
from charterpress.editing.amend import CORRECTABLE
from charterpress.editing.sign_up import FIELDS
from charterpress.model import Signature, Withdrawal
from charterpress.read import load

ROOT = Path(__file__).resolve().parents[2]
PLAIN = """\
# Kept by hand since 2024.
name: Quay Club
kind: boat club   # not a ferry
area: The harbour

website: https://quay-club.example/
signed:
  - version: 1.0.0
    date: 2024-12-01
    role: Chair
    # agreed at the spring meeting

# That is all.
"""
# --- The commands ------------------------------------------------------------------------------------


@pytest.fixture
def charter(tmp_path, monkeypatch):
    """A small charter in the working folder, with versions 1.0.0 and 2.0.0, and one boat club that signed
    the first."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHARTER_SOURCE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    root = write_charter(tmp_path)
    release_draft(root, first=True)
    path = root / "themes/tides/tides-first.md"
    path.write_text(path.read_text().replace("every day", "every night"))
    (root / "changes").mkdir(exist_ok=True)
    (root / "changes/night.md").write_text(
        "---\nprinciples: [tides-first]\nclass: commitment\n---\nNights are long.\n"
    )
    release_draft(root, date="2025-01-01")
    (root / "signatories").mkdir()
    (root / "signatories/quay-club.yml").write_text(PLAIN)
    return root


@pytest.fixture
def said(charter, capsys):
    """said(*arguments): the exit code and what was said, where no traceback is, and nothing is half done."""

    def run(*arguments: str) -> tuple[int, str]:
        before = state(charter)
        code = main(arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        after = state(charter)
        assert set(after) == set(before)
        changed = [path for path in before if before[path] != after[path]]
        assert len(changed) <= (code == 0)
        assert bool(changed) == ("wrote  charter/" in out)
        return code, out + err

    return run


def state(root: Path) -> dict[str, bytes]:
    """Every file of the charter, with what it holds."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def refused(said, *arguments: str) -> str:
    """What is said of a command that ends with 2."""
    code, out = said(*arguments)
    assert code == 2
    return out


def entry(charter: Path, slug="quay-club") -> str:
    """A signatory's file."""
    return (charter / f"signatories/{slug}.yml").read_text()


ALONE = "Propose this on its own: a proposal that changes one entry must not change another."


def test_signing_again_adds_a_signature_and_says_what_is_left_to_do(said, charter):
    """Of the current version, by the office that signed before, unless something else is said."""
    assert said("re-sign", "quay-club", "--date", "2025-02-01") == (
        0,
        (
            "wrote  charter/signatories/quay-club.yml\n"
            "  +   - version: 2.0.0\n"
            "  +     date: 2025-02-01\n"
            "  +     role: Chair\n"
            "\n"
            "What is left to do:\n"
            "  1. Look at the organisation's website: does a page of it say that it signed this version?\n"
            f"  2. {ALONE}\n"
        ),
    )
    assert check(load(charter, shown="charter")) == ()
    signed = load(charter).signatories[0].signed
    assert [(each.version, each.date) for each in signed] == [
        ("1.0.0", "2024-12-01"),
        ("2.0.0", "2025-02-01"),
    ]


def test_each_command_said_twice_finds_its_work_done(said, charter):
    """It says so, ends well, and the file stays as it is."""
    twice = {
        ("re-sign", "quay-club", "--date", "2025-02-01"): "Quay Club signed 2.0.0 on 2025-02-01 already.",
        (
            "correct",
            "quay-club",
            "area",
            "The mole",
        ): "“area” is “The mole” in the entry of Quay Club already.",
        (
            "correct",
            "quay-club",
            "pledge",
            "A berth.",
        ): "“pledge” is “A berth.” in the entry of Quay Club already.",
        ("correct", "quay-club", "pledge", "--remove"): "The entry of Quay Club has no “pledge”.",
        ("withdraw", "quay-club", "--date", "2025-03-01", "--reason", "We close."): (
            "Quay Club withdrew on 2025-03-01 already."
        ),
    }
    for arguments, again in twice.items():
        assert said(*arguments)[0] == 0
        assert said(*arguments) == (0, f"{again} Nothing was written.\n")
    assert check(load(charter, shown="charter")) == ()


def test_what_was_signed_or_withdrawn_otherwise_is_mended_by_a_correction(said):
    """And the command for it is named, which works."""
    said("re-sign", "quay-club", "--date", "2025-02-01")
    assert refused(said, "re-sign", "quay-club", "--date", "2025-02-02", "--role", "Clerk") == (
        "error: nothing was written: Quay Club signed 2.0.0 on 2025-02-01 already; to mend what is said of "
        "it:\n"
        "  charter correct quay-club date NEW --version 2.0.0\n"
        "  charter correct quay-club role NEW --version 2.0.0\n"
    )
    assert said("correct", "quay-club", "date", "2025-02-02", "--version", "2.0.0")[0] == 0
    said("withdraw", "quay-club", "--date", "2025-03-01")
    assert refused(said, "withdraw", "quay-club", "--reason", "We close.") == (
        "error: nothing was written: Quay Club withdrew on 2025-03-01 already; to mend what is said of it:\n"
        "  charter correct quay-club note NEW --withdrawn\n"
    )
    assert said("correct", "quay-club", "note", "We close.", "--withdrawn")[0] == 0
    assert said("correct", "quay-club", "date", "2025-03-02", "--withdrawn")[0] == 0


def test_whoever_comes_back_counts_again_and_may_leave_again(said, charter):
    """A signature of a later day counts; a second withdrawal takes the place of the first."""
    assert said("withdraw", "quay-club", "--date", "2025-03-01", "--reason", "We close.")[0] == 0
    assert refused(said, "re-sign", "quay-club", "--version", "1.0.0", "--date", "2025-03-01") == (
        "error: nothing was written:\n"
        "  --date: it withdrew on 2025-03-01, and only a signature of a later day counts again; write the "
        "day on which it signed again, or mend the day on which it withdrew: charter correct quay-club date "
        "YEAR-MONTH-DAY --withdrawn\n"
    )
    assert said("re-sign", "quay-club", "--version", "1.0.0", "--date", "2025-03-02")[0] == 0
    assert load(charter).signatories[0].left is None
    assert refused(said, "withdraw", "quay-club", "--date", "2025-03-01") == (
        "error: nothing was written:\n"
        "  --date: it signed on 2025-03-02, and that would still count; write the day on which it withdrew\n"
    )
    assert said("withdraw", "quay-club", "--date", "2025-04-01")[0] == 0
    assert load(charter).signatories[0].left == Withdrawal(date="2025-04-01")
    assert entry(charter).endswith("withdrawn:\n  date: 2025-04-01\n\n# That is all.\n")


def test_a_withdrawal_says_what_stays(said, charter):
    """Its reason is written as it was said, whatever YAML might read in it."""
    code, out = said("withdraw", "quay-club", "--date", "2025-03-01", "--reason", "*We* close: #1 {all}")
    assert (code, out) == (
        0,
        (
            "wrote  charter/signatories/quay-club.yml\n"
            "  + withdrawn:\n"
            "  +   date: 2025-03-01\n"
            "  +   note: '*We* close: #1 {all}'\n"
            "\n"
            "What is left to do:\n"
            "  1. Tell it what stays: its page, which says that it withdrew and when, without its own "
            "words and "
            "links. If it comes back: charter re-sign quay-club\n"
            f"  2. {ALONE}\n"
        ),
    )
    assert load(charter).signatories[0].withdrawn == Withdrawal(
        date="2025-03-01", note="*We* close: #1 {all}"
    )
    assert said("correct", "quay-club", "withdrawn", "--remove")[0] == 0
    assert entry(charter) == PLAIN


@pytest.mark.parametrize(
    "called",
    [
        "quay-club",
        "Quay Club",
        "  QUAY   club ",
        "quay-club.yml",
        "signatories/quay-club.yml",
        "charter/signatories/quay-club.yml",
        r"charter\signatories\quay-club.yml",
        "https://charter.example/signatories/quay-club/",
        "Quay-Club!",
    ],
)
def test_an_organisation_is_called_by_whatever_names_it(said, called):
    """Its slug, its name, its file, the address of its page."""
    assert said("correct", called, "area", "The mole")[0] == 0


def test_a_name_that_nobody_has_names_the_nearest(said, charter):
    """And one that two have names both."""
    for slug in ("quay-club-2", "mole-rowing-club", "pier-7"):
        name = "Quay Club" if "quay" in slug else slug.replace("-", " ").capitalize()
        write_signatory(charter, make_signatory(slug, name=name))
    start = "error: nothing was written:\n  SLUG: "
    where = "in charter/signatories: "
    assert refused(said, "withdraw", "quai-club") == (
        f"{start}there is no organisation “quai-club” {where}do you mean “quay-club” or “quay-club-2”?\n"
    )
    assert refused(said, "withdraw", "Mole") == (
        f"{start}there is no organisation “Mole” {where}do you mean “mole-rowing-club”?\n"
    )
    assert refused(said, "withdraw", "Zeppelins") == (
        f"{start}there is no organisation “Zeppelins” {where}write the name of its file, without “.yml”\n"
    )
    assert refused(said, "withdraw", "Quay Club") == (
        f"{start}“Quay Club” is the name of 2 organisations: say “quay-club” and “quay-club-2”\n"
    )


def test_without_an_entry_there_is_nobody_to_change(said, charter):
    """Nobody has signed yet, or the file cannot be read."""
    (charter / "signatories/quay-club.yml").write_text("- name: Quay Club\n")
    assert refused(said, "correct", "quay-club", "area", "The mole") == (
        "error: charter/signatories/quay-club.yml: this file cannot be read: run “charter check”\n"
    )
    (charter / "signatories/quay-club.yml").unlink()
    assert refused(said, "correct", "quay-club", "area", "The mole") == (
        "error: nothing was written:\n  SLUG: nobody has signed yet: there is no file in "
        "charter/signatories\n"
    )


def test_a_version_that_was_not_released_or_lies_behind_is_not_signed(said, charter):
    """The check says so of the one; of the other, what to do instead."""
    assert refused(said, "re-sign", "quay-club", "--version", "2.0.1", "--date", "2025-02-01") == (
        "error: nothing was written:\n"
        "  --version: “2.0.1” is not a version that was released; write “2.0.0”\n"
    )
    assert refused(said, "re-sign", "quay-club", "--date", "2024-12-24") == (
        "error: nothing was written:\n"
        "  --date: 2024-12-24 is before 2025-01-01, the day on which 2.0.0 was released; write the day on "
        "which "
        "it was signed\n"
    )
    club = make_signatory("pier-7", ("2.0.0", "2025-02-01"), name="Pier 7")
    write_signatory(charter, club)
    assert refused(said, "re-sign", "pier-7", "--version", "1.0.0") == (
        "error: nothing was written:\n"
        "  --version: “Pier 7” stands by 2.0.0, which is newer than 1.0.0; if it no longer does, it "
        "withdraws: "
        "charter withdraw pier-7\n"
    )


STAYS = {
    ("version", "2.0.0"): (
        "KEY: what “Quay Club” signed stays as it is: “charter re-sign quay-club” adds a signature of "
        "another "
        "version"
    ),
    ("signed", "x"): (
        "KEY: the signatures of “Quay Club” stay as they are: “charter re-sign quay-club” adds one; its "
        "date, "
        "role and link can be corrected"
    ),
    ("withdrawn", "2025-03-01"): (
        "KEY: “charter withdraw quay-club” writes it; its date and note can be corrected, with "
        "--withdrawn, and "
        "--remove takes out one that was written by mistake"
    ),
    ("slug", "quay"): "KEY: its file is called by its name: correct “name”, with --rename",
    ("formerly", "x"): (
        "KEY: correct “name” with --rename, which writes down what the file was called before"
    ),
    ("aera", "x"): "KEY: there is no key “aera”: do you mean “area”?",
    ("zzz", "x"): (
        "KEY: there is no key “zzz”: there is “name”, “name_latin”, “kind”, “area”, “website”, "
        "“registration”, "
        "“pledge”, “date”, “role”, “link” and “note”"
    ),
    ("note", "x"): "KEY: “Quay Club” has no “note”: it did not withdraw",
    ("kind", "boat clubs"): "VALUE: “boat clubs” is not a kind that charter.yml lists; write “boat club”",
    ("website", "quay"): "VALUE:",
    ("date", "1/2/2025"): "VALUE: “1/2/2025” is not a date; write year, month and day, such as 2026-12-01",
    ("role", "chair@quay.example"): (
        "VALUE: “chair@quay.example” is an e-mail address; leave it out: the organisation's website says "
        "how to "
        "write to it"
    ),
}


@pytest.mark.parametrize(("arguments", "sentence"), STAYS.items(), ids=lambda each: each[0])
def test_what_cannot_be_corrected_is_refused_with_what_to_do_instead(said, arguments, sentence):
    """In the sentence that the check has for it, where it has one."""
    code, out = said("correct", "quay-club", *arguments)
    assert code == 2
    assert out.startswith(f"error: nothing was written:\n  {sentence}")
    assert out.count("\n") == 2


def test_what_has_to_be_there_is_not_taken_out(said):
    """And a value goes with no --remove."""
    assert refused(said, "correct", "quay-club", "area", "--remove") == (
        "error: “area” has to be there: say what is right instead of --remove\n"
    )
    assert refused(said, "correct", "quay-club", "pledge", "x", "--remove") == (
        "error: --remove takes the value out: leave out the new one\n"
    )
    assert refused(said, "correct", "quay-club", "date", "--remove", "--version", "1.0.0") == (
        "error: “date” has to be there: say what is right instead of --remove\n"
    )


def test_of_several_signatures_one_is_meant(said, charter):
    """By its version, or the withdrawal; what is of the organisation has none."""
    club = make_signatory("pier-7", ("1.0.0", "2024-12-01"), ("2.0.0", "2025-02-01"), name="Pier 7")
    write_signatory(charter, replace(club, withdrawn=Withdrawal(date="2025-03-01")))
    which = "say --version 1.0.0 or --version 2.0.0"
    assert refused(said, "correct", "pier-7", "role", "Clerk") == (
        f"error: the entry of “Pier 7” has more than one “role”: {which}\n"
    )
    assert refused(said, "correct", "pier-7", "date", "2025-02-02") == (
        f"error: the entry of “Pier 7” has more than one “date”: {which} or --withdrawn\n"
    )
    assert refused(said, "correct", "pier-7", "role", "Clerk", "--version", "3.0.0") == (
        f"error: “Pier 7” did not sign “3.0.0”: {which}\n"
    )
    assert refused(said, "correct", "pier-7", "role", "Clerk", "--withdrawn") == (
        f"error: “role” is of a signature: {which}\n"
    )
    assert refused(said, "correct", "pier-7", "area", "The mole", "--version", "1.0.0") == (
        "error: “area” is the organisation's own: leave out --version and --withdrawn\n"
    )
    assert said("correct", "pier-7", "role", "Clerk", "--version", "1.0.0")[0] == 0
    assert said("correct", "pier-7", "date", "2024-12-02", "--version", "1.0.0")[0] == 0
    assert said("correct", "pier-7", "link", "https://pier-7.example/charter", "--version", "2.0.0")[0] == 0
    (found,) = (each for each in load(charter).signatories if each.slug == "pier-7")
    assert found.signed == (
        Signature(version="1.0.0", date="2024-12-02", role="Clerk"),
        Signature(version="2.0.0", date="2025-02-01", role="Chair", link="https://pier-7.example/charter"),
    )


HOSTILE = {
    "The\u202eharbour": None,
    "The\u2028harbour": "it has a character in it that ends a line or hides, U+2028; type it again",
    "The\nharbour": "it has a character in it that ends a line or hides, U+000A; type it again",
    "The\x1b[31mharbour": "it has a character in it that ends a line or hides, U+001B; type it again",
    "The\x00harbour": "it has a character in it that ends a line or hides, U+0000; type it again",
    "The\u200bharbour": None,
    "Тhe harbour": "“area” has letters of Cyrillic and Latin in one word, “Тhe”; type the word again on "
    "one keyboard",
    "x" * 121: "“area” has 121 characters; 120 is the most; say it more briefly",
    " ": "there is nothing in it; write it, or leave it out",
}


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:20])
def test_a_hostile_value_is_refused_and_shown_as_its_code(said, value):
    """By the sentence that the check has for it; nothing of it acts on a terminal."""
    for arguments in (("correct", "quay-club", "area", value), ("withdraw", "quay-club", "--reason", value)):
        code, out = said(*arguments)
        flag = "VALUE" if arguments[0] == "correct" else "--reason"
        if len(value) == 121 and flag == "--reason":
            assert code == 0
            continue
        assert code == 2
        assert out.startswith(f"error: nothing was written:\n  {flag}: ")
        assert out.count("\n") == 2
        assert not re.search("[\u202a-\u202e\u2028\u200b\x00\x1b]", out)
        assert flag == "--reason" or HOSTILE[value] is None or out.endswith(f"{HOSTILE[value]}\n")


def test_what_would_be_read_as_something_else_is_not_written(said):
    """The new file is read once more: a sign that readers put in the place of broken letters is not kept."""
    assert refused(said, "correct", "quay-club", "area", "The mole\ufffd") == (
        "error: charter/signatories/quay-club.yml: nothing was written: the file would say something else "
        "than "
        "what was asked for; make the change by hand\n"
    )


def test_what_the_check_only_asks_about_is_written_and_pointed_out(said, charter):
    """Such as the website of another organisation."""
    write_signatory(charter, make_signatory("pier-7", name="Pier 7", website="https://pier.example/"))
    code, out = said("correct", "quay-club", "website", "https://pier.example/")
    assert code == 0
    assert "Look at this once more:\n  charter/signatories/quay-club.yml: " in out


def test_an_entry_with_a_fault_can_be_mended_step_by_step(said, charter):
    """What the check says already stops no other change."""
    path = charter / "signatories/quay-club.yml"
    path.write_text(PLAIN.replace("boat club ", "yacht club ").replace("2024-12-01", "2023-12-01"))
    assert said("correct", "quay-club", "kind", "boat club")[0] == 0
    assert said("correct", "quay-club", "date", "2024-12-01")[0] == 0
    assert path.read_text() == PLAIN


def test_whoever_reads_only_the_first_line_is_told_of_no_fault(charter):
    """The file is written whole before anything is said, and the command ends well."""
    line = [sys.executable, "-m", "charterpress.cli", "correct", "quay-club", "area", "The mole"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        started.stdout.close()
        said = started.stderr.read().decode()
    assert (started.returncode, said) == (0, "")
    assert "area: The mole\n" in entry(charter)


# --- Another name ------------------------------------------------------------------------------------


def run(capsys, *arguments: str) -> tuple[int, str]:
    """The exit code, and what was said."""
    code = main(arguments)
    return code, "".join(capsys.readouterr())


def test_a_new_name_moves_the_file_and_the_old_one_is_remembered(charter, capsys):
    """All else in it stays; said twice it is done, and the organisation is found by its old name too."""
    line = ("correct", "quay-club", "name", "Mole & Sons", "--rename")
    assert run(capsys, *line) == (
        0,
        f"""\
wrote  charter/signatories/mole-and-sons.yml
removed  charter/signatories/quay-club.yml
  - name: Quay Club
  + name: Mole & Sons
  + formerly:
  +   - quay-club

What is left to do:
  1. Tell it its new address, signatories/mole-and-sons/. The old one leads there; the badge stands at both.
  2. {ALONE}
""",
    )
    assert not (charter / "signatories/quay-club.yml").exists()
    assert entry(charter, "mole-and-sons") == PLAIN.replace("Quay Club", "Mole & Sons").replace(
        "signed:", "formerly:\n  - quay-club\nsigned:"
    )
    assert check(load(charter, shown="charter")) == ()
    before = state(charter)
    again = "“name” is “Mole & Sons” in the entry of Mole & Sons already. Nothing was written.\n"
    assert run(capsys, *line) == (0, again)
    assert state(charter) == before
    assert run(capsys, "correct", "quay-club", "name", "Quay Club", "--rename")[0] == 0
    assert load(charter).signatories[0].formerly == ("mole-and-sons",)
    assert run(capsys, "correct", "quay-club", "name", "QUAY Club")[0] == 0
    assert check(load(charter, shown="charter")) == ()


def test_a_new_name_without_its_address_is_refused_with_the_reason(said):
    """And --rename is for nothing else."""
    assert refused(said, "correct", "quay-club", "name", "Mole Club") == (
        "error: nothing was written: with this name its file is called mole-club.yml, and its page has "
        "another "
        "address: say --rename as well, and the old address and badge lead there\n"
    )
    assert refused(said, "correct", "quay-club", "area", "The mole", "--rename") == (
        "error: --rename is for a new name: leave it out\n"
    )


def test_nobody_takes_an_address_that_is_anothers_or_was(charter, capsys):
    """Not by a new name, not by a new entry, not by a form."""
    assert run(capsys, "correct", "quay-club", "name", "Mole Club", "--rename")[0] == 0
    write_signatory(charter, make_signatory("pier-7", name="Pier 7"))
    before = state(charter)
    for name, slug in (("Mole Club", "mole-club"), ("Quay Club", "quay-club")):
        code, out = run(capsys, "correct", "pier-7", "name", name, "--rename")
        assert code == 2
        assert out == (
            f"error: nothing was written: {slug}.yml is the file of another organisation, or was. If both "
            f"are one, withdraw one of the entries. If they are two, call this file {slug}-2.yml by hand, "
            "and write “formerly: [pier-7]” into it\n"
        )
    answers = ("--kind", "ferry", "--area", "x", "--website", "https://new.example/", "--role", "Chair")
    code, out = run(capsys, "new", "signatory", "Quay Club", *answers)
    assert (code, state(charter)) == (2, before)
    assert "this was the file of “Mole Club”, and old links lead there." in out
    assert "if it is another one, say --slug quay-club-2" in out
    said = {"name": "Quay Club", "area": "The mole", "website": "https://new.example/", "date": "2025-02-01"}
    said |= {"kind": "ferry", "version": "2.0.0", "role": "Chair"}
    form = "".join(f"{field.label}: {said[field.key]}\n" for field in FIELDS if field.key in said)
    (charter.parent / "form.txt").write_text(form)
    assert run(capsys, "sign", "--from", "form.txt")[0] == 0
    assert (charter / "signatories/quay-club-2.yml").exists()
    assert check(load(charter, shown="charter")) == ()


# --- At a terminal -----------------------------------------------------------------------------------


def typing(monkeypatch, *lines: str) -> None:
    """A person at a terminal who types `lines`."""
    typed = iter(lines)
    monkeypatch.setattr(
        "charterpress.cli.amend.common.interactive_terminal",
        lambda out: Terminal(read=lambda words: next(typed), out=out),
    )


def test_a_person_is_asked_for_what_was_not_said(said, charter, monkeypatch):
    """Enter takes what stands in brackets; what is wrong is asked again."""
    typing(monkeypatch, "quai club", "quay club", "", "2024-12-24", "2025-02-01", "", "")
    code, out = said("re-sign")
    assert code == 0
    assert "Which organisation? Its name, or the name of its file.\n  For example: quay-club\n" in out
    assert "do you mean “quay-club”?" in out
    assert "Which version does Quay Club sign?\n" in out
    assert "  2024-12-24 is before 2025-01-01, the day on which 2.0.0 was released" in out
    assert load(charter).signatories[0].signed[-1] == Signature(
        version="2.0.0", date="2025-02-01", role="Chair"
    )
    typing(monkeypatch, "quay-club", "role", "1", "Clerk")
    code, out = said("correct")
    assert code == 0
    assert "What is wrong in the entry of Quay Club?\n  1  name  (Quay Club)\n" in out
    assert "The “role” of which signature?\n  1  1.0.0\n  2  2.0.0\n" in out
    assert "There is “Chair” now. What is right?\n" in out
    assert [each.role for each in load(charter).signatories[0].signed] == ["Clerk", "Chair"]
    typing(monkeypatch, "2025-03-01", "")
    code, out = said("withdraw", "quay-club")
    assert code == 0
    assert "Since which day does Quay Club no longer stand by its signature?\n" in out
    assert load(charter).signatories[0].left == Withdrawal(date="2025-03-01")


def test_whoever_stops_has_written_nothing(said, monkeypatch):
    """Ctrl-C and the end of the input end the command."""

    def stops(words):
        raise KeyboardInterrupt

    monkeypatch.setattr(
        "charterpress.cli.amend.common.interactive_terminal", lambda out: Terminal(read=stops, out=out)
    )
    code, out = said("correct", "quay-club")
    assert code == 2
    assert out.endswith("error: stopped; nothing was written\n")


# --- On real charters --------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["tests/example/charter", "charter"])
def test_every_entry_of_a_real_charter_can_be_changed_and_changed_back(source, tmp_path, monkeypatch, capsys):
    """Sixty organisations in many scripts: a pledge, a withdrawal, and the same bytes again."""
    monkeypatch.chdir(tmp_path)
    root = Path(shutil.copytree(ROOT / source, tmp_path / "charter"))
    (root / "signatories").mkdir(exist_ok=True)
    if source == "charter":
        entry_ = re.search(
            r"<!-- entry: \S+ -->\n```yaml\n(.*?)```",
            (ROOT / "docs/editors/signatories.md").read_text(),
            re.DOTALL,
        )[1]
        (root / "signatories/harbour-lane-community-kitchen.yml").write_text(entry_)
    before = state(root)
    names = sorted(path.stem for path in (root / "signatories").glob("*.yml"))
    assert names
    for slug in names[:: max(1, len(names) // 8)]:
        had = load(root).signatories
        (was,) = (each for each in had if each.slug == slug)
        assert main(["correct", slug, "area", "Everywhere, *and* here: #1"]) == 0
        assert main(["correct", slug, "area", was.area]) == 0
        again = (root / f"signatories/{slug}.yml").read_text()
        old = before[f"signatories/{slug}.yml"].decode()
        assert again.replace("'", "").replace('"', "") == old.replace("'", "").replace('"', "")
        (root / f"signatories/{slug}.yml").write_text(old)
        if was.withdrawn is None:
            assert main(["withdraw", slug, "--date", "2026-11-23"]) == 0
            assert main(["correct", slug, "withdrawn", "--remove"]) == 0
    assert "Traceback" not in capsys.readouterr().err
    assert state(root) == before


# --- The page for editors ----------------------------------------------------------------------------

PAGE = (ROOT / "docs/editors/changed-entries.md").read_text(encoding="utf-8")


def test_the_page_on_changed_entries_runs_as_it_is_shown(tmp_path, monkeypatch, capsys):
    """Every command typed, one after the other, in our charter with a version 2.0.0; every answer is the one
    it prints, and the check finds nothing at the end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHARTER_SOURCE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    root = Path(shutil.copytree(ROOT / "charter", tmp_path / "charter"))
    slug, text = re.search(
        r"<!-- entry: (\S+) -->\n```yaml\n(.*?)```",
        (ROOT / "docs/editors/signatories.md").read_text(encoding="utf-8"),
        re.DOTALL,
    ).groups()
    (root / "signatories").mkdir(exist_ok=True)
    (root / f"signatories/{slug}.yml").write_text(text, encoding="utf-8")
    second_version(root)
    out, typed = "", []
    blocks = re.findall(r"<!-- (run|said): ([\w.-]+) -->\n```\w*\n(.*?)```", PAGE, re.DOTALL)
    for what, name, block in blocks:
        if what == "run":
            line = shlex.split(block)
            assert line[0] == "charter"
            main(line[1:])
            out, typed = "".join(capsys.readouterr()), [*typed, name]
        else:
            assert out == block
    assert typed == ["re-sign", "correct", "refused", "renamed", "rename", "withdraw", "pledge"]
    assert main(["check"]) == 0


def second_version(root: Path) -> None:
    """Releases 2.0.0 with one commitment changed, on the day of 1.0.0."""
    path = root / "themes/skills-and-attributes/turn-up.md"
    old, new = "a deputy briefed by that person", "a deputy whom that person must have briefed"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    (root / "changes").mkdir(exist_ok=True)
    (root / "changes/turn-up.md").write_text(
        "---\nprinciples: [turn-up]\nclass: commitment\n---\nSomebody has to know what was said.\n"
    )
    assert release_draft(root, date="2026-11-23").version == "2.0.0"


def test_every_option_of_the_commands_is_told_on_the_page():
    """And every key that can be corrected."""
    told = set(re.findall(r"--[a-z]+", PAGE))
    for command in (RE_SIGN, WITHDRAW, CORRECT):
        parser = argparse.ArgumentParser()
        command.options(parser)
        assert set(re.findall(r"--[a-z]+", parser.format_help())) - {"--help"} <= told
    assert [key for key in CORRECTABLE if f"`{key}`" not in PAGE] == []
