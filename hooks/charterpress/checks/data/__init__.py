"""The lists that the rules for signatories look things up in, each in a file of its own beside this one.

A file is read when a rule first needs it. Its head comment gives the source and the date of the list.
"""

from __future__ import annotations

import csv
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicRegister:
    """A public register of organisations. `number` is a regular expression for its numbers, '' if it
    publishes no form, and `example` one of them; `also` are codes that people write instead of its own."""

    number: str
    example: str
    also: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LegalForm:
    """A legal form, such as “ltd”. It stands at the end of a name; `at_start` says whether also at the start,
    and `joined` whether also without a space."""

    form: str
    at_start: bool
    joined: bool


@cache
def public_registers() -> Mapping[str, PublicRegister]:
    """Return the registers that org-id.guide lists, by code."""
    return {
        row["code"]: PublicRegister(
            number=row["number"], example=row["example"], also=tuple(row["also"].split())
        )
        for row in csv.DictReader(_lines("public_registers.csv"))
    }


@cache
def legal_forms() -> tuple[LegalForm, ...]:
    """Return the legal forms of all languages, in lower case."""
    return tuple(
        LegalForm(form=row["form"], at_start=bool(row["at_start"]), joined=bool(row["joined"]))
        for row in csv.DictReader(_lines("legal_forms.csv"))
    )


@cache
def shared_hosts() -> frozenset[str]:
    """Return the hosts on which many organisations each have a page."""
    return _words("shared_hosts.txt")


@cache
def job_title_words() -> frozenset[str]:
    """Return the words that job titles are made of, in lower case."""
    return _words("job_titles.txt")


@cache
def courtesy_titles() -> frozenset[str]:
    """Return the titles that come before a person's name, such as “dr”, in lower case."""
    return _words("courtesy_titles.txt")


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


def _lines(name: str) -> list[str]:
    """Return the lines of a file in this folder, without its comments."""
    text = pkgutil.get_data(__name__, name) or b""
    return [line for line in text.decode().splitlines() if not line.startswith("#")]
