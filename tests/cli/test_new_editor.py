"""A new editor: from a clone to a release by the pages for editors alone; and every wrong turn leads back."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Error

import fork_server
from checkouts import PATIENCE
from package_pages import package_page
from test_documentation import ROOT, _block, released, tracked
from tiers import every_second

PROGRAMS = Path(sys.executable).parent
"""Where `make site` puts the commands: the tests cannot fetch packages once more."""
PRINCIPLE = "charter/themes/sharing/say-what-went-wrong.md"
NOTE = "charter/changes/say-what-went-wrong-d652.md"
INDEX = "charter/themes/sharing/index.md"
OLD = "charter/themes/sharing/keep-the-diary.md"
IN_ORDER = "The charter is in order: "
MOST = 1.0
"""Seconds of processor time for a rebuild of the preview."""


def page(name: str) -> str:
    """A page for editors, as it is written."""
    return package_page(f"editors/{name}.md")


WRITE, VERSIONS = page("write-a-principle"), page("versions")


@dataclass
class Desk:
    """Where an editor works: a folder, a terminal in it, and the host that the pages' address leads to."""

    folder: Path
    host: Path

    def typed(self, line: str, *, code: int | None = 0) -> str:
        """What is said when `line` is typed; it ends with `code`, or with any if that is None."""
        words, env = shlex.split(line), self.environment()
        if words[0] in fork_server.ENTRY_POINTS:
            result = fork_server.run(*words, cwd=self.folder, env=env)
        else:
            result = subprocess.run(
                words, cwd=self.folder, env=env, capture_output=True, text=True, check=False
            )
        said = result.stdout + result.stderr
        assert code is None or result.returncode == code, f"{line}: {result.returncode}\n{said}"
        return said

    def environment(self) -> dict[str, str]:
        """What a new editor's terminal has set."""
        ours = ("MAKE", "MFLAGS", "CHARTER", "GIT_")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        who = [f"GIT_{role}_{key}" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")]
        return (
            kept
            | dict.fromkeys(who, "editor@good-partners.example")
            | {
                "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
                "CHARTER_AUTHORITIES": "none",  # a person’s computer would ask them
                "COLUMNS": "100",
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": f"url.{self.host}.insteadOf",
                "GIT_CONFIG_VALUE_0": re.search(r"git clone (\S+)", _block(WRITE, "run: clone"))[1],
            }
        )

    def block(self, text: str, name: str) -> dict[str, str]:
        """What each line says of the block `name` of a page."""
        said = {}
        for line in _block(text, f"run: {name}").splitlines():
            if line.startswith("cd "):
                self.folder /= line[3:]
            else:
                said[line] = self.typed(line)
        return said

    def path(self, name: str) -> Path:
        """A file of the desk's folder."""
        return self.folder / name

    def read(self, name: str) -> str:
        """The words of a file."""
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Other words for a file."""
        self.path(name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """The first `old` in a file becomes `new`."""
        text = self.read(name)
        assert old in text, text
        self.write(name, text.replace(old, new, 1))

    def move(self, old: str, new: str) -> None:
        """A file by another name, beside where it was."""
        self.path(old).rename(self.path(old).with_name(new))


def made(desk: Desk, line: str) -> str:
    """What the README's `make` runs for its target. What it sets up is there already."""
    lines = desk.typed(f"{line} --no-print-directory -n").splitlines()
    assert lines[0].startswith(".ci/setup site")
    return lines[-1].removeprefix(".venv/bin/")


@pytest.fixture(scope="module")
def host(tmp_path_factory) -> Path:
    """A repository of all that stands in ours but the forms, on a branch `main`, with the charter that
    everybody begins with as its version 1.0.0."""
    folder = tmp_path_factory.mktemp("host")
    for path in tracked():
        inside = path.relative_to(ROOT)
        if inside.parts[0] not in ("charter", ".gitlab") and "ISSUE_TEMPLATE" not in inside.parts:
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / inside)
    released(folder)
    desk = Desk(folder, folder)
    desk.edit("mkdocs.yml", "site_name: Good Partners Charter", "site_name: Shared Hall Charter")
    desk.typed("git init --quiet --initial-branch main")
    desk.typed("git add --all")
    desk.typed("git commit --quiet --message All")
    return folder


def written(desk: Desk) -> None:
    """The principle and its note, as the page has them."""
    desk.block(WRITE, "principle")
    desk.write(PRINCIPLE, _block(WRITE, "file: say-what-went-wrong"))
    desk.block(WRITE, "note")


