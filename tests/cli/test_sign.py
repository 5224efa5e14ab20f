"""`charter sign`: what it writes of filled-in forms, what it refuses, and how it says so."""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path

import markdown_it
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import make_signatory, release_draft, write_charter, write_signatory
from charterpress.checks import RULES, check
from charterpress.cli import main
from charterpress.editing.sign_up import FIELDS, judge_forms
from charterpress.editing.sign_up.verdicts import DUPLICATE_RULES, OTHER_RULES
from charterpress.read import load
from charterpress.storage import atomic
from sign_up_answers import ANSWERS, LABELS, table
from test_documentation import _blocks

ROOT = Path(__file__).resolve().parents[2]
OVERRIDE = "U+202E (right-to-left override)"
FILE = """\
name: Quay Club
kind: boat club
area: The harbour
website: https://quay-club.org.uk/
signed:
  - version: 1.0.0
    date: 2024-12-02
    role: Chair
"""


@pytest.fixture
def charter(tmp_path, monkeypatch):
    """A small charter with version 1.0.0 in the working folder, and no repository around it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHARTER_SOURCE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    root = write_charter(tmp_path)
    release_draft(root, first=True)
    return root


def signed(root) -> dict[str, str]:
    """The signatories' files, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in (root / "signatories").glob("*")}


def issue(**answers) -> str:
    """A form as the forge writes it: ANSWERS, but for `answers`."""
    said = {**ANSWERS, **answers}
    return "\n\n".join(f"### {LABELS[key]}\n\n{said.get(key) or '_No response_'}" for key in LABELS)


@pytest.fixture
def sign(charter, tmp_path, capsys):
    """sign(text, *options): the exit code of `charter sign` with a file that holds `text`, and what it
    said."""

    def run(text: str | bytes, *options: str, name="form.txt") -> tuple[int, str]:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["sign", "--from", name, *options])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out + err

    return run


def said(sign, text, *options, **more) -> dict:
    """The verdicts as JSON, where nothing is written."""
    return json.loads(sign(text, "--format", "json", "--dry-run", *options, **more)[1])


def reasons(sign, **answers) -> list[tuple[str, str, str]]:
    """What is wrong with one form: label, message and fix."""
    (form,) = said(sign, issue(**answers))["forms"]
    return [(each["label"], each["message"], each["fix"]) for each in form["reasons"]]


# --- One form ----------------------------------------------------------------------------------------


def test_a_form_becomes_the_file_that_an_editor_would_write(sign, charter):
    """And the check has nothing to say of it."""
    assert sign(issue()) == (
        0,
        "wrote        “Quay Club”: charter/signatories/quay-club.yml\n\n1 form read: 1 written.\n",
    )
    assert signed(charter) == {"quay-club.yml": FILE}
    assert check(load(charter, shown="charter")) == ()


def test_every_answer_has_its_place(sign, charter):
    """Those that are optional too; words that mean something to YAML stay words."""
    more = {
        "name": "Гребной клуб",
        "name_latin": "Grebnoi klub",
        "registration": "GB-CHC-1234567",
        "pledge": "- yes: {no} # &x\n\n\n*We* row ‘together’.",
        "link": "https://quay-club.org.uk/charter",
    }
    assert sign(issue(**more))[0] == 0
    (entry,) = load(charter).signatories
    assert (entry.slug, entry.name, entry.name_latin) == ("grebnoi-klub", more["name"], more["name_latin"])
    assert (entry.registration, entry.pledge) == ("GB-CHC-1234567", "- yes: {no} # &x *We* row ‘together’.")
    assert entry.signed[0].link == more["link"]


def test_a_dry_run_writes_nothing_and_says_what_it_would(sign, charter):
    """With the same exit code."""
    code, out = sign(issue(), "--dry-run")
    assert (code, out.splitlines()[0]) == (0, "would write  “Quay Club”: charter/signatories/quay-club.yml")
    assert not (charter / "signatories").exists()


