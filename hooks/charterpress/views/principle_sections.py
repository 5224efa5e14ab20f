"""A principle → its sections as every format shows them: shape, letters and anchors."""

from __future__ import annotations

from dataclasses import dataclass

from charterpress.model import Charter, Principle, Section, SectionShape
from charterpress.versions import number


@dataclass(frozen=True, kw_only=True, slots=True)
class Commitment:
    """One item of a list section, as a page shows it: its letter, its anchor, its Markdown."""

    letter: str
    anchor: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PrincipleSection:
    """A section of a principle with its shape; `commitments` where the shape is a list."""

    shape: SectionShape
    section: Section
    commitments: tuple[Commitment, ...]


def principle_sections(charter: Charter, principle: Principle) -> tuple[PrincipleSection, ...]:
    """Return the sections that `principle` has, each with its shape, in the order of `charter`."""
    written = {section.id: section for section in principle.sections}
    sections = []
    for shape in charter.sections:
        if section := written.get(shape.id):
            anchors = number.commitment_anchors(principle.id, section.items)
            commitments = tuple(
                Commitment(letter=number.item_letter(index), anchor=anchor, text=text)
                for index, (text, anchor) in enumerate(zip(section.items, anchors, strict=True))
            )
            sections.append(PrincipleSection(shape=shape, section=section, commitments=commitments))
    return tuple(sections)
