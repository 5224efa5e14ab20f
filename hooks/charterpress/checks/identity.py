"""Rules for names: a file's name is the id of what it holds, for ever."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
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
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
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
_MEANT = {
    PREAMBLE: N_("{name} is what change notes call the preamble"),
    CHARTER: N_("{name} is what change notes call the settings in charter.yml"),
}


class _Fixes(NamedTuple):
    """What to do about a name that is no id: of a thing that nothing mentions, that links or lists mention,
    that its list leaves out, and beside which the right name is taken."""

    rename: str
    mentioned: str
    unlisted: str
    copy: str


_FILE_FIXES = _Fixes(
    rename=N_("call the file {name}"),
    mentioned=N_("call the file {name}, in links and lists too"),
    unlisted=N_("call the file {name}, and add {id} to “principles” in {file}"),
    copy=N_("give the file another name, or delete it if it is a copy"),
)
_FOLDER_FIXES = _Fixes(
    rename=N_("call the folder {name}"),
    mentioned=N_("call the folder {name}, in links and lists too"),
    unlisted=N_("call the folder {name}, and add {id} to “themes” in {file}"),
    copy=N_("give the folder another name, or delete it if it is a copy"),
)


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
            message = _("{name} has characters that an id may not have").format(name=quote(id + ending))
            listed, path = misnamed_paths(edition).get(entry.path, ("", ""))
            fixes = _FILE_FIXES if ending else _FOLDER_FIXES
            if f"{entry.path.rpartition('/')[0]}/{slug}{ending}" in paths:
                fix = _(fixes.copy)
            elif path and not listed:
                fix = _(fixes.unlisted)
            else:
                fix = _(fixes.mentioned if _is_mentioned(edition, id) else fixes.rename)
            name, file = quote_whole((listed or slug) + ending), relative_path(edition, path)
            fix = fix.format(name=name, id=quote_whole(slug), file=file)
            yield Violation(entry.path, message, fix, about=(path,) if path else ())
        elif len(id) > MAX_ID_LENGTH:
            message = _("this name is {count} characters long; {most} is the most").format(
                count=len(id), most=MAX_ID_LENGTH
            )
            yield Violation(entry.path, message, _("choose a shorter name"))


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
            message = _("Windows keeps the name {name} for itself").format(name=quote(stem))
            yield Violation(entry.path, message, _("choose another name"))
        elif stem == COMMITMENTS and entry.path in ids and entry.kind is EntryKind.FOLDER:
            message = _("{name} is the address of the page of what is signed").format(name=quote(stem))
            yield Violation(entry.path, message, _("choose another name"))
        elif stem in (PREAMBLE, CHARTER) and entry.path in ids:
            message = _(_MEANT[stem]).format(name=quote(stem))
            yield Violation(entry.path, message, _("choose another name"))


def file_name_case(edition: Edition) -> Iterator[Violation]:
    """No two names in a folder differ only in capital letters.

    On Windows and on most Macs they are one file, and one would replace the other."""
    for entry, other in _case_twins(edition):
        name, twin = PurePosixPath(entry.path).name, PurePosixPath(other.path).name
        message = _("{name} and {twin} differ only in capital letters").format(
            name=quote(name), twin=quote(twin)
        )
        fix = _("delete one of them, or give it another name")
        yield Violation(entry.path, message, fix, about=(other.path,))


def _case_twins(edition: Edition) -> Iterator[tuple[Entry, Entry]]:
    """Entries whose name another in their folder has in other letters, each with the one that is kept."""
    alike: dict[str, list[Entry]] = {}
    for entry in edition.entries:
        folder, _ignored, name = entry.path.rpartition("/")
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
            message = _("the id {id} is already that of {file}").format(
                id=quote(document.id), file=relative_path(edition, other.path)
            )
            fix = _("give this file another name, and write that in the theme's list")
            yield Violation(document.path, message, fix, about=(other.path,))


def id_retired(edition: Edition) -> Iterator[Violation]:
    """The id of a retired principle is never used again.

    Its page goes on saying when and why it was retired, and old versions link to it. Choose another name."""
    fix = _("give the file another name, or take the id out of “retires” if the principle stays")
    notes = [
        (note.path, {key.value for key, _ in retires(note)}) for note in documents_of(edition, Role.CHANGE)
    ]
    for id, document in principles_by_id(edition).items():
        if id in edition.retired:
            about = tuple(path for path, gone in notes if id in gone)
            message = _("the id {id} belongs to a principle that is retired").format(id=quote(id))
            yield Violation(document.path, message, fix, about=about)


def formerly_living(edition: Edition) -> Iterator[Violation]:
    """`formerly` names ids that no principle has any more.

    It says what a principle used to be called, so that old links lead to it; a living id leads somewhere
    already."""
    alive = principles_by_id(edition)
    fix = _("write the id that this principle had before, or delete the line")
    for document in documents_of(edition, Role.PRINCIPLE):
        for item in list_scalars(document, "formerly"):
            if item.value in alive:
                message = _("{value} is the id of a principle that is still there").format(
                    value=quote(item.value)
                )
                yield violation_at(document, item, message, fix, alive[item.value].path)
