"""`charter check`: what is wrong, where, and what to write instead."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from charterpress.checks import SIGNATORIES, report
from charterpress.checks.queries import quote, suggestion
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    SETTINGS,
    check_edition,
    command,
    command_line,
    format_option,
    only_errors,
    option,
    read_edition,
    use_colour,
)
from charterpress.model import Edition, Finding, Severity
from charterpress.model.errors import UsageError
from charterpress.read import read_surroundings
from charterpress.storage import git
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.versions import freeze


@command(
    N_("say what is wrong with the charter, where, and what to write instead"),
    "charter check --format github --changed-since origin/main",
    option(
        "files",
        metavar="FILE",
        nargs="*",
        help=N_("only what is about these files or folders (default: all)"),
    ),
    format_option(
        ("text", "json", "github"),
        N_("text for people (the default), json for programs, github for annotations on a pull request"),
    ),
    option(
        "--changed-since",
        metavar="REF",
        help=N_(
            "make errors warnings in files that were not changed since REF, a branch or commit, "
            "and refuse any change to a release that is there"
        ),
    ),
)
def check_command(options: argparse.Namespace, out: TextIO) -> int:
    """Load, check and print. Return 0 if nothing blocks a build, 1 if an error does."""
    edition = read_edition(options)
    around = read_surroundings(Path(options.source), options.source)
    edition = replace(edition, surroundings=around)
    touched: frozenset[str] = frozenset()
    if options.changed_since is None:
        findings = check_edition(edition)
    else:
        source = Path(options.source)
        names = git.changed_since(source, options.changed_since)
        touched = frozenset(f"{edition.root}/{name}" for name in names)
        edition = replace(edition, agreed=protected_files(source, options.changed_since), touched=touched)
        findings = downgrade_untouched(check_edition(edition), touched, f"{edition.root}/{SETTINGS}")
    everything, findings = findings, _about_files(findings, edition, options.files)
    if options.format == "json":
        out.write(report.format_json(findings))
    elif options.format == "github":
        out.write(report.format_annotations(findings, edition.charter, touched=touched))
    elif findings or not options.files:
        out.write(report.format_text(findings, edition.charter, colour=use_colour(out, os.environ)))
    else:
        out.write(_("Nothing was found here.\n"))
    if options.format == "text" and (rest := len(everything) - len(findings)):
        message = ngettext(
            "{count} finding elsewhere: “{command}” shows all.\n",
            "{count} findings elsewhere: “{command}” shows all.\n",
            rest,
        )
        out.write(message.format(count=rest, command=command_line(options, "check")))
    return EXIT_FINDINGS if only_errors(findings) else EXIT_OK


def _about_files(
    findings: tuple[Finding, ...], edition: Edition, files: Sequence[str]
) -> tuple[Finding, ...]:
    """The findings that are about `files` or folders, as named from the working folder or the charter's; all
    if there are none. Raises UsageError for a file that is not there."""
    if not files:
        return findings
    root = Path(edition.root).resolve()
    known = {edition.root, *(entry.path for entry in edition.entries)}
    known |= {path for finding in findings for path in finding.paths}
    chosen = []
    for file in files:
        there = Path(file).resolve()
        inside = there.relative_to(root).as_posix() if there.is_relative_to(root) else file
        path = edition.root if inside == "." else f"{edition.root}/{inside.rstrip('/')}"
        if path not in known:
            hint = suggestion(path, known, _("name a file in {root}").format(root=edition.root))
            raise UsageError(
                _("there is no {file} in the charter: {hint}").format(file=quote(file), hint=hint)
            )
        chosen.append(path)
    return tuple(
        finding
        for finding in findings
        if any(path == each or path.startswith(f"{each}/") for path in finding.paths for each in chosen)
    )


def protected_files(source: Path, ref: str) -> dict[str, str]:
    """The files, as of `ref`, in folders from which nothing may be removed."""
    folders = (freeze.FOLDER, freeze.PROOFS, SIGNATORIES)
    return {path: digest for each in folders for path, digest in git.files_at(source, ref, each).items()}


def downgrade_untouched(
    findings: Sequence[Finding], touched: frozenset[str], settings: str
) -> tuple[Finding, ...]:
    """The findings, as warnings where no touched file causes them; if charter.yml, `settings`, is touched, as
    they are."""
    if settings in touched:
        return tuple(findings)
    return tuple(
        finding if _concerns(finding, touched) else replace(finding, severity=Severity.WARNING)
        for finding in findings
    )


def _concerns(finding: Finding, touched: frozenset[str]) -> bool:
    """Whether a finding is about a touched file, or a folder that contains one."""
    in_folder = any(name.startswith(f"{finding.path}/") for name in touched)
    return in_folder or not touched.isdisjoint(finding.paths)
