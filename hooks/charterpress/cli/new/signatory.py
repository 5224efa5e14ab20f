"""`charter new signatory`: the entry of an organisation that signed."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TextIO

from charterpress.checks import SIGNATORIES
from charterpress.cli.command import command, command_line, option
from charterpress.cli.new.file_commands import (
    CHECKING,
    interactive_terminal,
    print_next_steps,
    print_warnings,
    require_current_version,
    with_lock,
    write_draft,
)
from charterpress.cli.progress import progress_message
from charterpress.cli.prompts import Answers, Question, ask_questions
from charterpress.editing.new.drafts import draft_files, value_fault
from charterpress.editing.new.entry import SIGNATURE_KEYS, entry_yaml, free_entry_slug
from charterpress.editing.sign_up.fields import language_choices
from charterpress.model import Edition
from charterpress.text.folding import is_latin
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

SITE = "https://www.harbour-trust.org.uk/"
FLAGS = {
    "name_latin": N_("its name in Latin letters, where it is written in others"),
    "kind": N_("what it is: one of those that charter.yml lists"),
    "area": N_("where it works, in its own words"),
    "website": N_("the whole address of its website"),
    "version": N_("what it signed (default: the current version)"),
    "date": N_("the day on which it signed, as 2026-12-01 (default: today)"),
    "role": N_("the office that signed, never a person"),
    "link": N_("a page of its own that links to that version"),
    "language": N_("the code of the language it signed in, such as cy"),
    "registration": N_("its number in a public register, after the register's code"),
    "pledge": N_("its own words, at most 500 characters"),
}


@command(
    N_("write the entry of an organisation that signed"),
    'charter new signatory "Harbour Trust" --kind charity --area "The docks" '
    f'--website {SITE} --role "Chair of trustees"',
    option("name", metavar="NAME", nargs="?", help=N_("the name by which the public knows it")),
    *(option(f"--{key.replace('_', '-')}", metavar=key.upper(), help=about) for key, about in FLAGS.items()),
    option("--slug", help=N_("what its file is called (default: its name)")),
)
@with_lock
def signatory_command(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Write the entry of an organisation that signed."""
    current = require_current_version(edition)
    given, person = vars(options), interactive_terminal(out)
    asked = _questions(edition, current)
    answers = ask_questions([asked["name"]], given, person)
    if options.name_latin is not None or not is_latin(answers["name"]):
        names = [asked["name"], asked["name_latin"]]
        answers = ask_questions(names, {**given, **answers}, person)
    slug = free_entry_slug(edition, answers["name"], answers.get("name_latin", ""), options.slug)
    rest = [question for key, question in asked.items() if key != "name_latin" or key in answers]
    answers = ask_questions(rest, {**given, **answers}, person)
    with progress_message(CHECKING):
        draft = draft_files(edition, {f"{SIGNATORIES}/{slug}.yml": entry_yaml(answers)})
    write_draft(options, draft, out)
    print_warnings(draft, out)
    steps = (
        _("Look at the organisation's website: does it exist, and does a page of it say that it signed?"),
        _("{command}  holds the entry against every rule.").format(command=command_line(options, "check")),
    )
    return print_next_steps(out, steps)


def _questions(edition: Edition, current: str) -> dict[str, Question]:
    """The questions by key, in the order of the file."""
    kinds = edition.charter.signatory_kinds if edition.charter else ()
    today = datetime.now().astimezone().date().isoformat()

    def about(key: str, asks: str, example: str, default: str = "", *, optional: bool = False) -> Question:
        """A question whose answer is checked by the rules, together with earlier answers."""
        keys = ("signed", key) if key in SIGNATURE_KEYS else (key,)

        def wrong(answers: Answers, value: str) -> str:
            data = entry_yaml({**answers, key: value})
            return value_fault(edition, f"{SIGNATORIES}/a-new-entry.yml", data, *keys)

        return Question(
            key=key,
            flag="NAME" if key == "name" else f"--{key.replace('_', '-')}",
            asks=asks,
            example=example,
            default=default,
            choices=tuple((kind, "") for kind in kinds) if key == "kind" else (),
            optional=optional,
            wrong=wrong,
        )

    questions = (
        about("name", _("What is the organisation called?"), _("Harbour Trust")),
        about("name_latin", _("How does it write its name in Latin letters?"), _("Harbour Trust")),
        about("kind", _("What kind of organisation is it?"), kinds[0] if kinds else "charity"),
        about("area", _("Where does it work, in its own words?"), _("Harbour Lane and the docks")),
        about("website", _("What is the address of its website?"), SITE),
        about("version", _("Which version did it sign?"), current, current),
        about("date", _("On which day did it sign?"), "2026-12-01", today),
        about("role", _("Which office signed? Never a person's name."), _("Chair of trustees")),
        about("link", _("Which page of its own links to that version?"), f"{SITE}charter", optional=True),
        about("language", _("In which language did it sign?"), "cy", optional=True),
        about("registration", _("What is its number in a register?"), "GB-CHC-1234567", optional=True),
        about("pledge", _("What does it say in its own words?"), _("Nobody eats alone here."), optional=True),
    )
    several = bool(language_choices(edition))
    return {question.key: question for question in questions if several or question.key != "language"}
