"""Faults that git would not keep as they are, histories of releases and registers: the steps of
tests/cases/_planted.yml and _signatories.yml, done to the fictional charter."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from builders import make_signatory, release_draft, write_note, write_signatory
from charterpress.editing import translate as translating
from charterpress.model import Class, Reference, Signature, Withdrawal
from charterpress.outputs.pdf.font_sources import font_folders
from charterpress.outputs.pdf.printable import missing_letters
from charterpress.read import load, read_surroundings
from charterpress.text.po import write_po
from charterpress.versions import freeze
from charterpress.versions.translations import translation_name
from charterpress.versions.translations.frozen import translation_bytes
from checkouts import files
from translated import write_translation
from yaml_strings import strings_of

CASES = Path(__file__).parent / "cases"
BASE = CASES / "_base"
STEPS: dict[str, Callable] = {}
"""What a step does, by its name: it is called with the charter's folder and the step's other words."""
SUMS, ENTRY = "releases/SHA256SUMS", "signatories/quay-club.yml"
ROOM, GAP = "themes/moorings/leave-room.md", "A gap that fits half a boat helps nobody."


def step(name: str) -> Callable[[Callable], Callable]:
    """Let the cases call a function by this name."""
    return lambda function: STEPS.setdefault(name, function)


# --- Files -------------------------------------------------------------------------------------------


@step("replace")
def replace_text(root: Path, path: str, old: str, new: str) -> None:
    data = (root / path).read_bytes()
    assert old.encode() in data
    (root / path).write_bytes(data.replace(old.encode(), new.encode()))


@step("write")
def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text.encode())


@step("append")
def append(root: Path, path: str, text: str) -> None:
    with (root / path).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


@step("delete")
def delete(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).unlink()


@step("link")
def link(root: Path, path: str, target: str) -> None:
    (root / path).unlink(missing_ok=True)
    (root / path).symlink_to(target)


@step("link-theme")
def link_theme(root: Path) -> None:
    shutil.move(root / "themes" / "tides", root.parent / "tides")
    link(root, "themes/tides", "../../tides")


step("copy")(lambda root, path, to: shutil.copy(root / path, root / to))
step("rename")(lambda root, path, to: (root / path).rename(root / to))
step("recode")(lambda root, path, to: (root / path).write_bytes((root / path).read_text().encode(to)))
step("mode")(lambda root, path, mode: (root / path).chmod(int(mode, 8)))
step("truncate")(lambda root, path, size: os.truncate(root / path, int(size)))
step("pipe")(lambda root: os.mkfifo(root / "pipe"))

# --- Translations ------------------------------------------------------------------------------------


@step("translation")
def translation(root: Path, tag: str, texts: dict | None = None) -> None:
    """Write the file of a language in step with the text, with the translations of some units."""
    begun = translating.update(load(root), tag)
    entries = tuple(replace(each, text=(texts or {}).get(each.unit, "")) for each in begun.after.entries)
    (root / "translations").mkdir(exist_ok=True)
    written = write_po(replace(begun.after, entries=entries))
    (root / begun.inside).write_text(written, encoding="utf-8", newline="\n")


# --- Principles and notes ----------------------------------------------------------------------------

TIDES = "themes/tides/index.md"
TOWN, BELL = ("tell-the-town", "ring-the-bell")


@step("add-principle")
def add_principle(root: Path, id: str, text: str) -> None:
    """Add a third principle to the second theme."""
    write(root, f"themes/tides/{id}.md", text)
    replace_text(root, TIDES, "  - warn-the-others\n", f"  - warn-the-others\n  - {id}\n")


@step("take-out")
def take_out(root: Path) -> None:
    delete(root, f"themes/tides/{TOWN}.md")
    replace_text(root, TIDES, f"  - {TOWN}\n", "")


@step("rename-principle")
def rename_principle(root: Path) -> None:
    text = (root / f"themes/tides/{TOWN}.md").read_text(encoding="utf-8")
    take_out(root)
    add_principle(root, BELL, text.replace("title:", f"formerly: [{TOWN}]\ntitle:"))


@step("note")
def note(root: Path, *words: str | dict) -> None:
    front = {"class": "guidance"} | _fields(words)
    write_note(root, *_names(words), class_=front.pop("class"), **front)


def _fields(words: tuple) -> dict:
    """What the mapping at the end of a step says, if there is one."""
    return dict(words[-1]) if words and isinstance(words[-1], dict) else {}


def _names(words: tuple) -> list:
    return [each for each in words if not isinstance(each, dict)]


# --- Releases ----------------------------------------------------------------------------------------

_RELEASED: dict[tuple, dict[str, bytes]] = {}


@step("release")
def release(root: Path, date: str, *options: str) -> None:
    """What many cases begin with is released once, and then written again as it was."""
    before = files(root)
    key = (date, *options, *before.items())
    if key not in _RELEASED:
        release_draft(root, date, **dict.fromkeys(options, True))
        _RELEASED[key] = files(root)
    for path in before.keys() - _RELEASED[key].keys():
        (root / path).unlink(missing_ok=True)
    for path, data in _RELEASED[key].items():
        if before.get(path) != data:
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(data)


@step("mend")
def mend(root: Path) -> None:
    """Write the right digest in each line of SHA256SUMS: what a forger would do next."""
    names = [line.split()[1] for line in (root / SUMS).read_text().splitlines()]
    digests = [hashlib.sha256((root / "releases" / name).read_bytes()).hexdigest() for name in names]
    write(root, SUMS, "".join(f"{digest}  {name}\n" for digest, name in zip(digests, names, strict=True)))


@step("forge")
def forge(root: Path, path: str, changes: dict) -> None:
    """Let a release say something else of itself, with its digest in SHA256SUMS."""
    forged = {"class_" if key == "class" else key: value for key, value in changes.items()}
    if "class_" in forged:
        forged["class_"] = Class(forged["class_"])
    if forged.get("previous") == "~":
        forged["previous"] = None
    (found,) = (each for each in load(root).releases if each.path.endswith(path))
    (root / path).write_bytes(freeze.release_bytes(replace(found, **forged)))
    mend(root)


@step("skip-second")
def skip_second(root: Path) -> None:
    """Let a third release leave the second one out."""
    first = next(each for each in load(root).releases if each.version == "1.0.0")
    forge(root, "releases/1.2.0.json", {"previous": Reference(version="1.0.0", sha256=first.sha256)})


@step("translate")
def translate(root: Path, language: str) -> None:
    """A translation of the working text, in step with it."""
    write_translation(root, language)


@step("untranslate")
def untranslate(root: Path, path: str) -> None:
    """Take out a published translation, and its line in SHA256SUMS."""
    (root / path).unlink()
    lines = (root / SUMS).read_text().splitlines(keepends=True)
    write(root, SUMS, "".join(each for each in lines if not each.endswith(f"  {Path(path).name}\n")))


@step("forge-translation")
def forge_translation(root: Path, path: str, changes: dict, name: str = "") -> None:
    """Let a published translation say something else of itself, under the name that follows or `name`, with
    its digest in SHA256SUMS. In `changes`, `text` maps the ids of units to words, '' for none, and `source`
    maps them to digests."""
    fields = dict(changes)
    (found,) = (each for each in load(root).frozen_translations if each.path.endswith(path))
    texts, sources = dict(found.texts), dict(found.sources)
    sources |= fields.pop("source", {})
    for id, words in fields.pop("text", {}).items():
        texts[id] = words
        if not words:
            del texts[id]
    if fields.pop("order", ""):
        texts = dict(reversed(texts.items()))
    if "revision" in fields:
        fields["revision"] = int(fields["revision"])
    if fields.get("previous") == "its own":
        fields["previous"] = found.sha256
    forged = replace(found, texts=tuple(texts.items()), sources=tuple(sources.items()), **fields)
    new = f"releases/{name or translation_name(forged)}"
    if new != path and "revision" not in fields:
        untranslate(root, path)
    (root / new).write_bytes(translation_bytes(forged))
    lines = (root / SUMS).read_text()
    if f"  {Path(new).name}\n" not in lines:
        write(root, SUMS, f"{lines}{'0' * 64}  {Path(new).name}\n")
    mend(root)


LISTS: dict[str, Callable[[list[str]], list[str]]] = {
    "second-as-first": lambda lines: [*lines, lines[0].replace("1.0.0", "1.1.0")],
    "without-first": lambda lines: lines[1:],
    "zeros": lambda lines: ["0" * 64 + lines[0][64:]],
    "comment": lambda lines: ["# digests\n", *lines],
    "one-space": lambda lines: [*lines, lines[0].replace("  ", " ")],
    "twice": lambda lines: lines * 2,
    "reversed": lambda lines: lines[::-1],
}
"""What becomes of the lines of SHA256SUMS."""


@step("list")
def change_list(root: Path, change: str) -> None:
    write(root, SUMS, "".join(LISTS[change]((root / SUMS).read_text().splitlines(keepends=True))))


# --- Signatories -------------------------------------------------------------------------------------


@step("signatory")
def signatory(root: Path, *words: str | list | dict) -> None:
    """An entry of a boat club: its slug, versions and dates that it signed, and other fields."""
    fields = _fields(words)
    if own := {key: fields.pop(key) for key in ("role", "link", "language", "date") if key in fields}:
        fields["signed"] = [{"version": "1.0.0", "date": "2024-12-01", "role": "Chair"} | own]
    if "signed" in fields:
        fields["signed"] = tuple(Signature(**each) for each in fields["signed"])
    if "withdrawn" in fields:
        fields["withdrawn"] = Withdrawal(**fields["withdrawn"])
    if "formerly" in fields:
        fields["formerly"] = tuple(fields["formerly"])
    write_signatory(root, make_signatory(*_names(words), **fields))


@step("twice")
def twice(root: Path, one: dict, other: dict) -> None:
    """Two entries with these fields, beside a version that they signed."""
    plant(root, ["one"])
    signatory(root, {"slug": "first-club"} | one)
    signatory(root, {"slug": "second-club"} | other)


@step("entry")
def entry(root: Path, change: list[str]) -> None:
    """An entry in which one thing is replaced by another."""
    fields = "name: Quay club\nkind: boat club\narea: The harbour\nwebsite: https://quay.example/\n"
    write(root, ENTRY, f"{fields}signed:\n  - version: 1.0.0\n    date: 2024-12-01\n    role: Chair\n")
    replace_text(root, ENTRY, *change)


# --- The cases ---------------------------------------------------------------------------------------


def _read(name: str) -> dict[str, dict]:
    # Every value is text as it is written: 1.10, 2024-12-01 and 42 too.
    return strings_of(CASES / name)


_TABLES = (_read("_planted.yml"), _read("_signatories.yml"))
SHARED: dict[str, list] = _TABLES[0]["_steps"]
PLANTED: dict[str, list] = {
    f"{rule}/{case}": steps
    for table in _TABLES
    for rule, cases in table.items()
    if not rule.startswith("_")
    for case, steps in cases.items()
}
"""The steps of each case."""

_LONG, _SITE = "x" * 101, {"website": "https://www.quay.example/"}
PLANTED |= {
    "file-name/fail-long": [
        ["rename", ROOM, f"themes/moorings/{_LONG}.md"],
        ["replace", "themes/moorings/index.md", "leave-room", _LONG],
        ["replace", "themes/moorings/mend-the-rope.md", "(leave-room", f"({_LONG}"],
    ],
    "file-size/fail-principle": [["replace", ROOM, GAP, f"{GAP}\n" * 6500]],
    "file-size/fail-settings": [
        ["replace", "charter.yml", "title:", "#" * 1000 + "\n" + "# x\n" * 70000 + "title:"]
    ],
    "file-size/pass-large-release": [
        ["replace", "preamble.md", "A harbour", "A harbour is a harbour.\n" * 1300 + "A harbour"],
        ["replace", ROOM, GAP, f"{GAP}\n" * 700],
        "one",
    ],
    "signatory-length/fail-name": [
        "one", ["signatory", "-".join(["quay"] * 12), {"name": "Quay " * 40 + "Q"} | _SITE]
    ],
    "signatory-length/fail-pledge": ["one", ["signatory", {"pledge": "We will. " * 55 + "We will."}]],
    "signatory-length/fail-role": ["one", ["signatory", {"role": "chair of " * 13 + "trustees"}]],
    "signatory-length/pass-just": [
        "one", ["signatory", "quay" * 50, {"name": "Quay" * 50, "pledge": "Wewill. " * 62 + "Yes."} | _SITE]
    ],
}  # fmt: skip
"""Those whose words would fill a page."""


def outside(name: str, root: Path | None = None) -> dict[str, object]:
    """What git, the clock and the files around its folder say of a case, as fields of its Edition."""
    said = _fields(tuple(PLANTED.get(name, ())))
    if name.startswith("missing-letter/"):
        said = {**said, "missing_letters": partial(missing_letters, fonts=font_folders())}
    if root and (around := read_surroundings(root, "charter")):
        said = {**said, "surroundings": around}
    return said | ({"touched": frozenset(said["touched"])} if "touched" in said else {})


def plant(root: Path, steps: list) -> None:
    """Do each of the steps to the charter in `root`."""
    for each in steps:
        if isinstance(each, dict):
            continue
        name, *words = [each] if isinstance(each, str) else each
        if name in SHARED:
            plant(root, SHARED[name])
        else:
            STEPS[name](root, *words)
