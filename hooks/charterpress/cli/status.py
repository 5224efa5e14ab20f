"""`charter status`: what the working text changes, the next version, and what blocks it."""

from __future__ import annotations

import argparse
import os
from functools import partial
from typing import TextIO

from charterpress.checks import without_invalid
from charterpress.cli import asked
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    check_edition,
    command,
    format_option,
    note_missing_dictionaries,
    option,
    read_edition,
    use_colour,
)
from charterpress.cli.progress import progress_message
from charterpress.cli.status_formats import FORMATS, status_text
from charterpress.cli.working_status import working_status
from charterpress.model.errors import UsageError
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _


@command(
    N_("say what changed since the current version, its class, the next version and what is in its way"),
    "charter status --format markdown",
    option("--asked", action="store_true", help=N_("name those who are asked to sign again, and no more")),
    format_option(
        (*FORMATS, "csv"),
        N_(
            "text for people (the default), markdown for a comment on a pull request, json for programs; "
            "with --asked also csv, to complete as a file of contacts"
        ),
    ),
)
def status_command(options: argparse.Namespace, out: TextIO) -> int:
    """Compare the working text with the current version. Return 0 if nothing blocks a release, else 1; 0 with
    --asked. Raises UsageError for a format that there is not."""
    if options.format not in (asked.FORMATS if options.asked else FORMATS):
        if options.asked:
            message = _("“charter status” has no --format {format} with --asked")
        else:
            message = _("“charter status” has no --format {format} without --asked")
        raise UsageError(message.format(format=options.format))
    edition = read_edition(options)
    note_missing_dictionaries(edition)
    if options.asked:
        signatories = without_invalid(edition, check_edition(edition)).signatories
        out.write(asked.FORMATS[options.format](asked.asked_to_sign_again(edition, signatories)))
        return EXIT_OK
    with progress_message(_("Comparing the charter with its current version")):
        now = working_status(edition)
    formats = FORMATS | {"text": partial(status_text, colour=use_colour(out, os.environ))}
    out.write(formats[options.format](now))
    return EXIT_FINDINGS if now.blocking else EXIT_OK
