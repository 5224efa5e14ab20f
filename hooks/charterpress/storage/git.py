"""Questions to git → its answers: the only module that runs it, and never through a shell."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from charterpress.model.errors import CharterError, UsageError

_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules=none")
"""Options that make the answer depend on nobody's settings."""


def run_git(folder: Path, *arguments: str) -> str:
    """Return what `git` prints when it is run in `folder` with `arguments`.

    Raises CharterError, in git's own words where it has any, if there is no git or it refuses.
    """
    return _bytes(folder, *arguments).decode(errors="surrogateescape")  # a file may have any bytes for a name


def _bytes(folder: Path, *arguments: str, asked: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            ["git", "--no-replace-objects", "-C", str(folder), *arguments],
            input=asked,
            capture_output=True,
            check=False,
        )
    except OSError as problem:
        raise CharterError("git is not installed here, and this needs it") from problem
    if done.returncode:
        said = done.stderr.decode(errors="surrogateescape").strip()
        raise CharterError(said.removeprefix("fatal: ") or f"git ended with {done.returncode}")
    return done.stdout


def commit_date(folder: Path) -> str:
    """Return the date of the commit that `folder` stands at, as 2026-12-01, or "" where git knows none."""
    try:
        return run_git(folder, "show", "--no-patch", "--format=%cs", "HEAD").strip()
    except CharterError:
        return ""


# --- What changed ------------------------------------------------------------------------------------


def merge_base(folder: Path, ref: str) -> str:
    """Return the name of the commit where the work in `folder` left `ref`, a branch or commit.

    Raises UsageError where git does not know `ref` or they have nothing in common, CharterError where there
    is no git or no repository.
    """
    name = resolve_commit(folder, ref)
    try:
        return run_git(folder, "merge-base", name, "HEAD").strip()
    except CharterError as problem:
        raise UsageError(f"“{ref}” and this branch have nothing in common") from problem


def resolve_commit(folder: Path, ref: str) -> str:
    """Return the full name of the commit that `ref`, a branch or commit, stands for. Raises UsageError where
    git does not know it, CharterError where there is no git or no repository."""
    if ref.startswith("-") or not ref.strip():
        raise UsageError(f"“{ref}” is not the name of a branch or commit")
    try:
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        return run_git(folder, *asked).strip()
    except CharterError as problem:
        run_git(folder, "rev-parse", "--git-dir")  # says so if git or the repository is what is missing
        raise UsageError(
            f"git does not know “{ref}”: name a branch or commit, such as origin/main"
        ) from problem


def changed_since(folder: Path, ref: str) -> frozenset[str]:
    """Return the files in `folder` that differ from where this branch left `ref`, named from there: committed
    or not, new ones and deleted ones too. Raises as `merge_base` does."""
    base = merge_base(folder, ref)
    changed = run_git(folder, "diff", "--name-only", "-z", "--relative", *_PLAIN, base, "--")
    untracked = run_git(folder, "ls-files", "-z", "--others", "--exclude-standard")
    return frozenset(name for name in (changed + untracked).split("\0") if name)


# --- What stood in a file ----------------------------------------------------------------------------


def files_at(folder: Path, ref: str, under: str) -> dict[str, str]:
    """Return the SHA-256 digest of every file in `folder`/`under` as it stood where this branch left `ref`,
    by its path from `folder`. Raises as `merge_base` does."""
    listed = run_git(folder, "ls-tree", "-z", "--full-name", merge_base(folder, ref), "--", f"{under}/")
    blobs = {}
    for entry in filter(None, listed.split("\0")):
        about, _, path = entry.partition("\t")
        blobs[f"{under}/{path.rpartition('/')[2]}"] = about.split()[2]
    return _digests(folder, blobs)


