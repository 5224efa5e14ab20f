"""`charter withdraw`: record in its entry that an organisation withdraws its signature."""

from __future__ import annotations

import argparse
from typing import TextIO

from charterpress.cli.amend.common import (
    ONE_ENTRY_ADVICE,
    add_slug_argument,
    differing_keys,
    read_entry,
    report_unchanged,
    today,
    write_entry,
)
from charterpress.cli.command import Command, command_line
from charterpress.cli.new.file_commands import print_next_steps, with_lock
from charterpress.cli.prompts import Answers, Question, ask_questions
from charterpress.editing import amend
from charterpress.editing.amend import Entry
from charterpress.model import Edition
from charterpress.model.errors import UsageError


def _withdraw_options(parser: argparse.ArgumentParser) -> None:
    add_slug_argument(parser)
    parser.add_argument("--date", metavar="DATE", help="since when, as 2026-12-01 (default: today)")
    parser.add_argument(
        "--reason", dest="note", metavar="TEXT", help="what it says of it, at most 500 characters"
    )


def _withdraw(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Record that an organisation withdraws its signature."""
    entry, person = read_entry(options, edition, out)
    who = entry.signatory
    if who.left:
        return _report_withdrawn(options, entry, out)
    questions = _withdrawal_questions(edition, entry)
    said = ask_questions(questions, vars(options), person)
    if problem := amend.withdrawal_date_fault(who, said["date"]):
        raise UsageError("nothing was written:", details=(f"--date: {problem}",))
    write_entry(options, edition, entry, amend.withdrawal_edits(entry, said), out)
    stays = (
        "Tell it what stays: its page, which says that it withdrew and when, without its own words and "
        f"links. If it comes back: {command_line(options, f're-sign {who.slug}')}"
    )
    return print_next_steps(out, (stays, ONE_ENTRY_ADVICE))


def _withdrawal_questions(edition: Edition, entry: Entry) -> list[Question]:
    """The questions about a withdrawal."""

    def date(_: Answers, value: str) -> str:
        edits = amend.withdrawal_edits(entry, {"date": value})
        wrong = amend.edit_fault(edition, entry, edits, ("withdrawn", "date"))
        return wrong or amend.withdrawal_date_fault(entry.signatory, value)

    def note(said: Answers, value: str) -> str:
        edits = amend.withdrawal_edits(entry, {**said, "note": value})
        return amend.edit_fault(edition, entry, edits, ("withdrawn", "note"))

    return [
        Question(
            key="date",
            flag="--date",
            asks=f"Since which day does {entry.signatory.name} no longer stand by its signature?",
            example="2026-12-01",
            default=today(),
            wrong=date,
        ),
        Question(
            key="note",
            flag="--reason",
            asks="What does it say of it, for everybody to read?",
            example="We have closed our kitchen.",
            optional=True,
            wrong=note,
        ),
    ]


def _report_withdrawn(options: argparse.Namespace, entry: Entry, out: TextIO) -> int:
    """Report that there is a withdrawal already; refuse to change it."""
    who = entry.signatory
    there = {"date": who.left.date if who.left else "", "note": who.left.note if who.left else ""}
    other = differing_keys({key: vars(options)[key] for key in there}, there)
    if not other:
        return report_unchanged(out, f"{who.name} withdrew on {there['date']} already.")
    raise UsageError(
        f"nothing was written: {who.name} withdrew on {there['date']} already; to mend what is said of it:",
        details=tuple(
            f"{command_line(options, f'correct {who.slug} {key}')} NEW --withdrawn" for key in other
        ),
    )


WITHDRAW = Command(
    about="note that an organisation no longer stands by its signature",
    example='charter withdraw harbour-trust --date 2027-03-01 --reason "We have closed."',
    options=_withdraw_options,
    run=with_lock(_withdraw),
)
