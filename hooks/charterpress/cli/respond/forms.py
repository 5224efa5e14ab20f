"""The issue with a filled-in form → its text, for `charter sign`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import EXIT_OK, Command
from charterpress.cli.respond.event_files import read_payload
from charterpress.forges import github
from charterpress.model.errors import CharterError

LABEL = "sign-up"


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--event", required=True, metavar="FILE", help="the payload of the event")
    parser.add_argument("--to", required=True, metavar="FILE", help="the file to write the form’s words to")


def _sign_up(options: argparse.Namespace, out: TextIO) -> int:
    """Write the text of a form to a file, and print the branch for the answer."""
    asked = github.read_issue_event(read_payload(options.event))
    if LABEL not in asked.labels:
        raise github.EventError("event-label", f"only an issue with the label “{LABEL}” is a form to sign")
    try:
        Path(options.to).write_text(asked.body, encoding="utf-8", errors="replace", newline="\n")
    except OSError as problem:
        raise CharterError(f"{problem.filename}: {problem.strerror}") from problem
    out.write(f"{asked.branch}\n")
    return EXIT_OK


SIGN_UP = Command(
    about="write the words of a form to sign to a file, and name the branch for its answer",
    example="charter respond sign-up --event event.json --to form.md",
    options=_options,
    run=_sign_up,
)
