"""`charter links`: does each organisation's page link to the version it signed?"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from charterpress import linkcheck
from charterpress.checks import SIGNATORIES, without_invalid
from charterpress.cli.command import (
    EXIT_FINDINGS,
    EXIT_OK,
    check_edition,
    command,
    disk_errors,
    format_option,
    option,
    read_edition,
)
from charterpress.cli.describe import json_document
from charterpress.linkcheck import Answer, Question, Verdict
from charterpress.model import Edition, Signatory
from charterpress.model.errors import CharterError, UsageError
from charterpress.read import LINKS_FILE, load_links
from charterpress.storage.atomic import exclusive_lock, write_file
from charterpress.text.escape import escape_controls, escape_markdown, markdown_autolink
from charterpress.text.extras import missing_extra
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_clauses

SITE = "SITE_URL"
"""The environment variable that names the site where --site does not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What `charter links` reports; `left_out` are sentences about pages that were not fetched; `stopped`
    says that somebody stopped it before all were."""

    charter: str
    site: str
    date: str
    answers: tuple[Answer, ...]
    edition: Edition
    left_out: tuple[str, ...]
    stopped: bool = False

    @property
    def counts(self) -> dict[Verdict, int]:
        """The number of pages with each verdict."""
        return {each: sum(answer.verdict is each for answer in self.answers) for each in Verdict}

    @property
    def clean(self) -> bool:
        """Whether the last page that each organisation named links to what it signed."""
        return not self.stopped and all(
            each.verdict is Verdict.SIGNED for each in self.answers if each.question.last
        )


def select_signatories(edition: Edition, slugs: Sequence[str]) -> tuple[Signatory, ...]:
    """The organisations with these slugs, or all if none is named; entries with errors are left out. Raises
    UsageError, with a suggestion, for an unknown slug."""
    by_slug = {each.slug: each for each in without_invalid(edition, check_edition(edition)).signatories}
    paths = {entry.path for entry in edition.entries}
    for slug in slugs:
        path = f"{edition.root}/{SIGNATORIES}/{slug}.yml"
        if slug not in by_slug and path in paths:
            raise UsageError(
                _("its page is not asked for while its file has errors: see charter check"), path=path
            )
        if slug not in by_slug:
            message = _("there is no organisation “{slug}” in {folder}")
            if near := get_close_matches(slug, by_slug, n=1):
                message = _("there is no organisation “{slug}” in {folder}; did you mean “{near}”?")
            folder = f"{edition.root}/{SIGNATORIES}"
            raise UsageError(message.format(slug=slug, folder=folder, near="".join(near)))
    return tuple(by_slug[slug] for slug in dict.fromkeys(slugs or by_slug))


def skipped_sentences(
    edition: Edition, signatories: Sequence[Signatory], *, everybody: bool
) -> tuple[str, ...]:
    """Say in sentences whose pages are not fetched. `everybody`: no organisation was named."""
    signed = [each for each in signatories if not each.left]
    silent = sum(not any(signature.link for signature in each.signed) for each in signed)
    start = f"{edition.root}/{SIGNATORIES}/"
    files = sum(each.path.startswith(start) and each.path.endswith(".yml") for each in edition.entries)
    withdrew, left_out = len(signatories) - len(signed), everybody * (files - len(signatories))
    counts = (
        (withdrew, ngettext("{count} organisation withdrew.", "{count} organisations withdrew.", withdrew)),
        (
            silent,
            ngettext("{count} organisation named no page.", "{count} organisations named no page.", silent),
        ),
        (
            left_out,
            ngettext(
                "{count} file left out of the register: see charter check.",
                "{count} files left out of the register: see charter check.",
                left_out,
            ),
        ),
    )
    return tuple(message.format(count=count) for count, message in counts if count > 0)


_QUESTION_KEYS = ("slug", "name", "version", "signed", "link", "last")
MEANING = N_("A link says that it stood on that page on that day, and no more.")


def _title(question: Question) -> str:
    message = _("{name} ({slug}), version {version} of {date}")
    return message.format(
        name=question.name, slug=question.slug, version=question.version, date=question.signed
    )


def _summary(report: Report) -> str:
    """The counts in a sentence."""
    counts = [f"{_(verdict)}: {number}" for verdict, number in report.counts.items() if number]
    return ngettext(
        "{count} page asked for on {date}. {verdicts}.",
        "{count} pages asked for on {date}. {verdicts}.",
        len(report.answers),
    ).format(count=len(report.answers), date=report.date, verdicts=join_clauses(counts))


def _by_verdict(report: Report) -> dict[Verdict, list[Answer]]:
    """Group the answers by verdict, best first."""
    groups = {verdict: [each for each in report.answers if each.verdict is verdict] for verdict in Verdict}
    return {verdict: answers for verdict, answers in groups.items() if answers}


def _closing(report: Report) -> list[str]:
    return (
        [_summary(report), _(MEANING)] if report.answers else [_("No organisation named a page to ask for.")]
    )


def _text(report: Report) -> str:
    """For a terminal."""
    lines = []
    for verdict, answers in _by_verdict(report).items():
        lines.append(f"{_(verdict)}: {len(answers)}")
        for each in answers:
            details = (each.question.link, each.sentence(report.date))
            lines.append(escape_controls(f"  {_title(each.question)}"))
            lines += [escape_controls(f"    {line}") for line in details]
        lines.append("")
    return "\n".join([*lines, *_closing(report), *report.left_out]) + "\n"


def _markdown(report: Report) -> str:
    """For an issue or a comment, with an organisation's words escaped."""
    lines = []
    for verdict, answers in _by_verdict(report).items():
        heading = _(verdict)
        lines += [f"## {heading[:1].upper()}{heading[1:]}", ""]
        for each in answers:
            words = f"{markdown_autolink(each.question.link)}: {escape_markdown(each.sentence(report.date))}"
            lines.append(f"- **{escape_markdown(_title(each.question))}** {words}")
        lines.append("")
    return "\n".join([*lines, *_closing(report), *map(escape_markdown, report.left_out)]) + "\n"


