"""`charter respond`: what a workflow says to a pull request, to a form, or once a week.

An event's payload comes in as a file, and the words to answer with go out. Nothing here talks to the host.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from press import forge, freeze, git, number, register
from press.check import check, in_order, of_register
from press.cli.checking import SETTINGS, agreed, only_touched
from press.cli.command import CLEAN, FOUND, Command, count, errors, last_day, read
from press.cli.describing import coming_to, deciding, escaped, titles
from press.cli.diff import Difference, as_markdown
from press.cli.status import MOST_NAMED, standing
from press.errors import PressError, UsageError
from press.load import load
from press.model import Class, Edition, Finding, Severity

PAGE = "https://github.com"
LABEL = "sign-up"


# --- pull-request ------------------------------------------------------------------------------------


def _pull_request(options: argparse.Namespace, out: TextIO) -> int:
    """Say what a proposal changes. 0 where nothing refuses it, else 1."""
    asked = forge.proposal(_bytes(options.event))
    proposal, inside = Path(options.proposal), Path(options.source)
    if git.run(proposal, "rev-parse", "HEAD").strip() != asked.head:
        raise forge.EventError("event-moved", "the folder does not hold the commit that the payload tells of")
    found = git.differences(proposal, asked.base, asked.head)
    touched = [
        forge.Touched(path=f.path, mode=f.mode, before=f.before, size=f.size, text=b"\0" not in f.start)
        for f in found
    ]
    verdicts = forge.judge(touched, inside.as_posix(), git.paths(proposal, asked.head))
    told = _told(options, asked.base, proposal, verdicts)
    page = f"{PAGE}/{asked.repository}/pull/{asked.number}/checks"
    out.write(forge.answer(replace(told, preview=page)))
    return FOUND if errors(told.findings) else CLEAN


def _told(options: argparse.Namespace, base: str, proposal: Path, verdicts: Sequence[Finding]) -> forge.Told:
    """What the check, the classes and the register say, where the charter's files can be read as they are."""
    source = proposal / options.source
    whole = source.is_dir() and source.resolve() == proposal.resolve() / options.source
    if not whole:
        said = (
            f"There is no folder “{options.source}” in this proposal, so that its words cannot be compared."
        )
        return forge.Told(outcome=[escaped(said)], changes="", findings=verdicts)
    shown = load(source, shown=options.source)
    names = git.changed_since(source, base)
    after = replace(
        shown,
        recorded=git.first_added(source, freeze.FOLDER),
        today=last_day(),
        agreed=agreed(source, base),
        touched=frozenset(f"{shown.root}/{name}" for name in names),
    )
    findings = only_touched(check(after), after.touched, f"{after.root}/{SETTINGS}")
    theirs = {
        finding for finding in findings if finding.path in after.touched or finding.severity is Severity.ERROR
    }
    mine = tuple(sorted(theirs, key=lambda each: (each.path, each.line)))
    before = load(Path(options.base) / options.source, shown=options.source)
    return forge.Told(
        outcome=_outcome(before, after),
        changes=_redline(before, after),
        findings=(*verdicts, *mine),
    )


def _outcome(before: Edition, after: Edition) -> list[str]:
    """The class of the proposal, the next version, and whom that asks to sign again."""
    if before.charter is None or after.charter is None:
        return ["What this changes cannot be told until what stands below is mended."]
    changes = number.changes(before.charter, after.charter, after.notes)
    now, names = standing(after), titles(before.charter, after.charter)
    if not changes:
        said = ["No word of the charter changes."]
    else:
        decided = "; ".join(deciding(changes, names))
        said = [
            escaped(
                f"{count(len(changes), 'change')}, of the class {coming_to(changes, after.notes)}: {decided}."
            )
        ]
    if now.readable and now.version:
        said.append(escaped(f"With all that waits in the working text, the next version is {now.version}."))
    if now.sign_again:
        people = [each.name for each in now.sign_again]
        who = f": {'; '.join(people)}" if len(people) <= MOST_NAMED else ""
        said.append(escaped(f"It asks {count(len(people), 'organisation')} to sign again{who}."))
    elif now.version and now.class_ is not Class.NONE:
        said.append("It asks nobody to sign again.")
    return said


def _redline(before: Edition, after: Edition) -> str:
    if before.charter is None or after.charter is None:
        return ""
    changes = number.changes(before.charter, after.charter, after.notes)
    if not changes:
        return ""
    names = titles(before.charter, after.charter)
    return as_markdown(Difference(old="now", new="proposed", changes=changes, notes=after.notes, names=names))


# --- sign-up, weekly, earlier, tags, addresses ----------------------------------------------------------


