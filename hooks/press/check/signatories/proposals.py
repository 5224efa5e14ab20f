"""Rules for what a proposal does to the entries that are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from press.check.walk import say
from press.model import Edition, Found

FOLDER = "signatories"
"""Where the signatories' files lie in a charter's folder."""


def signatory_removed(edition: Edition) -> Iterator[Found]:
    """A pull request removes or renames no entry that is there.

    An organisation that no longer stands by its signature writes “withdrawn” with a date: its page goes on
    and says so, without its words and links, and whoever follows a badge there learns the truth. Where an
    entry was a mistake, those who keep the register decide it, and merge over this check.
    """
    there = {entry.path for entry in edition.entries}
    for path in _before(edition):
        if path not in there:
            message = f"this proposal removes the entry {say(_name(path))}"
            fix = "bring the file back; to withdraw, add “withdrawn: {date: …, note: …}” to it"
            yield Found(path=path, message=message, fix=fix)


def signatory_others(edition: Edition) -> Iterator[Found]:
    """A pull request that is about one organisation's entry changes no other's.

    Each organisation speaks for itself. Several new entries may come together; whoever corrects several that
    are there makes a pull request for each.
    """
    there = {entry.path for entry in edition.entries}
    before = _before(edition)
    touched = sorted(path for path in edition.touched if _is_entry(edition, path) and path in there)
    for path in touched:
        other = next((each for each in touched if each != path), None)
        if path in before and other:
            message = f"this proposal changes {say(_name(path))}, and {say(_name(other))} too"
            yield Found(
                path=path, message=message, fix="make a pull request of its own for each organisation"
            )


def _before(edition: Edition) -> tuple[str, ...]:
    """The entries that are there in the branch that a change is proposed to, as they are shown."""
    paths = (f"{edition.root}/{name}" for name in edition.agreed or ())
    return tuple(path for path in paths if _is_entry(edition, path))


def _is_entry(edition: Edition, path: str) -> bool:
    return path.startswith(f"{edition.root}/{FOLDER}/") and path.endswith(".yml")


def _name(path: str) -> str:
    return PurePosixPath(path).name
