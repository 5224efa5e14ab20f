"""Faults that git would not keep as they are, and histories of releases: laid over the fictional charter."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from builders import release_draft, write_note, write_release
from press import freeze
from press.load import load
from press.model import Class, Reference, Release

BASE = Path(__file__).parent / "cases" / "_base"
ROOM, TABLES = "themes/moorings/leave-room.md", "themes/tides/read-the-tables.md"
GAP = b"A gap that fits half a boat helps nobody."
FIRST, SECOND = "releases/1.0.0.json", "releases/1.1.0.json"
SUMS = "releases/SHA256SUMS"


# --- Faults ------------------------------------------------------------------------------------------


def replaced(path: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    """Plants bytes that would not survive as a file in git."""

    def plant(root: Path) -> None:
        file = root / path
        data = file.read_bytes()
        assert old in data
        file.write_bytes(data.replace(old, new))

    return plant


def linked(path: str, target: str) -> Callable[[Path], None]:
    """Plants a symbolic link in the place of a file."""

    def plant(root: Path) -> None:
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(target)

    return plant


def written(path: str, data: bytes) -> Callable[[Path], None]:
    """Plants a file."""

    def plant(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)

    return plant


def theme_linked(root: Path) -> None:
    """Plants a theme whose folder is a link."""
    shutil.move(root / "themes" / "tides", root.parent / "tides")
    (root / "themes" / "tides").symlink_to("../../tides")


PLANTED: dict[str, Callable[[Path], None]] = {
    "not-utf8/fail-latin-1": replaced(ROOM, b"A gap", "Où? A gap".encode("latin-1")),
    "not-utf8/fail-utf-16": lambda root: (root / ROOM).write_bytes(
        (root / ROOM).read_text().encode("utf-16")
    ),
    "lone-cr/fail-in-a-line": replaced(ROOM, b"A gap", b"A\rgap"),
    "lone-cr/fail-in-the-title": replaced(ROOM, b"Leave room", b"Leave\rroom"),
    "lone-cr/fail-whole-file": replaced(ROOM, b"\n", b"\r"),
    "lone-cr/pass-crlf": replaced(ROOM, b"\n", b"\r\n"),
    "control-character/fail-nul": replaced(ROOM, b"A gap", b"A\0gap"),
    "control-character/fail-bell-in-title": replaced(ROOM, b"title: Leave", b"title: Leave\x07"),
    "control-character/fail-in-a-heading": replaced(ROOM, b"## Why", b"## \x08Why"),
    "line-separator/fail-next-line": replaced(ROOM, b"title: Leave room", "title: Leave\x85room".encode()),
    "file-name-case/fail-twins": written("themes/moorings/Leave-Room.md", (BASE / ROOM).read_bytes()),
    "symlink/fail-principle": linked(ROOM, "../tides/read-the-tables.md"),
    "symlink/fail-out-of-the-folder": linked("preamble.md", "/etc/hostname"),
    "symlink/fail-dangling": linked("changes", "nowhere"),
    "symlink/fail-theme": theme_linked,
    "submodule/fail-checked-out": written("changes/.git", b"gitdir: ../../.git/modules/changes\n"),
    "submodule/fail-theme": written("themes/tides/.git", b"gitdir: ../../../.git/modules/tides\n"),
    "executable/fail-principle": lambda root: (root / ROOM).chmod(0o755),
    "file-size/fail-principle": replaced(ROOM, GAP, (GAP + b"\n") * 6500),
    "file-size/fail-settings": replaced(
        "charter.yml", b"title:", b"#" * 1000 + b"\n" + b"# x\n" * 70000 + b"title:"
    ),
    "file-unreadable/fail-closed": lambda root: (root / ROOM).chmod(0),
    "file-unexpected/fail-pipe": lambda root: os.mkfifo(root / "pipe"),
}
"""Faults that git would not keep as they are, by the folder that holds what is expected of them."""


