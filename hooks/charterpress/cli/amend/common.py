"""What the commands that change an entry share: finding it, writing it and showing what changed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import EXIT_OK
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

ONE_ENTRY_ADVICE = "Propose this on its own: a proposal that changes one entry must not change another."


def add_slug_argument(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names the organisation."""
    parser.add_argument(
        "slug", metavar="SLUG", nargs="?", help="the organisation: the name of its file, or its own name"
    )


def read_entry(options: argparse.Namespace, edition: Edition, out: TextIO) -> tuple[Entry, Terminal | None]:
    """Return the entry of the organisation named on the command line, and the person to ask, if any.

    Raises UsageError if no entry matches.
    """
    person = interactive_terminal(out)
    question = Question(
        key="slug",
        flag="SLUG",
        asks="Which organisation? Its name, or the name of its file.",
        example=edition.signatories[0].slug if edition.signatories else "harbour-trust",
        wrong=lambda _, value: refusal_message(lambda: amend.find_entry(edition, value)),
    )
    said = ask_questions([question], vars(options), person)["slug"]
    signatory, document = amend.find_entry(edition, said)
    path = Path(options.source) / document.path.removeprefix(f"{edition.root}/")
    return Entry(signatory=signatory, document=document, data=path.read_bytes()), person


def today() -> str:
    """Today's local date, such as 2026-12-01."""
    return datetime.now().astimezone().date().isoformat()


def report_unchanged(out: TextIO, words: str) -> int:
    """Report that the entry already says this; return the exit code."""
    out.write(escape_lines(f"{words} Nothing was written.") + "\n")
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
        out.writelines(
            escape_lines(f"  {line}") + "\n" for line in _changed_lines(entry.document.lines, now.lines)
        )
    print_warnings(draft, out)


def _changed_lines(before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Yield the lines removed, prefixed with “-”, and those added, with “+”."""
    for _, at, to, new, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if before[at:to] != now[new:end]:
            yield from (f"- {line}" for line in before[at:to])
            yield from (f"+ {line}" for line in now[new:end])


def differing_keys(given: dict[str, str | None], there: dict[str, str]) -> list[str]:
    """Return the keys whose given value differs from the present one."""
    return [key for key, value in given.items() if value is not None and value.strip() != there[key]]
