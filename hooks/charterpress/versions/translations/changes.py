"""Two texts of a charter, each in several languages that bind → every change between them.

A translation that follows a changed sentence is part of that change, and is not counted again. It counts by
itself where the charter's own words stand, and where it reaches further than the change that it follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from charterpress.model import (
    Change,
    ChangeNote,
    Charter,
    Class,
    FrozenTranslation,
    Kind,
    LanguageStanding,
    Release,
    Unit,
)
from charterpress.text.escape import to_markdown
from charterpress.versions import number
from charterpress.versions.number.language import has_word_lists
from charterpress.versions.number.part_words import ENGLISH, PartWords
from charterpress.versions.translations.frozen import newest_revisions
from charterpress.versions.translations.units import apply, units

_PLACE = re.compile(r"(.+)\.(\d+)(?:\.([a-z]+))?", re.ASCII)
"""The id of an item of a list, or of a part of one: what it is in, its place, and the name of the part."""
Texts = Mapping[str, Mapping[str, str]]
"""The words of each unit, by its id, by the tag of their language."""


def binding_languages(charter: Charter) -> tuple[str, ...]:
    """Return the tags of the further languages whose text binds, in their order."""
    return tuple(tag for tag, standing in charter.languages if standing == LanguageStanding.BINDING)


def all_changes(
    old: Charter,
    new: Charter,
    notes: Sequence[ChangeNote],
    texts: tuple[Texts, Texts],
    words: PartWords = ENGLISH,
) -> tuple[Change, ...]:
    """Return what changed from `old` to `new`, in the charter's own words and in every language that binds in
    both; `texts` are those in these languages, of `old` and of `new`. Each change in another language stands
    beside the others of its subject, and says in which."""
    found = list(number.changes(old, new, notes, words))
    before, after = texts
    for tag in binding_languages(new):
        if tag in binding_languages(old) and tag in before and tag in after:
            for change in language_changes(old, new, before[tag], after[tag], tag):
                same = [at for at, each in enumerate(found, 1) if each.subject == change.subject]
                found.insert(same[-1] if same else len(found), change)
    return tuple(found)


def release_changes(
    old: Release,
    new: Release,
    notes: Sequence[ChangeNote],
    frozen: Iterable[FrozenTranslation],
    words: PartWords = ENGLISH,
) -> tuple[Change, ...]:
    """Return what changed from one release to a later one in all languages that bind. `frozen` are the
    published translations: those of `old` that `new` names are held against those released with `new`."""
    frozen = tuple(frozen) if new.charter.languages else ()
    texts = texts_followed(old, new, frozen), texts_released(new, frozen)
    return all_changes(old.charter, new.charter, notes, texts, words)


def texts_released(release: Release, frozen: Iterable[FrozenTranslation]) -> Texts:
    """Return the translations that were published with `release`."""
    first = (each for each in frozen if each.version == release.version and each.revision == 1)
    return {each.language: dict(each.texts) for each in first}


def texts_followed(old: Release, new: Release, frozen: Iterable[FrozenTranslation]) -> Texts:
    """Return the translations of `old` that `new` says it follows; of a language that it does not name, or
    where it follows another release, the newest."""
    named = new.previous.translations if new.previous and new.previous.version == old.version else ()
    revisions = {each.language: each.revision for each in named}
    own = [each for each in frozen if each.version == old.version]
    chosen = newest_revisions(own, old.version)
    chosen |= {each.language: each for each in own if revisions.get(each.language) == each.revision}
    return {tag: dict(each.texts) for tag, each in chosen.items()}


def newest_texts(release: Release, frozen: Iterable[FrozenTranslation]) -> Texts:
    """Return the newest published translations of `release`."""
    return {tag: dict(each.texts) for tag, each in newest_revisions(frozen, release.version).items()}


def language_changes(
    old: Charter, new: Charter, before: Mapping[str, str], after: Mapping[str, str], language: str
) -> tuple[Change, ...]:
    """Return what changed in one translation, from the words `before` of the units of `old` to those `after`
    of `new`, besides what follows changes of the charter's own words.

    Both are set into the new text, one with the words that the translation had wherever its source stands,
    and are compared as any two texts are. A unit without a translation is as it was."""
    old_units, pairs = units(old), unit_pairs(old, new)
    then: dict[str, str] = {}
    now: dict[str, str] = {}
    for id, unit in units(new).items():
        if id not in after:
            continue
        now[id] = then[id] = after[id]
        former = old_units.get(pairs.get(id, ""))
        if former and former.id in before and not _follows(former, unit, before[former.id], after[id]):
            then[id] = before[former.id]
    if then == now:
        return ()
    found = _reworded(number.changes(apply(new, then), apply(new, now)))
    return tuple(_told(replace(each, language=language), new) for each in found)


def _reworded(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield changes in which an item that seems to have gone where another came was reworded: it translates
    the same one."""
    found = list(changes)
    gone = {(each.subject, each.field, each.part): each for each in found if each.kind is Kind.REMOVED}
    came = {(each.subject, each.field, each.part) for each in found if each.kind is Kind.ADDED}
    for each in found:
        place = (each.subject, each.field, each.part)
        if each.kind is Kind.ADDED and place in gone:
            yield replace(each, kind=Kind.REWORDED, before=gone[place].before)
        elif each.kind is not Kind.REMOVED or place not in came:
            yield each


