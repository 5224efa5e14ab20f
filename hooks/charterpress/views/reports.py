"""What organisations report of how they keep a charter → how far each report is due, and what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from charterpress.model import (
    Answer,
    Charter,
    Foreign,
    PrincipleReport,
    Registered,
    Release,
    Report,
    Reported,
    ReportPeriod,
    ReportStanding,
    Standing,
)
from charterpress.register import report_standing
from charterpress.text.dates import day_in_words
from charterpress.text.interface import N_, SOURCE, language, ngettext, number
from charterpress.text.interface import gettext as _
from charterpress.text.languages import primary_language
from charterpress.text.lists import join_items

STANDING_WORDS = {
    ReportStanding.NOT_ASKED: N_("not asked"),
    ReportStanding.NOT_DUE: N_("not due yet"),
    ReportStanding.DUE: N_("due"),
    ReportStanding.REPORTED: N_("reported"),
    ReportStanding.OVERDUE: N_("overdue"),
    ReportStanding.NEVER: N_("no report yet"),
}
"""How far a report is due, unless the charter has words of its own for it; `standing_words` gives them in the
language in use."""
MEANINGS = {
    ReportStanding.NOT_ASKED: N_("The version it signed doesn’t ask for reports."),
    ReportStanding.NOT_DUE: N_("Its first period hasn’t ended yet."),
    ReportStanding.DUE: N_("A period has ended, and there’s still time to report on it."),
    ReportStanding.REPORTED: N_(
        "It has reported on the last period that ended, or its last report reaches into the one under way."
    ),
    ReportStanding.OVERDUE: N_("It has reported before, and the time to report on a later period is over."),
    ReportStanding.NEVER: N_("The time to report on its first period is over, and no report has come."),
}
"""What those words mean; `report_meaning` gives it in the language in use."""
LATE = (ReportStanding.DUE, ReportStanding.OVERDUE, ReportStanding.NEVER)
"""The standings of those who have a report to send."""
ANSWERS = {
    Answer.KEPT: N_("kept"),
    Answer.IN_PART: N_("in part"),
    Answer.NOT_YET: N_("not yet"),
    Answer.NOT_APPLICABLE: N_("does not apply"),
}
"""What an organisation says of one principle; `answer_label` gives it in the language in use."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What one organisation said of one principle in one of its reports."""

    entry: Registered
    report: Report
    said: PrincipleReport


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What organisations said of a principle, that on the latest days first. `latest` are the first of each
    organisation, and `counts` says how many of those give each answer."""

    statements: tuple[Statement, ...]
    latest: tuple[Statement, ...]
    counts: Mapping[Answer, int]

    @property
    def total(self) -> int:
        """How many organisations answered."""
        return sum(self.counts.values())

    @property
    def in_words(self) -> tuple[Statement, ...]:
        """The statements that say something beside the answer."""
        return tuple(each for each in self.statements if each.said.words)


@dataclass(frozen=True, kw_only=True)  # no slots: what is worked out once is kept
class ReportsView:
    """The reports of those on a register: `entries` by name, on `day` (ISO). `words` are what the standings
    are called, in the language in use."""

    entries: tuple[Registered, ...]
    releases: tuple[Release, ...]
    day: str
    words: Mapping[ReportStanding, str]

    @cached_property
    def reported(self) -> Mapping[str, Reported]:
        """How far the report of each organisation is due, by its slug."""
        return {
            each.signatory.slug: report_standing(each.signatory, self.releases, self.day)
            for each in self.entries
        }

    @cached_property
    def groups(self) -> Mapping[ReportStanding, tuple[Registered, ...]]:
        """Those whose signature stands, by how far their report is due, each group by name."""
        groups: dict[ReportStanding, list[Registered]] = {each: [] for each in ReportStanding}
        for each in self.active:
            groups[self.standing(each)].append(each)
        return {standing: tuple(entries) for standing, entries in groups.items()}

    @cached_property
    def active(self) -> tuple[Registered, ...]:
        """Those whose signature stands, by name."""
        return tuple(each for each in self.entries if each.standing is not Standing.WITHDRAWN)

    @cached_property
    def reporters(self) -> tuple[Registered, ...]:
        """The same without branches whose federation reported for them: it said what it said once."""
        return tuple(each for each in self.active if not each.signatory.reported_for)

    def standing(self, entry: Registered) -> ReportStanding:
        """Return how far the report of an organisation is due."""
        return self.reported[entry.signatory.slug].standing

    def label(self, entry: Registered) -> str:
        """Return what a list calls that: “overdue”."""
        return self.words[self.standing(entry)]

    def year(self, entry: Registered) -> str:
        """Return the year in which an organisation published the last of the reports that it is asked for;
        '' if it has not reported."""
        latest = self.reported[entry.signatory.slug].latest
        return latest.published[:4] if latest else ""

    def pending(self, entry: Registered) -> ReportPeriod | None:
        """Return the first period that an organisation has still to report on; None for none."""
        held = self.reported[entry.signatory.slug]
        return next((each for each in held.periods if each.due == held.next_due), None)

    def next_period(self, entry: Registered) -> ReportPeriod | None:
        """Return the period that an organisation is asked to report on next: where some ended without a
        report, the last of them, since a report on that is enough; None for none."""
        held = self.reported[entry.signatory.slug]
        return last_ended(held, self.day) if held.standing in LATE else self.pending(entry)

    def of(self, entry: Registered) -> tuple[Report, ...]:
        """Return the reports of an organisation that were published by the day, the newest first."""
        own = entry.signatory.reports
        return newest_first(
            each for each in own if each.published <= self.day and each.version in self._versions
        )

    @cached_property
    def _versions(self) -> frozenset[str]:
        return frozenset(each.version for each in self.releases)

    def answers_on(self, ids: Collection[str], since: str = "") -> Answers:
        """Return what was said of the principle that had these `ids` by those whose signature stands; only in
        reports published on the ISO day `since` or later, if that is given."""
        found = [
            each for id in ids for each in self._statements.get(id, ()) if each.report.published >= since
        ]
        return _answers(found)

    @cached_property
    def _statements(self) -> Mapping[str, Sequence[Statement]]:
        found: dict[str, list[Statement]] = {}
        for entry in self.reporters:
            for report in self.of(entry):
                for said in report.principles:
                    statement = Statement(entry=entry, report=report, said=said)
                    found.setdefault(said.principle, []).append(statement)
        return found


def reports_view(
    entries: tuple[Registered, ...],
    releases: tuple[Release, ...],
    day: str,
    words: Mapping[ReportStanding, str],
) -> ReportsView | None:
    """Return the reports of the `entries` of a register on `day`; None for a charter none of whose versions
    asks for any."""
    if not any(each.charter.reporting for each in releases if not each.consultation):
        return None
    return ReportsView(entries=entries, releases=releases, day=day, words=words)


def last_ended(held: Reported, day: str) -> ReportPeriod:
    """Return the last period that ended by `day` (ISO), of one that has a report to send."""
    return [each for each in held.periods if each.due <= day][-1]


def newest_first(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Return reports by the end of their period, and those that end on the same day by when they were
    published, the newest first."""
    return tuple(sorted(reports, key=lambda each: (each.end, each.published), reverse=True))


