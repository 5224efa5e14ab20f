"""Serves a built site on a loopback address, under a folder of the host, with the headers it asks for."""

from __future__ import annotations

import contextlib
import sys
import threading
from fnmatch import fnmatchcase
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Headers = list[tuple[str, list[tuple[str, str]]]]


def parse_headers(text: str) -> Headers:
    """Reads a `_headers` file (the format of Netlify and Cloudflare Pages): a path pattern, where `*` stands
    for anything, then its headers, indented. Lines that start with # are comments."""
    rules: Headers = []
    for line in text.splitlines():
        name, _, value = line.strip().partition(":")
        if line[:1].isspace() and name and not name.startswith("#"):
            rules[-1][1].append((name.strip(), value.strip()))
        elif name and not name.startswith("#"):
            rules.append((line.strip(), []))
    return rules


class Handler(SimpleHTTPRequestHandler):
    """Answers as a static host does: index pages, a redirect to the folder, the site's own 404 page."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args, prefix: str, rules: Headers, **kwargs):
        self.prefix = prefix
        self.rules = rules
        super().__init__(*args, **kwargs)

    def send_head(self):
        if not self.path.startswith(self.prefix):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def translate_path(self, path):
        return super().translate_path(path.removeprefix(self.prefix.rstrip("/")))

    def end_headers(self):
        address = "/" + self.path.partition("?")[0].removeprefix(self.prefix)
        for pattern, headers in self.rules:
            if fnmatchcase(address, pattern):
                for name, value in headers:
                    self.send_header(name, value)
        self.send_header("Cache-Control", "no-cache")  # or a browser guesses how long a page stays as it is
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        body = page.read_bytes() if page.is_file() and self.path.startswith(self.prefix) else b"not found"
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args):
        """Says nothing: a test's output is the test's."""


class Server(ThreadingHTTPServer):
    """A server that says nothing of connections which the other side shuts."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def listening(handler: Callable[..., SimpleHTTPRequestHandler]) -> Iterator[str]:
    """Has `handler` answer while the block runs; gives the address of the host."""
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def serve(site: Path, prefix: str = "/") -> Iterator[str]:
    """Serves the folder `site` under `prefix` while the block runs; gives its address, which ends in /."""
    headers = site / "_headers"
    rules = parse_headers(headers.read_text(encoding="utf-8")) if headers.is_file() else []
    with listening(partial(Handler, directory=str(site), prefix=prefix, rules=rules)) as address:
        yield address + prefix
