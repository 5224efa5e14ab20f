"""A table as CSV → the forms in it: a row for each, below a row with the labels."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from charterpress.checks.queries import quote
from charterpress.editing.sign_up.fields import (
    FIELDS,
    MAX_LABEL_LENGTH,
    Answer,
    Field,
    Form,
    Reason,
    field_for_label,
    label_fault,
)

SEPARATORS = (",", ";", "\t")
MAX_ROWS = 5_000
"""Rows that are read at once."""
MAX_LINES = 20 * MAX_ROWS
"""Lines of all cells together. Millions of them, with nothing in them, take seconds to pass over."""
MAX_COLUMNS = 100
_SEPARATOR = re.compile(r'"?sep=([,;\t])"?\n', re.IGNORECASE)
"""A first line by which some programs tell the separator."""
_SAVE = "open the file in a spreadsheet program, look at this row, and save it as CSV again"


def read_spreadsheet(text: str) -> tuple[tuple[Form, ...], tuple[Reason, ...]]:
    """The forms in `text`, and what is wrong with the table itself: where there is anything, no row is read.
    Rows are counted as spreadsheet programs do, the first being that of the labels; empty ones are passed
    over."""
    first = 1
    if text.count("\n") > MAX_LINES:
        message = f"there are more than {MAX_LINES:,} lines"
        return (), (Reason(message=message, fix="leave out the empty ones, or divide the table"),)
    if declared := _SEPARATOR.match(text):
        text, first = text[declared.end() :], 2
    separator = declared[1] if declared else max(SEPARATORS, key=lambda each: _labels(text, each))
    rows, row = _rows(text, separator, first), first - 1
    try:
        row, labels = next(rows, (first, []))
        columns, reasons = _columns(labels, row)
        if reasons:
            return (), reasons
        forms = []
        for row, cells in rows:
            if any(cell.strip() for cell in cells):
                forms.append(_form(row, cells, columns))
            if len(forms) > MAX_ROWS:
                message = f"there are more than {MAX_ROWS:,} rows"
                return (), (Reason(message=message, fix="divide the table into several files"),)
    except csv.Error as problem:
        if "field larger" in str(problem):
            return (), (Reason(message="a cell is far too long", fix="say it more briefly", row=row + 1),)
        message = "a quotation mark is missing in this row, or one too many"
        return (), (Reason(message=message, fix=_SAVE, row=row + 1),)
    if not forms:
        fix = "write one organisation to a row"
        return (), (Reason(message="there is no row below the names of the columns", fix=fix),)
    return tuple(forms), ()


def is_spreadsheet(text: str) -> bool:
    """Whether the first row of `text` names at least two questions."""
    text = _SEPARATOR.sub("", text, count=1) if _SEPARATOR.match(text) else text
    return max(_labels(text, each) for each in SEPARATORS) > 1


def _rows(text: str, separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    lines = (f"{line}\n" for line in text.split("\n"))
    return enumerate(csv.reader(lines, delimiter=separator, strict=True), first)


def _labels(text: str, separator: str) -> int:
    """How many questions the first row names, where it is read with that separator."""
    start = text[: MAX_COLUMNS * MAX_LABEL_LENGTH]
    try:
        return sum(bool(field_for_label(label)) for label in next(_rows(start, separator, 1), (1, []))[1])
    except csv.Error:
        return 0


def _columns(labels: Sequence[str], row: int) -> tuple[list[tuple[str, Field | None]], tuple[Reason, ...]]:
    """The question that each column answers, with its label; None for an empty column without one."""
    if len(labels) > MAX_COLUMNS:
        message = f"there are more than {MAX_COLUMNS} columns"
        return [], (Reason(message=message, fix="keep those of the form", row=row),)
    columns = [(label.strip(), field_for_label(label)) for label in labels]
    if not any(field for _, field in columns):
        message = "the first row does not name the questions"
        labels = f"{quote(FIELDS[0].label)} and {quote(FIELDS[2].label)}"
        fix = f"write the labels of the form into it, such as {labels}"
        return columns, (Reason(message=message, fix=fix, row=row),)
    reasons: list[Reason] = []
    seen: set[str] = set()
    for label, _ in columns:
        if label and (reason := label_fault(label, seen, "column", row=row)):
            reasons.append(reason)
    slips = {reason.fix for reason in reasons}
    for field in FIELDS:
        if field.required and field.key not in seen and not any(quote(field.label) in each for each in slips):
            message = f"there is no column {quote(field.label)}"
            reasons.append(Reason(label=field.label, message=message, fix="add it", row=row))
    return columns, tuple(reasons)


def _form(row: int, cells: Sequence[str], columns: Sequence[tuple[str, Field | None]]) -> Form:
    answers = [
        Answer(field=field, label=label, value=cell.strip())
        for cell, (label, field) in zip(cells, columns, strict=False)
        if field
    ]
    without = [cell for cell, (_, field) in zip(cells, columns, strict=False) if not field]
    stray = [cell for cell in (*without, *cells[len(columns) :]) if cell.strip()]
    if not stray:
        return Form(answers=tuple(answers), row=row)
    message = f"{quote(stray[0].strip())} stands in a column without a name"
    fix = "put it into the column that it belongs to; a text with the separator in it stands in quotes"
    return Form(answers=tuple(answers), reasons=(Reason(message=message, fix=fix, row=row),), row=row)
