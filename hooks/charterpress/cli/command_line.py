"""The table of commands → a parser whose errors say what to type instead."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from importlib.metadata import version
from typing import Any, NoReturn

from charterpress.checks.queries import join_choices, quote, quote_list, suggestion
from charterpress.cli.command import EXIT_USAGE, Command, default_source
from charterpress.text.escape import escape_controls
from charterpress.text.interface import N_, join_list
from charterpress.text.interface import gettext as _

PROGRAM = "charterpress"
"""The name of the package, whose version pyproject.toml gives."""
MOST_USED = ("check", "status", "new", "diff", "release")
"""The commands that somebody who types `charter` alone is told of."""
_NAME = "COMMAND"
_SOURCE_HELP = N_("the charter's folder (default: $CHARTER_SOURCE, else “charter”)")
_ERRORS = {
    "choice": r"argument (?P<name>\S+): invalid choice: '(?P<typed>.*?)' \(choose from (?P<names>.*)\)",
    "missing": r"the following arguments are required: (?P<names>.*)",
    "empty": r"argument (?P<name>\S+): expected .*",
    "both": r"argument (?P<name>\S+): not allowed with argument (?P<names>\S+)",
    "needless": r"argument (?P<name>\S+): ignored explicit argument '(?P<typed>.*)'",
    "ambiguous": r"ambiguous option: (?P<typed>.*?) could match (?P<names>.*)",
}
"""What argparse says, by kind."""
_REFUSALS = {
    "empty": N_("{option} needs a value after it"),
    "both": N_("{option} and {other} exclude each other: give one of them"),
    "needless": N_("{option} takes no value: leave out {value}"),
    "ambiguous": N_("{value} is short for several: write {choices}"),
}
"""What we say instead, where one sentence does."""


class _Version(argparse.Action):
    """The option that prints the version of this program; nothing else looks for it."""

    def __call__(self, parser: argparse.ArgumentParser, *_ignored: object) -> None:
        sys.stdout.write(f"{PROGRAM} {version(PROGRAM)}\n")
        parser.exit()


_SECTIONS = {"positional arguments": N_("positional arguments"), "options": N_("options")}
"""What argparse calls the parts of a help text."""


class _Formatter(argparse.HelpFormatter):
    """Help in the language in use: argparse asks the system's own catalogs, of which it has none."""

    # Any, as the classes of argparse that are asked for here have no public names.
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:  # noqa: ANN401 - argparse's own signature
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_(_SECTIONS[heading]) if heading in _SECTIONS else heading)


class _CommandFormatter(_Formatter, argparse.RawDescriptionHelpFormatter):
    """The same for a command, whose example is never broken."""


