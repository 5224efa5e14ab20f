"""The files that a pull request touches → what `charter check` cannot see of them, since it reads one folder.

An error refuses the proposal; a warning asks a maintainer to look. Each function is a rule, and its docstring
says it; `check_changed_files` asks them all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from charterpress.checks import SIGNATORIES
from charterpress.checks.identity import RESERVED
from charterpress.model import Finding, Severity

MAX_FILES = 300
MAX_FILE_BYTES = 1024 * 1024
MAX_PATH_LENGTH = 200
LINK, SUBMODULE, GONE = "120000", "160000", "000000"
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff2"})
"""Endings of files that are no text, and may lie outside the charter's folder."""
_FORBIDDEN = frozenset('<>:"|?*\\')
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedFile:
    """A file that a proposal adds, changes or deletes: its path from the top of the repository, git's mode
    for it before and after (“000000” where it is not there), its size in bytes, and its first bytes."""

    path: str
    mode: str
    before: str = GONE
    size: int = 0
    start: bytes = b""


Verdicts = Iterator[Finding]


def check_changed_files(
    touched: Sequence[ChangedFile], charter: str, others: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return what is wrong with the files of a proposal, by path. `charter` is the charter's folder, and
    `others` are the paths of all files that the repository has when the proposal is taken in."""
    found = {
        *_too_many(touched),
        *_code(touched, charter),
        *_case(touched, others),
        *(finding for file in touched for rule in _EACH for finding in rule(file, charter)),
    }
    return tuple(sorted(found, key=lambda finding: (finding.severity, finding.path, finding.rule)))


def _too_many(touched: Sequence[ChangedFile]) -> Verdicts:
    """A proposal touches at most 300 files."""
    if len(touched) > MAX_FILES:
        said = f"this proposal touches {len(touched):,} files; {MAX_FILES} is the most"
        yield _error("files-many", "", said, "make several proposals of it")


def _code(touched: Sequence[ChangedFile], charter: str) -> Verdicts:
    """Whatever is not the text of the charter, or a page around it, is the machine: it needs a maintainer's
    eye, and does not come together with the charter's words."""
    words = any(f"{file.path}/".startswith(f"{charter}/") for file in touched)
    for file in touched:
        if not _is_text(file.path, charter):
            if words:
                together = "changed together with the charter’s words"
                said = f"this is part of the machine, {together}: it needs a maintainer’s eye"
                yield _error("machine-and-words", file.path, said, "make two proposals of it")
            else:
                said = "this is part of the machine: it needs a maintainer’s eye"
                yield _warning("machine", file.path, said, "nothing, if that is what you mean to change")


def _is_text(path: str, charter: str) -> bool:
    parts = PurePosixPath(path).parts
    if any(part.casefold().startswith((".git", ".lfs")) for part in parts):
        return False  # git and its host take these for settings in any folder, and can hide a file by them
    page = path.endswith(".md") and (len(parts) == 1 or parts[0] == "docs")
    return f"{path}/".startswith(f"{charter}/") or page


def _case(touched: Sequence[ChangedFile], others: Iterable[str]) -> Verdicts:
    """No two names differ only in capital letters or in how an accent is written."""
    names: dict[str, set[str]] = {}
    there = (*others, *(file.path for file in touched if file.mode != GONE))
    for path in there:
        for name in _folders(path):
            names.setdefault(unicodedata.normalize("NFC", name).casefold(), set()).add(name)
    twins = {name for alike in names.values() if len(alike) > 1 for name in alike}
    for file in touched:
        if file.mode != GONE and not twins.isdisjoint(_folders(file.path)):
            said = "another name differs from this one only in capital letters or accents"
            yield _error("name-case", file.path, said, "give it another name")


def _folders(path: str) -> list[str]:
    """A path, and all folders that it lies in; none for one that is refused for its length."""
    parts = path.split("/") if len(path) <= MAX_PATH_LENGTH else []
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _link(file: ChangedFile, charter: str) -> Verdicts:  # noqa: ARG001
    """No file is a link to another one."""
    if file.mode == LINK:
        said = "this is a symbolic link, and links are not followed"
        yield _error("symlink", file.path, said, "put the file itself there")


def _submodule(file: ChangedFile, charter: str) -> Verdicts:  # noqa: ARG001
    """No folder is a repository of its own."""
    if file.mode == SUBMODULE:
        said = "this is a repository of its own, whose files could change without a proposal"
        yield _error("submodule", file.path, said, "copy its files in")


def _parent(file: ChangedFile, charter: str) -> Verdicts:  # noqa: ARG001
    """A path stays within the repository, and out of what git keeps there."""
    parts = file.path.split("/")
    git = any(part.casefold().rstrip(". ") in (".git", "git~1") for part in parts)
    if git or not file.path or {"", ".", ".."} & set(parts):
        said = "this path leads out of the repository, or into git’s own folder"
        yield _error("name-outside", file.path, said, "give the file a path of plain names")


def _hidden(file: ChangedFile, charter: str) -> Verdicts:  # noqa: ARG001
    """A name has no character that cannot be seen or that changes the direction of text."""
    if any(unicodedata.category(letter) in _HIDDEN for letter in file.path):
        said = "its name has a character that hides, or that changes the direction of text"
        yield _error("name-hidden", file.path, said, "type the name again")


def _reserved(file: ChangedFile, charter: str) -> Verdicts:  # noqa: ARG001
    """A name works on every computer."""
    for part in file.path.split("/"):
        bad = part.split(".")[0].casefold() in RESERVED or part != part.rstrip(". ") or set(part) & _FORBIDDEN
        if bad and part not in (".", ".."):
            said = "Windows cannot have a file of this name, so that nobody there could copy the repository"
            yield _error("name-reserved", file.path, said, "give it another name")
            break


def _long(file: ChangedFile, charter: str) -> Verdicts:  # noqa: ARG001
    """A path has at most 200 characters."""
    if len(file.path) > MAX_PATH_LENGTH:
        said = f"its name has {len(file.path):,} characters; {MAX_PATH_LENGTH} is the most"
        yield _error("name-long", file.path, said, "give it a shorter name")


def _large(file: ChangedFile, charter: str) -> Verdicts:
    """No file is larger than 1 MiB, but for a release, which the tool writes."""
    if file.size > MAX_FILE_BYTES and not file.path.startswith(f"{charter}/releases/"):
        said = f"this file has {file.size // 1024:,} KiB; {MAX_FILE_BYTES // 1024:,} KiB is the most"
        yield _error("file-large", file.path, said, "leave it out, or make it smaller")


def _binary(file: ChangedFile, charter: str) -> Verdicts:
    """A file is text, but for pictures and fonts outside the charter's folder."""
    picture = PurePosixPath(file.path).suffix in PICTURES and not file.path.startswith(f"{charter}/")
    if b"\0" in file.start and not picture:
        yield _error("file-binary", file.path, "this file is no text", "leave it out")


def _pointer(file: ChangedFile, charter: str) -> Verdicts:  # noqa: ARG001
    """A file is itself, and no word about where it is kept."""
    if file.start.startswith(b"version https://git-lfs"):
        said = "this stands for a file that is kept elsewhere (Git LFS), and nobody can read it here"
        yield _error("lfs-pointer", file.path, said, "put the file itself there")


def _entry(file: ChangedFile, charter: str) -> Verdicts:
    """Whoever changes an entry that is there speaks for that organisation."""
    if file.path.startswith(f"{charter}/{SIGNATORIES}/") and GONE not in (file.before, file.mode):
        said = "this changes the entry of an organisation that is listed: a maintainer asks who proposes it"
        yield _warning("entry-changed", file.path, said, "say on whose behalf you propose it")


_EACH = (_link, _submodule, _parent, _hidden, _reserved, _long, _large, _binary, _pointer, _entry)


def _error(rule: str, path: str, message: str, fix: str) -> Finding:
    return Finding(path=path, line=1, column=1, severity=Severity.ERROR, rule=rule, message=message, fix=fix)


def _warning(rule: str, path: str, message: str, fix: str) -> Finding:
    return Finding(
        path=path, line=1, column=1, severity=Severity.WARNING, rule=rule, message=message, fix=fix
    )
