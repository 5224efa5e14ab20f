"""`charter new principle`: a principle in its theme, with its text still to be written."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import command, command_line, option, pluralise
from charterpress.cli.new.file_commands import (
    CHECKING,
    interactive_terminal,
    print_next_steps,
    refusal_message,
    with_lock,
    write_draft,
)
from charterpress.cli.progress import progress_message
from charterpress.cli.prompts import Answers, Question, ask_questions
from charterpress.editing.new import principle
from charterpress.editing.new.drafts import value_fault
from charterpress.model import Edition, Theme
from charterpress.text.escape import escape_lines
from charterpress.versions import number


@command(
    "begin a principle, and add it to its theme",
    'charter new principle sharing "Say what happened" --after keep-the-key',
    option("theme", metavar="THEME", nargs="?", names_of="themes", help="the theme: its id, title or number"),
    option("title", metavar="TITLE", nargs="?", help="what the principle is called"),
    option("--id", help="what its file is called, for ever (default: the words of the title)"),
    option(
        "--after",
        metavar="ID",
        names_of="principles",
        help="put it behind this principle (default: at the end)",
    ),
)
@with_lock
def principle_command(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Start a principle, and add it to its theme."""
    person = interactive_terminal(out)
    answers = ask_questions(_questions(edition, options.id), vars(options), person)
    theme, title = principle.find_theme(edition, answers["theme"]), answers["title"]
    id = principle.free_principle_id(edition, title, options.id)
    person = person if theme.principles else None
    after = ask_questions([_place(edition, theme)], vars(options), person)["after"]
    index = Path(options.source) / theme.path.removeprefix(f"{edition.root}/")
    with progress_message(CHECKING):
        draft = principle.draft_principle(
            edition,
            theme,
            title,
            id=id,
            index=index.read_bytes(),
            after=principle.find_principle(edition, theme, after) if after else "",
        )
    write_draft(options, draft, out)
    numbers = number.part_numbers(draft.edition.charter) if draft.edition.charter else {}
    out.write(escape_lines(f"It is principle {numbers[id]}, in the theme “{theme.title}”.") + "\n")
    path, left = f"{edition.root}/{next(iter(draft.writes))}", pluralise(draft.to_fill_in, "sentence")
    steps = [
        f"Open {path} and put your words in the place of {left} that say what belongs there.",
        f"{command_line(options, 'check')}  names those that are left.",
    ]
    if edition.current:
        steps.append(f"{command_line(options, 'new change')}  begins the note that says why.")
    return print_next_steps(out, steps)


def _questions(edition: Edition, id: str | None) -> list[Question]:
    themes = edition.charter.themes if edition.charter else ()

    def title(answers: Answers, value: str) -> str:
        """The error message for a title, or ''. A wrong theme is reported first."""
        if "theme" not in answers or refusal_message(principle.find_theme, edition, answers["theme"]):
            return ""
        theme = principle.find_theme(edition, answers["theme"])
        folder = theme.path.removeprefix(f"{edition.root}/").removesuffix("index.md")
        data = principle.principle_markdown(value, ())
        wrong = value_fault(edition, f"{folder}a-new-principle.md", data, "title")
        return wrong or refusal_message(principle.free_principle_id, edition, value, id)

    return [
        Question(
            key="theme",
            flag="THEME",
            asks="Which theme does the principle belong to?",
            example=themes[0].id if themes else "the name of a folder in themes/",
            choices=tuple((theme.id, theme.title) for theme in themes),
            wrong=lambda _, value: refusal_message(principle.find_theme, edition, value),
        ),
        Question(
            key="title",
            flag="TITLE",
            asks="What is the principle called? Say one thing, as you would say it aloud.",
            example="Say what happened",
            wrong=title,
        ),
    ]


def _place(edition: Edition, theme: Theme) -> Question:
    """The principle that the new one follows."""
    last = theme.principles[-1].id if theme.principles else ""
    return Question(
        key="after",
        flag="--after",
        asks="Which principle of the theme does it follow?",
        example=last,
        choices=tuple((each.id, each.title) for each in theme.principles),
        default=last,
        optional=True,
        wrong=lambda _, value: refusal_message(principle.find_principle, edition, theme, value),
    )
