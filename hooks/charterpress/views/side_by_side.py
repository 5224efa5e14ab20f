"""A charter in two languages → its text in pairs, as official journals print it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from charterpress.model import Charter, Foreign, Principle
from charterpress.text import interface
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.versions import number
from charterpress.versions.translations import units
from charterpress.versions.translations.units import section_id
from charterpress.views.labels import LIST_HEADINGS, reporting_sentence

TITLE, THEME, PRINCIPLE, PART = 1, 2, 3, 4
"""How deep a heading is; what is none has 0."""
BEHAVIOUR_PARTS = ("measure", "support", "interview")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """The words of one language. `missing` says that they are not translated, and `stale` that what they
    were made from has changed since in what it promises."""

    words: str = ""
    missing: bool = False
    stale: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """One unit of a charter in two languages, or a heading above some. `number` is what it is cited by: that
    of a principle, or the letter of a commitment; `anchor` is '' for what cannot be linked to."""

    left: Cell
    right: Cell
    level: int = 0
    number: str = ""
    anchor: str = ""
    markdown: bool = False
    lead: bool = False
    """Whether it is the summary of what is headed above it."""
    path: str = ""
    """The file that links in its words are relative to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two languages, by its tag. `texts` are the words of the charter's units in it, by their ids,
    or None for the language that the charter is written in. Those that are another language's, or not there,
    are missing; those that have a `source` are stale."""

    tag: str
    texts: Mapping[str, str] | None = None


def pairs(charter: Charter, left: Side, right: Side) -> Iterator[Pair]:
    """Yield the text of `charter` in two languages, unit by unit, in the order of the whole text: titles,
    preamble, and of each theme and principle what a page of the whole text shows. What the program says, such
    as “Preamble”, comes from the catalogs of both languages."""
    yield from _Pairs(charter, left, right).all()


class _Pairs:
    def __init__(self, charter: Charter, left: Side, right: Side) -> None:
        self._charter, self._left, self._right = charter, left, right
        self._units = units(charter)
        self._numbers = number.part_numbers(charter)

    def all(self) -> Iterator[Pair]:
        yield self._unit("charter.title", level=TITLE)
        yield from self._optional("charter.summary")
        yield self._heading(N_("Preamble"), THEME, anchor="preamble")
        yield from self._list("preamble")
        if self._charter.reporting:
            yield self._program(lambda: reporting_sentence(self._charter))
        for theme in self._charter.themes:
            name = self._numbers[theme.id]
            yield self._unit(f"{theme.id}.title", level=THEME, number=name, anchor=theme.id)
            yield from self._list(f"{theme.id}.text")
            for principle in theme.principles:
                yield from self._principle(principle)

    def _principle(self, principle: Principle) -> Iterator[Pair]:
        id = principle.id
        yield self._unit(f"{id}.title", level=PRINCIPLE, number=self._numbers[id], anchor=id)
        yield from self._optional(f"{id}.summary")
        written = {section.id for section in principle.sections}
        for shape in self._charter.sections:
            if shape.id in written:
                yield self._unit(f"sections.{shape.id}.heading", level=PART)
                yield from self._list(section_id(principle, shape.id), lettered=shape.list)
        if principle.plain:
            yield self._heading(LIST_HEADINGS["plain"], PART)
            yield from self._list(f"{id}.plain")
        if principle.behaviours:
            yield self._heading(LIST_HEADINGS["behaviours"], PART)
            for place, _behaviour in enumerate(principle.behaviours, 1):
                yield from self._behaviour(f"{id}.behaviours.{place}")
        if principle.questions:
            yield self._heading(LIST_HEADINGS["questions"], PART)
            yield from self._list(f"{id}.questions")

    def _behaviour(self, prefix: str) -> Iterator[Pair]:
        for name in ("behaviour", *BEHAVIOUR_PARTS):
            if f"{prefix}.{name}" in self._units:
                yield self._unit(f"{prefix}.{name}")

    def _list(self, prefix: str, *, lettered: bool = False) -> Iterator[Pair]:
        place = 1
        while (id := f"{prefix}.{place}") in self._units:
            yield self._unit(id, number=number.item_letter(place - 1) if lettered else "")
            place += 1

    def _optional(self, id: str) -> Iterator[Pair]:
        if id in self._units:
            yield self._unit(id, lead=True)

    def _unit(
        self, id: str, *, level: int = 0, number: str = "", anchor: str = "", lead: bool = False
    ) -> Pair:
        unit = self._units[id]
        return Pair(
            left=self._cell(id, self._left),
            right=self._cell(id, self._right),
            level=level,
            number=number,
            anchor=anchor,
            markdown=unit.markdown,
            lead=lead,
            path=unit.path,
        )

    def _cell(self, id: str, side: Side) -> Cell:
        if side.texts is None:
            return Cell(words=self._units[id].words)
        words = side.texts.get(id, "")
        if isinstance(words, Foreign):
            return (
                Cell(missing=True)
                if words.language != side.tag
                else Cell(words=str(words), stale=bool(words.source))
            )
        return Cell(words=words, missing=not words)

    def _heading(self, message: str, level: int, *, anchor: str = "") -> Pair:
        return replace(self._program(lambda: _(message)), level=level, anchor=anchor)

    def _program(self, words: Callable[[], str]) -> Pair:
        """What the program says, in both languages."""
        left, right = (_in_language(words, side.tag) for side in (self._left, self._right))
        return Pair(left=left, right=right)


def _in_language(words: Callable[[], str], tag: str) -> Cell:
    with interface.use_language(tag):
        return Cell(words=words(), missing=not interface.has_catalog(tag))
