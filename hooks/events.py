"""MkDocs events → calls of the press: the only file that knows MkDocs."""

from __future__ import annotations

import importlib
import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils.meta import get_data

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # MkDocs takes the folder away again once this file has run
from press import check, fonts, load, number, pages, publish, render, report  # noqa: E402
from press.model import Edition, Finding, Page, Severity  # noqa: E402

log = logging.getLogger("mkdocs.hooks.charter")

CHARTER_NAV = "charter/"
"""The entry of mkdocs.yml's nav in whose place the charter's pages are put."""
UNUSED = ("assets/javascripts/lunr/", "assets/stylesheets/palette.", "assets/images/favicon.png")
"""What Material brings that no page of ours asks for; its source maps are left out too."""
MATERIAL = {
    "material_css": "assets/stylesheets/main.",
    "material_js": "assets/javascripts/bundle.",
    "material_search": "assets/javascripts/workers/search.",
}
"""Material's files that the frame asks for, by the start of their names; the rest changes with its version."""
MADE = {
    "assets/stylesheets/foot.css": "foot.css",
    "assets/stylesheets/material.css": "material.css",
    "_headers": "headers.txt",
}
"""The files that are made from a template for the site as a whole, by address."""
UNDATED = "1980-01-01"
"""MkDocs dates every page today, which would make two builds of one text differ."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """What one build shares between its events, in `config.extra["press"]`."""

    source: Path
    edition: Edition
    findings: tuple[Finding, ...]
    pages: dict[str, Page]
    status: str
    preview: bool


class Command:
    """Which command of MkDocs runs: said once, at its start, and the same until it ends."""

    name = "build"


def on_startup(*, command: str, dirty: bool) -> None:
    Command.name = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the charter; refuse one with errors, but in a preview show them instead."""
    root = Path(config.config_file_path).parent
    source = root / config.extra["charter_source"]
    shown = source.relative_to(root).as_posix() if source.is_relative_to(root) else str(source)
    edition = load.load(source, shown=shown)
    findings = check.check(edition)
    preview = Command.name == "serve"
    errors = any(finding.severity is Severity.ERROR for finding in findings)
    if findings:
        text = "\n\n" + report.text(findings, edition)
        if errors and not preview:
            raise PluginError(text)
        log.log(logging.ERROR if errors else logging.INFO, text)
    made: tuple[Page, ...] = (pages.rules(check.RULES, render.environment(_overrides(config) / "pages")),)
    if edition.charter:
        made += pages.pages(edition.charter, render.environment(_overrides(config) / "pages"))
        config.site_name = edition.charter.title
        config.site_description = edition.charter.summary
    config.extra["press"] = Press(
        source=source,
        edition=edition,
        findings=findings,
        pages={_source_uri(page): page for page in made},
        status=_status(source),
        preview=preview,
    )
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the charter's pages, the fonts and the host's headers; leave out what this site does not ask for."""
    press: Press = config.extra["press"]
    for file in list(files):
        if file.src_uri.endswith(".map") or file.src_uri.startswith(UNUSED) or _belongs_elsewhere(file, press):
            files.remove(file)
    for uri, page in press.pages.items():
        if uri not in files.src_uris:
            file = File.generated(config, uri, content="")
            file.edit_uri = _edit_uri(page, press, config)
            files.append(file)
    for uri, content in _assets(config, press, files):
        files.append(File.generated(config, uri, content=content))
    config.nav = list(_nav(config.nav or [], press, files))
    return files


def on_page_markdown(markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Give a page of the charter its title, its description and the theme that a search result shows."""
    page.update_date = UNDATED
    if made := config.extra["press"].pages.get(page.file.src_uri):
        page.meta |= {"title": made.title, "description": made.description}
        if made.label:
            page.meta["tags"] = [made.label]
    return markdown


