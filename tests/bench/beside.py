"""One text, built by us and by what people would use instead → what each of them takes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import draw
import histories
import plain
from measure import ROOT, Build, Command, Run, compare, middle, ours, rounds, run
from section import Section

PEERS = ROOT / ".cache" / "peers" / "bin"
LARGE = 180
"""How many principles the larger text has: with all the rest, more than 200 pages."""
FIRST, OURS, MATERIAL, ZENSICAL = "ours, first build", "ours", "mkdocs with Material", "zensical"
OWN = (FIRST, OURS)
REAL = "the real charter"
MOST = 0.8
"""The real charter has to take less than this much of plain Material's processor time."""
PAGES = 200
"""From as many pages on, ours is to take less than zensical."""
FIGURES = (
    ("seconds", "processor (s)", 2),
    ("wall", "clock (s)", 2),
    ("memory", "memory (MiB)", 0),
    ("written", "written (MiB)", 1),
)
"""What the table shows: a figure of a run, its heading and its decimal places."""
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


def measure(folder: Path, *, runs: int, quick: bool) -> Section:
    """Return what every tool takes for the real charter's text, and for a larger one."""
    found = [(text, _runs(text, runs, quick=quick)) for text in texts(folder, quick=quick)]
    return section(found, [tool for tool in TOOLS if not _program(tool).exists()])


def section(found: Sequence[tuple[Text, Mapping[str, Sequence[Run]]]], missing: Sequence[str]) -> Section:
    """Return what was found of each text; the tools that are `missing` were not there to be run."""
    targets = [_targets(text, took) for text, took in found]
    told = [
        (text, {tool: _cells(tool, took) for tool in took}, [said for said, _ in each])
        for (text, took), each in zip(found, targets, strict=True)
    ]
    plots = {
        f"beside-{at}": draw.bars(
            f"Processor time for {text.name}, {text.pages:,} pages",
            "seconds",
            {tool: middle(each) for tool, each in took.items()},
            own=OWN,
        )
        for at, (text, took) in enumerate(found, 1)
    }
    missed = tuple(said for each in targets for said, met in each if not met)
    words = {"texts": told, "missing": missing, "figures": [heading for _, heading, _ in FIGURES]}
    return Section(name="beside", found=words, plots=plots, missed=missed)


def _cells(tool: str, took: Mapping[str, Sequence[Run]]) -> list[str]:
    """A tool's figures, each with the times as much that it is as ours."""
    told = [f"{middle(took[tool], field):,.{places}f}" for field, _, places in FIGURES]
    if tool == OURS:
        return told
    ratios = [compare(took[tool], took[OURS], field) for field, _, _ in FIGURES]
    return [
        f"{figure} = {ratio.median:.2f} × ({ratio.least:.2f} to {ratio.greatest:.2f})"
        for figure, ratio in zip(told, ratios, strict=True)
    ]


def _targets(text: Text, took: Mapping[str, Sequence[Run]]) -> list[tuple[str, bool]]:
    """Each target in a sentence, and whether it is met; what has none is met."""
    found = []
    for tool, most, asked in ((MATERIAL, MOST, text.name == REAL), (ZENSICAL, 1, text.pages >= PAGES)):
        if tool in took:
            beside, first = compare(took[OURS], took[tool]), compare(took[FIRST], took[tool])
            target = f", and has to take less than {most}" if asked else ""
            said = (
                f"Ours takes {beside} times the processor time of {tool}{target}."
                f" Our first build, which makes every PDF as well, takes {first} times as much."
            )
            found.append((said, not asked or beside.median < most))
    return found


def texts(folder: Path, *, quick: bool) -> list[Text]:
    """Write the texts below `folder`: the real charter's, and a larger one."""
    sources: dict[str, Path | None] = {REAL: None}
    if not quick:
        sources["a larger one"] = histories.write_principles(folder / "large", [LARGE])[LARGE]
    return [_text(name, source, folder / f"text-{at}") for at, (name, source) in enumerate(sources.items())]


def _text(name: str, source: Path | None, folder: Path) -> Text:
    folder.mkdir()
    site = folder / "ours"
    run(ours(site, source), keep=True)
    pages, words = plain.docs(site, folder / "docs")
    shutil.rmtree(site)
    sides = {FIRST: ours(site, source, cold=True), OURS: ours(site, source)}
    sides |= {tool: write(folder) for tool, write in TOOLS.items() if _program(tool).exists()}
    return Text(name=name, pages=pages, words=words, sides=sides)


def _runs(text: Text, runs: int, *, quick: bool) -> dict[str, tuple[Run, ...]]:
    """Build with every tool in turns, where there is time after one build of each that is not counted: it
    reads the disk."""
    what = f"beside the others, {text.name}"
    if not quick:
        others = {tool: build for tool, build in text.sides.items() if tool not in OWN}
        rounds(others, 1, f"{what}, not counted")
    return rounds(text.sides, runs, what)


def _program(tool: str) -> Path:
    return PEERS / tool.split(maxsplit=1)[0]


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
    MATERIAL: _mkdocs("{name: material, font: false}", "material"),
    "mkdocs with its own theme": _mkdocs("mkdocs", "mkdocs"),
    ZENSICAL: _zensical,
    "hugo": _hugo,
}
