"""The form to sign in another language: what it sends is read back as what was meant."""

import json
from dataclasses import replace

import pytest

from charterpress.editing.sign_up.fields import REQUEST_NAMES, Request, form_fields, request_for
from charterpress.editing.sign_up.intake import read_forms
from charterpress.editing.sign_up.values import parse_answer
from charterpress.model.translations import FrozenTranslation, Translation, TranslationEntry
from charterpress.outputs.html.sign_form import answers_file, form_values, lines_to_copy
from charterpress.read import load
from charterpress.text.interface import MARKS, PSEUDO, gettext, use_language
from charterpress.views.repository import Repository
from charterpress.views.signatories import register_view


@pytest.fixture(scope="module")
def edition(root):
    return load(root / "tests/example/brambleford")


def filled(lines):
    """The lines with an answer after each colon at an end."""
    return "\n".join(f"{line} answer {at}" if line.endswith(":") else line for at, line in enumerate(lines))


def read(text):
    """What is read from it, by question, but for what was asked for; and that."""
    (form,) = read_forms(text.encode()).forms
    assert form.reasons == ()
    answers = {each.field.key: each.value for each in form.answers}
    return {key: words for key, words in answers.items() if key != "request"}, request_for(answers["request"])


@pytest.mark.parametrize("request_", list(Request))
def test_lines_that_were_copied_and_filled_in_are_read(edition, request_):
    meant = read(filled(lines_to_copy(edition, request_).splitlines()))
    with use_language(PSEUDO):
        text = filled(lines_to_copy(edition, request_).splitlines())
        assert read(text) == meant
    assert MARKS[0] in text
    assert meant[1] is request_


@pytest.mark.parametrize("request_", list(Request))
@pytest.mark.parametrize("tag", ["cy", "ar"])
def test_lines_in_a_language_that_there_is_a_catalog_of_are_read_by_any_program(edition, tag, request_):
    meant = read(filled(lines_to_copy(edition, request_).splitlines()))
    with use_language(tag):
        text = filled(lines_to_copy(edition, request_).splitlines())
    assert read(text) == meant
    assert "Name of your organisation" not in text


def test_every_word_that_the_form_takes_from_the_program_is_in_its_language(edition):
    with use_language(PSEUDO):
        table = json.loads(answers_file(edition))
        values = form_values(edition, Repository())
        names = [gettext(each) for each in REQUEST_NAMES.values()]
    said = [words for each in table["fields"] for words in (each["label"], each["help"]) if words]
    said += [words for each in values["requests"].values() for words in each] + list(values["lines"])
    before, after = MARKS
    assert [words for words in said if not (words.startswith(before) and words.endswith(after))] == []
    assert list(values["lines"]) == names


def test_a_kind_of_organisation_may_be_called_as_in_a_translation(edition):
    """As the form in that language offers it: the working translation, or a published one."""
    society, school, _club = edition.charter.signatory_kinds
    entry = TranslationEntry(unit="kinds.1", source=society, text="Cymdeithas Rhandiroedd")
    old = TranslationEntry(unit="kinds.2", source="a kind that is no longer listed", text="hen fath")
    published = FrozenTranslation(
        version=edition.releases[-1].version,
        language="cy",
        revision=1,
        standing="binding",
        date="2026-01-01",
        texts=(("kinds.2", "gardd ysgol"), ("kinds.9", "dim byd"), ("kinds.x", "dim byd")),
    )
    translated = replace(
        edition,
        translations=(Translation(language="cy", entries=(entry, old)),),
        frozen_translations=(published,),
    )
    kind = next(each for each in form_fields(translated) if each.key == "kind")
    said = ("cymdeithas rhandiroedd", "Gardd Ysgol", "hen fath", "dim byd", school)
    assert [parse_answer(kind, each)[0] for each in said] == [society, school, "hen fath", "dim byd", school]


def test_a_list_in_another_language_calls_the_kinds_as_its_text_does(edition):
    plain = register_view(edition, "")
    renamed = register_view(edition, "", {"school garden": "gardd ysgol"})
    kinds = [each.signatory.kind for each in plain.entries]
    assert [each.signatory.kind for each in renamed.entries] == [
        "gardd ysgol" if kind == "school garden" else kind for kind in kinds
    ]
    assert "gardd ysgol" in dict(renamed.counts.kind)
