"""Rules for what a proposal does to the entries that are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from charterpress import register
from charterpress.checks.checksums import existing_paths
from charterpress.checks.queries import SLUG, documents_of, list_scalars, quote, violation_at
from charterpress.checks.signatories.queries import clean_text, signatory_files
from charterpress.model import Document, Edition, Role, Violation
from charterpress.text.interface import gettext as _

SIGNATORIES = "signatories"
"""Where the signatories' files lie in a charter's folder."""


def signatory_formerly(edition: Edition) -> Iterator[Violation]:
    """`formerly` names what the file of this organisation was called before, and no other is called so, or
    was.

    Old links and old badges lead to its page by it. Write the name of the file without “.yml”. Another
    organisation that comes to have that name has -2 in its file's name."""
    documents = {each.id: each for each in documents_of(edition, Role.SIGNATORY)}
    claimed: dict[str, Document] = {}
    files = [document for document, _ in signatory_files(edition)]
    for document, item in ((each, item) for each in files for item in list_scalars(each, "formerly")):
        slug, fix = clean_text(item), _("delete it here")
        other = documents.get(slug) or claimed.setdefault(slug, document)
        if not SLUG.fullmatch(slug) or slug in register.RESERVED:
            message = _("{slug} cannot have been the name of a file here").format(slug=quote(slug))
            fix = _("write what its file was called, without “.yml”, or delete the line")
            yield violation_at(document, item, message, fix)
        elif other is document and slug == document.id:
            yield violation_at(
                document, item, _("{slug} is what this file is called now").format(slug=quote(slug)), fix
            )
        elif other is not document and _is_newer(edition, other, document):
            message = _("{file} was another organisation's file, and old links lead there").format(
                file=quote(slug + ".yml")
            )
            fix = _("call the file {file}").format(file=quote(slug + "-2.yml"))
            yield Violation(other.path, message, fix, about=(document.path,))
        elif other is not document:
            message = _("{slug} is the name of another organisation's file, now or before").format(
                slug=quote(slug)
            )
            yield violation_at(document, item, message, fix, other.path)


def _is_newer(edition: Edition, one: Document, other: Document) -> bool:
    """Whether a proposal brings `one` in, and leaves `other` alone."""
    return one.path in edition.touched and other.path not in edition.touched


def signatory_renamed(edition: Edition) -> Iterator[Violation]:
    """An entry that takes another one's place is of the same organisation.

    The old address and the old badge lead to it from then on. Only a person can tell that both are one: by
    the website, by the number in a public register, or by asking."""
    there = existing_paths(edition)
    for path in _entries_in_target(edition):
        heir = _successor(edition, path)
        if path not in there and heir:
            message = _("this takes the place of the entry {name}").format(name=quote(_name(path)))
            yield Violation(heir, message, _("check whether both are the same organisation"), about=(path,))


def _successor(edition: Edition, path: str) -> str:
    """The path of the entry that names the one at `path` under `formerly`; '' for none."""
    slug = PurePosixPath(path).stem
    return next((each.path for each in edition.signatories if slug in each.formerly), "")


def signatory_removed(edition: Edition) -> Iterator[Violation]:
    """A pull request removes no entry that is there.

    An organisation with a new name has a new file, which names the old one under “formerly”. One that no
    longer stands by its signature writes “withdrawn” with a date: its page goes on and says so, without its
    words and links, and whoever follows a badge there learns the truth. Where an entry was a mistake, those
    who keep the register decide it, and merge over this check."""
    there = existing_paths(edition)
    for path in _entries_in_target(edition):
        if path not in there and not _successor(edition, path):
            message = _("this proposal removes the entry {name}").format(name=quote(_name(path)))
            fix = _("bring the file back; to withdraw, add “withdrawn: {date: …, note: …}” to it")
            yield Violation(path, message, fix)


def signatory_others(edition: Edition) -> Iterator[Violation]:
    """A pull request that is about one organisation's entry changes no other's.

    Each organisation speaks for itself. Several new entries may come together; whoever corrects several that
    are there makes a pull request for each. Those who may push to the repository itself may change many at
    once, as “charter sign” does for five hundred that sign again: their branch is there, and in no fork."""
    if edition.maintained:
        return
    there = existing_paths(edition)
    before = _entries_in_target(edition)
    touched = sorted(path for path in edition.touched if _is_entry(edition, path) and path in there)
    for path in touched:
        other = next((each for each in touched if each != path), None)
        if path in before and other:
            message = _("this proposal changes {entry}, and {other} too").format(
                entry=quote(_name(path)), other=quote(_name(other))
            )
            yield Violation(path, message, _("open a separate pull request for each organisation"))


def _entries_in_target(edition: Edition) -> tuple[str, ...]:
    """The entries that are there in the branch that a change is proposed to, as they are shown."""
    paths = (f"{edition.root}/{name}" for name in edition.agreed or ())
    return tuple(path for path in paths if _is_entry(edition, path))


def _is_entry(edition: Edition, path: str) -> bool:
    return path.startswith(f"{edition.root}/{SIGNATORIES}/") and path.endswith(".yml")


def _name(path: str) -> str:
    return PurePosixPath(path).name
