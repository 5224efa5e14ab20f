"""Rules for releases, which are frozen: each is whole, follows the one before it, and says of itself what is
so."""

from __future__ import annotations

from collections.abc import Iterator

from charterpress.checks.checksums import (
    RESTORE_FILE,
    SUMS,
    existing_paths,
    file_name_of,
    frozen_files,
    intact_releases,
    listed_releases,
    release_path,
)
from charterpress.checks.queries import quote
from charterpress.model import Class, Edition, FrozenTranslation, Release, Violation
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.versions import number
from charterpress.versions.translations.changes import release_changes

_RESTORE = N_("restore the file from git; if its words are wrong, correct the working text and release that")
_RELEASE_AGAIN = N_("delete the file, if nobody has seen it yet, and release again with the right --date")
_CHECK_CLOCK = N_(
    "look at this computer’s clock first; if it is right, delete the file, if nobody has seen it yet, "
    "and release again with the right --date"
)


def _chain(edition: Edition) -> list[tuple[Release | None, Release]]:
    """The releases whose file bears their version, oldest first, each with the one before it."""
    named = [each for each in edition.releases if file_name_of(each.path) == f"{each.version}.json"]
    return list(zip([None, *named], named, strict=False))


def _pairs(edition: Edition) -> Iterator[tuple[Release | None, Release]]:
    """Every release that holds the one before it as it should, with that one; the first with None. A pair of
    which one has been tampered with is left out: another rule speaks of it."""
    intact = intact_releases(edition)
    for before, release in _chain(edition):
        if release.path in intact and (before is None or before.path in intact):
            held = release.previous and (release.previous.version, release.previous.sha256)
            if held == (before and (before.version, before.sha256)):
                yield before, release


def _violation(before: Release | None, release: Release, message: str, fix: str = RESTORE_FILE) -> Violation:
    """A violation in the file of `release`, which is about the one before it too."""
    return Violation(release.path, message, _(fix), about=(before.path,) if before else ())


def release_missing(edition: Edition) -> Iterator[Violation]:
    """No release is missing: every one that SHA256SUMS lists, and the one before each release, are there.

    A version that was published stays for ever, because organisations have signed it."""
    there, sums = existing_paths(edition), release_path(edition, SUMS)
    listed = {path: line for line, _, path in reversed(listed_releases(edition))}
    for path, line in listed.items():
        if path not in there:
            message = _("{file} is listed here, but is missing").format(file=quote(file_name_of(path)))
            yield Violation(sums, message, _(RESTORE_FILE), line, about=(path,))
    for _ignored, release in _chain(edition):
        path = release_path(edition, f"{release.previous.version}.json") if release.previous else ""
        if release.previous and path not in there | set(listed):
            message = _("{version} follows {previous_version}, which is missing").format(
                version=release.version, previous_version=release.previous.version
            )
            yield Violation(release.path, message, _(RESTORE_FILE), about=(path,))


def release_previous(edition: Edition) -> Iterator[Violation]:
    """Every release holds the version and the digest of the one before it.

    So a release cannot be changed, nor one be put between two others, without changing all that came after
    it. The first release holds none."""
    intact = intact_releases(edition)
    versions = {release.version for release in edition.releases}
    for before, release in _chain(edition):
        held, message = release.previous, ""
        if held is None and before:
            message = _("{version} names no previous version, but {before_version} exists").format(
                version=release.version, before_version=before.version
            )
        elif held is None or held.version not in versions:
            continue  # it is the first, or that one is missing or cannot be read
        elif before is None or held.version != before.version:
            if before:
                message = _("{version} names {named} as its previous version, which is {previous}")
            else:
                message = _("{version} names {named} as its previous version")
            previous = before.version if before else ""
            message = message.format(version=release.version, named=held.version, previous=previous)
        elif before.path in intact and held.sha256 != before.sha256:
            message = _(
                "{version} has another digest for {previous} than that file has now: {stated}…, not {digest}…"
            ).format(
                version=release.version,
                previous=before.version,
                stated=held.sha256[:12],
                digest=before.sha256[:12],
            )
        if message:
            yield _violation(before, release, message)


def release_date(edition: Edition) -> Iterator[Violation]:
    """No release is dated before the one that it follows.

    Dates say what was in force when."""
    for before, release in _pairs(edition):
        if before and release.date < before.date:
            message = _("{version} is dated {date}, before {before_version} ({before_date})").format(
                version=release.version,
                date=release.date,
                before_version=before.version,
                before_date=before.date,
            )
            yield _violation(before, release, message, _(_RELEASE_AGAIN))


def release_future(edition: Edition) -> Iterator[Violation]:
    """No release is dated after today.

    A version is in force from the day on which it was released. Release it on that day."""
    for release in frozen_files(edition):
        if edition.today and release.date > edition.today:
            message = _("{version} is dated {date}, which is in the future").format(
                version=release.version, date=release.date
            )
            yield Violation(release.path, message, _(_CHECK_CLOCK))


