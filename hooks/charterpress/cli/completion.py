"""`charter completion`: scripts with which a shell completes commands and options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TextIO

from charterpress.cli.command import EXIT_OK, Command

SHELLS = ("bash", "zsh", "tcsh")


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, help="the shell that reads it")


def command(parser: Callable[[], argparse.ArgumentParser]) -> Command:
    """The command that prints completions for the parser that `parser` makes."""

    def run(options: argparse.Namespace, out: TextIO) -> int:
        """Print the script."""
        import shtab  # noqa: PLC0415 - no other command waits for it

        out.write(f"{shtab.complete(parser(), shell=options.shell).rstrip()}\n")
        return EXIT_OK

    return Command(
        about="print what makes a shell complete this command at the Tab key",
        example="charter completion bash",
        options=_options,
        run=run,
    )
