"""The files of a built site → its addresses, and which published ones would be lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

from charterpress.model.errors import CharterError
from charterpress.text.interface import gettext as _
from charterpress.views import addresses

UNPROMISED = re.compile(
    rf"assets/|search/|{addresses.COMPARE}[^/]+/|{addresses.REGISTER_PRINT}"
    rf"|{addresses.REGISTER}(?:signatories-[^/]*\.pdf$|[^/]+/certificate)"
)
"""Addresses that nobody is promised: what pages are dressed in, lists that are cut anew as they grow, and a
version beside the current one, for the page that says that it is not here leads on to both."""
_PUBLIC_URL = re.compile(r"https://(\w[\w-]*(?:\.\w[\w-]*)*)(?::\d{1,5})?(?:/[A-Za-z0-9._~%/-]*)?")
"""A host, a port and a path: with a name, a question or a space in it, no page's address could follow."""


def site_addresses(files: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of a site, in order, from the paths of its files. A page is named by its folder;
    what may come and go is left out."""
    pages = {re.sub(r"(?:^|(?<=/))index\.html$", "", path) for path in files}
    return tuple(sorted(path for path in pages if not UNPROMISED.match(path)))


def lost_addresses(before: str, now: Iterable[str], given_up: str = "") -> tuple[str, ...]:
    """Return the addresses in `before`, one a line, that are not in `now`. `given_up` lists those removed on
    purpose in the same format, with the reason after a #."""
    allowed = {line.partition("#")[0].strip() for line in given_up.splitlines()}
    kept = {*now, *allowed}
    return tuple(line for line in before.splitlines() if line not in kept and not UNPROMISED.match(line))


def require_public_url(site: str) -> None:
    """Raise CharterError if `site` is not an address at which a site can be published."""
    match = _PUBLIC_URL.fullmatch(site)
    host = match[1].lower() if match else "localhost"
    if f".{host}".endswith((".example", ".invalid", ".localhost")):
        raise CharterError(
            _("“{site}” is not where a site can be: set SITE_URL to the address that it will have").format(
                site=site
            )
        )
