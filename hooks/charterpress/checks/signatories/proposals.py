"""Rules for what a proposal does to the entries that are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from charterpress import register
from charterpress.checks.queries import SLUG, listed, say
from charterpress.checks.signatories.queries import at, files, text
from charterpress.model import Document, Edition, Found, Role

FOLDER = "signatories"
"""Where the signatories' files lie in a charter's folder."""


def signatory_removed(edition: Edition) -> Iterator[Found]:
    """A pull request removes no entry that is there.

    An organisation with a new name has a new file, which names the old one under “formerly”. One that no
    longer stands by its signature writes “withdrawn” with a date: its page goes on and says so, without its
    words and links, and whoever follows a badge there learns the truth. Where an entry was a mistake, those
    who keep the register decide it, and merge over this check.
    """
    there = {entry.path for entry in edition.entries}
    for path in _before(edition):
        if path not in there and not _heir(edition, path):
            message = f"this proposal removes the entry {say(_name(path))}"
            fix = "bring the file back; to withdraw, add “withdrawn: {date: …, note: …}” to it"
            yield Found(path=path, message=message, fix=fix)


def signatory_renamed(edition: Edition) -> Iterator[Found]:
    """An entry that takes another one's place is of the same organisation.

    The old address and the old badge lead to it from then on. Only a person can tell that both are one: by
    the website, by the number in a public register, or by asking.
    """
    there = {entry.path for entry in edition.entries}
    for path in _before(edition):
        heir = _heir(edition, path)
        if path not in there and heir:
            message = f"this takes the place of the entry {say(_name(path))}"
            fix = "look whether both are one organisation"
            yield Found(path=heir, message=message, fix=fix, about=(path,))


def signatory_formerly(edition: Edition) -> Iterator[Found]:
    """`formerly` names what the file of this organisation was called before, and no other is called so, or
    was.

    Old links and old badges lead to its page by it. Write the name of the file without “.yml”. Another
    organisation that comes to have that name has -2 in its file's name.
    """
    documents = {each.id: each for each in edition.documents if each.role is Role.SIGNATORY}
    claimed: dict[str, Document] = {}
    for document, _ in files(edition):
        for item in listed(document, "formerly"):
            slug = text(item)
            other = documents.get(slug) or claimed.setdefault(slug, document)
            if not SLUG.fullmatch(slug) or slug in register.RESERVED:
                fix = "write what its file was called, without “.yml”, or delete the line"
                yield at(document, item, f"{say(slug)} cannot have been the name of a file here", fix)
            elif other is document and slug == document.id:
                yield at(document, item, f"{say(slug)} is what this file is called now", "delete it here")
            elif other is not document and _is_newer(edition, other, document):
                message = f"{say(slug + '.yml')} was another organisation's file, and old links lead there"
                fix = f"call the file {say(slug + '-2.yml')}"
                yield Found(path=other.path, message=message, fix=fix, about=(document.path,))
            elif other is not document:
                message = f"{say(slug)} is the name of another organisation's file, now or before"
                yield at(document, item, message, "delete it here", other.path)


def _is_newer(edition: Edition, one: Document, other: Document) -> bool:
    """Whether a proposal brings `one` in, and leaves `other` alone."""
    return one.path in edition.touched and other.path not in edition.touched


def _heir(edition: Edition, path: str) -> str:
    """The path of the entry that names the one at `path` under `formerly`; '' for none."""
    slug = PurePosixPath(path).stem
    return next((each.path for each in edition.signatories if slug in each.formerly), "")


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
