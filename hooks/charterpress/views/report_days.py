"""How far the reports of a register are due → the days on which somebody is reminded of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from charterpress.model import Registered, Release, Reported, ReportPeriod, ReportStanding
from charterpress.register import report_standing

NOTICES = (28, 7, 1)
"""How many days before a day somebody is reminded of it: the first of these that leaves as many again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportDay:
    """A day of one period of an organisation: from `day` (ISO) on its report is due, or, if `last`, that is
    the last day for it. `notice` is how many days before it somebody is reminded, and `known` the ISO day
    on which it was settled."""

    entry: Registered
    period: ReportPeriod
    day: str
    last: bool
    notice: int
    known: str


def report_days(entry: Registered, held: Reported, releases: Collection[Release]) -> tuple[ReportDay, ...]:
    """Return the days of an organisation whose reports are `held` to be so far: of the last period that ended
    and the one under way, where there is no report on it, and else of the one after it. None for an
    organisation that is not asked for any."""
    if held.standing is ReportStanding.NOT_ASKED or not held.periods:
        return ()
    open_periods = [each for each in held.periods[-2:] if not each.report and each.due >= held.next_due]
    periods = open_periods or report_standing(entry.signatory, releases, held.periods[-1].due).periods[-1:]
    published = [each.report.published for each in held.periods if each.report]
    known = max([entry.signature.date, *published])
    return tuple(day for each in periods for day in _days(entry, each, known))


def _days(entry: Registered, period: ReportPeriod, known: str) -> Iterator[ReportDay]:
    first, due, until = (date.fromisoformat(each) for each in (period.start, period.due, period.until))
    found = [(due, first), (until, due)] if until > due else [(until, first)]
    for day, before in found:
        yield ReportDay(
            entry=entry,
            period=period,
            day=day.isoformat(),
            last=day == until,
            notice=notice_before(day - before),
            known=known,
        )


def notice_before(length: timedelta) -> int:
    """Return how many days before the end of a time of some `length` somebody is reminded of it."""
    return next((days for days in NOTICES if length.days >= 2 * days), 0)


def by_day(days: Iterable[ReportDay]) -> tuple[tuple[ReportDay, ...], ...]:
    """Return the same days in groups: those on which reports of several are due, or have their last day."""
    groups: dict[tuple[str, bool], list[ReportDay]] = {}
    for each in days:
        groups.setdefault((each.day, each.last), []).append(each)
    return tuple(tuple(groups[key]) for key in sorted(groups))
