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
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

_Named: TypeAlias = tuple[Document, Scalar, str]
"""A file, the value in it that names another, and the slug of that one now."""
_ITSELF = N_("write the slug of another organisation, or delete the line")
_END = N_("{chain}: a circle")
_CIRCLES = {
    # Translators: this is part of “a”, which is part of “b”, which is part of “c”: a circle
    "part_of": (N_("this is part of {name}"), N_("{start}, which is part of {name}"), _END),
    "succeeded_by": (N_("this was succeeded by {name}"), N_("{start}, which was succeeded by {name}"), _END),
}
"""The parts of a sentence on a circle."""


def signatory_part_of(edition: Edition) -> Iterator[Violation]:
    """`part_of` names the file of the organisation that this one is a branch of, without “.yml”.

    A federation may sign for its branches: one without a line `signed` of its own has the signatures of the
    one that it is part of. A branch may have branches, but none is part of itself."""
    for named in _named(edition, "part_of"):
        yield from _fault(edition, named, "part_of")


def signatory_parent(edition: Edition) -> Iterator[Violation]:
    """The organisation that a branch is part of has not withdrawn.

    Ask whether the branch still stands by the signature. If it does, delete its line `part_of`, and give it a
    signature of its own."""
    entries = {each.slug: each for each in edition.signatories}
    for document, value, slug in _named(edition, "part_of"):
        own, parent = entries.get(document.id), entries.get(slug)
        if own and parent and parent.left and not _withdrawal(document):
            message = _("{name}, which this is part of, withdrew on {date}").format(
                name=quote(parent.name), date=parent.left.date
            )
            fix = _("ask the branch whether it still signs; if not, add “withdrawn: {date: …}”")
            yield violation_at(document, value, message, fix, parent.path)


def _withdrawal(document: Document) -> Mapping | None:
    """The block `withdrawn` of a file, or None."""
    return withdrawal_block(document.front) if document.front else None


def signatory_successor(edition: Edition) -> Iterator[Violation]:
    """`succeeded_by` names the file of the organisation that this one became part of, without “.yml”.

    Its page leads there. The file also says under `withdrawn` since when: from that day on its signature no
    longer counts, and only the successor's does, if that has signed."""
    for document, value, slug in _named(edition, "succeeded_by"):
        faults = list(_fault(edition, (document, value, slug), "succeeded_by"))
        yield from faults
        if not faults and _withdrawal(document) is None:
            message = _("this was succeeded by {slug}, and does not say since when").format(slug=quote(slug))
            fix = _("add “withdrawn: {date: 2026-12-01}”, with the day of the merger")
            yield violation_at(document, value, message, fix)


def signatory_distinct(edition: Edition) -> Iterator[Violation]:
    """`distinct_from` names the files of other organisations, without “.yml”.

    A person adds it who looked at both: they are two, and no rule asks about them again."""
    known = _slugs(edition)
    for document, _front in signatory_files(edition):
        for item in list_scalars(document, "distinct_from"):
            slug = clean_text(item)
            if known.get(slug) == document.id:
                yield violation_at(
                    document,
                    item,
                    _("{slug} is this organisation itself").format(slug=quote(slug)),
                    _(_ITSELF),
                )
            elif slug not in known:
                yield _unknown(document, item, slug, known)


def _named(edition: Edition, key: str) -> Iterator[_Named]:
    """Every file that has `key`, with its value and the slug that it names now."""
    known = _slugs(edition)
    for document, front in signatory_files(edition):
        if value := scalar_value(front, key):
            slug = clean_text(value)
            yield document, value, known.get(slug, slug)


def _fault(edition: Edition, named: _Named, key: str) -> Iterator[Violation]:
    """What is wrong with naming `slug`: there is none, it is this one, or a circle leads back here."""
    (document, value, slug), known = named, _slugs(edition)
    if slug == document.id:
        yield violation_at(
            document, value, _("{slug} is this organisation itself").format(slug=quote(slug)), _(_ITSELF)
        )
    elif slug not in known:
        yield _unknown(document, value, slug, known)
    else:
        above = _links(edition)[key]
        chain = [document.id]
        while chain[-1] in above and above[chain[-1]] not in chain:
            chain.append(above[chain[-1]])
        if above.get(chain[-1]) == document.id == max(chain):  # said once, in the last of the circle
            names = [quote(each) for each in (*chain[1:], document.id)]
            others = [each.path for each in documents_of(edition, Role.SIGNATORY) if each.id in chain[1:]]
            message = _circle(key, names)
            yield violation_at(document, value, message, _("delete the line in one of them"), *others)


def _circle(key: str, names: list[str]) -> str:
    """A sentence on organisations each of which names the next, back to the first."""
    beginning, further, end = _CIRCLES[key]
    words = _(beginning).format(name=names[0])
    for name in names[1:]:
        words = _(further).format(start=words, name=name)
    return _(end).format(chain=words)


def _unknown(document: Document, value: Scalar, slug: str, known: dict[str, str]) -> Violation:
    message = _("{slug} is not the file of a signatory").format(slug=quote(slug))
    fix = suggest(
        slug,
        [each for each in known if each != document.id],
        _("write the name of the organisation's file, without “.yml”"),
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
