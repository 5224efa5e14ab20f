"""An edition's releases → their pages: the list, each text for ever, what changed, and the draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from press import number, redline, timeline
from press.model import Change, ChangeNote, Charter, Class, Crumb, Edition, Page, Principle, Release, Theme
from press.pages import address
from press.pages.words import Text, day, released

WIDTHS = {"narrow": 320, "wide": 680}
"""How wide the timeline is drawn, in pixels: for a telephone, and for the column of text."""
ABOVE = Crumb(title="Versions", address=address.VERSIONS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """What happened to one principle, theme or the preamble between two texts. `anchor` is its id."""

    anchor: str
    title: str
    changes: tuple[Change, ...]
    notes: tuple[ChangeNote, ...]
    class_: Class


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One version in the history of a principle."""

    release: Release
    changes: tuple[Change, ...]
    notes: tuple[ChangeNote, ...]


class History:
    """The releases of an edition, oldest first, with the changes from each to the next, worked out once."""

    def __init__(self, edition: Edition) -> None:
        """Take the edition whose releases these are."""
        self.releases = edition.releases
        self.current = edition.current

    @cached_property
    def steps(self) -> Mapping[str, tuple[Change, ...]]:
        """What each version changed in the one before it; the first has nothing to be compared with."""
        pairs = zip(self.releases, self.releases[1:], strict=False)
        return {new.version: number.changes(old.charter, new.charter, new.notes) for old, new in pairs}

    def before(self, release: Release) -> Release | None:
        """Return the release before this one, or None."""
        place = self.releases.index(release)
        return self.releases[place - 1] if place else None

    def after(self, release: Release) -> Release | None:
        """Return the release after this one, or None."""
        return next(iter(self.releases[self.releases.index(release) + 1 :]), None)

    def of(self, principle: str) -> tuple[Step, ...]:
        """Return the versions that brought or changed the principle with this id, newest first."""
        found = []
        for release in self.releases:
            changes = tuple(c for c in self.steps.get(release.version, ()) if c.subject == principle)
            first = release is self.releases[0] and _has(release.charter, principle)
            if changes or first:
                notes = tuple(note for note in release.notes if principle in note.principles)
                found.append(Step(release=release, changes=changes, notes=notes))
        return tuple(reversed(found))


def _has(charter: Charter, principle: str) -> bool:
    return any(each.id == principle for _, each in charter.principles())


def pages(edition: Edition, text: Text, history: History) -> Iterator[Page]:
    """Yield the list of versions and, for every release, its text, its changes, and what changed since."""
    if not history.releases or not history.current:
        return
    charter = history.current.charter
    yield Page(
        address=address.VERSIONS,
        title="Versions",
        description=f"Every version of the {charter.title}: when it came, what it changed, and its digest.",
        html=text.show(
            "versions.html",
            charter,
            address.VERSIONS,
            history=history,
            timelines={name: timeline.draw(history.releases, width=width) for name, width in WIDTHS.items()},
            at=address,
        ),
        kind="versions",
    )
    for release in history.releases:
        yield _version(release, edition, text, history)
        if before := history.before(release):
            yield _changes(before, release, text, history, address.changes_address(release.version))
        if release is not history.current:
            at = address.compare_address(release.version, history.current.version)
            yield _changes(release, history.current, text, history, at)


def _version(release: Release, edition: Edition, text: Text, history: History) -> Page:
    """Return the page that shows one version for ever."""
    at = address.version_address(release.version)
    charter = release.charter
    return Page(
        address=at,
        title=f"Version {release.version}",
        description=f"{charter.title}, version {release.version} of {day(release.date)}, word for word.",
        html=text.show(
            "version.html",
            charter,
            at,
            whole=True,
            release=release,
            history=history,
            errata=[each for each in edition.errata if each.version == release.version],
            at=address,
        ),
        kind="version",
        trail=(ABOVE,),
        foot=released(release),
        notice=notice(release, at, text, history),
        searched=False,
    )


def notice(release: Release, at: str, text: Text, history: History) -> str:
    """Return what stands above the pages of a release that is not the current one, as HTML."""
    if release is history.current:
        return ""
    return text.show("superseded.html", release.charter, at, release=release, history=history, at=address)


def groups(
    changes: Sequence[Change], notes: Sequence[ChangeNote], old: Charter, new: Charter
) -> tuple[Group, ...]:
    """Return `changes` by what they are about, in their order, with its name and the notes that say why."""
    named = names(old) | names(new)
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.subject, []).append(change)
    return tuple(
        Group(
            anchor=subject,
            title=named.get(subject, subject),
            changes=tuple(about),
            notes=tuple(note for note in notes if subject in note.principles),
            class_=number.class_of(about),
        )
        for subject, about in found.items()
    )


def names(charter: Charter) -> dict[str, str]:
    """Return what every part of a charter is called: number and title, by id."""
    numbers = number.numbers(charter)
    parts: list[Theme | Principle] = [*charter.themes, *(each for _, each in charter.principles())]
    headings = {f"sections.{shape.id}": shape.heading for shape in charter.sections}
    return (
        headings
        | {part.id: f"{numbers[part.id]} {part.title}" for part in parts}
        | {
            "preamble": "Preamble",
            "charter": charter.title,
        }
    )


