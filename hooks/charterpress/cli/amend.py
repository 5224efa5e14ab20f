"""`charter re-sign`, `withdraw` and `correct`: changes to an organisation's entry."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import TextIO

from charterpress.cli.command import EXIT_OK, command, command_line, either, option
from charterpress.cli.new.file_commands import (
    CHECKING,
    interactive_terminal,
    print_next_steps,
    print_warnings,
    refusal_message,
    require_current_version,
    with_lock,
    write_draft,
)
from charterpress.cli.progress import progress_message
from charterpress.cli.prompts import Answers, Question, Terminal, ask_questions
from charterpress.editing import amend
from charterpress.editing.amend import Entry
from charterpress.editing.yaml_editor import Edit, Keys
from charterpress.model import Edition
from charterpress.model.errors import UsageError
from charterpress.text.escape import escape_lines
from charterpress.views.addresses import signatory_address

_ONE_ENTRY_ADVICE = "Propose this on its own: a proposal from a fork may change one entry only."
_SLUG = option(
    "slug",
    metavar="SLUG",
    nargs="?",
    names_of="signatories",
    help="the organisation: the name of its file, or its own name",
)
_NAMES = ("name", "name_latin")
"""The keys that give the file its name."""


@command(
    "add a signature of a newer version to the entry of an organisation",
    'charter re-sign harbour-trust --date 2027-03-01 --role "Chair of trustees"',
    _SLUG,
    option(
        "--version",
        metavar="VERSION",
        names_of="versions",
        help="what it signs (default: the current version)",
    ),
    option("--date", metavar="DATE", help="the day on which it signed, as 2026-12-01 (default: today)"),
    option("--role", metavar="ROLE", help="the office that signed, never a person (default: as before)"),
    option("--link", metavar="LINK", help="a page of its own that links to that version"),
)
@with_lock
def re_sign_command(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Add a signature to the entry of an organisation."""
    current = require_current_version(edition)
    entry, person = _read_entry(options, edition, out)
    who, questions = entry.signatory, _signature_questions(edition, entry, current)
    answers = ask_questions(questions[:1], vars(options), person)
    if signed := amend.current_signature(who, answers["version"]):
        event = f"signed {signed.version} on {signed.date}"
        present = {"date": signed.date, "role": signed.role, "link": signed.link}
        return _report_recorded(options, entry, event, present, out, flag=f"--version {signed.version}")
    answers = ask_questions(questions, {**vars(options), **answers}, person)
    for question in questions[:2]:  # a default may be wrong too
        if problem := question.wrong(answers, answers[question.key]):
            raise UsageError("nothing was written:", details=(f"{question.flag}: {problem}",))
    _write_entry(options, edition, entry, amend.signature_edits(entry, answers), out)
    look = "Look at the organisation's website: does a page of it say that it signed this version?"
    if answers["link"]:
        look = f"{command_line(options, f'links {who.slug}')}  says whether its page links to this version."
    return print_next_steps(out, (look, _ONE_ENTRY_ADVICE))


def _signature_questions(edition: Edition, entry: Entry, current: str) -> list[Question]:
    who = entry.signatory

    def about(key: str, asks: str, example: str, default: str = "", *, optional: bool = False) -> Question:
        def wrong(answers: Answers, value: str) -> str:
            if key == "version" and amend.current_signature(who, value):
                return ""  # it is there, which is told in other words
            edits = amend.signature_edits(entry, {**answers, key: value})
            problem = amend.edit_fault(edition, entry, edits, ("signed", len(who.signed), key))
            if not problem and key == "version":
                problem = amend.older_version_fault(edition, who, value)
            if not problem and key == "date":
                problem = amend.signature_date_fault(who, value)
            return problem

        return Question(
            key=key,
            flag=f"--{key}",
            asks=asks,
            example=example,
            default=default,
            optional=optional,
            wrong=wrong,
        )

    before = who.signed[-1].role if who.signed else ""
    return [
        about("version", f"Which version does {who.name} sign?", current, current),
        about("date", "On which day did it sign?", "2026-12-01", _today()),
        about("role", "Which office signed? Never a person's name.", "Chair of trustees", before),
        about("link", "Which page of its own links to that version?", who.website, optional=True),
    ]


