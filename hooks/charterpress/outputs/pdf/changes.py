"""What a release changed → what its PDF shows of it: part by part, with the class and the reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from charterpress.model import Change, ChangeNote, Class, Release
from charterpress.text.interface import N_, join_list, ngettext
from charterpress.text.interface import gettext as _
from charterpress.text.interface import number as in_figures
from charterpress.versions import diff, lowered, number
from charterpress.views.labels import class_name

ABOUT = {
    Class.NONE: "",
    Class.EDITORIAL: N_("Class: editorial. Punctuation, capitals or spacing changed, but no promise did."),
    Class.GUIDANCE: N_("Class: guidance. The words around the promises changed, but no promise did."),
    Class.COMMITMENT: N_("Class: commitment. What signatories promise has changed."),
}
"""What a version is, by the class of its changes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PartChanges:
    """What happened to one part of the text. `sentences` are plain text, without the part's `title`;
    `approved_class` is that after what the notes approved, `computed_class` that before; `notes` are the ids
    of those that say why."""

    title: str
    approved_class: Class
    computed_class: Class
    sentences: tuple[str, ...]
    notes: tuple[str, ...] = ()


def part_changes(
    changes: Sequence[Change], notes: Sequence[ChangeNote], names: Mapping[str, str]
) -> tuple[PartChanges, ...]:
    """Return `changes` by subject, in their order; `names` are those of the parts."""
    parts: dict[str, list[Change]] = {}
    for change in changes:
        parts.setdefault(change.subject, []).append(change)
    return tuple(
        PartChanges(
            title=names.get(subject, subject),
            approved_class=number.approved_class(about, notes),
            computed_class=number.computed_class(about),
            sentences=tuple(_sentence(change, names, notes) for change in about),
            notes=tuple(note.id for note in notes if subject in note.subjects),
        )
        for subject, about in parts.items()
    )


def _sentence(change: Change, names: Mapping[str, str], notes: Sequence[ChangeNote]) -> str:
    """What happened, under a heading that names the part: “Commitment b was reworded.”, “It was added.” What
    was lowered is said with every word of it."""
    sentence = diff.change_clause(change, names)
    if number.lowered_class(change, notes) is not change.class_:
        # Translators: {clause} says what changed, {words} which words; {class_} is “commitment” or such.
        sentence = _("{clause}: {words}. It was lowered from {class_}.").format(
            clause=sentence.removesuffix("."),
            words=lowered.changed_words(change),
            class_=class_name(change.class_),
        )
    return sentence[0].upper() + sentence[1:]


def change_values(
    release: Release, parts: Sequence[PartChanges], *, reason: Callable[[ChangeNote, int], Sequence[Any]]
) -> dict[str, Any]:
    """Return what the template shows of the changes; `reason` gives the words of a note, as a tree, under a
    heading of that level. What happened alike to several parts is said once. A note that is about several
    others is printed with the first, and named with the rest. Notes about no part, as those of a first
    version are, come at the end."""
    waiting = {note.id: note for note in release.notes}
    first: dict[str, str] = {}
    shown = []
    for part, *others in _alike(parts):
        fresh = [waiting.pop(id) for id in part.notes if id in waiting]
        above = dict.fromkeys(first[id] for id in part.notes if id in first)
        title = (
            ngettext("The same in {count} part", "The same in {count} parts", len(others) + 1).format(
                count=in_figures(len(others) + 1)
            )
            if others
            else part.title
        )
        first |= {note.id: title for note in fresh}
        shown.append(
            {
                "title": title,
                "titles": [each.title for each in (part, *others)] if others else [],
                "class": ""
                if part.approved_class is Class.NONE
                else _("class: {class_}").format(class_=class_name(part.approved_class)),
                "sentences": list(part.sentences),
                "reasons": [
                    _reason(note, reason(note, 2), lowers=part.approved_class is not part.computed_class)
                    for note in fresh
                ],
                "above": _above(list(above), more=bool(fresh)),
            }
        )
    before = release.previous
    return {
        "title": _("What changed since version {version}").format(version=before.version)
        if before
        else _("About this version"),
        "about": _about(release) if before else "",
        "parts": shown,
        "reasons": [_reason(note, reason(note, 1), lowers=False) for note in waiting.values()],
    }


def _alike(parts: Sequence[PartChanges]) -> Iterable[Sequence[PartChanges]]:
    """Return parts to which the same happened, for the same reasons, together: where the first of them is."""
    groups: dict[PartChanges, list[PartChanges]] = {}
    for part in parts:
        groups.setdefault(replace(part, title=""), []).append(part)
    return groups.values()


def _about(release: Release) -> str:
    if release.class_ is release.found:
        return _(ABOUT[release.class_]) if ABOUT[release.class_] else ""
    return _(
        "Class: {class_}. The computed class of the changes is “{computed}”. The lower class was approved; "
        "the reasons below say why, and by whom."
    ).format(class_=class_name(release.class_), computed=class_name(release.found))


def _above(titles: Sequence[str], *, more: bool) -> str:
    """Which parts above give the reason, or, where there is `more` than that, another one."""
    if not titles:
        return ""
    sentence = (
        _("A reason is also given under {titles}.") if more else _("The reason is given under {titles}.")
    )
    return sentence.format(titles=join_list([_("“{title}”").format(title=title) for title in titles]))


def _reason(note: ChangeNote, text: Sequence[Any], *, lowers: bool) -> dict[str, Any]:
    if not (lowers and note.approved_by and note.class_):
        return {"text": text, "approved": ""}
    approved = _("Counted as “{class_}” with the approval of {people}.")
    return {
        "text": text,
        "approved": approved.format(
            class_=class_name(note.class_), people=join_list(list(map(str, note.approved_by)))
        ),
    }
