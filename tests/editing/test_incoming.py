"""What comes in: letters of every mail program, workbooks, texts in older encodings, and dates."""

from __future__ import annotations

import csv
import datetime as dt
import email.message
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from charterpress.editing.sign_up.entries import Entries, decide
from charterpress.editing.sign_up.fields import REMOVE_ENTRY, Request, request_for
from charterpress.editing.sign_up.html_text import html_text
from charterpress.editing.sign_up.intake import Form, Options, Reading, read_folder, read_forms
from charterpress.editing.sign_up.values import parse_date
from charterpress.text.encodings import UnreadableTextError, decode
from charterpress.text.written_dates import read_date, serial_day
from outlook_file import outlook_message
from sign_up_answers import ANSWERS, LABELS, issue, letter, table

DATES = list(csv.DictReader(Path(__file__).with_name("dates.csv").read_text(encoding="utf-8").splitlines()))


def only(reading: Reading) -> Form:
    """The one form of a reading with which nothing is wrong."""
    assert reading.reasons == ()
    (form,) = reading.forms
    return form


def said(form: Form) -> dict[str, str]:
    """The answers of a form that are not empty, by key."""
    return {answer.field.key: answer.value for answer in form.answers if answer.value}


def wrong(reading: Reading) -> str:
    """What is wrong with a file as a whole."""
    (reason,) = reading.reasons
    return f"{reason.message}; {reason.fix}"


# --- Dates -------------------------------------------------------------------------------------------


def test_every_date_of_the_table_is_read_as_it_says():
    """Written before the reader was: the right day, or “ask”."""
    assert len(DATES) > 200
    found = {
        (row["written"], row["order"]): read_date(row["written"]).day(row["order"]) or "ask" for row in DATES
    }
    assert found == {(row["written"], row["order"]): row["day"] for row in DATES}


def test_a_month_that_is_two_in_two_languages_says_so():
    assert parse_date("1 listopada 2027")[1] == "“1 listopada 2027” names another month in another language"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Friday 1 March 2027", "names a weekday that it is not"),
        ("March 2027", "has no day"),
        ("1 March", "has no year"),
        ("31/02/2027", "is not a day in the calendar"),
        ("2027-02-28T22:00:00Z", "is one day in one time zone and another in the next"),
    ],
)
def test_a_date_that_is_none_says_why(words, fault):
    assert read_date(words).fault == f"{{words}} {fault}"


def test_spreadsheets_count_days_from_two_years():
    assert [serial_day(46082), serial_day(44620, "1904")] == ["2026-03-01", "2026-03-01"]


def dated(*days: str, order: str = "") -> Reading:
    """A table with these dates."""
    return read_forms(table(*({"date": day} for day in days)).encode(), options=Options(order=order))


def days(reading: Reading) -> list[str]:
    """The days of a table, or “ask”."""
    found = [parse_date(form.words("date"), form.order) for form in reading.forms]
    return ["ask" if message else day for day, message, _ in found]


@pytest.mark.parametrize(
    ("written", "order", "expected"),
    [
        (("01/03/2027", "13/03/2027"), "", ["2027-03-01", "2027-03-13"]),
        (("01/03/2027", "03/13/2027"), "", ["2027-01-03", "2027-03-13"]),
        (("01/03/2027", "02/04/2027"), "", ["ask", "ask"]),
        (("01/03/2027", "02/04/2027"), "dmy", ["2027-03-01", "2027-04-02"]),
        (("01/03/2027", "02/04/2027"), "mdy", ["2027-01-03", "2027-02-04"]),
        (("01/03/2027", "13/03/2027", "03/13/2027", "1 May 2027"), "", ["ask", "ask", "ask", "2027-05-01"]),
        (("01/03/2027", "13/03/2027", "03/13/2027"), "dmy", ["2027-03-01", "2027-03-13", "ask"]),
        (("01/03/2027", "13.03.2027", "2027-03-20"), "", ["ask", "2027-03-13", "2027-03-20"]),
    ],
)
def test_a_date_of_the_table_decides_the_others(written, order, expected):
    """Only figures that can be one day alone do: those with stops have the day first by custom."""
    assert days(dated(*written, order=order)) == expected


