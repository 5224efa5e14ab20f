"""A table of contacts, as a spreadsheet saves it → a row for each organisation, and what cannot be used."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charterpress.model.errors import CharterError
from charterpress.text.encodings import UnreadableTextError, decode
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext
from charterpress.text.interface import number as format_number

COLUMNS = {
    "slug": ("slug", "short name", "file"),
    "page": ("page", "page address", "address of page", "link", "url", "website", "web"),
    "organisation": ("organisation", "organization", "name of organisation", "name of your organisation"),
    "email": ("email", "e mail", "mail", "email address", "e mail address", "emails"),
    "name": ("name", "contact", "contact name", "person", "greeting", "dear"),
    "language": ("language", "lang", "locale"),
}
"""What each column may be called. “name” is the person's where another column says which organisation it is,
and else the organisation's."""
SEPARATORS = (",", ";", "\t")
MAX_BYTES = 4 * 1024 * 1024
MAX_ROWS = 20_000
MAX_ADDRESSES = 10
"""Addresses of one organisation."""
MAX_NAME = 120
_DECLARED = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DIVIDERS = re.compile(r"[\s,;]+")
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_UNSAFE = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of whatever stands behind them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactRow:
    """One row. `number` is its place in the table, the row of the column names being 1. The organisation is
    named by at least one of `slug`, `page` and `organisation`; `emails` are addresses that can be written to;
    `name` is the person's, `language` a tag such as cy; both may be ''."""

    number: int
    emails: tuple[str, ...]
    slug: str = ""
    page: str = ""
    organisation: str = ""
    name: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFault:
    """What is wrong with a row, and what to do. No address is repeated: what is printed may be kept."""

    row: int
    message: str
    fix: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Contacts:
    """The rows that name an organisation, those without an address too; the faults; and the names of
    the columns that are not used."""

    rows: tuple[ContactRow, ...]
    faults: tuple[RowFault, ...] = ()
    ignored: tuple[str, ...] = ()


def read_contacts(data: bytes, path: str) -> Contacts:
    """Return the contacts in `data`, a table saved as CSV: UTF-8, UTF-16 with a byte order mark, or Windows-
    1252; divided by commas, semicolons or tabs. Raises CharterError, with `path` and a line, for a table that
    cannot be read or lacks a column."""
    if len(data) > MAX_BYTES:
        raise CharterError(
            _("it has more than {most} MB, so it is not a list of contacts").format(
                most=MAX_BYTES // 1024**2
            ),
            path=path,
        )
    try:
        text = decode(data).words
    except UnreadableTextError as error:
        raise CharterError(f"{error}: {error.fix}", path=path) from error
    if "\0" in text:
        raise CharterError(_("it is not a table of text: save it as CSV (in Excel, “CSV UTF-8”)"), path=path)
    declared = _DECLARED.match(text)
    skipped = 1 if declared else 0
    text = text[declared.end() :] if declared else text
    first = text.partition("\n")[0]
    separator = declared[1] if declared else max(SEPARATORS, key=first.count)
    # Strictly: after a quotation mark that nothing closes, one row would have the addresses of all below it.
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        table = [(lines.line_num + skipped, row) for row in lines]
    except csv.Error as error:
        line = lines.line_num + skipped
        raise CharterError(
            _(
                "a quotation mark is missing in or above this row, or one too many: save the table "
                "as CSV again"
            ),
            path=path,
            line=line,
        ) from error
    if not table:
        raise CharterError(_("it is empty: the first row names the columns"), path=path)
    columns, ignored = _columns(table[0][1], path, table[0][0])
    if len(table) > MAX_ROWS:
        raise CharterError(
            _("it has more than {most} rows: divide it").format(most=format_number(MAX_ROWS)), path=path
        )
    rows, faults = [], []
    for number, cells in enumerate((row for _line, row in table[1:]), 2):
        if any(cell.strip() for cell in cells):
            row, wrong = _row(number, cells, columns)
            rows += [row] if row else []
            faults += wrong
    return Contacts(rows=tuple(rows), faults=tuple(faults), ignored=ignored)


def clean_words(text: str) -> str:
    """Return `text` as one line without control characters and marks of direction, so that it can neither
    begin another header nor turn the words around it."""
    kept = (
        " " if each.isspace() else each
        for each in text
        if each.isspace() or (unicodedata.category(each) not in _UNSAFE and each not in _DIRECTIONS)
    )
    return " ".join("".join(kept).split())


