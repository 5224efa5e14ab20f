"""The answers of a boat club that signs, as an issue, a letter and a table, and what is read of them."""

from __future__ import annotations

import csv
import email.message
import io

from charterpress.editing.sign_up.fields import IN_SEVERAL_LANGUAGES
from charterpress.editing.sign_up.intake import FIELDS, Form, read_forms

LABELS = {field.key: field.label for field in FIELDS if field.key != IN_SEVERAL_LANGUAGES}
ANSWERS = {
    "name": "Quay Club",
    "kind": "boat club",
    "area": "The harbour",
    "website": "https://quay-club.org.uk/",
    "version": "1.0.0",
    "date": "2 December 2024",
    "role": "Chair",
}
"""What has to be answered."""


def issue(**answers: str) -> str:
    """An issue's text as the forge writes it: every question, with ANSWERS and `answers` in their place."""
    filled = ANSWERS | answers
    return "\n\n".join(f"### {LABELS[key]}\n\n{filled.get(key) or '_No response_'}" for key in LABELS)


def letter(**answers: str) -> str:
    """A letter with a line for each answer."""
    return "".join(f"{LABELS[key]}: {words}\n" for key, words in (ANSWERS | answers).items())


def table(*rows: dict[str, str], separator: str = ",") -> str:
    """A table with a row for each of `rows`, which are what is not as in ANSWERS."""
    keys = [*ANSWERS, *dict.fromkeys(key for row in rows for key in row if key not in ANSWERS)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow([LABELS[key] for key in keys])
    writer.writerows([(ANSWERS | row).get(key, "") for key in keys] for row in rows)
    return out.getvalue()


def only(text: str | bytes, **options) -> Form:
    """The one form that is read, where nothing is wrong with the file as a whole."""
    reading = read_forms(text.encode() if isinstance(text, str) else text, **options)
    assert reading.reasons == ()
    assert len(reading.forms) == 1
    return reading.forms[0]


def said(form: Form) -> dict[str, str]:
    """The answers of a form that are not empty, by key."""
    return {answer.field.key: answer.value for answer in form.answers if answer.value}


def wrong(text: str | bytes, **options) -> list[str]:
    """What is wrong with a file, or with the one form in it."""
    reading = read_forms(text.encode() if isinstance(text, str) else text, **options)
    reasons = reading.reasons or reading.forms[0].reasons
    return [f"{each.message}; {each.fix}" for each in reasons]


def message(text: str, **options) -> email.message.EmailMessage:
    """A message with `text` in it."""
    made = email.message.EmailMessage()
    made["From"], made["To"], made["Subject"] = "jo@quay.example", "list@charter.example", "We sign"
    made.set_content(text, **options)
    return made
