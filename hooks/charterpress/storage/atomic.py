"""Bytes → disk: the only writer, all or nothing."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from charterpress.model.errors import CharterError

if sys.platform != "win32":
    import fcntl

STAGED, UNFINISHED = ".staged", ".unfinished"
"""The folders in which several files wait to be put in their places: before the moment of decision, and
after it."""
_LIST = "list.json"
_DIGEST = 64
"""How many characters a digest has."""
_BUILDING = ".building-"
"""In the name of a folder in which a new one is filled, beside the one whose place it will take."""


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path`, so that a reader finds either the old file or the whole new one.

    Folders are made as needed. Raises OSError, and leaves nothing behind, where the disk refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    _put(path, content, Path(name))


def fill(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files, given by their addresses below `folder`, into a folder that is being made and that nobody
    reads yet: as they come, so that there may be more of them than the memory would hold.

    Raises CharterError for an address that leads out of the folder, OSError where the disk refuses; the files
    before it are there then.
    """
    for address, content in files:
        steps = address.split("/")
        if not all(steps) or not {".", ".."}.isdisjoint(steps):
            raise CharterError(f"“{address}” is no address of a file")
        path = f"{folder}/{address}"
        try:
            file = open(path, "wb")  # noqa: PTH123, SIM115 - half the time that a Path takes
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            file = open(path, "wb")  # noqa: PTH123, SIM115
        with _named(path), file:
            file.write(content)


