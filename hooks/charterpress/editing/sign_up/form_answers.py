"""What somebody wrote into a form, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from charterpress.checks.queries import quote
from charterpress.editing.sign_up.fields import MAX_LABEL_LENGTH, Field, similar_field


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Something to mend, in the words of the form: what it is about (a label as it stands there, or ''),
    where (`row` of a table or `line` of a text, from 1, or 0), what is wrong, and what to write instead.
    `rule` is the rule of the check that says so, or ''."""

    message: str
    fix: str
    label: str = ""
    row: int = 0
    line: int = 0
    rule: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One answer as it was written, under the label that stands there."""

    field: Field
    label: str
    value: str
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One filled-in form. `reasons` are what is wrong with it as a form; `unread` are lines that belong to no
    answer, with their numbers; `row` is where it stands in a table, 0 elsewhere."""

    answers: tuple[Answer, ...]
    reasons: tuple[Reason, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    row: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was answered."""
        return not any(answer.value for answer in self.answers)


def unknown_label(label: str, what: str, *, row: int = 0, line: int = 0) -> Reason:
    """What to say of a label that stands for no question. `what` is what it would be, such as a column."""
    near = similar_field(label)
    fix = f"did you mean “{near.label}”? If not, take it out" if near else "take it out"
    message = f"there is no {what} {quote(label)}" if label.strip() else f"a {what} has no name"
    return Reason(label=label[:MAX_LABEL_LENGTH], message=message, fix=fix, row=row, line=line)


def duplicate_label(label: str, field: Field, what: str, *, row: int = 0, line: int = 0) -> Reason:
    """What to say of a label that stands for a question that was answered before."""
    message = f"the {what} “{field.label}” stands here twice"
    return Reason(label=label, message=message, fix="keep one of the two", row=row, line=line)
