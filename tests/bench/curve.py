"""How a build grows with one thing in a charter: measured, held against limits, told in a table and drawn."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import draw
from measure import CACHES, Run, empty, figures, middle, ours, rounds

GAINS = (
    ("seconds", 1000, "ms of processor time"),
    ("memory", 1024, "KiB of memory"),
    ("files", 1, "files"),
    ("written", 1024, "KiB written"),
)
"""What each further one adds: a figure of a run, how many of the unit are one of the figure's, the unit."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """The straight line that fits best: what each further one adds, and how straight the points lie (R²; 1 is
    a perfect line)."""

    slope: float
    fit: float


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Every run, by how many there were of what grows; those at one place were made in one round. `first` are
    the runs before them, which found nothing that is made once and kept."""

    first: dict[int, Run]
    runs: dict[int, tuple[Run, ...]]

    def median(self, count: int, field: str = "seconds") -> float:
        """Return the median of a field of the runs with so many."""
        return middle(self.runs[count], field)

    def seconds(self, count: int) -> list[float]:
        """Return the processor seconds of every run with so many."""
        return figures(self.runs[count], "seconds")

    @property
    def least(self) -> int:
        """The fewest that were measured."""
        return min(self.runs)

    def times(self, count: int) -> float:
        """Return how many times as long as with the fewest it takes: median over median."""
        return self.median(count) / self.median(self.least)

    def more(self, count: int) -> float:
        """Return how many seconds longer than with the fewest it takes: median less median."""
        return self.median(count) - self.median(self.least)

    def bend(self, few: int, some: int, many: int) -> float:
        """Return how many times as long each one between `some` and `many` takes as each one between `few`
        and `some`: 1 is a straight line, more bends upwards."""
        late = (self.median(many) - self.median(some)) / (many - some)
        return late / ((self.median(some) - self.median(few)) / (some - few))

    def spread(self, figure: Callable[[Growth], float]) -> tuple[float, float]:
        """Return the least and the greatest that `figure` is in single rounds."""
        single = [
            Growth(first={}, runs={count: (runs[at],) for count, runs in self.runs.items()})
            for at in range(len(self.runs[self.least]))
        ]
        found = [figure(each) for each in single]
        return min(found), max(found)

    def line(self, field: str = "seconds") -> Line:
        """Return the straight line through the medians of a field."""
        medians = {count: self.median(count, field) for count in self.runs}
        counts, values = list(medians), list(medians.values())
        fitted = statistics.linear_regression(counts, values)
        off = sum((fitted.slope * x + fitted.intercept - y) ** 2 for x, y in medians.items())
        mean = statistics.fmean(values)
        spread = sum((each - mean) ** 2 for each in values)
        return Line(slope=fitted.slope, fit=1 - off / spread if spread else 1.0)

    def gains(self) -> list[str]:
        """Return what each further one adds of each figure, by the lines that fit best."""
        lines = [(self.line(field), per, unit) for field, per, unit in GAINS]
        return [f"{per * line.slope:,.2f} {unit} (R² {line.fit:.4f})" for line, per, unit in lines]

    @property
    def slope(self) -> float:
        """What each further one adds, in milliseconds."""
        return 1000 * self.line().slope


@dataclass(frozen=True)
class Limit:
    """The most that a figure may be: the words `before` and `after` it, with so many decimal places. It is
    asked where a charter with so many as `of` was built."""

    of: int
    before: str
    after: str
    figure: Callable[[Growth], float]
    most: float
    places: int = 2

    def told(self, growth: Growth) -> str:
        """Return the figure in a sentence, with how it spread and the most that it may be."""
        least, greatest = growth.spread(self.figure)
        return (
            f"{self.before} {self.figure(growth):,.{self.places}f} {self.after} ({least:,.{self.places}f} to"
            f" {greatest:,.{self.places}f} in single rounds; the most is {self.most:,g})."
        )


@dataclass(frozen=True, kw_only=True)
class Curve:
    """What grows: its `name`, as many as are measured (fewer of them where time is short), what writes
    charters with so many below a folder, the limits, and the line that is the most allowed."""

    name: str
    counts: tuple[int, ...]
    quick: tuple[int, ...]
    write: Callable[[Path, Collection[int]], dict[int, Path]]
    limits: tuple[Limit, ...]
    allowed: Callable[[Growth], list[tuple[float, float]]]

    def missed(self, growth: Growth) -> tuple[str, ...]:
        """Return the limits that are missed, each in a sentence."""
        return tuple(limit.told(growth) for limit in self._asked(growth) if limit.figure(growth) > limit.most)

    def measure(self, folder: Path, *, runs: int, quick: bool) -> Growth:
        """Build charters with so many in turns, below `folder`. A first build of each is told apart: from the
        fewest to the most, they make what is made once and kept."""
        builds = {
            count: ours(folder / f"{count}-site", source)
            for count, source in self.write(folder, self.quick if quick else self.counts).items()
        }
        empty(CACHES)
        first = rounds(builds, 1, f"{self.name}, first builds")
        return Growth(
            first={count: run for count, (run,) in first.items()}, runs=rounds(builds, runs, self.name)
        )

    def limits_told(self, growth: Growth) -> list[str]:
        """Return the limits that are asked, each in a sentence."""
        return [limit.told(growth) for limit in self._asked(growth)]

    def plot(self, growth: Growth) -> str:
        """Return the curve as SVG: every run, the line through the medians, and the most that is allowed."""
        counts = sorted(growth.runs)
        return draw.curve(
            f"Processor time of a build, by the number of {self.name}",
            self.name,
            dots=[(count, seconds) for count in counts for seconds in growth.seconds(count)],
            line=[(count, growth.median(count)) for count in counts],
            limit=self.allowed(growth) if set(self.counts) <= set(counts) else [],
        )

    def _asked(self, growth: Growth) -> Iterator[Limit]:
        return (limit for limit in self.limits if limit.of in growth.runs)
