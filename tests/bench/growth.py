"""How a build grows with a charter: measured, told in a table, and drawn."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import leather
from leather import theme
from measure import Build, Command, Run, run

INK, LINE, LIMIT, DOT, PAPER = "#1b1b1b", "#1d4f91", "#767676", "#b3541e", "#ffffff"


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Every run, by how many there were of what grows; those at one place were made in one round. `first` are
    the runs before them, which found nothing that is made once and kept."""

    first: dict[int, Run]
    runs: dict[int, tuple[Run, ...]]

    def median(self, count: int, field: str = "seconds") -> float:
        """Return the median of a field of the runs with so many."""
        return statistics.median(getattr(each, field) for each in self.runs[count])

    def seconds(self, count: int) -> list[float]:
        """Return the processor seconds of every run with so many."""
        return [each.seconds for each in self.runs[count]]

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

    def spread(self, figure: Callable[[Growth], float]) -> tuple[float, float]:
        """Return the least and the greatest that `figure` is in single rounds."""
        rounds = [
            Growth(first={}, runs={count: (runs[at],) for count, runs in self.runs.items()})
            for at in range(len(self.runs[self.least]))
        ]
        found = [figure(each) for each in rounds]
        return min(found), max(found)

    @property
    def slope(self) -> float:
        """What each further one adds, in milliseconds: the straight line through all medians."""
        medians = {count: self.median(count) for count in self.runs}
        return 1000 * statistics.linear_regression(list(medians), list(medians.values())).slope


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The most that a figure may be: what it `says` before and after it, with so many decimal places."""

    says: tuple[str, str]
    figure: Callable[[Growth], float]
    most: float
    places: int = 2

    def told(self, growth: Growth) -> str:
        """Return the figure in a sentence, with how it spread and the most that it may be."""
        before, after = self.says
        least, greatest = growth.spread(self.figure)
        return (
            f"{before} {self.figure(growth):.{self.places}f} {after} ({least:.{self.places}f} to"
            f" {greatest:.{self.places}f} in single rounds; the most is {self.most:g})."
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
    says: str

    def over(self, growth: Growth) -> list[str]:
        """Return the limits that are missed."""
        return [limit.told(growth) for limit in self.limits if limit.figure(growth) > limit.most]

    def measure(self, command: Command, root: Path, folder: Path, *, runs: int, quick: bool) -> Growth:
        """Build charters with so many in turns. `command` runs in `root`, and takes the folder to write last;
        all else is made below `folder`. A first build of each is told apart: it makes what is made once."""
        builds = {}
        for count, source in self.write(folder, self.quick if quick else self.counts).items():
            site = folder / f"{count}-site"
            builds[count] = Build(command=(*command, site), folder=root, site=site, source=source)
        first = {count: run(build) for count, build in builds.items()}
        rounds = [{count: run(build) for count, build in builds.items()} for _ in range(runs)]
        return Growth(first=first, runs={count: tuple(each[count] for each in rounds) for count in builds})


# --- Telling -----------------------------------------------------------------------------------------


def table(curve: Curve, growth: Growth) -> str:
    """Return the growth as a table in Markdown, and what follows from it."""
    said = [f"- {limit.told(growth)}" for limit in curve.limits]
    return "\n".join([*_rows(curve, growth), "", *said])


def _rows(curve: Curve, growth: Growth) -> Iterator[str]:
    yield (
        f"| {curve.name} | processor (s) | beside {growth.least:,} | first build (s) | clock (s) |"
        " memory (MiB) | files | written (MiB) |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for count in sorted(growth.runs):
        yield (
            f"| {count:,} | {growth.median(count):.2f} ({_span(growth.seconds(count))}) |"
            f" {growth.times(count):.2f} | {growth.first[count].seconds:.2f} |"
            f" {growth.median(count, 'wall'):.2f} | {growth.median(count, 'memory'):.0f} |"
            f" {growth.median(count, 'files'):,.0f} | {growth.median(count, 'written'):,.1f} |"
        )


def _span(found: list[float]) -> str:
    return f"{min(found):.2f} to {max(found):.2f}"


def plot(curve: Curve, growth: Growth) -> str:
    """Return the curve as SVG: every run, the line through the medians, and the most that is allowed."""
    counts = sorted(growth.runs)
    most = counts[-1]
    limit = curve.allowed(growth)
    dots = [(count, seconds) for count in counts for seconds in growth.seconds(count)]
    top = max(seconds for _, seconds in (*dots, *limit))
    step = next(each for each in (0.5, 1, 2, 5, 10, 20, 50) if top / each <= 10)
    _dress()
    chart = leather.Chart(f"Processor time of a build, by the number of {curve.name}")
    chart.add_x_scale(0, most)
    chart.add_x_axis(ticks=[0, most // 4, most // 2, 3 * most // 4, most], name=curve.name)
    chart.add_y_scale(0, top * 1.1)
    chart.add_y_axis(ticks=[step * tick for tick in range(int(top * 1.1 / step) + 1)], name="seconds")
    chart.add_line(limit, name="the most allowed", stroke_color=LIMIT, stroke_dasharray="6,4")
    chart.add_line([(count, growth.median(count)) for count in counts], name="median", stroke_color=LINE)
    chart.add_dots(dots, name="every run", fill_color=DOT)
    drawn = str(chart.to_svg(width=720, height=420))
    return f"{drawn}\n"


def _dress() -> None:
    """Give leather's drawings our colours, and letters that every computer has."""
    theme.background_color, theme.tick_color = PAPER, "#dddddd"
    for name in ("title_color", "legend_color", "axis_title_color", "label_color", "zero_color"):
        setattr(theme, name, INK)
    for name in ("title", "legend", "axis_title", "tick"):
        setattr(theme, f"{name}_font_family", "sans-serif")
