"""What one part of the bench found: its words, its plots, and the targets that it missed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of docs/developers/performance.md: its heading, its text in Markdown (tables too), its plots as
    SVG by the ends of their names, and one sentence for each target that was missed."""

    heading: str
    text: str
    plots: dict[str, str] = field(default_factory=dict)
    missed: tuple[str, ...] = ()
