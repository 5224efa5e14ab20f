"""MkDocs events → calls of charterpress: the only file that knows MkDocs."""

from __future__ import annotations

import gc
import importlib
import logging
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import CountHandler, get_relative_url
from mkdocs.utils.meta import get_data

sys.path.insert(0, str(Path(__file__).resolve().parent))  # MkDocs takes it away again once this file has run
from charterpress import checks, read, site
from charterpress.checks import report
from charterpress.model import Edition, Finding, Page, Severity
from charterpress.model.errors import CharterError
from charterpress.outputs import feeds
from charterpress.outputs import html as pages
from charterpress.outputs.assets import SCRIPTS, STYLESHEETS, asset_files, package_assets
from charterpress.outputs.html import practice, signatories, templates
from charterpress.outputs.pdf import cache, font_folders
from charterpress.outputs.search import index
from charterpress.outputs.style import theme_styles
from charterpress.site import Font, Settings, Site
from charterpress.storage import atomic, git
from charterpress.text.escape import escape_controls
from charterpress.views.addresses import SEARCH_INDEX

log = logging.getLogger("mkdocs.hooks.charter")

MENU = {
    pages.WHOLE: ("whole", "theme", "principle"),
    pages.VERSIONS: ("versions",),
    signatories.REGISTER: ("register",),
    practice.HOME: ("practice",),
}
"""The entries of mkdocs.yml's nav in whose place pages are put, and the kinds of these pages."""
STYLES = "assets/stylesheets/main.*.css"
"""The styles of Material, below its folder; the rest of the name changes."""
UNPUBLISHED = ("pages/",)
"""What MkDocs would publish though no page asks for it: the templates of our pages."""
FOR_DEVELOPERS = "developers/"
"""The pages of docs/ that the search leaves out: who reads them knows where they stand."""
SCHEMAS = Path(__file__).parent / "charterpress/outputs/data/schemas"
"""What the files that we publish are held against; published under the same names for ever."""
UNDATED = "1980-01-01"
"""MkDocs dates every page today, which would make two builds of one text differ."""


class Command:
    """Which command of MkDocs runs: told once, before the first build, and true until the process ends."""

    name = "build"
    dirty = False
    stage: atomic.Stage | None = None
    """Where the build writes until all of it is there."""


