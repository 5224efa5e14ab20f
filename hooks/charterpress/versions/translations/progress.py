"""A charter × its translation → how far it is, and what each change since means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from charterpress.model import DEFAULT_LANGUAGE, Charter, Class, Foreign, Translation, Unit
from charterpress.versions import number
from charterpress.versions.translations.matching import former_names, same_links
from charterpress.versions.translations.step import in_step
from charterpress.versions.translations.units import apply, units


class State(StrEnum):
    """Whether a unit is translated. The values are those of status in JSON."""

    CURRENT = "current"
    """Its words are those that it was translated from."""
    OUTDATED = "outdated"
    """They have changed since."""
    UNSURE = "unsure"
    """A translator marked the translation as not finished."""
    MISSING = "missing"
    """It is not translated."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitState:
    """How far one unit is. `class_` is that of what changed in its words since it was translated, NONE where
    nothing that a reader sees did; `text` is its translation, made from the words `made_from`."""

    unit: Unit
    state: State
    class_: Class = Class.NONE
    text: str = ""
    made_from: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far a translation is, unit by unit, in the order of the text."""

    language: str
    units: tuple[UnitState, ...]
    path: str = ""

    def of(self, state: State, *classes: Class) -> tuple[UnitState, ...]:
        """Return the units of a state, and, if some are named, of one of these classes."""
        return tuple(
            each for each in self.units if each.state is state and (not classes or each.class_ in classes)
        )

    @property
    def complete(self) -> bool:
        """Whether each unit has a translation of the words that it has now."""
        return all(each.state is State.CURRENT for each in self.units)


def progress(charter: Charter, translation: Translation) -> Progress:
    """Return how far `translation` is, whether its file was brought in step with `charter` or not."""
    found = units(charter)
    names = former_names(charter)
    entries = {each.unit: each for each in in_step(charter, translation).entries if not each.obsolete}
    states = []
    for id, unit in found.items():
        entry = entries[id]
        state = UnitState(unit=unit, state=State.MISSING, text=entry.text, made_from=entry.made_from)
        if entry.text and not entry.fuzzy:
            state = replace(state, state=State.CURRENT)
        elif entry.text and not entry.previous:
            state = replace(state, state=State.UNSURE)
        elif entry.text:
            class_ = change_class(charter, unit, entry.previous, names)
            state = replace(state, state=State.OUTDATED, class_=class_)
        states.append(state)
    return Progress(language=translation.language, units=tuple(states), path=translation.path)


def change_class(charter: Charter, unit: Unit, before: str, names: Mapping[str, str] | None = None) -> Class:
    """Return the class of what changed in `unit` since its words were `before`: that of a release of
    `charter` after one in which only these words were others. `names` are former names of principles."""
    if names is None:
        names = former_names(charter)
    old = apply(charter, {unit.id: same_links(before, names)})
    return number.computed_class(number.changes(old, charter))


SHOWN = (Class.GUIDANCE, Class.COMMITMENT)
"""The classes of changes that make a translation say something else than its source: a reader is shown
both."""


def translated(charter: Charter, translation: Translation) -> Charter:
    """Return `charter` in the language of `translation`. What is not translated stands in its source's
    language as Foreign, and what says something else than it by now as Foreign with the `source`; where only
    punctuation or the look changed since, the translation stands alone."""
    source = charter.language or DEFAULT_LANGUAGE
    texts: dict[str, str] = {}
    for each in progress(charter, translation).units:
        if each.state in (State.MISSING, State.UNSURE):
            texts[each.unit.id] = Foreign(each.unit.words, language=source)
        elif each.class_ in SHOWN:
            texts[each.unit.id] = Foreign(each.text, language=translation.language, source=each.unit.words)
        else:
            texts[each.unit.id] = each.text
    return apply(charter, texts)