class Parser(argparse.ArgumentParser):
    """A parser of one command, with the commands below it."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - whatever argparse takes
        super().__init__(**{"formatter_class": _Formatter, **settings, "add_help": False})
        about = _("show this help message and exit")
        self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help=about)
        self.commands: Mapping[str, Command] = {}
        self.example = ""
        self.set_defaults(parser=self)

    # Any, as argparse has it, whose overloads for a namespace of another class are of no use here.
    def parse_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override] # noqa: ANN401 - argparse's own signature
        """The options that were typed. An option that the command does not have ends the program."""
        options, extra = self.parse_known_args(args, namespace)
        if extra:
            options.parser.refuse(extra[0])
        return options

    def refuse(self, typed: str) -> NoReturn:
        """Exit because the command does not take what was typed."""
        name = typed.partition("=")[0]
        known = re.findall(r"--[a-z][a-z-]+", self.format_help().partition(f"\n{self.epilog}")[0])
        hint = _("leave it out, or put quotation marks around words that belong together")
        if name.startswith("-"):
            hint = suggestion(name, known, _("leave it out"))
        message = _("“{command}” takes no {option}: {hint}")
        self.error(message.format(command=self.prog, option=quote(name), hint=hint))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with what was typed, and exit."""
        message = escape_controls(message)
        for kind, pattern in _ERRORS.items():
            if match := re.fullmatch(pattern, message, re.DOTALL):
                message = self._sentence(kind, **match.groupdict())
                break
        text = _("error: {message}\n  “{command} --help” says more\n")
        self.exit(EXIT_USAGE, text.format(message=message, command=self.prog))

    def _sentence(self, kind: str, name: str = "", typed: str = "", names: str = "") -> str:
        """What argparse says, in our words."""
        listed = re.findall(r"[\w.-]+", names)
        if kind == "choice":
            few = _("nothing like it is there")
            if len(listed) <= len(MOST_USED):
                few = _("choose from {choices}").format(choices=quote_list(listed))
            hint = suggestion(typed, listed, few)
            if name == _NAME:
                return _("there is no “{command}”: {hint}").format(command=f"{self.prog} {typed}", hint=hint)
            return _("{option} takes no {value}: {hint}").format(option=name, value=quote(typed), hint=hint)
        if kind == "missing":
            if names == _NAME:
                return self._commands()
            message = _("“{command}” needs {options}")
            if self.example:
                message = _("“{command}” needs {options}, such as “{example}”")
            needed = join_list(names.split(", "))
            return message.format(command=self.prog, options=needed, example=self.example)
        message = _(_REFUSALS[kind])
        return message.format(option=name, other=names, value=quote(typed), choices=join_choices(listed))

    def _commands(self) -> str:
        """What can follow, for somebody who typed nothing else."""
        names = [name for name in MOST_USED if name in self.commands] or list(self.commands)
        rows = [f"  {self.prog} {name:10} {_(self.commands[name].about)}" for name in names]
        return "\n".join([_("say what to do, such as:"), *rows])


def build_parser(commands: Mapping[str, Command], environment: Mapping[str, str]) -> Parser:
    """The command line, from the table of commands."""
    top = Parser(
        prog="charter",
        description=_("Write, check and publish a charter."),
        epilog=_("exit codes: 0 all is well, 1 something was found, 2 usage error"),
    )
    top.add_argument("--version", action=_Version, nargs=0, help=_("show this program's version"))
    top.add_argument("--source", metavar="DIR", default=default_source(environment), help=_(_SOURCE_HELP))
    top.add_argument("--debug", action="store_true", help=_("show where in the program an error arose"))
    _add(top, commands, "command")
    return top


class _Deferred:
    """The parser of a command, made when something is first asked of it: of forty commands one is typed."""

    def __init__(self, *, fill: Callable[[Parser], None], **settings: Any) -> None:  # noqa: ANN401 - whatever argparse takes
        self._fill, self._settings = fill, settings

    @property  # type: ignore[misc] # for isinstance, by which completions know a parser
    def __class__(self) -> type[Parser]:  # type: ignore[override] # the same
        return Parser

    @cached_property
    def _parser(self) -> Parser:
        made = Parser(**self._settings)
        self._fill(made)
        return made

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the parser has
        return getattr(self._parser, name)


def _add(parser: Parser, commands: Mapping[str, Command], called: str) -> None:
    """Add `commands`, and those below them, to `parser`; which one was typed is kept as `called`."""
    parser.commands = commands
    below = parser.add_subparsers(
        dest=called,
        metavar=_NAME,
        required=True,
        parser_class=_Deferred,  # type: ignore[type-var] # it answers as the parser does
    )
    for name, each in commands.items():
        about = _(each.about)
        below.add_parser(
            name,
            help=about,
            description=f"{about[0].upper()}{about[1:]}.",
            epilog=_("example: {command}").format(command=each.example),  # to copy, and never broken
            formatter_class=_CommandFormatter,
            fill=partial(_fill, each, called),
        )


def _fill(each: Command, called: str, parser: Parser) -> None:
    """Give the parser of a command its options, and the commands below it."""
    parser.example = each.example
    for add_option in each.options:
        add_option(parser)
    # Without a default, it leaves alone what was typed before the verb.
    parser.add_argument("--source", metavar="DIR", default=argparse.SUPPRESS, help=_(_SOURCE_HELP))
    if each.commands:
        _add(parser, each.commands, f"{called}_below")
