"""A charter's questions → a session of twenty minutes, a log, and an hour of action learning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from charterpress.model import Page
from charterpress.outputs.html.practice.sheet import sheet
from charterpress.outputs.html.renderer import Renderer
from charterpress.outputs.words.word_lists import titled, word_lists
from charterpress.views.charter_view import CharterView


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionStep:
    """One stretch of a session: its first minute, how many it takes, its name, and what is done in it."""

    start: int
    minutes: int
    name: str
    text: str


def session(name: str) -> tuple[SessionStep, ...]:
    """Return the steps of the session `name` in words/reflect.md."""
    steps: list[SessionStep] = []
    for title, text in map(titled, word_lists("reflect.md")[name]):
        step, _, minutes = title.removesuffix(")").rpartition(" (")
        start = steps[-1].start + steps[-1].minutes if steps else 0
        steps.append(SessionStep(start=start, minutes=int(minutes), name=step, text=text))
    return tuple(steps)


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
        steps=session("Twenty minutes"),
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
        steps=session("Action learning"),
        themes=[(theme, principles) for theme, principles in asking if principles],
    )