def once(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return what `make` returned when it was first called for `path`, where it is kept with its digest
    before it. What is not there, or not there whole, is made and put there: a damaged file, or a disk that
    keeps nothing, costs time, and no wrong byte. Raises what `make` raises."""
    try:
        kept = path.read_bytes()
    except OSError:
        kept = b""
    digest, content = kept[:_DIGEST], kept[_DIGEST:]
    if hashlib.sha256(content).hexdigest().encode() != digest:
        content = make()
        with suppress(OSError):
            write(path, hashlib.sha256(content).hexdigest().encode() + content)
    return content


def _put(path: Path, content: bytes, new: Path) -> None:
    """Put `content` at `path` by way of the file `new`, which lies beside it."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    try:
        with _named(path), new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(mode)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


@contextmanager
def _named(path: Path | str) -> Iterator[None]:
    """Let a refusal to write say which file it is about: a full disk does not."""
    try:
        yield
    except OSError as problem:
        problem.filename = problem.filename or str(path)
        raise


# --- Several files at once ---------------------------------------------------------------------------


def write_all(
    root: Path, writes: Mapping[str, bytes], removes: Iterable[str] = (), *, beside: str = ""
) -> None:
    """Write and remove several files, all or none of them. Paths are relative to `root`, with “/” between.

    The new files and a list of what is to be done are first gathered in the folder `beside`/.staged, which
    nobody reads. Renaming it to .unfinished is the moment of decision: a process that is killed before it
    has changed nothing, and one that is killed after it has left everything that is needed to go on.
    `finish` does so, and is what this function itself ends with. Raises CharterError where an earlier one
    is unfinished, OSError where the disk refuses.
    """
    folder = root / beside
    staged, unfinished = folder / STAGED, folder / UNFINISHED
    if unfinished.exists():
        raise CharterError(f"what was begun in {unfinished} has to be finished first")
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    paths = sorted(writes)
    for place, path in enumerate(paths):
        write(staged / str(place), writes[path])
    tasks = {"write": paths, "remove": sorted(removes)}
    write(staged / _LIST, json.dumps(tasks).encode())
    _sync(staged)
    staged.rename(unfinished)
    _sync(folder)
    finish(root, beside=beside)


def finish(root: Path, *, beside: str = "") -> tuple[str, ...]:
    """Go on where `write_all` was killed, and return the paths that it was about to write: () where it had
    not decided yet, whose traces are removed, or where there is nothing to do. May itself be killed and
    called again: each step can be repeated."""
    staged, unfinished = root / beside / STAGED, root / beside / UNFINISHED
    shutil.rmtree(staged, ignore_errors=True)
    if not unfinished.is_dir():
        return ()
    written: tuple[str, ...] = ()
    if (unfinished / _LIST).is_file():
        tasks = json.loads((unfinished / _LIST).read_bytes())
        written = tuple(tasks["write"])
        for place, path in enumerate(written):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            beside_it = (root / path).with_name(f".{Path(path).name}{UNFINISHED}")  # the same name each time
            _put(root / path, (unfinished / str(place)).read_bytes(), beside_it)
        for path in tasks["remove"]:
            (root / path).unlink(missing_ok=True)
        (unfinished / _LIST).unlink()  # from here on there is nothing left to repeat
    shutil.rmtree(unfinished)
    return written


# --- A whole folder in one step ----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A folder that is being filled, and the one whose place it will take."""

    folder: Path
    new: Path
    lock: int
    """What shows other processes, for as long as it is open, that this one still fills it."""


def stage(folder: Path) -> Stage:
    """Return a new folder to fill, which lies beside `folder` and that nobody reads. What was left there by
    processes that were killed is cleared away. Several may fill one each at the same time: the last one that
    is done stays. Raises OSError where the disk refuses."""
    folder = folder.resolve()  # the folder itself is replaced, not a link to it
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    start = f".{folder.name}{_BUILDING}"
    with _held(folder.parent):
        for left in [each for each in folder.parent.iterdir() if each.name.startswith(start)]:
            _clear(left, folder)
        around = Path(tempfile.mkdtemp(prefix=start, dir=folder.parent))
        lock = _hold(around)
    new = around / "new"
    new.mkdir()
    if folder.exists():
        new.chmod(folder.stat().st_mode & 0o7777)
    return Stage(folder=folder, new=new, lock=lock)


def replace(stage: Stage) -> None:
    """Put what was filled in the place of the folder that was there, in one step where the system knows one
    (Linux does), else in two. What is hidden in the old folder, such as `.git`, is in the new one too. Raises
    OSError where the disk refuses; the old folder is there then."""
    folder, new = stage.folder, stage.new
    if folder.exists():
        _keep_hidden(folder, new)
    with _held(folder.parent):
        if not folder.exists():
            new.rename(folder)
        elif not _exchange(new, folder):
            old = folder.rename(new.with_name("old"))
            try:
                new.rename(folder)
            except BaseException:
                old.rename(folder)
                raise
    drop(stage)


def drop(stage: Stage) -> None:
    """Clear away what was filled, or what it took the place of."""
    shutil.rmtree(stage.new.parent, ignore_errors=True)
    os.close(stage.lock)


def _keep_hidden(folder: Path, new: Path) -> None:
    """Copy what is hidden in `folder`, and was not made anew."""
    for each in folder.iterdir():
        there = new / each.name
        if not each.name.startswith(".") or there.exists():
            continue
        if each.is_dir() and not each.is_symlink():
            shutil.copytree(each, there, symlinks=True)
        else:
            shutil.copy2(each, there, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Give each of two folders the other's name, in one step; False where the system has no such step. Raises
    OSError where it refuses."""
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


def _clear(left: Path, folder: Path) -> None:
    """Clear away what a process left beside `folder`, unless it is still at it. One that was killed between
    its two steps has put the old folder here, which goes back to its place."""
    try:
        lock = _hold(left)
    except OSError:
        return
    try:
        if (left / "old").is_dir() and not folder.exists():
            (left / "old").rename(folder)
        shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(lock)


# --- One at a time -----------------------------------------------------------------------------------


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let no other process that asks for the same do anything to `folder` meanwhile; a folder that is not
    there needs none of it. Raises CharterError where one is at it, OSError where nobody can look."""
    try:
        lock = _hold(folder)
    except (FileNotFoundError, NotADirectoryError):
        yield
        return
    except BlockingIOError as problem:
        raise CharterError(
            f"another command is writing in “{folder}” just now: try again when it is done"
        ) from problem
    try:
        yield
    finally:
        os.close(lock)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Wait for a moment at which no other process holds `folder`, and hold it. Raises OSError."""
    lock = _hold(folder, wait=True)
    try:
        yield
    finally:
        os.close(lock)


def _hold(folder: Path, *, wait: bool = False) -> int:
    """Return a descriptor that holds `folder` until it is closed, or its process ends in any way. Raises
    BlockingIOError where another one holds it, and this one is not to wait; OSError where there is no such
    folder."""
    if sys.platform == "win32":
        return os.open(os.devnull, os.O_RDONLY)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _sync(folder: Path) -> None:
    """Ask the system to put a folder's list of names on the disk, where it can be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
