"""Forms of organisations on the list that sign again, correct or withdraw → their changed entries.

Several forms may be about one entry: each is read as if those before it had been written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from charterpress.checks import SIGNATORIES
from charterpress.checks.queries import quote
from charterpress.editing import amend
from charterpress.editing.amend import Entry
from charterpress.editing.new.drafts import split_problem
from charterpress.editing.new.entry import ENTRY_KEYS, NEEDED_TO_SIGN, SIGNATURE_KEYS
from charterpress.editing.report import asks_reports, report_edits
from charterpress.editing.sign_up.entries import folded_name
from charterpress.editing.sign_up.fields import Field, Form, Reason, Request, form_reason
from charterpress.editing.sign_up.reports import NEEDED_TO_REPORT, read_report
from charterpress.editing.sign_up.values import parse_answer
from charterpress.editing.yaml_editor import Edit, apply_edits, differs_only_by
from charterpress.model import Edition, Role, Signatory
from charterpress.model.errors import CharterError, UsageError
from charterpress.read.documents import read_document
from charterpress.read.signatories import signatories
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext

REMOVE = frozenset({"remove", "(remove)", "delete", "take it out", "remove it"})
"""What people write, in any case, in the place of an answer that is to go."""
_OWN = tuple(key for key in ENTRY_KEYS if key != "name")


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What becomes of an entry by one form: the entry then, what is wrong with the form, and what a person
    should look at. `unchanged` says that the entry says all of it already."""

    entry: Entry
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    unchanged: bool = False
    removes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Plan:
    """What one form changes, as far as it was read."""

    form: Form
    entry: Entry
    questions: Mapping[str, Field]
    earliest: str
    reasons: list[Reason]
    notes: list[Reason]

    def value(self, key: str, *, needed: bool = False) -> str:
        """The answer to the question `key` as it is written to a file; '' for none, or for one that is wrong,
        which is noted."""
        answer = self.form.answer(key)
        if key not in self.questions:
            return ""
        if not needed and not (answer and answer.value.strip()):
            return ""
        question = replace(self.questions[key], required=needed or self.questions[key].required)
        words = answer.value if answer else ""
        value, message, fix = parse_answer(question, words, self.form.order, self.earliest)
        if message:
            self.reasons.append(form_reason(self.form, key, message, fix))
        return "" if message else value

    def refuse(self, key: str, problem: str) -> None:
        """Note what is wrong with the answer to `key`: a fault, and after a semicolon what to do."""
        message, fix = split_problem(problem)
        self.reasons.append(form_reason(self.form, key, message, fix or _("ask for what is right")))


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What forms are held against: the charter, the questions, the first day on which anything could be
    signed, and the day of a withdrawal that names none and came in no letter."""

    edition: Edition
    questions: Mapping[str, Field]
    earliest: str
    today: str


def change_entry(context: Context, entry: Entry, form: Form, request: Request) -> Change:
    """What `form`, which asks for `request`, makes of `entry`."""
    edition = context.edition
    plan = _Plan(
        form=form,
        entry=entry,
        questions=context.questions,
        earliest=context.earliest,
        reasons=list(form.reasons),
        notes=[],
    )
    if plan.reasons:
        return _end(plan)
    who = entry.signatory
    if folded_name(form.words("name")) not in {"", *map(folded_name, (who.name, who.name_latin))}:
        message = _("the entry is that of {name}").format(name=quote(who.name))
        plan.notes.append(form_reason(form, "name", message, _("make sure that both are one organisation")))
    if request is Request.WITHDRAW:
        edits = _withdrawal(plan, context.today)
    elif request is Request.REPORT:
        edits = _report(context, plan)
    else:
        edits = _corrections(plan) if request is Request.CORRECT else _signature(edition, plan)
    if plan.reasons or not edits:
        return _end(plan)
    try:
        renamed = any(keys in (("name",), ("name_latin",)) for keys, _ in edits)
        slug = amend.new_slug(_alone(edition, entry), entry, edits) if renamed else ""
        if slug:
            edits = [*edits, *amend.rename_edits(entry, slug)]
        return _end(plan, _edited(edition, entry, edits, slug), moved=slug)
    except (CharterError, UsageError) as problem:
        plan.refuse("name", str(problem))
        return _end(plan)


def _alone(edition: Edition, entry: Entry) -> Edition:
    """`edition` with the documents of one entry and the settings only: others take long to read again."""
    settings = [each for each in edition.documents if each.role is Role.CHARTER]
    return replace(edition, documents=(*settings, entry.document))


def _end(plan: _Plan, entry: Entry | None = None, *, moved: str = "") -> Change:
    if moved:
        address = _("its page gets another address, and the old one and its badge lead there")
        plan.notes.append(form_reason(plan.form, "new_name", address, _("tell it so")))
    return Change(
        entry=entry or plan.entry,
        reasons=tuple(plan.reasons),
        notes=tuple(plan.notes),
        unchanged=entry is None and not plan.reasons,
        removes=(plan.entry.signatory.slug,) if moved else (),
    )


def _edited(edition: Edition, entry: Entry, edits: Sequence[Edit], slug: str) -> Entry:
    """The entry with `edits`, under the name `slug` or its own. Raises CharterError if the file cannot be
    edited as it is formatted, or would say something else."""
    data = apply_edits(entry.data, entry.document, edits)
    inside = f"{SIGNATORIES}/{slug}.yml" if slug else entry.inside(edition)
    document = read_document(
        data, path=f"{edition.root}/{inside}", inside=inside, role=Role.SIGNATORY, headings=frozenset()
    )
    found = signatories([document])
    if not found or not differs_only_by(edits, entry.document, document):
        raise CharterError(
            _("the file cannot be changed as it is written; change it by hand"), path=entry.document.path
        )
    return Entry(signatory=found[0], document=document, data=data)


def _signature(edition: Edition, plan: _Plan) -> list[Edit]:
    """A further signature, if the organisation does not stand by that version already."""
    who = plan.entry.signatory
    answers = {key: plan.value(key, needed=key in NEEDED_TO_SIGN) for key in SIGNATURE_KEYS}
    plan.notes += _differing(plan, who, _OWN)
    if plan.reasons:
        return []
    if signed := amend.current_signature(who, answers["version"]):
        for key, value in answers.items():
            present = getattr(signed, key)
            if value and value != present:
                message = _differs(value, present)
                fix = _(
                    "if the form is right, correct the entry: “charter correct {slug} {key} … "
                    "--version {version}”"
                ).format(slug=who.slug, key=key, version=signed.version)
                plan.notes.append(form_reason(plan.form, key, message, fix))
        return []
    if problem := amend.older_version_fault(edition, who, answers["version"]):
        plan.refuse("version", problem)
    if problem := amend.signature_date_fault(who, answers["date"]):
        plan.refuse("date", problem)
    return amend.signature_edits(plan.entry, answers)


def _withdrawal(plan: _Plan, today: str) -> list[Edit]:
    """A withdrawal on the day that the form names, or else that of its letter, or today."""
    who = plan.entry.signatory
    date = plan.value("date") or ("" if plan.reasons else plan.form.sent or today)
    note = plan.value("note")
    if plan.reasons:
        return []
    if who.left:
        if note and note != who.left.note:
            fix = _("if it is to be changed: “charter correct {slug} note … --withdrawn”").format(
                slug=who.slug
            )
            plan.notes.append(
                form_reason(
                    plan.form, "note", _("it withdrew on {date} already").format(date=who.left.date), fix
                )
            )
        return []
    if problem := amend.withdrawal_date_fault(who, date):
        plan.refuse("date", problem)
    return amend.withdrawal_edits(plan.entry, {"date": date, "note": note})


def _report(context: Context, plan: _Plan) -> list[Edit]:
    """A report, if the entry does not have it already."""
    keys = ("period_start", "period_end", "reported_version", "report_link", "report_published")
    needed = NEEDED_TO_REPORT if asks_reports(context.edition) else ()
    answers = {key: plan.value(key, needed=key in needed) for key in keys}
    report, reasons, notes = read_report(context.edition, plan.entry, plan.form, answers, context.today)
    plan.reasons += reasons
    plan.notes += notes
    return report_edits(plan.entry, report) if report and not plan.reasons else []


def _corrections(plan: _Plan) -> list[Edit]:
    """The values that the form says otherwise than the entry. What it leaves out stays."""
    who, edits = plan.entry.signatory, list[Edit]()
    if name := plan.value("new_name"):
        edits += [(("name",), name)] if name != who.name else []
    for key in _OWN:
        words, present = plan.form.words(key), getattr(who, key)
        if words.casefold() in REMOVE:
            if present and not amend.is_required((key,)):
                edits.append(((key,), None))
            elif present:
                # Translators: what is wrong; what to do. Keep the semicolon between the two.
                plan.refuse(key, _("this has to be there; say what is right instead"))
        elif (value := plan.value(key)) and value != present:
            edits.append(((key,), value))
    return [*edits, *_signature_corrections(plan, who)]


def _signature_corrections(plan: _Plan, who: Signatory) -> list[Edit]:
    """What the form says otherwise of a signature: of the version that it names, or the only one."""
    given = [key for key in ("date", "role", "link", "language") if plan.form.words(key)]
    front = plan.entry.document.front
    if given and front and front.get("signed") is None:
        # Translators: what is wrong; what to do. Keep the semicolon between the two.
        message = _("{name} has no signature of its own; correct that of the organisation that it is part of")
        plan.refuse(given[0], message.format(name=quote(who.name)))
        return []
    version = plan.value("version")
    versions = list(dict.fromkeys(each.version for each in who.signed))
    if version and version not in versions:
        fix = _("to sign another version, ask for “sign again”")
        plan.reasons.append(
            form_reason(
                plan.form,
                "version",
                _("{name} did not sign {version}").format(name=quote(who.name), version=version),
                fix,
            )
        )
    elif given and not version and len(versions) != 1:
        message = ngettext("{name} signed {count} version", "{name} signed {count} versions", len(versions))
        message = message.format(name=quote(who.name), count=len(versions))
        plan.reasons.append(
            form_reason(plan.form, given[0], message, _("say which of them is meant: “Version you sign”"))
        )
    if plan.reasons or not given:
        return []
    version = version or versions[0]
    at = max(place for place, each in enumerate(who.signed) if each.version == version)
    edits: list[Edit] = []
    for key in given:
        present = getattr(who.signed[at], key)
        if key in ("link", "language") and plan.form.words(key).casefold() in REMOVE:
            edits += [(("signed", at, key), None)] if present else []
        elif (value := plan.value(key)) and value != present:
            edits.append((("signed", at, key), value))
    return edits


def _differs(value: str, present: str) -> str:
    if present:
        message = _("the form says {value}, and the entry {present}")
        return message.format(value=quote(value), present=quote(present))
    return _("the form says {value}, and the entry nothing").format(value=quote(value))


def _differing(plan: _Plan, who: Signatory, keys: Sequence[str]) -> list[Reason]:
    """What the form says otherwise of the organisation than its entry does."""
    found = []
    for key in keys:
        words, present = plan.form.words(key), getattr(who, key)
        if not words:
            continue
        value, wrong, _fix = parse_answer(plan.questions[key], words)
        if value and not wrong and value != present:
            message = _differs(value, present)
            fix = _("if the form is right, correct the entry: “charter correct {slug} {key} …”").format(
                slug=who.slug, key=key
            )
            found.append(form_reason(plan.form, key, message, fix))
    return found
