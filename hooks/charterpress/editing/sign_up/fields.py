"""The questions of a form to sign, in one table that every kind of form is read by; and their answers."""

from __future__ import annotations

import csv
import pkgutil
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from charterpress.checks.queries import closest_match
from charterpress.editing.report import asks_reports
from charterpress.model import Edition
from charterpress.text.interface import N_, SOURCE, catalog_languages, language, use_language
from charterpress.text.interface import gettext as _
from charterpress.text.languages import name_and_tag
from charterpress.versions.translations import published_languages

MAX_LABEL_LENGTH = 120
"""Characters. What is longer is no label, and is not compared with any."""
MIN_SIMILARITY = 0.75
"""How alike a label must be to a known one to be told as a slip, from 0 to 1: letters and tables have much in
them that is none of the form's."""
KINDS = "kinds."
"""How the id of a unit begins that is a kind of organisation (versions/translations)."""
_NO_SIGN = re.compile(r"[\W_]+")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\W*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One question of a form. `key` is what its answer is called in a signatory's file, of a signature or of
    the organisation; `label` the question as a person reads it, `help` a sentence below it, `also` what else
    people call it. `several_lines` is for an answer that may be long, `choices` are all that can be answered,
    () where that is free, `named` what these are called in other languages, each name with its choice, and
    `requests` those of `Request` that ask it."""

    key: str
    label: str
    help: str
    required: bool = False
    several_lines: bool = False
    choices: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Something to mend, in the words of the form: what it is about (a label as it stands there, or ''),
    where (`row` of a table or `line` of a text, from 1, or 0), what is wrong, and what to write instead.
    `rule` is the rule of the check that says so, or ''. `beside` compares two entries: a label, and what each
    says there."""

    message: str
    fix: str
    label: str = ""
    row: int = 0
    line: int = 0
    rule: str = ""
    beside: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One answer as it was written, under the label that stands there."""

    field: Field
    label: str
    value: str
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One filled-in form. `reasons` are what is wrong with it as a form; `unread` are lines that belong to no
    answer, with their numbers; `row` is where it stands in a table, and `message` in a mailbox, 0 elsewhere.

    `source` names the file or message that it came in, where there are several; `sent` is the day on which
    its letter was sent, and `order` the order of figures that its sender or its file writes dates in; '' for
    what is unknown."""

    answers: tuple[Answer, ...]
    reasons: tuple[Reason, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    row: int = 0
    message: int = 0
    source: str = ""
    sent: str = ""
    order: str = ""

    def answer(self, key: str) -> Answer | None:
        """The answer to the question `key`, if it stands in the form."""
        return next((each for each in self.answers if each.field.key == key), None)

    def words(self, key: str) -> str:
        """What was answered to the question `key`, without space around it; '' for nothing."""
        answer = self.answer(key)
        return answer.value.strip() if answer else ""

    @property
    def place(self) -> str:
        """Where it stands among others, such as “row 3”; '' for a form that came alone."""
        if not self.row:
            return self.source
        if not self.source:
            return _("row {number}").format(number=self.row)
        # Translators: where an answer stands: {source} is the name of a file, or a place of its own.
        return _("{source}, row {number}").format(source=self.source, number=self.row)


def _read_fields() -> tuple[Field, ...]:
    text = (pkgutil.get_data(__name__, "fields.csv") or b"").decode()
    return tuple(
        Field(
            key=row["key"],
            label=row["label"],
            help=row["help"],
            required=bool(row["required"]),
            several_lines=bool(row["several_lines"]),
            also=tuple(row["also"].split("; ")),
            requests=tuple(row["requests"].split("; ")),
        )
        for row in csv.DictReader(text.splitlines()[1:])
    )


def _folded(label: str) -> str:
    return _NO_SIGN.sub("", unicodedata.normalize("NFKC", label).casefold())


class Request(StrEnum):
    """What somebody asks for."""

    SIGN = "sign"
    RE_SIGN = "re-sign"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    REPORT = "report"


REQUEST_NAMES = {
    Request.SIGN: N_("Sign"),
    Request.RE_SIGN: N_("Sign again"),
    Request.CORRECT: N_("Correct our entry"),
    Request.WITHDRAW: N_("Withdraw"),
    Request.REPORT: N_("Report how we kept it"),
}
"""What forms offer to choose from, in English; it is translated where it is shown."""
REMOVE_ENTRY = N_("Remove an entry that we did not make")
"""What they offer besides: a person decides it, and no program."""

ALL_FIELDS = _read_fields()
"""Every question of every form, in English; a label is translated where it is shown."""
FIELDS = tuple(each for each in ALL_FIELDS if Request.SIGN in each.requests)
"""What a sign-up asks, in the order in which it asks it."""
IN_SEVERAL_LANGUAGES = "language"
"""The question that is asked only where a version was published in several languages."""
DATES = ("date", "period_start", "period_end", "report_published")
"""The questions for a day."""
OF_REPORTS = tuple(each.key for each in ALL_FIELDS if each.requests == (Request.REPORT,))
"""The questions that are asked only where a version asks for reports."""
ANSWERED_BY = {"website": "registration"}
"""Questions that need no answer where another has one: an organisation without a website has a number."""
_NAMES = {_folded(name): field for field in ALL_FIELDS for name in (field.label, field.key, *field.also)}
"""Every question by its names in English."""
_REQUESTS = {
    Request.SIGN: "sign; sign up; sign the charter; sign for the first time; join; new; add us",
    Request.RE_SIGN: (
        "sign again; re sign; sign a new version; sign a newer version; sign the new version; renew; sign it "
        "again; sign again, for a later version; re signing; renew our signature"
    ),
    Request.CORRECT: (
        "correct; correct our entry; correct an entry; correction; change; change our entry; update; amend; "
        "edit; update our entry; correct or change our entry"
    ),
    Request.WITHDRAW: (
        "withdraw; withdraw our signature; withdrawal; leave; cancel; cancel our signature; "
        "withdraw from the charter"
    ),
    Request.REPORT: "report; send a report; report how we kept our promise; report how we kept it",
}
_BY_WORDS = {_folded(words): each for each, some in _REQUESTS.items() for words in some.split("; ")}
_AMBIGUOUS = _folded("resign")
"""It means to sign again, or to give up."""


@cache
def _in_language(message: str, tag: str) -> str:
    """A message in the language of `tag`, as it is compared."""
    with use_language(tag):
        return _folded(_(message))


def _translated(message: str) -> set[str]:
    """A message in the language in use and every one that there is a catalog of: a form may be in any."""
    return {_in_language(message, tag) for tag in (language(), *catalog_languages())}


def _translated_names() -> dict[str, Field]:
    """Every question by its label in each of these languages."""
    tags = (language(), *catalog_languages())
    return {name: field for tag in tags for name, field in _names_in(tag).items()}


@cache
def _names_in(tag: str) -> dict[str, Field]:
    with use_language(tag):
        return {
            _folded(name): field
            for field in ALL_FIELDS
            for label in [_(field.label)]
            for name in (label, optional_label(label))
        }


def labels_language(labels: Collection[str]) -> str:
    """Return the language that more of the `labels` of a form are in than in any other; '' for none."""
    folded = [_folded(each) for each in labels if len(each) <= MAX_LABEL_LENGTH]
    count = {tag: sum(each in _names_in(tag) for each in folded) for tag in (SOURCE, *catalog_languages())}
    best = max(count.values())
    tags = [tag for tag, known in count.items() if known == best]
    return tags[0] if best and len(tags) == 1 else ""


def optional_label(label: str) -> str:
    """The label of a question, in the language in use, with the mark that it can be left out."""
    # Translators: the label of a question of a form that need not be answered.
    return _("{label} (optional)").format(label=label)


def is_removal(words: str) -> bool:
    """Whether `words` ask for an entry to go that the organisation did not make."""
    folded = _folded(words)
    return folded == _folded(REMOVE_ENTRY) or folded in _translated(REMOVE_ENTRY)


def request_for(words: str) -> Request | None:
    """What is asked for with `words`; None where that is not certain."""
    folded = _folded(words)
    if folded == _AMBIGUOUS and "-" not in words:
        return None
    named = (request for request, name in REQUEST_NAMES.items() if folded in _translated(name))
    return _BY_WORDS.get(folded) or next(named, None)


def form_fields(edition: Edition) -> tuple[Field, ...]:
    """The questions in the language in use, with the kinds of organisation and versions of `edition`, newest
    first, as choices; and with its languages, where a version was published in several."""
    kinds = edition.charter.signatory_kinds if edition.charter else ()
    versions = tuple(each.version for each in reversed(edition.releases) if not each.consultation)
    choices = {
        "kind": kinds,
        **dict.fromkeys(("version", "reported_version"), versions),
        IN_SEVERAL_LANGUAGES: language_choices(edition),
    }
    left = () if asks_reports(edition) else OF_REPORTS
    names = {"kind": tuple(_names_of_kinds(edition, kinds))}
    return tuple(
        replace(
            field,
            label=_(field.label),
            help=_(field.help),
            choices=choices.get(field.key, ()),
            named=names.get(field.key, ()),
        )
        for field in ALL_FIELDS
        if field.key not in left and (field.key != IN_SEVERAL_LANGUAGES or choices[field.key])
    )


def requests_of(edition: Edition) -> tuple[Request, ...]:
    """What somebody can ask of `edition`."""
    return tuple(each for each in Request if each is not Request.REPORT or asks_reports(edition))


def _names_of_kinds(edition: Edition, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What the kinds of organisation are called in the charter's translations, by which a form in another
    language asks for them."""
    for each in edition.translations:
        for entry in each.entries:
            if entry.unit.startswith(KINDS) and entry.text and entry.source in kinds:
                yield entry.text, entry.source
    listed = {each.version: each.charter.signatory_kinds for each in edition.releases}
    for published in edition.frozen_translations:
        then = enumerate(listed.get(published.version, ()), start=1)
        units = {f"{KINDS}{place}": kind for place, kind in then if kind in kinds}
        yield from ((text, units[unit]) for unit, text in published.texts if unit in units)


def language_choices(edition: Edition) -> tuple[str, ...]:
    """Return the languages that a version was published in, each by its own name and its code: “Cymraeg
    (cy)”; none where there is one alone."""
    if not edition.frozen_translations:
        return ()
    tags = (tag for each in edition.releases for tag in published_languages(edition, each))
    return tuple(map(name_and_tag, dict.fromkeys(tags)))


def field_for_label(label: str) -> Field | None:
    """The question that `label` stands for, whatever its language, its case and its signs, and
    “(optional)” at its end."""
    if len(label) > MAX_LABEL_LENGTH:
        return None
    names = [name for name in (_folded(label), _folded(_BRACKET.sub("", label))) if name]
    known = next((_NAMES[name] for name in names if name in _NAMES), None)
    return known or next((field for name in names if (field := _translated_names().get(name))), None)


def similar_field(label: str, cutoff: float = MIN_SIMILARITY) -> Field | None:
    """The question that `label`, which is none, is most likely a slip for: at least so alike, from 0 to 1."""
    names = {**_translated_names(), **_NAMES}
    near = closest_match(_folded(label), names, cutoff) if len(label) <= MAX_LABEL_LENGTH else None
    return names[near] if near else None


def form_reason(form: Form, key: str, message: str, fix: str, rule: str = "") -> Reason:
    """Something to mend in the answer to the question `key` of `form`, whether or not it stands there."""
    answer = form.answer(key)
    label = answer.label if answer else _(next(each.label for each in ALL_FIELDS if each.key == key))
    line = answer.line if answer else 0
    return Reason(label=label, row=form.row, line=line, message=message, fix=fix, rule=rule)
