"""Filled-in forms: what is read of an issue, a letter and a table, and what is said of what cannot be."""

from __future__ import annotations

import email.message
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from charterpress.editing.sign_up import FIELDS, KINDS, MAX_UPLOAD_BYTES, Form, read_forms
from charterpress.editing.sign_up.fields import (
    REMOVE_ENTRY,
    REQUEST_NAMES,
    field_for_label,
    is_removal,
    request_for,
    similar_field,
)
from charterpress.editing.sign_up.spreadsheet import MAX_ROWS
from charterpress.editing.sign_up.values import parse_answer, parse_date
from charterpress.model.errors import UsageError
from charterpress.text.interface import MARKS, use_language
from charterpress.text.interface import gettext as _
from sign_up_answers import ANSWERS, LABELS, issue, letter, table

BY_KEY = {field.key: field for field in FIELDS}


def only(text: str | bytes, **options) -> Form:
    """The one form that is read, where nothing is wrong with the file as a whole."""
    reading = read_forms(text.encode() if isinstance(text, str) else text, **options)
    assert reading.reasons == ()
    assert len(reading.forms) == 1
    return reading.forms[0]


def said(form: Form) -> dict[str, str]:
    """The answers of a form that are not empty, by key."""
    return {answer.field.key: answer.value for answer in form.answers if answer.value}


def wrong(text: str | bytes, **options) -> list[str]:
    """What is wrong with a file, or with the one form in it."""
    reading = read_forms(text.encode() if isinstance(text, str) else text, **options)
    reasons = reading.reasons or reading.forms[0].reasons
    return [f"{each.message}; {each.fix}" for each in reasons]


# --- Labels ------------------------------------------------------------------------------------------


def test_every_label_key_and_synonym_leads_to_one_question():
    for field in FIELDS:
        for name in (field.label, field.key, *field.also):
            hyphens = f" {name.replace(' ', '-')} *"
            for written in (name, name.upper(), hyphens, f"{name} (optional)", f"{name}:"):
                assert field_for_label(written) is field, written


