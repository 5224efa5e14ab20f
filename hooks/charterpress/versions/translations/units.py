"""A charter ↔ the pieces of its text that are translated one by one, by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from charterpress.model import (
    TEXT_LISTS,
    Behaviour,
    Charter,
    Principle,
    Section,
    SectionShape,
    Theme,
    Unit,
)
from charterpress.versions.translations.blocks import pieces, rebuild

CHARTER, PREAMBLE, SECTIONS, QUESTIONS, KINDS = "charter", "preamble", "sections", "questions", "kinds"
"""What the ids begin with of units that belong to no theme and no principle."""
LIST_ITEMS = {
    "plain": "a sentence in easy words",
    "questions": "a question",
    "sources": "a source",
}
"""What translators read of an item of each list of front matter. It is written into files, in whatever
language the program speaks."""
BEHAVIOUR_FIELDS = {
    "behaviour": "what people do",
    "measure": "how you can tell",
    "support": "what helps",
    "interview": "what to ask at interview",
}
_T = TypeVar("_T", Charter, Theme, Principle)


def units(charter: Charter) -> dict[str, Unit]:
    """Return every unit of `charter` by its id, in the order of the text.

    An id says where the unit is: “charter.title”, “preamble.2”, “leave-room.title”,
    “leave-room.commitments.3” (the section's id, and the place of the block or item),
    “leave-room.behaviours.1.measure”."""
    found: dict[str, Unit] = {}
    for unit in _units(charter):
        if unit.words and not unit.words.isspace():
            found.setdefault(unit.id, unit)
    return found


def _units(charter: Charter) -> Iterator[Unit]:
    path = charter.path
    yield Unit(
        id=f"{CHARTER}.title", words=charter.title, label="the charter’s title", binding=True, path=path
    )
    yield Unit(id=f"{CHARTER}.summary", words=charter.summary, label="the charter’s summary", path=path)
    yield from _text(PREAMBLE, charter.preamble, "the preamble", charter.preamble_path, binding=True)
    for shape in charter.sections:
        label = "the heading of a section of every principle"
        id = f"{SECTIONS}.{shape.id}.heading"
        yield Unit(id=id, words=shape.heading, label=label, binding=True, path=path)
    yield from _list(QUESTIONS, charter.questions, "a question asked of every theme", path)
    yield from _list(KINDS, charter.signatory_kinds, "a kind of signatory", path)
    for theme in charter.themes:
        yield from _headed(theme, "theme")
        yield from _text(f"{theme.id}.text", theme.text, f"{theme.title}: introduction", theme.path)
        for principle in theme.principles:
            yield from _principle(principle, charter.sections)


def _headed(part: Theme | Principle, what: str) -> Iterator[Unit]:
    label = f"{part.title}: title of the {what}"
    yield Unit(id=f"{part.id}.title", words=part.title, label=label, binding=True, path=part.path)
    label = f"{part.title}: summary of the {what}"
    yield Unit(id=f"{part.id}.summary", words=part.summary, label=label, path=part.path)


def _principle(principle: Principle, shapes: Iterable[SectionShape]) -> Iterator[Unit]:
    id, title, path = principle.id, principle.title, principle.path
    yield from _headed(principle, "principle")
    written = {section.id: section for section in principle.sections}
    for shape in shapes:
        if section := written.get(shape.id):
            label = f"{title}: {shape.heading}"
            yield from _text(
                section_id(principle, shape.id), section.text, label, path, binding=shape.binding
            )
    for name in TEXT_LISTS:
        yield from _list(f"{id}.{name}", getattr(principle, name), f"{title}: {LIST_ITEMS[name]}", path)
    for place, behaviour in enumerate(principle.behaviours, 1):
        for name, what in BEHAVIOUR_FIELDS.items():
            label = f"{title}: {what}"
            unit = f"{id}.behaviours.{place}.{name}"
            yield Unit(id=unit, words=_plain(getattr(behaviour, name)), label=label, path=path)


def section_id(principle: Principle, section: str) -> str:
    """Return what the ids of the units of a section begin with. A section may be called as a list of front
    matter is."""
    taken = section in TEXT_LISTS or section == "behaviours"
    return f"{principle.id}.{SECTIONS}.{section}" if taken else f"{principle.id}.{section}"


def _plain(words: str) -> str:
    return " ".join(words.split())


def _text(prefix: str, text: str, label: str, path: str, *, binding: bool = False) -> Iterator[Unit]:
    for place, piece in enumerate(pieces(text), 1):
        yield Unit(
            id=f"{prefix}.{place}",
            words=piece.words,
            label=label,
            markdown=True,
            binding=binding,
            path=path,
        )


def _list(prefix: str, items: Iterable[str], label: str, path: str) -> Iterator[Unit]:
    for place, words in enumerate(items, 1):
        yield Unit(id=f"{prefix}.{place}", words=_plain(words), label=label, path=path)


def apply(charter: Charter, texts: Mapping[str, str]) -> Charter:
    """Return `charter` with other words in those of its units that `texts` names, by their ids. Others stay
    as they are; words that are Foreign stay so, and make the text around them a MixedText."""
    at = partial(_rebuilt, texts=texts)
    return replace(
        _fields(charter, CHARTER, texts),
        preamble=at(charter.preamble, PREAMBLE),
        sections=tuple(
            replace(shape, heading=texts.get(f"{SECTIONS}.{shape.id}.heading", shape.heading))
            for shape in charter.sections
        ),
        questions=_items(charter.questions, QUESTIONS, texts),
        signatory_kinds=_items(charter.signatory_kinds, KINDS, texts),
        themes=tuple(
            replace(
                _fields(theme, theme.id, texts),
                text=at(theme.text, f"{theme.id}.text"),
                principles=tuple(_applied(each, texts) for each in theme.principles),
            )
            for theme in charter.themes
        ),
    )


def _fields(part: _T, id: str, texts: Mapping[str, str]) -> _T:
    title, summary = texts.get(f"{id}.title", part.title), texts.get(f"{id}.summary", part.summary)
    return replace(part, title=title, summary=summary)


def _items(items: Iterable[str], prefix: str, texts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(texts.get(f"{prefix}.{place}", words) for place, words in enumerate(items, 1))


def _applied(principle: Principle, texts: Mapping[str, str]) -> Principle:
    lists: dict[str, Any] = {
        name: _items(getattr(principle, name), f"{principle.id}.{name}", texts) for name in TEXT_LISTS
    }
    return replace(
        _fields(principle, principle.id, texts),
        **lists,
        sections=tuple(_section(each, section_id(principle, each.id), texts) for each in principle.sections),
        behaviours=tuple(
            _behaviour(each, f"{principle.id}.behaviours.{place}", texts)
            for place, each in enumerate(principle.behaviours, 1)
        ),
    )


def _behaviour(behaviour: Behaviour, prefix: str, texts: Mapping[str, str]) -> Behaviour:
    changed = {name: texts[f"{prefix}.{name}"] for name in BEHAVIOUR_FIELDS if f"{prefix}.{name}" in texts}
    return replace(behaviour, **changed) if changed else behaviour


def _section(section: Section, prefix: str, texts: Mapping[str, str]) -> Section:
    found = pieces(section.text)
    if not any(f"{prefix}.{place}" in texts for place in range(1, len(found) + 1)):
        return section
    text = _rebuilt(section.text, prefix, texts)
    if not section.items:
        return replace(section, text=text)
    places = [place for place, piece in enumerate(found, 1) if piece.item]
    if len(places) != len(section.items):
        return replace(section, text=text)
    items = tuple(
        texts.get(f"{prefix}.{place}", words) for place, words in zip(places, section.items, strict=True)
    )
    return replace(section, text=text, items=items)


def _rebuilt(text: str, prefix: str, texts: Mapping[str, str]) -> str:
    return rebuild(text, lambda place: texts.get(f"{prefix}.{place}"))
