"""A host's name → a connection to one of its addresses, and to a public one only.

The name is looked up once, every address it has is judged, and the connection goes to one of these very
addresses: there is no second look-up that could answer differently. A redirect comes by here again."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Network, ip_address, ip_network

import httpcore2

from charterpress.text.interface import gettext as _

Resolver = Callable[[str], Awaitable[Sequence[str]]]
"""A host's name, or an address in any notation → its addresses. Raises OSError."""

WEB_PORTS = frozenset({80, 443})
MAX_ADDRESSES = 4
"""Addresses of one host that are tried, one after the other."""

NAT64 = IPv6Network("64:ff9b::/96")
"""Where a network without IPv4 shows all of IPv4 (RFC 6052): judged by the address within."""
GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that is given out to be reached from everywhere."""
SPECIAL_NETWORKS = [
    ip_network("2001::/23"),  # protocols: Teredo and others that carry an address within
    ip_network("2001:db8::/32"),  # documentation
    ip_network("2002::/16"),  # 6to4, which carries an IPv4 address
    ip_network("3fff::/20"),  # documentation
    ip_network("168.63.129.16/32"),  # answers every virtual machine of one large host, and is no page
    ip_network("192.0.0.0/24"),  # protocols
    ip_network("192.31.196.0/24"),  # answers for private addresses (AS112), as do the next two
    ip_network("192.52.193.0/24"),
    ip_network("192.175.48.0/24"),
    ip_network("192.88.99.0/24"),  # 6to4 relays
    ip_network("224.0.0.0/4"),  # multicast
]
"""What `ipaddress` calls global, in one Python or another, and is no place of a page (IANA's registries of
special-purpose addresses)."""


class FetchError(Exception):
    """A page that was not read; its text says why."""


class RefusedError(FetchError):
    """A page that we do not ask for."""


class UnreachableError(FetchError):
    """A page that was asked for and did not come."""


class SlowError(UnreachableError):
    """A page that did not come in time."""


def is_public(address: str) -> bool:
    """Whether an IP address, as digits, can be reached by everybody, so that asking it gives nothing away."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    is_ordinary = ip.is_global and not any(ip in network for network in SPECIAL_NETWORKS)
    if isinstance(ip, IPv4Address):
        return is_ordinary
    if ip.scope_id is not None:
        return False
    if ip.ipv4_mapped is not None:
        return is_public(str(ip.ipv4_mapped))
    if ip in NAT64:
        return is_public(str(IPv4Address(ip.packed[-4:])))
    return ip in GLOBAL_UNICAST and is_ordinary


async def resolve_host(host: str) -> tuple[str, ...]:
    """The addresses that this computer's resolver gives a host, each once, in the order to try them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class Guard(httpcore2.AsyncNetworkBackend):
    """The only way out. `resolve` looks names up, once for each connection; `dial` connects to an address,
    given as digits, and is not asked before all of a host's addresses were found public. `patience` is how
    long one address may take to answer, in seconds."""

    def __init__(self, resolve: Resolver, dial: httpcore2.AsyncNetworkBackend, *, patience: float) -> None:
        self._resolve = resolve
        self._dial = dial
        self._patience = patience

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the parent's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to a public address of `host`. Raises Refused and Unreachable."""
        if port not in WEB_PORTS:
            raise RefusedError(_("port {port} is not one of web pages").format(port=port))
        try:
            addresses = await self._resolve(host.strip("[]"))
        except (OSError, UnicodeError) as problem:
            raise UnreachableError(_("its host has no address")) from problem
        if not addresses:
            raise UnreachableError(_("its host has no address"))
        if not all(map(is_public, addresses)):
            raise RefusedError(_("its host has an address that is not public"))
        for address in addresses[:MAX_ADDRESSES]:
            try:
                return await self._dial.connect_tcp(
                    address, port, timeout or self._patience, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        raise UnreachableError(_("its host does not answer"))
