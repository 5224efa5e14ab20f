"""Rules for what a proposal does to existing entries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from charterpress import register
from charterpress.checks.queries import SLUG, list_scalars, quote, violation, violation_at
from charterpress.checks.signatories.queries import clean_text, signatory_files
from charterpress.model import Document, Edition, Role, Violation

SIGNATORIES = "signatories"
"""Where the signatories' files lie in a charter's folder."""


def signatory_removed(edition: Edition) -> Iterator[Violation]:
    """A pull request removes no existing entry.

    An organisation with a new name has a new file, which names the old one under “formerly”. One that no
    longer stands by its signature writes “withdrawn” with a date: its page then says so, without its
    words and links. If an entry was a mistake, the maintainers of the register decide, and merge despite this
    check.
    """
    there = {entry.path for entry in edition.entries}
    for path in _entries_in_target(edition):
        if path not in there and not _successor(edition, path):
            message = f"this proposal removes the entry {quote(_name(path))}"
            fix = "bring the file back; to withdraw, add “withdrawn: {date: …, note: …}” to it"
            yield violation(path, message, fix)


def signatory_renamed(edition: Edition) -> Iterator[Violation]:
    """An entry that replaces another one is of the same organisation.

    The old address and the old badge lead to it from then on. Only a person can tell that both are the same:
    by the website, by the number in a public register, or by asking.
    """
    there = {entry.path for entry in edition.entries}
    for path in _entries_in_target(edition):
        heir = _successor(edition, path)
        if path not in there and heir:
            message = f"this takes the place of the entry {quote(_name(path))}"
            fix = "check whether both are the same organisation"
            yield violation(heir, message, fix, path)


def signatory_formerly(edition: Edition) -> Iterator[Violation]:
    """`formerly` names the former file names of this organisation, which no other has or had.

    Old links and old badges lead to its page. Write the name of the file without “.yml”. Another organisation
    that later takes that name has -2 in its file's name.
    """
    documents = {each.id: each for each in edition.documents if each.role is Role.SIGNATORY}
    claimed: dict[str, Document] = {}
    for document, _ in signatory_files(edition):
        for item in list_scalars(document, "formerly"):
            slug = clean_text(item)
            other = documents.get(slug) or claimed.setdefault(slug, document)
            if not SLUG.fullmatch(slug) or slug in register.RESERVED:
                fix = "write what its file was called, without “.yml”, or delete the line"
                message = f"{quote(slug)} cannot have been the name of a file here"
                yield violation_at(document, item, message, fix)
            elif other is document and slug == document.id:
                message = f"{quote(slug)} is what this file is called now"
                yield violation_at(document, item, message, "delete it here")
            elif other is not document and _is_newer(edition, other, document):
                message = f"{quote(slug + '.yml')} was another organisation's file, and old links lead there"
                fix = f"call the file {quote(slug + '-2.yml')}"
                yield violation(other.path, message, fix, document.path)
            elif other is not document:
                message = f"{quote(slug)} is the name of another organisation's file, now or before"
                yield violation_at(document, item, message, "delete it here", other.path)


def _is_newer(edition: Edition, one: Document, other: Document) -> bool:
    """Whether a proposal brings `one` in, and leaves `other` alone."""
    return one.path in edition.touched and other.path not in edition.touched


def _successor(edition: Edition, path: str) -> str:
    """The path of the entry that names the one at `path` under `formerly`; '' for none."""
    slug = PurePosixPath(path).stem
    return next((each.path for each in edition.signatories if slug in each.formerly), "")


def signatory_others(edition: Edition) -> Iterator[Violation]:
    """A pull request that is about one organisation's entry changes no other's.

    Each organisation speaks for itself. Several new entries may come together; to correct several existing
    ones, open a pull request for each.
    """
    there = {entry.path for entry in edition.entries}
    before = _entries_in_target(edition)
    touched = sorted(path for path in edition.touched if _is_entry(edition, path) and path in there)
    for path in touched:
        other = next((each for each in touched if each != path), None)
        if path in before and other:
            message = f"this proposal changes {quote(_name(path))}, and {quote(_name(other))} too"
            yield violation(path, message, "open a separate pull request for each organisation")


def _entries_in_target(edition: Edition) -> tuple[str, ...]:
    """The entries that are there in the branch that a change is proposed to, as they are shown."""
    paths = (f"{edition.root}/{name}" for name in edition.agreed or ())
    return tuple(path for path in paths if _is_entry(edition, path))


def _is_entry(edition: Edition, path: str) -> bool:
    return path.startswith(f"{edition.root}/{SIGNATORIES}/") and path.endswith(".yml")


def _name(path: str) -> str:
    return PurePosixPath(path).name
