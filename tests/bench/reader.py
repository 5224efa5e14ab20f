"""Built sites, in Chromium over a compressing server → what a reader downloads, and how long answers take."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import signatories
from measure import ours, run
from playwright.sync_api import Browser, Page
from section import Section
from wire import QUIET, SOON, Served, Weight, chromium, opened, serve, visit

sys.path.append(str(Path(__file__).resolve().parents[1] / "audit"))

from audit import CATEGORIES, PROGRAMS, lighthouse

COUNTS, FEW = (60, 1_000, 10_000, 100_000), (60,)
"""How many organisations stand on the registers that are weighed, and on the one where time is short."""
JUDGED = 10_000
"""As many as the filter is judged by."""
HEAVIEST = 150_000
"""The most bytes of a first visit, search included."""
SLOWEST = 50
"""The most milliseconds from what is asked of the register to the painted answer."""
SAMPLES, SHORT = 7, 3
"""How many times each answer is timed, at the least; and where time is short."""
CHOSEN = ("home", "the whole charter", "the self-assessment")
"""The pages that are weighed where time is short: the first that people see, and the heaviest."""
FIELD, RESULT = "#search-query", "[data-search-results] a"
"""Where a word is typed to search the site, and what a result is."""
SOUGHT = ("partnership", "people", "promise", "reasons", "listen", "charity", "version")
"""Words that are searched for, one after another."""
TYPED = ("ash", "bri", "ced", "dal", "elm", "fer", "gre")
"""The beginnings of words that names on the made-up register have, however long it is."""
SAID = "[data-register-said]"
"""What says how many on the register match: the last thing that an answer changes."""
PROBE = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")
"""Changes a field as a reader would, and waits until other words than before are painted."""


@dataclass(frozen=True, kw_only=True)
class Visited:
    """A page on a first visit, and what it comes to once its search has been used."""

    first: Weight
    searched: Weight


@dataclass(frozen=True, kw_only=True)
class Register:
    """The register of so many: its page, and the milliseconds to each answer to a typed beginning of a word,
    and to a changed filter."""

    page: Visited
    typed: tuple[float, ...]
    filtered: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """All pages by what they are called; registers by how many stand on them; milliseconds to the first
    result of a search, on a page that has never searched and on one that has; Lighthouse's scores by page."""

    pages: Mapping[str, Visited]
    registers: Mapping[int, Register]
    cold: tuple[float, ...]
    warm: tuple[float, ...]
    scores: Mapping[str, Mapping[str, int]]


def measure(folder: Path, *, runs: int, quick: bool) -> Section:
    """Return what pages weigh and how fast answers are, each timed `runs` times or SAMPLES, whichever are
    more; quickly, of a few pages. Everything is made below `folder`."""
    samples, wait = max(runs, SHORT if quick else SAMPLES), SOON if quick else QUIET
    site = _built(folder, "charter", None)
    sources = signatories.write(folder / "registers", FEW if quick else COUNTS)
    registers = {}
    with chromium() as browser:
        with serve(site) as served:
            pages = {
                name: _visited(browser, served, path, wait)
                for name, path in kinds(site).items()
                if name in CHOSEN or not quick
            }
            scores = {} if quick else _scores(served.address, kinds(site))
            cold = tuple(_searched(browser, served.address, SOUGHT[:1])[0] for _ in range(samples))
            warm = _searched(browser, served.address, SOUGHT)[1:]
            while len(warm) < samples:
                warm += _searched(browser, served.address, SOUGHT)[1:]
        for count, source in sources.items():
            with serve(_built(folder, f"{count}", source)) as served:
                registers[count] = _register(browser, served, samples, wait)
    return section(Found(pages=pages, registers=registers, cold=cold, warm=warm, scores=scores))


def kinds(site: Path) -> dict[str, str]:
    """Return one page of each kind in a built site, by what it is called."""
    versions = [each["version"] for each in json.loads((site / "versions.json").read_text(encoding="utf-8"))]
    principle = min(site.glob("charter/*/*/index.html")).parent.relative_to(site).as_posix()
    comparison = next(site.glob("versions/compare/*..*")).relative_to(site).as_posix()
    return {
        "home": "",
        "the whole charter": "charter/",
        "a principle": f"{principle}/",
        "all versions": "versions/",
        "a version": f"versions/{versions[-1]}/",
        "a comparison": f"{comparison}/",
        "any two versions": "versions/compare/",
        "the self-assessment": "practice/self-assessment/",
        "how to sign": "sign/",
    }