# --- One function per event, in MkDocs' order ----------------------------------------------------------


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is a build or a preview."""
    Command.name, Command.dirty = command, dirty
    if command == "build":  # nearly all that it makes it keeps to the end: there is little to collect
        gc.set_threshold(200_000, 20, 20)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the charter, and make what is published of it; refuse one with errors, but in a preview
    show them instead. Raises PluginError in plain words where something cannot be made."""
    root, source, preview = _root(config), _source(config), Command.name == "serve"
    shown = source.relative_to(root).as_posix() if source.is_relative_to(root) else str(source)
    edition = replace(
        read.load(source, shown=shown), recorded=git.first_added(source, "releases"), today=_latest_day()
    )
    if edition.recorded is None:
        log.info("git could not be asked, so the site is built without what it knows of the charter")
    findings = checks.check(edition)
    _tell(findings, edition, preview=preview)
    # What stands in the files line by line is for the check alone: much memory, where many have signed.
    edition = replace(checks.in_order(edition, findings), documents=(), entries=())
    settings = Settings(
        address=config.site_url or "",
        committed=git.commit_date(source),
        templates=templates.environment(Path(config.theme.custom_dir) / templates.PAGES, _compiled(config)),
        shelf=cache.Shelf(root / config.extra["made_cache"], font_folders()),
        fonts=tuple(map(_font, config.extra["fonts"])),
        font_cache=root / config.extra["font_cache"],
        schemas={schema.name: schema.read_bytes() for schema in sorted(SCHEMAS.iterdir())},
        certificates=config.extra["pdf_certificates"],
        policy=config.extra["content_security_policy"],
        preview=preview,
    )
    try:
        made = site.make(edition, findings, settings)
    except CharterError as error:
        raise PluginError(str(error)) from error
    if made.charter:
        config.site_name = made.charter.title
        config.site_description = made.charter.summary
    config.extra["site"] = made
    config.extra["found"] = []
    # Material brings 14,000 icons, at each of which MkDocs would look: of all that, its styles are used.
    own, config.extra["material"], *shared = config.theme.dirs
    config.theme.dirs = [own, str(templates.FOLDER), *shared]
    if not preview and not Command.dirty:
        Command.stage = atomic.stage(Path(config.site_dir))
        config.site_dir = str(Command.stage.new)
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the charter's pages, and what the site has once; leave out what no page asks for."""
    made: Site = config.extra["site"]
    assets = package_assets()
    own = {file.src_uri: Path(file.abs_src_path or "") for file in files if file.src_uri in assets}
    unused = tuple(site.unused_assets(made))
    for file in list(files):
        if file.src_uri in own or file.src_uri.startswith((*UNPUBLISHED, *unused)):
            files.remove(file)
    for uri, content in asset_files(own, unused):
        files.append(File.generated(config, uri, content=content))
    others = {file.src_uri for file in files.documentation_pages() if _belongs_to_another(file, made)}
    for uri in others:
        files.remove(files.src_uris[uri])
    for page in made.pages.values():
        uri = _uri(page)
        if uri not in files.src_uris and not _poured(page):
            inclusion = InclusionLevel.UNDEFINED if _menu(page) else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, uri, content="", inclusion=inclusion)
            file.edit_uri = _edit_uri(page, config)
            files.append(file)
    files.append(File.generated(config, "assets/stylesheets/material.css", content=_beneath(config)))
    for uri, content in site.files(made, title=config.site_name):
        file = File.generated(config, f"{uri}.txt" if uri.endswith(".md") else uri, content=content)
        file.dest_uri = uri  # a document to download is no page, whatever its name ends in
        files.append(file)
    config.nav = list(_nav(config.nav or [], made, others))
    return files


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep the nav for the pages that are poured into the frame."""
    config.extra["nav"] = nav
    return nav


def on_page_markdown(markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Give a page of the charter its title and its description."""
    page.update_date = UNDATED
    if made := _made(page, config):
        page.meta |= {"title": made.title, "description": made.description}
    return markdown


