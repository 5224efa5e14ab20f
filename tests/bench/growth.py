"""How a build grows with the releases of a charter: measured, told in a table, and drawn."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import histories
import leather
from leather import theme
from measure import Build, Command, Run, run

RELEASES = (1, 2, 5, 10, 20, 50, 100)
QUICK = (1, 10, 100)
"""How many releases the charters have whose builds are compared."""
MOST_TIMES = 3.0
"""How many times as long a build with 100 releases may take as one with a single one."""
MOST_EACH = 20.0
"""How many milliseconds of processor time each further release may add."""
INK, LINE, LIMIT, DOT, PAPER = "#1b1b1b", "#1d4f91", "#767676", "#b3541e", "#ffffff"


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Every run, by the number of releases; those at one place were made in one round."""

    runs: dict[int, tuple[Run, ...]]

    def median(self, releases: int, field: str = "seconds") -> float:
        """Return the median of a field of the runs with so many releases."""
        return statistics.median(getattr(each, field) for each in self.runs[releases])

    def seconds(self, releases: int) -> list[float]:
        """Return the processor seconds of every run with so many releases."""
        return [each.seconds for each in self.runs[releases]]

    def times(self, releases: int) -> float:
        """Return how many times as long as with the fewest releases it takes: median over median."""
        return self.median(releases) / self.median(min(self.runs))

    def rounds(self, releases: int) -> list[float]:
        """Return the same for every round alone."""
        pairs = zip(self.seconds(releases), self.seconds(min(self.runs)), strict=True)
        return [more / one for more, one in pairs]

    @property
    def slope(self) -> float:
        """What each further release adds, in milliseconds: the straight line through all medians."""
        return _slope({count: self.median(count) for count in self.runs})

    @property
    def slopes(self) -> list[float]:
        """The same for every round alone."""
        rounds = range(len(self.runs[min(self.runs)]))
        return [_slope({count: self.seconds(count)[each] for count in self.runs}) for each in rounds]

    @property
    def over(self) -> list[str]:
        """The targets that are missed."""
        most = max(self.runs)
        missed = [f"{most} releases beside one"] if self.times(most) > MOST_TIMES else []
        return [*missed, *(["each further release"] if self.slope > MOST_EACH else [])]


def _slope(seconds: dict[int, float]) -> float:
    """Return the slope of the straight line through these points, in thousandths."""
    return 1000 * statistics.linear_regression(list(seconds), list(seconds.values())).slope


def grow(command: Command, root: Path, folder: Path, *, runs: int, counts: Collection[int]) -> Growth:
    """Build charters with so many releases in turns. `command` runs in `root`, and takes the folder to write
    last; all else is made below `folder`. A first build of each is not counted: it makes the PDFs, which are
    made once for ever."""
    builds = {}
    for count, source in histories.write(folder, counts).items():
        site = folder / f"{count}-site"
        builds[count] = Build(command=(*command, site), folder=root, site=site, source=source)
        run(builds[count])
    rounds = [{count: run(build) for count, build in builds.items()} for _ in range(runs)]
    return Growth(runs={count: tuple(each[count] for each in rounds) for count in counts})


# --- Telling -----------------------------------------------------------------------------------------


def table(growth: Growth) -> str:
    """Return the growth as a table in Markdown, and what follows from it."""
    return "\n".join([*_rows(growth), "", *_said(growth)])


def _rows(growth: Growth) -> Iterator[str]:
    yield "| releases | processor (s) | beside one | clock (s) | memory (MiB) | files | written (MiB) |"
    yield "|---|---|---|---|---|---|---|"
    for count in sorted(growth.runs):
        yield (
            f"| {count} | {growth.median(count):.2f} ({_span(growth.seconds(count))}) |"
            f" {growth.times(count):.2f} ({_span(growth.rounds(count))}) |"
            f" {growth.median(count, 'wall'):.2f} | {growth.median(count, 'memory'):.0f} |"
            f" {growth.median(count, 'files'):.0f} | {growth.median(count, 'written'):.1f} |"
        )


def _said(growth: Growth) -> Iterator[str]:
    most = max(growth.runs)
    yield f"Each further release adds {growth.slope:.1f} ms of processor time ({_span(growth.slopes, 1)} in"
    yield f"single rounds; the most is {MOST_EACH:.0f} ms). {most} releases take {growth.times(most):.2f}"
    yield f"times as long as one ({_span(growth.rounds(most))}; the most is {MOST_TIMES:.0f})."


def _span(found: list[float], places: int = 2) -> str:
    return f"{min(found):.{places}f} to {max(found):.{places}f}"


def plot(growth: Growth) -> str:
    """Return the curve as SVG: every run, the line through the medians, and the most that is allowed."""
    counts = sorted(growth.runs)
    least, most = counts[0], counts[-1]
    one = growth.median(least)
    dots = [(count, seconds) for count in counts for seconds in growth.seconds(count)]
    top = max(MOST_TIMES * one, *(seconds for _, seconds in dots))
    _dress()
    chart = leather.Chart("Processor time of a build, by the number of releases")
    chart.add_x_scale(0, most)
    chart.add_x_axis(ticks=[0, most // 4, most // 2, 3 * most // 4, most], name="releases")
    chart.add_y_scale(0, top * 1.1)
    chart.add_y_axis(ticks=[half / 2 for half in range(int(top * 2.2) + 1)], name="seconds")
    limit = [(least, one), (most, MOST_TIMES * one)]
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
