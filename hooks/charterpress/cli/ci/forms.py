"""`charter ci sign-up`: a form from the forge → a proposal with one entry, or what to mend."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from charterpress.checks import SIGNATORIES
from charterpress.checks.languages import source_language
from charterpress.cli.ci.events import LABEL, event_data, event_option, forge_here
from charterpress.cli.ci.proposals import commit_files, propose_and_check
from charterpress.cli.command import EXIT_OK, command, read_edition
from charterpress.cli.sign import sign_forms
from charterpress.cli.verdicts import FORMATS
from charterpress.editing.sign_up import intake as sign_up
from charterpress.forges import Forge, Issue
from charterpress.storage import git
from charterpress.text.interface import N_, use_language
from charterpress.text.interface import gettext as _

_MARK = "sign-up"
_ANOTHER = N_("The form of issue #{number} names another organisation now, which is proposed by itself.")
_NO_ENTRY = N_("The form of issue #{number} was changed, and no entry can be made of it yet.")
_CHANGED = N_("The form of issue #{number} was changed after this approval: please read the entry again.")
_NEW = N_("Add the entry of issue {number}"), N_("Sign-up: issue {number}")
_AMENDED = N_("Change the entry of issue {number}"), N_("Change to an entry: issue {number}")
"""The subject of a commit, and the title of its proposal."""


@command(
    N_("turn a form that was filled in at the forge into a proposal, or say there what to mend"),
    "charter ci sign-up --event event.json",
    event_option,
)
def sign_up_command(options: argparse.Namespace, out: TextIO) -> int:
    """Answer the form, and propose its entry if it is in order. A form is known by its label, or by its
    questions where the label is missing. The answer is in the form's language, or else the charter's; what
    maintainers read is in that of the environment."""
    forge = forge_here(out)
    issue = forge.read_issue(event_data(options))
    if issue is None or not (LABEL in issue.labels or sign_up.is_issue_form(issue.body)):
        out.write(_("This is no open form to sign: there is nothing to do.\n"))
        return EXIT_OK
    if LABEL not in issue.labels:
        forge.add_label(issue.number, LABEL)
    base = git.resolve_commit(Path(), "HEAD")
    with use_language(sign_up.issue_language(issue.body) or source_language(read_edition(options))):
        reading = sign_up.read_forms(issue.body.encode(errors="replace"), kind="issue")
        report = sign_forms(argparse.Namespace(source=options.source, dry_run=False), reading)
        answer = FORMATS["markdown"](report)
    slug = report.verdicts[0].slug if report.clean else ""
    branches = _branches(forge, issue)
    branch = f"{_MARK}/{issue.number}-{slug}"
    for other, number in branches.items():
        if other != branch or not slug:
            message = _(_ANOTHER if slug else _NO_ENTRY)
            forge.withdraw(other, number, message.format(number=issue.number))
    if slug:
        path = f"{options.source}/{SIGNATORIES}/{slug}.yml"
        gone = [f"{options.source}/{each}" for each in report.removes]
        is_new = report.verdicts[0].outcome is sign_up.Outcome.NEW
        subject, title = (_(each).format(number=issue.number) for each in (_NEW if is_new else _AMENDED))
        commit_files(forge, [path, *gone], subject)
        if branch not in branches or _differs(forge, branch, path):
            if number := branches.get(branch, 0):
                forge.end_approvals(number, _(_CHANGED).format(number=issue.number))
            body = f"{FORMATS['markdown'](report)}\nCloses #{issue.number}.\n"
            propose_and_check(forge, (branch, title, body), base, options.source)
    forge.comment(issue.number, _MARK, answer)
    done = (
        _("An entry is proposed: issue {number}.\n")
        if slug
        else _("The form was answered: issue {number}.\n")
    )
    out.write(done.format(number=issue.number))
    return EXIT_OK


def _branches(forge: Forge, issue: Issue) -> dict[str, int]:
    """The branches that were made of this form, each for another organisation, with their proposals."""
    start = f"{_MARK}/{issue.number}"
    listed = forge.own_branches(start).items()
    return {name: number for name, number in listed if name == start or name.startswith(f"{start}-")}


def _differs(forge: Forge, branch: str, path: str) -> bool:
    """Whether the entry that stands here is another than that on the branch."""
    return bool(git.run_git(Path(), "diff", "--name-only", forge.fetch_branch(branch), "HEAD", "--", path))
