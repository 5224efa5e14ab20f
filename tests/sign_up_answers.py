"""The answers of a boat club that signs, and tables of such answers as a spreadsheet holds them."""

from __future__ import annotations

import csv
import io

from charterpress.editing.sign_up import FIELDS

LABELS = {field.key: field.label for field in FIELDS}
ANSWERS = {
    "name": "Quay Club",
    "kind": "boat club",
    "area": "The harbour",
    "website": "https://quay-club.org.uk/",
    "version": "1.0.0",
    "date": "2 December 2024",
    "role": "Chair",
}


def table(*rows) -> str:
    """A table with a row for each of `rows`, which are what is not as in ANSWERS."""
    keys = [*ANSWERS, *dict.fromkeys(key for row in rows for key in row if key not in ANSWERS)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([LABELS[key] for key in keys])
    writer.writerows([{**ANSWERS, **row}.get(key, "") for key in keys] for row in rows)
    return out.getvalue()
