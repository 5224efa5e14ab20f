"""An edition → how far reports are due, and how principles that are to change were reported on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from charterpress import register
from charterpress.model import Answer, Change, Edition, Signatory
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number
from charterpress.text.lists import join_clauses
from charterpress.versions.number import version_key
from charterpress.views.history import History
from charterpress.views.late_reports import asks_anybody, late_names, late_reports
from charterpress.views.learned import earlier_words
from charterpress.views.reports import (
    ReportsView,
    counts_in_words,
    report_counts,
    reports_view,
    standing_words,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PrincipleStatus:
    """How a principle was reported on: how many organisations gave each answer last, and `since`, the first
    version that one of their reports is on; `earlier` says how many are on words that changed since."""

    counts: Mapping[Answer, int]
    since: str
    earlier: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportStatus:
    """How far the reports of those whose signature stands are due, and how principles were reported on, by
    the id that a change of them has."""

    view: ReportsView
    principles: Mapping[str, PrincipleStatus]


def report_status(
    edition: Edition, signatories: Sequence[Signatory], changes: Iterable[Change]
) -> ReportStatus | None:
    """Return how far the reports of `signatories` are due today, and how the principles that `changes` are
    about were reported on; None for a charter that asks for no reports."""
    entries = register.on_register(signatories, edition.releases, edition.today)
    view = reports_view(entries, edition.releases, edition.today, standing_words(edition.charter))
    if view is None:
        return None
    history, formerly = History(edition), _former_ids(edition)
    found = {}
    for subject in dict.fromkeys(each.subject for each in changes):
        heirs = [history.heir(own) for own in (subject, *formerly.get(subject, ()))]
        ids = {id for heir in heirs for id in history.all_ids(heir)}
        answers = view.answers_on(ids | {subject})
        if answers.statements:
            since = min((each.report.version for each in answers.statements), key=version_key)
            earlier = next(filter(None, (earlier_words(answers, history, heir) for heir in heirs)), "")
            found[subject] = PrincipleStatus(counts=answers.counts, since=since, earlier=earlier)
    return ReportStatus(view=view, principles=found)


def _former_ids(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """The ids that principles of the working text had, by the one that they have."""
    principles = edition.charter.principles() if edition.charter else ()
    return {each.id: each.formerly for _theme, each in principles}


def principle_sentence(status: ReportStatus | None, subject: str) -> str:
    """Say how a principle was reported on: “Reported on since 3.0.0: 3 kept, 6 in part, 3 not yet.”; '' where
    nobody said anything of it."""
    found = status.principles.get(subject) if status else None
    if found is None:
        return ""
    message = _("Reported on since {version}: {counts}.")
    counted = message.format(version=found.since, counts=counts_in_words(found.counts))
    return f"{counted} {found.earlier}".strip()


def register_lines(status: ReportStatus | None) -> list[str]:
    """Return lines on who is due: how many have each standing, and who has a report to send; none where
    nobody is asked for one."""
    if status is None or not asks_anybody(status.view):
        return []
    told = [
        # Translators: how far reports are due, and of how many organisations, as in “overdue: 3”.
        _("{standing}: {count}").format(standing=word, count=number(count))
        for word, count in report_counts(status.view)
    ]
    lines = [_("Reports: {counts}.").format(counts=join_clauses(told))]
    lines += [f"  {word}: {join_clauses(names)}" for word, names in late_names(status.view)]
    if len(lines) > 1:
        lines.append(_("  “charter letters --to report-due” writes to them."))
    return lines


def report_values(status: ReportStatus | None) -> dict[str, object] | None:
    """Return the same as JSON values; None for a charter that asks for no reports."""
    if status is None:
        return None
    return {
        "standings": {str(each): len(entries) for each, entries in status.view.groups.items()},
        "late": [
            {
                "slug": entry.signatory.slug,
                "standing": str(standing),
                "due": period.due,
                "until": period.until,
            }
            for entry, standing, period in late_reports(status.view)
        ],
        "principles": [
            {
                "principle": subject,
                "since": found.since,
                "answers": {str(each): found.counts[each] for each in Answer},
            }
            for subject, found in status.principles.items()
        ],
    }
