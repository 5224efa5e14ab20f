"""A charter of sixteen principles with any number of releases behind it, as years of work would leave it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from builders import write_charter
from charterpress.model import Behaviour, ChangeNote, Charter, Class, Principle, Section, SectionShape, Theme
from charterpress.read import load
from charterpress.storage import atomic
from charterpress.text.markdown import bullet_list
from charterpress.versions import freeze
from commands import commit_all, git

WORDS = re.findall(
    r"\w+",
    """
    partners meet early and say what they can give before anyone plans the work that people wait for so that
    nobody is sent from desk to desk with the same story and every promise has a name a date and a place where
    it can be read again by those who were not in the room when it was made
    """,
)
START = date(2020, 1, 1)
KINDS = ("charity", "community group", "public body", "business")
LINKED = "See [the first of all](../theme-0/principle-0.md), and [more](https://example.org/more)."
"""Links to a principle and out of the site, which one principle in four has."""


def _sentence(seed: int, words: int = 18) -> str:
    """A sentence of its own for every seed, the same each time."""
    step = 1 + seed % 7
    chosen = [WORDS[(seed * 5 + place * step) % len(WORDS)] for place in range(words)]
    return f"{' '.join(chosen)} ({seed})."


def _principle(place: int) -> Principle:
    name = f"principle-{place}"
    seed = place * 100
    items = tuple(_sentence(seed + each) for each in range(5))
    text = "\n\n".join(f"{_sentence(seed + 10 + each, 55)}".capitalize() for each in range(3))
    return Principle(
        id=name,
        title=f"Principle {place} of {WORDS[place % len(WORDS)]}",
        summary=_sentence(seed + 20, 12).capitalize(),
        sections=(
            Section(id="commitments", text=bullet_list(items), items=items),
            Section(id="why", text=text),
            Section(id="practice", text=f"{LINKED}\n\n{text}" if place % 4 == 0 else text),
        ),
        behaviours=tuple(
            Behaviour(
                behaviour=_sentence(seed + 30 + each, 10),
                measure=_sentence(seed + 40 + each, 10),
                support=_sentence(seed + 50 + each, 10),
            )
            for each in range(3)
        ),
        questions=(_sentence(seed + 60), _sentence(seed + 61)),
        sources=(_sentence(seed + 70),),
    )


def charter(count: int = 16) -> Charter:
    """Four themes with so many principles between them, some 650 words each."""
    each = count // 4
    return Charter(
        title="Bench Charter",
        summary="A charter made to measure with.",
        licence="CC-BY-4.0",
        preamble="\n\n".join(_sentence(9000 + each, 60).capitalize() for each in range(4)),
        themes=tuple(
            Theme(
                id=f"theme-{theme}",
                title=f"Theme {chr(65 + theme)}",
                summary=_sentence(8000 + theme).capitalize(),
                text=_sentence(8100 + theme, 60).capitalize(),
                principles=tuple(_principle(theme * each + place) for place in range(each)),
            )
            for theme in range(4)
        ),
        sections=(
            SectionShape(id="commitments", heading="We will", binding=True, list=True),
            SectionShape(id="why", heading="Why it matters"),
            SectionShape(id="practice", heading="In practice"),
        ),
        questions=("Who notices first?",),
        signatory_kinds=KINDS,
    )


def _changed(text: Charter, step: int) -> tuple[Charter, ChangeNote]:
    """The text as release number `step` changes it, and why: mostly one to three principles are reworded, and
    now and then one moves, goes on under another id, or is replaced by a new one."""
    change = (_moved, _renamed, _replaced)[step // 8 % 3] if step % 8 == 7 else _reworded
    return change(text, step)


def _reworded(text: Charter, step: int) -> tuple[Charter, ChangeNote]:
    """Now a reason or an example, now a commitment, now a comma."""
    class_ = (Class.GUIDANCE, Class.GUIDANCE, Class.COMMITMENT, Class.EDITORIAL)[step % 4]
    ids = [principle.id for _, principle in text.principles()]
    chosen = {ids[(step * 3 + place) % len(ids)] for place in range(1 + step % 3)}

    def reword(principle: Principle) -> Principle:
        promises, why, practice = principle.sections
        if class_ is Class.COMMITMENT:
            items = (*promises.items[1:], _sentence(10_000 + step))
            promises = replace(promises, text=bullet_list(items), items=items)
        elif class_ is Class.EDITORIAL:
            practice = replace(practice, text=practice.text[:-1] + ("!" if practice.text[-1] == "." else "."))
        else:
            paragraphs = [_sentence(20_000 + step, 50).capitalize(), *why.text.split("\n\n")[:-1]]
            why = replace(why, text="\n\n".join(paragraphs))
        return replace(principle, sections=(promises, why, practice))

    reworded = _with(text, {each.id: reword(each) for _, each in text.principles() if each.id in chosen})
    return reworded, _note(step, class_, *sorted(chosen))


def _moved(text: Charter, step: int) -> tuple[Charter, ChangeNote]:
    """The last principle of the longest theme that can ends the shortest one."""
    sizes = {theme.id: len(theme.principles) for theme in text.themes}
    longest, shortest = max(sizes, key=sizes.__getitem__), min(reversed(sizes), key=sizes.__getitem__)
    principle = _last(text, next(theme for theme in text.themes if theme.id == longest))
    there = {longest: (), shortest: (principle,)}
    kept = _with(text, {principle.id: None})
    themes = (
        replace(theme, principles=(*theme.principles, *there.get(theme.id, ()))) for theme in kept.themes
    )
    return replace(text, themes=tuple(themes)), _note(step, Class.COMMITMENT, principle.id)


def _renamed(text: Charter, step: int) -> tuple[Charter, ChangeNote]:
    old = _last(text, text.themes[step % len(text.themes)])
    new = replace(
        old, id=f"principle-{100 + step}", title=f"{old.title} anew", formerly=(*old.formerly, old.id)
    )
    return _with(text, {old.id: new}), _note(step, Class.COMMITMENT, new.id)


def _replaced(text: Charter, step: int) -> tuple[Charter, ChangeNote]:
    old, new = _last(text, text.themes[step % len(text.themes)]), _principle(100 + step)
    note = replace(_note(step, Class.COMMITMENT, new.id), retires=((old.id, new.id),))
    return _with(text, {old.id: new}), note


def _last(text: Charter, theme: Theme) -> Principle:
    """The last principle of a theme to which nothing links."""
    words = "".join(section.text for _, each in text.principles() for section in each.sections)
    return next(each for each in reversed(theme.principles) if f"/{each.id}.md" not in words)


def _with(text: Charter, others: Mapping[str, Principle | None]) -> Charter:
    """The text with other principles in place of those with these ids; None leaves one out."""

    def principles(theme: Theme) -> Iterator[Principle]:
        found = (others.get(each.id, each) for each in theme.principles)
        return (each for each in found if each)

    return replace(
        text, themes=tuple(replace(theme, principles=tuple(principles(theme))) for theme in text.themes)
    )


def _note(step: int, class_: Class, *ids: str) -> ChangeNote:
    reason = f"People asked for it in round {step}."
    return ChangeNote(id=f"note-{step}", principles=ids, class_=class_, reason=reason)


def write_principles(folder: Path, counts: Collection[int]) -> dict[int, Path]:
    """Write charters with so many principles and one release below `folder`; return their folders."""
    return {count: write(folder / f"{count}-principles", [1], charter(count))[1] for count in counts}


def write(folder: Path, counts: Collection[int], text: Charter | None = None) -> dict[int, Path]:
    """Write charters with so many releases below `folder`, each in a repository; return their folders.

    They are one charter at several ages. The working text is that of the last release. Every release is a
    commit, so that a build compares it with what git recorded, as it does in earnest.
    """
    growing, found = folder / "growing", {}
    root = growing / "charter"
    root.mkdir(parents=True)
    git("init", "--quiet", "--initial-branch", "main", folder=growing)
    text, notes = text or charter(), ()
    for step in range(max(counts)):
        if step:
            text, note = _changed(text, step)
            notes = (note,)
        shutil.rmtree(root / "themes", ignore_errors=True)
        write_charter(growing, text)
        edition = replace(load(root, shown="charter"), notes=notes)
        plan = freeze.plan_release(
            edition, date=(START + timedelta(days=20 * step)).isoformat(), first=not step
        )
        atomic.write_files(root, plan.writes, (), beside=freeze.FOLDER)
        commit_all(growing)
        if step + 1 in counts:
            copied = shutil.copytree(growing, folder / f"{step + 1}-releases")
            found[step + 1] = copied / "charter"
    return found
