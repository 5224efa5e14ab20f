"""What the commands that change an entry have in common: whose it is, and how they write and say so."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import CLEAN
from charterpress.cli.new.file_commands import TRYING, advise, refusal, terminal, write
from charterpress.cli.progress import waiting
from charterpress.cli.prompts import Question, Terminal, answers
from charterpress.editing import amend
from charterpress.editing.amend import Entry
from charterpress.model import Edition
from charterpress.text.escape import escape_lines

ALONE = "Propose this by itself: a proposal that changes one organisation's entry changes no other's."


def of_whom(parser: argparse.ArgumentParser) -> None:
    """Add whose entry it is."""
    parser.add_argument(
        "slug", metavar="SLUG", nargs="?", help="the organisation: the name of its file, or its own name"
    )


def begun(options: argparse.Namespace, edition: Edition, out: TextIO) -> tuple[Entry, Terminal | None]:
    """The entry of the organisation that the command line names, and the person who can be asked."""
    person = terminal(out)
    question = Question(
        key="slug",
        flag="SLUG",
        asks="Which organisation? Its name, or the name of its file.",
        example=edition.signatories[0].slug if edition.signatories else "harbour-trust",
        wrong=lambda _, value: refusal(lambda: amend.find_entry(edition, value)),
    )
    said = answers([question], vars(options), person)["slug"]
    signatory, document = amend.find_entry(edition, said)
    path = Path(options.source) / document.path.removeprefix(f"{edition.root}/")
    return Entry(signatory=signatory, document=document, data=path.read_bytes()), person


def today() -> str:
    """The day it is here, as 2026-12-01."""
    return datetime.now().astimezone().date().isoformat()


def nothing(out: TextIO, words: str) -> int:
    """Say that what was asked for is there, and give the exit code."""
    out.write(escape_lines(f"{words} Nothing was written.") + "\n")
    return CLEAN


def written(
    options: argparse.Namespace,
    edition: Edition,
    entry: Entry,
    edits: Sequence[amend.Edit],
    out: TextIO,
    *,
    slug: str = "",
) -> None:
    """Write the file with `edits`, under the name `slug` or its own, and show the lines that are other ones
    now."""
    with waiting(TRYING):
        draft = amend.draft_amendment(edition, entry, edits, slug)
    write(options, draft, out)
    now = draft.edition.document(f"{edition.root}/{next(iter(draft.writes))}")
    if now:
        out.writelines(escape_lines(f"  {line}") + "\n" for line in _changed(entry.document.lines, now.lines))
    advise(draft, out)


def _changed(before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """The lines that went, with - before them, and those that came, with +."""
    for _, at, to, new, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if before[at:to] != now[new:end]:
            yield from (f"- {line}" for line in before[at:to])
            yield from (f"+ {line}" for line in now[new:end])


def differing(given: dict[str, str | None], there: dict[str, str]) -> list[str]:
    """The keys of what was given and says something else than what is there."""
    return [key for key, value in given.items() if value is not None and value.strip() != there[key]]
