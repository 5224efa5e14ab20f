"""`charter sign`: the files that it writes from forms, what it refuses, and its messages."""

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

from builders import make_signatory, release_draft, write_note, write_signatory
from charterpress.checks import RULES, check
from charterpress.cli import main
from charterpress.editing.sign_up import FIELDS, judge_forms
from charterpress.editing.sign_up.verdicts import DUPLICATE_RULES, OTHER_RULES
from charterpress.read import load
from charterpress.storage import atomic
from commands import edit_file
from sign_up_answers import ANSWERS, LABELS, table
from test_documentation import _blocks

ROOT = Path(__file__).resolve().parents[2]
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


def signatory_files(root) -> dict[str, str]:
    """The signatories' files, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in (root / "signatories").glob("*")}


def issue(**answers) -> str:
    """A form as the forge writes it: ANSWERS, with `answers` in their place."""
    filled = {**ANSWERS, **answers}
    return "\n\n".join(f"### {LABELS[key]}\n\n{filled.get(key) or '_No response_'}" for key in LABELS)


@pytest.fixture
def sign(version, tmp_path, capsys):
    """sign(text, *options): the exit code and output of `charter sign` with a file that holds `text`."""

    def run(text: str | bytes, *options: str, name="form.txt") -> tuple[int, str]:
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["sign", "--from", name, *options])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out + err

    return run


def dry_run(sign, text, *options, **more) -> dict:
    """The verdicts as JSON, from a dry run."""
    return json.loads(sign(text, "--format", "json", "--dry-run", *options, **more)[1])


def reasons(sign, **answers) -> list[tuple[str, str, str]]:
    """What is wrong with one form: label, message and fix."""
    (form,) = dry_run(sign, issue(**answers))["forms"]
    return [(each["label"], each["message"], each["fix"]) for each in form["reasons"]]


# --- One form ----------------------------------------------------------------------------------------


def test_a_form_becomes_the_file_that_an_editor_would_write(sign, version):
    """Which the check accepts."""
    assert sign(issue()) == (
        0,
        "wrote        “Quay Club”: charter/signatories/quay-club.yml\n\n1 form read: 1 written.\n",
    )
    assert signatory_files(version) == {"quay-club.yml": FILE}
    assert check(load(version, shown="charter")) == ()


def test_every_answer_is_stored(sign, version):
    """Optional ones too; YAML syntax stays text."""
    more = {
        "name": "Гребной клуб",
        "name_latin": "Grebnoi klub",
        "registration": "GB-CHC-1234567",
        "pledge": "- yes: {no} # &x\n\n\n*We* row ‘together’.",
        "link": "https://quay-club.org.uk/charter",
    }
    assert sign(issue(**more))[0] == 0
    (entry,) = load(version).signatories
    assert (entry.slug, entry.name, entry.name_latin) == ("grebnoi-klub", more["name"], more["name_latin"])
    assert (entry.registration, entry.pledge) == ("GB-CHC-1234567", "- yes: {no} # &x *We* row ‘together’.")
    assert entry.signed[0].link == more["link"]


def test_a_dry_run_only_says_what_it_would_write(sign, version):
    """With the same exit code."""
    code, out = sign(issue(), "--dry-run")
    assert (code, out.splitlines()[0]) == (0, "would write  “Quay Club”: charter/signatories/quay-club.yml")
    assert not (version / "signatories").exists()


def test_a_form_is_read_from_standard_input(version, monkeypatch, capsys):
    """With a hyphen for its name."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(issue().encode())))
    assert main(["sign", "--from", "-"]) == 0
    assert signatory_files(version) == {"quay-club.yml": FILE}


def test_an_interrupted_command_is_finished_first(sign, version):
    """As by other commands."""
    unfinished = version / atomic.UNFINISHED
    unfinished.mkdir()
    (unfinished / "0").write_text(FILE)
    (unfinished / "list.json").write_text('{"write": ["signatories/quay-club.yml"], "remove": []}')
    assert sign(issue())[0] == 1
    assert signatory_files(version) == {"quay-club.yml": FILE}


# --- What is refused ---------------------------------------------------------------------------------