def test_what_decided_is_said_and_what_would():
    assert dated("01/03/2027", "13/03/2027").notices == (
        "dates in figures are read with the day first, because of “13/03/2027” in row 3",
    )
    assert dated("01/03/2027", "02/04/2027").notices == (
        "if all dates of this file have the day first, say --dates dmy; if the month, --dates mdy",
    )
    assert dated("46082", "1 March 2027").notices == (
        "“46082” in row 2 was read as a spreadsheet's number of a day, 2026-03-01",
    )


def sent(text: str, **headers: str) -> email.message.EmailMessage:
    """A message with `text` in it."""
    made = email.message.EmailMessage()
    made["From"], made["To"], made["Subject"] = "jo@quay.example", "list@charter.example", "We sign"
    made.set_content(text)
    for name, words in headers.items():
        made[name.replace("_", "-")] = words
    return made


@pytest.mark.parametrize(
    ("headers", "day"),
    [
        ({"Content_Language": "en-GB"}, "2027-03-01"),
        ({"Content_Language": "de"}, "2027-03-01"),
        ({"Content_Language": "en-US", "Date": "Mon, 1 Mar 2027 10:00:00 -0500"}, "2027-01-03"),
        ({"Content_Language": "en-US", "Date": "Mon, 1 Mar 2027 10:00:00 +0000"}, "ask"),
        (
            {
                "Accept_Language": "en-GB, en-US",
                "Content_Language": "en-US",
                "Date": "1 Mar 2027 10:00 -0500",
            },
            "ask",
        ),
        ({"Content_Language": "en-CA"}, "ask"),
        ({"Date": "Mon, 1 Mar 2027 10:00:00 -0500"}, "ask"),
        ({}, "ask"),
    ],
)
def test_the_language_of_a_letter_decides_where_nothing_speaks_against_it(headers, day):
    """Many programs in Britain claim to write American English."""
    assert days(read_forms(sent(letter(date="01/03/2027"), **headers).as_bytes())) == [day]


# --- Letters -----------------------------------------------------------------------------------------

FORWARDED = {
    "outlook": (
        "FYI\n-- \nJo\n\n-----Original Message-----\nFrom: Jo <jo@quay.example>\nSent: 3 March 2027 10:00\n"
        "To: a@b.example;\n  c@d.example\nSubject: We sign\nDate: 3 March 1999\n\n{}"
    ),
    "apple": (
        "\nBegin forwarded message:\n\n> From: Jo\n> Subject: We sign\n> Date: 3 March 1999 at 10:00:00 GMT\n"
        "> To: a@b.example\n> \n> {}"
    ),
    "gmail": (
        "See below\n\n---------- Forwarded message ---------\nFrom: *Jo* <jo@quay.example>\n"
        "Date: Wed, 3 Mar 1999 at 10:00\nSubject: We sign\nTo: <a@b.example>\n\n\n{}"
    ),
    "german": "Von: Jo\nGesendet: Montag, 1. März 2027\nAn: a\nBetreff: x\n\n{}",
    "nested": "> > From: Jo\n> > Date: 3 March 1999\n> > Subject: x\n> >\n> > {}",
    "pasted": "To: a@b.example\nSubject: We sign\nDate: 3 March 1999\n\n{}",
}


@pytest.mark.parametrize("program", FORWARDED)
def test_answers_below_the_head_of_a_forwarded_letter_are_read(program):
    """Its line “Date:” is no answer."""
    start = FORWARDED[program]
    quote = start.rpartition("\n")[2].removesuffix("{}")
    text = start.format(letter().replace("\n", f"\n{quote}"))
    assert said(only(read_forms(text.encode(), kind="mail"))) == ANSWERS


@pytest.mark.parametrize(
    "shape", ["*{}:* {}", "*{}*: {}", "*{}: {}*", "__{}:__ {}", "* {}: {}", "- **{}:** {}"]
)
def test_marks_of_bold_letters_are_no_part_of_an_answer(shape):
    text = "".join(f"{shape.format(LABELS[key], words)}\n" for key, words in ANSWERS.items())
    assert said(only(read_forms(text.encode(), kind="mail"))) == ANSWERS


