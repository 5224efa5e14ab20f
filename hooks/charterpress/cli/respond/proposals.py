"""A pull request → findings about its files, and the comment that describes its changes."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TextIO

from charterpress.checks import check, report
from charterpress.cli.check import downgrade_untouched, protected_files
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    SETTINGS,
    command,
    format_option,
    latest_date,
    missing_letters,
    only_errors,
    option,
    pluralise,
    read_file,
    required_path,
    use_colour,
)
from charterpress.cli.describe import class_summary, deciding_reasons, name_list, subject_names
from charterpress.cli.diff import Difference, difference_markdown
from charterpress.cli.status import working_status
from charterpress.editing.new import offers
from charterpress.forges import github
from charterpress.model import Class, Edition, Finding, Release, Severity
from charterpress.read import load
from charterpress.storage import git
from charterpress.text.escape import escape_markdown
from charterpress.versions import freeze, number
from charterpress.views.history import History

_PULLS = "the host’s list of open pull requests, where the payload does not say which it is about"
EVENT_OPTIONS = (
    required_path("--event", "the payload of the event"),
    option("--pulls", metavar="FILE", help=_PULLS),
)


@command(
    "judge the files of a proposal that charter check does not see, and how they are kept",
    "charter respond files --since origin/main",
    option("--since", required=True, metavar="REF", help="the branch that it is proposed to"),
    option("--head", default="HEAD", metavar="REF", help="what is proposed (default: HEAD)"),
    format_option(("text", "github"), "how to write"),
)
def files_command(options: argparse.Namespace, out: TextIO) -> int:
    """Check the files between two commits, without checking them out."""
    since, head = (git.resolve_commit(Path(), ref) for ref in (options.since, options.head))
    findings = _file_findings(Path(), options.source, since, head)
    if options.format == "github":
        out.write(report.format_annotations(findings))
    else:
        out.write(report.format_text(findings, colour=use_colour(out, os.environ)))
    return EXIT_FINDINGS if only_errors(findings) else EXIT_OK


def _file_findings(repository: Path, source: str, base: str, head: str) -> tuple[Finding, ...]:
    touched = [
        github.ChangedFile(
            path=each.path, mode=each.mode, before=each.before, size=each.size, start=each.start
        )
        for each in git.differences(repository, base, head)
    ]
    return github.check_changed_files(touched, Path(source).as_posix(), git.paths_in_commit(repository, head))


def _event_proposal(options: argparse.Namespace) -> github.Proposal | None:
    pulls = _read(options.pulls) if options.pulls else b"[]"
    return github.read_proposal(_read(options.event), pulls)


def _read(path: str) -> bytes:
    return read_file(path, github.MAX_LIST_BYTES)


@command(
    "say which pull request an event is about, and its commits",
    "charter respond which --event event.json --pulls pulls.json",
    *EVENT_OPTIONS,
)
def which_command(options: argparse.Namespace, out: TextIO) -> int:
    """Print the pull request in the forge's format for step outputs; nothing if there is none."""
    if proposal := _event_proposal(options):
        out.write(f"number={proposal.number}\nbase={proposal.base}\nhead={proposal.head}\n")
    return EXIT_OK


@command(
    "write the comment that says what a pull request changes",
    "charter respond pull-request --event event.json --base before --proposal proposed",
    *EVENT_OPTIONS,
    option("--artifacts", metavar="FILE", help="the host’s list of artifacts, for a link to the built site"),
    required_path("--base", "the files as they were where the proposal began", "DIR"),
    required_path("--proposal", "the proposed files, which are read and never run", "DIR"),
)
def pull_request_command(options: argparse.Namespace, out: TextIO) -> int:
    """Write the comment. Return 0 if nothing refuses the proposal, else 1."""
    proposal = _event_proposal(options)
    if proposal is None:
        raise github.EventError("event-moved", "no open pull request stands at the commit of the payload")
    if git.run_git(Path(options.proposal), "rev-parse", "HEAD").strip() != proposal.head:
        raise github.EventError(
            "event-moved", "the folder does not hold the commit that the payload tells of"
        )
    content = _comment_content(options, proposal)
    if options.artifacts:
        url = github.preview_url(_read(options.artifacts), proposal.repository, proposal.head)
        content = replace(content, preview=url)
    out.write(github.comment_body(content))
    return EXIT_FINDINGS if only_errors(content.findings) else EXIT_OK


