"""Rules for the time-stamps of releases, as files: what they prove, “charter verify” says."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from charterpress.checks.checksums import existing_paths, file_name_of, release_path
from charterpress.checks.queries import documents_of, quote
from charterpress.model import Edition, Role, Violation
from charterpress.text.interface import gettext as _


def stamp_name(edition: Edition) -> Iterator[Violation]:
    """A time-stamp is named after its file, its authority and a number: 1.2.0.digicert.1.tsr.

    “charter stamp” gives it that name. Give the file the name that it had."""
    known = {each.path for each in edition.time_stamps}
    for document in documents_of(edition, Role.TIME_STAMP):
        if document.path not in known and document.body_known:
            message = _("{name} does not say of which release it is, whose, and which renewal")
            fix = _("give the file the name that it had, or delete it if it is a copy")
            yield Violation(document.path, message.format(name=quote(file_name_of(document.path))), fix)


def stamp_release(edition: Edition) -> Iterator[Violation]:
    """Every time-stamp belongs to a release, or to a published translation of one, that exists.

    If the release is missing, restore it from git."""
    there = existing_paths(edition)
    for stamp in edition.time_stamps:
        path = release_path(edition, f"{stamp.stem}.json")
        if path not in there:
            message = _("there is no release {name} that this could be a time-stamp of")
            fix = _("restore the release from git; or delete this file, if that was never released")
            yield Violation(stamp.path, message.format(name=quote(f"{stamp.stem}.json")), fix, about=(path,))


def stamp_number(edition: Edition) -> Iterator[Violation]:
    """The time-stamps of one authority for one release are numbered 1, 2, 3, and the old ones stay.

    Each renewal vouches for those before it, and proves nothing without them. Restore the missing one from
    git."""
    numbers = {(each.stem, each.authority, each.number) for each in edition.time_stamps}
    for stamp in edition.time_stamps:
        if stamp.number > 1 and (stamp.stem, stamp.authority, stamp.number - 1) not in numbers:
            missing = f"{stamp.stem}.{stamp.authority}.{stamp.number - 1}.tsr"
            message = _("it renews {name}, which is missing").format(name=quote(missing))
            yield Violation(stamp.path, message, _("restore the missing file from git"))


def stamp_changed(edition: Edition) -> Iterator[Violation]:
    """A pull request does not change, delete or rename an existing time-stamp.

    The oldest proves the earliest day, and others compare it with their copies. A maintainer removes one that
    “charter verify” calls faulty."""
    there = existing_paths(edition)
    present = {each.path: sha256(each.data).hexdigest() for each in edition.time_stamps}
    agreed = {} if edition.maintained else edition.agreed or {}
    for name, digest in sorted(agreed.items()):
        path = f"{edition.root}/{name}"
        if name.endswith(".tsr") and path not in there:
            message = _("this proposal deletes a time-stamp")
        elif name.endswith(".tsr") and present.get(path, digest) != digest:
            message = _("this proposal changes a time-stamp")
        else:
            continue
        yield Violation(path, message, _("restore the file from git"))
