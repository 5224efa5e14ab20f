"""A web address → the page behind it, politely and within limits, or why there is none."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpcore2
from ada_url import URL
from protego import Protego

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
from charterpress.text.interface import gettext as _

USER_AGENT = "charter-links"
"""The name that robots.txt calls us by."""
_NAMED = re.compile(r"(?i)\s*user[- ]?agent\s*:?\s*([^#]*)")
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", ""})
"""The types of a page; a server that names none is taken to mean one."""
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
"""All that a server and the way to it can do to a request."""


BUSY_STATUSES = frozenset({429, 503})
"""Answers of a server that asks to be asked again later."""
MISSING_STATUSES = frozenset({404, 410})
"""Answers of a server that has nothing at an address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What one page may cost. `seconds` are all that it takes, redirects and robots.txt with it, but not the
    waiting for its turn; `connecting` are those for one address of its host; sizes are in bytes, unpacked. A
    server that is busy is asked again `retries` times, after as long as it asks for, but `waiting` seconds at
    the most."""

    seconds: float = 10
    connecting: float = 4
    redirects: int = 5
    retries: int = 2
    waiting: float = 60
    page: int = 2_000_000
    robots: int = 512_000


@dataclass(frozen=True, kw_only=True, slots=True)
class _Response:
    """What a server answered: the address it answered for, the headers that matter, and where it leads on
    to, if anywhere."""

    url: URL
    status: int
    onward: str = ""
    kind: str = ""
    charset: str = ""
    body: bytes = b""
    retry_after: float = 0


class Robots:
    """The rules of one site (RFC 9309)."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse("\n".join(map(_merge_other_agents, text.splitlines())))

    def allow(self, address: str) -> bool:
        """Whether `address`, on this site, may be read by us."""
        return self._rules.can_fetch(address, USER_AGENT)


def _merge_other_agents(line: str) -> str:
    """A line as it is, but with one name for all robots that are not us: the parser's cost grows with the
    number of names times that of rules, and both are a stranger's."""
    named = _NAMED.match(line)
    if not named or named[1].strip().lower() in {"*", USER_AGENT}:
        return line
    return "User-agent: another"


