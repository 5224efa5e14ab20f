"""`charter translate`: the text in another language, begun or brought in step."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from charterpress.checks import RULES, report
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    check_edition,
    command,
    command_line,
    disk_errors,
    format_option,
    option,
    read_edition,
    use_colour,
)
from charterpress.cli.describe import json_document
from charterpress.cli.new.file_commands import require_charter
from charterpress.cli.publish_translation import publish
from charterpress.cli.translation_status import MAX_NAMED, progress_lines, progress_values
from charterpress.editing import translate
from charterpress.model import Edition, Finding
from charterpress.model.errors import UsageError
from charterpress.storage import atomic
from charterpress.storage.atomic import exclusive_lock
from charterpress.text.escape import escape_lines
from charterpress.text.interface import N_, ngettext, number
from charterpress.text.interface import gettext as _

_GROUPS = {rule.id: rule.group for rule in RULES}


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why the file of a language is left alone."""

    language: str
    findings: tuple[Finding, ...]


@command(
    N_("begin a translation of the charter, or bring it in step with the text"),
    "charter translate cy",
    option(
        "language",
        metavar="LANGUAGE",
        nargs="*",
        help=N_("the codes of languages, such as cy (default: those that have a file or are in charter.yml)"),
    ),
    option(
        "--publish", action="store_true", help=N_("publish that of a version, or correct what is published")
    ),
    option("--version", dest="of_version", metavar="VERSION", help=N_("with --publish: of which version")),
    option(
        "--date", metavar="DATE", help=N_("with --publish: the day of it, as 2026-12-01 (default: today)")
    ),
    option("--reason", metavar="WORDS", help=N_("with --publish: why what is published is corrected")),
    option(
        "--check", action="store_true", help=N_("write nothing, and exit with 1 if a file is not in step")
    ),
    format_option(("text", "json"), N_("text for people (the default), json for programs")),
)
def translate_command(options: argparse.Namespace, out: TextIO) -> int:
    """Write the .po files of languages. Return 1 if one was left alone because something has to be mended
    first, or, with --check, if one is not in step. Raises CharterError if the disk refuses. With --publish,
    see `publish`."""
    if options.publish:
        return publish(options, out)
    if options.of_version or options.date or options.reason:
        raise UsageError(_("--version, --date and --reason go with --publish"))
    source = Path(options.source)
    with disk_errors(_("nothing more was written")), exclusive_lock(source):
        edition = read_edition(options)
        require_charter(edition)
        languages = _languages(options, edition)
        findings = check_edition(edition)
        results: list[translate.Update | _Refusal] = []
        for tag in languages:
            refused = translate.hindrances(edition, findings, _GROUPS, tag)
            results.append(_Refusal(tag, refused) if refused else translate.update(edition, tag))
        writes = {
            each.inside: each.data for each in results if isinstance(each, translate.Update) and each.changed
        }
        if writes and not options.check:
            atomic.write_files(source, writes)
    if options.format == "json":
        out.write(_json(edition, results, wrote=not options.check))
    else:
        out.write(_text(options, edition, results, out))
    behind = any(isinstance(each, _Refusal) or (options.check and each.changed) for each in results)
    return EXIT_FINDINGS if behind else EXIT_OK


def _languages(options: argparse.Namespace, edition: Edition) -> tuple[str, ...]:
    if options.language:
        return tuple(dict.fromkeys(translate.require_language(edition, tag) for tag in options.language))
    known = translate.known_languages(edition)
    if not known:
        raise UsageError(
            _("there is no translation yet: name the language to begin with, such as “charter translate cy”")
        )
    return known


def _text(
    options: argparse.Namespace,
    edition: Edition,
    results: Sequence[translate.Update | _Refusal],
    out: TextIO,
) -> str:
    lines: list[str] = []
    for each in results:
        if isinstance(each, _Refusal):
            lines += [report.format_text(each.findings, colour=use_colour(out, os.environ)).rstrip("\n")]
            path = f"{edition.root}/translations/{each.language}.po"
            lines += [
                escape_lines(_("{path} was left as it is. Fix the errors above first.").format(path=path)),
                "",
            ]
            continue
        path = escape_lines(f"{edition.root}/{each.inside}")
        if each.changed:
            done = _("to be written") if options.check else _("wrote")
            lines.append(f"{done}  {path}")
        else:
            lines.append(_("{path} is in step.").format(path=path))
        if each.changed and each.before is not None:
            lines += [f"  {sentence}" for sentence in _changes(each)]
        lines += [escape_lines(line) for line in progress_lines(each.progress, edition)]
        lines.append("")
    steps = list(_steps(options, edition, results))
    if steps:
        lines += [_("What is left to do:"), *(f"  {place}. {step}" for place, step in enumerate(steps, 1))]
    return "\n".join(lines).rstrip("\n") + "\n"


def _changes(update: translate.Update) -> Iterator[str]:
    """What a file that was there before gains and loses."""
    if update.added:
        yield _("new: {added}").format(added=_named(update.added))
    if update.removed:
        yield _("no longer in the text, kept at the end: {removed}").format(removed=_named(update.removed))


def _named(ids: Sequence[str]) -> str:
    """The first of some ids, and how many more there are; “charter translate --format json” has all."""
    more = len(ids) - MAX_NAMED
    shown = [escape_lines(id or "–") for id in ids[:MAX_NAMED]]
    if more > 0:
        shown.append(ngettext("and {count} more", "and {count} more", more).format(count=number(more)))
    return ", ".join(shown)


def _steps(
    options: argparse.Namespace, edition: Edition, results: Sequence[translate.Update | _Refusal]
) -> Iterator[str]:
    updates = [each for each in results if isinstance(each, translate.Update)]
    if options.check:
        if any(each.changed for each in updates):
            yield _("{command}  writes what is above.").format(command=command_line(options, "translate"))
        return
    unfinished = [each for each in updates if not each.progress.complete]
    for each in unfinished:
        yield _("Translate {root}/{inside} in Poedit, Weblate or a text editor.").format(
            root=edition.root, inside=each.inside
        )
    listed = dict(edition.charter.languages) if edition.charter else {}
    for each in updates:
        tag = each.progress.language
        if tag not in listed:
            yield (
                _(
                    "To publish it, list it in charter.yml: “languages: {{{tag}: courtesy}}”, or "
                    "“binding” if it is to be of equal standing."
                ).format(tag=tag)
            )


def _json(edition: Edition, results: Sequence[translate.Update | _Refusal], *, wrote: bool) -> str:
    """For a program. `findings` are what has to be mended before a file is written."""
    listed = dict(edition.charter.languages) if edition.charter else {}
    languages: list[dict[str, object]] = []
    for each in results:
        if isinstance(each, _Refusal):
            path = f"{edition.root}/translations/{each.language}.po"
            first = {"language": each.language, "path": path, "standing": listed.get(each.language)}
            languages.append({**first, "refused": True, **report.json_values(each.findings)})
            continue
        languages.append(
            {
                **progress_values(each.progress, edition),
                "path": f"{edition.root}/{each.inside}",
                "refused": False,
                "in_step": not each.changed or wrote,
                "wrote": each.changed and wrote,
                "added": list(each.added),
                "removed": list(each.removed),
            }
        )
    return json_document("translate", {"languages": languages})
