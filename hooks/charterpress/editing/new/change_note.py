"""What changed since the current version → a change note that says so, but for the reason."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from charterpress.checks import compare
from charterpress.checks.body import TEMPLATE_SENTENCES
from charterpress.checks.queries import SLUG, quote, quote_list, suggestion
from charterpress.editing.new.drafts import Draft, draft_files, first_free
from charterpress.editing.yaml_writer import Value, format_yaml
from charterpress.model import Change, ChangeNote, Charter, Class, Edition, Role
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.interface import gettext as _
from charterpress.text.slugs import slugify
from charterpress.versions import number

FOLDER = "changes"


@dataclass(frozen=True, kw_only=True, slots=True)
class UnnotedChanges:
    """What a new note is about: changes since `version`, and ids of principles gone that no note retires."""

    version: str
    changes: tuple[Change, ...]
    gone: tuple[str, ...] = ()

    def refusals(self, class_: Class, charter: Charter) -> Mapping[Change, str]:
        """What cannot be lowered to `class_`, whoever approves, with the reason."""
        note = ChangeNote(
            id="",
            principles=self.subjects,
            class_=class_,
            reason="?",
            approved_by=tuple(map(str, range(number.APPROVALS))),
        )
        return number.lowering_refusals(self.changes, [note], charter)

    @property
    def subjects(self) -> tuple[str, ...]:
        """What changed, each once."""
        return tuple(dict.fromkeys(change.subject for change in self.changes))

    @property
    def class_(self) -> Class:
        """How far the changes reach."""
        return number.computed_class(self.changes)


def unnoted_changes(edition: Edition, only: Sequence[str] = ()) -> UnnotedChanges | None:
    """What changed since the current version and is in no note yet, or of that `only` these ids. None where
    no version has been released. Raises CharterError where the working text cannot be compared, UsageError
    for an id that is not among what changed."""
    if edition.current is None:
        return None
    compared = compare(edition)
    if compared is None:
        raise CharterError(
            _(
                "what changed since {version} cannot be told: run “charter check”, and mend what it finds"
            ).format(version=edition.current.version)
        )
    noted = {id for note in edition.notes for id in note.subjects}
    counted = [change for change in compared.counted if change.class_ is not Class.NONE]
    open_ = [subject for subject in dict.fromkeys(each.subject for each in counted) if subject not in noted]
    for id in only:
        if id not in open_:
            raise UsageError(_not_changed(edition, id, open_, noted, compared.current.version))
    chosen = [subject for subject in open_ if not only or subject in only]
    principles = edition.charter.principles() if edition.charter else ()
    present = {id for _, each in principles for id in (each.id, *each.formerly)}
    released = (each.id for _, each in compared.current.charter.principles())
    return UnnotedChanges(
        version=compared.current.version,
        changes=tuple(change for id in chosen for change in counted if change.subject == id),
        gone=tuple(id for id in released if id in chosen and id not in present),
    )


def _not_changed(edition: Edition, id: str, open_: Sequence[str], noted: set[str], version: str) -> str:
    if id in noted:
        return _("there is a note about {id} already: see {root}/{folder}").format(
            id=quote(id), root=edition.root, folder=FOLDER
        )
    hint = suggestion(
        id, open_, _("what changed is {open}").format(open=quote_list(open_)) if open_ else _("nothing did")
    )
    return _("{id} is not among what changed since {version} without a note: {hint}").format(
        id=quote(id), version=version, hint=hint
    )


def free_note_name(edition: Edition, about: UnnotedChanges, name: str | None = None) -> str:
    """The name of the note's file: `name`, or what it is about. Raises UsageError if `name` is invalid."""
    if name is not None:
        if not SLUG.fullmatch(name):
            near = slugify(name) or "why-we-changed-it"
            raise UsageError(
                _("{name} cannot be the name of a note: say --name {words}").format(
                    name=quote(name), words=near
                )
            )
        return name
    return unique_note_name(edition, about.subjects[0], about.changes)


