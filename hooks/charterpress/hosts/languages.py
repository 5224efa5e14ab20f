"""The further languages of a site → their pages, which MkDocs does not build."""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as MkDocsPage

from charterpress import site as sites
from charterpress.editing.report import asks_reports
from charterpress.hosts.defaults import PERMALINK_TITLE
from charterpress.hosts.navigation import is_direct, page_at, shown_title, source_uri, with_pages
from charterpress.hosts.page_renderer import PageRenderer, page_source
from charterpress.model import Page
from charterpress.outputs.generic_pages import translated_pages
from charterpress.outputs.html.templates import MISSING_PAGE
from charterpress.site import Site
from charterpress.text.interface import direction, gettext, use_language
from charterpress.text.languages import name_in, primary_language
from charterpress.views.addresses import SEARCH_INDEX, is_shared
from charterpress.views.languages import SiteLanguage

_LINK = re.compile(r'(<[a-zA-Z][^<>]*?\s(?:href|src|poster)=")([^"]+)(")')
"""A link in the HTML of a page of docs/."""
_TITLE = re.compile(rf'(<a class="headerlink"[^<>]*?) title="{PERMALINK_TITLE}"')
"""The title of the link that stands beside a heading there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What a page of docs/ says: its HTML, its front matter, its title, and the headings that MkDocs found.
    `language` is the tag of its language."""

    html: str
    meta: dict[str, Any]
    title: str
    toc: Any
    language: str


@dataclass(kw_only=True)
class LanguageSite:
    """The site in one language, with what MkDocs knows of it. All addresses are those below the language's
    root."""

    site: Site
    config: MkDocsConfig
    files: Files
    navigation: Navigation
    shared: frozenset[str] = frozenset()
    """The files of docs/ that are at the root of the whole site alone."""
    entries: list[dict[str, Any]] = field(default_factory=list)
    """What the search finds."""


def take_translated(files: Files, languages: Iterable[Site]) -> dict[str, list[File]]:
    """Remove the pages of docs/ in each of the further `languages` from MkDocs' files: return them by the
    prefix of the language, with the names that their sources have in the language that the charter is
    written in."""
    taken: dict[str, list[File]] = {}
    for each in languages:
        prefix = each.language.prefix
        own = [file for file in files.documentation_pages() if file.src_uri.startswith(prefix)]
        for file in own:
            files.remove(file)
        taken[prefix] = [_below(file, prefix) for file in own]
    return taken


def _below(file: File, prefix: str) -> File:
    """The same file with its addresses below the root of its language."""
    moved = copy.copy(file)
    moved.abs_src_path = file.abs_src_path
    moved.src_uri = file.src_uri.removeprefix(prefix)
    moved.dest_uri = file.dest_uri.removeprefix(prefix)
    moved.url = file.url.removeprefix(prefix) or "./"
    return moved


