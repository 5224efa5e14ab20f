"""Twenty versions of the charter, built by us, by mike, and by Material as twenty copies → what each takes,
and what a reader downloads."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import histories
import plain
from beside import PEERS
from measure import MEBIBYTE, ROOT, Build, Run, run
from measure import ours as our_build
from section import Section
from wire import QUIET, SOON, Weight, chromium, serve, visit

from charterpress.model import Charter, Edition
from charterpress.read import load
from commands import git
from rendering import make_pages

VERSIONS, FEW = 20, 2
COPIES = 1
"""How often Material builds its copies: once takes minutes."""
MOST = 0.1
"""How much of mike's time and bytes ours may be."""
OURS, MIKE, COPIED = (
    "ours, in one build",
    "mike, one version after another",
    "Material, all copies in one site",
)
PARTS = {
    "the text of each version, as a page": "[0-9]*.*.*/index.html",
    "what each changed in the one before it": "*/changes/index.html",
    "each beside the current one": "compare/*..*/index.html",
    "PDF": "*/charter.pdf",
    "JSON": "*/charter.json",
    "Markdown": "*/charter.md",
}
"""What we publish of each version, by what it is called, and which files of versions/ these are."""
OTHERS = ("PDF", "JSON", "Markdown")
"""What of it mike does not make."""
SETTINGS = """\
site_name: Plain
site_url: https://plain.example/
theme: {name: material, font: false}
plugins: [search]
"""


@dataclass(frozen=True, kw_only=True)
class Side:
    """What one way of keeping versions took: its runs, the bytes of the site that came of them, and what a
    reader downloads for a version's whole text, and for that of the next, and so for one principle."""

    runs: tuple[Run, ...]
    bytes: int
    whole: tuple[Weight, Weight]
    principle: tuple[Weight, Weight]

    def median(self, field: str) -> float:
        return statistics.median(getattr(each, field) for each in self.runs)


@dataclass(frozen=True, kw_only=True)
class Found:
    """All sides by their names; the pages that a version has for the others; the bytes of ours by what they
    are of, and of mike's repository."""

    count: int
    pages: int
    sides: dict[str, Side]
    parts: dict[str, int]
    repository: int


def measure(folder: Path, *, runs: int, quick: bool) -> Section:
    """Return what so many versions of the real charter's words take. Everything is made below `folder`, and
    ours and mike's so many times, after one that is not counted, which a quick one does without."""
    return section(_found(folder, FEW if quick else VERSIONS, runs, quick=quick))


def section(found: Found) -> Section:
    """Return what was found, told in tables, and what is over its target, which is for all the versions: the
    fewer there are, the more of a site is what they share."""
    time, size = ratios(found)
    missed = [
        f"Our {what} is {ratio:.3f} of mike’s; the most is {MOST:g}."
        for what, ratio in (("processor time", time), ("site", size))
        if ratio > MOST and found.count >= VERSIONS
    ]
    ours, whole = found.sides[OURS], found.sides[OURS].bytes
    words = {
        "found": found,
        "heading": {3: "Three", 20: "Twenty"}.get(found.count, f"{found.count:,}"),
        "mebibyte": MEBIBYTE,
        "ours": ours,
        "mike": found.sides[MIKE],
        "copied": found.sides[COPIED],
        "versions": VERSIONS,
        "most": MOST,
        "alone": whole - sum(found.parts[each] for each in OTHERS),
        "parts": found.parts | {"all that the versions share": whole - sum(found.parts.values())},
    }
    return Section(name="versions", found=words, missed=tuple(missed))


def ratios(found: Found) -> tuple[float, float]:
    """Return how much of mike's processor time ours is, and how much of its bytes."""
    ours, mike = found.sides[OURS], found.sides[MIKE]
    return ours.median("seconds") / mike.median("seconds"), ours.bytes / mike.bytes


# --- Measuring ---------------------------------------------------------------------------------------


