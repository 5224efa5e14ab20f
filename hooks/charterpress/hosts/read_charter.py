"""The charter's folder → its edition, checked, with the findings in MkDocs' log."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

from charterpress import checks, read
from charterpress.checks import report
from charterpress.model import Edition, Finding, Severity
from charterpress.model.errors import CharterError
from charterpress.outputs.pdf.font_sources import FontSource
from charterpress.outputs.pdf.printable import missing_letters
from charterpress.storage import git
from charterpress.text.escape import escape_controls
from charterpress.text.interface import gettext as _

log = logging.getLogger("mkdocs.hooks.charter")


def read_charter(
    source: Path, root: Path, fonts: tuple[FontSource, ...], *, preview: bool
) -> tuple[Edition, tuple[Finding, ...]]:
    """The edition in `source`, and what the check finds in it, if it is to be printed with `fonts`. Raises
    CharterError for errors, except in a preview; an organisation whose file has errors is left out and named,
    which fails only a strict build."""
    shown = source.relative_to(root).as_posix() if source.is_relative_to(root) else str(source)
    # The date where it is latest in the world, so that nobody's today is in the future.
    today = datetime.now(timezone(timedelta(hours=14))).date().isoformat()
    recorded = git.first_added(source, "releases")
    edition = replace(
        read.load(source, shown=shown),
        recorded=recorded,
        listed=git.added_on(source, checks.SIGNATORIES),
        today=today,
        missing_letters=partial(missing_letters, fonts=fonts),
    )
    if recorded is None:
        log.info(
            _("no git repository is here, or git is not installed: the site is built without dates from it")
        )
    findings = checks.check(edition)
    if findings:
        _log_findings(findings, edition, preview=preview)
    # The files line by line are needed by the check alone, and take much memory where many have signed.
    return replace(checks.without_invalid(edition, findings), documents=(), entries=()), findings


def _log_findings(findings: tuple[Finding, ...], edition: Edition, *, preview: bool) -> None:
    says = _("the check of the charter says")
    text = f"{says}\n\n{report.format_text(findings)}"
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    left_out = [finding for finding in errors if checks.is_signatory_finding(finding, edition)]
    if not preview and len(left_out) < len(errors):
        raise CharterError(text)
    log.log(logging.ERROR if errors else logging.INFO, text)
    if left_out:
        paths = sorted({escape_controls(finding.path) for finding in left_out})
        log.error(_("left out of the register until it is mended: %s"), ", ".join(paths))
