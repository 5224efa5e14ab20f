"""`charter letters`: from the example's register and a file of contacts to letters that can be sent."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import smtplib
import socketserver
import threading
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from charterpress.cli import main
from charterpress.cli.letter_inputs import OWN_FOLDER
from charterpress.editing.sign_up import intake as sign_up
from charterpress.editing.sign_up.fields import Request, request_for
from charterpress.outputs.letters import package_letters
from charterpress.outputs.letters.template import read_template
from charterpress.read.contacts import read_contacts
from charterpress.text.interface import PSEUDO, use_language
from charterpress.views.letter_kinds import KINDS
from charterpress.views.letters import BLOCKS, LinkSeen
from charterpress.views.sign_links import SIGN_AGAIN
from commands import git, init_repository, run_charter
from letters_to_send import ASKED, EXAMPLE, SENDER, SITE, asked, body_text, messages, write_contacts
from marked import is_marked

# --- Those who are asked to sign again ---------------------------------------------------------------


def test_each_organisation_that_is_asked_gets_what_changed_since_the_version_that_it_signed(letters, capsys):
    slugs = asked(capsys)
    write_contacts(*slugs)
    code, said, _ = letters("--to", "asked", "--date", "2026-12-01")
    counts = "in out/. No contact: 0 organisations. Nothing has been sent."
    assert (code, said) == (0, f"21 letters to those who are asked to sign again, {counts}\n")
    found = messages()
    assert sorted(found) == sorted(slugs)
    assert len({each["Message-ID"] for each in found.values()}) == ASKED
    club, school = found["12th-furrow-beekeepers-club"], found["ivy-steps-school-garden"]
    assert club["To"] == "12th Furrow Beekeepers’ Club <office@12th-furrow-beekeepers-club.example>"
    assert club["Date"] == "Tue, 01 Dec 2026 12:00:00 +0000"
    text = body_text(club)
    assert "signed version 1.1.0" in text
    assert f"{SITE}versions/compare/1.1.0..3.1.0/" in text
    assert f"{SITE}versions/compare/1.0.1..3.1.0/" in body_text(school)
    assert "2.3 Warn of frost: commitment b was reworded." in text
    assert (
        "Now: ring the bell by six when a night of < 3 °C is forecast, which everyone with a key must do."
        in text
    )
    assert "In May 2023 three people with keys each thought that another had rung the bell." in text
    page = "Your page on the list: 12th-furrow-beekeepers-club\n"
    assert f"do: Sign again\n{page}Name of your organisation: 12th Furrow Beekeepers’ Club\n" in text
    assert "Version you sign: 3.1.0\nDate it was agreed:\nRole that signs:\n" in text
    html = club.get_body(("html",)).get_content()
    assert "<del>" in html


def test_the_lines_to_send_back_are_a_form_that_sign_reads_again(letters, capsys):
    """Completed and quoted, as a reply has them."""
    slugs = asked(capsys)
    write_contacts(*slugs)
    letters("--to", "asked")
    message = messages()["ivy-steps-school-garden"]
    text, page = body_text(message), message.get_body(("html",)).get_content()
    text, page = (
        each.replace("was agreed:", "was agreed: 1 May 2026").replace(
            "that signs:", "that signs: Head teacher"
        )
        for each in (text, page)
    )
    quoted = "".join(f"> {line}\n" for line in text.split("\n"))
    only_page = f"From: a@b.example\nSubject: Re: x\nContent-Type: text/html; charset=utf-8\n\n{page}"
    for reply, kind in ((text, ""), (quoted, ""), (only_page, "mail")):
        form = sign_up.read_forms(reply.encode(), kind=kind, name="reply.txt").forms[0]
        answers = {each.field.key: each.value for each in form.answers}
        assert answers["name"] == "Ivy Steps School Garden"
        assert (answers["version"], answers["date"]) == ("3.1.0", "1 May 2026")
        assert (answers["role"], answers["link"]) == ("Head teacher", "")


def test_the_link_to_sign_again_opens_the_form_filled_in(letters, capsys):
    write_contacts("ivy-steps-school-garden")
    letters("--to", "asked")
    text = body_text(messages()["ivy-steps-school-garden"])
    address, _, fragment = re.search(r"Sign version 3\.1\.0 <(https://\S+)>", text)[1].partition("#form?")
    assert address == f"{SITE}sign/"
    assert {key: value[0] for key, value in parse_qs(fragment).items()} == {
        "request": Request.RE_SIGN,
        "entry": "ivy-steps-school-garden",
        "name": "Ivy Steps School Garden",
        "version": "3.1.0",
    }
    assert request_for(SIGN_AGAIN) is Request.RE_SIGN


def test_names_from_the_right_are_isolated(letters, capsys):
    write_contacts("gan-ha-yeladim-shel-maavar-ha-petel")
    letters("--to", "asked")
    message = messages()["gan-ha-yeladim-shel-maavar-ha-petel"]
    assert "\u2068גן הילדים של מעבר הפטל\u2069 signed version" in body_text(message)
    assert "<bdi>גן הילדים של מעבר הפטל</bdi> signed version" in message.get_body(("html",)).get_content()


def test_who_has_no_contact_is_named_with_their_website_and_the_others_get_their_letters(letters, capsys):
    slugs = asked(capsys)
    write_contacts(*slugs[1:])
    with Path("private.csv").open("a", encoding="utf-8") as file:
        file.write("\nnobody-we-know,a@b.example,,\nabbotts-piece-plotholders,office@,,\n")
        file.write("3-wells-allotment-society,x@y.example,,cy")
    code, said, _ = letters("--to", "asked")
    assert code == 1
    assert len(messages()) == ASKED - 1
    assert said.startswith(
        "no contact: 12th Furrow Beekeepers’ Club (12th-furrow-beekeepers-club); "
        "its website is https://www.12th-furrow-beekeepers-club.example/\n"
        "row 22: no organisation on the register is called that; correct it, or take the row out\n"
        "row 23: the e-mail address is not in the form of one; "
    )
    assert "office@" not in said.replace("office@charity.example", "")


def test_a_dry_run_shows_three_letters_and_writes_nothing(letters, capsys, working_folder):
    write_contacts(*asked(capsys))
    code, said, _ = letters("--to", "asked", "--dry-run", out="")
    assert code == 0
    assert said.count("\nSubject: ") == 3
    assert "To: 12th-furrow-beekeepers-club, o…@12th-furrow-beekeepers-club.example\n" in said
    assert "office@" not in said
    assert [path.name for path in working_folder.iterdir()] == ["private.csv"]


def test_a_table_for_mail_merge_has_a_row_for_each(letters, capsys):
    slugs = asked(capsys)
    write_contacts(*slugs)
    assert letters("--to", "asked", "--format", "csv")[0] == 0
    data = Path("out/letters.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["slug"] for row in rows] == slugs
    assert rows[0]["email"] == "office@12th-furrow-beekeepers-club.example"
    assert rows[0]["redline"] == f"{SITE}versions/compare/1.1.0..3.1.0/"
    assert set(KINDS["asked"].placeholders) < set(rows[0])


def test_the_list_of_those_who_are_asked_can_be_completed_as_a_file_of_contacts(capsys, working_folder):
    _, said, _ = run_charter(capsys, "--source", str(EXAMPLE), "status", "--asked", "--format", "csv")
    contacts = read_contacts(said.encode(), "asked.csv")
    assert (len(contacts.rows), contacts.faults) == (ASKED, ())


# --- Other letters -----------------------------------------------------------------------------------


def test_a_welcome_brings_badge_and_certificate(letters):
    write_contacts("appletree-row-allotments")
    code, said, _ = letters("--to", "welcome", "appletree-row-allotments")
    assert code == 0, said
    message = messages()["appletree-row-allotments"]
    files = {each.get_filename(): each.get_payload(decode=True) for each in message.iter_attachments()}
    assert (files["badge.svg"][:4], files["certificate.pdf"][:5]) == (b"<svg", b"%PDF-")
    assert sorted(path.name for path in Path().iterdir()) == ["out", "private.csv"]
    assert f"{SITE}signatories/appletree-row-allotments/" in body_text(message)


def test_whoever_signs_again_is_not_welcomed_once_more(letters):
    """The club signed 1.0.0 in 2022 and 2.0.0 in 2024."""
    write_contacts("1848-commoners-plots")
    for since, count in (("2022-05-22", 1), ("2022-05-23", 0)):
        _, said, _ = letters("--to", "welcome", "--since", since, "--dry-run", out="")
        assert f"\n{count} letter" in said


def test_those_who_withdrew_get_a_confirmation_and_nothing_else(letters, capsys):
    gone = [
        path.stem for path in (EXAMPLE / "signatories").glob("*.yml") if "\nwithdrawn:" in path.read_text()
    ]
    write_contacts(*gone, *asked(capsys))
    _, said, _ = letters("--to", "asked")
    assert "not written to, because they withdrew: " in said
    assert not set(messages()) & set(gone)
    code, _, _ = letters("--to", "withdrawn", "--since", "2020-01-01", out="confirmed")
    assert code == 0
    assert "recorded that" in body_text(messages("confirmed")[gone[0]])


def test_a_sign_up_is_acknowledged_with_what_it_says(letters):
    write_contacts("3-wells-allotment-society")
    assert letters("--to", "received", "3-wells-allotment-society")[0] == 0
    text = body_text(messages()["3-wells-allotment-society"])
    assert "we have received" in messages()["3-wells-allotment-society"]["Subject"]
    assert "- Website: https://www.3-wells-allotment-society.example/\n" in text


def link_result(**page) -> str:
    page = {
        "slug": "appletree-row-allotments",
        "link": "https://a.example/us",
        "last": True,
        "reason": "",
        **page,
    }
    page = {"said": "on 2026-11-30 no link to the charter was seen on this page", **page}
    return json.dumps({"format": "charter-links-1", "pages": [page]})


@pytest.mark.parametrize(
    ("page", "written"),
    [
        ({"verdict": "none"}, True),
        ({"verdict": "unreachable", "reason": "the answer was 404"}, True),
        ({"verdict": "unreachable", "reason": "the answer was 503"}, False),
        ({"verdict": "signed"}, False),
        ({"verdict": "none", "last": False}, False),
    ],
)
def test_whoever_has_taken_the_link_away_is_asked_where_it_is(letters, page, written):
    write_contacts("appletree-row-allotments")
    Path("links.json").write_text(link_result(**page), encoding="utf-8")
    assert letters("--to", "links", "--links", "links.json")[0] == 0
    if written:
        assert "was seen on this page" in body_text(messages()["appletree-row-allotments"])
    else:
        assert not Path("out").exists()


@pytest.mark.parametrize("verdict", ["other", "charter", "none", "unreachable"])
def test_what_was_seen_of_a_page_is_told_in_the_language_in_use(verdict):
    seen = LinkSeen(
        link="", sentence="It is so", verdict=verdict, versions=("1.0.0", "1.0.1"), date="2026-11-30"
    )
    assert seen.sentence_in_use() == "It is so"
    with use_language(PSEUDO):
        assert is_marked(seen.sentence_in_use())
        assert replace(seen, date="").sentence_in_use() == "It is so"


def test_who_has_a_file_with_errors_is_named_and_not_written_to(own_charter, capsys):
    path = own_charter / "signatories/ivy-steps-school-garden.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("version: 1.0.1", "version: 1.0.7"), encoding="utf-8"
    )
    write_contacts("ivy-steps-school-garden")
    code, said, _ = own_letters(own_charter, capsys, "private.csv", "out")
    assert code == 1
    assert "\nnot written to: ivy-steps-school-garden, whose file has errors; see charter check\n" in said
    assert not Path("out").exists()


# --- Refused before anything is written --------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--to", "welcome"),
            "“--to welcome” is for once: name the organisations, or say --since 2026-12-01",
        ),
        (("--to", "asked", "--since", "2026-12-01"), "“--to asked” takes no --since"),
        (("--to", "asked", "appletree-row-allotments"), "appletree-row-allotments: not one of those who are"),
        (("--to", "asked", "appletree-row-allotment"), "did you mean “appletree-row-allotments”?"),
        (("--to", "links"), "which links are gone? keep what"),
        (
            ("--to", "links", "--links", "private.csv"),
            "“private.csv” is not what “charter links --format json”",
        ),
        (("--to", "asked", "--date", "1 May"), "--date: “1 May” is not a day; write it as 2026-12-01"),
        (("--to", "asked", "--contacts", "none.csv"), "the file “none.csv” cannot be read: No such file"),
        (("--to", "asked", "--sender", "me"), "--sender has no e-mail address in it"),
        (("--to", "asked", "--out", "."), "“.” is there already: name a new folder"),
    ],
)
def test_what_cannot_work_is_said_before_anything_is_written(letters, capsys, arguments, message):
    write_contacts("ivy-steps-school-garden")
    words = ["--source", str(EXAMPLE), "letters", "--site", SITE, "--contacts", "private.csv"]
    assert main([*words, "--sender", SENDER, "--out", "out", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert [path.name for path in Path().iterdir()] == ["private.csv"]


@pytest.fixture
def own_charter(working_folder):
    """The example in a repository of its own, with templates of its own to come."""
    source = working_folder / "own/charter"
    shutil.copytree(EXAMPLE, source)
    (source.parent / ".gitignore").write_text("/private.csv\n/docs/\n/out*/\n", encoding="utf-8")
    (source.parent / "docs").mkdir()
    init_repository(source.parent)
    return source


def own_letters(source, capsys, contacts, out, *arguments):
    words = ("--source", str(source), "letters", "--to", "asked", "--site", SITE, "--sender", SENDER)
    code = main([*words, "--contacts", str(contacts), "--out", str(out), *arguments])
    return code, *capsys.readouterr()


@pytest.mark.parametrize(
    ("contacts", "out", "message"),
    [
        (
            "own/contacts.csv",
            "out",
            "“own/contacts.csv” would lie in a git repository, which does not ignore it",
        ),
        ("own/docs/contacts.csv", "out", "would lie in the folder “docs”, and what lies there is published"),
        ("own/charter/contacts.csv", "out", "would lie in the folder “charter”"),
        ("own/private.csv", "own/letters-to-send", "“own/letters-to-send” would lie in a git repository"),
        ("own/private.csv", "own/docs/out", "would lie in the folder “docs”"),
    ],
)
def test_addresses_never_lie_where_they_could_become_public(own_charter, capsys, contacts, out, message):
    write_contacts("ivy-steps-school-garden", name=contacts)
    code, _, error = own_letters(own_charter, capsys, contacts, out)
    assert (code, message in error) == (2, True), error
    assert not Path(out).exists()


def test_addresses_may_lie_in_a_repository_that_ignores_them_and_nothing_is_left_there(own_charter, capsys):
    write_contacts("ivy-steps-school-garden", name="own/private.csv")
    assert own_letters(own_charter, capsys, "own/private.csv", "own/out", "ivy-steps-school-garden")[0] == 0
    assert git("status", "--porcelain", folder="own") == ""
    git("add", "--force", "private.csv", folder="own")
    assert own_letters(own_charter, capsys, "own/private.csv", "own/out2")[0] == 2


def test_letters_come_from_the_charters_contact_and_answers_go_there(own_charter, capsys):
    contact = "contact: {email: secretary@allotments.example, name: Der Schriftführer, post: 1 Water Lane}\n"
    settings = own_charter / "charter.yml"
    words = re.sub("(?m)^contact:.*\n", contact, settings.read_text(encoding="utf-8"))
    settings.write_text(words, encoding="utf-8")
    write_contacts("ivy-steps-school-garden")
    words = (
        "--source",
        str(own_charter),
        "letters",
        "--to",
        "asked",
        "--site",
        SITE,
        "--contacts",
        "private.csv",
    )
    run_charter(capsys, *words, "--out", "one")
    run_charter(capsys, *words, "--out", "other", "--sender", SENDER)
    one, other = (messages(each)["ivy-steps-school-garden"] for each in ("one", "other"))
    assert one["From"] == one["Reply-To"] == "Der Schriftführer <secretary@allotments.example>"
    assert "They can come by post too: 1 Water Lane\n" in body_text(one)
    assert (other["From"], other["Reply-To"]) == (SENDER, "The secretary <secretary@allotments.example>")


# --- Templates of one's own --------------------------------------------------------------------------


def test_a_template_beside_the_charter_takes_the_place_of_the_packages_in_its_language(own_charter, capsys):
    folder = own_charter.parent / OWN_FOLDER
    folder.mkdir()
    (folder / "asked.md").write_text("Subject: Ours\n\nDear {name}\n", encoding="utf-8")
    (folder / "asked.cy.md").write_text("Subject: Ein llythyr\n\nAnnwyl {name}\n", encoding="utf-8")
    write_contacts("ivy-steps-school-garden", name="one.csv", language="cy-GB")
    write_contacts("ivy-steps-school-garden", name="other.csv", language="fr")
    assert own_letters(own_charter, capsys, "one.csv", "one", "ivy-steps-school-garden")[0] == 0
    code, said, _ = own_letters(own_charter, capsys, "other.csv", "other", "ivy-steps-school-garden")
    assert code == 0
    assert "1 letter in another language than “fr”: there is no letters/asked.fr.md\n" in said
    welsh, ours = (messages(each)["ivy-steps-school-garden"] for each in ("one", "other"))
    assert (welsh["Subject"], welsh["Content-Language"]) == ("Ein llythyr", "cy")
    assert (ours["Subject"], ours["Content-Language"]) == ("Ours", None)


def test_a_mistake_in_a_template_stops_all_letters(own_charter, capsys):
    folder = own_charter.parent / OWN_FOLDER
    folder.mkdir()
    (folder / "asked.md").write_text("Subject: Ours\n\nDear\n{nmae}\n", encoding="utf-8")
    write_contacts("ivy-steps-school-garden")
    code, _, error = own_letters(own_charter, capsys, "private.csv", "out")
    message = "error: letters/asked.md:4: there is no placeholder {nmae}: did you mean {name}?\n"
    assert (code, error) == (2, message)
    assert not Path("out").exists()


@pytest.mark.parametrize("name", KINDS)
def test_the_packages_templates_are_in_order_and_can_be_printed(name, capsys):
    assert main(["letters", "--to", name, "--show-template"]) == 0
    data = (package_letters.FOLDER / f"{name}.md").read_bytes()
    assert capsys.readouterr().out == data.decode()
    assert read_template(data, name, KINDS[name].placeholders, BLOCKS).subject


# --- Sent --------------------------------------------------------------------------------------------


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server on this computer that takes every message and keeps it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received: list[bytes] = []


class Conversation(socketserver.StreamRequestHandler):
    """What it says to whoever sends one."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            command = line[:4].upper()
            if command == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                self.server.received.append(b"".join(lines))
            self.wfile.write(b"221 bye\r\n" if command == b"QUIT" else b"250 good\r\n")
            if command == b"QUIT":
                return


@pytest.fixture
def mail_server():
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_letters_can_be_sent_one_by_one(letters, capsys, mail_server):
    """As the recipe with Python does, to a mail server on this computer."""
    write_contacts(*asked(capsys))
    letters("--to", "asked")
    with smtplib.SMTP(*mail_server.server_address) as server:
        for message in messages().values():
            server.send_message(message)
    assert len(mail_server.received) == ASKED
    english = [each for each in mail_server.received if b"Version you sign: 3.1.0" in each]
    assert len(english) == ASKED - 1, "one signed the text in Arabic, and is written to in it"
