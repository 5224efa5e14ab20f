"""`charter correct`: change or remove one value in an organisation's entry."""

from __future__ import annotations

import argparse
from typing import TextIO

from charterpress.cli.amend.common import (
    ONE_ENTRY_ADVICE,
    add_slug_argument,
    read_entry,
    report_unchanged,
    write_entry,
)
from charterpress.cli.command import Command
from charterpress.cli.new.file_commands import print_next_steps, refusal_message, with_lock
from charterpress.cli.prompts import Answers, Question, Terminal, ask_questions
from charterpress.editing import amend
from charterpress.editing.amend import Entry
from charterpress.editing.yaml_editor import Edit, Keys
from charterpress.model import Edition
from charterpress.model.errors import UsageError
from charterpress.views.addresses import signatory_address

NAMES = ("name", "name_latin")
"""The keys that give the file its name."""


def _correct_options(parser: argparse.ArgumentParser) -> None:
    add_slug_argument(parser)
    parser.add_argument("key", metavar="KEY", nargs="?", help="what is wrong, such as area, website or role")
    parser.add_argument("value", metavar="VALUE", nargs="?", help="what is right")
    of = parser.add_mutually_exclusive_group()
    of.add_argument("--version", metavar="VERSION", help="of its signature of this version")
    of.add_argument("--withdrawn", action="store_true", help="of its withdrawal")
    parser.add_argument("--rename", action="store_true", help="move its page to the address of its new name")
    parser.add_argument("--remove", action="store_true", help="take out what may be left out")


def _correct(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Change or remove one value in an organisation's entry."""
    entry, person = read_entry(options, edition, out)
    who, remove = entry.signatory, options.remove
    if remove and options.value is not None:
        raise UsageError("--remove takes the value out: leave out the new one")
    if options.rename and options.key not in (None, *NAMES):
        raise UsageError("--rename is for a new name: leave it out")
    if remove and options.key == amend.WITHDRAWN:
        keys: Keys = (amend.WITHDRAWN,)
    else:
        keys = _key_to_correct(options, entry, person)
    key, now = str(keys[-1]), amend.value_at(entry, keys)
    if remove and amend.is_required(keys):
        raise UsageError(f"“{key}” has to be there: say what is right instead of --remove")
    if remove and now is None:
        return report_unchanged(out, f"The entry of {who.name} has no “{key}”.")
    value = None if remove else _new_value(edition, entry, keys, options.value, person)
    if value is not None and value == now:
        return report_unchanged(out, f"“{key}” is “{value}” in the entry of {who.name} already.")
    edits: list[Edit] = [(keys, value)]
    slug = amend.new_slug(edition, entry, edits) if key in NAMES else ""
    if slug and not options.rename:
        raise UsageError(
            f"nothing was written: with this name its file is called {slug}.yml, and its page has another "
            "address: say --rename as well, and the old address and badge lead there"
        )
    if slug:
        edits += amend.rename_edits(entry, slug)
    write_entry(options, edition, entry, edits, out, slug=slug)
    address = signatory_address(slug)
    tell = f"Tell it its new address, {address}. The old one leads there; the badge stands at both."
    return print_next_steps(out, (tell, ONE_ENTRY_ADVICE) if slug else (ONE_ENTRY_ADVICE,))


def _key_to_correct(options: argparse.Namespace, entry: Entry, person: Terminal | None) -> Keys:
    """The key of the wrong value."""
    who = entry.signatory
    values = ((key, amend.value_at(entry, (key,))) for key in amend.CORRECTABLE)
    asked = Question(
        key="key",
        flag="KEY",
        asks=f"What is wrong in the entry of {who.name}?",
        example="area",
        choices=tuple((key, value if isinstance(value, str) else "") for key, value in values),
        wrong=lambda _, value: refusal_message(lambda: amend.signature_choices(who, value)),
    )
    key = ask_questions([asked], vars(options), person)["key"]
    can, of = (
        amend.signature_choices(who, key),
        amend.WITHDRAWAL if options.withdrawn else options.version or "",
    )
    if len(can) > 1 and not of and person:
        which = Question(
            key="of",
            flag="--version",
            asks=f"The “{key}” of which signature?",
            example=can[-1],
            choices=tuple((each, "") for each in can),
            wrong=lambda _, value: refusal_message(lambda: amend.key_path(who, key, value)),
        )
        of = ask_questions([which], {}, person)["of"]
    return amend.key_path(who, key, of or (can[0] if len(can) == 1 else ""))


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


CORRECT = Command(
    about="change one value in the entry of an organisation, or take it out",
    example='charter correct harbour-trust area "Harbour Lane and the docks"',
    options=_correct_options,
    run=with_lock(_correct),
)
