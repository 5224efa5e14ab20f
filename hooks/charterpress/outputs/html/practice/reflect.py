"""A charter's questions → a session of twenty minutes, a log, and an hour of action learning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from charterpress.model import Page
from charterpress.outputs.html.practice.sheet import sheet
from charterpress.outputs.html.renderer import Renderer
from charterpress.views.charter_view import CharterView


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One stretch of a session: how many minutes, what it is called, and what is done in it."""

    minutes: int
    name: str
    text: str


SESSION = (
    Step(
        minutes=2, name="Arrive", text="One reads the principle and the question aloud. Nobody answers yet."
    ),
    Step(minutes=4, name="Alone", text="Everyone is quiet and writes down one thing that really happened."),
    Step(
        minutes=8,
        name="Round the table",
        text="Each tells theirs without being interrupted. The others ask, and give no advice.",
    ),
    Step(minutes=4, name="One change", text="Agree on one thing to do otherwise: what, who, and by when."),
    Step(minutes=2, name="Write it down", text="Put it in the log, with the day when you look again."),
)
SET = (
    Step(minutes=5, name="Arrive", text="Whoever presented last says what they did, and what came of it."),
    Step(minutes=3, name="Choose", text="Two or three say what they are stuck on. The set picks one."),
    Step(minutes=7, name="Present", text="The presenter tells what happened. Nobody interrupts."),
    Step(
        minutes=25,
        name="Questions",
        text="The others ask open questions: what, how, who, when. No advice, and no stories of their own.",
    ),
    Step(
        minutes=8,
        name="Think aloud",
        text="The presenter listens while the others say what they heard and what they wonder about.",
    ),
    Step(minutes=7, name="Act", text="The presenter says what they do next, by when, and who asks about it."),
    Step(minutes=5, name="Close", text="Each says what they take away. Set the day and the next presenter."),
)
"""An hour, for those who cannot be spared for the day that such a set usually takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Timed:
    """A step with the minute in which it begins."""

    start: int
    step: Step


def timed(steps: Sequence[Step]) -> tuple[Timed, ...]:
    """Return each step with its beginning, in minutes from that of the session."""
    return tuple(
        Timed(start=sum(each.minutes for each in steps[:place]), step=step)
        for place, step in enumerate(steps)
    )


def reflection_pages(shown: CharterView, renderer: Renderer) -> Iterator[Page]:
    """Yield the session, its log and the action-learning set; nothing where no principle asks a question."""
    charter = shown.charter
    asking = [(theme, [each for each in theme.principles if each.questions]) for theme in charter.themes]
    if not any(principles for _, principles in asking):
        return
    yield sheet(
        shown,
        renderer,
        "reflect",
        title="Reflect in twenty minutes",
        description=f"One principle of the {charter.title}, one question, twenty minutes.",
        steps=timed(SESSION),
        minutes=sum(step.minutes for step in SESSION),
        themes=[(theme, principles) for theme, principles in asking if principles],
    )
    yield sheet(
        shown,
        renderer,
        "reflect/log",
        title="A reflective log",
        description="One sheet for each session: what happened, what we make of it, and what we change.",
    )
    yield sheet(
        shown,
        renderer,
        "reflect/action-learning",
        title="Action learning in an hour",
        description="Four to seven people help one of them to think, for those who cannot spare a day.",
        steps=timed(SET),
        minutes=sum(step.minutes for step in SET),
        themes=[(theme, principles) for theme, principles in asking if principles],
    )
