"""Write files and folders, all or nothing, and lock folders. Nothing else in the package writes.

Locks are held against other processes, and end with the process, however it ends.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from charterpress.model.errors import CharterError
from charterpress.text.interface import gettext as _

if sys.platform != "win32":
    import fcntl

STAGED, UNFINISHED = ".staged", ".unfinished"
"""The folders in which new files wait to be moved to their places, before and after `write_files` commits."""
_TASKS = "list.json"
_BUILDING = ".building-"
"""Part of the name of the folder in which a replacement is built, beside the folder it will replace."""


def write_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader finds either the old file or the whole new one.

    Missing folders are created. Raises OSError, and leaves nothing behind, if the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    _put(path, content, Path(name))


def write_new_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files, by their addresses below `folder`, into a folder that nobody reads yet, one at a time, so
    that they need not fit into memory together.

    Raises CharterError for an address outside the folder, and OSError if the disk refuses; earlier files are
    left in place.
    """
    for address, content in files:
        steps = address.split("/")
        if not all(steps) or not {".", ".."}.isdisjoint(steps):
            raise CharterError(_("“{address}” is not a valid address for a file").format(address=address))
        path = f"{folder}/{address}"
        try:
            file = open(path, "wb")  # noqa: PTH123, SIM115 - half the time that a Path takes
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            file = open(path, "wb")  # noqa: PTH123, SIM115
        with _name_in_error(path), file:
            file.write(content)


def _put(path: Path, content: bytes, new: Path) -> None:
    """Write `content` to `new`, a file beside `path`, and rename it to `path`."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    try:
        with _name_in_error(path), new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(mode)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


@contextmanager
def _name_in_error(path: Path | str) -> Iterator[None]:
    """Add the path to an OSError that does not name it, such as that of a full disk."""
    try:
        yield
    except OSError as problem:
        problem.filename = problem.filename or str(path)
        raise


def write_files(
    root: Path, writes: Mapping[str, bytes], removes: Iterable[str] = (), *, beside: str = ""
) -> None:
    """Write and remove several files, all or none of them. Paths are relative to `root`, with “/” between.

    New files and a list of tasks are gathered in `beside`/.staged. Renaming it to .unfinished commits: a
    process killed before that has changed nothing, and after one killed later, `finish_writing` completes the
    work. Raises CharterError if earlier work is unfinished, OSError if the disk refuses.
    """
    folder = root / beside
    staged, unfinished = folder / STAGED, folder / UNFINISHED
    if unfinished.exists():
        raise CharterError(
            _("the unfinished work in {unfinished} has to be completed first").format(unfinished=unfinished)
        )
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    paths = sorted(writes)
    for place, path in enumerate(paths):
        write_file(staged / str(place), writes[path])
    tasks = {"write": paths, "remove": sorted(removes)}
    write_file(staged / _TASKS, json.dumps(tasks).encode())
    _sync(staged)
    staged.rename(unfinished)
    _sync(folder)
    finish_writing(root, beside=beside)


def finish_writing(root: Path, *, beside: str = "") -> tuple[str, ...]:
    """Complete what a killed `write_files` had committed, and return the paths it wrote: () if there was
    nothing to complete. Uncommitted work is removed. May itself be killed and called again."""
    staged, unfinished = root / beside / STAGED, root / beside / UNFINISHED
    shutil.rmtree(staged, ignore_errors=True)
    if not unfinished.is_dir():
        return ()
    written: tuple[str, ...] = ()
    if (unfinished / _TASKS).is_file():
        tasks = json.loads((unfinished / _TASKS).read_bytes())
        written = tuple(tasks["write"])
        for place, path in enumerate(written):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            beside_it = (root / path).with_name(f".{Path(path).name}{UNFINISHED}")  # the same name each time
            _put(root / path, (unfinished / str(place)).read_bytes(), beside_it)
        for path in tasks["remove"]:
            (root / path).unlink(missing_ok=True)
        (unfinished / _TASKS).unlink()  # from here on there is nothing left to repeat
    shutil.rmtree(unfinished)
    return written


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A folder that is being built, and the one it will replace."""

    folder: Path
    new: Path
    lock: int
    """A descriptor that, while open, tells other processes that the folder is still being built."""


def stage_folder(folder: Path) -> Stage:
    """Return a new folder beside `folder` to build its replacement in. What killed processes left there is
    removed. Several processes may build at once: the last to finish wins. Raises OSError."""
    folder = folder.resolve()  # the folder itself is replaced, not a link to it
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    start = f".{folder.name}{_BUILDING}"
    with exclusive_lock(folder.parent, wait=True):
        for left in [each for each in folder.parent.iterdir() if each.name.startswith(start)]:
            _clear_leftover(left, folder)
        around = Path(tempfile.mkdtemp(prefix=start, dir=folder.parent))
        lock = acquire(around)
    new = around / "new"
    new.mkdir()
    if folder.exists():
        new.chmod(folder.stat().st_mode & 0o7777)
    return Stage(folder=folder, new=new, lock=lock)


def replace_folder(stage: Stage) -> None:
    """Move the new folder to its place, in one step if the system can (Linux), else in two. Hidden files of
    the old folder, such as `.git`, are kept. Raises OSError, leaving the old folder in place."""
    folder, new = stage.folder, stage.new
    if folder.exists():
        _copy_hidden(folder, new)
    with exclusive_lock(folder.parent, wait=True):
        if not folder.exists():
            new.rename(folder)
        elif not _exchange(new, folder):
            old = folder.rename(new.with_name("old"))
            try:
                new.rename(folder)
            except BaseException:
                old.rename(folder)
                raise
    discard(stage)


def discard(stage: Stage) -> None:
    """Remove the folder that was built, or the one that it replaced."""
    shutil.rmtree(stage.new.parent, ignore_errors=True)
    os.close(stage.lock)


def _copy_hidden(folder: Path, new: Path) -> None:
    """Copy to `new` the hidden files of `folder` that it lacks."""
    for each in folder.iterdir():
        there = new / each.name
        if not each.name.startswith(".") or there.exists():
            continue
        if each.is_dir() and not each.is_symlink():
            shutil.copytree(each, there, symlinks=True)
        else:
            shutil.copy2(each, there, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Swap the names of two folders in one step, and return whether the system can. Raises OSError."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, TypeError, OSError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE: linux/fcntl.h, linux/fs.h
    if renameat2(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _clear_leftover(left: Path, folder: Path) -> None:
    """Remove what a killed process left beside `folder`. If it died between its two steps, the old folder is
    moved back first."""
    try:
        lock = acquire(left)
    except OSError:
        return
    try:
        if (left / "old").is_dir() and not folder.exists():
            (left / "old").rename(folder)
        shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(lock)


def _sync(folder: Path) -> None:
    """Flush a folder's entries to the disk, if the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def exclusive_lock(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold an exclusive lock on `folder`; a folder that does not exist needs none. If another process holds
    it, `wait`, or raise CharterError. Raises OSError if it cannot be locked."""
    try:
        lock = acquire(folder, wait=wait)
    except (FileNotFoundError, NotADirectoryError):
        yield
        return
    except BlockingIOError as problem:
        message = _("another command is writing in “{folder}” just now: try again when it is done").format(
            folder=folder
        )
        raise CharterError(message) from problem
    try:
        yield
    finally:
        os.close(lock)


def acquire(folder: Path, *, wait: bool = False) -> int:
    """Return a file descriptor that locks `folder` until it is closed. Raises BlockingIOError if another
    process holds the lock and `wait` is false, OSError if there is no such folder."""
    if sys.platform == "win32":
        return os.open(os.devnull, os.O_RDONLY)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
