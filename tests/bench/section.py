"""What one part of the bench found, told by its template: sections/NAME.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent / "sections"
TEMPLATES = Environment(  # noqa: S701 - Markdown of figures
    loader=FileSystemLoader(FOLDER), trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
)
TEMPLATES.filters["n"] = lambda value, places=0: f"{value:,.{places}f}"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of docs/developers/performance.md: its name, what its template is given, its plots as SVG by the
    ends of their names, and one sentence for each target that was missed."""

    name: str
    found: Mapping[str, object]
    plots: Mapping[str, str] = field(default_factory=dict)
    missed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The section in Markdown, with the targets that it missed and what people wrote of it."""
        return TEMPLATES.get_template(f"{self.name}.md").render(self.found, missed=self.missed).strip()
