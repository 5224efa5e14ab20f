"""Two texts of a charter and the changes between them → what a page shows of each principle, in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from charterpress.model import Change, ChangeNote, Charter, Class, Foreign, Kind, Principle, Release, Theme
from charterpress.text.interface import gettext as _
from charterpress.versions import number
from charterpress.views.history import History
from charterpress.views.principle_parts import Edit, TextPart, UnchangedText, change_sequence, text_parts

REMOVALS = (Kind.REMOVED, Kind.RETIRED, Kind.SPLIT, Kind.MERGED)
"""The kinds of changes that remove a whole principle or theme."""
MAX_UNFOLDED_WORDS = 120
"""How many words of a removed principle are shown unfolded."""
MAX_PLAIN_LIST = 12
"""How many changes are listed as they come; of more, what binds is listed first, by theme."""

Home: TypeAlias = tuple[Theme, Principle]
_rank = attrgetter("rank")


@dataclass(frozen=True, kw_only=True, slots=True)
class WholePart:
    """A principle or theme that was added or removed with all its words, of which there are `count`."""

    added: bool
    parts: tuple[TextPart, ...]
    count: int

    @property
    def folded(self) -> bool:
        """Whether only its first line is shown until a reader asks for more."""
        return not self.added and self.count > MAX_UNFOLDED_WORDS


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Reason:
    """A note, and the version that took it in ('' where the page is about one version alone)."""

    note: ChangeNote
    version: str


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Group:
    """The changes of one principle, theme, the preamble or the charter as a whole; `anchor` is its id. The
    same changes are the same object on every page that shows them. `computed_class` is that of its changes,
    `approved_class` the one after what the notes approved. `sequence` is its changes in their places among
    what did not change. `theme` is the id of the theme that it is part of, or was. `heirs` are the ids of
    what replaced a removed principle, or `covered` it, `replaces` those that an added one replaced; `was` is
    the last place of a removed one."""

    anchor: str
    title: str
    edits: tuple[Edit, ...]
    sequence: tuple[Edit | UnchangedText, ...]
    reasons: tuple[Reason, ...]
    computed_class: Class
    approved_class: Class
    source: str
    theme: str = ""
    whole: WholePart | None = None
    heirs: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    covered: bool = False
    was: Home | None = None

    @property
    def binding(self) -> tuple[Edit, ...]:
        """The changes of what binds."""
        return tuple(edit for edit in self.edits if edit.change.class_ is Class.COMMITMENT)

    @property
    def other(self) -> tuple[Edit, ...]:
        """The changes of what doesn't bind."""
        return tuple(edit for edit in self.edits if edit.change.class_ is not Class.COMMITMENT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """All that changed between two texts: `groups` in the charter's order, the names of the principles and
    themes that stayed as they were, and what became of the commitments, if they can be counted."""

    groups: tuple[Group, ...]
    same: tuple[str, ...]
    names: Mapping[str, str]
    commitments: number.CommitmentCounts | None = None

    @property
    def binding_count(self) -> int:
        """How many changes are of what binds."""
        return sum(len(group.binding) for group in self.groups)

    @property
    def listed_by_theme(self) -> bool:
        """Whether there are so many changes that what binds is listed first."""
        return 0 < self.binding_count < self.count > MAX_PLAIN_LIST

    @property
    def binding_by_theme(self) -> list[tuple[str, list[Group]]]:
        """What changed of what binds: the name of each theme, '' for what is part of none, and its groups."""
        binding = (group for group in self.groups if group.binding)
        by_theme = groupby(binding, key=lambda group: group.theme)
        return [(self.names[theme] if theme else "", list(groups)) for theme, groups in by_theme]

    @property
    def count(self) -> int:
        """How many changes there are."""
        return sum(len(group.edits) for group in self.groups)

    @property
    def computed_class(self) -> Class:
        """The class computed from the changes."""
        return max((each.computed_class for each in self.groups), key=_rank, default=Class.NONE)

    @property
    def approved_class(self) -> Class:
        """The class after what the notes approved."""
        return max((each.approved_class for each in self.groups), key=_rank, default=Class.NONE)


class Comparisons:
    """Compares texts of one charter with one another. Every version is compared with the current one, and
    most principles do so alike: what happened to each is worked out once."""

    def __init__(self, history: History) -> None:
        """Take what knows the ids that a principle had before."""
        self.history = history
        self._groups: dict[object, Group] = {}
        self._reasons: dict[tuple[str, bool], tuple[Reason, ...]] = {}

    def reasons(self, steps: Sequence[Release]) -> tuple[Reason, ...]:
        """Return why `steps` were made: their notes, with the version of each where they are several. The
        same reason is the same object for all texts that it leads to."""
        alone = len(steps) == 1
        for step in steps:
            if (step.version, alone) not in self._reasons:
                version = "" if alone else step.version
                reasons = tuple(Reason(note=note, version=version) for note in step.notes)
                self._reasons[step.version, alone] = reasons
        return tuple(reason for step in steps for reason in self._reasons[step.version, alone])

    def compare(
        self,
        old: Charter,
        new: Charter,
        changes: Iterable[Change],
        reasons: Iterable[Reason],
        language: str = "",
    ) -> Comparison:
        """Return `changes`, those from `old` to `new`, by what they are about. `reasons` are the notes of all
        versions after `old` up to `new`; `language` is the tag of the texts' language, where it is not that
        of the page."""
        by_subject: dict[str, list[Change]] = defaultdict(list)
        changes = tuple(changes)
        for change in changes:
            by_subject[change.subject].append(change)
        why: dict[str, list[Reason]] = defaultdict(list)
        for reason in reasons:
            for id in reason.note.subjects:
                why[id].append(reason)
        commitments = number.count_commitments(old, new, changes)
        old = number.follow_links(old, new, number.match_principles(old, new))
        pair = _Pair(old=old, new=new, names=pair_names(old, new, language), homes=(_homes(old), _homes(new)))
        groups = tuple(
            self._group(subject, tuple(about), self._why(subject, why), pair)
            for subject, about in by_subject.items()
        )
        order = (id for theme in new.themes for id in (theme.id, *(each.id for each in theme.principles)))
        same = tuple(pair.names[id] for id in order if id not in by_subject)
        return Comparison(groups=groups, same=same, names=pair.names, commitments=commitments)

    def _why(self, subject: str, reasons: Mapping[str, list[Reason]]) -> tuple[Reason, ...]:
        ids = sorted(self.history.all_ids(subject), key=lambda id: id == subject)
        return tuple(dict.fromkeys(reason for id in ids for reason in reasons.get(id, ())))

    def _group(
        self, subject: str, changes: tuple[Change, ...], reasons: tuple[Reason, ...], pair: _Pair
    ) -> Group:
        was, now = pair.places(subject, changes)
        home = now or was  # with the changes, one of the two texts says what the other is
        title = pair.names.get(subject, subject)
        key = (changes, reasons, title, home and (home[0].id, home[1]), pair.old.sections, pair.new.sections)
        if key not in self._groups:
            self._groups[key] = _group(subject, changes, reasons, pair)
        return self._groups[key]


def _parts(charter: Charter) -> list[Theme | Principle]:
    return [*charter.themes, *(principle for _theme, principle in charter.principles())]


def part_names(charter: Charter, language: str = "") -> dict[str, str]:
    """Return what every part of a charter is called: number and title, by id. `language` is the tag of its
    language, where it is not that of the page."""
    numbers = number.part_numbers(charter)
    headings = {f"sections.{shape.id}": shape.heading for shape in charter.sections}
    parts = {part.id: f"{numbers[part.id]} {part.title}" for part in _parts(charter)}
    names = headings | parts | {"charter": charter.title}
    if language:
        names = {id: Foreign(name, language=language) for id, name in names.items()}
    return names | {"preamble": _("Preamble")}


def pair_names(old: Charter, new: Charter, language: str = "") -> dict[str, str]:
    """Return what every part of both texts is called; the number of one that is gone is marked as past, since
    another may have it now."""
    now, numbers = part_names(new, language), number.part_numbers(old)
    gone = [part for part in _parts(old) if part.id not in now]
    # Translators: the title of a part that is gone, and the number that it had.
    was = _("{title} (was {number})")
    past = {part.id: was.format(title=part.title, number=numbers[part.id]) for part in gone}
    return part_names(old, language) | now | past


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pair:
    """Two texts, what their parts are called, and the theme and words of their principles by id."""

    old: Charter
    new: Charter
    names: Mapping[str, str]
    homes: tuple[Mapping[str, Home], Mapping[str, Home]]

    def places(self, subject: str, changes: Iterable[Change]) -> tuple[Home | None, Home | None]:
        """Return the theme and words of a principle in the old text, under the id it had there, and in the
        new one; None where it has none."""
        return self.homes[0].get(_old_id(subject, changes)), self.homes[1].get(subject)


def _old_id(subject: str, changes: Iterable[Change]) -> str:
    return next((change.before for change in changes if change.kind is Kind.RENAMED), subject)


def _homes(charter: Charter) -> dict[str, Home]:
    return {principle.id: (theme, principle) for theme, principle in charter.principles()}


def _group(subject: str, changes: tuple[Change, ...], reasons: tuple[Reason, ...], pair: _Pair) -> Group:
    edits = tuple(Edit(place=place, change=change) for place, change in enumerate(changes, start=1))
    notes = [each.note for each in reasons]
    was, now = pair.places(subject, changes)
    retires = [each for note in notes for each in note.retires]
    ordered = tuple(change_sequence(edits, was[1], now[1], pair.new) if was and now else edits)
    return Group(
        anchor=subject,
        title=pair.names.get(subject, subject),
        sequence=ordered,
        edits=tuple(item for item in ordered if isinstance(item, Edit)),
        reasons=reasons,
        computed_class=number.computed_class(changes),
        approved_class=number.approved_class(changes, notes),
        source=_source(subject, pair, now or was),
        theme=_theme(subject, pair, now or was),
        whole=_whole(changes, pair, was, now),
        heirs=() if now else _heirs(_old_id(subject, changes), retires, pair),
        replaces=tuple(dict.fromkeys(gone for gone, heir in retires if heir == subject and not was)),
        covered=any(_old_id(subject, changes) in note.covered for note in notes),
        was=None if now else was,
    )


def _heirs(id: str, retires: Iterable[tuple[str, str]], pair: _Pair) -> tuple[str, ...]:
    """Return what took the place of the principle `id`, in the charter's order."""
    order = {name: place for place, name in enumerate(pair.homes[1])}
    heirs = {heir for gone, heir in retires if gone == id and heir}
    return tuple(sorted(heirs, key=lambda heir: (order.get(heir, len(order)), heir)))


def _source(subject: str, pair: _Pair, principle: Home | None) -> str:
    """Return the file of `subject`: the links in it start from there."""
    if principle:
        return principle[1].path
    themes = {theme.id: theme.path for charter in (pair.old, pair.new) for theme in charter.themes}
    return themes.get(subject, pair.new.preamble_path)


def _theme(subject: str, pair: _Pair, principle: Home | None) -> str:
    """Return the id of the theme that `subject` is or is part of, or ''."""
    if principle:
        return principle[0].id
    return subject if any(subject == each.id for each in (*pair.old.themes, *pair.new.themes)) else ""


def _whole(changes: Iterable[Change], pair: _Pair, was: Home | None, now: Home | None) -> WholePart | None:
    """Return the principle or theme that came or went, with its words; None where neither is so."""
    change = next((c for c in changes if not c.field and (c.kind is Kind.ADDED or c.kind in REMOVALS)), None)
    if change is None:
        return None
    added = change.kind is Kind.ADDED
    charter, place = (pair.new, now) if added else (pair.old, was)
    if place:
        parts = tuple(text_parts(place[1], charter))
    else:
        theme = next(each for each in charter.themes if each.id == change.subject)
        summary = TextPart(heading=_("Summary"), text=theme.summary, plain=True)
        parts = (summary, TextPart(heading=_("Text"), text=theme.text))
    return WholePart(added=added, parts=parts, count=sum(part.count for part in parts))
