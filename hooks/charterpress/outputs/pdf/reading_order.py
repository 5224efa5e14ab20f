"""A PDF whose text from the right is drawn from the left → the same, drawn in the order of its words.

typst draws a line from the left, and says so of its parts too. Whoever reads these one after the other, as
screen readers do and programs that take the text out, gets the words of an Arabic line from the last to the
first. Here the parts of each line, and those of the structure, come in the order in which they are read. They
stand where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from charterpress.outputs.pdf.drawn_words import Part, draw_from_right, drawn_parts, way_of
from charterpress.outputs.pdf.glyph_letters import DocumentFonts
from charterpress.outputs.pdf.glyphs import page_fonts
from charterpress.outputs.pdf.structure_order import marked_blocks, sort_structure

if TYPE_CHECKING:
    import pikepdf

MAX_GAP = 1.5
"""How far two parts of a line may be apart, in times the size of type, if nothing says that they belong
together."""
_MARK = re.compile(rb"/MCID (\d+)")
_OPENS, _CLOSES = re.compile(rb"\bq\b|BDC|BMC"), re.compile(rb"\bQ\b|EMC")
_WORDS = re.compile(rb"\bBT\b|\bDo\b|/MCID")


def put_in_reading_order(pdf: pikepdf.Pdf) -> None:
    """Let the parts of a page that draw words, and those of the structure, come as they are read. The pages
    must be as typst made them."""
    places: dict[tuple[tuple[int, int], int], int] = {}
    blocks, document = marked_blocks(pdf), DocumentFonts(pdf)
    for page in pdf.pages:
        key = page.obj.objgen
        parts = drawn_parts(page.Contents.read_bytes(), page_fonts(page), document.of_page(page))
        content = b"\n".join(_ordered(parts, blocks.get(key, {})))
        page.Contents = pdf.make_stream(content)
        for place, mark in enumerate(_MARK.findall(content)):
            places[key, int(mark)] = place
    document.write()
    sort_structure(pdf, places)


def _ordered(parts: Iterable[Part | bytes], blocks: Mapping[int, object]) -> Iterator[bytes]:
    """Yield what draws a page, line by line."""
    line: list[Part] = []
    between: list[bytes] = []  # what is drawn among the words of a line: lines under links
    waiting = b""
    for part in parts:
        if isinstance(part, bytes):
            waiting = part.strip()
            continue
        if line and _stands_alone(waiting) and _continues(line, part, blocks):
            between.append(waiting)
        else:
            yield from _read(line, between)
            yield waiting
            line, between = [], []
        line.append(part)
        waiting = b""
    yield from _read(line, between)
    yield waiting


def _stands_alone(content: bytes) -> bool:
    """Whether some instructions draw no words, and end all that they begin."""
    return not _WORDS.search(content) and len(_OPENS.findall(content)) == len(_CLOSES.findall(content))


def _continues(line: Sequence[Part], part: Part, blocks: Mapping[int, object]) -> bool:
    """Whether a part is the next of a line, to the right of what it has."""
    last, size = line[-1], max(part.size, line[-1].size, 1)
    if abs(part.y - last.y) > 0.6 * size or part.x < last.x - size:
        return False
    block = blocks.get(part.mark)
    return part.x - last.end < MAX_GAP * size or (block is not None and block == blocks.get(last.mark))


def _read(line: Sequence[Part], between: Sequence[bytes]) -> Iterator[bytes]:
    """Yield what draws a line, whose parts come from the left, in the order in which they are read. Marks go
    with the letter that they are drawn on."""
    yield from between
    clusters: list[list[Part]] = []
    waiting: list[Part] = []
    for part in line:
        waiting.append(part)
        if part.wide:
            clusters.append(waiting)
            waiting = []
    if waiting:
        clusters.append(waiting)
    ways = [way_of("".join(each.text for each in cluster)) for cluster in clusters]
    if True not in ways:
        yield from (part.data for part in line)
        return
    letters = [way for part in line for each in part.text if (way := way_of(each)) is not None]
    rtl = letters.count(True) * 2 >= len(letters)
    runs: list[list[bytes]] = []
    decided = zip(clusters, _decided(ways, rtl=rtl), strict=True)
    for from_right, run in groupby(decided, key=lambda each: each[1]):
        if from_right:
            runs.append([draw_from_right(cluster) for cluster, _ in reversed(list(run))])
        else:
            runs.append([part.data for cluster, _ in run for part in cluster])
    for drawn in reversed(runs) if rtl else runs:
        yield from drawn


def _decided(ways: Sequence[bool | None], *, rtl: bool) -> list[bool]:
    """The ways of all parts: what has none goes with what is on both sides of it, or else with the line."""
    before, after = [rtl] * len(ways), [rtl] * len(ways)
    for at in range(1, len(ways)):
        before[at] = before[at - 1] if ways[at - 1] is None else bool(ways[at - 1])
        back = len(ways) - 1 - at
        after[back] = after[back + 1] if ways[back + 1] is None else bool(ways[back + 1])
    return [
        (one if one == other else rtl) if way is None else way
        for way, one, other in zip(ways, before, after, strict=True)
    ]
