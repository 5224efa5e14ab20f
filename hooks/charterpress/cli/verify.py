"""`charter verify`: every release, held against its digest, the one before it, and what git recorded."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from charterpress.checks import RELEASE_RULES, SIGNATORIES, report
from charterpress.cli.against import (
    Comparison,
    comparison_lines,
    comparison_values,
    hold_against,
    loss_lines,
    loss_values,
)
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    check_edition,
    command,
    format_option,
    only_errors,
    option,
    read_edition,
    use_colour,
)
from charterpress.cli.proofs import proof_lines, proof_values, utc_now
from charterpress.model import MAX_FILE_BYTES, Edition, Finding
from charterpress.model.errors import CharterError
from charterpress.proofs.digests import swhid
from charterpress.proofs.past_signatures import Lost, lost_signatures
from charterpress.proofs.time_stamps import Proof, prove
from charterpress.read import read_signatories
from charterpress.storage import git
from charterpress.text.escape import escape_lines
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_items
from charterpress.versions import freeze
from charterpress.versions.number import version_key
from charterpress.versions.translations import translation_name

NO_RECORD = N_("there is no repository here, or nothing is committed")
"""Why git was not asked, where that is no fault."""


@command(
    N_("hold every release against its digest, the one before it, and what git recorded of it"),
    "charter verify --against https://charter.example/",
    option(
        "--against",
        metavar="COPY",
        help=N_("compare with a site, a folder or file that somebody kept, or a digest from a certificate"),
    ),
    format_option(("text", "json"), N_("text for people (the default), json for programs")),
)
def verify_command(options: argparse.Namespace, out: TextIO) -> int:
    """Verify the releases against their digests, one another, the clock, git's history, and a copy. Return 1
    for an error, for a copy that differs, and where there is a repository that git does not read."""
    edition, source = read_edition(options), Path(options.source)
    comparison = hold_against(options.against, edition, source) if options.against is not None else None
    findings = check_edition(edition, RELEASE_RULES)
    fault = git.history_fault(source, freeze.FOLDER) if edition.recorded is None else ""
    tags = _version_tags(edition, source)
    lost = _lost_since_tags(edition, source, tags)
    proofs = prove(edition, utc_now())
    if options.format == "json":
        out.write(_verified_json(edition, findings, fault, lost=lost, comparison=comparison, proofs=proofs))
    else:
        if findings:
            out.write(report.format_text(findings, colour=use_colour(out, os.environ)))
        elif not edition.releases:
            out.write(_("No version has been released yet.\n"))
        else:
            out.write(_all_verified(edition))
        if edition.releases or findings:
            out.write(_git_record(edition, fault))
        out.write("".join(f"{line}\n" for line in proof_lines(proofs)))
        if edition.recorded and edition.signatories and not tags:
            out.write(
                _(
                    "No version has a tag here, so the register was not compared with what it said then. If "
                    "there are tags elsewhere, “git fetch --tags” gets them.\n"
                )
            )
        for tag, each in lost:
            said = _("Since the tag {tag}: {change}.").format(tag=tag, change=next(loss_lines([each])))
            out.write(f"{said}\n")
        if comparison:
            out.write("".join(f"{line}\n" for line in comparison_lines(comparison)))
    faulty = any(each.fault for proof in proofs for each in proof.statements)
    faulty = faulty or (comparison is not None and comparison.differs)
    bad = only_errors(findings) or (fault and edition.releases) or faulty
    return EXIT_FINDINGS if bad else EXIT_OK


def _version_tags(edition: Edition, source: Path) -> list[str]:
    """The versions that have a tag, the newest first; none where git cannot be asked."""
    try:
        return sorted(
            git.tags(source) & {each.version for each in edition.releases}, key=version_key, reverse=True
        )
    except CharterError:
        return []


def _lost_since_tags(edition: Edition, source: Path, tags: Sequence[str]) -> list[tuple[str, Lost]]:
    """What the register said at the tag of a version, and says no longer, each with the newest such tag.
    Nothing where git cannot be asked."""
    found: dict[tuple[object, ...], tuple[str, Lost]] = {}
    try:
        trees = {tag: git.objects_at(source, tag, SIGNATORIES) for tag in tags}
        same = {(path, swhid(data)[-40:]) for path, data in _entry_files(source)} if tags else set()
        changed = {tag: {*tree.items()} - same for tag, tree in trees.items()}
        contents = git.object_contents(source, (name for pairs in changed.values() for _, name in pairs))
    except CharterError:
        return []
    for tag, pairs in changed.items():
        files = {path: contents[name] for path, name in sorted(pairs) if path.endswith(".yml")}
        for each in lost_signatures(read_signatories(files), edition.signatories):
            found.setdefault((each.slug, each.loss, each.signature, each.report), (tag, each))
    return list(found.values())


def _entry_files(source: Path) -> Iterator[tuple[str, bytes]]:
    """The entries that are there now, by their paths in the charter's folder."""
    for path in (source / SIGNATORIES).glob("*.yml"):
        if path.is_file() and path.lstat().st_size <= MAX_FILE_BYTES:
            yield f"{SIGNATORIES}/{path.name}", path.read_bytes()


def _verified_json(
    edition: Edition,
    findings: Sequence[Finding],
    fault: str,
    *,
    lost: Sequence[tuple[str, Lost]],
    comparison: Comparison | None,
    proofs: Sequence[Proof],
) -> str:
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
        "time_stamps": proof_values(proofs),
        "register": [{"tag": tag, **loss_values([each])[0]} for tag, each in lost],
        **({"against": comparison_values(comparison)} if comparison else {}),
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
