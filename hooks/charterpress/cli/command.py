"""What every command has in common: its texts, exit codes, and inputs from the environment."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from charterpress.checks import RELEASE_STOPPERS, RULES, check, is_signatory_finding
from charterpress.cli.progress import progress_message
from charterpress.model import Edition, Finding, Rule, Severity
from charterpress.model.errors import CharterError, UsageError
from charterpress.read import load
from charterpress.storage import git
from charterpress.text.interface import gettext as _
from charterpress.text.words import has_unspaced, word_breaker
from charterpress.versions import freeze

EXIT_OK, EXIT_FINDINGS, EXIT_USAGE = 0, 1, 2
SETTINGS = "charter.yml"
EARLIEST_DATE = "2026-01-01"
"""Nothing was ever done with this program before: a clock that says so was not set."""
SOURCE = "CHARTER_SOURCE"
"""The environment variable that names the charter's folder where --source does not."""

Run: TypeAlias = Callable[[argparse.Namespace, TextIO], int]
"""What runs a command: it writes to the stream, and returns the exit code."""
Option: TypeAlias = Callable[[Any], object]
"""What adds an option or argument to a parser, or to a group of one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A subcommand: its purpose, an example, its options, and what runs it, or its own subcommands."""

    about: str
    example: str
    options: tuple[Option, ...] = ()
    run: Run | None = None
    commands: Mapping[str, Command] = field(default_factory=dict)


def command(about: str, example: str, *options: Option) -> Callable[[Run], Command]:
    """Make the function below into a command."""
    return lambda run: Command(about=about, example=example, options=options, run=run)


NAMES = {
    "principles": "ls themes/*/*.md | sed 's|.*/||; s|[.]md$||; /^index$/d'",
    "themes": "ls themes/*/index.md | sed 's|/index[.]md$||; s|.*/||'",
    "signatories": "ls signatories/*.yml | sed 's|.*/||; s|[.]yml$||'",
    "versions": "ls releases/*.json | sed 's|.*/||; s|[.]json$||'; echo draft",
}
"""What lists names of each kind in the charter's folder, for a shell to complete: none waits for Python."""


def option(*names: str, names_of: str = "", **settings: Any) -> Option:  # noqa: ANN401 - as argparse
    """An option or argument, as `ArgumentParser.add_argument` takes it; its `help` is a message of the
    catalogs, or gives one. `names_of` is a kind of `NAMES`."""

    def add(parser: Any) -> None:  # noqa: ANN401 - a parser, or a group of one
        about = settings.get("help", "")
        shown = {"help": about() if callable(about) else _(about)} if about else {}
        action = parser.add_argument(*names, **settings | shown)
        if names_of:
            action.complete = _completion(names_of)

    return add


def _completion(kind: str) -> dict[str, object]:
    """How each shell completes names of a kind, as shtab takes it."""
    command = (
        f'sh -c "cd \\"\\${{CHARTER_SOURCE:-charter}}\\" 2>/dev/null && {{ {NAMES[kind]}; }} 2>/dev/null"'
    )
    command = command.replace("$|", "\\$|").replace("$/d", "\\$/d")
    name = f"_charter_{kind}"
    functions = {
        "bash": f'{name}() {{\n  compgen -W "$({command})" -- "$1"\n}}',
        "zsh": f"{name}() {{\n  compadd -- $({command})\n}}",
        "fish": f"function {name}\n  {command}\nend",
    }
    return {"bash": name, "zsh": name, "fish": f"({name})", "preamble": functions}


def format_option(formats: Iterable[str], about: str) -> Option:
    """The option --format: one of `formats`, text by default."""
    return option("--format", choices=tuple(formats), default="text", help=about)


def either(*options: Option) -> Option:
    """Options of which only one can be given."""

    def add(parser: argparse.ArgumentParser) -> None:
        group = parser.add_mutually_exclusive_group()
        for each in options:
            each(group)

    return add


def default_source(environment: Mapping[str, str]) -> str:
    """The charter's folder by default."""
    return environment.get(SOURCE) or "charter"


def command_line(options: argparse.Namespace, words: str) -> str:
    """What to type next, for the same charter: “charter check”."""
    source = str(options.source)
    named = "" if source == default_source(os.environ) else f"--source {shlex.quote(source)} "
    return f"charter {named}{words}"


