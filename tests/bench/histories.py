"""A charter of sixteen principles with any number of releases behind it, as years of work would leave it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from press import freeze, publish
from press.load import load
from press.markup import bullet_list
from press.model import (
    Behaviour,
    ChangeNote,
    Charter,
    Class,
    Principle,
    Section,
    SectionShape,
    Theme,
)

WORDS = re.findall(
    r"\w+",
    """
    partners meet early and say what they can give before anyone plans the work that people wait for so that
    nobody is sent from desk to desk with the same story and every promise has a name a date and a place where
    it can be read again by those who were not in the room when it was made
    """,
)
START = date(2020, 1, 1)


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
        title=f"Principle {chr(65 + place)} of {WORDS[place]}",
        summary=_sentence(seed + 20, 12).capitalize(),
        sections=(
            Section(id="commitments", text=bullet_list(items), items=items),
            Section(id="why", text=text),
            Section(id="practice", text=text.replace("partners", "neighbours")),
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


def charter() -> Charter:
    """Four themes of four principles, some 650 words each."""
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
                principles=tuple(_principle(theme * 4 + place) for place in range(4)),
            )
            for theme in range(4)
        ),
        sections=(
            SectionShape(id="commitments", heading="We will", binding=True, list=True),
            SectionShape(id="why", heading="Why it matters"),
            SectionShape(id="practice", heading="In practice"),
        ),
        questions=("Who notices first?",),
    )


def _changed(text: Charter, step: int) -> tuple[Charter, ChangeNote]:
    """The text with one to three principles reworded, as release number `step` changes them, and why: now a
    reason or an example, now a commitment, now a comma."""
    kind = (Class.GUIDANCE, Class.GUIDANCE, Class.COMMITMENT, Class.EDITORIAL)[step % 4]
    chosen = {f"principle-{(step * 3 + place) % 16}" for place in range(1 + step % 3)}

    def reworded(principle: Principle) -> Principle:
        if principle.id not in chosen:
            return principle
        promises, why, practice = principle.sections
        if kind is Class.COMMITMENT:
            items = (*promises.items[1:], _sentence(10_000 + step))
            promises = replace(promises, text=bullet_list(items), items=items)
        elif kind is Class.EDITORIAL:
            text = practice.text.removesuffix(" Still.")[:-1]
            practice = replace(practice, text=text + ("!" if practice.text.endswith(".") else "."))
        else:
            why = replace(why, text=f"{why.text.rpartition(chr(10))[0]}\n{_sentence(20_000 + step, 50)}")
        return replace(principle, sections=(promises, why, practice))

    themes = tuple(replace(theme, principles=tuple(map(reworded, theme.principles))) for theme in text.themes)
    note = ChangeNote(
        id=f"note-{step}",
        principles=tuple(sorted(chosen)),
        class_=kind,
        reason=f"People asked for it in round {step}.",
    )
    return replace(text, themes=themes), note


def write(folder: Path, releases: int) -> Path:
    """Write a charter with so many releases into a new repository at `folder`; return the charter's folder.

    The working text is that of the last release. Everything is committed, so that a build compares each
    release with what git recorded, as it does in earnest.
    """
    root = folder / "charter"
    for path, words in _files(text := charter()):
        publish.write(root / path, words.encode())
    edition = replace(load(root, shown="charter"), today="2099-01-01")
    for step in range(releases):
        if step:
            text, note = _changed(text, step)
            for path, words in _files(text):
                publish.write(root / path, words.encode())
            edition = replace(load(root, shown="charter"), notes=(note,), today="2099-01-01")
        plan = freeze.plan(edition, date=(START + timedelta(days=20 * step)).isoformat(), first=not step)
        publish.write_all(root, plan.writes, plan.removes if not step else (), beside=freeze.FOLDER)
    for command in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-qm", "Bench"),
    ):
        subprocess.run(("git", *command), cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return root


def _files(text: Charter) -> Iterator[tuple[str, str]]:
    """The files of a charter, by their path in its folder."""
    shapes = "".join(
        f"  - {{id: {each.id}, heading: {each.heading}, binding: {str(each.binding).lower()}, "
        f"list: {str(each.list).lower()}}}\n"
        for each in text.sections
    )
    questions = "".join(f"  - {each}\n" for each in text.questions)
    yield (
        "charter.yml",
        (
            f"title: {text.title}\nsummary: {text.summary}\nlicence: {text.licence}\n"
            f"themes: [{', '.join(theme.id for theme in text.themes)}]\nsections:\n{shapes}"
            f"questions:\n{questions}"
        ),
    )
    yield "preamble.md", text.preamble + "\n"
    for theme in text.themes:
        ids = ", ".join(principle.id for principle in theme.principles)
        front = f"title: {theme.title}\nsummary: {theme.summary}\nprinciples: [{ids}]\n"
        yield f"themes/{theme.id}/index.md", f"---\n{front}---\n\n{theme.text}\n"
        for principle in theme.principles:
            yield f"themes/{theme.id}/{principle.id}.md", _file(principle, text)


def _file(principle: Principle, text: Charter) -> str:
    headings = {shape.id: shape.heading for shape in text.sections}
    behaviours = "".join(
        f"  - behaviour: {each.behaviour}\n    measure: {each.measure}\n    support: {each.support}\n"
        for each in principle.behaviours
    )
    questions = "".join(f"  - {each}\n" for each in principle.questions)
    sources = "".join(f"  - {each}\n" for each in principle.sources)
    body = "\n\n".join(f"## {headings[each.id]}\n\n{each.text}" for each in principle.sections)
    return (
        f"---\ntitle: {principle.title}\nsummary: {principle.summary}\nbehaviours:\n{behaviours}"
        f"questions:\n{questions}sources:\n{sources}---\n\n{body}\n"
    )
