"""Checks the code against the table of rooms in docs/developers/architecture.md."""

from __future__ import annotations

import ast
import functools
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "hooks" / "charterpress"
PAGE = ROOT / "docs" / "developers" / "architecture.md"

CALLS = {
    "reads files": {
        *("open", "read_text", "read_bytes", "iterdir", "glob", "rglob", "scandir", "stat", "lstat")
    },
    "writes files": {
        *("mkdir", "unlink", "rmdir", "touch", "rmtree", "symlink_to", "copytree", "chmod", "rename"),
        *("write_text", "write_bytes", "fsync", "mkdtemp", "TemporaryDirectory"),
    },
}
"""How code touches the disk; `Path.replace` is told from `str.replace` apart."""
NAMES = {
    "runs programs": {"subprocess", "os.system", "os.exec", "os.spawn", "multiprocessing"},
    "uses the network": {"socket", "ssl", "urllib.request", "http.client", "ftplib", "smtplib", "asyncio"},
    "asks the clock": {
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"),
        *("time.monotonic", "time.perf_counter"),
    },
    "asks the environment": {
        *("os.environ", "os.getenv", "os.getcwd", "Path.cwd", "Path.home", "sys.argv", "sys.stdin"),
        "sys.stdout",
    },
}
"""Modules and attributes that reach outside the program."""
NETWORK_PACKAGES = {"httpcore2", "anyio", "requests", "httpx"}


class Room:
    """A row of the table: what one package below charterpress may import from outside, and do."""

    def __init__(self, packages: str, deeds: str) -> None:
        self.packages = set(re.findall(r"`([\w.]+)`", packages))
        self.deeds = {deed.strip() for deed in deeds.split(",") if deed.strip()}


def rooms() -> dict[str, Room]:
    rows = re.findall(
        r"^\| `(\w+)/` \| .+? \| (.*?) ?\| (.*?) ?\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {name: Room(packages, deeds) for name, packages, deeds in rows}


ROOMS = rooms()
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def room_of(path: Path) -> str:
    """Return the room that a file is in, "" for the package's own __init__.py."""
    first, *rest = path.relative_to(PACKAGE).parts
    return first if rest else ""


@functools.cache
def imports(source: str, package: str = "charterpress") -> frozenset[str]:
    """Return the full names of everything that a source imports, also late or for types only; `package` is
    the package it belongs to."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*parents, base]).rstrip(".")
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return frozenset(names)


def rooms_imported(source: str, package: str = "charterpress") -> set[str]:
    """Return the rooms that a source imports from."""
    split = (name.split(".") for name in imports(source, package))
    return {parts[1] for parts in split if parts[0] == "charterpress" and len(parts) > 1}


def packages_imported(source: str, package: str = "charterpress") -> set[str]:
    """Return the packages that a source imports and that are neither ours nor Python's own."""
    first = {name.partition(".")[0] for name in imports(source, package)}
    return first - {"charterpress", "", "__future__"} - set(sys.stdlib_module_names)


def deeds(source: str) -> set[str]:
    """Return what a source does outside its own memory, in the words of the table."""
    done = set()
    imported = imports(source)
    for deed, names in NAMES.items():
        if any(f"{each}.".startswith(f"{name}.") for each in imported for name in names):
            done.add(deed)
    if imported & NETWORK_PACKAGES or any(each.partition(".")[0] in NETWORK_PACKAGES for each in imported):
        done.add("uses the network")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            dotted = ".".join(ast.unparse(node).split(".")[-2:])
            done |= {deed for deed, names in NAMES.items() if dotted in names}
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)
            done |= {deed for deed, names in CALLS.items() if name in names}
            method = isinstance(called, ast.Attribute)
            if name == "replace" and method and len(node.args) == 1 and not node.keywords:
                done.add("writes files")
    return done


def names_in(text: str, words: list[str]) -> list[str]:
    """Return those of the words that occur in a text as whole words, in any case."""
    folded = text.casefold()
    pattern = r"(?<![\w-]){}(?![\w-])"
    return [
        word
        for word in words
        if (own := word.casefold()) in folded and re.search(pattern.format(re.escape(own)), folded)
    ]


