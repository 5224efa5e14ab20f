"""The generator's own manual, as `make manual` builds it: whole, and the same each time."""

from __future__ import annotations

import re

import pytest
from lxml import html

from charterpress.hosts.navigation import EDITORS_ORDER
from checkouts import ROOT, broken_links, build, files

DECISIONS = ROOT / "docs/developers/decisions"


def built_manual(folder):
    """The manual in `folder`."""
    done = build(ROOT, "--strict", "-f", "manual.yml", "--site-dir", str(folder))
    assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr
    return folder


@pytest.fixture(scope="module")
def manual(tmp_path_factory):
    return built_manual(tmp_path_factory.mktemp("manual") / "site")


def test_it_has_every_page_and_every_link_leads_somewhere(manual):
    pages = {path.parent.relative_to(manual).as_posix() for path in manual.rglob("index.html")}
    assert {f"editors/{name}" for name in EDITORS_ORDER} <= pages
    assert {f"decisions/{path.stem}" for path in DECISIONS.glob("0*.md")} <= pages
    assert {"adopt", "upgrading", "releasing", "architecture"} <= pages
    assert {"sign", "propose", "charter"} & pages == set()
    assert broken_links(manual, "https://manual.example/") == []
    rules = (manual / "editors/rules/index.html").read_text(encoding="utf-8")
    assert "title-length" in rules


def test_its_navigation_has_every_page(manual):
    home = html.parse(manual / "index.html").getroot()
    listed = {link.rstrip("/") for link in home.xpath("//nav[contains(@class, 'md-nav')]//a/@href")}
    pages = {path.parent.relative_to(manual).as_posix() for path in manual.rglob("index.html")} - {"."}
    assert sorted(pages - listed) == []


def test_it_asks_nothing_of_others(manual):
    for path in manual.rglob("*.html"):
        page = html.parse(path).getroot()
        asked = page.xpath("//script/@src | //img/@src | //link[@rel!='canonical']/@href")
        assert [address for address in asked if re.match("(https?:)?//", address)] == [], path
    for path in manual.rglob("*.css"):
        assert re.findall(r"url\([\"']?(?:https?:)?//", path.read_text(encoding="utf-8")) == [], path


@pytest.mark.long
def test_two_builds_are_alike(manual, tmp_path):
    assert files(built_manual(tmp_path / "site")) == files(manual)
