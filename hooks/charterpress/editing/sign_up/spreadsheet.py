"""The rows of a table → the forms in it: a row for each, below a row with the labels."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from charterpress.checks.queries import quote, quote_list
from charterpress.editing.sign_up.fields import (
    FIELDS,
    MAX_LABEL_LENGTH,
    Answer,
    Field,
    Form,
    Reason,
    field_for_label,
    similar_field,
)
from charterpress.editing.sign_up.labels import Bearer, label_fault
from charterpress.text.interface import N_, ngettext, number
from charterpress.text.interface import gettext as _

SEPARATORS = (",", ";", "\t")
MAX_ROWS = 5_000
"""Rows that are read at once."""
MAX_LINES = 20 * MAX_ROWS
"""Lines of all cells together. Millions of them, with nothing in them, take seconds to pass over."""
MAX_COLUMNS = 100
MAX_NAMED = 5
"""Columns that a sentence names."""
IDENTIFYING = frozenset({"name", "entry", "registration"})
"""The questions one of which has to be asked, or nobody knows who a row is of."""
_SEPARATOR = re.compile(r'"?sep=([,;\t])"?\n', re.IGNORECASE)
"""A first line by which some programs tell the separator."""
_SAVE = N_("open the file in a spreadsheet program, look at this row, and save it as CSV again")

Table = tuple[tuple[Form, ...], tuple[Reason, ...], tuple[str, ...]]
"""Forms, what is wrong with the table, and sentences on what was passed over."""


def read_spreadsheet(text: str) -> Table:
    """The forms in `text`, and what is wrong with the table itself: where there is anything, no row is read.
    Rows are counted as spreadsheet programs do, the first being that of the labels; empty ones are passed
    over."""
    first = 1
    if text.count("\n") > MAX_LINES:
        message = _("there are more than {count} lines").format(count=number(MAX_LINES))
        return (), (Reason(message=message, fix=_("leave out the empty ones, or divide the table")),), ()
    if declared := _SEPARATOR.match(text):
        text, first = text[declared.end() :], 2
    separator = declared[1] if declared else max(SEPARATORS, key=lambda each: _labels(text, each))
    return read_rows(_rows(text, separator, first), first)


def is_spreadsheet(text: str) -> bool:
    """Whether the first row of `text` names at least two questions."""
    text = _SEPARATOR.sub("", text, count=1) if _SEPARATOR.match(text) else text
    return max(_labels(text, each) for each in SEPARATORS) > 1


def count_labels(cells: Iterable[str]) -> int:
    """How many of these cells name a question."""
    return sum(bool(field_for_label(label)) for label in cells)


def read_rows(rows: Iterator[tuple[int, list[str]]], first: int = 1) -> Table:
    """The forms in numbered rows, the first of which has the labels."""
    row = first - 1
    try:
        row, labels = next(rows, (first, []))
        columns, reasons, notices = _columns(labels, row)
        if reasons:
            return (), reasons, ()
        forms = []
        for row, cells in rows:
            if any(cell.strip() for cell in cells):
                forms.append(_form(row, cells, columns))
            if len(forms) > MAX_ROWS:
                message = _("there are more than {count} rows").format(count=number(MAX_ROWS))
                return (), (Reason(message=message, fix=_("divide the table into several files")),), ()
    except csv.Error as problem:
        if "field larger" in str(problem):
            return (
                (),
                (Reason(message=_("a cell is far too long"), fix=_("say it more briefly"), row=row + 1),),
                (),
            )
        message = _("a quotation mark is missing in this row, or one too many")
        return (), (Reason(message=message, fix=_(_SAVE), row=row + 1),), ()
    if not forms:
        fix = _("write one organisation to a row")
        return (), (Reason(message=_("there is no row below the names of the columns"), fix=fix),), ()
    return tuple(forms), (), notices


def _rows(text: str, separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
    lines = (f"{line}\n" for line in text.split("\n"))
    return enumerate(csv.reader(lines, delimiter=separator, strict=True), first)


def _labels(text: str, separator: str) -> int:
    """How many questions the first row names, where it is read with that separator."""
    start = text[: MAX_COLUMNS * MAX_LABEL_LENGTH]
    try:
        return count_labels(next(_rows(start, separator, 1), (1, []))[1])
    except csv.Error:
        return 0


def _columns(
    labels: Sequence[str], row: int
) -> tuple[list[tuple[str, Field | None]], tuple[Reason, ...], tuple[str, ...]]:
    """The question that each column answers, with its label, None for one of something else; what is wrong
    with them, and sentences on those that are passed over."""
    if len(labels) > MAX_COLUMNS:
        message = _("there are more than {count} columns").format(count=MAX_COLUMNS)
        return [], (Reason(message=message, fix=_("keep those of the form"), row=row),), ()
    columns = [(label.strip(), field_for_label(label)) for label in labels]
    present = {field.key for _, field in columns if field}
    if not present:
        message = _("the first row does not name the questions")
        labels = quote_list(_(FIELDS[place].label) for place in (0, 2))
        fix = _("write the labels of the form into it, such as {labels}").format(labels=labels)
        return columns, (Reason(message=message, fix=fix, row=row),), ()
    reasons: list[Reason] = []
    ignored: list[str] = []
    seen: set[str] = set()
    for label, field in columns:
        near = None if field else similar_field(label)
        if label and not field and (near is None or near.key in present):
            ignored.append(label[:MAX_LABEL_LENGTH])
        elif label and (reason := label_fault(label, seen, Bearer.COLUMN, row=row)):
            reasons.append(reason)
    slips = {reason.fix for reason in reasons}
    name = _(FIELDS[0].label)
    if not present & IDENTIFYING and not any(quote(name) in each for each in slips):
        message = _("there is no column {label}").format(label=quote(name))
        reasons.append(Reason(label=name, message=message, fix=_("add it"), row=row))
    return columns, tuple(reasons), tuple(_passed_over(ignored))


def _passed_over(ignored: Sequence[str]) -> Iterator[str]:
    """A sentence on columns that are no questions."""
    if not ignored:
        return
    names, more = quote_list(ignored[:MAX_NAMED]), len(ignored) - MAX_NAMED
    if more > 0:
        names = ngettext("{names} and {count} more", "{names} and {count} more", more).format(
            names=names, count=more
        )
    yield ngettext(
        "this column is not a question of the form, and was not read: {names}",
        "these columns are not questions of the form, and were not read: {names}",
        len(ignored),
    ).format(names=names)


def _form(row: int, cells: Sequence[str], columns: Sequence[tuple[str, Field | None]]) -> Form:
    answers = [
        Answer(field=field, label=label, value=cell.strip())
        for cell, (label, field) in zip(cells, columns, strict=False)
        if field
    ]
    without = [cell for cell, (label, field) in zip(cells, columns, strict=False) if not field and not label]
    stray = [cell for cell in (*without, *cells[len(columns) :]) if cell.strip()]
    if not stray:
        return Form(answers=tuple(answers), row=row)
    message = _("{answer} is in a column without a name").format(answer=quote(stray[0].strip()))
    fix = _(
        "put it into the column that it belongs to; a text with the separator in it needs quotation marks"
    )
    return Form(answers=tuple(answers), reasons=(Reason(message=message, fix=fix, row=row),), row=row)
