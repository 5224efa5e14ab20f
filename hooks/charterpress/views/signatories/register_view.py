"""An edition → its register on the day that its pages are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from charterpress import register
from charterpress.model import Edition, Registered, Release, Standing


@dataclass(frozen=True, kw_only=True)  # no slots: what is worked out once is kept
class RegisterView:
    """Who has signed: `entries` by name, with their standing on `day` (ISO); `current` is the version that
    can be signed now, `releases` are all versions by number."""

    current: Release
    day: str
    entries: tuple[Registered, ...]
    releases: Mapping[str, Release]

    @cached_property
    def counts(self) -> register.Counts:
        """How many there are, by version, kind, standing and month."""
        return register.count_register(self.entries, self.day)

    @cached_property
    def active(self) -> tuple[Registered, ...]:
        """Those whose signature stands, by name."""
        return tuple(each for each in self.entries if each.standing is not Standing.WITHDRAWN)

    @cached_property
    def withdrawn(self) -> tuple[Registered, ...]:
        """Those who withdrew, by name."""
        return tuple(each for each in self.entries if each.standing is Standing.WITHDRAWN)


def register_view(edition: Edition, committed: str) -> RegisterView | None:
    """Return the register of `edition`, or None before there is a version to sign. `committed` is the ISO
    date of the commit that it was read from, or ''."""
    if edition.current is None or edition.current.consultation:
        return None
    day = register.register_date(edition.signatories, edition.releases, committed)
    return RegisterView(
        current=edition.current,
        day=day,
        entries=register.on_register(edition.signatories, edition.releases, day),
        releases={release.version: release for release in edition.releases},
    )
