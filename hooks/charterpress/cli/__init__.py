"""The editors' commands: `charter` and its subcommands."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from charterpress.cli import collector  # noqa: F401 - before all others
from charterpress.cli.amend import correct_command, re_sign_command, withdraw_command
from charterpress.cli.build import build_command, serve_command
from charterpress.cli.check import check_command
from charterpress.cli.ci import CI
from charterpress.cli.command import EXIT_OK, EXIT_USAGE, Command, Run, command, option
from charterpress.cli.command_line import Parser, build_parser
from charterpress.cli.diff import diff_command
from charterpress.cli.init import init_command
from charterpress.cli.letters import letters_command
from charterpress.cli.lineage import LINEAGE
from charterpress.cli.links import links_command
from charterpress.cli.new import NEW
from charterpress.cli.publish import publish_command
from charterpress.cli.release import release_command
from charterpress.cli.report import report_command
from charterpress.cli.sign import sign_command
from charterpress.cli.stamp import stamp_command
from charterpress.cli.status import status_command
from charterpress.cli.translate import translate_command
from charterpress.cli.upgrade import upgrade_command
from charterpress.cli.verify import verify_command
from charterpress.model.errors import CharterError
from charterpress.text.escape import escape_controls
from charterpress.text.interface import N_, use_language
from charterpress.text.interface import gettext as _
from charterpress.text.user_language import user_language


@command(
    N_("print what makes a shell complete this command at the Tab key"),
    "charter completion bash",
    option("shell", choices=("bash", "zsh", "fish", "tcsh"), help=N_("the shell that reads it")),
)
def completion_command(options: argparse.Namespace, out: TextIO) -> int:
    """Print the script with which a shell completes commands and options."""
    import shtab  # noqa: PLC0415 - no other command waits for it

    out.write(f"{shtab.complete(parser({}), shell=options.shell).rstrip()}\n")
    return EXIT_OK


COMMANDS: dict[str, Command] = {
    "check": check_command,
    "status": status_command,
    "diff": diff_command,
    "new": NEW,
    **LINEAGE,
    "build": build_command,
    "serve": serve_command,
    "release": release_command,
    "verify": verify_command,
    "stamp": stamp_command,
    "sign": sign_command,
    "re-sign": re_sign_command,
    "withdraw": withdraw_command,
    "report": report_command,
    "correct": correct_command,
    "translate": translate_command,
    "links": links_command,
    "letters": letters_command,
    "publish": publish_command,
    "ci": CI,
    "init": init_command,
    "upgrade": upgrade_command,
    "completion": completion_command,
}


def parser(environment: Mapping[str, str]) -> Parser:
    """The command line."""
    return build_parser(COMMANDS, environment)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments` (default: the process's own) and return the exit code: 0 success, 1
    findings, 2 usage error. Output goes to stdout, errors to stderr."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    with use_language(user_language(os.environ)):
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    options = parser(os.environ).parse_args(arguments)
    gc.freeze()  # modules are there to the end: no search for what can be freed goes through them
    try:
        return _chosen(options)(options, sys.stdout)
    except CharterError as error:
        if options.debug:
            raise
        lines = [_("error: {message}").format(message=escape_controls(str(error)))]
        lines += [f"  {escape_controls(each)}" for each in error.details]
        sys.stderr.write("\n".join(lines) + "\n")
        return EXIT_USAGE
    except BrokenPipeError:
        # Whoever read the output has seen enough. Nothing may be written to the pipe at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK


def _chosen(options: argparse.Namespace) -> Run:
    """The function that runs the command."""
    chosen, level = COMMANDS[options.command], "command"
    while chosen.run is None:
        level += "_below"
        chosen = chosen.commands[getattr(options, level)]
    return chosen.run
