"""A pull request → findings about its files, and the comment that describes its changes."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from charterpress.checks import check, report
from charterpress.cli.check import downgrade_untouched, protected_files
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    SETTINGS,
    Command,
    latest_date,
    only_errors,
    pluralise,
    use_colour,
)
from charterpress.cli.describe import class_summary, deciding_reasons, name_list, subject_names
from charterpress.cli.diff import Difference, difference_markdown
from charterpress.cli.respond.event_files import read_payload
from charterpress.cli.status import working_status
from charterpress.forges import github
from charterpress.model import Class, Edition, Finding, Severity
from charterpress.read import load
from charterpress.storage import git
from charterpress.text.escape import escape_markdown
from charterpress.versions import freeze, number

# --- files -------------------------------------------------------------------------------------------


def _files_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--since", required=True, metavar="REF", help="the branch that it is proposed to")
    parser.add_argument("--head", default="HEAD", metavar="REF", help="what is proposed (default: HEAD)")
    parser.add_argument("--format", choices=("text", "github"), default="text", help="how to write")


def _files(options: argparse.Namespace, out: TextIO) -> int:
    """Check the files between two commits, without checking them out."""
    here = Path()
    since, head = git.resolve_commit(here, options.since), git.resolve_commit(here, options.head)
    found = _file_findings(here, options.source, since, head)
    if options.format == "github":
        out.write(report.format_annotations(found))
    else:
        out.write(report.format_text(found, colour=use_colour(out, os.environ)))
    return EXIT_FINDINGS if only_errors(found) else EXIT_OK


def _file_findings(repository: Path, source: str, base: str, head: str) -> tuple[Finding, ...]:
    touched = [
        github.ChangedFile(
            path=each.path, mode=each.mode, before=each.before, size=each.size, start=each.start
        )
        for each in git.differences(repository, base, head)
    ]
    return github.check_changed_files(touched, Path(source).as_posix(), git.paths_in_commit(repository, head))


# --- which -------------------------------------------------------------------------------------------


def _event_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--event", required=True, metavar="FILE", help="the payload of the event")
    parser.add_argument(
        "--pulls",
        metavar="FILE",
        help="the host’s list of open pull requests, where the payload does not say which it is about",
    )


def _event_proposal(options: argparse.Namespace) -> github.Proposal | None:
    listed = read_payload(options.pulls) if options.pulls else b"[]"
    return github.read_proposal(read_payload(options.event), listed)


def _which(options: argparse.Namespace, out: TextIO) -> int:
    """Print the pull request in the forge's format for step outputs; nothing if there is none."""
    if asked := _event_proposal(options):
        out.write(f"number={asked.number}\nbase={asked.base}\nhead={asked.head}\n")
    return EXIT_OK


# --- pull-request ------------------------------------------------------------------------------------


def _pull_options(parser: argparse.ArgumentParser) -> None:
    _event_options(parser)
    parser.add_argument(
        "--artifacts", metavar="FILE", help="the host’s list of artifacts, for a link to the built site"
    )
    parser.add_argument(
        "--base", required=True, metavar="DIR", help="the files as they were where the proposal began"
    )
    parser.add_argument(
        "--proposal", required=True, metavar="DIR", help="the proposed files, which are read and never run"
    )


def _pull_request(options: argparse.Namespace, out: TextIO) -> int:
    """Write the comment. Return 0 if nothing refuses the proposal, else 1."""
    asked = _event_proposal(options)
    if asked is None:
        raise github.EventError("event-moved", "no open pull request stands at the commit of the payload")
    proposal = Path(options.proposal)
    if git.run_git(proposal, "rev-parse", "HEAD").strip() != asked.head:
        raise github.EventError(
            "event-moved", "the folder does not hold the commit that the payload tells of"
        )
    told = _comment_content(options, asked)
    if options.artifacts:
        site = github.preview_url(read_payload(options.artifacts), asked.repository, asked.head)
        told = replace(told, preview=site)
    out.write(github.comment_body(told))
    return EXIT_FINDINGS if only_errors(told.findings) else EXIT_OK


