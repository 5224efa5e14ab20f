"""What change notes say became of principles → the changes that tell it: what went, and what took it over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from charterpress.model import Change, ChangeNote, Charter, Class, Kind, Theme
from charterpress.text.interface import gettext as _
from charterpress.text.interface import join_list, ngettext


def removed_principles(
    theme: Theme, *, living: Collection[str], old: Charter, new: Charter, notes: Sequence[ChangeNote]
) -> Iterator[Change]:
    """Yield the principles of a `theme` of `old` that the newer text no longer has: all but the `living`."""
    titles, before = _titles(new), _titles(old)
    retires = [pair for note in notes for pair in note.retires]
    covered = {id for note in notes for id in note.covered}
    reasons = {id: reason for note in notes for id, reason in note.reasons}
    for principle in theme.principles:
        if principle.id in living:
            continue
        heirs = list(dict.fromkeys(heir for name, heir in retires if name == principle.id))
        others = tuple(titles.get(heir, heir) for heir in heirs if heir)
        named = _quoted(others)
        kind, because = Kind.RETIRED, _("retired, and nothing takes its place")
        if named:
            because = _("retired, and {parts} takes its place").format(parts=named)
        if not heirs:
            kind, because = Kind.REMOVED, ""
        elif named and principle.id in covered:
            message = ngettext("retired: {parts} covers it", "retired: {parts} cover it", len(heirs))
            because = message.format(parts=named)
        elif len(heirs) > 1:
            kind, because = Kind.SPLIT, _("split into {parts}").format(parts=named)
        elif heirs[0] and (heirs[0] in before or len({old for old, heir in retires if heir == heirs[0]}) > 1):
            kind, because = Kind.MERGED, _("merged into {parts}").format(parts=named)
        reason = reasons.get(principle.id, "").removesuffix(".") if because else ""
        yield Change(
            subject=principle.id,
            field="",
            kind=kind,
            class_=Class.COMMITMENT,
            before=principle.title,
            because=_("{change} ({reason})").format(change=because, reason=reason) if reason else because,
            others=others if because else (),
            covered=principle.id in covered,
            reason=reason,
        )


def with_gifts(
    changes: Iterable[Change], old: Charter, new: Charter, notes: Sequence[ChangeNote]
) -> tuple[Change, ...]:
    """Return `changes` with those that say which part of a living principle went to another: before the
    others of each of the two. One whose words are as they were has none: a note alone changes nothing."""
    found = tuple(changes)
    gifts = list(dict.fromkeys(pair for note in notes for pair in note.gives))
    if not gifts:
        return found
    changed = {each.subject for each in found if each.class_ is not Class.NONE}
    titles, told, seen = _titles(old) | _titles(new), [], set[str]()
    for change in found:
        id = change.subject
        givers = tuple(titles.get(giver, giver) for giver, heir in gifts if heir == id)
        if id in changed and id not in seen:
            seen.add(id)
            heirs = tuple(titles.get(heir, heir) for giver, heir in gifts if giver == id)
            if heirs:
                because = _("a part of it went to {parts}").format(parts=_quoted(heirs))
                told.append(_change(id, "gives", Kind.GAVE, Class.GUIDANCE, because=because, others=heirs))
            if givers and change.kind is not Kind.ADDED:
                because = _("a part of {parts} came to it").format(parts=_quoted(givers))
                told.append(_change(id, "takes", Kind.TOOK, Class.GUIDANCE, because=because, others=givers))
        if givers and change.kind is Kind.ADDED and not change.field:
            because = _("added: it takes over a part of {parts}").format(parts=_quoted(givers))
            told.append(replace(change, because=because, others=givers))
        else:
            told.append(change)
    return tuple(told)


def _titles(charter: Charter) -> dict[str, str]:
    return {each.id: each.title for _, each in charter.principles()}


def _quoted(titles: Sequence[str]) -> str:
    """Return the titles of principles, “A”, “B” and “C”."""
    return join_list([_("“{title}”").format(title=title) for title in titles])


def _change(
    id: str, field: str, kind: Kind, class_: Class, *, because: str, others: tuple[str, ...]
) -> Change:
    return Change(subject=id, field=field, kind=kind, class_=class_, because=because, others=others)
