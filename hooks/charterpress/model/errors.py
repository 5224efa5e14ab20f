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
        line = f":{self.line}" if self.line else ""
        return f"{self.path}{line}: {self.message}" if self.path else self.message


class UsageError(CharterError):
    """A command was called with arguments that cannot work, such as a missing folder or revision."""
