"""Charter × version × date → the Release, its bytes, and the files that change with it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as calendar

from charterpress.model import (
    OPTIONAL_LISTS,
    TEXT_LISTS,
    Change,
    ChangeNote,
    Charter,
    Class,
    Edition,
    Kind,
    Principle,
    Reference,
    Release,
    Retired,
    Section,
    Theme,
)
from charterpress.model.errors import CharterError, UsageError
from charterpress.text import markdown
from charterpress.versions import diff, lowered, number

FORMAT = "release-1"
"""What a release's file says its form is, and the name of the schema that describes it."""
OPTIONAL: dict[str, object] = {
    "repair": (),
    **dict.fromkeys(OPTIONAL_LISTS, ()),
    "interview": "",
    "splits": {},
    "covered": (),
    "gives": {},
    "reasons": {},
}
"""Keys that came after the first releases, with what they mean where they are left out: a release written
without them keeps its bytes."""
FOLDER, SUMS = "releases", "SHA256SUMS"
LINEAGE = (Kind.MOVED, Kind.RENAMED, Kind.RETIRED, Kind.SPLIT, Kind.MERGED, Kind.GAVE, Kind.TOOK)
"""What became of principles: the changelog names each."""
CHANGELOG = "CHANGELOG.md"
SECTION = "## The charter"
"""The heading in the changelog under which the versions of the text are listed, the newest first."""


def release_bytes(release: Release) -> bytes:
    """The bytes of a release's file: UTF-8, LF, two spaces, keys in document order, a newline at the end.
    The same release gives the same bytes for ever; `data`, `sha256` and every path make no difference."""
    return (json.dumps(_release(release), indent=2, ensure_ascii=False) + "\n").encode()


def with_digest(release: Release) -> Release:
    """`release` with its own bytes and their digest."""
    data = release_bytes(release)
    return replace(release, data=data, sha256=hashlib.sha256(data).hexdigest())


def _members(value: object, *names: str) -> dict[str, object]:
    """The fields of `value` by their keys in the file. Empty ones of OPTIONAL are left out."""
    members = {name.rstrip("_"): getattr(value, name) for name in names}
    return {key: member for key, member in members.items() if member or key not in OPTIONAL}


def _release(release: Release) -> dict[str, object]:
    charter, previous = release.charter, release.previous
    numbers = number.part_numbers(charter)
    return {
        "format": FORMAT,
        "charter": charter.title,
        **_members(charter, "summary", "licence"),
        **_members(release, "version", "date", "class_", "found"),
        "previous": previous and _members(previous, "version", "sha256"),
        "notes": [_note(note) for note in release.notes],
        "sections": [_members(shape, "id", "heading", "binding", "list") for shape in charter.sections],
        **_members(charter, "questions", "repair", "signatory_kinds", "preamble"),
        "themes": [_theme(theme, numbers) for theme in charter.themes],
        "retired": [
            _members(retired, "id", "title", "theme", "version", "replacements")
            for retired in release.retired
        ],
    }


def _note(note: ChangeNote) -> dict[str, object]:
    members = _members(note, "id", "principles", "class_", "reason", "approved_by")
    heirs: dict[str, list[str]] = {}
    for old, new in note.retires:
        heirs.setdefault(old, []).append(new)
    members["retires"] = {old: new[0] or None for old, new in heirs.items()}
    splits = {old: new for old, new in heirs.items() if len(new) > 1}
    gives: dict[str, list[str]] = {}
    for giver, heir in note.gives:
        gives.setdefault(giver, []).append(heir)
    later = {"splits": splits, "covered": note.covered, "gives": gives, "reasons": dict(note.reasons)}
    return members | {key: value for key, value in later.items() if value}


def _theme(theme: Theme, numbers: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": theme.id,
        "number": numbers[theme.id],
        **_members(theme, "title", "summary", "text"),
        "principles": [_principle(principle, numbers) for principle in theme.principles],
    }


