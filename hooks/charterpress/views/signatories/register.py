"""An edition → its register on the day that its pages are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from charterpress import register
from charterpress.model import Edition, Registered, Release


@dataclass(frozen=True, kw_only=True)  # no slots: what is counted once is kept
class Register:
    """Who has signed, as all pages of the register tell it: `entries` by name, as they stand on the `day`
    (ISO); `current` is the version that can be signed now, `releases` are all versions by their number."""

    current: Release
    day: str
    entries: tuple[Registered, ...]
    releases: Mapping[str, Release]

    @cached_property
    def counts(self) -> register.Counts:
        """How many there are, counted once for all pages that tell it."""
        return register.counts(self.entries, self.day)


def read(edition: Edition, dated: str) -> Register | None:
    """Return the register of `edition`, or None before there is a version that can be signed. `dated` is the
    ISO date of the commit that it was read from, or ''."""
    if edition.current is None or edition.current.consultation:
        return None
    day = register.as_of(edition.signatories, edition.releases, dated)
    return Register(
        current=edition.current,
        day=day,
        entries=register.registered(edition.signatories, edition.releases, day),
        releases={release.version: release for release in edition.releases},
    )
