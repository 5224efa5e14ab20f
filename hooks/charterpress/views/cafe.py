"""A charter → how to hold a World Café on it: tables, questions and minutes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from charterpress.model import Charter, Theme
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext, number

SEATS = (4, 6)
"""The fewest and the most people at a table, with its host."""
WELCOME, READING, ROUND, MOVING, BREAK, REPORT, CHOOSING, CLOSE = 10, 10, 25, 5, 15, 5, 15, 5
"""Minutes. MOVING are the last ones of a ROUND; REPORT is for one table."""
ROUNDS = 3
"""How many rounds there are if the charter asks no questions of its own: one for each in cafe.md."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CafeStep:
    """One line of the timetable. `start` and `minutes` are in minutes, from the beginning of the café;
    `round` counts the rounds from 1, and is 0 for a step that is no round."""

    id: str
    start: int
    minutes: int
    round: int = 0

    @property
    def clock(self) -> str:
        """When it starts: “1:25” after the beginning."""
        return f"{self.start // 60}:{self.start % 60:02}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cafe:
    """A café on `charter`, with a table for each theme. `label` names the version that its words are from."""

    charter: Charter
    label: str
    steps: tuple[CafeStep, ...]

    @property
    def tables(self) -> tuple[Theme, ...]:
        """The tables, in their order: each has a theme of its own."""
        return self.charter.themes

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(step.minutes for step in self.steps)

    @property
    def duration(self) -> str:
        """How long it takes, in words: “2 hours 30 minutes”."""
        return duration(self.minutes)

    @property
    def people(self) -> tuple[int, int]:
        """The fewest and the most people that it is for."""
        fewest, most = SEATS
        return fewest * len(self.tables), most * len(self.tables)


def plan_cafe(charter: Charter, label: str) -> Cafe | None:
    """Return the café on `charter`: a table for each theme, a round for each question that the charter asks
    of every theme, or ROUNDS if it asks none. `label` is what paper calls the version. None for a charter
    without a theme to talk about."""
    if not charter.themes:
        return None
    steps = _steps(len(charter.questions) or ROUNDS, len(charter.themes))
    return Cafe(charter=charter, label=label, steps=steps)


def duration(minutes: int) -> str:
    """Return a duration in words: “45 minutes”, “2 hours”, “1 hour 5 minutes”."""
    hours, rest = divmod(minutes, 60)
    in_hours = ngettext("{count} hour", "{count} hours", hours).format(count=number(hours))
    in_minutes = ngettext("{count} minute", "{count} minutes", rest).format(count=number(rest))
    if hours and rest:
        # Translators: a duration, such as “2 hours 30 minutes”.
        return _("{hours} {minutes}").format(hours=in_hours, minutes=in_minutes)
    return in_hours if hours else in_minutes * bool(rest)


def _steps(rounds: int, tables: int) -> tuple[CafeStep, ...]:
    """Return the timetable; the break comes after half of the rounds."""
    planned = [("welcome", WELCOME, 0), ("reading", READING, 0)]
    for place in range(1, rounds + 1):
        planned.append(("round", ROUND, place))
        if place == (rounds + 1) // 2:
            planned.append(("break", BREAK, 0))
    planned += [("report", REPORT * tables, 0), ("choosing", CHOOSING, 0), ("close", CLOSE, 0)]
    starts = accumulate((minutes for _id, minutes, _place in planned), initial=0)
    return tuple(
        CafeStep(id=id, start=start, minutes=minutes, round=place)
        for start, (id, minutes, place) in zip(starts, planned, strict=False)
    )