@pytest.mark.parametrize(
    ("slip", "key"),
    [
        ("Nmae of your organisation", "name"),
        ("Your web site adress", "website"),
        ("Kind of organization", "kind"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(slip, key):
    assert field_for_label(slip) is None
    assert similar_field(slip) is BY_KEY[key]


def test_what_is_far_too_long_is_compared_with_nothing():
    """Comparing takes time that grows with the square of the length."""
    assert field_for_label("x" * 10_000_000) is None
    assert similar_field("your website " * 1_000_000) is None


# --- An issue ----------------------------------------------------------------------------------------


def test_an_issue_is_read_as_the_forge_writes_it():
    full = {**ANSWERS, "pledge": "We row.\n\nWe wait."}
    form = only(issue(**full))
    assert said(form) == full
    assert [answer.line for answer in form.answers[:3]] == [1, 5, 9]
    assert said(only(issue(**full).replace("\n", "\r\n"))) == full


def test_an_issue_with_nothing_but_no_response_gets_a_kind_answer():
    assert wrong(issue(**dict.fromkeys(ANSWERS, ""))) == [
        "none of the questions was answered; answer those that are not marked as optional"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            issue().replace("Role that", "Rolle that"),
            "there is no question “Rolle that signs”; did you mean “Role that signs”? If not, take it out",
        ),
        (
            issue(pledge="We row.\n### Role\n### Role that signs\nKing"),
            "the question “Role that signs” stands here twice; keep one of the two",
        ),
    ],
)
def test_a_heading_that_is_a_slip_or_stands_there_twice_is_named(text, expected):
    assert expected in wrong(text)


def test_a_heading_of_something_else_is_passed_over_and_said():
    form = only(issue() + "\n\n### Shoe size\n\n44\n\n###\n")
    assert said(form) == ANSWERS
    assert [words for _, words in form.unread] == ["### Shoe size", "44", "###"]


@pytest.mark.parametrize("text", ["Please sign us up!", "# Hello\n\n## There", "%PDF is what we print"])
def test_an_issue_that_is_no_form_gets_a_kind_answer(text):
    """Somebody deleted the form and wrote a letter, and is told what to do."""
    expected = "none of the questions stands in it; send the form as it was, with a heading for each question"
    assert wrong(text, kind="issue") == [expected]


# --- A letter ----------------------------------------------------------------------------------------


def test_a_letter_is_read_line_by_line():
    text = f"Dear all,\nhere it is: our form.\n\n{letter()}\nYours, Jo\n-- \nJo Bloggs\nRole: King\n"
    form = only(text)
    assert said(form) == ANSWERS
    assert [words for _, words in form.unread] == ["Dear all,", "here it is: our form.", "Yours, Jo"]
    assert form.answers[0].line == 4


def test_a_letter_may_be_marked_as_a_list_or_in_bold():
    text = "".join(f"- **{LABELS[key]}:** {words}\n" for key, words in ANSWERS.items())
    assert said(only(text)) == ANSWERS


def test_an_answer_goes_on_over_several_lines_where_it_may():
    pledge = f"{LABELS['pledge']}: We row.\nTogether: always.\n\nEven in rain.\n"
    assert said(only(pledge + letter()))["pledge"] == "We row.\nTogether: always.\nEven in rain."
    form = only(letter(pledge="We row.\nTogether.") + "\nKind regards\nJo Bloggs\n")
    assert said(form)["pledge"] == "We row.\nTogether."
    assert [words for _, words in form.unread] == ["Kind regards", "Jo Bloggs"]


def test_a_greeting_below_an_office_is_no_part_of_it():
    """It would be published, with a person's name."""
    form = only(letter() + "Kind regards\nJo Bloggs\n")
    assert said(form)["role"] == "Chair"
    assert [words for _, words in form.unread] == ["Kind regards", "Jo Bloggs"]


def test_a_line_that_a_mail_program_broke_is_joined():
    area = "From the old lighthouse to the new one, and up the\nriver as far as Nettlewick"
    text = letter(area=area).replace("Role that signs: ", "Role that signs:\n\n")
    assert said(only(text)) == {**ANSWERS, "area": area}


def test_what_is_quoted_counts_where_all_is_quoted():
    quoted = "".join(f"> {line}\n" for line in letter().splitlines())
    assert said(only(f"Please see below.\n\nJo wrote:\n{quoted}")) == ANSWERS
    between = "".join(f"> {LABELS[key]}:\n{words}\n" for key, words in ANSWERS.items())
    assert said(only(between)) == ANSWERS


def test_what_is_quoted_is_anothers_where_there_is_an_answer_of_ones_own():
    """The empty form below the filled-in one, and somebody else's answers."""
    other = "> Name of your organisation: Somebody Else\n> Role that signs: King\n"
    assert said(only(f"{letter()}\nOn Monday, 2 March 2027 at 10:30, Jo wrote:\n{other}")) == ANSWERS


def test_a_slip_in_a_letter_is_told_and_a_twice_given_answer_refused():
    assert wrong(letter() + "Yuor website: https://x.example/") == [
        "there is no question “Yuor website”; did you mean “Your website”? If not, take it out"
    ]
    assert wrong(letter() + "Role of the signatory: King") == [
        "the question “Role that signs” stands here twice; keep one of the two"
    ]


def message(text: str, **options) -> email.message.EmailMessage:
    """A message with `text` in it."""
    made = email.message.EmailMessage()
    made["From"], made["To"], made["Subject"] = "jo@quay.example", "list@charter.example", "We sign"
    made.set_content(text, **options)
    return made


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-15", "windows-1252"])
@pytest.mark.parametrize("way", ["quoted-printable", "base64", "8bit"])
def test_a_message_is_read_however_it_was_packed(charset, way):
    answers = {**ANSWERS, "name": "Café am Öresund", "area": "x = y, and much more " * 3 + "so"}
    assert said(only(message(letter(**answers), charset=charset, cte=way).as_bytes())) == answers


def test_the_text_of_a_message_with_parts_is_read_and_not_what_is_attached():
    made = message(letter())
    made.add_alternative("<p>Role that signs: King</p>", subtype="html")
    made.add_attachment(b"Role that signs: King", maintype="text", subtype="plain", filename="a.txt")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    assert said(only(made.as_bytes())) == ANSWERS


def test_lines_that_flow_are_joined():
    """RFC 3676: a space at the end of a line says that it goes on."""
    text = letter(area="The \nharbour") + "-- \nRole: King\n"
    made = message(text)
    made.set_param("format", "flowed")
    assert said(only(made.as_bytes())) == ANSWERS


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (b"text/plain; charset=punycode\n\nx", "this message is in an encoding that is not read here"),
        (b"text/plain; charset=utf-8\n\nName: \x81\xff", "this message is not in utf-8, as it says"),
        (b"image/png\n\nName: x", "there is no text in this message"),
    ],
)
def test_a_message_that_cannot_be_read_is_refused_kindly(made, expected):
    paste = "copy its words into a text file, one line “label: answer” for each question, and use that"
    assert wrong(b"From: a\nTo: b\nContent-Type: " + made) == [f"{expected}; {paste}"]


