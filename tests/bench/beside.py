"""One text, built by us and by what people would use instead."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import histories
import plain
from measure import Build, Command, Run, run

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".cache" / "peers" / "bin"
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir")
LARGE = 180
"""How many principles the larger text has: with all the rest, more than 200 pages."""
LAYOUT = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<nav><ul>{{ range site.RegularPages }}
<li><a href="{{ .RelPermalink }}">{{ .File.BaseFileName }}</a></li>{{ end }}</ul></nav>
<main>{{ .Content }}</main></body></html>
"""


@dataclass(frozen=True, kw_only=True)
class Text:
    """What is built: `name`d, with so many pages and words, by each tool from its own folder."""

    name: str
    pages: int
    words: int
    sides: dict[str, Build]


def texts(folder: Path, *, quick: bool) -> list[Text]:
    """Write the texts below `folder`: the real charter's, and a larger one."""
    sources: dict[str, Path | None] = {"the real charter": None}
    if not quick:
        sources["a larger one"] = histories.write_principles(folder / "large", [LARGE])[LARGE]
    return [_text(name, source, folder / f"text-{at}") for at, (name, source) in enumerate(sources.items())]


def _text(name: str, source: Path | None, folder: Path) -> Text:
    folder.mkdir()
    site = folder / "ours"
    ours = Build(command=(*MKDOCS, site), folder=ROOT, site=site, source=source)
    run(ours, keep=True)
    pages, words = plain.docs(site, folder / "docs")
    shutil.rmtree(site)
    sides = {"ours": ours, "ours, again": ours}
    sides |= {tool: write(folder) for tool, write in TOOLS.items() if (PEERS / tool.split()[0]).exists()}
    return Text(name=name, pages=pages, words=words, sides=sides)


def _mkdocs(theme: str, name: str) -> Callable[[Path], Build]:
    def write(folder: Path) -> Build:
        settings = folder / f"{name}.yml"
        settings.write_text(
            f"site_name: Plain\nsite_url: https://plain.example/\ntheme: {theme}\nplugins: [search]\n",
            encoding="utf-8",
        )
        site = folder / name
        command: Command = (PEERS / "mkdocs", "build", "--quiet", "-f", settings, "--site-dir", site)
        return Build(command=command, folder=folder, site=site)

    return write


def _zensical(folder: Path) -> Build:
    """It keeps what it made in .cache, which is removed before every build: a cold one is asked for."""
    here = folder / "zensical"
    here.mkdir()
    (here / "docs").symlink_to(folder / "docs")
    (here / "mkdocs.yml").write_text(
        "site_name: Plain\nsite_url: https://plain.example/\ntheme: {name: material, font: false}\n",
        encoding="utf-8",
    )
    command: Command = (PEERS / "zensical", "build", "-f", here / "mkdocs.yml")
    return Build(command=command, folder=here, site=here / "site", fresh=(here / ".cache",))


def _hugo(folder: Path) -> Build:
    """The smallest layout that has all pages in its menu; it has no search."""
    here = folder / "hugo"
    shutil.copytree(folder / "docs", here / "content")
    for index in here.rglob("index.md"):
        index.rename(index.with_name("_index.md"))
    (here / "layouts" / "_default").mkdir(parents=True)
    for name in ("single", "list"):
        (here / "layouts" / "_default" / f"{name}.html").write_text(LAYOUT, encoding="utf-8")
    (here / "hugo.toml").write_text(
        'baseURL = "https://plain.example/"\ntitle = "Plain"\ndisableKinds = ["taxonomy", "term", "rss"]\n',
        encoding="utf-8",
    )
    command: Command = (PEERS / "hugo", "--quiet", "--destination", here / "site")
    return Build(command=command, folder=here, site=here / "site", fresh=(here / "resources",))


TOOLS: dict[str, Callable[[Path], Build]] = {
    "mkdocs with Material": _mkdocs("{name: material, font: false}", "material"),
    "mkdocs with its own theme": _mkdocs("mkdocs", "mkdocs"),
    "zensical": _zensical,
    "hugo": _hugo,
}


def measure(text: Text, runs: int) -> dict[str, list[Run]]:
    """Build with every tool in turns, after one build of each that is not counted (it fills caches)."""
    for build in text.sides.values():
        run(build)
    rounds = [{tool: run(build) for tool, build in text.sides.items()} for _ in range(runs)]
    return {tool: [each[tool] for each in rounds] for tool in text.sides}


def versions() -> dict[str, str]:
    """Return which version of each tool there is."""
    said = subprocess.run(
        (PEERS / "python", "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = dict(line.split("==") for line in said.splitlines() if "==" in line)
    return {name: found[name] for name in ("mkdocs", "mkdocs-material", "zensical", "mike", "hugo")}