def _comment_content(options: argparse.Namespace, asked: github.Proposal) -> github.CommentContent:
    """Findings, classes and changes to the register, if the charter's files are safe to read."""
    proposal = Path(options.proposal)
    verdicts = _file_findings(proposal, options.source, asked.base, asked.head)
    source = proposal / options.source
    whole = source.is_dir() and source.resolve() == proposal.resolve() / options.source
    if not whole:
        none = f"There is no folder “{options.source}” in this proposal, so its words cannot be compared."
        return github.CommentContent(outcome=[escape_markdown(none)], changes="", findings=verdicts)
    shown = load(source, shown=options.source)
    after = replace(
        shown,
        recorded=git.first_added(source, freeze.FOLDER),
        today=latest_date(),
        agreed=protected_files(source, asked.base),
        touched=frozenset(f"{shown.root}/{name}" for name in git.changed_since(source, asked.base)),
    )
    before = load(Path(options.base) / options.source, shown=options.source)
    return github.CommentContent(
        outcome=[escape_markdown(said) for said in [*_outcome(before, after), *_register(before, after)]],
        changes=_changes_markdown(before, after),
        findings=(*verdicts, *_findings(after)),
    )


def _findings(after: Edition) -> Sequence[Finding]:
    """Findings in touched files, and errors elsewhere that the proposal causes."""
    found = downgrade_untouched(check(after), after.touched, f"{after.root}/{SETTINGS}")
    return [each for each in found if each.path in after.touched or each.severity is Severity.ERROR]


def _outcome(before: Edition, after: Edition) -> list[str]:
    """The class of the proposal, the next version, and who would have to sign again."""
    if before.charter is None or after.charter is None:
        return ["What this changes cannot be told until what stands below is mended."]
    there = {release.version for release in before.releases}
    made = [release for release in after.releases if release.version not in there]
    said = [f"It makes version {each.version}, of the class {each.class_}." for each in made]
    changes, now = number.changes(before.charter, after.charter, after.notes), working_status(after)
    if changes:
        decided = "; ".join(deciding_reasons(changes, subject_names(before.charter, after.charter)))
        class_ = class_summary(changes, after.notes)
        said.append(f"{pluralise(len(changes), 'change')}, of the class {class_}: {decided}.")
    else:
        said.append("No word of the charter changes.")
    if now.version and now.class_ is not Class.NONE:
        said.append(f"With all that waits in the working text, the next version is {now.version}.")
        people = [each.name for each in now.sign_again]
        again = f"{pluralise(len(people), 'organisation')} to sign again{name_list(people)}"
        said.append(f"It asks {again}." if people else "It asks nobody to sign again.")
    return said


def _register(before: Edition, after: Edition) -> list[str]:
    """Who joins the register, and whose address changes."""
    there = {each.slug: each.name for each in before.signatories}
    new = [each for each in after.signatories if each.slug not in there]
    was = {each.slug: next((there[slug] for slug in each.formerly if slug in there), "") for each in new}
    come = [each.name for each in new if not was[each.slug]]
    moved = [f"{each.name} (was {was[each.slug]})" for each in new if was[each.slug]]
    said = (
        [f"{pluralise(len(come), 'organisation')} would join the register{name_list(come)}."] if come else []
    )
    if moved:
        said.append(f"{pluralise(len(moved), 'organisation')} would get a new address{name_list(moved)}.")
    return said


def _changes_markdown(before: Edition, after: Edition) -> str:
    if before.charter is None or after.charter is None:
        return ""
    changes = number.changes(before.charter, after.charter, after.notes)
    if not changes:
        return ""
    names = subject_names(before.charter, after.charter)
    return difference_markdown(
        Difference(old="now", new="proposed", changes=changes, notes=after.notes, names=names)
    )


FILES = Command(
    about="judge the files of a proposal that charter check does not see, and how they are kept",
    example="charter respond files --since origin/main",
    options=_files_options,
    run=_files,
)
WHICH = Command(
    about="say which pull request an event is about, and its commits",
    example="charter respond which --event event.json --pulls pulls.json",
    options=_event_options,
    run=_which,
)
PULL_REQUEST = Command(
    about="write the comment that says what a pull request changes",
    example="charter respond pull-request --event event.json --base before --proposal proposed",
    options=_pull_options,
    run=_pull_request,
)
