"""A charter's behaviours, one by one: the competency framework."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from charterpress.model import Behaviour, Charter, Principle, Theme


@dataclass(frozen=True, kw_only=True, slots=True)
class Competency:
    """One behaviour with the principle and theme that it belongs to. `place` counts from 1."""

    theme: Theme
    principle: Principle
    place: int
    behaviour: Behaviour


def competencies(charter: Charter) -> Iterator[Competency]:
    """Yield every behaviour of `charter` in its order."""
    for theme, principle in charter.principles():
        for place, behaviour in enumerate(principle.behaviours, start=1):
            yield Competency(theme=theme, principle=principle, place=place, behaviour=behaviour)
