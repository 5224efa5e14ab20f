"""An e-mail, or the text of one → the form in it: a line “label: answer” for each question."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Sequence
from email.message import Message

from charterpress.editing.sign_up.fields import (
    MAX_LABEL_LENGTH,
    Answer,
    Field,
    Form,
    Reason,
    field_for_label,
    label_fault,
    similar_field,
)

MIN_SIMILARITY = 0.75
"""How alike a label must be to a known one to be told as a slip, from 0 to 1: other lines of a letter have
colons too."""
WRAP_WIDTH = 60
"""Characters of a line from which on a mail program may have broken it, the next word counted."""
MAX_LINES = 100_000
"""Lines of a whole message: one that is as large as is read has fewer, unless it is made of empty parts."""
MAX_UNREAD = 20
"""Lines that are told of because they belong to no answer."""

_COLON = re.compile("[:：]")
_MARKS = " \t\u00a0*_•·-"
"""What may stand around a label: the marks of a list, and of bold letters."""
_QUOTED = re.compile(r"(?:> ?)+")
_HEADER = re.compile(
    r"(?:From|To|Subject|Received|Return-Path|Message-ID|MIME-Version|Content-Type|Delivered-To): ?.*",
    re.IGNORECASE,
)
_CHARSET = re.compile(
    r"utf-?8|us-ascii|iso-8859-\d{1,2}|windows-\d{3,4}|koi8-[rut]|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)"
    r"|iso-2022-(?:jp|kr)",
    re.IGNORECASE,
)
"""The encodings that mail comes in. Python knows others, which take minutes over a text made for it."""


PASTE_AS_TEXT = "copy its words into a text file, one line “label: answer” for each question, and use that"


class UnreadableError(Exception):
    """A message with no text that can be read, and why."""


def is_message(data: bytes) -> bool:
    """Whether `data` is a whole message: at least two lines of a letter's head stand at its start."""
    head = re.split(rb"\r?\n\r?\n", data[:65_536], maxsplit=1)[0].decode("latin-1")
    return sum(bool(_HEADER.fullmatch(line)) for line in head.splitlines()) > 1


def message_text(data: bytes) -> str:
    """The text of a whole message. Raises UnreadableError where it has none, or none that can be read."""
    if data.count(b"\n") > MAX_LINES:
        raise UnreadableError(f"this message has more than {MAX_LINES:,} lines")
    try:
        message = email.message_from_bytes(data)
        leaves = [part for part in message.walk() if not part.is_multipart()]
        parts = [part for part in leaves if part.get_content_disposition() != "attachment"]
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as problem:
        raise UnreadableError("this message cannot be read") from problem
    plain = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    if plain is None and any(part.get_content_type() == "text/html" for part in parts):
        raise UnreadableError("this message has its text as a web page (HTML) only")
    if plain is None:
        raise UnreadableError("there is no text in this message")
    return _decoded(plain)


def _decoded(part: Message) -> str:
    charset = str(part.get_content_charset() or "utf-8")
    payload = part.get_payload(decode=True)
    if not _CHARSET.fullmatch(charset) or not isinstance(payload, bytes):
        raise UnreadableError("this message is in an encoding that is not read here")
    try:
        text = payload.decode("utf-8" if charset == "us-ascii" else charset)
    except (UnicodeError, LookupError) as problem:
        raise UnreadableError(f"this message is not in {charset}, as it says") from problem
    text = re.sub(r"\r\n?", "\n", text)
    if str(part.get_param("format", "")).casefold() == "flowed":  # RFC 3676: a space at the end of a line
        text = re.sub(r"(?<!\n--) \n(?!>)", " ", text)  # is a line that goes on
    return text


def read_email_form(text: str) -> Form:
    """The form in `text`, whose lines end in a line feed. What follows a line “-- ” is a signature. Where
    the answers are the writer's own, what is quoted is another's; where all is quoted, it counts."""
    lines = list(_own_lines(text.split("\n")))
    answers: list[Answer] = []
    reasons: list[Reason] = []
    starts = [(place, *start) for place, (_, words) in enumerate(lines) if (start := _label(words))]
    places = [*(place for place, *_ in starts), len(lines)]
    unread = [line for line in lines[: places[0]] if line[1].strip()]
    seen: set[str] = set()
    for (place, label, field, first), end in zip(starts, places[1:], strict=True):
        number = lines[place][0]
        if reason := label_fault(label, seen, "question", line=number):
            reasons.append(reason)
        elif field:
            value, rest = _answer(field, first, lines[place:end], last=end == len(lines))
            answers.append(Answer(field=field, label=label, value=value, line=number))
            unread += rest
    return Form(answers=tuple(answers), reasons=tuple(reasons), unread=tuple(unread[:MAX_UNREAD]))


def is_email_form(text: str) -> bool:
    """Whether `text` has a line in it that begins with a label of the form and a colon."""
    parts = (_split(_QUOTED.sub("", line)) for line in text.split("\n"))
    return any(field_for_label(each[0]) for each in parts if each)


def _own_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines of a letter that count, with their numbers."""
    end = next((place for place, line in enumerate(lines) if line in ("-- ", "--")), len(lines))
    numbered = list(enumerate(lines[:end], 1))
    own = [(number, line) for number, line in numbered if not _QUOTED.match(line)]
    if any((label := _label(line)) and label[1] for _, line in own):
        return iter(own)
    return ((number, _QUOTED.sub("", line, count=1)) for number, line in numbered)


def _label(line: str) -> tuple[str, Field | None, str] | None:
    """The label at the start of `line`, its question (None for a slip), and what follows; None if there is
    none."""
    label, rest = _split(line) or ("", "")
    field = field_for_label(label)
    return (label, field, rest) if field or similar_field(label, MIN_SIMILARITY) else None


def _split(line: str) -> tuple[str, str] | None:
    """What stands before the first colon of `line`, and what follows it; None where that is no label."""
    colon = _COLON.search(line, 0, 2 * MAX_LABEL_LENGTH)
    if not colon or line.startswith("//", colon.end()):
        return None
    before, rest = line[: colon.start()], line[colon.end() :].strip()
    label = before.strip(_MARKS)
    if "**" in before[: before.find(label)]:
        rest = rest.removeprefix("**").lstrip()
    return label, rest


def _answer(
    field: Field, first: str, lines: list[tuple[int, str]], *, last: bool
) -> tuple[str, list[tuple[int, str]]]:
    """The answer that begins with `first` on the first of `lines`, and the lines that do not belong to it.

    It goes on where a mail program broke the line. An answer that may be long goes on to the next question;
    the last in a letter ends with its paragraph: a greeting and a name follow there, which nobody meant to
    publish."""
    value = [first] if first else []
    rest: list[tuple[int, str]] = []
    ended = False
    before = lines[0][1]
    for number, words in lines[1:]:
        line = words.strip()
        if not line:
            ended = ended or (bool(value) and (last or not field.several_lines))
        elif ended or not (field.several_lines or not value or _is_wrapped(before, line)):
            rest.append((number, line))
            ended = True
        else:
            value.append(line)
        before = words
    return "\n".join(value), rest


def _is_wrapped(before: str, line: str) -> bool:
    """Whether a mail program may have broken the line between the two."""
    return len(before.rstrip()) + 1 + len(line.split(" ", 1)[0]) > WRAP_WIDTH
