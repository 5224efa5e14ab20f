"""`charter translate --publish`: the translation of a version is published, or a published one corrected."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from charterpress.checks import RELEASE_RULES, report
from charterpress.checks.binding_texts import gap_violation
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    check_edition,
    disk_errors,
    local_date,
    only_errors,
    read_edition,
    use_colour,
)
from charterpress.cli.describe import json_document
from charterpress.editing.publish_translation import GapsError, Publication, publish_translation
from charterpress.editing.translate import require_language
from charterpress.model import Edition, Finding
from charterpress.model.errors import UsageError
from charterpress.storage import atomic
from charterpress.storage.atomic import exclusive_lock
from charterpress.text.escape import escape_lines
from charterpress.text.interface import gettext as _
from charterpress.text.languages import own_name
from charterpress.versions import diff, freeze

FORMAT = "translation"
"""What the form of its JSON is called."""


def publish(options: argparse.Namespace, out: TextIO) -> int:
    """Write the translation of a version, and its line in SHA256SUMS. Return 1 if the releases, the .po file
    or its units are not in order. Raises UsageError unless one language is named, and CharterError if it
    cannot be published or the disk refuses."""
    if len(options.language) != 1:
        raise UsageError(_("name the one language to publish, such as “charter translate cy --publish”"))
    source = Path(options.source)
    with disk_errors(), exclusive_lock(source):
        if source.is_dir():
            atomic.finish_writing(source, beside=freeze.FOLDER)
        edition = read_edition(options)
        tag = require_language(edition, options.language[0])
        if findings := _hindrances(edition, tag):
            return _refused(options, findings, out)
        try:
            made = publish_translation(
                edition,
                tag,
                version=options.of_version or "",
                date=options.date or local_date(),
                reason=options.reason or "",
            )
        except GapsError as error:
            return _behind(options, tag, error, out)
        atomic.write_files(source, made.writes, (), beside=freeze.FOLDER)
    out.write((_json if options.format == "json" else _text)(options, made, out))
    return EXIT_OK


def _hindrances(edition: Edition, tag: str) -> tuple[Finding, ...]:
    """What is wrong with the releases, or with the .po file of a language."""
    releases = {rule.id for rule in RELEASE_RULES}
    path = f"{edition.root}/translations/{tag}.po"
    errors = only_errors(check_edition(edition))
    kept = (each for each in errors if each.rule in releases or each.path == path)
    return tuple(each for each in kept if each.rule != "change-unnoted")


def _refused(options: argparse.Namespace, findings: tuple[Finding, ...], out: TextIO) -> int:
    if options.format == "json":
        values = {"published": None, **report.json_values(findings)}
        out.write(json_document(FORMAT, values))
    else:
        out.write(report.format_text(findings, colour=use_colour(out, os.environ)))
        out.write(_("Nothing was published. Fix the errors above first.") + "\n")
    return EXIT_FINDINGS


def _behind(options: argparse.Namespace, tag: str, error: GapsError, out: TextIO) -> int:
    """Say which units keep a translation from being published."""
    violations = [gap_violation(tag, error.path, gap) for gap in error.gaps]
    if options.format == "json":
        keys = ("path", "line", "message", "fix")
        found = [{key: getattr(each, key) for key in keys} for each in violations]
        out.write(json_document(FORMAT, {"published": None, "behind": found}))
        return EXIT_FINDINGS
    lines = []
    for each in violations:
        lines += [f"{each.path}:{each.line}: {each.message}", _("  fix: {fix}").format(fix=each.fix)]
    message = _("Nothing was published: {path} is not in step with version {version}.")
    lines.append(message.format(path=error.path, version=error.version))
    out.write("".join(f"{escape_lines(line)}\n" for line in lines))
    return EXIT_FINDINGS


def _paths(options: argparse.Namespace, made: Publication) -> list[str]:
    return [(Path(options.source) / path).as_posix() for path in sorted(made.writes)]


def _text(options: argparse.Namespace, made: Publication, out: TextIO) -> str:
    return "".join(f"{line}\n" for line in _lines(options, made, colour=use_colour(out, os.environ)))


def _lines(options: argparse.Namespace, made: Publication, *, colour: bool) -> Iterator[str]:
    told = made.translation
    message = _("Published version {version} in {language}, revision {revision} of {date} ({standing}).")
    yield message.format(
        version=told.version,
        language=own_name(told.language),
        revision=told.revision,
        date=told.date,
        standing=told.standing,
    )
    yield from (f"  {_('wrote'):<7}  {path}" for path in _paths(options, made))
    digest = _("digest")
    yield f"  {digest:<7}  {told.sha256}"
    yield ""
    for unit, before, after in made.changed:
        words = diff.redline_text(escape_lines(before), escape_lines(after), colour=colour)
        yield f"{unit.id}: {words}"
    yield _("Now commit these files together. From then on this revision never changes.")


def _json(options: argparse.Namespace, made: Publication, _colour: TextIO) -> str:
    """For a program. `changed` are the units that a correction changes, each with its words before and
    after."""
    keys = ("version", "language", "revision", "standing", "date", "sha256")
    return json_document(
        FORMAT,
        {
            "published": {key: getattr(made.translation, key) for key in keys},
            "wrote": _paths(options, made),
            "changed": [
                {"unit": unit.id, "before": before, "after": after} for unit, before, after in made.changed
            ],
        },
    )
