"""Entries that forms make or change → what the rules of the check say of them, in the words of the form."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from charterpress import register
from charterpress.checks import HELD_RULES, RULES, SIGNATORIES, check
from charterpress.checks.characters import MESSAGES
from charterpress.checks.queries import list_scalars, quote
from charterpress.checks.signatories.names import UNKNOWN_KIND
from charterpress.checks.signatories.people import questions_in
from charterpress.editing.amend import Entry
from charterpress.editing.new.drafts import first_free
from charterpress.editing.new.entry import ENTRY_KEYS, entry_path, entry_slug, entry_yaml, paths_taken
from charterpress.editing.sign_up.fields import FIELDS, Form, Reason, Request, form_reason
from charterpress.editing.sign_up.reports import report_lines
from charterpress.editing.sign_up.waves import Wave
from charterpress.editing.yaml_editor import Edit, apply_edits
from charterpress.model import Document, Edition, EntryKind, Finding, Role, Severity
from charterpress.model import Entry as EntryOfFolder
from charterpress.model import Mapping as Block
from charterpress.model import Sequence as Listed
from charterpress.read.documents import read_document
from charterpress.read.signatories import signatories
from charterpress.text.interface import N_, pgettext
from charterpress.text.interface import gettext as _

_SECOND = re.compile(r"-[0-9]+$")
DUPLICATE_RULES = tuple(rule for rule in RULES if rule.id.startswith("twin-"))
"""The rules for an organisation that stands in the register twice."""
OTHER_RULES = tuple(rule for rule in RULES if rule not in DUPLICATE_RULES)
_DUPLICATE_OF_FORM = {
    # Translators: {form} is where the other form stands, such as: row 3
    "twin-registration": N_("{value} is the registration of {form}"),
    "twin-website": N_("{value} is the website of {form}"),
    "twin-name": N_("{value} is the name of {form}"),
    "twin-namesake": N_("{value} is the name of {form}"),
    "twin-lookalike": N_("{value} looks like the name of {form}"),
}
_DUPLICATE_OF_ENTRY = {
    # Translators: {name} is the name of an organisation.
    "twin-registration": N_("{value} is the registration of {name}, which is on the list already"),
    "twin-website": N_("{value} is the website of {name}, which is on the list already"),
    "twin-name": N_("{value} is the name of {name}, which is on the list already"),
    "twin-namesake": N_("{value} is the name of {name}, which is on the list already"),
    "twin-lookalike": N_("{value} looks like the name of {name}, which is on the list already"),
}
_WHOLE_ENTRY_RULES = frozenset({"missing-key", "signatory-slug", "signatory-latin"})
"""The rules that have nothing to say of a form with an answer missing that is asked for already."""
_REFUSED_RULES = frozenset({"twin-registration", "twin-name"})
_HOW_TO_DIFFER = N_(
    "if you are another organisation, give your own number in a public register, or the "
    "address of your own page; to sign again or to correct an entry, ask for that"
)
_HOW_TO_KEEP = N_(
    "look at both: if they are two, add “distinct_from: [{slug}]” to the new file; if they are one, delete it"
)
_FORM_FIXES = {
    "signatory-latin": N_("answer “The name in Latin letters” too, with the name as you write it in them"),
    "role-name": N_(
        "write the role alone, such as “Chief Executive”; if it is not a name, a person accepts it"
    ),
    "pledge-asked": N_("leave it out; if it is something else, a person accepts it"),
    "file-name-reserved": N_("write the name in full, as on your website"),
}
"""What to write into a form, where there is no file to rename."""
_IN_FORMS = {
    UNKNOWN_KIND: N_("{value} is not a kind of organisation that this charter knows"),
    **{as_code: here for here, as_code in MESSAGES.values()},  # it is a code in the file alone
}
"""What to say in a form in the place of messages that speak of files."""


@dataclass(slots=True)
class Row:
    """A form on its way."""

    form: Form
    values: dict[str, str]
    reasons: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    slug: str = ""
    request: Request = Request.SIGN
    unclear: bool = False
    accept: bool = False
    asked: list[Reason] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    wave: Wave | None = None
    entry: Entry | None = None
    unchanged: bool = False
    removes: tuple[str, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether no file is to be written of it."""
        return bool(self.reasons or self.asked)


