"""A PDF whose letters are drawn with several glyphs → the same, of which every letter is copied once.

A font may draw one letter as several glyphs: ش in Arabic is a stroke and three dots. typst says of each of
them which letter it belongs to, so that whoever copies the text gets it several times. Here the glyph that
takes room on the line keeps the letter and all its marks, and the others are told to stand for nothing
(“ActualText”, ISO 32000-1, 14.9.4)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from charterpress.outputs.pdf.glyphs import Font, actual_text, codes, page_fonts

if TYPE_CHECKING:
    import pikepdf

_FROM_RIGHT = frozenset({"R", "AL"})
_OWN_LETTERS = {"ur": frozenset("ٹڈڑے"), "fa": frozenset("پچژگ")}


def is_from_right(letters: Iterable[str]) -> bool:
    """Whether one of `letters` is of a script that is written from the right."""
    return any(unicodedata.bidirectional(each) in _FROM_RIGHT for each in letters)


def right_to_left_language(letters: Collection[str]) -> str:
    """Return the language (BCP 47) that PDFs name for words with the letters of Arabic, or '' where there is
    nothing from the right. Urdu and Persian have letters of their own; Hebrew has a script of its own."""
    if not is_from_right(letters):
        return ""
    own = (language for language, only in _OWN_LETTERS.items() if only & set(letters))
    return next(own, "ar")


def copy_letters_once(pdf: pikepdf.Pdf) -> None:
    """Let every glyph without a width that belongs to the letter beside it stand for nothing."""
    import pikepdf  # noqa: PLC0415 - slow to import

    for page in pdf.pages:
        fonts = page_fonts(page)
        steps: list[Any] = list(pikepdf.parse_content_stream(page))
        extra = _extra(list(_shown(steps, fonts)))
        empty = pikepdf.Dictionary(ActualText=pikepdf.String(""))
        begin = pikepdf.ContentStreamInstruction([pikepdf.Name("/Span"), empty], pikepdf.Operator("BDC"))
        end = pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))
        for glyph in reversed(extra):
            if glyph.span is None:
                steps[glyph.step : glyph.step + 1] = [begin, steps[glyph.step], end]
            else:
                steps[glyph.span] = begin
        if extra:
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(steps))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Glyph:
    """One glyph of a page: what it stands for, whether it is the only one that its step shows and whether it
    takes room; the step that shows it, and the one that begins its own ActualText."""

    text: str
    single: bool
    wide: bool
    step: int
    span: int | None


def _shown(steps: list[Any], fonts: dict[str, Font]) -> Iterator[_Glyph]:
    """Yield the glyphs of a page in their order."""
    font, spans = Font(), list[tuple[int, str | None]]()
    for at, (operands, operator) in enumerate(steps):
        name = str(operator)
        if name in ("BDC", "BMC"):
            spans.append((at, actual_text(operands)))
        elif name == "EMC":
            spans.pop()
        elif name == "Tf":
            font = fonts.get(str(operands[0]), font)
        elif name in ("Tj", "TJ"):
            shown = list(codes(operands[0] if name == "TJ" else operands))
            span = next(((start, text) for start, text in reversed(spans) if text is not None), None)
            for code in shown:
                yield _Glyph(
                    text=span[1] or "" if span else font.texts.get(code, ""),
                    single=len(shown) == 1,
                    wide=font.widths.get(code, font.other_width) > 0,
                    step=at,
                    span=span[0] if span else None,
                )


def _extra(glyphs: list[_Glyph]) -> list[_Glyph]:
    """The glyphs without a width that belong to the same letter as the next one with a width, or the one
    before."""
    extra, base = [], ""
    for reverse in (True, False):
        for glyph in reversed(glyphs) if reverse else glyphs:
            if glyph.wide:
                base = glyph.text
            elif glyph.single and glyph.text == base and glyph not in extra:
                extra.append(glyph)
        base = ""
    return sorted(extra, key=lambda glyph: glyph.step)
