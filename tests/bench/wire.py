"""A built site, served compressed on a loopback address, and Chromium → what a page asks for, in bytes."""

from __future__ import annotations

import contextlib
import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from conftest import CHROMIUM_FLAGS, find_chromium
from site_server import listening

PACKED = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
"""What a host compresses; fonts, pictures and PDFs are small already."""
QUIET, SOON = 1500, 500
"""After so many milliseconds in which it asks for nothing, and waits for nothing, a page has all that it asks
for: a script may ask late on a busy machine. The second is for a bench where time is short."""
PATIENCE = 120_000
"""How many milliseconds a page may take on a machine that does much else."""
KEPT = "max-age=600"
"""How long a browser keeps what it was given; it is what GitHub Pages says."""


@dataclass(frozen=True, kw_only=True)
class Weight:
    """What a visit asked for: how many answers, and their bytes as they were sent, without their headers."""

    requests: int
    bytes: int


@dataclass(frozen=True, kw_only=True)
class Served:
    """A site at an address, which ends in /; what it was asked for, and the bytes of all answers that it has
    given."""

    address: str
    asked: list[str] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or a browser waits 40 ms for words that follow their head, as of no host

    def __init__(self, *args, asked: list[str], sent: list[int], **kwargs):
        self.asked, self.sent = asked, sent
        super().__init__(*args, **kwargs)

    def do_GET(self):
        self.asked.append(self.path)
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"")
            return
        kind, body = self.guess_type(file), file.read_bytes()
        packed = kind.startswith(PACKED)
        self._answer(HTTPStatus.OK, kind, gzip.compress(body, 9) if packed else body, packed=packed)

    def _answer(self, status: HTTPStatus, kind: str, body: bytes, *, packed: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", KEPT)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        try:
            self.wfile.write(body)
        finally:  # a page that was left does not wait for it
            self.sent.append(len(body))

    def log_message(self, *args):
        """Says nothing: what was sent is counted."""


@contextlib.contextmanager
def serve(site: Path) -> Iterator[Served]:
    """Serve the folder `site` as a host does, with gzip -9, while the block runs."""
    asked: list[str] = []
    sent: list[int] = []
    handler = partial(_Handler, directory=str(site), asked=asked, sent=sent)
    with listening(handler) as address:
        yield Served(address=f"{address}/", asked=asked, sent=sent)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, while the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def visit(
    browser: Browser,
    served: Served,
    *paths: str,
    then: Callable[[Page], object] | None = None,
    quiet: int = QUIET,
) -> list[Weight]:
    """Open pages one after another, as somebody who was never there: the first finds an empty cache, the next
    what that one left. `then` is what is done on each, and `quiet` how many milliseconds without a request
    are its end. Return what every page asked for, with that."""
    found = []
    with opened(browser) as page:
        for path in paths:
            before = len(served.sent)
            page.goto(served.address + path, wait_until="load")
            if then:
                then(page)
            _settle(page, served, quiet)
            sent = served.sent[before:]
            found.append(Weight(requests=len(sent), bytes=sum(sent)))
    return found


@contextlib.contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """Open a window that has an empty cache, and close it after the block."""
    with browser.new_context() as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


def _settle(page: Page, served: Served, quiet: int) -> None:
    seen = -1
    while seen != len(served.sent) or seen != len(served.asked):
        seen = len(served.sent)
        page.wait_for_timeout(quiet)
