"""The questions of a form to sign, in one table that every kind of form is read by; and their answers."""

from __future__ import annotations

import csv
import pkgutil
import re
import unicodedata
from dataclasses import dataclass, replace

from charterpress.checks.queries import closest_match, quote
from charterpress.model import Edition

MAX_LABEL_LENGTH = 120
"""Characters. What is longer is no label, and is not compared with any."""
_NO_SIGN = re.compile(r"[\W_]+")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\W*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One question of a form. `key` is what its answer is called in a signatory's file, of a signature or of
    the organisation; `label` the question as a person reads it, `help` a sentence below it, `also` what else
    people call it. `several_lines` is for an answer that may be long, and `choices` are all that can be
    answered, () where that is free."""

    key: str
    label: str
    help: str
    required: bool = False
    several_lines: bool = False
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Something to mend, in the words of the form: what it is about (a label as it stands there, or ''),
    where (`row` of a table or `line` of a text, from 1, or 0), what is wrong, and what to write instead.
    `rule` is the rule of the check that says so, or ''. `beside` compares two entries: a label, and what each
    says there."""

    message: str
    fix: str
    label: str = ""
    row: int = 0
    line: int = 0
    rule: str = ""
    beside: tuple[tuple[str, str, str], ...] = ()


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


def _read_fields() -> tuple[Field, ...]:
    text = (pkgutil.get_data(__name__, "fields.csv") or b"").decode()
    return tuple(
        Field(
            key=row["key"],
            label=row["label"],
            help=row["help"],
            required=bool(row["required"]),
            several_lines=bool(row["several_lines"]),
            also=tuple(row["also"].split("; ")),
        )
        for row in csv.DictReader(text.splitlines()[1:])
    )


def _folded(label: str) -> str:
    return _NO_SIGN.sub("", unicodedata.normalize("NFKC", label).casefold())


FIELDS = _read_fields()
"""What a sign-up asks, in the order in which it asks it."""
_NAMES = {_folded(name): field for field in FIELDS for name in (field.label, field.key, *field.also)}


def form_fields(edition: Edition) -> tuple[Field, ...]:
    """The questions, with the kinds of organisation and versions of `edition`, newest first, as choices."""
    kinds = edition.charter.signatory_kinds if edition.charter else ()
    versions = tuple(each.version for each in reversed(edition.releases) if not each.consultation)
    choices = {"kind": kinds, "version": versions}
    return tuple(replace(field, choices=choices.get(field.key, ())) for field in FIELDS)


def field_for_label(label: str) -> Field | None:
    """The question that `label` stands for, whatever its case, signs, and “(optional)” at its end."""
    if len(label) > MAX_LABEL_LENGTH:
        return None
    return _NAMES.get(_folded(label)) or _NAMES.get(_folded(_BRACKET.sub("", label)))


def similar_field(label: str, cutoff: float = 0.6) -> Field | None:
    """The question that `label`, which is none, is most likely a slip for: at least so alike, from 0 to 1."""
    near = closest_match(_folded(label), _NAMES, cutoff) if len(label) <= MAX_LABEL_LENGTH else None
    return _NAMES[near] if near else None


def label_fault(label: str, seen: set[str], what: str, *, row: int = 0, line: int = 0) -> Reason | None:
    """What is wrong with a label: it stands for no question, or for one whose key is in `seen`; None for a
    new one, whose key is added there. `what` is what bears the label, such as a column."""
    field = field_for_label(label)
    if field is None:
        near = similar_field(label)
        fix = f"did you mean “{near.label}”? If not, take it out" if near else "take it out"
        message = f"there is no {what} {quote(label)}" if label.strip() else f"a {what} has no name"
        return Reason(label=label[:MAX_LABEL_LENGTH], message=message, fix=fix, row=row, line=line)
    if field.key in seen:
        message = f"the {what} “{field.label}” stands here twice"
        return Reason(label=label, message=message, fix="keep one of the two", row=row, line=line)
    seen.add(field.key)
    return None
