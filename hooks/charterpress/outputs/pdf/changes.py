"""What a release changed → what its PDF tells of that: part by part, with the class and the reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charterpress.model import Change, ChangeNote, Class, Release
from charterpress.versions import diff, number
from charterpress.views.history import subjects

ABOUT = {
    Class.NONE: "",
    Class.EDITORIAL: "Class: editorial. Punctuation, case or spacing changed, and no promise.",
    Class.GUIDANCE: "Class: guidance. The words around the promises changed, and no promise.",
    Class.COMMITMENT: "Class: commitment. What those who sign it promise has changed.",
}
"""What a version is, by the class of its changes."""
IT = "It"


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What happened to one part of the text. `sentences` are plain text, without the part's `title`; `class_`
    is the one that was decided, and `found` the one before a note lowered it; `notes` are the ids of those
    that say why."""

    title: str
    class_: Class
    found: Class
    sentences: tuple[str, ...]
    notes: tuple[str, ...] = ()


def told(
    changes: Sequence[Change], notes: Sequence[ChangeNote], names: Mapping[str, str]
) -> tuple[Told, ...]:
    """Return `changes` by what they are about, in their order; `names` says what each part is called."""
    parts: dict[str, list[Change]] = {}
    for change in changes:
        parts.setdefault(change.subject, []).append(change)
    return tuple(
        Told(
            title=names.get(subject, subject),
            class_=number.decided(about, notes),
            found=number.class_of(about),
            sentences=tuple(_sentence(change, names) for change in about),
            notes=tuple(note.id for note in notes if subject in subjects(note)),
        )
        for subject, about in parts.items()
    )


def _sentence(change: Change, names: Mapping[str, str]) -> str:
    """What happened, under a heading that names the part: “Commitment b was reworded.”, “It was added.”"""
    said = diff.sentence(change, {**names, change.subject: IT}).removeprefix(f"{IT}: ")
    return said[0].upper() + said[1:]


def values(
    release: Release, parts: Sequence[Told], *, reason: Callable[[ChangeNote, int], Sequence[Any]]
) -> dict[str, Any]:
    """Return what the template shows of the changes; `reason` gives the words of a note, as a tree, where a
    heading of that level stands over them.

    A note that is about several parts is printed with the first, and named with the others. Notes about no
    part, as those of a first version are, come at the end.
    """
    waiting = {note.id: note for note in release.notes}
    first: dict[str, str] = {}
    shown = []
    for part in parts:
        fresh = [waiting.pop(id) for id in part.notes if id in waiting]
        above = dict.fromkeys(first[id] for id in part.notes if id in first)
        first |= {note.id: part.title for note in fresh}
        shown.append(
            {
                "title": part.title,
                "class": "" if part.class_ is Class.NONE else str(part.class_),
                "sentences": list(part.sentences),
                "reasons": [
                    _reason(note, reason(note, 2), lowers=part.class_ is not part.found) for note in fresh
                ],
                "above": list(above),
            }
        )
    before = release.previous
    return {
        "title": f"What changed since version {before.version}" if before else "About this version",
        "about": _about(release) if before else "",
        "parts": shown,
        "reasons": [_reason(note, reason(note, 1), lowers=False) for note in waiting.values()],
    }


def _about(release: Release) -> str:
    if release.class_ is release.found:
        return ABOUT[release.class_]
    return (
        f"Class: {release.class_}. The changes were found to be of class “{release.found}”; that they count "
        "for less was approved, and the reasons below say why and by whom."
    )


def _reason(note: ChangeNote, text: Sequence[Any], *, lowers: bool) -> dict[str, Any]:
    approved = f"Counted as “{note.class_}” with the approval of {' and '.join(note.approved_by)}."
    return {"text": text, "approved": approved if lowers and note.approved_by else ""}
