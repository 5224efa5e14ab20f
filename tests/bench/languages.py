"""One text in one language and in three → what the further ones cost, and what one costs more than before."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from measure import ROOT, Build, Run, compare, middle, ours, rounds, say
from section import Section

from one_language import EXAMPLE, write_one_language

BEFORE = "a5f033b"
"""The last commit whose sites had one language."""
THEN = "tests/example/charter"
"""Where the example's charter was then."""
MOST, MOST_BEFORE = 2.4, 1.03
"""How many times as much processor time three languages may take as one, and one as before."""
ENOUGH = 5
"""From as many rounds on, the second is judged: a single run differs by more from the next."""
ONE, THREE, EARLIER = "one language", "three languages", "one language, before"
FIRST, LATER = "the first build", "every later build"
FIGURES = (("seconds", 2), ("wall", 2), ("memory", 0), ("written", 1))
"""What the table shows: a figure of a run, and its decimal places."""

Found = Mapping[str, Mapping[str, Sequence[Run]]]


def measure(folder: Path, *, runs: int, quick: bool) -> Section:
    """Return what the example takes in three languages and in one; and one language now and before."""
    one = write_one_language(folder / "one")
    found: dict[str, dict[str, tuple[Run, ...]]] = {}
    for name, cold in ((FIRST, True), (LATER, False)):
        if name == FIRST and quick:
            continue
        sides = {
            ONE: ours(folder / "site-one", one, cold=cold),
            THREE: ours(folder / "site-three", EXAMPLE, cold=cold),
        }
        if not cold:
            rounds(sides, 1, f"languages, {name}, not counted")
        found[name] = rounds(sides, runs, f"languages, {name}")
    before = _before(folder)
    if before:
        rounds(before, 1, "one language before, not counted")
    return section(found, rounds(before, runs, "one language before") if before else {})


def section(found: Found, before: Mapping[str, Sequence[Run]]) -> Section:
    """Return what was found of each build, and of one language `before` there were others: nothing where that
    could not be measured."""
    rows = [
        (build, side, [f"{middle(took, field):,.{places}f}" for field, places in FIGURES])
        for build, sides in [*found.items(), *([(LATER, before)] if before else [])]
        for side, took in sides.items()
    ]
    ratios = {build: compare(sides[THREE], sides[ONE]) for build, sides in found.items()}
    missed = []
    if LATER in ratios and ratios[LATER].median > MOST:
        missed.append(f"Three languages take {ratios[LATER]} times the time of one; the most is {MOST}.")
    then = compare(before[ONE], before[EARLIER]) if before else None
    if then and len(before[ONE]) >= ENOUGH and then.median > MOST_BEFORE:
        missed.append(f"One language takes {then} times as much as before; the most is {MOST_BEFORE}.")
    told = {"rows": rows, "ratios": ratios, "before": then, "commit": BEFORE}
    return Section(
        name="languages",
        found={**told, "most": MOST, "most_before": MOST_BEFORE, "enough": ENOUGH},
        missed=tuple(missed),
    )


def _before(folder: Path) -> dict[str, Build]:
    """The builds of the example as it was at BEFORE, in one language, with the pages that were around it, by
    the package as it was and as it is; none where git does not know that commit. Today's example has more in
    it than that package can read. Each build keeps what it makes in a cache of its own."""
    project = folder / "before"
    subprocess.run(("git", "clone", "--quiet", ROOT, project), check=True)
    asked = ("git", "-C", project, "checkout", "--quiet", BEFORE)
    if subprocess.run(asked, check=False, capture_output=True).returncode:
        say(f"{BEFORE} is not in this repository: one language is not held against what it was")
        return {}

    def built(package: Path, name: str) -> Build:
        site, charter = folder / f"site-{name}", project / THEN
        own = ours(site, charter)
        environment = (f"PYTHONPATH={package / 'hooks'}", f"XDG_CACHE_HOME={folder / f'cache-{name}'}")
        return Build(command=("env", *environment, *own.command), folder=project, site=site, source=charter)

    return {EARLIER: built(project, "earlier"), ONE: built(ROOT, "now")}
