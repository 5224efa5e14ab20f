"""The language that a signature names: in forms, in entries, on pages and in data."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from builders import make_signatory, write_charter, write_signatory
from charterpress.editing.sign_up import intake as sign_up
from charterpress.editing.sign_up.fields import Request, form_fields
from charterpress.model import Edition, Signature
from charterpress.outputs.data.signatories import register_files
from charterpress.outputs.html.sign_form import lines_to_copy
from charterpress.read import load
from charterpress.views.signatories import register_view, signed_day
from translated import add_languages, release_again, write_translation

FORM = """Name of your organisation: Quay Club
Kind of organisation: boat club
Where you work: The harbour
Your website: https://www.quay-club.org.uk/
Version you sign: 1.0.0
Date it was agreed: 1 March 2025
Role that signs: Chair
"""


@pytest.fixture
def root(tmp_path) -> Path:
    """A charter that was released in English and Welsh."""
    folder = write_charter(tmp_path)
    add_languages(folder, cy="binding")
    write_translation(folder)
    release_again(folder, "2024-12-01", first=True)
    return folder


def edition_of(root: Path) -> Edition:
    return replace(load(root, shown="charter"), today="2025-06-01")


def judged(root: Path, words: str):
    reading = sign_up.read_forms((FORM + words).encode(), kind="email")
    (verdict,) = sign_up.judge_forms(edition_of(root), reading.forms)
    return verdict


@pytest.mark.parametrize("words", ["Cymraeg (cy)", "Cymraeg", "Welsh", "cy", "CY"])
def test_a_form_names_the_language_as_people_call_it(root, words):
    verdict = judged(root, f"Language of the text you sign: {words}\n")
    assert "    language: cy\n" in verdict.data.decode()


def test_a_language_that_the_text_was_not_published_in_is_refused(root):
    (reason,) = judged(root, "Language of the text you sign: Français\n").reasons
    assert reason.message == "the text was not published in “Français”"
    assert reason.fix == "write one of “English (en-GB)” and “Cymraeg (cy)”"


def test_it_may_be_left_out(root):
    assert "language" not in judged(root, "").data.decode()


def test_it_is_asked_only_where_there_are_several(root, tmp_path):
    (field,) = (each for each in form_fields(edition_of(root)) if each.key == "language")
    assert (field.choices, field.required) == (("English (en-GB)", "Cymraeg (cy)"), False)
    assert "Language of the text you sign (optional):" in lines_to_copy(edition_of(root), Request.SIGN)
    alone = write_charter(tmp_path / "alone")
    release_again(alone, "2024-12-01", first=True)
    assert "language" not in [each.key for each in form_fields(edition_of(alone))]


def test_pages_and_data_say_it(root):
    signature = Signature(version="1.0.0", date="2025-03-01", role="Chair", language="cy")
    write_signatory(root, make_signatory(signed=(signature,)))
    write_signatory(root, make_signatory("other-club"))
    edition = edition_of(root)
    register = register_view(edition, "2025-06-01")
    files = register_files(edition.current, register.entries, "2025-06-01")
    signatories = json.loads(files["signatories/signatories.json"])["signatories"]
    assert [each["signed"][0].get("language") for each in signatories] == [None, "cy"]
    rows = files["signatories/signatories.csv"].decode("utf-8-sig").splitlines()
    assert [row.rsplit(",", 1)[1] for row in rows] == ['"language"', '""', '"cy"']
    assert signed_day(signature) == "1 March 2025, in Cymraeg"
