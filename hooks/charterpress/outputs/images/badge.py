"""A charter's title and a few words → a badge to embed: an SVG drawing that asks for nothing else.

The words are outlines of the site's own letters, so that they look the same on every page. Letters which the
font lacks are left to the fonts of whoever looks, squeezed or stretched to the room that was kept for them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path

from charterpress.model import Registered, Standing
from charterpress.outputs.images import mark, shaped
from charterpress.outputs.images.mark import RINGS
from charterpress.outputs.style import fonts, scripts
from charterpress.outputs.style.look import Look
from charterpress.text.escape import replace_invalid_xml, to_markdown
from charterpress.text.interface import N_, direction, language, use_language
from charterpress.text.interface import gettext as _
from charterpress.text.languages import primary_language
from charterpress.views.addresses import CHARTER_BADGE, badge_address
from charterpress.views.reports import ReportsView
from charterpress.views.signatories import RegisterView
from charterpress.views.signed_text import SignedText

HEIGHT, SIZE, BASELINE = 32, 15, 21
"""The badge's height, and the size and baseline of its letters, in pixels of CSS."""
EM = 100
"""How finely the letters are drawn: there are thousands of badges, and each number in them counts."""
LEFT, GAP = 12, 11
"""What is left free on the left, and between the mark and the title."""
MARK_WIDTH, MARK_HEIGHT = 54, 18
"""The room of the mark."""
MERGED, WITHDRAWN = N_("merged into another organisation"), N_("signature withdrawn")
_PLACE = "@"
"""Stands in a drawing for a place that is not known yet; no outline has it."""
SYSTEM = "Verdana,DejaVu Sans,Arial,sans-serif"


@dataclass(frozen=True, kw_only=True, slots=True)
class BadgeFonts:
    """The files of the fonts that draw the title and the words beside it."""

    title: Path
    words: Path
    script: Path | None = None
    """The font of the language's script, where those two lack its letters."""