def email_address(text: str) -> str:
    """Return `text` as an address that every mail server takes, with a domain in ASCII; '' if it is none."""
    local, at, domain = text.removeprefix("mailto:").rpartition("@")
    if not at or len(local) > 64 or not _LOCAL.fullmatch(local):
        return ""
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode()
    except UnicodeError:
        return ""
    labels = domain.split(".")
    if len(labels) < 2 or len(domain) > 253 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        return ""
    return f"{local}@{domain.lower()}"


def _columns(labels: Sequence[str], path: str, line: int) -> tuple[dict[str, int], tuple[str, ...]]:
    """The place of each column that is used, and the names of the others."""
    known = {name: key for key, names in COLUMNS.items() for name in names}
    columns: dict[str, int] = {}
    ignored = []
    for place, label in enumerate(labels):
        key = known.get(" ".join(re.findall(r"\w+", label.casefold())))
        if key and key in columns:
            raise CharterError(
                _("two columns are for “{key}”: rename one of them").format(key=key), path=path, line=line
            )
        if key:
            columns[key] = place
        elif label.strip():
            ignored.append(clean_words(label)[:MAX_NAME])
    if "name" in columns and columns.keys().isdisjoint({"slug", "page", "organisation"}):
        columns["organisation"] = columns.pop("name")
    if "email" not in columns:
        message = _(
            "the first row has no column “email”: name the columns, such as slug, email, name, language"
        )
        raise CharterError(message, path=path, line=line)
    if columns.keys().isdisjoint({"slug", "page", "organisation"}):
        message = _("no column says which organisation it is: add “slug”, “page” or “organisation”")
        raise CharterError(message, path=path, line=line)
    return columns, tuple(ignored)


def _row(
    number: int, cells: Sequence[str], columns: dict[str, int]
) -> tuple[ContactRow | None, list[RowFault]]:
    values = {key: cells[at].strip() if at < len(cells) else "" for key, at in columns.items()}
    who = {key: clean_words(values.get(key, "")) for key in ("slug", "page", "organisation")}
    if not any(who.values()):
        fix = _("write its slug, its page or its name")
        return None, [RowFault(row=number, message=_("it names no organisation"), fix=fix)]
    faults = []
    written = list(_written_addresses(values["email"]))
    emails = [email_address(each) for each in written]
    if bad := emails.count(""):
        if len(written) == 1:
            message = _("the e-mail address is not in the form of one")
        else:
            message = ngettext(
                "{bad} of {count} e-mail addresses is not in the form of one",
                "{bad} of {count} e-mail addresses are not in the form of one",
                len(written),
            ).format(bad=bad, count=len(written))
        fix = _("write it as office@charity.example; several are divided by “;”")
        faults.append(RowFault(row=number, message=message, fix=fix))
    language = values.get("language", "").replace("_", "-")
    if language and not _LANGUAGE.fullmatch(language):
        fix = _("write a tag such as en or cy, or leave it empty; it was taken as empty")
        faults.append(RowFault(row=number, message=_("the language is not a language tag"), fix=fix))
        language = ""
    found = tuple(dict.fromkeys(filter(None, emails)))
    if len(found) > MAX_ADDRESSES:
        message = _("it has {count} addresses; the first {most} are used").format(
            count=len(found), most=MAX_ADDRESSES
        )
        faults.append(RowFault(row=number, message=message, fix=_("keep the few that decide")))
    name = clean_words(values.get("name", ""))
    if len(name) > MAX_NAME:
        faults.append(
            RowFault(row=number, message=_("the name is too long to greet by"), fix=_("shorten it"))
        )
        name = ""
    row = ContactRow(number=number, emails=found[:MAX_ADDRESSES], name=name, language=language, **who)
    return row, faults


def _written_addresses(cell: str) -> Iterator[str]:
    """The addresses in a cell as they are written: “a@x; b@y”, or “Jo <a@x>, Sam <b@y>”."""
    pieces = _IN_BRACKETS.findall(cell) if "<" in cell else _DIVIDERS.split(cell)
    yield from (each.strip() for each in pieces if each.strip())
