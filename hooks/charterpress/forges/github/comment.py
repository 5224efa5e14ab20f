"""What a proposal changes → the comment that says so, updated in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charterpress.forges.github.github_lists import MARK
from charterpress.model import Finding, Severity
from charterpress.text.escape import escape_markdown

MAX_COMMENT = 65_536
"""The characters that the host takes for a comment."""
LONGEST = 1000
"""The characters of one sentence of a finding that are shown: it may quote a whole line."""
SHOWN = 40
"""Findings that are shown; of more, only the number is told."""
_BUILT = (
    "[The site with this change]({}) can be looked at for two weeks: a ZIP file, for whoever is signed in "
    "here. It was made by the files of this proposal, so open it with the care that you open other people’s "
    "files with."
)
_NOT_BUILT = "As soon as the site with this change is built, a link to it stands here."
_CUT = "\n\n*The rest does not fit into a comment. The check of this proposal shows all of it.*\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentContent:
    """The content of the comment. `outcome` are sentences, `changes` is the redline as Markdown, and both are
    ours or escaped; `preview` is an address of ours, or ''."""

    outcome: Sequence[str]
    changes: str
    findings: Sequence[Finding]
    preview: str = ""


def comment_body(told: CommentContent) -> str:
    """Return the comment: at most `MAX_COMMENT` characters, in which no word of the proposal acts."""
    lines = [MARK.format("what this changes"), "## What this changes", ""]
    for sentence in told.outcome:
        lines += [sentence, ""]
    lines += _finding_line(told.findings)
    lines += [_BUILT.format(told.preview) if told.preview else _NOT_BUILT, ""]
    if told.changes:
        lines += ["## Word for word", "", told.changes]
    return truncate("\n".join(lines).rstrip() + "\n")


def truncate(words: str) -> str:
    """Return `words`, cut at the end of a line to fit into a comment, with a sentence that says so."""
    if len(words) <= MAX_COMMENT:
        return words
    kept = words[: MAX_COMMENT - len(_CUT)]
    return kept.rpartition("\n")[0] + _CUT


def _finding_line(findings: Sequence[Finding]) -> list[str]:
    lines = []
    for severity, heading in (
        (Severity.ERROR, "### To mend first"),
        (Severity.WARNING, "### For a person to look at"),
    ):
        of_kind = [each for each in findings if each.severity is severity]
        if of_kind:
            lines += [heading, "", *map(_one, of_kind[:SHOWN])]
            lines += [f"- and {len(of_kind) - SHOWN} more"] if len(of_kind) > SHOWN else []
            lines.append("")
    return lines


def _one(finding: Finding) -> str:
    path, message, fix = (
        escape_markdown(part, LONGEST)
        for part in (finding.path, finding.message, finding.fix[:1].upper() + finding.fix[1:])
    )
    place = f"{path}, line {finding.line}: " if path else ""
    return f"- {place}{message} ({finding.rule}). *{fix}.*"
