"""The files that a pull request touches → what `charter check` cannot see of them, since it reads one folder.

An error refuses the proposal; a warning asks a maintainer to look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from charterpress.checks import SIGNATORIES
from charterpress.checks.identity import RESERVED
from charterpress.model import Finding, Severity
from charterpress.text.interface import N_, number
from charterpress.text.interface import gettext as _

MAX_FILES = 300
MAX_FILE_BYTES = 1024 * 1024
MAX_DISTRIBUTION_BYTES = 10 * 1024 * 1024
MAX_PATH_LENGTH = 200
LINK, SUBMODULE, GONE = "120000", "160000", "000000"
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff2"})
"""Endings of files that are no text, and may lie outside the charter's folder."""
_DISTRIBUTION = re.compile(r"wheels/[\w.+-]+\.whl")
"""The generator itself, where a repository keeps it: requirements.txt has its digest."""
_FORBIDDEN = frozenset('<>:"|?*\\')
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_WARNINGS = ("machine", "entry-changed")
_MESSAGES = {
    "files-many": (
        N_("this proposal touches {count} files; {most} is the most"),
        N_("make several proposals of it"),
    ),
    "machine-and-words": (
        N_(
            "this is part of the machine, changed together with the charter’s words: "
            "it needs a maintainer’s eye"
        ),
        N_("make two proposals of it"),
    ),
    "machine": (
        N_("this is part of the machine: it needs a maintainer’s eye"),
        N_("nothing, if that is what you mean to change"),
    ),
    "name-case": (
        N_("another name differs from this one only in capital letters or accents"),
        N_("give it another name"),
    ),
    "symlink": (N_("this is a symbolic link, and links are not followed"), N_("put the file itself there")),
    "submodule": (
        N_("this is a repository of its own, whose files could change without a proposal"),
        N_("copy its files in"),
    ),
    "name-outside": (
        N_("this path leads out of the repository, or into git’s own folder"),
        N_("give the file a path of plain names"),
    ),
    "name-hidden": (
        N_("its name has a character that hides, or that changes the direction of text"),
        N_("type the name again"),
    ),
    "name-reserved": (
        N_("Windows cannot have a file of this name, so that nobody there could copy the repository"),
        N_("give it another name"),
    ),
    "name-long": (N_("its name has {count} characters; {most} is the most"), N_("give it a shorter name")),
    "file-large": (
        N_("this file has {count} KiB; {most} KiB is the most"),
        N_("leave it out, or make it smaller"),
    ),
    "file-binary": (N_("this file is not text"), N_("leave it out")),
    "lfs-pointer": (
        N_("this stands for a file that is kept elsewhere (Git LFS), and nobody can read it here"),
        N_("put the file itself there"),
    ),
    "entry-changed": (
        N_("this changes the entry of an organisation that is listed: a maintainer asks who proposes it"),
        N_("say on whose behalf you propose it"),
    ),
}
"""What each rule says is wrong, and what to do about it."""
_MOST = {"files-many": MAX_FILES, "name-long": MAX_PATH_LENGTH, "file-large": MAX_FILE_BYTES // 1024}


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedFile:
    """A file that a proposal adds, changes or deletes: its path from the top of the repository, git's mode
    for it before and after (“000000” where it is not there), its size in bytes, and its first bytes."""

    path: str
    mode: str
    before: str = GONE
    size: int = 0
    start: bytes = b""


def check_changed_files(
    touched: Sequence[ChangedFile], charter: str, others: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Return what is wrong with the files of a proposal, by path. `charter` is the charter's folder, and
    `others` are the paths of all files that the repository has when the proposal is taken in."""
    findings = {
        *([_finding("files-many", "", len(touched))] if len(touched) > MAX_FILES else ()),
        *_not_text(touched, charter),
        *_case_collisions(touched, others),
        *(finding for file in touched for finding in _file_findings(file, charter)),
    }
    return tuple(sorted(findings, key=lambda finding: (finding.severity, finding.path, finding.rule)))


def _finding(rule: str, path: str, count: int = 0) -> Finding:
    message, fix = (_(each) for each in _MESSAGES[rule])
    most = _MOST.get(rule, 0)
    shown = number(most) if rule == "file-large" else str(most)
    message = message.format(count=number(count), most=shown)
    severity = Severity.WARNING if rule in _WARNINGS else Severity.ERROR
    return Finding(path=path, line=1, column=1, severity=severity, rule=rule, message=message, fix=fix)


def _not_text(touched: Sequence[ChangedFile], charter: str) -> Iterator[Finding]:
    """Whatever is not the text of the charter, or a page around it, needs a maintainer's eye, and does not
    come together with the charter's words."""
    words = any(f"{file.path}/".startswith(f"{charter}/") for file in touched)
    rule = "machine-and-words" if words else "machine"
    return (_finding(rule, file.path) for file in touched if not _is_text(file.path, charter))


def _is_text(path: str, charter: str) -> bool:
    parts = PurePosixPath(path).parts
    if any(part.casefold().startswith((".git", ".lfs")) for part in parts):
        return False  # git and its host take these for settings in any folder, and can hide a file by them
    page = path.endswith(".md") and (len(parts) == 1 or parts[0] == "docs")
    return f"{path}/".startswith(f"{charter}/") or page


def _case_collisions(touched: Sequence[ChangedFile], others: Iterable[str]) -> Iterator[Finding]:
    """No two names differ only in capital letters or in how an accent is written."""
    present = [file.path for file in touched if file.mode != GONE]
    names: dict[str, set[str]] = {}
    for path in (*others, *present):
        for name in _with_folders(path):
            names.setdefault(unicodedata.normalize("NFC", name).casefold(), set()).add(name)
    collisions = {name for alike in names.values() if len(alike) > 1 for name in alike}
    return (_finding("name-case", path) for path in present if not collisions.isdisjoint(_with_folders(path)))


def _with_folders(path: str) -> list[str]:
    """A path, and all folders that it lies in; none for one that is refused for its length."""
    parts = path.split("/") if len(path) <= MAX_PATH_LENGTH else []
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _file_findings(file: ChangedFile, charter: str) -> Iterator[Finding]:
    """What is wrong with one file by itself."""
    path, parts = file.path, file.path.split("/")
    in_git = any(part.casefold().rstrip(". ") in (".git", "git~1") for part in parts)
    picture = PurePosixPath(path).suffix in PICTURES and not path.startswith(f"{charter}/")
    distribution = bool(_DISTRIBUTION.fullmatch(path))
    most = MAX_DISTRIBUTION_BYTES if distribution else MAX_FILE_BYTES
    release = path.startswith(f"{charter}/releases/")  # which the tool writes
    stamp = path.startswith(f"{charter}/releases/proofs/") and path.endswith(".tsr")
    is_entry = path.startswith(f"{charter}/{SIGNATORIES}/")
    broken = {
        "symlink": file.mode == LINK,
        "submodule": file.mode == SUBMODULE,
        "name-outside": in_git or not path or bool({"", ".", ".."} & set(parts)),
        "name-hidden": any(unicodedata.category(letter) in _HIDDEN for letter in path),
        "name-reserved": any(map(_is_reserved, parts)),
        "name-long": len(path) > MAX_PATH_LENGTH,
        "file-large": file.size > most and not release,
        "file-binary": b"\0" in file.start and not (picture or distribution or stamp),
        "lfs-pointer": file.start.startswith(b"version https://git-lfs"),
        "entry-changed": is_entry and GONE not in (file.before, file.mode),
    }
    numbers = {"name-long": len(path), "file-large": file.size // 1024}
    return (_finding(rule, path, numbers.get(rule, 0)) for rule, breaks in broken.items() if breaks)


def _is_reserved(part: str) -> bool:
    """Whether Windows cannot have a file or folder of this name."""
    bad = part.partition(".")[0].casefold() in RESERVED or part != part.rstrip(". ") or set(part) & _FORBIDDEN
    return bool(bad) and part not in (".", "..")
