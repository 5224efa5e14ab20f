"""`charter sign`: filled-in forms → signatories' files."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TextIO

from charterpress.checks import SIGNATORIES
from charterpress.cli.command import EXIT_FINDINGS, EXIT_OK, Command, read_edition
from charterpress.cli.verdicts import FORMATS, Report
from charterpress.editing import sign_up
from charterpress.model import Edition, EntryKind
from charterpress.model.errors import CharterError, UsageError
from charterpress.storage import atomic
from charterpress.storage.locks import exclusive_lock

STDIN = "-"


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="file", metavar="FILE", required=True, help="the form, or - for stdin")
    parser.add_argument(
        "--as", dest="kind", choices=sign_up.KINDS, help="how it came (default: what it looks like)"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to answer (default: text)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")


def _sign(options: argparse.Namespace, out: TextIO) -> int:
    """Write the files for all valid forms. Return 0 if all were written, else 1. Raises UsageError if there
    is no such file, CharterError if the charter is unreadable or writing fails."""
    data, source = _read_form(options.file), Path(options.source)
    name = "" if options.file == STDIN else options.file
    reading = sign_up.read_forms(data, kind=options.kind or "", name=name)
    try:
        with nullcontext() if options.dry_run else exclusive_lock(source):
            report = _write_entries(options, source, reading, name)
    except OSError as problem:
        raise CharterError(f"{problem.filename}: {problem.strerror}; nothing more was written") from problem
    out.write(FORMATS[options.format](report))
    return EXIT_OK if report.clean else EXIT_FINDINGS


def _write_entries(options: argparse.Namespace, source: Path, reading: sign_up.Reading, name: str) -> Report:
    """Judge the forms, write the files of those in order unless it is a dry run, and report."""
    if source.is_dir() and not options.dry_run:
        atomic.finish_writing(source)
    edition = read_edition(options)
    if edition.charter is None:
        settings = f"{edition.root}/charter.yml"
        raise CharterError("this cannot be read: run “charter check”", path=settings)
    _announce(len(reading.forms))
    report = Report(
        root=edition.root,
        reading=reading,
        verdicts=sign_up.judge_forms(edition, reading.forms),
        dry=options.dry_run,
        posted=reading.kind == "issue" or name.casefold().endswith(".md"),
    )
    if report.writes and not options.dry_run:
        _require_folder(edition)
        atomic.write_files(source, report.writes)
    return report


def _read_form(file: str) -> bytes:
    """The bytes of a form, at most one more than the limit. Raises UsageError if there is no such file."""
    try:
        if file == STDIN:
            return sys.stdin.buffer.read(sign_up.MAX_UPLOAD_BYTES + 1)
        with Path(file).open("rb") as opened:
            return opened.read(sign_up.MAX_UPLOAD_BYTES + 1)
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else "it has no such name"
        raise UsageError(f"the file “{file}” cannot be read: {why}") from problem


def _require_folder(edition: Edition) -> None:
    """Raises CharterError if the entries would be outside the charter's folder."""
    folder = f"{edition.root}/{SIGNATORIES}"
    if any(each.path == folder and each.kind is not EntryKind.FOLDER for each in edition.entries):
        raise CharterError("this is no folder, and files belong into it; nothing was written", path=folder)


def _announce(number: int) -> None:
    """Tell a person at a terminal that this takes a while."""
    if number > 1_000 and sys.stderr.isatty():
        sys.stderr.write(f"Looking at {number:,} forms …\n")


SIGN = Command(
    about="make filled-in forms to sign into the files of those who signed",
    example="charter sign --from form.txt --dry-run",
    options=_options,
    run=_sign,
)
