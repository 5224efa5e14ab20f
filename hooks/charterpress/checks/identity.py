"""Rules for names: a file's name is the id of what it holds, for ever."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from charterpress.checks.matching import misnamed_paths
from charterpress.checks.queries import (
    SLUG,
    all_blocks,
    documents_of,
    list_scalars,
    principles_by_id,
    prose_documents,
    quote,
    quote_whole,
    relative_path,
    violation_at,
    words_of,
)
from charterpress.model import Edition, Entry, EntryKind, Role, Violation
from charterpress.read.charter import retires
from charterpress.text.slugs import slugify

RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)
"""Names that Windows keeps for devices, with any ending."""
PREAMBLE, CHARTER = "preamble", "charter"
"""What a change note calls the preamble, and what stands in charter.yml: nothing else can have these ids."""

MAX_ID_LENGTH = 100
"""Characters. Files are named after an id and more; most file systems take 255 bytes for a name."""

COMMITMENTS = "commitments"
"""The last step of an address below charter/ that is no theme's."""
_MEANT = {PREAMBLE: "preamble", CHARTER: "settings in charter.yml"}


def file_name(edition: Edition) -> Iterator[Violation]:
    """The name of a theme's folder or a principle's file is made of lower-case letters a to z, digits and
    single hyphens, at most 100 of them.

    The name is the id, which stands in addresses and in releases for ever, so it has to work on every
    computer and in every link: look-ahead.md, not “Look Ahead.md”."""
    twins = {entry.path for entry, _ in _case_twins(edition)}
    paths = {entry.path for entry in edition.entries}
    for entry, id in identified_entries(edition):
        if entry.path not in twins and not SLUG.fullmatch(id):
            ending = ".md" if entry.kind is not EntryKind.FOLDER else ""
            slug = slugify(id) or "new-name"
            what = "file" if ending else "folder"
            message = f"{quote(id + ending)} has characters that an id may not have"
            listed, path = misnamed_paths(edition).get(entry.path, ("", ""))
            fix = f"call the {what} {quote_whole((listed or slug) + ending)}"
            if f"{entry.path.rpartition('/')[0]}/{slug}{ending}" in paths:
                fix = f"give the {what} another name, or delete it if it is a copy"
            elif path and not listed:
                key = "principles" if ending else "themes"
                fix += f", and add {quote_whole(slug)} to “{key}” in {relative_path(edition, path)}"
            elif _is_mentioned(edition, id):
                fix += ", in links and lists too"
            yield Violation(entry.path, message, fix, about=(path,) if path else ())
        elif len(id) > MAX_ID_LENGTH:
            message = f"this name is {len(id)} characters long; {MAX_ID_LENGTH} is the most"
            yield Violation(entry.path, message, "choose a shorter name")


def _is_mentioned(edition: Edition, id: str) -> bool:
    """Whether a link or a list has the name of a file or folder as it is."""
    links = (
        link.target for each in prose_documents(edition) for block in all_blocks(each) for link in block.links
    )
    lists = documents_of(edition, Role.CHARTER, Role.THEME)
    listed = (
        item.value for each in lists for key in ("themes", "principles") for item in list_scalars(each, key)
    )
    return id in listed or any(id in PurePosixPath(unquote(target)).with_suffix("").parts for target in links)


def mended_paths(edition: Edition) -> set[str]:
    """The paths under the charter's folder that files and folders have once they are called what `file_name`
    says."""
    mended = set()
    for entry, id in identified_entries(edition):
        if not SLUG.fullmatch(id):
            name = misnamed_paths(edition).get(entry.path, ("",))[0] or slugify(id)
            path = f"{entry.path.rpartition('/')[0]}/{name}"
            mended.add(relative_path(edition, path + (".md" if entry.kind is EntryKind.FILE else "")))
    return mended


