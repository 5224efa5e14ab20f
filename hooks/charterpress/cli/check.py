"""`charter check` and `charter verify`: what is wrong, where, and what to write instead."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from charterpress.checks import RELEASE_RULES, SIGNATORIES, report
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
from charterpress.text.escape import escape_lines
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_items
from charterpress.versions import freeze
from charterpress.versions.translations import translation_name

NO_RECORD = N_("there is no repository here, or nothing is committed")
"""Why git was not asked, where that is no fault."""


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
    return git.files_at(source, ref, freeze.FOLDER) | git.files_at(source, ref, SIGNATORIES)


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


@command(
    N_("hold every release against its digest, the one before it, and what git recorded of it"),
    "charter verify",
    format_option(("text", "json"), N_("text for people (the default), json for programs")),
)
def verify_command(options: argparse.Namespace, out: TextIO) -> int:
    """Verify the releases against their digests, one another, the clock and git's history. Return 1 for an
    error, and where there is a repository that git does not read."""
    edition = read_edition(options)
    findings = check_edition(edition, RELEASE_RULES)
    fault = git.history_fault(Path(options.source), freeze.FOLDER) if edition.recorded is None else ""
    if options.format == "json":
        out.write(_verified_json(edition, findings, fault))
    else:
        if findings:
            out.write(report.format_text(findings, colour=use_colour(out, os.environ)))
        elif not edition.releases:
            out.write(_("No version has been released yet.\n"))
        else:
            out.write(_all_verified(edition))
        if edition.releases or findings:
            out.write(_git_record(edition, fault))
    return EXIT_FINDINGS if only_errors(findings) or (fault and edition.releases) else EXIT_OK


def _verified_json(edition: Edition, findings: Sequence[Finding], fault: str) -> str:
    """For a program. `git` says whether each version was held against what git recorded, and if not, why."""
    keys = ("version", "date", "sha256")
    own = (*keys, "language", "revision")
    translations = [{key: getattr(each, key) for key in own} for each in edition.frozen_translations]
    document = {
        "format": "charter-verify-1",
        **report.json_values(findings),
        "versions": [{key: getattr(each, key) for key in keys} for each in edition.releases],
        **({"translations": translations} if translations else {}),
        "git": {
            "asked": edition.recorded is not None,
            "reason": fault or (_(NO_RECORD) if edition.recorded is None else ""),
            "uncommitted": _uncommitted(edition),
        },
    }
    return report.json_text(document)


def _all_verified(edition: Edition) -> str:
    """A sentence about what was verified."""
    first, last = edition.releases[0], edition.releases[-1]
    if first is last:
        whole = _("Version {version} of {date} is whole, and has the digest in {file}.\n")
        whole = whole.format(version=first.version, date=first.date, file=freeze.SUMS)
        return whole + _translations_verified(edition)
    whole = ngettext(
        "{count} version, from {first} of {first_date} to {last} of {last_date}: each is whole, has the "
        "digest in {file}, and holds that of the one before it.\n",
        "{count} versions, from {first} of {first_date} to {last} of {last_date}: each is whole, has the "
        "digest in {file}, and holds that of the one before it.\n",
        len(edition.releases),
    ).format(
        count=len(edition.releases),
        first=first.version,
        first_date=first.date,
        last=last.version,
        last_date=last.date,
        file=freeze.SUMS,
    )
    return whole + _translations_verified(edition)


def _translations_verified(edition: Edition) -> str:
    """A sentence about the published translations; '' for none."""
    count = len(edition.frozen_translations)
    if not count:
        return ""
    return ngettext(
        "{count} published translation is whole, and names the release that it translates.\n",
        "{count} published translations are whole, and each names the release that it translates.\n",
        count,
    ).format(count=count)


def _git_record(edition: Edition, fault: str) -> str:
    """A sentence about what git could confirm."""
    if fault or edition.recorded is None:
        message = _(
            "git could not be asked how each version was first recorded: {reason}. A version that was "
            "changed together with all digests would not be seen.\n"
        )
        return message.format(reason=escape_lines(fault) if fault else _(NO_RECORD))
    if new := _uncommitted(edition):
        return _("Not committed yet, so that git cannot vouch for it: {versions}.\n").format(
            versions=join_items(new)
        )
    return _("Each was held against what git recorded when it was first added.\n")


def _uncommitted(edition: Edition) -> list[str]:
    """The versions that no commit has yet."""
    if (recorded := edition.recorded) is None:
        return []
    names = {each.version: f"{each.version}.json" for each in edition.releases}
    names |= {
        translation_name(each).removesuffix(".json"): translation_name(each)
        for each in edition.frozen_translations
    }
    return [name for name, file in names.items() if f"{freeze.FOLDER}/{file}" not in recorded]