def test_the_empty_form_below_an_answer_is_anothers():
    empty = "".join(f"{label}:\n" for label in LABELS.values())
    text = f"{letter()}\n-----Original Message-----\nFrom: a\nSent: today\nSubject: b\n\n{empty}"
    assert said(only(read_forms(text.encode(), kind="mail"))) == ANSWERS


PAGES = {
    "paragraphs": "<p>Dear all,</p>" + "".join(f"<p><b>{LABELS[key]}:</b> {{{key}}}</p>" for key in ANSWERS),
    "breaks": "<div>" + "<br>".join(f"{LABELS[key]}: {{{key}}}" for key in ANSWERS) + "</div>",
    "table": "<table>"
    + "".join(f"<tr><td><p>{LABELS[key]}</p></td><td>{{{key}}}</td></tr>" for key in ANSWERS),
    "lines": "<pre>" + "".join(f"{LABELS[key]}: {{{key}}}\n" for key in ANSWERS) + "</pre>",
    "quoted": "Hi<blockquote>" + "".join(f"<div>{LABELS[key]}: {{{key}}}</div>" for key in ANSWERS),
    "hidden": (
        "<style>p {{}}</style><p style='display: none'>Role that signs: King</p>"
        "<script>Role that signs: x</script>"
        + "".join(f"<p>{LABELS[key]}:&nbsp;{{{key}}}</p>" for key in ANSWERS)
    ),
}


@pytest.mark.parametrize("shape", PAGES)
def test_a_letter_that_is_only_a_web_page_is_read(shape):
    made = email.message.EmailMessage()
    made["From"], made["To"] = "a@b.example", "c@d.example"
    made.set_content(PAGES[shape].format(**ANSWERS), subtype="html", charset="windows-1252", cte="base64")
    assert said(only(read_forms(made.as_bytes()))) == ANSWERS


def test_the_part_with_the_form_is_read_and_what_is_attached_is_named():
    made = sent("Please see the form below.")
    made.add_alternative(PAGES["breaks"].format(**ANSWERS), subtype="html")
    made.add_attachment(b"x", maintype="application", subtype="pdf", filename="../../list\u202e.xlsx")
    reading = read_forms(made.as_bytes())
    assert said(only(reading)) == ANSWERS
    assert "what is attached was not read: “../../list" in reading.notices[0]


def test_a_page_made_deep_and_long_is_a_text():
    assert html_text(b"<div>" * 50_000 + b"x") is not None
    assert html_text(b"<td>" * 20_000) is not None


def test_each_message_of_a_mailbox_is_a_form_or_says_why_not():
    messages = [sent(letter(name=f"Club {at}")).as_bytes() for at in range(3)]
    lunch = sent("Lunch?\n\nFrom here to there\n").as_bytes()
    data = b"".join(
        b"From jo@quay.example Mon Mar  1 10:00:00 2027\n" + each + b"\n" for each in [*messages, lunch]
    )
    for reading in (read_forms(data), read_forms(data, name="in.mbox")):
        assert reading.kind == "mbox"
        assert [form.words("name") for form in reading.forms] == ["Club 0", "Club 1", "Club 2", ""]
        assert [form.place for form in reading.forms] == [f"message {at}" for at in range(1, 5)]
        assert reading.forms[3].reasons[0].message == "it has none of the questions"


def test_a_folder_is_read_file_by_file_and_nothing_is_lost():
    files = [
        ("a.eml", sent(letter()).as_bytes()),
        ("b.csv", table({}, {"name": "Tide"}).encode()),
        ("c.pdf", b"%PDF"),
        ("d.txt", b"%PDF"),
        ("e.msg", outlook_message(letter())),
    ]
    reading = read_folder(files)
    assert [form.place for form in reading.forms] == [
        "a.eml",
        "b.csv, row 2",
        "b.csv, row 3",
        "c.pdf",
        "d.txt",
        "e.msg",
    ]
    assert [bool(form.reasons) for form in reading.forms] == [False, False, False, True, True, False]


