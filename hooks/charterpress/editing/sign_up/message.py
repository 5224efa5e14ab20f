"""A whole message, as mail programs save it → its text, and how its sender is likely to write dates."""

from __future__ import annotations

import email
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message

from charterpress.checks.queries import quote_list
from charterpress.editing.sign_up.email_form import is_email_form
from charterpress.editing.sign_up.html_text import html_text
from charterpress.text.encodings import CHARSETS, Text, UnreadableTextError, decode
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _
from charterpress.text.written_dates import DAY_FIRST, MONTH_FIRST, YEAR_FIRST

MAX_LINES = 100_000
"""Lines of a whole message: one that is as large as is read has fewer, unless it is made of empty parts."""
PASTE_AS_TEXT = N_(
    "copy its words into a text file, one line “label: answer” for each question, and use that"
)
_HEADER = re.compile(
    r"(?:From|To|Subject|Received|Return-Path|Message-ID|MIME-Version|Content-Type|Delivered-To|Date"
    r"|X-[\w-]+): ?.*",
    re.IGNORECASE,
)
_MONTH_FIRST_ZONES = range(-10, -3)
"""Hours from UTC in the United States. Programs there and elsewhere claim to be in American English."""
_YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "lt", "mn"})
_MIXED = frozenset({"en-ca", "fr-ca", "en-za", "sv", "eu", "af"})
"""Languages in which figures stand in more than one order."""


_ENVELOPE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From \S+ [^\r\n]*\d:\d\d[^\r\n]*\r?\n")
"""The line before each message of an mbox file: who sent it, and when."""


class UnreadableError(Exception):
    """A message with no text that can be read, and why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A message's text; the day on which it was sent, as 2027-03-01, and the order of figures in its sender's
    dates, '' where that is unknown; the names of files that are attached; and a sentence on its encoding."""

    text: str
    sent: str = ""
    order: str = ""
    attached: tuple[str, ...] = ()
    notice: str = ""


def is_message(data: bytes) -> bool:
    """Whether `data` is a whole message: at least two lines of a letter's head stand at its start, and an
    address or the name of a program among them."""
    head = re.split(rb"\r?\n\r?\n", data[:65_536], maxsplit=1)[0].decode("latin-1")
    return sum(bool(_HEADER.fullmatch(line)) for line in head.splitlines()) > 1


def read_message(data: bytes) -> Letter:
    """The text of a whole message. Raises UnreadableError where it has none, or none that can be read."""
    if data.count(b"\n") > MAX_LINES:
        raise UnreadableError(_("this message has more than {count} lines").format(count=number(MAX_LINES)))
    try:
        message = email.message_from_bytes(data)
        leaves = [part for part in message.walk() if not part.is_multipart()]
        parts = [part for part in leaves if part.get_content_disposition() != "attachment"]
        attached = tuple(str(each.get_filename() or "") for each in leaves if each not in parts)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as problem:
        raise UnreadableError(_("this message cannot be read")) from problem
    text, notice = _best(parts)
    return Letter(
        text=text, notice=notice, attached=tuple(filter(None, attached)), **sender_hints(_headers(message))
    )


def _headers(message: Message) -> dict[str, str]:
    """The headers that tell of the sender."""
    names = ("Date", "Content-Language", "Accept-Language")
    return {name: str(message.get(name) or "")[:200] for name in names}


def sender_hints(headers: dict[str, str]) -> dict[str, str]:
    """`sent` and `order`, as in `Letter`, by the headers `Date`, `Content-Language` and `Accept-Language`."""
    sent: datetime | None = None
    try:
        sent = email.utils.parsedate_to_datetime(headers["Date"])
    except (ValueError, TypeError, IndexError, OverflowError):
        sent = None
    offset = sent.utcoffset() if sent else None
    hours = None if offset is None else offset.total_seconds() / 3600
    languages = [
        headers["Accept-Language"].split(",")[0].split(";")[0],
        headers["Content-Language"].split(",")[0],
    ]
    orders = {_order(each.strip().casefold(), hours) for each in languages if each.strip()}
    order = orders.pop() if len(orders) == 1 else ""
    return {"sent": sent.date().isoformat() if sent else "", "order": order}


def _order(language: str, hours: float | None) -> str:
    """The order of the figures of a date in a language such as en-gb, and a time zone; '' for unknown."""
    base = language.partition("-")[0]
    if language in _MIXED or base in _MIXED or language == "en":
        return ""
    if language == "en-us":
        return MONTH_FIRST if hours is not None and int(hours) in _MONTH_FIRST_ZONES else ""
    if language in ("en-ph", "fil-ph", "es-pr", "es-us"):
        return ""
    return YEAR_FIRST if base in _YEAR_FIRST else DAY_FIRST


def _best(parts: list[Message]) -> tuple[str, str]:
    """The text of the first part that is a form, or else of the first that is text, plain before others."""
    problem: UnreadableError | None = None
    first: tuple[str, str] | None = None
    for kind in ("text/plain", "text/html"):
        for part in (each for each in parts if each.get_content_type() == kind):
            try:
                found = _decoded(part)
            except UnreadableError as fault:
                problem = problem or fault
                continue
            if is_email_form(found[0]):
                return found
            first = first or found
    if first is None:
        raise problem or UnreadableError(_("there is no text in this message"))
    return first


def _decoded(part: Message) -> tuple[str, str]:
    charset = str(part.get_content_charset() or "")
    payload = part.get_payload(decode=True)
    if (charset and not CHARSETS.fullmatch(charset)) or not isinstance(payload, bytes):
        raise UnreadableError(_("this message is in an encoding that is not read here"))
    if part.get_content_type() == "text/html":
        try:
            return html_text(payload, charset), ""
        except ValueError as problem:
            raise UnreadableError(
                _("this message has its text as a web page that cannot be read")
            ) from problem
    try:
        text = decode(payload, "" if charset in ("", "us-ascii", "utf-8", "ascii") else charset)
    except UnreadableTextError as problem:
        raise UnreadableError(
            _("this message is not in {encoding}, as it says").format(encoding=charset or "utf-8")
        ) from problem
    words = text.words
    if str(part.get_param("format", "")).casefold() == "flowed":  # RFC 3676: a space at the end of a line
        words = re.sub(r"(?<!\n--) \n(?!>)", " ", words)  # is a line that goes on
    return words, encoding_notice(text)


def encoding_notice(text: Text) -> str:
    """A sentence on how `text` was read; '' where that was certain."""
    if not text.guessed:
        return ""
    if not text.examples:
        return _("it is not in UTF-8 and was read as {encoding}").format(encoding=text.guessed)
    message = _("it is not in UTF-8 and was read as {encoding}: look at {examples}")
    return message.format(encoding=text.guessed, examples=quote_list(text.examples))


def mbox_messages(data: bytes) -> Iterator[bytes]:
    """The messages of an mbox file, without the lines that part them: RFC 4155, and `>From ` as From."""
    for each in _ENVELOPE.split(data)[1:]:
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", each)


def is_mbox(data: bytes) -> bool:
    """Whether `data` is a file of many messages."""
    return data.startswith(b"From ") and is_message(data.partition(b"\n")[2])
