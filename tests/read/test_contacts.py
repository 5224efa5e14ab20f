"""Tables of contacts, as spreadsheets save them."""

from __future__ import annotations

import pytest

from charterpress.model.errors import CharterError
from charterpress.read.contacts import ContactRow, clean_words, email_address, read_contacts


def read(text: str, encoding: str = "utf-8"):
    return read_contacts(text.encode(encoding), "private.csv")


QUAY = ContactRow(number=2, slug="quay-club", emails=("office@quay.example",), name="Zoë", language="cy")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_table_is_read_in_any_form_that_a_spreadsheet_saves(encoding, separator, ending):
    rows = (("Slug", "E-mail", "Name", "Language"), ("quay-club", "office@quay.example", "Zoë", "cy"))
    text = ending.join(separator.join(row) for row in rows)
    assert read(text, encoding).rows == (QUAY,)
    assert read(f"sep={separator}\n{text}", encoding).rows == (QUAY,)


def test_other_columns_are_ignored_and_named():
    contacts = read("Timestamp,slug,email,Notes\nnow,quay-club,office@quay.example,call first")
    assert contacts.ignored == ("Timestamp", "Notes")
    assert contacts.faults == ()


def test_name_is_the_persons_only_where_another_column_says_which_organisation_it_is():
    alone = read("name,email\nQuay Club,office@quay.example").rows[0]
    beside = read("organisation,name,email\nQuay Club,Zoë,office@quay.example").rows[0]
    assert (alone.organisation, alone.name) == ("Quay Club", "")
    assert (beside.organisation, beside.name) == ("Quay Club", "Zoë")


@pytest.mark.parametrize(
    "cell",
    ["a@x.example; b@y.example", '"a@x.example, b@y.example"', '"Jo <a@x.example>, ""S, T"" <b@y.example>"'],
)
def test_a_cell_may_have_several_addresses(cell):
    assert read(f"slug,email\nquay-club,{cell}").rows[0].emails == ("a@x.example", "b@y.example")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("quay-club,office@", "the e-mail address is not in the form of one"),
        ("quay-club,a@x.example;office", "1 of 2 e-mail addresses are not in the form of one"),
        (",office@quay.example", "it names no organisation"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_without_its_address(row, message):
    contacts = read(f"slug,email\n\n{row}")
    assert [(each.row, each.message) for each in contacts.faults] == [(3, message)]
    assert "office" not in contacts.faults[0].message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it is empty"),
        ("slug,telephone\n", "no column “email”"),
        ("email\n", "no column says which organisation"),
        ("slug,email,mail\n", "two columns are for “email”"),
        ("PK\x03\x04\0\0", "not a table of text"),
        ('slug,email\nquay,"a@quay.example\npier,b@pier.example\n', "a quotation mark is missing"),
        ('slug,email\nquay,"a@quay.example\npier,"b@pier.example\n', "a quotation mark is missing"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(text, message):
    with pytest.raises(CharterError, match=message) as raised:
        read(text)
    assert raised.value.path == "private.csv"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Office@Quay.Example", "Office@quay.example"),
        ("mailto:a.b+c@quay.example", "a.b+c@quay.example"),
        ("a@münchen.example", "a@xn--mnchen-3ya.example"),
        *((each, "") for each in ("", "quay.example", "a@quay", "a b@quay.example", "ä@quay.example")),
        *((each, "") for each in ("a@@quay.example", ".a@quay.example", "a..b@quay.example", "a@-q.example")),
        *((each, "") for each in ("a@x.example\nBcc: b@y.example", "a@[127.0.0.1]", "a@127.0.0.1")),
        (f"{'a' * 65}@quay.example", ""),
    ],
)
def test_an_address_is_one_that_every_mail_server_takes(written, address):
    assert email_address(written) == address


def test_a_row_may_wait_for_its_address():
    contacts = read("slug,email\nquay-club,")
    assert (contacts.rows[0].emails, contacts.faults) == ((), ())


def test_words_cannot_begin_a_header_or_turn_the_words_around_them():
    assert clean_words("Zoë\r\nBcc: a@b.example\u202e\x00 x") == "Zoë Bcc: a@b.example x"


def test_names_are_read_in_the_encoding_that_they_show():
    """By what a sign-up is read by: a Cyrillic name came out as letters of Windows’ Western encoding."""
    table = "slug;email;name\nquay-club;post@quay.org;Ольга Петрова\n".encode("cp1251")
    assert [each.name for each in read_contacts(table, "c.csv").rows] == ["Ольга Петрова"]
    with pytest.raises(CharterError, match="encoding cannot be told: save it as “CSV UTF-8”"):
        read_contacts("slug;email;name\nquay-club;post@quay.org;Łódź\n".encode("cp1250"), "c.csv")
