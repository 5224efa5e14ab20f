"""A report → the edits that put it into an organisation's entry, and what it is asked for next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from charterpress.checks.signatories.queries import clean_text, report_blocks, scalar_value
from charterpress.editing.amend import Entry
from charterpress.editing.yaml_editor import Edit
from charterpress.editing.yaml_writer import Item, Value
from charterpress.model import Edition, PrincipleReport, Release, Report, Signatory
from charterpress.register.reporting import report_standing


def asks_reports(edition: Edition) -> bool:
    """Return whether a version that can be signed asks those who sign it for reports."""
    return any(each.charter.reporting for each in edition.releases if not each.consultation)


def reported_version(signatory: Signatory, day: str) -> str:
    """Return the version by which an organisation stood on `day`, or the first that it signed; '' where it
    signed none."""
    signed = sorted(signatory.signed, key=lambda each: each.date)
    by_then = [each for each in signed if each.date <= day] or signed[:1]
    return by_then[-1].version if by_then else ""


def open_period(signatory: Signatory, releases: Iterable[Release], day: str) -> tuple[str, str]:
    """Return the first and the last day of the period that an organisation is asked about on `day`: the last
    that is over and has no report, or else the one under way; '' for each where it is not asked."""
    held = report_standing(signatory, tuple(releases), day)
    over = [each for each in held.periods if held.next_due <= each.due <= day and each.report is None]
    asked = over[-1:] or held.periods[-1:]
    if not asked:
        return "", ""
    last = date.fromisoformat(asked[0].due) - timedelta(days=1)
    return asked[0].start, last.isoformat()


def same_period(signatory: Signatory, report: Report) -> Report | None:
    """Return the report that an entry has for the same days already, if any."""
    return next(
        (each for each in signatory.reports if (each.start, each.end) == (report.start, report.end)), None
    )


def overlapping_report(signatory: Signatory, report: Report) -> Report | None:
    """Return the report that an entry has on some of the same days, if any."""
    return next(
        (each for each in signatory.reports if each.start <= report.end and report.start <= each.end), None
    )


def report_edits(entry: Entry, report: Report) -> list[Edit]:
    """Return the edits that put a report into the list, in the order of their days."""
    return [(("reports", report_place(entry, report)), _report_item(report))]


def report_place(entry: Entry, report: Report) -> int:
    """Return the place of a report among those in the file: after all that begin no later. A branch may have
    those of its federation beside them."""
    front = entry.document.front
    starts = [clean_text(scalar_value(each, "from")) for each in report_blocks(front)] if front else []
    return next((place for place, start in enumerate(starts) if start > report.start), len(starts))


def _report_item(report: Report) -> Item:
    item: dict[str, Value] = {"from": report.start, "to": report.end, "version": report.version}
    if report.link:
        item["link"] = report.link
    item["published"] = report.published
    if report.principles:
        item["principles"] = [answer_item(each) for each in report.principles]
    return item


def answer_item(each: PrincipleReport) -> Item:
    """Return what an entry says of one principle."""
    said = {
        "principle": each.principle,
        "answer": str(each.answer),
        "words": each.words,
        "evidence": each.evidence,
    }
    return {key: value for key, value in said.items() if value}
