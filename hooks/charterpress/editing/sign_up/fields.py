"""An Edition → the questions that a form to sign it asks, in one table that every kind of form is made from
and read by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from charterpress.checks.queries import closest_match
from charterpress.model import Edition


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One question of a form. `key` is what its answer is called in a signatory's file, of a signature or of
    the organisation; `label` the question as a person reads it, `help` a sentence below it, `also` what else
    people call it. `several_lines` is for an answer that may be long, and `choices` are all that can be
    answered, () where that is free."""

    key: str
    label: str
    help: str
    required: bool = False
    several_lines: bool = False
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


FIELDS = (
    Field(
        key="name",
        label="Name of your organisation",
        help="As the public knows it, at most 120 characters.",
        required=True,
        also=("organisation", "organization", "organisation name", "name of the organisation"),
    ),
    Field(
        key="name_latin",
        label="The name in Latin letters",
        help="Only if your name is written in other letters.",
        also=("name in Latin letters", "Latin name", "transliteration"),
    ),
    Field(
        key="kind",
        label="Kind of organisation",
        help="What comes closest.",
        required=True,
        also=("type of organisation", "organisation type", "type"),
    ),
    Field(
        key="area",
        label="Where you work",
        help="A place, a region or a country, in your own words.",
        required=True,
        also=("where the organisation works", "place", "location", "region"),
    ),
    Field(
        key="website",
        label="Your website",
        help="The whole address, which begins with https://",
        required=True,
        also=("web site", "web address", "homepage", "site", "url"),
    ),
    Field(
        key="registration",
        label="Your number in a public register",
        help="With the code of the register at org-id.guide before it, such as GB-CHC-1234567. If you have "
        "none, leave this empty.",
        also=("registration number", "registered number", "charity number", "company number"),
    ),
    Field(
        key="pledge",
        label="In your own words",
        help="What signing means to you, at most 500 characters. No names of people, no e-mail addresses.",
        several_lines=True,
        also=("your own words", "statement", "your pledge"),
    ),
    Field(
        key="version",
        label="Version you sign",
        help="You sign the words of one version, which never change.",
        required=True,
        also=("version signed", "version you signed", "charter version"),
    ),
    Field(
        key="date",
        label="Day on which it was agreed",
        help="Year, month and day, as 2027-03-01, or with the month in words, as 1 March 2027.",
        required=True,
        also=("date signed", "date agreed", "date of signature", "day", "signed on", "agreed on"),
    ),
    Field(
        key="role",
        label="Office that signs",
        help="Such as Chief Executive or Chair of trustees. Never the name of a person.",
        required=True,
        also=("role of the signatory", "office", "position", "signed by", "signed as"),
    ),
    Field(
        key="link",
        label="Your page about the charter",
        help="A page of your own website that says that you signed, and links to that version.",
        also=("page about the charter", "page", "link to your page"),
    ),
)
"""What a sign-up asks, in the order in which it asks it."""


def form_fields(edition: Edition) -> tuple[Field, ...]:
    """The questions of a form to sign the charter of `edition`, with its kinds of organisation and its
    versions, the newest first, to choose from."""
    kinds = edition.charter.signatory_kinds if edition.charter else ()
    versions = tuple(each.version for each in reversed(edition.releases) if not each.consultation)
    choices = {"kind": kinds, "version": versions}
    return tuple(replace(field, choices=choices.get(field.key, ())) for field in FIELDS)


# --- Labels ------------------------------------------------------------------------------------------

_NO_SIGN = re.compile(r"[\W_]+")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\W*$")
MAX_LABEL_LENGTH = 120
"""Characters. What is longer is no label, and is not compared with any."""


def field_for_label(label: str) -> Field | None:
    """The question that `label` stands for, whatever its capital letters, spaces and signs; what is in
    brackets at its end, as “(optional)”, may be there or not."""
    if len(label) > MAX_LABEL_LENGTH:
        return None
    return _NAMES.get(_folded(label)) or _NAMES.get(_folded(_BRACKET.sub("", label)))


def similar_field(label: str, cutoff: float = 0.6) -> Field | None:
    """The question that `label`, which is none, is most likely a slip for: at least so alike, from 0 to 1."""
    near = closest_match(_folded(label), _NAMES, cutoff) if len(label) <= MAX_LABEL_LENGTH else None
    return _NAMES[near] if near else None


def _folded(label: str) -> str:
    return _NO_SIGN.sub("", unicodedata.normalize("NFKC", label).casefold())


_NAMES = {_folded(name): field for field in FIELDS for name in (field.label, field.key, *field.also)}
