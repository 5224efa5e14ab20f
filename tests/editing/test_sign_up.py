"""Filled-in forms: what is read of an issue, a letter and a table, and what is said of what cannot be."""

from __future__ import annotations

import pytest

from charterpress.editing.sign_up.fields import (
    field_for_label,
    similar_field,
)
from charterpress.editing.sign_up.intake import FIELDS, MAX_UPLOAD_BYTES, read_forms
from charterpress.editing.sign_up.spreadsheet import MAX_ROWS
from charterpress.model.errors import UsageError
from sign_up_answers import ANSWERS, LABELS, issue, letter, message, only, said, table, wrong

BY_KEY = {field.key: field for field in FIELDS}


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
            "the question “Role that signs” is here twice; keep one of the two",
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
    expected = "it has none of the questions; send the form as it was, with a heading for each question"
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
        "the question “Role that signs” is here twice; keep one of the two"
    ]


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
        (relabelled("Organisation"), "the column “Name of your organisation” is here"),
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
        (2, "“Kent” is in a column without a name")
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
        (b"We want to sign.", "", "it has none of the questions; send the form as it was, one line"),
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
