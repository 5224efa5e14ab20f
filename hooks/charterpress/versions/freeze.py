"""Charter × version × date → the Release, its bytes, and the files that change with it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as calendar

from charterpress.model import (
    Behaviour,
    ChangeNote,
    Charter,
    Class,
    Edition,
    Principle,
    Reference,
    Release,
    Retired,
    Section,
    Theme,
)
from charterpress.model.errors import CharterError, UsageError
from charterpress.text import markdown
from charterpress.versions import number

FORMAT = "release-1"
"""What a release's file says its form is, and the name of the schema that describes it."""
FOLDER, SUMS = "releases", "SHA256SUMS"
CHANGELOG = "CHANGELOG.md"
SECTION = "## The charter"
"""The heading in the changelog under which the versions of the text are listed, the newest first."""

_STRING = json.encoder.encode_basestring


# --- Bytes -------------------------------------------------------------------------------------------


def release_bytes(release: Release) -> bytes:
    """The bytes of a release's file: UTF-8, LF, two spaces, keys in document order, a newline at the end.
    The same release gives the same bytes for ever; `data`, `sha256` and every path make no difference."""
    return (_json(_release(release)) + "\n").encode()


def _json(value: object, margin: str = "\n") -> str:
    """What `json.dumps` writes of `value` with two spaces of indent, in half the time: a release is written
    again whenever one is read."""
    if isinstance(value, str):
        return _STRING(value)
    inner = f"{margin}  "
    if isinstance(value, dict) and value:
        members = [f"{_STRING(key)}: {_json(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(members)}{margin}}}"
    if isinstance(value, (list, tuple)) and value:
        items = [_json(item, inner) for item in value]
        return f"[{inner}{f',{inner}'.join(items)}{margin}]"
    return json.dumps(value)


def with_digest(release: Release) -> Release:
    """`release` with its own bytes and their digest."""
    data = release_bytes(release)
    return replace(release, data=data, sha256=hashlib.sha256(data).hexdigest())


def _release(release: Release) -> dict[str, object]:
    charter = release.charter
    numbers = number.part_numbers(charter)
    return {
        "format": FORMAT,
        "charter": charter.title,
        "summary": charter.summary,
        "licence": charter.licence,
        "version": release.version,
        "date": release.date,
        "class": release.class_,
        "found": release.found,
        "previous": release.previous
        and {"version": release.previous.version, "sha256": release.previous.sha256},
        "notes": [_note(note) for note in release.notes],
        "sections": [
            {"id": shape.id, "heading": shape.heading, "binding": shape.binding, "list": shape.list}
            for shape in charter.sections
        ],
        "questions": charter.questions,
        **({"repair": charter.repair} if charter.repair else {}),
        "signatory_kinds": charter.signatory_kinds,
        "preamble": charter.preamble,
        "themes": [_theme(theme, numbers) for theme in charter.themes],
        "retired": [
            {
                "id": gone.id,
                "title": gone.title,
                "theme": gone.theme,
                "version": gone.version,
                "replacements": gone.replacements,
            }
            for gone in release.retired
        ],
    }


def _note(note: ChangeNote) -> dict[str, object]:
    return {
        "id": note.id,
        "principles": note.principles,
        "class": note.class_,
        "reason": note.reason,
        "approved_by": note.approved_by,
        "retires": {old: new or None for old, new in note.retires},
    }


def _theme(theme: Theme, numbers: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": theme.id,
        "number": numbers[theme.id],
        "title": theme.title,
        "summary": theme.summary,
        "text": theme.text,
        "principles": [_principle(principle, numbers) for principle in theme.principles],
    }


def _principle(principle: Principle, numbers: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": principle.id,
        "number": numbers[principle.id],
        "title": principle.title,
        "summary": principle.summary,
        "sections": [_section(section) for section in principle.sections],
        **({"plain": principle.plain} if principle.plain else {}),
        "behaviours": [_behaviour(behaviour) for behaviour in principle.behaviours],
        "questions": principle.questions,
        "sources": principle.sources,
        "formerly": principle.formerly,
        "since": principle.since,
        "changed": principle.changed,
    }


def _behaviour(behaviour: Behaviour) -> dict[str, object]:
    """Its words. A key that came after the first releases is left out where it is empty, so that they keep
    their bytes."""
    words: dict[str, object] = {
        "behaviour": behaviour.behaviour,
        "measure": behaviour.measure,
        "support": behaviour.support,
    }
    return words | ({"interview": behaviour.interview} if behaviour.interview else {})


def _section(section: Section) -> dict[str, object]:
    """Its items if it is a list, else its text, so that no word is stored twice."""
    listed = section.items and section.text == markdown.bullet_list(section.items)
    return {"id": section.id} | ({"items": section.items} if listed else {"text": section.text})


# --- The next release --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A release that can be made: itself, the files to write and those to remove, by their path from the
    charter's folder."""

    release: Release
    writes: Mapping[str, bytes]
    removes: tuple[str, ...]


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
    current = edition.current
    _refuse_flags(current, first=first, consultation=consultation)
    _refuse_date(date, current, edition.today)
    opening = first or current is None
    changes = (
        () if opening or current is None else number.changes(current.charter, edition.charter, edition.notes)
    )
    found = Class.COMMITMENT if opening else number.computed_class(changes)
    class_ = Class.COMMITMENT if opening else number.approved_class(changes, edition.notes)
    before = None if opening or current is None else current
    version = number.next_version(before.version if before else None, class_, consultation=consultation)
    if version is None:
        raise CharterError(f"there is nothing to release: the words are those of {_version(current)}")
    release = with_digest(
        Release(
            version=version,
            date=date,
            class_=class_,
            found=found,
            previous=Reference(version=current.version, sha256=current.sha256) if current else None,
            notes=tuple(replace(note, path="") for note in edition.notes),
            charter=number.with_version_dates(edition.charter, before, changes, version),
            retired=retired_principles(current, edition.charter, edition.notes, version),
            path=f"{edition.root}/{FOLDER}/{version}.json",
        )
    )
    return Plan(
        release=release,
        writes=_writes(edition, release, changelog),
        removes=tuple(note.path.removeprefix(f"{edition.root}/") for note in edition.notes),
    )


def _version(release: Release | None) -> str:
    return release.version if release else ""


def _refuse_flags(current: Release | None, *, first: bool, consultation: bool) -> None:
    """Raises UsageError where the next release cannot be of this kind."""
    if first and consultation:
        raise UsageError("--first makes 1.0.0 and --consultation a draft before it: say one of them")
    if current is None or current.consultation:
        if not first and not consultation:
            there = f"{current.version} is a draft for consultation" if current else "there is no version yet"
            raise UsageError(
                f"{there}: say --first to make 1.0.0, or --consultation for a draft that nobody can sign"
            )
    elif first:
        raise UsageError(f"--first makes 1.0.0, and {current.version} is there already: leave it out")
    elif consultation:
        raise UsageError(f"a consultation draft comes before 1.0.0, and {current.version} is there already")


def _refuse_date(date: str, current: Release | None, today: str) -> None:
    """Raises UsageError where `date` is none, runs backwards or is in the future."""
    try:
        right = calendar.fromisoformat(date).isoformat() == date
    except ValueError:
        right = False
    if not right:
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
    gone = (
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
    return (*current.retired, *gone)


def _writes(edition: Edition, release: Release, changelog: str | None) -> dict[str, bytes]:
    name = f"{release.version}.json"
    listed = edition.document(f"{edition.root}/{FOLDER}/{SUMS}")
    lines = [line for line in (listed.lines if listed else ()) if line.strip()]
    writes = {
        f"{FOLDER}/{name}": release.data,
        f"{FOLDER}/{SUMS}": "".join(f"{line}\n" for line in [*lines, f"{release.sha256}  {name}"]).encode(),
    }
    if changelog is not None:
        writes[f"../{CHANGELOG}"] = add_to_changelog(changelog, release).encode()
    return writes


def add_to_changelog(changelog: str, release: Release) -> str:
    """`changelog` with the entry of `release` as the first one below its section for the text."""
    reasons = [" ".join(markdown.plain_text(note.reason).split()) for note in release.notes]
    lines = "".join(f"- {reason}\n" for reason in reasons or ["The first version."])
    entry = f"### {release.version} - {release.date} ({release.class_})\n\n{lines}"
    start = re.search(rf"^{re.escape(SECTION)}[ \t]*$", changelog, re.MULTILINE)
    if start is None:
        return f"{changelog.rstrip()}\n\n{SECTION}\n\n{entry}"
    following = re.compile(r"^##?#? ", re.MULTILINE).search(changelog, start.end())
    at = following.start() if following else len(changelog)
    after = f"\n{changelog[at:]}" if following else ""
    return f"{changelog[:at].rstrip()}\n\n{entry}{after}"
