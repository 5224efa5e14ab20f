"""Two texts of a charter and the changes between them → what a page tells of each principle, in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from charterpress.model import Change, ChangeNote, Charter, Class, Kind, Principle, Release, Theme
from charterpress.versions import number
from charterpress.views.history import History, subjects
from charterpress.views.principle_parts import Edit, Fold, Words, parts, pieces

GONE = (Kind.REMOVED, Kind.RETIRED, Kind.SPLIT, Kind.MERGED)
"""What happens to a whole principle or theme that the newer text no longer has."""
LONG = 120
"""How many words of a principle that went are shown at once; a longer one is folded."""

Home: TypeAlias = tuple[Theme, Principle]


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """A principle or theme that came or went with all its words. `count` is how many words those are."""

    came: bool
    parts: tuple[Words, ...]
    count: int

    @property
    def folded(self) -> bool:
        """Whether only its first line is shown until a reader asks for more."""
        return not self.came and self.count > LONG


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Reason:
    """A note, and the version that took it in ('' where the page is about one version alone)."""

    note: ChangeNote
    version: str


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Group:
    """What happened to one principle, theme, the preamble or the charter as a whole. `anchor` is its id. The
    same happening is the same object on every page that tells of it.

    `found` is the class that its changes were computed to have, `class_` the one that the notes decided.
    `pieces` are its changes and, in their places between them, what did not change. `heirs` are the ids of
    what took the place of one that went, `takes` those whose place one that came has taken; `was` is the
    theme and id under which one that went stood last.
    """

    anchor: str
    title: str
    edits: tuple[Edit, ...]
    pieces: tuple[Edit | Fold, ...]
    reasons: tuple[Reason, ...]
    found: Class
    class_: Class
    source: str
    whole: Whole | None = None
    heirs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    was: Home | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """All that changed between two texts: `groups` in the charter's order, and the names of the principles
    and themes that stayed as they were."""

    groups: tuple[Group, ...]
    same: tuple[str, ...]
    names: Mapping[str, str]

    @property
    def count(self) -> int:
        """How many changes there are."""
        return sum(len(group.edits) for group in self.groups)

    @property
    def found(self) -> Class:
        """The class that the changes were computed to have."""
        return max((group.found for group in self.groups), key=lambda each: each.rank, default=Class.NONE)

    @property
    def class_(self) -> Class:
        """The class that the notes decided."""
        return max((group.class_ for group in self.groups), key=lambda each: each.rank, default=Class.NONE)


class Comparisons:
    """Compares texts of one charter with one another. Every version is compared with the current one, and
    most principles do so alike: what happened to each is worked out once."""

    def __init__(self, history: History) -> None:
        """Take what knows the ids that a principle had before."""
        self.history = history
        self._kept: dict[object, Group] = {}
        self._reasons: dict[tuple[str, bool], tuple[Reason, ...]] = {}

    def reasons(self, steps: Sequence[Release]) -> tuple[Reason, ...]:
        """Return why `steps` were made: their notes, with the version of each where they are several. The
        same reason is the same object for all texts that it leads to."""
        alone = len(steps) == 1
        for step in steps:
            if (step.version, alone) not in self._reasons:
                version = "" if alone else step.version
                found = tuple(Reason(note=note, version=version) for note in step.notes)
                self._reasons[step.version, alone] = found
        return tuple(reason for step in steps for reason in self._reasons[step.version, alone])

    def compare(
        self, old: Charter, new: Charter, changes: Iterable[Change], reasons: Iterable[Reason]
    ) -> Comparison:
        """Return `changes`, those from `old` to `new`, by what they are about. `reasons` are the notes of all
        versions after `old` up to `new`."""
        found: dict[str, list[Change]] = {}
        for change in changes:
            found.setdefault(change.subject, []).append(change)
        said: dict[str, list[Reason]] = {}
        for reason in reasons:
            for id in subjects(reason.note):
                said.setdefault(id, []).append(reason)
        pair = _Pair(old=old, new=new, names=_both(old, new), homes=(_homes(old), _homes(new)))
        groups = tuple(
            self._group(subject, tuple(about), self._why(subject, said), pair)
            for subject, about in found.items()
        )
        order = (id for theme in new.themes for id in (theme.id, *(each.id for each in theme.principles)))
        return Comparison(
            groups=groups,
            same=tuple(pair.names[id] for id in order if id not in found),
            names=pair.names,
        )

    def _why(self, subject: str, said: Mapping[str, list[Reason]]) -> tuple[Reason, ...]:
        """Return the notes about `subject` under any of its names, each once."""
        ids = sorted(self.history.names(subject), key=lambda id: id == subject)
        return tuple(dict.fromkeys(reason for id in ids for reason in said.get(id, ())))

    def _group(
        self, subject: str, changes: tuple[Change, ...], reasons: tuple[Reason, ...], pair: _Pair
    ) -> Group:
        before = next((c.before for c in changes if c.kind is Kind.RENAMED), subject)
        was, now = pair.homes[0].get(before), pair.homes[1].get(subject)
        title = pair.names.get(subject, subject)
        home = now or was  # with the changes, one of the two texts says what the other is
        key = (changes, reasons, title, home and home[1], pair.old.sections, pair.new.sections)
        if key not in self._kept:
            self._kept[key] = _group(subject, changes, reasons, pair)
        return self._kept[key]


def names(charter: Charter) -> dict[str, str]:
    """Return what every part of a charter is called: number and title, by id."""
    numbers = number.numbers(charter)
    both: list[Theme | Principle] = [*charter.themes, *(each for _, each in charter.principles())]
    headings = {f"sections.{shape.id}": shape.heading for shape in charter.sections}
    called = {part.id: f"{numbers[part.id]} {part.title}" for part in both}
    return headings | called | {"preamble": "Preamble", "charter": charter.title}


def _both(old: Charter, new: Charter) -> dict[str, str]:
    """Return what every part of both texts is called; of one that is gone, the number is told as past."""
    now, numbers = names(new), number.numbers(old)
    parts: list[Theme | Principle] = [*old.themes, *(each for _, each in old.principles())]
    gone = {part.id: f"{part.title} (was {numbers[part.id]})" for part in parts if part.id not in now}
    return names(old) | now | gone


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pair:
    """Two texts, what their parts are called, and the theme and words of their principles by id."""

    old: Charter
    new: Charter
    names: Mapping[str, str]
    homes: tuple[Mapping[str, Home], Mapping[str, Home]]


def _homes(charter: Charter) -> dict[str, Home]:
    return {principle.id: (theme, principle) for theme, principle in charter.principles()}


def _group(subject: str, changes: tuple[Change, ...], reasons: tuple[Reason, ...], pair: _Pair) -> Group:
    edits = tuple(Edit(place=place, change=change) for place, change in enumerate(changes, start=1))
    notes = [each.note for each in reasons]
    before = next((c.before for c in changes if c.kind is Kind.RENAMED), subject)
    was, now = pair.homes[0].get(before), pair.homes[1].get(subject)
    retires = [each for note in notes for each in note.retires]
    ordered = tuple(pieces(edits, was[1], now[1], pair.new) if was and now else edits)
    return Group(
        anchor=subject,
        title=pair.names.get(subject, subject),
        pieces=ordered,
        edits=tuple(piece for piece in ordered if isinstance(piece, Edit)),
        reasons=reasons,
        found=number.class_of(changes),
        class_=number.decided(changes, notes),
        source=_source(subject, pair, now or was),
        whole=_whole(changes, pair, was, now),
        heirs=() if now else _heirs(before, retires, pair),
        takes=tuple(dict.fromkeys(gone for gone, heir in retires if heir == subject and not was)),
        was=None if now else was,
    )


def _heirs(id: str, retires: Iterable[tuple[str, str]], pair: _Pair) -> tuple[str, ...]:
    """Return what took the place of the principle `id`, in the charter's order."""
    order = {name: place for place, name in enumerate(pair.homes[1])}
    heirs = {heir for gone, heir in retires if gone == id and heir}
    return tuple(sorted(heirs, key=lambda heir: (order.get(heir, len(order)), heir)))


def _source(subject: str, pair: _Pair, principle: Home | None) -> str:
    """Return the file that the words of `subject` stand in: its links start from there."""
    if principle:
        return principle[1].path
    themes = {theme.id: theme.path for charter in (pair.old, pair.new) for theme in charter.themes}
    return themes.get(subject, pair.new.preamble_path)


def _whole(changes: Iterable[Change], pair: _Pair, was: Home | None, now: Home | None) -> Whole | None:
    """Return the principle or theme that came or went, with its words; None where neither is so."""
    change = next((c for c in changes if not c.field and (c.kind is Kind.ADDED or c.kind in GONE)), None)
    if change is None:
        return None
    came = change.kind is Kind.ADDED
    charter, place = (pair.new, now) if came else (pair.old, was)
    if place:
        found = tuple(parts(place[1], charter))
    else:
        theme = next(each for each in charter.themes if each.id == change.subject)
        summary = Words(heading="Summary", text=theme.summary, plain=True)
        found = (summary, Words(heading="Text", text=theme.text))
    return Whole(came=came, parts=found, count=sum(part.count for part in found))
