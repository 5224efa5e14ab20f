"""Questions to git → its answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from charterpress.model.errors import CharterError, UsageError
from charterpress.storage.programs import run_program
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

_OTHERS = N_(
    "git does not read this repository, because it belongs to another user of this computer: "
    "allow it with git config --global --add safe.directory {path}"
)
_SHALLOW = N_("this is a shallow clone, without the start of its history: run git fetch --unshallow")
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules=none")
"""Options that make the answer depend on nobody's settings."""

_ADDITIONS = (
    *("--topo-order", "--reverse", "--full-history", "--diff-merges=separate", "--raw", "-z", "--no-abbrev"),
    *("--relative", "--diff-filter=A", "--format="),
)
"""Options of `git log` for every file that a commit added, the oldest first."""


def run_git(folder: Path, *arguments: str) -> str:
    """Return what `git` prints when it is run in `folder` with `arguments`.

    Raises CharterError, in git's own words if it has any, if there is no git or it refuses.
    """
    return _bytes(folder, *arguments).decode(errors="surrogateescape")  # a file may have any bytes for a name


def _bytes(folder: Path, *arguments: str, lines: Iterable[str] = ()) -> bytes:
    """The same as bytes, with `lines` for git's standard input."""
    stdin = "".join(f"{line}\n" for line in lines).encode()
    result = run_program(["git", "--no-replace-objects", "-C", str(folder), *arguments], stdin=stdin)
    if result.code:
        message = result.err.strip().removeprefix("fatal: ")
        if "safe.directory" in message:  # it gives several lines, in the user's language
            path = message.partition("safe.directory ")[2].partition("\n")[0]
            message = _(_OTHERS).format(path=path)
        raise CharterError(message or _("git ended with {code}").format(code=result.code))
    return result.out


def commit_date(folder: Path) -> str:
    """Return the date of the commit that `folder` stands at, as 2026-12-01, or "" where git knows none."""
    try:
        return run_git(folder, "show", "--no-patch", "--format=%cs", "HEAD").strip()
    except CharterError:
        return ""


def merge_base(folder: Path, ref: str) -> str:
    """Return the name of the commit where the work in `folder` left `ref`, a branch or commit.

    Raises UsageError where git does not know `ref` or they have nothing in common, CharterError where there
    is no git or no repository.
    """
    name = resolve_commit(folder, ref)
    try:
        return run_git(folder, "merge-base", name, "HEAD").strip()
    except CharterError as problem:
        if _is_shallow(folder):
            raise CharterError(_(_SHALLOW)) from problem
        raise UsageError(_("“{ref}” and this branch have nothing in common").format(ref=ref)) from problem


def resolve_commit(folder: Path, ref: str) -> str:
    """Return the full name of the commit that `ref`, a branch or commit, stands for. Raises UsageError where
    git does not know it, CharterError where there is no git or no repository."""
    if ref.startswith("-") or not ref.strip():
        raise UsageError(_("“{ref}” is not the name of a branch or commit").format(ref=ref))
    try:
        options = ("--verify", "--quiet", "--end-of-options")
        return run_git(folder, "rev-parse", *options, f"{ref}^{{commit}}").strip()
    except CharterError as problem:
        run_git(folder, "rev-parse", "--git-dir")  # says so if git or the repository is what is missing
        message = _("git does not know “{ref}”: name a branch or commit, such as origin/main").format(ref=ref)
        raise UsageError(message) from problem


def changed_since(folder: Path, ref: str) -> frozenset[str]:
    """Return the files in `folder` that differ from where this branch left `ref`, named from there: committed
    or not, new ones and deleted ones too. Raises as `merge_base` does."""
    base = merge_base(folder, ref)
    changed = run_git(folder, "diff", "--name-only", "-z", "--relative", *_PLAIN, base, "--")
    untracked = run_git(folder, "ls-files", "-z", "--others", "--exclude-standard")
    return frozenset(name for name in (changed + untracked).split("\0") if name)


def files_at(folder: Path, ref: str, under: str) -> dict[str, str]:
    """Return the SHA-256 digest of every file in `folder`/`under` as it stood where this branch left `ref`,
    by its path from `folder`. Raises as `merge_base` does."""
    return _digests(folder, objects_at(folder, merge_base(folder, ref), under))