def _told(change: Change, charter: Charter) -> Change:
    """Return a change without a direction, unless it is in a language whose words of duty are known."""
    directed = change.kind in (Kind.STRENGTHENED, Kind.WEAKENED)
    return replace(change, kind=Kind.REWORDED) if directed and not has_word_lists(change, charter) else change


def _follows(former: Unit, unit: Unit, before: str, after: str) -> bool:
    """Whether a translation that went from `before` to `after` follows its source, and reaches no further."""
    if former.words == unit.words:
        return False
    return unit_class(unit, before, after).rank <= unit_class(unit, former.words, unit.words).rank


def unit_class(unit: Unit, before: str, after: str) -> Class:
    """Return the class of a change of the words of one unit."""
    words = (before, after) if unit.markdown else (to_markdown(before), to_markdown(after))
    return number.words_class(*words, binding=unit.binding)


def unit_pairs(old: Charter, new: Charter) -> dict[str, str]:
    """Return the unit of `old` that each unit of `new` was, by its id: the items of a list and the paragraphs
    of a text are matched by their words, and principles as releases match them."""
    former = {id: each.id for id, (_, each) in number.match_principles(old, new).items()}
    before, after = _groups(old), _groups(new)
    pairs: dict[str, str] = {}
    for group, members in after.items():
        part, dot, name = group.partition(".")
        others = before.get(f"{former.get(part, part)}{dot}{name}", [])
        for i, j in number.match_items([_words(each) for each in others], [_words(each) for each in members]):
            pairs |= {
                unit.id: others[i][field].id for field, unit in members[j].items() if field in others[i]
            }
    return pairs


def _groups(charter: Charter) -> dict[str, list[dict[str, Unit]]]:
    """Return the items of each text and list of `charter` by what their ids begin with; each is the units it
    is made of, by the name of their field ('' where it is one alone)."""
    items: dict[str, dict[str, dict[str, Unit]]] = {}
    for unit in units(charter).values():
        match = _PLACE.fullmatch(unit.id)
        group, place, field = match.groups() if match else (unit.id, "", None)
        items.setdefault(group, {}).setdefault(place, {})[field or ""] = unit
    return {group: list(places.values()) for group, places in items.items()}


def _words(item: Mapping[str, Unit]) -> str:
    return " ".join(each.words for each in item.values())


def correction_changes(
    release: Release, before: FrozenTranslation, after: FrozenTranslation
) -> tuple[Change, ...]:
    """Return what one revision of a translation of `release` changed in another."""
    charter = release.charter
    return language_changes(charter, charter, dict(before.texts), dict(after.texts), after.language)


def correction_class(release: Release, before: FrozenTranslation, after: FrozenTranslation) -> Class:
    """Return the class of what one revision of a translation changed in another."""
    return number.computed_class(correction_changes(release, before, after))