def release_number(edition: Edition) -> Iterator[Violation]:
    """The number of a release follows from the one before it and from its class.

    A commitment release raises the first number, guidance the second, editorial the third. The first release
    is 1.0.0, and a draft for consultation is below it."""
    for before, release in _pairs(edition):
        previous = None if before is None or _opens(before, release) else before.version
        version = number.next_version(previous, release.class_, consultation=release.consultation)
        if version != release.version:
            if before:
                message = _("a release of the class {class_} after {previous} is {version}, not {stated}")
            else:
                message = _("a release of the class {class_} is {version}, not {stated}")
            message = message.format(
                class_=release.class_,
                previous=before.version if before else "",
                version=version,
                stated=release.version,
            )
            yield _violation(before, release, message)


def _opens(before: Release, release: Release) -> bool:
    """Whether `release` is the first that can be signed."""
    return before.consultation and not release.consultation


def release_class(edition: Edition) -> Iterator[Violation]:
    """The class of a release is that of the changes since the one before it.

    It is computed, never chosen; a note with two approvals and a reason may lower it. The first release has
    the class “commitment”, because all of it is new. A release says both what was found and what was decided,
    and keeps them when the check learns more: only the newest one, and those that a pull request adds, are
    computed again, and either may have a higher class than it would have today."""
    pairs = list(_pairs(edition))
    agreed = {f"{edition.root}/{name}" for name in edition.agreed or ()}
    added = existing_paths(edition) - agreed if edition.agreed is not None else set()
    for before, release in pairs:
        found, class_ = release.found, release.class_
        if before is None or _opens(before, release):
            found = class_ = Class.COMMITMENT
        elif release is pairs[-1][1] or release.path in added:
            notes = release.notes
            changes = release_changes(before, release, notes, _intact_translations(edition))
            if release.path in added:
                notes = number.sound_notes(changes, notes, release.charter)
            found, class_ = number.computed_class(changes), number.approved_class(changes, notes)
            found, class_ = _higher(found, release.found), _higher(class_, release.class_)
            if class_ is not found and not _may_be_lowered(release):
                class_ = found
        elif not _may_be_lowered(release):
            class_ = found
        if (found, class_) != (release.found, release.class_):
            stated, right = _classes(release.found, release.class_), _classes(found, class_)
            message = _("{version} says that its changes are {stated}, and they are {right}").format(
                version=release.version, stated=stated, right=right
            )
            yield _violation(before, release, message)


def _intact_translations(edition: Edition) -> list[FrozenTranslation]:
    intact = intact_releases(edition)
    return [each for each in edition.frozen_translations if each.path in intact]


def _higher(computed: Class, stated: Class) -> Class:
    """The higher of the class computed today and the one stated, which an older check may have computed."""
    return max(computed, stated, key=lambda each: each.rank)


def _may_be_lowered(release: Release) -> bool:
    """Whether the notes of `release` can have made its class lower than what was found."""
    return release.class_.rank < release.found.rank and any(map(number.is_approved, release.notes))


def _classes(found: Class, class_: Class) -> str:
    if found is class_:
        return str(class_)
    # Translators: the classes of changes, such as: guidance, lowered from commitment
    return _("{class_}, lowered from {words}").format(class_=class_, words=found)


# --- What others remember ----------------------------------------------------------------------------


def release_recorded(edition: Edition) -> Iterator[Violation]:
    """A release is, to the byte, what git recorded in the commit that first added it.

    So a release that was edited together with every digest in the folder is still found. Take the file back
    from that commit: “git log --diff-filter=A” with the file's name finds it. A release that was made twice
    on one branch, before anybody has seen it, is made once more on a new branch."""
    missing = _("git has a record of this file, but it is missing")
    return _differing(edition, edition.recorded, missing, _("this is not what git first recorded"))


def release_changed(edition: Edition) -> Iterator[Violation]:
    """A pull request changes, deletes or renames no release that is there.

    The words that an organisation has signed never move. A mistake is told in errata/<version>.md until the
    next release mends it."""
    changed = _("this proposal changes a release")
    return _differing(edition, edition.agreed, _("this proposal deletes a release"), changed)


def _differing(
    edition: Edition, digests: dict[str, str] | None, missing: str, changed: str
) -> Iterator[Violation]:
    """The releases that have not the right one of `digests`: `missing` or `changed`. Those of which another
    rule speaks, because they do not agree with SHA256SUMS either, are left out."""
    there, intact = existing_paths(edition), intact_releases(edition)
    listed = {path for _, _, path in listed_releases(edition)}
    present = {release.path: release.sha256 for release in frozen_files(edition)}
    for name, digest in sorted((digests or {}).items()):
        path = f"{edition.root}/{name}"
        if name.endswith(".json") and path not in there | listed:
            yield Violation(path, missing, _(_RESTORE))
        elif name.endswith(".json") and path in there & intact and present[path] != digest:
            yield Violation(path, changed, _(_RESTORE))
