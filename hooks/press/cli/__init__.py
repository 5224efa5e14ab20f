"""The editors' commands: `charter` and what stands after it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from press import report
from press.cli.checking import CHECK, VERIFY
from press.cli.command import CLEAN, USAGE, Command
from press.cli.diff import DIFF
from press.cli.linking import LINKS
from press.cli.releasing import RELEASE
from press.cli.responding import RESPOND
from press.cli.status import STATUS
from press.errors import PressError

SOURCE = "CHARTER_SOURCE"
"""The environment variable that names the charter's folder where --source does not."""
COMMANDS: dict[str, Command] = {
    "check": CHECK,
    "status": STATUS,
    "diff": DIFF,
    "release": RELEASE,
    "verify": VERIFY,
    "links": LINKS,
    "respond": RESPOND,
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
        sys.stderr.write(f"error: {report.visible(str(error))}\n")
        return USAGE
    except BrokenPipeError:
        # Whoever read the output has seen enough. Nothing may be written to the pipe at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
