"""The releases → the menu of versions at the head of a page, made once for all pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charterpress.model import Page, Release
from charterpress.text.dates import day_in_words
from charterpress.views import addresses as address
from charterpress.views.labels import release_name

NEWEST = 8
"""How many versions the menu names; the others are on the page of all versions."""
CURRENT = ("home", "whole", "theme", "principle")
"""The kinds of pages that show the current version."""
OTHERS = ("version", "versions", "changes", "compare", "retired", "draft")
"""The other kinds of pages that have the menu."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One version in the menu. `address` is that of its own page, `note` says more than its name."""

    name: str
    note: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionMenu:
    """The versions, newest first, and which of them each page shows, by its address."""

    current: Choice
    newest: tuple[Choice, ...]
    shown: Mapping[str, Choice]

    def has(self, page: Page | None) -> bool:
        """Return whether a page has the menu: those of the charter and of its versions."""
        return page is not None and page.kind in (*CURRENT, *OTHERS)

    def reading(self, page: Page) -> Choice | None:
        """Return the version that a page shows, or None where it shows none, or more than one."""
        return self.current if page.kind in CURRENT else self.shown.get(page.address)

    def choices(self, page: Page) -> tuple[Choice, ...]:
        """Return the versions to choose from: the newest, and the one that is being read."""
        reading = self.reading(page)
        return self.newest if reading is None or reading in self.newest else (*self.newest, reading)


def version_menu(releases: Sequence[Release], current: Release | None) -> VersionMenu | None:
    """Return the menu of `releases`, which come oldest first; None before there is one."""
    if current is None:
        return None
    choices = {
        release.version: Choice(
            name=release_name(release),
            note=f"{day_in_words(release.date)}{', current' if release is current else ''}",
            address=address.version_address(release.version),
        )
        for release in reversed(releases)
    }
    return VersionMenu(
        current=choices[current.version],
        newest=tuple(choices.values())[:NEWEST],
        shown={choice.address: choice for choice in choices.values()},
    )
