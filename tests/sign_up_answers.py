"""The answers of a boat club that signs, as an issue, a letter and a table."""

from __future__ import annotations

import csv
import io

from charterpress.editing.sign_up import FIELDS
from charterpress.editing.sign_up.fields import IN_SEVERAL_LANGUAGES

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
