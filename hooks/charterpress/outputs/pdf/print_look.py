"""What a site looks like → what typst's layouts take from it: colours, the size of a sheet, and fonts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from charterpress.outputs.pdf.font_sources import font_families
from charterpress.outputs.style.fonts import ranges
from charterpress.outputs.style.look import Look

TEXT_FONT = ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Regular.ttf")
HEADING_FONT = ("fontpkg_newsreader", "Newsreader[opsz,wght].ttf")
"""The package and file of the usual fonts."""
MARKED = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
"""Letters with marks: a font that lacks one of them might put its mark in the wrong place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintLook:
    """What a document looks like. Of each font it is a file of its family, whose folder is among the fonts to
    print with."""

    look: Look = field(default_factory=Look)
    text: Path = field(default_factory=lambda: _file(*TEXT_FONT))
    heading: Path = field(default_factory=lambda: _file(*HEADING_FONT))
    heading_weight: int = 500

    def key(self) -> list[object]:
        """What the bytes of a document depend on, but for the content of the fonts."""
        return [self._values(), self.text.name, self.heading.name]

    def inputs(self) -> dict[str, Any]:
        """What the layouts read. Opens the fonts."""
        return {
            **self._values(),
            "text": _family(self.text),
            "heading": _family(self.heading),
            "letters": _letters(self.text),
        }

    def _values(self) -> dict[str, Any]:
        colours, size = self.look.palette.light, self.look.paper.size
        mark = self.look.mark
        return {
            "colours": dict(colours.roles),
            "themes": list(colours.themes),
            "paper": self.look.paper.value,
            "width": size.width,
            "height": size.height,
            "heading-weight": self.heading_weight,
            "mark": mark.svg(colours.themes[0]) if mark else "",
        }


def _file(package: str, name: str) -> Path:
    root: Path = import_module(package).ROOT
    return root / "files" / name


@lru_cache(maxsize=8)
def _family(font: Path) -> str:
    return font_families(font)[0]


@lru_cache(maxsize=8)
def _letters(font: Path) -> str:
    """The letters with marks that a font has, as part of a regular expression of typst."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import

    with TTFont(font, lazy=True) as opened:
        known = opened.getBestCmap().keys()
    found = ranges(sorted({0x20, *(each for each in MARKED if each in known)}))
    runs = [run.removeprefix("U+").split("-") for run in found.split(", ")]
    return "".join("-".join(f"\\u{{{end}}}" for end in run) for run in runs)
