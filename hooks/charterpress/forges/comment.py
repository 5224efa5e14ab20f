"""What a proposal changes, and how the register stands → the comment and the weekly issue that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charterpress.model import Finding, Registered, Severity, Standing
from charterpress.register import count_register
from charterpress.text.escape import escape_markdown
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.views.late_reports import asks_anybody, late_names
from charterpress.views.reports import ReportsView, report_counts

MAX_COMMENT = 65_000
"""The characters of a comment: GitHub takes 65,536, and our mark comes before it."""
MAX_PART = 1000
"""The characters of one sentence of a finding that are shown: it may quote a whole line."""
MAX_FINDINGS = 40
"""Findings that are shown; of more, only the number is told."""
MAX_NAMES = 20
_PREVIEW = N_(
    "[The site with this change]({address}) can be looked at for two weeks: a ZIP file, for whoever is "
    "signed in here. It was made by the files of this proposal, so open it with the care that you open other "
    "people’s files with."
)
_NO_PREVIEW = N_("As soon as the site with this change is built, a link to it appears here.")
_CUT = N_("\n\n*The rest does not fit into a comment. The check of this proposal shows all of it.*\n")
_HEADINGS = {Severity.ERROR: N_("To mend first"), Severity.WARNING: N_("For a person to look at")}
_STANDING_WORDS = {
    Standing.CURRENT: N_("{count}: signed the current version"),
    Standing.IN_FORCE: N_("{count}: signed an earlier version, and their signature is in force"),
    Standing.ASKED: N_("{count}: are asked to sign again"),
    Standing.WITHDRAWN: N_("{count}: have withdrawn"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentContent:
    """The content of the comment. `outcome` are sentences, `changes` is the redline as Markdown, and both are
    ours or escaped; `preview` is an address of ours, or ''."""

    outcome: Sequence[str]
    changes: str
    findings: Sequence[Finding]
    preview: str = ""


def comment_body(content: CommentContent) -> str:
    """Return the comment: at most `MAX_COMMENT` characters, in which no word of the proposal acts."""
    lines = [_("## What this changes"), ""]
    for sentence in content.outcome:
        lines += [sentence, ""]
    for severity, heading in _HEADINGS.items():
        findings = [each for each in content.findings if each.severity is severity]
        if findings:
            lines += [f"### {_(heading)}", "", *map(_finding_item, findings[:MAX_FINDINGS])]
            if (more := len(findings) - MAX_FINDINGS) > 0:
                lines.append(ngettext("- and {count} more", "- and {count} more", more).format(count=more))
            lines.append("")
    lines += [_(_PREVIEW).format(address=content.preview) if content.preview else _(_NO_PREVIEW), ""]
    if content.changes:
        lines += [_("## Word for word"), "", content.changes]
    return _truncate("\n".join(lines).rstrip() + "\n")


def _finding_item(finding: Finding) -> str:
    parts = (finding.path, finding.message, finding.fix[:1].upper() + finding.fix[1:])
    path, message, fix = (escape_markdown(part, MAX_PART) for part in parts)
    if not path:
        return f"- {message} ({finding.rule}). *{fix}.*"
    place = _("{path}, line {number}: {message}").format(path=path, number=finding.line, message=message)
    return f"- {place} ({finding.rule}). *{fix}.*"


def weekly_issue_body(
    entries: Sequence[Registered],
    left_out: Sequence[Finding],
    links: str,
    today: str,
    reports: ReportsView | None = None,
) -> str:
    """Return the body of the issue: how many stand how, who is asked to sign again, how far `reports` are
    due, which files are left out of the register, and `links`, the report of `charter links` as Markdown."""
    standing = count_register(entries, today).standing
    lines = [_("## The register"), ""]
    lines += [
        f"- {_(_STANDING_WORDS[each]).format(count=number)}" for each, number in standing.items() if number
    ]
    lines += [] if entries else [_("Nobody has signed yet.")]
    asked = [each.signatory.name for each in entries if each.standing is Standing.ASKED]
    if asked and len(asked) <= MAX_NAMES:
        lines += ["", _("Asked to sign again: {asked}.").format(asked="; ".join(map(escape_markdown, asked)))]
    if reports and asks_anybody(reports):
        lines += ["", _("## Reports"), "", *_report_lines(reports)]
    if left_out:
        lines += ["", _("## Left out of the register"), ""]
        for each in left_out[:100]:
            path, message = escape_markdown(each.path, MAX_PART), escape_markdown(each.message, MAX_PART)
            lines.append(
                _("- {path}, line {line}: {message}").format(path=path, line=each.line, message=message)
            )
    return _truncate("\n".join([*lines, "", _("## Their pages"), "", links.strip()]) + "\n")


def _report_lines(reports: ReportsView) -> list[str]:
    """How many have which standing, and who has a report to send, with the last day for it."""
    late = {word: "; ".join(map(escape_markdown, names)) for word, names in late_names(reports)}
    counted = _("- {standing}: {count}")
    named = _("- {standing}: {count}. {names}")
    lines = [
        (named if word in late else counted).format(
            standing=escape_markdown(word), count=count, names=late.get(word, "")
        )
        for word, count in report_counts(reports)
    ]
    return [*lines, *(["", _("Write to them with “charter letters --to report-due”.")] if late else [])]


def _truncate(words: str) -> str:
    """`words`, cut at the end of a line to fit into a comment, with a sentence that says so."""
    if len(words) <= MAX_COMMENT:
        return words
    return words[: MAX_COMMENT - len(_(_CUT))].rpartition("\n")[0] + _(_CUT)
