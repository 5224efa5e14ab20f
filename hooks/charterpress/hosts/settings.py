"""What mkdocs.yml says of the charter's site → typed settings, or a sentence for each mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

from charterpress.model.errors import CharterError
from charterpress.site import Font
from charterpress.views.repository import ForgeKind

MIN_SIMILARITY = 0.75
"""How like one of our keys another must be, from 0 to 1, to count as a misspelling of it."""
FROM_ENVIRONMENT = ("charter_source", "discuss_url", "forge")
"""What mkdocs.yml takes from variables of the environment, which may be empty."""
MAX_NAME = 255
"""The longest name of a file that systems take."""
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
DEFAULT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'"
)
T = TypeVar("T")


class _Mistake(Exception):  # noqa: N818 - it never leaves this module
    """What is wrong with the value of a key, as the rest of a sentence that begins with the key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedFont:
    """A file of fonts to print with, and which family of it, '' for the only one."""

    file: str
    family: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HostSettings:
    """What an editor may set in mkdocs.yml, under `extra` for the hook or as options of the plugin. Folders
    are relative to that of mkdocs.yml."""

    charter_source: str = "charter"
    """The folder of the charter."""
    discuss_url: str = ""
    """Where people discuss the text; without it, the issues of the repository."""
    forge: ForgeKind | None = None
    """Whose addresses `repo_url` has; without it, the name of its host says."""
    fonts: tuple[Font, ...] = field(default_factory=lambda: _fonts(DEFAULT_FONTS))
    print_fonts: tuple[NamedFont, ...] = ()
    """Fonts for the letters of PDFs that those of packages lack."""
    font_cache: str = ""
    """Where fonts are kept that were cut to the letters needed; without it, in the user's cache folder."""
    made_cache: str = ""
    """The same for documents, made again only when their content changes."""
    template_cache: str = ""
    """The same for compiled templates."""
    pdf_certificates: int = 200
    """How many organisations at most have a certificate as a PDF: 200 take four seconds."""
    below: tuple[str, ...] = ()
    """The entries of the navigation that belong in the footer."""
    content_security_policy: str = DEFAULT_POLICY


def read_settings(values: Mapping[str, Any], *, place: str, foreign: bool) -> HostSettings:
    """The settings among `values`, which stand at `place` in mkdocs.yml; defaults for those that are missing,
    or that an empty variable of the environment leaves empty.
    With `foreign`, keys unlike any of ours may be somebody else's. Raises CharterError with a sentence for
    every unknown key, wrong type, negative number, or font that is not there."""
    mistakes: list[str] = []
    known: dict[str, Any] = {}
    for key, value in values.items():
        try:
            if _is_setting(str(key), foreign=foreign) and not (value is None and key in FROM_ENVIRONMENT):
                known[key] = PARSERS[key](value)
        except _Mistake as mistake:
            mistakes.append(f"{key} {mistake}")
    if mistakes:
        raise CharterError("\n".join(f"mkdocs.yml: {place}: {mistake}" for mistake in mistakes))
    return HostSettings(**known)


def _is_setting(key: str, *, foreign: bool) -> bool:
    if key in PARSERS:
        return True
    suggestion = _suggestion(key, PARSERS, MIN_SIMILARITY)
    if suggestion or not foreign:
        raise _Mistake(f"is not a setting{suggestion or '; the settings are ' + ', '.join(PARSERS)}")
    return False


# --- Values --------------------------------------------------------------------------------------------


