"""A charter's behaviours → competencies.json and competencies.csv, for programs and spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from charterpress.model import Principle, Theme
from charterpress.outputs.data.signatories import csv_table
from charterpress.views.addresses import COMPETENCIES_CSV, COMPETENCIES_JSON
from charterpress.views.edition_view import CharterView

FORMAT = "competencies-1"
"""What competencies.json says its form is, and the name of the schema that describes it."""
COLUMNS = (
    *("version", "theme", "number", "id", "principle", "place"),
    *("behaviour", "measure", "support", "interview"),
)
"""The columns of competencies.csv: `place` is the behaviour's among those of its principle, from 1."""


def competency_files(shown: CharterView | None) -> Mapping[str, bytes]:
    """Return what is published of the framework, by address: nothing if no behaviour is described. The JSON
    is as schemas/competencies-1.schema.json describes it. Keys may be added; none is renamed or removed. In
    the CSV `version` is empty where there is none."""
    if not shown or not shown.competencies:
        return {}
    release, numbers = shown.release, shown.numbers
    version = release.version if release else ""
    values = {
        "format": FORMAT,
        "charter": shown.charter.title,
        "version": version or None,
        "date": release.date if release else None,
        "sha256": release.sha256 if release else None,
        "competencies": [
            {
                "theme": _named(each.theme, numbers),
                "principle": _named(each.principle, numbers),
                "place": each.place,
                **asdict(each.behaviour),
                "interview": each.behaviour.interview or None,
            }
            for each in shown.competencies
        ],
    }
    rows = [
        (
            *(version, each.theme.title, numbers[each.principle.id], each.principle.id, each.principle.title),
            *(str(each.place), *asdict(each.behaviour).values()),
        )
        for each in shown.competencies
    ]
    document = f"{json.dumps(values, ensure_ascii=False, indent=2)}\n"
    return {COMPETENCIES_JSON: document.encode(), COMPETENCIES_CSV: csv_table(COLUMNS, rows)}


def _named(part: Theme | Principle, numbers: Mapping[str, str]) -> dict[str, str]:
    return {"id": part.id, "number": numbers[part.id], "title": part.title}
