"""A fictional charter, from its first edition to its latest draft, made with the commands that editors use.

`python tests/example/make.py` makes `charter/` and `CHANGELOG.md` beside this file anew: the same bytes in
any folder, time zone and locale. Each step of the story has a folder in `story/`, with the files that came in
whole (principles, change notes, an erratum) in their places; what was edited, renamed or taken out is told
below. Who signed stands in `story/signatories.yml`.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from charterpress import cli

HERE = Path(__file__).resolve().parent

GROUND, WATER, NEIGHBOURS = (f"themes/{theme}/index.md" for theme in ("ground", "water", "neighbours"))
SOIL = "themes/ground/feed-the-soil.md"
SURPLUS = "themes/ground/share-the-surplus.md"
FROST = "themes/water/warn-of-frost.md"
TAP = "themes/water/turns-at-the-tap.md"
QUARRELS = "themes/neighbours/settle-quarrels.md"
NEWCOMERS, FIRST_SEASON = "themes/neighbours/greet-newcomers.md", "themes/neighbours/first-season.md"


# --- The story ---------------------------------------------------------------------------------------


def first_edition(_: Path) -> None:
    """1.0.0: three themes with nine principles, in the words that they came in."""


def commas(charter: Path) -> None:
    """1.0.1: a capital and a comma in words that do not bind, and a word that is stressed now."""
    edit(charter / SOIL, {"good soil is slow": "Good soil is slow", "meet , and": "meet, and"})
    edit(charter / QUARRELS, {"when both can work": "when *both* can work"})


def autumn(charter: Path) -> None:
    """1.1.0: what the societies learnt in a year. Nothing that anybody promised has changed."""
    question = "  - Does everyone who could use the table know where it stands?\n"
    edit(
        charter / SURPLUS,
        {
            "https://kitchen.brambleford.example/": "https://brambleford.example/kitchen/",
            "on a Saturday. The table": "on a Saturday.\n\nThe table",
            "than the plot holders themselves.": "than we are, and nobody has to ask.",
            "who could have eaten it?\n": f"who could have eaten it?\n{question}",
        },
    )
    pear = (
        "The oldest quarrel on the site was about a pear tree. It lasted nineteen years and ended in an "
        "afternoon, over tea, when somebody asked what each of them would like to happen.\n"
    )
    retold = pear.replace("somebody asked", "a newcomer asked")
    edit(charter / QUARRELS, {f"\n{pear}": "", "## Why\n": f"## Why\n\n{retold}"})


def new_edition(charter: Path) -> None:
    """2.0.0: a dry summer and a new neighbour. Every kind of change that makes societies sign again."""
    # Two principles become one, one is put in, and one moves to another theme.
    edit(
        charter / GROUND,
        {
            "[wide-paths, shut-the-gate, feed-the-soil, share-the-surplus]": (
                "[open-ways, feed-the-soil, room-for-bees]"
            ),
            "Paths, gates, soil and harvest": "Paths, gates, soil and flowers",
        },
    )
    remove(charter, "themes/ground/wide-paths.md", "themes/ground/shut-the-gate.md")
    # One principle becomes two.
    edit(charter / WATER, {"share-the-water": "catch-the-rain, turns-at-the-tap"})
    remove(charter, "themes/water/share-the-water.md")
    # One is retired, and one goes on under another name, with a duty that is lighter now.
    edit(
        charter / NEIGHBOURS,
        {
            "[greet-newcomers, settle-quarrels, one-bonfire]": (
                "[first-season, share-the-surplus, settle-quarrels]"
            )
        },
    )
    remove(charter, "themes/neighbours/one-bonfire.md")
    (charter / SURPLUS).rename(charter / "themes/neighbours/share-the-surplus.md")
    (charter / NEWCOMERS).rename(charter / FIRST_SEASON)
    season = "- ask every newcomer each month, until the first harvest, what is hard.\n"
    edit(
        charter / FIRST_SEASON,
        {
            "title: Greet newcomers\n": "title: Stand by newcomers for a season\n",
            "2020\n---": "2020\nformerly: [greet-newcomers]\n---",
            "on the first day.\n": f"on the first day.\n{season}",
            "who must bring them back": "who should bring them back",
        },
    )
    # Promises are reworded, put in, made stricter and less strict, put in another order and given a date.
    cover = "- sow something green on every bed that is bare in October.\n"
    edit(
        charter / SOIL,
        {"plastic that seedlings": "plastic that plants", "use no peat.\n": f"use no peat.\n{cover}"},
    )
    edit(
        charter / FROST,
        {
            "every evening in April": "on most evenings in April",
            "which anyone with a key should do": "which everyone with a key must do",
        },
    )
    talk = "- talk with each other before we write to the committee.\n"
    ask = "- ask somebody whom both sides trust to sit down with them within {} days.\n"
    edit(charter / QUARRELS, {ask.format("fourteen") + talk: talk + ask.format("seven")})


def misprint_found(_: Path) -> None:
    """No release: an erratum stands beside 2.0.0, whose words stay as they are."""


def misprint_mended(charter: Path) -> None:
    """2.0.1: the misprint stood in a promise, so two people say that nothing else was ever agreed."""
    edit(charter / "themes/ground/room-for-bees.md", {"bees lick": "bees like"})


def next_draft(charter: Path) -> None:
    """No release yet: what is proposed for the next one."""
    edit(
        charter / TAP,
        {
            "within three days of the tap running low": "within one day of the tap running low",
            "before nine in the morning or after six": "before eight in the morning or after seven",
        },
    )
    question = "  - What do newcomers ask us that we have stopped asking ourselves?\n"
    edit(
        charter / FIRST_SEASON,
        {
            "and did we ask why?\n": f"and did we ask why?\n{question}",
            "nearly always by people who knew nobody": "most of them by people who knew nobody",
        },
    )


Step = Callable[[Path], None]
STORY: tuple[tuple[Step, str, tuple[str, ...]], ...] = (
    (first_edition, "1-first-edition", ("--first", "--date", "2022-03-21")),
    (commas, "2-commas", ("--date", "2022-05-02")),
    (autumn, "3-autumn", ("--date", "2022-11-14")),
    (new_edition, "4-new-edition", ("--date", "2024-02-05")),
    (misprint_found, "5-misprint-found", ()),
    (misprint_mended, "6-misprint-mended", ("--date", "2024-04-08")),
    (next_draft, "7-next-draft", ()),
)
"""Each step, its folder in `story/`, and how `charter release` is asked where a release follows it."""
MADE_UP = "# Made up, like all of Brambleford: there is no such organisation.\n"
"""How the file of every signatory begins."""


# --- How it is told ----------------------------------------------------------------------------------


def edit(path: Path, words: Mapping[str, str]) -> None:
    """Replace `words` in a file, each of which stands in it once. Raises ValueError where it does not."""
    text = path.read_text(encoding="utf-8")
    for old, new in words.items():
        if text.count(old) != 1:
            raise ValueError(f"“{old}” stands {text.count(old)} times in {path.name}")
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8", newline="\n")


def remove(charter: Path, *paths: str) -> None:
    """Delete files of the charter."""
    for path in paths:
        (charter / path).unlink()


def sign(folder: Path) -> None:
    """Write the file of every signatory into the new folder `folder`: those of `story/signatories.yml`, each
    of which begins with a line that says what its file is called."""
    folder.mkdir()
    told = (HERE / "story" / "signatories.yml").read_text(encoding="utf-8")
    _, *parts = re.split(r"(?m)^--- # (\S+)\n", told)
    for slug, text in zip(parts[::2], parts[1::2], strict=True):
        (folder / f"{slug}.yml").write_text(MADE_UP + text, encoding="utf-8", newline="\n")


def command(folder: Path, *arguments: str) -> None:
    """Run `charter` in `folder`, with no repository around it: git knows nothing of a story being told.
    Raises RuntimeError, with what it said, where it refuses."""
    environment, said = dict(os.environ), io.StringIO()
    os.environ.pop("CHARTER_SOURCE", None)
    os.environ["GIT_CEILING_DIRECTORIES"] = str(folder.parent)
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = cli.main(arguments)
    finally:
        os.environ.clear()
        os.environ.update(environment)
    if code:
        raise RuntimeError(f"charter {' '.join(arguments)}\n{said.getvalue()}")


def make(folder: Path) -> None:
    """Tell the whole story in the empty folder `folder`: `charter/` and `CHANGELOG.md` come of it."""
    (folder / "CHANGELOG.md").write_text("# What changed at Brambleford\n", encoding="utf-8", newline="\n")
    for step, files, release in STORY:
        step(folder / "charter")
        shutil.copytree(HERE / "story" / files, folder / "charter", dirs_exist_ok=True)
        command(folder, "check")
        if release:
            command(folder, "release", *release)
    sign(folder / "charter" / "signatories")
    command(folder, "check")
    command(folder, "verify")


def main() -> None:
    """Make it anew beside this file, once all of it could be made."""
    with tempfile.TemporaryDirectory() as name:
        made = Path(name).resolve()
        make(made)
        shutil.rmtree(HERE / "charter", ignore_errors=True)
        shutil.copytree(made / "charter", HERE / "charter")
        shutil.copy(made / "CHANGELOG.md", HERE)


if __name__ == "__main__":
    main()
