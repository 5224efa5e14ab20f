"""The register → whom a letter about a report goes to, and what its placeholders stand for."""

from __future__ import annotations

from charterpress.model import Answer, Registered, Reported, ReportStanding
from charterpress.register import report_standing
from charterpress.text.dates import day_in_words, length_in_words
from charterpress.views import addresses
from charterpress.views.letters import LetterContext, LetterValues
from charterpress.views.reports import LATE, answer_label, last_ended, period_days
from charterpress.views.sign_links import report_address, report_answers

REPORT_PLACEHOLDERS = {
    "every": "how often it reports, such as “12 months”",
    "period_start": "the first day that the report covers",
    "period_end": "the last one",
    "due_on": "the day from which it is due",
    "last_day": "the last day for it, where that has not passed",
    "late_since": "the last day for it, where that has passed",
    "last_report": "the day on which it published its last report, if it has reported",
    "report_form": "the address of the form, filled in",
    "report_page": "the address of the page on how to report",
    "calendar": "the address of the calendar of its reports",
    "example": "a line of the form that answers for one principle",
    "answers": "the lines to complete and send back, filled in with what is known",
}
"""What a letter about a report can say besides what every letter can."""


def is_report_due(entry: Registered, context: LetterContext) -> bool:
    """Return whether a report of an organisation is due, and has not come; of a branch that its federation
    signed and reports for, the federation is asked alone."""
    return entry.signatory.asked_itself and _reported(entry, context).standing in LATE


def report_values(entry: Registered, context: LetterContext) -> LetterValues:
    """Return what the placeholders of a letter about a report stand for. It is about the last period that
    ended without one: a report on that is enough."""
    who, held, today = entry.signatory, _reported(entry, context), context.register.day
    period = last_ended(held, today)
    signed = context.register.releases[entry.signature.version].charter
    asked = signed.reporting
    start, end = period_days(period)
    kept = answer_label(Answer.KEPT)
    latest, in_time = held.latest, today <= period.until
    return LetterValues(
        words={
            "every": length_in_words(asked.every) if asked else "",
            "period_start": day_in_words(start),
            "period_end": day_in_words(end),
            "due_on": day_in_words(period.due),
            "last_day": day_in_words(period.until) if in_time else "",
            "late_since": "" if in_time else day_in_words(period.until),
            "last_report": day_in_words(latest.published) if latest else "",
            "report_form": report_address(who, (start, end), context.site),
            "report_page": f"{context.site}{addresses.REPORT}",
            "calendar": calendar_link(entry, context),
            "example": next((f"{each.id} = {kept}" for _theme, each in signed.principles()), ""),
        },
        answers=report_answers(who, (start, end)),
    )


def calendar_link(entry: Registered, context: LetterContext) -> str:
    """Return where the calendar of an organisation's reports is; '' for one that is not asked for any."""
    if _reported(entry, context).standing is ReportStanding.NOT_ASKED:
        return ""
    return f"{context.root}{addresses.reports_calendar_address(entry.signatory.slug)}"


def _reported(entry: Registered, context: LetterContext) -> Reported:
    register = context.register
    return report_standing(entry.signatory, tuple(register.releases.values()), register.day)