REFUSED = """
name= | name | this has to be answered | as the public knows it, at most 120 characters
kind= | kind | this has to be answered | write one of “boat club” and “ferry”
kind=boat clubs | kind | “boat clubs” is not a kind of organisation that this charter knows
    | write “boat club”
website=quay-club.org.uk | website | it is “quay-club.org.uk”, which is not an address of the web
    | write “https://quay-club.org.uk”
area=LONG | area | it has 121 characters; 120 is the most | say it more briefly
version=1.1.0 | version | “1.1.0” is not a version that was released | write “1.0.0”
date=1 December 1999 | date | 1999-12-01 is before 2024-12-01, the day on which 1.0.0 was released
    | write the day on which it was signed
role=Chair, jo@quay.org.uk | role | “jo@quay.org.uk” is an e-mail address
    | leave it out: the organisation's website says how to write to it
registration=1234567 | registration | “1234567” does not say which register it is from
    | write the code of the register and the number, such as GB-CHC-1234567
name=海港協会 | name_latin | “海港協会” has no letter from a to z to call its page by
    | answer “The name in Latin letters” too
name=Quay\u202eClub | name
    | there is a character that changes the direction of text here, U+202E (right-to-left override)
    | delete it
name=Con | name | Windows keeps the name “con” for itself | write the name in full, as on your website
""".replace("LONG", "x" * 121).replace("\n    ", " ")
"""An answer, the field that is refused, the message and the fix."""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_a_refusal_uses_the_words_of_the_form(sign, version, line):
    """The label, what is wrong, and what to write; nothing else."""
    answer, field, message, fix = line.split(" | ")
    answers = dict([answer.split("=")])
    assert reasons(sign, **answers) == [(LABELS[field], message, fix)]
    assert sign(issue(**answers))[0] == 1
    assert not (version / "signatories").exists()


def test_everything_wrong_is_reported_at_once(sign):
    """Missing answers, and findings about the others."""
    wrong = {"name": "", "version": "9", "date": "soon", "role": "", "website": "http://localhost/"}
    assert [label for label, *_ in reasons(sign, **wrong)] == [
        LABELS[key] for key in ("name", "website", "version", "date", "role")
    ]


def test_a_row_without_one_valid_answer_is_reported_answer_by_answer(sign):
    """Each once."""
    signs = dict.fromkeys(LABELS, "=")
    (form,) = dry_run(sign, issue(**signs))["forms"]
    assert [each["label"] for each in form["reasons"]] == list(LABELS.values())
    (form,) = dry_run(sign, table(dict.fromkeys(ANSWERS, "") | {"area": "x" * 121}), name="a.csv")["forms"]
    assert sorted(each["label"] for each in form["reasons"]) == sorted(LABELS[key] for key in ANSWERS)


def test_a_reason_gives_the_position_of_the_answer(sign):
    """The line in a letter or issue, the row in a table."""
    _, out = sign(issue(date="03/04/2027"))
    assert "  line 33, “Day on which it was agreed”: “03/04/2027” is one day to some readers" in out
    _, out = sign(table({}, {"name": "Tide Club", "website": "none"}), "--as", "csv")
    assert "refused      row 3, “Tide Club”\n  “Your website”: it is “none”" in out


def test_a_warning_does_not_stop_a_form(sign, version):
    """A role that looks like a name, or a line that belongs to no answer."""
    text = "".join(f"{LABELS[key]}: {words}\n" for key, words in {**ANSWERS, "role": "Jo Bloggs"}.items())
    code, out = sign(f"{text}\nYours, Jo\n")
    assert code == 0
    assert "look at it: line 7, “Office that signs”: “Jo Bloggs” looks like a person's name" in out
    assert "  not read, line 9: “Yours, Jo”\n" in out
    assert len(signatory_files(version)) == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.txt", "the file “nowhere.txt” cannot be read: No such file or directory"),
        ("charter", "the file “charter” cannot be read: Is a directory"),
        ("a\0b", "the file “a<U+0000>b” cannot be read: it has no such name"),
        ("a.xlsx", "save the table as CSV"),
    ],
)
def test_an_unreadable_file_is_a_usage_error(version, capsys, name, message):
    """Exit code 2."""
    Path("a.xlsx").write_bytes(b"PK\x03\x04")
    assert main(["sign", "--from", name]) == 2
    assert message in capsys.readouterr().err


def test_before_the_first_version_nothing_can_be_signed(draft, capsys):
    """And the answer says so."""
    Path("form.md").write_text(issue(), encoding="utf-8")
    assert main(["sign", "--from", "form.md"]) == 1
    assert "wait for the first version: nothing can be signed yet" in capsys.readouterr().out


