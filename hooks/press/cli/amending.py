"""`charter re-sign`, `withdraw` and `correct`: what has changed about an organisation, put into its file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import TextIO

from press.cli.asking import Answers, Question, Terminal, answers
from press.cli.command import CLEAN, Command, command_line
from press.cli.creating.begin import TRYING, advise, ran, refusal, terminal, then, write
from press.cli.describing import visible
from press.cli.waiting import waiting
from press.errors import UsageError
from press.model import Edition, Signature
from press.propose import amend
from press.propose.amend import Entry

ALONE = "Propose this by itself: a proposal that changes one organisation's entry changes no other's."


# --- What the three have in common -------------------------------------------------------------------


def _of_whom(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "slug", metavar="SLUG", nargs="?", help="the organisation: the name of its file, or its own name"
    )


def _entry(options: argparse.Namespace, edition: Edition, person: Terminal | None) -> Entry:
    """The entry of the organisation that the command line names, or the person."""
    question = Question(
        key="slug",
        flag="SLUG",
        asks="Which organisation? Its name, or the name of its file.",
        example=edition.signatories[0].slug if edition.signatories else "harbour-trust",
        wrong=lambda _, value: refusal(lambda: amend.entry_of(edition, value)),
    )
    said = answers([question], vars(options), person)["slug"]
    signatory, document = amend.entry_of(edition, said)
    path = Path(options.source) / document.path.removeprefix(f"{edition.root}/")
    return Entry(signatory=signatory, document=document, data=path.read_bytes())


def _today() -> str:
    return datetime.now().astimezone().date().isoformat()


def _nothing(out: TextIO, words: str) -> int:
    """Say that what was asked for is there, and give the exit code."""
    out.write(visible(f"{words} Nothing was written.") + "\n")
    return CLEAN


def _write(
    options: argparse.Namespace,
    edition: Edition,
    entry: Entry,
    edits: Sequence[amend.Edit],
    out: TextIO,
) -> None:
    """Write the file with `edits`, and show the lines that are other ones now."""
    with waiting(TRYING):
        draft = amend.draft(edition, entry, edits)
    write(options, draft, out)
    now = draft.edition.document(entry.document.path)
    if now:
        out.writelines(visible(f"  {line}") + "\n" for line in _changed(entry.document.lines, now.lines))
    advise(draft, out)


def _changed(before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """The lines that went, with - before them, and those that came, with +."""
    for _, at, to, new, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if before[at:to] != now[new:end]:
            yield from (f"- {line}" for line in before[at:to])
            yield from (f"+ {line}" for line in now[new:end])


def _differing(given: dict[str, str | None], there: dict[str, str]) -> list[str]:
    """The keys of what was given and says something else than what is there."""
    return [key for key, value in given.items() if value is not None and value.strip() != there[key]]


# --- Sign again --------------------------------------------------------------------------------------

_SIGNED = {
    "version": "what it signs (default: the current version)",
    "date": "the day on which it signed, as 2026-12-01 (default: today)",
    "role": "the office that signed, never a person (default: as before)",
    "link": "a page of its own that links to that version",
}


def _re_sign_options(parser: argparse.ArgumentParser) -> None:
    _of_whom(parser)
    for key, about in _SIGNED.items():
        parser.add_argument(f"--{key}", metavar=key.upper(), help=about)


def _re_sign(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Add a signature to the entry of an organisation."""
    if edition.current is None or edition.current.consultation:
        raise UsageError("there is no version to sign yet: “charter release --first” makes one")
    person = terminal(out)
    entry = _entry(options, edition, person)
    who, questions = entry.signatory, _to_sign(edition, entry)
    said = answers(questions[:1], vars(options), person)
    if signed := amend.standing_under(who, said["version"]):
        return _signed_before(options, entry, signed, out)
    said = answers(questions, {**vars(options), **said}, person)
    for question in questions[:2]:  # a default may be wrong too
        if problem := question.wrong(said, said[question.key]):
            raise UsageError("nothing was written:", details=(f"{question.flag}: {problem}",))
    _write(options, edition, entry, amend.signing(entry, said), out)
    look = "Look at the organisation's website: does a page of it say that it signed this version?"
    if said["link"]:
        look = f"{command_line(options, f'links {who.slug}')}  says whether its page links to this version."
    return then(out, (look, ALONE))


