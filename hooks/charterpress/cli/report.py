"""`charter report`: what an organisation chose to publish of a self-assessment → a report in its entry."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import TextIO

from charterpress.checks.queries import join_choices, quote, suggestion
from charterpress.checks.signatories.queries import DATE
from charterpress.cli.command import command, command_line, option, read_file
from charterpress.cli.entry_files import (
    ONE_ENTRY_ADVICE,
    SLUG,
    read_entry,
    report_unchanged,
    today,
    write_entry,
)
from charterpress.cli.new.file_commands import print_next_steps, with_lock
from charterpress.cli.prompts import Answers, Question, Terminal, ask_questions
from charterpress.cli.report_choices import ask_choices, read_choices
from charterpress.editing import amend, report
from charterpress.editing.amend import Entry
from charterpress.editing.report import Assessment, Subject
from charterpress.model import Edition, Release, Report
from charterpress.model.errors import UsageError
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _


@command(
    N_("put an organisation's report on how it kept its promise into its entry"),
    "charter report harbour-trust --from self-assessment.json --principle open-ways='in part' "
    "--from-date 2026-04-01 --to-date 2027-03-31",
    SLUG,
    option("--from", dest="file", metavar="FILE", help=N_("what the self-assessment page saved")),
    option(
        "--principle",
        dest="principles",
        action="append",
        metavar="ID=ANSWER",
        help=N_("publish an answer about a principle: kept, in part, not yet or does not apply"),
    ),
    option(
        "--words",
        action="append",
        metavar="ID=TEXT",
        help=N_("with what it says of it; ID=@shows takes the note “How we can tell” from the file"),
    ),
    option(
        "--evidence", action="append", metavar="ID=LINK", help=N_("with the address of a page that shows it")
    ),
    option(
        "--looked",
        action="append",
        metavar="ID",
        names_of="principles",
        help=N_("its words have changed since it was answered, and the organisation has looked again"),
    ),
    option("--link", metavar="LINK", help=N_("a page of its own that has the report")),
    option(
        "--from-date", dest="start", metavar="DATE", help=N_("the first day of the period, as 2026-04-01")
    ),
    option("--to-date", dest="end", metavar="DATE", help=N_("the last day of the period")),
    option(
        "--version",
        metavar="VERSION",
        names_of="versions",
        help=N_("what it reports on (default: what it stood by on the last day)"),
    ),
    option("--published", metavar="DATE", help=N_("the day on which it was published (default: today)")),
)
@with_lock
def report_command(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Add a report to the entry of an organisation."""
    entry, person = read_entry(options, edition, out)
    if not report.asks_reports(edition):
        raise UsageError(
            _(
                "nothing was written: no version of this charter asks for reports; “reporting” in "
                "charter.yml makes the next one ask"
            )
        )
    assessment = _assessment(options, edition)
    answers = ask_questions(_questions(edition, entry, person), vars(options), person)
    answers["version"] = answers["version"] or report.reported_version(entry.signatory, answers["end"])
    made = _made(answers)
    release = _release(edition, made.version)
    subjects = report.subjects(edition, release, assessment, options.file or "")
    choices = read_choices(options, subjects)
    if person and assessment and not choices:
        choices = ask_choices(edition, entry, made, subjects, person)
    made = replace(made, principles=choices)
    if not made.link and not made.principles:
        raise UsageError(
            _("nothing was written: nothing was chosen to be published"), details=_offer(subjects)
        )
    if earlier := report.same_period(entry.signatory, made):
        return _present(entry, earlier, made, out)
    if other := report.overlapping_report(entry.signatory, made):
        message = _("{name} has a report on some of these days already, from {start} to {end}").format(
            name=quote(entry.signatory.name), start=other.start, end=other.end
        )
        raise UsageError(
            _("nothing was written:"), details=(message, _("give days that no other report covers"))
        )
    write_entry(options, edition, entry, report.report_edits(entry, made), out)
    look = _("Look at the page of the report, if there is one: is it the organisation's, and of these days?")
    return print_next_steps(out, (look, _(ONE_ENTRY_ADVICE)))


