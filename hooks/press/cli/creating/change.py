"""`charter new change`: the note that says why the text changed, with what changed filled in."""

from __future__ import annotations

import argparse
from typing import TextIO

from press.cli.asking import Question, answers
from press.cli.command import CLEAN, Command, command_line
from press.cli.creating.begin import ran, refusal, terminal, then, write
from press.cli.describing import by_subject, telling, titles, visible
from press.model import Edition
from press.propose.new.note import FOLDER, Noted, file_name, new_note, to_note


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "ids", metavar="ID", nargs="*", help="only about these (default: all that changed and is in no note)"
    )
    parser.add_argument("--name", help="what the note's file is called (default: what it is about)")
    parser.add_argument("--why", metavar="WORDS", help="the reason (default: to be written into the file)")


def _change(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Begin the note of all that changed since the current version and is in no note yet."""
    about = to_note(edition, tuple(dict.fromkeys(options.ids)))
    if about is None or not about.changes:
        out.write(_nothing(edition, about))
        return CLEAN
    _tell(edition, about, out)
    name = file_name(edition, about, options.name)
    question = Question(
        key="why",
        flag="--why",
        asks="Why did it change? One or two sentences, for those who signed.",
        example="People told us that the old wording was hard to keep.",
        optional=True,
        wrong=lambda _, value: refusal(lambda: new_note(edition, about, name, value)),
    )
    draft = new_note(edition, about, name, answers([question], vars(options), terminal(out))["why"])
    write(options, draft, out)
    path = f"{edition.root}/{next(iter(draft.writes))}"
    steps = []
    if draft.to_fill_in:
        steps.append(f"Open {path} and write the reason in the place of its last line.")
    if about.gone:
        steps.append(
            f"{', '.join(about.gone)} will be retired. Where another principle takes its place, write that "
            "id instead of ~. Where it goes on under another name, take it out of “retires”, and write "
            "“formerly” in its file."
        )
    return then(out, [*steps, f"{command_line(options, 'status')}  says what it comes to."])


def _nothing(edition: Edition, about: Noted | None) -> str:
    if about is None:
        return "No version has been released yet, and the first one needs no notes: there is none to write.\n"
    if edition.notes:
        told = f"is in a note in {edition.root}/{FOLDER} already: there is none to write."
        return visible(f"Everything that changed since version {about.version} {told}") + "\n"
    return f"Nothing has changed since version {about.version}: there is no note to write.\n"


def _tell(edition: Edition, about: Noted, out: TextIO) -> None:
    """Say what the note will be about."""
    charters = (edition.current.charter if edition.current else None, edition.charter)
    names = titles(*(charter for charter in charters if charter))
    out.write(f"Changed since version {about.version}, and in no note yet:\n")
    for subject, changes in by_subject(about.changes).items():
        out.write(visible(f"  {names.get(subject, subject)}") + "\n")
        out.writelines(
            visible(f"    [{change.class_}] {telling(change, names)}") + "\n" for change in changes
        )


CHANGE = Command(
    about="begin the note that says why the text changed, with what changed and how far it reaches",
    example='charter new change --why "People told us that the old wording was hard to keep."',
    options=_options,
    run=ran(_change),
)