# --- The way ------------------------------------------------------------------------------------------


@contextlib.contextmanager
def preview(desk: Desk):
    """The preview, as the page says, at a free port; gives its address, its log and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    command = [*shlex.split(_block(WRITE, "run: serve")), "--address", at]
    log = desk.folder.with_name("preview.log")
    log.touch()
    process = fork_server.start(*command, cwd=desk.folder, env=desk.environment(), out=log, err=log)
    try:
        yield until(lambda: re.search(r"Serving on (http://\S+)", log.read_text()), log)[1], log, process
    finally:
        process.terminate()


def until(wanted: Callable[[], object], log: Path):
    """What `wanted` gives once it is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := wanted():
            return found
        time.sleep(0.05)
    return pytest.fail(f"the preview did not become as wanted: {log.read_text()}")


def reloaded(page) -> bool:
    """Loads a page of the preview again, unless it is just doing so by itself."""
    try:
        page.reload()
    except Error:
        return False
    return True


def test_a_new_editor_goes_from_a_clone_to_a_release_by_the_pages_alone(host, tmp_path, open_page):
    host = shutil.copytree(host, tmp_path / "host")
    desk = Desk(tmp_path, host)
    desk.block(WRITE, "clone")
    begins = re.search(r"```sh\n(make \w+) ", desk.read("README.md"))[1]
    assert "The website is in site" in desk.typed(made(desk, begins))
    shutil.rmtree(desk.path("site"))
    assert desk.block(WRITE, "principle").popitem()[1] == _block(WRITE, "said: principle")
    line = _block(WRITE, "run: check").strip()
    assert _block(WRITE, "said: check") in desk.typed(line, code=1)
    desk.write(PRINCIPLE, _block(WRITE, "file: say-what-went-wrong"))
    assert desk.block(WRITE, "note").popitem()[1] == _block(WRITE, "said: note")
    assert desk.block(WRITE, "done").popitem()[1] == _block(WRITE, "said: done")
    said = desk.block(WRITE, "look")
    assert "The next version is 2.0.0, and nothing is in its way: charter release" in said["charter status"]
    assert "{+a) tell the people whom a mistake of ours" in said["charter diff 1.0.0 draft"]
    with preview(desk) as (address, log, _):
        shown, witness = open_page(f"{address}draft/")
        assert shown.locator("h1").inner_text() == "The draft of the next version"
        assert "a mistake of ours has hurt" in " ".join(shown.locator("ins").all_inner_texts())
        assert shown.locator(".notice--findings").count() == 0
        desk.edit(OLD, "\ntitle: ", "\ntitle: " + "Very " * 20)
        theirs = f"{address}charter/sharing/keep-the-diary/"
        shown.goto(theirs)
        top = shown.locator("header + div .notice--findings, .notice--findings").first
        until(lambda: reloaded(shown) and top.count(), log)
        assert OLD in top.inner_text()
        assert "79 is the most" in top.inner_text()
        assert top.bounding_box()["y"] < shown.locator("h1").bounding_box()["y"]
        shown.goto(address + "about/")
        shown.get_by_role("link", name=OLD).click()
        assert shown.url == f"{theirs}#findings"
        desk.block(WRITE.replace("charter/releases/1.0.0.json", OLD), "restore")
        until(lambda: reloaded(shown) and not top.count(), log)
        assert witness.foreign(address) == []
    desk.block(WRITE, "propose")
    Desk(host, host).typed("git merge --quiet say-what-went-wrong")
    said = desk.block(VERSIONS, "release")
    assert said["charter release"].startswith("Released version 2.0.0 (commitment)")
    assert "2 versions, from 1.0.0" in said["charter verify"]
    assert not desk.path(NOTE).exists()
    assert desk.typed("git status --short") == ""
    assert desk.typed("charter check").startswith(IN_ORDER)


@pytest.mark.serial
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux what a process has used")
def test_the_preview_of_the_real_charter_is_made_again_within_a_second(host, tmp_path):
    desk = Desk(tmp_path / "mine", host)
    Desk(tmp_path, host).typed(f"git clone --quiet {host} mine")
    with preview(desk) as (_, log, process):
        used = []
        for turn in range(5):
            before, built = spent(process), log.read_text().count("Reloading browsers")
            desk.edit(OLD, "\n## Why it matters\n\n", f"\n## Why it matters\n\nThis is turn {turn}. ")
            until(lambda built=built: log.read_text().count("Reloading browsers") > built, log)
            used.append(spent(process) - before)
    assert median(used) <= MOST, used


