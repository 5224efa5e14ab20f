"""`charter new principle`: a principle in its theme, with its text still to be written."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import command, command_line, option
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
from charterpress.text.interface import N_, ngettext
from charterpress.text.interface import gettext as _
from charterpress.versions import number


@command(
    N_("begin a principle, and add it to its theme"),
    'charter new principle sharing "Say what happened" --after keep-the-key',
    option(
        "theme", metavar="THEME", nargs="?", names_of="themes", help=N_("the theme: its id, title or number")
    ),
    option("title", metavar="TITLE", nargs="?", help=N_("what the principle is called")),
    option("--id", help=N_("what its file is called, for ever (default: the words of the title)")),
    option(
        "--after",
        metavar="ID",
        names_of="principles",
        help=N_("put it behind this principle (default: at the end)"),
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
    message = _("It is principle {number}, in the theme “{theme}”.")
    out.write(escape_lines(message.format(number=numbers[id], theme=theme.title)) + "\n")
    path, left = f"{edition.root}/{next(iter(draft.writes))}", draft.to_fill_in
    steps = [
        ngettext(
            "Open {path} and put your words in the place of {count} sentence that say what belongs there.",
            "Open {path} and put your words in the place of {count} sentences that say what belongs there.",
            left,
        ).format(path=path, count=left),
        _("{command}  names those that are left.").format(command=command_line(options, "check")),
    ]
    if edition.current:
        command = command_line(options, "new change")
        steps.append(_("{command}  begins the note that says why.").format(command=command))
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
            asks=_("Which theme does the principle belong to?"),
            example=themes[0].id if themes else _("the name of a folder in themes/"),
            choices=tuple((theme.id, theme.title) for theme in themes),
            wrong=lambda _ignored, value: refusal_message(principle.find_theme, edition, value),
        ),
        Question(
            key="title",
            flag="TITLE",
            asks=_("What is the principle called? Say one thing, as you would say it aloud."),
            example=_("Say what happened"),
            wrong=title,
        ),
    ]


def _place(edition: Edition, theme: Theme) -> Question:
    """The principle that the new one follows."""
    last = theme.principles[-1].id if theme.principles else ""
    return Question(
        key="after",
        flag="--after",
        asks=_("Which principle of the theme does it follow?"),
        example=last,
        choices=tuple((each.id, each.title) for each in theme.principles),
        default=last,
        optional=True,
        wrong=lambda _ignored, value: refusal_message(principle.find_principle, edition, theme, value),
    )
