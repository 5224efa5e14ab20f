"""An e-mail, or the text of one → the form in it: a line “label: answer” for each question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charterpress.editing.sign_up.fields import (
    MAX_LABEL_LENGTH,
    Answer,
    Field,
    Form,
    Reason,
    field_for_label,
    similar_field,
)
from charterpress.editing.sign_up.labels import Bearer, label_fault

WRAP_WIDTH = 60
"""Characters of a line from which on a mail program may have broken it, the next word counted."""
MAX_HEAD = 20
"""Lines of the head of a message that is passed on."""
MAX_UNREAD = 20
"""Lines that are told of because they belong to no answer."""

_COLON = re.compile("[:：]")
_MARKS = " \t\u00a0*_•·-"
"""What may stand around a label: the marks of a list, and of bold letters."""
_EMPHASIS = re.compile(r"(?:\*\*|__|\*|_)$")
"""What bold or slanted letters begin with in a text, as mail programs and Markdown write them."""
_QUOTED = re.compile(r"(?:> ?)+")
_SEPARATOR = re.compile(
    r"\W*-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht"
    r"|message d'origine|message transféré|mensaje original|mensaje reenviado|oorspronkelijk bericht"
    r"|doorgestuurd bericht|messaggio originale|mensagem original|wiadomość oryginalna|neges wreiddiol)\W*"
    r"|begin forwarded message:?|anfang der weitergeleiteten nachricht:?|_{10,}",
    re.IGNORECASE,
)
"""The lines that mail programs part a message from the one that it passes on by."""
_HEADER_WORDS = (
    "from to cc bcc sent date subject reply-to von an gesendet datum betreff de à envoyé objet para enviado "
    "asunto fecha da a inviato oggetto data van aan verzonden onderwerp fra til sendt emne från till skickat "
    "ämne od do wysłano temat importance attachments"
)
_HEADER_NAMES = frozenset(_HEADER_WORDS.split())
_ADDRESSES = frozenset({"website", "link", "proof"})
"""The questions for an address of the web, which is one word. One of them is the last in each form."""
_DAYS = frozenset({"date", "datum", "data", "fecha"})
"""The lines of a head that a form may have too."""


def read_email_form(text: str) -> Form:
    """The form in `text`, whose lines end in a line feed. What follows a line “-- ” is a signature. Where
    the answers are the writer's own, what is quoted or passed on is another's; where there are none, it
    counts. The lines of the head of a message that was passed on are no answers."""
    lines = _own_lines(text.split("\n"))
    answers: list[Answer] = []
    reasons: list[Reason] = []
    starts = [(place, *start) for place, (_, words) in enumerate(lines) if (start := _label(words))]
    places = [*(place for place, *_ in starts), len(lines)]
    unread = [line for line in lines[: places[0]] if line[1].strip()]
    seen: set[str] = set()
    for (place, label, field, first), end in zip(starts, places[1:], strict=True):
        number = lines[place][0]
        if reason := label_fault(label, seen, Bearer.QUESTION, line=number):
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


def _own_lines(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The lines of a letter that count, with their numbers: of the first part that has an answer in it."""
    parts = [_without_signature(part) for part in _parts(list(enumerate(lines, 1)))]
    for part in parts:
        own = [(number, line) for number, line in part if not _QUOTED.match(line)]
        if _has_answer(own):
            return own
    flat = [[(number, _QUOTED.sub("", line, count=1)) for number, line in part] for part in parts]
    for part in flat:
        for inner in map(_without_signature, _parts(part)):
            if _has_answer(inner):
                return inner
    return [line for part in flat for line in part]


def _has_answer(lines: Sequence[tuple[int, str]]) -> bool:
    """Whether a label stands in `lines` with words after it, or below it."""
    for place, (_, line) in enumerate(lines):
        found = _label(line)
        if found and found[1]:
            below = next((words for _, words in lines[place + 1 :] if words.strip()), "")
            if found[2] or (below and not _label(below)):
                return True
    return False


