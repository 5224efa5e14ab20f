"""What changed since the current version → a change note that says so, but for the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charterpress.checks import compare
from charterpress.checks.queries import SLUG, nearest, say, say_list
from charterpress.editing.new.drafts import Draft, tried
from charterpress.editing.yaml_writer import Value, front_matter
from charterpress.model import Change, Class, Edition, Role
from charterpress.model.errors import CharterError, UsageError
from charterpress.register import slug
from charterpress.versions import number

FOLDER = "changes"
REASON = "Say why, in a sentence or two that signatories will read."


@dataclass(frozen=True, kw_only=True, slots=True)
class Noted:
    """What a new note is about: the version that the text was compared with, the changes, and the ids of
    principles that are gone and that no note retires."""

    version: str
    changes: tuple[Change, ...]
    gone: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """What changed, each once."""
        return tuple(dict.fromkeys(change.subject for change in self.changes))

    @property
    def class_(self) -> Class:
        """How far the changes reach."""
        return number.class_of(self.changes)


def to_note(edition: Edition, only: Sequence[str] = ()) -> Noted | None:
    """What changed since the current version and is in no note yet, or of that `only` these ids. None where
    no version has been released. Raises CharterError where the working text cannot be compared, UsageError
    for an id that is not among what changed."""
    if edition.current is None:
        return None
    compared = compare(edition)
    if compared is None:
        raise CharterError(
            f"what changed since {edition.current.version} cannot be told: run “charter check”, and mend "
            "what it finds"
        )
    told = {
        id
        for note in edition.notes
        for id in (*note.principles, *(each for pair in note.retires for each in pair))
    }
    open_ = [subject for subject in compared.subjects() if subject not in told]
    for id in only:
        if id not in open_:
            raise UsageError(_not_open(edition, id, open_, told, compared.current.version))
    chosen = [subject for subject in open_ if not only or subject in only]
    charter = edition.charter
    here = {id for _, each in charter.principles() for id in (each.id, *each.formerly)} if charter else set()
    return Noted(
        version=compared.current.version,
        changes=tuple(
            change for subject in chosen for change in compared.of(subject) if change.class_ is not Class.NONE
        ),
        gone=tuple(
            each.id
            for _, each in compared.current.charter.principles()
            if each.id in chosen and each.id not in here
        ),
    )


def _not_open(edition: Edition, id: str, open_: Sequence[str], told: set[str], version: str) -> str:
    if id in told:
        return f"there is a note about {say(id)} already: see {edition.root}/{FOLDER}"
    near = nearest(id, open_)
    hint = (
        f"do you mean {say(near)}?"
        if near
        else f"what changed is {say_list(open_)}"
        if open_
        else "nothing did"
    )
    return f"{say(id)} is not among what changed since {version} without a note: {hint}"


def file_name(edition: Edition, about: Noted, name: str | None = None) -> str:
    """What the new note's file is called, without its ending: `name`, or what it is about, with a number if
    that is taken. Raises UsageError where `name` cannot be."""
    if name is not None:
        if not SLUG.fullmatch(name):
            near = slug(name) or "why-we-changed-it"
            raise UsageError(f"{say(name)} cannot be the name of a note: say --name {near}")
        return name
    taken = {document.id.casefold() for document in edition.documents if document.role is Role.CHANGE}
    wanted = about.subjects[0]
    place, free = 1, wanted
    while free in taken or any(
        entry.path == f"{edition.root}/{FOLDER}/{free}.md" for entry in edition.entries
    ):
        place += 1
        free = f"{wanted}-{place}"
    return free


def heirs(edition: Edition, about: Noted, pairs: Sequence[str]) -> dict[str, str]:
    """What takes the place of each principle that is gone, from `pairs` such as “old=new”; where only one is
    gone, “new” says it all. Raises UsageError where either is no such principle."""
    found: dict[str, str] = {}
    for pair in pairs:
        old, equals, new = pair.partition("=")
        if not equals and len(about.gone) == 1:
            old, new = about.gone[0], pair
        if old not in about.gone:
            gone = f"what is gone is {say_list(about.gone)}" if about.gone else "no principle is gone"
            raise UsageError(f"{say(old)} is not gone: {gone}; write old=new")
        found[old] = heir(edition, new)
    return found


def heir(edition: Edition, id: str) -> str:
    """The id of a principle that can take another's place. Raises UsageError where there is none."""
    alive = [each.id for _, each in edition.charter.principles()] if edition.charter else []
    if id not in alive:
        near = nearest(id, alive)
        hint = f"do you mean {say(near)}?" if near else "write the name of its file, without “.md”"
        raise UsageError(f"there is no principle {say(id)}: {hint}")
    return id


def new_note(
    edition: Edition,
    about: Noted,
    name: str,
    why: str = "",
    *,
    heirs: Mapping[str, str] | None = None,
    class_: Class | None = None,
    approved_by: Sequence[str] = (),
) -> Draft:
    """The file of a note: what changed, how far it reaches (or `class_`, and by whom that was approved), what
    goes and what takes its place, and `why`, or a sentence in its place. Raises UsageError where `why` is no
    reason yet, and as `tried` does."""
    front: dict[str, Value] = {
        "principles": list(about.subjects),
        "class": (class_ or about.class_).value,
    }
    if approved_by:
        front["approved_by"] = list(approved_by)
    if about.gone:
        front["retires"] = dict.fromkeys(about.gone, "~") | dict(heirs or {})
    data = f"---\n{front_matter(front)}---\n{why or REASON}\n".encode()
    draft = tried(edition, {f"{FOLDER}/{name}.md": data})
    if why and draft.to_fill_in:
        raise UsageError("; ".join(each.message for each in draft.findings if each.rule == "placeholder"))
    return draft
