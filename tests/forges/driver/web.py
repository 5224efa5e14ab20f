"""The published site on the web, behind a proxy: its files, redirects, and names that do not resolve."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from loopback import MISSING, authority, served

SITE = "charter.harbour.org"
Answer = Callable[[str], bytes]


class Web:
    """What answers at each name, by path; a name that is not there does not resolve."""

    def __init__(self) -> None:
        self.sites: dict[str, Answer] = {}
        self.environment: dict[str, str] = {}

    def serve(self, folder: Path) -> None:
        """Answer at SITE with the files of a folder."""

        def answer(path: str) -> bytes:
            file = folder / (path.lstrip("/") or "index.html")
            return served(file.read_bytes()) if file.is_file() else MISSING

        self.sites[SITE] = answer


@contextmanager
def running(folder: Path) -> Iterator[Web]:
    """A proxy on this computer behind which all of `Web` is; its `environment` leads programs there."""
    web = Web()

    class Proxy(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                name = _head(self.request).split(" ")[1].partition(":")[0]
                if name not in web.sites:
                    self.request.sendall(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
                    return
                self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                authority().issue_cert(name).configure_cert(context)
                with context.wrap_socket(self.request, server_side=True) as connection:
                    connection.sendall(web.sites[name](_head(connection).split(" ")[1]))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy) as server:
        server.daemon_threads = True
        authority().cert_pem.write_to_path(folder / "authority.pem")
        address = f"http://127.0.0.1:{server.server_address[1]}"
        web.environment = {"https_proxy": address, "SSL_CERT_FILE": str(folder / "authority.pem")}
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()


def _head(connection: ssl.SSLSocket) -> str:
    """The head of a request."""
    head = b""
    while b"\r\n\r\n" not in head and (piece := connection.recv(4096)):
        head += piece
    return head.decode("latin-1")