# --- Duplicates --------------------------------------------------------------------------------------

NUMBER = "GB-CHC-1234567"


def test_a_form_sent_twice_is_on_the_list_already(sign, version):
    """Nothing is written, and nothing is refused."""
    sign(issue())
    before = signatory_files(version)
    code, out = sign(issue())
    assert (code, out.splitlines()[0]) == (1, "there        “Quay Club”: charter/signatories/quay-club.yml")
    assert signatory_files(version) == before


@pytest.mark.parametrize(
    ("field", "answers"),
    [
        ("name", {"name": "The Quay Club Ltd", "website": "https://other.org.uk/"}),
        ("name", {"name": "Quay Club", "website": "https://other.org.uk/"}),
        ("website", {"name": "Tide Club"}),
        ("registration", {"name": "Tide Club", "website": "https://tide.org.uk/", "registration": NUMBER}),
    ],
)
def test_a_possible_duplicate_is_left_to_a_person(sign, field, answers):
    """By name, website or registration number."""
    sign(issue(registration=NUMBER))
    value = {**ANSWERS, **answers}[field]
    expected = f"“{value}” is the {field} of “Quay Club”, which is on the list already"
    assert [(label, message) for label, message, _ in reasons(sign, **answers)] == [(LABELS[field], expected)]


def test_another_organisation_of_the_same_name_gets_its_own_file(sign, version):
    """If its registration number differs, or its name where the slug was cut."""
    sign(issue(registration="GB-CHC-1234567"))
    second = {"website": "https://quay-club.scot/", "registration": "GB-CHC-7654321"}
    assert sign(issue(**second))[0] == 0
    long = "Society of those who look after the oldest of the boats in the harbour of"
    rows = [
        {"name": f"{long} {place}", "website": f"https://{place.lower()}.org.uk/"} for place in ("Aby", "Bey")
    ]
    assert sign(table(*rows))[0] == 0
    stem = "society-of-those-who-look-after-the-oldest-of-the-boats-in"
    assert sorted(signatory_files(version)) == [
        "quay-club-2.yml",
        "quay-club.yml",
        f"{stem}-2.yml",
        f"{stem}.yml",
    ]
    assert [f for f in check(load(version)) if f.severity == "error" or f.rule.startswith("twin")] == []


def test_a_reserved_slug_gets_a_number(sign, version):
    """As with `charter new signatory`; each takes the next one."""
    rows = [
        {"name": "Print", "website": "https://1.org.uk/", "registration": NUMBER},
        {"name": "Print!", "website": "https://2.org.uk/", "registration": "GB-CHC-7654321"},
    ]
    assert sign(table(*rows))[0] == 0
    assert sorted(signatory_files(version)) == ["print-2.yml", "print-3.yml"]


def test_whoever_signed_an_earlier_version_is_asked_to_sign_again(sign, version):
    """The entry that is there gets the signature; no second one is made."""
    sign(issue())
    edit_file(version / "themes/tides/tides-first.md", "every day", "every night")
    write_note(version, "tides-first")
    release_draft(version, date="2025-01-01")
    assert reasons(sign, version="2.0.0", date="2025-02-01") == [
        (
            LABELS["name"],
            "“Quay Club” is on the list already, and signed 1.0.0",
            "sign again, which adds a signature to the entry that is there: “charter re-sign quay-club”",
        )
    ]


def test_a_form_for_an_existing_entry_lists_the_differences(sign, version):
    """Nothing changes; the command that would is named. An empty answer is no difference."""
    sign(issue(pledge="A berth for all."))
    there = "there        “Quay Club”: charter/signatories/quay-club.yml\n"
    assert sign(issue())[1] == f"{there}\n1 form read: 1 on the list already.\n"
    other = issue(area="The mole", role="Clerk", registration="GB-CHC-1234567")
    before = signatory_files(version)
    code, out = sign(other)
    assert (code, signatory_files(version)) == (1, before)
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


def test_whoever_withdrew_is_asked_to_sign_again(sign, version):
    """Even the same version: the existing entry gets the new signature."""
    sign(issue())
    file = version / "signatories/quay-club.yml"
    file.write_text(file.read_text() + "withdrawn:\n  date: 2025-03-01\n")
    assert [message for _, message, _ in reasons(sign)] == [
        "“Quay Club” is on the list already, and withdrew on 2025-03-01"
    ]


