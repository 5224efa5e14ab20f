"""Rules for what a proposal does to the current version. They hold once there is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from operator import attrgetter

from charterpress import register
from charterpress.checks.change_words import describe_changes
from charterpress.checks.characters import curl_apostrophes, straight_apostrophe
from charterpress.checks.checksums import all_intact
from charterpress.checks.identity import CHARTER, PREAMBLE
from charterpress.checks.queries import (
    charter_file,
    documents_of,
    front_value,
    list_scalars,
    quote,
    violation_at,
)
from charterpress.model import (
    Change,
    ChangeNote,
    Class,
    Document,
    Edition,
    Kind,
    Release,
    Role,
    Violation,
    once_per_edition,
)
from charterpress.read.charter import entries
from charterpress.text.escape import to_markdown
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.versions import number
from charterpress.versions.translations.working import changes_between

MAX_QUOTED = 3
"""How many parts without a note are told with the words that changed; of more, the first change of each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """The current version, and what the working text changes in it."""

    current: Release
    changes: tuple[Change, ...]
    notes: tuple[ChangeNote, ...] = ()
    """The notes, without the approvals of what must not be lowered."""
    refused: Mapping[Change, str] = field(default_factory=dict)
    """What the notes would lower and must not, with the reason."""
    misprints: frozenset[Change] = frozenset()
    """What a straight apostrophe alone changed, which is a finding and makes no version."""

    @property
    def counted(self) -> tuple[Change, ...]:
        """The changes that decide the class and the number."""
        return tuple(change for change in self.changes if change not in self.misprints)

    def of(self, subject: str) -> tuple[Change, ...]:
        """The changes of one principle, theme, the preamble or the charter."""
        return tuple(change for change in self.changes if change.subject == subject)

    def subjects(self) -> tuple[str, ...]:
        """What changed, in the order of the changes, each once."""
        changed = (change.subject for change in self.changes if change.class_ is not Class.NONE)
        return tuple(dict.fromkeys(changed))


@once_per_edition
def compare(edition: Edition) -> Comparison | None:
    """The working text against the current version; None where there is none, where a release has been
    tampered with or is missing, or where the working text cannot be read as a whole. Other rules speak of
    that, and all that is missing would seem to be retired."""
    current, charter = edition.current, edition.charter
    if current is None or charter is None or not all_intact(edition) or not is_complete(edition):
        return None
    changes = changes_between(edition, current, None, edition.notes)
    straight = frozenset(each for each in changes if curl_apostrophes(each.after) == each.before)
    return Comparison(
        current=current,
        misprints=straight if straight and any(straight_apostrophe(edition)) else frozenset(),
        changes=changes,
        notes=number.sound_notes(changes, edition.notes, charter),
        refused=number.lowering_refusals(changes, edition.notes, charter),
    )


def is_complete(edition: Edition) -> bool:
    """Whether everything that was written could be read and stands where it is listed."""
    charter = edition.charter
    if charter is None:
        return False
    documents = documents_of(edition, Role.CHARTER, Role.PREAMBLE, Role.THEME, Role.PRINCIPLE, Role.CHANGE)
    if any(each.faults or not (each.body_known or each.role is Role.CHARTER) for each in documents):
        return False
    themes = {theme.id: [principle.id for principle in theme.principles] for theme in charter.themes}
    read = {charter.path, charter.preamble_path, *(note.path for note in edition.notes)}
    read |= {theme.path for theme in charter.themes} | {each.path for _, each in charter.principles()}
    lists = [(charter_file(edition), "themes", list(themes))]
    lists += [(each, "principles", themes.get(each.id, [])) for each in documents_of(edition, Role.THEME)]
    return {document.path for document in documents} == read and all(
        {item.value for item in list_scalars(document, key)} == set(ids) for document, key, ids in lists
    )


# --- Rules -------------------------------------------------------------------------------------------


