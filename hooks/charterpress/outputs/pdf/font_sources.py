"""Fonts of packages, and files that somebody names → what typst prints with."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FAMILY_NAMES = (1, 16)
"""Where a font says of which family it is (OpenType, “name”): with its weight perhaps, and without."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FontFile:
    """One family of the fonts in a file. Others of that family beside the file serve for bold and italics."""

    file: Path
    family: str


FontSource = Path | FontFile
"""A folder, all of whose fonts serve, or a family of a file."""


def font_folders() -> tuple[Path, ...]:
    """Return the folders of the fonts that are installed as packages: the ones that the templates name, and
    any other, which serves for the letters that those lack."""
    folders = map(Path, sys.path)
    packages = {each.name for folder in folders for each in folder.glob("fontpkg_*") if not each.suffix}
    return tuple(importlib.import_module(name).ROOT / "files" for name in sorted(packages))


def font_families(file: Path) -> tuple[str, ...]:
    """Return the families of the fonts in a file, as typst calls them; none if it is not a font."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError  # noqa: PLC0415 - slow to import

    try:
        with file.open("rb") as data:
            fonts = TTCollection(data, lazy=True).fonts if _is_collection(file) else [TTFont(data, lazy=True)]
            names = {font["name"].getDebugName(number) or "" for font in fonts for number in FAMILY_NAMES}
    except (TTLibError, OSError, KeyError):
        return ()
    known = _folder_families((str(file.parent),))
    found = ([each for each in known if f"{name} ".startswith(f"{each} ")] for name in names)
    return tuple(sorted({max(each, key=len) for each in found if each}))


def typst_fonts(sources: Sequence[FontSource]) -> tuple[Any, list[str]]:
    """Return what typst takes as its fonts, with those that it brings and without the system's, and the
    families among `sources` in the order in which they serve for a letter that the templates' fonts lack."""
    import typst  # noqa: PLC0415 - slow to import

    folders = tuple(str(each) for each in sources if isinstance(each, Path))
    files = [each for each in sources if isinstance(each, FontFile)]
    paths = list(dict.fromkeys([*folders, *(str(each.file.parent) for each in files)]))
    families = dict.fromkeys([*_folder_families(folders), *(each.family for each in files)])
    return typst.Fonts(include_system_fonts=False, font_paths=paths), list(families)


def cache_parts(sources: Sequence[FontSource]) -> list[str | Path]:
    """Return what the bytes of a document depend on: all files of a folder; of a file its content and family,
    and the names and sizes of those beside it."""
    parts: list[str | Path] = []
    for source in sources:
        folder = source if isinstance(source, Path) else source.file.parent
        files = sorted(each for each in folder.iterdir() if each.is_file())
        if isinstance(source, FontFile):
            parts += [source.family, *(f"{each.name} {each.stat().st_size}" for each in files), source.file]
        else:
            parts += files
    return parts


def _is_collection(file: Path) -> bool:
    with file.open("rb") as data:
        return data.read(4) == b"ttcf"


@lru_cache(maxsize=8)
def _folder_families(folders: tuple[str, ...]) -> tuple[str, ...]:
    import typst  # noqa: PLC0415 - slow to import

    given = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
    return tuple(sorted(given.families()))
