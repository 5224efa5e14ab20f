"""`charter new change`: a change note with the changes filled in."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import EXIT_OK, command, command_line, option
from charterpress.cli.describe import change_sentence, changes_by_subject, subject_names
from charterpress.cli.new.file_commands import (
    CHECKING,
    interactive_terminal,
    print_next_steps,
    refusal_message,
    with_lock,
    write_draft,
)
from charterpress.cli.progress import progress_message
from charterpress.cli.prompts import Answers, Question, Terminal, ask_questions
from charterpress.editing.lineage import Lineage
from charterpress.editing.new import change_note, offers
from charterpress.model import Class, Edition
from charterpress.model.errors import UsageError
from charterpress.text.escape import escape_lines
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.text.lists import join_items
from charterpress.versions import number


@command(
    N_("begin the note that says why the text changed, with what changed and how far it reaches"),
    'charter new change --why "People told us that the old wording was hard to keep."',
    option(
        "ids",
        metavar="ID",
        nargs="*",
        names_of="principles",
        help=N_("only about these (default: all that changed and is in no note)"),
    ),
    option("--name", help=N_("what the note's file is called (default: what it is about)")),
    option("--why", metavar="WORDS", help=N_("the reason (default: to be written into the file)")),
    option(
        "--replaced-by",
        metavar="[OLD=]NEW",
        action="append",
        default=[],
        help=N_("the principle that takes the place of one that is gone; more than once for several"),
    ),
    option(
        "--class",
        dest="class_",
        choices=[each.value for each in Class if each is not Class.NONE],
        help=N_("how far it reaches (default: as far as the words say; less far needs --approved-by)"),
    ),
    option(
        "--approved-by",
        metavar="NAME",
        action="append",
        default=[],
        help=N_("one of two people or roles who agree that it reaches less far; give it twice"),
    ),
)
@with_lock
def change_command(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Start a note about every change since the current version without one."""
    source = Path(options.source)
    lineage = Lineage(edition, lambda inside: (source / inside).read_bytes())
    renamed = lineage.recognise_renames(options.replaced_by and _replaced(edition, options.replaced_by))
    edition = lineage.now
    ids = dict.fromkeys(renamed.get(id, id) for id in options.ids)
    about = change_note.unnoted_changes(edition, tuple(ids))
    if about is None or not about.changes:
        out.write(_no_note_needed(edition, about))
        return EXIT_OK
    _print_changes(edition, about, out)
    _print_renames(renamed, out)
    if not options.class_:
        offered = offers.find_offers(edition, about.changes)
        out.writelines(f"{line}\n" for line in offers.offer_lines(offered, _names(edition)))
    name = change_note.free_note_name(edition, about, options.name)
    question = Question(
        key="why",
        flag="--why",
        asks=_("Why did it change? One or two sentences, for those who signed."),
        example=_("People told us that the old wording was hard to keep."),
        optional=True,
        wrong=lambda _ignored, value: refusal_message(change_note.draft_note, edition, about, name, value),
    )
    person = interactive_terminal(out)
    replaced = _replacements(edition, about, options.replaced_by, person)
    class_ = Class(options.class_) if options.class_ else about.class_
    _refuse_lowering(edition, about, class_)
    approved_by = _collect_approvals(about, class_, options.approved_by, person)
    why = ask_questions([question], vars(options), person)["why"]
    with progress_message(CHECKING):
        draft = change_note.draft_note(
            edition,
            about,
            name,
            why,
            heirs=replaced,
            class_=class_,
            approved_by=approved_by,
            changed=lineage.changed,
        )
    write_draft(options, draft, out)
    path = f"{edition.root}/{next(iter(draft.writes))}"
    steps = []
    if draft.to_fill_in:
        steps.append(_("Open {path} and write the reason in the place of its last line.").format(path=path))
    if alone := [id for id in about.gone if id not in replaced]:
        steps.append(
            _(
                "{ids} will be retired. Where another principle takes its place, write that id instead of ~. "
                "Where it goes on under another name, take it out of “retires”, and write “formerly” in its "
                "file."
            ).format(ids=join_items(alone))
        )
    last = _("{command}  says what it comes to.").format(command=command_line(options, "status"))
    return print_next_steps(out, [*steps, last])


def _replaced(edition: Edition, pairs: Sequence[str]) -> list[str]:
    """The principles that `pairs` such as “old=new” are about: “new” alone is about the one that is gone."""
    released = [each.id for _, each in edition.current.charter.principles()] if edition.current else []
    named = [pair.partition("=")[0] for pair in pairs if "=" in pair]
    return named if len(named) == len(pairs) else released


