"""The font files that mkdocs.yml names under `print_fonts` → what PDFs are printed with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from charterpress.hosts.configuration import CONFIGURATION, find_configuration, read_configuration, setting
from charterpress.hosts.font_settings import NamedFont
from charterpress.hosts.settings import read_settings
from charterpress.model.errors import CharterError
from charterpress.outputs.pdf.font_sources import FontFile, FontSource, font_families, font_folders
from charterpress.text.interface import gettext as _


def print_fonts(named: Iterable[NamedFont], root: Path) -> tuple[FontSource, ...]:
    """Return the fonts of the installed packages and those that are `named`; a path is relative to `root`,
    the folder of mkdocs.yml. Raises CharterError with a sentence for each that is not there or not clear."""
    files, mistakes = [], []
    for each in named:
        try:
            files.append(_font_file(each, root))
        except CharterError as error:
            mistakes.append(
                _("{configuration}: print_fonts: {message}").format(
                    configuration=CONFIGURATION, message=error.message
                )
            )
    if mistakes:
        raise CharterError("\n".join(mistakes))
    return (*font_folders(), *files)


def charter_fonts(source: Path) -> tuple[FontSource, ...]:
    """Return the fonts with which a build would print the charter in the folder `source`: of the nearest
    mkdocs.yml above it, no further than the repository. Raises CharterError as `print_fonts` does, and for a
    mkdocs.yml that cannot be read."""
    file = find_configuration(source)
    return print_fonts(_named_fonts(read_configuration(file)), file.parent) if file else font_folders()


def _font_file(named: NamedFont, root: Path) -> FontFile:
    file = root / named.file
    if not file.is_file():
        raise CharterError(
            _("there is no file {file}: install its font, or correct the path").format(file=named.file)
        )
    families = font_families(file)
    if not families:
        raise CharterError(
            _("{file} is not a font: name a file that ends in .ttf, .otf or .ttc").format(file=named.file)
        )
    if named.family not in (*families, "") or (not named.family and len(families) > 1):
        choice = ", ".join(families)
        raise CharterError(
            _("{file} has the families {choice}: name one of them after “family:”").format(
                file=named.file, choice=choice
            )
        )
    return FontFile(file=file, family=named.family or families[0])


def _named_fonts(values: Mapping[str, Any]) -> tuple[NamedFont, ...]:
    own = {"print_fonts": found} if (found := setting(values, "print_fonts")) is not None else {}
    return read_settings(own, place="extra", foreign=True).print_fonts
