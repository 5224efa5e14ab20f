"""What typst writes to draw words → the words, and the same drawn from the right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from charterpress.outputs.pdf.glyph_letters import FontCodes
from charterpress.outputs.pdf.glyphs import Font

FROM_RIGHT = frozenset({"R", "AL"})
FROM_LEFT = frozenset({"L", "EN", "AN"})

_NUMBER = rb"[-\d.]+"
_STRING = rb"\((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*\))*\)|<[0-9A-Fa-f]*>"
_WORDS = re.compile(
    rb"(?P<open>/\w+<<[^>]*?/MCID (?P<mark>\d+)[^>]*>>BDC\n)?"
    rb"(?P<head>q 1 0 0 -1 (?P<x>%b) (?P<y>%b) cm(?:(?!BT|q )[^\n]*\n)+)"
    rb"BT(?P<body>.*?)\nET\nQ\n(?P<close>(?(open)EMC))" % (_NUMBER, _NUMBER),
    re.DOTALL,
)
"""What typst writes to draw glyphs of one font from one place on, as far as it is marked by itself."""
_BODY = re.compile(
    rb"/(?P<font>\w+) (?P<size>%b) Tf|1 0 0 -1 (?P<x>%b) (?P<y>%b) Tm"
    rb"|<</ActualText(?P<text>%b)>>\s*(?P<span>BDC)"
    rb"|(?P<begin>BDC|BMC)|(?P<end>EMC)|(?P<show>\[(?:%b|[^\]()<>])*\]\s*TJ|(?:%b)\s*Tj)|(?P<rise>Ts|Tz|Tc|Tw)\b"
    % (_NUMBER, _NUMBER, _NUMBER, _STRING, _STRING, _STRING)
)
_SHOWN = re.compile(rb"(?P<string>%b)|(?P<move>%b)" % (_STRING, _NUMBER))
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|[\s\S])")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a font, `x` behind where its part begins, and the letters that it stands for. What is not
    `wide` takes no room of its own: a mark on a letter. `codes` is None where codes can't be added."""

    code: int
    x: float
    text: str
    wide: bool
    font: str
    size: float
    codes: FontCodes | None


@dataclass(slots=True)
class Part:
    """What draws some words, and where they begin and end. `mark` is the number that the structure knows them
    by; -1 if it doesn't. What is not `wide` is marks alone."""

    data: bytes
    before: bytes
    after: bytes
    text: str
    x: float
    y: float
    end: float
    size: float
    wide: bool
    mark: int
    glyphs: tuple[Glyph, ...]


def way_of(text: str) -> bool | None:
    """Return whether the letters of some words go from the right; None where they have none."""
    kinds = {unicodedata.bidirectional(each) for each in text}
    return True if kinds & FROM_RIGHT else False if kinds & FROM_LEFT else None


def drawn_parts(
    content: bytes, known: Mapping[str, Font], fonts: Mapping[str, FontCodes]
) -> Iterator[Part | bytes]:
    """Yield what draws words in the `content` of a page, and what is between. `known` are the fonts of the
    page, and `fonts` those whose codes may be added to."""
    at = 0
    for found in _WORDS.finditer(content):
        part = _part(found, known, fonts)
        if part is None:
            continue
        yield content[at : found.start()]
        yield part
        at = found.end()
    yield content[at:]


