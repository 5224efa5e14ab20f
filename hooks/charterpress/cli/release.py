"""`charter release`: the working text becomes the next version."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from charterpress.checks import report
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    blocking_errors,
    check_edition,
    command,
    disk_errors,
    either,
    format_option,
    local_date,
    note_missing_dictionaries,
    option,
    read_edition,
    use_colour,
)
from charterpress.cli.describe import json_document
from charterpress.cli.progress import progress_message
from charterpress.model import Edition, Release, Role
from charterpress.model.errors import CharterError
from charterpress.storage import atomic
from charterpress.storage.atomic import exclusive_lock
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.languages import own_name
from charterpress.text.lists import join_items
from charterpress.versions import freeze
from charterpress.views.history import History

RELEASED_ROLES = (Role.CHARTER, Role.PREAMBLE, Role.THEME, Role.PRINCIPLE, Role.CHANGE)
"""The files whose text is part of a release."""


@command(
    N_("freeze the working text as the next version; its number follows from the changes"),
    "charter release --date 2026-12-01 --first",
    option("--date", metavar="DATE", help=N_("the day of the release, as 2026-12-01 (default: today)")),
    either(
        option("--first", action="store_true", help=N_("make 1.0.0, the first version to be signed")),
        option(
            "--consultation", action="store_true", help=N_("make a draft below 1.0.0, which nobody can sign")
        ),
    ),
    format_option(("text", "json"), N_("text for people (the default), json for programs")),
)
def release_command(options: argparse.Namespace, out: TextIO) -> int:
    """Finish an interrupted release, or make the next one. Raises CharterError if the disk refuses."""
    source = Path(options.source)
    again = _("run “charter release” again once that is fixed")
    with disk_errors(again), exclusive_lock(source):
        finished = atomic.finish_writing(source, beside=freeze.FOLDER) if source.is_dir() else ()
        if finished:
            return _report_recovered(options, finished, out)
        return _make_release(source, options, out)


def _report_recovered(options: argparse.Namespace, written: tuple[str, ...], out: TextIO) -> int:
    paths = [_display_path(options.source, path) for path in written]
    if options.format == "json":
        out.write(
            json_document("release", {"released": None, "completed": True, "wrote": paths, "removed": []})
        )
        return EXIT_OK
    out.write(_("A release was interrupted. It is complete now:\n"))
    out.write("".join(f"  {_('wrote'):<7}  {path}\n" for path in paths))
    out.write(_("Run “charter stamp” and “charter verify”, then commit these files together.\n"))
    return EXIT_OK


def _make_release(source: Path, options: argparse.Namespace, out: TextIO) -> int:
    """Check, plan, write and report."""
    edition = read_edition(options)
    note_missing_dictionaries(edition)
    findings = blocking_errors(check_edition(edition), edition)
    if findings and options.format == "json":
        out.write(
            report.json_text(
                {"format": "charter-release-1", "released": None, **report.json_values(findings)}
            )
        )
        return EXIT_FINDINGS
    if findings:
        out.write(report.format_text(findings, colour=use_colour(out, os.environ)))
        out.write(_("Nothing was released. Fix the errors above, then run “charter release” again.\n"))
        return EXIT_FINDINGS
    log = source / ".." / freeze.CHANGELOG
    plan = freeze.plan_release(
        edition,
        date=options.date or local_date(),
        first=options.first,
        consultation=options.consultation,
        changelog=log.read_text(encoding="utf-8") if log.is_file() else None,
    )
    _try_pdf(source, edition, plan.release)
    atomic.write_files(source, plan.writes, plan.removes, beside=freeze.FOLDER)
    summary = _json if options.format == "json" else _summary
    out.write(summary(options.source, plan))
    return EXIT_OK


def _try_pdf(source: Path, edition: Edition, release: Release) -> None:
    """Raise CharterError if the PDF of `release` cannot be made: once frozen, its text cannot change."""
    from charterpress.hosts.print_fonts import charter_fonts  # noqa: PLC0415 - slow to import
    from charterpress.outputs.pdf.charter import charter_pdf, pdf_requests  # noqa: PLC0415 - as above
    from charterpress.outputs.pdf.engine import MissingLetterError  # noqa: PLC0415 - as above

    pair = (*edition.releases[-1:], release)  # a PDF shows changes from the previous version only
    request = pdf_requests(History(replace(edition, releases=pair)), "https://charter.example/")[-1]
    try:
        with progress_message(_("Checking that the new version can be printed")):
            charter_pdf(request, charter_fonts(source))
    except MissingLetterError as error:
        message = _("nothing was released: {message}")
        if places := join_items(list(_letter_places(edition, error.letters))):
            message = _("nothing was released: {message}. It is in {places}")
        raise CharterError(message.format(message=error.message, places=places)) from error
    except CharterError as error:
        raise CharterError(_("nothing was released: {message}").format(message=error.message)) from error


def _letter_places(edition: Edition, letters: Sequence[str]) -> Iterator[str]:
    """Yield “file:line” for every line that contains one of `letters`."""
    for document in edition.documents:
        for number, line in enumerate(document.lines, start=1):
            if document.role in RELEASED_ROLES and any(each in line for each in letters):
                yield f"{document.path}:{number}"


def _display_path(source: str, path: str) -> str:
    """Return a path below the charter's folder as a person would write it."""
    return (Path(source) / path).as_posix() if not path.startswith("../") else path.removeprefix("../")


