"""Releases and the register → Atom feeds (RFC 4287): all versions, those of each principle, and who signs.

Everything follows from the releases, the register and the address of the site: a feed says the same on every
day. The ids are made of digests, so that they never change, wherever the site is published.
"""

from __future__ import annotations

from collections.abc import Mapping

import jinja2

from charterpress.model import Page
from charterpress.outputs.feeds.atom import FeedSite
from charterpress.outputs.feeds.reports import reports_feed
from charterpress.outputs.feeds.signatories import LATEST, signatories_feed
from charterpress.outputs.feeds.versions import version_feeds
from charterpress.text.interface import SOURCE
from charterpress.text.interface import gettext as _
from charterpress.views import addresses
from charterpress.views.history import History
from charterpress.views.languages import SiteLanguage
from charterpress.views.signatories import RegisterView

__all__ = ["LATEST", "feed_files", "feed_links"]
_IN_ENGLISH = SiteLanguage(tag=SOURCE, page=SOURCE)


def feed_files(
    history: History,
    site: str,
    templates: jinja2.Environment,
    register: RegisterView | None = None,
    language: SiteLanguage = _IN_ENGLISH,
    *,
    languages: tuple[SiteLanguage, ...] = (),
    digest: str = "",
) -> Mapping[str, bytes]:
    """Return every feed by address; none before the first release, nor where it is not known where the site
    stands: the addresses in a feed are whole. `site` ends in a slash; `templates` hold feed_version.html and
    feed_signature.html; `register` is None before there is a version to sign; `language` is that of the site,
    whose words are in use, and `languages` are all that the site is in; `digest` is that of
    signatories.json."""
    if not history.releases or not site:
        return {}
    first, last = history.releases[0], history.releases[-1]
    here = FeedSite(address=site, first=first, charter=last.charter, language=language, languages=languages)
    files = version_feeds(history, here, templates.get_template("feed_version.html"))
    if register:
        template = templates.get_template("feed_signature.html")
        files[addresses.SIGNATORIES_FEED] = signatories_feed(register, here, template, digest)
        if register.reports:
            template = templates.get_template("feed_report.html")
            files[addresses.REPORTS_FEED] = reports_feed(register, register.reports, here, template)
    return files


def feed_links(
    history: History, site: str, page: Page | None, *, reports: bool = False
) -> tuple[tuple[str, str], ...]:
    """Return title and address of the feeds that a page announces: that of all versions, on the page of a
    principle its own, and on those of the register that of who signs. The arguments are those of
    `feed_files`; `reports` says whether there is a feed of them."""
    if not history.releases or not site:
        return ()
    versions = (_("Versions"), addresses.VERSIONS_FEED)
    if page and page.address.startswith(addresses.REGISTER):
        own = ((_("Reports"), addresses.REPORTS_FEED),) if reports else ()
        return ((_("Signatories"), addresses.SIGNATORIES_FEED), *own, versions)
    if page and page.kind in ("principle", "retired"):
        id = page.address.split("/")[-2]
        title = _("Versions that changed “{title}”").format(title=page.title)
        return versions, (title, addresses.principle_feed_address(id))
    return (versions,)