def badges(register: RegisterView, draw: Callable[[SignedText, str], bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the badge of the charter, and of everyone who ever signed, at old addresses
    too. `draw` makes one of a text and some words, in whose language it is asked, once for all who have the
    same. A badge is in the language that was signed on every site."""
    draw = cache(draw)
    yield CHARTER_BADGE, draw(register.own_text, "")
    for entry in register.entries:
        text = register.signed_text(entry)
        with use_language(text.page):
            drawn = draw(text, badge_text(entry, register.reports))
        for slug in (entry.signatory.slug, *entry.signatory.formerly):
            yield badge_address(slug), drawn


def drawing(letters: BadgeFonts, look: Look, folder: Path, tag: str) -> Callable[[SignedText, str], bytes]:
    """Return what `badges` draws with, by `cached_badge`. `tag` is the language of a text that names none."""

    def draw(text: SignedText, words: str) -> bytes:
        own = replace(letters, script=scripts.font_file(text.tag or tag))
        return cached_badge(text.title, words, own, look, folder, tag=text.tag)

    return draw


def badge_text(entry: Registered, reports: ReportsView | None = None) -> str:
    """Return what the badge of a signatory says: which version it signed, and when it last reported. One who
    withdrew has a badge that says so: other pages go on showing it, and would else show a signature that is
    none, or a hole."""
    if entry.standing is Standing.WITHDRAWN:
        return _(MERGED if entry.signatory.succeeded_by else WITHDRAWN)
    if reports and (year := reports.year(entry)):
        # Translators: on a badge, after the title of a charter, with the year of the last report.
        return _("signed {version}, reported {year}").format(version=entry.signature.version, year=year)
    # Translators: on a badge, after the title of a charter; {version} is the number of a version.
    return _("signed {version}").format(version=entry.signature.version)


def embed_codes(page: str, image: str, alt: str, tag: str = "") -> tuple[tuple[str, str], ...]:
    """Return the badge as a link to `page` in each language that pages are written in, by its name: HTML and
    Markdown. Both addresses are whole; `alt` is its alternative text, in the language `tag` if that is
    said."""
    lang, hreflang = (f' {name}="{escape(tag)}"' if tag else "" for name in ("lang", "hreflang"))
    picture = f'<img src="{image}" alt="{escape(alt)}"{lang} height="{HEIGHT}">'
    return (
        ("HTML", f'<a href="{page}"{hreflang}>{picture}</a>'),
        ("Markdown", f"[![{to_markdown(alt)}]({image})]({page})"),
    )


def draw_badge(title: str, words: str, letters: BadgeFonts, look: Look, tag: str = "") -> bytes:
    """Return the badge: the mark and the title on the ground of the site's header, and `words`, if any, on
    the colour of the words there. The edge is seen on white and on black; every word has a ground of the
    badge's own. `tag` is the language of the title; where it is that of the words, the badge names it."""
    label = f"{title}: {words}" if words else title
    colours, drawing = look.palette, look.mark or RINGS
    deep, pale = (colours.light.roles[role] for role in ("header", "header_text"))
    mark_width = min(MARK_WIDTH, MARK_HEIGHT * drawing.width / drawing.height)
    name = _line(title, letters, fill=pale, bold=True)
    line = _line(words, letters, fill=colours.badge_text, bold=False) if words else None
    split = LEFT + mark_width + GAP + name.width + 12  # from the side where the mark is
    width = split + 11 + line.width + 12 if line else split
    placed = [(name, LEFT + mark_width + GAP), *([(line, split + 11)] if line else [])]
    parts, mark_at, sides = [each.at(x) for each, x in placed], float(LEFT), (0.0, split, split, width)
    if direction() == "rtl":
        parts = [each.at(width - x - each.width) for each, x in placed]
        mark_at, sides = width - LEFT - mark_width, (width - split, width, 0.0, width - split)
    ground_at, ground_to, light_at, light_to = map(_n, sides)
    ground = colours.badge_withdrawn if words in (_(MERGED), _(WITHDRAWN)) else deep
    lang = f' lang="{escape(tag)}"' if tag and primary_language(tag) == primary_language(language()) else ""
    light = f'<path fill="{pale}" d="M{light_at} 0H{light_to}V{HEIGHT}H{light_at}z"/>' if words else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{HEIGHT}" '
        f'viewBox="0 0 {_n(width)} {HEIGHT}" role="img" aria-labelledby="t"{lang}>'
        f'<title id="t">{_text(label)}</title>'
        f'<clipPath id="c"><rect width="{_n(width)}" height="{HEIGHT}" rx="6"/></clipPath>'
        f'<g clip-path="url(#c)"><path fill="{ground}" d="M{ground_at} 0H{ground_to}V{HEIGHT}H{ground_at}z"/>'
        f"{light}</g>"
        f'<rect x=".5" y=".5" width="{_n(width - 1)}" height="{HEIGHT - 1}" rx="5.5" fill="none" '
        f'stroke="{colours.badge_edge}"/>'
        f"{drawing.placed(pale, mark_at, (HEIGHT - MARK_HEIGHT) / 2, mark_width, MARK_HEIGHT)}"
        f"{''.join(parts)}</svg>\n"
    ).encode()


def cached_badge(
    title: str, words: str, letters: BadgeFonts, look: Look, folder: Path, *, tag: str = ""
) -> bytes:
    """Return what `draw_badge` does, from `folder` if it is there: to open the fonts takes
    longer than to make a hundred pages."""
    files = [letters.title, letters.words, Path(__file__), Path(mark.__file__), Path(shaped.__file__)]
    files += [letters.script] if letters.script else []
    content = f"{title}\n{words}\n{look}\n{direction()}\n{tag}\n{language()}"
    return fonts.cached(lambda: draw_badge(title, words, letters, look, tag), content, files, folder, "svg")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """A line of words, and its width; `drawn` has a place for that of its left end."""

    drawn: str
    width: float

    def at(self, x: float) -> str:
        return self.drawn.replace(_PLACE, _n(x), 1)


def _line(words: str, letters: BadgeFonts, *, fill: str, bold: bool) -> _Line:
    """A line of words, as outlines if there is a font for them."""
    font = letters.title if bold else letters.words
    if outline := _outline(words, font, letters.script, bold=bold):
        path, long = outline
        place = f"translate({_PLACE} {BASELINE}) scale({SIZE / EM})"
        return _Line(drawn=f'<path fill="{fill}" transform="{place}" d="{path}"/>', width=long * SIZE / EM)
    width, rtl = sum(map(_room, words)) * SIZE, direction() == "rtl"
    way = ' direction="rtl" text-anchor="end"' if rtl else ""
    return _Line(
        drawn=f'<text x="{_PLACE}" y="{BASELINE}" fill="{fill}" font-family="{SYSTEM}" font-size="{SIZE}" '
        f'font-weight="{"bold" if bold else "normal"}"{way} textLength="{_n(width)}" '
        f'lengthAdjust="spacingAndGlyphs">{_text(words)}</text>',
        width=width,
    )


def _outline(words: str, font: Path, script: Path | None, *, bold: bool) -> tuple[str, int] | None:
    if script is None:
        return fonts.outline(font, words, EM)
    weight = {"wght": scripts.WEIGHTS[bold], "wdth": 100}
    faces = (shaped.Face(file=font), shaped.Face(file=script, axes=weight))
    return shaped.shaped_outline(words, faces, EM, rtl=direction() == "rtl")


def _room(letter: str) -> float:
    """How wide a letter of some system's font may be, in ems."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Cf"}:
        return 0
    return 1 if unicodedata.east_asian_width(letter) in "WF" else 0.62


def _text(words: str) -> str:
    return escape(replace_invalid_xml(words))


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
