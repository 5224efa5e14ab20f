"""The language of a text → the font of its script for browsers, where a site's own fonts lack its letters.

A site's fonts have Latin letters. The packages below bring those of other scripts, and pages in a language
that is written in one of them name a stylesheet of their own: no other page asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from charterpress.model.errors import CharterError
from charterpress.outputs.style.fonts import cached_subset, ranges
from charterpress.text.interface import SOURCE, direction
from charterpress.text.interface import gettext as _
from charterpress.text.languages import primary_language, script_of
from charterpress.text.slugs import anchor_slug

RTL = Path(__file__).with_name("rtl.css")
"""What pages from the right need besides."""
WEIGHTS = (400, 700)
"""The weights that pages have, which a font of a script has in one file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScriptFont:
    """The font of a script: the package that brings it, and the extra of ours that installs that. `usual` are
    the letters that are sent together, as a word whose letters come from two files isn't joined; `line` and
    `heading` how far apart its lines stand, in times the size of type."""

    package: str
    extra: str
    usual: frozenset[int]
    line: float = 1.8
    heading: float = 1.45


def _block(*ends: int) -> frozenset[int]:
    return frozenset(range(ends[0], ends[1] + 1)).union(*([_block(*ends[2:])] if ends[2:] else []))


SCRIPTS = {
    "Arab": ScriptFont(
        package="fontpkg_noto_sans_arabic",
        extra="arabic",
        usual=_block(0x60C, 0x60C, 0x61B, 0x61B, 0x61F, 0x61F, 0x621, 0x63A, 0x640, 0x655)
        | _block(0x660, 0x66C, 0x670, 0x670),
    ),
    "Deva": ScriptFont(
        package="fontpkg_noto_sans_devanagari", extra="devanagari", usual=_block(0x900, 0x97F)
    ),
    "Khmr": ScriptFont(
        package="fontpkg_noto_sans_khmer", extra="khmer", usual=_block(0x1780, 0x17FF), line=2, heading=1.7
    ),
    "Taml": ScriptFont(package="fontpkg_noto_sans_tamil", extra="tamil", usual=_block(0xB80, 0xBFF)),
    "Telu": ScriptFont(package="fontpkg_noto_sans_telugu", extra="telugu", usual=_block(0xC00, 0xC7F)),
    "Thai": ScriptFont(package="fontpkg_noto_sans_thai", extra="thai", usual=_block(0xE00, 0xE7F)),
}
"""By the script's code (ISO 15924): the scripts whose fonts can be installed with this package."""
JOINERS = "\u200c\u200d\u25cc"
"""What joins letters or keeps them apart, and the circle that shows a mark alone."""
COMMENTS = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def script_font(tag: str) -> ScriptFont | None:
    """Return the font that pages in a language need besides the site's, or None."""
    return None if primary_language(tag) == SOURCE else SCRIPTS.get(script_of(tag))


def font_file(tag: str) -> Path | None:
    """Return the font that a language needs besides the site's, or None. Raises CharterError where its
    package isn't installed."""
    font = script_font(tag)
    return _file(_package(font, tag)[1]) if font else None


def style_address(tag: str) -> str:
    """Return the address of the stylesheet that pages in a language need besides, or ''."""
    needed = script_font(tag) or direction(tag) == "rtl"
    return f"assets/stylesheets/{tag.lower()}.css" if needed else ""


def font_address(tag: str) -> str:
    """Return the address of the font of the letters that are usual in a language, or ''."""
    font = script_font(tag)
    return f"assets/fonts/script-{tag.lower()}.woff2" if font else ""


def script_files(tag: str, words: Iterable[str], cache: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the stylesheet, fonts and licence that pages in a language need besides those of every site, by
    address; none for most languages. `words` are those on its pages: their letters are sent in one file.
    Fonts are kept in the folder `cache`. Raises CharterError where the font's package isn't installed."""
    font, sheet = script_font(tag), list[str]()
    if font:
        family, root = _package(font, tag)
        file = _file(root)
        letters = _letters(file, script_of(tag))
        usual = letters & font.usual.union(map(ord, set().union(*words)))
        for rarity, some in (("", usual), ("-rare", letters - usual)):
            name = f"script-{tag.lower()}{rarity}"
            joined = some | frozenset(map(ord, JOINERS))
            data = cached_subset(file, joined, {"wdth": 100, "wght": WEIGHTS}, cache, joining=True)
            yield f"assets/fonts/{name}.woff2", data
            sheet.append(_face(name, some))
        yield f"assets/fonts/{anchor_slug(family)}-licence.txt", (root / "LICENSE").read_bytes()
        sheet.append(_typography(primary_language(tag), font))
    if direction(tag) == "rtl":
        sheet.append(COMMENTS.sub("", RTL.read_text(encoding="utf-8")))
    if sheet:
        yield style_address(tag), "".join(sheet).encode()


def _package(font: ScriptFont, tag: str) -> tuple[str, Path]:
    """The family of the font that a package brings, and the package's folder."""
    try:
        package = import_module(font.package)
    except ImportError as error:
        name = font.package.replace("_", "-")
        raise CharterError(
            _(
                "pages in the language “{tag}” need a font that is not installed: install {name}, or "
                "{package}, which brings it"
            ).format(tag=tag, name=name, package=f"charterpress[{font.extra}]")
        ) from error
    return package.FAMILY, package.ROOT


def _file(root: Path) -> Path:
    return min((root / "files").glob("*.ttf"))


@lru_cache(maxsize=8)
def _letters(file: Path, script: str) -> frozenset[int]:
    """The letters and marks of a script that a font has."""
    from fontTools import unicodedata  # noqa: PLC0415 - slow to import
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - the same

    with TTFont(file, lazy=True) as font:
        known = font.getBestCmap()
    return frozenset(each for each in known if script in unicodedata.script_extension(chr(each)))


def _face(name: str, letters: Iterable[int]) -> str:
    weights = " ".join(map(str, WEIGHTS))
    return (
        f'@font-face {{ font-family: Script; src: url(../fonts/{name}.woff2) format("woff2"); '
        f"font-weight: {weights}; font-display: swap; unicode-range: {ranges(letters)}; }}\n"
    )


def _typography(language: str, font: ScriptFont) -> str:
    """How text in a language is set: without slanted letters, small capitals and spaced letters, which these
    scripts don't have, and with room between lines for marks over and under letters."""
    return f"""\
:root {{ --script-font: Script; }}
:lang({language}) {{ letter-spacing: normal; font-variant-caps: normal; }}
:is(em, i, cite, dfn, var, address):lang({language}) {{ font-style: normal; }}
:is(em, i):lang({language}) {{ font-weight: 700; }}
:is(body, .text, .text [lang]):lang({language}) {{ line-height: {font.line}; }}
.text :is(h1, h2, h3, h4, h5, h6, .lead, .questions li):lang({language}) {{ line-height: {font.heading}; }}
"""
