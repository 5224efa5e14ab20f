"""A variable font and a place on each of its axes → a font of that one face, which typst can print with."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

FAMILY_IDS, FULL_NAME, POSTSCRIPT_NAME = (1, 16), 4, 6
STYLE_IDS = (2, 17)
BOLD = 700
ITALIC_BIT, BOLD_BIT, REGULAR_BIT = 1, 32, 64


def pinned_font(path: Path, axes: Mapping[str, float], *, family: str, weight: int, italic: bool) -> bytes:
    """Return the face of the font at `path` at `axes`, which says that it is of the `family` and of that
    weight and slant. The same file gives the same bytes."""
    import uharfbuzz  # noqa: PLC0415 - as in outputs/style/fonts.py
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - as above

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    for tag, value in axes.items():
        wanted.pin_axis_location(face, tag, value)
    font = TTFont(io.BytesIO(uharfbuzz.subset(face, wanted).blob.data), recalcTimestamp=False)
    style = (
        " ".join(filter(None, ("Bold" if weight >= BOLD else "", "Italic" if italic else ""))) or "Regular"
    )
    names = font["name"]
    for number in (*FAMILY_IDS, *STYLE_IDS, FULL_NAME, POSTSCRIPT_NAME):
        names.removeNames(nameID=number)
    values = {1: family, 2: style, FULL_NAME: f"{family} {style}"}
    values[POSTSCRIPT_NAME] = f"{family} {style}".replace(" ", "")
    for number, said in values.items():
        names.setName(said, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection &= ~(ITALIC_BIT | BOLD_BIT | REGULAR_BIT)
    font["OS/2"].fsSelection |= (ITALIC_BIT if italic else 0) | (
        BOLD_BIT if weight >= BOLD else 0
    ) or REGULAR_BIT
    font["head"].macStyle = (1 if weight >= BOLD else 0) | (2 if italic else 0)
    saved = io.BytesIO()
    font.save(saved)
    return saved.getvalue()
