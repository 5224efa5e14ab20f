"""A run of `charter letters` → its letters, and what is said of it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from charterpress.cli.command import pluralise
from charterpress.cli.letter_inputs import OWN_FOLDER, Templates
from charterpress.model import Registered, Signatory, Standing
from charterpress.outputs.letters.blocks import letter_blocks
from charterpress.outputs.letters.merge_table import MergeRow
from charterpress.outputs.letters.template import END_ISOLATE, ISOLATE, fill_template
from charterpress.read.contacts import Contacts, RowFault
from charterpress.register.contacts import Matches
from charterpress.text.escape import escape_controls, escape_lines
from charterpress.text.interface import use_language
from charterpress.views.letters import LetterContext, LetterKind, letter_values

SHOWN = 3
"""Letters that a dry run shows."""
TABLE = "letters.csv"
MASK = "\u2026"
MAX_LISTED = 20
"""Organisations without a contact, or rows, that are listed; of more, only the number is told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Everything that one run of the command knows before it makes a letter."""

    kind: LetterKind
    name: str
    context: LetterContext
    recipients: tuple[Registered, ...]
    contacts: Contacts
    matches: Matches
    templates: Templates
    now: datetime
    left_out: frozenset[str]
    """The slugs of the organisations whose files have errors."""

    @property
    def reached(self) -> tuple[Registered, ...]:
        """Those of the recipients who have a contact."""
        return tuple(each for each in self.recipients if each.signatory.slug in self.matches.contacts)

    @property
    def invalid(self) -> tuple[str, ...]:
        """The slugs of those who have a contact, and a file with errors."""
        return tuple(sorted(self.left_out & self.matches.contacts.keys()))


def letter_rows(run: Run, entries: Sequence[Registered]) -> list[MergeRow]:
    """The letters to `entries`, who all have a contact, each with what it was made of."""
    rows = []
    for entry in entries:
        contact = run.matches.contacts[entry.signatory.slug]
        with use_language(run.templates.language(contact.language)):
            values = letter_values(run.kind, entry, run.context, contact.name)
            blocks = letter_blocks(values)
            letter = fill_template(run.templates.read(contact.language), values.words, blocks)
        slug = entry.signatory.slug
        rows.append(
            MergeRow(slug=slug, emails=contact.emails, letter=letter, words=values.words, blocks=blocks)
        )
    return rows


def shown_letters(run: Run) -> str:
    """The first letters, as text. Of an address only its first letter and its host are shown."""
    blocks = []
    for row in letter_rows(run, run.reached[:SHOWN]):
        masked = ", ".join(f"{each[0]}{MASK}@{each.rpartition('@')[2]}" for each in row.emails)
        head = [f"To: {row.slug}, {masked}", f"Subject: {_visible(row.letter.subject)}", ""]
        blocks.append("\n".join([*map(escape_controls, head), _visible(row.letter.flowed), "-" * 72, ""]))
    return "\n".join(blocks)


def _visible(flowed: str) -> str:
    """Plain text for a terminal, without the spaces that end lines which can be joined again, and without the
    marks around names from the right, which a terminal would show as codes."""
    flowed = flowed.replace(ISOLATE, "").replace(END_ISOLATE, "")
    return "\n".join(line.rstrip() for line in escape_lines(flowed).split("\n"))


def report(run: Run, options: argparse.Namespace) -> str:
    """Who gets no letter and why, what else is worth knowing, and the counts."""
    lines = [*_missing(run), *_row_lines((*run.contacts.faults, *run.matches.faults))]
    for slug, numbers in run.matches.joined.items():
        rows = " and ".join(map(str, numbers))
        lines.append(f"rows {rows} are for {slug}: one letter goes to all their addresses")
    lines += [f"not used: the column “{escape_controls(name)}”" for name in run.contacts.ignored]
    lines += _language_lines(run)
    lines += [
        f"not written to: {slug}, whose file has errors; see charter check"
        for slug in run.invalid[:MAX_LISTED]
    ]
    if (more := len(run.invalid) - MAX_LISTED) > 0:
        lines.append(f"not written to: {more:,} more whose files have errors; see charter check")
    left = {
        each.signatory.slug for each in run.context.register.entries if each.standing is Standing.WITHDRAWN
    }
    if (count := len(left & run.matches.contacts.keys())) and Standing.WITHDRAWN not in run.kind.standings:
        lines.append(f"not written to, because they withdrew: {pluralise(count, 'organisation')}")
    return "\n".join([*lines, *([""] if lines else []), _summary(run, options)]) + "\n"


def _missing(run: Run) -> list[str]:
    """Those without a contact, and where to find one."""
    silent = [each.signatory for each in run.recipients if each.signatory.slug not in run.matches.contacts]
    lines = [
        escape_controls(f"no contact: {each.name} ({each.slug}); {_where_to_ask(each)}")
        for each in silent[:MAX_LISTED]
    ]
    if len(silent) > MAX_LISTED:
        how = "; “charter status --asked” names all" if run.name == "asked" else ""
        lines.append(f"no contact: {len(silent) - MAX_LISTED:,} more{how}")
    return lines


def _where_to_ask(who: Signatory) -> str:
    """Where the address of an organisation may be found."""
    if who.website:
        return f"its website is {who.website}"
    return f"look it up by its registration, {who.registration}"


def _row_lines(faults: Sequence[RowFault]) -> list[str]:
    ordered = sorted(faults, key=lambda each: each.row)
    lines = [escape_controls(f"row {each.row}: {each.message}; {each.fix}") for each in ordered[:MAX_LISTED]]
    return lines + [f"and {len(ordered) - MAX_LISTED:,} more rows"] * (len(ordered) > MAX_LISTED)


def _language_lines(run: Run) -> list[str]:
    """The languages that were asked for and have no template."""
    counts: dict[str, int] = {}
    for each in run.reached:
        language = run.matches.contacts[each.signatory.slug].language
        if language and not _speaks(run.templates.find(language)[1], language):
            counts[language] = counts.get(language, 0) + 1
    return [
        f"{pluralise(count, 'letter')} in another language than “{language}”: there is no "
        f"{OWN_FOLDER}/{run.name}.{language}.md"
        for language, count in sorted(counts.items())
    ]


def _speaks(written_in: str, language: str) -> bool:
    return written_in.partition("-")[0].lower() == language.partition("-")[0].lower()


def _summary(run: Run, options: argparse.Namespace) -> str:
    reached = len(run.reached)
    missing = pluralise(len(run.recipients) - reached, "organisation")
    letters = f"{pluralise(reached, 'letter')} to {run.kind.about}"
    if options.dry_run:
        return f"{letters}: nothing is written in a dry run. No contact: {missing}."
    if not reached:
        return f"{letters}: nothing was written. No contact: {missing}."
    place = f"{options.out}/{TABLE}" if options.format == "csv" else f"{options.out}/"
    return f"{letters}, in {escape_controls(place)}. No contact: {missing}. Nothing has been sent."