def _assessment(options: argparse.Namespace, edition: Edition) -> Assessment | None:
    """The assessment in the file that was named, if any was."""
    if options.file is None:
        return None
    data = read_file(options.file, report.MAX_ASSESSMENT_BYTES)
    if data.strip()[:1] != b"{" and data.strip():
        raise UsageError(
            _(
                "nothing was written: {file} was not saved by the self-assessment page; for a "
                "filled-in form to report: {command}"
            ).format(file=quote(options.file), command=command_line(options, f"sign --from {options.file}"))
        )
    assessment = report.read_assessment(data, options.file)
    report.require_own(edition, assessment, options.file)
    return assessment


def _questions(edition: Edition, entry: Entry, person: Terminal | None) -> list[Question]:
    who = entry.signatory
    start, end = report.open_period(who, edition.releases, today())

    def about(
        key: str, flag: str, asks: str, example: str, default: str = "", *, optional: bool = False
    ) -> Question:
        def wrong(answers: Answers, value: str) -> str:
            if key in _KEYS and any(getattr(each, key) == value for each in who.reports):
                return ""  # that it is there already is told once both days are known
            known = {"start": start, "end": end, "version": "", "link": who.website, "published": today()}
            said = {**known, **answers, key: value}
            if key != "version" and not said["version"]:
                said["version"] = report.reported_version(who, said["end"])
            if key == "end" and value > (edition.today or today()) and DATE.fullmatch(value):
                message = _("{day} is in the future; report once the period is over")
                return message.format(day=value)
            made = _made(said)
            place = report.report_place(entry, made)
            return amend.edit_fault(
                edition, entry, report.report_edits(entry, made), ("reports", place, _KEYS.get(key, key))
            )

        return Question(
            key=key, flag=flag, asks=asks, example=example, default=default, optional=optional, wrong=wrong
        )

    proposed = (start, end) if person else ("", "")
    return [
        about(
            "start",
            "--from-date",
            _("Which is the first day of the period?"),
            start or "2026-04-01",
            proposed[0],
        ),
        about(
            "end", "--to-date", _("Which is the last day of the period?"), end or "2027-03-31", proposed[1]
        ),
        about(
            "version",
            "--version",
            _("Which version does it report on? Without an answer, what it stood by on the last day."),
            report.reported_version(who, today()),
            optional=True,
        ),
        about("link", "--link", _("Which page of its own has the report?"), who.website, optional=True),
        about("published", "--published", _("On which day was it published?"), today(), today()),
    ]


def _made(answers: Answers) -> Report:
    return Report(
        start=answers["start"],
        end=answers["end"],
        version=answers["version"],
        link=answers["link"],
        published=answers["published"],
    )


_KEYS = {"start": "from", "end": "to"}
"""What an entry calls what has another name here."""


def _release(edition: Edition, version: str) -> Release:
    known = [each.version for each in edition.releases]
    if version not in known:
        fix = suggestion(version, known, join_choices(list(map(quote, known))))
        message = _("nothing was written: there is no version {version} to report on: {fix}")
        raise UsageError(message.format(version=quote(version), fix=fix))
    return edition.releases[known.index(version)]


def _offer(subjects: Mapping[str, Subject]) -> tuple[str, ...]:
    """What can be chosen: each principle of the assessment, with the answer that is nearest to it."""
    lines = [_("say --link LINK, or --principle ID=ANSWER for each principle to publish")]
    for id, each in subjects.items():
        if each.changed:
            lines.append(_("{id}: the words have changed since it was answered: look again").format(id=id))
        elif each.proposal:
            lines.append(
                _("{id}: nearest to what was answered: --principle {choice}").format(
                    id=id, choice=f"{id}='{each.proposal}'"
                )
            )
    return tuple(lines)


def _present(entry: Entry, earlier: Report, made: Report, out: TextIO) -> int:
    """Report that the entry has this report already; refuse to change what it says."""
    who = entry.signatory
    message = _("{name} has a report from {start} to {end} already.").format(
        name=who.name, start=earlier.start, end=earlier.end
    )
    if replace(earlier, published=made.published) == made:
        return report_unchanged(out, message)
    raise UsageError(
        _(
            "nothing was written: {name} has a report from {start} to {end} already, which says something "
            "else; what was published stays: if it is wrong, correct it by hand in {file}"
        ).format(name=who.name, start=earlier.start, end=earlier.end, file=who.path)
    )
