"""Charter × Charter → every change between them, decided field by field and commitment by commitment.

The classes are those of the design, section 4. What binds is the preamble, every title, the binding sections,
and which principles and themes there are; all other text is guidance; punctuation, case and spacing in text
that does not bind are editorial. Doubt raises a class and never lowers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from charterpress.model import (
    Behaviour,
    Change,
    ChangeNote,
    Charter,
    Class,
    Kind,
    Principle,
    Section,
    SectionShape,
    Theme,
)
from charterpress.text import markdown
from charterpress.text.escape import to_markdown
from charterpress.versions.number import wording
from charterpress.versions.number.citation import item_letter
from charterpress.versions.number.matching import matched

NUMBERED = ("plain", "behaviours", "interview", "questions", "sources", "repair", "signatory_kinds")
"""The lists of front matter."""
PREAMBLE, CHARTER = "preamble", "charter"
"""The subjects of changes that are about no principle and no theme."""


def changes(old: Charter, new: Charter, notes: Iterable[ChangeNote] = ()) -> tuple[Change, ...]:
    """Return what changed from `old` to `new`, in the order of `new`; what went ends its theme.

    Principles are matched by id and by `formerly`, never by title or number. `notes` say what was retired,
    split or merged on purpose.
    """
    retires = [pair for note in notes for pair in note.retires]
    return tuple(_charter(old, new)) + tuple(_themes(old, new, retires))


# --- The whole ---------------------------------------------------------------------------------------


def _charter(old: Charter, new: Charter) -> Iterator[Change]:
    yield from _plain(CHARTER, "title", old.title, new.title, binding=True)
    yield from _plain(CHARTER, "summary", old.summary, new.summary)
    yield from _plain(CHARTER, "licence", old.licence, new.licence, binding=True)
    yield from _text(PREAMBLE, "text", old.preamble, new.preamble, binding=True)
    if old.sections != new.sections:
        before, after = (", ".join(map(_shape, charter.sections)) for charter in (old, new))
        yield _change(CHARTER, "sections", Kind.REWORDED, Class.COMMITMENT, before, after)
    yield from _plain_items(CHARTER, "questions", old.questions, new.questions)
    yield from _plain_items(CHARTER, "repair", *_titles(old, new))
    yield from _plain_items(CHARTER, "signatory_kinds", old.signatory_kinds, new.signatory_kinds)
    yield from _order(CHARTER, [theme.id for theme in old.themes], [theme.id for theme in new.themes])


def _titles(old: Charter, new: Charter) -> Iterator[tuple[str, ...]]:
    """Yield the principles that each charter turns to for repair, by their titles in the newer one."""
    titles = {each.id: each.title for charter in (old, new) for _, each in charter.principles()}
    for charter in (old, new):
        yield tuple(titles.get(id, id) for id in charter.repair)


def _shape(shape: SectionShape) -> str:
    """Return a section's heading and whether it binds, in words."""
    binds = "binds" if shape.binding else "does not bind"
    return to_markdown(f"{shape.heading} ({binds}{', a list' if shape.list else ''})")


def _themes(old: Charter, new: Charter, retires: Sequence[tuple[str, str]]) -> Iterator[Change]:
    themes = {theme.id: theme for theme in old.themes}
    homes = matched(old, new)
    living = {principle.id for _, principle in homes.values()}
    titles = {principle.id: principle.title for _, principle in new.principles()}
    for theme in new.themes:
        before = themes.get(theme.id)
        if before is None:
            yield _change(theme.id, "", Kind.ADDED, Class.COMMITMENT, "", theme.title)
        else:
            yield from _theme(before, theme)
        for principle in theme.principles:
            if principle.id not in homes:
                yield _change(principle.id, "", Kind.ADDED, Class.COMMITMENT, "", principle.title)
                continue
            home, former = homes[principle.id]
            if home.id != theme.id:
                yield _change(principle.id, "theme", Kind.MOVED, Class.COMMITMENT, home.title, theme.title)
            yield from _principle(former, principle, _binding(old, new))
        if before:
            yield from _gone(before, living, retires, titles)
    stayed = {theme.id for theme in new.themes}
    for theme in old.themes:
        if theme.id not in stayed:
            yield from _gone(theme, living, retires, titles)
            yield _change(theme.id, "", Kind.REMOVED, Class.COMMITMENT, theme.title, "")


