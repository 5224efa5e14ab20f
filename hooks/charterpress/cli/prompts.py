"""Questions and options of the command line → valid answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TextIO

from charterpress.editing.new.drafts import answer_fault
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.escape import escape_controls
from charterpress.text.interface import gettext as _

Answers = dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A value that a command needs. `flag` is its option; `asks` the prompt; `choices` the possible answers,
    each with its title or ''; `default` the meaning of an empty answer, or what
    `default_from` makes of the earlier ones. `wrong` returns the error message for an answer, given those, or
    ''."""

    key: str
    flag: str
    asks: str
    example: str
    default: str = ""
    default_from: Callable[[Answers], str] | None = None
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    wrong: Callable[[Answers, str], str] = lambda _answers, _value: ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Terminal:
    """A person at a terminal: `read` shows a prompt and returns the line typed."""

    read: Callable[[str], str]
    out: TextIO


def ask_questions(
    questions: Sequence[Question], given: Mapping[str, str | None], terminal: Terminal | None
) -> Answers:
    """The answers to `questions`: those `given`, and the person's at the `terminal` for the others. Without a
    terminal, defaults apply. Raises UsageError that names every option that is missing or wrong."""
    answers: Answers = {}
    wrong: list[str] = []
    for each in questions:
        question = replace(each, default=each.default_from(answers)) if each.default_from else each
        value = given.get(question.key)
        if value is not None:
            value = _collapse_spaces(value)
            if problem := answer_fault(value) or question.wrong(answers, value):
                wrong.append(f"{question.flag}: {problem}")
            answers[question.key] = value
        elif terminal and not wrong:
            answers[question.key] = _ask(question, answers, terminal)
        elif question.default or question.optional:
            answers[question.key] = question.default
        else:
            choices = ", ".join(f"“{name}”" for name, _ in question.choices)
            hint = (
                _("one of {choices}").format(choices=choices)
                if choices
                else _("for example {example}").format(example=question.example)
            )
            wrong.append(_("{flag} is missing: {hint}").format(flag=question.flag, hint=hint))
    if wrong:
        raise UsageError(_("nothing was written:"), details=tuple(wrong))
    return answers


def _collapse_spaces(value: str) -> str:
    return " ".join(filter(None, value.split(" ")))


def _ask(question: Question, answers: Answers, terminal: Terminal) -> str:
    """The person's answer, asked again until it is valid. Raises CharterError if they stop."""
    terminal.out.write(_prompt_lines(question))
    default = f" [{escape_controls(question.default)}]" if question.default else ""
    while True:
        try:
            value = _collapse_spaces(terminal.read(f"{question.flag.lstrip('-')}{default}: "))
        except (EOFError, KeyboardInterrupt) as stop:
            raise CharterError(_("stopped; nothing was written")) from stop
        except UnicodeDecodeError:
            terminal.out.write(_("  That cannot be read as letters. Type it again.\n"))
            continue
        value = _resolve_choice(question, value)
        if not value and (question.default or question.optional):
            return question.default
        if not value:
            terminal.out.write(_("  An answer is needed here.\n"))
            continue
        problem = answer_fault(value) or question.wrong(answers, value)
        if not problem:
            return value
        terminal.out.write(f"  {escape_controls(problem)}\n")


def _prompt_lines(question: Question) -> str:
    lines = ["", question.asks]
    for place, (name, title) in enumerate(question.choices, start=1):
        lines.append(escape_controls(f"  {place}  {name}{f'  ({title})' if title else ''}"))
    if question.optional and not question.default:
        lines.append(_("  Press Enter to leave it out."))
    lines.append(_("  For example: {example}").format(example=question.example))
    return "\n".join(lines) + "\n"


def _resolve_choice(question: Question, value: str) -> str:
    """The choice that a number selects, if there are numbered choices."""
    if value.isascii() and value.isdigit() and 0 < int(value[:6]) <= len(question.choices):
        return question.choices[int(value) - 1][0]
    return value
