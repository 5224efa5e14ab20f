"""What somebody typed → the answers about principles that a report publishes; nothing is chosen for them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import replace

from charterpress.checks.queries import join_choices, quote, quote_list, suggestion
from charterpress.checks.signatories.reports import MEANT_ANSWERS
from charterpress.cli.prompts import Answers, Question, Terminal, ask_questions
from charterpress.editing import amend, report
from charterpress.editing.amend import Entry
from charterpress.editing.new.drafts import answer_fault
from charterpress.editing.report import NOTES, Subject
from charterpress.model import Answer, Edition, PrincipleReport, Report
from charterpress.model.errors import UsageError
from charterpress.text.interface import gettext as _
from charterpress.views.addresses import version_address

NOTE = "@"
"""What stands before the name of a note whose words are taken."""


def read_choices(options: argparse.Namespace, subjects: Mapping[str, Subject]) -> tuple[PrincipleReport, ...]:
    """Return the answers that options chose, in the order of the charter. Raises UsageError that names
    everything that is wrong with them."""
    faults: list[str] = []
    given = {
        flag: _pairs(flag, getattr(options, key), subjects, faults)
        for flag, key in (("--principle", "principles"), ("--words", "words"), ("--evidence", "evidence"))
    }
    looked = dict.fromkeys(options.looked or (), "")
    faults += [f"--looked: {_unknown(id, subjects)}" for id in looked if id not in subjects]
    for flag in ("--words", "--evidence"):
        faults += [
            _("{flag}: nothing is published about {id}: say --principle {id}=ANSWER too").format(
                flag=flag, id=id
            )
            for id in given[flag]
            if id not in given["--principle"]
        ]
    answers = []
    for id, each in subjects.items():
        if id not in given["--principle"]:
            continue
        answer = _answer(given["--principle"][id])
        if answer is None:
            faults.append(f"--principle: {_wrong_answer(id, given['--principle'][id], each)}")
        if each.changed and id not in looked:
            faults.append(_("--principle: {problem}").format(problem=_look_again(each)))
        words = _taken(id, given["--words"].get(id, ""), each, faults)
        if answer:
            evidence = given["--evidence"].get(id, "")
            answers.append(PrincipleReport(principle=id, answer=answer, words=words, evidence=evidence))
    if faults:
        raise UsageError(_("nothing was written:"), details=tuple(faults))
    return tuple(answers)


def _pairs(
    flag: str, values: Iterable[str] | None, subjects: Mapping[str, Subject], faults: list[str]
) -> dict[str, str]:
    """The text for each principle, of values such as “open-ways=in part”."""
    found: dict[str, str] = {}
    for value in values or ():
        id, sign, text = (part.strip() for part in value.partition("="))
        if not sign:
            faults.append(_("{flag}: {value} has no “=”: write ID=…").format(flag=flag, value=quote(value)))
        elif id not in subjects:
            faults.append(f"{flag}: {_unknown(id, subjects)}")
        elif id in found:
            faults.append(_("{flag}: {id} is there twice: give it once").format(flag=flag, id=quote(id)))
        elif problem := answer_fault(text):
            faults.append(f"{flag}: {quote(id)}: {problem}")
        else:
            found[id] = text
    return found


def _unknown(id: str, subjects: Mapping[str, Subject]) -> str:
    hint = suggestion(id, subjects, quote_list(subjects))
    return _("there is no principle {id} in the version that is reported on: {hint}").format(
        id=quote(id), hint=hint
    )


def _answer(words: str) -> Answer | None:
    folded = " ".join(words.casefold().split())
    return next((each for each in Answer if folded == each), None)


def _wrong_answer(id: str, words: str, subject: Subject) -> str:
    folded = " ".join(words.casefold().split())
    message = _("{words} is not an answer about {id}: write {choices}").format(
        words=quote(words),
        id=quote(id),
        choices=quote(MEANT_ANSWERS[folded])
        if folded in MEANT_ANSWERS
        else join_choices(list(map(quote, Answer))),
    )
    if subject.proposal:
        nearest = _("the answer in the file is nearest to {answer}").format(answer=quote(subject.proposal))
        return f"{message}; {nearest}"
    return message


def _look_again(subject: Subject) -> str:
    version = subject.assessed.version if subject.assessed else ""
    return _(
        "the words of {id} have changed since it was answered for version {version}: look again at what "
        "binds now, and say --looked {option} once the organisation has"
    ).format(id=quote(subject.principle.id), option=subject.principle.id, version=quote(version))


def _taken(id: str, words: str, subject: Subject, faults: list[str]) -> str:
    """The words to publish: those given, or those of the note that they name."""
    if not words.startswith(NOTE):
        return words
    name, notes = words.removeprefix(NOTE), subject.assessed.notes if subject.assessed else {}
    text = " ".join(notes.get(name, "").split())
    if text:
        return text
    if name not in NOTES:
        problem = suggestion(name, NOTES, quote_list(NOTES))
        message = _("--words: there is no note {name}: {problem}").format(name=quote(name), problem=problem)
    else:
        message = _("--words: nothing is written under {name} about {id} in the file").format(
            name=quote(name), id=quote(id)
        )
    faults.append(message)
    return ""


def ask_choices(
    edition: Edition, entry: Entry, made: Report, subjects: Mapping[str, Subject], person: Terminal
) -> tuple[PrincipleReport, ...]:
    """Ask, about each principle that an assessment speaks of, what is to be published: nothing, unless
    somebody says so."""
    answers: list[PrincipleReport] = []
    for id, each in subjects.items():
        if each.assessed is None or (each.changed and not _has_looked(each, made, person)):
            continue
        chosen = ask_questions([_answer_question(id, each)], {}, person)["answer"]
        if not chosen:
            continue
        answer = PrincipleReport(principle=id, answer=Answer(chosen))
        questions = [
            _text_question("words", edition, entry, replace(made, principles=(answer,)), each),
            _text_question("evidence", edition, entry, replace(made, principles=(answer,)), each),
        ]
        said = ask_questions(questions, {}, person)
        words = _taken(id, said["words"], each, [])
        answers.append(
            PrincipleReport(principle=id, answer=answer.answer, words=words, evidence=said["evidence"])
        )
    return tuple(answers)


def _has_looked(subject: Subject, made: Report, person: Terminal) -> bool:
    question = Question(
        key="looked",
        flag="--looked",
        asks=_("{title}: the words have changed since you answered. Look again at {address}.").format(
            title=subject.principle.title, address=f"{version_address(made.version)}#{subject.principle.id}"
        ),
        example=_("looked"),
        choices=((_("looked"), _("the organisation has looked again")),),
        optional=True,
        wrong=lambda _ignored, value: "" if value == _("looked") else _("say “looked”, or press Enter"),
    )
    return bool(ask_questions([question], {}, person)["looked"])


def _answer_question(id: str, subject: Subject) -> Question:
    asks = _("{title}: what do you publish?").format(title=subject.principle.title)
    if subject.proposal:
        nearest = _("What you answered is nearest to “{answer}”; you choose.").format(answer=subject.proposal)
        asks = f"{asks} {nearest}"
    return Question(
        key="answer",
        flag=id,
        asks=asks,
        example=subject.proposal or Answer.KEPT,
        choices=tuple((str(each), "") for each in Answer),
        optional=True,
        wrong=lambda _ignored, value: "" if _answer(value) else _wrong_answer(id, value, subject),
    )


def _text_question(key: str, edition: Edition, entry: Entry, made: Report, subject: Subject) -> Question:
    """The question for the words or the evidence of the one answer in the report `made`."""
    (answer,) = made.principles

    def wrong(_ignored: Answers, value: str) -> str:
        faults: list[str] = []
        text = _taken(answer.principle, value, subject, faults) if key == "words" else value
        if faults:
            return faults[0]
        one = replace(answer, words=text) if key == "words" else replace(answer, evidence=text)
        edits = report.report_edits(entry, replace(made, principles=(one,)))
        place = report.report_place(entry, made)
        return amend.edit_fault(edition, entry, edits, ("reports", place, "principles", 0, key))

    asks = {
        "words": _("What do you say of it in public? “@shows” takes your note “How we can tell”."),
        "evidence": _("Which page shows it?"),
    }
    example = _("Two of our three gates are wide enough.")
    return Question(
        key=key,
        flag=f"{answer.principle} {key}",
        asks=asks[key],
        example=example if key == "words" else entry.signatory.website,
        optional=True,
        wrong=wrong,
    )
