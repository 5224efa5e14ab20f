"""A workbook (.xlsx) → the forms in its table.

Formulas give the values that were saved with them; nothing in it is run, and no link is followed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Protocol
from xml.etree.ElementTree import ParseError

from charterpress.checks.queries import quote, quote_list
from charterpress.editing.sign_up.fields import DATES, Form, Reason, field_for_label
from charterpress.editing.sign_up.spreadsheet import MAX_COLUMNS, MAX_ROWS, Table, count_labels, read_rows
from charterpress.model.errors import UsageError
from charterpress.text.dates import day_in_words
from charterpress.text.extras import missing_extra
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as format_number
from charterpress.text.written_dates import SERIAL_DAYS, read_date, serial_day

START = b"PK\x03\x04"
MAX_UNPACKED = 60 * 1024 * 1024
"""Bytes of all parts of a workbook together, unpacked. A table of 5,000 organisations has a tenth of it."""
MAX_PARTS = 1_000
MAX_READ_ROWS = 20 * MAX_ROWS
"""Rows of a sheet, the empty ones counted."""
MAX_SHEETS = 20
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O|E\0N)|\0<\0!\0(?:D\0O|E\0N)", re.IGNORECASE)
_UNSAVED = re.compile(rb"</f>\s*(?:<v ?/>|<v></v>)?\s*</c>|<f[^>]*/>\s*</c>")
_SAVE_AGAIN = N_("open it in a spreadsheet program, and save the table as .xlsx or as CSV again")
_DIVIDE = N_("divide the table")


class UnreadableBookError(Exception):
    """A workbook that is not read, and why; and what to do (default: save it again)."""

    def __init__(self, message: str, fix: str = _SAVE_AGAIN) -> None:
        super().__init__(message)
        self.fix = _(fix)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cell:
    """What a cell says, and its day if it is one for the program that saved it."""

    words: str
    day: str = ""


class _Sheet(Protocol):
    """What is asked of a sheet of openpyxl's, which carries no types."""

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: bool, max_col: int) -> Iterator[tuple[object, ...]]: ...


