"""Rules for what may lie in a charter's folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from charterpress.checks.queries import quote, reader_violations, relative_path
from charterpress.model import Edition, EntryKind, Violation
from charterpress.model.files import (
    MAX_FILE_BYTES,
    MAX_LINKS_BYTES,
    MAX_RELEASE_BYTES,
    MAX_SUMS_BYTES,
    MAX_TIME_STAMP_BYTES,
    MAX_TRANSLATION_BYTES,
)
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _

ALLOWED_PATHS = (
    "charter.yml",
    "preamble.md",
    "synonyms.yml",
    "links.json",
    "README.md",
    "themes/<theme>/<principle>.md",
    "changes/<note>.md",
    "releases/<version>.json",
    "releases/SHA256SUMS",
    "releases/proofs/<stamp>.tsr",
    "releases/proofs/<authority>.pem",
    "errata/<version>.md",
    "translations/<language>.po",
    "signatories/<organisation>.yml",
)
"""Every place in a charter's folder; a word in <> stands for any name."""
UNFINISHED = frozenset({".staged", ".unfinished", "releases/.staged", "releases/.unfinished"})
"""Where waits what is being written; a rule of its own speaks of what was broken off."""
_WORD_PROCESSOR_SUFFIXES = frozenset({".doc", ".docx", ".odt", ".pages", ".rtf"})
"""How the names of files end that word processors write."""
PLACEHOLDER_FILES = frozenset({".gitkeep"})
_REQUIRED_FILES = {
    "charter.yml": N_("write one, with title, summary, licence, themes and sections"),
    "preamble.md": N_("write one, in plain Markdown"),
}


def _pattern(place: str) -> re.Pattern[str]:
    """A pattern for the paths of `place`, one of `ALLOWED_PATHS` or a folder of one."""
    parts = re.split(r"(<\w+>)", place)
    return re.compile("".join("[^/]+" if part.startswith("<") else re.escape(part) for part in parts))


_FILES = [_pattern(place) for place in ALLOWED_PATHS]
_FOLDERS = [
    _pattern(str(parent)) for place in ALLOWED_PATHS for parent in list(PurePosixPath(place).parents)[:-1]
]


def file_missing(edition: Edition) -> Iterator[Violation]:
    """A charter has a file charter.yml and a file preamble.md.

    charter.yml says what the charter is called, what its themes are and what a principle looks like; the
    preamble says whom it is for and why."""
    there = {relative_path(edition, entry.path).casefold() for entry in edition.entries}
    for name, fix in _REQUIRED_FILES.items():
        if name not in there:
            message = _("there is no {file}").format(file=name)
            yield Violation(f"{edition.root}/{name}", message, _(fix))


def file_unexpected(edition: Edition) -> Iterator[Violation]:
    """Nothing lies in a charter's folder but what belongs there, in its place.

    What lies elsewhere would be read by nobody. Pictures, Word files and drafts belong in another place."""
    strange: set[str] = set()
    for entry in edition.entries:
        inside = relative_path(edition, entry.path)
        parents = {str(parent) for parent in PurePosixPath(inside).parents}
        if entry.kind is EntryKind.FILE:
            is_placeholder = PurePosixPath(inside).name in PLACEHOLDER_FILES
            known = is_placeholder or any(place.fullmatch(inside) for place in _FILES)
        elif entry.kind is EntryKind.FOLDER:
            known = any(place.fullmatch(inside) for place in _FOLDERS)
        else:
            known = entry.kind is not EntryKind.OTHER
        if not known and inside not in UNFINISHED and not parents & (strange | UNFINISHED):
            strange.add(inside)
            if entry.kind is EntryKind.FOLDER:
                message = _("{path} is not a folder that a charter has")
            else:
                message = _("{path} is not a file that a charter has")
            yield Violation(entry.path, message.format(path=quote(inside)), _suggestion(inside))


