"""The form to sign in another language: what it sends is read back as what was meant."""

import json

import pytest

from charterpress.editing.sign_up import read_forms
from charterpress.editing.sign_up.fields import REQUEST_NAMES, Request, request_for
from charterpress.outputs.html.sign_form import answers_file, form_values, lines_to_copy
from charterpress.read import load
from charterpress.text.interface import MARKS, PSEUDO, gettext, use_language
from charterpress.views.repository import Repository


@pytest.fixture(scope="module")
def edition(root):
    return load(root / "tests/example/charter")


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
