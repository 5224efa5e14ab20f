"""What somebody calls an organisation → its entry; what it asks for → its file with just that changed."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charterpress import read
from charterpress.checks import RULES, SIGNATORIES, check
from charterpress.checks.queries import SLUG, join_choices, quote, quote_list, suggestion
from charterpress.checks.schema import SCHEMAS, Kind
from charterpress.editing.new.drafts import Draft, draft_files, node_at, value_fault
from charterpress.editing.new.entry import SIGNATURE_KEYS, entry_path, entry_slug, paths_taken
from charterpress.editing.yaml_editor import Edit, Keys, Plain, apply_edits, differs_only_by, plain_value
from charterpress.model import Document, Edition, Role, Signatory, Signature
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.interface import gettext as _
from charterpress.text.interface import ngettext
from charterpress.text.lists import join_items
from charterpress.text.slugs import name_slug

_SCHEMA = SCHEMAS[Role.SIGNATORY]
_ENTRY_KEYS = tuple(key for key, each in _SCHEMA.items() if each.kind is Kind.TEXT)
_SIGNATURE_KEYS = tuple(key for key in _SCHEMA["signed"].fields if key != "version")
_WITHDRAWAL_KEYS = tuple(_SCHEMA["withdrawn"].fields)
WITHDRAWN, WITHDRAWAL = "withdrawn", "withdrawal"
"""The key of a withdrawal, and what stands for it where the version of a signature would stand."""
CORRECTABLE = tuple(dict.fromkeys((*_ENTRY_KEYS, *_SIGNATURE_KEYS, *_WITHDRAWAL_KEYS)))
"""The keys whose values can be corrected."""
MAX_LENGTH = 120
"""Characters of what was typed that are compared: a name has no more."""
MAX_SUGGESTIONS = 3
"""Entries that are named in the place of one that is not there."""
_SLUG_RULES = tuple(rule for rule in RULES if rule.id == "signatory-slug")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """The file of an organisation: what it says, how it was read, and its bytes."""

    signatory: Signatory
    document: Document
    data: bytes

    def inside(self, edition: Edition) -> str:
        """Its path in the charter's folder."""
        return self.document.path.removeprefix(f"{edition.root}/")


def find_entry(edition: Edition, called: str) -> tuple[Signatory, Document]:
    """The entry of the organisation that is `called` so: by its slug, now or before, its file, the address of
    its page, or its name. Raises UsageError that names the nearest ones where there is none, and all where
    there are several; CharterError where its file cannot be read."""
    documents = {each.id: each for each in edition.documents if each.role is Role.SIGNATORY}
    if not documents:
        raise UsageError(
            _("nobody has signed yet: there is no file in {root}/{signatories}").format(
                root=edition.root, signatories=SIGNATORIES
            )
        )
    named = _by_name(edition)
    slug = _slug(called)
    if slug not in documents:
        slugs = named.get(_folded(called), [])
        if len(slugs) > 1:
            message = ngettext(
                "{name} is the name of {count} organisation: say {slugs}",
                "{name} is the name of {count} organisations: say {slugs}",
                len(slugs),
            )
            raise UsageError(message.format(name=quote(called), count=len(slugs), slugs=quote_list(slugs)))
        former = {was: each.slug for each in edition.signatories for was in each.formerly}
        slug = slugs[0] if slugs else former.get(slug) or name_slug(called)
    if slug not in documents:
        raise UsageError(_not_found(edition, called, named, list(documents)))
    document = documents[slug]
    signatory = next((each for each in edition.signatories if each.slug == slug), None)
    if signatory is None:
        raise CharterError(_("this file cannot be read: run “charter check”"), path=document.path)
    return signatory, document


def _slug(called: str) -> str:
    """The slug in a path or an address, or else `called`."""
    parts = called.replace("\\", "/").rstrip("/").split("/")
    if len(parts) == 1 or parts[-2] == SIGNATORIES:
        return parts[-1].removesuffix(".yml")
    return called


def _by_name(edition: Edition) -> dict[str, list[str]]:
    """The slugs of those who have a name, by the name."""
    slugs: dict[str, list[str]] = {}
    for each in edition.signatories:
        for name in {_folded(each.name), _folded(each.name_latin)} - {""}:
            slugs.setdefault(name, []).append(each.slug)
    return slugs


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _not_found(edition: Edition, called: str, named: dict[str, list[str]], slugs: list[str]) -> str:
    """What to say where nobody is called so."""
    words, part = _folded(called)[:MAX_LENGTH], name_slug(called[:MAX_LENGTH])
    begins: dict[str, list[str]] = {}
    for slug in slugs:
        begins.setdefault("-".join(slug.split("-")[: part.count("-") + 1]), []).append(slug)
    near = [slug for slug in slugs if part and part in slug]
    near += difflib.get_close_matches(words, [*slugs, *named], n=MAX_SUGGESTIONS)
    near += difflib.get_close_matches(part, begins, n=MAX_SUGGESTIONS)
    known = {**begins, **named, **{slug: [slug] for slug in slugs}}
    meant = list(dict.fromkeys(slug for each in near for slug in known[each]))[:MAX_SUGGESTIONS]
    hint = _("write the name of its file, without “.yml”")
    if meant:
        first, last = join_items([*map(quote, meant[:-1])]), quote(meant[-1])
        hint = _("do you mean {name}?").format(name=join_choices([first, last] if first else [last]))
    return _("there is no organisation {called} in {root}/{signatories}: {hint}").format(
        called=quote(called), root=edition.root, signatories=SIGNATORIES, hint=hint
    )