def test_a_message_of_outlook_is_read():
    headers = "Date: Mon, 1 Mar 2027 10:00:00 +0000\r\nContent-Language: en-GB\r\n"
    data = outlook_message(letter(name="Café").replace("\n", "\r\n"), headers)
    form = only(read_forms(data))
    assert said(form) == ANSWERS | {"name": "Café"}
    assert (form.sent, form.order) == ("2027-03-01", "dmy")


@pytest.mark.parametrize(
    "data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"x", outlook_message("")]
)
def test_a_message_of_outlook_that_cannot_be_read_says_what_to_do(data):
    assert "save it as “Text Only”" in wrong(read_forms(data, kind="msg"))


# --- Workbooks ---------------------------------------------------------------------------------------


def workbook(*rows: list, sheets: dict[str, list] | None = None, mac: bool = False) -> bytes:
    """A workbook with these rows in its first sheet."""
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for row in rows:
        book.active.append(row)
    for name, more in (sheets or {}).items():
        book.create_sheet(name).append(more)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEAD = [LABELS[key] for key in ANSWERS]


def filled(**answers) -> list:
    """A row of a workbook."""
    return [(ANSWERS | answers)[key] for key in ANSWERS]


@pytest.mark.parametrize("mac", [False, True])
def test_a_workbook_is_read_with_real_dates_and_numbers_of_days(mac):
    day = dt.datetime(2026, 3, 1, tzinfo=None)  # noqa: DTZ001 - a workbook knows no time zone
    number = 44620 if mac else 46082
    data = workbook(
        [*HEAD, "Timestamp"], filled(date=day), filled(date=number), filled(date="1 Mar 2026"), mac=mac
    )
    reading = read_forms(data, name="list.xlsx")
    assert days(reading) == ["2026-03-01"] * 3
    assert reading.notices == ("this column is not a question of the form, and was not read: “Timestamp”",)
    assert read_forms(data).kind == "xlsx"


def test_a_date_that_a_program_may_have_turned_round_is_asked_about():
    """It made 3/1/2027 a date, and could not make one of 13/03/2027."""
    day = dt.datetime(2027, 1, 3)  # noqa: DTZ001 - as above
    reading = read_forms(workbook(HEAD, filled(date=day), filled(date="13/03/2027")))
    assert [len(form.reasons) for form in reading.forms] == [1, 0]
    assert "write “3 January 2027” or “1 March 2027” as text" in reading.forms[0].reasons[0].fix


def test_the_sheet_that_names_questions_is_read_and_the_others_are_said():
    data = workbook(["Notes", "of ours"], sheets={"List": HEAD})
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["List"].append(filled())
    out = io.BytesIO()
    book.save(out)
    reading = read_forms(out.getvalue())
    assert said(only(reading)) == ANSWERS
    assert reading.notices == ("only the sheet “List” was read, and not “Sheet”",)


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts in other words."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            new.writestr(name, changes.get(name) or old.read(name))
    return out.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"xl/workbook.xml": BOMB}, "this workbook declares entities"),
        ({"xl/sharedStrings.xml": BOMB.decode().encode("utf-16")}, "this workbook declares entities"),
        ({"xl/media/x.bin": b"\0" * 70_000_000}, "this workbook is far too large when it is unpacked"),
        ({f"xl/{at}": b"x" for at in range(1_001)}, "this workbook is far too large when it is unpacked"),
        ({"xl/worksheets/sheet1.xml": b"<worksheet"}, "this is not a readable workbook"),
        ({"xl/workbook.xml": b"<workbook/>"}, "there is no row in this workbook"),
    ],
)
def test_a_workbook_made_to_harm_is_refused(changes, expected):
    assert wrong(read_forms(repacked(workbook(HEAD, filled()), changes), kind="xlsx")).startswith(expected)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"x", repacked(workbook(HEAD), {})[:400]])
def test_what_is_no_workbook_is_refused(data):
    assert "packed file" in wrong(read_forms(data, kind="xlsx"))