def change_unnoted(edition: Edition) -> Iterator[Violation]:
    """Every change since the current version has a change note.

    Signatories read the notes when they decide whether to sign the next version. Write a file in changes/
    that names what you changed under “principles”: the id of the principle or theme, “preamble”, or “charter”
    for what stands in charter.yml. One note may name several."""
    compared = compare(edition)
    if compared is None:
        return
    explained = {id for note in edition.notes for id in note.subjects}
    explained |= set(unexplained_removals(edition, compared.current))
    paths = _paths(edition)
    unexplained = [subject for subject in compared.subjects() if subject not in explained]
    for subject in unexplained:
        changes = compared.of(subject)
        path = _changed_file(edition, paths, changes)
        if len(unexplained) > MAX_QUOTED:
            words = describe_changes(edition, [replace(each, because="") for each in changes], most=1)
        else:
            words = describe_changes(edition, changes)
        # Translators: {changes} are the changes in a row, such as: summary in speak-plainly: reworded
        message = _("no change note says why this differs from version {version} ({changes})")
        message = message.format(version=compared.current.version, changes=words)
        document = edition.document(path) or charter_file(edition)
        if document:
            place = _first_change(edition, document, changes)
            fix = _(
                "write a note in {folder} with “principles: [{subject}]” and “class: {class_}”, and a "
                "sentence or two that say why: “charter new change” begins one"
            ).format(
                folder=f"{edition.root}/changes/",
                subject=subject,
                class_=number.computed_class(changes),
            )
            yield Violation(document.path, message, fix, *place, about=(path,))


def _changed_file(edition: Edition, paths: Mapping[str, str], changes: Sequence[Change]) -> str:
    """The file with changes of one subject: that of a translation, where they are in no other."""
    path = paths.get(changes[0].subject, f"{edition.root}/charter.yml")
    languages = {change.language for change in changes if change.class_ is not Class.NONE}
    return path if "" in languages else f"{edition.root}/translations/{min(languages)}.po"


def _translated_change(edition: Edition, path: str, changes: Sequence[Change]) -> tuple[int, int]:
    """The line of the first translation in the file at `path` that changed."""
    words = {each for change in changes for each in change.after.split("\n")}
    entries = (entry for each in edition.translations if each.path == path for entry in each.entries)
    changed = (each.text_line for each in entries if {each.text, to_markdown(each.text)} & words)
    return next(changed, 1), 1


def _first_change(edition: Edition, document: Document, changes: tuple[Change, ...]) -> tuple[int, int]:
    """The line and column of the first words of `document` that changed, those of the highest class first; of
    words that are gone, the heading or key that they stood under."""
    if document.role is Role.TRANSLATION:
        return _translated_change(edition, document.path, changes)
    changes = tuple(sorted(changes, key=lambda change: -change.class_.rank))
    for change in changes:
        before = change.before.split("\n")
        for words in filter(str.strip, change.after.split("\n")):
            if words not in before and (place := _find_words(document, words)):
                pairs = zip(words, before[0] if len(before) == 1 else "", strict=False)
                same = words[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))]
                return place[0], place[1] + same.rfind(" ") + 1
    shapes = edition.charter.sections if edition.charter else ()
    for change in changes:
        name = next((shape.heading for shape in shapes if shape.id == change.field), None)
        heading = next((part.heading for part in document.parts if part.name == name), None)
        node = heading or front_value(document, change.field)
        if node:
            return node.line, node.column
    title = front_value(document, "title")
    return (title.line, title.column) if title else (document.body_line, 1)


def _find_words(document: Document, words: str) -> tuple[int, int] | None:
    """The line and column at which `words` stand."""
    places = ((number, line.find(words.strip())) for number, line in enumerate(document.lines, 1))
    return next(((number, at + 1) for number, at in places if at >= 0), None)


def note_unneeded(edition: Edition) -> Iterator[Violation]:
    """A change note names nothing that is as it was in the current version, and a principle that goes on
    under another name by its new one.

    Where a change was taken back, take its note back too."""
    compared = compare(edition)
    if compared is None:
        return
    changed, known = set(compared.subjects()), _paths(edition)
    renamed = {change.before: change.after for change in compared.changes if change.kind is Kind.RENAMED}
    for note, document in _documents(edition):
        explained = changed | {id for pair in note.retires for id in pair}
        explained |= {giver for giver, heir in note.gives if heir in changed}  # its own words may go later
        givers = (key for key, _ in entries(document, "gives"))
        for item in (*list_scalars(document, "principles"), *givers):
            message = _("{value} is unchanged since version {version}").format(
                value=quote(item.value), version=compared.current.version
            )
            fix = _("leave it out, or delete this note if nothing else has changed")
            if item.value in renamed:
                message = _("{value} continues as {renamed}").format(
                    value=quote(item.value), renamed=quote(renamed[item.value])
                )
                fix = _("write {words}").format(words=quote(renamed[item.value]))
            if item.value not in explained and item.value in known:
                yield violation_at(note, item, message, fix)


def class_too_low(edition: Edition) -> Iterator[Violation]:
    """The class of a change note is not lower than that of the changes that it names.

    The class follows from the words that changed. “editorial” is punctuation, case and spacing where nothing
    binds, “guidance” is other text that does not bind, “commitment” is what signatories signed. A higher
    class is always allowed."""
    return _notes_too_low(edition, approved=False)


