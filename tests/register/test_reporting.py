"""How far a report is due, by the table in reporting.yml, and what holds of every entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_charter, make_release, make_report, make_signatory
from charterpress.model import (
    Document,
    Interval,
    Reported,
    Reporting,
    ReportStanding,
    Role,
    Signatory,
    Withdrawal,
)
from charterpress.read.intervals import parse_interval
from charterpress.read.signatories import signatories
from charterpress.read.string_yaml import read_yaml
from charterpress.register import report_standing
from yaml_strings import strings_of

TABLE = strings_of(Path(__file__).with_name("reporting.yml"))


def release_of(version, asks):
    reporting = None
    if every := asks.get("every"):
        grace = parse_interval(asks.get("grace", "")) or Interval()
        reporting = Reporting(every=parse_interval(every), grace=grace)
    return make_release(
        version=version, date=asks["date"], charter=make_charter(reporting=reporting), previous=None
    )


RELEASES = tuple(release_of(version, asks) for version, asks in TABLE["versions"].items())


def signatory_of(case, slug="quay-club") -> Signatory:
    signed = [tuple(each.split()) for each in case.get("signed", ())]
    reports = []
    for each in case.get("reported", ()):
        start, end, published = each.split()
        reports.append(make_report(start, end, published=published))
    return replace(
        make_signatory(slug, *signed),
        signed=make_signatory(slug, *signed).signed if signed else (),
        reports=tuple(reports),
        withdrawn=Withdrawal(date=case["withdrawn"]) if "withdrawn" in case else None,
        succeeded_by=case.get("succeeded_by", ""),
        part_of="union" if "federation" in case else "",
    )


def entry_of(case) -> Signatory:
    """The entry of a case, as reading leaves it: a branch with what is its federation's."""
    own = signatory_of(case)
    if "federation" not in case:
        return own
    files = [_document(each) for each in (signatory_of(case["federation"], "union"), own)]
    return next(each for each in signatories(files) if each.slug == own.slug)


def _document(entry: Signatory) -> Document:
    """The file of an entry, as far as it matters here."""
    lines = [f"name: {entry.name}"]
    lines += [f"part_of: {entry.part_of}"] if entry.part_of else []
    lines += [f"withdrawn: {{date: {entry.withdrawn.date}}}"] if entry.withdrawn else []
    lines += ["signed:"] if entry.signed else []
    lines += [f"  - {{version: {each.version}, date: {each.date}, role: Chair}}" for each in entry.signed]
    lines += ["reports:"] if entry.reports else []
    lines += [
        f"  - {{from: {each.start}, to: {each.end}, version: 2.0.0, published: {each.published}}}"
        for each in entry.reports
    ]
    front, faults = read_yaml(lines)
    assert faults == ()
    return Document(path=f"{entry.slug}.yml", role=Role.SIGNATORY, theme="", id=entry.slug, front=front)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_the_table_of_standings(case):
    entry = entry_of(case)
    found = {}
    for day, words in case["on"].items():
        reported = report_standing(entry, RELEASES, day)
        said = reported.standing.value
        said += f" since {reported.since}" if reported.since else ""
        said += f" next {reported.next_due}" if " next " in words else ""
        found[day] = said
    assert found == case["on"]
    if "periods" in case:
        told = [f"{each.start} {'reported' if each.report else '-'}" for each in reported.periods]
        assert ", ".join(told) == case["periods"]


def test_the_table_has_every_standing_and_sixty_cases():
    said = {words.split()[0] for case in TABLE["cases"] for words in case["on"].values()}
    assert said == set(ReportStanding)
    assert len({case["name"] for case in TABLE["cases"]}) == len(TABLE["cases"]) >= 60


def test_periods_follow_one_another_without_a_gap():
    """From the first signature to the one under way; each with the report that answers it."""
    case = {
        "signed": ["2.0.0 2024-04-01", "3.0.0 2026-02-01"],
        "reported": ["2024-04-01 2025-03-31 2025-05-01", "2025-04-01 2026-03-31 2026-05-01"],
    }
    entry = signatory_of(case)
    reported = report_standing(entry, RELEASES, "2026-12-01")
    assert [(each.start, each.due, each.until, each.report) for each in reported.periods] == [
        ("2024-04-01", "2025-04-01", "2025-07-01", entry.reports[0]),
        ("2025-04-01", "2026-04-01", "2026-07-01", entry.reports[1]),
        ("2026-04-01", "2026-10-01", "2026-11-01", None),
        ("2026-10-01", "2027-04-01", "2027-05-01", None),
    ]
    assert reported.latest == entry.reports[1]


def test_not_asked_says_nothing_more():
    entry = signatory_of({"signed": ["1.0.0 2024-04-01"]})
    assert report_standing(entry, RELEASES, "2026-12-01") == Reported(standing=ReportStanding.NOT_ASKED)