def _json(report: Report) -> str:
    """For a program. `linked` are the versions that the page links to; `address` is the final address."""
    return json_document(
        "links",
        {
            "charter": report.charter,
            "site": report.site,
            "date": report.date,
            "counts": {verdict.name.lower(): number for verdict, number in report.counts.items()},
            "pages": [
                {key: getattr(each.question, key) for key in _QUESTION_KEYS}
                | {
                    "verdict": each.verdict.name.lower(),
                    "linked": each.versions,
                    "reason": each.reason,
                    "address": each.address,
                    "said": each.sentence(report.date),
                }
                for each in report.answers
            ],
            "left_out": report.left_out,
        },
    )


FORMATS: dict[str, Callable[[Report], str]] = {"text": _text, "json": _json, "markdown": _markdown}


@command(
    N_("say whether each organisation's page links to the version it signed"),
    "charter links --site https://charter.example/ --format markdown",
    option(
        "slugs",
        metavar="SLUG",
        nargs="*",
        names_of="signatories",
        help=N_("only these organisations (default: all)"),
    ),
    option("--site", metavar="URL", help=N_("the address of the charter's site (default: $SITE_URL)")),
    option(
        "--record",
        action="store_true",
        help=N_("keep in links.json, for the register, which pages were seen to link, and when"),
    ),
    format_option(FORMATS, N_("text for people (the default), markdown for an issue, json for programs")),
)
def links_command(options: argparse.Namespace, out: TextIO) -> int:
    """Fetch every page, report, and with --record keep what was seen.

    Exit 0 if the last page of each links to the version it signed, else 1."""
    report = links_report(options)
    if options.record:
        record_links(report, Path(options.source))
    out.write(FORMATS[options.format](report))
    return EXIT_OK if report.clean else EXIT_FINDINGS


def links_report(options: argparse.Namespace) -> Report:
    """Fetch the pages of the organisations that `options` names, and report."""
    address = options.site or os.environ.get(SITE)
    if not address:
        raise UsageError(
            _("where is the charter's site? Say --site https://charter.example/, or set {site}").format(
                site=SITE
            )
        )
    edition = read_edition(options)
    if options.record:
        if edition.charter is None:
            raise CharterError(
                _("{root} is not the folder of a charter that can be read: see charter check").format(
                    root=edition.root
                )
            )
        load_links(Path(options.source))  # a file that cannot be read is said before any page is fetched
    site = linkcheck.charter_site(address, (release.version for release in edition.releases))
    signatories = select_signatories(edition, options.slugs)
    questions = linkcheck.questions(signatories)
    answers = _answers(questions, site)
    left_out = skipped_sentences(edition, signatories, everybody=not options.slugs)
    if missing := len(questions) - len(answers):
        stopped = ngettext(
            "Stopped: {count} page not asked for.", "Stopped: {count} pages not asked for.", missing
        )
        left_out = (*left_out, stopped.format(count=missing))
    return Report(
        charter=edition.charter.title if edition.charter else edition.root,
        site=site.url,
        date=datetime.now().astimezone().date().isoformat(),
        answers=answers,
        edition=edition,
        left_out=left_out,
        stopped=bool(missing),
    )


def record_links(report: Report, source: Path) -> None:
    """Write what was seen into links.json in the charter's folder `source`, whose other entries stay if they
    still hold, and say so on the error stream. Raises CharterError if the file cannot be read or written."""
    with disk_errors(_("nothing was recorded")), exclusive_lock(source):
        links = linkcheck.record(load_links(source), report.answers, report.edition, report.date)
        path = source / LINKS_FILE
        if links or path.exists():
            write_file(path, linkcheck.record_bytes(links))
    message = ngettext(
        "{file}: {count} page seen to link to what was signed.",
        "{file}: {count} pages seen to link to what was signed.",
        len(links),
    ).format(file=f"{report.edition.root}/{LINKS_FILE}", count=len(links))
    sys.stderr.write(escape_controls(message) + "\n")


def _answers(questions: Sequence[Question], site: linkcheck.Site) -> tuple[Answer, ...]:
    """Fetch the pages, with a progress bar on a terminal. If interrupted, return the answers that are there.
    Raises CharterError if there are none."""
    # Slow to import, and needed by this command alone.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    try:
        from charterpress.linkcheck.fetch import Client  # noqa: PLC0415 - it needs an extra
        from charterpress.linkcheck.survey import survey  # noqa: PLC0415 - as above
    except ImportError as error:
        raise CharterError(missing_extra("links", _("to fetch pages"))) from error

    columns = (_("Reading pages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=len(questions))
        found: dict[int, Answer] = {}

        def done(number: int, answer: Answer) -> None:
            found[number] = answer
            bar.advance(task)

        async def all_of_them() -> tuple[Answer, ...]:
            client = Client(site=site.url)
            return await survey(questions, client, site, done)

        try:
            return asyncio.run(all_of_them())
        except KeyboardInterrupt as stop:
            if not found:
                raise CharterError(_("stopped before any page was asked for; there is no report")) from stop
            return tuple(found[number] for number in sorted(found))
