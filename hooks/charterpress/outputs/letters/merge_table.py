"""Letters → a table for the mail merge of a word processor: a row for each, a column for each placeholder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charterpress.outputs.data.signatories import csv_table
from charterpress.outputs.letters.template import Block, Letter

FIRST = ("slug", "email", "language", "subject")
LAST = "letter"
"""The whole letter as plain text."""
_BULLET = "\u2022 "


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeRow:
    """One letter: whose it is, the addresses it goes to, and what its placeholders stand for."""

    slug: str
    emails: tuple[str, ...]
    letter: Letter
    words: Mapping[str, str]
    blocks: Mapping[str, Block]


def merge_table(rows: Sequence[MergeRow], placeholders: Sequence[str]) -> bytes:
    """Return the table as CSV in UTF-8 with a byte order mark, formulas escaped. Several addresses are
    divided by “; ”."""
    columns = (*FIRST, *(name for name in placeholders if name not in FIRST), LAST)
    return csv_table(columns, ([_cell(name, row) for name in columns] for row in rows))


def _cell(name: str, row: MergeRow) -> str:
    own = {
        "slug": row.slug,
        "email": "; ".join(row.emails),
        "language": row.letter.language,
        "subject": row.letter.subject,
        LAST: row.letter.text,
    }
    if name in own:
        return own[name]
    if block := row.blocks.get(name):
        # A list begins with a sign that a spreadsheet takes for a formula.
        return "\n".join(
            _BULLET + line[2:] if line.startswith("- ") else line for line in block.lines
        ).strip()
    return row.words.get(name, "")
