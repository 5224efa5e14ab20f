"""`charter ci check` and `comment`: what is said of a proposal, to whoever merges it and whoever made it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from charterpress.cli.ci.events import event_data, event_option, forge_here, head_option, show_with_run
from charterpress.cli.ci.judge import judge_merge
from charterpress.cli.command import EXIT_FINDINGS, EXIT_OK, command, only_errors
from charterpress.cli.counts import count_errors
from charterpress.forges import CommentContent, Forge, Proposal, State, comment_body
from charterpress.model.errors import CharterError
from charterpress.storage import git
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

COMMENT = N_("what this changes")
"""The mark of the comment."""
_NO_PROPOSAL = (
    N_("No open proposal to the default branch stands at that commit: there is nothing to do.") + "\n"
)


@command(
    N_("judge what merging a proposal would make, and say at the forge whether it may be merged"),
    "charter ci check --head my-branch",
    event_option,
    head_option,
)
def check_command(options: argparse.Namespace, out: TextIO) -> int:
    """Print the findings, and set the status of the proposal's commit. Return 1 if one is an error."""

    def judge(forge: Forge, proposal: Proposal) -> CommentContent:
        content = check_proposal(forge, proposal, options.source, fetch=True)
        out.write(forge.annotations(content.findings))
        show_with_run(forge, comment_body(content))
        return content

    return _with_proposal(options, out, judge)


@command(
    N_("say in one comment on a proposal what it changes"),
    "charter ci comment --head my-branch",
    event_option,
    head_option,
)
def comment_command(options: argparse.Namespace, out: TextIO) -> int:
    """Write the comment, or bring it up to date. Return 1 if something refuses the proposal."""

    def tell(forge: Forge, proposal: Proposal) -> CommentContent:
        forge.fetch_proposal(proposal.number)
        content = judge_merge(Path(), options.source, proposal)
        content = replace(content, preview=forge.preview_url(proposal))
        forge.comment(proposal.number, COMMENT, comment_body(content))
        return content

    return _with_proposal(options, out, tell)


def _with_proposal(
    options: argparse.Namespace, out: TextIO, answer: Callable[[Forge, Proposal], CommentContent]
) -> int:
    """Give the proposal that the event tells of to `answer`, or say that there is none. Return 1 if something
    in the answer refuses it."""
    forge = forge_here(out)
    proposal = _proposal(options, forge)
    if proposal is None:
        out.write(f"{_(_NO_PROPOSAL)}\n")
        return EXIT_OK
    return EXIT_FINDINGS if only_errors(answer(forge, proposal).findings) else EXIT_OK


def _proposal(options: argparse.Namespace, forge: Forge) -> Proposal | None:
    """What is proposed, to the commit that stands here: it is later than the base that an event tells of."""
    base = git.resolve_commit(Path(), "HEAD")
    if options.head:
        return Proposal(number=0, repository="", base=base, head=git.resolve_commit(Path(), options.head))
    proposal = forge.read_proposal(event_data(options))
    return proposal and replace(proposal, base=base)


def check_proposal(forge: Forge, proposal: Proposal, source: str, *, fetch: bool = False) -> CommentContent:
    """Judge a proposal, and set the status of its commit. What could not be judged is not to be merged: the
    status is there before anything is fetched, which may take longer than a run."""
    forge.set_status(proposal.head, State.PENDING, _("The words are being read."))
    try:
        if fetch:
            forge.fetch_proposal(proposal.number)
            git.resolve_commit(Path(), proposal.head)  # says so if the forge did not have it
        content = judge_merge(Path(), source, proposal)
    except CharterError as error:
        forge.set_status(
            proposal.head, State.ERROR, _("This could not be checked: {error}").format(error=error)
        )
        raise
    errors = len(only_errors(content.findings))
    state = State.FAILURE if errors else State.SUCCESS
    words = count_errors(errors) if errors else _("Nothing is to be mended.")
    forge.set_status(proposal.head, state, words)
    return content


def propose_and_check(forge: Forge, proposed: tuple[str, str, str], base: str, source: str) -> int:
    """Propose the commit that stands here, with the branch, title and text that `proposed` gives, and say of
    it what is said of every proposal: a forge starts no workflow for what a workflow made. Return its
    number."""
    number, head = forge.propose(*proposed), git.resolve_commit(Path(), "HEAD")
    content = check_proposal(forge, Proposal(number=number, repository="", base=base, head=head), source)
    forge.comment(number, COMMENT, comment_body(content))
    return number


def commit_files(forge: Forge, paths: Sequence[str], message: str) -> None:
    """Commit all changes to these files and folders, and no others."""
    name, email = forge.author()
    git.run_git(Path(), "add", "--all", "--", *paths)
    who = ("-c", f"user.name={name}", "-c", f"user.email={email}", "-c", "core.hooksPath=/dev/null")
    git.run_git(Path(), *who, "commit", "--quiet", "--message", message, "--", *paths)
