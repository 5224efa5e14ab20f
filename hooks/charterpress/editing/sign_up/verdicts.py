"""Filled-in forms × the charter → for each its file, or what has to be mended in it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from charterpress import read, register
from charterpress.checks import HELD_RULES, RULES, SIGNATORIES, check
from charterpress.checks.queries import quote
from charterpress.checks.signatories.people import questions_in
from charterpress.editing.new.drafts import first_free
from charterpress.editing.new.entry import (
    ENTRY_KEYS,
    SIGNATURE_KEYS,
    entry_path,
    entry_slug,
    entry_yaml,
    paths_taken,
)
from charterpress.editing.sign_up.fields import FIELDS, MAX_LABEL_LENGTH, Field, Form, Reason, form_fields
from charterpress.editing.sign_up.values import parse_answer
from charterpress.editing.sign_up.waves import Wave, find_waves, is_like
from charterpress.model import Document, Edition, Finding, Role, Severity, Signatory
from charterpress.model import Mapping as Block
from charterpress.model import Sequence as Listed

DUPLICATE_RULES = tuple(rule for rule in RULES if rule.id.startswith("twin-"))
"""The rules for an organisation that stands in the register twice."""
OTHER_RULES = tuple(rule for rule in RULES if rule not in DUPLICATE_RULES)
_DUPLICATE_MESSAGES = {
    "twin-registration": "is the registration of",
    "twin-website": "is the website of",
    "twin-name": "is the name of",
    "twin-namesake": "is the name of",
    "twin-lookalike": "looks like the name of",
}
_WHOLE_ENTRY_RULES = frozenset({"missing-key", "signatory-slug", "signatory-latin"})
"""The rules that have nothing to say of a form with an answer missing that is asked for already."""
_REFUSED_RULES = frozenset({"twin-registration", "twin-name"})
_HOW_TO_DIFFER = (
    "if you are another organisation, give your own number in a public register, or the address of your own "
    "page; to sign again or to correct an entry, ask for that"
)
_HOW_TO_KEEP = (
    "look at both: if they are two, add “distinct_from: [{}]” to the new file; if they are one, delete it"
)
_FORM_FIXES = {
    "signatory-latin": "answer “The name in Latin letters” too, with the name as you write it in them",
    "role-name": "write the role alone, such as “Chief Executive”; if it is no name, a person accepts it",
    "pledge-asked": "leave it out; if it is something else, a person accepts it",
    "file-name-reserved": "write the name in full, as on your website",
}
"""What to write into a form, where there is no file to rename."""


class Outcome(StrEnum):
    """What becomes of a form."""

    NEW = "new"
    LISTED = "listed"
    """The organisation stands on the list already, with this signature."""
    HELD = "held"
    """A person has to look at it and accept it, before it is written."""
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What becomes of one form. `values` are its answers as they are written to a file; `slug` is its file's
    name, or that of the entry that is there; `data` its file, b"" where none is to be written. `notes` are
    for a person to look at: of a listed one, what its form says otherwise than the entry. `asked` is what a
    person has to accept first, and `wave` those that it came with, if they are of one making."""

    form: Form
    outcome: Outcome
    values: Mapping[str, str]
    slug: str = ""
    data: bytes = b""
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    asked: tuple[Reason, ...] = ()
    wave: Wave | None = None

    @property
    def name(self) -> str:
        """What the organisation calls itself, as far as that can be told."""
        written = (each.value for each in self.form.answers if each.field.key == "name")
        return self.values.get("name") or next(written, "")[:MAX_LABEL_LENGTH]

    @property
    def path(self) -> str:
        """The file, by its path in the charter's folder; '' for none."""
        return f"{SIGNATORIES}/{self.slug}.yml" if self.slug else ""


@dataclass(slots=True)
class _Row:
    """A form on its way."""

    form: Form
    values: dict[str, str]
    reasons: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    slug: str = ""
    listed: Signatory | None = None
    accept: bool = False
    asked: list[Reason] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    wave: Wave | None = None

    @property
    def stopped(self) -> bool:
        """Whether no file is to be written of it."""
        return bool(self.reasons or self.asked)


def judge_forms(
    edition: Edition,
    forms: Iterable[Form],
    *,
    accept: Callable[[Form], bool] = lambda _: False,
    refused: Iterable[Form] = (),
) -> tuple[Verdict, ...]:
    """One verdict for each of `forms`, in their order. The forms that are in order by themselves are held
    together against the rules of the check, as the charter would be with them.

    A form that may be of the same organisation as an entry, or as a form before it that is in order by
    itself, is refused: the first stands, and a person decides. One with words that a person has to look at,
    and those that come in a wave, are held until `accept` says that somebody has; those like one of `refused`
    are refused.
    """
    questions = form_fields(edition)
    examples = [_row(form, questions).values for form in refused]
    listed = {(each.name, each.website): each for each in edition.signatories}
    rows = [_row(form, questions) for form in forms]
    for row in rows:
        row.accept = accept(row.form)
    for row in rows:
        if not row.reasons:
            row.listed = listed.get((row.values.get("name", ""), row.values.get("website", "")))
            _refuse_listed(row)
        if any(is_like(row.values, example) for example in examples):
            fix = "nothing is to be done: whoever keeps the list has refused all that are like it"
            row.reasons = [_reason(row.form, "name", "this is like a form that was refused", fix)]
    _hold_waves([row for row in rows if not row.reasons and not row.listed])
    held = [row for row in rows if not row.listed]
    while True:  # twice: first all, then those that are to be written; with any of them gone, once more
        after = _check_together(edition, held)
        good = [row for row in held if not row.stopped]
        _find_duplicates(after, frozenset(entry_path(edition, row.slug) for row in held), good)
        if not any(row.stopped for row in held):
            return tuple(map(_verdict, rows))
        held = [row for row in good if not row.stopped]


