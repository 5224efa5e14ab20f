"""A principle → its sections as every format shows them; in two texts → its changes, among what stayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from charterpress.model import (
    Change,
    Charter,
    Principle,
    Section,
    SectionShape,
)
from charterpress.text import markdown
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_clauses, join_items
from charterpress.text.words import count_words
from charterpress.versions import number
from charterpress.views.labels import list_heading

MAX_FOLDED_WORDS = 60
"""How many unchanged words are folded between two changes; more than that are linked to."""
_MAX_CITED = 6
"""Items of a list from which on one line names the list alone."""


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
    return tuple(
        PrincipleSection(
            shape=shape,
            section=section,
            commitments=tuple(
                Commitment(letter=number.item_letter(place), anchor=anchor, text=text)
                for place, (text, anchor) in enumerate(
                    zip(
                        section.items,
                        number.commitment_anchors(principle.id, section.cited_items),
                        strict=True,
                    )
                )
            ),
        )
        for shape in charter.sections
        if (section := written.get(shape.id))
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class TextPart:
    """One part of a text under its `heading`: `items` are those of a list, each with its letter or number;
    `plain` words are not Markdown."""

    heading: str
    text: str = ""
    items: tuple[tuple[str, str], ...] = ()
    plain: bool = False

    @property
    def count(self) -> int:
        """How many words it has, without its heading."""
        return sum(count_words(text) for text in (self.text, *(item for _name, item in self.items)))


@dataclass(frozen=True, kw_only=True, slots=True)
class UnchangedText:
    """What did not change beside what did, and how one line says which parts those are."""

    summary: str
    parts: tuple[TextPart, ...]

    @property
    def elsewhere(self) -> bool:
        """Whether it is too long to be repeated, folded, beside every change: readers are led to the whole
        text."""
        return sum(part.count for part in self.parts) > MAX_FOLDED_WORDS


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """One change; `place` is its number among those of its principle, from 1."""

    place: int
    change: Change


def text_parts(principle: Principle, charter: Charter) -> Iterator[TextPart]:
    """Yield the parts of a principle, in the order in which a page shows them."""
    yield TextPart(heading=_("Summary"), text=principle.summary, plain=True)
    headings = {shape.id: shape.heading for shape in charter.sections}
    for section in principle.sections:
        heading = headings.get(section.id, section.id)
        items = tuple((number.item_letter(at), text) for at, text in enumerate(section.items))
        yield TextPart(heading=heading, text="" if items else section.text, items=items)
    for heading, lines in _lists(principle).values():
        if lines:
            yield TextPart(heading=heading, items=_numbered(lines), plain=True)


def _lists(principle: Principle) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the lists of a principle's front matter, each with its heading on a page."""
    lists = number.front_matter_lists(principle, number.part_words())
    return {name: (list_heading(name), lines) for name, lines in lists.items()}


def _numbered(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(at), line) for at, line in enumerate(lines, start=1))


# --- What stayed, around what changed ----------------------------------------------------------------


def change_sequence(
    edits: Sequence[Edit], old: Principle, new: Principle, charter: Charter
) -> Iterator[Edit | UnchangedText]:
    """Yield the changes of a principle in the order of its text, with what did not change between them."""
    rows = _rows(edits, old, new, charter)
    for unchanged, run in groupby(rows, key=lambda row: isinstance(row, TextPart)):
        if unchanged:
            parts = _joined(row for row in run if isinstance(row, TextPart))
            yield UnchangedText(summary=join_clauses([_citation(part) for part in parts]), parts=parts)
        else:
            yield from (row for row in run if isinstance(row, Edit))


def _rows(
    edits: Sequence[Edit], old: Principle, new: Principle, charter: Charter
) -> Iterator[Edit | TextPart]:
    by_field: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_field[edit.change.field].append(edit)
    headings = {shape.id: shape.heading for shape in charter.sections}
    for field in ("", "theme", "id", "gives", "takes", "title"):
        yield from by_field.pop(field, ())
    yield from by_field.pop("summary", ()) or (TextPart(heading=_("Summary"), text=new.summary, plain=True),)
    written = {section.id: section for section in old.sections}
    for section in new.sections:
        heading, own = headings.get(section.id, section.id), by_field.pop(section.id, [])
        if section.items:
            items = tuple((number.item_letter(at), text) for at, text in enumerate(section.items))
            former = written[section.id].items if section.id in written else ()
            yield from _in_list(own, former, TextPart(heading=heading, items=items))
        else:
            yield from own or (TextPart(heading=heading, text=section.text),)
    former_lists = _lists(old)
    for field, (heading, lines) in _lists(new).items():
        listed = TextPart(heading=heading, items=_numbered(lines), plain=True)
        yield from _in_list(by_field.pop(field, []), former_lists[field][1], listed)
    yield from chain.from_iterable(by_field.values())  # sections that are gone


def _in_list(edits: Sequence[Edit], old: Sequence[str], new: TextPart) -> Iterator[Edit | TextPart]:
    """Yield the items of one list in the new order, each changed one as its change; a removed one comes after
    the item that it followed. A reordered list is shown once, as a whole, and so is an added or removed one
    of front matter."""
    whole = (edit.change for edit in edits if not edit.change.part)
    if any(new.plain or change.before == markdown.bullet_list(old) for change in whole):
        yield from edits
        return
    came = {edit.change.part: edit for edit in edits if edit.change.part and edit.change.after}
    gone = {edit.change.part: edit for edit in edits if edit.change.part and not edit.change.after}
    places: dict[int, int] = {}
    for at, (part, text) in enumerate(new.items):
        before = _as_read(came[part].change.before, new) if part in came else _as_listed(text, new)
        same = (i for i, was in enumerate(old) if i not in places and _as_listed(was, new) == before)
        if (place := next(same, None)) is not None:
            places[place] = at
    follows: dict[int, list[Edit]] = {}
    for place in range(len(old)):
        if edit := gone.get(str(place + 1) if new.plain else number.item_letter(place)):
            after = next((places[i] for i in range(place - 1, -1, -1) if i in places), -1)
            follows.setdefault(after, []).append(edit)
    yield from follows.get(-1, ())
    for at, (part, text) in enumerate(new.items):
        yield came.get(part) or TextPart(heading=new.heading, items=((part, text),), plain=new.plain)
        yield from follows.get(at, ())
    yield from (edit for edit in edits if not edit.change.part)


def _as_listed(text: str, like: TextPart) -> str:
    return " ".join(text.split()) if like.plain else text


def _as_read(text: str, like: TextPart) -> str:
    """Return the words of a change as the list has them: in a change all words are Markdown."""
    return markdown.plain_text(text) if like.plain else text


def _joined(parts: Iterable[TextPart]) -> tuple[TextPart, ...]:
    """Return `parts` with items of one list that follow one another in one."""
    joined: list[TextPart] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and last.items and part.items and last.heading == part.heading:
            joined[-1] = replace(part, items=last.items + part.items)
        elif part.items or part.text:
            joined.append(part)
    return tuple(joined)


def _citation(part: TextPart) -> str:
    """Return which part that is, in a few words: “We will: a, b”."""
    if not part.items or len(part.items) >= _MAX_CITED:
        return part.heading
    cited = join_items([name for name, _text in part.items])
    # Translators: the heading of a list, and the letters or numbers of some of its items.
    return _("{heading}: {items}").format(heading=part.heading, items=cited)
