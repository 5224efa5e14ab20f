"""A branch and a proposal → the commit that merging them makes, and its files in a folder to be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from charterpress.model.errors import CharterError
from charterpress.storage.git import run_git
from charterpress.storage.programs import run_program
from charterpress.text.interface import gettext as _

ROBOT = ("-c", "user.name=charter", "-c", "user.email=charter@localhost")
"""Whom git names for a commit that nobody keeps."""
_INERT = (
    *("-c", "core.symlinks=false", "-c", "core.hooksPath=/dev/null", "-c", "filter.lfs.required=false"),
    *("-c", "filter.lfs.process=", "-c", "filter.lfs.smudge="),
)
"""Options under which checked-out files are bytes: no link is made, no hook run, nothing fetched for them."""


def merge_commits(folder: Path, base: str, head: str) -> tuple[str, tuple[str, ...]]:
    """Return the commit that merging `head` into `base`, both names of commits, makes, and no path; or '' and
    the paths that conflict. No file is checked out, and no branch moves. Raises CharterError as `run_git`."""
    if run_git(folder, "merge-base", base, head).strip() == base:
        return head, ()
    options = ("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages")
    done = run_program(["git", "--no-replace-objects", "-C", str(folder), *options, base, head])
    if done.code > 1:
        raise CharterError(_("git cannot merge this: {err}").format(err=done.err.strip()))
    tree, *paths = filter(None, done.out.decode(errors="surrogateescape").split("\0"))
    if done.code:
        return "", tuple(dict.fromkeys(paths))
    parents = ("-p", base, "-p", head)
    return run_git(folder, *ROBOT, "commit-tree", tree, *parents, "-m", "merge").strip(), ()


@contextmanager
def files_of_commit(folder: Path, commit: str) -> Iterator[Path]:
    """A temporary folder with the files of `commit`, as a work tree of the repository of `folder`, in which
    they are data: no hook, filter or link of theirs acts. Raises CharterError if git refuses a name."""
    with TemporaryDirectory(prefix="charter-") as parent:
        files = Path(parent, "files")
        run_git(folder, *_INERT, "worktree", "add", "--quiet", "--detach", str(files), commit)
        try:
            yield files
        finally:
            run_git(folder, "worktree", "remove", "--force", str(files))


def merge_texts(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Return `base` with the changes that lead from it to `ours` and to `theirs`; None if they conflict, or
    there is no git."""
    with TemporaryDirectory(prefix="charter-") as parent:
        files = [Path(parent, name) for name in ("ours", "base", "theirs")]
        for file, content in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(content)
        try:
            done = run_program(["git", "merge-file", "-p", *map(str, files)])
        except CharterError:
            return None
    return done.out if done.code == 0 else None
