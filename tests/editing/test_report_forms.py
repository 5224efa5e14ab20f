"""Forms by which an organisation reports how it kept its promise, whichever way they come."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import unicodedata
from dataclasses import replace

import pytest

from builders import (
    YEARLY,
    make_charter,
    make_report,
    make_signatory,
    release_draft,
    write_charter,
    write_signatory,
)
from charterpress.checks import check
from charterpress.editing.sign_up.answer_table import answer_table
from charterpress.editing.sign_up.answers import Report as Told
from charterpress.editing.sign_up.answers import answer_markdown
from charterpress.editing.sign_up.fields import ALL_FIELDS, Request, form_fields
from charterpress.editing.sign_up.intake import Outcome, judge_forms, read_forms
from charterpress.editing.sign_up.report_lines import answer_choices, blank_lines, read_answer, read_lines
from charterpress.model import Answer, PrincipleReport, Report, Withdrawal
from charterpress.outputs.html.sign_form import lines_to_copy
from charterpress.read import load, read_signatories
from charterpress.text.interface import catalog_languages, use_language
from checkouts import ROOT
from hostile import corpus
from node import NODE

LABELS = {field.key: field.label for field in ALL_FIELDS}
LINES = (
    "moorings-first = in part; Two of three: the west gate is next. https://quay-club.org.uk/gates?a=b&c=d\n"
    "tides-second = does not apply"
)
ANSWERS = {
    "name": "Quay club",
    "period_start": "1 December 2024",
    "period_end": "2025-11-30",
    "report_link": "https://quay-club.org.uk/report",
    "principle_answers": LINES,
}
REPORT = make_report(
    "2024-12-01",
    "2025-11-30",
    link="https://quay-club.org.uk/report",
    published="2026-01-31",
    principles=(
        PrincipleReport(
            principle="moorings-first",
            answer=Answer.IN_PART,
            words="Two of three: the west gate is next.",
            evidence="https://quay-club.org.uk/gates?a=b&c=d",
        ),
        PrincipleReport(principle="tides-second", answer=Answer.NOT_APPLICABLE),
    ),
)
TODAY = "2026-01-31"


@pytest.fixture
def edition(tmp_path):
    """A charter that asks for reports, signed by two clubs."""
    root = write_charter(tmp_path, make_charter(reporting=YEARLY))
    release_draft(root, first=True)
    write_signatory(root, make_signatory(website="https://quay-club.org.uk/"))
    write_signatory(root, make_signatory("mole-club", website="https://mole-club.org.uk/"))
    return replace(load(root, shown="charter"), today=TODAY)


def letter(**answers) -> str:
    said = {"request": "Report how we kept it", **ANSWERS, **answers}
    return "".join(f"{LABELS[key]}: {words}\n" for key, words in said.items() if words)


def issue(**answers) -> str:
    said = {**ANSWERS, **answers}
    keys = ("name", "entry", *(each.key for each in ALL_FIELDS if each.requests == ("report",)), "proof")
    return "\n\n".join(f"### {LABELS[key]}\n\n{said.get(key) or '_No response_'}" for key in keys)


def table(**answers) -> str:
    said, out = {**ANSWERS, **answers}, io.StringIO()
    csv.writer(out).writerows([[LABELS[key] for key in said], said.values()])
    return out.getvalue()


def judged(edition, text: str, kind: str = ""):
    (verdict,) = judge_forms(edition, read_forms(text.encode(), kind=kind).forms, today=TODAY)
    return verdict


def reports_in(tmp_path, verdict) -> tuple[Report, ...]:
    (tmp_path / "charter" / verdict.path).write_bytes(verdict.data)
    edition = replace(load(tmp_path / "charter", shown="charter"), today=TODAY)
    assert [each for each in check(edition) if each.path.endswith(verdict.path)] == []
    return next(each for each in edition.signatories if each.slug == verdict.slug).reports


@pytest.mark.parametrize("made", [letter, issue, table])
def test_a_report_comes_the_ways_that_a_signature_does(edition, tmp_path, made):
    verdict = judged(edition, made())
    assert (verdict.outcome, verdict.slug, verdict.reasons) == (Outcome.REPORTED, "quay-club", ())
    assert reports_in(tmp_path, verdict) == (REPORT,)
    reading = read_forms(made().encode())
    report = Told(root="charter", reading=reading, verdicts=(verdict,), dry=False, posted=False)
    assert made is table or "Quay club** was changed as you ask: it has your report." in answer_markdown(
        report
    )


def test_lines_that_a_mail_program_broke_are_one_again(edition, tmp_path):
    broken = LINES.replace("the west gate", "the west\ngate").replace(". https", ".\nhttps")
    text = letter(principle_answers=f"\n{broken}") + "\n-- \nThe secretary\n"
    assert reports_in(tmp_path, judged(edition, text)) == (REPORT,)
    quoted = "".join(f"> {line}\n" for line in text.splitlines()[:-2])
    assert reports_in(tmp_path, judged(edition, f"On Monday, somebody wrote:\n{quoted}")) == (REPORT,)


def test_the_lines_to_copy_are_read_once_they_are_filled_in(edition, tmp_path):
    lines = lines_to_copy(edition, Request.REPORT)
    assert "moorings-first =\nmoorings-second =\ntides-first =\ntides-second =\n" in lines
    filled = lines.replace("organisation:", "organisation: Quay club")
    filled = filled.replace("First day of the period:", "First day of the period: 1 December 2024")
    filled = filled.replace("Last day of the period:", "Last day of the period: 30 November 2025")
    filled = filled.replace("moorings-first =", "moorings-first = Kept.")
    (report,) = reports_in(tmp_path, judged(edition, filled))
    assert report.principles == (PrincipleReport(principle="moorings-first", answer=Answer.KEPT),)


@pytest.mark.parametrize("tag", ["en", *catalog_languages()])
def test_a_form_in_another_language_is_read_too(edition, tag):
    with use_language(tag):
        fields = {each.key: each.label for each in form_fields(edition)}
        answers = [(answer, name) for answer, name in answer_choices()]
    text = "".join(f"{fields[key]}: {ANSWERS[key]}\n" for key in ("name", "period_start", "period_end"))
    principles = "\n".join(f"{id} = {name}" for id, (_, name) in zip(IDS, answers, strict=True))
    verdict = judged(edition, f"{text}{fields['principle_answers']}:\n{principles}\n")
    assert (verdict.outcome, verdict.reasons) == (Outcome.REPORTED, ())
    assert [read_answer(name) for _, name in answers] == [answer for answer, _ in answers]


IDS = ("moorings-first", "moorings-second", "tides-first", "tides-second")


def reasons(edition, **answers) -> list[tuple[str, str]]:
    verdict = judged(edition, issue(**answers))
    assert (verdict.outcome, verdict.data) == (Outcome.REFUSED, b"")
    return [(each.label, each.message) for each in verdict.reasons]


WRONG = {
    "no day": ({"period_start": ""}, LABELS["period_start"], "this has to be answered"),
    "no such day": ({"period_end": "2025-02-30"}, LABELS["period_end"], "“2025-02-30”"),
    "turned round": ({"period_start": "2025-12-01"}, LABELS["period_end"], ""),
    "not over": ({"period_end": "2027-01-01"}, LABELS["period_end"], "2027-01-01 is in the future"),
    "version": ({"reported_version": "3.0.0"}, LABELS["reported_version"], "“3.0.0” is not a version"),
    "nothing": (
        {"report_link": "", "principle_answers": ""},
        LABELS["principle_answers"],
        "there is no report in it",
    ),
    "link": ({"report_link": "javascript:alert(1)"}, LABELS["report_link"], ""),
    "no principle": (
        {"principle_answers": "moring = kept"},
        LABELS["principle_answers"],
        "there is no principle “moring”",
    ),
    "no answer": (
        {"principle_answers": "tides-first = 10/10"},
        LABELS["principle_answers"],
        "“10/10” is not an answer about “tides-first”",
    ),
    "no line": (
        {"principle_answers": "We kept all."},
        LABELS["principle_answers"],
        "does not begin with a principle",
    ),
    "twice": (
        {"principle_answers": "tides-first = kept\ntides-first = not yet"},
        LABELS["principle_answers"],
        "is here twice",
    ),
    "evidence": (
        {"principle_answers": "tides-first = kept; https://192.168.0.1/x"},
        LABELS["principle_answers"],
        "",
    ),
    "a link among the words": (
        {"principle_answers": "tides-first = kept; see https://quay-club.org.uk/x, please"},
        LABELS["principle_answers"],
        "“https://quay-club.org.uk/x,” is among the words about “tides-first”",
    ),
    "an address": (
        {"principle_answers": "tides-first = kept; write to ann@quay-club.org.uk"},
        LABELS["principle_answers"],
        "“ann@quay-club.org.uk” is an e-mail address",
    ),
    "a telephone number": (
        {"principle_answers": "tides-first = kept; call 020 7946 0958 or +44 20 7946 0958"},
        LABELS["principle_answers"],
        "",
    ),
    "length": ({"principle_answers": "tides-first = kept; " + "w" * 301}, LABELS["principle_answers"], "300"),
    "hidden": ({"principle_answers": "tides-first = kept; a\u200bb"}, LABELS["principle_answers"], ""),
    "turned letters": (
        {"principle_answers": "tides-first = kept; a\u202eb"},
        LABELS["principle_answers"],
        "",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_told_under_its_question(edition, name):
    answers, label, message = WRONG[name]
    found = reasons(edition, **answers)
    assert [each for each in found if each[0] == label and message in each[1]], found


def test_a_report_is_not_planted_on_another_entry(edition):
    """Name and page must be of one entry; a new name is no way in; and who it is from, a person finds out."""
    other = judged(edition, issue(entry="https://charter.example/signatories/mole-club/"))
    assert (other.outcome, other.data) == (Outcome.ASKED, b"")
    assert "the page is that of “Mole club”, and this is the name of “Quay club”" in other.reasons[0].message
    nobody = judged(edition, issue(name="Nobody here", entry=""))
    assert (nobody.outcome, nobody.data) == (Outcome.ASKED, b"")
    elsewhere = judged(edition, issue(report_link="https://elsewhere.org.uk/report"))
    assert elsewhere.outcome is Outcome.REPORTED
    assert [each.message for each in elsewhere.notes] == [
        "“elsewhere.org.uk” is not the site in the entry, “quay-club.org.uk”"
    ]
    markdown = answer_markdown(
        Told(
            root="charter",
            reading=read_forms(issue().encode()),
            verdicts=(judged(edition, issue()),),
            dry=False,
            posted=True,
        )
    )
    assert "a person makes sure that this comes from the organisation itself" in markdown


def test_what_was_published_stays(edition, tmp_path):
    """The same report again changes nothing; another for the same days is for a person."""
    path = tmp_path / "charter/signatories/quay-club.yml"
    path.write_bytes(judged(edition, issue()).data)
    edition = replace(load(tmp_path / "charter", shown="charter"), today=TODAY)
    again = judged(edition, issue())
    assert (again.outcome, again.data, again.notes) == (Outcome.LISTED, b"", ())
    other = judged(edition, issue(report_link="https://quay-club.org.uk/better"))
    assert (other.outcome, other.data) == (Outcome.LISTED, b"")
    assert (
        "has a report from 2024-12-01 to 2025-11-30 already, and it says something else"
        in other.notes[0].message
    )


def test_an_earlier_period_goes_before_those_that_are_there(edition, tmp_path):
    """Its comments stay with the others; a report on some of the same days is refused."""
    path = tmp_path / "charter/signatories/quay-club.yml"
    text = judged(edition, issue(period_start="1 June 2025")).data.decode()
    path.write_text(text.replace("reports:\n", "reports:\n  # of the summer\n"), encoding="utf-8")
    edition = replace(load(tmp_path / "charter", shown="charter"), today=TODAY)
    found = [each for each in reasons(edition) if "has a report on some of these days already" in each[1]]
    assert [label for label, _message in found] == [LABELS["period_start"]]
    verdict = judged(edition, issue(period_end="2025-05-31"))
    assert b"  # of the summer\n  - from: 2025-06-01\n" in verdict.data
    assert [each.start for each in reports_in(tmp_path, verdict)] == ["2024-12-01", "2025-06-01"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tides-first = kept; \u200fمرحبا\u200e", ("kept", "مرحبا", "")),
        (
            "1. **tides-first** = `in part`; ours (https://quay-club.org.uk/x_(y)).",
            ("in part", "ours", "x_(y)"),
        ),
        ("tides-first: not yet; see https://quay-club.org.uk/x.", ("not yet", "see", "x")),
    ],
)
def test_a_line_is_read_as_people_write_it(line, expected):
    ((answer,), faults) = read_lines(line, IDS)
    evidence = answer.evidence.removeprefix("https://quay-club.org.uk/")
    assert ((str(answer.answer), answer.words, evidence), faults) == (expected, ())


def test_a_charter_that_asks_for_no_reports_says_so(tmp_path):
    """Its forms ask for none, in any way."""
    root = write_charter(tmp_path)
    release_draft(root, first=True)
    write_signatory(root, make_signatory())
    edition = replace(load(root, shown="charter"), today=TODAY)
    assert [each.key for each in form_fields(edition) if each.requests == ("report",)] == []
    verdict = judged(edition, issue())
    assert verdict.outcome is Outcome.REFUSED
    assert [each.message for each in verdict.reasons] == ["this charter does not ask for reports"]
    assert "principles" not in answer_table(edition)
    assert "report" not in json.dumps(answer_table(edition)["fields"])


def test_an_organisation_that_withdrew_is_looked_at(edition, tmp_path):
    gone = make_signatory(withdrawn=Withdrawal(date="2025-12-15"))
    write_signatory(tmp_path / "charter", gone)
    edition = replace(load(tmp_path / "charter", shown="charter"), today=TODAY)
    notes = [each.message for each in judged(edition, issue()).notes]
    assert "“Quay club” withdrew on 2025-12-15" in notes


LINES_OF_ALL_KINDS = (
    LINES,
    blank_lines(IDS),
    "moorings-first=kept",
    "* Tides-First ＝ IN  PART ；数",
    "tides-first = kept; a = b",
    "tides-first = kept; gone\ntides-second = we hope",
    "tides-first = kept https://quay-club.org.uk/x",
    "tides-first = kept; <https://quay-club.org.uk/x>",
    "nobody = kept",
    "words\nbefore",
    "tides-first = best",
    "tides-first = ; nothing",
    "tides-first = kept\ntides-first = kept",
    "1. tides-first = kept\n2) tides-second: **In part**; x",
    "- **tides-first** = `kept`\n`moorings-first`: kept",
    "tides-first = kept; the gate: kept\nwest: kept",
    "tides-first = partly",
    "tides-first = N/A; none",
    "tides-first = kept; here (https://quay-club.org.uk/x_(y)).",
    "tides-first = kept; (see https://quay-club.org.uk/x_(y)z(a)!)",
    "tides-first = kept; https://quay-club.org.uk/x(y",
    "tides-first = kept; https://quay-club.org.uk/" + "(a)" * 90 + " x",
    "tides-first = kept; [ours](https://quay-club.org.uk/x)",
    "tides-first = kept; https://quay-club.org.uk/x https://quay-club.org.uk/y",
    "tides-first = kept; " + "w" * 301,
    "tides-first = kept; a\u2028b",
)


def test_the_browser_reads_the_lines_as_the_program_does(edition):
    program = (
        "const {faults} = await import(process.argv[1]);"
        "const {table, texts} = JSON.parse((await import('node:fs')).readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(texts.map((text) => faults(text, '', table))));"
    )
    told = json.dumps({"table": answer_table(edition), "texts": LINES_OF_ALL_KINDS}).encode()
    script = ROOT / "hooks/charterpress/outputs/html/scripts/sign-up/principles.js"
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", program, script.as_uri()],
        input=told,
        capture_output=True,
        check=True,
        timeout=120,
    )
    ours = [[[each.message, each.fix] for each in read_lines(text, IDS)[1]] for text in LINES_OF_ALL_KINDS]
    too_long = "“tides-first”: it has 301 characters; 300 is the most"
    ours[-2] = [[too_long, "say it more briefly"]]  # which the rules of the check say of the entry
    assert json.loads(done.stdout) == ours


@pytest.mark.long
def test_hostile_words_are_refused_or_kept_word_for_word(edition):
    """As the words of an answer, and as a line of their own."""
    kept = 0
    for payload in corpus.PAYLOADS:
        words = " ".join(re.split(r"[ \t\r\n\u00a0]+", corpus.written(payload.text))).strip(" ")
        verdict = judged(
            edition, table(principle_answers=f"tides-first = kept; {words}", report_link=""), "csv"
        )
        if verdict.outcome is not Outcome.REPORTED:
            assert verdict.data == b"", payload.id
            continue
        (signatory,) = read_signatories({"signatories/quay-club.yml": verdict.data})
        ((answer,),) = (each.principles for each in signatory.reports)
        said = " ".join(filter(None, (answer.words, answer.evidence)))
        assert said == unicodedata.normalize("NFC", words), payload.id
        assert not re.search("[\\x00-\\x1f\u200b\u202a-\u202e]", said), payload.id
        kept += 1
        alone = judged(edition, table(principle_answers=words), "csv")
        assert alone.outcome is not Outcome.REPORTED or alone.data.count(b"principle:") == 0, payload.id
    assert kept
