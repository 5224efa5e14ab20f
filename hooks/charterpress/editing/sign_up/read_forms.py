"""The bytes of a filled-in form → the forms in it, whichever way they came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from charterpress.editing.sign_up import email_form, spreadsheet
from charterpress.editing.sign_up.fields import Answer, Form, Reason, field_for_label, label_fault
from charterpress.model.errors import UsageError
from charterpress.read.decoding import BOM

KINDS = ("issue", "mail", "csv")
MAX_UPLOAD_BYTES = 5 * 1024 * 1024
"""The size of a file above which it is not read. A table of 5,000 organisations has half of it."""
MOST_CHARACTERS, MOST_LINES = 100_000, 1_000
"""How much text of a letter or an issue is read. The host of issues takes 65,536 characters."""

_BY_NAME = {".csv": "csv", ".tsv": "csv", ".eml": "mail"}
_OTHER_FORMATS = {
    b"PK\x03\x04": "a workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "a document of an older office program",
    b"%PDF": "a PDF",
    b"{\\rtf": "a document in Rich Text Format",
}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAVE_CSV = "save it as “CSV UTF-8”; in LibreOffice, choose the character set “Unicode (UTF-8)”"
NO_RESPONSE = "_No response_"
"""What the host writes for an answer that was left empty."""
_HEADING = re.compile(r" {0,3}###(?![^ ])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The forms in a file of one of `KINDS`, and what is wrong with the file as a whole."""

    kind: str
    forms: tuple[Form, ...] = ()
    reasons: tuple[Reason, ...] = ()


def read_forms(data: bytes, *, kind: str = "", name: str = "") -> Reading:
    """The forms in `data`. `kind` is one of `KINDS`, or '' where the `name` of the file and what stands in it
    are to tell. Raises UsageError for what is no text at all."""
    kind = kind or _BY_NAME.get(PurePosixPath(name).suffix.casefold(), "")
    other = next((words for start, words in _OTHER_FORMATS.items() if data.startswith(start)), "")
    if other and kind != "issue" and not _is_markdown(name):
        raise UsageError(f"this is {other}: save the table as CSV, or the letter as text")
    if len(data) > MAX_UPLOAD_BYTES:
        message = f"this has more than {MAX_UPLOAD_BYTES // 1024 // 1024} MiB"
        return _refusal(kind or "mail", message, "divide it, and leave out what is attached")
    if kind in ("", "mail") and not _is_markdown(name) and email_form.is_message(data):
        try:
            return _single_form("mail", email_form.message_text(data))
        except email_form.UnreadableError as problem:
            return _refusal("mail", str(problem), email_form.PASTE_AS_TEXT)
    try:
        text = re.sub(r"\r\n?", "\n", data.removeprefix(BOM).decode())
    except UnicodeDecodeError as problem:
        save = _SAVE_CSV if kind in ("", "csv") else "save it with the encoding “UTF-8”"
        return _refusal(kind or "csv", _not_utf8(data, problem), save)
    kind = kind or _kind(text, name)
    if not text.strip():
        return _refusal(kind, "there is nothing in it", "answer the questions of the form, and send it again")
    if kind == "csv":
        forms, reasons = spreadsheet.read_spreadsheet(text)
        return Reading(kind=kind, forms=forms, reasons=reasons)
    return _single_form(kind, text)


def _kind(text: str, name: str) -> str:
    """What `text` looks like. Markdown is the text of an issue, into which somebody may have put a letter."""
    if not _is_long(text) and is_issue_form(text):
        return "issue"
    if _is_markdown(name):
        return "mail" if email_form.is_email_form(text) else "issue"
    return "csv" if spreadsheet.is_spreadsheet(text) else "mail"


def _is_long(text: str) -> bool:
    """Whether there is more in a text than is read of a letter or an issue."""
    return len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES


def _is_markdown(name: str) -> bool:
    return name.casefold().endswith(".md")


def _single_form(kind: str, text: str) -> Reading:
    """The one form of a letter or an issue."""
    if _is_long(text):
        message = f"this has more than {MOST_CHARACTERS:,} characters or {MOST_LINES:,} lines"
        return _refusal(kind, message, "leave out what is not part of the form")
    form, what = email_form.read_email_form(text), "one line “label: answer” for each question"
    if kind == "issue":
        form, what = _read_issue_form(text), "with a heading for each question"
    if form.reasons or any(answer.value for answer in form.answers):
        return Reading(kind=kind, forms=(form,))
    if form.answers:
        fix = "answer those that are not marked as optional"
        return _refusal(kind, "none of the questions was answered", fix)
    return _refusal(kind, "none of the questions stands in it", f"send the form as it was, {what}")


def _refusal(kind: str, message: str, fix: str) -> Reading:
    return Reading(kind=kind, reasons=(Reason(message=message, fix=fix),))


def _not_utf8(data: bytes, problem: UnicodeDecodeError) -> str:
    if data.startswith(_UTF16_MARKS):
        return "this is in UTF-16, an encoding that is not read here"
    line = data[: problem.start].count(b"\n") + 1
    return f"this is not in UTF-8: byte 0x{data[problem.start]:02X} in line {line}"


def _read_issue_form(text: str) -> Form:
    """The form in `text`, whose lines end in a line feed."""
    lines = text.split("\n")
    headings = ((number, _heading(line)) for number, line in enumerate(lines, 1))
    starts = [(0, ""), *((number, label) for number, label in headings if label is not None)]
    ends = [*(number - 1 for number, _ in starts[1:]), len(lines)]
    answers: list[Answer] = []
    reasons: list[Reason] = []
    unread: list[tuple[int, str]] = []
    seen: set[str] = set()
    for (number, label), end in zip(starts, ends, strict=True):
        if not label:
            below = enumerate(map(str.strip, lines[number:end]), number + 1)
            unread += [(line, words) for line, words in below if words]
        if number and (reason := label_fault(label, seen, "question", line=number)):
            reasons.append(reason)
        elif field := field_for_label(label):
            value = "\n".join(lines[number:end]).strip()
            value = "" if value == NO_RESPONSE else value
            answers.append(Answer(field=field, label=label, value=value, line=number))
    return Form(answers=tuple(answers), reasons=tuple(reasons), unread=tuple(unread))


def is_issue_form(text: str) -> bool:
    """Whether `text` has a heading in it that is a question of the form."""
    return any(field_for_label(_heading(line) or "") for line in text.split("\n"))


def _heading(line: str) -> str | None:
    """The words of a heading of the third level; None for any other line."""
    start = _HEADING.match(line)
    return line[start.end() :].strip().rstrip("#").strip() if start else None