def parse_replacements(edition: Edition, about: UnnotedChanges, pairs: Sequence[str]) -> dict[str, list[str]]:
    """What takes the place of each principle that is gone, from `pairs` such as “old=new”, several of one for
    a split; where only one is gone, “new” says it all. Raises UsageError where either is no such
    principle."""
    replacements: dict[str, list[str]] = {}
    for pair in pairs:
        old, equals, new = pair.partition("=")
        if not equals and len(about.gone) == 1:
            old, new = about.gone[0], pair
        if old not in about.gone:
            gone = (
                _("what is gone is {gone}").format(gone=quote_list(about.gone))
                if about.gone
                else _("no principle is gone")
            )
            raise UsageError(_("{old} is not gone: {gone}; write old=new").format(old=quote(old), gone=gone))
        replacements.setdefault(old, []).append(parse_replacement(edition, new))
    return replacements


def parse_replacement(edition: Edition, id: str) -> str:
    """The id of a principle that can take another's place. Raises UsageError where there is none."""
    alive = [each.id for _, each in edition.charter.principles()] if edition.charter else []
    if id not in alive:
        hint = suggestion(id, alive, _("write the name of its file, without “.md”"))
        raise UsageError(_("there is no principle {id}: {hint}").format(id=quote(id), hint=hint))
    return id


def draft_note(
    edition: Edition,
    about: UnnotedChanges,
    name: str,
    why: str = "",
    *,
    heirs: Mapping[str, Sequence[str]] | None = None,
    class_: Class | None = None,
    approved_by: Sequence[str] = (),
    changed: Mapping[str, bytes] | None = None,
) -> Draft:
    """The file of a note: what changed, how far it reaches (or `class_`, and by whom that was approved), what
    goes and what takes its place, and `why`, or a sentence in its place; with the files `changed` along with
    it. Raises UsageError where `why` is no reason yet, and as `draft_files` does."""
    retires = {id: (heirs or {}).get(id, ()) for id in about.gone}
    note = note_markdown(
        name, about.subjects, class_ or about.class_, why, approved_by=approved_by, retires=retires
    )
    draft = draft_files(edition, note, changed)
    if why and draft.to_fill_in:
        raise UsageError("; ".join(each.message for each in draft.findings if each.rule == "placeholder"))
    return draft


def note_markdown(
    name: str,
    subjects: Sequence[str],
    class_: Class,
    why: str,
    *,
    approved_by: Sequence[str] = (),
    retires: Mapping[str, Sequence[str]] | None = None,
    covered: Collection[str] = (),
    gives: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, bytes]:
    """The file of a note, by its path in the charter's folder. What `retires` names is `covered` by its heirs
    or replaced by them."""
    front: dict[str, Value | Mapping[str, Value]] = {"principles": list(subjects), "class": class_.value}
    if approved_by:
        front["approved_by"] = list(approved_by)
    blocks: dict[str, dict[str, Value]] = {"retires": {}, "covered_by": {}, "gives": {}}
    for id, heirs in (retires or {}).items():
        blocks["covered_by" if id in covered else "retires"][id] = _one_or_more(heirs)
    blocks["gives"] |= {id: _one_or_more(heirs) for id, heirs in (gives or {}).items()}
    front |= {key: pairs for key, pairs in blocks.items() if pairs}
    data = format_yaml(front)
    return {f"{FOLDER}/{name}.md": f"---\n{data}---\n{why or TEMPLATE_SENTENCES['reason']}\n".encode()}


def _one_or_more(ids: Sequence[str]) -> Value:
    return list(ids) if len(ids) > 1 else ids[0] if ids else "~"


def unique_note_name(edition: Edition, about: str, changes: Iterable[Change]) -> str:
    """A name for the note about `changes` that another editor's note will not have: what it is `about`, and a
    mark made of the words that changed."""
    words = "\0".join(f"{each.subject}\0{each.field}\0{each.before}\0{each.after}" for each in changes)
    name = f"{about}-{hashlib.sha256(words.encode()).hexdigest()[:4]}"
    taken = {document.id.casefold() for document in edition.documents if document.role is Role.CHANGE}
    paths = {entry.path for entry in edition.entries}
    return first_free(name, lambda each: each in taken or f"{edition.root}/{FOLDER}/{each}.md" in paths)
