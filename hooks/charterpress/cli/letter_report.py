"""A run of `charter letters` → its letters, and what is said of it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from charterpress.checks.queries import join_all
from charterpress.cli.counts import count_organisations
from charterpress.cli.letter_inputs import OWN_FOLDER, Templates
from charterpress.model import Registered, Signatory, Standing
from charterpress.outputs.letters.blocks import letter_blocks
from charterpress.outputs.letters.merge_table import MergeRow
from charterpress.outputs.letters.template import END_ISOLATE, ISOLATE, Letter, fill_template
from charterpress.read.contacts import Contacts, RowFault
from charterpress.register.contacts import Matches
from charterpress.text.escape import escape_controls, escape_lines
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext, number, use_language
from charterpress.text.languages import own_name
from charterpress.views.letter_languages import LetterLanguages
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
    languages: LetterLanguages
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

    def asked(self, entry: Registered) -> str:
        """Return the language to write to a recipient with a contact in; '' for the charter's own."""
        return self.languages.asked(self.matches.contacts[entry.signatory.slug].language, entry)

    @property
    def invalid(self) -> tuple[str, ...]:
        """The slugs of those who have a contact, and a file with errors."""
        return tuple(sorted(self.left_out & self.matches.contacts.keys()))


def letter_rows(run: Run, entries: Sequence[Registered]) -> list[MergeRow]:
    """The letters to `entries`, who all have a contact, each with what it was made of."""
    rows = []
    for entry in entries:
        contact = run.matches.contacts[entry.signatory.slug]
        asked = run.asked(entry)
        language = run.templates.language(asked)
        with use_language(language):
            context = run.languages.context(language)
            values = letter_values(run.kind, context.entry(entry), context, contact.name)
            blocks = letter_blocks(values)
            letter = fill_template(run.templates.read(asked), values.words, blocks)
        slug = entry.signatory.slug
        rows.append(
            MergeRow(slug=slug, emails=contact.emails, letter=letter, words=values.words, blocks=blocks)
        )
    return rows


def shown_letters(run: Run) -> str:
    """The first letters, as text. Of an address only its first letter and its host are shown."""
    blocks = []
    shown = run.reached[:SHOWN]
    for entry, row in zip(shown, letter_rows(run, shown), strict=True):
        masked = ", ".join(f"{each[0]}{MASK}@{each.rpartition('@')[2]}" for each in row.emails)
        to = _("To: {slug}, {addresses}").format(slug=row.slug, addresses=masked)
        language = _language_line(run, entry, row.letter)
        subject = _("Subject: {subject}").format(subject=_visible(row.letter.subject))
        head = [to, *([language] if language else []), subject, ""]
        blocks.append("\n".join([*map(escape_controls, head), _visible(row.letter.flowed), "-" * 72, ""]))
    return "\n".join(blocks)


def _language_line(run: Run, entry: Registered, letter: Letter) -> str:
    """Which language a letter is in, and why; '' for a charter of one language."""
    if len(run.languages.languages) == 1:
        return ""
    asked = run.asked(entry)
    if run.matches.contacts[entry.signatory.slug].language:
        message = _("Language: {language}; its contact asks for {asked}")
    elif asked:
        message = _("Language: {language}; it signed the text in {asked}")
    else:
        message = _("Language: {language}; neither a contact nor a signature names another")
    tag = letter.language or run.templates.language(asked) or run.languages.source.tag
    return message.format(language=own_name(tag), asked=own_name(asked))


def _visible(flowed: str) -> str:
    """Plain text for a terminal, without the spaces that end lines which can be joined again, and without the
    marks around names from the right, which a terminal would show as codes."""
    flowed = flowed.replace(ISOLATE, "").replace(END_ISOLATE, "")
    return "\n".join(line.rstrip() for line in escape_lines(flowed).split("\n"))