def _theme(old: Theme, new: Theme) -> Iterator[Change]:
    yield from _plain(new.id, "title", old.title, new.title, binding=True)
    yield from _plain(new.id, "summary", old.summary, new.summary)
    yield from _text(new.id, "text", old.text, new.text)
    yield from _order(new.id, [each.id for each in old.principles], [each.id for each in new.principles])


def _gone(
    theme: Theme, living: set[str], retires: Sequence[tuple[str, str]], titles: Mapping[str, str]
) -> Iterator[Change]:
    """Yield the principles of `theme` that the newer text no longer has; `titles` are those that it has."""
    for principle in theme.principles:
        if principle.id in living:
            continue
        heirs = list(dict.fromkeys(heir for name, heir in retires if name == principle.id))
        if not heirs:
            kind = Kind.REMOVED
        elif len(heirs) > 1:
            kind = Kind.SPLIT
        elif heirs[0] and len({name for name, heir in retires if heir == heirs[0]}) > 1:
            kind = Kind.MERGED
        else:
            kind = Kind.RETIRED
        because = _succession(kind, [titles.get(heir, heir) for heir in heirs if heir])
        yield _change(principle.id, "", kind, Class.COMMITMENT, principle.title, "", because)


def _succession(kind: Kind, heirs: Sequence[str]) -> str:
    """Return what took the place of a principle, in words; `heirs` are titles."""
    named = " and ".join(f"“{heir}”" for heir in heirs)
    if kind in (Kind.SPLIT, Kind.MERGED):
        return f"{kind} into {named}"
    if kind is Kind.RETIRED:
        return f"retired, and {named} takes its place" if heirs else "retired, and nothing takes its place"
    return ""


# --- One principle -----------------------------------------------------------------------------------


def _binding(old: Charter, new: Charter) -> frozenset[str]:
    return frozenset(shape.id for charter in (old, new) for shape in charter.sections if shape.binding)


@lru_cache(maxsize=4096)  # each version is compared with the current one: most texts stay as they were
def _principle(old: Principle, new: Principle, binding: frozenset[str]) -> tuple[Change, ...]:
    return tuple(_wording(old, new, binding))


def _wording(old: Principle, new: Principle, binding: frozenset[str]) -> Iterator[Change]:
    if old.id != new.id:
        yield _change(new.id, "id", Kind.RENAMED, Class.GUIDANCE, old.id, new.id)
    yield from _plain(new.id, "title", old.title, new.title, binding=True)
    yield from _plain(new.id, "summary", old.summary, new.summary)
    written = {section.id: section for section in old.sections}
    rewritten = {section.id: section for section in new.sections}
    for name in dict.fromkeys([*rewritten, *written]):
        a, b = written.get(name), rewritten.get(name)
        if a == b:
            continue
        items = (a.items if a else (), b.items if b else ())
        if any(items):
            yield from _items(new.id, name, *items, binding=name in binding)
            yield from _text(new.id, name, _beside(a), _beside(b), binding=name in binding)
        else:
            yield from _text(new.id, name, a.text if a else "", b.text if b else "", binding=name in binding)
    yield from _plain_items(new.id, "plain", old.plain, new.plain)
    yield from _plain_items(
        new.id, "behaviours", behaviour_sentences(old.behaviours), behaviour_sentences(new.behaviours)
    )
    yield from _plain_items(
        new.id, "interview", interview_questions(old.behaviours), interview_questions(new.behaviours)
    )
    yield from _plain_items(new.id, "questions", old.questions, new.questions)
    yield from _plain_items(new.id, "sources", old.sources, new.sources)


@lru_cache(maxsize=4096)
def _beside(section: Section | None) -> str:
    """Return the text of a section outside its list of items."""
    blocks = markdown.parse_blocks(section.text) if section else ()
    kept = (block.text for block in blocks if not (section and section.items and block.kind == "bullet_list"))
    return "\n\n".join(kept)