def test_of_two_rows_of_one_organisation_the_first_valid_one_is_written(sign, version):
    """The later one is refused, and names it."""
    bad = {"website": "none"}
    code, out = sign(table(bad, {}, {"name": "QUAY CLUB", "website": "https://b.org.uk/"}))
    assert code == 1
    assert "refused      row 2, “Quay Club”\n  “Your website”" in out
    assert "row 3, “Quay Club”: charter/signatories/quay-club.yml\n" in out
    assert "  “Name of your organisation”: “QUAY CLUB” is the name of row 3; if you are another" in out
    assert list(signatory_files(version)) == ["quay-club.yml"]


# --- Many --------------------------------------------------------------------------------------------

BAD_ANSWERS = {
    "name": ("", "=cmd|'/c calc'!A0", "Tide\u202eClub", "Раy Club", "海港協会", "Lane 0 Club"),
    "kind": ("spaceship",),
    "area": ("y" * 121,),
    "website": (
        "javascript:alert(1)", "http://127.0.0.1/", "https://user@tide.org.uk/", "https://lane-0.org.uk/",
    ),
    "version": ("2.0.0", ""),
    "date": ("03/04/2027", "3 April 1999", "3 April 9999"),
    "role": ("Chair\0", "Chair, call 020 7946 0958"),
    "registration": ("1234567", "GB-CHC-12"),
    "pledge": ("z" * 501, "Write to jo@tide.org.uk"),
    "link": ("tide.org.uk",),
    "name_latin": ("x" * 121,),
}  # fmt: skip
BAD = [
    ({field: value}, LABELS["name_latin" if value == "海港協会" else field])
    for field, values in BAD_ANSWERS.items()
    for value in values
]
"""Twenty-five kinds of bad rows, and the column that each is about."""


def partly_bad(count: int) -> tuple[str, dict[int, str]]:
    """A table of `count` rows with 50 bad ones, and the column of each bad row."""
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
def test_of_many_rows_the_valid_are_written_and_the_others_explained(sign, version, count):
    """Each reason with its row and column; a second run writes nothing."""
    text, wrong = partly_bad(count)
    code, out = sign(text, "--format", "json", name="many.csv")
    document = json.loads(out)
    assert (code, document["written"], document["refused"], document["listed"]) == (1, count - 50, 50, 0)
    assert len(signatory_files(version)) == count - 50
    refused = {each["row"]: each["reasons"] for each in document["forms"] if each["verdict"] == "refused"}
    assert {row: [each["label"] for each in entries] for row, entries in refused.items()} == {
        row: [column] for row, column in wrong.items()
    }
    assert {each["row"] for entries in refused.values() for each in entries} == set(wrong)
    assert len({(each["rule"], each["message"]) for entries in refused.values() for each in entries}) >= 20
    assert [f for f in check(load(version, shown="charter")) if f.severity == "error"] == []

    before = signatory_files(version)
    code, out = sign(text, "--format", "json", name="many.csv")
    again = json.loads(out)
    assert (code, again["written"], again["refused"], again["listed"]) == (1, 0, 50, count - 50)
    assert signatory_files(version) == before
    reasons_again = {each["row"]: each["reasons"] for each in again["forms"]}
    assert [reasons_again[row] for row in sorted(refused)[:3]] == [
        refused[row] for row in sorted(refused)[:3]
    ]


def test_a_table_with_an_unknown_column_writes_nothing(sign, version):
    """A mistyped heading would lose that answer for everybody."""
    code, out = sign(table({}).replace("Office that signs", "Office that sings"), name="a.csv")
    assert code == 1
    assert out == (
        "row 1: “Office that sings”: there is no column “Office that sings”; did you mean “Office that "
        "signs”? If not, take it out\n"
        "\n"
        "Nothing was written.\n"
    )
    assert not (version / "signatories").exists()


def test_a_failed_write_leaves_nothing_half_written(sign, version):
    """All the files or none."""
    (version / "signatories").write_text("in the way")
    code, out = sign(table({}, {"name": "Tide Club", "website": "https://tide.org.uk/"}), name="a.csv")
    assert code == 2
    assert out.startswith("error: charter/signatories: this is no folder, and files belong into it")
    assert (version / "signatories").read_text() == "in the way"


