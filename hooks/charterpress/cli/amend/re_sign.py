"""`charter re-sign`: add a signature of a newer version to an organisation's entry."""

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
from charterpress.model import Edition, Signature
from charterpress.model.errors import UsageError

_SIGNED = {
    "version": "what it signs (default: the current version)",
    "date": "the day on which it signed, as 2026-12-01 (default: today)",
    "role": "the office that signed, never a person (default: as before)",
    "link": "a page of its own that links to that version",
}


def _re_sign_options(parser: argparse.ArgumentParser) -> None:
    add_slug_argument(parser)
    for key, about in _SIGNED.items():
        parser.add_argument(f"--{key}", metavar=key.upper(), help=about)


def _re_sign(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Add a signature to the entry of an organisation."""
    if edition.current is None or edition.current.consultation:
        raise UsageError("there is no version to sign yet: “charter release --first” makes one")
    entry, person = read_entry(options, edition, out)
    who, questions = entry.signatory, _signature_questions(edition, entry)
    said = ask_questions(questions[:1], vars(options), person)
    if signed := amend.current_signature(who, said["version"]):
        return _report_signed(options, entry, signed, out)
    said = ask_questions(questions, {**vars(options), **said}, person)
    for question in questions[:2]:  # a default may be wrong too
        if problem := question.wrong(said, said[question.key]):
            raise UsageError("nothing was written:", details=(f"{question.flag}: {problem}",))
    write_entry(options, edition, entry, amend.signature_edits(entry, said), out)
    look = "Look at the organisation's website: does a page of it say that it signed this version?"
    if said["link"]:
        look = f"{command_line(options, f'links {who.slug}')}  says whether its page links to this version."
    return print_next_steps(out, (look, ONE_ENTRY_ADVICE))


def _signature_questions(edition: Edition, entry: Entry) -> list[Question]:
    """The questions about a new signature."""
    who, current = entry.signatory, edition.current.version if edition.current else ""

    def about(key: str, asks: str, example: str, default: str = "", *, optional: bool = False) -> Question:
        def wrong(said: Answers, value: str) -> str:
            version = value if key == "version" else said.get("version", "")
            if key == "version" and amend.current_signature(who, version):
                return ""  # it is there, which is told in other words
            keys = ("signed", len(who.signed), key)
            problem = amend.edit_fault(
                edition, entry, amend.signature_edits(entry, {**said, key: value}), keys
            )
            if not problem and key == "version":
                problem = amend.older_version_fault(edition, who, value)
            if not problem and key == "date":
                problem = amend.signature_date_fault(who, value)
            return problem

        return Question(
            key=key,
            flag=f"--{key}",
            asks=asks,
            example=example,
            default=default,
            optional=optional,
            wrong=wrong,
        )

    before = who.signed[-1].role if who.signed else ""
    return [
        about("version", f"Which version does {who.name} sign?", current, current),
        about("date", "On which day did it sign?", "2026-12-01", today()),
        about("role", "Which office signed? Never a person's name.", "Chair of trustees", before),
        about("link", "Which page of its own links to that version?", who.website, optional=True),
    ]


def _report_signed(options: argparse.Namespace, entry: Entry, signed: Signature, out: TextIO) -> int:
    """Report that there is a signature already; refuse to change it."""
    there = {"date": signed.date, "role": signed.role, "link": signed.link}
    other = differing_keys({key: vars(options)[key] for key in there}, there)
    if not other:
        words = f"{entry.signatory.name} signed {signed.version} on {signed.date} already."
        return report_unchanged(out, words)
    raise UsageError(
        f"nothing was written: {entry.signatory.name} signed {signed.version} on {signed.date} already; "
        "to mend what is said of it:",
        details=tuple(
            f"{command_line(options, f'correct {entry.signatory.slug} {key}')} NEW --version {signed.version}"
            for key in other
        ),
    )


RE_SIGN = Command(
    about="add a signature of a newer version to the entry of an organisation",
    example='charter re-sign harbour-trust --date 2027-03-01 --role "Chair of trustees"',
    options=_re_sign_options,
    run=with_lock(_re_sign),
)
