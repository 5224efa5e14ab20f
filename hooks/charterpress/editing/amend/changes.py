"""What an organisation asks for → the edits of its file that say so, and the file with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charterpress import read
from charterpress.checks import RULES, SIGNATORIES, check
from charterpress.checks.queries import SLUG, closest_match, quote, quote_list
from charterpress.checks.schema import SCHEMAS, Kind
from charterpress.editing.new.drafts import Draft, draft_files, value_fault
from charterpress.editing.new.entry import SIGNATURE_KEYS, entry_slug, paths_taken
from charterpress.editing.yaml_editor import Edit, Keys, Plain, apply_edits, differs_only_by, plain_values
from charterpress.model import Document, Edition, Role, Signatory, Signature
from charterpress.model.errors import CharterError, UsageError

_SCHEMA = SCHEMAS[Role.SIGNATORY]
_ENTRY_KEYS = tuple(key for key, each in _SCHEMA.items() if each.kind is Kind.TEXT)
_SIGNATURE_KEYS = tuple(key for key in _SCHEMA["signed"].fields if key != "version")
_WITHDRAWAL_KEYS = tuple(_SCHEMA["withdrawn"].fields)
WITHDRAWN = "withdrawn"
"""The key of a withdrawal."""
WITHDRAWAL = "withdrawal"
"""What stands for a withdrawal where the version of a signature would stand."""
CORRECTABLE = tuple(dict.fromkeys((*_ENTRY_KEYS, *_SIGNATURE_KEYS, *_WITHDRAWAL_KEYS)))
"""The keys whose values can be corrected."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """The file of an organisation: what it says, how it was read, and its bytes."""

    signatory: Signatory
    document: Document
    data: bytes

    def inside(self, edition: Edition) -> str:
        """Its path in the charter's folder."""
        return self.document.path.removeprefix(f"{edition.root}/")


def draft_amendment(edition: Edition, entry: Entry, edits: Sequence[Edit], slug: str = "") -> Draft:
    """The file with `edits`, under the name `slug` or its own. Raises CharterError where it cannot be edited,
    or would be read as saying something else, and UsageError as `draft_files` does."""
    data, inside = apply_edits(entry.data, entry.document, edits), entry.inside(edition)
    new = f"{SIGNATORIES}/{slug}.yml" if slug else inside
    changed = (
        draft_files(edition, {new: data}, gone=(inside,))
        if slug
        else draft_files(edition, {}, {inside: data})
    )
    if not differs_only_by(edits, entry.document, changed.edition.document(f"{edition.root}/{new}")):
        raise CharterError(
            "nothing was written: the file would say something else than what was asked for; make the change "
            "by hand",
            path=entry.document.path,
        )
    return changed


def edit_fault(edition: Edition, entry: Entry, edits: Sequence[Edit], keys: Keys) -> str:
    """What the check says of the value under `keys` of the file with `edits`; '' for nothing."""
    return value_fault(edition, entry.inside(edition), apply_edits(entry.data, entry.document, edits), *keys)


# --- Sign again --------------------------------------------------------------------------------------


def signature_edits(entry: Entry, answers: Mapping[str, str]) -> list[Edit]:
    """A signature with `answers` at the end of those that are there."""
    signature = {key: answers[key] for key in SIGNATURE_KEYS if answers.get(key)}
    return [(("signed", len(entry.signatory.signed)), signature)]


def current_signature(signatory: Signatory, version: str) -> Signature | None:
    """The signature of `version` by which an organisation stands; None where it has not signed it, or
    withdrew since."""
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
    return (
        f"{quote(signatory.name)} stands by {newest}, which is newer than {version}; if it no longer does, "
        f"it withdraws: charter withdraw {signatory.slug}"
    )


def signature_date_fault(signatory: Signatory, date: str) -> str:
    """What is wrong with the day of a new signature: it would not count beside the withdrawal. '' for
    nothing."""
    left = signatory.left
    if left is None or date > left.date:
        return ""
    return (
        f"it withdrew on {left.date}, and only a signature of a later day counts again; write the day on "
        "which it signed again, or mend the day on which it withdrew: "
        f"charter correct {signatory.slug} date YEAR-MONTH-DAY --withdrawn"
    )


# --- Withdraw ----------------------------------------------------------------------------------------


def withdrawal_edits(entry: Entry, answers: Mapping[str, str]) -> list[Edit]:
    """A withdrawal with the `date` and the `note` among `answers`, in the place of an earlier one."""
    date, note = answers["date"], answers.get("note", "")
    earlier = entry.signatory.withdrawn
    if earlier is None:
        return [(("withdrawn",), {"date": date} | ({"note": note} if note else {}))]
    edits: list[Edit] = [(("withdrawn", "date"), date)] if date != earlier.date else []
    if note:
        edits.append((("withdrawn", "note"), note))
    elif earlier.note:
        edits.append((("withdrawn", "note"), None))
    return edits