def _print_renames(renamed: Mapping[str, str], out: TextIO) -> None:
    """Print which principles go on under another name, and how to say otherwise."""
    for old, new in renamed.items():
        message = _(
            "“{old}” goes on as “{new}”, which has its words: its file says so now (“formerly”).\n"
            "  Where it is another principle, say --replaced-by {old}={new}\n"
        )
        out.write(message.format(old=escape_lines(old), new=escape_lines(new)))


def _replacements(
    edition: Edition, about: change_note.UnnotedChanges, given: Sequence[str], person: Terminal | None
) -> dict[str, list[str]]:
    """The replacements of each removed principle: as `given`, or else as the person answers."""
    replacements = change_note.parse_replacements(edition, about, given)
    questions = [
        Question(
            key=id,
            flag="--replaced-by",
            asks=_("The principle “{id}” is gone. Which one takes its place?").format(id=id),
            example=_("the name of a principle's file, without “.md”"),
            optional=True,
            wrong=lambda _ignored, value: refusal_message(change_note.parse_replacement, edition, value),
        )
        for id in about.gone
        if id not in replacements
    ]
    answers = ask_questions(questions, {}, person)
    return replacements | {id: [new] for id, new in answers.items() if new}


def _collect_approvals(
    about: change_note.UnnotedChanges, class_: Class, given: Sequence[str], person: Terminal | None
) -> tuple[str, ...]:
    """The names of the two who agree that the changes reach no further than `class_`. Raises UsageError for
    too few, for names that are not needed, and for a higher class."""
    if class_.rank > about.class_.rank:
        raise UsageError(
            _(
                "the words that changed are of the class {class_}, and a higher one changes no "
                "number: leave out --class"
            ).format(class_=about.class_)
        )
    if class_ is about.class_:
        if given:
            raise UsageError(
                _("--approved-by is for a --class that is lower than what the words say: leave it out")
            )
        return ()
    asks = _("The words that changed are of the class {class_}. Who agrees that it is {lower}?").format(
        class_=about.class_, lower=class_
    )
    questions = [
        Question(
            key=str(place),
            flag="--approved-by",
            asks=asks if not place else _("Who else?"),
            example=_("Chair of trustees"),
            wrong=_wrong_approver,
        )
        for place in range(max(number.APPROVALS, len(given)))
    ]
    names = {str(place): name for place, name in enumerate(given)}
    return tuple(ask_questions(questions, names, person).values())


def _refuse_lowering(edition: Edition, about: change_note.UnnotedChanges, class_: Class) -> None:
    """Raises UsageError where a change must not be lowered to `class_`, whoever approves."""
    refused = about.refusals(class_, edition.charter) if edition.charter else {}
    for change, reason in refused.items():
        sentence = change_sentence(change, _names(edition)).removesuffix(".")
        raise UsageError(
            _("no approval makes this {class_}: {sentence}, and {reason}; leave out --class").format(
                class_=class_, sentence=sentence, reason=reason
            )
        )


def _wrong_approver(answers: Answers, value: str) -> str:
    """The error message for a name that was given already or names nobody, or ''."""
    if not number.is_approver(value):
        return _("write a name or an office that whoever reads the version can ask")
    known = any(number.same_approver(value, each) for each in answers.values())
    return _("two have to agree, and this is the same one") if known else ""


def _no_note_needed(edition: Edition, about: change_note.UnnotedChanges | None) -> str:
    if about is None:
        return _(
            "No version has been released yet, and the first one needs no notes: there is none to write.\n"
        )
    if edition.notes:
        message = _(
            "Everything that changed since version {version} is in a note in {folder} already: there is none "
            "to write."
        ).format(version=about.version, folder=f"{edition.root}/{change_note.FOLDER}")
        return escape_lines(message) + "\n"
    return _("Nothing has changed since version {version}: there is no note to write.\n").format(
        version=about.version
    )


def _names(edition: Edition) -> dict[str, str]:
    """What everything that can change is called."""
    charters = (edition.current.charter if edition.current else None, edition.charter)
    return subject_names(*(charter for charter in charters if charter))


def _print_changes(edition: Edition, about: change_note.UnnotedChanges, out: TextIO) -> None:
    """Print what the note is about."""
    names = _names(edition)
    out.write(_("Changed since version {version}, and in no note yet:\n").format(version=about.version))
    for name, rows in changes_by_subject(about.changes, names):
        out.write(escape_lines(f"  {name}") + "\n")
        lines = (f"    [{change.class_}] {sentence}" for change, sentence in rows)
        out.writelines(f"{escape_lines(line)}\n" for line in lines)