def _part(found: re.Match[bytes], known: Mapping[str, Font], fonts: Mapping[str, FontCodes]) -> Part | None:
    """The words that a match draws; None where they stand in any other way than typst lets them."""
    name, size, font, moved, baseline = "", 0.0, Font(), 0.0, set[bytes]()
    glyphs: list[Glyph] = []
    spans: list[tuple[str | None, int]] = []
    for each in _BODY.finditer(found["body"]):
        match each.lastgroup:
            case "size":
                name, size = "/" + each["font"].decode(), float(each["size"])
                font = known.get(name, font)
            case "y":
                moved = float(each["x"])
                baseline.add(each["y"])
            case "span":
                spans.append((_text(each["text"]), len(glyphs)))
            case "begin":
                spans.append((None, len(glyphs)))
            case "end":
                text, first = spans.pop()
                if text is not None:
                    glyphs[first:] = _told(glyphs[first:], text)
            case "show":
                for shown in _SHOWN.finditer(each["show"]):
                    if shown.lastgroup == "move":
                        moved -= float(shown["move"]) * size / 1000
                        continue
                    data = _bytes(shown["string"])
                    for place in range(0, len(data), 2):
                        code = int.from_bytes(data[place : place + 2])
                        width = font.widths.get(code, font.other_width)
                        letters = font.texts.get(code, "")
                        glyphs.append(Glyph(code, moved, letters, width > 0, name, size, fonts.get(name)))
                        moved += width * size / 1000
            case _:
                return None
    if baseline != {b"0"}:
        return None
    rtl = way_of("".join(each.text for each in glyphs))
    x, y = float(found["x"]), float(found["y"])
    return Part(
        data=found[0],
        before=(found["open"] or b"") + found["head"],
        after=b"Q\n" + found["close"],
        text="".join(each.text for each in (reversed(glyphs) if rtl else glyphs)),
        x=x,
        y=y,
        end=x + moved,
        size=size,
        wide=any(each.wide for each in glyphs),
        mark=int(found["mark"] or -1),
        glyphs=tuple(glyphs),
    )


def _told(glyphs: Sequence[Glyph], text: str) -> list[Glyph]:
    """Glyphs that stand for `text` together: the first that takes room stands for it, and no other."""
    chosen = next((at for at, glyph in enumerate(glyphs) if glyph.wide), 0)
    return [replace(glyph, text=text if at == chosen else "") for at, glyph in enumerate(glyphs)]


def _bytes(string: bytes) -> bytes:
    """What a string of a PDF has, however it is written."""
    if string.startswith(b"<"):
        return bytes.fromhex(string[1:-1].decode())

    def meant(escape: re.Match[bytes]) -> bytes:
        if escape[1].isdigit():
            return bytes([int(escape[1], 8) & 0xFF])
        return _ESCAPED.get(escape[1], escape[1])

    return _ESCAPE.sub(meant, string[1:-1])


def _text(string: bytes) -> str:
    data = _bytes(string)
    return data[2:].decode("utf-16-be") if data.startswith(b"\xfe\xff") else data.decode("latin-1")


def draw_from_right(parts: Sequence[Part]) -> bytes:
    """Return what draws one or several letters and, before them in `parts`, marks on the first: each letter
    by itself, from the last to the first, with a code that stands for it and its marks; those as drawings,
    which nobody takes for letters."""
    *marks, base = parts
    if not base.wide or any(glyph.codes is None for part in parts for glyph in part.glyphs):
        return b"\n".join(part.data for part in reversed(parts))
    signs = [glyph.text for part in reversed(marks) for glyph in reversed(part.glyphs)]
    letters: list[Glyph] = []
    for glyph in base.glyphs:
        if glyph.wide:
            letters.append(_with_signs(glyph, signs))
            signs = []
        else:
            signs.insert(0, glyph.text)
    letters[-1] = _with_signs(letters[-1], signs)
    drawn = [_drawn(base, [*reversed(letters), *(each for each in base.glyphs if not each.wide)])]
    return b"\n".join([*drawn, *(_drawn(part, part.glyphs) for part in reversed(marks))])


def _with_signs(letter: Glyph, signs: Sequence[str]) -> Glyph:
    """A letter with its marks. The dots of one stand for the same letter."""
    own = "".join(sign for sign in signs if sign != letter.text)
    return replace(letter, text=letter.text + own) if own else letter


def _drawn(part: Part, glyphs: Sequence[Glyph]) -> bytes:
    """What draws `glyphs` in their order, at their places in a part, in place of its own."""
    drawn, chosen = [part.before], ""
    for glyph in glyphs:
        if glyph.codes is None:
            continue
        if glyph.wide:
            code = glyph.codes.code(glyph.code, glyph.text)
            font = "" if glyph.font == chosen else f"{glyph.font} {glyph.size:g} Tf "
            chosen = glyph.font
            drawn.append(f"BT {font}1 0 0 -1 {glyph.x:.4f} 0 Tm <{code:04x}> Tj ET\n".encode())
        else:
            outline, em = glyph.codes.drawing(glyph.code)
            scale = glyph.size / em
            drawn.append(f"q {scale:.6f} 0 0 -{scale:.6f} {glyph.x:.4f} 0 cm\n".encode() + outline + b"\nQ\n")
    return b"".join([*drawn, part.after])
