"""A café → what its page and its papers say: each step, the guide for the host, the file for the notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from charterpress.outputs.words import GUIDE, titled, translated_template, word_lists
from charterpress.text.interface import gettext as _
from charterpress.versions import number
from charterpress.views import cafe as minutes
from charterpress.views.cafe import Cafe

FILE = "cafe.md"
STEPS = ("welcome", "reading", "round", "break", "report", "choosing", "close")
"""The kinds of steps, in the order of the timetable in the file."""
CHANGE_COMMAND = 'charter new change ID --name from-our-cafe --why "WHY"'
"""The command that begins the note of a proposal about the principle `ID`."""
_MARKUP = re.compile(r"[\\`*_\[\]<>&#|~]")


@dataclass(frozen=True, kw_only=True, slots=True)
class StepWords:
    """One line of the timetable, in words; `question` is '' for a step that is no round."""

    name: str
    text: str
    question: str
    clock: str
    minutes: int


def cafe_questions(cafe: Cafe) -> tuple[str, ...]:
    """Return what the tables are asked: the charter's own questions, or ours if it has none."""
    return cafe.charter.questions or tuple(map(_, word_lists(FILE)["Questions"]))


def card_question() -> str:
    """Return what the card of a principle without a question asks."""
    return _(word_lists(FILE)["Question of a card"][0])


def cafe_timetable(cafe: Cafe) -> tuple[StepWords, ...]:
    """Return the timetable of `cafe` in words."""
    lists, questions = word_lists(FILE), cafe_questions(cafe)
    lines = dict(zip(STEPS, map(titled, lists["Timetable"]), strict=True))
    if len(cafe.tables) == 1:
        lines["round"] = titled(lists["Round at the only table"][0])
    values = {
        "talking": minutes.ROUND - minutes.MOVING,
        "moving": minutes.MOVING,
        "report": minutes.REPORT,
    }
    return tuple(
        StepWords(
            name=_(name).format(round=step.round),
            text=_(text).format(**values),
            question=questions[step.round - 1] if step.round else "",
            clock=step.clock,
            minutes=step.minutes,
        )
        for step in cafe.steps
        for name, text in [lines[step.id]]
    )


def cafe_guide() -> Mapping[str, tuple[str, ...]]:
    """Return what the host of a café should know, under a heading each."""
    fewest, most = minutes.SEATS
    return {
        _(heading): tuple(_(line).format(fewest=fewest, most=most) for line in word_lists(FILE)[heading])
        for heading in GUIDE
    }


def cafe_notes(cafe: Cafe) -> str:
    """Return the Markdown file in which the notes of `cafe` become proposals."""
    numbers = number.part_numbers(cafe.charter)
    principles = [
        f"- {numbers[each.id]} {_escaped(each.title)}: `{each.id}`" for _, each in cafe.charter.principles()
    ]
    template = translated_template("cafe-notes.md")
    title, listed = _escaped(cafe.charter.title), "\n".join(principles)
    return template.format(title=title, said=cafe.label, command=CHANGE_COMMAND, listed=listed)


def _escaped(words: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", " ".join(words.split()))
