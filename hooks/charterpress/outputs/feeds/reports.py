"""The register → the feed of reports on how organisations keep what they signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import jinja2

from charterpress.model import Registered, Report
from charterpress.outputs.feeds.atom import FeedSite, atom_feed, feed_entry
from charterpress.text.interface import gettext as _
from charterpress.views import addresses
from charterpress.views.reports import ReportsView, period_in_words
from charterpress.views.signatories import RegisterView

LATEST = 100
"""How many reports the feed has: all are in signatories.json."""
REPORTED = "reported"
"""What an organisation did, as programs read it."""


class _Reporting(NamedTuple):
    """A report with who made it; `mark` tells it from others of the same organisation, version and period."""

    entry: Registered
    report: Report
    mark: str


def reports_feed(
    register: RegisterView, reports: ReportsView, here: FeedSite, template: jinja2.Template
) -> bytes:
    """Return the feed of the newest reports; `template` is that of an entry."""
    own = (entry for entry in reports.entries if not entry.signatory.reported_for)
    found = (each for entry in own for each in _reportings(entry, reports))
    newest = sorted(found, key=lambda each: each.report.published, reverse=True)[:LATEST]
    return atom_feed(
        here,
        addresses.REPORTS_FEED,
        addresses.REGISTER,
        [_entry(each, register, here, template) for each in newest],
        name="reports",
        title=_("{charter}: reports").format(charter=here.charter.title),
        about=_("What organisations report on how they keep the {charter}.").format(
            charter=here.charter.title
        ),
        since=min(each.date for each in register.releases.values() if each.charter.reporting),
    )


def _reportings(entry: Registered, reports: ReportsView) -> Iterator[_Reporting]:
    times: Counter[tuple[str, str]] = Counter()
    for report in sorted(reports.of(entry), key=lambda each: each.published):
        key = report.version, report.start
        times[key] += 1
        yield _Reporting(entry, report, f" {times[key]}" if times[key] > 1 else "")


def _entry(
    each: _Reporting, register: RegisterView, here: FeedSite, template: jinja2.Template
) -> dict[str, Any]:
    who, report, release = each.entry.signatory, each.report, register.releases[each.report.version]
    page = f"{here.address}{addresses.signatory_address(who.slug)}"
    period = period_in_words(report.start, report.end)
    content = template.render(
        who=who,
        report=report,
        release=release,
        period=period,
        page=f"{page}#reports",
        version=f"{here.address}{addresses.version_address(release.version)}",
    )
    name = f"report {(*who.formerly, who.slug)[0]} {report.start}{each.mark}"
    return feed_entry(
        title=here.directed(_("{name} reported on {period}").format(name=who.name, period=period)),
        link=page,
        content=here.directed_html(content),
        date=report.published,
        id=here.permanent_id(release, name),
        category=REPORTED,
    )
