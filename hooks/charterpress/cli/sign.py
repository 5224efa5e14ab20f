"""`charter sign`: filled-in forms → signatories' files."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TextIO

from charterpress.checks import SIGNATORIES
from charterpress.checks.queries import quote
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    command,
    disk_errors,
    format_option,
    local_date,
    option,
    read_edition,
    read_file,
)
from charterpress.cli.new.file_commands import require_charter
from charterpress.cli.verdicts import FORMATS
from charterpress.editing.sign_up import intake as sign_up
from charterpress.editing.sign_up.answers import Report
from charterpress.editing.sign_up.rest import rest_table
from charterpress.model import Document, Edition, EntryKind
from charterpress.model.errors import CharterError, UsageError
from charterpress.storage import atomic
from charterpress.storage.atomic import exclusive_lock
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _
from charterpress.text.written_dates import ORDERS

STDIN = "-"
ALL_ROWS = "all"
_ROWS = re.compile(r"([0-9]+)(?:-([0-9]+))?")
MAX_FILES = 10_000
"""Files of a folder that are read."""


@command(
    N_("turn filled-in forms to sign, sign again, correct, withdraw or report into the files of signatories"),
    "charter sign --from form.txt --dry-run",
    option(
        "--from", dest="file", metavar="FILE", required=True, help=N_("the form, a folder, or - for stdin")
    ),
    option("--as", dest="kind", choices=sign_up.KINDS, help=N_("how it came (default: what it looks like)")),
    option(
        "--dates",
        dest="order",
        choices=ORDERS,
        help=N_("how its dates stand in figures (default: as it shows)"),
    ),
    option("--encoding", metavar="NAME", help=N_("of a text that is not in UTF-8, such as windows-1250")),
    option("--rest", metavar="FILE", help=N_("write what was not taken in, and why, into a new CSV file")),
    format_option(FORMATS, N_("how to answer (default: text)")),
    option(
        "--accept",
        metavar="ROWS",
        nargs="?",
        const=ALL_ROWS,
        help=N_("take in what is held, once you have looked at it: all, or rows or messages, such as 3,7-9"),
    ),
    option("--refuse-like", metavar="FILE", help=N_("refuse every form that is like the one in FILE")),
    option("--dry-run", action="store_true", help=N_("say what would be written, and write nothing")),
)
def sign_command(options: argparse.Namespace, out: TextIO) -> int:
    """Write the files for all valid forms. Return 0 if all were written, else 1. Raises UsageError if there
    is no such file, CharterError if the charter is unreadable or writing fails."""
    said = sign_up.Options(order=options.order or "", encoding=options.encoding or "")
    rest = Path(options.rest) if options.rest else None
    if rest and rest.exists():
        raise UsageError(
            _("“{words}” is there already, and stays: name a new file for what was not taken in").format(
                words=rest
            )
        )
    name = "" if options.file == STDIN else options.file
    if name and Path(name).is_dir():
        if options.kind:
            raise UsageError(_("--as says how one file came: leave it out for a folder"))
        reading = sign_up.read_folder(_files(Path(name)), said)
    else:
        data = _read_form(options.file)
        reading = sign_up.read_forms(data, kind=options.kind or "", name=name, options=said)
    report = sign_forms(options, reading, name)
    if rest and (table := rest_table(report.reading, report.verdicts)):
        with disk_errors():
            atomic.write_file(rest, table)
        report = Report(**{**{key: getattr(report, key) for key in Report.__slots__}, "rest": str(rest)})
    out.write(FORMATS[options.format](report))
    return EXIT_OK if report.clean else EXIT_FINDINGS


def sign_forms(options: argparse.Namespace, reading: sign_up.Reading, name: str = "") -> Report:
    """Judge the forms that were read from the file `name`, write the files of those in order unless it is a
    dry run, and report. Raises CharterError if the charter is unreadable or writing fails."""
    lock = nullcontext() if options.dry_run else exclusive_lock(Path(options.source))
    with disk_errors(_("nothing more was written")), lock:
        return _write_entries(options, Path(options.source), reading, name)


def _write_entries(options: argparse.Namespace, source: Path, reading: sign_up.Reading, name: str) -> Report:
    if source.is_dir() and not options.dry_run:
        atomic.finish_writing(source)
    edition = read_edition(options)
    require_charter(edition)
    if len(reading.forms) > 1_000 and sys.stderr.isatty():
        sys.stderr.write(_("Looking at {count} forms …\n").format(count=number(len(reading.forms))))

    def entry_data(document: Document) -> bytes:
        return (source / document.path.removeprefix(f"{edition.root}/")).read_bytes()

    report = Report(
        root=edition.root,
        reading=reading,
        verdicts=sign_up.judge_forms(
            edition,
            reading.forms,
            entry_data=entry_data,
            today=local_date(),
            accept=_accepted(getattr(options, "accept", None), reading.kind),
            refused=_refused_forms(getattr(options, "refuse_like", None)),
        ),
        dry=options.dry_run,
        posted=reading.kind == "issue" or name.casefold().endswith(".md"),
    )
    if report.writes and not options.dry_run:
        _require_folder(edition)
        atomic.write_files(source, report.writes, report.removes)
    return report


def _accepted(rows: str | None, kind: str) -> Callable[[sign_up.Form], bool]:
    """Whether a form is among the `rows` of a table, or messages of a mailbox, that somebody looked at.
    Raises UsageError if they are none, or the forms are of a `kind` that has no numbers."""
    if rows is None or rows == ALL_ROWS:
        return lambda _ignored: rows is not None
    if kind == "folder":
        raise UsageError(_("rows are those of one file: name it with --from, or say --accept alone for all"))
    ranges = [_ROWS.fullmatch(each.strip()) for each in rows.split(",")]
    numbers = [(int(each[1]), int(each[2] or each[1])) for each in ranges if each]
    if len(numbers) < len(ranges) or any(first > last for first, last in numbers):
        raise UsageError(
            _("{rows} are not rows: use --accept alone for all, or --accept 3,7-9").format(rows=quote(rows))
        )
    return lambda form: any(first <= (form.row or form.message) <= last for first, last in numbers)


def _refused_forms(file: str | None) -> tuple[sign_up.Form, ...]:
    """The forms in the file of one that is refused. Raises UsageError if there is none in it."""
    if file is None:
        return ()
    forms = sign_up.read_forms(_read_form(file), name="" if file == STDIN else file).forms
    if not forms:
        raise UsageError(
            _("there is no form in {file}: save one of those to refuse in it, as it came").format(file=file)
        )
    return forms


def _read_form(file: str) -> bytes:
    """The bytes of a form, at most one more than the limit. Raises UsageError if there is no such file."""
    if file == STDIN:
        return sys.stdin.buffer.read(sign_up.MAX_MAILBOX_BYTES + 1)
    return read_file(file, sign_up.MAX_MAILBOX_BYTES)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of each file in `folder` and the folders in it, in the order of their names; links
    and hidden files are passed over. Raises UsageError for none, or far too many."""
    paths = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and not any(
            part.startswith(".") for part in path.relative_to(folder).parts
        )
    )  # fmt: skip
    if not paths:
        raise UsageError(_("there is no file in the folder “{folder}”").format(folder=folder))
    if len(paths) > MAX_FILES:
        raise UsageError(
            _("there are more than {most} files in “{folder}”: divide it").format(
                most=number(MAX_FILES), folder=folder
            )
        )
    size = 0
    for path in paths:
        size += path.stat().st_size
        if size > sign_up.MAX_MAILBOX_BYTES:
            most = sign_up.MAX_MAILBOX_BYTES // 1024 // 1024
            raise UsageError(
                _("the files in “{folder}” have more than {most} MiB together: divide it").format(
                    folder=folder, most=most
                )
            )
        yield path.relative_to(folder).as_posix(), read_file(str(path), sign_up.MAX_MAILBOX_BYTES)


def _require_folder(edition: Edition) -> None:
    """Raises CharterError if the entries would be outside the charter's folder."""
    folder = f"{edition.root}/{SIGNATORIES}"
    if any(each.path == folder and each.kind is not EntryKind.FOLDER for each in edition.entries):
        raise CharterError(
            _("this is not a folder, and files have to go into it; nothing was written"), path=folder
        )
