"""What the commands and the build say when they cannot go on: one sentence, and where."""

from __future__ import annotations


class CharterError(Exception):
    """Something that ends a command. `message` is for an editor; `path` and `line` say where, if known;
    `details` are more sentences, each for a line of its own."""

    def __init__(self, message: str, *, path: str = "", line: int = 0, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.details = details

    def __str__(self) -> str:
        place = (
            f"{self.path}:{self.line}: " if self.path and self.line else f"{self.path}: " if self.path else ""
        )
        return place + self.message


class UsageError(CharterError):
    """A command was called with arguments that cannot work, such as a missing folder or revision."""