def read_workbook(data: bytes) -> Table:
    """The forms in the first sheet of a workbook that names questions in its first row. Raises
    UnreadableBookError for a file that is none or is not safe to read, UsageError if the library that reads
    them is not installed."""
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra
        from openpyxl.utils.datetime import CALENDAR_MAC_1904  # noqa: PLC0415 - as above
        from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - as above
    except ImportError as missing:
        raise UsageError(missing_extra("sheets", _("to read a workbook"))) from missing
    unsaved = _require_safe(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        system = "1904" if book.epoch == CALENDAR_MAC_1904 else "1900"
        sheets = {sheet.title: _rows(sheet, system) for sheet in book.worksheets[:MAX_SHEETS]}
    except (
        InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, AttributeError,
        IndexError, OverflowError, EOFError, OSError, AssertionError, NotImplementedError, RuntimeError,
    ) as problem:  # fmt: skip
        raise UnreadableBookError(_("this is not a readable workbook")) from problem
    filled = {name: rows for name, rows in sheets.items() if rows}
    tables = [name for name, rows in filled.items() if count_labels(each.words for each in rows[0]) > 1]
    chosen = next(iter(tables or filled), "")
    if not chosen:
        raise UnreadableBookError(
            _("there is no row in this workbook"), N_("write one organisation to a row")
        )
    notices = []
    if rest := [name for name in filled if name != chosen]:
        notices.append(
            _("only the sheet {sheet} was read, and not {others}").format(
                sheet=quote(chosen), others=quote_list(rest[:5])
            )
        )
    if unsaved:
        notices.append(
            _(
                "there are formulas without a saved result, which were read as empty: open it in a "
                "spreadsheet program, and save the table as .xlsx or as CSV again"
            )
        )
    forms, reasons, more = read_rows(
        iter([(number, [each.words for each in row]) for number, row in enumerate(filled[chosen], 1)])
    )
    return tuple(_doubted(forms, filled[chosen])), reasons, (*notices, *more)


def _require_safe(data: bytes) -> bool:
    """Whether a formula in it has no saved result. Raises UnreadableBookError for a packed file that is none
    of a spreadsheet program, or is made to harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
                raise UnreadableBookError(_("this is a packed file and no workbook (.xlsx)"))
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise UnreadableBookError(_("this workbook is far too large when it is unpacked"), _DIVIDE)
            unsaved = False
            for part in parts:
                if not part.filename.casefold().endswith((".xml", ".rels", ".vml")):
                    continue
                words = packed.read(part)
                if _DECLARED.search(words):
                    raise UnreadableBookError(_("this workbook declares entities, which none needs"))
                unsaved = unsaved or ("/worksheets/" in part.filename and bool(_UNSAVED.search(words)))
    except (
        zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
    ) as problem:  # fmt: skip
        raise UnreadableBookError(_("this packed file is damaged or locked")) from problem
    return unsaved


def _rows(sheet: _Sheet, system: str) -> list[list[_Cell]]:
    """The rows of `sheet`, one of openpyxl’s to read only, without the empty ones at its end."""
    rows: list[list[_Cell]] = []
    dated: set[int] = set()
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)):
        if number >= MAX_READ_ROWS:
            raise UnreadableBookError(
                _("there are more than {count} rows").format(count=format_number(MAX_READ_ROWS)), _DIVIDE
            )
        cells = [_cell(value, system, dated=at in dated) for at, value in enumerate(row)]
        while cells and not cells[-1].words:
            cells.pop()
        if not rows:
            labels = [field_for_label(each.words) for each in cells]
            dated = {at for at, field in enumerate(labels) if field and field.key in DATES}
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return rows if any(rows) else []


def _cell(value: object, system: str, *, dated: bool) -> _Cell:
    """What a cell says. In a column of dates a number is a day, as the workbook counts them."""
    if value is None:
        return _Cell(words="")
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return _Cell(words=day, day=day)
    if isinstance(value, date):
        return _Cell(words=value.isoformat(), day=value.isoformat())
    if isinstance(value, bool | time):
        return _Cell(words=str(value))
    if isinstance(value, int | float):
        least, most = (SERIAL_DAYS[0] - 1_462, SERIAL_DAYS[1] - 1_462) if system == "1904" else SERIAL_DAYS
        if dated and least <= value <= most:
            day = serial_day(value, system)
            return _Cell(words=day, day=day)
        return _Cell(words=str(int(value)) if float(value).is_integer() else repr(value))
    return _Cell(words=str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"))


def _doubted(forms: Sequence[Form], rows: Sequence[Sequence[_Cell]]) -> Sequence[Form]:
    """`forms`, with a question where a program may have turned day and month round.

    Where it expects the month first, it makes 1/3/2027 the third of January and leaves 13/3/2027 as text."""
    labels = [field_for_label(each.words) for each in rows[0]] if rows else []
    for at, field in enumerate(labels):
        if field and field.key in DATES:
            forms = tuple(_doubted_in(at, forms, rows))
    return forms


def _doubted_in(at: int, forms: Sequence[Form], rows: Sequence[Sequence[_Cell]]) -> Iterator[Form]:
    """The same, for the dates in one column."""
    texts = [row[at].words for row in rows[1:] if at < len(row) and row[at].words and not row[at].day]
    text = next((each for each in texts if read_date(each).proves), "")
    for form in forms:
        cell = rows[form.row - 1][at] if at < len(rows[form.row - 1]) else _Cell(words="")
        year, month, day = (cell.day or "0-0-0").split("-")
        if text and cell.day and int(day) <= 12 and day != month:
            shown = quote(day_in_words(cell.day))
            message = _("this cell is the date {date}, and another of its column the text {kind}").format(
                date=shown, kind=quote(text)
            )
            fix = _(
                "a program may have turned day and month round: write “{date}” or "
                "“{turned_date}” as text, whichever is right"
            ).format(date=day_in_words(cell.day), turned_date=day_in_words(f"{year}-{day}-{month}"))
            reason = Reason(message=message, fix=fix, row=form.row, label=rows[0][at].words)
            yield replace(form, reasons=(*form.reasons, reason))
        else:
            yield form
