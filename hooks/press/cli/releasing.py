"""`charter release`: the working text becomes the next version."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TextIO

from press import freeze, publish, report
from press.check import check
from press.cli.command import CLEAN, FOUND, Command, blocking, read
from press.errors import PressError


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
    """Go on with what was broken off, or make the next release. Raises PressError where the disk refuses."""
    source = Path(options.source)
    try:
        finished = publish.finish(source, beside=freeze.FOLDER) if source.is_dir() else ()
        return _say_finished(options.source, finished, out) if finished else _make(source, options, out)
    except OSError as problem:
        again = "run “charter release” again when that is mended"
        raise PressError(f"{problem.filename}: {problem.strerror}; {again}") from problem


def _say_finished(source: str, written: tuple[str, ...], out: TextIO) -> int:
    out.write("A release had been broken off. It is now done:\n")
    out.write("".join(f"  wrote    {_shown(source, path)}\n" for path in written))
    out.write("Run “charter verify”, and then commit these files together.\n")
    return CLEAN


def _make(source: Path, options: argparse.Namespace, out: TextIO) -> int:
    """Check, plan, write, and say what was done."""
    edition = read(options)
    if findings := blocking(check(edition), edition):
        out.write(report.text(findings))
        out.write("Nothing was released. Mend what stands above, and run “charter release” again.\n")
        return FOUND
    log = source / ".." / freeze.CHANGELOG
    plan = freeze.plan(
        edition,
        date=options.date or datetime.now().astimezone().date().isoformat(),
        first=options.first,
        consultation=options.consultation,
        changelog=log.read_text(encoding="utf-8") if log.is_file() else None,
    )
    publish.write_all(source, plan.writes, plan.removes, beside=freeze.FOLDER)
    out.write(_done(options.source, plan))
    return CLEAN


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
