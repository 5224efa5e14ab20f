"""A superseded version → where each of its parts is in the current one, or what became of it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from charterpress.model import BEHAVIOUR_LISTS, TEXT_LISTS, Charter, Principle, Release
from charterpress.versions import number
from charterpress.views import addresses
from charterpress.views.history import History
from charterpress.views.labels import release_name
from charterpress.views.principle_parts import principle_sections

LIST_FIELDS = TEXT_LISTS | BEHAVIOUR_LISTS


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
    return dict(_successors(old, history.current, history, mistaken))


def _successors(
    old: Release, current: Release, history: History, mistaken: Container[str]
) -> Iterator[tuple[str, Successor]]:
    name = release_name(current)
    name = name[:1].lower() + name[1:]
    home = addresses.version_address(current.version)
    changes = addresses.compare_address(old.version, current.version)

    def same(what: str, anchor: str) -> Successor:
        return Successor(f"{what} in {name}", f"{home}#{anchor}")

    def gone(what: str, subject: str) -> Successor:
        return Successor(f"What became of {what} by {name}", f"{changes}#{subject}")

    about = Successor(f"About {name}", f"{home}#about")
    reasons = Successor(f"Why {name} was made", f"{home}#reasons")
    mistakes = Successor(f"The known mistakes in {name}", f"{home}#errata")
    yield "about", about
    yield "reasons", reasons if current.notes else about
    yield (
        "errata",
        mistakes if current.version in mistaken else Successor(f"What has changed by {name}", changes),
    )
    yield "overview", Successor(f"The contents of {name}", f"{home}#overview")
    principles = {principle.id: principle for _, principle in current.charter.principles()}
    themes = {theme.id for theme in current.charter.themes}
    yield "preamble", same("The preamble", "preamble")
    for theme in old.charter.themes:
        yield theme.id, same("This theme", theme.id) if theme.id in themes else gone("this theme", theme.id)
    for _, principle in old.charter.principles():
        heir = principles.get(history.heir(principle.id))
        found = same("This principle", heir.id) if heir else gone("this principle", principle.id)
        yield principle.id, found
        titles, kept = _headings(old.charter, principle), _headings(current.charter, heir) if heir else {}
        for part, title in titles.items():
            what = f"“{title}”"
            yield (
                f"{principle.id}.{part}",
                same(what, f"{heir.id}.{part}")
                if heir and part in kept
                else gone(what, heir.id if heir else principle.id),
            )
        pairs = dict(_commitments(principle, heir)) if heir else {}
        for section in principle_sections(old.charter, principle):
            for item in section.commitments:
                if item.anchor in pairs:
                    yield item.anchor, same("This commitment", pairs[item.anchor])
                else:
                    yield item.anchor, gone("this commitment", heir.id if heir else principle.id)


def _headings(charter: Charter, principle: Principle) -> dict[str, str]:
    """Return the heading of each part that a page shows of `principle`, by the end of its anchor."""
    lists = {"plain": principle.plain, "behaviours": principle.behaviours, "questions": principle.questions}
    headings = {each.shape.id: each.shape.heading for each in principle_sections(charter, principle)}
    return headings | {name: LIST_FIELDS[name].heading for name, items in lists.items() if items}


def _commitments(old: Principle, new: Principle) -> Iterator[tuple[str, str]]:
    """Yield the anchor of each commitment of `old` that `new` has too, as the redline matches them, with its
    anchor there."""
    sections = {section.id: section for section in new.sections}
    for section in old.sections:
        if section.id in sections:
            before, after = section.items, sections[section.id].items
            anchors = [number.commitment_anchors(*each) for each in ((old.id, before), (new.id, after))]
            yield from ((anchors[0][i], anchors[1][j]) for i, j in number.match_items(before, after))
