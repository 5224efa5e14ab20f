"""A fictional charter, from its first edition to its latest draft, made with the commands that editors use.

`python tests/example/make.py` makes `brambleford/` and `CHANGELOG.md` beside this file anew: the same bytes
in any folder, time zone and locale. Each step of the story has a folder in `story/`, with the files that came
in whole (principles, change notes, an erratum) in their places; what was edited, renamed or taken out is told
in `story/story.yml`; what was translated is in `translations/<language>.yml` of its step, by units. Who
signed stands in `story/signatories.yml`.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from charterpress import cli
from charterpress.text.po import read_po, write_po

HERE = Path(__file__).resolve().parent
CHARTER = HERE / "brambleford"
"""What comes of the story."""

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


def translate(path: Path, words: Mapping[str, str], *, made_by: str, revised: str) -> None:
    """Write the `words` of units into a .po file that is in step, as a translator does in an editor of such
    files, who leaves a name and a time in its head. Raises ValueError for a unit that it has not."""
    file = read_po(path.read_text(encoding="utf-8").splitlines(), language=path.stem)
    if unknown := words.keys() - {each.unit for each in file.entries if not each.obsolete}:
        raise ValueError(f"{path.name} has no {', '.join(sorted(unknown))}")
    entries = (
        replace(each, text=words[each.unit], fuzzy=False, previous="") if each.unit in words else each
        for each in file.entries
    )
    head = dict(file.headers) | {"Last-Translator": made_by, "PO-Revision-Date": revised}
    made = replace(file, entries=tuple(entries), headers=tuple(head.items()))
    path.write_text(write_po(made), encoding="utf-8", newline="\n")


def translate_step(folder: Path, step: Path) -> None:
    """Bring the translations in `folder` in step with its charter, and write what was translated in a `step`
    of the story into them."""
    told = {path.stem: path for path in sorted(step.glob("translations/*.yml"))}
    there = {path.stem for path in folder.glob("charter/translations/*.po")}
    if languages := sorted(there | told.keys()):
        command(folder, "translate", *languages)
    for language, path in told.items():
        words = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)  # noqa: S506 - CBaseLoader makes strings alone
        head = {key: words.pop(key) for key in ("made_by", "revised")}
        translate(folder / "charter" / "translations" / f"{language}.po", words, **head)


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
    for step in yaml.load((HERE / "story" / "story.yml").read_text(encoding="utf-8"), yaml.CBaseLoader):  # noqa: S506 - CBaseLoader makes strings alone
        for old, new in step.get("rename", {}).items():
            (charter / old).rename(charter / new)
        for path in step.get("remove", ()):
            (charter / path).unlink()
        for path, words in step.get("edit", {}).items():
            edit(charter / path, words)
        source = HERE / "story" / step["folder"]
        shutil.copytree(source, charter, ignore=shutil.ignore_patterns("translations"), dirs_exist_ok=True)
        translate_step(folder, source)
        command(folder, "check")
        if "release" in step:
            command(folder, "release", *step["release"])
        if "publish" in step:
            command(folder, "translate", "--publish", *step["publish"])
    sign(charter / "signatories")
    command(folder, "check")
    command(folder, "verify")


def main() -> None:
    """Make it anew beside this file, once all of it could be made."""
    with tempfile.TemporaryDirectory() as name:
        made = Path(name).resolve()
        make(made)
        shutil.rmtree(CHARTER, ignore_errors=True)
        shutil.copytree(made / "charter", CHARTER)
        shutil.copy(made / "CHANGELOG.md", HERE)


if __name__ == "__main__":
    main()
