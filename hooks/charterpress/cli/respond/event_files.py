"""Files that the host wrote → their bytes and words."""

from __future__ import annotations

from pathlib import Path

from charterpress.forges import github
from charterpress.model.errors import UsageError


def read_payload(path: str) -> bytes:
    """The bytes of a file, no more than a list may have and one. Raises UsageError where there is none."""
    try:
        with Path(path).open("rb") as file:
            return file.read(github.MAX_LIST_BYTES + 1)
    except OSError as problem:
        raise UsageError(f"the file “{path}” cannot be read: {problem.strerror}") from problem


def read_words(path: str) -> str:
    """The words of a file. Raises UsageError where there is none."""
    return read_payload(path).decode(errors="replace")
