"""What a site looks like: its colours, its mark, the size of its paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from charterpress.outputs.images.mark import Mark
from charterpress.outputs.style.palette import Chosen, Palette, palette


class Size(NamedTuple):
    """The width and height of a sheet, in millimetres."""

    width: float
    height: float


class Paper(Enum):
    """The sheets that documents and pages are printed on, by the name that people know."""

    A4 = "A4"
    LETTER = "Letter"

    @property
    def size(self) -> Size:
        """The size of a sheet."""
        return {Paper.A4: Size(210, 297), Paper.LETTER: Size(215.9, 279.4)}[self]


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What pages, badges, pictures and documents share."""

    palette: Palette = field(default_factory=lambda: palette(Chosen(), Chosen()))
    mark: Mark | None = None
    paper: Paper = Paper.A4
