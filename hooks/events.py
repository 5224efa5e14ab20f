"""MkDocs events → calls of the press: the only file that knows MkDocs."""

from __future__ import annotations

import gc
import importlib
import logging
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url
from mkdocs.utils.meta import get_data

sys.path.insert(0, str(Path(__file__).resolve().parent))  # MkDocs takes it away again once this file has run
from press import (
    badge,
    check,
    competencies,
    export,
    feeds,
    fonts,
    frame,
    git,
    listing,
    load,
    number,
    pages,
    publish,
    render,
    report,
)
from press.errors import PressError
from press.model import Charter, Edition, Finding, Page, Release, Severity
from press.pages import address, practice, signatories
from press.pages.practice import cafe
from press.typeset import cafe as paper_of_cafe
from press.typeset import certificate, font_folders, printable, shelf
from press.typeset import signatories as paper

log = logging.getLogger("mkdocs.hooks.charter")

MENU = {
    pages.WHOLE: ("whole", "theme", "principle"),
    pages.VERSIONS: ("versions",),
    signatories.REGISTER: ("register",),
    practice.HOME: ("practice",),
}
"""The entries of mkdocs.yml's nav in whose place pages are put, and the kinds of these pages."""
MATERIAL = {
    "material_css": "assets/stylesheets/main.",
    "material_js": "assets/javascripts/bundle.",
    "material_search": "assets/javascripts/workers/search.",
}
"""The files of Material that the frame uses, by the start of their names; the rest changes."""
UNUSED = ("assets/javascripts/lunr/", "assets/stylesheets/palette.", "assets/images/favicon.png", "pages/")
"""What MkDocs would publish though no page asks for it: parts of Material, and the templates of our pages.
Source maps are left out too."""
SCRIPTS = {
    "javascripts/changes.js": ("assets/javascripts/changes.js",),
    "javascripts/compare.js": ("assets/javascripts/compare.js", "assets/javascripts/vendor/"),
    "javascripts/practice.js": ("assets/javascripts/practice.js",),
    "javascripts/register.js": ("assets/javascripts/register.js",),
    "javascripts/assessment/main.js": ("assets/javascripts/assessment/",),
}
"""What a page may ask for, and the files that are published with it where one does."""
MADE = {
    "assets/stylesheets/material.css": "material.css",
    "_headers": "headers.txt",
}
"""The files that are made from a template for the site as a whole, by address."""
PROGRESS = 2000
"""After how many pages of signatories a build says how far it is: they take a second or two."""
FOR_DEVELOPERS = "developers/"
"""The pages of docs/ that the search puts last: most who search want the charter."""
SCHEMAS = Path(__file__).parent / "press" / "schemas"
"""What the files that we publish are held against; published under the same names for ever."""
UNDATED = "1980-01-01"
"""MkDocs dates every page today, which would make two builds of one text differ."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """What one build shares between its events, in `config.extra["press"]`."""

    source: Path
    edition: Edition
    history: pages.History
    menu: pages.Menu | None
    """The versions to choose from at the head of a page; None before there is one."""
    charter: Charter | None
    """The charter that the site shows: the current release's, or the working text's before there is one."""
    findings: tuple[Finding, ...]
    pdfs: Mapping[str, bytes]
    """The PDF of every version; none in a preview."""
    papers: Mapping[str, bytes]
    """What is printed to hold a café, by address; nothing in a preview."""
    notes: bytes
    """The file that the notes of a café go into; empty for a charter that there is nothing to say about."""
    register: signatories.Register | None
    """Who has signed; None before there is a version to sign."""
    listed: Mapping[str, bytes]
    """The register as files for programs, by address."""
    pages: dict[str, Page]
    """The pages that are made of the charter, by the name under which MkDocs and links in docs/ know them."""
    templates: jinja2.Environment
    shelf: shelf.Shelf
    """What was made before, and need not be made again."""
    foot: str
    """What stands at the foot of a printed page that has no words of its own for it."""
    preview: bool


class Command:
    """Which command of MkDocs runs: told once, before the first build, and true until the process ends."""

    name = "build"


# --- One function per event, in MkDocs' order ----------------------------------------------------------


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether this is a build or a preview."""
    Command.name = command
    if command == "build":  # nearly all that it makes it keeps to the end: there is little to collect
        gc.set_threshold(200_000, 20, 20)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the charter; refuse one with errors, but in a preview show them instead."""
    root = _root(config)
    source = root / config.extra["charter_source"]
    shown = source.relative_to(root).as_posix() if source.is_relative_to(root) else str(source)
    edition = replace(
        load.load(source, shown=shown), recorded=git.first_added(source, "releases"), today=_latest_day()
    )
    findings = check.check(edition)
    preview = Command.name == "serve"
    _tell(findings, edition, preview=preview)
    edition = check.in_order(edition, findings)
    templates = render.environment(Path(config.theme.custom_dir) / "pages", _compiled(config))
    kept = shelf.Shelf(root / config.extra["made_cache"], font_folders())
    committed = git.commit_date(source)
    dated = pages.draft(committed)
    registered = signatories.read(edition, committed)
    listed = listing.files(registered.current, registered.entries, registered.day) if registered else {}
    history, site = pages.History(edition), config.site_url or ""
    pdfs = {} if preview else _pdfs(config, history, kept)
    sizes = {version: len(pdf) for version, pdf in pdfs.items()}
    charter = edition.current.charter if edition.current else edition.charter
    foot = pages.released(edition.current) if edition.current else dated
    held = cafe.cafe(charter, foot) if charter else None
    date = edition.current.date if edition.current else committed or UNDATED
    papers = _papers(held, date, site, kept) if held and not preview else {}
    errors = [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR and not check.of_register(finding, edition)
    ]
    made = [pages.rules(check.RULES, templates)]
    made += pages.pages(
        edition,
        templates,
        dated=dated,
        history=history,
        site=site,
        pdfs=sizes,
        papers={at: paper_of_cafe.paper(pdf, kept) for at, pdf in papers.items()},
        signed=dict(registered.counts.version) if registered else None,
        findings=errors,
    )
    if registered:
        text, digest = pages.Text(templates, site=site), sha256(listed[listing.JSON]).hexdigest()
        made += signatories.pages(registered, text, digest=digest, pdfs=not preview)
    if charter:
        config.site_name = charter.title
        config.site_description = charter.summary
    config.extra["press"] = Press(
        source=source,
        edition=edition,
        history=history,
        menu=pages.menu(edition.releases, edition.current),
        charter=charter,
        findings=findings,
        pdfs=pdfs,
        papers=papers,
        notes=cafe.notes(held).encode() if held else b"",
        register=registered,
        listed=listed,
        pages={_uri(page): page for page in made},
        templates=templates,
        shelf=kept,
        foot=foot,
        preview=preview,
    )
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the charter's pages, the fonts and the host's headers; leave out what no page asks for."""
    press: Press = config.extra["press"]
    unused = (*UNUSED, *_unasked(press))
    for file in list(files):
        if file.src_uri.endswith(".map") or file.src_uri.startswith(unused):
            files.remove(file)
    others = {file.src_uri for file in files.documentation_pages() if _belongs_to_another(file, press)}
    for uri in others:
        files.remove(files.src_uris[uri])
    for uri, page in press.pages.items():
        if uri not in files.src_uris and not _poured(page):
            inclusion = InclusionLevel.UNDEFINED if _menu(page) else InclusionLevel.NOT_IN_NAV
            file = File.generated(config, uri, content="", inclusion=inclusion)
            file.edit_uri = _edit_uri(page, press, config)
            files.append(file)
    for uri, content in _assets(config, press, files):
        file = File.generated(config, f"{uri}.txt" if uri.endswith(".md") else uri, content=content)
        file.dest_uri = uri  # a document to download is no page, whatever its name ends in
        files.append(file)
    config.nav = list(_nav(config.nav or [], press, others))
    return files


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Keep the nav for the pages that are poured into the frame."""
    config.extra["nav"] = nav
    return nav


def on_page_markdown(markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Give a page of the charter its title, its description and the theme that a search result shows."""
    page.update_date = UNDATED
    if made := config.extra["press"].pages.get(page.file.src_uri):
        page.meta |= {"title": made.title, "description": made.description}
        if made.label:
            page.meta["tags"] = [made.label]
    page.meta.setdefault("search", _search(page.file.src_uri, made))
    return markdown