def behaviour_sentences(behaviours: Iterable[Behaviour]) -> tuple[str, ...]:
    """Return each behaviour with its measure and its support as one line of plain words."""
    return tuple(
        f"{each.behaviour}. How it is seen: {each.measure}. What helps: {each.support}."
        for each in behaviours
    )


def interview_questions(behaviours: Iterable[Behaviour]) -> tuple[str, ...]:
    """Return the questions to ask at an interview about those behaviours that have one."""
    return tuple(each.interview for each in behaviours if each.interview)


# --- One piece ---------------------------------------------------------------------------------------


def _change(subject: str, field: str, kind: Kind, class_: Class, *words: str, part: str = "") -> Change:
    """Return a change; `words` are those before and after, and then those that decided the class."""
    before, after, because = (*words, "", "", "")[:3]
    return Change(
        subject=subject,
        field=field,
        kind=kind,
        class_=class_,
        before=before,
        after=after,
        because=because,
        part=part,
    )


def _text(
    subject: str, field: str, before: str, after: str, *, binding: bool = False, part: str = ""
) -> Iterator[Change]:
    if wording.same(before, after):
        if not wording.same_layout(before, after):
            yield _change(subject, field, Kind.LAYOUT, Class.NONE, before, after, part=part)
        return
    kind, because = wording.kind(before, after)
    if not binding and kind in (Kind.STRENGTHENED, Kind.WEAKENED):
        kind = Kind.REWORDED  # where nothing binds, “usually” is a word like any other
    class_ = Class.EDITORIAL if kind is Kind.PUNCTUATION else Class.GUIDANCE
    class_ = Class.COMMITMENT if binding else class_
    yield _change(subject, field, kind, class_, before, after, because, part=part)


def _plain(subject: str, field: str, before: str, after: str, *, binding: bool = False) -> Iterator[Change]:
    """Yield the same for words that are no Markdown."""
    if before == after:
        return
    yield from _text(subject, field, to_markdown(before), to_markdown(after), binding=binding)


def _items(
    subject: str, field: str, old: Sequence[str], new: Sequence[str], *, binding: bool = False
) -> Iterator[Change]:
    """Yield a change for every item that is new, gone or reworded, and one for another order of the rest."""
    pairs = wording.paired(old, new)
    partners = {j: i for i, j in pairs}
    for place, after in enumerate(new):
        before = old[partners[place]] if place in partners else ""
        yield from _text(subject, field, before, after, binding=binding, part=_part(field, place))
    stayed = {i for i, _ in pairs}
    for place, before in enumerate(old):
        if place not in stayed:
            yield from _text(subject, field, before, "", binding=binding, part=_part(field, place))
    if [i for i, _ in sorted(pairs, key=lambda pair: pair[1])] != sorted(i for i, _ in pairs):
        class_ = Class.COMMITMENT if binding else Class.GUIDANCE
        yield _change(subject, field, Kind.REORDERED, class_, "\n".join(_list(old)), "\n".join(_list(new)))


def _plain_items(subject: str, field: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Yield the same for words that are no Markdown; a whole list that came or went is one change."""
    if old == new:
        return
    before, after = (tuple(map(to_markdown, items)) for items in (old, new))
    if before and after:
        yield from _items(subject, field, before, after)
        return
    kind = Kind.ADDED if after else Kind.REMOVED
    yield _change(subject, field, kind, Class.GUIDANCE, "\n".join(_list(before)), "\n".join(_list(after)))


def _part(field: str, place: int) -> str:
    """Return what an item is cited by: the items of a section have letters, those of front matter numbers."""
    return str(place + 1) if field in NUMBERED else item_letter(place)


def _list(items: Sequence[str]) -> Iterator[str]:
    return (f"- {item}" for item in items)


def _order(subject: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Yield a change if what both have is in another order."""
    both = {*old} & {*new}
    before, after = ([each for each in ids if each in both] for ids in (old, new))
    if before != after:
        yield _change(subject, "order", Kind.REORDERED, Class.GUIDANCE, ", ".join(before), ", ".join(after))
