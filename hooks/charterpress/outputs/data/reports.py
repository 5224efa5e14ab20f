"""What organisations report → the values that signatories.json and the tables have of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from charterpress.model import Registered, Report, Standing
from charterpress.views.reports import ReportsView

ANSWER_COLUMNS = (
    *("slug", "name", "from", "to", "version", "published", "link"),
    *("principle", "answer", "words", "evidence"),
)
"""The columns of reports.csv: a row for each answer, and one without an answer for a report that has none."""


def report_values(entry: Registered, reports: ReportsView) -> dict[str, object]:
    """Return what signatories.json has of an organisation: how far its report is due, and its reports, the
    newest first. Of one that withdrew neither its words nor its links are published."""
    held, left = reports.reported[entry.signatory.slug], entry.standing is Standing.WITHDRAWN
    return {
        "report": {"standing": str(held.standing), "since": held.since or None, "due": held.next_due or None},
        "reported_for": entry.signatory.reported_for,
        "reports": [
            {
                "from": each.start,
                "to": each.end,
                "version": each.version,
                "published": each.published,
                "link": None if left else each.link or None,
                "principles": [
                    {
                        "principle": said.principle,
                        "answer": str(said.answer),
                        "words": None if left else said.words or None,
                        "evidence": None if left else said.evidence or None,
                    }
                    for said in each.principles
                ],
            }
            for each in reports.of(entry)
        ],
    }


def report_row(entry: Registered, reports: ReportsView) -> tuple[str, ...]:
    """Return the cells of `REPORT_COLUMNS` in signatories.csv."""
    held, left = reports.reported[entry.signatory.slug], entry.standing is Standing.WITHDRAWN
    last = held.latest
    told = (last.end, last.published, "" if left else last.link) if last else ("", "", "")
    return (str(held.standing), held.since, held.next_due, *told)


def answer_rows(entries: Iterable[Registered], reports: ReportsView) -> Iterator[tuple[str, ...]]:
    """Yield the rows of reports.csv, those of an organisation together, its newest report first. A report of
    a federation for its branches has its rows once."""
    for entry in entries:
        if entry.signatory.reported_for:
            continue
        left = entry.standing is Standing.WITHDRAWN
        for report in reports.of(entry):
            head = _report_cells(entry, report, left=left)
            if not report.principles:
                yield (*head, "", "", "", "")
            for said in report.principles:
                words, evidence = ("", "") if left else (said.words, said.evidence)
                yield (*head, said.principle, str(said.answer), words, evidence)


def _report_cells(entry: Registered, report: Report, *, left: bool) -> tuple[str, ...]:
    who = entry.signatory
    link = "" if left else report.link
    return (who.slug, who.name, report.start, report.end, report.version, report.published, link)