def _to_sign(edition: Edition, entry: Entry) -> list[Question]:
    """What there is to ask of a new signature."""
    who, current = entry.signatory, edition.current.version if edition.current else ""

    def about(key: str, asks: str, example: str, default: str = "", *, optional: bool = False) -> Question:
        def wrong(said: Answers, value: str) -> str:
            version = value if key == "version" else said.get("version", "")
            if key == "version" and amend.standing_under(who, version):
                return ""  # it is there, which is told in other words
            keys = ("signed", len(who.signed), key)
            problem = amend.wrong(edition, entry, amend.signing(entry, {**said, key: value}), keys)
            if not problem and key == "version":
                problem = amend.backwards(edition, who, value)
            if not problem and key == "date":
                problem = amend.counts_from(who, value)
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


def _signed_before(options: argparse.Namespace, entry: Entry, signed: Signature, out: TextIO) -> int:
    """Say that a signature is there; refuse to change it."""
    there = {"date": signed.date, "role": signed.role, "link": signed.link}
    other = _differing({key: vars(options)[key] for key in there}, there)
    if not other:
        words = f"{entry.signatory.name} signed {signed.version} on {signed.date} already."
        return _nothing(out, words)
    raise UsageError(
        f"nothing was written: {entry.signatory.name} signed {signed.version} on {signed.date} already; "
        "to mend what is said of it:",
        details=tuple(
            f"{command_line(options, f'correct {entry.signatory.slug} {key}')} NEW --version {signed.version}"
            for key in other
        ),
    )


# --- Withdraw ----------------------------------------------------------------------------------------


def _withdraw_options(parser: argparse.ArgumentParser) -> None:
    _of_whom(parser)
    parser.add_argument("--date", metavar="DATE", help="since when, as 2026-12-01 (default: today)")
    parser.add_argument(
        "--reason", dest="note", metavar="TEXT", help="what it says of it, at most 500 characters"
    )


