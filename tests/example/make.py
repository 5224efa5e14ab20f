"""A fictional charter, from its first edition to its latest draft, made with the commands that editors use.

`python tests/example/make.py` makes `charter/` and `CHANGELOG.md` beside this file anew: the same bytes in
any folder, time zone and locale. Each step of the story has a folder in `story/`, with the files that came in
whole (principles, change notes, an erratum) in their places; what was edited, renamed or taken out is told
in `story/story.yml`. Who signed stands in `story/signatories.yml`.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import yaml

from charterpress import cli

HERE = Path(__file__).resolve().parent

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
    charter = folder / "charter"
    for step in yaml.load((HERE / "story" / "story.yml").read_text(encoding="utf-8"), yaml.BaseLoader):  # noqa: S506
        for old, new in step.get("rename", {}).items():
            (charter / old).rename(charter / new)
        for path in step.get("remove", ()):
            (charter / path).unlink()
        for path, words in step.get("edit", {}).items():
            edit(charter / path, words)
        shutil.copytree(HERE / "story" / step["folder"], charter, dirs_exist_ok=True)
        command(folder, "check")
        if "release" in step:
            command(folder, "release", *step["release"])
    sign(charter / "signatories")
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
