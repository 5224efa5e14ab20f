"""A charter's folder → an Edition. The only reader: nothing else opens a file of a charter."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from charterpress.model import (
    MAX_FILE_BYTES,
    MAX_LINKS_BYTES,
    MAX_RELEASE_BYTES,
    MAX_SUMS_BYTES,
    MAX_TIME_STAMP_BYTES,
    MAX_TRANSLATION_BYTES,
    Document,
    Edition,
    Entry,
    EntryKind,
    Fault,
    FrozenTranslation,
    Release,
    Role,
    SeenLink,
    Signatory,
    TimeStamp,
)
from charterpress.model.errors import CharterError, UsageError
from charterpress.read import charter as charters
from charterpress.read.documents import names, read_document
from charterpress.read.folder import entries, role
from charterpress.read.frozen_translations import is_translation, read_frozen_translation
from charterpress.read.releases import read_release
from charterpress.read.seen_links import LINKS_FILE, read_links
from charterpress.read.signatories import signatories
from charterpress.read.surroundings import read_surroundings
from charterpress.read.translations import translations
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.versions.number import version_key

_MOST = {
    Role.RELEASE: MAX_RELEASE_BYTES,
    Role.SUMS: MAX_SUMS_BYTES,
    Role.LINKS: MAX_LINKS_BYTES,
    Role.TRANSLATION: MAX_TRANSLATION_BYTES,
    Role.TIME_STAMP: MAX_TIME_STAMP_BYTES,
    Role.ROOTS: MAX_TIME_STAMP_BYTES,
}
_TIME_STAMP = re.compile(r"([0-9][0-9A-Za-z.-]*)\.([a-z][a-z0-9-]*)\.([1-9][0-9]{0,3})\.tsr", re.ASCII)
"""The name of a time-stamp: of which file, whose, and which renewal."""
_CLOSED, _OPEN = N_("this file cannot be opened"), N_("allow everybody to read it: chmod a+r and its name")

__all__ = [
    "LINKS_FILE",
    "load",
    "load_links",
    "read_links",
    "read_signatories",
    "read_surroundings",
    "with_files",
]


def load(root: Path, *, shown: str | None = None) -> Edition:
    """Read everything under `root`. `shown` is what messages call the folder (default: the path as given).

    No content of a file raises an exception: what could not be read is in the documents' faults, and the
    edition's charter is as much as could be understood. Raises UsageError if `root` is not a folder.
    """
    if not root.is_dir():
        raise UsageError(_("there is no folder “{root}”").format(root=root))
    shown = (root.as_posix() if shown is None else shown).rstrip("/") or "."
    paths = entries(root, shown)
    files = [(entry, entry.path[len(shown) + 1 :]) for entry in paths if entry.kind is EntryKind.FILE]
    roles = [(entry, inside, kind) for entry, inside in files if (kind := role(inside))]
    documents: list[Document] = []
    releases: list[Release] = []
    frozen: list[FrozenTranslation] = []
    stamps: list[TimeStamp] = []
    roots: dict[str, bytes] = {}
    headings: frozenset[str] = frozenset()
    for entry, inside, kind in sorted(roles, key=lambda item: item[2] is not Role.CHARTER):
        data = _bytes(root, entry, inside, kind)
        if data is None:
            document = _unread(entry, inside, kind)
        elif kind is Role.RELEASE:
            # The lines of a release are left out: nobody writes them, and they take the most memory.
            if is_translation(inside.rpartition("/")[2], data):
                translation, faults = read_frozen_translation(data, path=entry.path)
                frozen += [translation] if translation else []
            else:
                release, faults = read_release(data, path=entry.path, root=shown)
                releases += [release] if release else []
            document = replace(_unread(entry, inside, kind), body_known=True, faults=faults)
        elif kind in (Role.TIME_STAMP, Role.ROOTS):
            stamp = read_time_stamp(data, path=entry.path)
            stamps += [stamp] if stamp else []
            if kind is Role.ROOTS:
                roots[PurePosixPath(inside).stem] = data
            document = replace(_unread(entry, inside, kind), body_known=True, faults=())
        else:
            document = read_document(data, path=entry.path, inside=inside, role=kind, headings=headings)
        if kind is Role.CHARTER:
            headings = _headings(document)
        documents.append(document)
    releases.sort(key=lambda release: (version_key(release.version), release.path))
    edition = _edition(shown, documents, releases, paths)
    frozen.sort(key=lambda each: (version_key(each.version), each.language, each.revision, each.path))
    stamps.sort(key=lambda each: (each.stem, each.authority, each.number))
    return replace(edition, frozen_translations=tuple(frozen), time_stamps=tuple(stamps), roots=roots)


def read_time_stamp(data: bytes, *, path: str) -> TimeStamp | None:
    """The time-stamp in the file at `path`, unchecked; None if its name does not say of what it is."""
    named = _TIME_STAMP.fullmatch(path.rpartition("/")[2])
    if named is None:
        return None
    stem, authority, number = named.groups()
    return TimeStamp(stem=stem, authority=authority, number=int(number), data=data, path=path)


def _headings(settings: Document | None) -> frozenset[str]:
    return frozenset(shape.heading for shape in charters.shapes(settings.front if settings else None))


def read_signatories(files: Mapping[str, bytes]) -> tuple[Signatory, ...]:
    """The entries in files of signatories/, by their paths in the charter's folder, unchecked."""
    return signatories(
        read_document(data, path=path, inside=path, role=Role.SIGNATORY, headings=frozenset())
        for path, data in files.items()
    )