def _principle(principle: Principle, numbers: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": principle.id,
        "number": numbers[principle.id],
        **_members(principle, "title", "summary"),
        "sections": [_section(section) for section in principle.sections],
        **_members(principle, "plain"),
        "behaviours": [
            _members(behaviour, "behaviour", "measure", "support", "interview")
            for behaviour in principle.behaviours
        ],
        **_members(principle, *TEXT_LISTS[1:], "formerly", "since", "changed"),
    }


def _section(section: Section) -> dict[str, object]:
    """Its items if it is a list, else its text, so that no word is stored twice."""
    is_list = section.items and section.text == markdown.bullet_list(section.items)
    return _members(section, "id", "items" if is_list else "text")


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A release that can be made: itself, the files to write and those to remove, by their path from the
    charter's folder, and what its notes lowered."""

    release: Release
    writes: Mapping[str, bytes]
    removes: tuple[str, ...]
    lowered: tuple[lowered.Lowering, ...] = ()


def plan_release(
    edition: Edition,
    *,
    date: str,
    first: bool = False,
    consultation: bool = False,
    changelog: str | None = None,
) -> Plan:
    """What makes the next release of `edition`, whose check has no error, on `date` (as 2026-12-01).

    `first` makes 1.0.0, `consultation` a draft below it. `changelog` is the text of the file that lists the
    versions, None where there is none. Raises UsageError in plain words where a release cannot be made so,
    and CharterError where there is nothing to release.
    """
    if edition.charter is None:
        raise CharterError("the charter cannot be read: run “charter check”")
    current, notes = edition.current, edition.notes
    _refuse_flags(current, first=first, consultation=consultation)
    _refuse_date(date, current, edition.today)
    before = None if first else current
    changes = number.changes(before.charter, edition.charter, notes) if before else ()
    computed = number.computed_class(changes) if before else Class.COMMITMENT
    sound = number.sound_notes(changes, notes, edition.charter)
    approved = number.approved_class(changes, sound) if before else Class.COMMITMENT
    current_version = before.version if before else None
    version = number.next_version(current_version, approved, consultation=consultation)
    if version is None:
        raise CharterError(f"there is nothing to release: the words are those of {current_version}")
    release = with_digest(
        Release(
            version=version,
            date=date,
            class_=approved,
            found=computed,
            previous=Reference(version=current.version, sha256=current.sha256) if current else None,
            notes=tuple(replace(note, path="") for note in notes),
            charter=number.with_version_dates(edition.charter, before, changes, version),
            retired=retired_principles(current, edition.charter, notes, version),
            path=f"{edition.root}/{FOLDER}/{version}.json",
        )
    )
    lowerings = _lowerings(release, changes)
    return Plan(
        release=release,
        writes=_writes(edition, release, changelog, lowerings, _became(release, changes)),
        removes=tuple(note.path.removeprefix(f"{edition.root}/") for note in notes),
        lowered=lowerings,
    )


def _lowerings(release: Release, changes: Sequence[Change]) -> tuple[lowered.Lowering, ...]:
    return lowered.lowerings(changes, release.notes, _titles(release.charter))


def _became(release: Release, changes: Sequence[Change]) -> list[str]:
    """A sentence about each principle that was renamed, moved, retired, split or merged, or gave a part."""
    lineage = [each for each in changes if each.kind in LINEAGE]
    titles = _titles(release.charter) | {each.subject: each.before for each in lineage if not each.field}
    return [diff.change_sentence(each, titles) for each in lineage]


def _titles(charter: Charter) -> dict[str, str]:
    titles = {theme.id: theme.title for theme in charter.themes}
    return titles | {each.id: each.title for _, each in charter.principles()}


