"""The register as it was × the register now → entries that vanished, and signatures that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from charterpress.model import Report, Signatory, Signature


class Loss(StrEnum):
    """What became of an entry, or of a signature in it."""

    VANISHED = "vanished"
    SIGNATURE = "signature"
    """A signature of this version and date is no longer there."""
    ROLE = "role"
    """It is there, but in another role; an organisation may correct what a role is called."""
    REPORT = "report"
    """A report on this period is no longer there; its dates may have been corrected."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """Something that the register once said, and no longer says. `signature` or `report` is what it is about;
    both are None for a whole entry. `changed`: the entry says something else instead."""

    slug: str
    name: str
    loss: Loss
    signature: Signature | None = None
    report: Report | None = None
    changed: bool = False


def lost_signatures(before: Iterable[Signatory], now: Iterable[Signatory]) -> Iterator[Lost]:
    """Yield what entries of `before` say that those of `now` no longer do. An entry under a new name follows
    its old one; a branch that its federation signed for may sign for itself."""
    now = tuple(now)
    entries = {was: each for each in now for was in each.formerly} | {each.slug: each for each in now}
    for each in before:
        if (entry := entries.get(each.slug)) is None:
            yield Lost(slug=each.slug, name=each.name, loss=Loss.VANISHED)
            continue
        signed = {(one.version, one.date): one.role for one in entry.signed}
        changed = not signed.keys() <= {(one.version, one.date) for one in each.signed}
        for one in () if each.signed_for else each.signed:
            role = signed.get((one.version, one.date))
            if role != one.role:
                loss = Loss.SIGNATURE if role is None else Loss.ROLE
                yield Lost(slug=each.slug, name=each.name, loss=loss, signature=one, changed=changed)
        periods = {(one.start, one.end) for one in entry.reports}
        for told in each.reports:
            if (told.start, told.end) not in periods:
                yield Lost(slug=each.slug, name=each.name, loss=Loss.REPORT, report=told)
