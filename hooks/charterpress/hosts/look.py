"""What mkdocs.yml says under `look` → colours, mark, fonts and paper of a site, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from charterpress.hosts.look_fonts import LookFonts, look_fonts, print_faces
from charterpress.hosts.values import (
    Mistake,
    Mistakes,
    alternatives,
    did_you_mean,
    line,
    shown,
    suggestion,
)
from charterpress.model.errors import CharterError
from charterpress.outputs.assets import COLOURS
from charterpress.outputs.images.mark import read_mark
from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.font_sources import FontSource
from charterpress.outputs.pdf.print_look import PrintLook
from charterpress.outputs.style.colours import parse_colour
from charterpress.outputs.style.contrast import Refusal
from charterpress.outputs.style.kept_palette import kept_palette
from charterpress.outputs.style.look import Look, Paper
from charterpress.outputs.style.palette import LIGHT, ROLES, THEMES, Chosen, Palette
from charterpress.site import Font
from charterpress.storage.cache import user_cache
from charterpress.text.interface import N_, ngettext, number
from charterpress.text.interface import gettext as _

KEYS = ("colours", "mark", "fonts", "paper")
COLOUR_KEYS = (*ROLES, "themes", "dark")
MIN_SIMILARITY = 0.6
"""How like one of our keys another must be, from 0 to 1, to count as a misspelling of it."""
AMERICAN = {"colors": "colours", "color": "colours", "colour": "colours", "logo": "mark", "page": "paper"}
EXAMPLE = N_('write the colour in quotation marks, as "#7a1f3d"')


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
        message = _("it must have {keys}, each on a line of its own, not {value}")
        raise Mistakes([message.format(keys=alternatives(KEYS), value=shown(value))])
    sentences: list[str] = []
    known: dict[str, object] = {}
    for key, inner in value.items():
        try:
            if key not in PARSERS:
                message = _("{key} is not a part of the look{hint}")
                sentences.append(message.format(key=key, hint=_hint(str(key), KEYS)))
            else:
                known[key] = PARSERS[key](inner)
        except Mistake as mistake:
            sentences.append(mistake.sentence(str(key)))
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
    colours = settings.palette or _palette(Chosen(), Chosen())[0]
    return Look(palette=colours, mark=mark, paper=settings.paper)


def is_mark(path: str | None, root: Path, settings: LookSettings) -> bool:
    """Whether the file at `path` is the mark, which is published only as the site draws it."""
    return bool(settings.mark) and path == str(root / settings.mark)


def check_own_colours(own: Container[str], settings: LookSettings) -> None:
    """Raise CharterError where a theme has a file of colours, and mkdocs.yml has colours too."""
    if COLOURS in own and settings.palette:
        raise CharterError(
            _(
                "mkdocs.yml: look: colours, and {file} in your theme, both say which colours the site has: "
                "delete the file; badges and documents follow mkdocs.yml alone"
            ).format(file=COLOURS)
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
        message = _('must name what has the colour: write accent: "{colour}" on a line below it')
        raise Mistakes([message.format(colour=value)])
    if not isinstance(value, Mapping):
        message = _("must name a colour for {keys}, not {value}")
        raise Mistakes([message.format(keys=alternatives(COLOUR_KEYS[:-1]), value=shown(value))])
    sentences: list[str] = []
    light = _chosen({key: inner for key, inner in value.items() if key != "dark"}, "", sentences)
    dark = Chosen()
    if (inner := value.get("dark", {})) is not None:
        if isinstance(inner, Mapping):
            dark = _chosen(inner, "dark: ", sentences)
        else:
            message = _("dark must name colours, as colours itself does, not {value}")
            sentences.append(message.format(value=shown(inner)))
    if sentences:
        raise Mistakes(sentences)
    made, refused = _palette(light, dark)
    if refused:
        raise Mistakes(map(refusal_sentence, refused))
    return made


def _palette(light: Chosen, dark: Chosen) -> tuple[Palette, list[Refusal]]:
    user = user_cache()
    return kept_palette(light, dark, user / "colours" if user else None)


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
                message = _("{key} is nothing that has a colour{hint}")
                sentences.append(place + message.format(key=key, hint=_hint(str(key), known)))
        except Mistake as mistake:
            sentences.append(place + mistake.sentence(str(key)))
    return Chosen(roles=roles, themes=themes)


def _theme_colours(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= THEMES:
        what = shown(value)
        if isinstance(value, list):
            count = len(value)
            what = ngettext("{count} colours", "{count} colours", count).format(count=number(count))
        raise Mistake(
            _(
                "{key} must be a list of one to {most} colours, not {value}; with more themes than colours, "
                "the first colour comes again"
            ),
            most=THEMES,
            value=what,
        )
    found = []
    for place, each in enumerate(value, 1):
        try:
            found.append(colour(each))
        except Mistake as mistake:
            raise mistake.of_entry(place) from mistake
    return tuple(found)


def colour(value: object) -> str:
    """Return a colour as #rrggbb: of #rgb, #rrggbb, or a name of CSS. Raises Mistake for others."""
    if value is None:
        message = _("{key} is empty: {advice}; without them, YAML takes it for a comment")
        raise Mistake(message, advice=_(EXAMPLE))
    if isinstance(value, int) and not isinstance(value, bool):
        raise Mistake(
            _("{key} must be a colour, not the number {value}: {advice}"), value=value, advice=_(EXAMPLE)
        )
    if not isinstance(value, str):
        raise Mistake(
            _("{key} must be a colour, not {value}: {advice}"), value=shown(value), advice=_(EXAMPLE)
        )
    text = value.strip().lower()
    if re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{6}", text) and not parse_colour(text):
        message = _('{key} must be a colour, not the text “{value}”: write "{correct}"')
        raise Mistake(message, value=value, correct=f"#{text}")
    if re.fullmatch(r"#[0-9a-f]{4}|#[0-9a-f]{8}", text) or text in {"transparent", "currentcolor"}:
        message = _("{key} must be a colour that covers what is below it, not “{value}”: {advice}")
        raise Mistake(message, value=value, advice=_(EXAMPLE))
    known = parse_colour(text) if re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})|[a-z]+", text) else None
    if not known:
        message = _(
            "{key} must be a colour, not the text “{value}”: {advice}, or the name of a colour, as darkred"
        )
        raise Mistake(message, value=value, advice=_(EXAMPLE))
    return known