def on_page_content(html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
    """Put in the words of a page of the charter, before what docs/ says at the same address."""
    made = config.extra["press"].pages.get(page.file.src_uri)
    return made.html + html if made else html


def on_env(env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Escape every value in the frame, and tell it the names of Material's files."""
    render.frame(env, _compiled(config))
    for name, start in MATERIAL.items():
        env.globals[name] = _starting(start, files)
    shared = get_context(config.extra["nav"], files, config, base_url="")
    frame, moved = env.get_template("main.html"), env.get_template("moved.html")
    config.extra["pour"] = lambda page: _pour(page, moved if page.moved_to else frame, shared, config)
    return env


def on_page_context(
    context: dict[str, Any], *, page: SitePage, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Give the frame of a page what it shows, now that the search has read the page."""
    made = config.extra["press"].pages.get(page.file.src_uri)
    if made:
        page.content = (page.content or "") + made.unsearched
    return context | _frame(config, made)


def on_template_context(
    context: dict[str, Any], *, template_name: str, config: MkDocsConfig
) -> dict[str, Any]:
    """Give the frame what it shows around the page for an address that is not there."""
    press: Press = config.extra["press"]
    poured = [made for made in press.pages.values() if _poured(made) and made.indexed]
    mapped = signatories.addresses(press.register) if press.register and "sitemap" in template_name else ()
    return context | _frame(config, None) | {"poured": poured, "signatories": mapped}


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write what there is of every version and of every signatory straight into the site. Raises PluginError
    in plain words where something cannot be made."""
    try:
        publish.fill(Path(config.site_dir), _of_each(config))
    except PressError as error:
        raise PluginError(str(error)) from error
    if Command.name == "build":  # the end of the program would look through all that was made once more
        gc.freeze()


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Build the preview again when the charter or a template changes."""
    server.watch(str(config.extra["press"].source))
    server.watch(config.theme.custom_dir)
    return server


# --- What they are made of -----------------------------------------------------------------------------


def _compiled(config: MkDocsConfig) -> jinja2.BytecodeCache:
    """Return where compiled templates are kept. Jinja sees when one has changed; what it does not see, its
    own version and how press.render sets it up, names the folder."""
    made_with = sha256(jinja2.__version__.encode() + Path(render.__file__).read_bytes()).hexdigest()[:12]
    folder = _root(config) / config.extra["template_cache"] / made_with
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))


def _search(uri: str, made: Page | None) -> dict[str, Any]:
    """Return what Material's search is to make of a page: principles first, and developers' pages last."""
    if made and (
        made.kind == "whole" or not made.searched
    ):  # its words are found on the pages of the principles
        return {"exclude": True}
    if made and made.kind == "principle":
        return {"boost": 2}
    return {"boost": 0.2} if uri.startswith(FOR_DEVELOPERS) else {}


def _latest_day() -> str:
    """Return the date where it is latest in the world, so that nobody's today counts as the future."""
    return datetime.now(timezone(timedelta(hours=14))).date().isoformat()


def _poured(page: Page) -> bool:
    """Whether a page is put into the frame here and not by MkDocs: it is in neither nav nor search."""
    return not page.searched and not _menu(page)


def _of_each(config: MkDocsConfig) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the files that neither the nav nor the search knows. There may be thousands,
    and what MkDocs does for a file besides takes longer than all the rest."""
    press: Press = config.extra["press"]
    for uri, page in press.pages.items():
        if _poured(page):
            yield f"{page.address}index.html", config.extra["pour"](page).encode()
            press.pages[uri] = replace(page, html="")  # hundreds of whole texts are half of the memory used
    for release in press.edition.releases:
        yield from _of_release(release, config.site_url or "", press.shelf)
    for version, pdf in press.pdfs.items():
        yield pages.pdf_address(version), pdf
    yield from press.papers.items()
    if press.register:
        yield from _of_signatories(config, press.register)


def _of_release(release: Release, site: str, kept: shelf.Shelf) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the files of one version that machines read."""
    home = address.version_address(release.version)
    yield f"{home}charter.json", release.data
    made_of = ["charter.md", release.sha256, site]
    yield (
        f"{home}charter.md",
        kept.kept(made_of, lambda: export.document(release, site).encode(), ending="md"),
    )


def _of_signatories(config: MkDocsConfig, register: signatories.Register) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of what every organisation has: its pages, its badge, and what is printed."""
    press: Press = config.extra["press"]
    certificates = not press.preview and certificate.are_made(register, config.extra["pdf_certificates"])
    concerned = {path for each in press.findings if press.preview for path in _concerned(each)}
    text, frames = pages.Text(press.templates), frame.Frames(config.extra["pour"])
    each = signatories.each(register, text, site=config.site_url or "", certificates=certificates)
    for count, page in enumerate(each, 1):
        alone = page.source in concerned  # what the check found in its file stands on no other page
        yield f"{page.address}index.html", (config.extra["pour"] if alone else frames.fill)(page).encode()
        if count % PROGRESS == 0:
            log.info("%s pages of signatories are written", f"{count:,}")
    yield from signatories.files(register)
    yield from _badges(config, register)
    if not press.preview:
        yield from _printed(config, register, sha256(press.listed[listing.JSON]).hexdigest())


def _pour(made: Page, template: jinja2.Template, shared: Mapping[str, Any], config: MkDocsConfig) -> str:
    """Return a page in its frame, as MkDocs would make it; `shared` is what it gives every template."""
    file = File.generated(config, _uri(made), content="")
    file.edit_uri = _edit_uri(made, config.extra["press"], config)
    page = SitePage(made.title, file, config)
    page.meta = {"title": made.title, "description": made.description}
    page.content = made.html
    own = {"page": page, "base_url": get_relative_url(".", page.url)}
    return template.render(shared, **own, **_frame(config, made))


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _tell(findings: tuple[Finding, ...], edition: Edition, *, preview: bool) -> None:
    """Say what the check found. Raises PluginError for errors, unless an editor is looking at a preview. An
    organisation whose file has errors is left out and named, which only fails a strict build."""
    if not findings:
        return
    text = f"the check of the charter says\n\n{report.text(findings)}"
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if not preview and not all(check.of_register(finding, edition) for finding in errors):
        raise PluginError(text)
    log.log(logging.ERROR if errors else logging.INFO, text)
    if left_out := sorted({finding.path for finding in errors if check.of_register(finding, edition)}):
        log.error("left out of the register until it is mended: %s", ", ".join(map(report.visible, left_out)))


def _frame(config: MkDocsConfig, made: Page | None) -> dict[str, Any]:
    """Return what every template of the frame may use beside MkDocs' own values. `made` is the page, where it
    is made of the charter."""
    press: Press = config.extra["press"]
    charter = press.charter
    return {
        "charter": charter,
        "numbers": number.numbers(charter) if charter else {},
        "made": made,
        "licence_address": pages.licence_address,
        "foot": _foot(made.foot if made and made.foot else press.foot),
        "menu": press.menu,
        "feeds": feeds.links(press.history, config.site_url or "", made),
        **_found(press, made),
        # MkDocs puts an inline script into a preview, which the policy of the published site would refuse.
        "policy": None if press.preview else config.extra["content_security_policy"],
    }


def _found(press: Press, made: Page | None) -> dict[str, Any]:
    """Return what a preview says at the top of a page: on one that is made of a file the findings that
    concern it, and where the others can be read, by the paths of their files; on the home page all of them,
    and on every page where not even that could be made."""
    if not press.preview:
        return {"findings": (), "elsewhere": {}}
    if not any(page.kind == "home" for page in press.pages.values()) or (made and made.kind == "home"):
        return {"findings": press.findings, "elsewhere": {}}
    source = made.source if made else ""
    shown = {page.source: page.address for page in reversed(press.pages.values()) if page.source}
    own = [finding for finding in press.findings if source in _concerned(finding)]
    others = [finding.path for finding in press.findings if source not in _concerned(finding)]
    return {"findings": own, "elsewhere": {path: shown.get(path, ".") for path in others}}


def _concerned(finding: Finding) -> tuple[str, ...]:
    """Return the files that a finding is about."""
    return (finding.path, *finding.about)


def _pdfs(config: MkDocsConfig, history: pages.History, kept: shelf.Shelf) -> dict[str, bytes]:
    """Return the PDF of every version. Raises PluginError in plain words where one cannot be made."""
    try:
        return shelf.pdfs(shelf.orders(history, config.site_url or ""), kept)
    except PressError as error:
        raise PluginError(str(error)) from error


def _papers(held: cafe.Cafe, date: str, site: str, kept: shelf.Shelf) -> dict[str, bytes]:
    """Return what is printed to hold a café, by address. Raises PluginError in plain words where something
    cannot be made."""
    try:
        return dict(paper_of_cafe.papers(held, kept, date=date, site=site))
    except PressError as error:
        raise PluginError(str(error)) from error


def _unasked(press: Press) -> Iterator[str]:
    """Yield the scripts, by the start of their addresses, that no page asks for."""
    asking = [
        page.html + page.unsearched
        for page in press.pages.values()
        if page.kind in {"changes", "competencies", "draft", "register", "self-assessment"}
    ]
    for script, published in SCRIPTS.items():
        if not any(script in html for html in asking):
            yield from published


def _starting(start: str, files: Files) -> str:
    """Return the address of the one file whose address begins with `start`."""
    return next(file.url for file in files if file.src_uri.startswith(start))


def _uri(page: Page) -> str:
    """Return the name of a page's source, as MkDocs and the links in docs/ give it."""
    return f"{page.address.rstrip('/') or 'index'}.md"


def _edit_uri(page: Page, press: Press, config: MkDocsConfig) -> str | None:
    """Return where a page's file lies as seen from docs/, or None where it is not in this repository."""
    return f"../{page.source}" if page.source and press.source.is_relative_to(_root(config)) else None


def _belongs_to_another(file: File, press: Press) -> bool:
    """Whether a page of docs/ names, as `only_for`, another charter than the one that is built."""
    owner = get_data(file.content_string)[1].get("only_for")
    return owner is not None and (press.charter is None or owner != press.charter.title)


def _nav(items: list[Any], press: Press, left_out: Collection[str]) -> Iterator[Any]:
    """Yield mkdocs.yml's nav with the charter's pages put in, and without the pages that are left out."""
    for item in items:
        for title, value in item.items():
            if isinstance(value, str) and value in MENU:
                below = [{page.title: uri} for uri, page in press.pages.items() if page.kind in MENU[value]]
            elif isinstance(value, list):
                below = list(_nav(value, press, left_out))
            elif value not in left_out:
                yield item
                continue
            else:
                continue
            if below:
                yield {title: below}


def _menu(page: Page) -> bool:
    """Whether a page stands in the nav: the others are reached from pages that do."""
    return page.kind in ("home", "rules") or any(page.kind in kinds for kinds in MENU.values())


def _assets(config: MkDocsConfig, press: Press, files: Files) -> Iterator[tuple[str, bytes]]:
    """Yield address and bytes of the files that are made for the site as a whole."""
    licences = {}
    for font in config.extra["fonts"]:
        package = importlib.import_module(font["package"])
        licences[package.FAMILY] = (package.ROOT / "LICENSE").read_bytes()
        file, cache = package.ROOT / "files" / font["file"], _root(config) / config.extra["font_cache"]
        yield f"assets/fonts/{font['name']}.woff2", fonts.cut_once(file, font.get("axes"), cache)
    for family, licence in licences.items():
        yield f"assets/fonts/{number.slug(family)}-licence.txt", licence
    values = {
        "title": config.site_name,
        "material": Path(_starting(MATERIAL["material_css"], files)).name,
        "policy": config.extra["content_security_policy"],
    }
    for uri, template in MADE.items():
        yield uri, press.templates.get_template(template).render(values).encode()
    feet = signatories.FEET if press.register and press.register.entries else ()
    for foot in {press.foot, *feet, *(page.foot for page in press.pages.values() if page.foot)}:
        yield _foot(foot), press.templates.get_template("foot.css").render(values, foot=foot).encode()
    if press.notes:
        yield cafe.NOTES, press.notes
    site = config.site_url or ""
    yield from export.files(press.edition).items()
    yield from press.listed.items()
    yield from competencies.files(press.charter, press.edition.current).items()
    yield from feeds.files(press.history, site, press.templates, press.register).items()
    for schema in sorted(SCHEMAS.iterdir()):
        yield f"schemas/{schema.name}", schema.read_bytes()


def _badges(config: MkDocsConfig, register: signatories.Register) -> Iterator[tuple[str, bytes]]:
    """Yield the badge of the charter, and that of every organisation."""
    files = {
        font["name"]: importlib.import_module(font["package"]).ROOT / "files" / font["file"]
        for font in config.extra["fonts"]
    }
    letters = badge.Letters(title=files["text-bold"], words=files["text"])
    cache = _root(config) / config.extra["font_cache"]
    return badge.badges(
        register.current.charter.title,
        register.entries,
        lambda title, words: badge.draw_once(title, words, letters, cache),
    )


def _printed(
    config: MkDocsConfig, register: signatories.Register, digest: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the list of signatories and their certificates as PDFs. Raises PressError where one cannot be
    made."""
    kept: shelf.Shelf = config.extra["press"].shelf
    site, most = config.site_url or "", config.extra["pdf_certificates"]
    can = printable.printable(register.entries, kept)
    for at, pdf in paper.documents(register, can, kept, site=site, digest=digest):
        log.info("%s is written", at)
        yield at, pdf
    yield from certificate.certificates(register, can, kept, site=site, most=most)


def _foot(words: str) -> str:
    """Return the address of the print style that puts `words` at the foot of a page."""
    return f"assets/stylesheets/foot/{sha256(words.encode()).hexdigest()[:12]}.css"