def language_site(
    site: Site,
    config: MkDocsConfig,
    files: Files,
    translated: Iterable[File],
    *,
    navigation: list[Any],
    left_out: set[str],
    edited: bool,
) -> LanguageSite:
    """Return the site in a further language. `config` and `files` are MkDocs' for the first language, the
    latter with all pages; `translated` are the pages of docs/ in this language; `navigation` is that of
    mkdocs.yml, without the sources `left_out`; `edited` says whether pages link to where to edit them."""
    language = site.language
    own = copy.copy(config)
    if site.charter:
        own.site_name, own.site_description = str(site.charter.title), str(site.charter.summary)
    if config.site_url:
        own.site_url = config.site_url + language.prefix
    # What is only to be downloaded has the same address in every language, or one that the site knows.
    media = [file for file in files if not file.is_documentation_page() and file.abs_src_path]
    pages = Files([*media, *translated])
    for name, text in translated_pages(
        language.tag,
        repository=site.settings.repository,
        editors=site.settings.editors,
        reports=asks_reports(site.view.edition),
    ):
        there = files.get_file_from_path(name)
        if name not in pages.src_uris and (there is None or not there.abs_src_path):
            pages.append(File.generated(own, name, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
    for file in files.documentation_pages():
        if file.src_uri not in pages.src_uris and page_at(site, file.src_uri) is None:
            pages.append(_like(file, own))
    for page in site.pages.values():
        if source_uri(page) not in pages.src_uris:
            pages.append(page_source(page, own, edited=edited))
    with use_language(language.page):
        own.nav = with_pages(navigation, site, pages.src_uris.keys(), left_out)
    named = {file.src_uri for file in pages if file.is_documentation_page() and file.abs_src_path}
    own.nav = [*_by_own_titles(own.nav, named)]
    return LanguageSite(
        site=site,
        config=own,
        files=pages,
        navigation=get_navigation(pages, own),
        shared=frozenset(file.dest_uri for file in media if not file.dest_uri.startswith(language.prefix)),
    )


def _by_own_titles(items: list[Any], translated: Collection[str]) -> Iterator[Any]:
    """Yield the entries of a navigation, without the titles that mkdocs.yml has in another language for pages
    that are `translated`."""
    for item in items:
        if not isinstance(item, dict):
            yield item
            continue
        for title, value in item.items():
            if isinstance(value, list):
                yield {title: [*_by_own_titles(value, translated)]}
            else:
                yield value if value in translated else {title: value}


def _like(file: File, config: MkDocsConfig) -> File:
    made = File.generated(config, file.src_uri, content="", inclusion=file.inclusion)
    made.edit_uri = file.edit_uri
    return made


# --- Pages -------------------------------------------------------------------------------------------


def language_files(
    further: LanguageSite,
    render: PageRenderer,
    words: Mapping[str, Words],
    log: Callable[..., Any],
) -> Iterator[tuple[str, bytes]]:
    """Yield every page of a further language and its documents, by their addresses on the whole site. `words`
    are what the pages of docs/ say in the language of the charter, by the names of their sources. Raises
    CharterError if a document cannot be made."""
    built, prefix = further.site, further.site.language.prefix
    with use_language(built.language.page):
        pages = [
            (file.page or MkDocsPage(None, file, further.config), own)
            for file in further.files.documentation_pages()
            if not (own := page_at(built, file.src_uri)) or not is_direct(own)
        ]
        said = [_fill(page, own, further, words) for page, own in pages]  # first all: pages name one another
        for (page, own), each in zip(pages, said, strict=True):
            foreign = "" if own else foreign_language(each, built.language)
            html = render.navigated(page, own, words_language=foreign)
            yield f"{prefix}{page.file.dest_uri}", html.encode()
        yield f"{prefix}{MISSING_PAGE}", render.missing().encode()
        yield f"{prefix}{SEARCH_INDEX}", sites.search_index(built, further.entries)
    yield from sites.site_documents(built, is_direct, render.direct, log)


def _fill(page: MkDocsPage, own: Page | None, further: LanguageSite, words: Mapping[str, Words]) -> Words:
    """Give a page its content and front matter, and note what the search finds on it. Return what docs/ says
    on it."""
    said = _words(page, further, words)
    html = (own.html if own else "") + (_untranslated_part(said, further) if own else "") + said.html
    page.meta = dict(said.meta)
    page.toc = said.toc
    if own:
        page.meta |= {"title": own.title, "description": own.description}
    elif said.title:
        page.title = shown_title(said.title, further.site)
    if own is None or own.searched:
        # MkDocs has no title for a page that is in no menu and that it did not read itself.
        named = str(page.title or page.meta.get("title") or page.file.name)
        title = further.config.site_name if page.is_homepage else named
        about, weight = page.meta.get("description", ""), page.meta.get("search_weight", 1)
        further.entries.append(sites.page_entry(own, page.url, title, html, about, weight=weight))
    page.content = html + (own.unsearched if own else "")
    return said


def _untranslated_part(said: Words, further: LanguageSite) -> str:
    """What to say before words of docs/ that go on with a page of the charter in another language."""
    if not (tag := foreign_language(said, further.site.language)):
        return ""
    name = name_in(tag, further.site.language.page)
    words = gettext("This part has not been translated: its words are in {language}.").format(language=name)
    # Markup would escape the HTML that it is added to.
    return str(Markup('<p class="untranslated">{}</p>\n').format(words))


def _words(page: MkDocsPage, further: LanguageSite, words: Mapping[str, Words]) -> Words:
    """What a page of docs/ says in this language; if it is not translated, its words marked as what they are
    in, and its links led to where the language has them."""
    file, language = page.file, further.site.language
    if file.abs_src_path or file.content_string:
        page.read_source(further.config)
        page.render(further.config, further.files)
        html = _linked(page.content or "", page.url, further)
        own = Words(html=html, meta=dict(page.meta), title="", toc=page.toc, language=language.tag)
        return replace(own, html=marked_words(own, language))
    if (source := words.get(file.src_uri)) is None or not source.html:
        return Words(
            html="", meta=dict(source.meta) if source else {}, title="", toc=[], language=language.tag
        )
    html = _linked(marked_words(source, language), page.url, further)
    return replace(source, html=html)


def page_addresses(files: Files) -> frozenset[str]:
    """Return the addresses of the pages among `files`."""
    return frozenset("" if file.url in (".", "./") else file.url for file in files.documentation_pages())


def foreign_language(words: Words, language: SiteLanguage) -> str:
    """Return the tag of what `words` are in, if it is not `language`; or ''."""
    other = primary_language(words.language) != primary_language(language.tag)
    return words.language if words.html and other else ""


def marked_words(words: Words, language: SiteLanguage) -> str:
    """Return the HTML of `words` for a page in `language`, with their own on it if it is another."""
    html = words.html
    with use_language(language.page):
        if (title := gettext(PERMALINK_TITLE)) != PERMALINK_TITLE:
            html = _TITLE.sub(Markup(r'\1 title="{}"').format(title), html)
    if not html or primary_language(words.language) == primary_language(language.page):
        return html
    mark = Markup('<div lang="{}" dir="{}">').format(words.language, direction(words.language))
    return f"{mark}\n{html}\n</div>"


def _linked(html: str, here: str, further: LanguageSite) -> str:
    """The HTML of the page at `here`, with the links to what is at the root of the whole site led there."""
    up = "../" * further.site.language.prefix.count("/")

    def lead(found: re.Match[str]) -> str:
        before, target, after = found.groups()
        path = re.split(r"[?#]", target, maxsplit=1)[0]
        if not path or re.match(r"[a-zA-Z][\w+.-]*:|/", target):
            return found[0]
        address = posixpath.normpath(posixpath.join(here, path))
        outside = address in further.shared or is_shared(address)
        return f"{before}{up if outside else ''}{target}{after}"

    return _LINK.sub(lead, html)
