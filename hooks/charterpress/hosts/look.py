"""What mkdocs.yml says under `look` → colours, mark, fonts and paper of a site, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from charterpress.hosts.look_fonts import LookFonts, look_fonts, print_faces
from charterpress.hosts.values import Mistake, Mistakes, line, shown, suggestion
from charterpress.model.errors import CharterError
from charterpress.outputs.assets import COLOURS
from charterpress.outputs.images.mark import read_mark
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.font_sources import FontSource
from charterpress.outputs.pdf.print_look import PrintLook
from charterpress.outputs.style.contrast import Refusal, refusals
from charterpress.outputs.style.look import Look, Paper
from charterpress.outputs.style.palette import (
    DARK,
    LIGHT,
    ROLES,
    THEMES,
    Chosen,
    Palette,
    palette,
    parse_colour,
)
from charterpress.site import Font

KEYS = ("colours", "mark", "fonts", "paper")
COLOUR_KEYS = (*ROLES, "themes", "dark")
MIN_SIMILARITY = 0.6
"""How like one of our keys another must be, from 0 to 1, to count as a misspelling of it."""
AMERICAN = {"colors": "colours", "color": "colours", "colour": "colours", "logo": "mark", "page": "paper"}
EXAMPLE = 'write the colour in quotation marks, as "#7a1f3d"'


@dataclass(frozen=True, kw_only=True, slots=True)
class LookSettings:
    """What is set under `look`. The mark is a path relative to the folder of mkdocs.yml, or ''."""

    palette: Palette | None = None
    """The colours; without them, those of a site that chooses none."""
    mark: str = ""
    fonts: LookFonts = field(default_factory=LookFonts)
    paper: Paper = Paper.A4


def look_settings(value: object) -> LookSettings:
    """Return the settings under `look`. Raises Mistakes with a sentence for everything that is wrong."""
    if not isinstance(value, Mapping):
        raise Mistakes([f"it must have {_listed(KEYS)}, each on a line of its own, not {shown(value)}"])
    sentences: list[str] = []
    known: dict[str, object] = {}
    for key, inner in value.items():
        try:
            if key not in PARSERS:
                sentences.append(f"{key} is not a part of the look{_hint(str(key), KEYS)}")
            else:
                known[key] = PARSERS[key](inner)
        except Mistake as mistake:
            sentences.append(f"{key} {mistake}")
        except Mistakes as several:
            sentences += [f"{key}: {sentence}" for sentence in several.sentences]
    if sentences:
        raise Mistakes(sentences)
    if colours := known.pop("colours", None):
        known["palette"] = colours
    return LookSettings(**known)  # type: ignore[arg-type]  # each parser returns what its key holds


def site_look(settings: LookSettings, root: Path) -> Look:
    """Return the look of a site whose mkdocs.yml is in the folder `root`. Raises CharterError for a mark that
    is no drawing, or does more than draw."""
    try:
        mark = read_mark(root / settings.mark, settings.mark) if settings.mark else None
    except CharterError as error:
        raise CharterError(f"mkdocs.yml: look: mark: {error}") from error
    colours = settings.palette or palette(Chosen(), Chosen())
    return Look(palette=colours, mark=mark, paper=settings.paper)


def is_mark(path: str | None, root: Path, settings: LookSettings) -> bool:
    """Whether the file at `path` is the mark, which is published only as the site draws it."""
    return bool(settings.mark) and path == str(root / settings.mark)


def check_own_colours(own: Container[str], settings: LookSettings) -> None:
    """Raise CharterError where a theme has a file of colours, and mkdocs.yml has colours too."""
    if COLOURS in own and settings.palette:
        raise CharterError(
            f"mkdocs.yml: look: colours, and {COLOURS} in your theme, both say which colours the site has: "
            "delete the file; badges and documents follow mkdocs.yml alone"
        )


def site_fonts(settings: LookSettings, fonts: tuple[Font, ...]) -> tuple[Font, ...]:
    """Return `fonts`, those of `fonts:` or the usual ones, with those of the look in place of theirs."""
    own = {font.name: font for font in (*settings.fonts.text, *settings.fonts.heading)}
    return tuple(own.get(font.name, font) for font in fonts)


def document_cache(
    folder: Path, fonts: tuple[FontSource, ...], settings: LookSettings, look: Look, made: Path
) -> DocumentCache:
    """Return the cache of documents in `folder` that are printed with `fonts` and look like the site; faces
    that have to be made for them are in the folder `made`."""
    faces = print_faces(settings.fonts, made)
    own = {"text": faces.text, "heading": faces.heading}
    printed = PrintLook(
        look=look,
        heading_weight=faces.heading_weight,
        **{use: file for use, file in own.items() if file},
    )
    return DocumentCache(folder, (*fonts, faces.folder) if faces.folder else fonts, printed)


def _colours(value: object) -> Palette:
    if isinstance(value, str):
        raise Mistakes([f'must name what has the colour: write accent: "{value}" on a line below it'])
    if not isinstance(value, Mapping):
        raise Mistakes([f"must name a colour for {_listed(COLOUR_KEYS[:-1])}, not {shown(value)}"])
    sentences: list[str] = []
    light = _chosen({key: inner for key, inner in value.items() if key != "dark"}, "", sentences)
    dark = Chosen()
    if (inner := value.get("dark", {})) is not None:
        if isinstance(inner, Mapping):
            dark = _chosen(inner, "dark: ", sentences)
        else:
            sentences.append(f"dark must name colours, as colours itself does, not {shown(inner)}")
    if sentences:
        raise Mistakes(sentences)
    made, refused = refusals(light, dark)
    if refused:
        raise Mistakes(map(refusal_sentence, refused))
    return made


def _chosen(values: Mapping[object, object], place: str, sentences: list[str]) -> Chosen:
    """The colours of one scheme; what is wrong is added to `sentences`."""
    roles: dict[str, str] = {}
    themes: tuple[str, ...] = ()
    for key, value in values.items():
        try:
            if key == "themes":
                themes = _theme_colours(value)
            elif key in ROLES:
                roles[str(key)] = colour(value)
            else:
                known = COLOUR_KEYS[:-1] if place else COLOUR_KEYS
                sentences.append(f"{place}{key} is nothing that has a colour{_hint(str(key), known)}")
        except Mistake as mistake:
            sentences.append(f"{place}{key} {mistake}")
    return Chosen(roles=roles, themes=themes)


def _theme_colours(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= THEMES:
        what = f"{len(value)} colours" if isinstance(value, list) else shown(value)
        raise Mistake(
            f"must be a list of one to {THEMES} colours, not {what}; with more themes than colours, the "
            "first colour comes again"
        )
    found = []
    for place, each in enumerate(value, 1):
        try:
            found.append(colour(each))
        except Mistake as mistake:
            raise Mistake(f"(entry {place}) {mistake}") from mistake
    return tuple(found)


def colour(value: object) -> str:
    """Return a colour as #rrggbb: of #rgb, #rrggbb, or a name of CSS. Raises Mistake for others."""
    if value is None:
        raise Mistake(f"is empty: {EXAMPLE}; without them, YAML takes it for a comment")
    if isinstance(value, int) and not isinstance(value, bool):
        raise Mistake(f"must be a colour, not the number {value}: {EXAMPLE}")
    if not isinstance(value, str):
        raise Mistake(f"must be a colour, not {shown(value)}: {EXAMPLE}")
    text = value.strip().lower()
    if re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{6}", text) and not parse_colour(text):
        raise Mistake(f'must be a colour, not the text “{value}”: write "#{text}"')
    if re.fullmatch(r"#[0-9a-f]{4}|#[0-9a-f]{8}", text) or text in {"transparent", "currentcolor"}:
        raise Mistake(f"must be a colour that covers what is below it, not “{value}”: {EXAMPLE}")
    known = parse_colour(text) if re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})|[a-z]+", text) else None
    if not known:
        raise Mistake(
            f"must be a colour, not the text “{value}”: {EXAMPLE}, or the name of a colour, as darkred"
        )
    return known