def _suggestion(inside: str) -> str:
    """Where the file most likely belongs."""
    name = PurePosixPath(inside)
    if name.suffix.lower() in (".markdown", ".mdown", ".txt", ".md") and name.suffix != ".md":
        return _("call it {name}").format(name=quote(name.stem.removesuffix(".md") + ".md"))
    if name.suffix.lower() in _WORD_PROCESSOR_SUFFIXES and not name.name.startswith("~"):
        return _("copy its words into a file of plain text that ends in “.md”, and keep this one elsewhere")
    if name.suffix.lower() in (".yaml", ".yml"):
        return _("call it {name} if it is a signatory, and keep it in signatories/").format(
            name=quote(name.stem + ".yml")
        )
    if name.suffix == ".md":
        return _("keep principles in themes/<theme>/ and change notes in changes/")
    return _("delete it, or keep it outside this folder")


def symlink(edition: Edition) -> Iterator[Violation]:
    """Nothing in a charter's folder is a link to another file.

    Such a link can lead anywhere on the computer that builds the site, and is never followed. Put the file
    itself there."""
    for entry in edition.entries:
        if entry.kind is EntryKind.SYMLINK:
            message = _("this is a symbolic link, and links are not followed")
            yield Violation(entry.path, message, _("put the file itself here"))


def submodule(edition: Edition) -> Iterator[Violation]:
    """No folder of a charter is a repository of its own.

    What lies in it could change without a pull request here. Copy the files in."""
    for entry in edition.entries:
        if entry.kind is EntryKind.SUBMODULE:
            message = _("this folder is a repository of its own, and is not read")
            yield Violation(entry.path, message, _("copy its files into an ordinary folder"))


def executable(edition: Edition) -> Iterator[Violation]:
    """No file of a charter is marked as a program.

    They are texts. Run “chmod -x” and the file's name, or in git “git update-index --chmod=-x” and its name.
    """
    for entry in edition.entries:
        if entry.executable:
            fix = _("run: chmod -x {name}").format(name=PurePosixPath(entry.path).name)
            yield Violation(entry.path, _("this file is marked as executable"), fix)


def file_size(edition: Edition) -> Iterator[Violation]:
    """No file that people write is larger than 32 KiB.

    A principle has four or five. What is larger is something else, and is not read. What the tool writes may
    be larger: a version has at most 10 MiB, the list of their digests 256 KiB, a time-stamp 64 KiB,
    links.json 4 MiB and a translation 2 MiB."""
    for entry in edition.entries:
        most, fix = _size_limit(relative_path(edition, entry.path))
        if entry.size > most:
            message = _("this file is {size} KiB; {most} KiB is the most").format(
                size=number(entry.size // 1024), most=number(most // 1024)
            )
            yield Violation(entry.path, message, fix)


def _size_limit(inside: str) -> tuple[int, str]:
    """The most bytes that a file may have, and what to do about one that has more."""
    if inside == "links.json":
        return MAX_LINKS_BYTES, _("restore the file from git, or delete it and run “charter links --record”")
    if inside.startswith("translations/") and inside.endswith(".po"):
        fix = _("restore the file from git, or remove what is not a translation")
        return MAX_TRANSLATION_BYTES, fix
    if not inside.startswith("releases/"):
        return MAX_FILE_BYTES, _("keep only the text of one principle, theme or note in it")
    if inside.startswith("releases/proofs/"):
        return MAX_TIME_STAMP_BYTES, _("restore the file from git, or delete it and run “charter stamp”")
    most = MAX_RELEASE_BYTES if inside.endswith(".json") else MAX_SUMS_BYTES
    return most, _("restore the file from git, or from the published version")


def file_unreadable(edition: Edition) -> Iterator[Violation]:
    """Every file can be opened by whoever builds the site.

    What cannot be opened would be missing from the charter without a word."""
    return reader_violations(edition, "file-unreadable")


def long_line(edition: Edition) -> Iterator[Violation]:
    """No line is longer than 10,000 characters.

    A paragraph has a few hundred. What is longer is no prose, and is not read."""
    return reader_violations(edition, "long-line")