def test_nothing_is_written_through_a_symbolic_link(sign, version, tmp_path):
    """The files would be outside the charter."""
    (tmp_path / "elsewhere").mkdir()
    (version / "signatories").symlink_to(tmp_path / "elsewhere")
    assert sign(issue())[0] == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_no_existing_entry_is_changed(sign, version):
    """Not even an unreadable file: the new one gets another name."""
    (version / "signatories").mkdir()
    (version / "signatories" / "Quay-Club.yml").write_text("{{{")
    sign(issue())
    files = signatory_files(version)
    assert files.pop("Quay-Club.yml") == "{{{"
    assert "quay-club.yml" not in files


def test_every_rule_is_applied():
    """The rules for duplicates on their own, all others together."""
    assert {*DUPLICATE_RULES, *OTHER_RULES} == set(RULES)
    kinds = ("registration", "website", "name", "lookalike")
    assert [rule.id for rule in DUPLICATE_RULES] == [f"twin-{kind}" for kind in kinds]


# --- Answers to a person -----------------------------------------------------------------------------


def test_the_answer_to_a_valid_form_shows_the_entry_and_the_next_step(sign):
    """In words for the person who filled it in."""
    code, out = sign(issue(), "--format", "markdown")
    assert code == 0
    assert out == (
        "Thank you for signing! An entry for **Quay Club** was made of your form:\n"
        "\n"
        "- Name of your organisation: Quay Club\n"
        "- Kind of organisation: boat club\n"
        "- Where you work: The harbour\n"
        "- Your website: https\\:\\//quay-club.org.uk/\n"
        "- Version you sign: 1.0.0\n"
        "- Day on which it was agreed: 2024-12-02\n"
        "- Office that signs: Chair\n"
        "\n"
        "What happens next: a person reads the entry, looks at your website, and takes it in. Then your "
        "organisation stands on the list, and has a page of its own with a badge and a certificate.\n"
        "\n"
        "Is something wrong in it? Edit your form, and the entry is made again. If you like, put a sentence "
        "on your website in the meantime, with a link to the version that you signed.\n"
    )


def test_the_answer_to_an_invalid_form_says_what_to_correct_and_how(sign):
    """By editing the form."""
    code, out = sign(issue(kind="boat clubs", role=""), "--format", "markdown")
    assert code == 1
    assert out == (
        "Thank you for signing. No entry for **Quay Club** could be made of it yet. 2 things have to be "
        "mended first:\n"
        "\n"
        "- **Kind of organisation**: “boat clubs” is not a kind of organisation that this charter knows. "
        "Write “boat club”.\n"
        "- **Office that signs**: This has to be answered. Such as Chief Executive or Chair of trustees. "
        "Never the name of a person.\n"
        "\n"
        "To mend it, edit your form: open the menu “…” at its top right, choose **Edit**, change the "
        "answers, and save. It is read again within minutes. If you are stuck, write a comment, and a person "
        "will help.\n"
    )


def test_the_answers_to_other_texts(sign):
    """An empty form, no form, a form for an existing entry, and many forms."""
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
    thanks = "Thank you! **Quay Club** is on the list already, and signed this version."
    assert (code, out.splitlines()[0]) == (1, thanks)
    rows = [{"name": f"Lane {at} Club", "website": f"https://lane-{at}.org.uk/"} for at in range(60)]
    code, out = sign(table(*rows, {}, {"website": "none"}), "--format", "markdown")
    assert out.startswith(
        "62 forms read: 60 written, 1 on the list already, 1 refused.\n\n### To mend\n\n- Row 63, Quay"
    )
    assert "- and 20 more\n" in out


