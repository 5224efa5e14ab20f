"""Checkouts in folders of their own, and the sites and previews that MkDocs makes of them."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html

import fork_server

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "hooks"
PARTS = ("docs", PROGRAM, "overrides")
CACHE = ".cache/charterpress"
"""What was made before; of a checkout without it, in the cache that tests/conftest.py gives to all."""
PATIENCE = 300
"""Seconds to wait for what takes two on a machine with nothing else to do."""


def checked_out(folder: Path, charter: Path = ROOT / "charter", *, whole: bool = False) -> Path:
    """Put what a build needs into `folder`. If it has to be `whole`, the pages for developers, which no site
    has, are there too, and the program is a copy instead of a link."""
    ignored = ("__pycache__", "*.egg-info") if whole else ("developers",)
    for part in PARTS:
        if whole or part != PROGRAM:
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns(*ignored))
        else:
            (folder / part).symlink_to(ROOT / part)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(charter, folder / "charter")
    return folder


def bare(folder: Path) -> Path:
    """A whole checkout with a cache of its own, in which nothing was made before."""
    (checked_out(folder, whole=True) / CACHE).mkdir(parents=True)
    return folder


def own_cache(folder: Path) -> dict[str, str]:
    """What to set for a checkout that has a cache of its own."""
    return {"XDG_CACHE_HOME": str((folder / CACHE).parent)} if (folder / CACHE).exists() else {}


def build(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build --strict` in `folder`, with `options` instead of --strict if there are any."""
    env = os.environ | {"NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"} | own_cache(folder) | environment
    return fork_server.run("mkdocs", "build", *(options or ("--strict",)), cwd=folder, env=env)


def build_anew(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build --strict` in an interpreter that reads `environment` before anything else."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"} | own_cache(folder) | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def built(folder: Path, **environment: str) -> Path:
    """Build the site of a checkout; gives the site's folder. Fails the test if it cannot be built."""
    done = build(folder, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def broken_links(site: Path, address: str) -> list[tuple[str, str]]:
    """The links from pages of a site, published at `address`, to files or anchors of it that do not exist,
    each with the name of its page."""
    pages = {
        path.relative_to(site).as_posix(): html.parse(path).getroot() for path in sorted(site.rglob("*.html"))
    }
    anchors = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        for link in page.xpath("//@href | //@src"):
            target, _, anchor = urljoin(f"{address}{name}", link).partition("#")
            if target.startswith(address):
                file = target.removeprefix(address).partition("?")[0]
                file += "index.html" if file.endswith("/") or not file else ""
                if not (site / file).is_file() or (anchor and anchor not in anchors[file]):
                    broken.append((name, link))
    return broken


@contextlib.contextmanager
def previewed(folder: Path, **environment: str) -> Iterator[str]:
    """The preview of a checkout, once it is there; gives its address, and keeps what it says in `log`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    log = folder / "log"
    command = ("mkdocs", "serve", "--dev-addr", at)
    env = os.environ | own_cache(folder) | environment
    server = fork_server.start(*command, cwd=folder, env=env, out=log, err=log)
    try:
        wait_for(f"http://{at}/", bool, server)
        yield f"http://{at}/"
    finally:
        server.terminate()


def got(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return answer.read().decode()


def wait_for(address: str, wanted: Callable[[str], object], server: fork_server.Process | None = None) -> str:
    """The page at `address` once it is as wanted, unless `server` ends before."""
    page, end = "nothing yet", time.monotonic() + PATIENCE
    while time.monotonic() < end and not (server and server.ended()):
        with contextlib.suppress(OSError):
            page = got(address)
            if wanted(page):
                return page
        time.sleep(0.1)
    return pytest.fail(f"the preview did not become as wanted; it says: {page[:2000]}")