class Client:
    """Asks for pages: one request at a time a host, where robots.txt allows it, without cookies, names,
    passwords or referrer, and past every proxy, which would connect to addresses that nobody judged.

    `site` is the address of the charter's site, which the user agent names, or ''. `resolve` and `dial` are
    the way out (see `Guard`), `trust` says whose certificates are good, `accept` which types are asked for,
    and `sleep` waits so many seconds."""

    def __init__(
        self,
        *,
        site: str,
        resolve: Resolver = resolve_host,
        dial: httpcore2.AsyncNetworkBackend | None = None,
        trust: ssl.SSLContext | None = None,
        limits: Limits | None = None,
        accept: str = "text/html,application/xhtml+xml",
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._agent = f"{USER_AGENT}/1.0 (+{site})" if site else f"{USER_AGENT}/1.0"
        self._limits = limits or Limits()
        self._accept = accept
        self._sleep = sleep
        guard = Guard(resolve, dial or httpcore2.AnyIOBackend(), patience=self._limits.connecting)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=trust or httpcore2.default_ssl_context(),
            network_backend=guard,
            max_connections=None,
            max_keepalive_connections=0,
        )
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._robots: dict[str, Robots | FetchError] = {}
        self._reading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def page(self, address: str) -> Page:
        """The page at `address`. Raises Refused where we do not ask for it, and Unreachable where it does not
        come, or not as a page."""
        got = _require_success(await self._patient_response(address))
        if got.kind not in HTML_TYPES:
            raise UnreachableError(_("it is no HTML"))
        return Page(address=got.url.href.partition("#")[0], body=got.body, charset=got.charset)

    async def file(self, address: str) -> bytes | None:
        """The bytes at `address`, whatever they are; None where its host says that nothing is there. Raises
        as `page` does."""
        got = await self._patient_response(address)
        return None if got.status in MISSING_STATUSES else _require_success(got).body

    async def post(self, address: str, kind: str, body: bytes) -> bytes:
        """What a service, not a page, answers to `body`, which is of a `kind`: robots.txt is not asked, and
        no redirect followed. Raises as `page` does."""
        url = _require_web_url(addresses.parse_url(address))
        try:
            async with asyncio.timeout(self._limits.seconds) as clock:
                got = await self._request(url, clock, most=self._limits.page, cut=False, post=(kind, body))
        except TimeoutError as problem:
            raise self._too_slow() from problem
        return _require_success(got).body

    def _too_slow(self) -> SlowError:
        return SlowError(_("it took longer than {seconds:g} seconds").format(seconds=self._limits.seconds))

    async def _patient_response(self, address: str) -> _Response:
        """The answer of a host that is asked again while it is busy."""
        got = await self._page_response(address)
        for _ignored in range(self._limits.retries):
            if got.status not in BUSY_STATUSES:
                break
            await self._sleep(min(got.retry_after, self._limits.waiting))
            got = await self._page_response(address)
        return got

    async def _page_response(self, address: str) -> _Response:
        try:
            async with asyncio.timeout(self._limits.seconds) as clock:
                return await self._follow(address, clock, most=self._limits.page, asking=True)
        except TimeoutError as problem:
            raise self._too_slow() from problem

    async def _follow(self, address: str, clock: asyncio.Timeout, *, most: int, asking: bool) -> _Response:
        """The answer at the end of all redirects; `asking` says whether robots.txt is asked before each
        request, and whether a body that is too long is an error."""
        url = _require_web_url(addresses.parse_url(address))
        for _ignored in range(self._limits.redirects + 1):
            if asking and not (await self._rules(url, clock)).allow(url.href):
                raise RefusedError(_("robots.txt asks us not to read it"))
            got = await self._request(url, clock, most=most, cut=not asking)
            if not got.onward:
                return got
            url = _require_web_url(addresses.parse_url(got.onward, url.href))
        raise UnreachableError(
            _("it was redirected more than {redirects} times").format(redirects=self._limits.redirects)
        )

    async def _request(
        self, url: URL, clock: asyncio.Timeout, *, most: int, cut: bool, post: tuple[str, bytes] = ("", b"")
    ) -> _Response:
        """One request, with what is posted and its type. This is the only place that asks anybody."""
        kind, content = post
        more = [("Content-Type", kind), ("Content-Length", str(len(content)))] if kind else []
        method, sent_headers = "POST" if kind else "GET", [*self._headers(url), *more]
        async with _hold(self._turns[addresses.url_host(url)], clock):
            try:
                asked = self._pool.stream(method, _target(url), headers=sent_headers, content=content or None)
                async with asked as response:
                    status, headers = response.status, _headers(response.headers)
                    if status in REDIRECT_STATUSES and headers["location"]:
                        return _Response(url=url, status=status, onward=headers["location"])
                    packed, sent = headers["content-encoding"], response.aiter_stream()
                    body = await decompress(sent, packed, most, cut=cut) if status == 200 else b""
            except REQUEST_ERRORS as problem:
                raise UnreachableError(_reason(problem)) from problem
        kind, _ignored, rest = headers["content-type"].partition(";")
        match = CHARSET.search(rest)
        charset = match[1] if match else ""
        return _Response(
            url=url,
            status=status,
            kind=kind.strip().lower(),
            charset=charset,
            body=body,
            retry_after=_seconds_to_wait(headers["retry-after"], headers["date"]),
        )

    async def _rules(self, url: URL, clock: asyncio.Timeout) -> Robots:
        """What the robots.txt of an address's site says, asked for once. Raises as `page` does where it
        cannot be had: then nothing may be read there (RFC 9309)."""
        async with _hold(self._reading[url.origin], clock):
            if url.origin not in self._robots:
                try:
                    self._robots[url.origin] = await self._read_rules(url, clock)
                except FetchError as problem:
                    self._robots[url.origin] = type(problem)(
                        _("{problem} (asked for its robots.txt)").format(problem=problem)
                    )
                except asyncio.CancelledError:
                    # Whoever asks next would wait as long, and this page's time is over.
                    self._robots[url.origin] = SlowError(
                        _("it did not come in time (asked for its robots.txt)")
                    )
                    raise
        rules = self._robots[url.origin]
        if isinstance(rules, FetchError):
            raise type(rules)(str(rules))
        return rules

    async def _read_rules(self, url: URL, clock: asyncio.Timeout) -> Robots:
        got = await self._follow(f"{url.origin}/robots.txt", clock, most=self._limits.robots, asking=False)
        if got.status >= 500:
            raise UnreachableError(_("the answer was {status}").format(status=got.status))
        return await asyncio.to_thread(Robots, got.body.decode("utf-8", errors="replace"))

    def _headers(self, url: URL) -> list[tuple[bytes | str, bytes | str]]:
        """All that a server is told."""
        return [
            ("Host", addresses.url_host(url) + (f":{url.port}" if url.port else "")),
            ("User-Agent", self._agent),
            ("Accept", self._accept),
            ("Accept-Encoding", ACCEPT_ENCODING),
            ("Connection", "close"),
        ]


