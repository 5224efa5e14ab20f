"""`charter release`: the working text becomes the next version."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from charterpress.checks import report
from charterpress.cli.command import CLEAN, FOUND, Command, blocking, checked, coloured, read, today
from charterpress.cli.progress import waiting
from charterpress.model import Edition, Release, Role
from charterpress.model.errors import CharterError
from charterpress.storage import atomic
from charterpress.storage.locks import exclusive_lock
from charterpress.versions import freeze
from charterpress.views.history import History

WORDS = (Role.CHARTER, Role.PREAMBLE, Role.THEME, Role.PRINCIPLE, Role.CHANGE)
"""The files whose words a release takes in."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--date", metavar="DATE", help="the day of the release, as 2026-12-01 (default: today)"
    )
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--first", action="store_true", help="make 1.0.0, the first version to be signed")
    kind.add_argument(
        "--consultation", action="store_true", help="make a draft below 1.0.0, which nobody can sign"
    )


def _release(options: argparse.Namespace, out: TextIO) -> int:
    """Go on with what was broken off, or make the next release. Raises CharterError where the disk
    refuses."""
    source = Path(options.source)
    try:
        with exclusive_lock(source):
            finished = atomic.finish_writing(source, beside=freeze.FOLDER) if source.is_dir() else ()
            return _say_finished(options.source, finished, out) if finished else _make(source, options, out)
    except OSError as problem:
        again = "run “charter release” again when that is mended"
        raise CharterError(f"{problem.filename}: {problem.strerror}; {again}") from problem


def _say_finished(source: str, written: tuple[str, ...], out: TextIO) -> int:
    out.write("A release had been broken off. It is now done:\n")
    out.write("".join(f"  wrote    {_shown(source, path)}\n" for path in written))
    out.write("Run “charter verify”, and then commit these files together.\n")
    return CLEAN


def _make(source: Path, options: argparse.Namespace, out: TextIO) -> int:
    """Check, plan, write, and say what was done."""
    edition = read(options)
    if findings := blocking(checked(edition), edition):
        out.write(report.format_text(findings, colour=coloured(out, os.environ)))
        out.write("Nothing was released. Mend what stands above, and run “charter release” again.\n")
        return FOUND
    log = source / ".." / freeze.CHANGELOG
    plan = freeze.plan(
        edition,
        date=options.date or today(),
        first=options.first,
        consultation=options.consultation,
        changelog=log.read_text(encoding="utf-8") if log.is_file() else None,
    )
    _typeset(edition, plan.release)
    atomic.write_files(source, plan.writes, plan.removes, beside=freeze.FOLDER)
    out.write(_done(options.source, plan))
    return CLEAN


def _typeset(edition: Edition, release: Release) -> None:
    """Make the PDF of `release`, to see that it can be made: once it is frozen, no letter of it can change.
    Raises CharterError that names file and line of what no font
    can print, and that nothing was released."""
    from charterpress.outputs.pdf.charter import charter_pdf, pdf_requests  # noqa: PLC0415 - slow to import
    from charterpress.outputs.pdf.engine import MissingLetterError, font_folders  # noqa: PLC0415

    pair = (*edition.releases[-1:], release)  # what came before does not matter to it
    request = pdf_requests(History(replace(edition, releases=pair)), "https://charter.example/")[-1]
    try:
        with waiting("Trying whether the new version can be printed"):
            charter_pdf(
                release,
                address=request.address,
                changes=request.changes,
                superseded=request.superseded,
                font_folders=font_folders(),
            )
    except MissingLetterError as error:
        places = ", ".join(_places(edition, error.letters))
        where = f". It is written in {places}" if places else ""
        raise CharterError(f"nothing was released: {error.message}{where}") from error
    except CharterError as error:
        raise CharterError(f"nothing was released: {error.message}") from error


def _places(edition: Edition, letters: Sequence[str]) -> Iterator[str]:
    """File and line of every place where one of `letters` is written."""
    for document in edition.documents:
        for number, line in enumerate(document.lines, start=1):
            if document.role in WORDS and any(each in line for each in letters):
                yield f"{document.path}:{number}"


def _shown(source: str, path: str) -> str:
    """A path from the charter's folder as a person would write it."""
    return (Path(source) / path).as_posix() if not path.startswith("../") else path.removeprefix("../")


def _done(source: str, plan: freeze.Plan) -> str:
    release = plan.release
    lines = [f"Released version {release.version} ({release.class_}) of {release.date}."]
    lines += [f"  wrote    {_shown(source, path)}" for path in sorted(plan.writes)]
    lines += [f"  removed  {_shown(source, path)} (it stands in the release now)" for path in plan.removes]
    lines += [f"  digest   {release.sha256}", ""]
    if release.previous:
        lines.append(f"See what is new in it: charter diff {release.previous.version} {release.version}")
    lines.append("Then commit all of these together. From then on this version never changes.")
    return "\n".join(lines) + "\n"


RELEASE = Command(
    about="freeze the working text as the next version; its number follows from the changes",
    example="charter release --date 2026-12-01 --first",
    options=_options,
    run=_release,
)
