"""Rules for what an organisation's file says of others: what it is part of, what became of it, and which it
is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from charterpress.checks.queries import documents_of, list_scalars, quote, suggest, violation_at
from charterpress.checks.signatories.queries import (
    clean_text,
    scalar_value,
    signatory_files,
    withdrawal_block,
)
from charterpress.model import Document, Edition, Mapping, Role, Scalar, Violation, once_per_edition

_Named: TypeAlias = tuple[Document, Scalar, str]
"""A file, the value in it that names another, and the slug of that one now."""
_ITSELF = "write the slug of another organisation, or delete the line"


def signatory_part_of(edition: Edition) -> Iterator[Violation]:
    """`part_of` names the file of the organisation that this one is a branch of, without “.yml”.

    A federation may sign for its branches: one without a line `signed` of its own has the signatures of the
    one that it is part of. A branch may have branches, but none is part of itself."""
    for named in _named(edition, "part_of"):
        yield from _fault(edition, named, "part_of", "is part of")


def signatory_parent(edition: Edition) -> Iterator[Violation]:
    """The organisation that a branch is part of has not withdrawn.

    Ask whether the branch still stands by the signature. If it does, delete its line `part_of`, and give it a
    signature of its own."""
    entries = {each.slug: each for each in edition.signatories}
    for document, value, slug in _named(edition, "part_of"):
        own, parent = entries.get(document.id), entries.get(slug)
        if own and parent and parent.left and not _withdrawal(document):
            message = f"{quote(parent.name)}, which this is part of, withdrew on {parent.left.date}"
            fix = "ask the branch whether it still signs; if not, add “withdrawn: {date: …}”"
            yield violation_at(document, value, message, fix, parent.path)


def _withdrawal(document: Document) -> Mapping | None:
    """The block `withdrawn` of a file, or None."""
    return withdrawal_block(document.front) if document.front else None


def signatory_successor(edition: Edition) -> Iterator[Violation]:
    """`succeeded_by` names the file of the organisation that this one became part of, without “.yml”.

    Its page leads there. The file also says under `withdrawn` since when: from that day on its signature no
    longer counts, and only the successor's does, if that has signed."""
    for document, value, slug in _named(edition, "succeeded_by"):
        faults = list(_fault(edition, (document, value, slug), "succeeded_by", "was succeeded by"))
        yield from faults
        if not faults and _withdrawal(document) is None:
            message = f"this was succeeded by {quote(slug)}, and does not say since when"
            fix = "add “withdrawn: {date: 2026-12-01}”, with the day of the merger"
            yield violation_at(document, value, message, fix)


def signatory_distinct(edition: Edition) -> Iterator[Violation]:
    """`distinct_from` names the files of other organisations, without “.yml”.

    A person adds it who looked at both: they are two, and no rule asks about them again."""
    known = _slugs(edition)
    for document, _ in signatory_files(edition):
        for item in list_scalars(document, "distinct_from"):
            slug = clean_text(item)
            if known.get(slug) == document.id:
                yield violation_at(document, item, f"{quote(slug)} is this organisation itself", _ITSELF)
            elif slug not in known:
                yield _unknown(document, item, slug, known)


def _named(edition: Edition, key: str) -> Iterator[_Named]:
    """Every file that has `key`, with its value and the slug that it names now."""
    known = _slugs(edition)
    for document, front in signatory_files(edition):
        if value := scalar_value(front, key):
            slug = clean_text(value)
            yield document, value, known.get(slug, slug)


def _fault(edition: Edition, named: _Named, key: str, verb: str) -> Iterator[Violation]:
    """What is wrong with naming `slug`: there is none, it is this one, or a circle leads back here."""
    (document, value, slug), known = named, _slugs(edition)
    if slug == document.id:
        yield violation_at(document, value, f"{quote(slug)} is this organisation itself", _ITSELF)
    elif slug not in known:
        yield _unknown(document, value, slug, known)
    else:
        above = _links(edition)[key]
        chain = [document.id]
        while chain[-1] in above and above[chain[-1]] not in chain:
            chain.append(above[chain[-1]])
        if above.get(chain[-1]) == document.id == max(chain):  # said once, in the last of the circle
            names = ", which ".join(f"{verb} {quote(each)}" for each in (*chain[1:], document.id))
            others = [each.path for each in documents_of(edition, Role.SIGNATORY) if each.id in chain[1:]]
            message = f"this {names}: a circle"
            yield violation_at(document, value, message, "delete the line in one of them", *others)


def _unknown(document: Document, value: Scalar, slug: str, known: dict[str, str]) -> Violation:
    message = f"{quote(slug)} is not the file of a signatory"
    fix = suggest(
        slug,
        [each for each in known if each != document.id],
        "write the name of the organisation's file, without “.yml”",
    )
    return violation_at(document, value, message, fix)


@once_per_edition
def _links(edition: Edition) -> dict[str, dict[str, str]]:
    """Under each key, the slug that every file names, by its own."""
    keys = ("part_of", "succeeded_by")
    return {key: {each.id: to for each, _, to in _named(edition, key)} for key in keys}


@once_per_edition
def _slugs(edition: Edition) -> dict[str, str]:
    """What organisations' files are or were called, with what they are called now."""
    former = {was: each.slug for each in edition.signatories for was in each.formerly}
    return former | {each.id: each.id for each in documents_of(edition, Role.SIGNATORY)}