def first_added(folder: Path, under: str) -> dict[str, str] | None:
    """Return the SHA-256 digest of every file that was ever in `folder`/`under`, as it stood in the commit
    that first added it, by its path from `folder`; a renamed file is a new one. None where that cannot be
    told: there is no git, no repository or no commit, or a shallow clone holds only the last part of the
    history."""
    try:
        if run_git(folder, "rev-parse", "--is-shallow-repository").strip() != "false":
            return None
        history = run_git(
            folder,
            *("log", "--topo-order", "--reverse", "--full-history", "--diff-merges=separate", "--raw", "-z"),
            *(
                "--no-abbrev",
                "--relative",
                "--diff-filter=A",
                "--format=",
                *_PLAIN,
                "HEAD",
                "--",
                f"{under}/",
            ),
        )
        words = [word for word in history.split("\0") if word.strip()]
        blobs: dict[str, str] = {}
        for about, path in zip(words[::2], words[1::2], strict=True):
            blobs.setdefault(path, about.split()[3])
        return _digests(folder, blobs)
    except CharterError:
        return None


def _digests(folder: Path, blobs: dict[str, str]) -> dict[str, str]:
    """The digest of what each of git's objects holds, by the same keys."""
    names = list(dict.fromkeys(blobs.values()))
    held = dict(zip(names, _contents(folder, names), strict=True))
    return {path: hashlib.sha256(held[name]).hexdigest() for path, name in blobs.items()}


def _contents(folder: Path, names: Iterable[str]) -> list[bytes]:
    """What git's objects hold. For each it says: name, kind and size on a line, the bytes, a newline."""
    answer = _bytes(folder, "cat-file", "--batch", asked="".join(f"{name}\n" for name in names).encode())
    found, at = [], 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        words = answer[at:end].split()
        if len(words) != 3:
            raise CharterError("git does not have all of its history here")
        found.append(answer[end + 1 : end + 1 + int(words[2])])
        at = end + 2 + int(words[2])
    return found


# --- What a proposal holds ---------------------------------------------------------------------------

_ABSENT, _SUBMODULE = "000000", "160000"
_LOOKED_INTO = 300
"""Files of a proposal that are looked into; of more, the rest is named and measured alone."""
_LOOKED_AT = 1024 * 1024
"""Bytes of the largest file that is looked into."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A file that differs between two commits: its path from the top, git's mode for it before and after
    (“000000” where it is not there), its size in bytes, and its first 8 KiB."""

    path: str
    before: str
    mode: str
    size: int
    start: bytes


def differences(folder: Path, base: str, head: str) -> tuple[Difference, ...]:
    """Return the files that differ from where `head` left `base`, both names of commits; nothing is checked
    out. Raises CharterError as `run_git` does."""
    left = run_git(folder, "merge-base", base, head).strip()
    said = run_git(folder, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", *_PLAIN, left, head)
    words = [word for word in said.split("\0") if word]
    rows = [about.removeprefix(":").split() for about in words[::2]]
    sizes = _sizes(folder, {name for _, mode, _, name, *_ in rows if mode not in (_ABSENT, _SUBMODULE)})
    looked = [
        name for name in dict.fromkeys(row[3] for row in rows) if sizes.get(name, _LOOKED_AT) < _LOOKED_AT
    ]
    looked = looked[:_LOOKED_INTO]
    starts = dict(zip(looked, (held[:8192] for held in _contents(folder, looked)), strict=True))
    return tuple(
        Difference(path=path, before=before, mode=mode, size=sizes.get(name, 0), start=starts.get(name, b""))
        for (before, mode, _, name, *_), path in zip(rows, words[1::2], strict=True)
    )


def _sizes(folder: Path, names: Iterable[str]) -> dict[str, int]:
    """How many bytes each of git's objects has."""
    asked = "".join(f"{name}\n" for name in sorted(names))
    said = _bytes(folder, "cat-file", "--batch-check=%(objectname) %(objectsize)", asked=asked.encode())
    return {name: int(size) for name, size in (line.split() for line in said.decode().splitlines())}


def paths_in_commit(folder: Path, commit: str) -> tuple[str, ...]:
    """Return the path of every file in a commit."""
    said = run_git(folder, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    return tuple(name for name in said.split("\0") if name)


def tags(folder: Path) -> frozenset[str]:
    """Return the names of all tags."""
    return frozenset(run_git(folder, "tag", "--list").split())


def commit_adding(folder: Path, path: str) -> str:
    """Return the commit with which this branch took in the file `path` of `folder`: the commit that merged
    it, where one did. '' where no commit has it yet."""
    asked = ("--first-parent", "--diff-filter=A", "--no-patch", "--format=%H")
    return run_git(folder, "log", "--max-count=1", *asked, *_PLAIN, "HEAD", "--", path).strip()