def _withdraw(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Note that an organisation no longer stands by its signature."""
    person = terminal(out)
    entry = _entry(options, edition, person)
    who = entry.signatory
    if who.left:
        return _left_before(options, entry, out)
    questions = _to_withdraw(edition, entry)
    said = answers(questions, vars(options), person)
    if problem := amend.ends(who, said["date"]):
        raise UsageError("nothing was written:", details=(f"--date: {problem}",))
    _write(options, edition, entry, amend.withdrawing(entry, said), out)
    stays = (
        "Tell it what stays: its page, which says that it withdrew and when, without its own words and "
        f"links. If it comes back: {command_line(options, f're-sign {who.slug}')}"
    )
    return then(out, (stays, ALONE))


def _to_withdraw(edition: Edition, entry: Entry) -> list[Question]:
    """What there is to ask of a withdrawal."""

    def date(_: Answers, value: str) -> str:
        edits = amend.withdrawing(entry, {"date": value})
        wrong = amend.wrong(edition, entry, edits, ("withdrawn", "date"))
        return wrong or amend.ends(entry.signatory, value)

    def note(said: Answers, value: str) -> str:
        edits = amend.withdrawing(entry, {**said, "note": value})
        return amend.wrong(edition, entry, edits, ("withdrawn", "note"))

    return [
        Question(
            key="date",
            flag="--date",
            asks=f"Since which day does {entry.signatory.name} no longer stand by its signature?",
            example="2026-12-01",
            default=_today(),
            wrong=date,
        ),
        Question(
            key="note",
            flag="--reason",
            asks="What does it say of it, for everybody to read?",
            example="We have closed our kitchen.",
            optional=True,
            wrong=note,
        ),
    ]


def _left_before(options: argparse.Namespace, entry: Entry, out: TextIO) -> int:
    """Say that a withdrawal is there; refuse to change it."""
    who = entry.signatory
    there = {"date": who.left.date if who.left else "", "note": who.left.note if who.left else ""}
    other = _differing({key: vars(options)[key] for key in there}, there)
    if not other:
        return _nothing(out, f"{who.name} withdrew on {there['date']} already.")
    raise UsageError(
        f"nothing was written: {who.name} withdrew on {there['date']} already; to mend what is said of it:",
        details=tuple(
            f"{command_line(options, f'correct {who.slug} {key}')} NEW --withdrawn" for key in other
        ),
    )


# --- Correct -----------------------------------------------------------------------------------------


def _correct_options(parser: argparse.ArgumentParser) -> None:
    _of_whom(parser)
    parser.add_argument("key", metavar="KEY", nargs="?", help="what is wrong, such as area, website or role")
    parser.add_argument("value", metavar="VALUE", nargs="?", help="what is right")
    of = parser.add_mutually_exclusive_group()
    of.add_argument("--version", metavar="VERSION", help="of its signature of this version")
    of.add_argument("--withdrawn", action="store_true", help="of its withdrawal")
    parser.add_argument("--remove", action="store_true", help="take out what may be left out")


def _correct(options: argparse.Namespace, edition: Edition, out: TextIO) -> int:
    """Change one value in the entry of an organisation, or take it out."""
    person = terminal(out)
    entry = _entry(options, edition, person)
    who, remove = entry.signatory, options.remove
    if remove and options.value is not None:
        raise UsageError("--remove takes the value out: leave out the new one")
    if remove and options.key == amend.WITHDRAWN:
        keys: amend.Keys = (amend.WITHDRAWN,)
    else:
        keys = _where(options, entry, person)
    key, now = str(keys[-1]), amend.there(entry, keys)
    if remove and amend.needed(keys):
        raise UsageError(f"“{key}” has to be there: say what is right instead of --remove")
    if remove and now is None:
        return _nothing(out, f"The entry of {who.name} has no “{key}”.")
    value = None if remove else _right(edition, entry, keys, options.value, person)
    if value is not None and value == now:
        return _nothing(out, f"“{key}” is “{value}” in the entry of {who.name} already.")
    _write(options, edition, entry, [(keys, value)], out)
    return then(out, (ALONE,))


def _where(options: argparse.Namespace, entry: Entry, person: Terminal | None) -> amend.Keys:
    """Where the value stands that is wrong."""
    who = entry.signatory
    values = ((key, amend.there(entry, (key,))) for key in amend.CORRECTABLE)
    asked = Question(
        key="key",
        flag="KEY",
        asks=f"What is wrong in the entry of {who.name}?",
        example="area",
        choices=tuple((key, value if isinstance(value, str) else "") for key, value in values),
        wrong=lambda _, value: refusal(lambda: amend.of_which(who, value)),
    )
    key = answers([asked], vars(options), person)["key"]
    can, of = amend.of_which(who, key), amend.WITHDRAWAL if options.withdrawn else options.version or ""
    if len(can) > 1 and not of and person:
        which = Question(
            key="of",
            flag="--version",
            asks=f"The “{key}” of which signature?",
            example=can[-1],
            choices=tuple((each, "") for each in can),
            wrong=lambda _, value: refusal(lambda: amend.place(who, key, value)),
        )
        of = answers([which], {}, person)["of"]
    return amend.place(who, key, of or (can[0] if len(can) == 1 else ""))


def _right(
    edition: Edition, entry: Entry, keys: amend.Keys, given: str | None, person: Terminal | None
) -> str:
    """What is to stand there."""
    now = amend.there(entry, keys)

    def wrong(_: Answers, value: str) -> str:
        if value == now:
            return ""
        problem = amend.wrong(edition, entry, [(keys, value)], keys)
        if not problem and keys == (amend.WITHDRAWN, "date"):
            problem = amend.ends(entry.signatory, value)
        return problem

    question = Question(
        key="value",
        flag="VALUE",
        asks=f"There is “{now}” now. What is right?" if now else "There is nothing yet. What is right?",
        example="the words, as they are to be read",
        wrong=wrong,
    )
    return answers([question], {"value": given}, person)["value"]


RE_SIGN = Command(
    about="add a signature of a newer version to the entry of an organisation",
    example='charter re-sign harbour-trust --date 2027-03-01 --role "Chair of trustees"',
    options=_re_sign_options,
    run=ran(_re_sign),
)
WITHDRAW = Command(
    about="note that an organisation no longer stands by its signature",
    example='charter withdraw harbour-trust --date 2027-03-01 --reason "We have closed."',
    options=_withdraw_options,
    run=ran(_withdraw),
)
CORRECT = Command(
    about="change one value in the entry of an organisation, or take it out",
    example='charter correct harbour-trust area "Harbour Lane and the docks"',
    options=_correct_options,
    run=ran(_correct),
)
