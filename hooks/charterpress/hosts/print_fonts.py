"""The font files that mkdocs.yml names under `print_fonts` → what PDFs are printed with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from charterpress.hosts.settings import NamedFont, read_settings
from charterpress.model.errors import CharterError
from charterpress.outputs.pdf.font_sources import FontFile, FontSource, font_families, font_folders

CONFIGURATION = "mkdocs.yml"
PLUGIN = "charterpress"
"""What the entry point is called."""


def print_fonts(named: Iterable[NamedFont], root: Path) -> tuple[FontSource, ...]:
    """Return the fonts of the installed packages and those that are `named`; a path is relative to `root`,
    the folder of mkdocs.yml. Raises CharterError with a sentence for each that is not there or not clear."""
    files, mistakes = [], []
    for each in named:
        try:
            files.append(_font_file(each, root))
        except CharterError as error:
            mistakes.append(f"{CONFIGURATION}: print_fonts: {error.message}")
    if mistakes:
        raise CharterError("\n".join(mistakes))
    return (*font_folders(), *files)


def charter_fonts(source: Path) -> tuple[FontSource, ...]:
    """Return the fonts with which a build would print the charter in the folder `source`: of the nearest
    mkdocs.yml above it, no further than the repository. Raises CharterError as `print_fonts` does, and for a
    mkdocs.yml that cannot be read."""
    for folder in source.resolve().parents:
        if (folder / CONFIGURATION).is_file():
            return print_fonts(_named_fonts(folder / CONFIGURATION), folder)
        if (folder / ".git").exists():
            break
    return font_folders()


def _font_file(named: NamedFont, root: Path) -> FontFile:
    file = root / named.file
    if not file.is_file():
        raise CharterError(f"there is no file {named.file}: install its font, or correct the path")
    families = font_families(file)
    if not families:
        raise CharterError(f"{named.file} is not a font: name a file that ends in .ttf, .otf or .ttc")
    if named.family not in (*families, "") or (not named.family and len(families) > 1):
        choice = ", ".join(families)
        raise CharterError(f"{named.file} has the families {choice}: name one of them after “family:”")
    return FontFile(file=file, family=named.family or families[0])


class _Loader(yaml.SafeLoader):
    """Reads a mkdocs.yml, which may come with a proposal, without running anything in it."""


_Loader.add_multi_constructor("", lambda *_: None)


def _named_fonts(configuration: Path) -> tuple[NamedFont, ...]:
    try:
        values = yaml.load(configuration.read_bytes(), _Loader)  # noqa: S506 - a SafeLoader that builds nothing of other tags
    except (OSError, ValueError, OverflowError, yaml.YAMLError) as error:
        raise CharterError(f"{CONFIGURATION} cannot be read: {' '.join(str(error).split())}") from error
    except RecursionError as error:
        raise CharterError(
            f"{CONFIGURATION} cannot be read: there are too many brackets within one another"
        ) from error
    values = values if isinstance(values, Mapping) else {}
    own = {"print_fonts": found} if (found := _setting(values)) is not None else {}
    return read_settings(own, place="extra", foreign=True).print_fonts


def _setting(values: Mapping[str, Any]) -> object:
    """The value of `print_fonts`: an option of the plugin, or else under `extra`."""
    plugins = values.get("plugins")
    options = plugins if isinstance(plugins, Mapping) else {}
    for each in plugins if isinstance(plugins, list) else ():
        options = {**options, **(each if isinstance(each, Mapping) else {})}
    for place in (options.get(PLUGIN), values.get("extra")):
        if isinstance(place, Mapping) and "print_fonts" in place:
            return place["print_fonts"]
    return None
