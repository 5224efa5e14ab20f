"""Letters: their templates, their plain text and HTML, and the e-mails and tables made of them."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from lxml import etree

from charterpress.model.errors import CharterError
from charterpress.outputs.letters.merge_table import MergeRow, merge_table
from charterpress.outputs.letters.message import Attachment, Envelope, message_bytes
from charterpress.outputs.letters.template import Block, fill_template, read_template
from registers import HOSTILE, SCRIPTS

KNOWN = ("name", "page", "list", "nothing")
BLOCKS = ("list",)
LIST = Block(lines=("one", "two", ""), html="<ul><li>one</li><li>two</li></ul>\n")


def template(text: str, language: str = ""):
    return read_template(text.encode(), "letters/asked.md", KNOWN, BLOCKS, language)


def filled(body: str, language: str = "", **words: str):
    words = {"name": "Quay Club", "page": "https://charter.example/quay/", **words}
    return fill_template(template(f"Subject: To {{name}}\n\n{body}\n", language), words, {"list": LIST})


def body_of(html: str) -> str:
    return re.search(r"<body>\n(.*)</body>", html, re.DOTALL)[1]


# --- Templates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Dear {name}", 1, "begin the first line with “Subject:”"),
        ("Subject:\n\nx", 1, "begin the first line with “Subject:”"),
        ("Subject: x\n\n", 2, "write the letter below its subject"),
        ("Subject: x\n\nDear\n{nmae},", 4, "there is no placeholder {nmae}: did you mean {name}?"),
        ("Subject: x\n\n{}", 3, "there is no placeholder {}: there are list, name, nothing, page"),
        ("Subject: {name\n\nx", 1, "this “{” has no other brace to it"),
        ("Subject: {list}\n\nx", 1, "{list} has several lines, too many for a subject"),
        (
            "Subject: x\n\none\n\nAll: {list}",
            5,
            "{list} has several lines: put it into a paragraph of its own",
        ),
        ("Subject: x\n\n[here](../sign.md)", 3, "the link “../sign.md” leads nowhere in a letter"),
    ],
)
def test_a_mistake_in_a_template_is_named_with_its_line(text, line, message):
    with pytest.raises(CharterError) as raised:
        template(text)
    assert (raised.value.path, raised.value.line) == ("letters/asked.md", line)
    assert raised.value.message.startswith(message)


def test_a_template_in_another_encoding_is_refused():
    with pytest.raises(CharterError, match="it is not UTF-8"):
        read_template("Subject: Zoë\n\nx".encode("latin-1"), "letters/asked.md", KNOWN, BLOCKS)


def test_placeholders_stand_for_their_values_in_text_and_html():
    letter = filled("Dear **{name}**, see {page}, or [your page]({page}).\n\n{list}\n\n- a\n- b")
    assert letter.subject == "To Quay Club"
    assert letter.text == (
        "Dear Quay Club, see https://charter.example/quay/, or your page <https://charter.example/quay/>.\n"
        "\none\ntwo\n\n- a\n- b"
    )
    assert body_of(letter.html) == (
        '<p>Dear <strong>Quay Club</strong>, see <a href="https://charter.example/quay/">'
        'https://charter.example/quay/</a>, or <a href="https://charter.example/quay/">your page</a>.</p>\n'
        "<ul><li>one</li><li>two</li></ul>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    )


def test_what_a_placeholder_leaves_empty_is_left_out_and_so_is_a_heading_of_nothing():
    gone = "## Gone\n\nReason: {nothing}\n\n### Gone too\n\n- {nothing}"
    text = f"## Kept\n\nx\n\n{gone}\n\n## Also kept\n\ny {{name}}"
    letter = filled(text, nothing="")
    assert letter.text == "Kept\n----\n\nx\n\nAlso kept\n---------\n\ny Quay Club"
    assert body_of(letter.html) == "<h2>Kept</h2>\n<p>x</p>\n<h2>Also kept</h2>\n<p>y Quay Club</p>\n"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_as_it_is_written_and_is_never_markup(name):
    letter = filled("Dear {name}.\n\n`{name}`\n\n    {name}", name=name)
    html = etree.fromstring(letter.html, etree.HTMLParser())
    assert " ".join(html.xpath("string(//p[1])").split()) == f"Dear {name.strip()}."
    assert {each.tag for each in html.iter()} == {
        *("html", "head", "meta", "title", "style", "body", "p", "code", "pre")
    }
    assert letter.text.startswith(f"Dear {name.strip() if name.endswith(' ') else name}.")
    assert letter.subject == f"To {' '.join(name.split())}"


@pytest.mark.parametrize("script", ["arabic", "hebrew"])
def test_a_name_from_the_right_is_isolated(script):
    name = SCRIPTS[script][0]
    letter = filled("Dear {name}!", name=name)
    assert letter.subject == f"To \u2068{name}\u2069"
    assert letter.text == f"Dear \u2068{name}\u2069!"
    assert body_of(letter.html) == f"<p>Dear <bdi>{name}</bdi>!</p>\n"


def test_a_letter_from_the_right_isolates_every_name():
    letter = filled("Dear {name}!", "ar")
    assert '<html lang="ar" dir="rtl">' in letter.html
    assert letter.text == "Dear \u2068Quay Club\u2069!"


# --- E-mails -----------------------------------------------------------------------------------------

ENVELOPE = Envelope(
    sender=("The secretary", "office@charter.example"),
    reply_to=("The secretary", "office@charter.example"),
    to=(("Zoë “Z” O'Hara, chair", "zoe@quay.example"), ("", "office@quay.example")),
    date=datetime(2027, 5, 4, 9, 30, tzinfo=UTC),
    key=("asked", "quay-club"),
    host="charter.example",
)
LONG = " ".join(["word"] * 60)


def parsed(data: bytes):
    message = message_from_bytes(data, policy=default)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def test_an_email_has_the_headers_and_parts_that_it_needs_and_is_the_same_each_time():
    letter = filled(f"{LONG}\n\nFrom here\n\n> quoted", "cy", name="Clwb y Cei")
    data = message_bytes(letter, ENVELOPE)
    assert data == message_bytes(letter, ENVELOPE)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    message = parsed(data)
    headers = {key: message[key] for key in ("From", "Reply-To", "Subject", "Date", "Content-Language")}
    assert headers == {
        "From": "The secretary <office@charter.example>",
        "Reply-To": "The secretary <office@charter.example>",
        "Subject": "To Clwb y Cei",
        "Date": "Tue, 04 May 2027 09:30:00 +0000",
        "Content-Language": "cy",
    }
    assert [each.addr_spec for each in message["To"].addresses] == ["zoe@quay.example", "office@quay.example"]
    assert message["To"].addresses[0].display_name == "Zoë “Z” O'Hara, chair"
    assert re.fullmatch(r"<[0-9a-f]{32}@charter\.example>", message["Message-ID"])
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), text["Content-Type"].params["format"]) == ("text/plain", "flowed")
    assert (html.get_content_type(), html.get_content().splitlines()) == (
        "text/html",
        letter.html.splitlines(),
    )
    lines = text.get_content().splitlines()
    assert max(map(len, lines)) <= 78
    assert " ".join(line.strip() for line in lines[:5]).strip() == LONG  # RFC 3676: joined again
    assert " From here" in lines


def test_files_go_with_the_letter_beside_both_of_its_forms():
    files = (Attachment(name="badge.svg", type="image/svg+xml", data=b"<svg/>"),)
    message = parsed(message_bytes(filled("x"), ENVELOPE, files))
    assert [each.get_content_type() for each in message.iter_parts()] == [
        *("multipart/alternative", "image/svg+xml")
    ]
    badge = next(message.iter_attachments())
    assert (badge.get_filename(), badge.get_payload(decode=True)) == ("badge.svg", b"<svg/>")


@pytest.mark.parametrize(
    "name", [*HOSTILE, *(each for each, _ in SCRIPTS.values()), "a@b.example", '"', "\\"]
)
def test_no_name_makes_another_header_or_another_recipient(name):
    envelope = Envelope(
        sender=ENVELOPE.sender,
        reply_to=ENVELOPE.reply_to,
        to=((" ".join(name.split()), "zoe@quay.example"),),
        date=ENVELOPE.date,
        key=ENVELOPE.key,
        host=ENVELOPE.host,
    )
    message = parsed(message_bytes(filled("x", name=name), envelope))
    assert [each.addr_spec for each in message["To"].addresses] == ["zoe@quay.example"]
    assert message["To"].addresses[0].display_name == " ".join(name.split())
    assert len(message.keys()) == len(set(message.keys())) == 9


# --- Mail merge --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_a_table_for_mail_merge_has_a_row_for_each_letter_and_no_formula(name):
    letter = filled("- {name}\n- b", name=name)
    block = Block(lines=("- one", "- two", ""), html="")
    row = MergeRow(
        slug="quay-club",
        emails=("a@b.example", "c@d.example"),
        letter=letter,
        words={"name": name, "page": "https://charter.example/"},
        blocks={"list": block},
    )
    data = merge_table([row], KNOWN)
    assert data.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(table) == 1
    assert table[0]["email"] == "a@b.example; c@d.example"
    assert table[0]["name"] == (f"'{name}" if name.startswith("=") else name)
    assert table[0]["list"] == "\u2022 one\n\u2022 two"
    assert table[0]["letter"].removeprefix("'") == letter.text
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in table[0].values())
