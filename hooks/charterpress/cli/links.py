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
from typing import TextIO

from charterpress import linkcheck
from charterpress.checks import without_invalid
from charterpress.cli.command import EXIT_FINDINGS, EXIT_OK, Command, check_edition, pluralise, read_edition
from charterpress.cli.describe import json_document
from charterpress.linkcheck import Answer, Question, Verdict
from charterpress.model import Edition, Signatory
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.escape import escape_controls, escape_markdown, markdown_autolink

SITE = "SITE_URL"
"""The environment variable that names the site where --site does not."""
FOLDER = "signatories"


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What `charter links` reports: the charter's title, its site, the date, the answers, and sentences about
    the pages that were not fetched."""

    charter: str
    site: str
    date: str
    answers: tuple[Answer, ...]
    left_out: tuple[str, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        """The number of pages with each verdict."""
        return {each: sum(answer.verdict is each for answer in self.answers) for each in Verdict}

    @property
    def clean(self) -> bool:
        """Whether the last page that each organisation named links to what it signed."""
        return all(each.verdict is Verdict.SIGNED for each in self.answers if each.question.last)


# --- Whom to ask -------------------------------------------------------------------------------------


def select_signatories(edition: Edition, slugs: Sequence[str]) -> tuple[Signatory, ...]:
    """Return the organisations with these slugs, or all if none is named; entries with errors are left out.
    Raises UsageError, with a suggestion, for an unknown slug."""
    by_slug = {each.slug: each for each in without_invalid(edition, check_edition(edition)).signatories}
    for slug in slugs:
        if slug in by_slug:
            continue
        path = f"{edition.root}/{FOLDER}/{slug}.yml"
        if any(entry.path == path for entry in edition.entries):
            raise UsageError(
                "its page is not asked for while its file has errors: see charter check", path=path
            )
        near = get_close_matches(slug, by_slug, n=1)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        raise UsageError(f"there is no organisation “{slug}” in {edition.root}/{FOLDER}{hint}")
    return tuple(by_slug[slug] for slug in dict.fromkeys(slugs or by_slug))


def skipped_sentences(
    edition: Edition, signatories: Sequence[Signatory], *, everybody: bool
) -> tuple[str, ...]:
    """Say in sentences whose pages are not fetched. `everybody`: no organisation was named."""
    sentences = []
    withdrawn = sum(1 for each in signatories if each.left)
    silent = sum(not each.left and not any(s.link for s in each.signed) for each in signatories)
    start = f"{edition.root}/{FOLDER}/"
    files = sum(each.path.startswith(start) and each.path.endswith(".yml") for each in edition.entries)
    if withdrawn:
        sentences.append(f"{pluralise(withdrawn, 'organisation')} withdrew.")
    if silent:
        sentences.append(f"{pluralise(silent, 'organisation')} named no page.")
    if everybody and files > len(signatories):
        sentences.append(
            f"{pluralise(files - len(signatories), 'file')} left out of the register: see charter check."
        )
    return tuple(sentences)


# --- Formats -----------------------------------------------------------------------------------------

MEANING = "A link says that it stood on that page on that day, and no more."


def _title(question: Question) -> str:
    return f"{question.name} ({question.slug}), version {question.version} of {question.signed}"


def _summary(report: Report) -> str:
    """The counts in a sentence."""
    counts = [f"{verdict}: {number}" for verdict, number in report.counts.items() if number]
    return f"{pluralise(len(report.answers), 'page')} asked for on {report.date}. " + "; ".join(counts) + "."


def _by_verdict(report: Report) -> dict[Verdict, list[Answer]]:
    """Group the answers by verdict, best first."""
    found = {verdict: [each for each in report.answers if each.verdict is verdict] for verdict in Verdict}
    return {verdict: answers for verdict, answers in found.items() if answers}


def _text(report: Report) -> str:
    """For a terminal."""
    lines = []
    for verdict, answers in _by_verdict(report).items():
        lines.append(f"{verdict}: {len(answers)}")
        for each in answers:
            question = each.question
            said = (f"  {_title(question)}", f"    {question.link}", f"    {each.sentence(report.date)}")
            lines += map(escape_controls, said)
        lines.append("")
    lines += [_summary(report), MEANING] if report.answers else ["No organisation named a page to ask for."]
    return "\n".join([*lines, *report.left_out]) + "\n"


def _markdown(report: Report) -> str:
    """For an issue or a comment, with an organisation's words escaped."""
    lines = []
    for verdict, answers in _by_verdict(report).items():
        lines += [f"## {str(verdict).capitalize()}", ""]
        for each in answers:
            said = f"{markdown_autolink(each.question.link)}: {escape_markdown(each.sentence(report.date))}"
            lines.append(f"- **{escape_markdown(_title(each.question))}** {said}")
        lines.append("")
    lines += [_summary(report), MEANING] if report.answers else ["No organisation named a page to ask for."]
    return "\n".join([*lines, *map(escape_markdown, report.left_out)]) + "\n"