def objects_at(folder: Path, commit: str, under: str) -> dict[str, str]:
    """Return git's name of every file in `folder`/`under` as of a commit or tag, by its path from `folder`.
    Raises CharterError as `run_git` does."""
    output = run_git(folder, "ls-tree", "-z", "--full-name", commit, "--", f"{under}/")
    blobs = {}
    for entry in filter(None, output.split("\0")):
        fields, _ignored, path = entry.partition("\t")
        blobs[f"{under}/{path.rpartition('/')[2]}"] = fields.split()[2]
    return blobs


def object_contents(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of git's objects by their names. Raises CharterError as `run_git` does."""
    names = list(dict.fromkeys(names))
    return dict(zip(names, _contents(folder, names), strict=True)) if names else {}


def added_on(folder: Path, under: str) -> dict[str, str] | None:
    """Return the date of the commit, as 2026-12-01, with which this branch took in every file that ever was
    in `folder`/`under`, by its path from `folder`; one that was deleted and came again, when it came again.
    None if there is no git, repository or commit, or a shallow clone lacks the start of the history."""
    try:
        if _is_shallow(folder):
            return None
        options = (
            "--first-parent",
            "--diff-merges=first-parent",
            "--reverse",
            "--diff-filter=A",
            "--name-only",
        )
        output = run_git(
            folder,
            "log",
            *options,
            "--relative",
            "-z",
            "--format=%x01%cs",
            *_PLAIN,
            "HEAD",
            "--",
            f"{under}/",
        )
    except CharterError:
        return None
    found: dict[str, str] = {}
    for commit in output.split("\x01")[1:]:
        date, *paths = commit.replace("\0\n", "\0").split("\0")
        found |= {path.lstrip("\n"): date for path in paths if path.strip()}
    return found


def first_added(folder: Path, under: str) -> dict[str, str] | None:
    """Return the SHA-256 digest of every file that was ever in `folder`/`under`, as the commit that first
    added it had it, by its path from `folder`; a renamed file is a new one. None if there is no git,
    repository or commit, or a shallow clone lacks the start of the history."""
    try:
        return None if _is_shallow(folder) else _first_added(folder, under)
    except CharterError:
        return None


def history_fault(folder: Path, under: str) -> str:
    """Return why git cannot say what it recorded of `folder`/`under`, although there is a repository with
    commits; '' where it can, or where there is none."""
    if not any((each / ".git").exists() for each in (folder.resolve(), *folder.resolve().parents)):
        return ""
    try:
        if _is_shallow(folder):
            return _(_SHALLOW)
        if run_git(folder, "rev-list", "--all", "--max-count=1").strip():
            _first_added(folder, under)
    except CharterError as problem:
        return str(problem)
    return ""


def _is_shallow(folder: Path) -> bool:
    return run_git(folder, "rev-parse", "--is-shallow-repository").strip() != "false"


def _first_added(folder: Path, under: str) -> dict[str, str]:
    output = run_git(folder, "log", *_ADDITIONS, *_PLAIN, "HEAD", "--", f"{under}/")
    words = [word for word in output.split("\0") if word.strip()]
    blobs: dict[str, str] = {}
    for fields, path in zip(words[::2], words[1::2], strict=True):
        blobs.setdefault(path, fields.split()[3])
    return _digests(folder, blobs)


def _digests(folder: Path, blobs: dict[str, str]) -> dict[str, str]:
    """The SHA-256 digest of each of git's objects, by the same keys."""
    contents = object_contents(folder, blobs.values())
    return {path: hashlib.sha256(contents[name]).hexdigest() for path, name in blobs.items()}


def _contents(folder: Path, names: Iterable[str]) -> list[bytes]:
    """The contents of git's objects. It prints for each its name, kind and size on a line, the bytes, and a
    newline."""
    output = _bytes(folder, "cat-file", "--batch", lines=names)
    contents, at = [], 0
    while at < len(output):
        start = output.index(b"\n", at) + 1
        fields = output[at:start].split()
        if len(fields) != 3:
            raise CharterError(_("git does not have all of its history here"))
        at = start + int(fields[2]) + 1
        contents.append(output[start : at - 1])
    return contents


_ABSENT, _SUBMODULE = "000000", "160000"
_MOST_READ = 300
"""Files of a proposal that are read; of more, the rest is named and measured alone."""
_MAX_READ_BYTES = 1024 * 1024
"""Bytes of the largest file that is read."""


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
    ancestor = run_git(folder, "merge-base", base, head).strip()
    output = run_git(folder, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", *_PLAIN, ancestor, head)
    words = [word for word in output.split("\0") if word]
    rows = [fields.removeprefix(":").split() for fields in words[::2]]
    sizes = _sizes(folder, {name for _, mode, _, name, *_ in rows if mode not in (_ABSENT, _SUBMODULE)})
    names = dict.fromkeys(row[3] for row in rows)
    read = [name for name in names if sizes.get(name, _MAX_READ_BYTES) < _MAX_READ_BYTES][:_MOST_READ]
    starts = {name: content[:8192] for name, content in zip(read, _contents(folder, read), strict=True)}
    return tuple(
        Difference(path=path, before=before, mode=mode, size=sizes.get(name, 0), start=starts.get(name, b""))
        for (before, mode, _, name, *_), path in zip(rows, words[1::2], strict=True)
    )


def _sizes(folder: Path, names: Iterable[str]) -> dict[str, int]:
    """How many bytes each of git's objects has."""
    output = _bytes(folder, "cat-file", "--batch-check=%(objectname) %(objectsize)", lines=sorted(names))
    return {name: int(size) for name, size in (line.split() for line in output.decode().splitlines())}


def paths_in_commit(folder: Path, commit: str) -> tuple[str, ...]:
    """Return the path of every file in a commit."""
    output = run_git(folder, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    return tuple(filter(None, output.split("\0")))


def tags(folder: Path) -> frozenset[str]:
    """Return the names of all tags."""
    return frozenset(run_git(folder, "tag", "--list").split())


def commit_adding(folder: Path, path: str) -> str:
    """Return the commit with which this branch took in the file `path` of `folder`: the commit that merged
    it, where one did. '' where no commit has it yet."""
    options = ("--max-count=1", "--first-parent", "--diff-filter=A", "--no-patch", "--format=%H")
    return run_git(folder, "log", *options, *_PLAIN, "HEAD", "--", path).strip()


def file_at(folder: Path, ref: str, path: str) -> bytes | None:
    """Return the bytes of the file `path` of `folder` at the commit that `ref`, a tag or commit, stands for;
    None if it is not there."""
    try:
        return _bytes(folder, "cat-file", "blob", f"{ref}^{{commit}}:./{path}")
    except CharterError:
        return None


def is_ancestor(folder: Path, ref: str) -> bool:
    """Whether the commit that `ref`, a tag or commit, stands for is in the history of this branch."""
    try:
        return run_git(folder, "merge-base", ref, "HEAD").strip() == resolve_commit(folder, ref)
    except CharterError:
        return False


def would_be_committed(path: Path, *, folder: bool = False) -> bool:
    """Return whether git would take in `path`, a file or, with `folder`, a folder, which need not be there:
    it lies in a repository, and nothing tells git to ignore it. Raises CharterError if git cannot say."""
    path = path.resolve()
    if not any((each / ".git").exists() for each in path.parents):
        return False
    parent = next(each for each in path.parents if each.is_dir())
    name = f"{path}/" if folder else str(path)
    result = run_program(["git", "-C", str(parent), "check-ignore", "--quiet", "--", name])
    if result.code > 1:
        raise CharterError(
            result.err.strip().removeprefix("fatal: ") or _("git ended with {code}").format(code=result.code)
        )
    return result.code == 1


def uncommitted(folder: Path) -> tuple[str, ...]:
    """Return the files of `folder` that git keeps and that differ from the last commit; () where there is no
    repository. Raises CharterError if git refuses the repository."""
    if not any((each / ".git").exists() for each in (folder.resolve(), *folder.resolve().parents)):
        return ()
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=no")
    output = run_git(folder, "--no-optional-locks", "status", *options, "--", ".")
    return tuple(entry[3:] for entry in output.split("\0") if entry)


def version_with_digest(folder: Path, path: str, digest: str) -> bytes | None:
    """Return the bytes that the file `path` of `folder` had in a commit, by their SHA-256 digest; None if no
    commit had them, or there is no repository."""
    try:
        output = run_git(
            folder, "log", "--format=", "--raw", "-z", "--no-abbrev", *_PLAIN, "HEAD", "--", path
        )
        names = {row.split()[3] for row in output.split("\0") if row.startswith(":")} - {"0" * 40, "0" * 64}
        contents = _contents(folder, sorted(names)) if names else []
    except CharterError:
        return None
    return next((each for each in contents if hashlib.sha256(each).hexdigest() == digest), None)
