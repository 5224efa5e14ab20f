"""Colours → how light they are, what they are to each other, and others of the same hue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coloraide import Color

FINE, COARSE = 0.005, 4
"""The steps of lightness in which a colour is sought: first every fourth of them."""
_PLAIN = re.compile(r"#[0-9a-f]{6}")
_LUMINANCE = (0.21263900587151024, 0.7151686787677559, 0.07219231536073371)
"""How much of the luminance of white is that of red, green and blue (IEC 61966-2-1)."""


def parse_colour(text: str) -> str | None:
    """Return a colour that CSS knows by this text as #rrggbb; None if it knows none."""
    if _PLAIN.fullmatch(text):
        return text
    found = _colour_type().match(text, fullmatch=True)
    return _hex(_colour_type()(text)) if found else None


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """The relative luminance of WCAG, from 0 to 1, of an #rrggbb."""
    linear = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in _parts(colour))
    return sum(share * part for share, part in zip(_LUMINANCE, linear, strict=True))


def ratio(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 measures it, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=4096)
def tint(colour: str, ground: str, percent: int) -> str:
    """What `color-mix(in srgb, colour percent%, ground)` gives, of #rrggbb and #rrggbb."""
    pairs = zip(_parts(colour), _parts(ground), strict=True)
    mixed = (below + (above - below) * (percent / 100) for above, below in pairs)
    return "#" + "".join(f"{floor(part * 255 + 0.5):02x}" for part in mixed)


def first_readable(colours: Iterable[str], ground: str) -> str:
    """The first of `colours` that can be read on `ground`, or else the one that is read best."""
    ordered = list(colours)
    readable = (colour for colour in ordered if ratio(colour, ground) >= 4.5)
    return next(readable, max(ordered, key=lambda colour: ratio(colour, ground)))


def nearest(colour: str, accepts: Callable[[str], bool]) -> str | None:
    """The colour of the same hue that is nearest to `colour` in lightness (of OKLCH, in steps of half a
    hundredth) among those that `accepts` takes; None if it takes none."""
    at = lightness(colour)

    def stepped(steps: int) -> str:
        return moved(colour, min(1.0, max(0.0, at + steps * FINE)), None)

    for step in range(COARSE, round(1 / FINE) + COARSE, COARSE):
        for sign in (-1, 1):
            if accepts(stepped(sign * step)):
                return next(
                    stepped(sign * each)
                    for each in range(step - COARSE + 1, step + 1)
                    if accepts(stepped(sign * each))
                )
    return None


def lightness(colour: str) -> float:
    """The lightness of a colour in OKLCH, from 0 to 1."""
    return _colour_type()(colour).convert("oklch")["l"]


@lru_cache(maxsize=4096)
def moved(colour: str, lightness: float, chroma: float | None, turn: float = 0) -> str:
    """The colour at another lightness, with `chroma` at most, its hue turned by degrees (in OKLCH)."""
    other = _colour_type()(colour).convert("oklch")
    other["l"] = lightness
    if chroma is not None:
        other["c"] = min(other["c"], chroma)
    other["h"] = (other["h"] + turn) % 360 if other["h"] == other["h"] else other["h"]
    return _hex(other)


def _parts(colour: str) -> tuple[float, ...]:
    """Red, green and blue of an #rrggbb, from 0 to 1; coloraide multiplies too, and a tint would differ."""
    return tuple(int(colour[at : at + 2], 16) * (1 / 255) for at in (1, 3, 5))


@cache
def _colour_type() -> type[Color]:
    from coloraide import Color  # noqa: PLC0415 - longer to import than all of ours, and seldom needed

    return Color


def _hex(colour: Color) -> str:
    return colour.convert("srgb").fit(method="oklch-chroma").to_string(hex=True)