def report(run: Run, options: argparse.Namespace) -> str:
    """Who gets no letter and why, what else is worth knowing, and the counts."""
    lines = [*_missing(run), *_row_lines((*run.contacts.faults, *run.matches.faults))]
    for slug, numbers in run.matches.joined.items():
        message = _("rows {rows} are for {slug}: one letter goes to all their addresses")
        lines.append(message.format(rows=join_all([str(each) for each in numbers]), slug=slug))
    message = _("not used: the column “{name}”")
    lines += [message.format(name=escape_controls(name)) for name in run.contacts.ignored]
    lines += _language_lines(run)
    lines += [
        _("not written to: {slug}, whose file has errors; see charter check").format(slug=slug)
        for slug in run.invalid[:MAX_LISTED]
    ]
    if (more := len(run.invalid) - MAX_LISTED) > 0:
        message = ngettext(
            "not written to: {count} more whose files have errors; see charter check",
            "not written to: {count} more whose files have errors; see charter check",
            more,
        )
        lines.append(message.format(count=number(more)))
    left = {
        each.signatory.slug for each in run.context.register.entries if each.standing is Standing.WITHDRAWN
    }
    if (count := len(left & run.matches.contacts.keys())) and Standing.WITHDRAWN not in run.kind.standings:
        message = ngettext(
            "not written to, because they withdrew: {count} organisation",
            "not written to, because they withdrew: {count} organisations",
            count,
        )
        lines.append(message.format(count=count))
    return "\n".join([*lines, *([""] if lines else []), _summary(run, options)]) + "\n"


def _missing(run: Run) -> list[str]:
    """Those without a contact, and where to find one."""
    silent = [each.signatory for each in run.recipients if each.signatory.slug not in run.matches.contacts]
    lines = [
        escape_controls(
            _("no contact: {name} ({slug}); {where}").format(
                name=each.name, slug=each.slug, where=_where_to_ask(each)
            )
        )
        for each in silent[:MAX_LISTED]
    ]
    if len(silent) > MAX_LISTED:
        more = len(silent) - MAX_LISTED
        message = ngettext("no contact: {count} more", "no contact: {count} more", more)
        if run.name == "asked":
            message = ngettext(
                "no contact: {count} more; “charter status --asked” names all",
                "no contact: {count} more; “charter status --asked” names all",
                more,
            )
        lines.append(message.format(count=number(more)))
    return lines


def _where_to_ask(who: Signatory) -> str:
    """Where the address of an organisation may be found."""
    if who.website:
        return _("its website is {address}").format(address=who.website)
    return _("look it up by its registration, {registration}").format(registration=who.registration)


def _row_lines(faults: Sequence[RowFault]) -> list[str]:
    ordered = sorted(faults, key=lambda each: each.row)
    message = _("row {number}: {problem}; {fix}")
    lines = [
        escape_controls(message.format(number=each.row, problem=each.message, fix=each.fix))
        for each in ordered[:MAX_LISTED]
    ]
    if (more := len(ordered) - MAX_LISTED) > 0:
        rest = ngettext("and {count} more row", "and {count} more rows", more)
        lines.append(rest.format(count=number(more)))
    return lines


def _language_lines(run: Run) -> list[str]:
    """The languages that were asked for and have no template."""
    counts: dict[str, int] = {}
    for each in run.reached:
        language = run.asked(each)
        if language and not _speaks(run.templates.find(language)[1], language):
            counts[language] = counts.get(language, 0) + 1
    return [
        ngettext(
            "{count} letter in another language than “{language}”: there is no {file}",
            "{count} letters in another language than “{language}”: there is no {file}",
            count,
        ).format(count=count, language=language, file=f"{OWN_FOLDER}/{run.name}.{language}.md")
        for language, count in sorted(counts.items())
    ]


def _speaks(written_in: str, language: str) -> bool:
    return written_in.partition("-")[0].lower() == language.partition("-")[0].lower()


def _summary(run: Run, options: argparse.Namespace) -> str:
    reached = len(run.reached)
    missing = count_organisations(len(run.recipients) - reached)
    # Translators: {whom} says which organisations a kind of letter is for.
    letters = ngettext("{count} letter to {whom}", "{count} letters to {whom}", reached)
    letters = letters.format(count=reached, whom=_(run.kind.about))
    if options.dry_run:
        message = _("{letters}: nothing is written in a dry run. No contact: {missing}.")
    elif not reached:
        message = _("{letters}: nothing was written. No contact: {missing}.")
    else:
        message = _("{letters}, in {place}. No contact: {missing}. Nothing has been sent.")
    place = f"{options.out}/{TABLE}" if options.format == "csv" else f"{options.out}/"
    return message.format(letters=letters, place=escape_controls(place), missing=missing)
