"""Each fix that a finding offers, done to each failing case: the finding is gone, and no other has come."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from builders import write_note
from charterpress.checks import check
from charterpress.model import Finding
from charterpress.read import load
from checks.test_check import cases, lay
from planted import BASE, CASES, outside

Place = tuple[Path, Finding]
VALUES = {
    "answer": "kept",
    "class": "guidance",
    "date": "2025-01-01",
    "kind": "ferry",
    "licence": "CC-BY-4.0",
    "link": "https://quay.example/report",
    "published": "2026-02-01",
    "role": "Chair",
    "version": "1.0.0",
    "website": "https://quay.example/",
    "name": "Quay club",
    "name_latin": "Dobrye sosedi",
}
"""What an editor writes after a missing key."""


def edit(place: Place, change: Callable[[str], str], number: int = 0) -> None:
    """Put `change` of the finding's line, or of line `number`, in its place."""
    root, finding = place
    path = root.parent / finding.path
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[(number or finding.line) - 1] = change(lines[(number or finding.line) - 1])
    path.write_text("\n".join(lines).replace("\0\n", ""), encoding="utf-8", newline="")


def line(place: Place, new: str) -> None:
    edit(place, lambda old: old[: len(old) - len(old.lstrip())] + new)


def word(place: Place, new: str) -> None:
    """Put `new` in the place of what the message quotes first, or of the one character there."""
    finding = place[1]
    codes = re.findall(r"here, U\+([0-9A-F]+)", finding.message)
    olds = [chr(int(code, 16)) for code in codes] or re.findall(r"“(.+?)”(?= |,|$|:)", finding.message)

    def change(text: str) -> str:
        if "written as a code" in finding.message:
            return re.sub(r"\\[xuU][0-9a-fA-F]+|\\L", new, text, count=1)
        column = finding.column - 1
        places = [(text.find(old, max(column - len(old), 0)), old) for old in olds]
        at, old = min((place for place in places if place[0] >= 0), key=lambda place: abs(place[0] - column))
        text = text[:at] + new + text[at + len(old) :]
        return text if new else re.sub(r"(?<=\S)  ", " ", text)

    edit(place, change)


def rename(place: Place, name: str) -> None:
    path = place[0].parent / place[1].path
    path.rename(path.with_name(name))
    for each in place[0].rglob("*") if "links and lists too" in place[1].fix else ():
        if each.is_file():
            text = each.read_text(encoding="utf-8")
            each.write_text(text.replace(quote(path.name), name).replace(path.name, name), encoding="utf-8")


def rename_and_list(place: Place, name: str, id: str, key: str, inside: str) -> None:
    rename(place, name)
    add_item(place, id, key, inside)


def add_item(place: Place, id: str, key: str, inside: str) -> None:
    path = place[0] / inside
    text = path.read_text(encoding="utf-8")
    flow = re.sub(rf"(?m)^({key}: \[[^\]]*)\]", rf"\1, {id}]", text)
    path.write_text(flow if flow != text else re.sub(rf"(?m)^{key}:\n", rf"\g<0>  - {id}\n", text))


def add_key(place: Place, key: str) -> None:
    def change(old: str) -> str:
        before = old[: place[1].column - 1]
        indent = "" if before.strip(" -") else " " * len(before)
        return f"{old}\n{indent}{key}: {VALUES.get(key, 'Words of an editor.')}"

    edit(place, change)


def add_note(place: Place, folder: str, id: str, class_: str) -> None:
    assert folder == "charter/changes"
    write_note(place[0], id, class_=class_)


def add_sentence(place: Place, words: str) -> None:
    path = place[0].parent / place[1].path
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()} {words}\n", encoding="utf-8")


def drop_item(place: Place) -> None:
    at = place[1].column - 1
    edit(place, lambda old: old[:at].rstrip(", ") + re.sub(r"^[\w-]+", "", old[at:]))


def drop_words(place: Place, words: str) -> None:
    edit(place, lambda old: old.replace(words, ""))


def drop_fence(place: Place, last: str | None) -> None:
    if last:
        edit(place, lambda _: "\0", int(last))
    edit(place, lambda _: "\0")


def delete_here(place: Place) -> None:
    at = place[1].column - 1
    edit(place, lambda old: old[:at] + old[at + 1 :])


def fence(place: Place, is_before: str | None, other: str | None) -> None:
    if other:
        edit(place, lambda _: "---", int(other))
    edit(place, lambda old: f"---\n{old}" if is_before else "---")