def spent(process: fork_server.Process) -> float:
    """Seconds of processor time that a process and those that it waited for have used."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


# --- Wrong turns --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A wrong turn: what is `done`; what is `typed` then, what it has to `say`, and its exit code; and what
    leads `back`, which is given all that was said. `fresh` turns are taken before anything is written."""

    done: Callable[[Desk], object] = lambda desk: None
    typed: str = "charter check"
    code: int = 1
    say: tuple[str, ...]
    back: Callable[[Desk, str], object]
    fresh: bool = False


def quoted(said: str, before: str) -> str:
    """What stands in quotation marks behind `before`."""
    found = re.search(rf"{re.escape(before)}“([^”]+)”", said)
    assert found, said
    return found[1]


def begun(desk: Desk, line: str) -> None:
    """A principle begun by `line`, then written, with its note, as the page has them."""
    desk.typed(line)
    desk.write(PRINCIPLE, _block(WRITE, "file: say-what-went-wrong"))
    desk.block(WRITE, "note")


def named_as_said(desk: Desk, said: str) -> None:
    """The one file whose name was refused is called what is said."""
    path = re.search(r"(\S.*?\.md(?:\.txt)?):1:1: error\[file-", said)[1]
    desk.move(path, quoted(said, "fix: call the file " if "call the file" in said else "fix: call it "))


def note_as_said(desk: Desk, said: str) -> None:
    """The note is written with what is quoted, and a reason."""
    front = [quoted(said, "changes/ with "), quoted(said, " and ")]
    desk.write(
        NOTE, "\n".join(["---", *front, "---", "Groups found out about our mistakes for themselves.", ""])
    )


def as_bytes(encoding: str, *, ends: str = "\n") -> Callable[[Desk], object]:
    """What some editors on Windows save a file as."""
    return lambda desk: desk.path(PRINCIPLE).write_bytes(
        desk.read(PRINCIPLE).replace("\n", ends).encode(encoding)
    )


def saved_as(encoding: str) -> Callable[[Desk, str], object]:
    """The file opened as what it is, and saved as it is said."""

    def back(desk: Desk, said: str) -> None:
        text = desk.path(PRINCIPLE).read_bytes().decode(encoding)
        desk.path(PRINCIPLE).write_bytes(text.encode(quoted(said, "with the encoding ").lower()))

    return back