def _hold_waves(rows: list[_Row]) -> None:
    for wave in find_waves([row.values for row in rows]):
        for row in (rows[place] for place in wave.places):
            row.wave = wave
            if not row.accept:
                row.asked.append(_reason(row.form, "pledge", wave.message, wave.fix))


def _verdict(row: _Row) -> Verdict:
    outcome = Outcome.LISTED if row.listed else Outcome.NEW
    outcome = Outcome.REFUSED if row.reasons else Outcome.HELD if row.asked else outcome
    return Verdict(
        form=row.form,
        outcome=outcome,
        values=row.values,
        slug=row.slug if outcome is Outcome.NEW else row.listed.slug if row.listed else "",
        data=entry_yaml(row.values, row.accepted) if outcome is Outcome.NEW else b"",
        reasons=tuple(sorted(row.reasons, key=lambda reason: reason.line)),
        notes=() if outcome is Outcome.REFUSED else tuple(row.notes),
        asked=tuple(row.asked),
        wave=row.wave,
    )


def _row(form: Form, questions: Iterable[Field]) -> _Row:
    """The values of a form, and what is wrong with them before any rule is applied."""
    row = _Row(form=form, values={}, reasons=list(form.reasons))
    answers = {answer.field.key: answer for answer in form.answers}
    slips = {reason.fix for reason in form.reasons}
    has_number = "registration" in answers and bool(answers["registration"].value.strip())
    for asked in questions:
        question = replace(asked, required=False) if asked.key == "website" and has_number else asked
        answer = answers.get(question.key)
        value, message, fix = parse_answer(question, answer.value if answer else "")
        if message and not (answer is None and any(quote(question.label) in each for each in slips)):
            row.reasons.append(_reason(form, question.key, message, fix))
        if value and not message:
            row.values[question.key] = value
    name = row.values.get("name", "")
    if name and not row.reasons and not entry_slug(name, row.values.get("name_latin", "")):
        message = f"{quote(name)} has no letter from a to z to call its page by"
        row.reasons.append(_reason(form, "name_latin", message, "answer “The name in Latin letters” too"))
    return row


def _refuse_listed(row: _Row) -> None:
    """Refuse a form of a listed organisation that withdrew or has not signed that version: it signs again."""
    if not row.listed:
        return
    signed, left = row.listed.signed, row.listed.left
    if not left and row.values.get("version", "") in {each.version for each in signed}:
        row.notes += _differing(row, row.listed)
        return
    state = f"signed {signed[-1].version}" if signed else "has no signature"
    state = f"withdrew on {left.date}" if left else state
    message = f"{quote(row.listed.name)} is on the list already, and {state}"
    command = f"charter re-sign {shlex.quote(row.listed.slug)}"
    fix = f"sign again, which adds a signature to the entry that is there: “{command}”"
    row.reasons.append(_reason(row.form, "name", message, fix))


def _differing(row: _Row, listed: Signatory) -> Iterator[Reason]:
    """What the form says otherwise than the entry that is listed. What it leaves out, the entry keeps."""
    version = row.values.get("version", "")
    signature = next(each for each in reversed(listed.signed) if each.version == version)
    for question in FIELDS:
        key, of = question.key, signature if question.key in SIGNATURE_KEYS else listed
        value, present = row.values.get(key, ""), getattr(of, key)
        if value in ("", present):
            continue
        message = f"the form says {quote(value)}, and the entry {quote(present) if present else 'nothing'}"
        which = f" --version {version}" if key in SIGNATURE_KEYS else ""
        command = f"charter correct {shlex.quote(listed.slug)} {key} …{which}"
        fix = f"if the form is right, correct the entry: “{command}”"
        yield _reason(row.form, key, message, fix)


