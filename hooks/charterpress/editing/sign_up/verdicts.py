"""Filled-in forms × the charter → for each its file, or what has to be mended in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from charterpress.checks import SIGNATORIES
from charterpress.checks.queries import quote
from charterpress.editing.amend import Entry
from charterpress.editing.new.entry import SIGNATURE_KEYS, entry_path, entry_slug, entry_yaml
from charterpress.editing.sign_up.amendments import Context, change_entry
from charterpress.editing.sign_up.entries import Entries, decide
from charterpress.editing.sign_up.fields import (
    ANSWERED_BY,
    MAX_LABEL_LENGTH,
    Field,
    Form,
    Reason,
    Request,
    form_fields,
    form_reason,
)
from charterpress.editing.sign_up.rules import (
    Row,
    check_amended,
    check_together,
    find_duplicates,
    with_documents,
)
from charterpress.editing.sign_up.values import NO_ANSWER, parse_answer
from charterpress.editing.sign_up.waves import Wave, find_waves, is_like
from charterpress.model import Document, Edition, Role
from charterpress.text.interface import gettext as _
from charterpress.text.written_dates import EARLIEST


class Outcome(StrEnum):
    """What becomes of a form."""

    NEW = "new"
    RE_SIGNED = "re-signed"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    REPORTED = "reported"
    LISTED = "listed"
    """The list says all of it already."""
    HELD = "held"
    """A person has to look at it and accept it, before it is written."""
    ASKED = "asked"
    """It may mean one thing or another: a person is to be asked."""
    REFUSED = "refused"


WRITTEN = (Outcome.NEW, Outcome.RE_SIGNED, Outcome.CORRECTED, Outcome.WITHDRAWN, Outcome.REPORTED)
"""The outcomes of which a file comes."""
_BY_REQUEST = {
    Request.SIGN: Outcome.NEW,
    Request.RE_SIGN: Outcome.RE_SIGNED,
    Request.CORRECT: Outcome.CORRECTED,
    Request.WITHDRAW: Outcome.WITHDRAWN,
    Request.REPORT: Outcome.REPORTED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What becomes of one form. `values` are its answers as they are written to a file; `slug` is its file's
    name, or that of the entry that is there; `data` its file, b"" where none is to be written, and `removes`
    the slugs whose files go. `request` is what was asked for, '' where that is not clear. `notes` are for a
    person to look at: of a listed one, what its form says otherwise than the entry. `asked` is what a person
    has to accept first, and `wave` those that it came with, if they are of one making."""

    form: Form
    outcome: Outcome
    values: Mapping[str, str]
    slug: str = ""
    data: bytes = b""
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    removes: tuple[str, ...] = ()
    request: str = ""
    asked: tuple[Reason, ...] = ()
    wave: Wave | None = None

    @property
    def name(self) -> str:
        """What the organisation calls itself, as far as that can be told."""
        written = (each.value for each in self.form.answers if each.field.key == "name")
        return next(written, "")[:MAX_LABEL_LENGTH].strip() or self.values.get("name", "") or self.slug

    @property
    def path(self) -> str:
        """The file, by its path in the charter's folder; '' for none."""
        return f"{SIGNATORIES}/{self.slug}.yml" if self.slug else ""


def judge_forms(
    edition: Edition,
    forms: Iterable[Form],
    *,
    entry_data: Callable[[Document], bytes] | None = None,
    today: str = "",
    accept: Callable[[Form], bool] = lambda _ignored: False,
    refused: Iterable[Form] = (),
) -> tuple[Verdict, ...]:
    """One verdict for each of `forms`, in their order. The forms that are in order by themselves are held
    together against the rules of the check, as the charter would be with them. `entry_data` gives the bytes
    of an entry's file (default: its lines), and `today` is the day of a withdrawal that names none.

    A form that may be of the same organisation as an entry, or as a form before it that is in order by
    itself, is refused: the first stands, and a person decides. One with words that a person has to look at,
    and those that come in a wave, are held until `accept` says that somebody has; those like one of `refused`
    are refused.
    """
    questions = form_fields(edition)
    earliest = next((each.date for each in edition.releases if not each.consultation), EARLIEST)
    context = Context(
        edition=edition, questions={each.key: each for each in questions}, earliest=earliest, today=today
    )
    entries = Entries.of(edition.signatories)
    examples = [_example(form, questions, earliest) for form in refused]
    rows = []
    for form in forms:
        decision = decide(entries, form)
        row = Row(
            form=form, values={}, reasons=list(form.reasons), request=decision.request, accept=accept(form)
        )
        rows.append(row)
        if decision.question and not row.reasons:
            row.reasons, row.unclear = [decision.question], True
        elif decision.signatory:
            row.slug = decision.signatory.slug
        else:
            _read_answers(row, questions, earliest)
            _refuse_like(row, examples)
    amended = [row for row in rows if row.slug and not row.unclear]
    changed = _amend(context, amended, entry_data or _as_read) if amended else edition
    _hold_waves([row for row in rows if not row.slug and not row.reasons])
    held = [row for row in rows if not row.slug and not row.unclear]
    while held:  # twice: first all, then those that are to be written; with any of them gone, once more
        after = check_together(changed, held)
        good = [row for row in held if not row.stopped]
        find_duplicates(after, frozenset(entry_path(edition, row.slug) for row in held), good)
        if not any(row.stopped for row in held):
            break
        held = [row for row in good if not row.stopped]
    return tuple(_verdict(row) for row in rows)


