"""A superseded version → where each of its parts is in the current one, or what became of it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from charterpress.model import Charter, Principle, Release
from charterpress.text.interface import gettext as _
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.history import History
from charterpress.views.labels import list_heading, release_in_sentence
from charterpress.views.principle_parts import principle_sections


class Successor(NamedTuple):
    """A link to what took the place of one part of a version, relative to the site's root."""

    label: str
    address: str


def successors(old: Release, history: History, mistaken: Container[str] = ()) -> Mapping[str, Successor]:
    """Return, for the anchor of every part of the page of `old`, the same part of the current version, or,
    where that has none, the page that says what changed; nothing for the current version itself. `mistaken`
    are the versions with known mistakes."""
    if history.current is None or old is history.current:
        return {}
    find = _Finder(old, history.current)
    found = dict(find.parts(mistaken))
    heirs = {each.id: each for _theme, each in history.current.charter.principles()}
    for _theme, principle in old.charter.principles():
        found |= find.principle(principle, heirs.get(history.heir(principle.id)))
    return found


class _Finder:
    """Finds what took the place of the parts of a version, and what the links there are called."""

    def __init__(self, old: Release, current: Release) -> None:
        self._old, self._current = old, current
        self._version = release_in_sentence(current)
        self._home = addresses.version_address(current.version)
        self._changes = addresses.compare_address(old.version, current.version)

    def _same(self, label: str, anchor: str, heading: str = "") -> Successor:
        label = label.format(version=self._version, heading=heading)
        return Successor(label, f"{self._home}#{anchor}")

    def _gone(self, label: str, subject: str, heading: str = "") -> Successor:
        label = label.format(version=self._version, heading=heading)
        return Successor(label, f"{self._changes}#{subject}" if subject else self._changes)

    def parts(self, mistaken: Container[str]) -> Iterator[tuple[str, Successor]]:
        """Yield the links for the parts around the principles, by anchor."""
        about = self._same(_("About {version}"), "about")
        yield "about", about
        reasons = self._same(_("Why {version} was made"), "reasons")
        yield "reasons", reasons if self._current.notes else about
        mistakes = self._same(_("The known mistakes in {version}"), "errata")
        known = self._current.version in mistaken
        yield "errata", mistakes if known else self._gone(_("What has changed by {version}"), "")
        yield "overview", self._same(_("The contents of {version}"), "overview")
        yield "preamble", self._same(_("The preamble in {version}"), "preamble")
        themes = {theme.id for theme in self._current.charter.themes}
        here, gone = _("This theme in {version}"), _("What became of this theme by {version}")
        for theme in self._old.charter.themes:
            id = theme.id
            yield id, self._same(here, id) if id in themes else self._gone(gone, id)

    def principle(self, principle: Principle, heir: Principle | None) -> Iterator[tuple[str, Successor]]:
        """Yield the links for a principle and its parts, by anchor; `heir` is the one that it is now."""
        subject = heir.id if heir else principle.id
        if heir:
            yield principle.id, self._same(_("This principle in {version}"), subject)
        else:
            yield principle.id, self._gone(_("What became of this principle by {version}"), subject)
        kept = _headings(self._current.charter, heir) if heir else {}
        here, gone = _("“{heading}” in {version}"), _("What became of “{heading}” by {version}")
        for part, title in _headings(self._old.charter, principle).items():
            same = heir and part in kept
            found = self._same(here, f"{subject}.{part}", title) if same else self._gone(gone, subject, title)
            yield f"{principle.id}.{part}", found
        pairs = dict(_commitments(principle, heir)) if heir else {}
        here = _("This commitment in {version}")
        gone = _("What became of this commitment by {version}")
        for section in principle_sections(self._old.charter, principle):
            for item in section.commitments:
                anchor = pairs.get(item.anchor)
                yield item.anchor, self._same(here, anchor) if anchor else self._gone(gone, subject)


def _headings(charter: Charter, principle: Principle) -> dict[str, str]:
    """Return the heading of each part that a page shows of `principle`, by the end of its anchor."""
    lists = {"plain": principle.plain, "behaviours": principle.behaviours, "questions": principle.questions}
    headings = {each.shape.id: each.shape.heading for each in principle_sections(charter, principle)}
    return headings | {name: list_heading(name) for name, items in lists.items() if items}


def _commitments(old: Principle, new: Principle) -> Iterator[tuple[str, str]]:
    """Yield the anchor of each commitment of `old` that `new` has too, as the redline matches them, with its
    anchor there."""
    sections = {section.id: section for section in new.sections}
    for section in old.sections:
        if section.id in sections:
            before, after = section.cited_items, sections[section.id].cited_items
            anchors = [number.commitment_anchors(*each) for each in ((old.id, before), (new.id, after))]
            yield from ((anchors[0][i], anchors[1][j]) for i, j in number.match_items(before, after))