def _require_success(got: _Response) -> _Response:
    if got.status != 200:
        raise UnreachableError(_("the answer was {status}").format(status=got.status))
    return got


@asynccontextmanager
async def _hold(lock: asyncio.Lock, clock: asyncio.Timeout) -> AsyncIterator[None]:
    """Hold `lock`; waiting for it takes nothing of the page's time."""
    loop = asyncio.get_running_loop()
    left = (clock.when() or 0) - loop.time()
    clock.reschedule(None)
    try:
        await lock.acquire()
    finally:
        clock.reschedule(loop.time() + left)
    try:
        yield
    finally:
        lock.release()


def _require_web_url(url: URL | None) -> URL:
    """An address that may be asked for, as far as it tells. Raises Refused."""
    if url is None or url.protocol not in addresses.DEFAULT_PORTS:
        raise RefusedError(_("its address is not one of the web"))
    if url.username or url.password:
        raise RefusedError(_("its address holds a name or a password"))
    if url.port and int(url.port) not in WEB_PORTS:
        raise RefusedError(_("port {port} is not one of web pages").format(port=url.port))
    return url


def _target(url: URL) -> httpcore2.URL:
    """The address as the library takes it, in the parts that were judged; it reads nothing itself."""
    return httpcore2.URL(
        scheme=url.protocol.removesuffix(":"),
        host=addresses.url_host(url),
        port=int(url.port or addresses.DEFAULT_PORTS[url.protocol]),
        target=url.pathname + url.search,
    )


def _headers(sent: list[tuple[bytes, bytes]]) -> defaultdict[str, str]:
    """The headers of an answer, by name in small letters; '' for one that was not sent, and the values of one
    that was sent twice with a comma between them."""
    headers: defaultdict[str, str] = defaultdict(str)
    for raw, latin in sent:
        name, value = raw.decode("latin-1").lower(), latin.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _seconds_to_wait(retry_after: str, sent: str) -> float:
    """The seconds that a server asks to wait (RFC 9110, 10.2.3): a number, or a date after that of its
    answer, `sent`; where it does not say, five."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        wait = parsedate_to_datetime(retry_after) - parsedate_to_datetime(sent)
    except (TypeError, ValueError):
        return 5
    return max(wait.total_seconds(), 0)


def _reason(problem: BaseException) -> str:
    """What went wrong, in words for people; what a server says of itself is not repeated."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _("its certificate is not good")
        if isinstance(cause, ssl.SSLError):
            return _("no safe connection could be made")
        cause = cause.__cause__ or cause.__context__
    if isinstance(problem, httpcore2.ProtocolError):
        return _("the answer is not HTTP as it should be")
    if isinstance(problem, httpcore2.TimeoutException | TimeoutError):
        return _("its host does not answer")
    return _("the connection failed")