def with_documents(edition: Edition, documents: Sequence[Document], gone: Collection[str] = ()) -> Edition:
    """`edition` with these entries among its own, in the place of those of the same path, without `gone`."""
    if not documents:
        return edition
    new = {each.path: each for each in documents}
    kept = [each for each in edition.documents if each.path not in new and each.path not in gone]
    own = [each for each in edition.signatories if each.path not in new and each.path not in gone]
    paths = {each.path for each in edition.entries}
    added = [EntryOfFolder(path=path, kind=EntryKind.FILE) for path in new if path not in paths]
    return replace(
        edition,
        documents=tuple(sorted([*kept, *documents], key=lambda each: each.path)),
        signatories=tuple(sorted([*own, *signatories(documents)], key=lambda each: each.slug)),
        entries=tuple(sorted([*edition.entries, *added], key=lambda each: each.path)),
    )


def _findings(edition: Edition, documents: Sequence[Document]) -> tuple[Finding, ...]:
    """What the rules for one entry say of `documents`. Of the others of a register, only those whose files
    have the same name but for a number have a part in that, and all take as long as they are many."""
    settings = [each for each in edition.documents if each.role is Role.CHARTER]
    folder = f"{edition.root}/{SIGNATORIES}/"
    new = [EntryOfFolder(path=each.path, kind=EntryKind.FILE) for each in documents]
    stems = {_SECOND.sub("", each.id) for each in documents}
    paths = {each.path for each in documents}
    renamed = {each.path for each in edition.signatories if not stems.isdisjoint(each.formerly)}
    named = [
        each
        for each in edition.documents
        if each.role is Role.SIGNATORY
        and each.path not in paths
        and (_SECOND.sub("", each.id) in stems or each.path in renamed)
    ]
    small = replace(
        edition,
        documents=(*settings, *sorted([*documents, *named], key=lambda each: each.path)),
        signatories=signatories([*documents, *named]),
        entries=(*(each for each in edition.entries if not each.path.startswith(folder)), *new),
    )
    return tuple(each for each in check(small, OTHER_RULES) if each.path in paths)


def check_amended(
    edition: Edition, rows: Sequence[Row], state: dict[str, Entry], before: Mapping[str, Document]
) -> None:
    """Note what the rules say of changed entries, and did not say of them before. Where it is an error, the
    entry stays as it is, and all forms about it are refused."""
    changed = {slug: each for slug, each in state.items() if each.document is not before[slug]}
    if not changed:
        return
    known = {
        (each.path, each.rule, each.message)
        for each in _findings(edition, [before[slug] for slug in changed])
    }
    by_path = {each.document.path: slug for slug, each in changed.items()}
    for finding in _findings(edition, [each.document for each in changed.values()]):
        slug = by_path[finding.path]
        if (before[slug].path, finding.rule, finding.message) in known:
            continue
        key = _key(changed[slug].document, finding.line)
        for row in (each for each in rows if each.slug == slug):
            reason = form_reason(row.form, key, *_form_message(finding, key), rule=finding.rule)
            if finding.rule in HELD_RULES and row.accept:
                state[slug] = _accepting(state[slug])
            elif finding.severity is Severity.ERROR and finding.rule not in HELD_RULES:
                row.reasons.append(reason)
            else:
                (row.asked if finding.rule in HELD_RULES else row.notes).append(reason)
    for slug in {row.slug for row in rows if row.stopped} & set(changed):
        if all(row.stopped for row in rows if row.slug == slug):
            old = before[slug]
            state[slug] = Entry(signatory=signatories([old])[0], document=old, data=b"")


def _accepting(entry: Entry) -> Entry:
    """An entry with the words that a person accepted."""
    words = [each.words for each in questions_in(entry.document)]
    if not words:
        return entry
    before = [scalar.value for scalar in list_scalars(entry.document, "accepted")]
    edits: list[Edit] = [(("accepted",), None)] if before else []
    edits.append((("accepted",), list(dict.fromkeys([*before, *words]))))
    data = apply_edits(entry.data, entry.document, edits)
    path = entry.document.path
    inside = f"{SIGNATORIES}/{entry.document.id}.yml"
    document = read_document(data, path=path, inside=inside, role=Role.SIGNATORY, headings=frozenset())
    return Entry(signatory=signatories([document])[0], document=document, data=data)