NEW = 'charter new principle {} "Say what went wrong" --after keep-the-diary'
TURNS = {
    "the theme is misspelt": Turn(
        fresh=True,
        typed=NEW.format("sharin"),
        code=2,
        say=("there is no theme called “sharin”", "do you mean “sharing”?"),
        back=lambda desk, said: begun(desk, NEW.format(quoted(said, "do you mean "))),
    ),
    "the title is far too long": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "title: Say", "title: Say to everybody" + " soon" * 15),
        say=("error[title-length]", "79 is the most", "fix: say one thing; the rest belongs in the summary"),
        back=lambda desk, _: desk.edit(PRINCIPLE, " to everybody" + " soon" * 15, ""),
    ),
    "a file is renamed by hand": Turn(
        done=lambda desk: desk.move(OLD, "mind-the-diary.md"),
        say=("error[principle-missing]", "call it “keep-the-diary.md” again", "“formerly: [keep-the-diary]”"),
        back=lambda desk, said: desk.move(
            OLD.replace("keep", "mind"), quoted(said, "is not listed: call it ")
        ),
    ),
    "a file is renamed for good": Turn(
        done=lambda desk: desk.move(OLD, "mind-the-diary.md"),
        say=("or write “mind-the-diary” here and “formerly: [keep-the-diary]” in its first lines",),
        back=lambda desk, said: (
            desk.edit(INDEX, "keep-the-diary", quoted(said, "or write ")),
            desk.edit(OLD.replace("keep", "mind"), "---\n", f"---\n{quoted(said, 'here and ')}\n"),
            desk.typed('charter new change mind-the-diary --why "It is about minding it."'),
        ),
    ),
    "a principle is in no list": Turn(
        done=lambda desk: desk.edit(INDEX, ", say-what-went-wrong", ""),
        say=("error[principle-unlisted]", "fix: add “say-what-went-wrong” to “principles” in themes/"),
        back=lambda desk, said: desk.edit(
            f"charter/{re.search(r'(themes/.*/index.md)$', said, re.MULTILINE)[1]}",
            "principles: [",
            f"principles: [{quoted(said, 'fix: add ')}, ",
        ),
    ),
    "words are left to write": Turn(
        fresh=True,
        done=lambda desk: (desk.block(WRITE, "principle"), desk.block(WRITE, "note")),
        say=("error[placeholder]", "is a placeholder", "fix: write the text that belongs here"),
        back=lambda desk, _: desk.write(PRINCIPLE, _block(WRITE, "file: say-what-went-wrong")),
    ),
    "the note is forgotten, and then written by hand": Turn(
        done=lambda desk: desk.path(NOTE).unlink(),
        say=("error[change-unnoted]", "“principles: [say-what-went-wrong]” and “class: commitment”"),
        back=note_as_said,
    ),
    "the note is forgotten, and then begun by the command": Turn(
        done=lambda desk: desk.path(NOTE).unlink(),
        typed="charter release",
        say=("error[change-unnoted]", "Nothing was released. Fix the errors above"),
        back=lambda desk, said: desk.typed(f'{quoted(said, "that say why: ")} --why "They told us."'),
    ),
    "the class is too low": Turn(
        done=lambda desk: desk.edit(NOTE, "class: commitment", "class: guidance"),
        say=("error[class-too-low]", "because say-what-went-wrong: added", "fix: write “class: commitment”"),
        back=lambda desk, said: desk.edit(NOTE, "class: guidance", quoted(said, "fix: write ")),
    ),
    "a note is about what did not change": Turn(
        done=lambda desk: desk.edit(NOTE, "principles:\n", "principles:\n  - keep-the-diary\n"),
        say=(
            "error[note-unneeded]",
            "“keep-the-diary” is unchanged since version 1.0.0",
            "fix: leave it out",
        ),
        back=lambda desk, _: desk.edit(NOTE, "  - keep-the-diary\n", ""),
    ),
    "the line that ends the front matter is gone": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "\n---\n\n##", "\n\n##"),
        say=("error[front-matter-unclosed]", "fix: write a line --- after its last line"),
        back=lambda desk, _: desk.edit(PRINCIPLE, "\n\n##", "\n---\n\n##"),
    ),
    "a word processor made a dash of the hyphens": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "---", "—-"),
        say=("error[front-matter-missing]", "fix: write “---” in this line"),
        back=lambda desk, said: desk.edit(PRINCIPLE, "—-", quoted(said, "fix: write ")),
    ),
    "a tab sets a line in": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "    measure", "\tmeasure"),
        say=("error[front-matter-unreadable]: there is a tab here", "fix: indent with spaces"),
        back=lambda desk, _: desk.edit(PRINCIPLE, "\t", "    "),
    ),
    "a colon in the title": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "summary: When", "summary: This: when"),
        say=("has a colon in it", 'fix: write summary: "This: when'),
        back=lambda desk, said: desk.write(
            PRINCIPLE,
            re.sub("(?m)^summary: .*$", re.search("fix: write (.*)", said)[1], desk.read(PRINCIPLE), count=1),
        ),
    ),
    "a released version is edited": Turn(
        done=lambda desk: desk.edit("charter/releases/1.0.0.json", "Keep the diary true", "Mind the diary"),
        say=("error[release-digest]", "restore the file from git", "a release is never edited"),
        back=lambda desk, _: desk.block(WRITE, "restore"),
    ),
    "a release without anything new": Turn(
        fresh=True,
        typed="charter release",
        code=2,
        say=("there is nothing to release: the words are those of 1.0.0",),
        back=lambda desk, _: written(desk),
    ),
    "the command is typed in the charter's own folder": Turn(
        done=lambda desk: setattr(desk, "folder", desk.folder / "charter" / "themes"),
        code=2,
        say=("there is no folder “charter” here", "go up to the folder that holds it, cd ../.."),
        back=lambda desk, said: setattr(
            desk, "folder", (desk.folder / re.search(r"cd (\S+)", said)[1]).resolve()
        ),
    ),
    "a Word document lies among the principles": Turn(
        done=lambda desk: desk.path(PRINCIPLE).with_suffix(".docx").write_bytes(b"PK\3\4"),
        say=("error[file-unexpected]", "fix: copy its words into a file of plain text that ends in “.md”"),
        back=lambda desk, _: desk.path(PRINCIPLE).with_suffix(".docx").rename(desk.folder / "draft.docx"),
    ),
    "a file has the name of its title": Turn(
        done=lambda desk: desk.move(PRINCIPLE, "Say What Went Wrong.md"),
        say=("error[file-name]", "fix: call the file “say-what-went-wrong.md”"),
        back=named_as_said,
    ),
    "an editor put .txt behind the name": Turn(
        done=lambda desk: desk.move(PRINCIPLE, "say-what-went-wrong.md.txt"),
        say=("error[file-unexpected]", "fix: call it “say-what-went-wrong.md”"),
        back=named_as_said,
    ),
    "the date is written as on a letter": Turn(
        typed="charter release --date 01/12/2026",
        code=2,
        say=("“01/12/2026” is not a date: write it as 2026-12-01",),
        back=lambda desk, said: desk.typed(
            datetime.now().astimezone().strftime("charter release --date %Y-%m-%d")
        ),
    ),
    "a principle is copied": Turn(
        done=lambda desk: shutil.copy(desk.path(OLD), desk.path("charter/themes/welcome/keep-the-diary.md")),
        say=("error[principle-copied]", "word for word what themes/sharing/keep-the-diary.md says"),
        back=lambda desk, said: desk.path(re.search(r"(\S+):1:1: error\[principle-copied", said)[1]).unlink(),
    ),
    "a title is taken": Turn(
        fresh=True,
        typed='charter new principle sharing "Leave it ready"',
        code=2,
        say=("is already that of charter/themes/sharing/leave-it-ready.md: choose another title",),
        back=lambda desk, _: written(desk),
    ),
    "a principle is deleted": Turn(
        done=lambda desk: (desk.path(OLD).unlink(), desk.edit(INDEX, "keep-the-diary, ", "")),
        say=("error[principle-gone]", "bring it back, write “retires: {keep-the-diary: ~}” in a change note"),
        back=lambda desk, said: desk.edit(NOTE, "class:", f"{quoted(said, 'bring it back, write ')}\nclass:"),
    ),
    "a heading has other words": Turn(
        done=lambda desk: desk.edit(PRINCIPLE, "## We will", "## We promise"),
        say=("error[section-unknown]", "write “## We will” if this is it"),
        back=lambda desk, said: desk.edit(PRINCIPLE, "## We promise", quoted(said, "is missing: write ")),
    ),
    "two people changed one line": Turn(
        done=lambda desk: desk.edit(
            PRINCIPLE, "## In practice", "<<<<<<< HEAD\n=======\n>>>>>>> main\n## In practice"
        ),
        say=("error[merge-conflict]", "delete the other one and the lines <<<<<<<, ======= and >>>>>>>"),
        back=lambda desk, _: desk.edit(PRINCIPLE, "<<<<<<< HEAD\n=======\n>>>>>>> main\n", ""),
    ),
    "Windows saved it as UTF-16, with zeros": Turn(
        done=as_bytes("utf-16"),
        say=("error[not-utf8]", "save it with the encoding “UTF-8”"),
        back=saved_as("utf-16"),
    ),
    "Windows saved it in its own letters": Turn(
        done=as_bytes("cp1252"),
        say=("error[not-utf8]", "save it with the encoding “UTF-8”"),
        back=saved_as("cp1252"),
    ),
    "Windows ends its lines otherwise, and begins with a mark": Turn(
        done=as_bytes("utf-8-sig", ends="\r\n"), code=0, say=(IN_ORDER,), back=lambda desk, said: None
    ),
}


