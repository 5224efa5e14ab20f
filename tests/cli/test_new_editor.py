"""A new editor: from a clone to a release by the pages for editors alone; and every wrong turn leads back."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Error

import fork_server
from checkouts import PATIENCE
from editor_desk import (
    IN_ORDER,
    NOTE,
    OLD,
    PRINCIPLE,
    VERSIONS,
    WRITE,
    Desk,
    written,
)
from test_documentation import ROOT, _block, released, tracked
from tiers import every_second
from wrong_turns import TURNS

MOST = 1.0
"""Seconds of processor time for a rebuild of the preview."""


def made(desk: Desk, line: str) -> str:
    """What the README's `make` runs for its target. What it sets up is there already."""
    lines = desk.typed(f"{line} --no-print-directory -n").splitlines()
    assert lines[0].startswith(".ci/setup site")
    return lines[-1].removeprefix(".venv/bin/")


@pytest.fixture(scope="module")
def host(tmp_path_factory) -> Path:
    """A repository of all that stands in ours but the forms and the tests, on a branch `main`, with the
    charter that everybody begins with as its version 1.0.0."""
    folder = tmp_path_factory.mktemp("host")
    for path in tracked():
        inside = path.relative_to(ROOT)
        if inside.parts[0] not in ("charter", ".gitlab", "tests") and "ISSUE_TEMPLATE" not in inside.parts:
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / inside)
    released(folder)
    desk = Desk(folder, folder)
    desk.edit("mkdocs.yml", "site_name: Good Partners Charter", "site_name: Shared Hall Charter")
    desk.typed("git init --quiet --initial-branch main")
    desk.typed("git add --all")
    desk.typed("git commit --quiet --message All")
    return folder


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
