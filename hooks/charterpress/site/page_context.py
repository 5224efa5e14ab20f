"""A site and one of its pages → what the page template shows."""

from __future__ import annotations

from typing import Any

from charterpress.model import Page
from charterpress.outputs.feeds.feed_files import feed_links
from charterpress.site.build import Site
from charterpress.site.files import footer_style_address
from charterpress.views.addresses import SEARCH_INDEX


def page_context(site: Site, page: Page | None, address: str) -> dict[str, Any]:
    """The values that the page template and its partials may use. `page` is None for a page that is not the
    charter's; `address` is where the site will be published, ending in a slash, or '' if unknown."""
    shown = site.view.shown
    return {
        "site": site,
        "charter": site.charter,
        "numbers": shown.numbers if shown else {},
        "charter_page": page,
        "footer_style": footer_style_address(page.footer if page and page.footer else site.view.footer),
        "menu": site.menu,
        "index_address": SEARCH_INDEX,
        "feeds": feed_links(site.view.history, address, page),
        **_preview_findings(site, page),
        # A preview's inline script, which MkDocs adds, would be refused by the policy of the published site.
        "policy": None if site.settings.preview else site.settings.policy,
    }


def _preview_findings(site: Site, page: Page | None) -> dict[str, Any]:
    """What a preview shows at the top of a page: the findings about the page's own file, and for the others
    the address where they are shown, by file. The home page shows all of them, as does every page of a site
    without a home page."""
    if not site.settings.preview:
        return {"findings": (), "elsewhere": {}}
    if not any(each.kind == "home" for each in site.pages.values()) or (page and page.kind == "home"):
        return {"findings": site.findings, "elsewhere": {}}
    source = page.source if page else ""
    addresses = {each.source: each.address for each in reversed(site.pages.values()) if each.source}
    own = [finding for finding in site.findings if source in finding.paths]
    others = [finding.path for finding in site.findings if source not in finding.paths]
    return {"findings": own, "elsewhere": {path: addresses.get(path, ".") for path in others}}
