"""Locks on folders, against other processes. They end with the process, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from charterpress.model.errors import CharterError

if sys.platform != "win32":
    import fcntl


@contextmanager
def exclusive_lock(folder: Path) -> Iterator[None]:
    """Hold an exclusive lock on `folder`; a folder that does not exist needs none. Raises CharterError if
    another process holds it, OSError if it cannot be locked."""
    try:
        lock = acquire(folder)
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
def waiting_lock(folder: Path) -> Iterator[None]:
    """Wait for an exclusive lock on `folder`, and hold it. Raises OSError."""
    lock = acquire(folder, wait=True)
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