def test_a_message_nested_a_thousand_deep_is_an_answer():
    head = "From: a\nTo: b\n"
    for at in range(1_000):
        head += f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n'
    assert wrong(head.encode())


# --- A table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff", "sep={}\n"])
def test_a_table_is_read_with_each_separator(separator, start):
    """With a mark at its start or a line that tells the separator; rows are counted as spreadsheets do."""
    rows = [ANSWERS, {**ANSWERS, "name": "Tide; “Club”, the\n2nd"}]
    reading = read_forms((start.format(separator) + table(*rows, separator=separator)).encode())
    assert reading.reasons == ()
    assert [said(form) for form in reading.forms] == rows
    first = 3 if start.startswith("sep") else 2
    assert [form.row for form in reading.forms] == [first, first + 1]


def test_empty_rows_and_columns_are_passed_over_and_counted():
    text = table({}).replace("\r\n", ",,\r\n") + ",,,,,,,,\r\n\r\n" + table({}).splitlines()[1]
    assert [form.row for form in read_forms(text.encode()).forms] == [2, 5]


def relabelled(label: str) -> str:
    """A table with another label for its last column."""
    return table({}).replace(LABELS["role"], label, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (relabelled("Rolle"), "there is no column “Rolle”; did you mean"),
        (
            table({}).replace(LABELS["name"], "Timestamp", 1),
            "there is no column “Name of your organisation”; add",
        ),
        (relabelled("Organisation"), "the column “Name of your organisation” stands"),
        ("1,2,3,4,5,6,7\n" + table({}), "the first row does not name the questions; write the labels"),
        (table({}).replace("Quay Club", '"Quay" Club'), "a quotation mark is missing in this row"),
        (table({}) + '"open', "a quotation mark is missing in this row"),
        (table({}) + "x" * 200_000, "a cell is far too long"),
        (table({}).splitlines()[0], "there is no row below the names of the columns"),
        (table({}) + "x\r\n" * (MAX_ROWS + 1), "there are more than 5,000 rows; divide"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(text, expected):
    reading = read_forms(text.encode(), kind="csv")
    assert reading.forms == ()
    assert [each for each in wrong(text, kind="csv") if each.startswith(expected)] != []


def test_a_cell_beyond_the_columns_is_named():
    """It may be half of an answer that was cut at a comma."""
    form = read_forms((table({}).rstrip() + ",Kent\r\n").encode()).forms[0]
    assert [(each.row, each.message) for each in form.reasons] == [
        (2, "“Kent” stands in a column without a name")
    ]


# --- Any file ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (
            b"Name: Gda\xf1sk, \xa3\xf3d\x9f",
            "mail",
            "this is not in UTF-8: byte 0xF1 in line 1, and its encoding",
        ),
        (b"Name\nGda\xf1sk, \xa3\xf3d\x9f", "csv", "this is not in UTF-8: byte 0xF1 in line 2, and its enc"),
        (b"", "", "there is nothing in it; answer the questions"),
        (b" \r\n", "csv", "there is nothing in it; answer the questions"),
        (b"x" * (MAX_UPLOAD_BYTES + 1), "", "this has more than 5 MiB; divide it"),
        (b"We want to sign.", "", "none of the questions stands in it; send the form as it was, one line"),
    ],
)
def test_a_file_that_is_no_form_says_what_to_do(data, kind, expected):
    (reason,) = wrong(data, kind=kind)
    assert reason.startswith(expected)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"{\\rtf1"])
def test_what_is_no_text_is_a_wrong_call(start):
    with pytest.raises(UsageError, match=r"save the table as \.xlsx or CSV, or the letter as text"):
        read_forms(start + b"...", name="list.doc")


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.csv", table({}), "csv"),
        ("a.txt", table({}), "csv"),
        ("", issue(), "issue"),
        ("a.txt", letter(), "mail"),
        ("a.md", "words", "issue"),
        ("a.md", table({}), "issue"),
        ("a.md", "%PDF", "issue"),
        ("a.md", letter(), "mail"),
        ("a.EML", "words", "mail"),
        ("", message(letter()).as_string(), "mail"),
    ],
)
def test_how_a_form_came_is_told_by_its_name_or_its_words(name, text, kind):
    assert read_forms(text.encode(), name=name).kind == kind


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
