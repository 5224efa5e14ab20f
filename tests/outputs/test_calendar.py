"""The calendars of when reports are due, read again by the library and byte by byte."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from builders import YEARLY, make_charter, make_release, make_report, make_signatory
from charterpress import register
from charterpress.model import Interval, Reporting, Withdrawal
from charterpress.outputs.feeds.calendar import MAX_NAMES, Calendars
from charterpress.read import load
from charterpress.text.interface import use_language
from charterpress.views.late_reports import late_names, late_reports
from charterpress.views.letter_reports import is_report_due
from charterpress.views.letters import LetterContext
from charterpress.views.report_days import notice_before
from charterpress.views.signatories import RegisterView, register_view
from charterpress.views.signed_text import SignedText
from registers import HOSTILE

SITE = "https://harbour.example/charter/"
ALL = "calendar/reports.ics"
EXAMPLE = Path(__file__).parents[1] / "example" / "brambleford"


def register_of(*signatories, day="2026-01-15", reporting=YEARLY, title="Harbour Charter", **changes):
    """The register of those who signed 1.0.0, which asks for reports."""
    release = make_release(charter=make_charter(reporting=reporting, title=title), date="2024-01-01")
    return RegisterView(
        current=release,
        day=day,
        entries=register.on_register(signatories, (release,), day),
        releases={release.version: release},
        **changes,
    )


def files(view, site=SITE):
    return dict(Calendars(register=view, site=site).files())


def signed(slug="quay-club", day="2024-12-01", **changes):
    return make_signatory(slug, ("1.0.0", day), **changes)


def events(data: bytes) -> list[tuple[str, ...]]:
    """The first day, the title and the alarm of each event, and that it is one day long, in no time zone."""
    found = []
    for each in Calendar.from_ical(data).walk("VEVENT"):
        start = each["dtstart"].dt
        assert (type(start), "dtend" in each, "duration" in each) == (date, False, False)
        assert each["dtstart"].params == {"VALUE": "DATE"}
        alarms = [alarm["trigger"].to_ical().decode() for alarm in each.walk("VALARM")]
        found.append((start.isoformat(), str(each["summary"]), *alarms))
    return found


def test_an_organisation_is_reminded_of_the_day_its_report_is_due_and_of_the_last_for_it():
    view = register_of(signed(), day="2025-03-01")
    assert events(files(view)["calendar/quay-club.ics"]) == [
        ("2025-12-01", "Harbour Charter: time to report", "-P28D"),
        ("2026-03-01", "Harbour Charter: last day to report", "-P28D"),
    ]
    (first, _) = Calendar.from_ical(files(view)["calendar/quay-club.ics"]).walk("VEVENT")
    assert str(first["description"]) == (
        "Quay club says how it kept its promise from 1 December 2024 to 30 November 2025. "
        f"The last day for its report is 1 March 2026.\nHow to report: {SITE}sign/"
    )
    assert str(first["url"]) == f"{SITE}signatories/quay-club/"


def test_what_is_open_stays_and_what_was_reported_goes():
    """An organisation that has reported is reminded of its next report, and of nothing before it."""
    days = [each[0] for each in events(files(register_of(signed()))["calendar/quay-club.ics"])]
    assert days == ["2025-12-01", "2026-03-01", "2026-12-01", "2027-03-01"]
    report = make_report(start="2024-12-01", end="2025-11-30", published="2026-01-10")
    days = [
        each[0] for each in events(files(register_of(signed(reports=(report,))))["calendar/quay-club.ics"])
    ]
    assert days == ["2026-12-01", "2027-03-01"]
    early = make_report(start="2025-12-01", end="2026-09-30", published="2026-10-10")
    view = register_of(signed(reports=(report, early)), day="2026-10-15")
    assert [each[0] for each in events(files(view)["calendar/quay-club.ics"])] == ["2027-12-01", "2028-03-01"]


@pytest.mark.parametrize(
    ("day", "today", "due"),
    [
        ("2024-02-29", "2024-03-01", ["2025-02-28", "2025-05-28"]),
        ("2024-02-29", "2027-03-01", ["2027-02-28", "2027-05-28", "2028-02-29", "2028-05-29"]),
        ("2024-11-30", "2024-12-01", ["2025-11-30", "2026-02-28"]),
        ("2024-12-31", "2025-01-01", ["2025-12-31", "2026-03-31"]),
    ],
)
def test_leap_days_and_the_ends_of_months_are_right(day, today, due):
    view = register_of(signed(day=day), day=today)
    assert [each[0] for each in events(files(view)["calendar/quay-club.ics"])] == due


@pytest.mark.parametrize(
    ("reporting", "days"),
    [
        (Reporting(every=Interval(days=90)), [("2025-03-01", "last", "-P28D")]),
        (
            Reporting(every=Interval(months=1), grace=Interval(days=7)),
            [("2025-01-01", "time", "-P7D"), ("2025-01-08", "last", "-P1D")],
        ),
        (Reporting(every=Interval(days=1)), [("2024-12-02", "last")]),
    ],
    ids=["no grace", "monthly", "daily"],
)
def test_a_reminder_comes_no_earlier_than_half_of_the_time_before(reporting, days):
    view = register_of(signed(), day="2024-12-01", reporting=reporting)
    found = events(files(view)["calendar/quay-club.ics"])
    assert [(day, title.split()[2], *rest) for day, title, *rest in found] == days


def test_the_time_before_a_reminder_is_weeks_where_there_are_any():
    lengths = [0, 1, 2, 13, 14, 55, 56, 365]
    assert [notice_before(timedelta(days=each)) for each in lengths] == [0, 0, 1, 1, 7, 7, 28, 28]


def test_nobody_is_reminded_who_is_not_asked():
    """Of a version without reports, withdrawn, merged; where nobody is asked there is no file."""
    assert files(register_of(signed(), reporting=None)) == {}
    gone = Withdrawal(date="2025-06-01")
    others = (signed("gone", withdrawn=gone), signed("merged", withdrawn=gone, succeeded_by="quay-club"))
    assert files(register_of(*others)) == {}
    assert set(files(register_of(signed(), *others))) == {ALL, "calendar/quay-club.ics"}


def test_the_maintainer_sees_who_is_due_on_each_day():
    view = register_of(signed(), signed("pier-club"), signed("dock", "2025-02-01"))
    assert events(files(view)[ALL]) == [
        ("2025-12-01", "Harbour Charter: 2 reports are due", "-P28D"),
        ("2026-02-01", "Harbour Charter: 1 report is due", "-P28D"),
        ("2026-03-01", "Harbour Charter: Last day for 2 reports", "-P28D"),
        ("2026-05-01", "Harbour Charter: Last day for 1 report", "-P28D"),
        ("2026-12-01", "Harbour Charter: 2 reports are due", "-P28D"),
        ("2027-03-01", "Harbour Charter: Last day for 2 reports", "-P28D"),
    ]
    (first, *_) = Calendar.from_ical(files(view)[ALL]).walk("VEVENT")
    names = [f"Pier club: {SITE}signatories/pier-club/", f"Quay club: {SITE}signatories/quay-club/"]
    assert str(first["description"]).split("\n") == names
    crowd = register_of(*(signed(f"club-{at}") for at in range(MAX_NAMES + 7)))
    (first, *_) = Calendar.from_ical(files(crowd)[ALL]).walk("VEVENT")
    lines = str(first["description"]).split("\n")
    assert (len(lines), lines[-1]) == (MAX_NAMES + 1, "and 7 more")


def test_a_branch_that_a_federation_reports_for_is_one_report_with_it():
    whole = signed("federation")
    branch = replace(whole, slug="branch", part_of="federation", signed_for=True)
    view = register_of(whole, branch)
    found = events(files(view)[ALL])
    assert [title for _, title, _ in found[:2]] == [
        "Harbour Charter: 1 report is due",
        "Harbour Charter: Last day for 1 report",
    ]
    assert [each.signatory.slug for each, *_ in late_reports(view.reports)] == ["federation"]
    assert [names for _, names in late_names(view.reports)] == [
        ["Federation (2026-03-01)", "1 branch that another reports for"]
    ]
    context = LetterContext(view=None, register=view, site=SITE, sender=None, links={})
    assert [each.signatory.slug for each in view.entries if is_report_due(each, context)] == ["federation"]


NAMES = (
    *HOSTILE,
    "a;b,c:d\\n\\N\\;",
    "Ἀ" * 90,
    "BEGIN:VEVENT",
    "x\r\nEND:VCALENDAR",
    "جمعية الميناء",
    "\x00\x1b[0m",
)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_hostile_name_is_words_and_no_line_is_too_long(name):
    view = register_of(signed(name=name), title=name)
    for data in files(view).values():
        lines = data.split(b"\r\n")
        assert (max(map(len, lines)) <= 75, b"\n" in data.replace(b"\r\n", b"")) == (True, False)
        assert all(each.decode() is not None for each in lines), "no letter is cut in two"
        unfolded = data.replace(b"\r\n ", b"").decode().split("\r\n")
        begun = [each for each in unfolded if each.startswith("BEGIN:")]
        assert begun.count("BEGIN:VEVENT") == begun.count("BEGIN:VALARM") == len(begun) // 2
        calendar = Calendar.from_ical(data)
        assert calendar.errors == []
    shown = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", name.replace("\r", " "))
    title = "".join(unescaped(each) for each in unfolded if each.startswith("NAME:"))
    assert title == f"NAME:{shown}: reports of {shown}"


def unescaped(line: str) -> str:
    """A line of text as RFC 5545 (3.3.11) reads it."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], line)


