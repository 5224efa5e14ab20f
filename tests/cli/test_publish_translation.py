"""`charter translate --publish`: a translation of a version, published later and corrected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from builders import write_charter, write_note
from charterpress.outputs.assets import schema_files
from charterpress.read import load
from commands import file_contents, run_charter
from translated import add_languages, release_again, welsh_of, write_translation

SCHEMA = Draft202012Validator(json.loads(dict(schema_files())["schemas/commands-1.schema.json"]))
PROMISE, SUMMARY = "moorings-first.promises.1", "moorings-first.summary"


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """A charter whose Welsh binds; its Arabic, a courtesy, was not in step when it was released."""
    folder = write_charter(tmp_path)
    add_languages(folder, cy="binding", ar="courtesy")
    write_translation(folder)
    write_translation(folder, "ar", {"charter.title": ""})
    release_again(folder, "2024-12-01", first=True)
    monkeypatch.chdir(tmp_path)
    return folder


def publish(capsys, tag, *options):
    return run_charter(capsys, "translate", tag, "--publish", *options)


def test_a_translation_is_published_later_and_corrected(root, capsys):
    """Each revision stays, and the second says what it changed in the first, and why."""
    code, out, _ = publish(capsys, "ar", "--date", "2025-01-01")
    assert code == 1
    assert "“charter.title” (“Harbour Charter”) is not translated\n  fix: write the translation" in out
    write_translation(root, "ar")
    assert publish(capsys, "ar", "--date", "2025-01-01")[0] == 0
    before = file_contents(root)
    write_translation(root, "ar", {PROMISE: "وعد"})
    assert "say why it is corrected, with --reason" in publish(capsys, "ar", "--date", "2025-02-01")[2]
    code, out, _ = publish(capsys, "ar", "--date", "2025-02-01", "--reason", "A slip.", "--format", "json")
    told = json.loads(out)
    SCHEMA.validate(told)
    assert told["changed"] == [
        {"unit": PROMISE, "before": welsh_of("moorings first every day."), "after": "وعد"}
    ]
    document = json.loads((root / "releases/1.0.0.ar.2.json").read_bytes())
    assert (document["reason"], document["previous"]["revision"], document["standing"]) == (
        "A slip.",
        1,
        "courtesy",
    )
    after = file_contents(root)
    assert {path: after[path] for path in before if "1.0.0." in str(path)} == {
        path: data for path, data in before.items() if "1.0.0." in str(path)
    }
    code, out, _ = run_charter(capsys, "verify")
    assert (code, out.splitlines()[1]) == (
        0,
        "3 published translations are whole, and each names the release that it translates.",
    )


def test_a_promise_that_binds_is_not_corrected_but_released(root, capsys):
    """Whoever signed in Welsh signed those words; a comma in a reason is put right."""
    before = file_contents(root)
    write_translation(root, "cy", {PROMISE: "addewid arall"})
    code, _, err = publish(capsys, "cy", "--date", "2025-01-01", "--reason", "A slip.")
    assert (
        code,
        "binds, and this is a change of the class commitment in “moorings-first.promises.1”" in err,
    ) == (2, True)
    assert file_contents(root).keys() == before.keys()
    write_translation(root, "cy", {SUMMARY: welsh_of("How we, moorings first.")})
    assert publish(capsys, "cy", "--date", "2025-01-01", "--reason", "A comma.")[0] == 0
    assert run_charter(capsys, "verify")[0] == 0
    assert run_charter(capsys, "status")[1].endswith("There is nothing to release.\n")


def test_an_older_version_is_translated_from_its_own_words(root, capsys):
    """What has changed since is published as it was, if it is there, and what is not is said."""
    path = root / "themes/moorings/moorings-first.md"
    path.write_text(path.read_text(encoding="utf-8").replace("every day", "every hour"), encoding="utf-8")
    write_translation(root)
    write_translation(root, "ar")
    write_note(root, "moorings-first", class_="commitment")
    release_again(root, "2025-01-01")
    code, out, _ = publish(capsys, "ar", "--version", "1.0.0", "--date", "2025-01-02")
    assert (code, PROMISE in out) == (1, True)
    write_translation(
        root, "cy", {"charter.summary": welsh_of("what those who share a harbour promise one another.")}
    )
    assert publish(capsys, "cy", "--version", "1.0.0", "--date", "2025-01-02", "--reason", "Case.")[0] == 0
    newest = max(load(root).frozen_translations, key=lambda each: (each.version == "1.0.0", each.revision))
    assert dict(newest.texts)[PROMISE] == welsh_of("moorings first every day.")
    assert run_charter(capsys, "verify")[0] == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("fr",), "“fr” is not one of the charter’s languages: write “languages: {fr: courtesy}”"),
        (("cy", "ar"), "name the one language to publish"),
        (("cy", "--version", "9.0.0"), "there is no version “9.0.0”: there is “1.0.0”"),
        (("cy", "--date", "2024-11-30"), "2024-11-30 is before 2024-12-01"),
        (("cy", "--date", "2999-01-01"), "2999-01-01 is in the future"),
        (("cy", "--date", "1 May"), "“1 May” is not a date"),
        (("cy",), "there is nothing to publish: the words are those of revision 1 of 1.0.0 in “cy”"),
    ],
)
def test_what_cannot_be_published_is_refused(root, capsys, words, message):
    before = file_contents(root)
    code, _, err = run_charter(capsys, "translate", *words, "--publish")
    assert (code, message in err) == (2, True), err
    assert file_contents(root) == before


def test_a_release_that_was_edited_is_mended_first(root, capsys):
    path = root / "releases/1.0.0.cy.1.json"
    path.write_text(path.read_text(encoding="utf-8").replace("every day", "at times"), encoding="utf-8")
    code, out, _ = publish(capsys, "cy", "--reason", "A slip.")
    assert (code, "error[release-digest]" in out) == (1, True)
    assert out.endswith("Nothing was published. Fix the errors above first.\n")


def test_a_release_says_which_translations_went_out_with_it(root, capsys):
    """As text, and for programs, as the published schema describes it."""
    write_translation(root, "cy", {PROMISE: "addewid arall"})
    write_note(root, "moorings-first", class_="commitment")
    code, out, _ = run_charter(capsys, "release", "--date", "2025-01-01", "--format", "json")
    told = json.loads(out)
    SCHEMA.validate(told)
    assert (code, told["released"]["class"]) == (0, "commitment")
    assert [(each["language"], each["standing"]) for each in told["translations"]] == [("cy", "binding")]
    assert told["left_out"] == [{"language": "ar", "behind": 1}]
    SCHEMA.validate(json.loads(run_charter(capsys, "verify", "--format", "json")[1]))
    (change,) = json.loads(run_charter(capsys, "diff", "1.0.0", "2.0.0", "--format", "json")[1])["changes"]
    assert (change["principle"], change["language"], change["class"]) == (
        "moorings-first",
        "cy",
        "commitment",
    )


def test_a_release_without_a_sentence_of_what_binds_is_refused(root, capsys):
    """Each is said with its file and line, and what to write; nothing is written."""
    write_translation(root, "cy", {PROMISE: "", SUMMARY: ""})
    before = file_contents(root)
    code, out, _ = run_charter(capsys, "release", "--date", "2025-01-01")
    assert (code, out.count("error[binding-text-behind]")) == (1, 2)
    assert "fix: write the translation after msgstr" in out
    assert file_contents(root) == before


@pytest.mark.parametrize(
    ("reason", "told"),
    [("A \u202eslip.", "U+202E"), ("A \udcff slip.", "U+DCFF"), ("A slip. " * 200, "1,000 is the most")],
)
def test_a_reason_that_could_not_be_read_is_refused(root, capsys, reason, told):
    """It would be frozen with the words, and nobody could correct it."""
    write_translation(root, "ar")
    publish(capsys, "ar", "--date", "2025-01-01")
    write_translation(root, "ar", {PROMISE: "وعد"})
    before = file_contents(root)
    code, _, error = publish(capsys, "ar", "--date", "2025-02-01", "--reason", reason)
    assert code == 2
    assert told in error
    assert file_contents(root) == before