def _without_signature(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """`lines` up to one with two hyphens."""
    end = next((place for place, (_, line) in enumerate(lines) if line in ("-- ", "--")), len(lines))
    return lines[:end]


def _parts(lines: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """A letter, and each that it passes on, without the lines that part them and the heads of those."""
    part: list[tuple[int, str]] = []
    at = 0
    while at < len(lines):
        length = (
            1
            if _SEPARATOR.fullmatch(_QUOTED.sub("", lines[at][1]).strip())
            else _head_length(lines[at : at + MAX_HEAD])
        )
        if length:
            yield part
            part, at = [], at + length
        else:
            part.append(lines[at])
            at += 1
    yield part


def _head_length(lines: Sequence[tuple[int, str]]) -> int:
    """How many of `lines` are the head of a message that is passed on: who sent it, and more; 0 for none."""
    names: list[str] = []
    for _, line in lines:
        words = _QUOTED.sub("", line)
        if (
            names
            and words[:1] in " \t"
            and words.strip()
            and not field_for_label((_split(words) or ("",))[0])
        ):
            names.append(f"{len(names)}")  # a line of addresses that goes on
            continue
        label = (_split(words) or ("", ""))[0].casefold()
        if label not in _HEADER_NAMES or label in names:
            break
        names.append(label)
    return len(names) if len(names) > 1 and set(names) - _DAYS else 0


def _label(line: str) -> tuple[str, Field | None, str] | None:
    """The label at the start of `line`, its question (None for a slip), and what follows; None if there is
    none."""
    label, rest = _split(line) or ("", "")
    field = field_for_label(label)
    return (label, field, rest) if field or similar_field(label) else None


def _split(line: str) -> tuple[str, str] | None:
    """What stands before the first colon of `line`, and what follows it; None where that is no label."""
    colon = _COLON.search(line, 0, 2 * MAX_LABEL_LENGTH)
    if not colon or line.startswith("//", colon.end()) or "=" in line[: colon.start()]:
        return None  # an address, or what is said of a principle
    before, rest = line[: colon.start()], line[colon.end() :].strip()
    label = before.strip(_MARKS)
    emphasis = _EMPHASIS.search(before[: before.find(label)])
    if emphasis and before.rstrip().endswith(emphasis[0]):
        pass  # the label alone stands in bold letters, without its colon
    elif emphasis and rest.startswith(emphasis[0]):
        rest = rest.removeprefix(emphasis[0]).lstrip()
    elif emphasis:
        rest = rest.removesuffix(emphasis[0]).rstrip()
    return label, rest


def _answer(
    field: Field, first: str, lines: list[tuple[int, str]], *, last: bool
) -> tuple[str, list[tuple[int, str]]]:
    """The answer that begins with `first` on the first of `lines`, and the lines that do not belong to it.

    It goes on where a mail program broke the line; a sentence below a question for an address is no answer.
    An answer that may be long goes on to the next question; the last in a letter ends with its paragraph: a
    greeting and a name follow there, which nobody meant to publish."""
    value = [first] if first else []
    rest: list[tuple[int, str]] = []
    ended = False
    before = lines[0][1]
    for number, words in lines[1:]:
        line = words.strip()
        if not line:
            ended = ended or (bool(value) and (last or not field.several_lines))
        elif (
            ended
            or (field.key in _ADDRESSES and (" " in line or not (value or "." in line)))
            or not (field.several_lines or not value or _is_wrapped(before, line))
        ):
            rest.append((number, line))
            ended = True
        else:
            value.append(line)
        before = words
    return "\n".join(value), rest


def _is_wrapped(before: str, line: str) -> bool:
    """Whether a mail program may have broken the line between the two."""
    return len(before.rstrip()) + 1 + len(line.split(" ", 1)[0]) > WRAP_WIDTH
