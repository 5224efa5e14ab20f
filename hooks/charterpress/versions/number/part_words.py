"""Parts of a text that are compared as one line → the words of that line, in the language in use."""

from __future__ import annotations

from typing import NamedTuple

from charterpress.model import Behaviour, Interval, Reporting, SectionShape
from charterpress.text.dates import length_in_words
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _


class PartWords(NamedTuple):
    """The words around what a charter says: of a behaviour, of a section by whether it binds and is a list,
    and of reports by whether there are days of grace."""

    behaviour: str
    binding: str
    binding_list: str
    other: str
    other_list: str
    reports: str
    reports_in_grace: str

    def of_behaviour(self, each: Behaviour) -> str:
        """Return a behaviour with its measure and its support as one line of plain words."""
        return self.behaviour.format(behaviour=each.behaviour, measure=each.measure, support=each.support)

    def of_shape(self, shape: SectionShape) -> str:
        """Return a section's heading and whether it binds."""
        if shape.binding:
            words = self.binding_list if shape.list else self.binding
        else:
            words = self.other_list if shape.list else self.other
        return words.format(heading=shape.heading)

    def of_reporting(self, reporting: Reporting) -> str:
        """Return how often reports are asked for, and within what time."""
        words = self.reports_in_grace if reporting.grace else self.reports
        return words.format(every=self._length(reporting.every), grace=self._length(reporting.grace))

    def _length(self, interval: Interval) -> str:
        return str(interval) if self == ENGLISH else length_in_words(interval)


ENGLISH = PartWords(
    behaviour=N_("{behaviour}. How you can tell: {measure}. What helps: {support}."),
    binding=N_("{heading} (binds)"),
    binding_list=N_("{heading} (binds, a list)"),
    other=N_("{heading} (does not bind)"),
    other_list=N_("{heading} (does not bind, a list)"),
    # Translators: {every} and {grace} are lengths of time: every 12 months, within 3 months
    reports=N_("every {every}"),
    reports_in_grace=N_("every {every}, within {grace}"),
)
"""The words of data, which are the same in every language."""


def part_words() -> PartWords:
    """Return the words in the language in use."""
    return PartWords(*map(_, ENGLISH))
