"""An internet of the tests' own: names, public addresses, and servers behind them on this computer."""

from __future__ import annotations

import asyncio
import re
import socketserver
import ssl
import threading
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from ipaddress import ip_address

import httpcore2
import trustme

import loops
from charterpress.linkcheck.fetch import Client, Limits
from charterpress.linkcheck.guard import FetchError, UnreachableError, is_public, resolve_host

PUBLIC = "93.184.216.34"
"""An address that everybody may ask; here it leads to a server of the tests."""
OTHER = "93.184.216.35"
SITE = "https://charter.example/"
HARBOUR = "https://harbour.example/"
SIGNED = '<a href="https://charter.example/versions/1.0.0/">signed</a>'
"""The page of an organisation, and what it says that signed."""
QUICK = Limits(seconds=300, connecting=300, page=20_000, robots=5_000)
"""Small sizes, and all the time that a busy computer may need."""
HASTY = replace(QUICK, seconds=0.7)
"""No time to wait for what does not come."""
CONTENT_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
SLACK = 300
"""Seconds that a busy computer may add to a limit."""


def why(found, kind=UnreachableError):
    """The reason of a failure of one kind."""
    assert type(found) is kind, found
    return str(found)


@cache
def authority() -> trustme.CA:
    """Whose certificates the tests trust; anybody else's are bad."""
    return trustme.CA()


def trust() -> ssl.SSLContext:
    """A client's view of certificates: those of `authority` are good."""
    context = ssl.create_default_context()
    authority().configure_trust(context)
    return context


def served(body: bytes | str = b"", status="200 OK", kind="text/html", **headers) -> bytes:
    """A whole answer; `headers` are others, with _ for -."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def moved(location: str, status="302 Found") -> bytes:
    return served(status=status, Location=location)


MISSING = served("nothing", status="404 Not Found")


def drip(start: bytes, piece: bytes, every=0.05):
    """A server that sends `start`, and then `piece` again and again, for ever."""

    def talk(connection, server):
        connection.sendall(start)
        while not server.closing.wait(every):
            connection.sendall(piece)

    return talk


@dataclass
class Server:
    """A server on this computer. `says` is by path: the bytes of an answer, or what talks on a connection;
    a path that is not there is answered 404. `asked` are the requests, with all of their headers and what was
    posted; `met` counts the connections."""

    says: dict
    port: int = 0
    asked: list[str] = field(default_factory=list)
    met: int = 0
    closing: threading.Event = field(default_factory=threading.Event)
    _count: threading.Lock = field(default_factory=threading.Lock)

    @property
    def paths(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        paths = [head.split(" ")[1] for head in self.asked]
        return [path for path in paths if path != "/robots.txt"]

    def handle(self, connection, context):
        """One connection, from its start to its end."""
        with self._count:
            self.met += 1
        try:
            with suppress(OSError):  # the other side left, which is what most of these tests are for
                if context:
                    connection = context.wrap_socket(connection, server_side=True)
                self._talk(connection)
        finally:
            connection.close()

    def _talk(self, connection):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(4096)
            if not piece:
                return
            head += piece
            if head.startswith(b"\x16"):  # the greeting of TLS, which is no HTTP
                connection.sendall(served(status="400 Bad Request"))
                return
        # All that is sent is read: closing a connection with something unread takes the answer back with it.
        head, _, body = head.partition(b"\r\n\r\n")
        length = CONTENT_LENGTH.search(head)
        while length and len(body) < int(length[1]) and (piece := connection.recv(4096)):
            body += piece
        self.asked.append((head + b"\r\n\r\n" + body).decode("latin-1"))
        says = self.says.get(self.asked[-1].split(" ")[1], MISSING)
        if isinstance(says, bytes):
            connection.sendall(says)
        else:
            says(connection, self)


@contextmanager
def running(server: Server, *, tls=None):
    """`server`, listening on a port of its own until the end; `tls` is the name in its certificate, or a
    whole context."""
    context = tls
    if isinstance(tls, str):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority().issue_cert(tls).configure_cert(context)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            server.handle(self.request, context)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler, bind_and_activate=True) as listening:
        listening.daemon_threads = True
        server.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            listening.shutdown()
            thread.join()


class Internet(httpcore2.AsyncNetworkBackend):
    """What a client sees of the world: `resolve` looks names up in `names`, where a list of lists answers
    differently every time; connecting goes to the server at an address and port. Every address that is not
    public leads to `private`, on every port. Its servers stop where its `with` ends."""

    def __init__(self):
        self.names: dict[str, list] = {}
        self.servers: dict[tuple[str, int], Server] = {}
        self.stack = ExitStack()
        secret = Server({"/": served("secret"), "/robots.txt": served("")})
        self.private = self.stack.enter_context(running(secret))
        self.waited: list[float] = []
        self.looked_up: list[str] = []
        self.dialled: list[tuple[str, int]] = []
        self.silent: set[str] = set()
        """Addresses that never answer."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stack.close()

    def open(self, name, says, *, port=443, tls=True, address="") -> Server:
        """A server that is called `name`, at `address`, or at one of its own: PUBLIC is the first."""
        address = address or self.names.get(name, [f"93.184.216.{34 + len(self.servers)}"])[0]
        server = self.stack.enter_context(running(Server(says), tls=name if tls is True else tls))
        self.names.setdefault(name, [address])
        self.servers[address, port] = server
        return server

    async def resolve(self, host):
        self.looked_up.append(host)
        if host not in self.names:
            try:
                ip_address(host)
            except ValueError:
                raise OSError("no such name") from None
            return await resolve_host(host)
        addresses = self.names[host]
        if addresses and isinstance(addresses[0], list):
            return addresses.pop(0)
        return addresses

    async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):  # noqa: ASYNC109
        self.dialled.append((host, port))
        if host in self.silent:
            await asyncio.sleep(timeout)
            raise httpcore2.ConnectTimeout
        server = self.servers.get((host, port)) if is_public(host) else self.private
        if server is None:
            raise httpcore2.ConnectError("nobody is there")
        return await httpcore2.AnyIOBackend().connect_tcp("127.0.0.1", server.port, timeout)

    def client(self, limits=QUICK) -> Client:
        """A client whose only way out this is."""
        return Client(
            site=SITE, resolve=self.resolve, dial=self, trust=trust(), limits=limits, sleep=self.sleep
        )

    async def sleep(self, seconds: float) -> None:
        """Note how long somebody would have waited."""
        self.waited.append(seconds)

    def read(self, *addresses, limits=QUICK):
        """What a client makes of each of these addresses, one after the other: a page or a failure."""

        async def all_of_them():
            client = self.client(limits)
            return [await one(client, each) for each in addresses]

        async def one(client, address):
            try:
                return await client.page(address)
            except FetchError as failure:
                return failure

        found = loops.run(all_of_them())
        return found if len(addresses) > 1 else found[0]
