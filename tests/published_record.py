"""A built site → what of it may never change, and what a later site has lost of that.

`python tests/published_record.py FOLDER VERSION` builds the site of the charter in FOLDER and writes its
record there, once: it is never written anew.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

import pytest
from lxml import etree, html

import fork_server
import site_server
from charterpress import cli
from charterpress.cli import fetch, publish
from charterpress.forges import lost_addresses, site_addresses

NAME = "published.json"
ADDRESS = "https://harbour-charter.org/"
FROZEN = ("versions/SHA256SUMS", "versions/*/charter.json")
"""Files whose bytes are part of what was signed."""
WITH_ANCHORS = (
    *("versions/*/index.html", "versions/*/changes/index.html"),
    *("charter/**/*.html", "signatories/**/*.html"),
)
DATA = ("versions.json", "signatories/signatories.json", "practice/competencies/competencies.json")
ATOM = "{http://www.w3.org/2005/Atom}"


def build(folder: Path, site: Path) -> None:
    """Build the site of the charter in `folder` into `site`. Raises RuntimeError if that fails."""
    done = fork_server.run("mkdocs", "build", "--strict", "--site-dir", site, cwd=folder)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def record(site: Path) -> dict[str, Any]:
    """Return what a built site promises: its addresses; the digests of frozen files; the anchors of pages;
    where its redirects lead; the ids in its feeds; the keys of its data and the columns of its tables."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = {name: html.fromstring((site / name).read_bytes()) for name in _matching(site, WITH_ANCHORS)}
    return {
        "addresses": list(site_addresses(files)),
        "digests": {name: _digest(site / name) for name in _matching(site, FROZEN)},
        "anchors": {
            name: list(page.xpath("//main//@id")) for name, page in pages.items() if not _moved(page)
        },
        "redirects": {name: _moved(page) for name, page in pages.items() if _moved(page)},
        "feeds": {name: _ids(site / name) for name in _matching(site, ("feeds/**/*.atom",))},
        "keys": {name: _keys_of(site / name) for name in _matching(site, DATA)},
        "columns": {name: _columns(site / name) for name in _matching(site, ("**/*.csv",))},
    }


def losses(before: dict[str, Any], now: dict[str, Any], given_up: str = "") -> Iterator[str]:
    """Say in sentences what the record `now` lacks of the record `before`. `given_up` lists the addresses
    that went on purpose."""
    for address in lost_addresses("\n".join(before["addresses"]), now["addresses"], given_up):
        yield f"{address} is gone"
    for kind, what in (("digests", "bytes"), ("redirects", "destination")):
        for name, value in before[kind].items():
            if now[kind].get(name) != value:
                yield f"{name} has another {what}"
    for kind, what in (("anchors", "anchor"), ("feeds", "id"), ("keys", "key")):
        for name, values in before[kind].items():
            for value in values:
                if value not in now[kind].get(name, ()):
                    yield f"{name} lost the {what} {value}"
    for name, columns in before["columns"].items():
        if now["columns"].get(name, [])[: len(columns)] != columns:
            yield f"{name} has other columns"


def _matching(site: Path, patterns: Iterable[str]) -> list[str]:
    found = {path.relative_to(site).as_posix() for pattern in patterns for path in site.glob(pattern)}
    return sorted(name for name in found if site_addresses([name]))  # not those that nobody is promised


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _moved(page: html.HtmlElement) -> str:
    """Where a page that has moved leads to, or ''."""
    return "".join(page.xpath("//a[@data-moved]/@href"))


def _ids(feed: Path) -> list[str]:
    return [element.text for element in etree.parse(feed).iter(f"{ATOM}id")]


def _keys_of(data: Path) -> list[str]:
    return sorted({*_keys(json.loads(data.read_bytes()))})


def _keys(value: Any, path: str = "") -> Iterator[str]:
    """The path of every key, such as signatories[].signed[].version."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield f"{path}.{key}".lstrip(".")
            yield from _keys(below, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for below in value:
            yield from _keys(below, f"{path}[]")


def _columns(table: Path) -> list[str]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))


# --- Publishing over it ------------------------------------------------------------------------------------


def publish_over(folder: Path, before: Mapping[str, Any], published: Path) -> int:
    """Run `charter publish --check` in `folder`, which git keeps, where a site with the record `before` is
    published; return its exit code. The new site is in `folder`/site. What is published of the old one is
    laid into the empty folder `published`, and served on a loopback address."""
    (published / "versions").mkdir()
    sums = (folder / "charter/releases/SHA256SUMS").read_text(encoding="utf-8")
    (published / "versions/SHA256SUMS").write_text(sums.replace(".json", "/charter.json"), encoding="utf-8")
    lines = "".join(f"{each}\n" for each in before["addresses"])
    (published / "addresses.txt").write_text(lines, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, site_server.serve(published) as served:
        patch.chdir(folder)
        patch.setattr(
            publish, "fetch_published", lambda url: fetch.fetch_published(url.replace(ADDRESS, served))
        )
        patch.setattr(publish, "build_website", _build_website)
        return cli.main(["publish", "--check", "--site-url", ADDRESS])


def _build_website(_: object, log: TextIO, *, site_dir: str, site_url: str) -> Path | None:
    done = fork_server.run("charter", "build", "--site-dir", site_dir, "--site-url", site_url, cwd=Path.cwd())
    log.write(done.stdout + done.stderr)
    return None if done.returncode else Path(site_dir)


def main(folder: Path, version: str) -> None:
    """Write the record of the charter in `folder`, as `version` publishes it. Raises FileExistsError if there
    is one."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise ValueError(f"“{version}” is no version")
    if (folder / NAME).exists():
        raise FileExistsError(f"{folder} has a record, which is never written anew")
    with tempfile.TemporaryDirectory() as temporary:
        copied = shutil.copytree(folder, Path(temporary, "charter"))
        site = Path(temporary, "site")
        build(copied, site)
        text = json.dumps({"version": version} | record(site), indent=1, ensure_ascii=False)
        (folder / NAME).write_text(f"{text}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