def draft_amendment(edition: Edition, entry: Entry, edits: Sequence[Edit], slug: str = "") -> Draft:
    """The file with `edits`, under the name `slug` or its own. Raises CharterError where it cannot be edited,
    or would be read as saying something else, and UsageError as `draft_files` does."""
    data, inside = apply_edits(entry.data, entry.document, edits), entry.inside(edition)
    new = f"{SIGNATORIES}/{slug}.yml" if slug else inside
    if slug:
        draft = draft_files(edition, {new: data}, gone=(inside,))
    else:
        draft = draft_files(edition, {}, {inside: data})
    if not differs_only_by(edits, entry.document, draft.edition.document(f"{edition.root}/{new}")):
        raise CharterError(
            _(
                "nothing was written: the file would say something else than what was asked for; "
                "make the change by hand"
            ),
            path=entry.document.path,
        )
    return draft


def edit_fault(edition: Edition, entry: Entry, edits: Sequence[Edit], keys: Keys) -> str:
    """What the check says of the value under `keys` of the file with `edits`; '' for nothing."""
    return value_fault(edition, entry.inside(edition), apply_edits(entry.data, entry.document, edits), *keys)


def signature_edits(entry: Entry, answers: Mapping[str, str]) -> list[Edit]:
    """A signature with `answers` at the end of the list."""
    signature = {key: answers[key] for key in SIGNATURE_KEYS if answers.get(key)}
    return [(("signed", len(entry.signatory.signed)), signature)]


def current_signature(signatory: Signatory, version: str) -> Signature | None:
    """The signature of `version` by which an organisation stands; None if it never signed it, or withdrew."""
    if signatory.left:
        return None
    return next((each for each in reversed(signatory.signed) if each.version == version), None)


def older_version_fault(edition: Edition, signatory: Signatory, version: str) -> str:
    """What is wrong with signing `version` now: the organisation stands by a newer one. '' for nothing."""
    order = [each.version for each in edition.releases]
    signed = [] if signatory.left else [each.version for each in signatory.signed if each.version in order]
    newest = max(signed, key=order.index, default="")
    if not newest or version not in order or order.index(version) >= order.index(newest):
        return ""
    return _(
        "{name} stands by {newest}, which is newer than {version}; if it no longer does, it "
        "withdraws: charter withdraw {slug}"
    ).format(name=quote(signatory.name), newest=newest, version=version, slug=signatory.slug)


def signature_date_fault(signatory: Signatory, date: str) -> str:
    """Why a new signature of this day would not count beside the withdrawal; '' if it would."""
    left = signatory.left
    if left is None or date > left.date:
        return ""
    return _(
        "it withdrew on {date}, and only a signature of a later day counts again; write the "
        "day on which it signed again, or mend the day on which it withdrew: charter correct "
        "{slug} date YEAR-MONTH-DAY --withdrawn"
    ).format(date=left.date, slug=signatory.slug)


def withdrawal_edits(entry: Entry, answers: Mapping[str, str]) -> list[Edit]:
    """A withdrawal with the `date` and the `note` among `answers`, in the place of an earlier one."""
    date, note = answers["date"], answers.get("note", "")
    earlier = entry.signatory.withdrawn
    if earlier is None:
        return [(("withdrawn",), {"date": date} | ({"note": note} if note else {}))]
    edits: list[Edit] = [(("withdrawn", "date"), date)] if date != earlier.date else []
    return [*edits, (("withdrawn", "note"), note or None)] if note or earlier.note else edits


def withdrawal_date_fault(signatory: Signatory, date: str) -> str:
    """Why a withdrawal on this day would not count: there is a signature of a later day. '' if it would."""
    later = max((each.date for each in signatory.signed), default="")
    if date >= later:
        return ""
    return _("it signed on {later}, and that would still count; write the day on which it withdrew").format(
        later=later
    )


