"""A built site and the versions → addresses that would be lost, and versions without a tag."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import EXIT_FINDINGS, EXIT_OK, Command, no_options, read_edition
from charterpress.cli.respond.event_files import read_words
from charterpress.forges import github
from charterpress.model.errors import CharterError, UsageError
from charterpress.storage import git
from charterpress.versions import freeze

LIST = "addresses.txt"
"""The file of a published site that lists its addresses."""


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", required=True, metavar="DIR", help="the folder with the built site")
    parser.add_argument("--site-url", required=True, metavar="URL", help="the address that it will have")
    parser.add_argument(
        "--before",
        required=True,
        metavar="FILE",
        help=f"{LIST} of the site that is published; empty for none",
    )
    parser.add_argument(
        "--given-up", required=True, metavar="FILE", help="the addresses that are taken away on purpose"
    )


def _addresses(options: argparse.Namespace, out: TextIO) -> int:
    """Write a built site's list of addresses into it; return 1 if a published one would be lost."""
    github.require_public_url(options.site_url)
    site = Path(options.site)
    if not (site / "index.html").is_file():
        raise UsageError(f"there is no built site in “{options.site}”")
    now = github.site_addresses(
        path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()
    )
    gone = github.lost_addresses(read_words(options.before), now, read_words(options.given_up))
    if gone:
        out.write("This site would lose addresses that were published, so it is not published:\n")
        out.write("".join(f"  {address}\n" for address in gone))
        out.write(
            f"Bring them back, or write those that go on purpose, with the reason, in {options.given_up}.\n"
        )
        return EXIT_FINDINGS
    try:
        (site / LIST).write_text("".join(f"{each}\n" for each in now), encoding="utf-8", newline="\n")
    except OSError as problem:
        raise CharterError(f"{problem.filename}: {problem.strerror}") from problem
    out.write(f"No address that was published is lost. There are {len(now):,}.\n")
    return EXIT_OK


def _tags(options: argparse.Namespace, out: TextIO) -> int:
    """Print each version without a tag, and the commit that merged it."""
    edition, source = read_edition(options), Path(options.source)
    there = git.tags(source)
    for release in edition.releases:
        if release.version not in there:
            commit = git.commit_adding(source, f"{freeze.FOLDER}/{release.version}.json")
            out.write(f"{release.version} {commit}\n" if commit else "")
    return EXIT_OK


ADDRESSES = Command(
    about="see that a built site keeps every address that was published, and list its own in it",
    example="charter respond addresses --site site --site-url https://charter.org/ --before addresses.txt "
    "--given-up .github/addresses-given-up.txt",
    options=_options,
    run=_addresses,
)
TAGS = Command(
    about="name the versions that have no tag yet, and the commit for it",
    example="charter respond tags",
    options=no_options,
    run=_tags,
)
