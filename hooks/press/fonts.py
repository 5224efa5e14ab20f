"""Font files → the few letters of them that a Western European text needs, as WOFF2."""

from __future__ import annotations

import io
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from press import publish

LETTERS = (
    *range(0x20, 0x7F),  # Basic Latin
    *range(0xA0, 0x100),  # Latin-1: the letters of Western Europe; others fall back to the system's fonts
    *map(ord, "ŴŵŶŷ"),  # Welsh
    *map(ord, "–—‘’“”•…←→×−€"),
)
FEATURES = ("kern", "liga", "ccmp", "locl", "mark", "mkmk")
NAMES = (0, 1, 2, 13, 14)  # the copyright and licence stay with the font, as the Open Font Licence asks


def cut(path: Path, axes: Mapping[str, float] | None = None) -> bytes:
    """Return the font at `path`, fixed at `axes` where it is a variable one, cut to LETTERS, as WOFF2.

    The same file gives the same bytes. Raises OSError or fontTools.ttLib.TTLibError where it cannot be read.
    """
    # Here and not above: to import these takes longer than to build ten pages, and most builds cut nothing.
    from fontTools import subset  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    font = TTFont(path, recalcTimestamp=False)
    if axes:
        font = instancer.instantiateVariableFont(font, dict(axes))
    options = subset.Options(hinting=False, layout_features=list(FEATURES), name_IDs=list(NAMES))
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def cut_once(path: Path, axes: Mapping[str, float] | None, cache: Path) -> bytes:
    """Return what `cut` does, from the folder `cache` where it stands there: cutting takes two seconds.

    What is kept is named by the font, the axes and this file, so that a change of any makes it anew.
    """
    made_of = path.read_bytes() + repr(sorted((axes or {}).items())).encode() + Path(__file__).read_bytes()
    name = f"{sha256(made_of).hexdigest()[:16]}.woff2"
    return publish.once(cache / name, lambda: cut(path, axes))


def outline(path: Path, words: str, size: float) -> tuple[str, float] | None:
    """Return the outlines of `words` in the font at `path`, as the data of an SVG path whose baseline starts at
    0 0, and how wide they are: both in the unit of `size`, which is that of an em. None where the font lacks one
    of the letters. The same words give the same outlines. Raises what `cut` raises."""
    from fontTools.misc.transform import Scale  # noqa: PLC0415 - as above
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with TTFont(path, lazy=True) as font:
        names, glyphs = font.getBestCmap(), font.getGlyphSet()
        if any(ord(letter) not in names for letter in words):
            return None
        scale, at = size / font["head"].unitsPerEm, 0.0
        pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.1f}".removesuffix(".0"))
        for letter in words:
            glyph = glyphs[names[ord(letter)]]
            glyph.draw(TransformPen(pen, Scale(scale, -scale).translate(at / scale, 0)))
            at += glyph.width * scale
    return pen.getCommands(), at