def file_name_reserved(edition: Edition) -> Iterator[Violation]:
    """No file or folder has a name that means something else: con, nul, aux, com1 and the like, an id
    “preamble” or “charter”, or a theme “commitments”.

    Windows keeps those names for devices, and the whole repository could not be copied to such a computer. A
    change note calls the preamble “preamble”, and what stands in charter.yml “charter”. The
    page charter/commitments/ says what is signed."""
    ids = {entry.path for entry, _ in identified_entries(edition)}
    for entry in edition.entries:
        stem = PurePosixPath(entry.path).name.split(".")[0].casefold()
        if stem in RESERVED:
            message = f"Windows keeps the name {quote(stem)} for itself"
            yield Violation(entry.path, message, "choose another name")
        elif stem == COMMITMENTS and entry.path in ids and entry.kind is EntryKind.FOLDER:
            message = f"{quote(stem)} is the address of the page of what is signed"
            yield Violation(entry.path, message, "choose another name")
        elif stem in (PREAMBLE, CHARTER) and entry.path in ids:
            message = f"{quote(stem)} is what change notes call the {_MEANT[stem]}"
            yield Violation(entry.path, message, "choose another name")


def file_name_case(edition: Edition) -> Iterator[Violation]:
    """No two names in a folder differ only in capital letters.

    On Windows and on most Macs they are one file, and one would replace the other."""
    for entry, other in _case_twins(edition):
        name, twin = PurePosixPath(entry.path).name, PurePosixPath(other.path).name
        message = f"{quote(name)} and {quote(twin)} differ only in capital letters"
        fix = "delete one of them, or give it another name"
        yield Violation(entry.path, message, fix, about=(other.path,))


def _case_twins(edition: Edition) -> Iterator[tuple[Entry, Entry]]:
    """Entries whose name another in their folder has in other letters, each with the one that is kept."""
    alike: dict[str, list[Entry]] = {}
    for entry in edition.entries:
        folder, _, name = entry.path.rpartition("/")
        alike.setdefault(f"{folder}/{unicodedata.normalize('NFC', name).casefold()}", []).append(entry)
    for twins in alike.values():
        kept, *others = sorted(twins, key=lambda entry: (entry.path != entry.path.lower(), entry.path))
        yield from ((other, kept) for other in others)


def identified_entries(edition: Edition) -> Iterator[tuple[Entry, str]]:
    """The entries whose name is an id, with it: theme folders and principle files."""
    for entry in edition.entries:
        match relative_path(edition, entry.path).split("/"):
            case ["themes", name] if entry.kind is EntryKind.FOLDER:
                yield entry, name
            case ["themes", _, name] if name.endswith(".md") and entry.kind is EntryKind.FILE:
                if name != "index.md":
                    yield entry, name.removesuffix(".md")


# --- Ids ---------------------------------------------------------------------------------------------


def id_twice(edition: Edition) -> Iterator[Violation]:
    """An id belongs to one thing only: no two principles have it, and no principle has the id of a theme.

    Ids are what versions are compared by and what addresses are made of. Give the newer file another name."""
    first = {theme.id: theme for theme in documents_of(edition, Role.THEME)}
    for document in documents_of(edition, Role.PRINCIPLE):
        other = first.setdefault(document.id, document)
        if other is not document and words_of(other) != words_of(document):  # else it is a copy
            message = f"the id {quote(document.id)} is already that of {relative_path(edition, other.path)}"
            fix = "give this file another name, and write that in the theme's list"
            yield Violation(document.path, message, fix, about=(other.path,))


def id_retired(edition: Edition) -> Iterator[Violation]:
    """The id of a retired principle is never used again.

    Its page goes on saying when and why it was retired, and old versions link to it. Choose another name."""
    fix = "give the file another name, or take the id out of “retires” if the principle stays"
    notes = [
        (note.path, {key.value for key, _ in retires(note)}) for note in documents_of(edition, Role.CHANGE)
    ]
    for id, document in principles_by_id(edition).items():
        if id in edition.retired:
            about = tuple(path for path, gone in notes if id in gone)
            message = f"the id {quote(id)} belongs to a principle that is retired"
            yield Violation(document.path, message, fix, about=about)


def formerly_living(edition: Edition) -> Iterator[Violation]:
    """`formerly` names ids that no principle has any more.

    It says what a principle used to be called, so that old links lead to it; a living id leads somewhere
    already."""
    alive = principles_by_id(edition)
    fix = "write the id that this principle had before, or delete the line"
    for document in documents_of(edition, Role.PRINCIPLE):
        for item in list_scalars(document, "formerly"):
            if item.value in alive:
                message = f"{quote(item.value)} is the id of a principle that is still there"
                yield violation_at(document, item, message, fix, alive[item.value].path)
