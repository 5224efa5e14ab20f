"""The text of an issue made by a form → the form: a heading of the third level for each question."""

from __future__ import annotations

import re

from charterpress.editing.sign_up.fields import field_for_label
from charterpress.editing.sign_up.form_answers import Answer, Form, Reason, duplicate_label, unknown_label

NO_RESPONSE = "_No response_"
"""What the host writes for an answer that was left empty."""
_HEADING = re.compile(r" {0,3}###(?![^ ])")


def read_issue_form(text: str) -> Form:
    """The form in `text`, whose lines end in a line feed."""
    answers: list[Answer] = []
    reasons: list[Reason] = []
    unread: list[tuple[int, str]] = []
    label, line, field = "", 0, None
    inside: list[str] = []

    def close() -> None:
        if field:
            answers.append(Answer(field=field, label=label, value=_answer(inside), line=line))

    seen: set[str] = set()
    for number, words in enumerate(text.split("\n"), 1):
        heading = _heading(words)
        if heading is None:
            inside.append(words)
            if not field and words.strip() and not label:
                unread.append((number, words.strip()))
            continue
        close()
        label, line, inside = heading, number, []
        field = field_for_label(label)
        if field and field.key in seen:
            reasons.append(duplicate_label(label, field, "question", line=number))
            field = None
        elif field:
            seen.add(field.key)
        else:
            reasons.append(unknown_label(label, "question", line=number))
    close()
    return Form(answers=tuple(answers), reasons=tuple(reasons), unread=tuple(unread))


def _answer(lines: list[str]) -> str:
    value = "\n".join(lines).strip()
    return "" if value == NO_RESPONSE else value


def is_issue_form(text: str) -> bool:
    """Whether `text` has a heading in it that is a question of the form."""
    return any(field_for_label(_heading(line) or "") for line in text.split("\n"))


def _heading(line: str) -> str | None:
    """The words of a heading of the third level; None for any other line."""
    found = _HEADING.match(line)
    return line[found.end() :].strip().rstrip("#").strip() if found else None