def test_the_same_register_gives_the_same_bytes_in_every_time_zone(monkeypatch):
    view = register_of(signed(), signed("pier-club"))
    first = files(view)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert files(view) == first
    monkeypatch.undo()
    time.tzset()


def ids(data):
    return [str(each["uid"]) for each in Calendar.from_ical(data).walk("VEVENT")]


def test_an_event_keeps_its_id_where_the_site_moves_or_the_entry_is_renamed():
    before = files(register_of(signed()))["calendar/quay-club.ics"]
    moved = files(register_of(signed()), site="https://elsewhere.example/")["calendar/quay-club.ics"]
    renamed = files(register_of(signed("sea-club", formerly=("quay-club",))))["calendar/sea-club.ics"]
    assert ids(before) == ids(moved) == ids(renamed)
    every = [id for data in files(register_of(signed(), signed("pier-club"))).values() for id in ids(data)]
    assert len(every) == len(set(every))
    assert all(f"DTSTAMP:{day}T000000Z".encode() in before for day in ("20241201",))


def test_an_event_of_several_is_newer_once_one_of_them_has_reported():
    """Programs keep what they have of an event whose time-stamp is not newer."""
    report = make_report(start="2024-12-01", end="2025-11-30", published="2026-01-10")
    several = signed(), signed("pier-club", withdrawn=Withdrawal(date="2026-01-12"))
    stamps = []
    for first in (signed("dock"), signed("dock", reports=(report,))):
        data = files(register_of(first, *several, day=f"2026-01-{11 + len(stamps)}"))[ALL]
        stamps.append({str(each["dtstamp"].dt.date()) for each in Calendar.from_ical(data).walk("VEVENT")})
        assert b"METHOD" not in data, "it would need an organiser"
    assert stamps == [{"2024-12-01"}, {"2026-01-12"}]