def on_page_content(html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Put in the words of a page of the charter, before what docs/ says at the same address, and keep for the
    search what is to be found of it."""
    made = _made(page, config)
    html = made.html + html if made else html
    if _searched(page, made):
        config.extra["found"].append(_entry(page, made, html, config))
    return html + made.unsearched if made else html


def on_env(env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Escape every value in the frame."""
    templates.frame(env, _compiled(config))
    shared = get_context(config.extra["nav"], files, config, base_url="")
    frame, moved = env.get_template("main.html"), env.get_template("moved.html")
    config.extra["pour"] = lambda page: _pour(page, moved if page.moved_to else frame, shared, config)
    return env


def on_page_context(
    context: dict[str, Any], *, page: SitePage, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the frame of a page what it shows."""
    return context | _frame(config, _made(page, config))


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Give the frame what it shows around the page for an address that is not there."""
    made: Site = config.extra["site"]
    poured = [page for page in made.pages.values() if _poured(page) and page.indexed]
    mapped = (
        signatories.indexed_addresses(made.register) if made.register and "sitemap" in template_name else ()
    )
    return context | _frame(config, None) | {"poured": poured, "signatories": mapped}


@event_priority(-100)  # when plugins have written too
def on_post_build(*, config: MkDocsConfig) -> None:
    """Write the index of the search, and what there is of every version and of every signatory, straight into
    the site: what MkDocs does for a file besides takes longer than all the rest. Then the new site takes the
    place of the old one. Raises PluginError in plain words where something cannot be made."""
    documents = site.documents(config.extra["site"], _poured, config.extra["pour"], log.info)
    found = {SEARCH_INDEX: index.written(config.extra["found"])}
    try:
        atomic.fill(Path(config.site_dir), chain(found.items(), documents))
    except CharterError as error:
        raise PluginError(str(error)) from error
    if Command.stage and not _refused(config):
        atomic.replace(Command.stage)
        config.site_dir, Command.stage = str(Command.stage.folder), None
    if Command.name == "build":  # the end of the program would look through all that was made once more
        gc.freeze()


def on_build_error(*, error: Exception) -> None:
    """Leave the old site as it was. Raises PluginError in plain words where the disk refused."""
    on_shutdown()
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        raise PluginError(f"{where}{error.strerror}; the site was left as it was") from error


def on_shutdown() -> None:
    """Clear away what was begun and is not done."""
    if Command.stage:
        atomic.drop(Command.stage)
        Command.stage = None


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Build the preview again when the charter or a template changes."""
    server.watch(str(_source(config)))
    for folder in (config.theme.custom_dir, templates.FOLDER, SCRIPTS, STYLESHEETS):
        server.watch(str(folder))
    return server


# --- What they ask -------------------------------------------------------------------------------------


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _source(config: MkDocsConfig) -> Path:
    """Return the charter's folder."""
    return _root(config) / config.extra["charter_source"]


def _latest_day() -> str:
    """Return the date where it is latest in the world, so that nobody's today counts as the future."""
    return datetime.now(timezone(timedelta(hours=14))).date().isoformat()


def _tell(findings: tuple[Finding, ...], edition: Edition, *, preview: bool) -> None:
    """Say what the check found. Raises PluginError for errors, unless an editor is looking at a preview. An
    organisation whose file has errors is left out and named, which only fails a strict build."""
    if not findings:
        return
    text = f"the check of the charter says\n\n{report.text(findings)}"
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if not preview and not all(checks.of_register(finding, edition) for finding in errors):
        raise PluginError(text)
    log.log(logging.ERROR if errors else logging.INFO, text)
    if left_out := sorted({finding.path for finding in errors if checks.of_register(finding, edition)}):
        log.error(
            "left out of the register until it is mended: %s", ", ".join(map(escape_controls, left_out))
        )


def _refused(config: MkDocsConfig) -> bool:
    """Whether MkDocs is about to fail this build for its warnings."""
    host = logging.getLogger(get_context.__module__.partition(".")[0])
    counters = [each for each in host.handlers if isinstance(each, CountHandler)]
    return config.strict and any(each.get_counts() for each in counters)


def _compiled(config: MkDocsConfig) -> jinja2.BytecodeCache:
    """Return where compiled templates are kept. Jinja sees when one has changed; what it does not see, its
    own version and how charterpress.outputs.html.templates sets it up, names the folder."""
    made_with = sha256(jinja2.__version__.encode() + Path(templates.__file__).read_bytes()).hexdigest()[:12]
    folder = _root(config) / config.extra["template_cache"] / made_with
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))


def _beneath(config: MkDocsConfig) -> bytes:
    """Return what our pages have of Material's styles, made once: to read them takes as long as ten pages."""
    (sheet,) = Path(config.extra["material"]).glob(STYLES)
    made_of = sha256(sheet.read_bytes() + Path(theme_styles.__file__).read_bytes()).hexdigest()[:32]
    return atomic.once(
        _root(config) / config.extra["made_cache"] / f"{made_of}.css",
        lambda: theme_styles.layer("material", sheet.read_text(encoding="utf-8")).encode(),
    )


def _font(named: dict[str, Any]) -> Font:
    """Return a font of mkdocs.yml; it comes from a package that carries its licence."""
    package = importlib.import_module(named["package"])
    return Font(
        name=named["name"],
        file=package.ROOT / "files" / named["file"],
        axes=named.get("axes"),
        family=package.FAMILY,
        licence=(package.ROOT / "LICENSE").read_bytes(),
    )


# --- Which page is which -------------------------------------------------------------------------------


def _uri(page: Page) -> str:
    """Return the name of a page's source, as MkDocs and the links in docs/ give it."""
    return f"{page.address.rstrip('/') or 'index'}.md"


def _made(page: SitePage, config: MkDocsConfig) -> Page | None:
    """Return what the charter says at the address of a page; None where it says nothing there."""
    name = page.file.src_uri.removesuffix(".md")
    made: Site = config.extra["site"]
    return made.pages.get("" if name == "index" else f"{name}/")


def _edit_uri(page: Page, config: MkDocsConfig) -> str | None:
    """Return where a page's file lies as seen from docs/, or None where it is not in this repository."""
    inside = _source(config).is_relative_to(_root(config))
    return f"../{page.source}" if page.source and inside else None


