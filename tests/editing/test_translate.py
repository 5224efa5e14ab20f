"""What `charter translate` says that a file of translations gains and loses."""

from __future__ import annotations

import pytest

from builders import write_charter
from charterpress.editing.translate import known_languages, update
from charterpress.read import load
from commands import run_charter
from translated import add_languages, write_translation

TITLE = 'msgctxt "moorings-first.title"'


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A charter with a complete Welsh translation."""
    folder = write_charter(tmp_path)
    add_languages(folder, cy="courtesy")
    write_translation(folder)
    monkeypatch.chdir(tmp_path)
    return folder


def replace_in(path, *pairs):
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.parametrize("name", ['msgctxt "mooring-first.title"', 'msgctxt "older.title"', ""])
def test_a_passage_that_is_found_under_another_name_is_neither_new_nor_gone(root, name):
    replace_in(root / "translations/cy.po", (TITLE, name))
    found = update(load(root), "cy")
    assert (found.changed, found.added, found.removed) == (True, (), ())
    assert found.progress.complete


def test_only_what_is_kept_at_the_end_is_said_to_be(root):
    """An entry without a translation goes."""
    extra = '\nmsgctxt "older.{0}"\nmsgid "Older {0}"\nmsgstr "{1}"\n'
    path = root / "translations/cy.po"
    path.write_text(
        path.read_text(encoding="utf-8") + extra.format("title", "Hen deitl") + extra.format("summary", ""),
        encoding="utf-8",
    )
    assert update(load(root), "cy").removed == ("older.title",)


def test_of_many_the_first_twenty_are_named(root, capsys):
    path = root / "translations/cy.po"
    extra = "".join(
        f'\nmsgctxt "older.text.{at}"\nmsgid "Older {at}"\nmsgstr "Hen {at}"\n' for at in range(25)
    )
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    out = run_charter(capsys, "translate", "cy")[1]
    assert "kept at the end: older.text.0, older.text.1, " in out
    assert "older.text.19, and 5 more\n" in out


def test_a_file_in_another_folder_is_left_alone(root, capsys):
    """It is none of the charter's: a check says so."""
    stray = root / "translations/older/fr.po"
    stray.parent.mkdir()
    stray.write_bytes((root / "translations/cy.po").read_bytes())
    before = stray.read_bytes()
    assert known_languages(load(root)) == ("cy",)
    run_charter(capsys, "translate")
    assert stray.read_bytes() == before
