"""The generator's own manual (manual.yml): docs/developers/, and the package's pages for editors."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from posixpath import normpath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from charterpress.checks import RULES
from charterpress.hosts.navigation import EDITORS_ORDER, source_name
from charterpress.outputs.assets import schema_files
from charterpress.outputs.generic_pages import EDITORS, generic_files
from charterpress.outputs.html import templates
from charterpress.outputs.html.site_pages import rules_page
from charterpress.site.build import UNDATED
from charterpress.views.addresses import RULES as RULES_ADDRESS
from charterpress.views.repository import Repository

DECISIONS = "decisions/"
LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\(([^)#:\s]+\.md)(?:#[^)\s]*)?\)")
"""A link from one page to another."""


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages for editors, the list of rules and the schemas, and put them into the navigation."""
    added = [
        (name, content)
        for name, content in generic_files("en", repository=Repository(), editors=True, reports=True)
        if name.startswith(EDITORS)
    ]
    for name, content in [*added, (source_name(RULES_ADDRESS), ""), *schema_files().items()]:
        files.append(File.generated(config, name, content=content))
    decisions = sorted(name for name in files.src_uris if name.startswith(f"{DECISIONS}0"))
    placed = {
        "editors/": [f"editors/{name}.md" for name in EDITORS_ORDER],
        DECISIONS: [f"{DECISIONS}index.md", *decisions],
    }
    config.nav = [
        {title: placed.get(value, value) for title, value in item.items()} for item in config.nav or []
    ]
    return files


def on_page_markdown(markdown: str, *, page: Page, files: Files, **_: object) -> str:
    """Make plain words of links to pages that only the site of a charter has."""
    page.update_date = UNDATED  # MkDocs dates every page today, and two builds of one text would differ
    if page.file.src_uri == source_name(RULES_ADDRESS):
        own = rules_page(RULES, templates.environment())
        page.meta = {"title": own.title, "description": own.description}
    folder = PurePosixPath(page.file.src_uri).parent

    def kept(link: re.Match[str]) -> str:
        there = normpath(str(folder / link[2])) in files.src_uris
        return link[0] if there or not page.file.src_uri.startswith(EDITORS) else link[1]

    return LINK.sub(kept, markdown)


def on_page_content(html: str, *, page: Page, **_: object) -> str:
    """Give the list of rules its words."""
    own = page.file.src_uri == source_name(RULES_ADDRESS)
    return rules_page(RULES, templates.environment()).html if own else html
