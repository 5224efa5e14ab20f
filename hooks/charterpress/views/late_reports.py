"""Reports of a register → who has one to send, in words for those who keep the charter."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Registered, ReportPeriod, ReportStanding
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext, number
from charterpress.views.reports import LATE, ReportsView

MAX_NAMES = 20
"""Organisations of one standing that are named; of more, only the number is told."""


def asks_anybody(reports: ReportsView | None) -> bool:
    """Return whether anybody whose signature stands is asked for reports."""
    return reports is not None and len(reports.groups[ReportStanding.NOT_ASKED]) < len(reports.active)


def late_reports(reports: ReportsView) -> Iterator[tuple[Registered, ReportStanding, ReportPeriod]]:
    """Yield everybody who has a report to send, with the standing and the first period without a report; no
    branch whose federation reports for it: nobody is asked twice."""
    for standing in LATE:
        for entry in reports.groups[standing]:
            if entry.signatory.asked_itself and (period := reports.pending(entry)):
                yield entry, standing, period


def late_names(reports: ReportsView) -> Iterator[tuple[str, list[str]]]:
    """Yield the standings of those who have a report to send, in the charter's words, each with their names
    and the last day for it: “Quay Club (2027-03-01)”, and how many branches others report for. A long list is
    cut."""
    found: dict[ReportStanding, list[str]] = {}
    for entry, standing, period in late_reports(reports):
        # Translators: an organisation, and the last day for its report.
        name = _("{name} ({until})").format(name=entry.signatory.name, until=period.until)
        found.setdefault(standing, []).append(name)
    for standing, names in found.items():
        shown, entries = names[:MAX_NAMES], reports.groups[standing]
        if more := len(names[MAX_NAMES:]):
            shown.append(ngettext("and {count} more", "and {count} more", more).format(count=number(more)))
        if branches := sum(not each.signatory.asked_itself for each in entries):
            shown.append(
                ngettext(
                    "{count} branch that another reports for",
                    "{count} branches that others report for",
                    branches,
                ).format(count=number(branches))
            )
        yield reports.words[standing], shown
