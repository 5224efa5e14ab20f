"""`charter re-sign`, `withdraw` and `correct`: what transcripts cannot show."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from charterpress.cli import COMMANDS
from charterpress.cli.prompts import Terminal
from charterpress.editing.amend import CORRECTABLE
from charterpress.model import Signature, Withdrawal
from charterpress.read import load
from commands import file_contents, run_charter
from package_pages import package_page
from test_documentation import ROOT, _block

PAGE = package_page("editors/changed-entries.md")


@pytest.mark.parametrize(
    "name",
    [
        *(
            "quay-club",
            "Quay Club",
            "  QUAY   club ",
            "Quay-Club!",
            "quay-club.yml",
            "signatories/quay-club.yml",
        ),
        *("charter/signatories/quay-club.yml", r"charter\signatories\quay-club.yml"),
        "https://charter.example/signatories/quay-club/",
    ],
)
def test_an_organisation_is_found_by_its_slug_name_file_or_page(quay_club, capsys, name):
    assert run_charter(capsys, "correct", name, "area", "The mole")[0] == 0


HIDDEN = "it has a character in it that ends a line or hides, U+{}; type it again"
HOSTILE = {
    "The\u202eharbour": "",
    "The\u200bharbour": "",
    "The\u2028harbour": HIDDEN.format("2028"),
    "The\nharbour": HIDDEN.format("000A"),
    "The\x1b[31mharbour": HIDDEN.format("001B"),
    "The\x00harbour": HIDDEN.format("0000"),
    "Тhe harbour": "letters of Cyrillic and Latin in one word, “Тhe”; type the word again on one keyboard",
    "x" * 121: "“area” has 121 characters; 120 is the most; say it more briefly",
    " ": "there is nothing in it; write it, or leave it out",
}


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:20])
def test_a_hostile_value_is_refused_and_shown_as_its_code(quay_club, capsys, value):
    before = file_contents(quay_club)
    lines = {"VALUE": ("correct", "quay-club", "area", value)}
    if len(value) < 121:  # which a reason may have
        lines["--reason"] = ("withdraw", "quay-club", "--reason", value)
    for flag, line in lines.items():
        code, out, err = run_charter(capsys, *line)
        assert (code, out, err.count("\n"), file_contents(quay_club)) == (2, "", 2, before)
        assert err.startswith(f"error: nothing was written:\n  {flag}: ")
        assert not re.search("[\u202a-\u202e\u2028\u200b\x00\x1b]", err)
        assert flag == "--reason" or not HOSTILE[value] or err.endswith(f"{HOSTILE[value]}\n")


def test_a_reader_of_the_first_line_alone_causes_no_error(quay_club):
    """The file is written before anything is printed."""
    line = [sys.executable, "-m", "charterpress.cli", "correct", "quay-club", "area", "The mole"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        started.stdout.close()
        errors = started.stderr.read().decode()
    assert (started.returncode, errors) == (0, "")
    assert "area: The mole\n" in (quay_club / "signatories/quay-club.yml").read_text()


def test_a_person_is_asked_for_what_is_missing(quay_club, capsys, type_answers):
    type_answers("quai club", "quay club", "", "2024-12-24", "2025-02-01", "", "")
    code, out, _ = run_charter(capsys, "re-sign")
    assert code == 0
    assert "Which organisation? Its name, or the name of its file.\n  For example: quay-club\n" in out
    assert "do you mean “quay-club”?" in out
    assert "Which version does Quay Club sign?\n" in out
    assert "  2024-12-24 is before 2025-01-01, the day on which 2.0.0 was released" in out
    signed = load(quay_club).signatories[0].signed
    assert signed[-1] == Signature(version="2.0.0", date="2025-02-01", role="Chair")
    type_answers("quay-club", "role", "1", "Clerk")
    code, out, _ = run_charter(capsys, "correct")
    assert code == 0
    assert "What is wrong in the entry of Quay Club?\n  1  name  (Quay Club)\n" in out
    assert "The “role” of which signature?\n  1  1.0.0\n  2  2.0.0\n" in out
    assert "There is “Chair” now. What is right?\n" in out
    assert [each.role for each in load(quay_club).signatories[0].signed] == ["Clerk", "Chair"]
    type_answers("2025-03-01", "")
    code, out, _ = run_charter(capsys, "withdraw", "quay-club")
    assert code == 0
    assert "Since which day does Quay Club no longer stand by its signature?\n" in out
    assert load(quay_club).signatories[0].left == Withdrawal(date="2025-03-01")


def test_a_person_who_stops_has_written_nothing(quay_club, capsys, monkeypatch):
    def interrupt(prompt):
        raise KeyboardInterrupt

    before = file_contents(quay_club)
    terminal = "charterpress.cli.entry_files.interactive_terminal"
    monkeypatch.setattr(terminal, lambda out: Terminal(read=interrupt, out=out))
    code, _, err = run_charter(capsys, "correct", "quay-club")
    assert (code, err, file_contents(quay_club)) == (2, "error: stopped; nothing was written\n", before)


@pytest.mark.parametrize(
    "source", [pytest.param("tests/example/brambleford", marks=pytest.mark.long), "charter"]
)
def test_every_entry_of_a_real_charter_can_be_changed_and_changed_back(source, working_folder, capsys):
    """Organisations in many scripts: a new area, a withdrawal, and the same bytes again."""
    root = Path(shutil.copytree(ROOT / source, "charter"))
    if source == "charter":
        slug = "harbour-lane-community-kitchen"
        page = package_page("editors/signatories.md")
        (root / "signatories").mkdir(exist_ok=True)
        (root / f"signatories/{slug}.yml").write_text(_block(page, f"entry: {slug}"), encoding="utf-8")
    before = file_contents(root)
    signatories = load(root).signatories
    assert signatories
    for signatory in signatories[:: max(1, len(signatories) // 8)]:
        slug, path = signatory.slug, root / f"signatories/{signatory.slug}.yml"
        old = path.read_text(encoding="utf-8")
        for area in ("Everywhere, *and* here: #1", signatory.area):
            assert run_charter(capsys, "correct", slug, "area", area)[0] == 0
        assert re.sub("['\"]", "", path.read_text(encoding="utf-8")) == re.sub("['\"]", "", old)
        path.write_text(old, encoding="utf-8")
        if signatory.withdrawn is None:
            assert run_charter(capsys, "withdraw", slug, "--date", "2026-11-23")[0] == 0
            assert run_charter(capsys, "correct", slug, "withdrawn", "--remove")[0] == 0
    assert file_contents(root) == before


def test_every_option_and_key_is_on_the_page_for_editors():
    options = set(re.findall(r"--[a-z]+", PAGE))
    for name in ("re-sign", "withdraw", "correct"):
        parser = argparse.ArgumentParser()
        for add_option in COMMANDS[name].options:
            add_option(parser)
        assert set(re.findall(r"--[a-z]+", parser.format_help())) - {"--help"} <= options
    assert [key for key in CORRECTABLE if f"`{key}`" not in PAGE] == []
