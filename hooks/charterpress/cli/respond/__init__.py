"""`charter respond`: answers of workflows to a proposal, a form, the week and a new site.

Events come in as files from the forge, and the text of the answer goes out. Nothing here connects to the
forge."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from charterpress import register
from charterpress.checks import check, is_signatory_finding, without_invalid
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    Command,
    command,
    disk_errors,
    latest_date,
    only_errors,
    option,
    read_edition,
    read_file,
    required_path,
)
from charterpress.cli.respond.proposals import files_command, pull_request_command, which_command
from charterpress.forges import github
from charterpress.model.errors import UsageError
from charterpress.storage import git
from charterpress.versions import freeze

LABEL = "sign-up"
"""The label of an issue with a filled-in form."""
LIST = "addresses.txt"
"""The file of a published site that lists its addresses."""


@command(
    "write the words of a form to sign to a file, and name the branch for its answer",
    "charter respond sign-up --event event.json --to form.md",
    required_path("--event", "the payload of the event"),
    required_path("--to", "the file to write the form’s words to"),
)
def sign_up_command(options: argparse.Namespace, out: TextIO) -> int:
    """Write the text of a form to a file, and print the branch for the answer."""
    issue = github.read_issue_event(read_file(options.event, github.MAX_LIST_BYTES))
    if LABEL not in issue.labels:
        raise github.EventError("event-label", f"only an issue with the label “{LABEL}” is a form to sign")
    with disk_errors():
        Path(options.to).write_text(issue.body, encoding="utf-8", errors="replace", newline="\n")
    out.write(f"{issue.branch}\n")
    return EXIT_OK


@command(
    "write the issue that says how the register and its links stand",
    "charter respond weekly --links links.md",
    required_path("--links", "the report of charter links, as Markdown"),
)
def weekly_command(options: argparse.Namespace, out: TextIO) -> int:
    """Print the body of the weekly issue."""
    edition = read_edition(options)
    findings = check(edition)
    left_out = [each for each in only_errors(findings) if is_signatory_finding(each, edition)]
    signatories = without_invalid(edition, findings).signatories
    entries = register.on_register(signatories, edition.releases, edition.today)
    links = read_file(options.links, github.MAX_LIST_BYTES).decode(errors="replace")
    out.write(github.weekly_issue_body(entries, left_out, links, latest_date()))
    return EXIT_OK


@command(
    "find the comment or issue of ours that is to be brought up to date",
    'charter respond earlier --listed comments.json --mark "what this changes"',
    required_path("--listed", "the host’s list of comments or issues, as JSON"),
    option("--mark", required=True, help="what the comment or issue is about"),
)
def earlier_command(options: argparse.Namespace, out: TextIO) -> int:
    """Print the number of the earlier comment or issue, or nothing."""
    number = github.find_earlier(read_file(options.listed, github.MAX_LIST_BYTES), options.mark)
    out.write(f"{number}\n" if number else "")
    return EXIT_OK


@command(
    "see that a built site keeps every address that was published, and list its own in it",
    "charter respond addresses --site site --site-url https://charter.org/ --before addresses.txt "
    "--given-up .github/addresses-given-up.txt",
    required_path("--site", "the folder with the built site", "DIR"),
    option("--site-url", required=True, metavar="URL", help="the address that it will have"),
    required_path("--before", f"{LIST} of the site that is published; empty for none"),
    required_path("--given-up", "the addresses that are taken away on purpose"),
)
def addresses_command(options: argparse.Namespace, out: TextIO) -> int:
    """Write a built site's list of addresses into it; return 1 if a published one would be lost."""
    github.require_public_url(options.site_url)
    site = Path(options.site)
    if not (site / "index.html").is_file():
        raise UsageError(f"there is no built site in “{options.site}”")
    files = (path for path in site.rglob("*") if path.is_file())
    now = github.site_addresses(path.relative_to(site).as_posix() for path in files)
    before, given_up = (
        read_file(path, github.MAX_LIST_BYTES).decode(errors="replace")
        for path in (options.before, options.given_up)
    )
    if lost := github.lost_addresses(before, now, given_up):
        out.write("This site would lose addresses that were published, so it is not published:\n")
        out.write("".join(f"  {address}\n" for address in lost))
        out.write(
            f"Bring them back, or write those that go on purpose, with the reason, in {options.given_up}.\n"
        )
        return EXIT_FINDINGS
    with disk_errors():
        (site / LIST).write_text("".join(f"{each}\n" for each in now), encoding="utf-8", newline="\n")
    out.write(f"No address that was published is lost. There are {len(now):,}.\n")
    return EXIT_OK


@command("name the versions that have no tag yet, and the commit for it", "charter respond tags")
def tags_command(options: argparse.Namespace, out: TextIO) -> int:
    """Print each version without a tag, and the commit that merged it."""
    edition, source = read_edition(options), Path(options.source)
    tags = git.tags(source)
    for release in edition.releases:
        if release.version not in tags:
            commit = git.commit_adding(source, f"{freeze.FOLDER}/{release.version}.json")
            out.write(f"{release.version} {commit}\n" if commit else "")
    return EXIT_OK


RESPOND = Command(
    about="say what a workflow answers: to a pull request, to a form, or once a week",
    example="charter respond files --since origin/main",
    commands={
        "files": files_command,
        "which": which_command,
        "pull-request": pull_request_command,
        "sign-up": sign_up_command,
        "weekly": weekly_command,
        "earlier": earlier_command,
        "tags": tags_command,
        "addresses": addresses_command,
    },
)
