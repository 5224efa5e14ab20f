"""A web address → its page, fetched politely and within limits, or why there is none."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpcore2
from ada_url import URL

from charterpress.linkcheck import site_address as addresses
from charterpress.linkcheck.decompress import ACCEPT_ENCODING, decompress
from charterpress.linkcheck.guard import (
    WEB_PORTS,
    FetchError,
    Guard,
    RefusedError,
    Resolver,
    SlowError,
    UnreachableError,
    resolve_host,
)
from charterpress.linkcheck.page import Page
from charterpress.linkcheck.robots import USER_AGENT, Robots

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", ""})
"""Content types of a page; '' if the server names none."""
CHARSET = re.compile(r"(?i)\bcharset\s*=\s*\"?([\w.:+-]+)")
REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
REQUEST_ERRORS = (
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol,
    OSError,
    ValueError,
)
"""The errors that a server or the network can cause."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Limits for one page. `seconds` is its total time, with redirects and robots.txt but without waiting for
    its turn; `connecting` that for one address of its host; sizes are in bytes, decompressed."""

    seconds: float = 10
    connecting: float = 4
    redirects: int = 5
    page: int = 2_000_000
    robots: int = 512_000


class Clock:
    """The time left for one page, which can be paused while the page waits for its turn."""

    def __init__(self, timeout: asyncio.Timeout) -> None:
        self._timeout = timeout

    @asynccontextmanager
    async def stopped(self) -> AsyncIterator[None]:
        """Pause the clock."""
        loop = asyncio.get_running_loop()
        left = (self._timeout.when() or 0) - loop.time()
        self._timeout.reschedule(None)
        try:
            yield
        finally:
            self._timeout.reschedule(loop.time() + left)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Response:
    """A response: its address, status, content type, charset and body."""

    url: URL
    status: int
    kind: str = ""
    charset: str = ""
    body: bytes = b""


class Client:
    """Fetches pages: one request at a time for each host, if robots.txt allows it, without cookies,
    credentials or referrer, and without proxies, which would connect to unchecked addresses.

    `site` is the address of the charter's site, for the user agent. `resolve` and `dial` reach the network
    (see `Guard`); `trust` holds the trusted certificates.
    """

    def __init__(
        self,
        *,
        site: str,
        resolve: Resolver = resolve_host,
        dial: httpcore2.AsyncNetworkBackend | None = None,
        trust: ssl.SSLContext | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._agent = f"{USER_AGENT}/1.0 (+{site})"
        self._limits = limits or Limits()
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=trust or httpcore2.default_ssl_context(),
            network_backend=Guard(
                resolve, dial or httpcore2.AnyIOBackend(), patience=self._limits.connecting
            ),
            max_connections=None,
            max_keepalive_connections=0,
        )
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._robots: dict[str, Robots | FetchError] = {}
        self._reading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def page(self, address: str) -> Page:
        """Return the page at `address`. Raises RefusedError if it may not be requested, and UnreachableError
        if it cannot be fetched or is not a page."""
        timeout = asyncio.timeout(self._limits.seconds)
        try:
            async with timeout:
                got = await self._follow(address, Clock(timeout), most=self._limits.page, asking=True)
        except TimeoutError as problem:
            raise SlowError(f"it took longer than {self._limits.seconds:g} seconds") from problem
        if got.status != 200:
            raise UnreachableError(f"the answer was {got.status}")
        if got.kind not in HTML_TYPES:
            raise UnreachableError("it is no HTML")
        return Page(address=got.url.href.partition("#")[0], body=got.body, charset=got.charset)

    async def _follow(self, address: str, clock: Clock, *, most: int, asking: bool) -> _Response:
        """Return the response after all redirects; `asking` says whether robots.txt is obeyed, and whether an
        overlong body is an error."""
        url = _require_web_url(addresses.parse_url(address))
        for _ in range(self._limits.redirects + 1):
            if asking and not (await self._rules(url, clock)).allow(url.href):
                raise RefusedError("robots.txt asks us not to read it")
            got, onward = await self._request(url, clock, most=most, cut=not asking)
            if onward is None:
                return got
            url = _require_web_url(addresses.parse_url(onward, url.href))
        raise UnreachableError(f"it was redirected more than {self._limits.redirects} times")

    async def _request(self, url: URL, clock: Clock, *, most: int, cut: bool) -> tuple[_Response, str | None]:
        """Make one request; return the response and the redirect's target, if any. All requests are made
        here."""
        async with _hold(self._turns[addresses.url_host(url)], clock):
            try:
                async with self._pool.stream("GET", _target(url), headers=self._headers(url)) as response:
                    status, headers = response.status, _headers(response.headers)
                    if status in REDIRECT_STATUSES and headers["location"]:
                        return _Response(url=url, status=status), headers["location"]
                    packed = headers["content-encoding"]
                    sent = response.aiter_stream()
                    body = await decompress(sent, packed, most, cut=cut) if status == 200 else b""
            except REQUEST_ERRORS as problem:
                raise UnreachableError(_reason(problem)) from problem
        kind, _, rest = headers["content-type"].partition(";")
        charset = CHARSET.search(rest)
        return _Response(
            url=url,
            status=status,
            kind=kind.strip().lower(),
            charset=charset[1] if charset else "",
            body=body,
        ), None

    async def _rules(self, url: URL, clock: Clock) -> Robots:
        """Return the rules of a site's robots.txt, fetched once. Raises as `page` does if it cannot be
        fetched: then nothing may be read there (RFC 9309)."""
        async with _hold(self._reading[url.origin], clock):
            if url.origin not in self._robots:
                try:
                    self._robots[url.origin] = await self._read_rules(url, clock)
                except FetchError as problem:
                    self._robots[url.origin] = type(problem)(f"{problem} (asked for its robots.txt)")
                except asyncio.CancelledError:
                    # Whoever asks next would wait as long, and this page's time is over.
                    self._robots[url.origin] = SlowError("it did not come in time (asked for its robots.txt)")
                    raise
        rules = self._robots[url.origin]
        if isinstance(rules, FetchError):
            raise type(rules)(str(rules))
        return rules

    async def _read_rules(self, url: URL, clock: Clock) -> Robots:
        got = await self._follow(f"{url.origin}/robots.txt", clock, most=self._limits.robots, asking=False)
        if got.status >= 500:
            raise UnreachableError(f"the answer was {got.status}")
        return await asyncio.to_thread(Robots, got.body.decode("utf-8", errors="replace"))

    def _headers(self, url: URL) -> list[tuple[bytes | str, bytes | str]]:
        """Return the request headers."""
        return [
            ("Host", addresses.url_host(url) + (f":{url.port}" if url.port else "")),
            ("User-Agent", self._agent),
            ("Accept", "text/html,application/xhtml+xml"),
            ("Accept-Encoding", ACCEPT_ENCODING),
            ("Connection", "close"),
        ]


@asynccontextmanager
async def _hold(lock: asyncio.Lock, clock: Clock) -> AsyncIterator[None]:
    """Hold `lock`; the time spent waiting for it does not count."""
    async with clock.stopped():
        await lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _require_web_url(url: URL | None) -> URL:
    """Return `url` if it may be requested. Raises RefusedError."""
    if url is None or url.protocol not in addresses.DEFAULT_PORTS:
        raise RefusedError("its address is not one of the web")
    if url.username or url.password:
        raise RefusedError("its address holds a name or a password")
    if url.port and int(url.port) not in WEB_PORTS:
        raise RefusedError(f"port {url.port} is not one of web pages")
    return url


def _target(url: URL) -> httpcore2.URL:
    """Return the address for httpcore2 in the parts that were checked, so that nothing is parsed again."""
    return httpcore2.URL(
        scheme=url.protocol.removesuffix(":"),
        host=addresses.url_host(url),
        port=int(url.port or addresses.DEFAULT_PORTS[url.protocol]),
        target=url.pathname + url.search,
    )


def _headers(sent: list[tuple[bytes, bytes]]) -> defaultdict[str, str]:
    """Return the headers by lower-case name; '' for one that was not sent, repeated ones joined by commas."""
    found: defaultdict[str, str] = defaultdict(str)
    for raw, value in sent:
        name, said = raw.decode("latin-1").lower(), value.decode("latin-1")
        found[name] = f"{found[name]}, {said}" if name in found else said
    return found


def _reason(problem: BaseException) -> str:
    """Return what went wrong in plain words, without repeating anything that the server sent."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "its certificate is not good"
        if isinstance(cause, ssl.SSLError):
            return "no safe connection could be made"
        cause = cause.__cause__ or cause.__context__
    if isinstance(problem, httpcore2.ProtocolError):
        return "the answer is not HTTP as it should be"
    if isinstance(problem, httpcore2.TimeoutException | TimeoutError):
        return "its host does not answer"
    return "the connection failed"
