"""Holds the code against the table of docs/developers/architecture.md: who may know whom, and what."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRESS = ROOT / "hooks" / "press"
PAGE = ROOT / "docs" / "developers" / "architecture.md"

OUTSIDE = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"),
    *(
        "os.environ",
        "os.environb",
        "os.getenv",
        "os.getcwd",
        "Path.cwd",
        "Path.home",
        "sys.argv",
        "sys.stdin",
    ),
}
"""What the world outside tells: it comes in as an argument."""

NETWORK = {
    *("socket", "urllib.request", "http.client", "requests", "ftplib", "smtplib", "asyncio"),
    *("httpcore2", "anyio"),
}
WRITES = {
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "rmdir",
    "touch",
    "rmtree",
    "symlink_to",
    "copytree",
}
READS = {"read_text", "read_bytes", "iterdir", "glob", "rglob", "scandir"}


def table() -> dict[str, set[str] | None]:
    """The table of the page: module → the packages and modules it may import, None for anything."""
    rows = re.findall(r"^\| `(\w+)` \| .+? \| (.*?) ?\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: None if may == "anything" else set(re.findall(r"`(\w+)`", may)) for name, may in rows}


def sources() -> dict[Path, str]:
    """Every Python file of the package, with its text."""
    return {path: path.read_text(encoding="utf-8") for path in sorted(PRESS.rglob("*.py"))}


def module_of(path: Path) -> str:
    """The step of the pipeline that a file belongs to: `check` for press/check/words.py."""
    return path.relative_to(PRESS).parts[0].removesuffix(".py")


def imports(source: str, package: str = "press") -> set[str]:
    """The full names of all that a source imports, wherever in it; `package` is where it lies."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base]).rstrip(".")
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return names


def trespasses(module: str, source: str, may: set[str] | None, package: str = "press") -> list[str]:
    """What `module` imports and may not."""
    known = set()
    for name in imports(source, package):
        first, _, rest = name.partition(".")
        known.add(rest.partition(".")[0] if first == "press" else first)
    known -= {module, "", "__future__"} | set(sys.stdlib_module_names)
    if may is None:
        return sorted(known & {"mkdocs", "material"})
    return sorted(known - may)


def spoken(source: str) -> set[str]:
    """Every dotted name and every called method of a source: `os.environ`, `write_text()`."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            names.add(ast.unparse(node))
        if isinstance(node, ast.Call):
            called = node.func
            names.add(f"{called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)}()")
    return names


def reaches_out(source: str) -> list[str]:
    """Where a source asks the clock, the environment, the folder or the command line by itself."""
    names = spoken(source)
    ends = {".".join(name.split(".")[-2:]) for name in names if "." in name and not name.endswith("()")}
    return sorted(ends & OUTSIDE)


def names_in(text: str, words: list[str]) -> list[str]:
    """Which of the words stand in a text, as words, in any case."""
    whole = {word: re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])", re.IGNORECASE) for word in words}
    return [word for word, pattern in whole.items() if pattern.search(text)]


def test_the_table_names_every_module_and_no_other():
    """A new module stands on the page, and one that went is gone from it."""
    assert set(table()) == {module_of(path) for path in sources()} - {"__init__"}


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.relative_to(PRESS).as_posix())
def test_a_module_imports_only_what_the_table_allows(path):
    """Other steps of the pipeline and packages from outside alike; the type checker's imports count too."""
    package = ".".join(path.relative_to(PRESS.parent).parts[:-1])
    module = module_of(path)
    may = set() if module == "__init__" else table().get(module, set())
    assert trespasses(module, sources()[path], may, package) == []


def test_only_the_events_know_mkdocs():
    """No Python file of ours but hooks/events.py imports MkDocs or its theme."""
    knowing = []
    for path in sorted((ROOT / "hooks").rglob("*.py")):
        packages = {name.partition(".")[0] for name in imports(path.read_text(encoding="utf-8"))}
        if packages & {"mkdocs", "material"}:
            knowing.append(path.relative_to(ROOT).as_posix())
    assert knowing == ["hooks/events.py"]


def test_the_command_is_imported_by_nothing():
    """The command knows everybody, and nobody knows the command."""
    assert [path for path, source in sources().items() if "press.cli" in {*imports(source)}] == []


def test_the_world_outside_comes_in_as_an_argument():
    """No module but the command asks the clock, the environment, the command line or the working folder."""
    asking = {
        path.name: reaches_out(source) for path, source in sources().items() if module_of(path) != "cli"
    }
    assert {name: found for name, found in asking.items() if found} == {}


def test_only_links_uses_the_network():
    """Building and checking work on a train: what asks for pages is there for one command, which alone
    imports it."""
    using = {
        path.name: sorted(
            name for name in imports(source) if any(f"{name}.".startswith(f"{each}.") for each in NETWORK)
        )
        for path, source in sources().items()
        if module_of(path) != "links"
    }
    assert {name: found for name, found in using.items() if found} == {"linking.py": ["asyncio"]}
    assert [name for name, may in table().items() if may and "links" in may] == []


@pytest.mark.parametrize(
    ("does", "may"),
    [(WRITES, {"publish", "cli"}), (READS, {"load", "publish", "cli", "fonts", "typeset"})],
    ids=["writing", "reading"],
)
def test_files_are_read_and_written_where_the_page_says(does, may):
    """`load` is the only reader of a charter, `publish` the only writer; `fonts` and `typeset` read
    the font packages, and `typeset` what it has made before."""
    doing = {
        path.name: sorted({name.removesuffix("()") for name in spoken(source) if name.endswith("()")} & does)
        for path, source in sources().items()
        if module_of(path) not in may
    }
    assert {name: found for name, found in doing.items() if found} == {}


def test_the_tool_names_no_charter(charter):
    """Package and templates serve any charter: no title, theme or principle of this one is in them."""
    words = ["Good Partners", charter.title, "four themes"]
    for theme in charter.themes:
        words += [theme.id, theme.title]
        words += [word for each in theme.principles for word in (each.id, each.title)]
    files = [*sources(), *(path for path in sorted((ROOT / "overrides").rglob("*")) if path.is_file())]
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
from press.load import load
from .. import pages, render
from . import words
if TYPE_CHECKING:
    import mkdocs.config
def now():
    import requests
    open("x").write_text("")
    return datetime.datetime.now(), os.environ["HOME"], print
"""


def test_a_planted_trespass_is_seen():
    """Imports that are relative, late, or only for types are seen like any other."""
    assert trespasses("check", PLANTED, {"model", "load"}, "press.check") == [
        "mkdocs",
        "pages",
        "render",
        "requests",
    ]
    assert trespasses("cli", PLANTED, None, "press.check") == ["mkdocs"]


def test_a_planted_look_at_the_clock_is_seen():
    """The clock and the environment are seen through longer names too."""
    assert reaches_out(PLANTED) == ["datetime.now", "os.environ"]
    assert "write_text()" in spoken(PLANTED)


def test_a_planted_name_is_seen_and_part_of_a_word_is_not():
    """Names are found in any case, and not within other words."""
    assert names_in("The GOOD partners' site", ["good partners", "partner"]) == ["good partners"]