def test_a_form_is_read_from_standard_input(charter, monkeypatch, capsys):
    """Named by a hyphen."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(issue().encode())))
    assert main(["sign", "--from", "-"]) == 0
    assert signed(charter) == {"quay-club.yml": FILE}


def test_what_was_broken_off_is_finished_first(sign, charter):
    """As other commands do."""
    unfinished = charter / atomic.UNFINISHED
    unfinished.mkdir()
    (unfinished / "0").write_text(FILE)
    (unfinished / "list.json").write_text('{"write": ["signatories/quay-club.yml"], "remove": []}')
    assert sign(issue())[0] == 1
    assert signed(charter) == {"quay-club.yml": FILE}


# --- What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            {"name": ""},
            (LABELS["name"], "this has to be answered", "as the public knows it, at most 120 characters"),
        ),
        ({"kind": ""}, (LABELS["kind"], "this has to be answered", "write one of “boat club” and “ferry”")),
        (
            {"kind": "boat clubs"},
            (
                LABELS["kind"],
                "“boat clubs” is not a kind of organisation that this charter knows",
                "write “boat club”",
            ),
        ),
        (
            {"website": "quay-club.org.uk"},
            (
                LABELS["website"],
                "it is “quay-club.org.uk”, which is not an address of the web",
                "write “https://quay-club.org.uk”",
            ),
        ),
        (
            {"area": "x" * 121},
            (LABELS["area"], "it has 121 characters; 120 is the most", "say it more briefly"),
        ),
        (
            {"version": "1.1.0"},
            (LABELS["version"], "“1.1.0” is not a version that was released", "write “1.0.0”"),
        ),
        (
            {"date": "1 December 1999"},
            (
                LABELS["date"],
                "1999-12-01 is before 2024-12-01, the day on which 1.0.0 was released",
                "write the day on which it was signed",
            ),
        ),
        (
            {"role": "Chair, jo@quay.org.uk"},
            (
                LABELS["role"],
                "“jo@quay.org.uk” is an e-mail address",
                "leave it out: the organisation's website says how to write to it",
            ),
        ),
        (
            {"registration": "1234567"},
            (
                LABELS["registration"],
                "“1234567” does not say which register it is from",
                "write the code of the register and the number, such as GB-CHC-1234567",
            ),
        ),
        (
            {"name": "海港協会"},
            (
                LABELS["name_latin"],
                "“海港協会” has no letter from a to z to call its page by",
                "answer “The name in Latin letters” too",
            ),
        ),
        (
            {"name": "Quay\u202eClub"},
            (
                LABELS["name"],
                f"there is a character that changes the direction of text here, {OVERRIDE}",
                "delete it",
            ),
        ),
        (
            {"name": "Con"},
            (
                LABELS["name"],
                "Windows keeps the name “con” for itself",
                "write the name in full, as on your website",
            ),
        ),
    ],
)
def test_what_is_wrong_is_told_in_the_words_of_the_form(sign, charter, answers, expected):
    """The label, what is wrong, and what to write; and nothing else."""
    assert reasons(sign, **answers) == [expected]
    assert sign(issue(**answers))[0] == 1
    assert not (charter / "signatories").exists()


def test_all_that_is_wrong_is_told_at_once(sign):
    """What a form lacks, and what a rule has against the rest of it."""
    wrong = {"name": "", "version": "9", "date": "soon", "role": "", "website": "http://localhost/"}
    assert [label for label, *_ in reasons(sign, **wrong)] == [
        LABELS[key] for key in ("name", "website", "version", "date", "role")
    ]


def test_a_row_in_which_nothing_is_right_is_told_of_answer_by_answer(sign):
    """Each once, whatever is left to write into a file."""
    signs = dict.fromkeys(LABELS, "=")
    (form,) = said(sign, issue(**signs))["forms"]
    assert [each["label"] for each in form["reasons"]] == list(LABELS.values())
    (form,) = said(sign, table(dict.fromkeys(ANSWERS, "") | {"area": "x" * 121}), name="a.csv")["forms"]
    assert sorted(each["label"] for each in form["reasons"]) == sorted(LABELS[key] for key in ANSWERS)


def test_a_reason_says_where_the_answer_stands(sign):
    """The line of a letter or an issue, the row of a table."""
    _, out = sign(issue(date="03/04/2027"))
    assert "  line 33, “Day on which it was agreed”: “03/04/2027” is one day to some readers" in out
    _, out = sign(table({}, {"name": "Tide Club", "website": "none"}), "--as", "csv")
    assert "refused      row 3, “Tide Club”\n  “Your website”: it is “none”" in out


def test_what_a_person_should_look_at_does_not_stop_a_form(sign, charter):
    """A role that looks like a name, and a line of a letter that belongs to no answer."""
    text = "".join(f"{LABELS[key]}: {words}\n" for key, words in {**ANSWERS, "role": "Jo Bloggs"}.items())
    code, out = sign(f"{text}\nYours, Jo\n")
    assert code == 0
    assert "look at it: line 7, “Office that signs”: “Jo Bloggs” looks like a person's name" in out
    assert "  not read, line 9: “Yours, Jo”\n" in out
    assert len(signed(charter)) == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--from", "nowhere.txt"], "the file “nowhere.txt” cannot be read: No such file or directory"),
        (["--from", "charter"], "the file “charter” cannot be read: Is a directory"),
        (["--from", "a\0b"], "the file “a<U+0000>b” cannot be read: it has no such name"),
    ],
)
def test_a_file_that_is_not_there_is_a_wrong_call(charter, capsys, arguments, expected):
    """Exit code 2."""
    assert main(["sign", *arguments]) == 2
    assert capsys.readouterr().err == f"error: {expected}\n"


def test_a_way_that_there_is_not_is_a_wrong_call(charter, capsys):
    """And a workbook is, with what to do about it."""
    with pytest.raises(SystemExit) as ended:
        main(["sign", "--from", "x", "--as", "fax"])
    assert ended.value.code == 2
    Path("a.xlsx").write_bytes(b"PK\x03\x04")
    assert main(["sign", "--from", "a.xlsx"]) == 2
    assert "save the table as CSV" in capsys.readouterr().err


def test_before_the_first_version_nothing_can_be_signed(tmp_path, monkeypatch, capsys):
    """And the person who tried is told so."""
    monkeypatch.chdir(tmp_path)
    write_charter(tmp_path)
    Path("form.md").write_text(issue(), encoding="utf-8")
    assert main(["sign", "--from", "form.md"]) == 1
    assert "wait for the first version: nothing can be signed yet" in capsys.readouterr().out


# --- One organisation twice --------------------------------------------------------------------------


def test_a_form_that_comes_again_is_on_the_list_already(sign, charter):
    """Nothing is written, and nothing is wrong with it either."""
    sign(issue())
    before = signed(charter)
    code, out = sign(issue())
    assert (code, out.splitlines()[0]) == (1, "there        “Quay Club”: charter/signatories/quay-club.yml")
    assert signed(charter) == before


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            {"name": "The Quay Club Ltd", "website": "https://other.org.uk/"},
            (LABELS["name"], "“The Quay Club Ltd” is the name of “Quay Club”, which is on the list already"),
        ),
        (
            {"name": "Quay Club", "website": "https://other.org.uk/"},
            (LABELS["name"], "“Quay Club” is the name of “Quay Club”, which is on the list already"),
        ),
        (
            {"name": "Tide Club"},
            (
                LABELS["website"],
                "“https://quay-club.org.uk/” is the website of “Quay Club”, which is on the list already",
            ),
        ),
        (
            {"name": "Tide Club", "website": "https://tide.org.uk/", "registration": "GB-CHC-1234567"},
            (
                LABELS["registration"],
                "“GB-CHC-1234567” is the registration of “Quay Club”, which is on the list already",
            ),
        ),
    ],
)
def test_what_may_be_one_organisation_is_left_to_a_person(sign, answers, expected):
    """By its name, its website or its number."""
    sign(issue(registration="GB-CHC-1234567"))
    assert [(label, message) for label, message, _ in reasons(sign, **answers)] == [expected]


def test_a_true_second_of_a_name_gets_a_file_of_its_own(sign, charter):
    """Told by its number in one public register, or by a name that differs in what no address has."""
    sign(issue(registration="GB-CHC-1234567"))
    second = {"website": "https://quay-club.scot/", "registration": "GB-CHC-7654321"}
    assert sign(issue(**second))[0] == 0
    long = "Society of those who look after the oldest of the boats in the harbour of"
    rows = [
        {"name": f"{long} {place}", "website": f"https://{place.lower()}.org.uk/"} for place in ("Aby", "Bey")
    ]
    assert sign(table(*rows))[0] == 0
    stem = "society-of-those-who-look-after-the-oldest-of-the-boats-in"
    assert sorted(signed(charter)) == ["quay-club-2.yml", "quay-club.yml", f"{stem}-2.yml", f"{stem}.yml"]
    assert [f for f in check(load(charter)) if f.severity == "error" or f.rule.startswith("twin")] == []


def test_a_name_that_the_register_keeps_for_itself_gets_a_number(sign, charter):
    """As `charter new signatory` gives it; the next one has the next."""
    rows = [
        {"name": name, "website": f"https://{n}.org.uk/"} for n, name in enumerate(("Print", "Print!"), 1)
    ]
    rows[1] |= {"registration": "GB-CHC-7654321"}
    rows[0] |= {"registration": "GB-CHC-1234567"}
    assert sign(table(*rows))[0] == 0
    assert sorted(signed(charter)) == ["print-2.yml", "print-3.yml"]


def test_whoever_signed_an_earlier_version_is_asked_to_sign_again(sign, charter):
    """The entry that is there gets the signature; no second one is made."""
    sign(issue())
    path = charter / "themes/tides/tides-first.md"
    path.write_text(path.read_text().replace("every day", "every night"))
    (charter / "changes").mkdir(exist_ok=True)
    note = "---\nprinciples: [tides-first]\nclass: commitment\n---\nNights are long.\n"
    (charter / "changes" / "night.md").write_text(note)
    release_draft(charter, date="2025-01-01")
    assert reasons(sign, version="2.0.0", date="2025-02-01") == [
        (
            LABELS["name"],
            "“Quay Club” is on the list already, and signed 1.0.0",
            "sign again, which adds a signature to the entry that is there: “charter re-sign quay-club”",
        )
    ]


def test_a_form_of_one_that_is_there_says_what_differs(sign, charter):
    """What it leaves out, the entry keeps; nothing is changed, and the command that would is named."""
    sign(issue(pledge="A berth for all."))
    there = "there        “Quay Club”: charter/signatories/quay-club.yml\n"
    assert sign(issue())[1] == f"{there}\n1 form read: 1 on the list already.\n"
    other = issue(area="The mole", role="Clerk", registration="GB-CHC-1234567")
    before = signed(charter)
    code, out = sign(other)
    assert (code, signed(charter)) == (1, before)
    fix = "if the form is right, correct the entry: “charter correct quay-club"
    number = "“Your number in a public register”: the form says “GB-CHC-1234567”"
    assert out == (
        f"{there}"
        "  look at it: line 13, “Where you work”: the form says “The mole”, and the entry “The harbour”; "
        f"{fix} area …”\n"
        f"  look at it: line 21, {number}, and the entry nothing; {fix} registration …”\n"
        "  look at it: line 37, “Office that signs”: the form says “Clerk”, and the entry “Chair”; "
        f"{fix} role … --version 1.0.0”\n"
        "\n1 form read: 1 on the list already.\n"
    )
    answer = sign(other, "--format", "markdown", "--as", "issue")[1]
    assert "Your form and the entry differ. A person will look at this:\n\n- **Where you work**: " in answer


def test_whoever_withdrew_is_asked_to_sign_again(sign, charter):
    """The same version too: a new signature counts, and the entry that is there gets it."""
    sign(issue())
    file = charter / "signatories/quay-club.yml"
    file.write_text(file.read_text() + "withdrawn:\n  date: 2025-03-01\n")
    assert [message for _, message, _ in reasons(sign)] == [
        "“Quay Club” is on the list already, and withdrew on 2025-03-01"
    ]


def test_of_two_rows_of_one_organisation_the_first_is_written(sign, charter):
    """Where it is in order itself; the later one is told of it."""
    bad = {"website": "none"}
    code, out = sign(table(bad, {}, {"name": "QUAY CLUB", "website": "https://b.org.uk/"}))
    assert code == 1
    assert "refused      row 2, “Quay Club”\n  “Your website”" in out
    assert "row 3, “Quay Club”: charter/signatories/quay-club.yml\n" in out
    assert "  “Name of your organisation”: “QUAY CLUB” is the name of row 3; if you are another" in out
    assert list(signed(charter)) == ["quay-club.yml"]


# --- Many --------------------------------------------------------------------------------------------

BAD = (
    ({"name": ""}, "Name of your organisation"),
    ({"name": "=cmd|'/c calc'!A0"}, "Name of your organisation"),
    ({"name": "Tide\u202eClub"}, "Name of your organisation"),
    ({"name": "Раy Club"}, "Name of your organisation"),
    ({"name": "海港協会"}, "The name in Latin letters"),
    ({"kind": "spaceship"}, "Kind of organisation"),
    ({"area": "y" * 121}, "Where you work"),
    ({"website": "javascript:alert(1)"}, "Your website"),
    ({"website": "http://127.0.0.1/"}, "Your website"),
    ({"website": "https://user@tide.org.uk/"}, "Your website"),
    ({"version": "2.0.0"}, "Version you sign"),
    ({"version": ""}, "Version you sign"),
    ({"date": "03/04/2027"}, "Day on which it was agreed"),
    ({"date": "3 April 1999"}, "Day on which it was agreed"),
    ({"date": "3 April 9999"}, "Day on which it was agreed"),
    ({"role": "Chair\0"}, "Office that signs"),
    ({"role": "Chair, call 020 7946 0958"}, "Office that signs"),
    ({"registration": "1234567"}, "Your number in a public register"),
    ({"registration": "GB-CHC-12"}, "Your number in a public register"),
    ({"pledge": "z" * 501}, "In your own words"),
    ({"pledge": "Write to jo@tide.org.uk"}, "In your own words"),
    ({"link": "tide.org.uk"}, "Your page about the charter"),
    ({"name": "Lane 0 Club"}, "Name of your organisation"),
    ({"website": "https://lane-0.org.uk/"}, "Your website"),
    ({"name_latin": "x" * 121}, "The name in Latin letters"),
)
"""Twenty-five kinds of bad rows, and the column that each is about."""


def partly_bad(count: int) -> tuple[str, dict[int, str]]:
    """A table of so many rows with 50 bad ones; and the column of each bad row."""
    rows = [{"name": f"Lane {at} Club", "website": f"https://lane-{at}.org.uk/"} for at in range(count)]
    wrong: dict[int, str] = {}
    for place in range(50):
        at = (place + 1) * count // 50 - 1
        changes, column = BAD[place % len(BAD)]
        rows[at] |= changes
        wrong[at + 2] = column
    return table(*rows), wrong


@pytest.mark.serial
def test_a_thousand_rows_take_seconds(sign):
    text, _ = partly_bad(1_000)
    start = time.process_time()
    sign(text, "--format", "json", name="many.csv")
    assert time.process_time() - start < 15


@pytest.mark.parametrize("count", [150, pytest.param(1_000, marks=pytest.mark.long)])
def test_of_many_rows_the_good_are_written_and_the_bad_explained(sign, charter, count):
    """Files and 50 reasons, each with its row and its column; a second time, nothing."""
    text, wrong = partly_bad(count)
    code, out = sign(text, "--format", "json", name="many.csv")
    told = json.loads(out)
    assert (code, told["written"], told["refused"], told["listed"]) == (1, count - 50, 50, 0)
    assert len(signed(charter)) == count - 50
    found = {each["row"]: each["reasons"] for each in told["forms"] if each["verdict"] == "refused"}
    assert {row: [each["label"] for each in of_row] for row, of_row in found.items()} == {
        row: [column] for row, column in wrong.items()
    }
    assert {each["row"] for of_row in found.values() for each in of_row} == set(wrong)
    assert len({(each["rule"], each["message"]) for of_row in found.values() for each in of_row}) >= 20
    assert [f for f in check(load(charter, shown="charter")) if f.severity == "error"] == []

    before = signed(charter)
    code, out = sign(text, "--format", "json", name="many.csv")
    again = json.loads(out)
    assert (code, again["written"], again["refused"], again["listed"]) == (1, 0, 50, 950)
    assert signed(charter) == before
    assert [each["reasons"] for each in again["forms"] if each["row"] in (21, 41, 61)] == [
        found[row] for row in (21, 41, 61)
    ]


def test_a_table_with_a_wrong_column_writes_nothing(sign, charter):
    """A mistyped column would lose an answer of everybody."""
    code, out = sign(table({}).replace("Office that signs", "Office that sings"), name="a.csv")
    assert code == 1
    assert out == (
        "row 1: “Office that sings”: there is no column “Office that sings”; did you mean “Office that "
        "signs”? If not, take it out\n"
        "\n"
        "Nothing was written.\n"
    )
    assert not (charter / "signatories").exists()


def test_the_disk_may_refuse_and_nothing_is_half_written(sign, charter):
    """All the files or none."""
    (charter / "signatories").write_text("in the way")
    code, out = sign(table({}, {"name": "Tide Club", "website": "https://tide.org.uk/"}), name="a.csv")
    assert code == 2
    assert out.startswith("error: charter/signatories: this is no folder, and files belong into it")
    assert (charter / "signatories").read_text() == "in the way"


def test_nothing_is_written_through_a_link(sign, charter, tmp_path):
    """The files would lie somewhere else."""
    (tmp_path / "elsewhere").mkdir()
    (charter / "signatories").symlink_to(tmp_path / "elsewhere")
    assert sign(issue())[0] == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_no_entry_that_is_there_is_changed(sign, charter):
    """Not even one whose file cannot be read: the new one gets another name."""
    (charter / "signatories").mkdir()
    (charter / "signatories" / "Quay-Club.yml").write_text("{{{")
    sign(issue())
    files = signed(charter)
    assert files.pop("Quay-Club.yml") == "{{{"
    assert "quay-club.yml" not in files


def test_every_rule_is_asked():
    """Those about one organisation twice by themselves, all others together."""
    assert {*DUPLICATE_RULES, *OTHER_RULES} == set(RULES)
    assert [rule.id for rule in DUPLICATE_RULES] == [
        "twin-registration",
        "twin-website",
        "twin-name",
        "twin-lookalike",
    ]


# --- Answers to a person -----------------------------------------------------------------------------


def test_the_answer_to_a_good_form_says_what_was_made_and_what_comes_next(sign):
    """In words for the person who filled it in."""
    code, out = sign(issue(), "--format", "markdown")
    assert code == 0
    assert out == (
        "Thank you for signing! An entry for **Quay Club** was made of your form:\n"
        "\n"
        "- Name of your organisation: Quay Club\n"
        "- Kind of organisation: boat club\n"
        "- Where you work: The harbour\n"
        "- Your website: https\\:\\/\\/quay\\-club\\.org\\.uk\\/\n"
        "- Version you sign: 1\\.0\\.0\n"
        "- Day on which it was agreed: 2024\\-12\\-02\n"
        "- Office that signs: Chair\n"
        "\n"
        "What happens next: a person reads the entry, looks at your website, and takes it in. Then your "
        "organisation stands on the list, and has a page of its own with a badge and a certificate.\n"
        "\n"
        "Is something wrong in it? Edit your form, and the entry is made again. If you like, put a sentence "
        "on your website in the meantime, with a link to the version that you signed.\n"
    )


def test_the_answer_to_a_bad_form_says_what_to_mend_and_how(sign):
    """By editing the form."""
    code, out = sign(issue(kind="boat clubs", role=""), "--format", "markdown")
    assert code == 1
    assert out == (
        "Thank you for signing. No entry for **Quay Club** could be made of it yet. 2 things have to be "
        "mended first:\n"
        "\n"
        "- **Kind of organisation**: “boat clubs” is not a kind of organisation that this charter knows\\. "
        "Write “boat club”\\.\n"
        "- **Office that signs**: This has to be answered\\. Such as Chief Executive or Chair of trustees\\. "
        "Never the name of a person\\.\n"
        "\n"
        "To mend it, edit your form: open the menu “…” at its top right, choose **Edit**, change the "
        "answers, and save. It is read again within minutes. If you are stuck, write a comment, and a person "
        "will help.\n"
    )


def test_the_answers_to_others_are_kind_too(sign):
    """To an empty form, to no form, to one that is there, and to many."""
    empty = "\n\n".join(f"### {label}\n\n_No response_" for label in LABELS.values())
    code, out = sign(empty, "--format", "markdown")
    assert code == 1
    assert out.startswith(
        "Thank you for writing. No entry could be made of this yet:\n\n- None of the questions was"
    )
    assert "edit your form" in out
    code, out = sign("Role: King\nKind of organisation: x", "--format", "markdown", name="a.md")
    assert "edit your form" in out
    code, out = sign("Role: King\nKind of organisation: x", "--format", "markdown")
    assert "send your answers again" in out
    code, out = sign("", "--format", "markdown", name="a.md")
    assert (code, "There is nothing in it" in out) == (1, True)
    sign(issue())
    code, out = sign(issue(), "--format", "markdown")
    assert (code, out.splitlines()[0]) == (
        1,
        "Thank you! **Quay Club** is on the list already, and signed this version.",
    )
    rows = [{"name": f"Lane {at} Club", "website": f"https://lane-{at}.org.uk/"} for at in range(60)]
    code, out = sign(table(*rows, {}, {"website": "none"}), "--format", "markdown")
    assert out.startswith(
        "62 forms read: 60 written, 1 on the list already, 1 refused.\n\n### To mend\n\n- Row 63, Quay"
    )
    assert "- and 20 more\n" in out


HOSTILE = (
    *(
        "<img src=x onerror=alert(1)>",
        "@everyone #1 GH-1 www.evil.example",
        "</details><!-- x",
        "![x](https://x.example/)",
    ),
    *(
        "`code` **bold** [a](javascript:alert(1))",
        "| a | b |\n|---|---|",
        "- [ ] x\n# y\n> z",
        "$x$ :smile: ~~x~~",
    ),
    *(
        "https://evil.example/ 0123456789abcdef0123456789abcdef01234567",
        "&lt;b&gt; &#64;",
        "a\n\n```\nb",
        "***",
    ),
)


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_somebody_wrote_acts_in_the_answer(sign, words):
    """No link, picture, mention, mark or heading of theirs: rendered, it is the words alone."""
    for text in (
        issue(name=words, area=words, pledge=words),
        issue(name=words, kind=words, website=words),
        issue() + f"\n\n### {words.splitlines()[0]}\n\nx",
        table({"name": words}, {"area": words, "kind": words}),
        f"Nmae of your organisation{words.splitlines()[0]}: x\n" + issue(),
    ):
        _, out = sign(text, "--format", "markdown", "--dry-run")
        made = markdown_it.MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(out)
        assert set(re.findall(r"<(\w+)", made)) <= {"p", "ul", "li", "strong", "em", "h3"}, out
        assert re.search(r"(?<![\w\\])@\w|(?<!\\)https?://|(?<!\\)#\d|GH-\d", out) is None, out


def test_an_answer_fits_into_a_comment(sign):
    """Whatever was sent; the host takes 65,536 characters."""
    signs = {key: sign_ * 119 for key, sign_ in zip(LABELS, "a|`<[~#*!+=", strict=True)}
    rows = [{**signs, "name": f"{at} {'*' * 110}"} for at in range(500)]
    heading = issue() + f"\n\n### {'<' * 90_000}\n\nx"
    cut = []
    for text in (table(*rows), issue(**signs), "### x\n" * 900, heading):
        out = sign(text, "--format", "markdown")[1]
        assert len(out) < 61_000
        cut.append(out.endswith("*The rest does not fit in here.*\n"))
    assert cut == [True, False, False, False]


# --- Whatever is sent --------------------------------------------------------------------------------

PIECES = st.sampled_from(
    (
        *LABELS.values(),
        *ANSWERS.values(),
        *(
            "### ",
            "\n",
            "\n\n",
            ": ",
            ",",
            ";",
            "\t",
            '"',
            "> ",
            "-- \n",
            "\0",
            "\u202e",
            "\x1b",
            "=cmd",
            "../../x",
        ),
        *(
            "_No response_",
            "!!python/object",
            "&a *a",
            "{a: [",
            "'",
            "x" * 3_000,
            "\ud7ff",
            "\ufeff",
            "From: a\nTo: b\n",
        ),
    )
)


@given(
    st.one_of(
        st.binary(max_size=300), st.lists(PIECES, max_size=30).map(lambda all_: "".join(all_).encode())
    ),
    st.sampled_from(("text", "json", "markdown")),
    st.sampled_from(("", "issue", "mail", "csv")),
)
@example(issue(name="../../../etc/passwd").encode(), "text", "issue")
@example(issue(name="x" * 1_999, pledge="\ud7ff" * 1_999).encode(), "text", "issue")
def test_whatever_is_sent_is_answered(sign, charter, data, shape, kind):
    """Without a traceback; and what is written stands in its folder, and the check finds no error in it."""
    before = {path for path in charter.parent.rglob("*") if path.is_file()}
    code, out = sign(data, "--format", shape, *(["--as", kind] if kind else []), name="form")
    assert code in (0, 1, 2)
    assert out
    new = {path for path in charter.parent.rglob("*") if path.is_file()} - before - {charter.parent / "form"}
    assert {path.parent for path in new} <= {charter / "signatories"}
    assert (code == 0) <= bool(new)
    if new:
        assert [f for f in check(load(charter)) if f.severity == "error"] == []
    for path in new:
        path.unlink()


@pytest.mark.parametrize(
    "data",
    [
        b"x" * 10_000_000,
        b"Name: " + b"x" * 4_000_000,
        b"a:\n" * 1_000_000,
        b"### \n" * 900,
        b'"' * 3_000_000,
        b"Name;Kind\n" + b'"' + b"x" * 4_000_000,
        b"," * 5_000_000,
        b" " * 5_000_000,
        b"### " + b" " * 90_000 + b"#",
        b"a" * 90_000 + b":",
        b"> " * 45_000,
        b"From: a\nTo: b\n\n" + b"Nmae: x\n" * 990,
        b"=?utf-8?q?" * 100_000,
    ],
)
@pytest.mark.parametrize("kind", ["", "issue", "mail", "csv"])
@pytest.mark.serial
def test_a_file_made_to_take_long_takes_seconds(sign, data, kind):
    """Whatever it is said to be."""
    start = time.process_time()
    code, _ = sign(data, *(["--as", kind] if kind else []))
    assert code == 1
    assert time.process_time() - start < 10


def test_a_verdict_needs_no_file(charter):
    """The rules are asked of an edition in memory: the same entry is refused where it stands in it."""
    edition = load(charter, shown="charter")
    assert judge_forms(edition, ()) == ()
    write_signatory(charter, replace(make_signatory(), name="Other"))
    assert len(load(charter).signatories) == 1


# --- The page for editors ----------------------------------------------------------------------------


def test_the_page_on_sign_ups_runs_as_it_is_shown(tmp_path, monkeypatch, capsys):
    """Every file that it shows is written, every command typed, and every answer is the one it prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHARTER_SOURCE", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    shutil.copytree(
        ROOT / "charter", tmp_path / "charter", ignore=shutil.ignore_patterns("changes", "signatories")
    )
    page = (ROOT / "docs" / "editors" / "sign-ups.md").read_text(encoding="utf-8")
    out, typed = "", 0
    for what, name, text in _blocks(page):
        if what == "file":
            Path(name).write_text(text, encoding="utf-8")
        elif what == "run":
            line = shlex.split(text)
            assert line[:2] == ["charter", "sign"]
            main(line[1:])
            out, typed = capsys.readouterr().out, typed + 1
        else:
            assert out == text
    assert typed >= 4


def test_the_page_that_says_how_to_sign_has_every_label():
    """Whoever has no account copies the questions from it into a letter: they are those of the table."""
    page = (ROOT / "docs" / "sign.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- labels -->\n```text\n(.*?)```", page, re.DOTALL)[1]
    assert block.splitlines() == [
        f"{field.label}{'' if field.required else ' (optional)'}:" for field in FIELDS
    ]
