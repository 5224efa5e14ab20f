"""The editors' commands: `charter` and its subcommands."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TextIO

from charterpress.cli import completion
from charterpress.cli.amend import CORRECT, RE_SIGN, WITHDRAW
from charterpress.cli.check import CHECK, VERIFY
from charterpress.cli.command import EXIT_OK, EXIT_USAGE, SOURCE, Command, default_source
from charterpress.cli.diff import DIFF
from charterpress.cli.init import INIT
from charterpress.cli.links import LINKS
from charterpress.cli.new import NEW
from charterpress.cli.release import RELEASE
from charterpress.cli.respond import RESPOND
from charterpress.cli.sign import SIGN
from charterpress.cli.status import STATUS
from charterpress.model.errors import CharterError
from charterpress.text.escape import escape_controls

COMMANDS: dict[str, Command] = {
    "check": CHECK,
    "status": STATUS,
    "diff": DIFF,
    "new": NEW,
    "release": RELEASE,
    "verify": VERIFY,
    "sign": SIGN,
    "re-sign": RE_SIGN,
    "withdraw": WITHDRAW,
    "correct": CORRECT,
    "links": LINKS,
    "respond": RESPOND,
    "init": INIT,
    "completion": completion.command(lambda: parser({})),
}


def parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    """The command line, from the table of commands."""
    top = argparse.ArgumentParser(
        prog="charter",
        description="Write, check and publish a charter.",
        epilog="exit codes: 0 all is well, 1 something was found, 2 usage error",
    )
    top.add_argument(
        "--source",
        metavar="DIR",
        default=default_source(environment),
        help=f"the charter's folder (default: ${SOURCE}, else “charter”)",
    )
    top.add_argument("--debug", action="store_true", help="show where in the program an error arose")
    _add(top, COMMANDS, "command")
    return top


def _add(parser: argparse.ArgumentParser, commands: Mapping[str, Command], called: str) -> None:
    """Add `commands`, and those below them, to `parser`; which one was typed is kept as `called`."""
    below = parser.add_subparsers(dest=called, metavar=f"{{{','.join(commands)}}}", required=True)
    for name, command in commands.items():
        sub = below.add_parser(
            name,
            help=command.about,
            description=_sentence(command.about),
            epilog=f"example: {command.example}",  # a line to copy, which is never broken
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.options(sub)
        if command.commands:
            _add(sub, command.commands, f"{called}_below")


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments` (default: the process's own) and return the exit code: 0 success, 1
    findings, 2 usage error. Output goes to stdout, errors to stderr."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    options = parser(os.environ).parse_args(arguments)
    gc.set_threshold(200_000, 20, 20)  # nearly all that a command makes it keeps to the end
    try:
        return _chosen(options)(options, sys.stdout)
    except CharterError as error:
        if options.debug:
            raise
        lines = [f"error: {escape_controls(str(error))}"]
        lines += [f"  {escape_controls(each)}" for each in error.details]
        sys.stderr.write("\n".join(lines) + "\n")
        return EXIT_USAGE
    except BrokenPipeError:
        # Whoever read the output has seen enough. Nothing may be written to the pipe at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK


def _chosen(options: argparse.Namespace) -> Callable[[argparse.Namespace, TextIO], int]:
    """The function that runs the command."""
    command, called = COMMANDS[options.command], "command"
    while command.run is None:
        called += "_below"
        command = command.commands[getattr(options, called)]
    return command.run