def class_lowered(edition: Edition) -> Iterator[Violation]:
    """A class that is lower than the one computed has two approvals and a reason, and is that of a slip.

    “approved_by” names two different people or roles who agree that nothing of what was signed changes, and
    the note says why. Wherever the version is shown, so are they, and every word that was lowered. “Me” names
    nobody, and “The chair” and “chair” are one. Nobody can approve a lower class where a commitment,
    principle or title comes or goes, where a word of duty, negation, number or time does in what binds, where
    a word becomes another there, or where more than three characters differ in all; a link’s address, the
    shape of a quotation mark or dash, and a numeral before a heading are not counted. Which words those are
    is known of English alone."""
    return _notes_too_low(edition, approved=True)


# --- What they share ---------------------------------------------------------------------------------

_WRITE_CLASS = N_("write “class: {class_}”")
_NAME_TWO = N_(
    "name two different people or roles under “approved_by” and say why, or write “class: {class_}”"
)


def _documents(edition: Edition) -> Iterator[tuple[ChangeNote, Document]]:
    """The change notes, each with its file."""
    pairs = ((note, edition.document(note.path)) for note in edition.notes)
    return ((note, document) for note, document in pairs if document)


def unexplained_removals(edition: Edition, current: Release) -> dict[str, str]:
    """The principles that nobody retired or renamed and that are gone, with the path they had."""
    charter = edition.charter
    here = {id for _, each in charter.principles() for id in (each.id, *each.formerly)} if charter else set()
    return {
        each.id: each.path
        for _, each in current.charter.principles()
        if each.id not in here and each.id not in edition.retired
    }


def _paths(edition: Edition) -> Mapping[str, str]:
    """Where each subject of a change is written, or was."""
    paths: dict[str, str] = {}
    current = edition.current.charter if edition.current else None
    for charter in filter(None, (current, edition.charter)):
        paths |= {theme.id: theme.path for theme in charter.themes}
        paths |= {principle.id: principle.path for _, principle in charter.principles()}
        paths |= {CHARTER: charter.path, PREAMBLE: charter.preamble_path}
    return paths


def _notes_too_low(edition: Edition, *, approved: bool) -> Iterator[Violation]:
    """The notes, with approvals or without, whose class is too low and must not be.
    Where several notes name one thing, the one with the highest class counts."""
    compared = compare(edition)
    if compared is None:
        return
    rank = attrgetter("class_.rank")
    sound = {note.id: number.is_approved(note) for note in compared.notes}
    notes = {
        subject: max((note for note in edition.notes if subject in note.subjects), key=rank, default=None)
        for subject in compared.subjects()
    }
    for note, document in _documents(edition):
        deciding = tuple(
            change
            for change in compared.counted
            if notes.get(change.subject) is note
            and change.class_.rank > note.class_.rank
            and not (sound[note.id] and change.subject in note.subjects)
        )
        refused = tuple(change for change in deciding if change in compared.refused)
        if refused and approved and number.are_approvers(note.approved_by):
            reason = compared.refused[refused[0]]
            yield _too_low(edition, note, document, refused[:1], _WRITE_CLASS, reason=reason)
        elif deciding and bool(note.approved_by) is approved:
            yield _too_low(edition, note, document, deciding, _NAME_TWO if approved else _WRITE_CLASS)


def _too_low(
    edition: Edition,
    note: ChangeNote,
    document: Document,
    deciding: tuple[Change, ...],
    fix: str,
    *,
    reason: str = "",
) -> Violation:
    value = front_value(document, "class")
    class_ = number.computed_class(deciding)
    count = len(register.due_to_sign_again(edition.signatories, edition.releases, class_, edition.today))
    if reason:
        message = _("{class_} is too low, because {changes}; no approval lowers that, because {reason}")
    else:
        message = _("{class_} is too low, because {changes}")
    message = message.format(
        class_=quote(note.class_), changes=describe_changes(edition, deciding), reason=reason
    )
    fix = _(fix).format(class_=class_)
    if count:
        fix = ngettext(
            "{fix}; {count} organisation will be asked to sign again",
            "{fix}; {count} organisations will be asked to sign again",
            count,
        ).format(fix=fix, count=count)
    paths = _paths(edition)
    about = {_changed_file(edition, paths, [change]) for change in deciding}
    place = (value.line, value.column) if value else (0, 1)
    return Violation(note.path, message, fix, *place, about=tuple(about))
