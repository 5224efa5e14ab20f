"""What a proposal does → the one comment that says so, and is brought up to date in place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from press import redline, report
from press.forge.event import EventError
from press.model import Finding, Severity

MOST = 65_536
"""The characters that the host takes for a comment."""
MARK = "<!-- charter: {} -->"
"""The line by which a comment is found again; nobody sees it."""
BOT = "github-actions[bot]"
SHOWN = 40
"""Findings that are shown; of more, only the number is told."""
_CUT = "\n\n*The rest does not fit into a comment. The check of this proposal shows all of it.*\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What there is to say of a proposal. `outcome` are sentences, `changes` is the redline as Markdown, and
    both are ours or made quiet; `preview` is an address of ours, '' for none."""

    outcome: Sequence[str]
    changes: str
    findings: Sequence[Finding]
    preview: str = ""


def answer(told: Told) -> str:
    """Return the comment: at most `MOST` characters, in which no word of the proposal acts."""
    lines = [MARK.format("what this changes"), "## What this changes", ""]
    for sentence in told.outcome:
        lines += [sentence, ""]
    lines += _said(told.findings)
    if told.preview:
        lines += [f"The [checks of this proposal]({told.preview}) carry the built site, as “preview”.", ""]
    if told.changes:
        lines += ["### Word for word", "", told.changes]
    return cut("\n".join(lines).rstrip() + "\n")


def cut(words: str) -> str:
    """Return `words`, at the end of a line within what a comment holds, and a sentence that says so."""
    if len(words) <= MOST:
        return words
    kept = words[: MOST - len(_CUT)]
    return kept.rpartition("\n")[0] + _CUT


def _said(findings: Sequence[Finding]) -> list[str]:
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
    place = f"{shown(finding.path)}, line {finding.line}: " if finding.path else ""
    return f"- {place}{shown(finding.message)} ({finding.rule}). *{shown(finding.fix).capitalize()}.*"


def shown(words: str) -> str:
    """Return `words` of anybody in one line of Markdown, in which they do nothing but stand there."""
    return redline.quiet(report.visible(" ".join(words.split())))[:2000]


def earlier(data: bytes, mark: str) -> int | None:
    """Return the id of our comment, or the number of our issue, that bears `mark`; None where there is none.

    `data` is what the host lists, as JSON, in one list or in a list of pages. Anybody can write our mark: it
    counts only at the start of what the host's own robot wrote. Raises EventError where this is no list.
    """
    try:
        found = json.loads(data.decode())
    except (ValueError, RecursionError) as problem:
        raise EventError("event-malformed", "the list is not JSON") from problem
    if not isinstance(found, list):
        raise EventError("event-form", "the list is no list")
    for each in (item for page in found for item in (page if isinstance(page, list) else [page])):
        user, body = (each.get("user"), each.get("body")) if isinstance(each, dict) else (None, None)
        ours = isinstance(user, dict) and user.get("login") == BOT and user.get("type") == "Bot"
        if ours and isinstance(body, str) and body.startswith(MARK.format(mark)):
            number = each.get("number") or each.get("id")
            if isinstance(number, int) and number > 0:
                return number
    return None
