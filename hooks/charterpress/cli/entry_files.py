"""What the commands that change an entry share: the entry that is meant, and its file with the changes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import EXIT_OK, option
from charterpress.cli.new.file_commands import (
    CHECKING,
    interactive_terminal,
    print_warnings,
    refusal_message,
    write_draft,
)
from charterpress.cli.progress import progress_message
from charterpress.cli.prompts import Question, Terminal, ask_questions
from charterpress.editing import amend
from charterpress.editing.amend import Entry
from charterpress.editing.yaml_editor import Edit
from charterpress.model import Edition
from charterpress.text.escape import escape_lines
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

ONE_ENTRY_ADVICE = N_("Propose this on its own: a proposal from a fork may change one entry only.")
SLUG = option(
    "slug",
    metavar="SLUG",
    nargs="?",
    names_of="signatories",
    help=N_("the organisation: the name of its file, or its own name"),
)


def read_entry(options: argparse.Namespace, edition: Edition, out: TextIO) -> tuple[Entry, Terminal | None]:
    """The entry that the command line names, and the person to ask. Raises UsageError if none matches."""
    person = interactive_terminal(out)
    question = Question(
        key="slug",
        flag="SLUG",
        asks=_("Which organisation? Its name, or the name of its file."),
        example=edition.signatories[0].slug if edition.signatories else "harbour-trust",
        wrong=lambda _ignored, value: refusal_message(amend.find_entry, edition, value),
    )
    name = ask_questions([question], vars(options), person)["slug"]
    signatory, document = amend.find_entry(edition, name)
    path = Path(options.source) / document.path.removeprefix(f"{edition.root}/")
    return Entry(signatory=signatory, document=document, data=path.read_bytes()), person


def today() -> str:
    """Today's local date, such as 2026-12-01."""
    return datetime.now().astimezone().date().isoformat()


def report_unchanged(out: TextIO, words: str) -> int:
    """Report that the entry already says this; return the exit code."""
    # Translators: {message} is a sentence.
    words = _("{message} Nothing was written.").format(message=words)
    out.write(escape_lines(words) + "\n")
    return EXIT_OK


def write_entry(
    options: argparse.Namespace,
    edition: Edition,
    entry: Entry,
    edits: Sequence[Edit],
    out: TextIO,
    *,
    slug: str = "",
) -> None:
    """Write the file with `edits` applied, renamed to `slug` if given, and show the lines that changed."""
    with progress_message(CHECKING):
        draft = amend.draft_amendment(edition, entry, edits, slug)
    write_draft(options, draft, out)
    now = draft.edition.document(f"{edition.root}/{next(iter(draft.writes))}")
    if now:
        lines = _changed_lines(entry.document.lines, now.lines)
        out.writelines(escape_lines(f"  {line}") + "\n" for line in lines)
    print_warnings(draft, out)


def _changed_lines(before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Yield the lines removed, prefixed with “-”, and those added, with “+”."""
    for _ignored, at, to, new, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if before[at:to] != now[new:end]:
            yield from (f"- {line}" for line in before[at:to])
            yield from (f"+ {line}" for line in now[new:end])
