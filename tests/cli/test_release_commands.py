"""The commands for versions: what transcripts cannot show: an interruption, a full disk, a terminal."""

from __future__ import annotations

import io
import re
import shutil

import pytest

from builders import FIRST, write_note
from charterpress.checks import check
from charterpress.cli import main
from charterpress.model.errors import CharterError
from charterpress.read import load
from charterpress.storage import atomic
from commands import edit_file, file_contents, run_charter


def test_the_date_of_a_release_defaults_to_today(draft, capsys):
    assert run_charter(capsys, "release", "--first")[0] == 0
    assert run_charter(capsys, "verify")[0] == 0


def test_an_interrupted_release_is_finished_by_the_next(reworded, capsys, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(atomic, "finish_writing", lambda root, *, beside: ())  # as if the power had gone
        main(["release", "--date", "2025-06-01"])
    capsys.readouterr()
    assert "release-unfinished" in {each.rule for each in check(load(reworded))}
    code, out, _ = run_charter(capsys, "release")
    assert (code, out.split("\n")[0]) == (0, "A release was interrupted. It is complete now:")
    assert check(load(reworded)) == ()
    assert not (reworded / "changes/note.md").exists()
    versions = "2 versions, from 1.0.0 of 2024-12-01 to 1.1.0 of 2025-06-01"
    assert run_charter(capsys, "verify")[1].startswith(versions)


def test_a_text_that_typst_rejects_is_not_released(reworded, capsys, monkeypatch):
    def fail(*_, **__):
        raise CharterError("the PDF cannot be made: unknown reason")

    before = file_contents(reworded)
    monkeypatch.setattr("charterpress.outputs.pdf.charter.charter_pdf", fail)
    message = "error: nothing was released: the PDF cannot be made: unknown reason\n"
    assert run_charter(capsys, "release") == (2, "", message)
    assert file_contents(reworded) == before


def test_a_full_disk_leaves_nothing_half_released(reworded, capsys, monkeypatch):
    before = file_contents(reworded)

    def full(*_):
        raise OSError(28, "No space left on device", "charter/releases")

    monkeypatch.setattr(atomic.Path, "rename", full)
    again = "run “charter release” again once that is fixed"
    code, _, err = run_charter(capsys, "release", "--date", "2025-06-01")
    assert (code, err) == (2, f"error: charter/releases: No space left on device; {again}\n")
    shutil.rmtree(reworded / "releases" / atomic.STAGED)
    assert file_contents(reworded) == before


def test_status_is_in_colour_like_other_commands(version, capsys, monkeypatch):
    """The text is the same without."""
    edit_file(version / FIRST, "It does.", "It does so.")
    plain = run_charter(capsys, "status")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run_charter(capsys, "status")[1]
    assert "\x1b[1m1.1 Moorings first\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert "\x1b" not in run_charter(capsys, "status", "--format", "markdown")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert run_charter(capsys, "status")[1] == plain


def test_diff_is_in_colour_on_a_terminal_unless_no_color_is_set(reworded, monkeypatch):
    coloured = []
    for no_colour in ("", "1"):
        monkeypatch.setenv("NO_COLOR", no_colour)
        monkeypatch.setattr("sys.stdout", terminal := io.StringIO())
        monkeypatch.setattr(terminal, "isatty", lambda: True)
        main(["diff", "1.0.0", "draft"])
        coloured.append("\x1b[" in terminal.getvalue())
    assert coloured == [True, False]


@pytest.mark.parametrize(
    ("versions", "mark", "label"),
    [(("1.0.0", "draft"), "del", "deleted: "), (("draft", "1.0.0"), "ins", "inserted: ")],
)
def test_diff_as_html_shows_the_full_text_of_a_removed_principle(version, capsys, versions, mark, label):
    edit_file(version / "themes/moorings/index.md", ', "moorings-second"', "")
    (version / "themes/moorings/moorings-second.md").unlink()
    write_note(version, "moorings-second", retires={"moorings-second": "~"})
    code, out, _ = run_charter(capsys, "diff", *versions, "--format", "html")
    assert (code, out.partition("\n")[0]) == (0, "<!doctype html>")
    assert f'<{mark}><span class="visually-hidden">{label}</span>a) moorings second every day.' in out
    assert "We promise to:" in out
    assert "The harbour book" in out
