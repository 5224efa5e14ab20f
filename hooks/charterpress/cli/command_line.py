"""The table of commands → a parser whose errors say what to type instead."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, NoReturn

from charterpress.checks.queries import quote, quote_list, suggestion
from charterpress.cli.command import EXIT_USAGE, SOURCE, Command, default_source
from charterpress.text.escape import escape_controls

PROGRAM = "charterpress"
"""The name of the package, whose version pyproject.toml gives."""
MOST_USED = ("check", "status", "new", "diff", "release")
"""The commands that somebody who types `charter` alone is told of."""
_EXAMPLE = "example: "
_NAME = "COMMAND"
_SOURCE_HELP = f"the charter's folder (default: ${SOURCE}, else “charter”)"
_ERRORS = {
    "choice": r"argument (?P<name>\S+): invalid choice: '(?P<typed>.*?)' \(choose from (?P<names>.*)\)",
    "missing": r"the following arguments are required: (?P<names>.*)",
    "empty": r"argument (?P<name>\S+): expected .*",
    "both": r"argument (?P<name>\S+): not allowed with argument (?P<names>\S+)",
    "needless": r"argument (?P<name>\S+): ignored explicit argument '(?P<typed>.*)'",
    "ambiguous": r"ambiguous option: (?P<typed>.*?) could match (?P<names>.*)",
}
"""What argparse says, by kind."""


class _Version(argparse.Action):
    """The option that prints the version of this program; nothing else looks for it."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(f"{PROGRAM} {version(PROGRAM)}\n")
        parser.exit()


class Parser(argparse.ArgumentParser):
    """A parser of one command, with the commands below it."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - whatever argparse takes
        super().__init__(**settings)
        self.commands: Mapping[str, Command] = {}
        self.set_defaults(parser=self)

    # Any, as argparse has it, whose overloads for a namespace of another class are of no use here.
    def parse_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override] # noqa: ANN401
        """The options that were typed. An option that the command does not have ends the program."""
        options, extra = self.parse_known_args(args, namespace)
        if extra:
            options.parser.refuse(extra[0])
        return options

    def refuse(self, typed: str) -> NoReturn:
        """Exit because the command does not take what was typed."""
        name = typed.partition("=")[0]
        known = re.findall(r"--[a-z][a-z-]+", self.format_help().partition("\nexample: ")[0])
        hint = "leave it out, or put quotation marks around words that belong together"
        if name.startswith("-"):
            hint = suggestion(name, known, "leave it out")
        self.error(f"“{self.prog}” takes no {quote(name)}: {hint}")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with what was typed, and exit."""
        message = escape_controls(message)
        for kind, pattern in _ERRORS.items():
            if match := re.fullmatch(pattern, message, re.DOTALL):
                message = self._sentence(kind, **match.groupdict())
                break
        self.exit(EXIT_USAGE, f"error: {message}\n  “{self.prog} --help” says more\n")

    def _sentence(self, kind: str, name: str = "", typed: str = "", names: str = "") -> str:
        """What argparse says, in our words."""
        listed = re.findall(r"[\w.-]+", names)
        if kind == "choice":
            what = (
                f"there is no “{self.prog} {typed}”" if name == _NAME else f"{name} takes no {quote(typed)}"
            )
            few = (
                f"choose from {quote_list(listed)}"
                if len(listed) <= len(MOST_USED)
                else "nothing like it is there"
            )
            return f"{what}: {suggestion(typed, listed, few)}"
        if kind == "missing":
            if names == _NAME:
                return self._commands()
            needs = f"“{self.prog}” needs {' and '.join(names.split(', '))}"
            return f"{needs}, such as “{self.epilog.removeprefix(_EXAMPLE)}”" if self.epilog else needs
        return {
            "empty": f"{name} needs a value after it",
            "both": f"{name} and {names} exclude each other: give one of them",
            "needless": f"{name} takes no value: leave out {quote(typed)}",
            "ambiguous": f"{quote(typed)} is short for several: write {' or '.join(listed)}",
        }[kind]

    def _commands(self) -> str:
        """What can follow, for somebody who typed nothing else."""
        names = [name for name in MOST_USED if name in self.commands] or list(self.commands)
        rows = [f"  {self.prog} {name:10} {self.commands[name].about}" for name in names]
        return "\n".join(["say what to do, such as:", *rows])


def build_parser(commands: Mapping[str, Command], environment: Mapping[str, str]) -> Parser:
    """The command line, from the table of commands."""
    top = Parser(
        prog="charter",
        description="Write, check and publish a charter.",
        epilog="exit codes: 0 all is well, 1 something was found, 2 usage error",
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show this program's version")
    top.add_argument("--source", metavar="DIR", default=default_source(environment), help=_SOURCE_HELP)
    top.add_argument("--debug", action="store_true", help="show where in the program an error arose")
    _add(top, commands, "command")
    return top


def _add(parser: Parser, commands: Mapping[str, Command], called: str) -> None:
    """Add `commands`, and those below them, to `parser`; which one was typed is kept as `called`."""
    parser.commands = commands
    below = parser.add_subparsers(dest=called, metavar=_NAME, required=True)
    for name, each in commands.items():
        sub = below.add_parser(
            name,
            help=each.about,
            description=f"{each.about[0].upper()}{each.about[1:]}.",
            epilog=f"{_EXAMPLE}{each.example}",  # a line to copy, which is never broken
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        for add_option in each.options:
            add_option(sub)
        # Without a default, it leaves alone what was typed before the verb.
        sub.add_argument("--source", metavar="DIR", default=argparse.SUPPRESS, help=_SOURCE_HELP)
        if each.commands:
            _add(sub, each.commands, f"{called}_below")
