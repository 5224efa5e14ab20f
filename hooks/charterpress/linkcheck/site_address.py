"""An address → the version of the charter that it leads to, if any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from ada_url import URL

from charterpress.model.errors import UsageError
from charterpress.views.addresses import changes_address, version_address

DEFAULT_PORTS = {"http:": 80, "https:": 443}
"""The schemes of web pages, with their default ports."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """Where the charter's site is: `host` as browsers compare it, `port`, None for the scheme's default, and
    the folder's path in segments, none at the root of a host. `places` are the paths that belong to a
    version, with that version; '' is none."""

    url: str
    host: str
    port: int | None
    folder: tuple[str, ...]
    places: dict[tuple[str, ...], str]


def parse_url(address: str, base: str | None = None) -> URL | None:
    """Return an address as browsers parse it, relative to `base`; None if it is invalid. Scheme, host, IDNA,
    ports, dots and backslashes follow the WHATWG URL standard."""
    try:
        return URL(address, base)
    except ValueError:
        return None


def charter_site(address: str, versions: Iterable[str]) -> Site:
    """Return the site at `address`, with its versions. Raises UsageError if that is not a site's web
    address."""
    url = parse_url(address)
    if url is None or url.protocol not in DEFAULT_PORTS or url.username or url.password:
        raise UsageError(f"“{address}” is not the address of a site; write it as https://charter.example/")
    folder = _segments(url)
    places = {}
    for version in versions:
        places[_inside(version_address(version))] = version
        places[_inside(changes_address(version))] = ""
    return Site(
        url=f"{url.origin}/" + "".join(f"{each}/" for each in url.pathname.split("/") if each),
        host=url_host(url),
        port=_port(url),
        folder=folder[:-1] if folder[-1] == "" else folder,
        places=places,
    )


def url_host(url: URL) -> str:
    """Return the host of an address, without a trailing dot. `www.` makes a different host."""
    return url.hostname.removesuffix(".")


def linked_version(site: Site, url: URL) -> str | None:
    """Return the version that an address leads to; '' for any other page of the charter's site, and None for
    addresses elsewhere.

    Everything under a version's address (its page, its files) is that version, except for the page of its
    changes. A moving alias (versions/latest/, versions/1/, versions/1.0/) is not a version. Whole segments
    are compared; query, fragment, and http or https make no difference.
    """
    if url.protocol not in DEFAULT_PORTS or url_host(url) != site.host or _port(url) != site.port:
        return None
    segments, depth = _segments(url), len(site.folder)
    if segments[:depth] != site.folder:
        return None
    longest = max(map(len, site.places), default=0)
    starts = (segments[depth : depth + length] for length in range(longest, 0, -1))
    return next((site.places[start] for start in starts if start in site.places), "")


def _inside(address: str) -> tuple[str, ...]:
    """Return the segments of an address on the site."""
    return tuple(address.strip("/").split("/"))


def _segments(url: URL) -> tuple[str, ...]:
    """Return the decoded segments of the path, split first: %2F is part of a name."""
    return tuple(unquote(segment) for segment in url.pathname.split("/")[1:])


def _port(url: URL) -> int | None:
    """Return the port if it is not the scheme's default."""
    return int(url.port) if url.port and int(url.port) != DEFAULT_PORTS.get(url.protocol) else None