@command(
    "note that an organisation no longer stands by its signature",
    'charter withdraw harbour-trust --date 2027-03-01 --reason "We have closed."',
    _SLUG,
    option("--date", metavar="DATE", help="since when, as 2026-12-01 (default: today)"),
    option("--reason", dest="note", metavar="TEXT", help="what it says of it, at most 500 characters"),
)
@with_lock
def withdraw_command(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Record that an organisation withdraws its signature."""
    entry, person = _read_entry(options, edition, out)
    who = entry.signatory
    if who.left:
        present = {"date": who.left.date, "note": who.left.note}
        return _report_recorded(
            options, entry, f"withdrew on {who.left.date}", present, out, flag="--withdrawn"
        )
    answers = ask_questions(_withdrawal_questions(edition, entry), vars(options), person)
    if problem := amend.withdrawal_date_fault(who, answers["date"]):
        raise UsageError("nothing was written:", details=(f"--date: {problem}",))
    _write_entry(options, edition, entry, amend.withdrawal_edits(entry, answers), out)
    stays = (
        "Tell it what stays: its page, which says that it withdrew, when, and the reason if it gave one, "
        f"without its pledge and links. If it comes back: {command_line(options, f're-sign {who.slug}')}"
    )
    return print_next_steps(out, (stays, _ONE_ENTRY_ADVICE))


def _withdrawal_questions(edition: Edition, entry: Entry) -> list[Question]:
    def fault(key: str, answers: Answers) -> str:
        return amend.edit_fault(edition, entry, amend.withdrawal_edits(entry, answers), ("withdrawn", key))

    return [
        Question(
            key="date",
            flag="--date",
            asks=f"Since which day does {entry.signatory.name} no longer stand by its signature?",
            example="2026-12-01",
            default=_today(),
            wrong=lambda _, value: (
                fault("date", {"date": value}) or amend.withdrawal_date_fault(entry.signatory, value)
            ),
        ),
        Question(
            key="note",
            flag="--reason",
            asks="What does it say of it, for everybody to read?",
            example="We have closed our kitchen.",
            optional=True,
            wrong=lambda answers, value: fault("note", {**answers, "note": value}),
        ),
    ]


def _report_recorded(
    options: argparse.Namespace, entry: Entry, event: str, present: dict[str, str], out: TextIO, *, flag: str
) -> int:
    """Report that the entry says this already; refuse to change what is `present`."""
    who, given = entry.signatory, vars(options)
    other = [key for key in present if given[key] is not None and given[key].strip() != present[key]]
    if not other:
        return _report_unchanged(out, f"{who.name} {event} already.")
    raise UsageError(
        f"nothing was written: {who.name} {event} already; to mend what is said of it:",
        details=tuple(f"{command_line(options, f'correct {who.slug} {key}')} NEW {flag}" for key in other),
    )


@command(
    "change one value in the entry of an organisation, or take it out",
    'charter correct harbour-trust area "Harbour Lane and the docks"',
    _SLUG,
    option("key", metavar="KEY", nargs="?", help="what is wrong, such as area, website or role"),
    option("value", metavar="VALUE", nargs="?", help="what is right"),
    either(
        option("--version", metavar="VERSION", names_of="versions", help="of its signature of this version"),
        option("--withdrawn", action="store_true", help="of its withdrawal"),
    ),
    option("--rename", action="store_true", help="move its page to the address of its new name"),
    option("--remove", action="store_true", help="take out what may be left out"),
)
@with_lock
def correct_command(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Change or remove one value in an organisation's entry."""
    entry, person = _read_entry(options, edition, out)
    who, remove = entry.signatory, options.remove
    if remove and options.value is not None:
        raise UsageError("--remove takes the value out: leave out the new one")
    if options.rename and options.key not in (None, *_NAMES):
        raise UsageError("--rename is for a new name: leave it out")
    if remove and options.key == amend.WITHDRAWN:
        keys: Keys = (amend.WITHDRAWN,)
    else:
        keys = _key_to_correct(options, entry, person)
    key, now = str(keys[-1]), amend.value_at(entry, keys)
    if remove and amend.is_required(keys):
        raise UsageError(f"“{key}” has to be there: say what is right instead of --remove")
    if remove and now is None:
        return _report_unchanged(out, f"The entry of {who.name} has no “{key}”.")
    value = None if remove else _new_value(edition, entry, keys, options.value, person)
    if value is not None and value == now:
        return _report_unchanged(out, f"“{key}” is “{value}” in the entry of {who.name} already.")
    edits: list[Edit] = [(keys, value)]
    slug = amend.new_slug(edition, entry, edits) if key in _NAMES else ""
    if slug and not options.rename:
        raise UsageError(
            f"nothing was written: with this name its file is called {slug}.yml, and its page has another "
            "address: say --rename as well, and the old address and badge lead there"
        )
    if slug:
        edits += amend.rename_edits(entry, slug)
    _write_entry(options, edition, entry, edits, out, slug=slug)
    address = signatory_address(slug)
    tell = f"Tell it its new address, {address}. The old one leads there; the badge stands at both."
    return print_next_steps(out, (tell, _ONE_ENTRY_ADVICE) if slug else (_ONE_ENTRY_ADVICE,))


def _key_to_correct(options: argparse.Namespace, entry: Entry, person: Terminal | None) -> Keys:
    """The key of the wrong value."""
    who = entry.signatory
    values = ((key, amend.value_at(entry, (key,))) for key in amend.CORRECTABLE)
    question = Question(
        key="key",
        flag="KEY",
        asks=f"What is wrong in the entry of {who.name}?",
        example="area",
        choices=tuple((key, value if isinstance(value, str) else "") for key, value in values),
        wrong=lambda _, value: refusal_message(amend.signature_choices, who, value),
    )
    key = ask_questions([question], vars(options), person)["key"]
    choices = amend.signature_choices(who, key)
    of = amend.WITHDRAWAL if options.withdrawn else options.version or ""
    if len(choices) > 1 and not of and person:
        which = Question(
            key="of",
            flag="--version",
            asks=f"The “{key}” of which signature?",
            example=choices[-1],
            choices=tuple((each, "") for each in choices),
            wrong=lambda _, value: refusal_message(amend.key_path, who, key, value),
        )
        of = ask_questions([which], {}, person)["of"]
    return amend.key_path(who, key, of or (choices[0] if len(choices) == 1 else ""))


def _new_value(edition: Edition, entry: Entry, keys: Keys, given: str | None, person: Terminal | None) -> str:
    """The new value."""
    now = amend.value_at(entry, keys)

    def wrong(_: Answers, value: str) -> str:
        if value == now:
            return ""
        problem = amend.edit_fault(edition, entry, [(keys, value)], keys)
        if not problem and keys == (amend.WITHDRAWN, "date"):
            problem = amend.withdrawal_date_fault(entry.signatory, value)
        return problem

    question = Question(
        key="value",
        flag="VALUE",
        asks=f"There is “{now}” now. What is right?" if now else "There is nothing yet. What is right?",
        example="the words, as they are to be read",
        wrong=wrong,
    )
    return ask_questions([question], {"value": given}, person)["value"]


# --- What they share ---------------------------------------------------------------------------------


def _read_entry(options: argparse.Namespace, edition: Edition, out: TextIO) -> tuple[Entry, Terminal | None]:
    """The entry that the command line names, and the person to ask. Raises UsageError if none matches."""
    person = interactive_terminal(out)
    question = Question(
        key="slug",
        flag="SLUG",
        asks="Which organisation? Its name, or the name of its file.",
        example=edition.signatories[0].slug if edition.signatories else "harbour-trust",
        wrong=lambda _, value: refusal_message(amend.find_entry, edition, value),
    )
    name = ask_questions([question], vars(options), person)["slug"]
    signatory, document = amend.find_entry(edition, name)
    path = Path(options.source) / document.path.removeprefix(f"{edition.root}/")
    return Entry(signatory=signatory, document=document, data=path.read_bytes()), person


def _today() -> str:
    """Today's local date, such as 2026-12-01."""
    return datetime.now().astimezone().date().isoformat()


def _report_unchanged(out: TextIO, words: str) -> int:
    """Report that the entry already says this; return the exit code."""
    out.write(escape_lines(f"{words} Nothing was written.") + "\n")
    return EXIT_OK


def _write_entry(
    options: argparse.Namespace,
    edition: Edition,
    entry: Entry,
    edits: Sequence[Edit],
    out: TextIO,
    *,
    slug: str = "",
) -> None:
    """Write the file with `edits` applied, renamed to `slug` if given, and show the lines that changed."""
    with progress_message(CHECKING):
        draft = amend.draft_amendment(edition, entry, edits, slug)
    write_draft(options, draft, out)
    now = draft.edition.document(f"{edition.root}/{next(iter(draft.writes))}")
    if now:
        lines = _changed_lines(entry.document.lines, now.lines)
        out.writelines(escape_lines(f"  {line}") + "\n" for line in lines)
    print_warnings(draft, out)


def _changed_lines(before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Yield the lines removed, prefixed with “-”, and those added, with “+”."""
    for _, at, to, new, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if before[at:to] != now[new:end]:
            yield from (f"- {line}" for line in before[at:to])
            yield from (f"+ {line}" for line in now[new:end])
