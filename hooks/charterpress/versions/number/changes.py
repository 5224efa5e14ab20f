"""Charter × Charter → every change between them, decided field by field and commitment by commitment.

The classes are those of the design, section 4. What binds is the preamble, every title, the binding sections,
and which principles and themes there are; all other text is guidance; punctuation, case and spacing in text
that does not bind are editorial. Doubt raises a class and never lowers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from charterpress.model import (
    BEHAVIOUR_LISTS,
    TEXT_LISTS,
    Behaviour,
    Change,
    ChangeNote,
    Charter,
    Class,
    Kind,
    LanguageStanding,
    Principle,
    Section,
    Theme,
)
from charterpress.text import markdown
from charterpress.text.escape import to_markdown
from charterpress.text.interface import language
from charterpress.versions.number import lineage, wording
from charterpress.versions.number.citation import item_letter
from charterpress.versions.number.followed import follow_links
from charterpress.versions.number.language import has_word_lists
from charterpress.versions.number.part_words import ENGLISH, PartWords

NUMBERED = (*TEXT_LISTS, *BEHAVIOUR_LISTS, "repair", "signatory_kinds")
"""The lists of front matter."""
BINDING_FIELDS = ("title", "licence")
"""The fields of plain words that bind."""
PREAMBLE, CHARTER = "preamble", "charter"
"""The subjects of changes that are about no principle and no theme."""


def changes(
    old: Charter, new: Charter, notes: Iterable[ChangeNote] = (), words: PartWords = ENGLISH
) -> tuple[Change, ...]:
    """Return what changed from `old` to `new`, in the order of `new`; what went ends its theme.

    Principles are matched by id and by `formerly`, never by title or number. `notes` say what was retired,
    split or merged on purpose, and which part of a living principle went to another. A link that follows what
    it leads to, to another name or theme, is the same. `words` stand around those of parts that are compared
    as one line; no class depends on them.
    """
    notes = tuple(notes)
    old = follow_links(old, new, match_principles(old, new))
    found = tuple(_charter(old, new, words)) + tuple(_themes(old, new, notes, words))
    return lineage.with_gifts(map(partial(_without_guess, charter=new), found), old, new, notes)


def _without_guess(change: Change, charter: Charter) -> Change:
    """Return a change without a direction where it is in a language whose words of duty are not known."""
    directed = change.kind in (Kind.STRENGTHENED, Kind.WEAKENED)
    return replace(change, kind=Kind.REWORDED) if directed and not has_word_lists(change, charter) else change


def words_class(before: str, after: str, *, binding: bool = False) -> Class:
    """Return the class of a change of one text, as Markdown, from `before` to `after`; `binding` says whether
    it is part of what is signed."""
    found = _text("", "", before, after, binding=binding)
    return max((each.class_ for each in found), key=lambda each: each.rank, default=Class.NONE)


def match_principles(old: Charter, new: Charter) -> dict[str, tuple[Theme, Principle]]:
    """Return the old theme and text of every principle of `new` that was in `old`, by its new id.

    The id decides, and for a principle that has another now, the ids it names under `formerly`; title, number
    and place never do. Where it names several that were there, the first of them in the old order is the one;
    where several principles name one, the first of those in the new order is: each old text goes on once.
    """
    before = {principle.id: (theme, principle) for theme, principle in old.principles()}
    result = {each.id: before[each.id] for _, each in new.principles() if each.id in before}
    taken = set(result)
    for _, principle in new.principles():
        if principle.id not in result:
            former = next((id for id in before if id in principle.formerly and id not in taken), None)
            if former is not None:
                result[principle.id] = before[former]
                taken.add(former)
    return result


def _charter(old: Charter, new: Charter, words: PartWords) -> Iterator[Change]:
    yield from _plain_fields(CHARTER, old, new, "title", "summary", "licence")
    yield from _text(PREAMBLE, "text", old.preamble, new.preamble, binding=True)
    if old.sections != new.sections:
        before, after = (
            ", ".join(to_markdown(words.of_shape(shape)) for shape in charter.sections)
            for charter in (old, new)
        )
        yield _change(CHARTER, "sections", Kind.REWORDED, Class.COMMITMENT, before=before, after=after)
    yield from _languages(old, new)
    yield from _reporting(old, new, words)
    yield from _plain_items(CHARTER, "questions", old.questions, new.questions)
    titles = {each.id: each.title for charter in (old, new) for _, each in charter.principles()}
    repair = ([titles.get(id, id) for id in charter.repair] for charter in (old, new))
    yield from _plain_items(CHARTER, "repair", *repair)
    yield from _plain_items(CHARTER, "signatory_kinds", old.signatory_kinds, new.signatory_kinds)
    yield from _order(CHARTER, old.themes, new.themes)


def _languages(old: Charter, new: Charter) -> Iterator[Change]:
    """Yield a change for each further language that came, went, or counts for something else now. Which texts
    bind is part of what is signed; a courtesy translation is not."""
    before, after = dict(old.languages), dict(new.languages)
    for tag in dict.fromkeys([*after, *before]):
        was, now = before.get(tag, ""), after.get(tag, "")
        if was != now:
            kind = Kind.REWORDED if was and now else Kind.ADDED if now else Kind.REMOVED
            class_ = Class.COMMITMENT if LanguageStanding.BINDING in (was, now) else Class.GUIDANCE
            words = {
                side: f"{tag} ({standing})"
                for side, standing in (("before", was), ("after", now))
                if standing
            }
            yield _change(CHARTER, "languages", kind, class_, **words)


def _reporting(old: Charter, new: Charter, words: PartWords) -> Iterator[Change]:
    """Yield a change if those who sign are asked to report otherwise than before, or no longer: it is part of
    what is signed."""
    was, now = old.reporting, new.reporting
    if was != now:
        kind = Kind.REWORDED if was and now else Kind.ADDED if now else Kind.REMOVED
        before, after = (words.of_reporting(each) if each else "" for each in (was, now))
        yield _change(CHARTER, "reporting", kind, Class.COMMITMENT, before=before, after=after)


def _themes(old: Charter, new: Charter, notes: Sequence[ChangeNote], words: PartWords) -> Iterator[Change]:
    themes = {theme.id: theme for theme in old.themes}
    homes = match_principles(old, new)
    living = {principle.id for _, principle in homes.values()}
    gone = partial(lineage.removed_principles, living=living, old=old, new=new, notes=notes)
    binding = frozenset(shape.id for shape in (*old.sections, *new.sections) if shape.binding)
    for theme in new.themes:
        before = themes.get(theme.id)
        if before is None:
            yield _change(theme.id, "", Kind.ADDED, Class.COMMITMENT, after=theme.title)
        else:
            yield from _plain_fields(theme.id, before, theme, "title", "summary")
            yield from _text(theme.id, "text", before.text, theme.text)
            yield from _order(theme.id, before.principles, theme.principles)
        for principle in theme.principles:
            if principle.id not in homes:
                yield _change(principle.id, "", Kind.ADDED, Class.COMMITMENT, after=principle.title)
                continue
            home, former = homes[principle.id]
            if home.id != theme.id:
                yield _change(
                    principle.id, "theme", Kind.MOVED, Class.COMMITMENT, before=home.title, after=theme.title
                )
            yield from _principle(former, principle, binding, words, language())
        if before:
            yield from gone(before)
    stayed = {theme.id for theme in new.themes}
    for theme in old.themes:
        if theme.id not in stayed:
            yield from gone(theme)
            yield _change(theme.id, "", Kind.REMOVED, Class.COMMITMENT, before=theme.title)


@lru_cache(maxsize=4096)  # each version is compared with the current one: most texts stay as they were
def _principle(
    old: Principle,
    new: Principle,
    binding: frozenset[str],
    words: PartWords,
    language: str,  # noqa: ARG001 - what decided a class is told in it, so it is part of the key
) -> tuple[Change, ...]:
    changes = [*_plain_fields(new.id, old, new, "title", "summary"), *_sections(old, new, binding)]
    if old.id != new.id:
        changes.insert(0, _change(new.id, "id", Kind.RENAMED, Class.GUIDANCE, before=old.id, after=new.id))
    lists = front_matter_lists(old, words)
    for field, items in front_matter_lists(new, words).items():
        changes += _plain_items(new.id, field, lists[field], items)
    return tuple(changes)


def _sections(old: Principle, new: Principle, binding: frozenset[str]) -> Iterator[Change]:
    olds = {section.id: section for section in old.sections}
    news = {section.id: section for section in new.sections}
    for id in dict.fromkeys([*news, *olds]):
        before, after = olds.get(id, Section(id=id, text="")), news.get(id, Section(id=id, text=""))
        if before.items or after.items:
            yield from _items(new.id, id, before.items, after.items, binding=id in binding)
            yield from _text(new.id, id, _beside(before), _beside(after), binding=id in binding)
        else:
            yield from _text(new.id, id, before.text, after.text, binding=id in binding)


def front_matter_lists(principle: Principle, words: PartWords = ENGLISH) -> dict[str, tuple[str, ...]]:
    """Return the lists of a principle's front matter, in the order in which pages show them and changes are
    told. `words` stand around those of a behaviour, which is one line."""
    first, *rest = TEXT_LISTS
    return {
        first: getattr(principle, first),
        "behaviours": tuple(map(words.of_behaviour, principle.behaviours)),
        "interview": _interview_questions(principle.behaviours),
        **{name: getattr(principle, name) for name in rest},
    }


@lru_cache(maxsize=4096)
def _beside(section: Section) -> str:
    """Return the text of a section outside its list of items."""
    blocks = markdown.parse_blocks(section.text)
    return "\n\n".join(block.text for block in blocks if not (section.items and block.kind == "bullet_list"))


def _interview_questions(behaviours: Iterable[Behaviour]) -> tuple[str, ...]:
    """Return the questions to ask at an interview about those behaviours that have one."""
    return tuple(each.interview for each in behaviours if each.interview)


def _change(
    subject: str,
    field: str,
    kind: Kind,
    class_: Class,
    *,
    before: str = "",
    after: str = "",
    because: str = "",
    part: str = "",
) -> Change:
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
    if wording.same_content(before, after):
        if not wording.same_layout(before, after):
            yield _change(subject, field, Kind.LAYOUT, Class.NONE, before=before, after=after, part=part)
        return
    kind, because = wording.classify(before, after)
    if not binding and kind in (Kind.STRENGTHENED, Kind.WEAKENED):
        kind = Kind.REWORDED  # where nothing binds, “usually” is a word like any other
    class_ = Class.EDITORIAL if kind is Kind.PUNCTUATION else Class.GUIDANCE
    class_ = Class.COMMITMENT if binding else class_
    yield _change(subject, field, kind, class_, before=before, after=after, because=because, part=part)


def _plain_fields(subject: str, old: object, new: object, *fields: str) -> Iterator[Change]:
    """Yield the changes of fields of words that are no Markdown."""
    for field in fields:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            binding = field in BINDING_FIELDS
            yield from _text(subject, field, to_markdown(before), to_markdown(after), binding=binding)


def _items(
    subject: str, field: str, old: Sequence[str], new: Sequence[str], *, binding: bool = False
) -> Iterator[Change]:
    """Yield a change for every item that was added, removed or reworded, and one if those that stayed are in
    another order: “put in another order” is said only where nothing else changed."""
    pairs = wording.match_items(old, new)
    sources, kept = {j: i for i, j in pairs}, {i for i, _ in pairs}
    rows = [(old[sources[j]] if j in sources else "", after, j) for j, after in enumerate(new)]
    rows += [(before, "", i) for i, before in enumerate(old) if i not in kept]
    for before, after, place in rows:
        part = str(place + 1) if field in NUMBERED else item_letter(place)
        yield from _text(subject, field, before, after, binding=binding, part=part)
    order = [sources[j] for j in sorted(sources)]
    if order != sorted(order):
        class_ = Class.COMMITMENT if binding else Class.GUIDANCE
        same = sorted(map(wording.content, old)) == sorted(map(wording.content, new))
        kind = Kind.REORDERED if same else Kind.REWORDED
        yield _change(
            subject, field, kind, class_, before=markdown.bullet_list(old), after=markdown.bullet_list(new)
        )


def _plain_items(subject: str, field: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Yield the same for words that are no Markdown; a whole list that came or went is one change."""
    if old == new:
        return
    before, after = ([to_markdown(item) for item in items] for items in (old, new))
    if before and after:
        yield from _items(subject, field, before, after)
        return
    kind = Kind.ADDED if after else Kind.REMOVED
    yield _change(
        subject,
        field,
        kind,
        Class.GUIDANCE,
        before=markdown.bullet_list(before),
        after=markdown.bullet_list(after),
    )


def _order(
    subject: str, old: Sequence[Theme | Principle], new: Sequence[Theme | Principle]
) -> Iterator[Change]:
    """Yield a change if what both have is in another order: that is all that is said only where nothing came
    or went."""
    before_ids, after_ids = {each.id for each in old}, {each.id for each in new}
    both = before_ids & after_ids
    before, after = (", ".join(each.id for each in side if each.id in both) for side in (old, new))
    if before != after:
        kind = Kind.REORDERED if before_ids == after_ids else Kind.REWORDED
        yield _change(subject, "order", kind, Class.GUIDANCE, before=before, after=after)