@pytest.mark.parametrize("day", ["", "today", "2026-13-01", "20261201", "2026-W01-1", "２０２６-12-01"])
def test_what_is_no_day_asks_nobody(day):
    entry = signatory_of({"signed": ["2.0.0 2024-04-01"]})
    assert report_standing(entry, RELEASES, day).standing is ReportStanding.NOT_ASKED


# --- What holds of every entry -----------------------------------------------------------------------

DAYS = st.dates(date(2023, 11, 1), date(2031, 12, 31))
WRITTEN = st.one_of(DAYS.map(date.isoformat), st.sampled_from(["", "2024-02-30", "soon", "9999-12-31"]))
SIGNED = st.lists(st.tuples(st.sampled_from(sorted(TABLE["versions"])), WRITTEN), max_size=4)
REPORTS = st.lists(st.tuples(WRITTEN, WRITTEN, WRITTEN), max_size=5)


@st.composite
def entries(draw):
    signed = draw(SIGNED)
    reports = (make_report("2024-01-01", "2024-12-31"),) * 0
    for start, end, published in draw(REPORTS):
        reports += (replace(make_report(), start=start, end=end, published=published),)
    gone = draw(st.one_of(st.none(), WRITTEN))
    return replace(
        make_signatory("quay-club", *signed) if signed else replace(make_signatory(), signed=()),
        reports=reports,
        withdrawn=Withdrawal(date=gone) if gone is not None else None,
    )


@given(entries(), DAYS)
def test_it_is_pure_and_raises_nothing(entry, day):
    """Whatever the entry; it says the same of the same, in whatever order the versions come."""
    on = day.isoformat()
    first = report_standing(entry, RELEASES, on)
    assert report_standing(entry, iter(RELEASES[::-1]), on) == first
    assert (first.standing is ReportStanding.NOT_ASKED) == (first.periods == ())


@given(entries(), DAYS)
def test_periods_are_those_of_the_day(entry, day):
    """They follow one another, the last is under way, and grace does not end before it begins."""
    on = day.isoformat()
    reported = report_standing(entry, RELEASES, on)
    for before, after in zip(reported.periods, reported.periods[1:], strict=False):
        assert before.due == after.start
    for each in reported.periods:
        assert each.start < each.due <= each.until
        assert each.report is None or each.report.published <= on
    if reported.periods:
        assert reported.periods[0].start <= reported.since <= on
        assert reported.periods[-1].start <= on < reported.periods[-1].due


@given(entries(), DAYS, st.integers(min_value=1, max_value=800))
def test_what_is_said_of_a_day_stays_so_until_something_happens(entry, day, later):
    """Between `since` and the day itself nothing else is said; and periods that were known stay as they were,
    but for a report that answers them."""
    on, after = day.isoformat(), (day + timedelta(days=later)).isoformat()
    reported = report_standing(entry, RELEASES, on)
    late = {ReportStanding.OVERDUE, ReportStanding.NEVER}
    if reported.since:
        same = report_standing(entry, RELEASES, reported.since)
        assert same.standing == reported.standing or {same.standing, reported.standing} == late
        before = (date.fromisoformat(reported.since) - timedelta(days=1)).isoformat()
        earlier = report_standing(entry, RELEASES, before).standing
        assert earlier != reported.standing or reported.standing is ReportStanding.NOT_DUE
    events = {each.date for each in entry.signed} | {entry.withdrawn.date if entry.withdrawn else ""}
    if not any(on < each <= after for each in events):
        then = report_standing(entry, RELEASES, after)
        assert [each.start for each in then.periods][: len(reported.periods)] == [
            each.start for each in reported.periods
        ]


@given(entries(), DAYS)
def test_without_a_report_it_only_gets_later(entry, day):
    """Not due, due, never: in this order, if nothing is reported and nothing is signed meanwhile."""
    entry = replace(entry, reports=(), withdrawn=None)
    order = [ReportStanding.NOT_DUE, ReportStanding.DUE, ReportStanding.NEVER]
    last = max((each.date for each in entry.signed), default="")
    found = [
        report_standing(entry, RELEASES, (day + timedelta(days=31 * month)).isoformat()).standing
        for month in range(30)
        if (day + timedelta(days=31 * month)).isoformat() >= last
    ]
    asked = [order.index(each) for each in found if each is not ReportStanding.NOT_ASKED]
    assert asked == sorted(asked)


@given(entries(), DAYS)
def test_a_report_never_makes_it_worse(entry, day):
    """One more that is on days that are over: whoever reports is never further behind than before."""
    order = ["never", "overdue", "due", "not-due", "reported"]
    on = day.isoformat()
    before = report_standing(entry, RELEASES, on)
    if before.standing is not ReportStanding.NOT_ASKED:
        more = make_report((day - timedelta(days=365)).isoformat(), on, published=on)
        after = report_standing(replace(entry, reports=(*entry.reports, more)), RELEASES, on)
        assert order.index(after.standing) >= order.index(before.standing)
