"""One word changed in one principle → what the next build and the preview take, beside a full build."""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import histories
from measure import ROOT, Run, environment, figures, ours, ratio, run, say
from section import Section

LARGE = 180
"""How many principles the larger charter has."""
MOST = 0.5
"""How much of a full build's processor time it may take to show one changed word."""
PROCESS = Path("/proc/self/stat")
"""Where Linux says what a process has used; elsewhere the preview is not measured."""
WAIT = 600
"""The most seconds that the preview is waited for."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What was measured of one charter, in processor seconds; those at one place are of one round. `full` is
    the first build, `unchanged` one to which nothing is new; `steps` are the others, by what was done."""

    name: str
    full: Sequence[float]
    unchanged: Sequence[float]
    steps: dict[str, Sequence[float]]


def measure(folder: Path, *, runs: int, quick: bool) -> Section:
    """Return what one changed word costs in the real charter, and in a larger one."""
    subprocess.run(("git", "clone", "--quiet", ROOT, folder / "real"), check=True)
    charters = {"the real charter": folder / "real" / "charter"}
    if not quick:
        large = histories.write_principles(folder / "large", [LARGE])[LARGE]
        charters[f"a charter of {LARGE} principles"] = large
    return section([_change(name, source, folder, runs) for name, source in charters.items()])


def section(found: Sequence[Change]) -> Section:
    """Return what was measured of each charter."""
    rows, missed = [], []
    for each in found:
        sides = {"a full build": each.full, "`build` with nothing new": each.unchanged, **each.steps}
        for side, seconds in sides.items():
            full, unchanged = ratio(seconds, each.full), ratio(seconds, each.unchanged)
            rows.append((each.name, side, f"{statistics.median(seconds):.2f}", full, unchanged))
            if side in each.steps and full.median > MOST:
                missed.append(f"{side} takes {full} of a full build of {each.name}; the most is {MOST}.")
    served = all("serve" in " ".join(each.steps) for each in found)
    return Section(name="change", found={"rows": rows, "most": MOST, "served": served}, missed=tuple(missed))


def _change(name: str, source: Path, folder: Path, runs: int) -> Change:
    """Measure one charter. The preview has a copy of its own, or it would build at the same time."""
    seen = shutil.copytree(source.parent, folder / f"{source.parent.name}-seen") / source.name
    site = folder / "site"
    full: list[Run] = []
    unchanged: list[Run] = []
    changed: list[Run] = []
    shown: list[float] = []
    run(ours(site, source))
    with _preview(seen, folder / "serve.log") as rebuild:
        for turn in range(runs):
            say(f"one word changed in {name}, round {turn + 1} of {runs}")
            full.append(run(ours(site, source, cold=True)))
            unchanged.append(run(ours(site, source)))
            _reword(source, turn)
            changed.append(run(ours(site, source)))
            if PROCESS.exists():
                shown.append(rebuild(lambda turn=turn: _reword(seen, turn)))
    steps: dict[str, Sequence[float]] = {"`build` after one word": figures(changed, "seconds")}
    if shown:
        steps["`serve` after one word"] = shown
    return Change(
        name=name, full=figures(full, "seconds"), unchanged=figures(unchanged, "seconds"), steps=steps
    )


def _reword(charter: Path, turn: int) -> None:
    """Put another word in the place of the last one of the first principle, with the note that says why."""
    path = min(each for each in charter.glob("themes/*/*.md") if each.name != "index.md")
    before, _, _ = path.read_text(encoding="utf-8").rstrip().rpartition(" ")
    path.write_text(f"{before} {('together', 'openly', 'kindly')[turn % 3]}.\n", encoding="utf-8")
    note = charter / "changes" / "one-word.md"
    note.parent.mkdir(exist_ok=True)
    note.write_text(
        f"---\nprinciples: [{path.stem}]\nclass: guidance\n---\n\nOne word was not the right one.\n",
        encoding="utf-8",
    )


@contextmanager
def _preview(charter: Path, log: Path) -> Iterator[Callable[[Callable[[], None]], float]]:
    """Run `serve` for a charter; give what does a change, waits until the preview shows it, and returns the
    processor seconds that this took."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    with (
        log.open("w") as out,
        subprocess.Popen(
            (sys.executable, "-m", "mkdocs", "serve", "--dev-addr", at),
            cwd=ROOT,
            env=environment(charter),
            stdout=out,
            stderr=out,
        ) as process,
    ):

        def times() -> int:
            return log.read_text(encoding="utf-8").count("Reloading browsers")

        def rebuild(change: Callable[[], None]) -> float:
            before, built = _spent(process), times()
            change()
            until(lambda: times() > built)
            return _spent(process) - before

        def until(wanted: Callable[[], bool]) -> None:
            end = time.monotonic() + WAIT
            while not wanted():
                if time.monotonic() > end or process.poll() is not None:
                    sys.exit(
                        f"bench: the preview did not show the change:\n{log.read_text(encoding='utf-8')}"
                    )
                time.sleep(0.05)

        try:
            until(lambda: "Serving on" in log.read_text(encoding="utf-8"))
            yield rebuild
        finally:
            process.terminate()
            process.wait()


def _spent(process: subprocess.Popen[bytes]) -> float:
    """Return the seconds of processor time that a process and those that it waited for have used."""
    told = PROCESS.parents[1] / str(process.pid) / PROCESS.name
    fields = told.read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
