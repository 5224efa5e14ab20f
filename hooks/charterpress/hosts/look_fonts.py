"""Two packages of fonts that mkdocs.yml names → the faces that a site is set in, on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from charterpress.hosts.font_settings import font_package
from charterpress.hosts.values import Mistake, Mistakes, shown, suggestion
from charterpress.model.errors import CharterError
from charterpress.outputs.pdf import pinned_fonts
from charterpress.outputs.style.faces import Face, read_face
from charterpress.outputs.style.fonts import CUT_WITH
from charterpress.site import Font
from charterpress.storage import atomic
from charterpress.storage.cache import cache_key
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

USES = ("text", "heading")
REGULAR, BOLD = (400, 450, 350, 300, 500), (700, 800, 600)
HEADING = (500, 600, 700, 400)
"""Weights that serve, the best first."""
# Translators: what a package of fonts does not have: “which has no bold”.
NAMES = {400: N_("regular"), 700: N_("bold"), 500: N_("a weight from 400 to 700")}
DISPLAY = 36
"""The size of type, in points, that headings are drawn for where a font has drawings for several."""
PRINTABLE = range(400, 701)
"""The weights that a heading on paper may have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LookFonts:
    """The fonts of pages that are set under `look`."""

    text: tuple[Font, ...] = ()
    """Regular, bold and italic."""
    heading: tuple[Font, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintFaces:
    """What documents are set in: a file of each family, and the folder of those that were made for that."""

    text: Path | None
    heading: Path | None
    folder: Path | None
    heading_weight: int


def look_fonts(value: object) -> LookFonts:
    """Return the fonts of two packages, either of which may be left out. Raises Mistakes for a package that
    isn't there, or lacks a face."""
    if not isinstance(value, Mapping):
        message = _("must name a package for text, heading or both, not {value}")
        raise Mistakes([message.format(value=shown(value))])
    sentences, found = [], dict[str, tuple[Font, ...]]()
    for key, name in value.items():
        try:
            if key not in USES:
                near = suggestion(str(key), USES, 0.5) or _("; there are text and heading")
                sentences.append(_("{key} is nothing that has a font{hint}").format(key=key, hint=near))
                continue
            found[key] = tuple(_text(name) if key == "text" else _heading(name))
        except Mistake as mistake:
            sentences.append(mistake.sentence(str(key)))
    if sentences:
        raise Mistakes(sentences)
    return LookFonts(**found)


def print_faces(fonts: LookFonts, cache: Path) -> PrintFaces:
    """Return what documents are set in. Typst takes a variable font for the one weight that it usually has,
    so its faces are made from it, once, in a folder below `cache`. Raises CharterError where that cannot be
    written."""
    chosen = (*fonts.text, *fonts.heading)
    variable = [font for font in chosen if _is_for_screens(font)]
    made_of = repr([(font.name, font.axes) for font in variable]) + "".join(map(version, CUT_WITH))
    folder = (
        cache / f"print-{cache_key(made_of, *(font.file for font in variable), Path(pinned_fonts.__file__))}"
    )
    files = {font.name: folder / f"{font.name}.ttf" if font in variable else font.file for font in chosen}
    for font in variable:
        if not files[font.name].is_file():
            _make(font, files[font.name])
    return PrintFaces(
        text=files.get("text"),
        heading=files.get("heading"),
        folder=folder if variable else None,
        heading_weight=_weight(fonts.heading),
    )


def _weight(fonts: tuple[Font, ...]) -> int:
    """The weight of the heading's font; where there is none, of the usual one."""
    for font in fonts:
        return int((font.axes or {}).get("wght", read_face(font.file).weight))
    return HEADING[0]


def _is_for_screens(font: Font) -> bool:
    axes = read_face(font.file).axes
    return "wght" in axes and not (font.name == "heading" and axes["wght"][1] in PRINTABLE)


def _make(font: Font, file: Path) -> None:
    axes = font.axes or {}
    family = f"{font.family} {'heading' if font.name == 'heading' else 'text'}"
    made = pinned_fonts.pinned_font(
        font.file, axes, family=family, weight=int(axes["wght"]), italic="italic" in font.name
    )
    try:
        atomic.write_file(file, made)
    except OSError as error:
        message = _("{folder}: {problem}: documents need their fonts there")
        raise CharterError(message.format(folder=file.parent, problem=error.strerror)) from error


# --- Faces -------------------------------------------------------------------------------------------


def _text(name: object) -> Iterator[Font]:
    yield _font(name, "text", REGULAR, italic=False)
    yield _font(name, "text-bold", BOLD, italic=False)
    yield _font(name, "text-italic", REGULAR, italic=True)


def _heading(name: object) -> Iterator[Font]:
    yield _font(name, "heading", HEADING, italic=False)


def _font(package: object, name: str, weights: tuple[int, ...], *, italic: bool) -> Font:
    if not isinstance(package, str) or not package.strip():
        message = _("{key} must name a package of fonts, such as fontpkg_newsreader, not {value}")
        raise Mistake(message, value=shown(package))
    found = font_package(package.strip().replace("-", "_"))
    files = sorted(each for each in (found.ROOT / "files").iterdir() if each.suffix in {".ttf", ".otf"})
    faces = []
    for file in files:
        try:
            faces.append(read_face(file))
        except CharterError as error:
            message = _("{key} names {package}, whose file {file} is not a font")
            raise Mistake(message, package=package, file=file.name) from error
    for weight in weights:
        for face in sorted(faces, key=lambda each: not each.normal_width):
            axes = _pinned(face, weight, italic=italic, display=name == "heading")
            if axes is not None:
                return Font(
                    name=name,
                    file=face.file,
                    axes=axes or None,
                    family=found.FAMILY,
                    licence=(found.ROOT / "LICENSE").read_bytes(),
                )
    message = _("{key} names {package}, which has no {face}: it has {files}")
    if name != "heading":
        message = _(
            "{key} names {package}, which has no {face}: it has {files}; choose a package whose font has a "
            "regular, a bold and an italic"
        )
    raise Mistake(
        message,
        package=package,
        face=_("italic") if italic else _(NAMES[weights[0]]),
        files=", ".join(face.file.name for face in faces) or _("no font at all"),
    )


def _pinned(face: Face, weight: int, *, italic: bool, display: bool) -> dict[str, float] | None:
    """Where the axes of a face stand for a weight and slant; None if it does not have them."""
    axes = {tag: usual for tag, (_, usual, _) in face.axes.items()}
    if "wght" in axes:
        least, _, most = face.axes["wght"]
        if not least <= weight <= most:
            return None
        axes["wght"] = weight
    elif face.weight != weight:
        return None
    if italic and not face.italic:
        if "ital" in axes and face.axes["ital"][2] == 1:
            axes["ital"] = 1
        elif "slnt" in axes and face.axes["slnt"][0] < 0:
            axes["slnt"] = face.axes["slnt"][0]
        else:
            return None
    if face.italic and not italic:
        return None
    if display and "opsz" in axes:
        least, _, most = face.axes["opsz"]
        axes["opsz"] = min(most, max(least, DISPLAY))
    return axes
