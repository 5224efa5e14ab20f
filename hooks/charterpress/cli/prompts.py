"""Questions, and what the command line says of them → answers that can be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from charterpress.editing.new import answer_fault
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.escape import escape_controls

Answers = dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One thing that a command has to know. `flag` is what says it on the command line; `asks` the question
    for a person; `choices` the answers there are, each with its title or ''; `default` what an empty answer
    means. `wrong` says what is wrong with an answer, beside those that are there already, or ''."""

    key: str
    flag: str
    asks: str
    example: str
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    wrong: Callable[[Answers, str], str] = lambda _answers, _value: ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Terminal:
    """A person at a terminal: `read` shows a few words and gives the line that is typed."""

    read: Callable[[str], str]
    out: TextIO


def ask_questions(
    questions: Sequence[Question], given: Mapping[str, str | None], terminal: Terminal | None
) -> Answers:
    """The answers to `questions`: those `given`, and what the person at the `terminal` says to the others.
    Without a terminal the default stands for what is not given. Raises UsageError that names every flag that
    is missing or wrong."""
    said: Answers = {}
    wrong: list[str] = []
    for question in questions:
        value = given.get(question.key)
        if value is not None:
            value = _collapse_spaces(value)
            if problem := answer_fault(value) or question.wrong(said, value):
                wrong.append(f"{question.flag}: {problem}")
            said[question.key] = value
        elif terminal and not wrong:
            said[question.key] = _ask(question, said, terminal)
        elif question.default or question.optional:
            said[question.key] = question.default
        else:
            wrong.append(f"{question.flag} is missing: {_hint(question)}")
    if wrong:
        raise UsageError("nothing was written:", details=tuple(wrong))
    return said


def _collapse_spaces(value: str) -> str:
    return " ".join(filter(None, value.split(" ")))


def _hint(question: Question) -> str:
    if question.choices:
        return "one of " + ", ".join(f"“{name}”" for name, _ in question.choices)
    return f"for example {question.example}"


def _ask(question: Question, said: Answers, terminal: Terminal) -> str:
    """What the person answers, asked again until it can be taken. Raises CharterError where they stop."""
    terminal.out.write(_prompt_lines(question))
    while True:
        try:
            value = _collapse_spaces(terminal.read(f"{question.flag.lstrip('-')}{_default_hint(question)}: "))
        except (EOFError, KeyboardInterrupt) as stop:
            raise CharterError("stopped; nothing was written") from stop
        except UnicodeDecodeError:
            terminal.out.write("  That cannot be read as letters. Type it again.\n")
            continue
        value = _resolve_choice(question, value)
        if not value and (question.default or question.optional):
            return question.default
        if not value:
            terminal.out.write("  An answer is needed here.\n")
            continue
        problem = answer_fault(value) or question.wrong(said, value)
        if not problem:
            return value
        terminal.out.write(f"  {escape_controls(problem)}\n")


def _prompt_lines(question: Question) -> str:
    lines = ["", question.asks]
    lines += [
        escape_controls(f"  {place}  {name}{f'  ({title})' if title else ''}")
        for place, (name, title) in enumerate(question.choices, start=1)
    ]
    if question.optional and not question.default:
        lines.append("  Press Enter to leave it out.")
    lines.append(f"  For example: {question.example}")
    return "\n".join(lines) + "\n"


def _default_hint(question: Question) -> str:
    return f" [{escape_controls(question.default)}]" if question.default else ""


def _resolve_choice(question: Question, value: str) -> str:
    """The choice that a number means, where there are choices to count."""
    if value.isascii() and value.isdigit() and 0 < int(value[:6]) <= len(question.choices):
        return question.choices[int(value) - 1][0]
    return value
