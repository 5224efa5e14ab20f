"""Two rows of figures, measured in turns → their ratio, with the least and the greatest of a round."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from measure import Run


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """The median of the ratios of every round, and the least and the greatest of them."""

    median: float
    least: float
    greatest: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f} to {self.greatest:.2f})"


def ratio(these: Sequence[float], those: Sequence[float]) -> Ratio:
    """Return how many times as much `these` are as `those`; those at one place were measured in one round."""
    found = [this / that for this, that in zip(these, those, strict=True)]
    return Ratio(median=statistics.median(found), least=min(found), greatest=max(found))


def figures(runs: Sequence[Run], field: str) -> list[float]:
    """Return one figure of every run."""
    return [getattr(each, field) for each in runs]


def compare(these: Sequence[Run], those: Sequence[Run], field: str = "seconds") -> Ratio:
    """Return how many times as much of one figure these runs took as those."""
    return ratio(figures(these, field), figures(those, field))


def middle(runs: Sequence[Run], field: str = "seconds") -> float:
    """Return the median of one figure."""
    return statistics.median(figures(runs, field))