def _refuse_flags(current: Release | None, *, first: bool, consultation: bool) -> None:
    """Raises UsageError where the next release cannot be of this kind."""
    message = ""
    if first and consultation:
        message = "--first makes 1.0.0 and --consultation a draft before it: say one of them"
    elif current is None or current.consultation:
        if not first and not consultation:
            there = f"{current.version} is a draft for consultation" if current else "there is no version yet"
            message = (
                f"{there}: say --first to make 1.0.0, or --consultation for a draft that nobody can sign"
            )
    elif first:
        message = f"--first makes 1.0.0, and {current.version} is there already: leave it out"
    elif consultation:
        message = f"a consultation draft comes before 1.0.0, and {current.version} is there already"
    if message:
        raise UsageError(message)


def _refuse_date(date: str, current: Release | None, today: str) -> None:
    """Raises UsageError where `date` is none, runs backwards or is in the future."""
    try:
        valid = calendar.fromisoformat(date).isoformat() == date
    except ValueError:
        valid = False
    if not valid:
        raise UsageError(f"“{date}” is not a date: write it as 2026-12-01")
    if current and date < current.date:
        raise UsageError(f"{date} is before {current.date}, the date of version {current.version}")
    if today and date > today:
        raise UsageError(f"{date} is in the future: a version bears the day on which it was released")


def retired_principles(
    current: Release | None, charter: Charter, notes: Iterable[ChangeNote], version: str
) -> tuple[Retired, ...]:
    """Every principle that was ever retired: those of `current`, and those that `version` no longer has. A
    principle that goes on under another name is none of them."""
    if current is None:
        return ()
    living = {id for _, principle in charter.principles() for id in (principle.id, *principle.formerly)}
    pairs = dict.fromkeys(pair for note in notes for pair in note.retires)
    newly_retired = (
        Retired(
            id=principle.id,
            title=principle.title,
            theme=theme.id,
            version=version,
            replacements=tuple(heir for old, heir in pairs if old == principle.id and heir),
        )
        for theme, principle in current.charter.principles()
        if principle.id not in living
    )
    return (*current.retired, *newly_retired)


def _writes(
    edition: Edition,
    release: Release,
    changelog: str | None,
    lowerings: Sequence[lowered.Lowering],
    became: Sequence[str],
) -> dict[str, bytes]:
    name = f"{release.version}.json"
    sums = edition.document(f"{edition.root}/{FOLDER}/{SUMS}")
    lines = [line for line in (sums.lines if sums else ()) if line.strip()] + [f"{release.sha256}  {name}"]
    text = "".join(f"{line}\n" for line in lines)
    writes = {f"{FOLDER}/{name}": release.data, f"{FOLDER}/{SUMS}": text.encode()}
    if changelog is not None:
        writes[f"../{CHANGELOG}"] = add_to_changelog(changelog, release, lowerings, became).encode()
    return writes


def add_to_changelog(
    changelog: str,
    release: Release,
    lowerings: Sequence[lowered.Lowering] = (),
    became: Sequence[str] = (),
) -> str:
    """`changelog` with the entry of `release` as the first one below its section for the text: why it was
    made, what `became` of principles, and what its notes lowered."""
    reasons = [" ".join(markdown.plain_text(note.reason).split()) for note in release.notes]
    first = "A draft to comment on: nobody can sign it." if release.consultation else "The first version."
    lines = "".join(f"- {line}\n" for line in (*(reasons or [first]), *became))
    for each in lowerings:
        lines += f"- {each.sentence} {' '.join(each.words)}\n"
    from_ = f", lowered from {release.found}" if release.found is not release.class_ else ""
    entry = f"### {release.version} - {release.date} ({release.class_}{from_})\n\n{lines}"
    start = re.search(rf"^{re.escape(SECTION)}[ \t]*$", changelog, re.MULTILINE)
    if start is None:
        return f"{changelog.rstrip()}\n\n{SECTION}\n\n{entry}"
    following = re.compile(r"^##?#? ", re.MULTILINE).search(changelog, start.end())
    at = following.start() if following else len(changelog)
    after = f"\n{changelog[at:]}" if following else ""
    return f"{changelog[:at].rstrip()}\n\n{entry}{after}"