def _json(report: Report) -> str:
    """For a program. `linked` are the versions that the page links to; `address` is the final address."""
    return json_document(
        {
            "charter": report.charter,
            "site": report.site,
            "date": report.date,
            "counts": {verdict.name.lower(): number for verdict, number in report.counts.items()},
            "pages": [
                {
                    "slug": each.question.slug,
                    "name": each.question.name,
                    "version": each.question.version,
                    "signed": each.question.signed,
                    "link": each.question.link,
                    "last": each.question.last,
                    "verdict": each.verdict.name.lower(),
                    "linked": each.versions,
                    "reason": each.reason,
                    "address": each.address,
                    "said": each.sentence(report.date),
                }
                for each in report.answers
            ],
            "left_out": report.left_out,
        }
    )


FORMATS: dict[str, Callable[[Report], str]] = {"text": _text, "json": _json, "markdown": _markdown}


# --- The command -------------------------------------------------------------------------------------


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("slugs", metavar="SLUG", nargs="*", help="only these organisations (default: all)")
    parser.add_argument("--site", metavar="URL", help=f"the address of the charter's site (default: ${SITE})")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text for people (the default), markdown for an issue, json for programs",
    )


def _links(options: argparse.Namespace, out: TextIO) -> int:
    """Fetch every page and report. Exit 0 if the last page of each links to the version it signed, else 1."""
    address = options.site or os.environ.get(SITE)
    if not address:
        raise UsageError(f"where is the charter's site? Say --site https://charter.example/, or set {SITE}")
    edition = read_edition(options)
    site = linkcheck.charter_site(address, (release.version for release in edition.releases))
    signatories = select_signatories(edition, options.slugs)
    asked = linkcheck.questions(signatories)
    report = Report(
        charter=edition.charter.title if edition.charter else edition.root,
        site=site.url,
        date=datetime.now().astimezone().date().isoformat(),
        answers=_answers(asked, site),
        left_out=skipped_sentences(edition, signatories, everybody=not options.slugs),
    )
    out.write(FORMATS[options.format](report))
    return EXIT_OK if report.clean else EXIT_FINDINGS


def _answers(asked: Sequence[Question], site: linkcheck.Site) -> tuple[Answer, ...]:
    """Fetch the pages, with a progress bar on a terminal. Raises CharterError if interrupted."""
    # Slow to import, and needed by this command alone.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    from charterpress.linkcheck.fetch import Client  # noqa: PLC0415
    from charterpress.linkcheck.survey import survey  # noqa: PLC0415

    columns = ("Reading pages", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=len(asked))

        async def all_of_them() -> tuple[Answer, ...]:
            client = Client(site=site.url)
            return await survey(asked, client, site, lambda: bar.advance(task))

        try:
            return asyncio.run(all_of_them())
        except KeyboardInterrupt as stop:
            raise CharterError("stopped before every page was asked for; there is no report") from stop


LINKS = Command(
    about="say whether each organisation's page links to the version it signed",
    example="charter links --site https://charter.example/ --format markdown",
    options=_options,
    run=_links,
)
