"""What those who sign are asked to report: how it is read, frozen, compared and said."""

from __future__ import annotations

import json

import pytest

from builders import (
    YEARLY,
    make_charter,
    make_note,
    make_release,
    make_report,
    make_signatory,
    write_charter,
    write_release,
    write_signatory,
)
from charterpress.model import Answer, Class, Interval, Kind, PrincipleReport, Reporting
from charterpress.read import load
from charterpress.read.intervals import parse_interval
from charterpress.read.releases import read_release
from charterpress.text.dates import length_in_words
from charterpress.text.interface import use_language
from charterpress.versions import diff, number

QUARTERLY = Reporting(every=Interval(days=90))


@pytest.mark.parametrize(
    ("words", "interval"),
    [
        ("12 months", Interval(months=12)),
        ("1 month", Interval(months=1)),
        ("1 year", Interval(months=12)),
        ("2 Years", Interval(months=24)),
        (" 90  days ", Interval(days=90)),
        ("1 day", Interval(days=1)),
        ("6 weeks", Interval(days=42)),
        ("012 months", Interval(months=12)),
        ("100 years", Interval(months=1200)),
        *((none, None) for none in ("", "12", "months", "twelve months", "0 days", "-1 month", "1.5 years")),
        *(
            (none, None)
            for none in ("101 years", "12months", "1 fortnight", "12 months and 3 days", "१२ days")
        ),
        ("99999999 days", None),
    ],
)
def test_a_length_of_time_is_a_whole_number_and_a_unit(words, interval):
    """Of at most a hundred years; anything else is none."""
    assert parse_interval(words) == interval


@pytest.mark.parametrize("reporting", [YEARLY, QUARTERLY, None])
def test_what_a_charter_asks_for_is_read_frozen_and_read_again(tmp_path, reporting):
    """The working text and the release say the same; where nothing is asked for there is no key."""
    root = write_charter(tmp_path, make_charter(reporting=reporting))
    assert load(root).charter.reporting == reporting
    release = make_release(charter=make_charter(reporting=reporting))
    frozen = json.loads(release.data).get("reporting")
    assert (
        frozen
        == {
            YEARLY: {"every": "12 months", "grace": "3 months"},
            QUARTERLY: {"every": "90 days"},
            None: None,
        }[reporting]
    )
    read, faults = read_release(release.data, path=release.path, root="charter")
    assert (read.charter.reporting, faults) == (reporting, ())


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ("12 months", "reporting"),
        ({}, "reporting"),
        ({"every": 12}, "reporting.every"),
        ({"every": "yearly"}, "reporting.every"),
        ({"every": "1 year"}, "reporting.every"),
        ({"every": "12 month"}, "reporting.every"),
        ({"every": "0 days"}, "reporting.every"),
        ({"every": "12 months", "grace": None}, "reporting.grace"),
        ({"every": "12 months", "grace": "3  months"}, "reporting.grace"),
    ],
)
def test_a_release_that_asks_in_other_words_cannot_be_read(values, place):
    """Nobody but the program writes one, so there is one form."""
    document = json.loads(make_release(charter=make_charter(reporting=YEARLY)).data)
    document["reporting"] = values
    data = json.dumps(document, indent=2, ensure_ascii=False).encode()
    release, (fault,) = read_release(data, path="charter/releases/1.0.0.json", root="charter")
    assert release is None
    assert place in fault.message


def test_a_key_that_the_form_does_not_have_is_found_by_its_bytes():
    document = json.loads(make_release(charter=make_charter(reporting=YEARLY)).data)
    document["reporting"]["words"] = {"due": "Due"}
    data = (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
    _, (fault,) = read_release(data, path="charter/releases/1.0.0.json", root="charter")
    assert fault.rule == "release-form"


NAMES = {"charter": "Harbour Charter"}
BOTH = "every 12 months, within 3 months"


@pytest.mark.parametrize(
    ("before", "after", "kind", "words", "sentence"),
    [
        (None, YEARLY, Kind.ADDED, ("", BOTH), f"those who sign it now report {BOTH}."),
        (
            YEARLY,
            None,
            Kind.REMOVED,
            (BOTH, ""),
            f"those who sign it are no longer asked to report ({BOTH}).",
        ),
        (
            YEARLY,
            QUARTERLY,
            Kind.REWORDED,
            (BOTH, "every 90 days"),
            f"those who sign it now report every 90 days (before: {BOTH}).",
        ),
    ],
)
def test_what_is_asked_for_is_part_of_what_is_signed(before, after, kind, words, sentence):
    """That it comes, goes or changes is a commitment, and no note lowers it."""
    old, new = make_charter(reporting=before), make_charter(reporting=after)
    (change,) = number.changes(old, new)
    assert (change.kind, change.class_, change.before, change.after) == (kind, Class.COMMITMENT, *words)
    assert diff.change_sentence(change, NAMES) == f"Harbour Charter: {sentence}"
    note = make_note(principles=("charter",), class_=Class.EDITORIAL, approved_by=("A chair", "A clerk"))
    assert set(number.lowering_refusals([change], [note], new)) == {change}


def test_what_stays_is_no_change():
    assert number.changes(make_charter(reporting=YEARLY), make_charter(reporting=YEARLY)) == ()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en-GB", ["1 month", "12 months", "90 days"]), ("cy", ["1 mis", "12 mis", "90 diwrnod"])],
)
def test_lengths_of_time_are_said_in_the_language_in_use(language, words):
    lengths = (Interval(months=1), Interval(months=12), Interval(days=90))
    with use_language(language):
        assert [length_in_words(each) for each in lengths] == words


SAID = (
    PrincipleReport(principle="moorings-first", answer=Answer.IN_PART, words="In winter.", evidence=""),
    PrincipleReport(principle="tides-first", answer=Answer.NOT_APPLICABLE),
)


def test_reports_are_read_from_an_entry(tmp_path):
    """Whole, and in the order of the file; an answer that is none of the four is left out."""
    root = write_charter(tmp_path)
    write_release(root, make_release())
    reports = (make_report(principles=SAID), make_report("2026-01-01", "2026-12-31", link=""))
    path = write_signatory(root, make_signatory(reports=reports))
    assert load(root).signatories[0].reports == reports
    path.write_text(path.read_text().replace("in part", "mostly"))
    assert load(root).signatories[0].reports[0].principles == SAID[1:]


def test_the_reports_of_a_federation_are_those_of_a_branch_that_has_none(tmp_path):
    """And say so; a branch that reports itself has its own."""
    root = write_charter(tmp_path)
    write_release(root, make_release())
    reports, own = (make_report(),), (make_report("2026-01-01", "2026-12-31"),)
    write_signatory(root, make_signatory("union", reports=reports))
    write_signatory(root, make_signatory("east", part_of="union", signed_for=True))
    write_signatory(root, make_signatory("west", part_of="union", signed_for=True, reports=own))
    found = {each.slug: (each.reports, each.reported_for) for each in load(root).signatories}
    assert found == {"union": (reports, False), "east": (reports, True), "west": (own, False)}


def test_the_words_for_standings_are_read_and_not_frozen(tmp_path):
    root = write_charter(tmp_path, make_charter(reporting=YEARLY))
    path = root / "charter.yml"
    written = path.read_text().replace('"grace"', '"words": {"due": "We look forward to it"}, "grace"')
    path.write_text(written)
    charter = load(root).charter
    assert charter.standing_words == (("due", "We look forward to it"),)
    assert b"look forward" not in make_release(charter=charter).data
