"""The lists that the rules for signatories look things up in, each in a file of its own beside this one.

A file is read when a rule first needs it. Its head comment gives the source and the date of the list."""

from __future__ import annotations

import csv
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class PublicRegister:
    """A public register of organisations. `number` is a regular expression for its numbers, '' if it
    publishes no form, and `example` one of them; `also` are codes that people write instead of its own."""

    number: str
    example: str
    also: list[str]


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form, such as “ltd”. It stands at the end of a name; `at_start` says whether also at the start,
    and `joined` whether also without a space."""

    form: str
    at_start: bool
    joined: bool


@cache
def public_registers() -> Mapping[str, PublicRegister]:
    """Return the registers that org-id.guide lists, by code."""
    rows = csv.DictReader(_lines("public_registers.csv"))
    return {
        each["code"]: PublicRegister(each["number"], each["example"], each["also"].split()) for each in rows
    }


@cache
def legal_forms() -> tuple[LegalForm, ...]:
    """Return the legal forms of all languages, in lower case."""
    rows = csv.DictReader(_lines("legal_forms.csv"))
    return tuple(LegalForm(each["form"], bool(each["at_start"]), bool(each["joined"])) for each in rows)


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of the list `name`, in lower case: `job_titles` and `occupations`, of which the names
    of offices are made; `given_names`, and `place_names` that are
    both; `courtesy_titles`, which come before a name, such as “dr”;
    `front_pages`, of which the addresses of front pages are made; `asked_hosts`, to which a pledge hardly
    leads; or `spam_words`."""
    return frozenset(word for line in _lines(f"{name}.txt") for word in line.split())


def top_domains() -> frozenset[str]:
    """Return the last parts of all names that the public can reach, those beyond ASCII also as IDNA writes
    them: from the file of the Public Suffix List (publicsuffix.org/list) that its package carries."""
    text = (pkgutil.get_data("publicsuffixlist", "public_suffix_list.dat") or b"").decode()
    rules = (line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("//"))
    last = {rule.rpartition(".")[2] for rule in rules}
    return frozenset(last | {each.encode("idna").decode() for each in last})


def _lines(name: str) -> list[str]:
    """Return the lines of a file in this folder, without its comments."""
    text = pkgutil.get_data(__name__, name) or b""
    return [line for line in text.decode().splitlines() if not line.startswith("#")]


@cache
def number_words() -> Mapping[str, Mapping[str, int]]:
    """Return the words for numbers of each language that has a list, with what they mean."""
    found: dict[str, dict[str, int]] = {}
    for line in _lines("number_words.txt"):
        language, value, *words = line.split()
        found.setdefault(language, {}).update(dict.fromkeys(words, int(value)))
    return found


@cache
def negation_patterns() -> Mapping[str, Mapping[str, str]]:
    """Return regular expressions of what denies something in each language that has a list: “sure”, “like”
    it, and what is “not” one though it looks so."""
    return _patterns("negations.txt")


@cache
def report_patterns() -> Mapping[str, Mapping[str, str]]:
    """Return regular expressions of what speaks of a “report”, of one that is “denied”, and of units of time
    (“two” of them, if that is one word) in each language that has a list."""
    return _patterns("reports.txt")


def _patterns(name: str) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in _lines(name):
        language, kind, pattern = line.split(" ", 2)
        found.setdefault(language, {})[kind] = pattern
    return found
