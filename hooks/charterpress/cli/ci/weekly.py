"""`charter ci weekly`: one issue that says how the register and the pages of signatories stand."""

from __future__ import annotations

import argparse
from typing import TextIO

from charterpress import register
from charterpress.checks import check, is_signatory_finding, without_invalid
from charterpress.cli.ci.events import forge_here
from charterpress.cli.command import EXIT_OK, command, latest_date, only_errors, read_edition
from charterpress.cli.links import FORMATS, links_report
from charterpress.forges import weekly_issue_body
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.views.reports import reports_view, standing_words


@command(
    N_("say in one issue how the register and the pages of those who signed stand"),
    "charter ci weekly",
)
def weekly_command(options: argparse.Namespace, out: TextIO) -> int:
    """Ask for the pages, and write the issue or bring it up to date."""
    links = FORMATS["markdown"](
        links_report(argparse.Namespace(source=options.source, site="", slugs=(), record=False))
    )
    edition = read_edition(options)
    findings = check(edition)
    left_out = [each for each in only_errors(findings) if is_signatory_finding(each, edition)]
    signatories = without_invalid(edition, findings).signatories
    entries = register.on_register(signatories, edition.releases, edition.today)
    words = standing_words(edition.charter)
    reports = reports_view(entries, edition.releases, edition.today, words)
    body = weekly_issue_body(entries, left_out, links, latest_date(), reports)
    forge_here(out).keep_issue(_("this week"), _("The register this week"), body)
    return EXIT_OK