def _sign_up(options: argparse.Namespace, out: TextIO) -> int:
    """Write the words of a form to a file, and say on which branch they are answered."""
    asked = forge.issue(_bytes(options.event))
    if LABEL not in asked.labels:
        raise forge.EventError("event-label", f"only an issue with the label “{LABEL}” is a form to sign")
    Path(options.to).write_text(asked.body, encoding="utf-8", newline="\n")
    out.write(f"{asked.branch}\n")
    return CLEAN


def _weekly(options: argparse.Namespace, out: TextIO) -> int:
    """Say how the register stands, and what `charter links` found."""
    edition = read(options)
    found = check(edition)
    left = [each for each in errors(found) if of_register(each, edition)]
    entries = register.registered(in_order(edition, found).signatories, edition.releases, edition.today)
    links = Path(options.links).read_text(encoding="utf-8")
    out.write(forge.weekly(entries, left, links, last_day()))
    return CLEAN


def _earlier(options: argparse.Namespace, out: TextIO) -> int:
    """Say the number of what was said before, or nothing."""
    number_ = forge.earlier(_bytes(options.listed), options.mark)
    out.write(f"{number_}\n" if number_ else "")
    return CLEAN


def _tags(options: argparse.Namespace, out: TextIO) -> int:
    """Name the versions that have no tag yet."""
    edition = read(options)
    there = git.tags(Path(options.source))
    out.write("".join(f"{each.version}\n" for each in edition.releases if each.version not in there))
    return CLEAN


def _addresses(options: argparse.Namespace, out: TextIO) -> int:
    """List the addresses of a built site; 1 where it would lose one that was published."""
    forge.publishable(options.site_url)
    site = Path(options.site)
    files = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    now = forge.addresses(files)
    gone = forge.lost(_words(options.before), now, _words(options.given_up))
    if gone:
        out.write("This site would lose addresses that were published. Nothing may be published:\n")
        out.write("".join(f"  {address}\n" for address in gone))
        return FOUND
    (site / "addresses.txt").write_text("".join(f"{each}\n" for each in now), encoding="utf-8")
    out.write(f"No address that was published is lost. There are {len(now):,}.\n")
    return CLEAN


def _words(path: str | None) -> str:
    return Path(path).read_text(encoding="utf-8") if path and Path(path).is_file() else ""


def _bytes(path: str) -> bytes:
    """The bytes of a file, no more than a payload may have and one. Raises UsageError where there is none."""
    try:
        with Path(path).open("rb") as file:
            return file.read(5 * 1024 * 1024 + 1)
    except OSError as problem:
        raise UsageError(f"there is no file “{path}”") from problem


# --- The command -------------------------------------------------------------------------------------

_TO = {
    "pull-request": (_pull_request, ("event", "base", "proposal")),
    "sign-up": (_sign_up, ("event", "to")),
    "weekly": (_weekly, ("links",)),
    "earlier": (_earlier, ("listed", "mark")),
    "tags": (_tags, ()),
    "addresses": (_addresses, ("site", "site-url")),
}
_HELP = {
    "event": "the payload of the event, as the host wrote it",
    "base": "the folder with the files as they were where the proposal began",
    "proposal": "the folder with the files that are proposed, which are read and never run",
    "to": "the file to write the words of the form to",
    "links": "the file with the report of charter links, as Markdown",
    "listed": "the file with the host's list of comments or issues, as JSON",
    "mark": "what the comment or issue is about",
    "site": "the folder with the built site",
    "site-url": "the address that the site will have",
}


def _options(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="to_what", metavar=f"{{{','.join(_TO)}}}", required=True)
    for name, (run, needed) in _TO.items():
        sub = kinds.add_parser(name, help=(run.__doc__ or "").split(".")[0], description=run.__doc__)
        for option in needed:
            sub.add_argument(f"--{option}", required=True, metavar=option.upper(), help=_HELP[option])
        if name == "addresses":
            sub.add_argument("--before", metavar="FILE", help="the addresses that were published")
            sub.add_argument("--given-up", metavar="FILE", help="those that are taken away on purpose")


def _respond(options: argparse.Namespace, out: TextIO) -> int:
    """Answer. 0 where all is well, 1 where something is refused, 2 where there is nothing to answer."""
    run, _ = _TO[options.to_what]
    try:
        return run(options, out)
    except OSError as problem:
        raise PressError(f"{problem.filename}: {problem.strerror}") from problem


RESPOND = Command(
    about="say what a workflow answers: to a pull request, to a form, or once a week",
    example="charter respond pull-request --event event.json --base before --proposal proposed",
    options=_options,
    run=_respond,
)