def signature_choices(signatory: Signatory, key: str) -> tuple[str, ...]:
    """What a key can be of: the versions of signatures, the newest last, and `WITHDRAWAL`; () where it is of
    the organisation. Raises UsageError for a key that is none, or that stays as it is."""
    if instead := _alternative(signatory, key):
        raise UsageError(instead)
    if key in _ENTRY_KEYS:
        return ()
    if key not in CORRECTABLE:
        hint = suggestion(
            key, CORRECTABLE, _("there is {correctable}").format(correctable=quote_list(CORRECTABLE))
        )
        raise UsageError(_("there is no key {key}: {hint}").format(key=quote(key), hint=hint))
    versions = dict.fromkeys(each.version for each in signatory.signed) if key in _SIGNATURE_KEYS else {}
    withdrawal = (WITHDRAWAL,) if signatory.withdrawn and key in _WITHDRAWAL_KEYS else ()
    if not versions and not withdrawal:
        if key in _WITHDRAWAL_KEYS:
            message = _("{name} has no {key}: it did not withdraw")
        else:
            message = _("{name} has no {key}: it has no signature")
        raise UsageError(message.format(name=quote(signatory.name), key=quote(key)))
    return (*versions, *withdrawal)


def _alternative(signatory: Signatory, key: str) -> str:
    """What to do in the place of correcting a key that stays as it is; '' for one that can be corrected."""
    slug, name = signatory.slug, quote(signatory.name)
    return {
        "version": _(
            "what {name} signed stays as it is: “charter re-sign {slug}” adds a signature of another version"
        ).format(name=name, slug=slug),
        "signed": _(
            "the signatures of {name} stay as they are: “charter re-sign {slug}” adds one; its "
            "date, role, link and language can be corrected"
        ).format(name=name, slug=slug),
        "withdrawn": _(
            "“charter withdraw {slug}” writes it; its date and note can be corrected, with "
            "--withdrawn, and --remove takes out one that was written by mistake"
        ).format(slug=slug),
        "slug": _("its file is called by its name: correct “name”, with --rename"),
        "formerly": _("correct “name” with --rename, which writes down what the file was called before"),
    }.get(key, "")


def key_path(signatory: Signatory, key: str, of: str = "") -> Keys:
    """Where the value of `key` stands: of the organisation, or `of` a version that it signed (its newest
    signature of that version) or the `WITHDRAWAL`. Raises UsageError where there can be none."""
    can = signature_choices(signatory, key)
    if not can and of:
        raise UsageError(
            _("{key} is the organisation's own: leave out --version and --withdrawn").format(key=quote(key))
        )
    if not can:
        return (key,)
    if of not in can:
        if of == WITHDRAWAL:
            message = _("{key} is of a signature: say {options}")
        elif of:
            message = _("{name} did not sign {version}: say {options}")
        else:
            message = _("the entry of {name} has more than one {key}: say {options}")
        flags = ["--withdrawn" if each == WITHDRAWAL else f"--version {each}" for each in can]
        name, options = quote(signatory.name), join_choices(flags)
        raise UsageError(message.format(name=name, key=quote(key), version=quote(of), options=options))
    if of == WITHDRAWAL:
        return ("withdrawn", key)
    at = max(place for place, each in enumerate(signatory.signed) if each.version == of)
    return ("signed", at, key)


def new_slug(edition: Edition, entry: Entry, edits: Sequence[Edit]) -> str:
    """What the file has to be called with `edits`, which may change the name; '' where it can keep its own.
    Raises UsageError where that is another organisation's, or was."""
    inside = entry.inside(edition)
    after = read.with_files(edition, {inside: apply_edits(entry.data, entry.document, edits)})
    if entry.document.path not in {each.path for each in check(after, _SLUG_RULES)}:
        return ""
    who = next(each for each in after.signatories if each.path == entry.document.path)
    wanted = entry_slug(who.name, who.name_latin)
    if wanted in who.formerly:
        return wanted
    if entry_path(edition, wanted).casefold() in paths_taken(edition):
        raise UsageError(
            _(
                "nothing was written: {wanted}.yml is the file of another organisation, or was. If "
                "both are one, withdraw one of the entries. If they are two, call this file "
                "{wanted}-2.yml by hand, and write “formerly: [{slug}]” into it"
            ).format(wanted=wanted, slug=who.slug)
        )
    return wanted


def rename_edits(entry: Entry, slug: str) -> list[Edit]:
    """What the file says of its old name, once it is called `slug`."""
    who = entry.signatory
    former = [each for each in (*who.formerly, who.slug) if each != slug and SLUG.fullmatch(each)]
    edits: list[Edit] = [(("formerly",), None)] if value_at(entry, ("formerly",)) is not None else []
    return [*edits, (("formerly",), list(dict.fromkeys(former)))] if former else edits


def value_at(entry: Entry, keys: Keys) -> Plain | None:
    """What stands under `keys`; None where nothing does."""
    node = node_at(entry.document.front, keys)
    return None if node is None else plain_value(node)


def is_required(keys: Keys) -> bool:
    """Whether there has to be a value under `keys`."""
    fields = _SCHEMA
    for key in keys[:-1]:
        fields = fields if isinstance(key, int) else fields[key].fields
    return fields[str(keys[-1])].needed
