"""Bytes → disk: the only writer, all or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from press.errors import PressError

STAGED, UNFINISHED = ".staged", ".unfinished"
"""The folders in which several files wait to be put in their places: before the moment of decision, and
after it."""
_LIST = "list.json"
_DIGEST = 64
"""How many characters a digest has."""


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

    Raises PressError for an address that leads out of the folder, OSError where the disk refuses; the files
    before it are there then.
    """
    for address, content in files:
        steps = address.split("/")
        if not all(steps) or not {".", ".."}.isdisjoint(steps):
            raise PressError(f"“{address}” is no address of a file")
        path = f"{folder}/{address}"
        try:
            file = open(path, "wb")  # noqa: PTH123, SIM115 - half the time that a Path takes
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            file = open(path, "wb")  # noqa: PTH123, SIM115
        with file:
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
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(mode)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


# --- Several files at once ---------------------------------------------------------------------------


def write_all(
    root: Path, writes: Mapping[str, bytes], removes: Iterable[str] = (), *, beside: str = ""
) -> None:
    """Write and remove several files, all or none of them. Paths are relative to `root`, with “/” between.

    The new files and a list of what is to be done are first gathered in the folder `beside`/.staged, which
    nobody reads. Renaming it to .unfinished is the moment of decision: a process that is killed before it
    has changed nothing, and one that is killed after it has left everything that is needed to go on.
    `finish` does so, and is what this function itself ends with. Raises PressError where an earlier one
    is unfinished, OSError where the disk refuses.
    """
    folder = root / beside
    staged, unfinished = folder / STAGED, folder / UNFINISHED
    if unfinished.exists():
        raise PressError(f"what was begun in {unfinished} has to be finished first")
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


def _sync(folder: Path) -> None:
    """Ask the system to put a folder's list of names on the disk, where it can be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
