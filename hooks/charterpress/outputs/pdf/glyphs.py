"""The fonts and instructions of a PDF → what its glyphs stand for, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_CHARACTERS = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Font:
    """What the glyphs of a font stand for, and how wide they are in thousandths of the size of type."""

    texts: dict[int, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    other_width: float = 1000

    @classmethod
    def read(cls, font: Any) -> Font:  # noqa: ANN401 - an object of a PDF, which may be anything
        """Return what a font of a PDF says."""
        texts = {}
        if "/ToUnicode" in font:
            table = font.ToUnicode.read_bytes().decode("latin-1")
            for glyph, text in (
                pair for block in _CHARACTERS.findall(table) for pair in _PAIR.findall(block)
            ):
                texts[int(glyph, 16)] = bytes.fromhex(text).decode("utf-16-be", "replace")
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        widths: dict[int, float] = {}
        rows = list(inner.get("/W", []))
        while rows:
            first, row = int(rows[0]), rows[1]
            if isinstance(row, int | float) or not hasattr(row, "__iter__"):
                widths |= dict.fromkeys(range(first, int(row) + 1), float(rows[2]))
                del rows[:3]
            else:
                widths |= {first + place: float(width) for place, width in enumerate(row)}
                del rows[:2]
        return cls(texts=texts, widths=widths, other_width=float(inner.get("/DW", 1000)))


def page_fonts(page: pikepdf.Page) -> dict[str, Font]:
    """Return the fonts of a page by the names that its instructions use."""
    return {name: Font.read(font) for name, font in page.resources.get("/Font", {}).items()}


def actual_text(operands: list[Any]) -> str | None:
    """Return what an instruction says that the glyphs after it stand for; None if it doesn't."""
    import pikepdf  # noqa: PLC0415 - slow to import

    given = operands[1] if len(operands) > 1 else None
    return str(given.ActualText) if isinstance(given, pikepdf.Dictionary) and "/ActualText" in given else None


def codes(operands: Iterable[Any]) -> Iterator[int]:
    """Yield the glyphs of the strings that an instruction shows; typst writes each in two bytes."""
    import pikepdf  # noqa: PLC0415 - slow to import

    for each in operands:
        data = bytes(each) if isinstance(each, pikepdf.String) else b""
        yield from (int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2))
