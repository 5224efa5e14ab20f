"""What mkdocs.yml says of fonts → their files, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from charterpress.hosts.values import MAX_NAME, Mistake, each, line, shown, suggestion
from charterpress.site import Font
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

HAS_NO = N_("{key} has no {part}{hint}")
FONT_KEYS = ("name", "package", "file", "axes")
ATKINSON, NEWSREADER = "fontpkg_atkinson_hyperlegible", "fontpkg_newsreader"
DEFAULT_FONTS: list[dict[str, Any]] = [
    {"name": "text", "package": ATKINSON, "file": "AtkinsonHyperlegible-Regular.ttf"},
    {"name": "text-bold", "package": ATKINSON, "file": "AtkinsonHyperlegible-Bold.ttf"},
    {"name": "text-italic", "package": ATKINSON, "file": "AtkinsonHyperlegible-Italic.ttf"},
    {"name": "heading", "package": NEWSREADER, "file": "Newsreader[opsz,wght].ttf"}
    | {"axes": {"opsz": 36, "wght": 500}},
]
"""The fonts of a site that names none: those that the package's stylesheet expects."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedFont:
    """A file of fonts to print with, and which family of it, '' for the only one."""

    file: str
    family: str = ""


def site_fonts(value: object) -> tuple[Font, ...]:
    """Return the fonts of a list. Raises Mistake for one that isn't there, and for what is missing."""
    fonts = tuple(each(value, _font, _("fonts")))
    names = [font.name for font in fonts]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Mistake(_("{key} must not name a font twice: {names}"), names=", ".join(twice))
    if missing := [font["name"] for font in DEFAULT_FONTS if font["name"] not in names]:
        message = _("{key} must have the fonts {names}, which pages and badges are set in")
        raise Mistake(message, names=" and ".join(missing))
    return fonts


def _font(value: object) -> Font:
    """A font comes from a package that carries its licence."""
    if not isinstance(value, dict):
        raise Mistake(_("{key} must have a name, a package and a file, not {value}"), value=shown(value))
    for key in FONT_KEYS[:3]:
        if not (isinstance(value.get(key), str) and value[key]):
            raise Mistake(_("{key} must have a {part}, as text"), part=key)
    if unknown := sorted(str(key) for key in value.keys() - {*FONT_KEYS}):
        raise Mistake(_(HAS_NO), part=unknown[0], hint=suggestion(unknown[0], FONT_KEYS, 0.6))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value["name"]):
        raise Mistake(
            _("{key} must have a name of small letters, figures and hyphens, not “{name}”"),
            name=value["name"],
        )
    package = font_package(value["package"])
    file = package.ROOT / "files" / value["file"]
    if len(value["file"]) > MAX_NAME or not file.is_file():
        hint = suggestion(value["file"], [path.name for path in file.parent.iterdir()], 0.4)
        message = _("{key} names the file {file}, which {package} does not have{hint}")
        raise Mistake(message, file=value["file"], package=value["package"], hint=hint)
    return Font(
        name=value["name"],
        file=file,
        axes=_axes(value.get("axes")),
        family=package.FAMILY,
        licence=(package.ROOT / "LICENSE").read_bytes(),
    )


def print_font(value: object) -> NamedFont:
    """A font to print with: a path, or a mapping with a file and a family."""
    values = {"file": value} if isinstance(value, str) else value
    if not isinstance(values, dict) or not values.get("file"):
        message = _("{key} must be the path of a font file, or have a file and a family, not {value}")
        raise Mistake(message, value=shown(value))
    if unknown := sorted(str(key) for key in values.keys() - {"file", "family"}):
        hint = suggestion(unknown[0], ("file", "family"), 0.6)
        raise Mistake(_(HAS_NO), part=unknown[0], hint=hint)
    return NamedFont(**{key: line(text) for key, text in values.items()})


def font_package(name: str) -> ModuleType:
    """Return an installed package that brings a font and its licence. Raises Mistake for any other."""
    try:
        package = import_module(name)
    except (ImportError, TypeError, ValueError) as error:  # the last two for a name that is empty or relative
        raise Mistake(_("{key} names the package {name}, which is not installed"), name=name) from error
    if not (hasattr(package, "ROOT") and hasattr(package, "FAMILY") and (package.ROOT / "LICENSE").is_file()):
        message = _("{key} names the package {name}, which does not bring a font and its licence")
        raise Mistake(message, name=name)
    return package


def _axes(value: object) -> Mapping[str, float] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise Mistake(_("{key} must have axes with a number each, not {value}"), value=shown(value))
    for axis, number in value.items():
        if not re.fullmatch(r"[A-Za-z0-9 ]{4}", str(axis)):
            message = _("{key} must name each axis by its four letters, such as wght, not “{axis}”")
            raise Mistake(message, axis=axis)
        if not isinstance(number, int | float) or isinstance(number, bool):
            message = _("{key} must have a number for the axis {axis}, not {value}")
            raise Mistake(message, axis=axis, value=shown(number))
    return value