def _answers(statements: Iterable[Statement]) -> Answers:
    ordered = sorted(statements, key=lambda each: (each.report.end, each.report.published), reverse=True)
    latest = tuple({each.entry.signatory.slug: each for each in reversed(ordered)}.values())
    counts = Counter(each.said.answer for each in latest)
    return Answers(statements=tuple(ordered), latest=latest, counts={each: counts[each] for each in Answer})


# --- In words ----------------------------------------------------------------------------------------


def standing_words(charter: Charter | None) -> Mapping[ReportStanding, str]:
    """Return what the standings are called in the language in use: `charter`, in the language that it is
    written in, may have words of its own."""
    own = dict(charter.standing_words) if charter else {}
    tag = (charter.language if charter else "") or SOURCE
    same = primary_language(tag) == primary_language(language())
    return {
        each: (own[each] if same else Foreign(own[each], language=tag)) if each in own else _(default)
        for each, default in STANDING_WORDS.items()
    }


def report_label(word: str) -> str:
    """Return what a standing is called where nothing beside it says that it is about a report: “report:
    overdue”. `word` is one of `standing_words`."""
    # Translators: how far an organisation's report is due, as in “report: overdue”.
    return _("report: {standing}").format(standing=word)


def report_title(word: str) -> str:
    """Return the same at the head of a line: “Report: overdue”."""
    # Translators: at the head of a line, as in “Report: overdue”.
    return _("Report: {standing}").format(standing=word)


def report_meaning(standing: ReportStanding) -> str:
    """Return what a standing means, in a sentence."""
    return _(MEANINGS[standing])


def answer_label(answer: Answer) -> str:
    """Return what an organisation says of one principle: “in part”."""
    return _(ANSWERS[answer])


def counts_in_words(counts: Mapping[Answer, int]) -> str:
    """Return “14 kept, 6 in part, 3 not yet”: every answer that somebody gave, and how many did."""
    told = {
        # Translators: how many organisations say of a promise that they kept it, and so on.
        Answer.KEPT: ngettext("{count} kept", "{count} kept", counts[Answer.KEPT]),
        Answer.IN_PART: ngettext("{count} in part", "{count} in part", counts[Answer.IN_PART]),
        Answer.NOT_YET: ngettext("{count} not yet", "{count} not yet", counts[Answer.NOT_YET]),
        Answer.NOT_APPLICABLE: ngettext(
            "{count} for whom it does not apply",
            "{count} for whom it does not apply",
            counts[Answer.NOT_APPLICABLE],
        ),
    }
    return join_items(
        [words.format(count=number(counts[each])) for each, words in told.items() if counts[each]]
    )


def period_days(period: ReportPeriod) -> tuple[str, str]:
    """Return the first and the last day of a period."""
    return period.start, (date.fromisoformat(period.due) - timedelta(days=1)).isoformat()


def period_in_words(start: str, end: str) -> str:
    """Return the days that a report is on: “1 April 2026 to 31 March 2027”."""
    # Translators: the first and the last day of a period.
    return _("{start} to {end}").format(start=day_in_words(start), end=day_in_words(end))


def last_report(entry: Registered, reports: ReportsView | None) -> str:
    """Return the days that the last report of an organisation is on, and the day of its publication; '' if it
    has not reported."""
    latest = reports.reported[entry.signatory.slug].latest if reports else None
    if latest is None:
        return ""
    # Translators: the period of a report, and the day on which it was published.
    return _("{period}, published on {day}").format(
        period=period_in_words(latest.start, latest.end), day=day_in_words(latest.published)
    )


def report_counts(reports: ReportsView) -> Sequence[tuple[str, int]]:
    """Return the standings in a list of those whose signature stands, each with how many have it."""
    return [(reports.words[each], len(entries)) for each, entries in reports.groups.items() if entries]


def report_meanings(reports: ReportsView) -> Sequence[tuple[str, str]]:
    """Return the same standings, each under its full name with what it means."""
    # Translators: what a list calls how far a report is due, before what it means.
    title = _("Report “{standing}”")
    return [
        (title.format(standing=reports.words[each]), report_meaning(each))
        for each, entries in reports.groups.items()
        if entries
    ]
