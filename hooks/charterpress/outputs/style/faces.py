"""A file of fonts → the weight, slant and axes of its face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from charterpress.model.errors import CharterError
from charterpress.text.interface import gettext as _

MEDIUM_WIDTH = 5
"""The width class of OpenType that is neither condensed nor expanded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """One file of a package, and which weights, slants and other axes it has."""

    file: Path
    weight: int
    italic: bool
    normal_width: bool
    axes: Mapping[str, tuple[float, float, float]]
    """The least, usual and greatest value of each axis of a variable font."""


@lru_cache(maxsize=256)
def read_face(file: Path) -> Face:
    """Return what the face of a file is. Raises CharterError if it is not a font."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - slow to import

    try:
        with TTFont(file, lazy=True) as font:
            axes = font["fvar"].axes if "fvar" in font else ()
            return Face(
                file=file,
                weight=font["OS/2"].usWeightClass,
                italic=bool(font["OS/2"].fsSelection & 1 or font["head"].macStyle & 2),
                normal_width=font["OS/2"].usWidthClass == MEDIUM_WIDTH,
                axes={axis.axisTag: (axis.minValue, axis.defaultValue, axis.maxValue) for axis in axes},
            )
    except (TTLibError, OSError, KeyError) as error:
        raise CharterError(_("{file} is not a font").format(file=file.name)) from error
