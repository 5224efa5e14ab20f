"""Font files → the letters of them that a Western European text needs, as WOFF2, the rarer ones apart."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from itertools import groupby, pairwise
from pathlib import Path
from typing import Final

from charterpress.model.errors import CharterError
from charterpress.storage.cache import cache_key, cached_bytes
from charterpress.text.interface import gettext as _

COMMON = frozenset({*range(0x20, 0x7F), *map(ord, "\u00a0£·×é–—‘’“”•…←→−€")})
"""What any English page has: Basic Latin, and the marks of typesetting."""
RARE = frozenset({*range(0xA1, 0x100), *map(ord, "ŴŵŶŷ")}) - COMMON
"""The rest of Latin-1, for Western Europe, and of Welsh. All others fall back to the system's fonts."""
FEATURES = ("kern", "liga", "ccmp", "locl", "mark", "mkmk")
CUT_WITH = ("uharfbuzz", "fonttools", "brotli")
"""The packages whose version may change the bytes of a font."""
NAMES = (0, 1, 2, 13, 14)  # the copyright and licence stay with the font, as the Open Font Licence asks


Axes = Mapping[str, float | tuple[float, float]]
"""Where a variable font is pinned on its axes, or between which two values it stays variable."""


def subset_font(
    path: Path, letters: Iterable[int], axes: Axes | None = None, *, joining: bool = False
) -> bytes:
    """Return the font at `path`, pinned at `axes` where it is a variable one, subset to `letters`, as WOFF2.
    With `joining` it keeps all the rules by which the letters of its script join and change. The same file
    gives the same bytes. Raises CharterError where it is not a font."""
    # Imported here because most builds find every font in the cache.
    import uharfbuzz  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    # HarfBuzz subsets and pins a variable font in milliseconds; fontTools, which takes seconds for that,
    # packs what is left.
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    wanted.unicode_set.update(letters)
    if not joining:
        wanted.layout_feature_tag_set.clear()
        wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode()) for tag in FEATURES)
    wanted.name_id_set.clear()
    wanted.name_id_set.update(NAMES)
    for tag, value in (axes or {}).items():
        if isinstance(value, tuple):
            wanted.set_axis_range(face, tag, *value, value[0])
        else:
            wanted.pin_axis_location(face, tag, value)
    try:
        subset = uharfbuzz.subset(face, wanted)
    except RuntimeError as error:
        raise CharterError(_("{path}: not a font that can be subset").format(path=path)) from error
    font = TTFont(io.BytesIO(subset.blob.data), recalcTimestamp=False)
    font.flavor = "woff2"
    packed = io.BytesIO()
    font.save(packed)
    return packed.getvalue()


def cached_subset(
    path: Path, letters: frozenset[int], axes: Axes | None, cache: Path, *, joining: bool = False
) -> bytes:
    """Return what `subset_font` does, from the folder `cache` if it is there. A change of the font, of the
    letters, of the axes, of this file or of the packages that cut makes it anew."""
    packages = [version(name) for name in CUT_WITH]
    content = repr((ranges(letters), sorted((axes or {}).items()), joining, packages))
    return cached(lambda: subset_font(path, letters, axes, joining=joining), content, (path,), cache, "woff2")


def ranges(letters: Iterable[int]) -> str:
    """Return `letters` as the `unicode-range` of a style has them: “U+20-7e, U+a0”."""
    by_distance = groupby(enumerate(sorted(letters)), key=lambda pair: pair[1] - pair[0])
    runs = [[letter for _, letter in run] for _, run in by_distance]
    return ", ".join(f"U+{run[0]:x}" if len(run) == 1 else f"U+{run[0]:x}-{run[-1]:x}" for run in runs)


def cached(make: Callable[[], bytes], content: str, files: Iterable[Path], cache: Path, ending: str) -> bytes:
    """Return what `make` makes of fonts, from the folder `cache` if it is there. It is kept under a
    name made of all that it was made of: the words `content`, the bytes of `files`, and this file."""
    return cached_bytes(cache / f"{cache_key(content, *files, Path(__file__))}.{ending}", make)


def outline(path: Path, words: str, em: int) -> tuple[str, int] | None:
    """Return the outlines of `words` in the font at `path`, as the data of an SVG path that starts at the
    left end of the baseline, and how wide they are, where an em is `em` long: all numbers are whole ones, and
    so it should be 100 or more. None where the font lacks one of the letters. The same words give the same
    outlines. Raises what `subset_font` raises."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # noqa: PLC0415 - as above
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with TTFont(path, lazy=True) as font:
        names, glyphs = font.getBestCmap(), font.getGlyphSet()
        if any(ord(letter) not in names for letter in words):
            return None
        scale, at, drawn = em / font["head"].unitsPerEm, 0.0, PathData()
        for letter in words:
            glyph = glyphs[names[ord(letter)]]
            pen = DecomposingRecordingPen(glyphs)
            glyph.draw(pen)
            for step, points in pen.value:
                drawn.add(step, [(round(at + x * scale), round(-y * scale)) for x, y in points])
            at += glyph.width * scale
    return drawn.data, round(at)


class PathData:
    """The data of an SVG path, from one point to the next, which takes half of what whole coordinates
    take."""

    _LETTERS: Final = {"moveTo": "m", "lineTo": "l", "qCurveTo": "q", "curveTo": "c", "closePath": "z"}

    def __init__(self) -> None:
        self.data = ""
        self._at = self._start = (0, 0)

    def add(self, step: str, points: list[tuple[int, int]]) -> None:
        """Add a step as a pen of fontTools is told it."""
        if step == "qCurveTo":  # between two points off the curve, one on it is left out
            off = points[:-1]
            on = [((a + c) // 2, (b + d) // 2) for (a, b), (c, d) in pairwise(off)]
            for bend, end in zip(off, [*on, points[-1]], strict=True):
                self._write("q", [bend, end])
        elif step in self._LETTERS:
            self._write(self._LETTERS[step], points)
        if step == "moveTo":
            self._start = self._at
        elif step == "closePath":
            self._at = self._start

    def _write(self, letter: str, points: list[tuple[int, int]]) -> None:
        x, y = self._at
        numbers = [number for point in points for number in (point[0] - x, point[1] - y)]
        if letter in "lq" and not any(numbers):
            return
        if letter == "l" and 0 in numbers:
            letter, numbers = ("v", numbers[1:]) if numbers[0] == 0 else ("h", numbers[:1])
        signed = (
            f" {number}" if place and number >= 0 else str(number) for place, number in enumerate(numbers)
        )
        self.data += letter + "".join(signed)
        self._at = points[-1] if points else self._at
