"""The bytes of filled-in forms → the forms in them, whichever way they came."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from charterpress.checks.queries import quote_list
from charterpress.editing.sign_up import email_form, message, outlook, spreadsheet, workbook
from charterpress.editing.sign_up.date_order import with_order
from charterpress.editing.sign_up.fields import Answer, Form, Reason, field_for_label, labels_language
from charterpress.editing.sign_up.labels import Bearer, label_fault
from charterpress.editing.sign_up.message import Letter, UnreadableError
from charterpress.editing.sign_up.workbook import UnreadableBookError
from charterpress.model.errors import UsageError
from charterpress.text.encodings import UnreadableTextError, decode
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as format_number

KINDS = ("issue", "mail", "csv", "xlsx", "msg", "mbox")
MAX_UPLOAD_BYTES = 5 * 1024 * 1024
"""The size of a file above which it is not read. A table of 5,000 organisations has half of it."""
MAX_MAILBOX_BYTES = 20 * MAX_UPLOAD_BYTES
"""The size of a file of many messages, or of all files of a folder, above which it is not read."""
MAX_MESSAGES = 5_000
MOST_CHARACTERS, MOST_LINES = 100_000, 1_000
"""How much text of a letter or an issue is read. The host of issues takes 65,536 characters."""
MAX_ATTACHED = 5
"""Attached files that a sentence names."""

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".eml": "mail",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".msg": "msg",
    ".mbox": "mbox",
}
"""What a file of this suffix is."""
_OF_FOLDERS = frozenset({*SUFFIXES, ".txt", ".text", ".md"})
"""The suffixes of the files of a folder that are read."""
_OTHER_FORMATS = {
    workbook.START: N_("this is a packed file: save the table as .xlsx or CSV, or the letter as text"),
    outlook.START[:4]: N_(
        "this is a document of an older office program: save the table as .xlsx or CSV, or the letter as text"
    ),
    b"%PDF": N_("this is a PDF: save the table as .xlsx or CSV, or the letter as text"),
    b"{\\rtf": N_(
        "this is a document in Rich Text Format: save the table as .xlsx or CSV, or the letter as text"
    ),
}
_HOW_TO_TELL = N_(
    "save it as “CSV UTF-8” or with the encoding “UTF-8”, or say which it is, "
    "such as --encoding windows-1250 for Polish or Czech"
)
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
NO_RESPONSE = "_No response_"
"""What the host writes for an answer that was left empty."""
_HEADING = re.compile(r" {0,3}###(?![^ ])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The forms in a file of one of `KINDS`, or in a folder; what is wrong with the file as a whole; and
    sentences on how it was read, for whoever takes the forms in."""

    kind: str
    forms: tuple[Form, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What somebody said of the files: the order of figures in dates, and the encoding, '' for neither."""

    order: str = ""
    encoding: str = ""


def read_forms(data: bytes, *, kind: str = "", name: str = "", options: Options | None = None) -> Reading:
    """The forms in `data`. `kind` is one of `KINDS`, or '' where the `name` of the file and what stands in it
    are to tell. Raises UsageError for what is no text at all, or needs a library that is not installed."""
    options = options or Options()
    reading = _read(data, kind, name, options)
    reading = replace(reading, forms=tuple(map(_with_details, reading.forms)))
    if reading.kind == "mbox":
        parts = [with_order([form], options.order) for form in reading.forms]
        return replace(reading, forms=tuple(form for forms, _ in parts for form in forms))
    forms, notices = with_order(reading.forms, options.order)
    return replace(reading, forms=forms, notices=(*reading.notices, *notices))


def read_folder(files: Iterable[tuple[str, bytes]], options: Options | None = None) -> Reading:
    """The forms in several files, each given by its name and bytes. What cannot be read is a form with
    nothing but a reason, and so is a file whose suffix is that of no form."""
    forms: list[Form] = []
    notices: list[str] = []
    for name, data in files:
        suffix = PurePosixPath(name).suffix.casefold()
        fix = _("read it yourself, or save it in another format")
        try:
            reading = read_forms(data, name=name, options=options)
        except UsageError as problem:
            reading = _refusal("", str(problem), fix)
        if suffix and suffix not in _OF_FOLDERS:
            reading = _refusal(
                "", _("this is not a form, as “{suffix}” shows").format(suffix=suffix[:20]), fix
            )
        forms += (
            replace(form, source=", ".join(filter(None, (name, form.source)))) for form in reading.forms
        )
        forms += (Form(answers=(), reasons=(reason,), source=name) for reason in reading.reasons)
        notices += (f"{name}: {each}" for each in reading.notices)
    return Reading(kind="folder", forms=tuple(forms), notices=tuple(notices))


def _read(data: bytes, kind: str, name: str, options: Options) -> Reading:
    kind = kind or _known_kind(data, name)
    other = next((words for start, words in _OTHER_FORMATS.items() if data.startswith(start)), "")
    if other and kind not in ("issue", "xlsx", "msg", "mbox") and not _is_markdown(name):
        raise UsageError(_(other))
    most = MAX_MAILBOX_BYTES if kind == "mbox" else MAX_UPLOAD_BYTES
    if len(data) > most:
        message_ = _("this has more than {size} MiB").format(size=most // 1024 // 1024)
        return _refusal(kind or "mail", message_, _("divide it, and leave out what is attached"))
    if kind == "mbox":
        return _mailbox(data)
    if kind in ("xlsx", "msg"):
        return _packed(data, kind)
    if kind in ("", "mail") and not _is_markdown(name) and message.is_message(data):
        return _message(data)
    try:
        text = decode(data, options.encoding)
    except UnreadableTextError as problem:
        fix = _HOW_TO_TELL if problem.untold else problem.fix
        return _refusal(kind or "csv", str(problem), _(fix))
    kind = kind or _kind(text.words, name)
    if not text.words.strip():
        return _refusal(
            kind, _("there is nothing in it"), _("answer the questions of the form, and send it again")
        )
    notice = message.encoding_notice(text)
    notices = (notice,) if notice else ()
    if kind == "csv":
        forms, reasons, more = spreadsheet.read_spreadsheet(text.words)
        return Reading(kind=kind, forms=forms, reasons=reasons, notices=(*notices, *more))
    return _single_form(kind, Letter(text=text.words, notice=notice))


def _known_kind(data: bytes, name: str) -> str:
    """What a file is by its name, or by how it begins; '' where neither says."""
    if kind := SUFFIXES.get(PurePosixPath(name).suffix.casefold(), ""):
        return kind
    if _is_markdown(name):
        return ""
    if data.startswith(workbook.START) and b"xl/" in data:
        return "xlsx"
    if data.startswith(outlook.START) and _OUTLOOK in data:
        return "msg"
    return "mbox" if message.is_mbox(data) else ""


def _packed(data: bytes, kind: str) -> Reading:
    """The forms in a workbook, or in a message of Outlook."""
    if kind == "msg":
        try:
            return _single_form("msg", outlook.read_msg(data))
        except UnreadableError as problem:
            return _refusal("msg", str(problem), _(message.PASTE_AS_TEXT))
    try:
        forms, reasons, notices = workbook.read_workbook(data)
    except UnreadableBookError as problem:
        return _refusal("xlsx", str(problem), problem.fix)
    return Reading(kind="xlsx", forms=forms, reasons=reasons, notices=notices)


def _message(data: bytes) -> Reading:
    try:
        return _single_form("mail", message.read_message(data))
    except UnreadableError as problem:
        return _refusal("mail", str(problem), _(message.PASTE_AS_TEXT))


def _mailbox(data: bytes) -> Reading:
    """The forms in a file of many messages. One that is none of the form's is a form with a reason."""
    forms: list[Form] = []
    notices: list[str] = []
    for number, each in enumerate(message.mbox_messages(data), 1):
        if number > MAX_MESSAGES:
            message_ = _("there are more than {count} messages").format(count=format_number(MAX_MESSAGES))
            return _refusal("mbox", message_, _("divide the file, or save only those that sign"))
        place = _("message {number}").format(number=number)
        reading = _message(each)
        forms += (replace(form, source=place, message=number) for form in reading.forms)
        forms += (
            Form(answers=(), reasons=(reason,), source=place, message=number) for reason in reading.reasons
        )
        notices += (f"{place}: {words}" for words in reading.notices)
    if not forms:
        return _refusal(
            "mbox", _("there is no message in it"), _("save the messages once more, each as .eml")
        )
    return Reading(kind="mbox", forms=tuple(forms), notices=tuple(notices))


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


def _single_form(kind: str, letter: Letter) -> Reading:
    """The one form of a letter or an issue."""
    if _is_long(letter.text):
        words = _("this has more than {characters} characters or {lines} lines").format(
            characters=format_number(MOST_CHARACTERS), lines=format_number(MOST_LINES)
        )
        return _refusal(kind, words, _("leave out what is not part of the form"))
    if kind == "issue":
        form, how = (
            _read_issue_form(letter.text),
            _("send the form as it was, with a heading for each question"),
        )
    else:
        form, how = (
            email_form.read_email_form(letter.text),
            _("send the form as it was, one line “label: answer” for each question"),
        )
    notices = [letter.notice] if letter.notice else []
    if letter.attached:
        names = quote_list([each[:80] for each in letter.attached[:MAX_ATTACHED]])
        notices.append(
            _("what is attached was not read: {names}; if answers are in it, save it and read that").format(
                names=names
            )
        )
    if form.reasons or any(answer.value for answer in form.answers):
        form = replace(form, sent=letter.sent, order=letter.order)
        return Reading(kind=kind, forms=(form,), notices=tuple(notices))
    if form.answers:
        fix = _("answer those that are not marked as optional")
        return _refusal(kind, _("none of the questions was answered"), fix, notices)
    return _refusal(
        kind,
        _("it has none of the questions"),
        how,
        notices,
    )


def _refusal(kind: str, message_: str, fix: str, notices: Iterable[str] = ()) -> Reading:
    return Reading(kind=kind, reasons=(Reason(message=message_, fix=fix),), notices=tuple(notices))


def _with_details(form: Form) -> Form:
    """`form` with the answers that somebody wrote below “What should it say”, a line for each. Where some of
    it is none, all of it stays for a person to read."""
    words = form.words("details")
    if not words:
        return form
    inner = email_form.read_email_form(words)
    line = next(each.line for each in form.answers if each.field.key == "details")
    given = {each.field.key for each in form.answers if each.value.strip() and each.field.key != "details"}
    twice = any(each.field.key in given for each in inner.answers)
    if not inner.answers or inner.unread or inner.reasons or twice:
        return form
    keys = {each.field.key for each in inner.answers}
    kept = tuple(each for each in form.answers if each.field.key not in keys | {"details"})
    more = tuple(replace(each, line=line + each.line if line else 0) for each in inner.answers)
    return replace(form, answers=(*kept, *more))


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
        reason = label_fault(label, seen, Bearer.QUESTION, line=number) if number and label else None
        field = field_for_label(label)
        if reason:
            reasons.append(reason)
        elif field:
            value = "\n".join(lines[number:end]).strip()
            value = "" if value == NO_RESPONSE else value
            answers.append(Answer(field=field, label=label, value=value, line=number))
        else:
            below = enumerate(map(str.strip, lines[max(0, number - 1) : end]), max(1, number))
            unread += [(line, words) for line, words in below if words]
    return Form(answers=tuple(answers), reasons=tuple(reasons), unread=tuple(unread[: email_form.MAX_UNREAD]))


def is_issue_form(text: str) -> bool:
    """Whether `text` has a heading in it that is a question of the form."""
    return any(field_for_label(_heading(line) or "") for line in text.split("\n"))


def issue_language(text: str) -> str:
    """Return the language of the questions in `text`, the text of an issue; '' if that is not certain."""
    return labels_language([label for line in text.split("\n") if (label := _heading(line))])


def _heading(line: str) -> str | None:
    """The words of a heading of the third level; None for any other line."""
    start = _HEADING.match(line)
    return line[start.end() :].strip().rstrip("#").strip() if start else None
