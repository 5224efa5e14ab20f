"""Files that nobody should have in a charter: each laid over the small charter of the corpus, with the rule
that the check names."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

from hostile import corpus

OUTSIDE = "words that stand outside"
"""What lies beside the charter's folder, where no link may lead."""
_ENTRY, _PRINCIPLE = "signatories/quay-club.yml", corpus.PRINCIPLE
_WHOLE = corpus.text_of(corpus.base()[_PRINCIPLE]).encode()

Plant = Callable[[Path], object]


def plants(function: Callable[..., object]) -> Callable[..., Plant]:
    """Let a call of a function say what it plants, without the charter's folder."""
    return lambda *arguments: lambda root: function(root, *arguments)


@plants
def text(root: Path, path: str, data: bytes | str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data.encode() if isinstance(data, str) else data)


@plants
def named(root: Path, name: str | bytes, folder: str = "themes/moorings") -> None:
    """Plants a principle's words under this name."""
    (root / folder).mkdir(parents=True, exist_ok=True)
    (root / folder / os.fsdecode(name)).write_bytes(_WHOLE)


@plants
def both(root: Path, *several: Plant) -> None:
    for each in several:
        each(root)


@plants
def link(root: Path, path: str, target: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).unlink(missing_ok=True)
    (root / path).symlink_to(target)


@plants
def folder(root: Path, path: str) -> None:
    (root / path).unlink(missing_ok=True)
    (root / path).mkdir(parents=True)


@plants
def fifo(root: Path, path: str) -> None:
    """Plants a pipe that nobody writes into: whoever opens it waits for ever."""
    (root / path).unlink(missing_ok=True)
    os.mkfifo(root / path)


def entry(words: str) -> Plant:
    return text(_ENTRY, words)


def cut(at: bytes, keep: int) -> Plant:
    return text(_PRINCIPLE, _WHOLE[: _WHOLE.index(at) + keep])


_LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

BOMBS: dict[str, tuple[Plant, str]] = {
    "aliases within aliases": (entry(_LAUGHS), "yaml-anchor"),
    "an alias of itself": (entry("name: &a [*a]\n"), "yaml-anchor"),
    "lists within lists": (entry("name: " + "[" * 9_000 + "\n"), "front-matter-unreadable"),
    "blocks within blocks": (entry("name: " + "{a: " * 2_000 + "\n"), "front-matter-unreadable"),
    "blocks on lines": (entry("".join(f"{' ' * n}a:\n" for n in range(200))), "front-matter-unreadable"),
    "lists on one line": (entry("- " * 4_000 + "x\n"), "front-matter-unreadable"),
    "merged keys": (entry("base: &base {name: Quay}\n<<: *base\n"), "yaml-anchor"),
    "a tag that runs a program": (entry('name: !!python/object/apply:os.system ["touch x"]\n'), "yaml-tag"),
    "a tag of its own": (entry("%TAG ! tag:evil.example,2024:\n---\nname: !x Quay\n"), "yaml-tag"),
    "a key that is a list": (entry("? [a, b]\n: name\n"), "front-matter-unreadable"),
    "three thousand keys": (entry("".join(f"k{at}: x\n" for at in range(3_000))), "unknown-key"),
    "one key a thousand times": (entry("name: Quay\n" * 1_000), "duplicate-key"),
    "a line of a megabyte": (entry("name: " + "x" * 1_000_000 + "\n"), "file-size"),
    "a line without an end": (entry("name: " + "x" * 30_000 + "\n"), "long-line"),
    "spaces without an end": (entry("name:" + " " * 9_900 + "x: y: z\n"), "front-matter-unreadable"),
    "quotation marks without an end": (entry("name: " + "'" * 9_001 + "\n"), "front-matter-unreadable"),
    "stars in Markdown": (text(corpus.PREAMBLE, "*a_ " * 2_400 + "\n"), "change-unnoted"),
    "brackets in Markdown": (text(corpus.PREAMBLE, "[" * 9_900 + "\n"), "change-unnoted"),
    "quotes within quotes in Markdown": (text(corpus.PREAMBLE, ">" * 5_000 + " x\n"), "nesting"),
    "lists within lists in Markdown": (text(corpus.PREAMBLE, "- " * 2_000 + "x\n"), "nesting"),
    "links in Markdown": (text(corpus.PREAMBLE, "![[]()" * 1_500 + "\n"), "link-target"),
    "a release of brackets": (text("releases/2.0.0.json", "[" * 100_000), "release-unreadable"),
    "a release of one number": (text("releases/2.0.0.json", "9" * 10_000), "release-unreadable"),
}
"""Small files that take a careless reader for ever, or all memory; and the rule that stops each."""

