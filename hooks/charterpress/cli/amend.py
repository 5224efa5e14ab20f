"""`charter re-sign`, `withdraw` and `correct`: changes to an organisation's entry."""

from __future__ import annotations

import argparse
from typing import TextIO

from charterpress.cli.command import command, command_line, either, option
from charterpress.cli.entry_files import (
    ONE_ENTRY_ADVICE,
    SLUG,
    read_entry,
    report_unchanged,
    today,
    write_entry,
)
from charterpress.cli.new.file_commands import (
    print_next_steps,
    refusal_message,
    require_current_version,
    with_lock,
)
from charterpress.cli.prompts import Answers, Question, Terminal, ask_questions
from charterpress.editing import amend
from charterpress.editing.amend import Entry
from charterpress.editing.sign_up.fields import language_choices
from charterpress.editing.yaml_editor import Edit, Keys
from charterpress.model import Edition
from charterpress.model.errors import UsageError
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _
from charterpress.views.addresses import signatory_address

_NAMES = ("name", "name_latin")
"""The keys that give the file its name."""


@command(
    N_("add a signature of a newer version to the entry of an organisation"),
    'charter re-sign harbour-trust --date 2027-03-01 --role "Chair of trustees"',
    SLUG,
    option(
        "--version",
        metavar="VERSION",
        names_of="versions",
        help=N_("what it signs (default: the current version)"),
    ),
    option("--date", metavar="DATE", help=N_("the day on which it signed, as 2026-12-01 (default: today)")),
    option("--role", metavar="ROLE", help=N_("the office that signed, never a person (default: as before)")),
    option("--link", metavar="LINK", help=N_("a page of its own that links to that version")),
    option(
        "--language",
        metavar="LANGUAGE",
        help=N_("the code of the language it signed in, such as cy"),
    ),
)
@with_lock
def re_sign_command(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Add a signature to the entry of an organisation."""
    current = require_current_version(edition)
    entry, person = read_entry(options, edition, out)
    who, questions = entry.signatory, _signature_questions(edition, entry, current)
    answers = ask_questions(questions[:1], vars(options), person)
    if signed := amend.current_signature(who, answers["version"]):
        event = _("{name} signed {version} on {date} already.").format(
            name=who.name, version=signed.version, date=signed.date
        )
        mend = _(
            "nothing was written: {name} signed {version} on {date} already; to mend what is said of it:"
        ).format(name=who.name, version=signed.version, date=signed.date)
        present = {key: getattr(signed, key) for key in ("date", "role", "link", "language")}
        return _report_recorded(
            options, entry, (event, mend), present, out, flag=f"--version {signed.version}"
        )
    answers = ask_questions(questions, {**vars(options), **answers}, person)
    for question in questions[:2]:  # a default may be wrong too
        if problem := question.wrong(answers, answers[question.key]):
            raise UsageError(_("nothing was written:"), details=(f"{question.flag}: {problem}",))
    write_entry(options, edition, entry, amend.signature_edits(entry, answers), out)
    look = _("Look at the organisation's website: does a page of it say that it signed this version?")
    if answers["link"]:
        look = _("{command}  says whether its page links to this version.")
        look = look.format(command=command_line(options, f"links {who.slug}"))
    return print_next_steps(out, (look, _(ONE_ENTRY_ADVICE)))


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
        about("version", _("Which version does {name} sign?").format(name=who.name), current, current),
        about("date", _("On which day did it sign?"), "2026-12-01", today()),
        about("role", _("Which office signed? Never a person's name."), _("Chair of trustees"), before),
        about("link", _("Which page of its own links to that version?"), who.website, optional=True),
        *(
            [about("language", _("In which language did it sign?"), "cy", optional=True)]
            if language_choices(edition)
            else []
        ),
    ]


@command(
    N_("note that an organisation no longer stands by its signature"),
    'charter withdraw harbour-trust --date 2027-03-01 --reason "We have closed."',
    SLUG,
    option("--date", metavar="DATE", help=N_("since when, as 2026-12-01 (default: today)")),
    option("--reason", dest="note", metavar="TEXT", help=N_("what it says of it, at most 500 characters")),
)
@with_lock
def withdraw_command(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Record that an organisation withdraws its signature."""
    entry, person = read_entry(options, edition, out)
    who = entry.signatory
    if who.left:
        present = {"date": who.left.date, "note": who.left.note}
        event = _("{name} withdrew on {date} already.").format(name=who.name, date=who.left.date)
        mend = _(
            "nothing was written: {name} withdrew on {date} already; to mend what is said of it:"
        ).format(name=who.name, date=who.left.date)
        return _report_recorded(options, entry, (event, mend), present, out, flag="--withdrawn")
    answers = ask_questions(_withdrawal_questions(edition, entry), vars(options), person)
    if problem := amend.withdrawal_date_fault(who, answers["date"]):
        raise UsageError(_("nothing was written:"), details=(f"--date: {problem}",))
    write_entry(options, edition, entry, amend.withdrawal_edits(entry, answers), out)
    stays = _(
        "Tell it what stays: its page, which says that it withdrew, when, and the reason if it gave one, "
        "without its pledge and links. If it comes back: {command}"
    ).format(command=command_line(options, f"re-sign {who.slug}"))
    return print_next_steps(out, (stays, _(ONE_ENTRY_ADVICE)))


def _withdrawal_questions(edition: Edition, entry: Entry) -> list[Question]:
    def fault(key: str, answers: Answers) -> str:
        return amend.edit_fault(edition, entry, amend.withdrawal_edits(entry, answers), ("withdrawn", key))

    return [
        Question(
            key="date",
            flag="--date",
            asks=_("Since which day does {name} no longer stand by its signature?").format(
                name=entry.signatory.name
            ),
            example="2026-12-01",
            default=today(),
            wrong=lambda _ignored, value: (
                fault("date", {"date": value}) or amend.withdrawal_date_fault(entry.signatory, value)
            ),
        ),
        Question(
            key="note",
            flag="--reason",
            asks=_("What does it say of it, for everybody to read?"),
            example=_("We have closed our kitchen."),
            optional=True,
            wrong=lambda answers, value: fault("note", {**answers, "note": value}),
        ),
    ]


def _report_recorded(
    options: argparse.Namespace,
    entry: Entry,
    messages: tuple[str, str],
    present: dict[str, str],
    out: TextIO,
    *,
    flag: str,
) -> int:
    """Report with the first of `messages` that the entry says this already; refuse with the other to change
    what is `present`."""
    who, given = entry.signatory, vars(options)
    other = [key for key in present if given[key] is not None and given[key].strip() != present[key]]
    if not other:
        return report_unchanged(out, messages[0])
    raise UsageError(
        messages[1],
        details=tuple(f"{command_line(options, f'correct {who.slug} {key}')} NEW {flag}" for key in other),
    )


@command(
    N_("change one value in the entry of an organisation, or take it out"),
    'charter correct harbour-trust area "Harbour Lane and the docks"',
    SLUG,
    option("key", metavar="KEY", nargs="?", help=N_("what is wrong, such as area, website or role")),
    option("value", metavar="VALUE", nargs="?", help=N_("what is right")),
    either(
        option(
            "--version", metavar="VERSION", names_of="versions", help=N_("of its signature of this version")
        ),
        option("--withdrawn", action="store_true", help=N_("of its withdrawal")),
    ),
    option("--rename", action="store_true", help=N_("move its page to the address of its new name")),
    option("--remove", action="store_true", help=N_("take out what may be left out")),
)
@with_lock
def correct_command(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Change or remove one value in an organisation's entry."""
    entry, person = read_entry(options, edition, out)
    who, remove = entry.signatory, options.remove
    if remove and options.value is not None:
        raise UsageError(_("--remove takes the value out: leave out the new one"))
    if options.rename and options.key not in (None, *_NAMES):
        raise UsageError(_("--rename is for a new name: leave it out"))
    if remove and options.key == amend.WITHDRAWN:
        keys: Keys = (amend.WITHDRAWN,)
    else:
        keys = _key_to_correct(options, entry, person)
    key, now = str(keys[-1]), amend.value_at(entry, keys)
    if remove and amend.is_required(keys):
        raise UsageError(_("“{key}” has to be there: say what is right instead of --remove").format(key=key))
    if remove and now is None:
        message = _("The entry of {name} has no “{key}”.")
        return report_unchanged(out, message.format(name=who.name, key=key))
    value = None if remove else _new_value(edition, entry, keys, options.value, person)
    if value is not None and value == now:
        message = _("“{key}” is “{value}” in the entry of {name} already.")
        return report_unchanged(out, message.format(key=key, value=value, name=who.name))
    edits: list[Edit] = [(keys, value)]
    slug = amend.new_slug(edition, entry, edits) if key in _NAMES else ""
    if slug and not options.rename:
        raise UsageError(
            _(
                "nothing was written: with this name its file is called {slug}.yml, and its page has "
                "another address: say --rename as well, and the old address and badge lead there"
            ).format(slug=slug)
        )
    if slug:
        edits += amend.rename_edits(entry, slug)
    write_entry(options, edition, entry, edits, out, slug=slug)
    address = signatory_address(slug)
    tell = _("Tell it its new address, {address}. The old one leads there; the badge stands at both.").format(
        address=address
    )
    return print_next_steps(out, (tell, _(ONE_ENTRY_ADVICE)) if slug else (_(ONE_ENTRY_ADVICE),))


def _key_to_correct(options: argparse.Namespace, entry: Entry, person: Terminal | None) -> Keys:
    """The key of the wrong value."""
    who = entry.signatory
    values = ((key, amend.value_at(entry, (key,))) for key in amend.CORRECTABLE)
    question = Question(
        key="key",
        flag="KEY",
        asks=_("What is wrong in the entry of {name}?").format(name=who.name),
        example="area",
        choices=tuple((key, value if isinstance(value, str) else "") for key, value in values),
        wrong=lambda _ignored, value: refusal_message(amend.signature_choices, who, value),
    )
    key = ask_questions([question], vars(options), person)["key"]
    choices = amend.signature_choices(who, key)
    of = amend.WITHDRAWAL if options.withdrawn else options.version or ""
    if len(choices) > 1 and not of and person:
        which = Question(
            key="of",
            flag="--version",
            asks=_("The “{key}” of which signature?").format(key=key),
            example=choices[-1],
            choices=tuple((each, "") for each in choices),
            wrong=lambda _ignored, value: refusal_message(amend.key_path, who, key, value),
        )
        of = ask_questions([which], {}, person)["of"]
    return amend.key_path(who, key, of or (choices[0] if len(choices) == 1 else ""))


def _new_value(edition: Edition, entry: Entry, keys: Keys, given: str | None, person: Terminal | None) -> str:
    """The new value."""
    now = amend.value_at(entry, keys)

    def wrong(_ignored: Answers, value: str) -> str:
        if value == now:
            return ""
        problem = amend.edit_fault(edition, entry, [(keys, value)], keys)
        if not problem and keys == (amend.WITHDRAWN, "date"):
            problem = amend.withdrawal_date_fault(entry.signatory, value)
        return problem

    question = Question(
        key="value",
        flag="VALUE",
        asks=_("There is “{now}” now. What is right?").format(now=now)
        if now
        else _("There is nothing yet. What is right?"),
        example=_("the words, as they are to be read"),
        wrong=wrong,
    )
    return ask_questions([question], {"value": given}, person)["value"]