def _found(folder: Path, count: int, runs: int, *, quick: bool) -> Found:
    text = replace(load(ROOT / "charter", shown="charter").charter, title="Bench Charter")
    source = histories.write(folder / "histories", [count], text)[count]
    site = folder / "ours" / "site"
    ours = our_build(site, source)
    site.parent.mkdir()
    run(ours, keep=True)
    plain.docs(site, folder / "words")
    for made in ("charter", "versions"):  # the charter's own pages, and what the others have no pages for
        shutil.rmtree(folder / "words" / made)
    releases = load(source, shown="charter").releases
    texts = {each.version: folder / "texts" / each.version for each in releases}
    for release in releases:
        write_words(folder / "words", release.charter, texts[release.version])
    kept = folder / "built"
    site.rename(kept)
    warm = not quick
    mike = [_deployed(folder / f"mike-{at}", texts) for at in range(warm + runs)]
    copies = _copied(folder / "copies", texts)
    mikes = folder / "gh-pages"
    git("worktree", "add", str(mikes), "gh-pages", folder=folder / "mike-0")
    took = {
        OURS: tuple(run(ours) for _ in range(runs)),
        MIKE: tuple(mike[warm:]),
        COPIED: tuple(run(copies, keep=not at) for at in reversed(range(min(runs, COPIES)))),
    }
    sites = {OURS: kept, MIKE: mikes, COPIED: copies.site}
    old, new = (each.version for each in releases[:2])
    theme, principle = lasting([each.charter for each in releases[:2]])
    below = {
        OURS: ("versions/{}/", f"versions/{{}}/#{principle}"),
        MIKE: ("{}/charter/", f"{{}}/charter/{theme}/{principle}/"),
        COPIED: ("{}/charter/", f"{{}}/charter/{theme}/{principle}/"),
    }
    sides = {}
    with chromium() as browser:
        for name, built in sites.items():
            with serve(built) as served:
                whole, one = (
                    visit(browser, served, *map(way.format, (old, new)), quiet=SOON if quick else QUIET)
                    for way in below[name]
                )
            sides[name] = Side(
                runs=took[name], bytes=size_of(built), whole=(whole[0], whole[1]), principle=(one[0], one[1])
            )
    return Found(
        count=count,
        pages=sum(1 for _ in texts[old].rglob("*.md")),
        sides=sides,
        parts={name: size_of(kept / "versions", files) for name, files in PARTS.items()},
        repository=size_of(folder / "mike-0" / ".git"),
    )


def write_words(words: Path, charter: Charter, folder: Path) -> None:
    """Write into `folder`/docs the `words` that all versions share, and those that the pages of the charter
    had when it was `charter`."""
    shutil.copytree(words, folder / "docs")
    edition = Edition(root="charter", charter=charter, documents=(), entries=())
    for page in make_pages(edition):
        file = folder / "made" / page.address / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<main>{page.html}</main>", encoding="utf-8")
    plain.docs(folder / "made", folder / "docs")
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")


def _deployed(folder: Path, texts: dict[str, Path]) -> Run:
    """Have mike deploy every version into a repository of its own; return what that took altogether, with
    the bytes of all that it built on the way."""
    folder.mkdir()
    git("init", "--quiet", "--initial-branch=main", folder=folder)
    for name, value in (("user.name", "bench"), ("user.email", "bench@example.org")):
        git("config", name, value, folder=folder)
    git("commit", "--quiet", "--allow-empty", "--message", "Begin", folder=folder)
    found = [
        run(
            Build(
                # mike asks the path for mkdocs, and counts as one process with it and with git
                command=(
                    *("env", f"PATH={PEERS}{os.pathsep}{os.environ['PATH']}", "mike", "deploy"),
                    *("--config-file", text / "mkdocs.yml", version),
                ),
                folder=folder,
                site=text / "site",
            )
        )
        for version, text in texts.items()
    ]
    return Run(
        seconds=sum(each.seconds for each in found),
        wall=sum(each.wall for each in found),
        memory=max(each.memory for each in found),
        files=sum(each.files for each in found),
        written=sum(each.written for each in found),
    )


def _copied(folder: Path, texts: dict[str, Path]) -> Build:
    """Return the build of one site with the pages of every version in a folder of their own."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    for version, text in texts.items():
        (docs / version).symlink_to(text / "docs")
    (docs / "index.md").write_text("# Versions\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    site = folder / "site"
    return Build(command=(PEERS / "mkdocs", "build", "--quiet", "--site-dir", site), folder=folder, site=site)


def lasting(texts: Sequence[Charter]) -> tuple[str, str]:
    """Return the theme and id of the first principle that stands in the same place in all `texts`."""
    first, *others = [[(theme.id, each.id) for theme, each in text.principles()] for text in texts]
    return next(each for each in first if all(each in other for other in others))


def size_of(folder: Path, files: str = "**/*") -> int:
    """Return the bytes of the files in `folder` that a pattern names."""
    return sum(
        each.lstat().st_size for each in folder.glob(files) if each.is_file() and not each.is_symlink()
    )
