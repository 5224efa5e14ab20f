"""What a build takes from the theme: Material's stylesheet, compiled templates, and the site's mark."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import jinja2

from charterpress.model.errors import CharterError
from charterpress.outputs.assets import package_assets
from charterpress.outputs.html import foreign, template_words, templates
from charterpress.outputs.style import theme_styles
from charterpress.storage.cache import cache_key, cached_bytes
from charterpress.text.interface import gettext as _

STYLES = "assets/stylesheets/main.*.css"
"""Material's stylesheet, below its folder; the rest of the name changes."""


def compiled_templates(cache: Path, kind: str = "") -> jinja2.BytecodeCache:
    """Where compiled templates are kept, those of each `kind` of environment apart. Jinja sees a changed
    template; the folder's name is made of what it does not see: its own version, and how the environment is
    set up."""
    modules = (templates, template_words, foreign)
    folder = cache / cache_key(jinja2.__version__, kind, *(Path(str(each.__file__)) for each in modules))
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))


def material_folder(folders: Iterable[str]) -> Path:
    """The folder of Material's theme. Raises CharterError if the theme is another."""
    for folder in map(Path, folders):
        if any(folder.glob(STYLES)):
            return folder
    raise CharterError(_("mkdocs.yml: theme: name must be material, whose stylesheet the pages are based on"))


def material_layer(material: Path, cache: Path) -> bytes:
    """The part of Material's stylesheet that our pages use, from the folder `cache`: reading the whole takes
    as long as ten pages."""
    (sheet,) = material.glob(STYLES)
    made = cache / f"{cache_key(sheet, Path(theme_styles.__file__))}.css"
    return cached_bytes(
        made, lambda: theme_styles.style_layer("material", sheet.read_text(encoding="utf-8")).encode()
    )


def site_mark(favicon: str, *folders: str | None) -> str:
    """The drawing that stands for the site in a browser's tab, from the site's own `folders` or the package;
    else ''. None stands for no folder."""
    found = (Path(folder) / favicon for folder in folders if folder and favicon.endswith(".svg"))
    file = next((path for path in found if path.is_file()), package_assets().get(favicon))
    return file.read_text(encoding="utf-8") if file else ""
