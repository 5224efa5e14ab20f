"""Pages of docs/ and those of the package → MkDocs' files."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils.meta import get_data

from charterpress.outputs.generic_pages import generic_files
from charterpress.site import Site


def take_foreign(files: Files, site: Site) -> set[str]:
    """Remove the pages of docs/ that are about another charter than that of `site`; return their names."""
    foreign = [file for file in files.documentation_pages() if _is_foreign(file, site)]
    for file in foreign:
        files.remove(file)
    return {file.src_uri for file in foreign}


def listed_pages(files: Files) -> list[str]:
    """Return the names of the pages of docs/ that a navigation made of them lists. None of them has to be in
    it: what goes on with a page of the charter has no entry of its own."""
    pages = files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
    for file in pages:
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return [file.src_uri for file in pages]


def add_generic(files: Files, site: Site, config: MkDocsConfig) -> None:
    """Add the package's pages where docs/ has none of that name. The repository has no source of them, so no
    link leads there; a navigation need not name them, since other pages lead to them."""
    there, settings = {file.dest_uri for file in files}, site.settings
    language = str(config.theme["language"])
    for name, content in generic_files(language, repository=settings.repository, editors=settings.editors):
        file = File.generated(config, name, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        file.edit_uri = None
        if file.dest_uri not in there:
            files.append(file)


def _is_foreign(file: File, built: Site) -> bool:
    """Whether a page of docs/ names another charter than the one that is built, as `only_for`."""
    owner = get_data(file.content_string)[1].get("only_for")
    return owner is not None and (built.charter is None or owner != built.charter.title)
