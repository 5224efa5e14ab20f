"""The questions and rules of a form as a table, by which a browser judges an answer as the check does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from charterpress.checks import characters
from charterpress.checks.data import public_registers, top_domains, word_list
from charterpress.checks.signatories import addresses, contacts, names, people, registrations
from charterpress.checks.signatories.reports import MEANT_ANSWERS
from charterpress.editing.new.drafts import MAX_ANSWER_LENGTH
from charterpress.editing.new.entry import NEEDED_TO_SIGN
from charterpress.editing.report import asks_reports
from charterpress.editing.sign_up import values
from charterpress.editing.sign_up.fields import ANSWERED_BY, Field, Request, form_fields, requests_of
from charterpress.editing.sign_up.report_lines import MAX_WORDS, answer_choices
from charterpress.model import Edition
from charterpress.text.folding import FOLDED_LETTERS, fold
from charterpress.text.interface import gettext as _
from charterpress.text.script_patterns import script_pattern
from charterpress.views.reports import ANSWERS

PATTERNS: Mapping[str, re.Pattern[str]] = {
    "address": addresses.ADDRESS,
    "anyNumber": re.compile(registrations.NUMBER),
    "at": contacts.AT,
    "authority": contacts.AUTHORITY,
    "beforeNumber": values.BEFORE_NUMBER,
    "capitalised": people.CAPITALISED,
    "email": contacts.EMAIL,
    "formula": values.FORMULA,
    "host": people.HOST,
    "initials": people.INITIALS,
    "invalid": addresses.INVALID_CHARACTER,
    "invisible": characters.INVISIBLE,
    "joined": people.JOINED,
    "label": addresses.LABEL,
    "listed": registrations.LISTED,
    "mailbox": addresses.MAILBOX,
    "marks": names.MARKS,
    "number": addresses.NUMBER,
    "own": names.PRIVATE_USE,
    "parts": people.PARTS,
    "schemes": addresses.SCHEMES,
    "signOff": people.SIGN_OFF,
    "spelledEmail": people.SPELLED_EMAIL,
    "styled": names.STYLED,
    "telephone": people.TELEPHONE,
    "token": people.TOKEN,
    "turning": characters.BIDI,
    "word": names.WORD,
}
"""The patterns of the rules that a browser applies too, by what it calls them."""

_FURTHER = (*range(0x1D173, 0x1D17B), *range(0xE0001, 0xE0080))
"""The hidden characters with names of their own beyond the first plane of Unicode: of music, and tags."""
_NEEDED = {
    Request.RE_SIGN: ("name", *NEEDED_TO_SIGN),
    Request.CORRECT: ("name",),
    Request.WITHDRAW: ("name",),
    Request.REPORT: ("name", "period_start", "period_end"),
}
"""What has to be answered by an organisation that is on the list."""


def is_required(field: Field, request: Request) -> bool:
    """Whether whoever makes `request` has to answer `field`."""
    return field.required if request is Request.SIGN else field.key in _NEEDED[request]


def answer_table(edition: Edition) -> dict[str, Any]:
    """Return the questions that `edition` asks, and the patterns and lists by which answers are judged, as
    values that JSON has."""
    hidden = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x10000), *_FURTHER)))
    shown = (*characters.INVISIBLE.findall(hidden), *characters.BIDI.findall(hidden))
    asked = requests_of(edition)
    return _report_table(edition) | {
        "fields": [
            {
                "key": each.key,
                "label": each.label,
                "help": each.help,
                "requiredFor": [request for request in asked if is_required(each, request)],
                "unless": ANSWERED_BY.get(each.key, ""),
                "choices": each.choices,
            }
            for each in form_fields(edition)
        ],
        "most": names.MAX_LENGTHS,
        "mostMarks": names.MAX_MARKS,
        "mostOfAll": MAX_ANSWER_LENGTH,
        "ownPage": _(addresses.OWN_PAGE),
        "patterns": {name: script_pattern(each) for name, each in PATTERNS.items()},
        "names": {each: name for each in shown if (name := characters.character_name(each))},
        "privateDomains": sorted(addresses.PRIVATE_DOMAINS),
        "topDomains": _words(top_domains()),
        "scripts": {
            "alike": _script_names(names.ALIKE),
            "joining": _script_names(characters.JOINING_SCRIPTS),
            "unspaced": _script_names(characters.UNSPACED_SCRIPTS),
        },
        "sharedLetters": "".join(sorted(names.SHARED_LETTERS)),
        "exampleDomains": sorted(addresses.EXAMPLE_DOMAINS),
        "noAnswer": sorted(values.NO_ANSWER),
        "registers": {
            code: [script_pattern(re.compile(each.number)), each.example] if each.number else []
            for code, each in public_registers().items()
        },
        "otherCodes": {code: each.also for code, each in public_registers().items() if each.also},
        "foldedLetters": FOLDED_LETTERS,
        "courtesyTitles": _words(map(fold, word_list("courtesy_titles"))),
        "officeWords": _words(map(fold, word_list("job_titles") | word_list("occupations"))),
        "placeNames": _words(word_list("place_names")),
        "particles": _words(people.PARTICLES),
        "saints": _words(people.SAINTS),
        "ofPlaces": _words(people.OF_PLACES),
        "officesAndNames": _words(people.OFFICES_AND_NAMES),
        "askedHosts": _words(word_list("asked_hosts")),
        "released": {each.version: each.date for each in edition.releases if not each.consultation},
    }


def _report_table(edition: Edition) -> dict[str, Any]:
    """What the lines about principles are judged by, where there are any: the ids of each version, '' for the
    current one, and the names of the answers, the last of each in the language in use."""
    if not asks_reports(edition) or edition.current is None:
        return {}
    released = [each for each in edition.releases if not each.consultation]
    ids = {each.version: [one.id for _theme, one in each.charter.principles()] for each in released}
    return {
        "principles": ids | {"": ids[edition.current.version]},
        "reportAnswers": [[str(answer), name] for answer, name in answer_choices()],
        "meantAnswers": {words: _(ANSWERS[answer]) for words, answer in MEANT_ANSWERS.items()},
        "mostWords": MAX_WORDS,
    }


def given_names() -> str:
    """Return the given names by which a role is told from a person: apart, because they are many, and only
    two questions need them."""
    return _words(word_list("given_names"))


def _script_names(scripts: Iterable[str]) -> list[str]:
    """The names of scripts as properties of Unicode, by which JavaScript knows them (UAX 24, 3.2)."""
    return sorted(each.title() for each in scripts)


def _words(words: Iterable[str]) -> str:
    return " ".join(sorted(words))