def _comment_content(options: argparse.Namespace, proposal: github.Proposal) -> github.CommentContent:
    """Findings, classes and changes to the register, if the charter's files are safe to read."""
    folder = Path(options.proposal)
    findings = _file_findings(folder, options.source, proposal.base, proposal.head)
    source = folder / options.source
    if not source.is_dir() or source.resolve() != folder.resolve() / options.source:
        none = f"There is no folder “{options.source}” in this proposal, so its words cannot be compared."
        return github.CommentContent(outcome=[escape_markdown(none)], changes="", findings=findings)
    before = load(Path(options.base) / options.source, shown=options.source)
    after = load(source, shown=options.source)
    after = replace(
        after,
        recorded=git.first_added(source, freeze.FOLDER),
        today=latest_date(),
        agreed=protected_files(source, proposal.base),
        touched=frozenset(f"{after.root}/{name}" for name in git.changed_since(source, proposal.base)),
        missing_letters=partial(missing_letters, Path(options.base) / options.source),
    )
    checked = downgrade_untouched(check(after), after.touched, f"{after.root}/{SETTINGS}")
    shown = [each for each in checked if each.path in after.touched or each.severity is Severity.ERROR]
    outcome, changes = _outcome(before, after)
    return github.CommentContent(
        outcome=[*outcome, *map(escape_markdown, _register(before, after))],
        changes=changes,
        findings=(*findings, *shown),
    )


def _outcome(before: Edition, after: Edition) -> tuple[list[str], str]:
    """The class, the next version, who would have to sign again and what may be lowered, and then the
    changes, as Markdown."""
    if before.charter is None or after.charter is None:
        return ["What this changes cannot be told until what stands below is mended."], ""
    known = {release.version for release in before.releases}
    new = [release for release in after.releases if release.version not in known]
    sentences = [_new_version(after, each) for each in new]
    changes, status = number.changes(before.charter, after.charter, after.notes), working_status(after)
    notes = number.sound_notes(changes, after.notes, after.charter)
    names, redline = subject_names(before.charter, after.charter), ""
    blocks: list[str] = []
    if changes:
        reasons, class_ = "; ".join(deciding_reasons(changes, names, notes)), class_summary(changes, notes)
        sentences.append(f"{pluralise(len(changes), 'change')}, of the class {class_}: {reasons}.")
        redline = difference_markdown(
            Difference(old="now", new="proposed", changes=changes, notes=notes, names=names)
        )
        blocks = offers.offer_markdown(offers.find_offers(after, changes, notes), names)
    else:
        sentences.append("No word of the charter changes.")
    if status.version and status.class_ is not Class.NONE:
        sentences.append(f"With all that waits in the working text, the next version is {status.version}.")
        asked = [each.name for each in status.sign_again]
        again = f"{pluralise(len(asked), 'organisation')} to sign again{name_list(asked)}"
        sentences.append(f"It asks {again}." if asked else "It asks nobody to sign again.")
    return [*map(escape_markdown, sentences), *blocks], redline


def _new_version(edition: Edition, release: Release) -> str:
    """What a release that a proposal adds is, and what its notes lowered."""
    lowered = History(edition).lowerings(release)
    words = [f"{each.sentence} {each.reason} {' '.join(each.words)}" for each in lowered]
    return " ".join([f"It makes version {release.version}, of the class {release.class_}.", *words])


def _register(before: Edition, after: Edition) -> list[str]:
    """Who joins the register, and whose address changes."""
    known = {each.slug: each.name for each in before.signatories}
    joining, moving = [], []
    for each in after.signatories:
        former = next((known[slug] for slug in each.formerly if slug in known), "")
        if each.slug not in known and former:
            moving.append(f"{each.name} (was {former})")
        elif each.slug not in known:
            joining.append(each.name)
    groups = ((joining, "join the register"), (moving, "get a new address"))
    return [
        f"{pluralise(len(names), 'organisation')} would {what}{name_list(names)}."
        for names, what in groups
        if names
    ]
