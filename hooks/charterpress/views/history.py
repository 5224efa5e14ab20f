"""An edition's releases → what each changed in the one before, and how each principle came through them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from charterpress.model import Change, ChangeNote, Charter, Class, Edition, Kind, Release
from charterpress.text.interface import gettext as _
from charterpress.versions import lowered, number
from charterpress.versions.translations.changes import release_changes


@dataclass(frozen=True, kw_only=True, slots=True)
class PrincipleStep:
    """One version in the history of a principle; `id` is its id in that version, '' if that version no longer
    has it."""

    release: Release
    changes: tuple[Change, ...]
    notes: tuple[ChangeNote, ...]
    id: str

    @property
    def computed_class(self) -> Class:
        """The class computed from its changes."""
        return number.computed_class(self.changes)

    @property
    def approved_class(self) -> Class:
        """The class after what the notes approved."""
        return number.approved_class(self.changes, self.notes)


class History:
    """The releases of an edition, oldest first, with the changes from each to the next, computed once."""

    def __init__(self, edition: Edition) -> None:
        """Take the edition whose releases these are."""
        self.releases = edition.releases
        self.current = edition.current
        self.translations = edition.frozen_translations
        self._steps: dict[number.PartWords, Mapping[str, tuple[Change, ...]]] = {}
        self._by_subject: dict[number.PartWords, Mapping[tuple[str, str], tuple[Change, ...]]] = {}
        self._places = {release.version: place for place, release in enumerate(self.releases)}

    @property
    def original(self) -> History:
        """The releases in the language that the charter is written in."""
        return self

    @property
    def steps(self) -> Mapping[str, tuple[Change, ...]]:
        """What each version but the first changed in the one before it, by version, in words of the language
        in use."""
        words = number.part_words()
        if (found := self._steps.get(words)) is None:
            pairs = zip(self.releases, self.releases[1:], strict=False)
            found = {new.version: self._changes(old, new, new.notes) for old, new in pairs}
            self._steps[words] = found
        return found

    def lowerings(self, release: Release) -> tuple[lowered.Lowering, ...]:
        """Return what the notes of a release lowered."""
        names = {each.id: each.title for each in release.charter.themes}
        names |= {each.id: each.title for _theme, each in release.charter.principles()}
        names["preamble"] = _("Preamble")
        return lowered.lowerings(self.steps.get(release.version, ()), release.notes, names)

    def changes(self, old: Release, new: Release) -> tuple[Change, ...]:
        """Return what changed from one release to a later one, whatever came between."""
        between = self.between(old, new)
        if len(between) == 1:
            return self.steps[new.version]
        return self._changes(old, new, [note for each in between for note in each.notes])

    def _changes(self, old: Release, new: Release, notes: Sequence[ChangeNote]) -> tuple[Change, ...]:
        return release_changes(old, new, notes, self.translations, number.part_words())

    def texts(self, old: Release, new: Release) -> tuple[Charter, Charter, str]:
        """Return the texts of two releases that `changes` compares, and the tag of their language: '' for
        that of the history."""
        return old.charter, new.charter, ""

    def language_of(self, change: Change | None) -> str:
        """Return the tag of the language of a change's words: '' for that of the history."""
        return change.language if change else ""

    def unpublished(self, *releases: Release) -> tuple[Release, ...]:
        """Return those of `releases` that were not published in the language of the history."""
        del releases
        return ()

    def between(self, old: Release, new: Release) -> tuple[Release, ...]:
        """Return the releases after `old`, up to `new` and with it."""
        return self.releases[self._places[old.version] + 1 : self._places[new.version] + 1]

    def before(self, release: Release) -> Release | None:
        """Return the release before this one, or None."""
        place = self._places[release.version]
        return self.releases[place - 1] if place else None

    def after(self, release: Release) -> Release | None:
        """Return the release after this one, or None."""
        return next(iter(self.releases[self._places[release.version] + 1 :]), None)

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """The next id of every principle that was renamed, by the one that it had."""
        changes = chain.from_iterable(self.steps.values())
        return {change.before: change.after for change in changes if change.kind is Kind.RENAMED}

    def all_ids(self, id: str) -> frozenset[str]:
        """Return `id` with every id that the same principle had before."""
        ids = {id}
        while more := {old for old, new in self.renamed.items() if new in ids} - ids:
            ids |= more
        return frozenset(ids)

    def heir(self, id: str) -> str:
        """Return the id that the principle `id` has now, or had last."""
        seen = {id}
        while (id := self.renamed.get(id, id)) not in seen:
            seen.add(id)
        return id

    def principle_steps(self, principle: str) -> tuple[PrincipleStep, ...]:
        """Return the versions that brought or changed the principle with this id, newest first."""
        steps = []
        for release in reversed(self.releases):
            changes = self._changes_by_subject().get((release.version, principle), ())
            id = principle if principle in self._principle_ids[release.version] else ""
            first = release is self.releases[0] and id
            if changes or first:
                notes = tuple(n for n in release.notes if changes and principle in n.subjects)
                steps.append(PrincipleStep(release=release, changes=changes, notes=notes, id=id))
            principle = next((c.before for c in changes if c.kind is Kind.RENAMED), principle)
        return tuple(steps)

    @cached_property
    def _principle_ids(self) -> Mapping[str, frozenset[str]]:
        """The ids of the principles of every release, by its version."""
        return {
            release.version: frozenset(each.id for _, each in release.charter.principles())
            for release in self.releases
        }

    def _changes_by_subject(self) -> Mapping[tuple[str, str], tuple[Change, ...]]:
        words = number.part_words()
        if (found := self._by_subject.get(words)) is not None:
            return found
        changes: dict[tuple[str, str], tuple[Change, ...]] = defaultdict(tuple)
        for version, step in self.steps.items():
            for change in step:
                changes[version, change.subject] += (change,)
        self._by_subject[words] = changes
        return changes