def use_colour(out: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether to use colour: on a terminal unless NO_COLOR is set (no-color.org), elsewhere only if
    FORCE_COLOR is (force-color.org)."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return out.isatty() and environment.get("TERM") != "dumb"


def read_file(path: str, most: int) -> bytes:
    """The bytes of a file, at most one more than `most`. Raises UsageError if it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as problem:
        why = (
            problem.strerror
            if isinstance(problem, OSError) and problem.strerror
            else _("it has no such name")
        )
        message = _("the file “{path}” cannot be read: {reason}").format(path=path, reason=why)
        raise UsageError(message) from problem


@contextmanager
def disk_errors(consequence: str = "") -> Iterator[None]:
    """Raise an OSError of the block as a CharterError that names the file and the `consequence`."""
    try:
        yield
    except BrokenPipeError:  # whoever read the answer has seen enough, and all is written
        raise
    except OSError as problem:
        message = f"{problem.filename}: {problem.strerror}"
        if consequence:
            message = _("{problem}; {consequence}").format(problem=message, consequence=consequence)
        raise CharterError(message) from problem


def read_edition(options: argparse.Namespace) -> Edition:
    """The charter that the command line names, with what git and the clock record about its releases. Raises
    UsageError if there is no such folder."""
    source = Path(options.source)
    if source.is_file():
        raise UsageError(
            _("“{source}” is a file: name the folder that holds the charter").format(source=source)
        )
    if not source.is_dir():
        raise UsageError(
            _("there is no folder “{source}” here: {folder_hint}").format(
                source=source, folder_hint=_folder_hint(source)
            )
        )
    with progress_message(_("Reading the charter")):
        return replace(
            load(source, shown=options.source),
            recorded=git.first_added(source, freeze.FOLDER),
            today=latest_date(),
            missing_letters=partial(missing_letters, source),
        )


def missing_letters(source: Path, letters: frozenset[str], *, code: bool) -> frozenset[str]:
    """Return those of `letters`, set as code if so, that none of the fonts for the charter in `source` has.
    Raises CharterError for a font that mkdocs.yml names and that is not there."""
    if not letters:
        return frozenset()
    from charterpress.hosts.print_fonts import charter_fonts  # noqa: PLC0415 - slow to import
    from charterpress.outputs.pdf import printable  # noqa: PLC0415 - as above

    return printable.missing_letters(letters, code=code, fonts=charter_fonts(source))


def note_missing_dictionaries(edition: Edition) -> None:
    """Say what to install if the charter has words that no space divides, and nothing here knows them."""
    lines = (line for document in edition.documents for line in document.lines)
    if any(map(has_unspaced, lines)) and word_breaker() is None:
        sys.stderr.write(
            _(
                "note: changes of words that no space divides are shown less exactly without a "
                'dictionary: type  python -m pip install "charterpress[segmentation]"  to have one\n'
            )
        )


def check_edition(edition: Edition, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """The findings of `rules` in `edition`; a terminal shows progress meanwhile."""
    with progress_message(_("Checking the charter")):
        return check(edition, rules)


def _folder_hint(source: Path) -> str:
    """How to get from the working folder to the charter."""
    above = next((each for each in Path.cwd().parents if (each / source / SETTINGS).is_file()), None)
    if above and not source.is_absolute():
        return _("go up to the folder that holds it, cd {relpath}").format(relpath=os.path.relpath(above))
    return _("go to the folder that it lies in, or name the charter's folder with --source DIR")


def local_date() -> str:
    """The local date, such as 2026-12-01. Raises CharterError if the clock is clearly wrong."""
    day = datetime.now().astimezone().date().isoformat()
    if day < EARLIEST_DATE:
        raise CharterError(
            _("this computer’s clock says that it is {day}: set it, or name the day with --date").format(
                day=day
            )
        )
    return day


def latest_date() -> str:
    """Today's date in the easternmost time zone, as 2026-12-01: later dates are in the future everywhere."""
    return datetime.now(timezone(timedelta(hours=14))).date().isoformat()


def only_errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are errors."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def blocking_errors(findings: Iterable[Finding], edition: Edition) -> tuple[Finding, ...]:
    """The findings that block a release: errors, but not those in a signatory's file, which is left out of
    the register, and the warnings of some rules."""
    return tuple(
        replace(finding, severity=Severity.ERROR)
        for finding in findings
        if finding.rule in RELEASE_STOPPERS
        or (finding.severity is Severity.ERROR and not is_signatory_finding(finding, edition))
    )