def _poured(page: Page) -> bool:
    """Whether a page is put into the frame here and not by MkDocs: it is in neither nav nor search."""
    return not page.searched and not _menu(page)


def _menu(page: Page) -> bool:
    """Whether a page stands in the nav: the others are reached from pages that do."""
    return page.kind in ("home", "rules") or any(page.kind in kinds for kinds in MENU.values())


def _belongs_to_another(file: File, made: Site) -> bool:
    """Whether a page of docs/ names, as `only_for`, another charter than the one that is built."""
    owner = get_data(file.content_string)[1].get("only_for")
    return owner is not None and (made.charter is None or owner != made.charter.title)


def _nav(items: list[Any], made: Site, left_out: Collection[str]) -> Iterator[Any]:
    """Yield mkdocs.yml's nav with the charter's pages put in, and without the pages that are left out."""
    for item in items:
        for title, value in item.items():
            if isinstance(value, str) and value in MENU:
                below = [{page.title: _uri(page)} for page in made.pages.values() if page.kind in MENU[value]]
            elif isinstance(value, list):
                below = list(_nav(value, made, left_out))
            elif value not in left_out:
                yield item
                continue
            else:
                continue
            if below:
                yield {title: below}


# --- What a page shows ---------------------------------------------------------------------------------


def _searched(page: SitePage, made: Page | None) -> bool:
    """Whether the search of the site finds a page. The words of the charter on one page are found on the
    pages of the principles."""
    if made:
        return made.searched and made.kind != "whole"
    return not page.file.src_uri.startswith(FOR_DEVELOPERS)


def _entry(page: SitePage, made: Page | None, html: str, config: MkDocsConfig) -> index.Entry:
    """Return what the search knows of a page whose body is `html`: principles come first."""
    title = config.site_name if page.is_homepage else str(page.title)
    weight = 2 if made and made.kind == "principle" else 1
    return index.entry(page.url, title, html, label=made.label if made else "", weight=weight)


def _pour(made: Page, template: jinja2.Template, shared: Mapping[str, Any], config: MkDocsConfig) -> str:
    """Return a page in its frame, as MkDocs would make it; `shared` is what it gives every template."""
    file = File.generated(config, _uri(made), content="")
    file.edit_uri = _edit_uri(made, config)
    page = SitePage(made.title, file, config)
    page.meta = {"title": made.title, "description": made.description}
    page.content = made.html
    own = {"page": page, "base_url": get_relative_url(".", page.url)}
    return template.render(shared, **own, **_frame(config, made))


def _frame(config: MkDocsConfig, made: Page | None) -> dict[str, Any]:
    """Return what every template of the frame may use beside MkDocs' own values. `made` is the page, where it
    is made of the charter."""
    of: Site = config.extra["site"]
    charter = of.charter
    return {
        "charter": charter,
        "numbers": of.numbers,
        "made": made,
        "licence_address": pages.licence_address,
        "foot": site.foot_address(made.foot if made and made.foot else of.foot),
        "menu": of.menu,
        "index_address": SEARCH_INDEX,
        "feeds": feeds.links(of.history, config.site_url or "", made),
        **_found(of, made),
        # MkDocs puts an inline script into a preview, which the policy of the published site would refuse.
        "policy": None if of.settings.preview else of.settings.policy,
    }


def _found(of: Site, made: Page | None) -> dict[str, Any]:
    """Return what a preview says at the top of a page: on one that is made of a file the findings that
    concern it, and where the others can be read, by the paths of their files; on the home page all of them,
    and on every page where not even that could be made."""
    if not of.settings.preview:
        return {"findings": (), "elsewhere": {}}
    if not any(page.kind == "home" for page in of.pages.values()) or (made and made.kind == "home"):
        return {"findings": of.findings, "elsewhere": {}}
    source = made.source if made else ""
    shown = {page.source: page.address for page in reversed(of.pages.values()) if page.source}
    own = [finding for finding in of.findings if source in _concerned(finding)]
    others = [finding.path for finding in of.findings if source not in _concerned(finding)]
    return {"findings": own, "elsewhere": {path: shown.get(path, ".") for path in others}}


def _concerned(finding: Finding) -> tuple[str, ...]:
    """Return the files that a finding is about."""
    return (finding.path, *finding.about)
