"""A charter's folder → every path in it, without following a link, and what each text file is for."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from charterpress.model import Entry, EntryKind, Role

LEFT_OUT = frozenset({".git", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""What version control and file managers leave about; never part of a charter."""

_ROLES = {
    r"charter\.yml": Role.CHARTER,
    r"preamble\.md": Role.PREAMBLE,
    r"synonyms\.yml": Role.SYNONYMS,
    r"links\.json": Role.LINKS,
    r"releases/SHA256SUMS": Role.SUMS,
    r"README\.md": Role.OTHER,
    r"themes/[^/]*/index\.md": Role.THEME,
    r"themes/[^/]*/[^/]*\.md": Role.PRINCIPLE,
    r"changes/[^/]*\.md": Role.CHANGE,
    r"releases/[^/]*\.json": Role.RELEASE,
    r"releases/proofs/[^/]*\.tsr": Role.TIME_STAMP,
    r"releases/proofs/[^/]*\.pem": Role.ROOTS,
    r"errata/[^/]*\.md": Role.ERRATUM,
    r"translations/[^/]*\.po": Role.TRANSLATION,
    r"signatories/[^/]*\.yml": Role.SIGNATORY,
}
"""What the files are for whose paths match, the first match first."""


def entries(root: Path, shown: str) -> tuple[Entry, ...]:
    """Every path under `root`, sorted, named as `shown`/…; links are listed and not followed, and neither
    sub-modules nor what cannot be opened are looked into."""
    return tuple(sorted(_walk(root, shown), key=lambda entry: entry.path))


def _walk(root: Path, shown: str) -> Iterator[Entry]:
    folders = [(str(root), shown)]
    while folders:
        folder, name = folders.pop()
        try:
            items = list(os.scandir(folder))
        except OSError:
            continue
        for item in items:
            if item.name in LEFT_OUT:
                continue
            try:
                entry = _entry(item, f"{name}/{item.name}")
            except OSError:  # it went away meanwhile
                continue
            yield entry
            if entry.kind is EntryKind.FOLDER:
                folders.append((item.path, entry.path))


def _entry(item: os.DirEntry[str], path: str) -> Entry:
    status = item.stat(follow_symlinks=False)
    if stat.S_ISLNK(status.st_mode):
        return Entry(path=path, kind=EntryKind.SYMLINK)
    if stat.S_ISDIR(status.st_mode):
        # A sub-module that was checked out has a .git file (or, cloned by hand, a .git folder) of its own.
        inside = os.path.lexists(f"{item.path}/.git")
        return Entry(path=path, kind=EntryKind.SUBMODULE if inside else EntryKind.FOLDER)
    if not stat.S_ISREG(status.st_mode):
        return Entry(path=path, kind=EntryKind.OTHER)
    executable = os.name != "nt" and bool(status.st_mode & 0o111)
    return Entry(path=path, kind=EntryKind.FILE, size=status.st_size, executable=executable)


def role(inside: str) -> Role | None:
    """What the file at `inside`, a path under the charter's folder, is for; None where it is not text to
    read."""
    patterns = (pattern for pattern in _ROLES if re.fullmatch(pattern, inside, re.DOTALL))
    return next((_ROLES[pattern] for pattern in patterns), None)
