"""A form that reports how an organisation kept its promise → the report, or what has to be mended first."""

from __future__ import annotations

from collections.abc import Mapping

from charterpress.checks.queries import quote, quote_list
from charterpress.checks.signatories.addresses import host_of
from charterpress.editing.amend import Entry
from charterpress.editing.report import asks_reports, overlapping_report, reported_version, same_period
from charterpress.editing.sign_up.fields import Form, Reason, form_reason
from charterpress.editing.sign_up.report_lines import read_lines
from charterpress.model import Edition, Report, Signatory
from charterpress.model import Mapping as Block
from charterpress.model import Sequence as Listed
from charterpress.text.interface import gettext as _

NEEDED_TO_REPORT = ("period_start", "period_end")
"""What every report says; of the page and the principles one is enough."""
_KEYS = {
    "from": "period_start",
    "to": "period_end",
    "version": "reported_version",
    "link": "report_link",
    "published": "report_published",
}
"""The questions whose answers an entry has under its own keys."""


def read_report(
    edition: Edition, entry: Entry, form: Form, answers: Mapping[str, str], today: str
) -> tuple[Report | None, list[Reason], list[Reason]]:
    """Return the report that `form` gives, of which `answers` are the answers in one line as they are written
    to a file; what is wrong with it, and what a person should look at. None where the entry has that report
    already, or where something is wrong."""
    who = entry.signatory
    if not asks_reports(edition):
        fix = _("you don’t need to do anything: you have promised no report")
        return None, [form_reason(form, "request", _("this charter does not ask for reports"), fix)], []
    version = answers["reported_version"] or reported_version(who, answers["period_end"] or today)
    release = next((each for each in edition.releases if each.version == version), None)
    if release is None:
        return None, _no_version(edition, form, version), []
    known = [each.id for _theme, each in release.charter.principles()]
    principles, faults = read_lines(form.words("principle_answers"), known)
    reasons = [form_reason(form, "principle_answers", each.message, each.fix) for each in faults]
    if not principles and not answers["report_link"] and not form.words("report_link") and not faults:
        fix = _("give the page of your report, or answer at least one principle")
        reasons.append(form_reason(form, "principle_answers", _("there is no report in it"), fix))
    if answers["period_end"] > (day := form.sent or today):
        message = _("{day} is in the future").format(day=answers["period_end"])
        reasons.append(form_reason(form, "period_end", message, _("report once the period is over")))
    report = Report(
        start=answers["period_start"],
        end=answers["period_end"],
        version=version,
        link=answers["report_link"],
        published=answers["report_published"] or day,
        principles=principles,
    )
    earlier = same_period(who, report)
    if earlier and not reasons:
        return None, [], _differences(form, who, earlier, report)
    if answers["period_start"] <= answers["period_end"] and (other := overlapping_report(who, report)):
        message = _("{name} has a report on some of these days already, from {start} to {end}")
        message = message.format(name=quote(who.name), start=other.start, end=other.end)
        fix = _("give days that no other report covers")
        reasons.append(form_reason(form, "period_start", message, fix))
    return (None if reasons else report), reasons, [*_left(form, who), *_elsewhere(form, who, report)]


def _no_version(edition: Edition, form: Form, version: str) -> list[Reason]:
    if not version:
        return []  # the last day of the period is wrong, which is said already
    fix = _("write one of {choices}").format(choices=quote_list([each.version for each in edition.releases]))
    message = _("{version} is not a version of this charter").format(version=quote(version))
    return [form_reason(form, "reported_version", message, fix)]


def _differences(form: Form, who: Signatory, earlier: Report, report: Report) -> list[Reason]:
    """What a person should look at where the entry has a report for the same days."""
    if (earlier.link, earlier.principles) == (report.link, report.principles):
        return []
    message = _("{name} has a report from {start} to {end} already, and it says something else")
    fix = _("a published report stays as it is: if it is wrong, correct it by hand")
    named = message.format(name=quote(who.name), start=earlier.start, end=earlier.end)
    return [form_reason(form, "period_end", named, fix)]


def _left(form: Form, who: Signatory) -> list[Reason]:
    """What a person should look at where an organisation withdrew."""
    if not who.left:
        return []
    message = _("{name} withdrew on {date}").format(name=quote(who.name), date=who.left.date)
    return [form_reason(form, "name", message, _("make sure that it still wants to report"))]


def _elsewhere(form: Form, who: Signatory, report: Report) -> list[Reason]:
    """What a person should look at: the page of the report is not of the organisation's own website."""
    own, host = (host_of(each).removeprefix("www.") for each in (who.website, report.link))
    if not own or not host or host == own or host.endswith(f".{own}"):
        return []
    message = _("{host} is not the site in the entry, {own}").format(host=quote(host), own=quote(own))
    return [form_reason(form, "report_link", message, _("make sure that the page is the organisation's"))]


def report_lines(reports: Listed) -> dict[int, str]:
    """Return the question that each line of the reports of an entry answers, by its number."""
    keys: dict[int, str] = {}
    for report in reports.items:
        for key, node in report.entries if isinstance(report, Block) else ():
            if key.value != "principles":
                keys[key.line] = _KEYS.get(key.value, "principle_answers")
                continue
            keys[key.line] = "principle_answers"
            for each in node.items if isinstance(node, Listed) else ():
                if isinstance(each, Block):
                    keys |= {inner.line: "principle_answers" for inner, _node in each.entries}
    return keys
