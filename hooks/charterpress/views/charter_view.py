"""The charter that a site shows → its numbers, names and café, worked out once for every output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from charterpress.model import Charter, Release
from charterpress.text.dates import day_in_words
from charterpress.versions import number
from charterpress.views import addresses, labels
from charterpress.views.cafe import Cafe, plan_cafe
from charterpress.views.competencies import Competency, competencies
from charterpress.views.history import History


@dataclass(frozen=True, kw_only=True)  # no slots: what is worked out once is kept
class CharterView:
    """The charter that the site shows: the current release of `history`, or, before there is one, the
    working text. `label` is what the footer of a page calls it."""

    charter: Charter
    history: History
    label: str

    @property
    def release(self) -> Release | None:
        """The version that the text is of."""
        return self.history.current

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The numbers of its themes and principles, by id."""
        return number.part_numbers(self.charter)

    @cached_property
    def competencies(self) -> tuple[Competency, ...]:
        """Its behaviours, one by one."""
        return tuple(competencies(self.charter))

    @cached_property
    def cafe(self) -> Cafe | None:
        """The café on it; None if it has no theme."""
        return plan_cafe(self.charter, self.label)

    @property
    def name(self) -> str:
        """What a sentence calls it: “version 2.0.0 of 4 May 2027”."""
        release = self.release
        name = f"{labels.release_name(release)} of {day_in_words(release.date)}" if release else self.label
        return name[:1].lower() + name[1:]

    @property
    def address(self) -> str:
        """The address of the whole text."""
        return addresses.version_address(self.release.version) if self.release else addresses.CHARTER