STEPS: list[tuple[str, Callable]] = [
    (r"^write ((?:- )?(?:[\w-]+: )?(?:\".*\"|'.*'))(?:, or put .*)?$", line),
    (r"^put it in quotes: (.*)$", line),
    (r"^write “(#{2,} .*?)”$", line),
    (r"^write “---” in (?:this line|(a line before this one))(?:, and in line (\d+))?$", fence),
    (r"write “(class: \w+)”", line),
    (r"^write “([a-z_]+: [^”]*)”$", line),
    (r"^write “(?!#{2}|---|[a-z_]+: )(.+?)”(?=$|, or give)", word),
    (r"^delete (?:it|“.+?”)(?=$|, or only|, or put it right)", lambda place: word(place, "")),
    (r"^delete it, or put the closing mark", delete_here),
    (r"^begin with “.+”$", lambda place: word(place, "")),
    (r"delete the line$", lambda place: edit(place, lambda _: "\0")),
    (r"^keep one of the two lines$", lambda place: edit(place, lambda _: "\0")),
    (r"^delete one of them$", drop_item),
    (r"^leave it out: delete “(grace: [^”]+)”$", drop_words),
    (r"^delete the tags: ", lambda place: edit(place, lambda old: re.sub(r"</?[a-z]+>", "", old))),
    (r"^delete this line(?:, and line (\d+), which ends it)?$", drop_fence),
    (r"^put a full stop after it$", lambda place: edit(place, lambda old: old.rstrip(";") + ".")),
    (r"^call (?:the file|the folder|it) “(.+?)”(?:, in links and lists too)?$", rename),
    (r"^call the \w+ “(.+?)”, and add “(.+?)” to “(\w+)” in (\S+)$", rename_and_list),
    (r"^add “(.+?)” to “(\w+)” in (\S+?)(?=,|$)", add_item),
    (r"^add a sentence to the preamble, such as “(.+)”$", add_sentence),
    (r"^add a line “(\w+): ”(?!, with a list)", add_key),
    (r"^write a note in (\S+)/ with “principles: \[(.+?)\]” and “class: (\w+)”", add_note),
    (r"^indent with spaces$", lambda place: edit(place, str.expandtabs)),
]
"""What an editor does on reading a fix; its other words are the arguments."""
HIDING = {
    "file-unexpected/fail-ending",  # a file whose name is right at last has to say something
    "front-matter-unreadable/fail-signatory",  # a name that can be read gives the file its name
    # a length of time that can be read has to be what the preamble says
    "reporting-interval/fail-grace-of-a-short-period",
    "reporting-interval/fail-twice-a-year",
    "reporting-interval/fail-unit",
    "required-key/fail-mistyped",  # a key that is asked for has to be there
    "straight-apostrophe/fail-released",  # as it was released, so that its note is about nothing
}
"""Cases whose fix shows what nobody could see before."""


def one_of_each_fix() -> list:
    """The failing cases: the first for each kind of fix of a rule, and the others in the long tier."""
    names, kinds = cases("fail-"), set()
    marked = []
    for name in names:
        expected = CASES / name / "expected.txt"
        told = expected.read_text(encoding="utf-8") if expected.exists() else name  # not recorded yet
        fix = told.partition("\n  fix: ")[2].partition("\n")[0]
        kind = (name.split("/")[0], re.sub(r"“.*?”|\d+|\S*/\S*", "", fix))
        marked.append(pytest.param(name, marks=pytest.mark.long if kind in kinds else ()))
        kinds.add(kind)
    return marked


@pytest.mark.parametrize("name", one_of_each_fix())
def test_a_fix_mends_what_it_is_offered_for(name, tmp_path):
    root = Path(shutil.copytree(BASE, tmp_path / "laid/charter"))
    lay(name, root)
    before = check(replace(load(root, shown="charter"), **outside(name, root)))
    (finding,) = before
    done = [(step, match.groups()) for pattern, step in STEPS if (match := re.search(pattern, finding.fix))]
    if not done or name in HIDING:
        return
    for at, (step, words) in enumerate(done):
        other = Path(shutil.copytree(root.parent, tmp_path / str(at), symlinks=True)) / "charter"
        step((other, finding), *words)
        after = check(replace(load(other, shown="charter"), **outside(name, other)))
        assert after == (), (finding.fix, after)
