"""The state of the register and of pages' links → the weekly issue."""

from __future__ import annotations

from collections.abc import Sequence

from charterpress.forges.github.comment import LONGEST, truncate
from charterpress.forges.github.github_lists import MARK
from charterpress.model import Finding, Registered, Standing
from charterpress.register import count_register
from charterpress.text.escape import escape_markdown

MAX_NAMES = 20
_STANDING_WORDS = {
    Standing.CURRENT: "signed the current version",
    Standing.IN_FORCE: "signed an earlier version, and their signature is in force",
    Standing.ASKED: "are asked to sign again",
    Standing.WITHDRAWN: "have withdrawn",
}


def weekly_issue_body(
    entries: Sequence[Registered], left_out: Sequence[Finding], links: str, today: str
) -> str:
    """Return the body of the issue: how many stand how, who is asked to sign again, which files are left out
    of the register, and `links`, the report of `charter links` as Markdown."""
    standing = count_register(entries, today).standing
    lines = [MARK.format("this week"), "## The register", ""]
    lines += [f"- {number}: {_STANDING_WORDS[each]}" for each, number in standing.items() if number]
    lines += [] if entries else ["Nobody has signed yet."]
    asked = [each.signatory.name for each in entries if each.standing is Standing.ASKED]
    if asked and len(asked) <= MAX_NAMES:
        lines += ["", f"Asked to sign again: {'; '.join(map(escape_markdown, asked))}."]
    if left_out:
        lines += ["", "## Left out of the register", ""]
        for each in left_out[:100]:
            path, message = escape_markdown(each.path, LONGEST), escape_markdown(each.message, LONGEST)
            lines.append(f"- {path}, line {each.line}: {message}")
    return truncate("\n".join([*lines, "", "## Their pages", "", links.strip()]) + "\n")
