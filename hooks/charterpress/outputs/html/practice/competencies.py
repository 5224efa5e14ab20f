"""A charter's behaviours → the pages for those who choose, train and support people."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.model import Page
from charterpress.outputs.html.practice.practice_page import Source, sheet
from charterpress.views.addresses import COMPETENCIES_CSV, COMPETENCIES_JSON
from charterpress.views.competencies import competencies
from charterpress.views.labels import Text


def pages(source: Source, text: Text) -> Iterator[Page]:
    """Yield the framework, and a sheet for each of its uses; nothing where no behaviour is described."""
    of = source.charter
    every = tuple(competencies(of))
    if not every:
        return
    asked = any(each.behaviour.interview for each in every)
    yield sheet(
        source,
        text,
        "competencies",
        title="The competency framework",
        description=f"What people do who live by the {of.title}: how it is seen, and what helps.",
        count=len(every),
        asked=asked,
        files=(COMPETENCIES_CSV, COMPETENCIES_JSON),
    )
    yield sheet(
        source,
        text,
        "recruiting",
        title="Recruiting",
        description="Choose people for how they work with others: what to ask, and what to listen for.",
        asked=asked,
    )
    yield sheet(
        source,
        text,
        "induction",
        title="Induction and training",
        description="Help somebody new to learn, from their first day to the end of their first half-year.",
    )
    yield sheet(
        source,
        text,
        "supervision",
        title="Supervision",
        description="Talk about two or three behaviours at a time, note what was seen, and agree on help.",
    )