@pytest.fixture(scope="module")
def desks(host, tmp_path_factory) -> dict[bool, Path]:
    """A folder in which nothing is written yet (True), and one in which the principle and its note are."""
    folders = {}
    for fresh in (True, False):
        desk = Desk(tmp_path_factory.mktemp("desk"), host)
        for name in ("charter", "CHANGELOG.md"):
            desk.typed(f"cp -r {host / name} .")
        desk.typed("git init --quiet --initial-branch main")
        if not fresh:
            written(desk)
        desk.typed("git add --all")
        desk.typed("git commit --quiet --message Begun")
        folders[fresh] = desk.folder
    return folders


@pytest.mark.parametrize("turn", every_second(TURNS))
def test_a_wrong_turn_is_answered_by_the_way_back(desks, host, tmp_path, turn):
    """The message names it; who does what it says has a clean check, and nothing in the way of a release."""
    desk = Desk(shutil.copytree(desks[turn.fresh], tmp_path / "desk"), host)
    turn.done(desk)
    said = desk.typed(turn.typed, code=turn.code)
    flowing = " ".join(said.split())
    assert [words for words in turn.say if " ".join(words.split()) not in flowing] == [], said
    assert "Traceback" not in said
    turn.back(desk, said)
    assert desk.typed("charter check").startswith(IN_ORDER)
    desk.typed("charter status")
