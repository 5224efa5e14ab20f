"""What the commands that create a file have in common: prompting, writing and reporting."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import EXIT_OK, Run, disk_errors, read_edition
from charterpress.cli.prompts import Terminal
from charterpress.editing.new.drafts import Draft
from charterpress.model import Edition, Severity
from charterpress.model.errors import CharterError, UsageError
from charterpress.storage import atomic
from charterpress.storage.atomic import exclusive_lock
from charterpress.text.escape import escape_lines
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

CHECKING = N_("Checking what will be written")


def interactive_terminal(out: TextIO) -> Terminal | None:
    """The terminal to prompt on; None if there is none."""
    return Terminal(read=input, out=out) if sys.stdin.isatty() and out.isatty() else None


def with_lock(make: Callable[[argparse.Namespace, Edition, TextIO], int]) -> Run:
    """A command that finishes an interrupted one, or else reads the charter for `make` to add to."""

    def run(options: argparse.Namespace, out: TextIO) -> int:
        source = Path(options.source)
        with disk_errors(_("nothing more was written")), exclusive_lock(source):
            finished = atomic.finish_writing(source) if source.is_dir() else ()
            if finished:
                out.write(_("Writing was interrupted last time. It is complete now:\n"))
                out.writelines(f"  {_('wrote')}  {(source / path).as_posix()}\n" for path in finished)
                return EXIT_OK
            edition = read_edition(options)
            require_charter(edition)
            return make(options, edition, out)

    return run


def write_draft(options: argparse.Namespace, draft: Draft, out: TextIO) -> None:
    """Write a draft and report it. Raises OSError if writing fails."""
    atomic.write_files(Path(options.source), draft.writes, draft.removes)
    out.writelines(escape_lines(f"{_('wrote')}  {draft.edition.root}/{path}") + "\n" for path in draft.writes)
    out.writelines(
        escape_lines(f"{_('removed')}  {draft.edition.root}/{path}") + "\n" for path in draft.removes
    )


def print_warnings(draft: Draft, out: TextIO) -> None:
    """Print what a person should check."""
    advice = [each for each in draft.findings if each.severity is Severity.WARNING]
    if advice:
        out.write(_("\nLook at this once more:\n"))
        out.writelines(escape_lines(f"  {each.path}: {each.message}; {each.fix}") + "\n" for each in advice)


def print_next_steps(out: TextIO, steps: Iterable[str]) -> int:
    """Print what is left to do, and return the exit code."""
    out.write(_("\nWhat is left to do:\n"))
    out.writelines(f"  {place}. {escape_lines(step)}\n" for place, step in enumerate(steps, start=1))
    return EXIT_OK


def refusal_message(ask: Callable[..., object], *arguments: object) -> str:
    """The message with which `ask` refuses `arguments`; '' if it does not."""
    try:
        ask(*arguments)
    except UsageError as error:
        return "; ".join([str(error), *error.details])
    return ""


def require_current_version(edition: Edition) -> str:
    """The version that can be signed. Raises UsageError if there is none."""
    if edition.current is None or edition.current.consultation:
        raise UsageError(_("there is no version to sign yet: “charter release --first” makes one"))
    return edition.current.version


def require_charter(edition: Edition) -> None:
    """Raise CharterError if charter.yml is unreadable."""
    if edition.charter is None:
        raise CharterError(_("this cannot be read: run “charter check”"), path=f"{edition.root}/charter.yml")
