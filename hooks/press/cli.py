"""The editors' commands: `charter` and what stands after it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from press import git, report
from press.check import check
from press.errors import PressError, UsageError
from press.load import load
from press.model import Finding, Severity

CLEAN, FOUND, USAGE = 0, 1, 2
SOURCE = "CHARTER_SOURCE"
"""The environment variable that names the charter's folder where --source does not."""
SETTINGS = "charter.yml"
FORMATS = ("text", "json", "github")


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One subcommand: what it is for, an example, the options it adds, and what runs it (giving the exit
    code)."""

    about: str
    example: str
    options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, TextIO], int]


# --- check -------------------------------------------------------------------------------------------


def _check_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text for people (the default), json for programs, github for annotations on a pull request",
    )
    parser.add_argument(
        "--changed-since",
        metavar="REF",
        help="make errors warnings in files that were not changed since REF, a branch or commit",
    )


def _check(options: argparse.Namespace, out: TextIO) -> int:
    """Load, check, print. 0 where nothing stops a build, 1 where an error does."""
    edition = load(Path(options.source), shown=options.source)
    findings = check(edition)
    touched: frozenset[str] = frozenset()
    if options.changed_since is not None:
        touched = changed_since(Path(options.source), edition.root, options.changed_since)
        findings = only_touched(findings, touched, f"{edition.root}/{SETTINGS}")
    formats = {
        "text": lambda: report.text(findings, edition.charter),
        "json": lambda: report.as_json(findings),
        "github": lambda: report.github(findings, edition.charter, touched=touched),
    }
    out.write(formats[options.format]())
    return FOUND if any(finding.severity is Severity.ERROR for finding in findings) else CLEAN


def changed_since(source: Path, shown: str, ref: str) -> frozenset[str]:
    """The files under `source` that differ from where this branch left `ref`, named as `shown`/…:
    committed or not, new ones and deleted ones too. Raises UsageError where git does not know `ref`."""
    if ref.startswith("-") or not ref.strip():
        raise UsageError(f"“{ref}” is not the name of a branch or commit")
    try:
        commit = git.run(
            source, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        ).strip()
    except PressError as problem:
        git.run(source, "rev-parse", "--git-dir")  # says so if git or the repository is what is missing
        raise UsageError(
            f"git does not know “{ref}”: name a branch or commit, such as origin/main"
        ) from problem
    plain = ("--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules=none")
    changed = git.run(source, "diff", "--name-only", "-z", "--relative", *plain, "--merge-base", commit, "--")
    untracked = git.run(source, "ls-files", "-z", "--others", "--exclude-standard")
    return frozenset(f"{shown}/{name}" for name in (changed + untracked).split("\0") if name)


def only_touched(findings: Sequence[Finding], touched: frozenset[str], settings: str) -> tuple[Finding, ...]:
    """The findings with every error that does not come from a touched file turned into a warning.
    `settings` is the path of charter.yml, whose rules hold for every file: where it is touched, all of
    them are."""
    if settings in touched:
        return tuple(findings)
    return tuple(
        finding
        if {finding.path, *finding.about} & touched or _holds_touched(finding.path, touched)
        else replace(finding, severity=Severity.WARNING)
        for finding in findings
    )


def _holds_touched(path: str, touched: frozenset[str]) -> bool:
    """Whether a finding is about a folder that a touched file lies in."""
    return any(name.startswith(f"{path}/") for name in touched)


# --- The command -------------------------------------------------------------------------------------

COMMANDS: dict[str, Command] = {
    "check": Command(
        about="say what is wrong with the charter, where, and what to write instead",
        example="charter check --format github --changed-since origin/main",
        options=_check_options,
        run=_check,
    ),
}


def parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    """The command line, from the table of commands."""
    top = argparse.ArgumentParser(
        prog="charter",
        description="Write, check and publish a charter.",
        epilog="exit codes: 0 all is well, 1 something was found, 2 it could not be asked like this",
    )
    top.add_argument(
        "--source",
        metavar="DIR",
        default=environment.get(SOURCE) or "charter",
        help=f"the charter's folder (default: ${SOURCE}, else “charter”)",
    )
    top.add_argument("--debug", action="store_true", help="show where in the program an error arose")
    commands = top.add_subparsers(dest="command", metavar=f"{{{','.join(COMMANDS)}}}", required=True)
    for name, command in COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=command.about,
            description=_sentence(command.about),
            epilog=f"example: {command.example}",
        )
        command.options(sub)
    return top


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line `arguments` (default: the process's own) and gives the exit code: 0 clean, 1
    something was found, 2 a question that cannot be answered. Everything it says goes to stdout, errors to
    stderr."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    options = parser(os.environ).parse_args(arguments)
    try:
        return COMMANDS[options.command].run(options, sys.stdout)
    except PressError as error:
        if options.debug:
            raise
        print(f"error: {report.visible(str(error))}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # Whoever read the output has seen enough. Nothing may be written to the pipe at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN


if __name__ == "__main__":
    sys.exit(main())
