"""A site and one of its pages → the values that the page template shows around the page."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from charterpress.model import Page
from charterpress.outputs.feeds import feed_links
from charterpress.outputs.html.practice.practice_pages import VALUES
from charterpress.outputs.html.templates import MISSING_PAGE
from charterpress.outputs.search.stemmers import is_english, stemmer_address
from charterpress.outputs.style import scripts
from charterpress.site.build import Site
from charterpress.site.files import print_style_address, script_words_address
from charterpress.views import addresses, labels
from charterpress.views.languages import SiteLanguage
from charterpress.views.translated import Words


def page_context(site: Site, page: Page | None, address: str) -> dict[str, Any]:
    """The values that the page template and its partials may use, for the page at `address`. `page` is None
    for a page that is not the charter's."""
    shown = site.view.shown
    card, card_words = _card(site, page)
    footer, header = (page.footer, page.header) if page and page.footer else (site.view.footer, "")
    return {
        "site": site,
        "site_language": site.language,
        "script_styles": [*filter(None, map(scripts.style_address, _tags(site, page)))],
        "script_font": scripts.font_address(site.language.tag),
        "languages": _languages(site, address),
        "words_language": "",
        "unpublished": _unpublished(site, page),
        "root_url": site.settings.address.removesuffix(site.language.prefix),
        "look": site.settings.look,
        "charter": site.charter,
        "numbers": shown.numbers if shown else {},
        "charter_page": page,
        "footer_style": print_style_address(footer, header, site.language.prefix),
        "menu": site.menu,
        "repository": site.settings.repository,
        "script_words": script_words_address(site),
        "card": card and f"{site.language.prefix}{card}",
        "card_words": card_words,
        "manifest": addresses.MANIFEST,
        "touch_icon": next((each for each in addresses.ICONS if each in site.pictures), ""),
        "index_address": addresses.SEARCH_INDEX,
        "search_language": "" if is_english(site.language.tag) else site.language.tag,
        "search_stemmer": stemmer_address(site.language.tag),
        "feeds": feed_links(
            site.view.history,
            site.settings.address,
            page,
            reports=bool(site.view.register and site.view.register.reports),
        ),
        **_preview_findings(site, page),
        # A preview's inline script, which MkDocs adds, would be refused by the policy of the published site.
        "policy": None if site.settings.preview else site.settings.policy,
    }


CURRENT = (
    "home",
    "whole",
    "commitments",
    "theme",
    "principle",
    "practice",
    "sign",
    *(name.replace("/", "-") for name in VALUES),
)
"""The kinds of pages that show the words of the current version."""


class Unpublished(NamedTuple):
    """A version that is not published in the language of a page which shows its text. `translated` says
    whether it is being translated."""

    version: str
    translated: bool


def _unpublished(site: Site, page: Page | None) -> Unpublished | None:
    """What to say at the top of `page` of the text that it shows; None if it is published in its language."""
    current = site.view.edition.current
    if page is None or site.language.is_source or current is None:
        return None
    version = page.number if page.kind == "version" else current.version if page.kind in CURRENT else ""
    words = site.translated.words.get(version, Words.PUBLISHED)
    return None if words is Words.PUBLISHED else Unpublished(version, words is Words.WORKING)


class OtherLanguage(NamedTuple):
    """The page in a language: the link to it, relative or, from the page for missing addresses, whole; and
    its absolute address, '' if it is not known where the site will be."""

    language: SiteLanguage
    link: str
    url: str


def _languages(site: Site, address: str) -> tuple[OtherLanguage, ...]:
    """The page at `address` in every language of the site, this one among them; none if it has one."""
    if len(site.languages) < 2:
        return ()
    root = site.settings.address.removesuffix(site.language.prefix)
    here = site.language.prefix + address
    return tuple(
        OtherLanguage(
            language=each,
            link=_root_path(root) + each.prefix + address
            if address == MISSING_PAGE
            else addresses.relative(each.prefix + address, here),
            url=f"{root}{each.prefix}{address}" if root else "",
        )
        for each in site.languages
    )


def _tags(site: Site, page: Page | None) -> list[str]:
    """The languages that a page has words of: that of the site, and another one beside it."""
    tags = [site.language.tag]
    if page and page.kind == "side-by-side":
        beside = page.address.rstrip("/").rpartition("/")[2]
        tags += [each.tag for each in site.languages if each.tag == beside and each.tag not in tags]
    return tags


def _root_path(root: str) -> str:
    return urlsplit(root or "/").path


def _card(site: Site, page: Page | None) -> tuple[str, str]:
    """The picture of a link to `page`, and what it says besides the site's name: that of the version which
    the page is about, or that of the site; '' if there is none."""
    own = f"{page.address.removesuffix('changes/')}{addresses.CARD}" if page else ""
    for release in site.view.history.releases:
        if own == addresses.card_address(release.version) and own in site.pictures:
            return own, f"{release.charter.title}: {labels.dated_release_name(release)}"
    return (addresses.CARD, "") if addresses.CARD in site.pictures else ("", "")


def _preview_findings(site: Site, page: Page | None) -> dict[str, Any]:
    """What a preview shows at the top of a page: the findings about the page's own file, and for the others
    the address where they are shown, by file. The home page shows all of them, as does every page of a site
    without a home page."""
    if not site.settings.preview:
        return {"findings": (), "elsewhere": {}}
    if not any(each.kind == "home" for each in site.pages.values()) or (page and page.kind == "home"):
        return {"findings": site.findings, "elsewhere": {}}
    source = page.source if page else ""
    places = {each.source: each.address for each in reversed(site.pages.values()) if each.source}
    own = [finding for finding in site.findings if source in finding.paths]
    others = [finding.path for finding in site.findings if source not in finding.paths]
    return {"findings": own, "elsewhere": {path: places.get(path, ".") for path in others}}