def _changes(old: Release, new: Release, text: Text, history: History, at: str) -> Page:
    """Return the page that shows what changed from one release to another."""
    between = [each for each in history.releases if _between(each, old, new, history)]
    if len(between) == 1:
        changes = history.steps[new.version]
    else:
        changes = number.changes(old.charter, new.charter, [note for each in between for note in each.notes])
    notes = [note for each in between for note in each.notes]
    return Page(
        address=at,
        title=f"What changed from {old.version} to {new.version}",
        description=f"Every word that changed from version {old.version} to version {new.version}, and why.",
        html=text.show(
            "changes.html",
            new.charter,
            at,
            old=old,
            new=new,
            groups=groups(changes, notes, old.charter, new.charter),
            tell=telling(old.charter, new.charter),
            at=address,
        ),
        kind="changes",
        trail=(ABOVE, Crumb(title=f"Version {new.version}", address=address.version_address(new.version))),
        foot=f"What changed from {old.version} to {new.version} · {new.sha256[:12]}",
        searched=False,
    )


def _between(each: Release, old: Release, new: Release, history: History) -> bool:
    """Whether a release came after `old`, and is `new` or came before it."""
    place = history.releases.index
    return place(old) < place(each) <= place(new)


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """What a template needs to show changes between two texts: each in a sentence, and its redline."""

    names: Mapping[str, str]

    def sentence(self, change: Change) -> str:
        """Return what happened, in a sentence."""
        return redline.sentence(change, self.names)

    def redline(self, change: Change) -> Markup:
        """Return the words that went and came."""
        return Markup(redline.html(change.before, change.after, link=_outward))


def _outward(target: str) -> str:
    """Return where a link in a redline leads: out as it is written; the files that it names may be gone."""
    return target if target.startswith(("https://", "http://", "mailto:")) else "#content"


def telling(old: Charter, new: Charter) -> Telling:
    """Return how the changes from `old` to `new` are told."""
    return Telling(names=names(old) | names(new))


def draft(edition: Edition, text: Text, history: History, dated: str) -> Iterator[Page]:
    """Yield the working text as a redline against the current release; nothing before the first release."""
    if not history.current or not edition.charter:
        return
    changes = number.changes(history.current.charter, edition.charter, edition.notes)
    class_ = number.decided(changes, edition.notes)
    at = address.DRAFT
    yield Page(
        address=at,
        title="The draft of the next version",
        description="What is proposed for the next version, marked in the words of the current one.",
        html=text.show(
            "changes.html",
            edition.charter,
            at,
            old=history.current,
            new=None,
            upcoming=number.next_version(history.current.version, class_),
            class_=class_,
            groups=groups(changes, edition.notes, history.current.charter, edition.charter),
            tell=telling(history.current.charter, edition.charter),
            at=address,
        ),
        kind="draft",
        foot=dated,
        notice=text.show("draft.html", edition.charter, at, dated=dated, current=history.current, at=address),
        searched=False,
        indexed=False,
    )


def moved(history: History) -> Iterator[Page]:
    """Yield the addresses that once were: aliases of versions, and principles that were renamed or moved."""
    if not history.current:
        return
    for alias, release in number.aliases(history.releases).items():
        yield _moved(f"{address.VERSIONS}{alias}/", address.version_address(release.version))
    living = {
        each.id: address.principle_address(theme, each)
        for theme, each in history.current.charter.principles()
    }
    renamed = {old: each.id for _, each in history.current.charter.principles() for old in each.formerly}
    gone = {each.id: each for each in history.current.retired}
    seen = set(living.values())
    for release in reversed(history.releases):
        for theme, principle in release.charter.principles():
            at = address.principle_address(theme, principle)
            heir = renamed.get(principle.id, principle.id)
            if at not in seen and heir in living:
                seen.add(at)
                yield _moved(at, living[heir])
            elif at not in seen and principle.id in gone:
                seen.add(at)


def _moved(at: str, to: str) -> Page:
    return Page(
        address=at,
        title="This page has moved",
        description="The words that stood here have another address.",
        html="",
        kind="moved",
        searched=False,
        indexed=False,
        moved_to=to,
    )


def retired(text: Text, history: History) -> Iterator[Page]:
    """Yield a page for every retired principle, at its last address: when it went, why, and where to look."""
    if not history.current:
        return
    for each in history.current.retired:
        last = next(r for r in reversed(history.releases) if _has(r.charter, each.id))
        theme, principle = next((t, p) for t, p in last.charter.principles() if p.id == each.id)
        went = next(r for r in history.releases if r.version == each.version)
        at = address.principle_address(theme, principle)
        heir = next(
            (
                address.principle_address(t, p)
                for t, p in history.current.charter.principles()
                if p.id in each.replacements
            ),
            "",
        )
        notes = [note for note in went.notes if any(old == each.id for old, _ in note.retires)]
        yield Page(
            address=at,
            title=f"{each.title} (retired)",
            description=f"“{each.title}” was part of the charter until version {last.version}.",
            html=text.show(
                "retired.html", last.charter, at, principle=principle, theme=theme, last=last, went=went,
                heir=heir, notes=notes, steps=history.of(each.id), at=address,
            ),
            kind="retired",
            trail=(Crumb(title="The charter", address=address.WHOLE),),
            foot=released(last),
            searched=False,
        )  # fmt: skip