def _amend(context: Context, amended: list[Row], entry_data: Callable[[Document], bytes]) -> Edition:
    """Make of each entry what the forms about it ask for, in their order; gives the charter with all that
    changed. What is wrong with one form is no fault of another for the same entry."""
    edition = context.edition
    documents = {each.id: each for each in edition.documents if each.role is Role.SIGNATORY}
    by_slug = {each.slug: each for each in edition.signatories}
    forms_of = Counter(row.slug for row in amended)
    state: dict[str, Entry] = {}
    for row in amended:
        slug = row.slug
        if slug not in state:
            document = documents[slug]
            state[slug] = Entry(signatory=by_slug[slug], document=document, data=entry_data(document))
        change = change_entry(context, state[slug], row.form, row.request)
        row.reasons, row.notes, row.unchanged = list(change.reasons), list(change.notes), change.unchanged
        row.removes = change.removes
        if not row.reasons and forms_of[slug] > 1:
            tried = {slug: change.entry}
            check_amended(edition, [row], tried, {slug: state[slug].document})
            state[slug] = state[slug] if row.stopped else tried[slug]
        elif not row.reasons:
            state[slug] = change.entry
    before = {slug: documents[slug] for slug in state}
    alone = {slug: entry for slug, entry in state.items() if forms_of[slug] == 1}
    check_amended(edition, [row for row in amended if row.slug in alone], alone, before)
    state |= alone
    for row in amended:
        row.entry = state[row.slug]
    return with_documents(
        edition,
        [each.document for slug, each in state.items() if each.document is not before[slug]],
        {each.path for slug, each in before.items() if state[slug].document.path != each.path},
    )


def _example(form: Form, questions: Iterable[Field], earliest: str) -> Mapping[str, str]:
    """The values of a form that is refused, as far as they can be read."""
    row = Row(form=form, values={})
    _read_answers(row, questions, earliest)
    return row.values


def _refuse_like(row: Row, examples: Iterable[Mapping[str, str]]) -> None:
    if any(is_like(row.values, example) for example in examples):
        fix = _("nothing is to be done: whoever keeps the list has refused all that are like it")
        row.reasons = [form_reason(row.form, "name", _("this is like a form that was refused"), fix)]


def _hold_waves(rows: list[Row]) -> None:
    for wave in find_waves([row.values for row in rows]):
        for row in (rows[place] for place in wave.places):
            row.wave = wave
            if not row.accept:
                row.asked.append(form_reason(row.form, "pledge", wave.message, wave.fix))


def _as_read(document: Document) -> bytes:
    return "".join(f"{line}\n" for line in document.lines).encode()


def _verdict(row: Row) -> Verdict:
    outcome = _BY_REQUEST[row.request]
    if row.reasons:
        outcome = Outcome.ASKED if row.unclear else Outcome.REFUSED
    elif row.asked:
        outcome = Outcome.HELD
    elif row.unchanged:
        outcome = Outcome.LISTED
    entry = row.entry
    values, data = row.values, b""
    slug = row.slug if entry or outcome is Outcome.NEW else ""
    if entry:
        signed = entry.signatory.signed[-1] if entry.signatory.signed else None
        values = {key: getattr(entry.signatory, key) for key in ("name", "kind", "area", "website")}
        values |= {key: getattr(signed, key) for key in SIGNATURE_KEYS if signed}
        slug = entry.signatory.slug
    if outcome in WRITTEN:
        data = entry.data if entry else entry_yaml(row.values, row.accepted)
    return Verdict(
        form=row.form,
        outcome=outcome,
        values=values,
        slug=slug,
        data=data,
        reasons=tuple(sorted(row.reasons, key=lambda reason: reason.line)),
        notes=() if row.reasons else tuple(row.notes),
        removes=row.removes if outcome in WRITTEN else (),
        request="" if row.unclear else str(row.request),
        asked=tuple(row.asked),
        wave=row.wave,
    )


def _read_answers(row: Row, questions: Iterable[Field], earliest: str) -> None:
    """Read the values of a form to sign, and what is wrong with them before any rule is applied."""
    form = row.form
    answers = {answer.field.key: answer for answer in form.answers}
    slips = {reason.fix for reason in form.reasons}
    if not answers and row.reasons:
        return
    for asked in (each for each in questions if Request.SIGN in each.requests):
        other = ANSWERED_BY.get(asked.key, "")
        is_answered = bool(other) and form.words(other).casefold() not in {"", *NO_ANSWER}
        question = replace(asked, required=False) if is_answered else asked
        answer = answers.get(question.key)
        value, message, fix = parse_answer(question, answer.value if answer else "", form.order, earliest)
        if message and not (answer is None and any(quote(question.label) in each for each in slips)):
            row.reasons.append(form_reason(form, question.key, message, fix))
        if value and not message:
            row.values[question.key] = value
    name = row.values.get("name", "")
    if name and not row.reasons and not entry_slug(name, row.values.get("name_latin", "")):
        message = _("{name} has no letter from a to z to call its page by").format(name=quote(name))
        row.reasons.append(
            form_reason(form, "name_latin", message, _("answer “The name in Latin letters” too"))
        )