def _json(source: str, plan: freeze.Plan) -> str:
    """For a program."""
    release = plan.release
    keys = ("version", "class", "date", "sha256")
    values = (release.version, release.class_, release.date, release.sha256)
    return json_document(
        "release",
        {
            "released": dict(zip(keys, values, strict=True)),
            "previous": release.previous.version if release.previous else None,
            "completed": False,
            "wrote": [_display_path(source, path) for path in sorted(plan.writes)],
            "removed": [_display_path(source, path) for path in plan.removes],
            "lowered": [each.values() for each in plan.lowered],
            **_translations_values(plan),
        },
    )


def _translations_values(plan: freeze.Plan) -> dict[str, object]:
    """The translations that were published with a release, and those that were not; nothing for neither."""
    keys = ("language", "revision", "standing", "sha256")
    values: dict[str, object] = {
        "translations": [{key: getattr(each, key) for key in keys} for each in plan.translations],
        "left_out": [{"language": tag, "behind": count} for tag, count in plan.left_out],
    }
    return {key: value for key, value in values.items() if value}


def _summary(source: str, plan: freeze.Plan) -> str:
    release = plan.release
    first = _("Released version {version} ({class_}) of {date}.")
    lines = [first.format(version=release.version, class_=release.class_, date=release.date)]
    lines += [f"  {_('wrote'):<7}  {_display_path(source, path)}" for path in sorted(plan.writes)]
    removed = (_display_path(source, path) for path in plan.removes)
    lines += [_("  removed  {path} (it is part of the release now)").format(path=path) for path in removed]
    digest = _("digest")
    lines += [f"  {digest:<7}  {release.sha256}"]
    for each in plan.translations:
        words = _("of the text in {language} ({standing})")
        words = words.format(language=own_name(each.language), standing=each.standing)
        lines.append(f"  {digest:<7}  {each.sha256} {words}")
    lines.append("")
    for tag, behind in plan.left_out:
        message = ngettext(
            "The courtesy translation into {language} is left out: {count} passage of it is not in step.",
            "The courtesy translation into {language} is left out: {count} passages of it are not in step.",
            behind,
        )
        command = f"charter translate {tag} --publish"
        lines.append(message.format(language=own_name(tag), count=behind))
        lines.append(_("Publish it when it is: {command}").format(command=command))
    if release.previous:
        command = f"charter diff {release.previous.version} {release.version}"
        lines.append(_("See what is new: {command}").format(command=command))
    lines.append(
        _("Have authorities outside say that it exists today: {command}").format(command="charter stamp")
    )
    lines.append(_("Now commit these files together. From then on this version never changes."))
    return "\n".join(lines) + "\n"
