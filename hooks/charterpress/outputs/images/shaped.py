"""Words in any script → their outlines, joined and in the order in which they are seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from charterpress.outputs.style.fonts import PathData

FROM_RIGHT = frozenset({"R", "AL"})
WITH_WORD_BEFORE = frozenset({"NSM", "BN"})
"""Marks and joiners: they stay with the letter before them."""
FROM_LEFT = frozenset({"L", "EN", "AN"})
BRACKETS = {"(": ")", "[": "]", "{": "}"}
BETWEEN_FIGURES = frozenset({"CS", "ES"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """A file of fonts, and where a variable one stands on its axes."""

    file: Path
    axes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Run:
    """Letters that are seen one after the other in one direction, in the order in which they are written."""

    text: str
    rtl: bool


def shaped_outline(words: str, faces: Sequence[Face], em: int, *, rtl: bool) -> tuple[str, int] | None:
    """Return the outlines of `words` as the data of an SVG path that starts at the left end of the baseline,
    and how wide they are, where an em is `em` long. Each letter comes from the first of `faces` that has it;
    None where none of them has one. `rtl` is the direction of the text that they are in."""
    from fontTools.pens.recordingPen import RecordingPen  # noqa: PLC0415 - slow to import

    drawn, at = PathData(), 0.0
    for run in seen_runs(words, rtl=rtl):
        parts = _parts(run.text, faces)
        if parts is None:
            return None
        for place, text in reversed(parts) if run.rtl else parts:
            font, scale = _font(faces[place].file, tuple(sorted(faces[place].axes.items()))), 0.0
            scale = em / font.face.upem
            for glyph, move_x, move_y, advance in _glyphs(font, text, rtl=run.rtl):
                pen = RecordingPen()
                font.draw_glyph_with_pen(glyph, pen)
                for step, points in pen.value:
                    moved = [
                        (round(at + (x + move_x) * scale), round(-(y + move_y) * scale)) for x, y in points
                    ]
                    drawn.add(step, moved)
                at += advance * scale
    return drawn.data, round(at)


def seen_runs(words: str, *, rtl: bool) -> tuple[_Run, ...]:
    """Return `words` in runs of one direction, from the left to the right as they are seen, for text whose
    direction is `rtl`. What has no direction of its own goes with what is on both sides of it, and else with
    the text (UAX 9, but for its embeddings and isolates)."""
    ways = [_way(each) for each in words]
    for at, letter in enumerate(words):
        kind = unicodedata.bidirectional(letter)
        if kind in WITH_WORD_BEFORE and at:
            ways[at] = ways[at - 1]
        elif kind in BETWEEN_FIGURES and 0 < at < len(words) - 1:
            beside = {unicodedata.bidirectional(words[at - 1]), unicodedata.bidirectional(words[at + 1])}
            ways[at] = False if beside == {"EN"} else None
    _decide_brackets(words, ways, rtl=rtl)
    known = [(at, way) for at, way in enumerate(ways) if way is not None]
    for at, way in enumerate(ways):
        if way is None:
            before = next((each for place, each in reversed(known) if place < at), rtl)
            after = next((each for place, each in known if place > at), rtl)
            ways[at] = before if before == after else rtl
    runs = []
    for from_right, letters in groupby(zip(words, ways, strict=True), key=lambda each: bool(each[1])):
        runs.append(_Run(text="".join(letter for letter, _ in letters), rtl=from_right))
    return tuple(reversed(runs)) if rtl else tuple(runs)


def _decide_brackets(words: str, ways: list[bool | None], *, rtl: bool) -> None:
    """Let brackets go with what they stand around, if that goes one way and so does what is before them."""
    opened: list[int] = []
    for at, letter in enumerate(words):
        if letter in BRACKETS:
            opened.append(at)
        elif opened and letter == BRACKETS[words[opened[-1]]]:
            start = opened.pop()
            inside = {way for way in ways[start + 1 : at] if way is not None}
            before = next((way for way in reversed(ways[:start]) if way is not None), rtl)
            if inside:
                ways[start] = ways[at] = rtl if rtl in inside or before == rtl else not rtl


def _way(letter: str) -> bool | None:
    """Whether a letter goes from the right; None if that depends on those beside it."""
    kind = unicodedata.bidirectional(letter)
    return True if kind in FROM_RIGHT else False if kind in FROM_LEFT else None


def _parts(text: str, faces: Sequence[Face]) -> list[tuple[int, str]] | None:
    """The letters that come from one face, with its place among them; None where a letter is in none."""
    places: list[int] = []
    for letter in text:
        able = (place for place, face in enumerate(faces) if ord(letter) in _letters(face.file))
        stays = unicodedata.bidirectional(letter) in WITH_WORD_BEFORE and places
        place = places[-1] if stays else next(able, None)
        if place is None:
            return None
        places.append(place)
    grouped = groupby(zip(places, text, strict=True), key=lambda each: each[0])
    return [(place, "".join(letter for _, letter in letters)) for place, letters in grouped]


def _glyphs(font: Any, text: str, *, rtl: bool) -> Iterator[tuple[int, int, int, int]]:  # noqa: ANN401 - uharfbuzz has no types
    """Yield each glyph of a run from the left, how far it is moved, and how far it is to the next."""
    import uharfbuzz  # noqa: PLC0415 - most builds find every badge in the cache

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    uharfbuzz.shape(font, buffer)
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        yield info.codepoint, position.x_offset, position.y_offset, position.x_advance


@lru_cache(maxsize=8)
def _font(file: Path, axes: tuple[tuple[str, float], ...]) -> Any:  # noqa: ANN401 - a font of uharfbuzz
    import uharfbuzz  # noqa: PLC0415 - as above

    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(file)))
    font.set_variations(dict(axes))
    return font


@lru_cache(maxsize=8)
def _letters(file: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import

    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())
