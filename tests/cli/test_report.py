"""`charter report`: from what the self-assessment saved to a report in an entry, of which the organisation
chose every word."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from lxml import html

from builders import (
    YEARLY,
    make_charter,
    make_report,
    make_signatory,
    release_draft,
    write_charter,
    write_note,
    write_signatory,
)
from charterpress.checks import check
from charterpress.model import Answer, PrincipleReport, Report
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.html.signatories.organisation_pages import organisation_pages
from charterpress.read import load
from charterpress.versions import number
from charterpress.views.signatories import register_view
from commands import edit_file, file_contents, run_charter
from rendering import TEMPLATES, make_pages
from words import said

PERIOD = ("--from-date", "2024-12-01", "--to-date", "2025-11-30")
ENTRY = "signatories/quay-club.yml"
IN_PART = "moorings-first=in part"
FIRST_WORDS = "themes/moorings/moorings-first.md"


@pytest.fixture
def reporting(working_folder):
    """A charter that asks for a report each year, with a club that signed its version 1.0.0."""
    root = write_charter(working_folder, make_charter(reporting=YEARLY))
    edit_file(root / "preamble.md", "shared.", "shared. Each year we report how we kept this.")
    release_draft(root, first=True)
    write_signatory(root, make_signatory(website="https://quay-club.org.uk/"))
    return root


def saved(root, *answers, **changes) -> str:
    """The name of a file that the self-assessment saved, with `answers`, each (principle, level, notes)."""
    given = [
        {"principle": id, "version": "1.0.0", "words": "0", "level": level, **notes}
        for id, level, notes in answers or [("moorings-first", "in-places", {"shows": "Two gates of three."})]
    ]
    made = {"format": "assessment-1", "charter": load(root).charter.title, "version": "1.0.0"}
    made |= {"saved": "2025-12-01", "who": "Us", "about": "", "answers": given, **changes}
    (root.parent / "a.json").write_text(json.dumps(made), encoding="utf-8")
    return "a.json"


def refused(capsys, root, *line) -> str:
    """What `charter report quay-club` says of a mistake: it exits with 2 and writes nothing."""
    before = file_contents(root)
    code, out, err = run_charter(capsys, "report", "quay-club", *line)
    assert (code, out, file_contents(root)) == (2, "", before), err
    return err


def test_an_assessment_becomes_a_report_of_what_was_chosen_alone(reporting, capsys):
    """The words of a note are public once somebody names the note, and no other ever is."""
    notes = {"shows": "Two gates\n of three.", "hinders": "SECRET money", "next": "SECRET plan"}
    file = saved(
        reporting,
        ("moorings-first", "in-places", notes),
        ("moorings-second", "habit", {"shows": "SECRET habit"}),
        ("tides-first", "habit", {"shows": "SECRET tide"}),
    )
    chosen = ("--principle", IN_PART, "--words", "moorings-first=@shows")
    evidence = ("--evidence", "moorings-first=https://quay-club.org.uk/gates")
    second = ("--principle", "moorings-second=does not apply")
    line = ("--from", file, *PERIOD, "--published", "2025-12-15", *chosen, *evidence, *second)
    code, out, err = run_charter(capsys, "report", "quay-club", *line)
    assert (code, err) == (0, "")
    assert "+       - principle: moorings-first\n" in out
    text = (reporting / ENTRY).read_text(encoding="utf-8")
    assert "SECRET" not in text
    assert text.endswith(
        "reports:\n"
        "  - from: 2024-12-01\n"
        "    to: 2025-11-30\n"
        "    version: 1.0.0\n"
        "    published: 2025-12-15\n"
        "    principles:\n"
        "      - principle: moorings-first\n"
        "        answer: in part\n"
        "        words: Two gates of three.\n"
        "        evidence: https://quay-club.org.uk/gates\n"
        "      - principle: moorings-second\n"
        "        answer: does not apply\n"
    )
    edition = replace(load(reporting, shown="charter"), today="2026-01-01")
    assert [each for each in check(edition) if each.path.endswith("quay-club.yml")] == []
    (report,) = edition.signatories[0].reports
    assert report == Report(
        start="2024-12-01",
        end="2025-11-30",
        version="1.0.0",
        published="2025-12-15",
        principles=(
            PrincipleReport(
                principle="moorings-first",
                answer=Answer.IN_PART,
                words="Two gates of three.",
                evidence="https://quay-club.org.uk/gates",
            ),
            PrincipleReport(principle="moorings-second", answer=Answer.NOT_APPLICABLE),
        ),
    )
    register = register_view(edition, "2026-01-01")
    renderer = Renderer(TEMPLATES, site="https://charter.example/")
    (page,) = organisation_pages(register, renderer, certificates=False)
    shown = said(html.fromstring(f"<main>{page.html}{page.unsearched}</main>"))
    assert "in part" in shown.casefold()
    assert "Two gates of three." in shown
    about = {each.address: each for each in make_pages(edition, committed="2026-01-01")}
    principle = about["charter/moorings/moorings-first/"]
    assert "Two gates of three." in principle.html + principle.unsearched
    code, out, err = run_charter(capsys, "report", "quay-club", *line)
    assert (code, out) == (
        0,
        "Quay club has a report from 2024-12-01 to 2025-11-30 already. Nothing was written.\n",
    )
    other = refused(capsys, reporting, *PERIOD, "--link", "https://quay-club.org.uk/r")
    assert "what was published stays: if it is wrong, correct it by hand in charter/signatories/" in other


def test_a_link_alone_is_a_report(reporting, capsys):
    line = ("--link", "https://quay-club.org.uk/report", *PERIOD, "--published", "2025-12-15")
    assert run_charter(capsys, "report", "quay-club", *line)[0] == 0
    assert load(reporting).signatories[0].reports == (
        make_report(
            "2024-12-01", "2025-11-30", link="https://quay-club.org.uk/report", published="2025-12-15"
        ),
    )


def test_an_earlier_period_is_put_before_a_later_one(reporting, capsys):
    for start, end in (("2025-06-01", "2025-11-30"), ("2024-12-01", "2025-05-31")):
        line = ("--from-date", start, "--to-date", end, "--principle", IN_PART)
        assert run_charter(capsys, "report", "quay-club", *line)[0] == 0
    assert [each.start for each in load(reporting).signatories[0].reports] == ["2024-12-01", "2025-06-01"]
    told = refused(capsys, reporting, *PERIOD, "--principle", IN_PART)
    assert "“Quay club” has a report on some of these days already, from 2024-12-01 to 2025-05-31" in told


def test_comments_and_the_form_of_a_file_stay(reporting, capsys):
    path = reporting / ENTRY
    path.write_bytes(
        b"\xef\xbb\xbf" + b"# ours\r\n" + path.read_bytes().replace(b"\n", b"\r\n") + b"# end\r\n"
    )
    before = path.read_bytes()
    assert run_charter(capsys, "report", "quay-club", *PERIOD, "--principle", IN_PART)[0] == 0
    after = path.read_bytes()
    start = after.index(b"reports:\r\n")
    assert after[:start] + after[after.index(b"# end") :] == before
    assert after.count(b"\n") == after.count(b"\r\n")


def test_nothing_is_chosen_for_anybody(reporting, capsys):
    """What the file says is offered in words, with the answer that is nearest."""
    file = saved(reporting, ("moorings-first", "in-places", {}), ("tides-first", "others-learn", {}))
    assert refused(capsys, reporting, "--from", file, *PERIOD).splitlines() == [
        "error: nothing was written: nothing was chosen to be published",
        "  say --link LINK, or --principle ID=ANSWER for each principle to publish",
        "  moorings-first: nearest to what was answered: --principle moorings-first='in part'",
        "  tides-first: nearest to what was answered: --principle tides-first='kept'",
    ]


def test_an_answer_to_other_words_is_not_published_until_somebody_looked(reporting, capsys):
    """A file of version 1.0.0, after a version that changed one principle's promise and another's reasons."""
    file = saved(reporting, ("moorings-first", "habit", {}), ("moorings-second", "habit", {}))
    edit_file(reporting / FIRST_WORDS, "every day", "every night")
    edit_file(reporting / FIRST_WORDS.replace("first", "second"), "It does.", "It does so.")
    write_note(reporting, "moorings-first")
    release_draft(reporting, date="2025-01-01")
    write_signatory(reporting, make_signatory("quay-club", ("1.0.0", "2024-12-01"), ("2.0.0", "2025-02-01")))
    second = ("--principle", "moorings-second=kept")
    first = ("--principle", "moorings-first=kept")
    line = ("--from", file, *PERIOD, *first, *second)
    assert refused(capsys, reporting, *line).splitlines() == [
        "error: nothing was written:",
        (
            "  --principle: the words of “moorings-first” have changed since it was answered for version "
            "“1.0.0”: look again at what binds now, and say --looked moorings-first once the organisation has"
        ),
    ]
    told = refused(capsys, reporting, "--from", file, *PERIOD)
    assert "  moorings-first: the words have changed since it was answered: look again\n" in told
    assert run_charter(capsys, "report", "quay-club", *line, "--looked", "moorings-first")[0] == 0
    (report,) = load(reporting).signatories[0].reports
    assert [report.version, *(each.principle for each in report.principles)] == [
        "2.0.0",
        "moorings-first",
        "moorings-second",
    ]


def test_a_file_of_another_version_is_held_against_its_own_fingerprint(reporting, capsys):
    """A version that this charter does not know is that of a fork, or of a draft: its words decide."""
    charter = load(reporting).charter
    first, second = charter.themes[0].principles
    answers = [
        {
            "principle": first.id,
            "version": "9.9.9",
            "words": number.fingerprint(charter, first),
            "level": "habit",
        },
        {"principle": second.id, "version": "draft", "words": "other", "level": "habit"},
    ]
    told = refused(capsys, reporting, "--from", saved(reporting, answers=answers), *PERIOD)
    assert f"  {first.id}: nearest to what was answered" in told
    assert f"  {second.id}: the words have changed" in told


WRONG = {
    "no file": (("--from", "none.json"), "none.json"),
    "no principle": (
        ("--principle", "moring-first=kept"),
        (
            "there is no principle “moring-first” in the version that is reported on: do you mean "
            "“moorings-first”?"
        ),
    ),
    "no answer": (("--principle", "moorings-first"), "--principle: “moorings-first” has no “=”: write ID=…"),
    "another answer": (
        ("--principle", "moorings-first=green"),
        "“green” is not an answer about “moorings-first”: write “kept” or “in part” or “not yet” or",
    ),
    "an answer of another name": (
        ("--principle", "moorings-first=partly"),
        "“partly” is not an answer about “moorings-first”: write “in part”",
    ),
    "twice": (
        ("--principle", IN_PART, "--principle", IN_PART),
        "“moorings-first” is there twice: give it once",
    ),
    "words of nothing": (
        ("--words", "moorings-first=Fine."),
        "--words: nothing is published about moorings-first: say --principle moorings-first=ANSWER too",
    ),
    "no note": (("--principle", IN_PART, "--words", "moorings-first=@show"), "there is no note “show”"),
    "empty note": (
        ("--principle", IN_PART, "--words", "moorings-first=@helps"),
        "nothing is written under “helps” about “moorings-first” in the file",
    ),
    "long words": (("--principle", IN_PART, "--words", "moorings-first=" + "word " * 61), "300"),
    "an e-mail address": (
        ("--principle", IN_PART, "--words", "moorings-first=Write to ann@quay-club.org.uk"),
        "ann@quay-club.org.uk",
    ),
    "hidden letters": (("--principle", IN_PART, "--words", "moorings-first=a\u202eb"), "U+202E"),
    "evidence": (("--principle", IN_PART, "--evidence", "moorings-first=javascript:alert(1)"), "javascript"),
    "link": (("--link", "file:///etc/passwd"), "--link: "),
    "looked at nothing": (
        ("--principle", IN_PART, "--looked", "none"),
        "--looked: there is no principle “none”",
    ),
    "version": (("--principle", IN_PART, "--version", "1.0.1"), "1.0.1"),
    "published": (("--principle", IN_PART, "--published", "2026-02-30"), "--published: "),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_told_and_nothing_is_written(reporting, capsys, name):
    options, words = WRONG[name]
    file = () if name == "no file" else ("--from", saved(reporting))
    assert words in refused(capsys, reporting, *file, *PERIOD, *options)


DATES = {
    "missing": ((), ("--from-date is missing: for example ", "--to-date is missing: for example ")),
    "no date": (("--from-date", "1 April", "--to-date", "2025-11-30"), ("--from-date: ",)),
    "not over yet": (
        ("--from-date", "2024-12-01", "--to-date", "2999-11-30"),
        ("--to-date: 2999-11-30 is in the future; report once the period is over",),
    ),
    "turned round": (("--from-date", "2025-11-30", "--to-date", "2024-12-01"), ("--to-date: ",)),
    "not over": (("--from-date", "2024-12-01", "--to-date", "9999-11-30"), ("--",)),
}


@pytest.mark.parametrize("name", DATES)
def test_wrong_days_are_told(reporting, capsys, name):
    options, words = DATES[name]
    told = refused(capsys, reporting, *options, "--principle", IN_PART)
    assert [each for each in words if each not in told] == []


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


FILES = {
    "empty": "",
    "no JSON": "{",
    "a form": "What would you like to do: Report how we kept it\n",
    "nothing": "{}",
    "a list": "[]",
    "deep": '{"format": ' + nested(100_000) + "}",
    "another format": '{"format": "assessment-2"}',
    "an earlier format": '{"format": "assessment-0"}',
    "a huge number": '{"format": ' + "9" * 5_000 + "}",
    "not a number": '{"format": NaN}',
    "no answers": {"answers": None},
    "an answer of none": {"answers": [None]},
    "too many": {"answers": [{"principle": "a", "version": "1"}] * 2_001},
    "a level": {"answers": [{"principle": "a", "version": "1", "level": "best"}]},
    "a number": {"answers": [{"principle": 1, "version": "1"}]},
    "a long note": {"answers": [{"principle": "a", "version": "1", "shows": "x" * 4_001}]},
    "half a letter": {"answers": [{"principle": "a", "version": "1", "shows": "\ud800"}]},
    "a control": {"answers": [{"principle": "a", "version": "1", "shows": "\x1b[31m"}]},
    "twice": {"answers": [{"principle": "moorings-first", "version": "1"}] * 2},
    "another charter": {"charter": "River Charter"},
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_none_is_refused_whole(reporting, capsys, name):
    content = FILES[name]
    file = saved(reporting, **content) if isinstance(content, dict) else "a.json"
    if isinstance(content, str):
        (reporting.parent / file).write_text(content, encoding="utf-8")
    told = refused(capsys, reporting, "--from", file, *PERIOD, "--principle", IN_PART)
    assert told.startswith("error: nothing was written: ")
    assert (told.count("\n"), "\x1b" in told, len(told) < 400) == (1, False, True)


def test_bytes_that_are_no_text_are_refused(reporting, capsys):
    (reporting.parent / "a.json").write_bytes(b'{"format": "\xff\xfe"}')
    assert "it is not in UTF-8" in refused(capsys, reporting, "--from", "a.json", *PERIOD)
    (reporting.parent / "a.json").write_bytes(b"{" + b" " * 5_000_001)
    assert "it has more than 5 megabytes" in refused(capsys, reporting, "--from", "a.json", *PERIOD)


def test_a_charter_that_asks_for_nothing_takes_no_report(quay_club, capsys):
    told = refused(capsys, quay_club, *PERIOD, "--principle", IN_PART)
    assert "no version of this charter asks for reports" in told


def test_a_person_is_asked_and_may_leave_out_everything(reporting, capsys, type_answers):
    """Each principle of the file is asked about; Enter publishes nothing of it."""
    notes = {"shows": "Two gates of three."}
    file = saved(reporting, ("moorings-first", "in-places", notes), ("tides-first", "habit", {}))
    days = ("2024-12-01", "2025-11-30", "", "", "2025-12-15")
    prompts = type_answers(*days, "green", "2", "@show", "@shows", "", "")
    code, out, err = run_charter(capsys, "report", "quay-club", "--from", file)
    assert (code, err) == (0, "")
    assert "What you answered is nearest to “in part”; you choose." in out
    assert "“green” is not an answer about “moorings-first”" in out
    (report,) = load(reporting).signatories[0].reports
    words = PrincipleReport(principle="moorings-first", answer=Answer.IN_PART, words="Two gates of three.")
    assert (report.principles, report.published) == ((words,), "2025-12-15")
    assert prompts[-1] == "tides-first: "