def on_page_content(html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Put in the words of a page of the charter, before what docs/ says at the same address."""
    made = config.extra["press"].pages.get(page.file.src_uri)
    return made.html + html if made else html


def on_env(env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Escape every value in the frame, and tell it the names of Material's files."""
    env.autoescape = True
    for name, start in MATERIAL.items():
        env.globals[name] = _starting(start, files)
    return env


def on_page_context(context: dict[str, Any], *, page: SitePage, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    return context | _frame(config, page)


def on_template_context(context: dict[str, Any], *, template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    return context | _frame(config, None)


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Build the preview again when the charter or its templates change."""
    server.watch(str(config.extra["press"].source))
    server.watch(str(_overrides(config)))
    return server


def _frame(config: MkDocsConfig, page: SitePage | None) -> dict[str, Any]:
    """Return what every template of the frame may use beside MkDocs' own values."""
    press: Press = config.extra["press"]
    made = press.pages.get(page.file.src_uri) if page else None
    return {
        "charter": press.edition.charter,
        "made": made,
        "numbers": number.numbers(press.edition.charter) if press.edition.charter else {},
        "licence_url": pages.licence_address,
        "status": press.status,
        "findings": press.findings if press.preview else (),
        # MkDocs puts an inline script into a preview, which the policy of the published site would refuse.
        "policy": None if press.preview else config.extra["content_security_policy"],
    }


def _starting(start: str, files: Files) -> str:
    """Return the address of the one file whose address begins with `start`."""
    return next(file.url for file in files if file.src_uri.startswith(start))


def _overrides(config: MkDocsConfig) -> Path:
    return Path(config.theme.custom_dir)


def _source_uri(page: Page) -> str:
    """Return the name under which MkDocs knows a page: what a link in docs/ writes to reach it."""
    return f"{page.address.rstrip('/')}.md" if page.address else "index.md"


def _edit_uri(page: Page, press: Press, config: MkDocsConfig) -> str | None:
    """Return where the page's file lies as seen from docs/, or None where it is not in this repository."""
    root = Path(config.config_file_path).parent
    return f"../{page.source}" if page.source and press.source.is_relative_to(root) else None


def _belongs_elsewhere(file: File, press: Press) -> bool:
    """Whether a page of docs/ names, as `only_for`, another charter than the one that is built."""
    if not file.is_documentation_page():
        return False
    owner = get_data(file.content_string)[1].get("only_for")
    return owner is not None and (not press.edition.charter or owner != press.edition.charter.title)


def _nav(items: list[Any], press: Press, files: Files) -> Iterator[Any]:
    """Yield mkdocs.yml's nav with the charter's pages put in, without the pages that this site has not."""
    for item in items:
        for title, value in item.items():
            if value == CHARTER_NAV:
                yield {title: [{page.title: uri} for uri, page in press.pages.items() if page.address.startswith(value)]}
            elif isinstance(value, list):
                if below := list(_nav(value, press, files)):
                    yield {title: below}
            elif value in files.src_uris or not (Path(files._docs_dir) / value).exists():
                yield item


def _assets(config: MkDocsConfig, press: Press, files: Files) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the files that are made for the site as a whole."""
    licences = {}
    for font in config.extra["fonts"]:
        package = importlib.import_module(font["package"])
        licences[package.FAMILY] = (package.ROOT / "LICENSE").read_bytes()
        yield f"assets/fonts/{font['name']}.woff2", _font(package.ROOT / "files" / font["file"], font, config)
    for family, licence in licences.items():
        yield f"assets/fonts/{family.lower().replace(' ', '-')}-licence.txt", licence
    charter = press.edition.charter
    values = {
        "title": charter.title if charter else config.site_name,
        "status": press.status,
        "name": Path(_starting(MATERIAL["material_css"], files)).name,
        "policy": config.extra["content_security_policy"],
    }
    templates = render.environment(_overrides(config) / "pages")
    for uri, template in MADE.items():
        yield uri, templates.get_template(template).render(values).encode()


def _font(path: Path, font: dict[str, Any], config: MkDocsConfig) -> bytes:
    """Return a font cut to the letters needed, from the cache where it stands there: cutting takes two seconds."""
    maker = Path(fonts.__file__).read_bytes()
    key = sha256(path.read_bytes() + maker + repr(font).encode()).hexdigest()[:16]
    cached = Path(config.config_file_path).parent / config.extra["font_cache"] / f"{key}.woff2"
    if not cached.exists():
        publish.write(cached, fonts.cut(path, font.get("axes")))
    return cached.read_bytes()


def _status(source: Path) -> str:
    """Return how the text that is shown is to be called at the foot of a printed page: with its commit's date."""
    run = subprocess.run(
        ["git", "-C", str(source), "show", "--no-patch", "--format=%cs", "HEAD"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    date = run.stdout.strip() if run.returncode == 0 else ""
    return f"Draft of {pages.day(date)}" if date else "Draft"