def _check_together(edition: Edition, rows: list[_Row]) -> Edition:
    """Name the files of `rows`, and note what the rules say of each; gives the charter with all of them."""
    taken = paths_taken(edition)
    for row in rows:
        row.notes = []
        slug = entry_slug(row.values.get("name", ""), row.values.get("name_latin", ""))
        row.slug = _free_slug(edition, slug or "new-entry", taken)
        taken.add(entry_path(edition, row.slug).casefold())
    files = {f"{SIGNATORIES}/{row.slug}.yml": entry_yaml(row.values) for row in rows}
    after = read.with_files(edition, files)
    by_path = {entry_path(edition, row.slug): row for row in rows}
    documents = {each.path: each for each in after.documents if each.path in by_path}
    refused = {row.slug for row in rows if row.reasons}
    for finding in check(_concerned(after, rows), OTHER_RULES):
        if finding.path not in by_path:
            continue
        row, key = by_path[finding.path], _key(documents[finding.path], finding.line)
        if finding.rule in HELD_RULES and row.accept:
            continue
        if row.slug in refused and finding.rule in _WHOLE_ENTRY_RULES:
            continue
        reason = _reason(row.form, key, *_form_message(finding, key), rule=finding.rule)
        notes = row.asked if finding.rule in HELD_RULES else row.notes
        (row.reasons if finding.severity is Severity.ERROR else notes).append(reason)
    for path, row in by_path.items():
        if row.accept:
            row.accepted = [each.words for each in questions_in(documents[path])]
    return after


def _concerned(after: Edition, rows: list[_Row]) -> Edition:
    """`after` without the files of all other organisations but those with the same name."""
    slugs = {row.slug for row in rows} | {row.slug.rpartition("-")[0] for row in rows}
    folder = entry_path(after, "").removesuffix(".yml")
    others = {path for each in after.entries if (path := each.path).startswith(folder)}
    others -= {entry_path(after, slug) for slug in slugs}
    return replace(
        after,
        documents=tuple(each for each in after.documents if each.path not in others),
        entries=tuple(each for each in after.entries if each.path not in others),
    )


def _free_slug(edition: Edition, slug: str, taken: set[str]) -> str:
    """`slug`, or the first of slug-2, slug-3 … whose file is not there."""
    stem = slug.removesuffix("-2")
    return first_free(
        stem if stem in register.RESERVED else slug,
        lambda each: each in register.RESERVED or entry_path(edition, each).casefold() in taken,
    )


def _find_duplicates(after: Edition, new: Collection[str], rows: list[_Row]) -> None:
    """Note which of `rows` may be of an organisation that is there, or of one in a row before it. `new` are
    the paths of all that is not there yet.

    The rules take the -2 in a file's name for somebody's word that there are two: here nobody has given it
    yet, and the files stand under other names, in the order of the rows.
    """
    by_path = {entry_path(after, row.slug): row for row in rows}
    listed = {each.path: each for each in after.signatories}
    documents = {each.path: each for each in after.documents if each.role is Role.SIGNATORY}
    known = [each for path, each in documents.items() if path in listed and path not in new]
    named = [replace(documents[path], id=f"row{at}") for at, path in enumerate(by_path)]
    asked = replace(after, documents=(*known, *named), touched=frozenset(by_path))
    for finding in check(asked, DUPLICATE_RULES):
        if finding.path not in by_path:
            continue
        row, other = by_path[finding.path], finding.about[0]
        key = _key(documents[finding.path], finding.line)
        twin = by_path.get(other)
        where = (
            f"row {twin.form.row}" if twin else quote(listed[other].name) + ", which is on the list already"
        )
        message = f"{quote(row.values.get(key, ''))} {_DUPLICATE_MESSAGES[finding.rule]} {where}"
        refused = finding.rule in _REFUSED_RULES
        fix = _HOW_TO_DIFFER if refused else _HOW_TO_KEEP.format(twin.slug if twin else listed[other].slug)
        beside = _beside(row.values, twin.values if twin else asdict(listed[other]))
        reason = replace(_reason(row.form, key, message, fix, finding.rule), beside=beside)
        (row.reasons if refused else row.notes).append(reason)


def _beside(one: Mapping[str, str], other: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """What two entries say under each question that is about the organisation."""
    about = [each for each in FIELDS if each.key in ENTRY_KEYS]
    lines = ((each.label, one.get(each.key, ""), str(other.get(each.key) or "")) for each in about)
    return tuple(line for line in lines if line[1] or line[2])


def _key(document: Document, line: int) -> str:
    """The key of the value that stands in a line of an entry's file; `name` for the file itself."""
    keys: dict[int, str] = {}
    for key, node in document.front.entries if document.front else ():
        keys[key.line] = key.value
        for block in node.items if isinstance(node, Listed) else ():
            if isinstance(block, Block):
                keys |= {inner.line: inner.value for inner, _ in block.entries}
    return keys.get(line, "name")


def _form_message(finding: Finding, key: str) -> tuple[str, str]:
    """What a rule says, where there is no file and no charter.yml to speak of."""
    message = finding.message
    if message.startswith(f"{quote(key)} "):
        message = f"it {message.removeprefix(f'{quote(key)} ')}"
    message = message.replace(" that charter.yml lists", " of organisation that this charter knows")
    return message, _FORM_FIXES.get(finding.rule, finding.fix)


def _reason(form: Form, key: str, message: str, fix: str, rule: str = "") -> Reason:
    answer = next((each for each in form.answers if each.field.key == key), None)
    label = answer.label if answer else next(each.label for each in FIELDS if each.key == key)
    line = answer.line if answer else 0
    return Reason(label=label, row=form.row, line=line, message=message, fix=fix, rule=rule)
