"""The package's Markdown pages around any charter: how to sign, how to propose a change, and for editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from charterpress.text import interface
from charterpress.text.languages import primary_language
from charterpress.text.markdown_messages import translate_markdown
from charterpress.views.repository import Repository

FOLDER = Path(__file__).parent / "pages"
"""The pages, in English; what they say in other languages is in the catalogs."""
EDITORS = ("editors/", "assets/editors/", "assets/hosts/")
"""The pages for editors, and what they show."""
REPORTS = ("report.md",)
"""The pages of a charter that asks for reports."""


def page_sources(*, editors: bool, reports: bool = True) -> dict[str, Path]:
    """Return the pages and the files that they show, by their names as links write them, such as `sign.md`.
    Without `editors`, the pages for editors are left out, and without `reports` how to report."""
    files = (path for path in sorted(FOLDER.rglob("*")) if path.is_file())
    found = {path.relative_to(FOLDER).as_posix(): path for path in files}
    left = (*(() if editors else EDITORS), *(() if reports else REPORTS))
    return {name: path for name, path in found.items() if not name.startswith(left)}


def generic_files(
    language: str, *, repository: Repository, editors: bool, reports: bool
) -> Iterator[tuple[str, str | bytes]]:
    """Yield the name and the content of every page, and of every file that they show: see `page_sources` and
    `page_text`."""
    for name, source in page_sources(editors=editors, reports=reports).items():
        if name.endswith(".md"):
            yield name, page_text(source, language, repository=repository, editors=editors, reports=reports)
        else:
            yield name, source.read_bytes()


def translated_pages(
    language: str, *, repository: Repository, editors: bool, reports: bool
) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of every page that is there in `language`, a BCP 47 tag."""
    for name, source in page_sources(editors=editors, reports=reports).items():
        if name.endswith(".md") and _translated(source, language) is not None:
            yield name, page_text(source, language, repository=repository, editors=editors, reports=reports)


def page_language(name: str, language: str) -> str:
    """Return the tag of the language that the page `name` stands in on a site in `language`: that, or English
    where the catalogs lack a block of it."""
    if primary_language(language) == interface.SOURCE:
        return language
    source = page_sources(editors=True).get(name)
    return language if source and _translated(source, language) is not None else interface.SOURCE


def page_text(
    source: Path,
    language: str = interface.SOURCE,
    *,
    repository: Repository,
    editors: bool,
    reports: bool = False,
) -> str:
    """Return the Markdown of the page `source` for a site whose source is kept in `repository`, and which has
    the pages for `editors` or has not, and whose charter asks for `reports` or does not. It is in
    `language`, a BCP 47 tag, if the catalogs have every block of it, and else all of it is in English: see
    `translated_pages`. A page is a template, with the values below; its call
    `file("x.yml")` gives the content of a file beside the pages."""
    environment = SandboxedEnvironment(  # Markdown, in which there is no value to escape
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    translated = _translated(source, language)
    template = environment.from_string(_text(source) if translated is None else translated)
    values: Mapping[str, object] = {
        "repository": repository,
        "forms": bool(repository.issues),
        "editors": editors,
        "reports": reports,
        "file": _content,
    }
    return template.render(values)


@cache
def _translated(source: Path, language: str) -> str | None:
    with interface.use_language(language) as used:
        if used.tag == interface.SOURCE != primary_language(language):
            return None  # there is no catalog of the language
        text = _text(source)
        return translate_markdown(text, interface.translation) if used.catalog else text


def _text(source: Path) -> str:
    return source.read_text(encoding="utf-8-sig")


def _content(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8").rstrip("\n")