def test_without_the_address_of_the_site_there_are_no_links():
    for data in files(register_of(signed()), site="").values():
        assert (b"URL" in data, b"http" in data) == (False, False)


def test_each_is_in_the_language_that_was_signed():
    texts = {
        "": SignedText(tag="en-GB", page="en-GB", title="Harbour Charter"),
        "cy": SignedText(tag="cy", page="cy", title="Siarter yr Harbwr", prefix="cy/"),
        "ar": SignedText(tag="ar", page="ar", title="ميثاق الميناء", prefix="ar/"),
    }
    who = {tag: signed(f"club{tag}") for tag in texts}
    who = [replace(each, signed=(replace(each.signed[0], language=tag),)) for tag, each in who.items()]
    with use_language("en-GB"):
        made = files(register_of(*who, texts=texts))
    titles = {}
    for tag, text in texts.items():
        (first, *_) = Calendar.from_ical(made[f"calendar/club{tag}.ics"]).walk("VEVENT")
        titles[tag] = first["summary"]
        assert str(first["url"]) == f"{SITE}{text.prefix}signatories/club{tag}/"
    assert titles[""] == "Harbour Charter: time to report"
    assert titles["cy"].startswith("Siarter yr Harbwr: ")
    assert titles["ar"].startswith("\u200fميثاق الميناء: ")
    assert [titles[tag].params["LANGUAGE"] for tag in texts] == ["en-GB", "cy", "ar"]
    assert "report" not in titles["cy"] + titles["ar"]


def test_the_example_reminds_everybody_whom_it_asks():
    edition = load(EXAMPLE, shown="charter")
    view = register_view(edition, "2026-11-01")
    asked = {
        each.slug
        for each in edition.signatories
        if each.signed[-1].version in ("3.0.0", "3.1.0") and not each.left
    }
    made = files(view)
    assert set(made) == {ALL, *(f"calendar/{slug}.ics" for slug in asked)}
    assert all(Calendar.from_ical(data).walk("VEVENT") for data in made.values())