def check_together(edition: Edition, rows: list[Row]) -> Edition:
    """Name the files of `rows`, and note what the rules say of each; gives the charter with all of them."""
    taken = paths_taken(edition)
    documents = []
    for row in rows:
        row.notes = []
        slug = entry_slug(row.values.get("name", ""), row.values.get("name_latin", ""))
        row.slug = _free_slug(edition, slug or "new-entry", taken)
        path, inside = entry_path(edition, row.slug), f"{SIGNATORIES}/{row.slug}.yml"
        taken.add(path.casefold())
        documents.append(
            read_document(
                entry_yaml(row.values), path=path, inside=inside, role=Role.SIGNATORY, headings=frozenset()
            )
        )
    by_path = {entry_path(edition, row.slug): row for row in rows}
    by_document = {each.path: each for each in documents}
    refused = {row.slug for row in rows if row.reasons}
    for finding in _findings(edition, documents):
        row, key = by_path[finding.path], _key(by_document[finding.path], finding.line)
        if finding.rule in HELD_RULES and row.accept:
            continue
        if row.slug in refused and finding.rule in _WHOLE_ENTRY_RULES:
            continue
        reason = form_reason(row.form, key, *_form_message(finding, key), rule=finding.rule)
        notes = row.asked if finding.rule in HELD_RULES else row.notes
        (row.reasons if finding.severity is Severity.ERROR else notes).append(reason)
    for path, row in by_path.items():
        if row.accept:
            row.accepted = [each.words for each in questions_in(by_document[path])]
    return with_documents(edition, documents)


def _free_slug(edition: Edition, slug: str, taken: set[str]) -> str:
    """`slug`, or the first of slug-2, slug-3 … whose file is not there."""
    stem = slug.removesuffix("-2")
    return first_free(
        stem if stem in register.RESERVED else slug,
        lambda each: each in register.RESERVED or entry_path(edition, each).casefold() in taken,
    )


def find_duplicates(after: Edition, new: Collection[str], rows: list[Row]) -> None:
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
        value = quote(row.values.get(key, ""))
        if twin:
            place = twin.form.place or _("a form before it")
            message = _(_DUPLICATE_OF_FORM[finding.rule]).format(value=value, form=place)
        else:
            message = _(_DUPLICATE_OF_ENTRY[finding.rule]).format(value=value, name=quote(listed[other].name))
        refused = finding.rule in _REFUSED_RULES
        slug = twin.slug if twin else listed[other].slug
        fix = _(_HOW_TO_DIFFER) if refused else _(_HOW_TO_KEEP).format(slug=slug)
        beside = _beside(row.values, twin.values if twin else asdict(listed[other]))
        reason = replace(form_reason(row.form, key, message, fix, finding.rule), beside=beside)
        (row.reasons if refused else row.notes).append(reason)


def _beside(one: Mapping[str, str], other: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """What two entries say under each question that is about the organisation."""
    about = [each for each in FIELDS if each.key in ENTRY_KEYS]
    lines = ((_(each.label), one.get(each.key, ""), str(other.get(each.key) or "")) for each in about)
    return tuple(line for line in lines if line[1] or line[2])


def _key(document: Document, line: int) -> str:
    """The key of the value that stands in a line of an entry's file; `name` for the file itself."""
    keys: dict[int, str] = {}
    for key, node in document.front.entries if document.front else ():
        if key.value == "reports" and isinstance(node, Listed):
            keys |= report_lines(node)
            continue
        keys[key.line] = key.value
        for block in node.items if isinstance(node, Listed) else (node,):
            if isinstance(block, Block):
                keys |= {inner.line: inner.value for inner, _ in block.entries}
    return keys.get(line, "name")


def _restated(message: str, template: str, other: str) -> str:
    """`message` in the words of `other`, if it is made of `template`: what is put in stays."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template))
    found = re.fullmatch(pattern, message, re.DOTALL)
    return other.format(**found.groupdict()) if found else message


def _form_message(finding: Finding, key: str) -> tuple[str, str]:
    """What a rule says, where there is no file and no charter.yml to speak of."""
    message = finding.message
    if message.startswith(quote(key)):
        # Translators: the answer to a question, where a message begins with what it is about: it has a port
        it = pgettext("the answer to a question", "it")
        message = f"{it}{message.removeprefix(quote(key))}"
    for template, restated in _IN_FORMS.items():
        message = _restated(message, _(template), _(restated))
    form_fix = "" if key == "name_latin" else _FORM_FIXES.get(finding.rule, "")  # it is answered already
    return message, _(form_fix) if form_fix else finding.fix
