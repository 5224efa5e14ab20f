"""Charter × version × date → the Release, its bytes, and the files that change with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from charterpress.model import (
    DEFAULT_LANGUAGE,
    OPTIONAL_LISTS,
    TEXT_LISTS,
    Change,
    ChangeNote,
    Charter,
    Class,
    Edition,
    FrozenTranslation,
    Kind,
    LanguageStanding,
    Principle,
    Reference,
    Release,
    Retired,
    Section,
    Theme,
    Translation,
    TranslationReference,
)
from charterpress.model.errors import CharterError
from charterpress.text import markdown
from charterpress.text.interface import SOURCE, gettext, use_language
from charterpress.versions import diff, lowered, number
from charterpress.versions.changelog import add_to_changelog
from charterpress.versions.refusals import refuse_date, refuse_flags
from charterpress.versions.translations.frozen import (
    freeze_translation,
    newest_revisions,
    translation_name,
)
from charterpress.versions.translations.working import changes_between, gaps, working_words

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
    "language": "",
    "languages": (),
    "reporting": None,
    "translations": (),
}
"""Keys that came after the first releases, with what they mean where they are left out: a release written
without them keeps its bytes."""
FOLDER, SUMS = "releases", "SHA256SUMS"
PROOFS = f"{FOLDER}/proofs"
"""Where the time-stamps of releases lie."""
LINEAGE = (Kind.MOVED, Kind.RENAMED, Kind.RETIRED, Kind.SPLIT, Kind.MERGED, Kind.GAVE, Kind.TOOK)
"""What became of principles: the changelog names each."""
CHANGELOG = "CHANGELOG.md"


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
        **_languages(charter),
        **_reporting(charter),
        **_members(release, "version", "date", "class_", "found"),
        "previous": previous and _previous(previous),
        "notes": [_note(note) for note in release.notes],
        "sections": [_members(shape, "id", "heading", "binding", "list") for shape in charter.sections],
        **_members(charter, "questions", "repair", "signatory_kinds", "preamble"),
        "themes": [_theme(theme, numbers) for theme in charter.themes],
        "retired": [
            _members(retired, "id", "title", "theme", "version", "replacements")
            for retired in release.retired
        ],
    }


def _languages(charter: Charter) -> dict[str, object]:
    """What a release says of its languages: nothing where it is in one alone, as the first releases are."""
    if not charter.languages:
        return {}
    further = [{"language": tag, "standing": standing} for tag, standing in charter.languages]
    return {"language": charter.language or DEFAULT_LANGUAGE, "languages": further}


def _reporting(charter: Charter) -> dict[str, object]:
    """What a release says of reports: nothing where it asks for none, as the first releases are."""
    if charter.reporting is None:
        return {}
    every, grace = charter.reporting.every, charter.reporting.grace
    return {"reporting": {"every": str(every)} | ({"grace": str(grace)} if grace else {})}


def _previous(previous: Reference) -> dict[str, object]:
    members = _members(previous, "version", "sha256")
    translations = [_members(each, "language", "revision", "sha256") for each in previous.translations]
    return members | ({"translations": translations} if translations else {})


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
    translations: tuple[FrozenTranslation, ...] = ()
    """Its text in further languages, which is frozen with it."""
    left_out: tuple[tuple[str, int], ...] = ()
    """The languages of courtesy translations that are not, each with how many sentences are not in step."""


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
        raise CharterError(gettext("the charter cannot be read: run “charter check”"))
    current, notes = edition.current, edition.notes
    refuse_flags(current, first=first, consultation=consultation)
    refuse_date(date, current, edition.today)
    before = None if first else current
    changes = changes_between(edition, before, None, notes) if before else ()
    computed = number.computed_class(changes) if before else Class.COMMITMENT
    sound = number.sound_notes(changes, notes, edition.charter)
    approved = number.approved_class(changes, sound) if before else Class.COMMITMENT
    current_version = before.version if before else None
    version = number.next_version(current_version, approved, consultation=consultation)
    if version is None:
        message = gettext("there is nothing to release: the words are those of {version}")
        raise CharterError(message.format(version=current_version))
    release = with_digest(
        Release(
            version=version,
            date=date,
            class_=approved,
            found=computed,
            previous=_reference(edition, current) if current else None,
            notes=tuple(replace(note, path="") for note in notes),
            charter=number.with_version_dates(edition.charter, before, changes, version),
            retired=retired_principles(current, edition.charter, notes, version),
            path=f"{edition.root}/{FOLDER}/{version}.json",
        )
    )
    lowerings = _lowerings(release, changes)
    translations, left_out = _translations(edition, release)
    with use_language(SOURCE):  # what is kept in the repository is in one language, whoever releases it
        log = _log(changelog, release, lowerings, _became(release, changes))
    return Plan(
        release=release,
        writes=listed_writes(edition, (release, *translations)) | log,
        removes=tuple(note.path.removeprefix(f"{edition.root}/") for note in notes),
        lowered=lowerings,
        translations=translations,
        left_out=left_out,
    )


def _reference(edition: Edition, current: Release) -> Reference:
    """The release that another follows, with its translations of now."""
    newest = newest_revisions(edition.frozen_translations, current.version)
    translations = tuple(
        TranslationReference(language=tag, revision=each.revision, sha256=each.sha256)
        for tag, each in newest.items()
    )
    return Reference(version=current.version, sha256=current.sha256, translations=translations)


def _translations(
    edition: Edition, release: Release
) -> tuple[tuple[FrozenTranslation, ...], tuple[tuple[str, int], ...]]:
    """The translations of `release` that are in step, and the languages of those that are not. Raises
    CharterError where a text that binds is not."""
    files = {each.language: each for each in edition.translations}
    frozen: list[FrozenTranslation] = []
    left_out: list[tuple[str, int]] = []
    for tag, standing in release.charter.languages:
        file = files.get(tag, Translation(language=tag))
        behind = sum(1 for _ in gaps(release.charter, file))
        if behind and standing == LanguageStanding.BINDING:
            message = gettext("the text in “{language}”, which binds, is not in step: run “charter check”")
            raise CharterError(message.format(language=tag))
        if behind:
            left_out.append((tag, behind))
            continue
        words = working_words(release.charter, file)
        frozen.append(freeze_translation(release, tag, standing, words, date=release.date, root=edition.root))
    return tuple(frozen), tuple(left_out)


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


def listed_writes(edition: Edition, frozen: Iterable[Release | FrozenTranslation]) -> dict[str, bytes]:
    """Return the files of releases and translations, and SHA256SUMS with a line more for each, by their
    paths in the charter's folder."""
    sums = edition.document(f"{edition.root}/{FOLDER}/{SUMS}")
    lines = [line for line in (sums.lines if sums else ()) if line.strip()]
    writes = {}
    for each in frozen:
        name = f"{each.version}.json" if isinstance(each, Release) else translation_name(each)
        writes[f"{FOLDER}/{name}"] = each.data
        lines.append(f"{each.sha256}  {name}")
    return writes | {f"{FOLDER}/{SUMS}": "".join(f"{line}\n" for line in lines).encode()}


def _log(
    changelog: str | None,
    release: Release,
    lowerings: Sequence[lowered.Lowering],
    became: Sequence[str],
) -> dict[str, bytes]:
    """The changelog with an entry for `release`, if there is one."""
    if changelog is None:
        return {}
    return {f"../{CHANGELOG}": add_to_changelog(changelog, release, lowerings, became).encode()}