HOSTILE = (
    "<img src=x onerror=alert(1)>", "@everyone #1 GH-1 www.evil.example", "</details><!-- x",
    "![x](https://x.example/)", "`code` **bold** [a](javascript:alert(1))", "| a | b |\n|---|---|",
    "- [ ] x\n# y\n> z", "$x$ :smile: ~~x~~", "&lt;b&gt; &#64;", "a\n\n```\nb", "***",
    "https://evil.example/ 0123456789abcdef0123456789abcdef01234567",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_an_answer_is_inert(sign, words):
    """Rendered, quoted words are plain text: no link, image, mention or heading."""
    for text in (
        issue(name=words, area=words, pledge=words),
        issue(name=words, kind=words, website=words),
        issue() + f"\n\n### {words.splitlines()[0]}\n\nx",
        table({"name": words}, {"area": words, "kind": words}),
        f"Nmae of your organisation{words.splitlines()[0]}: x\n" + issue(),
    ):
        _, out = sign(text, "--format", "markdown", "--dry-run")
        rendered = markdown_it.MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(out)
        assert set(re.findall(r"<(\w+)", rendered)) <= {"p", "ul", "li", "strong", "em", "h3"}, out
        assert re.search(r"(?<![\w\\])@\w|(?<!\\)https?://|(?<!\\)#\d|GH-\d", out) is None, out


def test_an_answer_fits_into_a_comment(sign):
    """Whatever was sent; the forge accepts 65,536 characters."""
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
        *LABELS.values(), *ANSWERS.values(), "### ", "\n", "\n\n", ": ", ",", ";", "\t", '"', "'", "> ",
        "\0", "-- \n", "\u202e", "\x1b", "=cmd", "../../x", "_No response_", "!!python/object", "&a *a",
        "{a: [", "x" * 3_000, "\ud7ff", "\ufeff", "From: a\nTo: b\n",
    )
)  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=300), st.lists(PIECES, max_size=30).map(lambda all_: "".join(all_).encode())
    ),
    st.sampled_from(("text", "json", "markdown")),
    st.sampled_from(("", "issue", "mail", "csv")),
)
@example(issue(name="../../../etc/passwd").encode(), "text", "issue")
@example(issue(name="x" * 1_999, pledge="\ud7ff" * 1_999).encode(), "text", "issue")
def test_any_input_is_answered(sign, version, data, shape, kind):
    """Without a traceback; it writes only to its folder, and the check finds no error there."""
    before = {path for path in version.parent.rglob("*") if path.is_file()}
    code, out = sign(data, "--format", shape, *(["--as", kind] if kind else []), name="form")
    assert code in (0, 1, 2)
    assert out
    new = {path for path in version.parent.rglob("*") if path.is_file()} - before - {version.parent / "form"}
    assert {path.parent for path in new} <= {version / "signatories"}
    assert (code == 0) <= bool(new)
    if new:
        assert [f for f in check(load(version)) if f.severity == "error"] == []
    for path in new:
        path.unlink()


@pytest.mark.parametrize(
    "data",
    [
        b"x" * 10_000_000, b"Name: " + b"x" * 4_000_000, b"a:\n" * 1_000_000, b"### \n" * 900,
        b'"' * 3_000_000, b"Name;Kind\n" + b'"' + b"x" * 4_000_000, b"," * 5_000_000, b" " * 5_000_000,
        b"> " * 45_000, b"### " + b" " * 90_000 + b"#", b"a" * 90_000 + b":", b"=?utf-8?q?" * 100_000,
        b"From: a\nTo: b\n\n" + b"Nmae: x\n" * 990,
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["", "issue", "mail", "csv"])
@pytest.mark.serial
def test_a_file_made_to_take_long_takes_seconds(sign, data, kind):
    """Whatever its declared kind."""
    start = time.process_time()
    code, _ = sign(data, *(["--as", kind] if kind else []))
    assert code == 1
    assert time.process_time() - start < 10


def test_a_verdict_needs_no_file(version):
    """The rules are applied to an edition in memory."""
    edition = load(version, shown="charter")
    assert judge_forms(edition, ()) == ()
    write_signatory(version, replace(make_signatory(), name="Other"))
    assert len(load(version).signatories) == 1


# --- The page for editors ----------------------------------------------------------------------------


def test_the_page_on_sign_ups_runs_as_shown(working_folder, capsys):
    """Every file that it shows is written, every command is run, and each prints the output shown."""
    ignored = shutil.ignore_patterns("changes", "signatories")
    shutil.copytree(ROOT / "charter", working_folder / "charter", ignore=ignored)
    page = (ROOT / "docs" / "editors" / "sign-ups.md").read_text(encoding="utf-8")
    out, command_count = "", 0
    for what, name, text in _blocks(page):
        if what == "file":
            Path(name).write_text(text, encoding="utf-8")
        elif what == "run":
            line = shlex.split(text)
            assert line[:2] == ["charter", "sign"]
            main(line[1:])
            out, command_count = capsys.readouterr().out, command_count + 1
        else:
            assert out == text
    assert command_count >= 4


def test_the_page_on_signing_has_every_label():
    """People without an account copy the questions from it into a letter."""
    page = (ROOT / "docs" / "sign.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- labels -->\n```text\n(.*?)```", page, re.DOTALL)[1]
    assert block.splitlines() == [
        f"{field.label}{'' if field.required else ' (optional)'}:" for field in FIELDS
    ]
