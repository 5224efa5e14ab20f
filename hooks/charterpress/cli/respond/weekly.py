"""The register and the report of `charter links` → the weekly issue."""

from __future__ import annotations

import argparse
from typing import TextIO

from charterpress import register
from charterpress.checks import check, is_signatory_finding, without_invalid
from charterpress.cli.command import EXIT_OK, Command, latest_date, only_errors, read_edition
from charterpress.cli.respond.event_files import read_payload, read_words
from charterpress.forges import github


def _weekly_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--links", required=True, metavar="FILE", help="the report of charter links, as Markdown"
    )


def _weekly(options: argparse.Namespace, out: TextIO) -> int:
    edition = read_edition(options)
    found = check(edition)
    left = [each for each in only_errors(found) if is_signatory_finding(each, edition)]
    entries = register.on_register(
        without_invalid(edition, found).signatories, edition.releases, edition.today
    )
    out.write(github.weekly_issue_body(entries, left, read_words(options.links), latest_date()))
    return EXIT_OK


def _earlier_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--listed", required=True, metavar="FILE", help="the host’s list of comments or issues, as JSON"
    )
    parser.add_argument("--mark", required=True, help="what the comment or issue is about")


def _earlier(options: argparse.Namespace, out: TextIO) -> int:
    """Print the number of the earlier comment or issue, or nothing."""
    found = github.find_earlier(read_payload(options.listed), options.mark)
    out.write(f"{found}\n" if found else "")
    return EXIT_OK


WEEKLY = Command(
    about="write the issue that says how the register and its links stand",
    example="charter respond weekly --links links.md",
    options=_weekly_options,
    run=_weekly,
)
EARLIER = Command(
    about="find the comment or issue of ours that is to be brought up to date",
    example='charter respond earlier --listed comments.json --mark "what this changes"',
    options=_earlier_options,
    run=_earlier,
)
