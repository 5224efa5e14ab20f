"""A charter's behaviours → competencies.json and competencies.csv, for programs and spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Mapping

from charterpress.model import Charter, Principle, Release, Theme
from charterpress.outputs.data import signatories
from charterpress.versions import number
from charterpress.views.addresses import COMPETENCIES_CSV, COMPETENCIES_JSON
from charterpress.views.competencies import Competency, competencies

FORMAT = "competencies-1"
"""What competencies.json says its form is, and the name of the schema that describes it."""
COLUMNS = (
    *("version", "theme", "number", "id", "principle", "place"),
    *("behaviour", "measure", "support", "interview"),
)
"""The columns of competencies.csv: `place` is the behaviour's among those of its principle, from 1."""


def files(charter: Charter | None, release: Release | None) -> Mapping[str, bytes]:
    """What is published of the framework of `charter`, by address: nothing where nobody does anything in it.
    `release` is the version that it is the text of, None for a text that was never released."""
    every = tuple(competencies(charter)) if charter else ()
    if not charter or not every:
        return {}
    return {
        COMPETENCIES_JSON: as_json(charter, release, every),
        COMPETENCIES_CSV: as_csv(charter, release, every),
    }


def as_json(charter: Charter, release: Release | None, every: tuple[Competency, ...]) -> bytes:
    """The framework for programs, as schemas/competencies-1.schema.json describes it. Keys may be added; none
    is renamed or removed."""
    numbers = number.numbers(charter)
    values = {
        "format": FORMAT,
        "charter": charter.title,
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
            for each in every
        ],
    }
    return f"{json.dumps(values, ensure_ascii=False, indent=2)}\n".encode()


def _named(part: Theme | Principle, numbers: Mapping[str, str]) -> dict[str, str]:
    return {"id": part.id, "number": numbers[part.id], "title": part.title}


def as_csv(charter: Charter, release: Release | None, every: tuple[Competency, ...]) -> bytes:
    """The framework for a spreadsheet; `version` is empty where there is none."""
    numbers, version = number.numbers(charter), release.version if release else ""
    rows = (
        (
            *(version, each.theme.title, numbers[each.principle.id], each.principle.id, each.principle.title),
            *(str(each.place), each.behaviour.behaviour, each.behaviour.measure, each.behaviour.support),
            each.behaviour.interview,
        )
        for each in every
    )
    return signatories.table(COLUMNS, rows)