TORN: dict[str, tuple[Plant, str]] = {
    "within a letter": (text(_PRINCIPLE, _WHOLE + "é".encode()[:1]), "not-utf8"),
    "within a quotation": (cut(b'title: "Leave', 13), "front-matter-unclosed"),
    "within a quotation of an entry": (entry('name: "Quay'), "front-matter-unreadable"),
    "before the front matter ends": (cut(b"formerly", 0), "front-matter-unclosed"),
    "after the first line": (text(_PRINCIPLE, "---\n"), "front-matter-unclosed"),
    "to nothing": (text(_PRINCIPLE, b""), "front-matter-missing"),
    "to a mark": (text(_PRINCIPLE, b"\xef\xbb\xbf"), "front-matter-missing"),
    "and filled up with NUL": (text(_PRINCIPLE, _WHOLE[:200] + b"\0" * 300), "control-character"),
    "in UTF-16": (text(_PRINCIPLE, _WHOLE.decode().encode("utf-16")), "not-utf8"),
    "in Latin-1": (entry("name: Café\n".encode("latin-1").decode("latin-1")), "missing-key"),
    "with half a character in bytes": (text(_PRINCIPLE, _WHOLE + b"\xed\xa0\xbd\n"), "not-utf8"),
    "with a letter written too long": (text(_PRINCIPLE, _WHOLE + b"\xc0\xbcscript>\n"), "not-utf8"),
    "between two who changed it": (
        text(_PRINCIPLE, b"<<<<<<< HEAD\n" + _WHOLE + b"=======\n>>>>>>> other\n"),
        "merge-conflict",
    ),
    "half a release": (lambda root: os.truncate(root / corpus.FROZEN, 700), "release-unreadable"),
    "half a list of digests": (lambda root: os.truncate(root / "releases/SHA256SUMS", 40), "sums-form"),
    "settings of nothing": (text(corpus.CHARTER, b"\0\0\0\0"), "control-character"),
}
"""Files that broke off, or that another program saved; and the rule that says so."""

_NFC, _NFD = (f"{unicodedata.normalize(form, 'café')}.md" for form in ("NFC", "NFD"))
NAMES: dict[str, tuple[Plant, str]] = {
    "a device of Windows": (named("con.md"), "file-name-reserved"),
    "another": (named("aux.yml", "signatories"), "file-name-reserved"),
    "a device with an ending": (named("nul.tar.md"), "file-name"),
    "two dots": (named("...md"), "file-name"),
    "a dot at its end": (named("leave-room.md."), "file-unexpected"),
    "a space at its end": (named("leave-room.md "), "file-unexpected"),
    "a space before it": (named(" leave-room.md"), "file-name"),
    "far too long": (named("x" * 250 + ".md"), "file-name"),
    "a new line in it": (named("leave\n::error::pwned.md"), "file-name"),
    "a command for a terminal": (named("\x1b]0;pwned\x07.md"), "file-name"),
    "an option": (named("-rf.md"), "file-name"),
    "a backslash": (named("..\\..\\leave.md"), "file-name"),
    "a percent sign": (named("%2e%2e%2fleave.md"), "file-name"),
    "a colon": (named("leave:room.md"), "file-name"),
    "HTML": (named("<img src=x onerror=alert(1)>.md"), "file-name"),
    "turned round": (named("leave\u202edm.gpj.md"), "file-name"),
    "nothing to see": (named("leave\u200broom.md"), "file-name"),
    "no UTF-8": (named(b"leave-\xff\xfe.md"), "file-name"),
    "twins but for their case": (named("Leave-Room.md"), "file-name-case"),
    "twins but for how an accent is written": (both(named(_NFC), named(_NFD)), "file-name"),
    "a link out of the folder": (link("themes/moorings/outside.md", "../../../outside.md"), "symlink"),
    "a link in place of the settings": (link(corpus.CHARTER, "../outside.md"), "symlink"),
    "a link to a folder": (link("themes/outside", "../.."), "symlink"),
    "a link to itself": (link("themes/moorings/again.md", "again.md"), "symlink"),
    "a link to the root of the disk": (link("changes/root.md", "/etc/passwd"), "symlink"),
    "a pipe": (fifo("themes/moorings/pipe.md"), "file-unexpected"),
    "a pipe in place of an entry": (fifo(_ENTRY), "file-unexpected"),
    "a folder in place of a principle": (folder(_PRINCIPLE), "file-unexpected"),
    "a folder in place of the settings": (folder(corpus.CHARTER), "file-unexpected"),
    "a folder in place of an entry": (folder(_ENTRY), "file-unexpected"),
    "a folder in place of a release": (folder(corpus.FROZEN), "file-unexpected"),
    "a repository within": (text("themes/moorings/.git", "gitdir: ../../../.git\n"), "submodule"),
    "hidden": (text("themes/moorings/.leave-room.md", _WHOLE), "file-name"),
    "a program": (
        both(named("run.md"), lambda root: (root / "themes/moorings/run.md").chmod(0o755)),
        "executable",
    ),
    "one file under two names": (
        lambda root: os.link(root / _PRINCIPLE, root / "themes/moorings/second.md"),
        "principle-unlisted",
    ),
}
"""Names that mean something else to a file system, a shell or a reader; and the rule that says so."""
FILES = (
    {f"bomb: {name}": each for name, each in BOMBS.items()}
    | {f"torn: {name}": each for name, each in TORN.items()}
    | {f"name: {name}": each for name, each in NAMES.items()}
)


def lay(folder: Path, plant: Plant) -> Path:
    """Writes the charter with its release and its signatory into `folder`/charter, and plants a file in it;
    gives it. Beside it lies what no link may lead to."""
    (folder / "outside.md").write_text(f"---\ntitle: {OUTSIDE}\n---\n{OUTSIDE}\n", encoding="utf-8")
    clean = corpus.Payload(id="clean", text="Quay", attacks="", seen="")
    field = next(each for each in corpus.SIGNED if each.id == "signatory.pledge")
    root = corpus.write(folder / "charter", corpus.planted(field, clean))
    plant(root)
    return root
