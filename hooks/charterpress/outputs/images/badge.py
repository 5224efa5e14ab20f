"""A charter's title and a few words → a badge to embed: an SVG drawing that asks for nothing else.

The words are outlines of the site's own letters, so that they look the same on every page. Letters which the
font lacks are left to the fonts of whoever looks, squeezed or stretched to the room that was kept for them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from charterpress.model import Registered, Standing
from charterpress.outputs.images import mark
from charterpress.outputs.images.mark import RINGS
from charterpress.outputs.style import fonts
from charterpress.outputs.style.look import Look
from charterpress.text.escape import replace_invalid_xml, to_markdown
from charterpress.views.addresses import CHARTER_BADGE, badge_address

HEIGHT, SIZE, BASELINE = 32, 15, 21
"""The badge's height, and the size and baseline of its letters, in pixels of CSS."""
EM = 100
"""How finely the letters are drawn: there are thousands of badges, and each number in them counts."""
LEFT, GAP = 12, 11
"""What is left free on the left, and between the mark and the title."""
MARK_WIDTH, MARK_HEIGHT = 54, 18
"""The room of the mark."""
SYSTEM = "Verdana,DejaVu Sans,Arial,sans-serif"


@dataclass(frozen=True, kw_only=True, slots=True)
class BadgeFonts:
    """The files of the fonts that draw the title and the words beside it."""

    title: Path
    words: Path


def badges(
    title: str, entries: Iterable[Registered], draw: Callable[[str, str], bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the badge of the charter, and of each of `entries`, at its old addresses
    too. `draw` makes one of the charter's `title` and some words; it is asked once for all who have the
    same."""
    draw = cache(draw)
    yield CHARTER_BADGE, draw(title, "")
    for entry in entries:
        for slug in (entry.signatory.slug, *entry.signatory.formerly):
            yield badge_address(slug), draw(title, badge_text(entry))


def badge_text(entry: Registered) -> str:
    """Return what the badge of a signatory says. One who withdrew has a badge that says so: other pages go on
    showing it, and would else show a signature that is none, or a hole."""
    if entry.standing is Standing.WITHDRAWN:
        return "merged into another organisation" if entry.signatory.succeeded_by else "signature withdrawn"
    return f"signed {entry.signature.version}"


def embed_codes(page: str, image: str, alt: str) -> tuple[tuple[str, str], ...]:
    """Return the badge as a link to `page` in each language that pages are written in, by its name: HTML and
    Markdown. Both addresses are whole; `alt` is its alternative text."""
    picture = f'<img src="{image}" alt="{escape(alt)}" height="{HEIGHT}">'
    return (
        ("HTML", f'<a href="{page}">{picture}</a>'),
        ("Markdown", f"[![{to_markdown(alt)}]({image})]({page})"),
    )


def draw_badge(title: str, words: str, letters: BadgeFonts, look: Look) -> bytes:
    """Return the badge: the mark and the title on the ground of the site's header, and `words`, if any, on
    the colour of the words there. The edge is seen on white and on black; every word has a ground of the
    badge's own."""
    label = f"{title}: {words}" if words else title
    colours, drawing = look.palette, look.mark or RINGS
    deep, pale = (colours.light.roles[role] for role in ("header", "header_text"))
    mark_width = min(MARK_WIDTH, MARK_HEIGHT * drawing.width / drawing.height)
    start = LEFT + mark_width + GAP
    name, name_width = _line(title, letters.title, x=start, fill=pale, weight="bold")
    split = start + name_width + 12
    parts, width = [name], split
    if words:
        line, line_width = _line(words, letters.words, x=split + 11, fill=colours.badge_text, weight="normal")
        width = split + 11 + line_width + 12
        parts.append(line)
    ground = colours.badge_withdrawn if words and not words.startswith("signed") else deep
    light = f'<path fill="{pale}" d="M{_n(split)} 0H{_n(width)}V{HEIGHT}H{_n(split)}z"/>' if words else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{HEIGHT}" '
        f'viewBox="0 0 {_n(width)} {HEIGHT}" role="img" aria-labelledby="t">'
        f'<title id="t">{_text(label)}</title>'
        f'<clipPath id="c"><rect width="{_n(width)}" height="{HEIGHT}" rx="6"/></clipPath>'
        f'<g clip-path="url(#c)"><path fill="{ground}" d="M0 0H{_n(split)}V{HEIGHT}H0z"/>{light}</g>'
        f'<rect x=".5" y=".5" width="{_n(width - 1)}" height="{HEIGHT - 1}" rx="5.5" fill="none" '
        f'stroke="{colours.badge_edge}"/>'
        f"{drawing.placed(pale, LEFT, (HEIGHT - MARK_HEIGHT) / 2, mark_width, MARK_HEIGHT)}"
        f"{''.join(parts)}</svg>\n"
    ).encode()


def cached_badge(title: str, words: str, letters: BadgeFonts, look: Look, folder: Path) -> bytes:
    """Return what `draw_badge` does, from `folder` if it is there: to open the fonts takes
    longer than to make a hundred pages."""
    files = (letters.title, letters.words, Path(__file__), Path(mark.__file__))
    content = f"{title}\n{words}\n{look}"
    return fonts.cached(lambda: draw_badge(title, words, letters, look), content, files, folder, "svg")


def _line(words: str, font: Path, *, x: float, fill: str, weight: str) -> tuple[str, float]:
    """A line of words, drawn from `x` on, and its width."""
    if outline := fonts.outline(font, words, EM):
        path, long = outline
        place = f"translate({_n(x)} {BASELINE}) scale({SIZE / EM})"
        return f'<path fill="{fill}" transform="{place}" d="{path}"/>', long * SIZE / EM
    width = sum(map(_room, words)) * SIZE
    return (
        f'<text x="{_n(x)}" y="{BASELINE}" fill="{fill}" font-family="{SYSTEM}" font-size="{SIZE}" '
        f'font-weight="{weight}" textLength="{_n(width)}" lengthAdjust="spacingAndGlyphs">'
        f"{_text(words)}</text>"
    ), width


def _room(letter: str) -> float:
    """How wide a letter of some system's font may be, in ems."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Cf"}:
        return 0
    return 1 if unicodedata.east_asian_width(letter) in "WF" else 0.62


def _text(words: str) -> str:
    return escape(replace_invalid_xml(words))


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
