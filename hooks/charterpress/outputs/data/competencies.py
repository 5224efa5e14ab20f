"""A charter's behaviours → competencies.json and competencies.csv, for programs and spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Mapping

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
    """Return what is published of the framework, by address: nothing if no behaviour is described."""
    if not shown or not shown.competencies:
        return {}
    return {
        COMPETENCIES_JSON: competencies_json(shown),
        COMPETENCIES_CSV: competencies_csv(shown),
    }


def competencies_json(shown: CharterView) -> bytes:
    """The framework for programs, as schemas/competencies-1.schema.json describes it. Keys may be added; none
    is renamed or removed."""
    release, numbers = shown.release, shown.numbers
    values = {
        "format": FORMAT,
        "charter": shown.charter.title,
        "version": release.version if release else None,
        "date": release.date if release else None,
        "sha256": release.sha256 if release else None,
        "competencies": [
            {
                "theme": _named(each.theme, numbers),
                "principle": _named(each.principle, numbers),
                "place": each.place,
                "behaviour": each.behaviour.behaviour,
                "measure": each.behaviour.measure,
                "support": each.behaviour.support,
                "interview": each.behaviour.interview or None,
            }
            for each in shown.competencies
        ],
    }
    return f"{json.dumps(values, ensure_ascii=False, indent=2)}\n".encode()


def _named(part: Theme | Principle, numbers: Mapping[str, str]) -> dict[str, str]:
    return {"id": part.id, "number": numbers[part.id], "title": part.title}


def competencies_csv(shown: CharterView) -> bytes:
    """The framework for a spreadsheet; `version` is empty where there is none."""
    numbers, version = shown.numbers, shown.release.version if shown.release else ""
    rows = (
        (
            *(version, each.theme.title, numbers[each.principle.id], each.principle.id, each.principle.title),
            *(str(each.place), each.behaviour.behaviour, each.behaviour.measure, each.behaviour.support),
            each.behaviour.interview,
        )
        for each in shown.competencies
    )
    return csv_table(COLUMNS, rows)
