"""What a proposal changes, and how the register stands → the comment and the weekly issue that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charterpress.model import Finding, Registered, Severity, Standing
from charterpress.register import count_register
from charterpress.text.escape import escape_markdown

MAX_COMMENT = 65_000
"""The characters of a comment: GitHub takes 65,536, and our mark comes before it."""
MAX_PART = 1000
"""The characters of one sentence of a finding that are shown: it may quote a whole line."""
MAX_FINDINGS = 40
"""Findings that are shown; of more, only the number is told."""
MAX_NAMES = 20
_PREVIEW = (
    "[The site with this change]({}) can be looked at for two weeks: a ZIP file, for whoever is signed in "
    "here. It was made by the files of this proposal, so open it with the care that you open other people’s "
    "files with."
)
_NO_PREVIEW = "As soon as the site with this change is built, a link to it stands here."
_CUT = "\n\n*The rest does not fit into a comment. The check of this proposal shows all of it.*\n"
_HEADINGS = {Severity.ERROR: "### To mend first", Severity.WARNING: "### For a person to look at"}
_STANDING_WORDS = {
    Standing.CURRENT: "signed the current version",
    Standing.IN_FORCE: "signed an earlier version, and their signature is in force",
    Standing.ASKED: "are asked to sign again",
    Standing.WITHDRAWN: "have withdrawn",
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
    lines = ["## What this changes", ""]
    for sentence in content.outcome:
        lines += [sentence, ""]
    for severity, heading in _HEADINGS.items():
        findings = [each for each in content.findings if each.severity is severity]
        if findings:
            lines += [heading, "", *map(_finding_item, findings[:MAX_FINDINGS])]
            lines += [f"- and {len(findings) - MAX_FINDINGS} more"] if len(findings) > MAX_FINDINGS else []
            lines.append("")
    lines += [_PREVIEW.format(content.preview) if content.preview else _NO_PREVIEW, ""]
    if content.changes:
        lines += ["## Word for word", "", content.changes]
    return _truncate("\n".join(lines).rstrip() + "\n")


def _finding_item(finding: Finding) -> str:
    parts = (finding.path, finding.message, finding.fix[:1].upper() + finding.fix[1:])
    path, message, fix = (escape_markdown(part, MAX_PART) for part in parts)
    place = f"{path}, line {finding.line}: " if path else ""
    return f"- {place}{message} ({finding.rule}). *{fix}.*"


def weekly_issue_body(
    entries: Sequence[Registered], left_out: Sequence[Finding], links: str, today: str
) -> str:
    """Return the body of the issue: how many stand how, who is asked to sign again, which files are left out
    of the register, and `links`, the report of `charter links` as Markdown."""
    standing = count_register(entries, today).standing
    lines = ["## The register", ""]
    lines += [f"- {number}: {_STANDING_WORDS[each]}" for each, number in standing.items() if number]
    lines += [] if entries else ["Nobody has signed yet."]
    asked = [each.signatory.name for each in entries if each.standing is Standing.ASKED]
    if asked and len(asked) <= MAX_NAMES:
        lines += ["", f"Asked to sign again: {'; '.join(map(escape_markdown, asked))}."]
    if left_out:
        lines += ["", "## Left out of the register", ""]
        for each in left_out[:100]:
            path, message = escape_markdown(each.path, MAX_PART), escape_markdown(each.message, MAX_PART)
            lines.append(f"- {path}, line {each.line}: {message}")
    return _truncate("\n".join([*lines, "", "## Their pages", "", links.strip()]) + "\n")


def _truncate(words: str) -> str:
    """`words`, cut at the end of a line to fit into a comment, with a sentence that says so."""
    if len(words) <= MAX_COMMENT:
        return words
    return words[: MAX_COMMENT - len(_CUT)].rpartition("\n")[0] + _CUT
