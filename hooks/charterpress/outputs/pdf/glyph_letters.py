"""A PDF of which some glyphs stand for several letters → codes of those glyphs for each of the letters.

A font may draw ب, ت and ن with the same stroke and other dots. Then the table that says which letter a glyph
stands for can name one of them; typst says beside each of the others what it is (“ActualText”), and programs
that don't read this take out the wrong letter. Here a glyph gets a code of its own for each letter that it
stands for, and dots and vowel signs are drawings, which stand for none.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from charterpress.outputs.pdf.glyphs import Font

if TYPE_CHECKING:
    import pikepdf

_MOST_ROWS = 100
"""How many rows a block of the table of letters may have (Adobe's CMap, 1.4.1)."""


class FontCodes:
    """The codes of a font: those that it has, and those that its glyphs get for other letters."""

    def __init__(self, font: Any) -> None:  # noqa: ANN401 - an object of a PDF
        """Take a font of a PDF."""
        self.font = Font.read(font)
        self._object = font
        self._first = 1 + max((*self.font.texts, *self.font.widths), default=0)
        self._added: dict[tuple[int, str], int] = {}
        self._drawn: dict[int, bytes] = {}
        self._outlines: Any = None

    @staticmethod
    def can_take(font: Any) -> bool:  # noqa: ANN401 - the same
        """Whether the codes of a font of a PDF are its glyphs' own numbers, and so may be added to."""
        if "/DescendantFonts" not in font or "/ToUnicode" not in font:
            return False
        inner = font.DescendantFonts[0]
        plain = inner.get("/CIDToGIDMap", "/Identity") == "/Identity"
        return bool(
            plain and inner.get("/Subtype") == "/CIDFontType2" and "/FontFile2" in inner.FontDescriptor
        )

    def code(self, glyph: int, text: str) -> int:
        """Return the code of a glyph that stands for `text`."""
        if self.font.texts.get(glyph, "") == text:
            return glyph
        return self._added.setdefault((glyph, text), self._first + len(self._added))

    def drawing(self, glyph: int) -> tuple[bytes, int]:
        """Return the instructions that draw a glyph, and how many of its units an em has."""
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import

        if self._outlines is None:
            data = self._object.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
            self._outlines = TTFont(io.BytesIO(data))
        if glyph not in self._drawn:
            self._drawn[glyph] = _drawing(self._outlines, glyph)
        return self._drawn[glyph], self._outlines["head"].unitsPerEm

    def write(self, pdf: pikepdf.Pdf) -> None:
        """Write the new codes: their glyphs, widths and letters."""
        import pikepdf  # noqa: PLC0415 - slow to import

        if not self._added:
            return
        inner = self._object.DescendantFonts[0]
        glyphs = [*range(self._first), *(glyph for glyph, _ in self._added)]
        rows = []
        for (glyph, text), code in self._added.items():
            inner.W.append(code)
            inner.W.append(pikepdf.Array([self.font.widths.get(glyph, self.font.other_width)]))
            rows.append(f"<{code:04x}> <{text.encode('utf-16-be').hex()}>")
        inner.CIDToGIDMap = pdf.make_stream(b"".join(glyph.to_bytes(2) for glyph in glyphs))
        blocks = [rows[at : at + _MOST_ROWS] for at in range(0, len(rows), _MOST_ROWS)]
        lines = (f"{len(each)} beginbfchar\n{chr(10).join(each)}\nendbfchar\n" for each in blocks)
        table = self._object.ToUnicode.read_bytes().decode("latin-1")
        table = table.replace("endcmap", f"{''.join(lines)}endcmap", 1)
        self._object.ToUnicode.write(table.encode("latin-1"))


class DocumentFonts:
    """The fonts of a document whose codes may be added to."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        """Take the document."""
        self.pdf = pdf
        self._known: dict[Any, FontCodes] = {}

    def of_page(self, page: pikepdf.Page) -> dict[str, FontCodes]:
        """Return those of a page, by the names that its instructions use."""
        return {
            name: self._codes(font)
            for name, font in page.resources.get("/Font", {}).items()
            if FontCodes.can_take(font)
        }

    def _codes(self, font: Any) -> FontCodes:  # noqa: ANN401 - an object of a PDF
        if font.objgen not in self._known:
            self._known[font.objgen] = FontCodes(font)
        return self._known[font.objgen]

    def write(self) -> None:
        """Write what was added to them."""
        for font in self._known.values():
            font.write(self.pdf)


def _drawing(font: Any, glyph: int) -> bytes:  # noqa: ANN401 - fontTools' own type
    """The instructions that draw a glyph in the units of its font."""
    from fontTools.pens.basePen import BasePen  # noqa: PLC0415 - slow to import

    steps: list[str] = []

    def add(name: str, *points: tuple[float, float]) -> None:
        steps.append(" ".join([*(str(round(number)) for point in points for number in point), name]))

    class Pen(BasePen):  # type: ignore[misc]  # fontTools has no types; it makes cubic curves of all
        _moveTo = staticmethod(lambda point: add("m", point))  # noqa: N815 - fontTools' own names
        _lineTo = staticmethod(lambda point: add("l", point))  # noqa: N815 - the same
        _curveToOne = staticmethod(lambda *points: add("c", *points))  # noqa: N815 - the same
        _closePath = staticmethod(lambda: add("h"))  # noqa: N815 - the same

    glyphs = font.getGlyphSet()
    glyphs[font.getGlyphName(glyph)].draw(Pen(glyphs))
    return "\n".join([*steps, "f"]).encode()