def withdrawal_date_fault(signatory: Signatory, date: str) -> str:
    """What is wrong with the day of a withdrawal: there is a signature of a later day, which would count all
    the same. '' for nothing."""
    later = max((each.date for each in signatory.signed), default="")
    if date >= later:
        return ""
    return f"it signed on {later}, and that would still count; write the day on which it withdrew"


# --- Correct -----------------------------------------------------------------------------------------


def signature_choices(signatory: Signatory, key: str) -> tuple[str, ...]:
    """What a key can be of: the versions of signatures, the newest last, and `WITHDRAWAL`; () where it is of
    the organisation. Raises UsageError for a key that is none, or that stays as it is."""
    if instead := _alternative(signatory, key):
        raise UsageError(instead)
    if key in _ENTRY_KEYS:
        return ()
    if key not in CORRECTABLE:
        near = closest_match(key, CORRECTABLE)
        hint = f"do you mean {quote(near)}?" if near else f"there is {quote_list(CORRECTABLE)}"
        raise UsageError(f"there is no key {quote(key)}: {hint}")
    versions = dict.fromkeys(each.version for each in signatory.signed) if key in _SIGNATURE_KEYS else {}
    withdrawal = (WITHDRAWAL,) if signatory.withdrawn and key in _WITHDRAWAL_KEYS else ()
    if not versions and not withdrawal:
        what = "it did not withdraw" if key in _WITHDRAWAL_KEYS else "it has no signature"
        raise UsageError(f"{quote(signatory.name)} has no {quote(key)}: {what}")
    return (*versions, *withdrawal)


def _alternative(signatory: Signatory, key: str) -> str:
    """What to do in the place of correcting a key that stays as it is; '' for one that can be corrected."""
    slug, name = signatory.slug, quote(signatory.name)
    return {
        "version": f"what {name} signed stays as it is: “charter re-sign {slug}” adds a signature of another "
        "version",
        "signed": f"the signatures of {name} stay as they are: “charter re-sign {slug}” adds one; its date, "
        "role and link can be corrected",
        "withdrawn": f"“charter withdraw {slug}” writes it; its date and note can be corrected, with "
        "--withdrawn, and --remove takes out one that was written by mistake",
        "slug": "its file is called by its name: correct “name”, with --rename",
        "formerly": "correct “name” with --rename, which writes down what the file was called before",
    }.get(key, "")


def key_path(signatory: Signatory, key: str, of: str = "") -> Keys:
    """Where the value of `key` stands: of the organisation, or `of` a version that it signed (its newest
    signature of that version) or the `WITHDRAWAL`. Raises UsageError where there can be none."""
    can = signature_choices(signatory, key)
    if not can and of:
        raise UsageError(f"{quote(key)} is the organisation's own: leave out --version and --withdrawn")
    if not can:
        return (key,)
    if not of:
        raise UsageError(
            f"the entry of {quote(signatory.name)} has more than one {quote(key)}: {_options_hint(can)}"
        )
    if of not in can:
        if of == WITHDRAWAL:
            raise UsageError(f"{quote(key)} is of a signature: {_options_hint(can)}")
        raise UsageError(f"{quote(signatory.name)} did not sign {quote(of)}: {_options_hint(can)}")
    if of == WITHDRAWAL:
        return ("withdrawn", key)
    at = max(place for place, each in enumerate(signatory.signed) if each.version == of)
    return ("signed", at, key)


def _options_hint(can: Sequence[str]) -> str:
    return "say " + " or ".join("--withdrawn" if each == WITHDRAWAL else f"--version {each}" for each in can)


# --- Another name ------------------------------------------------------------------------------------

_SLUG_RULES = tuple(rule for rule in RULES if rule.id == "signatory-slug")


def new_slug(edition: Edition, entry: Entry, edits: Sequence[Edit]) -> str:
    """What the file has to be called with `edits`, which may change the name; '' where it can keep its own.
    Raises UsageError where that is another organisation's, or was."""
    inside = entry.inside(edition)
    after = read.with_files(edition, {inside: apply_edits(entry.data, entry.document, edits)})
    if all(each.path != entry.document.path for each in check(after, _SLUG_RULES)):
        return ""
    who = next(each for each in after.signatories if each.path == entry.document.path)
    wanted = entry_slug(who.name, who.name_latin)
    if wanted in who.formerly:
        return wanted
    if f"{edition.root}/{SIGNATORIES}/{wanted}.yml".casefold() in paths_taken(edition):
        raise UsageError(
            f"nothing was written: {wanted}.yml is the file of another organisation, or was. If both are "
            f"one, withdraw one of the entries. If they are two, call this file {wanted}-2.yml by hand, and "
            f"write “formerly: [{who.slug}]” into it"
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
    found: Plain | None = plain_values(entry.document.front) if entry.document.front else None
    for key in keys:
        if isinstance(key, int):
            found = found[key] if isinstance(found, list) and key < len(found) else None
        else:
            found = found.get(key) if isinstance(found, dict) else None
    return found


def is_required(keys: Keys) -> bool:
    """Whether there has to be a value under `keys`."""
    known = _SCHEMA
    for key in keys[:-1]:
        known = known if isinstance(key, int) else known[key].fields
    return known[str(keys[-1])].needed