def with_files(edition: Edition, files: Mapping[str, bytes], gone: Iterable[str] = ()) -> Edition:
    """`edition` as it would be read with `files` written into the charter's folder, by their paths in it, and
    those that are `gone` removed. Nothing is written. Neither charter.yml, which decides how others are read,
    nor a release can be among them."""
    documents = {document.path: document for document in edition.documents}
    paths = {entry.path: entry for entry in edition.entries}
    headings = _headings(next((each for each in edition.documents if each.role is Role.CHARTER), None))
    for inside, data in files.items():
        for folder in (each.as_posix() for each in PurePosixPath(inside).parents if each.name):
            path = f"{edition.root}/{folder}"
            paths.setdefault(path, Entry(path=path, kind=EntryKind.FOLDER))
        path, kind = f"{edition.root}/{inside}", role(inside)
        paths[path] = Entry(path=path, kind=EntryKind.FILE, size=len(data))
        if kind and len(data) > _MOST.get(kind, MAX_FILE_BYTES):
            documents[path] = _unread(paths[path], inside, kind)
        elif kind:
            documents[path] = read_document(data, path=path, inside=inside, role=kind, headings=headings)
    for path in (f"{edition.root}/{inside}" for inside in gone):
        documents.pop(path, None)
        paths.pop(path, None)
    entries_ = tuple(sorted(paths.values(), key=lambda entry: entry.path))
    written = {f"{edition.root}/{inside}" for inside in files}
    known = {
        each.path: each for each in edition.signatories if each.path not in written and not each.signed_for
    }
    changed = _edition(edition.root, list(documents.values()), list(edition.releases), entries_, known)
    outside = (
        "frozen_translations",
        "time_stamps",
        "roots",
        "recorded",
        "listed",
        "agreed",
        "touched",
        "maintained",
        "today",
        "surroundings",
        "missing_letters",
    )
    kept = {name: getattr(edition, name) for name in outside}
    return replace(changed, **kept)


def _edition(
    shown: str,
    documents: list[Document],
    releases: list[Release],
    paths: tuple[Entry, ...],
    known: dict[str, Signatory] | None = None,
) -> Edition:
    """Everything that was read, put together. `known` are signatories that were before, by path."""
    documents.sort(key=lambda document: document.path)
    changes = (document for document in documents if document.role is Role.CHANGE)
    retired = [each.id for release in releases for each in release.retired]
    retired += [id.value for document in changes for id, _ in charters.retires(document)]
    return Edition(
        root=shown,
        charter=charters.build(documents),
        documents=tuple(documents),
        entries=paths,
        retired=tuple(dict.fromkeys(retired)),
        releases=tuple(releases),
        notes=charters.notes(documents),
        errata=charters.errata(documents),
        signatories=signatories(documents, known),
        synonyms=charters.synonyms(documents),
        links=_links(documents),
        translations=translations(documents),
    )


def _links(documents: Iterable[Document]) -> tuple[SeenLink, ...]:
    lines = next((each.lines for each in documents if each.role is Role.LINKS), ())
    return read_links(lines)[0]


def load_links(root: Path) -> tuple[SeenLink, ...]:
    """The links that links.json in the charter's folder `root` says were seen; () if there is no such file.
    Raises CharterError, with the line, for one that cannot be read."""
    path = root / LINKS_FILE
    if not path.is_file():
        return ()
    entry = Entry(path=path.as_posix(), kind=EntryKind.FILE, size=path.lstat().st_size)
    data = _bytes(root, entry, LINKS_FILE, Role.LINKS)
    if data is None:
        raise CharterError(
            _("{path}: this file is too large or cannot be opened: see charter check").format(path=entry.path)
        )
    document = read_document(data, path=entry.path, inside=LINKS_FILE, role=Role.LINKS, headings=frozenset())
    links, faults = read_links(document.lines)
    for fault in (*document.faults, *faults):
        raise CharterError(f"{entry.path}:{fault.line}: {fault.message}; {fault.fix}")
    return links


def _unread(entry: Entry, inside: str, kind: Role) -> Document:
    """A file that is too large, which is a rule's to say, or that cannot be opened."""
    theme, named = names(inside, kind)
    closed = Fault(rule="file-unreadable", line=1, column=1, message=_(_CLOSED), fix=_(_OPEN))
    faults = () if entry.size > _MOST.get(kind, MAX_FILE_BYTES) else (closed,)
    return Document(path=entry.path, role=kind, theme=theme, id=named, body_known=False, faults=faults)


def _bytes(root: Path, entry: Entry, inside: str, kind: Role) -> bytes | None:
    """The bytes of a file, never of a link's target; None if it is too large or cannot be read."""
    most = _MOST.get(kind, MAX_FILE_BYTES)
    if entry.size > most:
        return None
    try:
        descriptor = os.open(root / inside, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(descriptor, "rb") as file:
            # Allocating `most` bytes would take longer than reading a small file.
            return file.read(min(os.fstat(descriptor).st_size + 1, most))
    except OSError:
        return None
