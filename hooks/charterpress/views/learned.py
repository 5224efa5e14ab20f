"""Reports and the history of a charter → what was said of each principle, and what since a version came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from charterpress.model import Answer, Class, Kind, Principle, Release, Theme
from charterpress.text.interface import ngettext, number
from charterpress.versions.number import version_key
from charterpress.views.history import History, PrincipleStep
from charterpress.views.reports import Answers, ReportsView

_SAME_WORDS = (Kind.MOVED, Kind.RENAMED, Kind.REORDERED, Kind.RETIRED)
"""What happens to a principle whose words stay as they were."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedPrinciple:
    """A principle that organisations said something of, with its theme: as it is now, or, of one that was
    retired, as it was last. `version` is that of its words."""

    theme: Theme
    principle: Principle
    version: str
    answers: Answers


@dataclass(frozen=True, kw_only=True, slots=True)
class Learned:
    """What was reported since the version `since` came: how many reports by how many organisations, and what
    they said of each principle, that which was kept least first."""

    since: Release
    reports: int
    organisations: int
    principles: tuple[ReportedPrinciple, ...]


def reported_principles(
    reports: ReportsView, history: History, since: str = ""
) -> Iterator[ReportedPrinciple]:
    """Yield every principle that something was said of, in the order of the versions, the newest first; only
    in reports published on the ISO day `since` or later, if that is given."""
    seen: set[str] = set()
    for release in reversed([each for each in history.releases if not each.consultation]):
        for theme, principle in release.charter.principles():
            heir = history.heir(principle.id)
            if heir in seen:
                continue
            seen.add(heir)
            answers = reports.answers_on(history.all_ids(heir), since)
            if answers.statements:
                yield ReportedPrinciple(
                    theme=theme, principle=principle, version=release.version, answers=answers
                )


def learned(reports: ReportsView, history: History, since: Release) -> Learned:
    """Return what was reported since the release `since` came."""
    published = [
        each.signatory.slug
        for each in reports.reporters
        for report in reports.of(each)
        if report.published >= since.date
    ]
    found = reported_principles(reports, history, since.date)
    return Learned(
        since=since,
        reports=len(published),
        organisations=len(set(published)),
        principles=tuple(sorted(found, key=lambda each: _kept(each.answers))),
    )


def earlier_words(answers: Answers, history: History, id: str) -> str:
    """Say how many of the answers that are counted are on words of the principle `id` that promise something
    else since; '' where all are on what it promises now."""
    steps = history.original.principle_steps(id)
    changed = next((each.release.version for each in steps if _changes_promise(each)), "")
    limit = version_key(changed) if changed else ()
    before = [each for each in answers.latest if version_key(each.report.version) < limit]
    if not before:
        return ""
    # Translators: of the answers about one promise; {version} is the number of a version.
    message = ngettext(
        "{count} of these answers is on words that version {version} has changed since.",
        "{count} of these answers are on words that version {version} has changed since.",
        len(before),
    )
    return message.format(count=number(len(before)), version=changed)


def _changes_promise(step: PrincipleStep) -> bool:
    binding = any(each.class_ is Class.COMMITMENT and each.kind not in _SAME_WORDS for each in step.changes)
    return bool(step.id) and binding and step.approved_class is Class.COMMITMENT


def _kept(answers: Answers) -> tuple[float, float]:
    """What share of the organisations to whom a principle applies kept it, and what share did so at least in
    part; 1 where it applies to none."""
    counts = answers.counts
    applies = answers.total - counts[Answer.NOT_APPLICABLE]
    kept = counts[Answer.KEPT]
    return (kept / applies, (kept + counts[Answer.IN_PART]) / applies) if applies else (1, 1)
