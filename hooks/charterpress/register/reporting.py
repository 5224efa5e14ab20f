"""A signatory, the releases and a day → how far its report is due.

What this rests on is decision 0087. Nothing here ranks anybody, and nothing removes anybody."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from charterpress.model import (
    Interval,
    Release,
    Report,
    Reported,
    Reporting,
    ReportPeriod,
    ReportStanding,
    Signatory,
)

NOT_ASKED = Reported(standing=ReportStanding.NOT_ASKED)
SLACK = 12
"""By what part of a period a report may end after it and be on it, and on that alone."""
_LATE = (ReportStanding.OVERDUE, ReportStanding.NEVER)
_Run: TypeAlias = Sequence[tuple[str, Reporting]]
"""The dates of signatures in force, with no other between them, and what each asks for."""


def report_standing(signatory: Signatory, releases: Iterable[Release], day: str) -> Reported:
    """Return how far the report of `signatory` is due on `day` (as 2026-12-01), as is known on that day.

    The last signature by then decides, unless it was withdrawn or the organisation became part of another.
    Where what it signed asks for reports, the first period begins with the first of the signatures that led
    up to it without a break; each period is as long as asked for by what was in force on its first day.
    Never raises: what is no date of the calendar counts for nothing.
    """
    merged_some_day = signatory.succeeded_by and signatory.withdrawn is None
    if _date(day) is None or merged_some_day:
        return NOT_ASKED
    known = {each.version: each for each in releases if not each.consultation and each.date <= day}
    run = _unbroken(signatory, known, day)
    if not run:
        return NOT_ASKED
    published = [each for each in signatory.reports if _is_report(each) and each.published <= day]
    published.sort(key=attrgetter("end", "published"))
    asked = tuple(_periods(run, day))
    *periods, following = _answered(asked, published)
    standing = _standing(periods, published, day)
    unanswered = [*periods, following][_last_answered(periods) + 1]
    return Reported(
        standing=standing,
        since=_since(standing, asked, published, day),
        periods=tuple(periods),
        next_due=unanswered.due,
    )


def _unbroken(signatory: Signatory, known: dict[str, Release], day: str) -> _Run:
    """Return the signatures in force on `day` that ask for reports, back to the last one that does not or
    that was withdrawn. What was signed before its release counts from then."""
    withdrawn = signatory.withdrawn.date if signatory.withdrawn else ""
    gone = withdrawn if _is_past(withdrawn, day) else ""
    signed = [each for each in signatory.signed if each.version in known and _is_past(each.date, day)]
    run: list[tuple[str, Reporting]] = []
    for each in reversed(signed):
        release = known[each.version]
        if release.charter.reporting is None or each.date <= gone:
            break
        run.append((max(each.date, release.date), release.charter.reporting))
    return run[::-1]


def _is_past(written: str, day: str) -> bool:
    return _date(written) is not None and written <= day


def _is_report(report: Report) -> bool:
    """Whether a report is on days that were over when it was published."""
    days = (report.start, report.end, report.published)
    return None not in map(_date, days) and report.start <= report.end <= report.published


# --- Periods -----------------------------------------------------------------------------------------


class _Asked(NamedTuple):
    """A period that is asked about. A report that ends after the day `after` (ISO), and by the day `last`, is
    on it."""

    start: date
    due: date
    until: date
    after: str
    last: str
    days: ReportPeriod
    """Its days as they are written, without a report."""


def _periods(run: _Run, day: str) -> Iterator[_Asked]:
    """Yield the periods from the first signature of `run` to the one under way on `day`, and the one after
    it. They keep the day of the month that they began on, as far as each month has it."""
    start = anchor = _date(run[0][0]) or date.max
    months, ahead, after = 0, 0, None
    while ahead < 2:
        asked = [reporting for signed, reporting in run if signed <= start.isoformat()][-1]
        months += asked.every.months
        if asked.every.days:
            anchor, months = _add(_add_months(anchor, months), asked.every), 0
        due = _add_months(anchor, months)
        slack = max((due - start).days // SLACK, 1) - 1
        begun, last = (_add(each, Interval(days=slack)) for each in (start, due))
        until = _add(due, asked.grace)
        days = ReportPeriod(start=start.isoformat(), due=due.isoformat(), until=until.isoformat())
        yield _Asked(start, due, until, after or begun.isoformat(), last.isoformat(), days)
        ahead += due.isoformat() > day or due <= start  # at the end of the calendar nothing follows
        start, after = due, last.isoformat()


def _add(start: date, interval: Interval) -> date:
    if interval.months:
        return _add_months(start, interval.months)
    return date.max if interval.days > (date.max - start).days else start + timedelta(days=interval.days)


def _add_months(start: date, months: int) -> date:
    """Return the same day of the month so many months later, or the last of a month that has no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def _date(written: str) -> date | None:
    """Return a date that is written as 2026-12-01; None for anything else."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if found.isoformat() == written else None


# --- What answers them -------------------------------------------------------------------------------


def _answered(asked: Sequence[_Asked], published: Sequence[Report]) -> list[ReportPeriod]:
    """Return the periods, each with the report that answers it: of those that end in it, but for a twelfth of
    its days at either end, the one on the latest days, or else one that is about most of it. The years of an
    organisation's accounts need not be those of its signature."""
    answers = (
        next((report for report in reversed(published) if each.after < report.end <= each.last), None)
        or next((report for report in published if _is_about_most(report, each)), None)
        for each in asked
    )
    pairs = zip(asked, answers, strict=True)
    return [replace(each.days, report=report) if report else each.days for each, report in pairs]


def _is_about_most(report: Report, asked: _Asked) -> bool:
    """Whether a report is about more than half of the days of a period. Whoever reports on two years at once,
    or on years that begin a little later, leaves none out."""
    first = max(_date(report.start) or date.max, asked.start)
    last = min(_date(report.end) or date.min, asked.due - timedelta(days=1))
    return 2 * ((last - first).days + 1) > (asked.due - asked.start).days


def _last_answered(periods: Sequence[ReportPeriod]) -> int:
    return max((place for place, each in enumerate(periods) if each.report), default=-1)


def _standing(periods: Sequence[ReportPeriod], published: Sequence[Report], day: str) -> ReportStanding:
    """Return the standing on `day`, to which `periods` and `published` reach."""
    ended = sum(each.due <= day for each in periods)
    place = _last_answered(periods)
    if place >= max(ended - 1, 0):
        return ReportStanding.REPORTED
    if not ended:
        return ReportStanding.NOT_DUE
    if day <= periods[place + 1].until:
        return ReportStanding.DUE
    return ReportStanding.OVERDUE if published else ReportStanding.NEVER


def _since(standing: ReportStanding, asked: Sequence[_Asked], published: Sequence[Report], day: str) -> str:
    """Return the first day from which `standing` has held until `day`: that of a period's beginning, of the
    day after its grace, or of a report. Whether anything was ever reported makes no difference to how long
    a report has been overdue."""
    same = _LATE if standing in _LATE else (standing,)
    turns = {each.days.start for each in asked} | {each.published for each in published}
    turns |= {_add(each.until, Interval(days=1)).isoformat() for each in asked}
    first = asked[0].days.start
    since = day
    for turn in sorted((each for each in turns if first <= each <= day), reverse=True):
        before = [each for each in published if each.published <= turn]
        reached = _answered([each for each in asked if each.days.start <= turn], before)
        if _standing(reached, before, turn) not in same:
            break
        since = turn
    return since