def refusal_sentence(refusal: Refusal) -> str:
    """Say which colour cannot be read on what, by how much, and what to write instead."""
    key = f"themes (entry {refusal.place})" if refusal.place else refusal.key
    where = "dark: " if refusal.scheme == DARK else ""
    worst = refusal.worst
    does = (
        f'write "{refusal.nearest}", the nearest that has enough'
        if refusal.nearest
        else "no lighter or darker one has enough: leave it out"
    )
    scheme = "" if refusal.scheme == LIGHT else " in dark colours"
    return (
        f'{where}{key} "{refusal.colour}" is not readable enough{scheme}: {worst.what} ({worst.colour}) '
        f"on {worst.on} ({worst.ground}) has a contrast of {int(worst.ratio * 100) / 100:.2f} to 1, and "
        f"needs {worst.needed:g} to 1 (WCAG 2.2, AA); {does}"
    )


# --- Mark and paper ----------------------------------------------------------------------------------


def _mark(value: object) -> str:
    name = line(value) if isinstance(value, str) else ""
    if not name or Path(name).is_absolute() or ".." in Path(name).parts:
        raise Mistake("must be the path of an SVG file in this repository, such as docs/mark.svg")
    return name


def _paper(value: object) -> Paper:
    named = {paper.value.lower(): paper for paper in Paper} | {"us letter": Paper.LETTER}
    found = named.get(str(value).strip().lower())
    if not found:
        raise Mistake(f"must be {' or '.join(paper.value for paper in Paper)}, not {shown(value)}")
    return found


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _hint(key: str, known: tuple[str, ...]) -> str:
    other = AMERICAN.get(key.lower())
    near = f"; did you mean {other}?" if other in known else suggestion(key, known, MIN_SIMILARITY)
    return near or f"; there are {_listed(known)}"


PARSERS: Mapping[str, Callable[[object], object]] = {
    "colours": _colours,
    "mark": _mark,
    "fonts": look_fonts,
    "paper": _paper,
}
"""How each part of the look is checked."""
