"""Pages of docs/ and those of the package → MkDocs' files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils.meta import YAML_RE, get_data

from charterpress.editing.report import asks_reports
from charterpress.hosts.navigation import is_direct, source_uri
from charterpress.model.errors import CharterError
from charterpress.outputs.generic_pages import generic_files
from charterpress.site import Site
from charterpress.text.interface import gettext as _


def check_own_pages(files: Files, site: Site, root: Path) -> Iterator[str]:
    """Yield what to warn of in the pages of docs/: front matter that would be shown as text. `root` is the
    folder that messages name them from. Raises CharterError for a page that is no UTF-8 text, or that would
    be lost, because the build writes the page of its address itself."""
    taken = {
        f"{language.prefix}{address}index.html": (page, f"{language.prefix}{source_uri(page)}")
        for language in site.languages
        for address, page in site.pages.items()
    }
    for file in files.documentation_pages():
        if not file.abs_src_path:
            continue
        path = Path(file.abs_src_path)
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        try:
            text = file.content_string
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise CharterError(
                _("{file}:{line}: this line is not UTF-8 text: save the file in the encoding UTF-8").format(
                    file=name, line=line
                )
            ) from error
        page, source = taken.get(file.dest_uri, (None, ""))
        if page and (is_direct(page) or file.src_uri != source):
            message = _(
                "{file}: the charter’s own page “{title}” is at this address: give yours another name"
            )
            if not is_direct(page):
                message = _(
                    "{file}: the charter’s own page “{title}” is at this address: give yours another name, "
                    "or {other}, and it follows what that page says"
                )
            raise CharterError(message.format(file=name, title=page.title, other=source))
        if fault := _front_matter_fault(text):
            yield f"{name}:{fault}"


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
    tag = site.language.tag
    for name, content in generic_files(
        tag,
        repository=settings.repository,
        editors=settings.editors,
        reports=asks_reports(site.view.edition),
    ):
        file = File.generated(config, name, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        file.edit_uri = None
        if file.dest_uri not in there:
            files.append(file)


def _is_foreign(file: File, built: Site) -> bool:
    """Whether a page of docs/ names another charter than the one that is built, as `only_for`."""
    owner = get_data(file.content_string)[1].get("only_for")
    return owner is not None and (built.charter is None or owner != built.charter.title)


def _front_matter_fault(text: str) -> str:
    """What is wrong with what a page begins with, after the number of the line; empty if nothing is."""
    front = YAML_RE.match(text)
    if front is None:
        return ""
    try:
        yaml.safe_load(front[1])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        message = _(
            "{line}: the front matter cannot be read: {problem}; put a text with signs in it in quotes"
        )
        return message.format(line=line, problem=error.problem)
    except (yaml.YAMLError, ValueError) as error:
        message = _("{line}: the front matter cannot be read: {problem}")
        return message.format(line=1, problem=" ".join(str(error).split()))
    return ""
