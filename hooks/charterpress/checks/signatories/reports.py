"""Rules for what an organisation reports: on which days, on which version, and what of which principle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from charterpress.checks.queries import quote, quote_list, suggest, violation_at
from charterpress.checks.signatories.queries import (
    calendar_day,
    clean_text,
    principle_blocks,
    report_blocks,
    scalar_value,
    signatory_files,
)
from charterpress.model import (
    Answer,
    Document,
    Edition,
    Mapping,
    Release,
    Scalar,
    Violation,
    once_per_edition,
)
from charterpress.text.interface import gettext as _

MAX_DAYS = 3 * 366
"""A report on more days than these is a slip, unless two of the periods that were asked about are longer."""
_DAYS_OF_MONTH = 31
_ANSWERS = tuple(Answer)
MEANT_ANSWERS = {
    **dict.fromkeys(("yes", "fully", "full", "done", "true"), Answer.KEPT),
    **dict.fromkeys(("partly", "partially", "partial", "part", "mostly", "in parts"), Answer.IN_PART),
    **dict.fromkeys(("no", "not kept", "false", "not", "not met"), Answer.NOT_YET),
    **dict.fromkeys(("n/a", "na", "not applicable", "none"), Answer.NOT_APPLICABLE),
}
"""What people write in the place of an answer."""


class _Period(NamedTuple):
    """The days of a report, both as they are written and as they are meant; '' for what is none."""

    document: Document
    report: Mapping
    from_: Scalar
    to: Scalar
    start: str
    end: str


@once_per_edition
def _periods(edition: Edition) -> tuple[_Period, ...]:
    """The days of every report that has both."""
    periods = []
    for document, front in signatory_files(edition):
        for report in report_blocks(front):
            start, end = scalar_value(report, "from"), scalar_value(report, "to")
            if start and end and calendar_day(start) and calendar_day(end):
                periods.append(_Period(document, report, start, end, calendar_day(start), calendar_day(end)))
    return tuple(periods)


def report_period(edition: Edition) -> Iterator[Violation]:
    """A report covers the days from `from` to `to`: the last is not before the first, and they are not more
    than three years, or two of the periods that the version asks for.

    The site shows these days beside the report. Write the first and the last."""
    releases = {release.version: release for release in edition.releases}
    for each in _periods(edition):
        if each.end < each.start:
            message = _("{to} is before {start}, the first day that this report covers").format(
                to=quote(each.end), start=each.start
            )
            fix = _("write the last day that it covers")
            yield violation_at(each.document, each.to, message, fix)
        elif _days(each.start, each.end) > _most_days(
            releases.get(clean_text(scalar_value(each.report, "version")))
        ):
            message = _("from {start} to {to} is longer than a report can cover").format(
                start=each.start, to=each.end
            )
            yield violation_at(
                each.document, each.to, message, _("write the first and the last day that it covers")
            )


def _most_days(release: Release | None) -> int:
    reporting = release.charter.reporting if release else None
    asked = reporting.every.days + reporting.every.months * _DAYS_OF_MONTH if reporting else 0
    return max(MAX_DAYS, 2 * asked)


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def report_order(edition: Edition) -> Iterator[Violation]:
    """Reports are in the order of their days, the newest last, and no two cover the same day.

    Otherwise nobody could say which of them counts. Correct the report itself, and add no second one."""
    above: _Period | None = None
    for each in _periods(edition):
        if above and above.document is each.document and above.start <= above.end:
            yield from _order_violations(above, each)
        above = each


def _order_violations(above: _Period, each: _Period) -> Iterator[Violation]:
    if (each.start, each.end) == (above.start, above.end):
        message = _("the report on line {line} covers {start} to {end} already").format(
            start=each.start, end=each.end, line=above.report.line
        )
        yield violation_at(each.document, each.from_, message, _("keep one of the two reports"))
    elif each.end < above.start:
        message = _("{start} is before the days of the report above it, from {above}").format(
            start=each.start, above=above.start
        )
        yield violation_at(
            each.document, each.from_, message, _("put the reports in the order of their days")
        )
    elif each.start <= above.end:
        message = _("{start} is within the days of the report above it, which end on {end}").format(
            start=quote(each.start), end=above.end
        )
        fix = _("write the day after that, or correct the report above it")
        if above.end < each.end:
            after = date.fromisoformat(above.end) + timedelta(days=1)
            fix = _("write {words}").format(words=quote(after.isoformat()))
        yield violation_at(each.document, each.from_, message, fix)


def report_early(edition: Edition) -> Iterator[Violation]:
    """A report is published on the last day that it covers, or later.

    Nobody can say before then how a promise was kept. Write the day on which it was published."""
    for each in _periods(edition):
        value = scalar_value(each.report, "published")
        if value and (day := calendar_day(value)) and each.start <= each.end and day < each.end:
            message = _("{day} is before {end}, the last day that this report covers").format(
                day=day, end=each.end
            )
            fix = _("write the day on which it was published, or correct the last day that it covers")
            yield violation_at(each.document, value, message, fix)


def report_version(edition: Edition) -> Iterator[Violation]:
    """A report is on a version that the organisation had signed by its last day.

    It says how a promise was kept, and only what was signed was promised. A branch whose federation signed
    for it reports on what that signed. No report begins after its organisation withdrew."""
    entries = {each.path: each for each in edition.signatories}
    for document, front in signatory_files(edition):
        entry = entries.get(document.path)
        signatures = entry.signed if entry else ()
        gone = entry.withdrawn.date if entry and entry.withdrawn else ""
        versions = tuple(dict.fromkeys(each.version for each in signatures))
        for report in report_blocks(front):
            value, end = scalar_value(report, "version"), calendar_day(scalar_value(report, "to"))
            if value is None or not versions:
                continue
            version = clean_text(value)
            by_then = [each.version for each in signatures if not end or each.date <= end]
            likely = next(reversed(by_then), "")
            fix = _("write {words}").format(words=quote(likely)) if likely else ""
            if version not in versions:
                message = _("{version} is not a version that this organisation signed").format(
                    version=quote(version)
                )
                none = _("sign a version first, or correct the days that this report covers")
                yield violation_at(document, value, message, fix or none)
            elif version not in by_then:
                message = _("{version} was signed after {end}, the last day that this report covers")
                other = _("correct the days, or leave the report out")
                message = message.format(version=quote(version), end=end)
                yield violation_at(document, value, message, fix or other)
            elif gone and _is_after(report, gone) and not any(each.date > gone for each in signatures):
                message = _("this report covers days after {date}, when the organisation withdrew")
                other = _("correct the days, or leave the report out")
                yield violation_at(document, value, message.format(date=gone), other)


def _is_after(report: Mapping, gone: str) -> bool:
    """Whether a report begins after the organisation withdrew on the day `gone`."""
    start = calendar_day(scalar_value(report, "from"))
    return bool(start) and start > gone


def report_principle(edition: Edition) -> Iterator[Violation]:
    """A report names principles of the version that it is on, by their ids, and each once.

    That includes principles that were retired later, and none that were added later. The id is the end of the
    address of a principle's page."""
    ids = {
        release.version: [principle.id for _theme, principle in release.charter.principles()]
        for release in edition.releases
    }
    for document, front in signatory_files(edition):
        for report in report_blocks(front):
            version = clean_text(scalar_value(report, "version"))
            seen: dict[str, int] = {}
            for value in (scalar_value(each, "principle") for each in principle_blocks(report)):
                if value is None or version not in ids:
                    continue
                id = clean_text(value)
                if id not in ids[version]:
                    message = _("{id} is not a principle of {version}").format(id=quote(id), version=version)
                    likely = _renamed(edition, id, ids[version]) or id
                    fix = suggest(likely, ids[version], _("write the id of a principle of that version"))
                    yield violation_at(document, value, message, fix)
                elif id in seen:
                    message = _("{id} is in this report twice; the first is on line {line}").format(
                        id=quote(id), line=seen[id]
                    )
                    yield violation_at(document, value, message, _("keep one of the two"))
                seen.setdefault(id, value.line)


def _renamed(edition: Edition, id: str, known: list[str]) -> str:
    """What a principle with this id is called in another version whose ids are `known`; '' for nothing."""
    charters = [*(release.charter for release in edition.releases), edition.charter]
    for charter in filter(None, charters):
        for _theme, principle in charter.principles():
            names = (principle.id, *principle.formerly)
            if id in names and (other := next((each for each in names if each in known), "")):
                return other
    return ""


def report_answer(edition: Edition) -> Iterator[Violation]:
    """What an organisation says of a principle is kept, in part, not yet or does not apply.

    The site counts these, and shows the words beside them."""
    for document, front in signatory_files(edition):
        for report in report_blocks(front):
            for each in principle_blocks(report):
                value = scalar_value(each, "answer")
                if value and clean_text(value) not in _ANSWERS:
                    written = clean_text(value)
                    message = _("{value} is not an answer").format(value=quote(value.value))
                    choices = _("choose from {choices}").format(choices=quote_list(_ANSWERS))
                    likely = MEANT_ANSWERS.get(written.casefold(), written)
                    yield violation_at(document, value, message, suggest(likely, _ANSWERS, choices))