def refusal_sentence(refusal: Refusal) -> str:
    """Say which colour cannot be read on what, by how much, and what to write instead."""
    key = refusal.key
    if refusal.place:
        key = _("{key} (entry {place})").format(key="themes", place=refusal.place)
    worst = refusal.worst
    advice = _("no lighter or darker one has enough: leave it out")
    if refusal.nearest:
        advice = _('write "{colour}", the nearest that has enough').format(colour=refusal.nearest)
    if refusal.scheme == LIGHT:
        wrong = _('{key} "{colour}" is not readable enough')
    else:
        wrong = _('dark: {key} "{colour}" is not readable enough in dark colours')
    return _(
        "{wrong}: {what} ({colour}) on {ground} ({below}) has a contrast of {ratio} to 1, and needs {needed} "
        "to 1 (WCAG 2.2, AA); {advice}"
    ).format(
        wrong=wrong.format(key=key, colour=refusal.colour),
        what=worst.what,
        colour=worst.colour,
        ground=worst.on,
        below=worst.ground,
        ratio=f"{int(worst.ratio * 100) / 100:.2f}",
        needed=f"{worst.needed:g}",
        advice=advice,
    )


# --- Mark and paper ----------------------------------------------------------------------------------


def _mark(value: object) -> str:
    name = line(value) if isinstance(value, str) else ""
    if not name or Path(name).is_absolute() or ".." in Path(name).parts:
        raise Mistake(_("{key} must be the path of an SVG file in this repository, such as docs/mark.svg"))
    return name


def _paper(value: object) -> Paper:
    named = {paper.value.lower(): paper for paper in Paper} | {"us letter": Paper.LETTER}
    found = named.get(str(value).strip().lower())
    if not found:
        choices = alternatives([paper.value for paper in Paper])
        raise Mistake(_("{key} must be {choices}, not {value}"), choices=choices, value=shown(value))
    return found


def _hint(key: str, known: tuple[str, ...]) -> str:
    other = AMERICAN.get(key.lower())
    near = did_you_mean(other) if other in known else suggestion(key, known, MIN_SIMILARITY)
    return near or _("; there are {keys}").format(keys=alternatives(known))


PARSERS: Mapping[str, Callable[[object], object]] = {
    "colours": _colours,
    "mark": _mark,
    "fonts": look_fonts,
    "paper": _paper,
}
"""How each part of the look is checked."""
