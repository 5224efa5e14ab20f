"""Files from the forge → their bytes and text."""

from __future__ import annotations

from pathlib import Path

from charterpress.forges import github
from charterpress.model.errors import UsageError


def read_payload(path: str) -> bytes:
    """The bytes of a file, at most one more than the limit for lists. Raises UsageError if it cannot be
    read."""
    try:
        with Path(path).open("rb") as file:
            return file.read(github.MAX_LIST_BYTES + 1)
    except OSError as problem:
        raise UsageError(f"the file “{path}” cannot be read: {problem.strerror}") from problem


def read_words(path: str) -> str:
    """The text of a file. Raises UsageError if it cannot be read."""
    return read_payload(path).decode(errors="replace")
