"""The package's Markdown pages around any charter: how to sign, how to propose a change, and for editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from charterpress.text.languages import primary_language
from charterpress.views.repository import Repository

FOLDER = Path(__file__).parent / "pages"
"""One folder for each language, named by its tag."""
FALLBACK = "en"
"""The language of a page that there is no translation of."""
EDITORS = ("editors/", "assets/editors/", "assets/hosts/")
"""The pages for editors, and what they show."""


def page_sources(language: str, *, editors: bool) -> dict[str, Path]:
    """Return the pages and the files that they show, by their names as links write them, such as `sign.md`.
    Each is in `language`, a BCP 47 tag such as `cy` or `en-GB`, where it has been translated, and else in
    English. Without `editors`, the pages for editors are left out."""
    found: dict[str, Path] = {}
    for folder in _folders(language):
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        found |= {path.relative_to(folder).as_posix(): path for path in files}
    return {name: path for name, path in found.items() if editors or not name.startswith(EDITORS)}


def generic_files(
    language: str, *, repository: Repository, editors: bool
) -> Iterator[tuple[str, str | bytes]]:
    """Yield the name and the content of every page, and of every file that they show: see `page_sources` and
    `page_text`."""
    for name, source in page_sources(language, editors=editors).items():
        if name.endswith(".md"):
            yield name, page_text(source, repository=repository, editors=editors)
        else:
            yield name, source.read_bytes()


def translated_pages(language: str, *, repository: Repository, editors: bool) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of every page that is there in `language`, a BCP 47 tag."""
    for name, source in page_sources(language, editors=editors).items():
        if name.endswith(".md") and written_in(source) == primary_language(language):
            yield name, page_text(source, repository=repository, editors=editors)


def written_in(source: Path) -> str:
    """Return the language of a page of the package, without its place."""
    return primary_language(_folder(source).name)


def page_text(source: Path, *, repository: Repository, editors: bool) -> str:
    """Return the Markdown of the page `source` for a site whose source is kept in `repository`, and which has
    the pages for `editors` or has not. A page is a template, with the values below; its call `file("x.yml")`
    gives the content of a file beside the pages of its language."""
    folder = _folder(source)
    environment = SandboxedEnvironment(  # Markdown, in which there is no value to escape
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    template = environment.from_string(source.read_text(encoding="utf-8-sig"))
    values: Mapping[str, object] = {
        "repository": repository,
        "forms": bool(repository.issues),
        "editors": editors,
        "file": partial(_content, folder),
    }
    return template.render(values)


def _folder(source: Path) -> Path:
    return next(parent for parent in source.parents if parent.parent == FOLDER)


def _folders(language: str) -> Iterator[Path]:
    """Yield the folders in which the pages of `language` are: the more fitting come later."""
    there = {path.name.lower(): path for path in FOLDER.iterdir() if path.is_dir()}
    tag = language.lower().replace("_", "-")
    for name in (FALLBACK, tag.partition("-")[0], tag):
        if name in there:
            yield there.pop(name)


def _content(folder: Path, name: str) -> str:
    path = folder / name
    return (path if path.is_file() else FOLDER / FALLBACK / name).read_text(encoding="utf-8").rstrip("\n")
