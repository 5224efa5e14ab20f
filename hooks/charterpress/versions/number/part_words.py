"""Parts of a text that are compared as one line → the words of that line, in the language in use."""

from __future__ import annotations

from typing import NamedTuple

from charterpress.model import Behaviour, SectionShape
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _


class PartWords(NamedTuple):
    """The words around what a charter says: of a behaviour, and of a section by whether it binds and is a
    list."""

    behaviour: str
    binding: str
    binding_list: str
    other: str
    other_list: str

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


ENGLISH = PartWords(
    behaviour=N_("{behaviour}. How you can tell: {measure}. What helps: {support}."),
    binding=N_("{heading} (binds)"),
    binding_list=N_("{heading} (binds, a list)"),
    other=N_("{heading} (does not bind)"),
    other_list=N_("{heading} (does not bind, a list)"),
)
"""The words of data, which are the same in every language."""


def part_words() -> PartWords:
    """Return the words in the language in use."""
    return PartWords(*map(_, ENGLISH))
