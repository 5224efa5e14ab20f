"""Releases in several languages: what is frozen, what each says of the other, and what is refused."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from builders import FIRST, make_charter, make_release, write_charter, write_note
from charterpress.checks import check
from charterpress.model import Class, TranslationReference
from charterpress.model.errors import CharterError
from charterpress.outputs.data.releases import release_files
from charterpress.read import load
from charterpress.read.frozen_translations import read_frozen_translation
from charterpress.read.releases import read_release
from charterpress.versions.translations import freeze_translation, newest_revisions, units, words_digest
from charterpress.versions.translations.frozen import translated_charter, translation_bytes
from charterpress.views.addresses import is_shared
from charterpress.views.history import History
from translated import add_languages, release_again, welsh_of, write_translation


@pytest.fixture
def root(tmp_path) -> Path:
    """A charter whose Welsh binds, and whose Arabic is a courtesy, released once."""
    folder = write_charter(tmp_path)
    add_languages(folder, cy="binding", ar="courtesy")
    write_translation(folder)
    write_translation(folder, "ar", {"charter.title": ""})
    release_again(folder, "2024-12-01", first=True)
    return folder


def errors(root: Path) -> list[str]:
    edition = replace(load(root, shown="charter"), today="2030-01-01")
    return [f"{each.path}: {each.message}" for each in check(edition) if str(each.severity) == "error"]


def test_both_texts_are_frozen_in_one_go(root):
    """The translation names the release by its digest, and each sentence by that of the words it was made
    from."""
    release = json.loads((root / "releases/1.0.0.json").read_bytes())
    data = (root / "releases/1.0.0.cy.1.json").read_bytes()
    translation = json.loads(data)
    digest = hashlib.sha256((root / "releases/1.0.0.json").read_bytes()).hexdigest()
    assert release["language"] == "en-GB"
    assert release["languages"] == [
        {"language": "cy", "standing": "binding"},
        {"language": "ar", "standing": "courtesy"},
    ]
    assert {key: translation[key] for key in list(translation)[:-1]} == {
        "format": "translation-1",
        "release": {"version": "1.0.0", "sha256": digest},
        "language": "cy",
        "revision": 1,
        "standing": "binding",
        "date": "2024-12-01",
        "previous": None,
    }
    source = units(load(root).releases[0].charter)
    assert translation["units"] == [
        {"id": id, "source": words_digest(unit.words), "text": welsh_of(unit.words)}
        for id, unit in source.items()
    ]
    sums = (root / "releases/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert sums == [f"{digest}  1.0.0.json", f"{hashlib.sha256(data).hexdigest()}  1.0.0.cy.1.json"]
    assert errors(root) == []


def test_a_courtesy_translation_that_is_not_in_step_is_left_out(root):
    assert not (root / "releases/1.0.0.ar.1.json").exists()


def test_a_translation_reads_back_to_the_same_bytes(root):
    (translation,) = load(root, shown="charter").frozen_translations
    assert read_frozen_translation(translation.data, path=translation.path) == (translation, ())
    assert translation_bytes(translation) == translation.data
    charter = translated_charter(load(root).releases[0], translation)
    assert charter.title == welsh_of("Harbour Charter")


def test_a_release_in_one_language_says_nothing_of_languages():
    """So the bytes of all that was released before languages came are what they were."""
    release = make_release()
    document = json.loads(release.data)
    assert "languages" not in document
    assert "language" not in document
    read, faults = read_release(release.data, path=release.path, root="charter")
    assert (read.charter.languages, faults) == ((), ())


@pytest.mark.parametrize("words", ["", None])
def test_no_text_that_binds_is_released_in_part(tmp_path, words):
    """It is refused while a sentence is missing, or was made from other words."""
    folder = write_charter(tmp_path)
    add_languages(folder, cy="binding")
    if words is None:
        write_translation(folder)
        path = folder / FIRST
        path.write_text(path.read_text(encoding="utf-8").replace("every day", "each day"), encoding="utf-8")
    else:
        write_translation(folder, words={"moorings-first.promises.1": words})
    (found,) = (each for each in check(load(folder, shown="charter")) if each.rule == "binding-text-behind")
    assert found.path == "charter/translations/cy.po"
    assert "moorings-first.promises.1" in found.message
    assert found.excerpt.startswith("msgstr")
    with pytest.raises(CharterError, match="not in step"):
        release_again(folder, "2024-12-01", first=True)
    assert not (folder / "releases").exists()


def test_a_changed_welsh_promise_makes_a_new_major_version(root):
    """Even where the English stands; and the next release holds the digest of the translation that it
    follows."""
    write_translation(root, words={"moorings-first.promises.1": "addewid arall."})
    write_note(root, "moorings-first", class_="commitment")
    assert errors(root) == []
    plan = release_again(root, "2025-01-01")
    (before,) = (each for each in load(root).frozen_translations if each.version == "1.0.0")
    assert (plan.release.version, plan.release.found) == ("2.0.0", Class.COMMITMENT)
    named = TranslationReference(language="cy", revision=1, sha256=before.sha256)
    assert plan.release.previous.translations == (named,)
    assert errors(root) == []


def test_a_change_in_welsh_needs_a_note_of_its_class(root):
    write_translation(root, words={"moorings-first.promises.1": "addewid arall."})
    (found,) = errors(root)
    assert found.startswith("charter/translations/cy.po: no change note says why this differs")
    write_note(root, "moorings-first", class_="editorial", approved_by=["The chair", "The clerk"])
    (found,) = errors(root)
    assert "no approval lowers that" in found


def test_a_comma_in_welsh_is_editorial(root):
    words = welsh_of("How we moorings first.").replace("we ", "we, ")
    write_translation(root, words={"moorings-first.summary": words})
    write_note(root, "moorings-first", class_="editorial")
    assert errors(root) == []
    assert release_again(root, "2025-01-01").release.version == "1.0.1"


def test_a_language_that_starts_to_bind_is_a_commitment(root):
    add_languages(root, cy="binding", ar="binding")
    write_translation(root, "ar")
    write_note(root, "charter", class_="commitment")
    assert release_again(root, "2025-01-01").release.version == "2.0.0"
    assert errors(root) == []


def test_revisions_follow_one_another():
    release = make_release(charter=make_charter(languages=(("cy", "courtesy"),)))
    words = {id: welsh_of(unit.words) for id, unit in units(release.charter).items()}
    first = freeze_translation(release, "cy", "courtesy", words, date="2025-01-01", root="charter")
    second = freeze_translation(
        release, "cy", "courtesy", words, date="2025-02-01", root="charter", previous=first, reason="A slip."
    )
    assert (second.revision, second.previous, second.path) == (
        2,
        first.sha256,
        "charter/releases/1.0.0.cy.2.json",
    )
    assert json.loads(second.data)["previous"] == {"revision": 1, "sha256": first.sha256}
    assert newest_revisions([second, first], "1.0.0") == {"cy": second}
    assert read_frozen_translation(second.data, path=second.path) == (second, ())


def test_words_are_frozen_in_one_form(tmp_path):
    """However a program for translators writes an accent or breaks a line, so that none is a change later."""
    folder = write_charter(tmp_path)
    add_languages(folder, cy="binding")
    write_translation(folder, words={"moorings-first.summary": " Cadw\u0302\nlle. "})
    plan = release_again(folder, "2024-12-01", first=True)
    assert dict(plan.translations[0].texts)["moorings-first.summary"] == "Cad\u0175 lle."
    write_translation(folder, words={"moorings-first.summary": "Cad\u0175 lle."})
    assert errors(folder) == []


SCHEMAS = Path(__file__).parents[2] / "hooks/charterpress/outputs/data/schemas"


def test_files_are_what_the_published_schemas_describe(root):
    write_translation(root, words={"moorings-first.promises.1": "addewid arall."})
    write_note(root, "moorings-first", class_="commitment")
    release_again(root, "2025-01-01")
    for name in ("1.0.0", "1.0.0.cy.1", "2.0.0", "2.0.0.cy.1"):
        kind = "translation-1" if ".cy." in name else "release-1"
        schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator(schema).validate(json.loads((root / f"releases/{name}.json").read_bytes()))


def test_translations_are_published_at_addresses_of_their_own(root):
    """Each revision has its own, so that none ever changes; SHA256SUMS and versions.json list them."""
    edition = load(root, shown="charter")
    (translation,) = edition.frozen_translations
    files = release_files(History(edition))
    assert files["versions/1.0.0/cy.1.json"] == translation.data
    assert f"{translation.sha256}  1.0.0/cy.1.json\n" in files["versions/SHA256SUMS"].decode()
    versions = json.loads(files["versions.json"])
    assert versions[0]["properties"]["translations"] == [
        {
            "language": "cy",
            "revision": 1,
            "standing": "binding",
            "date": "2024-12-01",
            "sha256": translation.sha256,
            "address": "versions/1.0.0/cy.1.json",
        }
    ]
    schema = json.loads((SCHEMAS / "versions-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(versions)
    assert is_shared("versions/1.0.0/cy.1.json")
