"""Two texts and the changes between them → how many commitments there are, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from charterpress.model import Change, Charter, Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitmentCounts:
    """The commitments `before` and `after`: those before are unchanged, changed or removed, those after
    unchanged, changed or added."""

    before: int
    after: int
    unchanged: int
    changed: int
    added: int
    removed: int


def count_commitments(old: Charter, new: Charter, changes: Iterable[Change]) -> CommitmentCounts | None:
    """Return what became of the items of binding sections, by `changes`, those from `old` to `new`. None if
    all stayed as they were, or if the numbers don't add up, as where another section binds now. Two that
    became one are one that was changed and one that was removed: no count can know better."""
    before, after = _items(old), _items(new)
    binding = {shape.id for shape in (*old.sections, *new.sections) if shape.binding}
    changed = added = removed = 0
    for change in changes:
        if change.language:
            continue
        if not change.field:
            added += after.get(change.subject, 0) if change.kind is Kind.ADDED else 0
            removed += before.get(change.subject, 0) if change.kind is not Kind.ADDED else 0
        elif change.part and change.field in binding:
            added += change.kind is Kind.ADDED
            removed += change.kind is Kind.REMOVED
            changed += change.kind not in (Kind.ADDED, Kind.REMOVED)
    all_before, all_after = sum(before.values()), sum(after.values())
    unchanged = all_before - changed - removed
    if not (changed or added or removed) or unchanged < 0 or unchanged != all_after - changed - added:
        return None
    return CommitmentCounts(
        before=all_before, after=all_after, unchanged=unchanged, changed=changed, added=added, removed=removed
    )


def _items(charter: Charter) -> dict[str, int]:
    """Return how many commitments each principle has, by its id."""
    binding = {shape.id for shape in charter.sections if shape.binding}
    return {
        principle.id: sum(len(section.items) for section in principle.sections if section.id in binding)
        for _, principle in charter.principles()
    }
