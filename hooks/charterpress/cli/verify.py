"""`charter verify`: every release, held against its digest, the one before it, and what git recorded."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from charterpress.checks import RELEASE_RULES, report
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    check_edition,
    command,
    format_option,
    only_errors,
    read_edition,
    use_colour,
)
from charterpress.model import Edition, Finding
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
