"""The values in a filled-in form: what each may be, whatever somebody writes, in any language."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charterpress.editing.sign_up.fields import (
    REMOVE_ENTRY,
    REQUEST_NAMES,
    is_removal,
    request_for,
)
from charterpress.editing.sign_up.intake import FIELDS, KINDS, MAX_UPLOAD_BYTES, Form, read_forms
from charterpress.editing.sign_up.values import parse_answer, parse_date
from charterpress.model.errors import UsageError
from charterpress.text.interface import MARKS, use_language
from charterpress.text.interface import gettext as _
from sign_up_answers import ANSWERS, LABELS, issue, letter, message, only, said, table, wrong

BY_KEY = {field.key: field for field in FIELDS}


# --- Values ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        *("2027-03-01", "2027-3-1", "2027/03/01", "2027-03-01 00:00:00", "1 March 2027", "1st March 2027"),
        *("the 1st of March 2027", "01 Mar 2027", "1-Mar-2027", "1 Mar. 2027", "March 1, 2027"),
        *("Mar 1st 2027", "MARCH 1 2027", "Monday, 1 March 2027", "Mon 1 March, 2027"),
    ],
)
def test_a_day_is_read_in_figures_and_in_words(words):
    assert parse_date(words) == ("2027-03-01", "", "")


def test_figures_that_can_be_read_one_way_are_read():
    """The 13th month is no month."""
    assert {parse_date(day)[0] for day in ("13/04/2027", "04/13/2027", "13.4.2027")} == {"2027-04-13"}
    assert parse_date("03/03/2027")[0] == "2027-03-03"


def test_figures_that_can_be_read_two_ways_are_refused():
    assert parse_date("03/04/2027") == (
        "03/04/2027",
        "“03/04/2027” is one day to some readers and another to others",
        "write “3 April 2027” or “4 March 2027”, whichever you mean",
    )


@pytest.mark.parametrize(
    "words",
    ["30 February 2027", "2027-13-01", "32/01/2027", "0/0/2027", "1 March", "soon", "March 2027"],
)
def test_what_is_no_day_says_how_to_write_one(words):
    _, message, fix = parse_date(words)
    assert message.startswith("“")
    assert fix.startswith("write year, month and day, as 2027-03-01")


@pytest.mark.parametrize(
    "words",
    [
        *("=cmd|'/c calc'!A0", "=1+1", "=A1", "= B2", "=SUM (A1)", "=HYPERLINK(A1)"),
        *("+cmd|x", "@SUM(1+1)", "-2+3+cmd|x"),
    ],
)
def test_a_formula_is_refused(words):
    """It would be run by the next spreadsheet that opens the list."""
    assert parse_answer(BY_KEY["name"], words)[1].endswith("is a formula of a spreadsheet")


@pytest.mark.parametrize(
    "words", ["- We row (a lot)", "@quay", "+ more", "1 = 1", "A=B", "=mc Consulting", "=Égal"]
)
def test_words_that_only_begin_like_a_formula_are_words(words):
    assert parse_answer(BY_KEY["pledge"], words) == (words, "", "")


@pytest.mark.parametrize("words", ["-", "n/a", "None", "–"])
def test_nothing_said_in_a_word_is_nothing_where_that_may_be(words):
    """And is an answer elsewhere, for a rule to look at."""
    assert parse_answer(BY_KEY["registration"], words) == ("", "", "")
    assert parse_answer(BY_KEY["name"], words)[0] == words


def test_small_slips_of_writing_are_taken_as_meant():
    assert parse_answer(BY_KEY["name"], "  Quay\n Club\u00a0 ")[0] == "Quay Club"
    assert [parse_answer(BY_KEY["version"], f"{v}1.0.0")[0] for v in ("Version ", "v")] == ["1.0.0"] * 2
    assert parse_answer(BY_KEY["website"], "<https://a.example/>")[0] == "https://a.example/"


@pytest.mark.parametrize("words", ["a\0b", "a\x1b[2Jb", "a\u2028b", "x" * 2_001, "\ud800"])
def test_what_no_value_may_hold_is_refused(words):
    _, message, fix = parse_answer(BY_KEY["name"], words)
    assert message
    assert fix


# --- Whatever somebody writes ------------------------------------------------------------------------

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Cf")),
    min_size=1,
    max_size=60,
).filter(lambda words: words.strip())


def plain(words: str) -> str:
    """`words` as any of the forms gives them back."""
    return unicodedata.normalize("NFC", " ".join(words.replace("\u00a0", " ").split(" "))).strip(" ")


def values(form: Form) -> dict[str, str]:
    """The values of the answers in a form, where each can be taken."""
    found = {answer.field.key: parse_answer(answer.field, answer.value) for answer in form.answers}
    return {key: said for key, (said, message, _) in found.items() if not message}


ANSWERED = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("name", "area", "role", "pledge", "name_latin"), WORDS)
)


@given(ANSWERED, st.sampled_from(("issue", "mail", "csv", "eml")))
@example({"name": "Role: King"}, "mail")
@example({"pledge": "### Role that signs"}, "issue")
def test_answers_come_back_as_they_were_written_or_are_refused(answers, way):
    """In each of the forms, whatever the words: none is lost, and none stands under another question."""
    given_ = {**ANSWERS, **answers}
    texts = {"issue": issue(**given_), "mail": letter(**given_), "csv": table(given_)}
    data = message(texts["mail"]).as_bytes() if way == "eml" else texts[way].encode()
    reading = read_forms(data, kind="mail" if way == "eml" else way)
    for form in reading.forms:
        if form.reasons or form.unread:
            continue
        found = values(form)
        for key, words in given_.items():
            taken, wrong_, _ = parse_answer(BY_KEY[key], words)
            if not wrong_:
                assert found.get(key, "") == taken, (key, words)
                assert taken in ("", plain(words), plain(words)[1:-1]) or key in ("version", "date")
    assert reading.reasons or reading.forms


@given(
    st.binary(max_size=400),
    st.sampled_from(("", *KINDS)),
    st.sampled_from(("", "From: a\nTo: b\n", "Name;Kind\n")),
)
def test_any_bytes_are_an_answer(data, kind, start):
    try:
        reading = read_forms(start.encode() + data, kind=kind)
    except UsageError:
        return
    assert reading.forms or reading.reasons


@pytest.mark.serial
@pytest.mark.parametrize("start", ["", f"{FIELDS[0].label},{FIELDS[2].label}\n"])
@pytest.mark.parametrize("unit", [",", "a\n", '"a\n', "\n", "Name;"])
def test_a_table_as_large_as_is_read_is_an_answer_soon(unit, start):
    """Cells without end, rows without end, a quotation mark that never closes; whichever way it is said to
    have come."""
    data = (start + unit * ((MAX_UPLOAD_BYTES - len(start)) // len(unit))).encode()
    for kind in ("", "csv"):
        begun = time.process_time()
        assert read_forms(data, kind=kind).reasons
        assert time.process_time() - begun < 1


@pytest.mark.serial
def test_a_message_of_parts_without_end_is_an_answer_soon():
    start = b"From: a\nTo: b\n"
    for unit in (b"Content-Type: multipart/mixed; boundary=a\n\n--a\n", b"--a\n"):
        data = start + unit * ((MAX_UPLOAD_BYTES - len(start)) // len(unit))
        begun = time.process_time()
        (reason,) = read_forms(data).reasons
        assert reason.message == "this message has more than 100,000 lines"
        assert time.process_time() - begun < 1


@given(
    st.text(st.sampled_from('\n\r\t ,;:"#>-=*\0\u202eabName of your organisation'), max_size=300),
    st.sampled_from(("", *KINDS)),
)
def test_any_text_of_the_signs_that_mean_something_is_an_answer(text, kind):
    reading = read_forms(text.encode(), kind=kind)
    assert reading.forms or reading.reasons


# --- In another language -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", [issue(), letter(), table({})])
def test_a_form_may_be_in_the_language_in_use(text):
    answers = said(only(text))
    with use_language("en-XA"):
        for label in sorted(LABELS.values(), key=len, reverse=True):
            text = text.replace(label, _(label), 1)
        assert said(only(text)) == answers


def test_a_request_may_be_in_the_language_in_use():
    with use_language("en-XA"):
        assert [request_for(_(name)) for name in REQUEST_NAMES.values()] == list(REQUEST_NAMES)
        assert is_removal(_(REMOVE_ENTRY))


def test_what_is_wrong_with_a_form_is_said_in_the_language_in_use():
    with use_language("en-XA"):
        (slip,) = wrong("### Nam of your organisation\n\nQuay Club\n")
        _day, *date = parse_date("31/02/2027")
        _name, *empty = parse_answer(FIELDS[0], "=A1+B1")
    before, after = MARKS
    assert all(words.startswith(before) and words.endswith(after) for words in (slip, *date, *empty))