def _shown(value: object) -> str:
    """A value as an editor recognises it in mkdocs.yml."""
    names = {bool: str(value).lower(), type(None): "nothing", dict: "a mapping", list: "a list"}
    return names.get(type(value), f"the text “{value}”" if isinstance(value, str) else str(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Mistake(f"must be text, not {_shown(value)}")
    return value


def _line(value: object) -> str:
    if "\n" in (text := _text(value).strip()):
        raise _Mistake("must be one line")
    return text


def _folder(value: object) -> str:
    name = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)
    if not name.strip():
        raise _Mistake("must name a folder")
    return name


def _forge(value: object) -> ForgeKind | None:
    kinds = [kind.value for kind in ForgeKind]
    if (name := _line(value)) and name not in kinds:
        raise _Mistake(f"must be {', '.join(kinds[:-1])} or {kinds[-1]}, not {_shown(value)}")
    return ForgeKind(name) if name else None


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        hint = ": remove the quotation marks" if isinstance(value, str) and value.isdecimal() else ""
        raise _Mistake(f"must be a whole number, not {_shown(value)}{hint}")
    if value < 0:
        raise _Mistake(f"must be 0 or more, not {value}")
    return value


def _each(value: object, parse: Callable[[object], T], what: str) -> Iterator[T]:
    if not isinstance(value, list):
        raise _Mistake(f"must be a list of {what}, not {_shown(value)}")
    for place, item in enumerate(value, 1):
        try:
            yield parse(item)
        except _Mistake as mistake:
            raise _Mistake(f"(entry {place}) {mistake}") from mistake


def _suggestion(word: str, known: Iterable[str], cutoff: float) -> str:
    """“; did you mean text?”, or '' where nothing is like `word`."""
    near = get_close_matches(word.lower(), list(known), n=1, cutoff=cutoff)
    return f"; did you mean {near[0]}?" if near else ""


# --- Fonts ---------------------------------------------------------------------------------------------


def _fonts(value: object) -> tuple[Font, ...]:
    fonts = tuple(_each(value, _font, "fonts"))
    names = [font.name for font in fonts]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise _Mistake(f"must not name a font twice: {', '.join(twice)}")
    if missing := [font["name"] for font in DEFAULT_FONTS if font["name"] not in names]:
        raise _Mistake(f"must have the fonts {' and '.join(missing)}, which pages and badges are set in")
    return fonts


def _font(value: object) -> Font:
    """A font comes from a package that carries its licence."""
    if not isinstance(value, dict):
        raise _Mistake(f"must have a name, a package and a file, not {_shown(value)}")
    for key in FONT_KEYS[:3]:
        if not (isinstance(value.get(key), str) and value[key]):
            raise _Mistake(f"must have a {key}, as text")
    if unknown := sorted(str(key) for key in value.keys() - {*FONT_KEYS}):
        raise _Mistake(f"has no {unknown[0]}{_suggestion(unknown[0], FONT_KEYS, 0.6)}")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value["name"]):
        raise _Mistake(f"must have a name of small letters, figures and hyphens, not “{value['name']}”")
    package = _font_package(value["package"])
    file = package.ROOT / "files" / value["file"]
    if len(value["file"]) > MAX_NAME or not file.is_file():
        hint = _suggestion(value["file"], [path.name for path in file.parent.iterdir()], 0.4)
        raise _Mistake(f"names the file {value['file']}, which {value['package']} does not have{hint}")
    return Font(
        name=value["name"],
        file=file,
        axes=_axes(value.get("axes")),
        family=package.FAMILY,
        licence=(package.ROOT / "LICENSE").read_bytes(),
    )


def _print_font(value: object) -> NamedFont:
    """A font to print with: a path, or a mapping with a file and a family."""
    values = {"file": value} if isinstance(value, str) else value
    if not isinstance(values, dict) or not values.get("file"):
        raise _Mistake(f"must be the path of a font file, or have a file and a family, not {_shown(value)}")
    if unknown := sorted(str(key) for key in values.keys() - {"file", "family"}):
        raise _Mistake(f"has no {unknown[0]}{_suggestion(unknown[0], ('file', 'family'), 0.6)}")
    return NamedFont(**{key: _line(text) for key, text in values.items()})


def _font_package(name: str) -> ModuleType:
    try:
        package = import_module(name)
    except (ImportError, TypeError, ValueError) as error:  # the last two for a name that is empty or relative
        raise _Mistake(f"names the package {name}, which is not installed") from error
    if not (hasattr(package, "ROOT") and hasattr(package, "FAMILY") and (package.ROOT / "LICENSE").is_file()):
        raise _Mistake(f"names the package {name}, which does not bring a font and its licence")
    return package


def _axes(value: object) -> Mapping[str, float] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _Mistake(f"must have axes with a number each, not {_shown(value)}")
    for axis, number in value.items():
        if not re.fullmatch(r"[A-Za-z0-9 ]{4}", str(axis)):
            raise _Mistake(f"must name each axis by its four letters, such as wght, not “{axis}”")
        if not isinstance(number, int | float) or isinstance(number, bool):
            raise _Mistake(f"must have a number for the axis {axis}, not {_shown(number)}")
    return value


PARSERS: Mapping[str, Callable[[object], object]] = {
    "charter_source": _folder,
    "discuss_url": _line,
    "forge": _forge,
    "fonts": _fonts,
    "print_fonts": lambda value: tuple(_each(value, _print_font, "font files")),
    "font_cache": _folder,
    "made_cache": _folder,
    "template_cache": _folder,
    "pdf_certificates": _count,
    "below": lambda value: tuple(_each(value, _text, "titles")),
    "content_security_policy": _line,
}
"""How the value of each key is checked."""