# --- Measuring ---------------------------------------------------------------------------------------


def _built(folder: Path, name: str, source: Path | None) -> Path:
    site = folder / f"site-{name}"
    run(ours(site, source), keep=True)
    return site


def _visited(browser: Browser, served: Served, path: str, quiet: int) -> Visited:
    (first,) = visit(browser, served, path, quiet=quiet)
    (searched,) = visit(browser, served, path, then=lambda page: answer(page, SOUGHT[0]), quiet=quiet)
    return Visited(first=first, searched=searched)


def answer(page: Page, word: str) -> float:
    """Search the site for a word; return the milliseconds until other results are painted."""
    return page.evaluate(PROBE, [FIELD, "input", word, RESULT])


def asked(page: Page, field: str, value: str) -> float:
    """Ask the register for what a field says; return the milliseconds until another answer is painted."""
    kind = "input" if field == "words" else "change"
    return page.evaluate(PROBE, [f"[data-register] [name={field}]", kind, value, SAID])


def _searched(browser: Browser, address: str, words: Sequence[str]) -> tuple[float, ...]:
    """Search for one word after another on a page that was just opened."""
    with opened(browser) as page:
        page.goto(address, wait_until="networkidle")
        return tuple(answer(page, word) for word in words)


def _register(browser: Browser, served: Served, samples: int, quiet: int) -> Register:
    visited = _visited(browser, served, "signatories/", quiet)
    with opened(browser) as page:
        page.goto(f"{served.address}signatories/", wait_until="networkidle")
        options = page.locator("[data-register] [name=kind] option[value]:not([value=''])")
        kinds_ = options.evaluate_all("all => all.map((each) => each.value)")
        typed, filtered = _answers(page, "words", TYPED, samples), _answers(page, "kind", kinds_, samples)
    return Register(page=visited, typed=typed, filtered=filtered)


def _answers(page: Page, field: str, values: Sequence[str], samples: int) -> tuple[float, ...]:
    """Ask the register for one value after another, and for all of it between them, which is not counted."""
    found = []
    for at in range(samples):
        found.append(asked(page, field, values[at % len(values)]))
        asked(page, field, "")
    return tuple(found)


def _scores(address: str, paths: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Return Lighthouse's scores of 100 for some pages, where it is installed and runs."""
    found = {}
    for name in ("home", "the whole charter", "a principle"):
        if not (PROGRAMS / "lighthouse").exists() or (result := lighthouse(address + paths[name])).returncode:
            return {}
        categories = json.loads(result.stdout)["categories"]
        found[name] = {each: round((categories[each]["score"] or 0) * 100) for each in CATEGORIES}
    return found


# --- Telling -----------------------------------------------------------------------------------------


def section(found: Found) -> Section:
    """Return what was found, and what is over its target."""
    times = {"the first search, with all that it fetches": found.cold, "another search": found.warm}
    for count, register in found.registers.items():
        times[f"the register of {count:,}: the beginning of a word"] = register.typed
        times[f"the register of {count:,}: a filter"] = register.filtered
    words = {
        "pages": every(found),
        "times": [(asked, statistics.median(taken), taken) for asked, taken in times.items()],
        "scores": found.scores,
        "categories": list(CATEGORIES),
        "heaviest": HEAVIEST,
        "slowest": SLOWEST,
        "judged": JUDGED,
    }
    return Section(name="reader", found=words, missed=tuple(missed(found)))


def missed(found: Found) -> list[str]:
    """Return a sentence for every page that is too heavy, and every answer that is too slow."""
    said = [
        f"{name[0].upper()}{name[1:]} is {visited.searched.bytes / 1000:,.0f} kB on a first visit with a"
        f" search; the most is {HEAVIEST / 1000:,.0f}."
        for name, visited in every(found).items()
        if visited.searched.bytes > HEAVIEST
    ]
    judged = found.registers.get(JUDGED)
    for what, times in (("typed word", judged.typed), ("filter", judged.filtered)) if judged else ():
        if statistics.median(times) > SLOWEST:
            said.append(
                f"With {JUDGED:,} on the register the answer to a {what} takes"
                f" {statistics.median(times):.0f} ms; the most is {SLOWEST}."
            )
    return said


def every(found: Found) -> dict[str, Visited]:
    """Return all pages, those of registers too, by what they are called."""
    return {**found.pages, **{f"the register of {n:,}": each.page for n, each in found.registers.items()}}
