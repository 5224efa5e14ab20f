"""An address → the place on the charter's site that it leads to, if any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from charterpress.model.errors import CharterError, UsageError
from charterpress.text.extras import missing_extra
from charterpress.text.interface import gettext as _
from charterpress.views.addresses import changes_address, version_address

if TYPE_CHECKING:
    from ada_url import URL

DEFAULT_PORTS = {"http:": 80, "https:": 443}
"""The schemes of web pages, and the port that each stands for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """Where the charter's site stands: `url_host` as browsers compare it, `port` as written, None for the
    scheme's own, and the folder's path in segments, none at the root of a host. `places` are the paths in it
    that are of one version, and which; '' is none."""

    url: str
    host: str
    port: int | None
    folder: tuple[str, ...]
    places: dict[tuple[str, ...], str]


def parse_url(address: str, base: str | None = None) -> URL | None:
    """An address as browsers read it, relative to `base`; None where they can make nothing of it. Scheme,
    host, IDNA, ports, dots and backslashes follow the URL standard of the WHATWG. Raises CharterError without
    the extra “links”."""
    try:
        from ada_url import URL  # noqa: PLC0415 - a package that need not be there
    except ImportError as error:
        raise CharterError(missing_extra("links", _("to read addresses of pages"))) from error
    try:
        return URL(address, base)
    except ValueError:
        return None


def charter_site(address: str, versions: Iterable[str]) -> Site:
    """The site at `address`, with its versions. Raises UsageError where that is no web address of one."""
    url = parse_url(address)
    if url is None or url.protocol not in DEFAULT_PORTS or url.username or url.password:
        raise UsageError(
            _("“{address}” is not the address of a site; write it as https://charter.example/").format(
                address=address
            )
        )
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
    """The host of an address, without the dot that may end it."""
    return url.hostname.removesuffix(".")


def _is_same_host(one: str, other: str) -> bool:
    """Whether two hosts are one, with `www.` or without: a third of all links to a site leave it out or add
    it, and one leads to the other."""
    return one.removeprefix("www.") == other.removeprefix("www.")


def linked_version(site: Site, url: URL) -> str | None:
    """Where on the charter's site an address leads: to a version, to '' for anywhere else there, or to None,
    which is off the site.

    What stands under a version's address (its page, its files) is that version, except for the page that
    says what it changed. A moving alias (versions/latest/, versions/1/, versions/1.0/) is no version.
    Segments are compared whole; query and fragment say nothing, nor does whether it is http or https, or
    whether the host has `www.`."""
    if url.protocol not in DEFAULT_PORTS or _port(url) != site.port:
        return None
    if not _is_same_host(url_host(url), site.host):
        return None
    segments, depth = _segments(url), len(site.folder)
    if segments[:depth] != site.folder:
        return None
    longest = max(map(len, site.places), default=0)
    starts = (segments[depth : depth + length] for length in range(longest, 0, -1))
    return next((site.places[start] for start in starts if start in site.places), "")


def _inside(address: str) -> tuple[str, ...]:
    """An address on the site, in segments."""
    return tuple(address.strip("/").split("/"))


def _segments(url: URL) -> tuple[str, ...]:
    """The path in segments. They are decoded once they stand apart: %2F is part of a name."""
    return tuple(unquote(segment) for segment in url.pathname.split("/")[1:])


def _port(url: URL) -> int | None:
    """The port, where it is not its scheme's own."""
    return int(url.port) if url.port and int(url.port) != DEFAULT_PORTS.get(url.protocol) else None