def test_the_table_names_every_room_and_no_other():
    assert set(ROOMS) == {room_of(path) for path in SOURCES} - {""}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_rooms_above_it(room):
    above = {*list(ROOMS)[: list(ROOMS).index(room)], room}
    found = {
        path.relative_to(PACKAGE).as_posix(): sorted(
            rooms_imported(source, ".".join(path.relative_to(PACKAGE.parent).parts[:-1])) - above
        )
        for path, source in SOURCES.items()
        if room_of(path) == room
    }
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_the_packages_that_the_table_allows_and_all_of_them(room):
    """A permission that nobody uses is as wrong as a use that nobody permitted."""
    own = [source for path, source in SOURCES.items() if room_of(path) == room]
    used = set().union(*map(packages_imported, own))
    assert used == ROOMS[room].packages


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_does_what_the_table_allows_and_all_of_it(room):
    """Files, programs, the network, clock and environment: everything else comes in as an argument."""
    done = {
        path.relative_to(PACKAGE).as_posix(): deeds(source)
        for path, source in SOURCES.items()
        if room_of(path) == room
    }
    allowed = ROOMS[room].deeds
    assert {path: found - allowed for path, found in done.items() if found - allowed} == {}
    assert set().union(*done.values()) == allowed


def test_only_the_host_knows_mkdocs():
    """The adapter with its parts, what it takes as said, and what starts it import MkDocs or its theme; the
    hook imports the adapter and nothing else."""
    knowing = {
        path.relative_to(PACKAGE).as_posix()
        for path, source in SOURCES.items()
        if packages_imported(source) & {"mkdocs", "material"}
    }
    parts = ("languages", "mkdocs", "page_renderer", "prepare", "sources")
    assert knowing == {f"hosts/{name}.py" for name in ("build", "defaults", *parts)}
    hook = (ROOT / "hooks" / "events.py").read_text(encoding="utf-8")
    assert imports(hook) == {"sys", "pathlib.Path", "charterpress.hosts.mkdocs.CharterPlugin"}
    assert len(hook.splitlines()) <= 60


def test_no_file_is_over_350_lines():
    """A file that outgrows this holds two things."""
    long = {path.relative_to(ROOT).as_posix(): len(text.splitlines()) for path, text in SOURCES.items()}
    assert {path: lines for path, lines in long.items() if lines > 350} == {}


def test_the_package_names_no_charter(charter):
    """Package and templates serve any charter: no title, theme or principle of this one is in them."""
    words = ["Good Partners", charter.title, "four themes"]
    for theme in charter.themes:
        words += [theme.id, theme.title]
        words += [word for each in theme.principles for word in (each.id, each.title)]
    files = [path for path in sorted(PACKAGE.rglob("*")) if path.is_file() and path.suffix != ".pyc"]
    named = {
        path.relative_to(ROOT).as_posix(): names_in(path.read_text(encoding="utf-8", errors="replace"), words)
        for path in files
    }
    assert {path: found for path, found in named.items() if found} == {}


# --- These tests can fail ----------------------------------------------------------------------------

PLANTED = """
from __future__ import annotations
import os, datetime
from typing import TYPE_CHECKING
from charterpress.read import load
from .. import outputs, views
from . import wording
if TYPE_CHECKING:
    import mkdocs.config
def now():
    import requests
    open("x").write_text("a".replace("a", "b"))
    return datetime.datetime.now(), os.environ["HOME"], print
"""


def test_planted_imports_are_seen():
    assert rooms_imported(PLANTED, "charterpress.checks") == {"read", "outputs", "views", "checks"}
    assert packages_imported(PLANTED) == {"mkdocs", "requests"}


@pytest.mark.parametrize(
    ("deed", "sources"),
    [
        ("reads files", ["open('x')", "path.open()", "path.read_text()"]),
        ("writes files", ["path.write_bytes(b'')", "path.rename(a)", "path.replace(a)", "os.unlink(a)"]),
        ("runs programs", ["import subprocess"]),
        ("uses the network", ["from socket import create_connection", "import httpcore2"]),
        ("asks the clock", ["datetime.datetime.now()"]),
        ("asks the environment", ["os.environ['HOME']"]),
    ],
)
def test_a_planted_deed_is_seen(deed, sources):
    assert [deeds(source) for source in sources] == [{deed}] * len(sources)


def test_what_only_looks_like_a_deed_is_not_one():
    """Replacing words in a text or a value in a dataclass touches no file."""
    assert deeds("'a'.replace('a', 'b'); replace(edition, today=day); dataclasses.replace(a, b=1)") == set()


def test_a_planted_name_is_seen_and_part_of_a_word_is_not():
    assert names_in("The GOOD partners' site", ["good partners", "partner"]) == ["good partners"]
