"""Figures → plots as SVG, drawn by leather in our colours."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

import leather
from leather import theme

INK, LINE, LIMIT, DOT, PAPER = "#1b1b1b", "#1d4f91", "#767676", "#b3541e", "#ffffff"
WIDTH = 720

Points = Sequence[tuple[float, float]]


def curve(title: str, grows: str, *, dots: Points, line: Points, limit: Points) -> str:
    """Draw seconds over the number of what `grows`: every run as a dot, a line through the medians, and a
    dashed one for the most that is allowed, where there is one."""
    most = max(count for count, _ in dots)
    top = 1.1 * max(seconds for _, seconds in (*dots, *limit))
    chart = _chart(title)
    chart.add_x_scale(0, most)
    chart.add_x_axis(ticks=_ticks(most), tick_formatter=_thousands, name=grows)
    chart.add_y_scale(0, top)
    chart.add_y_axis(ticks=_ticks(top), tick_formatter=_thousands, name="seconds of processor time")
    if limit:
        chart.add_line(limit, name="the most allowed", stroke_color=LIMIT, stroke_dasharray="6,4")
    chart.add_line(line, name="median", stroke_color=LINE)
    chart.add_dots(dots, name="every run", fill_color=DOT)
    return _svg(chart, 420)


def bars(title: str, unit: str, values: Mapping[str, float], *, own: Sequence[str] = ()) -> str:
    """Draw a bar for each value, the first at the top, with its figure beside its name; those that are our
    `own` in another colour."""
    named = {f"{name}: {value:.2f}": (value, name in own) for name, value in values.items()}
    top = 1.05 * max(values.values())
    chart = _chart(title)
    chart.add_x_scale(0, top)
    chart.add_x_axis(ticks=_ticks(top), tick_formatter=_thousands, name=unit)
    chart.add_bars(
        [(value, name) for name, (value, _) in named.items()],
        fill_color=lambda bar: LINE if named[bar.y][1] else LIMIT,
    )
    return _svg(chart, 130 + 36 * len(values))


def _ticks(top: float) -> list[float]:
    """At most ten beside 0, at round figures."""
    tens = 10 ** math.floor(math.log10(top / 10))
    step = next(tens * each for each in (1, 2, 5, 10) if top / (tens * each) <= 10)
    return [round(step * tick, 6) for tick in range(math.floor(top / step) + 1)]


def _thousands(value: float, _index: int, _count: int) -> str:
    return f"{value:,.10g}"


def _chart(title: str) -> leather.Chart:
    """An empty drawing in our colours, with letters that every computer has."""
    theme.background_color, theme.tick_color = PAPER, "#dddddd"
    for name in ("title_color", "legend_color", "axis_title_color", "label_color", "zero_color"):
        setattr(theme, name, INK)
    for name in ("title", "legend", "axis_title", "tick"):
        setattr(theme, f"{name}_font_family", "sans-serif")
    return leather.Chart(title)


def _svg(chart: leather.Chart, height: int) -> str:
    """The drawing, which leather would not let a narrow page make smaller."""
    drawn = ET.tostring(chart.to_svg_group(WIDTH, height), encoding="unicode")
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawn}</svg>\n'
