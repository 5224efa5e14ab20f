"""Faults that git would not keep as they are, and histories of releases: laid over the fictional charter."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from builders import release_draft, write_note
from charterpress.model import Class, Reference
from charterpress.read import load
from charterpress.versions import freeze
from checkouts import files

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


# --- Histories ---------------------------------------------------------------------------------------

WIDER = b"A gap that fits half a boat helps nobody at all."
PROMISE, STRONGER = b"within an hour", b"within a minute"
NEW = "themes/tides/tell-the-town.md"
NEW_TEXT = """\
---
title: Tell the town
summary: Those on land hear what the water does.
questions:
  - Whom did you tell?
---

## We promise to

- ring the bell when the water rises.

## Why it matters

The cellars fill first.

## In practice

The bell hangs by the shed.
"""
REWORDED = WIDER.decode()


def steps(*plants: Callable[[Path], object]) -> Callable[[Path], None]:
    """Plants one thing after another."""

    def plant(root: Path) -> None:
        for each in plants:
            each(root)

    return plant


def noted(*principles: str, class_: str = "guidance", **front: object) -> Callable[[Path], object]:
    """Plants a change note."""
    return lambda root: write_note(root, *principles, class_=class_, **front)


def released(date: str = "2024-12-01", **options: bool) -> Callable[[Path], object]:
    """Plants a release of what is there. What many cases begin with is released once, and then written again
    as it was."""

    def plant(root: Path) -> None:
        before = files(root)
        key = (date, *options.items(), *before.items())
        if key not in _RELEASED:
            release_draft(root, date, **options)
            _RELEASED[key] = files(root)
        for path in before.keys() - _RELEASED[key].keys():
            (root / path).unlink(missing_ok=True)
        for path, data in _RELEASED[key].items():
            if before.get(path) != data:
                (root / path).parent.mkdir(exist_ok=True)
                (root / path).write_bytes(data)

    return plant


_RELEASED: dict[tuple, dict[str, bytes]] = {}


def deleted(*paths: str) -> Callable[[Path], None]:
    """Plants the loss of files."""

    def plant(root: Path) -> None:
        for path in paths:
            (root / path).unlink()

    return plant


def mended(root: Path) -> None:
    """Plants the right digest in each line of SHA256SUMS: what a forger would do next."""
    names = [line.split()[1] for line in (root / SUMS).read_text().splitlines()]
    lines = [
        f"{hashlib.sha256((root / 'releases' / name).read_bytes()).hexdigest()}  {name}\n" for name in names
    ]
    (root / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def forged(path: str, **changes: object) -> Callable[[Path], None]:
    """Plants a release that says something else of itself, with its digest in SHA256SUMS."""

    def plant(root: Path) -> None:
        (release,) = (each for each in load(root).releases if each.path.endswith(path))
        (root / path).write_bytes(freeze.release_bytes(replace(release, **changes)))
        mended(root)

    return plant


def lines(change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    """Plants other lines in SHA256SUMS."""

    def plant(root: Path) -> None:
        there = (root / SUMS).read_text().splitlines(keepends=True)
        (root / SUMS).write_text("".join(change(there)), encoding="utf-8", newline="\n")

    return plant


def added(path: str = NEW, id: str = "tell-the-town") -> Callable[[Path], None]:
    """Plants a third principle in the second theme."""
    tides = "themes/tides/index.md"
    last = b"  - warn-the-others\n"
    return steps(written(path, NEW_TEXT.encode()), replaced(tides, last, last + f"  - {id}\n".encode()))


def taken_out(path: str = NEW, id: str = "tell-the-town") -> Callable[[Path], None]:
    """Plants its loss."""
    return steps(deleted(path), replaced("themes/tides/index.md", f"  - {id}\n".encode(), b""))


ONE = released(first=True)
MINOR = steps(replaced(ROOM, GAP, WIDER), noted("leave-room"))
"""A change of text that does not bind, with its note."""
TWO = steps(ONE, MINOR, released("2025-06-01"))
RETIRED = steps(
    added(),
    ONE,
    taken_out(),
    noted("tell-the-town", class_="commitment", retires={"tell-the-town": "~"}),
)


def third_holds_first(root: Path) -> None:
    """Plants a third release that leaves the second one out."""
    first = next(each for each in load(root).releases if each.version == "1.0.0")
    forged("releases/1.2.0.json", previous=Reference(version="1.0.0", sha256=first.sha256))(root)


def renamed(root: Path) -> None:
    """Plants a new id for the third principle."""
    text = (root / NEW).read_text().replace("title:", "formerly: [tell-the-town]\ntitle:")
    taken_out()(root)
    added("themes/tides/ring-the-bell.md", "ring-the-bell")(root)
    (root / "themes/tides/ring-the-bell.md").write_text(text)


PLANTED |= {
    "file-name/fail-long": steps(
        lambda root: shutil.copy(root / ROOM, root / f"themes/moorings/{'x' * 101}.md"),
        deleted(ROOM),
        replaced("themes/moorings/index.md", b"leave-room", b"x" * 101),
        replaced("themes/moorings/mend-the-rope.md", b"(leave-room", b"(" + b"x" * 101),
    ),
    "zero-width/pass-khmer": replaced(ROOM, GAP, "សមាគម\u200bខ្មែរ: ".encode() + GAP),
    "zero-width/fail-khmer-end": replaced(ROOM, GAP, "សមាគម\u200b ".encode() + GAP),
    "file-unexpected/pass-all-places": ONE,
    "file-size/pass-large-release": steps(
        replaced("preamble.md", b"A harbour", b"A harbour is a harbour.\n" * 1300 + b"A harbour"),
        replaced(ROOM, GAP, (GAP + b"\n") * 700),
        ONE,
    ),
    "id-retired/fail-by-a-release": steps(
        RETIRED, released("2025-06-01"), added(), noted("tell-the-town", class_="commitment")
    ),
    "id-retired/pass-gone": lambda root: None,
    # The current version and a proposal
    "change-unnoted/fail-principle": steps(ONE, replaced(ROOM, GAP, WIDER)),
    "change-unnoted/fail-promise": steps(ONE, replaced(ROOM, PROMISE, STRONGER)),
    "change-unnoted/fail-preamble": steps(ONE, replaced("preamble.md", b"A harbour", b"A small harbour")),
    "change-unnoted/fail-settings": steps(ONE, replaced("charter.yml", b"Harbour Charter", b"Quay Charter")),
    "change-unnoted/fail-theme": steps(
        ONE, replaced("themes/tides/index.md", b"The tide asks", b"A tide asks")
    ),
    "change-unnoted/fail-added": steps(ONE, added()),
    "change-unnoted/pass-noted": steps(ONE, MINOR),
    "change-unnoted/pass-settings-noted": steps(
        ONE,
        replaced("charter.yml", b"Harbour Charter", b"Quay Charter"),
        noted("charter", class_="commitment"),
    ),
    "change-unnoted/pass-no-version": replaced(ROOM, GAP, WIDER),
    "note-unneeded/fail-taken-back": steps(ONE, noted("leave-room")),
    "note-unneeded/fail-one-of-two": steps(
        ONE, replaced(ROOM, GAP, WIDER), noted("leave-room", "warn-the-others")
    ),
    "note-unneeded/fail-former-name": steps(
        added(), ONE, renamed, noted("ring-the-bell", "tell-the-town", class_="commitment")
    ),
    "note-unneeded/pass-retired": RETIRED,
    "note-id/fail-after-a-version": steps(ONE, replaced(ROOM, GAP, WIDER), noted("leave-room", "leave-rom")),
    "note-unneeded/pass-no-version": noted("leave-room"),
    "class-too-low/fail-promise": steps(ONE, replaced(ROOM, PROMISE, STRONGER), noted("leave-room")),
    "class-too-low/fail-summary": steps(
        ONE,
        replaced(ROOM, b"than the boat needs", b"than a boat needs"),
        noted("leave-room", class_="editorial"),
    ),
    "class-too-low/pass-higher": steps(
        ONE, replaced(ROOM, GAP, WIDER), noted("leave-room", class_="commitment")
    ),
    "class-lowered/fail-one-approval": steps(
        ONE, replaced(ROOM, PROMISE, STRONGER), noted("leave-room", approved_by=["The chair"])
    ),
    "class-lowered/fail-same-name": steps(
        ONE, replaced(ROOM, PROMISE, STRONGER), noted("leave-room", approved_by=["The chair", "the chair"])
    ),
    "class-lowered/pass-two-approvals": steps(
        ONE, replaced(ROOM, PROMISE, STRONGER), noted("leave-room", approved_by=["The chair", "The clerk"])
    ),
    "principle-gone/fail-deleted": steps(added(), ONE, taken_out()),
    "principle-gone/pass-retired": RETIRED,
    "principle-gone/pass-renamed": steps(added(), ONE, renamed, noted("ring-the-bell", class_="commitment")),
    # Releases
    "release-unreadable/fail-truncated": steps(ONE, lambda root: os.truncate(root / FIRST, 2000), mended),
    "release-unreadable/fail-empty": steps(ONE, written(FIRST, b""), mended),
    "release-unreadable/fail-no-version": steps(
        ONE, replaced(FIRST, b'  "version": "1.0.0",\n', b""), mended
    ),
    "release-unreadable/fail-path-for-an-id": steps(
        ONE, replaced(FIRST, b'"id": "moorings"', b'"id": "../../../moorings"'), mended
    ),
    "release-unreadable/fail-control-character": steps(
        ONE, replaced(FIRST, b'"charter": "', b'"charter": "\\u001b]0;'), mended
    ),
    "release-unreadable/fail-no-title": steps(
        ONE, replaced(FIRST, b'"title": "Moorings"', b'"title": " "'), mended
    ),
    "release-unreadable/fail-direction": steps(
        ONE, replaced(FIRST, b'"charter": "', '"charter": "\u202e'.encode()), mended
    ),
    "release-unreadable/fail-wrong-kind": steps(
        ONE, replaced(FIRST, b'"binding": true', b'"binding": "yes"'), mended
    ),
    "release-unreadable/fail-no-such-day": steps(ONE, replaced(FIRST, b"2024-12-01", b"2024-02-30"), mended),
    "release-unreadable/pass-two": TWO,
    "release-form/fail-line-ends": steps(ONE, replaced(FIRST, b"\n", b"\r\n")),
    "release-form/fail-more-keys": steps(
        ONE, replaced(FIRST, b'  "version"', b'  "more": 1,\n  "version"'), mended
    ),
    "release-form/fail-number": steps(ONE, replaced(FIRST, b'"number": "1.2"', b'"number": "1.3"'), mended),
    "release-form/pass-two": TWO,
    "release-name/fail-copy": steps(
        ONE,
        lambda root: shutil.copy(root / FIRST, root / SECOND),
        lines(lambda there: [*there, there[0].replace("1.0.0", "1.1.0")]),
    ),
    "release-name/pass-two": TWO,
    "release-unfinished/fail-decided": written("releases/.unfinished/list.json", b"{}"),
    "release-unfinished/fail-begun": written("releases/.staged/0", b"{}"),
    "release-unfinished/fail-sign-up-decided": written(".unfinished/list.json", b"{}"),
    "release-unfinished/fail-sign-up-begun": written(".staged/0", b"{}"),
    "release-unfinished/pass-done": ONE,
    "release-unlisted/fail-line": steps(TWO, lines(lambda there: there[1:])),
    "release-unlisted/fail-no-sums": steps(ONE, deleted(SUMS)),
    "release-unlisted/pass-two": TWO,
    "release-digest/fail-edited": steps(ONE, replaced(FIRST, GAP, WIDER)),
    "release-digest/fail-edited-first-of-two": steps(TWO, replaced(FIRST, GAP, WIDER)),
    "release-digest/fail-listed-wrong": steps(ONE, lines(lambda there: ["0" * 64 + there[0][64:]])),
    "release-digest/pass-two": TWO,
    "release-missing/fail-deleted": steps(TWO, deleted(FIRST)),
    "release-missing/fail-last": steps(TWO, deleted(SECOND)),
    "release-missing/fail-gap": steps(TWO, deleted(FIRST), lines(lambda there: there[1:])),
    "release-missing/pass-two": TWO,
    "release-previous/fail-forged": steps(
        TWO, replaced(FIRST, b"A harbour is shared", b"A harbour was shared"), mended
    ),
    "release-previous/fail-none": steps(TWO, forged(SECOND, previous=None)),
    "release-previous/fail-left-out": steps(
        TWO, replaced(ROOM, WIDER, GAP), noted("leave-room"), released("2025-07-01"), third_holds_first
    ),
    "release-previous/pass-two": TWO,
    "release-date/fail-backwards": steps(TWO, forged(SECOND, date="2024-11-30")),
    "release-date/pass-same-day": steps(ONE, MINOR, released()),
    "release-future/fail-next-year": released("9999-12-31", first=True),
    "release-future/pass-today": ONE,
    "release-future/pass-nobody-asked": released("9999-12-31", first=True),
    "release-number/fail-raised": steps(
        TWO,
        forged(SECOND, version="1.2.0"),
        lambda root: (root / SECOND).rename(root / "releases/1.2.0.json"),
        replaced(SUMS, b"1.1.0", b"1.2.0"),
    ),
    "release-number/pass-consultation": steps(
        released(consultation=True),
        MINOR,
        released("2025-01-01", consultation=True),
        released("2025-02-01", first=True),
    ),
    "release-number/pass-two": TWO,
    "release-class/fail-lowered": steps(
        ONE,
        replaced(ROOM, PROMISE, STRONGER),
        noted("leave-room", class_="commitment"),
        released("2025-06-01"),
        lambda root: (root / "releases/2.0.0.json").rename(root / SECOND),
        replaced(SUMS, b"2.0.0", b"1.1.0"),
        forged(SECOND, version="1.1.0", class_=Class.GUIDANCE),
    ),
    "release-class/fail-first": steps(ONE, forged(FIRST, class_=Class.EDITORIAL)),
    "release-class/fail-not-the-newest": steps(
        ONE,
        replaced(ROOM, GAP, WIDER),
        noted("leave-room", class_="guidance"),
        released("2025-06-01"),
        lambda root: (root / SECOND).rename(root / "releases/1.0.1.json"),
        replaced(SUMS, b"1.1.0", b"1.0.1"),
        forged("releases/1.0.1.json", version="1.0.1", class_=Class.EDITORIAL),
        replaced(ROOM, PROMISE, STRONGER),
        noted("leave-room", class_="commitment"),
        released("2025-07-01"),
    ),
    "release-class/pass-lowered": steps(
        ONE,
        replaced(ROOM, PROMISE, STRONGER),
        noted("leave-room", class_="guidance", approved_by=["The chair", "The clerk"]),
        released("2025-06-01"),
        replaced(ROOM, GAP, WIDER),
        noted("leave-room", class_="guidance"),
        released("2025-07-01"),
    ),
    "release-class/pass-two": TWO,
    "release-recorded/fail-all-mended": steps(
        ONE, replaced(FIRST, GAP, WIDER), replaced(ROOM, GAP, WIDER), mended
    ),
    "release-recorded/fail-gone": steps(ONE, deleted(FIRST, SUMS)),
    "release-recorded/pass-new": ONE,
    "release-recorded/pass-nobody-asked": ONE,
    "release-changed/fail-changed": steps(
        ONE, replaced(FIRST, GAP, WIDER), replaced(ROOM, GAP, WIDER), mended
    ),
    "release-changed/fail-gone": steps(ONE, deleted(FIRST, SUMS)),
    "release-changed/pass-new": TWO,
    "sums-form/fail-words": steps(ONE, lines(lambda there: ["# digests\n", *there])),
    "sums-form/fail-one-space": steps(ONE, lines(lambda there: [*there, there[0].replace("  ", " ")])),
    "sums-form/pass-two": TWO,
    "sums-twice/fail-same-line": steps(ONE, lines(lambda there: there * 2)),
    "sums-twice/pass-two": TWO,
    "sums-order/fail-reversed": steps(TWO, lines(lambda there: there[::-1])),
    "sums-order/pass-two": TWO,
    "erratum-version/fail-mistyped": steps(TWO, written("errata/1.1.md", b"The word is quay.\n")),
    "erratum-version/fail-no-version": written("errata/1.0.0.md", b"The word is quay.\n"),
    "erratum-version/pass-two": steps(
        TWO, written("errata/1.0.0.md", b"Quay.\n"), written("errata/1.1.0.md", b"Quay.\n")
    ),
    "erratum-empty/fail-blank": steps(ONE, written("errata/1.0.0.md", b"\n")),
    "erratum-empty/pass-words": steps(ONE, written("errata/1.0.0.md", b"**Quay** is meant.\n")),
}

TO_EDITED = {FIRST: hashlib.sha256(b"what was released").hexdigest()}
OUTSIDE: dict[str, dict[str, object]] = {
    "release-future/fail-next-year": {"today": "9999-12-30"},
    "release-future/pass-today": {"today": "2024-12-01"},
    "release-recorded/fail-all-mended": {"recorded": TO_EDITED},
    "release-recorded/fail-gone": {"recorded": TO_EDITED},
    "release-recorded/pass-new": {"recorded": {}},
    "release-changed/fail-changed": {"agreed": TO_EDITED},
    "release-changed/fail-gone": {"agreed": TO_EDITED},
    "release-changed/pass-new": {"agreed": {}},
}
"""What git and the clock say of a case, as fields of its Edition."""
