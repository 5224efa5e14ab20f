"""Changes → their class, the next version, and the version that each principle dates from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from charterpress.model import Change, ChangeNote, Charter, Class, Principle, Release
from charterpress.text.interface import gettext as _
from charterpress.versions.number.changes import match_principles

FIRST = "1.0.0"
VERSION = re.compile(r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)", re.ASCII)
APPROVALS = 2
"""How many must approve that a class is lowered."""


def computed_class(changes: Iterable[Change]) -> Class:
    """Return the highest class among `changes`, Class.NONE if there are none."""
    return max((change.class_ for change in changes), key=lambda each: each.rank, default=Class.NONE)


def approved_class(changes: Iterable[Change], notes: Sequence[ChangeNote]) -> Class:
    """Return the class of `changes` after the notes.

    A note lowers the class of a change of its subject if it says a lower class, gives a reason, and names two
    who approve. Of several notes about one subject, those with the highest class count, and all of them must
    be approved. A note is about its `subjects`.
    """
    return computed_class(replace(change, class_=lowered_class(change, notes)) for change in changes)


def lowered_class(change: Change, notes: Sequence[ChangeNote]) -> Class:
    """Return the class of one change after the notes."""
    id = change.subject
    about = [note for note in notes if id in note.subjects]
    highest = max((note.class_ for note in about), key=lambda each: each.rank, default=Class.NONE)
    if highest is Class.NONE or not all(is_approved(note) for note in about if note.class_ is highest):
        return change.class_
    return min(change.class_, highest, key=lambda each: each.rank)


def is_approved(note: ChangeNote) -> bool:
    """Whether `note` gives what lowers a class: a reason, and two who approve. Names that differ by case or
    spaces alone are one."""
    names = {" ".join(name.split()).casefold() for name in note.approved_by} - {""}
    return len(names) >= APPROVALS and bool(note.reason.strip())


def version_key(version: str) -> tuple[int, int, int]:
    """Return what sorts versions: 1.9.0 before 1.10.0. Raises ValueError where `version` is none."""
    if not VERSION.fullmatch(version):
        message = _("“{version}” is not a version: it is three numbers with dots, such as 1.2.3")
        raise ValueError(message.format(version=version))
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch


def aliases(releases: Sequence[Release]) -> dict[str, Release]:
    """Return what "latest", "1" and "1.0" mean among `releases`, which come oldest first: the newest version
    that they can. Drafts for consultation have no such names, but "latest" while there is nothing else."""
    signable = [release for release in releases if not release.consultation]
    names = {"latest": (signable or releases)[-1]} if releases else {}
    for release in signable:
        major, minor, _ = release.version.split(".")
        names |= {major: release, f"{major}.{minor}": release}
    return names


def next_version(current: str | None, class_: Class, *, consultation: bool = False) -> str | None:
    """Return the version that follows `current` (None for the first) after changes of `class_`.

    None where nothing changed. A consultation draft stays below 1.0.0: there the second number counts what is
    more than editorial. Raises ValueError for a consultation once there is a version to sign.
    """
    if class_ is Class.NONE:
        return None
    if consultation:
        if current is None:
            return "0.1.0"
        major, minor, patch = version_key(current)
        if major:
            message = _("{version} can be signed: a draft for consultation comes before that")
            raise ValueError(message.format(version=current))
        return f"0.{minor}.{patch + 1}" if class_ is Class.EDITORIAL else f"0.{minor + 1}.0"
    if current is None or version_key(current) < (1, 0, 0):
        return FIRST
    major, minor, patch = version_key(current)
    return {
        Class.EDITORIAL: f"{major}.{minor}.{patch + 1}",
        Class.GUIDANCE: f"{major}.{minor + 1}.0",
        Class.COMMITMENT: f"{major + 1}.0.0",
    }[class_]


def with_version_dates(
    charter: Charter, old: Release | None, changes: Iterable[Change], version: str
) -> Charter:
    """Return `charter` with the version that each principle came in and the one that last changed it;
    `version` is the one that it becomes, `old` the release before it."""
    changed_ids = {change.subject for change in changes if change.class_ is not Class.NONE}
    previous = match_principles(old.charter, charter) if old else {}

    def date(principle: Principle) -> Principle:
        _, former = previous.get(principle.id, (None, None))
        changed = version if former is None or principle.id in changed_ids else former.changed
        return replace(principle, since=former.since if former else version, changed=changed)

    themes = (replace(theme, principles=tuple(map(date, theme.principles))) for theme in charter.themes)
    return replace(charter, themes=tuple(themes))