def test_a_formula_gives_its_saved_value_and_one_without_is_said():
    reading = read_forms(workbook(HEAD, filled(area="=A1")))
    assert only(reading).words("area") == ""
    assert reading.notices[0].startswith("there are formulas without a saved result")


# --- Texts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "codec"),
    [
        ("Café am Öresund; Élan’s “best” – £5", "cp1252"),
        ("Café Köln, Ångström, ÉLAN’s “best”", "mac-roman"),
        ("Привет; Клуб друзей", "cp1251"),
        ("Привет; Клуб", "koi8-r"),
        ("Ελληνική λέσχη; Αθήνα", "cp1253"),
        ("Café; ab", "utf-16-le"),
        ("Café; ab", "utf-16"),
        ("Café; 海港", "utf-8-sig"),
    ],
)
def test_a_text_is_read_in_the_encoding_that_it_shows(words, codec):
    found = decode(words.encode(codec))
    assert found.words == words
    assert bool(found.guessed) == (not codec.startswith("utf"))


@pytest.mark.parametrize("words", ["Gdańsk, Łódź", "Kraków, Łódź, Wrocław", "Łódź"])
def test_a_text_whose_encoding_cannot_be_told_is_read_as_somebody_says(words):
    with pytest.raises(UnreadableTextError, match="its encoding cannot be told"):
        decode(words.encode("cp1250"))
    assert decode(words.encode("cp1250"), "windows-1250").words == words


@pytest.mark.parametrize("encoding", ["punycode", "rot13", "idna", "utf-7", "no-such"])
def test_other_encodings_are_refused(encoding):
    with pytest.raises(UnreadableTextError, match="is an encoding that is not read here"):
        decode(b"\xff\xe9", encoding)


def test_a_table_from_windows_is_read_and_said():
    reading = read_forms(table({"name": "Café"}, separator=";").encode("cp1252"))
    assert said(only(reading)) == ANSWERS | {"name": "Café"}
    assert reading.notices == ("it is not in UTF-8 and was read as Windows-1252: look at “Café”",)


def test_a_column_of_something_else_is_passed_over_and_said_once():
    text = table({}, {"name": "Tide"}).replace("\r\n", ",x\r\n").replace(",x", ",Timestamp", 1)
    reading = read_forms(text.encode())
    assert [len(form.reasons) for form in reading.forms] == [0, 0]
    assert reading.notices == ("this column is not a question of the form, and was not read: “Timestamp”",)


# --- What is asked for -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        ("Sign", Request.SIGN),
        ("sign again", Request.RE_SIGN),
        ("Sign again, for a later version", Request.RE_SIGN),
        ("Re-sign", Request.RE_SIGN),
        ("Correct our entry", Request.CORRECT),
        ("Withdraw our signature", Request.WITHDRAW),
        ("resign", None),
        ("Remove an entry that we did not make", None),
        ("sign or withdraw", None),
    ],
)
def test_what_is_asked_for_is_known_or_asked_about(words, request_):
    assert request_for(words) is request_


def test_answers_below_what_should_it_say_are_read_and_a_letter_is_left_for_a_person():
    details = "Where you work: The docks\nYour website: https://dock.org.uk/"
    text = f"### Name of your organisation\n\nQuay Club\n\n### What should it say?\n\n{details}"
    assert said(only(read_forms(text.encode()))) == {
        "name": "Quay Club",
        "area": "The docks",
        "website": "https://dock.org.uk/",
    }
    kept = only(read_forms(text.replace("Where you work: ", "We are now at ").encode()))
    assert said(kept).keys() == {"name", "details"}


def test_an_issue_is_read_as_before():
    assert said(only(read_forms(issue().encode()))) == ANSWERS


def test_an_entry_that_somebody_did_not_make_is_a_persons_to_remove():
    (reading,) = read_forms(
        f"What would you like to do: {REMOVE_ENTRY}\nName of your organisation: Quay\n".encode()
    ).forms
    decision = decide(Entries.of(()), reading)
    assert decision.question.message == "whether an entry goes is for a person to decide"
    assert "if it never signed, remove its file" in decision.question.fix
